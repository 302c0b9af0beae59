"""Tables as they arrive: cells with their places, from CSV and Excel.

Nothing is dropped and nothing shifts: a row with a field too many or too few is
refused, a percentage cell of Excel says that it is one, a formula without a stored
value is refused rather than read as empty.
"""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from scenarios.errors import Collector, Finding, InputError, Place
from scenarios.tables.cells import LARGEST, exact, parse_number
from scenarios.tables.columns import Header, both_names, parse_header
from scenarios.tables.files import InputFile, decode, read_bytes

MAX_ROWS = 20_000
MAX_COLUMNS = 500
MAX_CELLS = 1_000_000
MAX_UNPACKED = 100_000_000
_TITLE_ROWS = 10
_ROW, _COLUMN = re.compile(r"\D"), re.compile(r"\d")
_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_FORMULA = re.compile(rb"<(?!xm:)(?:\w+:)?f[\s/>]")
_STORED = re.compile(rb"<(?:\w+:)?f(?:\s[^<>]*)?>[^<>]*</(?:\w+:)?f><(?:\w+:)?v>[^<>]")
_LITERAL = re.compile(r'"[^"]*"|[\\_*].')
"""What stands literally in a number format of Excel: ``0.0"%"`` is no percentage."""


def escape_text(text: str) -> str:
    """Return text for a CSV cell that Excel will not run: an apostrophe before = + - @ and controls."""
    return f"'{text}" if text.lstrip("'").startswith(_LIVE) else text


def unescape_text(text: str) -> str:
    """Return what `escape_text` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_LIVE) else text


@dataclass(frozen=True)
class Cell:
    """One cell."""

    text: str  # What stands in it, blanks at the ends removed
    place: Place  # Where it stands
    number: Decimal | None = None  # The number of an Excel number cell, else None
    percent: bool = False  # Whether Excel shows that number as a percentage (0.185 shown as 18.5 %).
    unknown: bool = False  # Whether it is a formula of Excel without a stored value

    def parse(self) -> tuple[Decimal, bool]:
        """Return the number and whether it is a per cent; an Excel percentage comes times 100.

        Raises
        ------
        CellError
            See `scenarios.tables.cells.parse_number`.
        """
        if self.number is None:
            return parse_number(self.text)
        return (self.number * 100, True) if self.percent else (self.number, False)


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
        A ``.csv`` or ``.xlsx`` file.
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
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        grids = _excel(raw, path.name)
    elif suffix == ".csv":
        grids = [(Place(file=path.name), _csv(decode(raw, path.name), path.name))]
    else:
        raise InputError.of("unknown_format", Place(file=path.name), found=path.suffix or path.name)
    sheets = [_table(place, grid, names) for place, grid in grids if grid]
    if not sheets:
        raise InputError.of("empty_file", Place(file=path.name))
    fitting = [sheet for sheet in sheets if all(sheet.position(name) is not None for name in wanted)]
    if not fitting:
        raise _none_fits(wanted, sheets, names)
    return fitting, InputFile.of(path.name, raw)


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


def _table(place: Place, grid: list[list[Cell]], names: Mapping[str, str]) -> Sheet:
    """Find the header row: the first of the top rows with two known names, else the first row."""
    parsed = [tuple(parse_header(cell.text, names) for cell in row) for row in grid[:_TITLE_ROWS]]
    start = next((n for n, row in enumerate(parsed) if sum(bool(h.standard) for h in row) >= 2), 0)
    headers, rows = parsed[start], grid[start + 1 :]
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
    even = tuple(cells for cells, row in zip(named, rows, strict=True) if len(row) == len(headers))
    odd = tuple(tuple(row) for row in rows if len(row) != len(headers))
    heads = tuple(cell.place.cell for cell in grid[start]) if place.sheet else ()
    return Sheet(place, headers, even, odd, tuple(collector.findings), heads, _first_free(heads, rows))


def _first_free(heads: tuple[str, ...], rows: list[list[Cell]]) -> tuple[str, ...]:
    """Return the addresses of the row below the last one that holds something."""
    last = [row[0].place.row or 0 for row in rows[-1:]] or [int(_ROW.sub("", head)) for head in heads[:1]]
    return tuple(f"{_COLUMN.sub('', head)}{last[0] + 1}" for head in heads)


def _under(cell: Cell, header: Header) -> Cell:
    """Return the cell with its column named in its place."""
    # spelt out: `dataclasses.replace` takes most of the time of reading a large table
    at = cell.place
    place = Place(at.file, at.sheet, at.cell, at.row, header.text, at.key)
    return Cell(cell.text, place, cell.number, cell.percent, cell.unknown)


def _csv(text: str, name: str) -> list[list[Cell]]:
    """Return the non-empty rows of a CSV text."""
    grid: list[list[Cell]] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for fields in reader:
            if any(field.strip() for field in fields):
                grid.append([Cell(unescape_text(field.strip()), Place(file=name, row=line)) for field in fields])
            line = reader.line_num + 1
            if len(grid) > MAX_ROWS or len(fields) > MAX_COLUMNS:
                raise InputError.of("table_too_big", Place(file=name, row=line))
    except csv.Error as error:
        raise InputError.of("not_csv", Place(file=name, row=line), problem=str(error)) from error
    return grid


def _excel(raw: bytes, name: str) -> list[tuple[Place, list[list[Cell]]]]:
    """Return the non-empty rows of every visible sheet of a workbook."""
    import openpyxl

    place = Place(file=name)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise InputError.of("table_too_big", place)
            all_stored = _all_stored(archive)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # colour bars and the like that openpyxl does not keep
            values = openpyxl.load_workbook(io.BytesIO(raw), data_only=True)
            formulas = values if all_stored else openpyxl.load_workbook(io.BytesIO(raw), data_only=False)
    except InputError:
        raise
    except Exception as error:  # openpyxl raises whatever a broken file makes it stumble over
        raise InputError.of("not_excel", place, problem=type(error).__name__) from error
    grids = []
    for sheet in values.worksheets:
        if sheet.sheet_state != "visible":
            continue
        rows, columns = sheet.max_row, sheet.max_column
        if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
            raise InputError.of("table_too_big", Place(file=name, sheet=sheet.title))
        grid: list[list[Cell]] = []
        for row in sheet.iter_rows():
            cells = []
            for cell in row:
                at = Place(file=name, sheet=sheet.title, cell=cell.coordinate, row=cell.row)
                if cell.value is None and formulas[sheet.title][cell.coordinate].data_type == "f":
                    cells.append(Cell("", at, unknown=True))
                else:
                    cells.append(_excel_cell(cell.value, str(cell.number_format), at))
            if any(cell.text or cell.unknown for cell in cells):
                grid.append(cells)
        grids.append((Place(file=name, sheet=sheet.title), grid))
    return grids


def _all_stored(archive: zipfile.ZipFile) -> bool:
    """Return whether every formula of a workbook has its value plainly behind it, so that none need be looked for."""
    for name in archive.namelist():
        text = archive.read(name)
        if b"\0" in text[:4] or text[:2] in _UTF16 or len(_FORMULA.findall(text)) != len(_STORED.findall(text)):
            return False
    return True


def _excel_cell(value: object, number_format: str, place: Place) -> Cell:
    """Return one Excel cell; a percentage keeps its sign in `percent`."""
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < LARGEST:
        number = exact(value)
        percent = "%" in _LITERAL.sub("", number_format)
        return Cell(f"{number * 100:f}%" if percent else f"{number:f}", place, number, percent)
    return Cell("" if value is None else str(value).strip(), place)
