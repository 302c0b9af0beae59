"""The one table model, printed cells under labelled columns; its CSV form, its parts, its form for a terminal."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, NamedTuple

from reports.words import LABELS
from scenarios.tables.cells import per_cent
from scenarios.tables.text_table import escape_text
from scenarios.wording import Language, shown_width

_OPENING = re.compile(r"^(\d{4} 年|规划期)(?=\w{4})")

_YEAR = re.compile(r" (?=\d{4}$)")
"""Where a long header is broken, Chinese and English, so that its words stay whole."""


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

    columns: tuple[Column, ...]  # One for each cell of a row
    rows: tuple[tuple[str, ...], ...]  # One a region or class; where `total` is set the last is the province
    code: str = ""  # ``classes`` or ``table``, or another of a report's own
    # caption, unit: What stands above it
    caption: str = ""
    unit: str = ""
    total: bool = False  # Whether the last row is the province's
    tab: str = ""  # Name of its sheet in a workbook

    def heads(self, language: Language) -> tuple[str, ...]:
        """Return the headers with their units."""
        return tuple(column.head(language) for column in self.columns)

    def part(self, places: Iterable[int]) -> Table:
        """Return some of its columns."""
        chosen = list(places)
        rows = tuple(tuple(row[n] for n in chosen) for row in self.rows)
        return replace(self, columns=tuple(self.columns[n] for n in chosen), rows=rows)

    def escaped(self) -> list[list[str]]:
        """Return the rows for a CSV file that Excel opens: text that it would run gets an apostrophe, a plus goes."""
        texts = [column.kind == "text" for column in self.columns]
        return [
            [escape_text(cell) if text else cell.lstrip("+") for cell, text in zip(row, texts, strict=True)]
            for row in self.rows
        ]

    def csv(self) -> bytes:
        """Return labels and cells as CSV with a BOM, so that Excel opens it."""
        return csv_text([[escape_text(column.label) for column in self.columns], *self.escaped()]).encode("utf-8-sig")


class Cells(NamedTuple):
    """A column with its cells: its label, these as printed, and whether they hold words."""

    label: str
    cells: Sequence[str]
    words: bool = False


def table_of(columns: Iterable[Cells]) -> Table:
    """Return a table of columns."""
    listed = list(columns)
    made = (Column("", column.label, kind="text" if column.words else "number") for column in listed)
    return Table(tuple(made), tuple(zip(*(column.cells for column in listed), strict=True)))


def labelled(codes: Iterable[str], rows: Iterable[Sequence[str]], language: Language, words: int = 1) -> Table:
    """Return a table whose columns are labelled by their codes; the first ones hold `words`."""
    labels = [LABELS.say(code, language) for code in codes]
    columns = (Column("", label, kind="text" if n < words else "number") for n, label in enumerate(labels))
    return Table(tuple(columns), tuple(map(tuple, rows)))


def split_columns(table: Table, most: int) -> list[Table]:
    """Return a wide table as several of at most `most` columns, the first column repeated."""
    columns = range(1, len(table.columns))
    count = max(1, -(-len(columns) // (most - 1)))
    width = -(-len(columns) // count)
    return [table.part((0, *columns[k : k + width])) for k in range(0, len(columns), max(width, 1))]


def csv_text(rows: Iterable[Iterable[object]], end: str = "\r\n") -> str:
    """Return rows as CSV text."""
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator=end).writerows(rows)
    return stream.getvalue()


def percent(value: float) -> str:
    """Return a fraction in per cent."""
    return per_cent(value)


def points(value: Decimal | float) -> str:
    """Return a difference of fractions in points, signed; no sign on what rounds to zero."""
    text = per_cent(value)
    return f"+{text}" if float(text) > 0 else text


def text_table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1, words_last: bool = False
) -> list[str]:
    """Return a table with columns of one width: the first `left` ones to the left, the others to the right.

    With `words_last` the last column stands to the left as well.
    """
    table, last = [tuple(headers), *map(tuple, rows)], len(headers) - 1
    widths = [max(shown_width(row[n]) for row in table) for n in range(len(headers))]
    return [
        "  ".join(
            _filled(text, widths[n], n < left or (words_last and n == last)) for n, text in enumerate(row)
        ).rstrip()
        for row in table
    ]


def _filled(text: str, width: int, left: bool) -> str:
    blanks = " " * (width - shown_width(text))
    return text + blanks if left else blanks + text
