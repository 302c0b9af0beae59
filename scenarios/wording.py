"""Text in two languages, looked up by code: the one mechanism behind every message and label."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal, NamedTuple, get_args

from scenarios.quantities import spoken, terms

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
TAGS: Mapping[Language, str] = {"zh": "zh-CN", "en": "en"}
"""Language -> its tag in HTML."""
_MOST_NAMED = 24
OF_LEVEL = "_of_level"
OF_SHARE = "_of_share"
"""Behind the code of a text: what is said in its place while a level, or a share, is spoken of."""
ON_PAGE = "_on_page"
"""Behind the code of a text: what is said in its place on the page, where nobody types a command or a key."""
_SHOWN_ON_PAGE: ContextVar[bool] = ContextVar("shown_on_page", default=False)
_PER_CENT = re.compile(r"(“[^”]*”)|(?<=\d)%")
_TERM = re.compile(r"\{q\.(\w+)\}")


@contextmanager
def speaking_on_page(page: bool = True) -> Iterator[None]:
    """Have what is said inside be said on the page; with `page` false for a file or a command line again."""
    token = _SHOWN_ON_PAGE.set(page)
    try:
        yield
    finally:
        _SHOWN_ON_PAGE.reset(token)


def on_page() -> bool:
    """Return whether what is said is read on the page."""
    return _SHOWN_ON_PAGE.get()


def listed(parts: Iterable[str], language: Language) -> str:
    """Return parts in a row: 甲、乙 or A, B."""
    return ("、" if language == "zh" else ", ").join(parts)


def phrases(parts: Iterable[str], language: Language) -> str:
    """Return parts of a sentence in a row: 甲，乙 or A, B."""
    return ("，" if language == "zh" else ", ").join(parts)


def clauses(parts: Iterable[str], language: Language) -> str:
    """Return parts that have commas of their own in a row."""
    return ("；" if language == "zh" else "; ").join(parts)


def running(sentences: Iterable[str], language: Language) -> str:
    """Return sentences one after the other."""
    return ("" if language == "zh" else " ").join(sentences)


def stop(language: Language) -> str:
    """Return what ends a sentence."""
    return "。" if language == "zh" else "."


_ENDS = ("。", "！", "？", "；", "…", ".", "!", "?", ";", "。”", ".”", "。）", ".)")


def stopped(text: str, language: Language) -> str:
    """Return a sentence with what ends it, where it has none."""
    return text if text.endswith(_ENDS) else text + stop(language)


def colon(language: Language) -> str:
    """Return what stands between a name and what is said of it."""
    return "：" if language == "zh" else ": "


def percent(language: Language) -> str:
    """Return the sign behind a figure in per cent."""
    return "%" if language == "zh" else " %"


def as_page_has_it(text: str, language: Language) -> str:
    """Return a sentence of the page with figures in per cent as `percent` has them; what is quoted stays as it is."""
    return text if language == "zh" else _PER_CENT.sub(lambda found: found[1] or percent(language), text)


def shown_width(text: str) -> int:
    """Return how many columns of a terminal a text takes; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


class Text(NamedTuple):
    """One text in Chinese and English; ``{name}`` marks a value to fill in, ``{q.term}`` a word of the quantity."""

    zh: str
    en: str

    def say(self, language: Language, /, **values: object) -> str:
        """Return the text in `language` with its values filled in, in the words of the quantity that is spoken of."""
        template = self.zh if language == "zh" else self.en
        if "{q." in template:
            own = terms(spoken(), language)
            template = _TERM.sub(lambda term: str(getattr(own, term[1])), template)
        return template.format(**values) if values else template.replace("{{", "{").replace("}}", "}")


class Catalogue:
    """Texts by code.

    `texts`: code -> `Text`. Both languages name the same values; a test holds that.
    """

    def __init__(self, texts: Mapping[str, Text]) -> None:
        self.texts = dict(texts)

    @classmethod
    def of(cls, *parts: Mapping[str, Text]) -> Catalogue:
        """Return the parts as one catalogue.

        Raises ValueError: A code stands in two parts.
        """
        whole = cls({code: text for part in parts for code, text in part.items()})
        if len(whole.texts) < sum(map(len, parts)):
            raise ValueError("a code stands in two parts")
        return whole

    def say(self, code: str, language: Language, /, **values: object) -> str:
        """Return the text of `code` in `language`; an unknown code is a `KeyError`.

        On the page, of a level (coal, oil) and of a share its own text, where there is one.
        """
        of = spoken()
        alone = OF_LEVEL if of.is_level else OF_SHARE
        ends = [end for end, meant in ((ON_PAGE, on_page()), (alone, of.stands_alone)) if meant]
        own = next((found for end in ends if (found := self.texts.get(code + end))), None)
        return (own or self.texts[code]).say(language, **values)


def written(value: object) -> str:
    """Return a value as YAML and JSON write it, a section or list that holds something without what it holds."""
    if isinstance(value, dict | list | tuple):
        left, right = "{}" if isinstance(value, dict) else "[]"
        return f"{left}…{right}" if value else left + right
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    return re.sub("^([+-]?)(inf|nan)$", r"\1.\2", str(value)) if isinstance(value, float) else str(value)


def minus(text: str) -> str:
    """Return a printed number with a minus sign in place of the hyphen."""
    return text.replace("-", "−")


def some(names: Iterable[str], english: Iterable[str] = ()) -> str | Text:
    """Return names in a row; of many the first, and how many there are.

    `english`: the same in English, where they have such names.
    """
    whole = tuple(names)
    zh, own = "、".join(whole[:_MOST_NAMED]), tuple(english)[:_MOST_NAMED]
    en = ", ".join(own) if own else zh
    if (count := len(whole)) > _MOST_NAMED:
        return Text(f"{zh}…（共 {count} 个）", f"{en}… ({count} in all)")
    return zh if zh == en else Text(zh, en)
