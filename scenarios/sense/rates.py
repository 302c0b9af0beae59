"""Tables of rates, read and asked about."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from scenarios.errors import Collector, Finding, Place
from scenarios.sense.asking import NO_ANSWERS, Answers
from scenarios.sense.figures import CityRow, CityTable, Figure
from scenarios.sense.hidden import hidden_rows
from scenarios.sense.shares import as_fractions, off_column
from scenarios.sense.signs import odd_signs
from scenarios.tables.rates import RateTable, read_rates
from scenarios.tables.regions import Regions

_HUNDREDTH = Decimal("0.01")


def read_meant_rates(
    path: Path, regions: Regions, incentive: bool = False, answers: Answers = NO_ANSWERS
) -> tuple[RateTable, tuple[Finding, ...]]:
    """Read a table of rates and ask about those a hundred times off; see `scenarios.tables.rates.read_rates`.

    Returns
    -------
    table, notices
        The table, and what must be said with it: of its form, and the questions that are answered.

    Raises
    ------
    InputError
        What is wrong in the table, and every question that is not answered.
    """
    table, collector = read_rates(path, regions, incentive), Collector()
    collector.extend(table.notices)
    answers.ask(_questions(table, regions), collector)
    collector.raise_errors()
    return table, collector.notices


def _questions(table: RateTable, regions: Regions) -> Iterator[Finding]:
    rows = (
        CityRow(key, name, cell, {"rate": Figure(rate, cell, _factor(rate, cell.parse()[0]))})
        for key, name, cell, rate in zip(regions.ids, regions.names, table.cells, table.rates, strict=True)
    )
    cities = CityTable(table.cells[0].place if table.cells else Place(file=table.source.name), tuple(rows))
    yield from hidden_rows(cities)
    yield from odd_signs(cities, "rate")
    yield from off_column(cities, ("rate",))
    yield from as_fractions(cities, ("rate",))


def _factor(rate: Decimal, written: Decimal) -> Decimal:
    """Return what a written number was multiplied by."""
    return Decimal(1) if written == rate else _HUNDREDTH
