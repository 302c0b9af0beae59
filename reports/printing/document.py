"""A document for print: tables with title, statement and notes, before any file format."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from reports.printing.table import Table
from reports.words import LABELS
from scenarios.file.publishing import MARGINS, Paper
from scenarios.wording import Language, running, stopped

Grid = tuple[tuple[str, ...], ...]
"""A table as it was read back: headers, then rows."""

WIDE = 8
"""From how many columns on a table is printed across the page."""

NUMBER = "number"
"""Code of a column that counts the rows."""

_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


@dataclass(frozen=True)
class Sheet:
    """Everything that is published, in one language."""

    language: Language  # Of all words
    title: str  # Above all
    tables: tuple[Table, ...]  # The classes, where there are any, then the full table
    statement: str  # The verification statement: verdict in points and 万吨
    # notes, source: Below the tables
    notes: tuple[str, ...]
    source: str
    created: str  # When the plan was made, ISO 8601
    heading: str = ""  # Before the statement, which then stands above the tables where there is room for it
    paper: Paper | None = None  # How it is set by GB/T 9704; None: as a table that is worked with
    name: str = "table"  # Of its files
    mark: str = ""  # In the corner of the first page
    draft: str = ""  # Across the head of every page: why it is no more than a draft
    signed: str = ""  # The office that issues it
    contact: str = ""  # Whom to ask

    @property
    def wide(self) -> bool:
        """Whether it is printed across the page."""
        return any(len(table.columns) >= WIDE for table in self.tables)

    @property
    def notes_line(self) -> str:
        """The notes as one paragraph, numbered."""
        return LABELS.say("official_notes", self.language) + running(self.numbered, self.language) if self.notes else ""

    @property
    def numbered(self) -> tuple[str, ...]:
        """The notes with their numbers; one alone has none."""
        mark = "{}．{}" if self.language == "zh" else "({}) {}"
        alone = self.paper is not None and len(self.notes) == 1
        stops = (stopped(note, self.language) for note in self.notes)
        return tuple(note if alone else mark.format(n, note) for n, note in enumerate(stops, 1))

    @property
    def statement_line(self) -> str:
        """The statement with its heading."""
        if not self.statement:
            return ""
        return (self.heading or LABELS.say("official_statement", self.language)) + self.statement

    @property
    def below(self) -> tuple[str, ...]:
        """What stands below the tables after the statement, a paragraph each; signature and contact come after it."""
        return tuple(filter(None, (self.notes_line, self.source)))

    @property
    def ask_line(self) -> str:
        """Whom to ask, in brackets, as it stands below the signature."""
        return LABELS.say("circular_ask", self.language, said=self.contact) if self.contact else ""

    @property
    def issued_line(self) -> str:
        """Who issues it and whom to ask, named as such: for a format in which a line has no place that says so."""
        known = (("circular_office", self.signed), ("circular_contact", self.contact))
        return running([LABELS.say(code, self.language, said=words) for code, words in known if words], self.language)


def page_margins(wide: bool) -> tuple[float, float, float, float]:
    """Return the margins of GB/T 9704 at top, bottom, left and right, mm; a page across is one upright on its side."""
    top, bottom, left, right = MARGINS
    return (left, right, bottom, top) if wide else MARGINS


def unbroken(head: str) -> str:
    """Return what `Column.broken` was made of; a label holds no line break."""
    return re.sub(r"\n(?=[0-9(])", " ", head).replace("\n", "")


def places(text: str) -> int:
    """Return how many places a text takes: two for what is drawn wide, such as Chinese."""
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)


def one_line(text: str) -> str:
    """Return a text on one line, everything in it visible."""
    return visible(" ".join(text.split()))


def visible(text: str) -> str:
    """Return text with every character that steers rather than shows written as ⟨U+202E⟩.

    These are controls, marks of writing direction, zero-width characters, line separators, lone surrogates
    and what Unicode keeps as no character: some formats cannot hold them, in others they turn a line around.
    """
    return "".join(f"⟨U+{ord(c):04X}⟩" if _steers(c) else c for c in text)


def _steers(character: str) -> bool:
    code = ord(character)
    no_character = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return no_character or unicodedata.category(character) in _HIDDEN
