"""Sheets of an old workbook (``.xls``, Excel 97–2003) as cells with their places."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from scenarios.errors import InputError, Place
from scenarios.tables.excel import LOWERED, RAISED, STRUCK, excel_cell
from scenarios.tables.files import refuse_no_workbook
from scenarios.tables.grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Cell, Grid

MAX_OLD_BYTES = 10_000_000


def read_old_workbook(raw: bytes, name: str) -> list[tuple[Place, Grid]]:
    """Return the non-empty rows of every visible sheet of an ``.xls`` file.

    Raises InputError: no workbook, or one beyond the limits.
    """
    import xlrd

    place = Place(file=name)
    refuse_no_workbook(raw, name)
    if len(raw) > MAX_OLD_BYTES:
        raise InputError.of("file_too_big", place, limit=f"{MAX_OLD_BYTES / 1e6:g}")
    try:
        # `formatting_info`: without it nobody knows which number is shown as a percentage
        book = xlrd.open_workbook(file_contents=raw, formatting_info=True, logfile=io.StringIO())
        sheets = [sheet for sheet in book.sheets() if sheet.visibility == 0]
        return [(at, _rows(book, sheet, at)) for sheet in sheets for at in [Place(file=name, sheet=sheet.name)]]
    except InputError:
        raise
    except Exception as error:  # xlrd raises whatever a broken file makes it stumble over
        code = "workbook_locked" if "encrypted" in str(error) else "not_excel"
        raise InputError.of(code, place) from error


def _rows(book: Any, sheet: Any, at: Place) -> Grid:  # noqa: ANN401  (xlrd's book and sheet)
    """Return the rows of one sheet that hold something."""
    if sheet.nrows > MAX_ROWS or sheet.ncols > MAX_COLUMNS or sheet.nrows * sheet.ncols > MAX_CELLS:
        raise InputError.of("table_too_big", at)
    grid = {row: [_cell(book, sheet, at, row, column) for column in range(sheet.ncols)] for row in range(sheet.nrows)}
    filled = {row: cells for row, cells in grid.items() if any(cell.text for cell in cells)}
    columns = [_is_unseen(sheet.colinfo_map.get(column), "width") for column in range(sheet.ncols)]
    return [
        [replace(cell, hidden=hidden, hidden_column=unseen) for cell, unseen in zip(cells, columns, strict=True)]
        for row, cells in filled.items()
        for hidden in [_is_unseen(sheet.rowinfo_map.get(row), "height") or _is_struck(book, sheet, row)]
    ]


def _is_unseen(info: Any, size: str) -> bool:  # noqa: ANN401  (xlrd's record of a row or column, or None)
    """Return whether a row or column is hidden, or drawn with no height or width at all."""
    return info is not None and (bool(info.hidden) or getattr(info, size) == 0)


def _is_struck(book: Any, sheet: Any, row: int) -> bool:  # noqa: ANN401
    """Return whether all that stands in a row is struck through."""
    fonts = [book.font_list[book.xf_list[cell.xf_index].font_index] for cell in sheet.row(row) if cell.value != ""]
    return all(font.struck_out for font in fonts)


def _as_seen(text: str, runs: Sequence[tuple[int, int]], fonts: Sequence[Any]) -> str:
    """Return a text, its digits as they look where they are raised, lowered or struck through from one run on."""
    starts = [*(start for start, _ in runs), len(text)]
    parts = [text[: starts[0]]]
    for (start, n), end in zip(runs, starts[1:], strict=True):
        looks = STRUCK if fonts[n].struck_out else (dict[int, str](), RAISED, LOWERED)[fonts[n].escapement]
        parts.append(text[start:end].translate(looks))
    return "".join(parts)


def _cell(book: Any, sheet: Any, at: Place, row: int, column: int) -> Cell:  # noqa: ANN401
    """Return one cell."""
    import xlrd

    found = sheet.cell(row, column)
    place = Place(at.file, at.sheet, f"{xlrd.colname(column)}{row + 1}", row + 1)
    style = book.format_map.get(book.xf_list[found.xf_index].format_key)
    value = found.value
    if runs := sheet.rich_text_runlist_map.get((row, column)):
        value = _as_seen(value, runs, book.font_list)
    if found.ctype == xlrd.XL_CELL_ERROR:
        value = xlrd.error_text_from_code.get(value, "#VALUE!")
    elif found.ctype == xlrd.XL_CELL_DATE:
        value = xlrd.xldate_as_datetime(value, book.datemode)
    elif found.ctype == xlrd.XL_CELL_BOOLEAN:
        value = bool(value)
    return excel_cell(value, style.format_str if style else "", place)
