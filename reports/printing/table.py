"""What all tables of a sweep share: printed text under labelled columns, and its CSV form."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from scenarios.tables.cells import per_cent
from scenarios.tables.sheets import escape_text

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Table:
    """A table for people."""

    frame: pd.DataFrame  # Printed text under labelled columns
    text: frozenset[int]  # Positions of the columns that hold words, not numbers

    def csv(self) -> bytes:
        """Return it as CSV with a BOM, so that Excel opens it; text that Excel would run gets an apostrophe."""
        escaped = self.frame.copy()
        escaped.columns = [escape_text(label) for label in escaped.columns]
        for place in range(self.frame.shape[1]):
            cells = self.frame.iloc[:, place]
            kept = [escape_text(cell) if place in self.text else cell.lstrip("+") for cell in cells]
            escaped.isetitem(place, kept)
        return str(escaped.to_csv(index=False, lineterminator="\r\n")).encode("utf-8-sig")


@dataclass(frozen=True)
class Column:
    """One column: its label, printed cells, and whether they hold words."""

    label: str
    cells: Sequence[str]
    text: bool = False


def percent(value: float) -> str:
    """Return a fraction in per cent."""
    return per_cent(value)


def points(value: Decimal | float) -> str:
    """Return a difference of fractions in points, signed; no sign on what rounds to zero."""
    text = per_cent(value)
    return f"+{text}" if float(text) > 0 else text


def table_of(columns: Sequence[Column]) -> Table:
    """Return a table of columns."""
    import pandas as pd  # text for a terminal needs none

    frame = pd.DataFrame({n: list(column.cells) for n, column in enumerate(columns)}, dtype=object)
    frame.columns = pd.Index([column.label for column in columns], dtype=object)
    return Table(frame, frozenset(n for n, column in enumerate(columns) if column.text))


def part_of(table: Table, places: Sequence[int]) -> Table:
    """Return some columns of a table."""
    return Table(
        table.frame.iloc[:, list(places)], frozenset(n for n, place in enumerate(places) if place in table.text)
    )


def split_columns(table: Table, most: int) -> list[Table]:
    """Return a wide table as several of at most `most` columns, the first column repeated."""
    columns = range(1, table.frame.shape[1])
    count = max(1, -(-len(columns) // (most - 1)))
    width = -(-len(columns) // count)
    return [part_of(table, (0, *columns[k : k + width])) for k in range(0, len(columns), max(width, 1))]


def text_table(headers: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> list[str]:
    """Return a table with columns of one width: the first `left` ones to the left, the others to the right."""
    table = [tuple(headers), *map(tuple, rows)]
    widths = [max(_width(row[n]) for row in table) for n in range(len(headers))]
    return [
        "  ".join(_filled(text, widths[n], n < left) for n, text in enumerate(row)).rstrip() for row in table
    ]  # fmt: skip


def _filled(text: str, width: int, left: bool) -> str:
    blanks = " " * (width - _width(text))
    return text + blanks if left else blanks + text


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
