"""Sheets of a workbook as cells with their places: what a person sees there, or a question."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import islice
from types import MappingProxyType
from typing import Any

from scenarios.errors import InputError, Place
from scenarios.tables.cells import LARGEST, exact
from scenarios.tables.excel_scan import MAX_UNPACKED, SheetScan, TooBigError, WorkbookScan, check_parts
from scenarios.tables.files import COMPOUND, refuse_no_workbook
from scenarios.tables.grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Cell, Grid
from scenarios.tables.number_format import as_rounded, decimals_of, shown_as, shows_as_stored
from scenarios.wording import Language

COPY: Mapping[Language, str] = MappingProxyType({"zh": "方案·", "en": "scenario·"})
"""How the sheets are called by which a workbook of results says what scenario it is of, before their own names."""
_STRICT = (
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)  # fmt: skip
"""Namespaces of Strict Open XML, and those of the usual form that mean the same."""
_RUN = re.compile(rb"<((?:\w+:)?r)>(?:(?!</?\1>).)*</\1>", re.DOTALL)
_WRITTEN = re.compile(rb"(?<=>)[^<>]+(?=<)")
_DIGITS = range(ord("0"), ord("9") + 1)
RAISED, LOWERED = (dict(zip(_DIGITS, looks, strict=True)) for looks in ("⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"))
STRUCK = {sign: f"{chr(sign)}\u0336" for sign in _DIGITS}
"""What digits look like that are raised, lowered or struck through."""
_MARKS = {
    re.compile(rb"vertAlign\s+val=[\"']superscript"): RAISED,
    re.compile(rb"vertAlign\s+val=[\"']subscript"): LOWERED,
    re.compile(rb"<(?:\w+:)?strike(?!\w|[^>]*val=[\"'](?:0|false))"): STRUCK,
}
"""What makes a run of text something else than it says, and what its digits look like."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""Names the part of a compound file that holds a workbook under a password."""
_HEAD = 2_000  # bytes of a part within which its namespace stands


def read_workbook(raw: bytes, name: str, asked: Collection[str] = ()) -> list[tuple[Place, Grid]]:
    """Return the non-empty rows of the visible sheets of an ``.xlsx`` file.

    `asked`: names of sheets; the others are not looked into where all of these are there.

    Raises InputError: no workbook, or one beyond the limits.
    """
    place = Place(file=name)
    refuse_no_workbook(raw, name)
    if raw.startswith(COMPOUND):
        raise InputError.of("workbook_locked" if _ENCRYPTED in raw else "old_workbook_renamed", place)
    try:
        check_parts(raw)
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            scan = WorkbookScan(archive)
            return _grids(usual_form(archive, raw, scan.marked), scan, place, asked)
    except InputError:
        raise
    except TooBigError:
        raise InputError.of("table_too_big", place) from None
    except Exception as error:  # openpyxl raises whatever a broken file makes it stumble over
        raise InputError.of("not_excel", place) from error


def is_copy(title: str) -> bool:
    """Return whether a sheet says of what scenario the results beside it are."""
    return title.startswith(tuple(COPY.values()))


def usual_form(archive: zipfile.ZipFile, raw: bytes, marked: bool = False) -> bytes:
    """Return a workbook of Strict Open XML in the namespaces that openpyxl knows; any other as it is.

    `marked`: whether digits within cells are raised, lowered or struck through; they become what they look like, lest
    1.40² be 1.402.
    """
    parts = [entry for entry in archive.namelist() if entry.endswith((".xml", ".rels"))]
    if not marked and not any(_STRICT[0][0] in archive.open(entry).read(_HEAD) for entry in parts):
        return raw
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as usual:
        for entry in parts:
            part = archive.read(entry)
            for strict, transitional in _STRICT:
                part = part.replace(strict, transitional)
            usual.writestr(entry, _RUN.sub(_as_seen, part) if marked else part)
    return stream.getvalue()


def _as_seen(run: re.Match[bytes]) -> bytes:
    """Return a run of text, its digits as they look where they are raised, lowered or struck through."""
    for mark, looks in _MARKS.items():
        if mark.search(run[0]):
            return _WRITTEN.sub(lambda text: text[0].decode().translate(looks).encode(), run[0])  # noqa: B023
    return run[0]


