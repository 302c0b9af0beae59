"""Tables of a scenario on their way between text files and sheets of its workbook."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from scenarios.file.book.cells import Written, kept_by_excel
from scenarios.tables.columns import parse_header
from scenarios.tables.excel import read_workbook
from scenarios.tables.files import decode, of_book, read_bytes
from scenarios.tables.grid import Grid
from scenarios.tables.text_table import delimiter_of, read_text_table

Rows = Sequence[Sequence[str]]
"""What stands in the cells of a table, as it is written."""

_TEXTS = (".csv", ".tsv")
_NUMBER = re.compile(r"(-?(?:0|[1-9]\d{0,14})(?:\.(\d+))?)(%?)", re.ASCII)


def number_in(text: str) -> Written | None:
    """Return a text as the number that a cell shows in the same digits; None where no cell does."""
    match = _NUMBER.fullmatch(text)
    if match is None or not kept_by_excel(Decimal(match[1])) or (match[1].startswith("-0") and not Decimal(match[1])):
        return None
    pattern = f"0.{'0' * len(match[2])}" if match[2] else "0"
    number = Decimal(match[1])
    return Written(number.scaleb(-2), f"{pattern}%") if match[3] else Written(number, pattern)


def rows_of(path: Path) -> Rows | None:
    """Return the cells of a table that is text, or one plain sheet of a workbook, ``BOOK.xlsx#SHEET``.

    None for any other: a whole workbook, a sheet with merged, hidden or doubtful cells, a text whose rows differ in
    length, a file that is not there.
    """
    file, sheet = of_book(path)
    if not file.is_file():
        return None
    if sheet:
        grids = {place.sheet.strip(): grid for place, grid in read_workbook(read_bytes(file), file.name, (sheet,))}
        return _rows(grids[sheet]) if sheet in grids and _is_plain(grids[sheet]) else None
    if file.suffix.lower() not in _TEXTS:
        return None
    text = decode(read_bytes(file), file.name)
    delimiter = delimiter_of(text, lambda field: bool(parse_header(field.strip(" \"'")).standard))
    grid = read_text_table(text, file.name, delimiter)
    return None if _is_ragged(grid) else _rows(grid)


def _is_ragged(grid: Grid) -> bool:
    """Return whether rows have more or fewer fields than others, which is refused where such a table is read."""
    return len({len(row) for row in grid if any(cell.text for cell in row[1:])}) > 1


def _is_plain(grid: Grid) -> bool:
    """Return whether a sheet is nothing but its cells."""
    return not any(
        cell.covered or cell.merged or cell.hidden or cell.hidden_column or cell.unknown or cell.doubt
        for row in grid
        for cell in row
    )


def _rows(grid: Grid) -> Rows:
    """Return the texts of all cells, less the empty ones at the ends of all rows."""
    width = max((n for row in grid for n, cell in enumerate(row, 1) if cell.text), default=0)
    return [[cell.as_shown for cell in row[:width]] + [""] * (width - len(row)) for row in grid]


def csv_text(rows: Rows) -> str:
    """Return a table as CSV."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows)
    return stream.getvalue()
