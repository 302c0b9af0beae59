"""A document for print: tables of cells with their places, headers and notes, before any file format."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from reports.words import LABELS
from scenarios.wording import Language

Grid = tuple[tuple[str, ...], ...]
"""A table as it was read back: headers, then rows."""

WIDE = 8
"""From how many columns on a table is printed across the page."""

_OPENING = re.compile(r"^(\d{4} 年|规划期)(?=\w{4})")

_YEAR = re.compile(r" (?=\d{4}$)")
"""Where a long header is broken, Chinese and English, so that its words stay whole."""

_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


@dataclass(frozen=True)
class Column:
    """One column: its code, label, unit, whether it holds text or numbers, and how many decimals these have."""

    code: str
    label: str
    unit: str = ""
    kind: Literal["text", "number"] = "number"
    decimals: int = 0

    def head(self, language: Language) -> str:
        """Return label and unit as one header, the unit in brackets as the readers of tables know it."""
        if not self.unit:
            return self.label
        return f"{self.label}（{self.unit}）" if language == "zh" else f"{self.label} ({self.unit})"

    def broken(self, language: Language) -> str:
        """Return the header with the unit on a line of its own, a long one broken beside year or period."""
        label = _OPENING.sub("\\1\n", self.label) if language == "zh" else _YEAR.sub("\n", self.label)
        unit = self.head(language)[len(self.label) :].strip()
        return f"{label}\n{unit}" if unit else label


@dataclass(frozen=True)
class Table:
    """One table of printed cells."""

    code: str  # ``classes`` or ``table``, or another of a report's own
    # caption, unit: What stands above it
    caption: str
    unit: str
    columns: tuple[Column, ...]  # One for each cell of a row
    rows: tuple[tuple[str, ...], ...]  # One a region or class; where `total` is set the last is the province
    total: bool = False  # Whether the last row is the province's
    tab: str = ""  # Name of its sheet in a workbook

    def heads(self, language: Language) -> tuple[str, ...]:
        """Return the headers with their units."""
        return tuple(column.head(language) for column in self.columns)


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

    @property
    def wide(self) -> bool:
        """Whether it is printed across the page."""
        return any(len(table.columns) >= WIDE for table in self.tables)

    @property
    def notes_line(self) -> str:
        """The notes as one paragraph, numbered."""
        gap = "" if self.language == "zh" else " "
        numbered = gap.join(f"{n}．{note}" if not gap else f"({n}) {note}" for n, note in enumerate(self.notes, 1))
        return LABELS.say("official_notes", self.language) + numbered

    @property
    def statement_line(self) -> str:
        """The statement with its heading."""
        return (self.heading or LABELS.say("official_statement", self.language)) + self.statement


def unbroken(head: str) -> str:
    """Return what `Column.broken` was made of; a label holds no line break."""
    return re.sub(r"\n(?=[0-9(])", " ", head).replace("\n", "")


def places(text: str) -> int:
    """Return how many places a text takes: two for what is drawn wide, such as Chinese."""
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)


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