def _grids(
    raw: bytes, workbook: WorkbookScan, place: Place, asked: Collection[str]
) -> list[tuple[Place, Grid]]:  # fmt: skip
    """Return the rows of the visible sheets, of those asked for where all of them are there."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # colour bars and the like that openpyxl does not keep
        book = openpyxl.load_workbook(io.BytesIO(raw), data_only=True, read_only=True, keep_links=False)
        grids = []
        cells = characters = 0
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        wanted = {name.strip() for name in asked}
        if wanted and wanted <= {sheet.title.strip() for sheet in visible}:
            visible = [sheet for sheet in visible if sheet.title.strip() in wanted]
        struck = {n for n, font in enumerate(book._fonts) if font.strike}
        for sheet in visible:
            scan = workbook.sheet(sheet._worksheet_path)
            at = Place(file=place.file, sheet=sheet.title)
            cells += scan.filled * scan.columns
            if scan.rows > MAX_ROWS or scan.columns > MAX_COLUMNS or cells > MAX_CELLS:
                raise InputError.of("table_too_big", at)
            sheet.reset_dimensions()
            rows = sheet.iter_rows(max_col=scan.columns or 1)
            grid = _rows(islice(rows, scan.rows), scan, at, struck)
            characters += sum(len(cell.text) for row in grid for cell in row)
            if characters > MAX_UNPACKED:  # many cells may hold one long text that is stored once
                raise InputError.of("table_too_big", at)
            grids.append((at, grid))
        book.close()
    return grids


def _rows(rows: Iterable[tuple[object, ...]], scan: SheetScan, at: Place, struck: Collection[int]) -> Grid:
    """Return the rows of one sheet that hold something; `struck` are the fonts that strike through."""
    from openpyxl.utils import get_column_letter

    letters = [get_column_letter(n) for n in range(1, scan.columns + 1)]
    covered, below = scan.covered(), scan.below_merged()
    # What stands in the first cells of those merged downwards, by row and column
    firsts = {(top, column): "" for (_, column), top in below.items()}
    grid: Grid = []
    for number, row in enumerate(rows, 1):
        found = [
            _cell(cell, Place(at.file, at.sheet, f"{letter}{number}", number), (number, n), scan, covered)
            for n, (letter, cell) in enumerate(zip(letters, row, strict=False), 1)
        ]
        for n, cell in enumerate(found, 1) if firsts else ():
            if (number, n) in firsts:
                firsts[number, n] = cell.text
            elif (number, n) in below:
                found[n - 1] = replace(cell, merged=firsts[below[number, n], n])
        if any(cell.text or cell.unknown for cell in found):
            unseen = number in scan.hidden or (struck and _all_struck(row, struck))
            grid.append([replace(cell, hidden=True) for cell in found] if unseen else found)
    return grid


def _all_struck(row: Iterable[Any], fonts: Collection[int]) -> bool:
    """Return whether all that stands in a row is struck through, in one of some fonts."""
    return all(cell.style_array.fontId in fonts for cell in row if getattr(cell, "value", None) not in (None, ""))


def _cell(cell: object, place: Place, at: tuple[int, int], scan: SheetScan, covered: set[tuple[int, int]]) -> Cell:
    """Return one cell; one that a merged cell lies over is empty, as it looks."""
    if at in scan.without_value:
        return Cell("", place, unknown=True)
    if at in covered:
        return Cell("", place, covered=True, hidden_column=at[1] in scan.hidden_columns)
    value = getattr(cell, "value", None)
    read = excel_cell(value, str(getattr(cell, "number_format", "")), place)
    return replace(read, hidden_column=True) if at[1] in scan.hidden_columns else read


def excel_cell(value: object, number_format: str, place: Place) -> Cell:
    """Return one Excel cell; a percentage keeps its sign in `percent`; one shown as another number is asked about."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) < LARGEST:
        return Cell("" if value is None else str(value).strip(), place)
    stored = exact(value)
    decimals = decimals_of(number_format)
    if shows_as_stored(number_format):
        return Cell(f"{stored:f}", place, stored, decimals=decimals, rounded=as_rounded(stored, number_format))
    shown = shown_as(stored, number_format)
    if shown.percent and shown.number is not None:
        rounded = as_rounded(shown.number, number_format)
        return Cell(f"{shown.number:f}%", place, shown.number / 100, True, decimals=decimals, rounded=rounded)
    doubt = "shown_scaled" if stored and shown.number is None else ""
    return Cell(f"{stored:f}", place, stored, doubt=doubt, meant=shown.text if doubt else "", decimals=decimals)
