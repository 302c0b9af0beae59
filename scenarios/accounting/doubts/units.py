"""Whole columns of an energy table in another unit: what all cities burn is more than any does, or next to nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from scenarios.accounting.doubts.slips import HUGE, roughly
from scenarios.accounting.entries import EnergyTable, Entry
from scenarios.errors import Finding
from scenarios.sense.asking import question, table_of
from scenarios.sense.figures import brief
from scenarios.tables.rows import PROVINCE

LEAST = 5_000.0
"""Tonnes of CO2 that the fuels of a city of middling size emit at least: a county of 20,000 people emits more."""
FEWEST = 3
"""Cities that must be there for all of them to emit too little."""
_POWER = 4
"""By which power of ten units are confused: 吨 and 万吨, 万立方米 and 亿立方米."""


def whole_units(table: EnergyTable) -> Iterator[Finding]:
    """Ask for the unit of an item of which most cities would emit more than any, or of all that would emit nothing."""
    burnt = [e for e in table.entries if e.item.fossil and e.region != PROVINCE and e.amount > 0]
    items: dict[tuple[str, str], list[Entry]] = {}
    for entry in burnt:
        items.setdefault((entry.item.key, entry.item.kind), []).append(entry)
    for entries in items.values():
        middle = sorted(entries, key=roughly)[len(entries) // 2]
        if roughly(middle) > HUGE:
            yield _asked("amounts_huge", table, entries, middle, roughly(middle), -_POWER)
    totals = _totals(burnt)
    cities = sorted(totals, key=lambda key: totals[key])
    if len({region for region, _ in cities}) >= FEWEST and totals[cities[len(cities) // 2]] < LEAST:
        region, year = cities[len(cities) // 2]
        own = [e for e in burnt if (e.region, e.year) == (region, year)]
        yield _asked("amounts_tiny", table, burnt, max(own, key=roughly), totals[region, year], _POWER)


def _totals(entries: list[Entry]) -> Mapping[tuple[int, int], float]:
    """Return roughly what the fuels of each city emit in each year."""
    totals: dict[tuple[int, int], float] = {}
    for entry in entries:
        totals[entry.region, entry.year] = totals.get((entry.region, entry.year), 0.0) + roughly(entry)
    return totals


def _asked(code: str, table: EnergyTable, all_of: list[Entry], one: Entry, tonnes: float, power: int) -> Finding:
    """Return the question about all of some amounts, at the first, with one of them as the example."""
    first = min(all_of, key=lambda entry: entry.place.address)
    asked = f"amounts-off:{table_of(table.place)}" + (f":{one.item.zh}" if code == "amounts_huge" else "")
    found = _decimal(one.amount / one.size)
    return question(
        code, asked, first.place, name=table.names[one.region], year=one.year, item=one.item.zh, found=brief(found),
        tonnes=brief(Decimal(tonnes) / 10_000), meant=brief(found.scaleb(power)),
        right=brief(Decimal(tonnes).scaleb(power) / 10_000),
    )  # fmt: skip


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
