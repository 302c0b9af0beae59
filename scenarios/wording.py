"""Text in two languages, looked up by code: the one mechanism behind every message and label."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


class Text(NamedTuple):
    """One text in Chinese and English; ``{name}`` marks a value to fill in."""

    zh: str
    en: str

    def say(self, language: Language, /, **values: object) -> str:
        """Return the text in `language` with its values filled in."""
        template = self.zh if language == "zh" else self.en
        return template.format(**values) if values else template


class Catalogue:
    """Texts by code.

    Parameters
    ----------
    texts
        Code -> `Text`. Both languages name the same values; a test holds that.
    """

    def __init__(self, texts: Mapping[str, Text]) -> None:
        self.texts = dict(texts)

    @classmethod
    def of(cls, *parts: Mapping[str, Text]) -> Catalogue:
        """Return the parts as one catalogue.

        Raises
        ------
        ValueError
            A code stands in two parts.
        """
        whole = cls({code: text for part in parts for code, text in part.items()})
        if len(whole.texts) < sum(map(len, parts)):
            raise ValueError("a code stands in two parts")
        return whole

    def say(self, code: str, language: Language, /, **values: object) -> str:
        """Return the text of `code` in `language`; an unknown code is a `KeyError`."""
        return self.texts[code].say(language, **values)
