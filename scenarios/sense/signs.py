"""Rates with another sign than was meant: one below zero among such as are above it, or all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scenarios.errors import Finding
from scenarios.sense.asking import question, table_of
from scenarios.sense.figures import CityTable, Figure

_FEWEST = 4
"""Rates of which one alone may be told from all others."""


def odd_signs(table: CityTable, column: str) -> Iterator[Finding]:
    """Ask whether rates are reductions that are written as falls: one that is as large as the others, or all."""
    rates = [(row.name, row.figures[column]) for row in table.rows if column in row.figures]
    below = [(name, rate) for name, rate in rates if rate.value < 0]
    yield from all_rise(rates)
    if len(below) == 1 and len(rates) >= _FEWEST:
        ((name, first),) = below
        others = sorted(rate.value for _, rate in rates if rate is not first)
        if others[0] / 2 <= -first.value <= others[-1] * 2:
            yield question(
                "below_zero", f"below-zero:{table_of(first.place)}:{name}", first.place, **_values(name, first)
            )


def all_rise(rates: Sequence[tuple[str, Figure]]) -> Iterator[Finding]:
    """Ask about reductions, each with its region, that are all below zero."""
    if len(rates) > 1 and all(rate.value < 0 for _, rate in rates):
        place = rates[0][1].place
        yield question("all_below_zero", f"all-below-zero:{table_of(place)}", place, **_values(*rates[0]))


def _values(name: str, rate: Figure) -> dict[str, str]:
    return {"name": name, "found": rate.cell.text, "meant": rate.shown(-rate.value)}
