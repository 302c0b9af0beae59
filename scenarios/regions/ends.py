"""Energy of the last year, as a table of a share gives it: what can hardly be meant of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from scenarios.errors import Finding
from scenarios.sense.asking import question
from scenarios.tables.grid import Cell

_LEAST, _MOST = Decimal("0.5"), Decimal("1.25")
"""Of base-year energy at the growth of GDP, between which energy of the last year lies."""


def far_ends(cities: Iterable[tuple[str, Cell, Decimal, Decimal]]) -> Iterator[Finding]:
    """Yield the question about each city whose energy of the last year is far from what growth makes of it.

    `cities`: name, cell, energy of the last year, base-year energy times the growth of GDP.
    """
    for name, cell, end, grown in cities:
        if not _LEAST * grown <= end <= _MOST * grown:
            values = {"name": name, "found": cell.text, "grown": f"{grown:.1f}"}
            yield question("energy_end_far", f"energy-end:{name}", cell.place, **values)
