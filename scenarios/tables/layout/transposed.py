"""Tables with a column a region and a row a quantity, read as if they stood upright."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from scenarios.errors import Finding
from scenarios.tables.adcodes.prefectures import code_of
from scenarios.tables.cells import year_of
from scenarios.tables.columns import Header, is_time
from scenarios.tables.grid import Cell, Grid
from scenarios.tables.headers.units import UNITS

_COLUMNS = 3
"""Columns from the left, of which one holds the quantities."""
_ROWS = 60
"""Rows from the top in which they stand."""
_FEWEST = 2
"""Regions by which a table is known to lie on its side, and quantities where no row is called that of regions."""
_OWNERS = ("id", "name", "name_en")
_NAME = "地区"
"""What a row of regions is called that is called nothing."""

_Parse = Callable[[str], Header]


def upright(grid: Grid, parse: _Parse) -> tuple[Grid, list[Finding]]:
    """Return a grid whose rows are quantities with rows and columns interchanged, which is said; any other as it is."""
    if (years := _years_down(grid, parse)) is not None:
        top, end = years
        table = _turned(grid[top:end], 0)
        said = Finding("transposed", grid[top][0].place, {"found": grid[top][0].text}, "notice")
        table[0][0] = replace(table[0][0], text=_NAME)
        return [*grid[:top], *table, *grid[end:]], [said]
    if any(sum(bool(parse(cell.text).standard) for cell in row if cell.text) > 1 for row in grid[:_ROWS]):
        return grid, []
    found = next(filter(None, (_lying(grid, parse, left) for left in range(_COLUMNS))), None)
    if found is None:
        return grid, []
    top, end, left = found
    corner, table = grid[top][left], _turned(grid[top:end], left)
    table[0][0] = corner if parse(corner.text).standard in _OWNERS else replace(corner, text=_NAME)
    said = Finding("transposed", corner.place, {"found": table[0][-1].text}, "notice")
    return [*grid[:top], *table, *grid[end:]], [said]


def _years_down(grid: Grid, parse: _Parse) -> tuple[int, int] | None:
    """Return first row and row below of a table with a row a year and a column a prefecture, None for any other."""
    tops = (n for n, row in enumerate(grid[:_ROWS]) if row and parse(row[0].text).standard == "year")
    top = next((n for n in tops if _names(grid[n])), None)
    named = [cell.text for cell in grid[top][1:] if cell.text] if top is not None else []
    if top is None or 2 * sum(bool(code_of(text)) for text in named) < len(named):
        return None
    end = next((n for n in range(top + 1, len(grid)) if year_of(grid[n][0].text) is None), len(grid))
    return (top, end) if end > top + 1 and len({len(row) for row in grid[top:end]}) == 1 else None


def _lying(grid: Grid, parse: _Parse, left: int) -> tuple[int, int, int] | None:
    """Return first row, row below and first column of a table on its side, None where the column heads no such rows."""
    named = {n: parse(row[left].text).standard for n, row in enumerate(grid[:_ROWS]) if left < len(row)}
    rows = [n for n, standard in named.items() if standard in UNITS]
    above = range(min(rows, default=0) - 1, -1, -1)
    owners = [n for n in above if named.get(n) in _OWNERS]
    top = owners[-1] if owners else next((n for n in above if _names(grid[n][left:])), None)
    if top is None or len({named[n] for n in rows}) < (1 if owners else _FEWEST):
        return None
    end = next((n for n in range(rows[-1], len(grid)) if not _filled(grid[n][left + 1 :])), len(grid))
    whole = len({len(row) for row in grid[top:end]}) == 1
    return (top, end, left) if whole and sum(cell.is_figure for cell in grid[rows[0]][left + 1 :]) >= _FEWEST else None


def _turned(rows: Grid, left: int) -> Grid:
    """Return rows as columns, from one on that becomes the header; a hidden column becomes a hidden row."""
    columns = [column for column in zip(*(row[left:] for row in rows), strict=True) if _filled(column)]
    return [[replace(c, hidden=c.hidden_column, hidden_column=c.hidden) for c in column] for column in columns]


def _filled(row: Sequence[Cell]) -> int:
    return sum(bool(cell.text or cell.unknown) for cell in row)


def _names(row: Sequence[Cell]) -> bool:
    """Return whether a row holds the names of regions, beside what is called 单位 and the like."""
    return _filled(row[1:]) >= _FEWEST and all(map(_is_name, row[1:]))


def _is_name(cell: Cell) -> bool:
    """Return whether a cell is empty or holds a text that is no number and no time."""
    return not (cell.unknown or year_of(cell.text) or is_time(cell.text) or cell.is_figure)
