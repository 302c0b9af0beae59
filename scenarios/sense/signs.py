"""Rates with another sign than was meant: one below zero among such as are above it, or all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from scenarios.errors import Finding
from scenarios.sense.asking import question, table_of
from scenarios.sense.figures import CityTable, Figure

_FEWEST = 4
"""Rates of which one alone may be told from all others."""

_BESIDE, _APART = Decimal("1.25"), 2
"""How many times the others a yearly rate of the other sign may be, and how many times their spread it lies apart."""


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


def all_fall(rates: Sequence[tuple[str, Figure]], asked: str) -> Finding:
    """Return the question whether rates, each with its region, have lost their sign: all fall where a rise is asked.

    `asked`: by how much it may rise, per cent.
    """
    place = rates[0][1].place
    return question("all_fall", f"all-fall:{table_of(place)}", place, **_values(*rates[0]), asked=asked)


def turned_sign(rates: Sequence[tuple[str, Figure]]) -> Iterator[Finding]:
    """Ask about the one of several yearly rates with another sign, of their size, where these lie close together.

    A year in which one region alone rises is no slip; one that rises by just what all others fall may well be.
    """
    for sign in (1, -1):
        odd = [(name, rate) for name, rate in rates if rate.value * sign < 0]
        others = sorted(rate.value * sign for _, rate in rates if rate.value * sign > 0)
        if len(odd) != 1 or len(others) + 1 < max(len(rates), _FEWEST):
            continue
        ((name, first),) = odd
        size = -first.value * sign
        if others[0] / _BESIDE <= size <= others[-1] * _BESIDE and _APART * (others[-1] - others[0]) < others[0] + size:
            asked = f"below-zero:{table_of(first.place)}:{name}"
            yield question("sign_turned", asked, first.place, **_values(name, first))


def _values(name: str, rate: Figure) -> dict[str, str]:
    return {"name": name, "found": rate.cell.text, "meant": rate.shown(-rate.value)}
