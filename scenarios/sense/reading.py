"""From the rows that a reader of tables goes through to the figures that are asked about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from scenarios.errors import Place
from scenarios.sense.figures import CityRow, CityTable, Figure
from scenarios.tables.cells import CellError
from scenarios.tables.columns import Header
from scenarios.tables.grid import Cell
from scenarios.tables.regions import Supplied, alias
from scenarios.tables.rows import Row, TableReader

_HUNDREDTH = Decimal("0.01")


def city_table(
    reader: TableReader, rows: tuple[Sequence[Row], Sequence[Row]], columns: Sequence[str], members: Iterable[str] = (),
    supplied: Iterable[Supplied] = (),
) -> CityTable:  # fmt: skip
    """Return the figures of a sheet.

    Parameters
    ----------
    reader
        Of the sheet; what it has noted is in doubt and no figure.
    rows
        Those of cities, and those that call themselves a total.
    columns
        Columns of figures, by their standard names or headers.
    members
        Names of those who are certainly cities.
    supplied
        Quantities from tables of their own.
    """
    sheet, given = reader.sheet, tuple(supplied)
    there = _columns(reader, columns)
    plain = [row for row in rows[0] if not any(map(reader.collector.names, _owner(reader, row)))]
    cities, totals = (tuple(_city_row(reader, row, there, given) for row in part) for part in (plain, rows[1]))
    whole = len(plain) == len(rows[0]) and not sheet.odd_rows
    heads = {name: sheet.header_place(n) for name, n in there.items()}
    return CityTable(sheet.place, cities, totals, heads, frozenset(map(alias, members)), whole)


def _columns(reader: TableReader, columns: Sequence[str]) -> dict[str, int]:
    """Return where columns stand; those left out whose header something was noted about."""
    found: dict[str, int] = {}
    doubtful = set()
    for n, header in sorted(enumerate(reader.sheet.headers), key=lambda each: not each[1].measure):
        name = header.standard or header.text
        found.setdefault(name, n)
        if reader.collector.names(reader.sheet.header_place(n)):
            doubtful.add(name)
    return {name: found[name] for name in columns if name in found and name not in doubtful}


def _owner(reader: TableReader, row: Row) -> list[Place]:
    """Return where a row says whose it is."""
    return [cell.place for cell in (reader.cell(row, "id"), reader.cell(row, "name")) if cell is not None]


def _city_row(reader: TableReader, row: Row, there: Mapping[str, int], given: Sequence[Supplied]) -> CityRow:
    """Return a row with those of its figures that are numbers and not in doubt."""
    code, named = reader.text(row, "id"), reader.named(row)
    figures = {name: _figure(reader, row[n], reader.sheet.headers[n]) for name, n in there.items()}
    more = dict(_from_elsewhere(given, code, named.text))
    return CityRow(code, named.text, named, {name: one for name, one in figures.items() if one is not None} | more)


def _figure(reader: TableReader, cell: Cell, header: Header) -> Figure | None:
    """Return a figure in the unit used inside; None for an empty cell and for one that something was noted about."""
    if not cell.text or reader.collector.names(cell.place):
        return None
    try:
        number, percent = cell.parse()
    except CellError:
        return None
    meant = header if header.standard else replace(header, standard="rate")  # of our own columns: a per cent, or plain
    factor = _HUNDREDTH if percent else meant.factor or Decimal(1)
    return Figure(number * factor, cell, factor)


def _from_elsewhere(given: Iterable[Supplied], code: str, name: str) -> Iterator[tuple[str, Figure]]:
    """Yield the figures of a city that stand in tables of their own, at the cell of the largest part of them."""
    for one in given:
        n = one.index.find(code, name)
        if n is not None:
            cell, accounted = Cell(f"{one.values[n]:f}", (one.at or one.firsts)[n]), one.quantity == "emissions"
            yield one.quantity, Figure(one.values[n], cell, accounted=accounted)
