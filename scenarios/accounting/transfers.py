"""Electricity as the table states it: what each city makes, uses and moves, and whether that fits together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from scenarios.accounting.electricity import CityPower
from scenarios.accounting.energy_table import POWER, EnergyTable, Entry
from scenarios.accounting.ledger import Line
from scenarios.errors import Collector, Place
from scenarios.tables.rows import PROVINCE

TRANSFER_TOLERANCE = Fraction(1, 100)
"""By how much, of the electricity used or taken in, two statements of transfers may differ."""


def city_power(n: int, entries: Sequence[Entry], lines: Sequence[Line]) -> CityPower:
    """Return what is known of a city's electricity in a year; where other cities say it, silence is zero.

    `entries`, `lines`: of the year: what the table says, and what its fuels come to.
    """

    def amount(key: str) -> Fraction | None:
        found = amounts(entries, n, key)
        anywhere = any(e.item.key == key and e.region != PROVINCE for e in entries)
        return total(e.amount for e in found) if found or (anywhere and key != "used") else None

    plants = any(line.region != PROVINCE and is_plant(line) for line in lines)
    fossil = ("combustion", "non_energy", "coking")
    return CityPower(
        fossil=total(line.tonnes for line in lines if line.region == n and line.part in fossil),
        plant=total(line.tonnes for line in lines if line.region == n and is_plant(line)) if plants else None,
        generated=amount("generated"),
        used=amount("used"),
        imported=amount("imported"),
        exported=amount("exported"),
    )


def check_transfers(table: EnergyTable, year: int, powers: Sequence[CityPower], collector: Collector) -> None:
    """Refuse transfers against use and generation of a city, and against those of the province."""
    entries = [entry for entry in table.entries if entry.year == year]

    def refuse(code: str, region: int, found: Fraction, needed: Fraction, **values: object) -> None:
        shown = {"found": f"{float(found / 10**8):.4f}", "needed": f"{float(needed / 10**8):.4f}"}
        collector.error(code, _first(table, entries, region), year=year, **shown, **values)

    for n, city in enumerate(powers):
        if city.used is None or city.generated is None or (city.imported, city.exported) == (None, None):
            continue
        taken, given = city.transfers() or (Fraction(0), Fraction(0))
        moved, balance = taken - given, city.used - city.generated
        if abs(moved - balance) > TRANSFER_TOLERANCE * max(city.used, city.generated):
            refuse("transfers_city", n, moved, balance, name=table.names[n])
    pairs = [pair for city in powers if (pair := city.transfers()) is not None]
    outside = [e for key in ("imported", "exported") for e in amounts(entries, PROVINCE, key)]
    if not outside or len(pairs) < len(powers):
        return
    moved = total(pair[0] - pair[1] for pair in pairs)
    needed = total(e.amount if e.item.key == "imported" else -e.amount for e in outside)
    if abs(moved - needed) > TRANSFER_TOLERANCE * max(total(pair[0] for pair in pairs), abs(needed)):
        refuse("transfers_contradict", PROVINCE, moved, needed)


def amounts(entries: Iterable[Entry], region: int, key: str) -> list[Entry]:
    """Return the entries of one kind of electricity in a region."""
    return [entry for entry in entries if entry.region == region and entry.item.key == key]


def is_plant(line: Line) -> bool:
    """Return whether a line is what power plants burn."""
    return line.sector == POWER and line.part == "combustion"


def total(values: Iterable[Fraction]) -> Fraction:
    """Return an exact sum."""
    return sum(values, Fraction(0))


def _first(table: EnergyTable, entries: Sequence[Entry], region: int) -> Place:
    """Return the first cell about a region's electricity."""
    keys = ("imported", "exported", "used", "generated")
    return next((e.place for key in keys for e in amounts(entries, region, key)), table.place)
