"""The texts of a rule set as they may stand in a file: on one line, everything in them visible."""

from __future__ import annotations

from reports.printing.document import visible
from scenarios.schema_types import Words
from scenarios.wording import Language


def shown(text: str) -> str:
    """Return a text on one line, with what steers written out; see `visible`."""
    return visible(" ".join(text.split()))


def told_in(words: Words, language: Language) -> str:
    """Return a text of a rule set in `language`."""
    return shown(words.say(language))
