"""Tables as they arrive: cells with their places, from CSV and Excel.

Nothing is dropped and nothing shifts: a row with a field too many or too few is
refused, a percentage cell of Excel says that it is one, a formula without a stored
value is refused rather than read as empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from scenarios.errors import Collector, Finding, InputError, Place
from scenarios.tables.cells import is_failed
from scenarios.tables.columns import UNITS, Header, both_names, parse_header
from scenarios.tables.excel import read_workbook
from scenarios.tables.files import InputFile, decode, read_bytes
from scenarios.tables.grid import Cell, Grid
from scenarios.tables.notes import without_end_notes
from scenarios.tables.old_excel import read_old_workbook
from scenarios.tables.text_table import delimiter_of, read_text_table

_TITLE_ROWS = 10
_ROW, _COLUMN = re.compile(r"\D"), re.compile(r"\d")
_BOOKS = (".xlsx", ".xlsm")
_TEXTS = (".csv", ".tsv")
_OTHERS = (".et", ".ett", ".ods", ".xlsb", ".numbers")
_ZIP, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Sheet:
    """A table: its headers and rows."""

    place: Place  # File and sheet
    headers: tuple[Header, ...]  # One for each column
    rows: tuple[tuple[Cell, ...], ...]  # Rows as long as `headers`
    odd_rows: tuple[tuple[Cell, ...], ...] = ()  # Rows of another length: each is a finding, and its cells are not read
    findings: tuple[Finding, ...] = ()  # What is wrong with rows and cells as such; the reader raises them with its own
    # head_cells, first_cells: Addresses in Excel of the headers and of the first row that can be filled below them;
    # empty for CSV
    head_cells: tuple[str, ...] = ()
    first_cells: tuple[str, ...] = ()

    def position(self, standard: str) -> int | None:
        """Return the position of a standard column, or None."""
        return next((n for n, header in enumerate(self.headers) if header.standard == standard), None)

    def header_place(self, position: int) -> Place:
        """Return where the header of a column stands."""
        cell = self.head_cells[position] if self.head_cells else ""
        return replace(self.place, column=self.headers[position].text, cell=cell)


def read_sheet(
    path: Path, needed: Iterable[str], names: Mapping[str, str] = MappingProxyType({})
) -> tuple[Sheet, InputFile]:
    """Read the one table that has the `needed` standard columns; see `read_sheets`.

    Raises
    ------
    InputError
        Unreadable file, no such table or more than one.
    """
    fitting, source = read_sheets(path, needed, names)
    if len(fitting) > 1:
        raise several_sheets(fitting)
    return fitting[0], source


def read_sheets(
    path: Path, needed: Iterable[str], names: Mapping[str, str] = MappingProxyType({})
) -> tuple[list[Sheet], InputFile]:
    """Read every table that has the `needed` standard columns, at least one.

    Parameters
    ----------
    path
        A ``.csv``, ``.tsv``, ``.xlsx``, ``.xlsm`` or ``.xls`` file.
    needed
        Standard columns, by which header row and Excel sheet are found.
    names
        Further known names of columns, alias -> standard.

    Raises
    ------
    InputError
        Unreadable file, no such table.
    """
    raw = read_bytes(path)
    wanted = tuple(needed)
    sheets = [_table(place, grid, names) for place, grid in _grids(path, raw, names) if grid]
    if not sheets:
        raise InputError.of("empty_file", Place(file=path.name))
    fitting = [sheet for sheet in sheets if all(sheet.position(name) is not None for name in wanted)]
    if not fitting:
        raise _none_fits(wanted, sheets, names)
    return fitting, InputFile.of(path.name, raw)


def _grids(path: Path, raw: bytes, names: Mapping[str, str]) -> list[tuple[Place, Grid]]:
    """Return the rows of every table of a file, by what the file is."""
    suffix, place = path.suffix.lower(), Place(file=path.name)
    if suffix in _BOOKS or (suffix == ".xls" and raw.startswith(_ZIP)):
        return read_workbook(raw, path.name)
    if suffix == ".xls" and raw.startswith(_COMPOUND):
        return read_old_workbook(raw, path.name)
    if suffix in _TEXTS:
        text = decode(raw, path.name)
        delimiter = delimiter_of(text, lambda field: bool(parse_header(field.strip(" \"'"), names).standard))
        return [(place, read_text_table(text, path.name, delimiter))]
    code = "other_program" if suffix in (".xls", *_OTHERS) else "unknown_format"
    raise InputError.of(code, place, found=path.suffix or path.name)


def several_sheets(fitting: Iterable[Sheet]) -> InputError:
    """Return what is said where several sheets of a workbook compete."""
    places = [sheet.place for sheet in fitting]
    return InputError.of("several_sheets", Place(file=places[0].file), sheets="、".join(each.sheet for each in places))


def _none_fits(wanted: tuple[str, ...], sheets: list[Sheet], names: Mapping[str, str]) -> InputError:
    """Return which columns no sheet has."""
    best = max(sheets, key=lambda sheet: sum(sheet.position(column) is not None for column in wanted))
    missing = ", ".join(both_names(column, names) for column in wanted if best.position(column) is None)
    found = ", ".join(header.text for header in best.headers if header.text)
    return InputError.of("missing_columns", best.place, missing=missing, found=found[:300])


def _table(place: Place, grid: Grid, names: Mapping[str, str]) -> Sheet:
    """Find the header row: the first of the top rows with two known names, else the first row."""
    parsed = [tuple(parse_header(cell.text, names) for cell in row) for row in grid[:_TITLE_ROWS]]
    start = next((n for n, row in enumerate(parsed) if sum(bool(h.standard) for h in row) >= 2), 0)
    headers, rows = parsed[start], without_end_notes(grid[start + 1 :])
    while headers and not headers[-1].text and all(len(r) < len(headers) or not r[-1].text for r in rows):
        rows = [row[: len(headers) - 1] if len(row) == len(headers) else row for row in rows]
        headers = headers[:-1]
    named = [tuple(_under(cell, header) for cell, header in zip(row, headers, strict=False)) for row in rows]
    collector = Collector()
    for row in rows:
        if len(row) != len(headers):
            at = replace(place, row=row[0].place.row)
            collector.error("field_count", at, found=len(row), needed=len(headers))
    for cell in (cell for cells in (grid[start], *named) for cell in cells if cell.unknown):
        collector.error("formula_without_value", cell.place)
    for cell in (cell for cells in named for cell, head in zip(cells, headers, strict=False) if _fails(cell, head)):
        collector.error("failed_formula", cell.place, found=cell.text)
    even = tuple(cells for cells, row in zip(named, rows, strict=True) if len(row) == len(headers))
    odd = tuple(tuple(row) for row in rows if len(row) != len(headers))
    heads = tuple(cell.place.cell for cell in grid[start]) if place.sheet else ()
    return Sheet(place, headers, even, odd, tuple(collector.findings), heads, _first_free(heads, rows))


def _fails(cell: Cell, header: Header) -> bool:
    """Return whether a formula fails where a name or another text should stand; a number says so when it is read."""
    return bool(header.standard) and header.standard not in UNITS and is_failed(cell.text)


def _first_free(heads: tuple[str, ...], rows: list[list[Cell]]) -> tuple[str, ...]:
    """Return the addresses of the row below the last one that holds something."""
    last = [row[0].place.row or 0 for row in rows[-1:]] or [int(_ROW.sub("", head)) for head in heads[:1]]
    return tuple(f"{_COLUMN.sub('', head)}{last[0] + 1}" for head in heads)


def _under(cell: Cell, header: Header) -> Cell:
    """Return the cell with its column named in its place."""
    # spelt out: `dataclasses.replace` takes most of the time of reading a large table
    at = cell.place
    place = Place(at.file, at.sheet, at.cell, at.row, header.text, at.key)
    return Cell(cell.text, place, cell.number, cell.percent, cell.unknown, cell.doubt, cell.meant, cell.hidden)
