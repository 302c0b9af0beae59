"""What a document holds: its tables, and the lines of text around them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from scenarios.errors import InputError, Place
from scenarios.tables.excel_scan import TooBigError
from scenarios.tables.grid import MAX_CELLS, MAX_CHARACTERS, MAX_COLUMNS, MAX_ROWS, Cell, Grid

_BESIDE = 8
"""Lines right above and below a table that are read with it: its title, its unit, its notes."""


class RefusedTableError(Exception):
    """A table that does not say what it means; `code` is that of the message."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Held:
    """What stands in one cell."""

    text: str
    covered: bool = False  # Whether a merged cell lies over it
    merged: str = ""  # What stands in the merged cell above that lies over it as well


@dataclass
class Table:
    """One table, with the lines above and below it."""

    rows: list[list[Held]] = field(default_factory=list)
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)


def within_limits(rows: Sequence[Sequence[Held]]) -> None:
    """Refuse a table that is too big while it is read: merged cells may be said to lie over any number of others.

    Raises TooBigError: beyond the limits of a table.
    """
    if rows and (len(rows[-1]) > MAX_COLUMNS or len(rows) > MAX_ROWS or len(rows) * len(rows[-1]) > MAX_CELLS):
        raise TooBigError


def in_order(parts: Iterable[str | list[list[Held]]]) -> list[Table]:
    """Return the tables among the parts of a document, each with the lines of text around it."""
    tables: list[Table] = []
    lines: list[str] = []
    for part in parts:
        if isinstance(part, str):
            lines += [part] if part.strip() else []
            continue
        if tables:
            tables[-1].below = lines[:_BESIDE]
        tables.append(Table(part, lines[-_BESIDE:]))
        lines = []
    if tables:
        tables[-1].below = lines[:_BESIDE]
    return tables


def grids(tables: Sequence[Table], name: str) -> list[tuple[Place, Grid]]:
    """Return tables as cells with their places; where there are several a table is called by its number.

    Raises InputError: a table or a cell beyond the limits.
    """
    return [
        (at, _grid(table, at))
        for n, table in enumerate(tables, start=1)
        for at in [Place(file=name, sheet=str(n) if len(tables) > 1 else "")]
    ]


def _grid(table: Table, at: Place) -> Grid:
    width = max(map(len, table.rows), default=0)
    if len(table.rows) > MAX_ROWS or width > MAX_COLUMNS or len(table.rows) * width > MAX_CELLS:
        raise InputError.of("table_too_big", at)
    above, below = ([[Held(line)] for line in lines] for lines in (table.above, table.below))
    rows = [*above, *table.rows, *below]
    found = [[_cell(held, at, number) for held in row] for number, row in enumerate(rows, start=1)]
    return [[*row, *[Cell("", row[0].place)] * (width - len(row))] for row in found if any(cell.text for cell in row)]


def _cell(held: Held, at: Place, number: int) -> Cell:
    place = Place(file=at.file, sheet=at.sheet, row=number)
    if len(held.text) > MAX_CHARACTERS:
        raise InputError.of("cell_too_long", place, limit=MAX_CHARACTERS)
    return Cell(held.text.strip(), place, covered=held.covered, merged=held.merged)
