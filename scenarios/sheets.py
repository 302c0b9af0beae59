"""Tables as they arrive: cells with their places, from CSV and Excel.

Nothing is dropped and nothing shifts: a row with a field too many or too few is
refused, a percentage cell of Excel says that it is one, a formula without a stored
value is refused rather than read as empty.
"""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from scenarios.cells import exact, parse_number
from scenarios.columns import Header, parse_header
from scenarios.errors import Collector, InputError, Place
from scenarios.files import InputFile, decode, read_bytes

MAX_ROWS = 20_000
MAX_COLUMNS = 500
MAX_UNPACKED = 200_000_000
_TITLE_ROWS = 10
_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n")


def escape_text(text: str) -> str:
    """Return text for a CSV cell that Excel will not run: an apostrophe before = + - @ and controls."""
    return f"'{text}" if text.startswith(_LIVE) else text


def unescape_text(text: str) -> str:
    """Return what `escape_text` was given."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_LIVE) else text


@dataclass(frozen=True)
class Cell:
    """One cell.

    Parameters
    ----------
    text
        What stands in it, blanks at the ends removed.
    place
        Where it stands.
    number
        The number of an Excel number cell, else None.
    percent
        Whether Excel shows that number as a percentage (0.185 shown as 18.5 %).
    """

    text: str
    place: Place
    number: Decimal | None = None
    percent: bool = False

    def parse(self) -> tuple[Decimal, bool]:
        """Return the number and whether it is a per cent; an Excel percentage comes times 100.

        Raises
        ------
        CellError
            See `scenarios.cells.parse_number`.
        """
        if self.number is None:
            return parse_number(self.text)
        return (self.number * 100, True) if self.percent else (self.number, False)


@dataclass(frozen=True)
class Sheet:
    """A table: its headers and rows of equal length."""

    place: Place
    headers: tuple[Header, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def position(self, standard: str) -> int | None:
        """Return the position of a standard column, or None."""
        return next((n for n, header in enumerate(self.headers) if header.standard == standard), None)


def read_sheet(path: Path, needed: Iterable[str]) -> tuple[Sheet, InputFile]:
    """Read the table that has the `needed` standard columns.

    Parameters
    ----------
    path
        A ``.csv`` or ``.xlsx`` file.
    needed
        Standard columns, by which header row and Excel sheet are found.

    Raises
    ------
    InputError
        Unreadable file, no such table or more than one, rows of unequal length.
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
    sheets = [_table(place, grid) for place, grid in grids if grid]
    if not sheets:
        raise InputError.of("empty_file", Place(file=path.name))
    fitting = [sheet for sheet in sheets if all(sheet.position(name) is not None for name in wanted)]
    if len(fitting) != 1:
        _refuse_choice(path.name, wanted, sheets, fitting)
    _check_lengths(fitting[0])
    return fitting[0], InputFile.of(path.name, raw)


def _refuse_choice(name: str, wanted: tuple[str, ...], sheets: list[Sheet], fitting: list[Sheet]) -> None:
    """Say which columns no sheet has, or which sheets compete."""
    if fitting:
        names = "、".join(sheet.place.sheet for sheet in fitting)
        raise InputError.of("several_sheets", Place(file=name), sheets=names)
    best = max(sheets, key=lambda sheet: sum(sheet.position(column) is not None for column in wanted))
    missing = ", ".join(column for column in wanted if best.position(column) is None)
    found = ", ".join(header.text for header in best.headers if header.text)
    raise InputError.of("missing_columns", best.place, missing=missing, found=found[:300])


def _table(place: Place, grid: list[list[Cell]]) -> Sheet:
    """Find the header row: the first of the top rows with two known names, else the first row."""
    parsed = [tuple(parse_header(cell.text) for cell in row) for row in grid[:_TITLE_ROWS]]
    start = next((n for n, row in enumerate(parsed) if sum(bool(h.standard) for h in row) >= 2), 0)
    headers, rows = parsed[start], grid[start + 1 :]
    while headers and not headers[-1].text and all(len(r) < len(headers) or not r[-1].text for r in rows):
        rows = [row[: len(headers) - 1] if len(row) == len(headers) else row for row in rows]
        headers = headers[:-1]
    return Sheet(place, headers, tuple(tuple(row) for row in rows))


def _check_lengths(sheet: Sheet) -> None:
    """Refuse rows whose fields do not match the header, one by one."""
    collector = Collector()
    for row in sheet.rows:
        if len(row) != len(sheet.headers):
            place = Place(file=sheet.place.file, sheet=sheet.place.sheet, row=row[0].place.row)
            collector.error("field_count", place, found=len(row), needed=len(sheet.headers))
    collector.raise_errors()


def _csv(text: str, name: str) -> list[list[Cell]]:
    """Return the non-empty rows of a CSV text."""
    grid: list[list[Cell]] = []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    header: list[str] = []
    try:
        for fields in reader:
            if any(field.strip() for field in fields):
                header = header or fields
                labels = header + [""] * (len(fields) - len(header))
                grid.append(
                    [
                        Cell(
                            unescape_text(field.strip()),
                            Place(file=name, row=line, column=parse_header(label).text),
                        )
                        for field, label in zip(fields, labels, strict=False)
                    ]
                )
            line = reader.line_num + 1
            if len(grid) > MAX_ROWS or len(fields) > MAX_COLUMNS:
                raise InputError.of("table_too_big", Place(file=name, row=line))
    except csv.Error as error:
        raise InputError.of("not_csv", Place(file=name, row=line), problem=error) from error
    return grid


def _excel(raw: bytes, name: str) -> list[tuple[Place, list[list[Cell]]]]:
    """Return the non-empty rows of every visible sheet of a workbook."""
    import openpyxl

    place = Place(file=name)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
                raise InputError.of("table_too_big", place)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # colour bars and the like that openpyxl does not keep
            values = openpyxl.load_workbook(io.BytesIO(raw), data_only=True)
            formulas = openpyxl.load_workbook(io.BytesIO(raw), data_only=False)
    except InputError:
        raise
    except Exception as error:  # openpyxl raises whatever a broken file makes it stumble over
        raise InputError.of("not_excel", place, problem=type(error).__name__) from error
    collector = Collector()
    grids = []
    for sheet in values.worksheets:
        if sheet.sheet_state != "visible":
            continue
        if sheet.max_row > MAX_ROWS or sheet.max_column > MAX_COLUMNS:
            raise InputError.of("table_too_big", Place(file=name, sheet=sheet.title))
        grid: list[list[Cell]] = []
        for row in sheet.iter_rows():
            cells = []
            for cell in row:
                at = Place(file=name, sheet=sheet.title, cell=cell.coordinate, row=cell.row)
                if cell.value is None and formulas[sheet.title][cell.coordinate].data_type == "f":
                    collector.error("formula_without_value", at)
                cells.append(_excel_cell(cell.value, str(cell.number_format), at))
            if any(cell.text for cell in cells):
                grid.append(cells)
        grids.append((Place(file=name, sheet=sheet.title), grid))
    collector.raise_errors()
    return grids


def _excel_cell(value: object, number_format: str, place: Place) -> Cell:
    """Return one Excel cell; a percentage keeps its sign in `percent`."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = exact(value)
        percent = "%" in number_format
        return Cell(f"{number * 100:f}%" if percent else f"{number:f}", place, number, percent)
    return Cell("" if value is None else str(value).strip(), place)
