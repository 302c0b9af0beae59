"""Several sheets of a workbook as one table: a column each, joined by region."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from scenarios.errors import Finding, InputError
from scenarios.tables.grid import Cell
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.regions import RegionIndex, called_part, called_total

_CHOSEN = ("year", "province")
"""Columns by which rows were chosen."""


def joined(sheets: Sequence[Sheet], wanted: Iterable[str]) -> Sheet | None:
    """Return the sheets as one table: the first, and what the others have besides.

    Returns
    -------
    Sheet or None
        None where they do not have all wanted columns together.

    Raises
    ------
    InputError
        A sheet has no row for a region of the first, or one for another.
    """
    named = [sheet for sheet in sheets if sheet.position("name") is not None or sheet.position("id") is not None]
    if not all(any(sheet.position(name) is not None for sheet in named) for name in wanted):
        return None
    whole = named[0]
    for other in named[1:]:
        whole = _beside(whole, other)
    places = "、".join(sheet.place.sheet for sheet in named)
    said = Finding("sheets_joined", replace(whole.place, sheet=""), {"sheets": places}, "notice")
    return replace(whole, findings=(*whole.findings, said))


def _beside(sheet: Sheet, other: Sheet) -> Sheet:
    """Return a table with the columns that another has besides, in the rows of its own regions."""
    there = {header.standard or header.text for header in sheet.headers}
    new = [n for n, h in enumerate(other.headers) if (h.standard or h.text) not in {*there, *_CHOSEN, ""}]
    found = _positions(other, sheet)
    _positions(sheet, other)
    return replace(
        sheet,
        headers=(*sheet.headers, *(other.headers[n] for n in new)),
        rows=tuple((*row, *_cells(other, n, new, row)) for row, n in zip(sheet.rows, found, strict=True)),
        findings=(*sheet.findings, *other.findings),
        heads=(*sheet.heads, *(other.heads[n] for n in new)),
        first_cells=(),
    )


def _positions(sheet: Sheet, asking: Sheet) -> list[int | None]:
    """Return the row of a sheet for each row of another; a region that it has not is refused."""
    named = [_names(sheet, row) for row in sheet.rows]
    index = RegionIndex([code for code, _ in named], [name for _, name in named])
    found = [index.find(*filter(None, _names(asking, row))) for row in asking.rows]
    names = [_names(asking, row)[1] for row, n in zip(asking.rows, found, strict=True) if n is None]
    missing = [name for name in names if name and not called_total(name) and not called_part(name)]
    if missing:
        raise InputError.of("missing_regions", sheet.place, missing="、".join(missing))
    return found


def _names(sheet: Sheet, row: Sequence[Cell]) -> tuple[str, str]:
    """Return code and name of a row."""
    at = sheet.position("id"), sheet.position("name")
    code, name = ("" if n is None else row[n].text for n in at)
    return code, name or code


def _cells(other: Sheet, position: int | None, columns: Iterable[int], row: Sequence[Cell]) -> tuple[Cell, ...]:
    """Return the cells of a row of another table; empty ones where it has no such row."""
    if position is None:
        return tuple(Cell("", replace(row[0].place, column=other.headers[n].text)) for n in columns)
    return tuple(other.rows[position][n] for n in columns)
