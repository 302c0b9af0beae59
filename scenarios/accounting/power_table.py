"""Electricity as the table states it: what each city makes, uses and moves, and whether that fits together.

Non-fossil electricity by city (guideline of 2026 on non-fossil power, annex 2), what each city is attributed:

    k     = (NF - Σ phys - Σ trade - Σ cert) / (generation - Σ phys - Σ trade - Σ cert + fossil on grid + net import)
    NF_i  = phys_i + trade_i + cert_i + (draw_i - trade_i - cert_i) k

The denominator holds what the networks lose, what the cities draw does not: they add up to NF - k × losses. That rest
is a line of its own, spread over nobody. Everything is exact, in kWh.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scenarios.accounting.electricity import CityNonFossil, CityPower, NonFossil
from scenarios.accounting.entries import POWER, EnergyTable, Entry
from scenarios.accounting.items import items
from scenarios.accounting.ledger import Line
from scenarios.errors import Collector, Place
from scenarios.tables.rows import PROVINCE
from scenarios.wording import Text

TRADE = "nf_trade"
_CITY = ("nf_physical", TRADE, "nf_certificates", "grid_draw")
_OWN = ("nf_generation", "fossil_on_grid", "net_import", "nf_consumption")
NON_FOSSIL = (*_CITY, *_OWN)
"""Keys of the items that this needs, of the cities and of the province."""
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


@dataclass(frozen=True)
class _Asked:
    """The items of one year of a table; what is wrong is noted in `collector`."""

    table: EnergyTable
    year: int
    entries: Sequence[Entry]
    collector: Collector

    def missing(self, region: int, keys: Sequence[str]) -> Iterator[str]:
        """Yield which items a region does not give; net import may follow from imports and exports."""
        for key in keys:
            moved = key == "net_import" and (self.given(region, "imported") or self.given(region, "exported"))
            if not moved and not self.given(region, key):
                yield key

    def given(self, region: int, key: str) -> list[Entry]:
        """Return the entries of an item."""
        return amounts(self.entries, region, key)

    def amount(self, region: int, key: str) -> Fraction:
        """Return the kWh of an item."""
        return total(entry.amount for entry in self.given(region, key))

    def place(self, region: int) -> Place:
        """Return where a region stands, the table where it does not."""
        own = (entry.place for entry in self.entries if entry.region == region)
        return next(own, self.table.place)

    def complete(self) -> bool:
        """Return whether every item is there; note for each region those that are not."""
        regions = [(n, self.table.names[n], _CITY) for n in range(len(self.table.names))]
        lacking = [
            (region, name, found)
            for region, name, keys in (*regions, (PROVINCE, "全省", _OWN))
            if (found := list(self.missing(region, keys)))
        ]
        for region, name, found in lacking:
            missing = Text("、".join(item.zh for item in items() if item.key in found), ", ".join(found))
            self.collector.error("nf_lacks", self.place(region), name=name, year=self.year, missing=missing)
        return not lacking

    def net_import(self) -> Fraction:
        """Return what the province takes in net; note one that contradicts its imports and exports."""
        stated = self.given(PROVINCE, "net_import")
        moved = self.amount(PROVINCE, "imported") - self.amount(PROVINCE, "exported")
        if not stated:
            return moved
        own = self.amount(PROVINCE, "net_import")
        outside = self.given(PROVINCE, "imported") or self.given(PROVINCE, "exported")
        if outside and abs(own - moved) > TRANSFER_TOLERANCE * max(abs(own), abs(moved)):
            self.collector.error("nf_net_import", stated[0].place, found=in_kwh8(own), needed=in_kwh8(moved))
        return own

    def city(self, region: int) -> CityNonFossil:
        """Return a city's figures."""
        physical, trade, certificates, draw = (self.amount(region, key) for key in _CITY)
        return CityNonFossil(physical, trade, certificates, draw)

    def drawn(self, cities: Sequence[CityNonFossil]) -> bool:
        """Return whether every city draws what it bought; note one that does not, at the larger of its figures."""
        over = [(n, one) for n, one in enumerate(cities) if one.bought > one.draw]
        for n, one in over:
            largest = TRADE if one.trade >= one.certificates else "nf_certificates"
            values = {"found": in_kwh8(one.bought), "needed": in_kwh8(one.draw)}
            self.collector.error("nf_over_draw", self.given(n, largest)[0].place, name=self.table.names[n], **values)
        return not over


def non_fossil(table: EnergyTable, year: int, traded_zero: bool, collector: Collector) -> NonFossil | None:
    """Return the non-fossil electricity of one year by city; None where the table gives none, or not all of it.

    `traded_zero`: whether traded electricity counts as zero, for which a table may give it alone.
    Errors: items that are missing; more traded and certified than drawn; nothing supplied to the grid; a coefficient
    above one. One below zero, and cities that draw more than is supplied, are said.
    """
    entries = [entry for entry in table.entries if entry.year == year]
    alone = (TRADE,) if traded_zero else ()
    asked = _Asked(table, year, entries, collector)
    if not any(entry.item.key in NON_FOSSIL and entry.item.key not in alone for entry in entries):
        return None
    if not asked.complete():
        return None
    cities = tuple(asked.city(n) for n in range(len(table.names)))
    if not asked.drawn(cities):
        return None
    generated, on_grid, consumed = (asked.amount(PROVINCE, key) for key in _OWN if key != "net_import")
    claimed = total(one.physical + one.bought for one in cities)
    supplied = generated - claimed + on_grid + asked.net_import()
    if supplied <= 0:
        collector.error("nf_no_supply", asked.place(PROVINCE), year=year, found=in_kwh8(supplied))
        return None
    return _sound(NonFossil(cities, consumed, (consumed - claimed) / supplied, supplied), asked)


def _sound(found: NonFossil, asked: _Asked) -> NonFossil | None:
    """Return what was found; say what is odd in it, and refuse a coefficient above one."""
    values = {"year": asked.year, "k": f"{float(found.k):.6f}", "found": in_kwh8(-found.losses)}
    place = asked.place(PROVINCE)
    if found.k > 1:
        asked.collector.error("nf_k_above", place, **values)
        return None
    for code, odd in (("nf_k_below", found.k < 0), ("nf_losses", found.losses < 0)):
        if odd:
            asked.collector.notice(code, place, **values)
    return found


def check_traded(table: EnergyTable, year: int, collector: Collector) -> None:
    """Refuse traded electricity that counts as zero where no city gives any, or one gives more than it uses."""
    entries = [entry for entry in table.entries if entry.year == year]
    cities = [(n, amounts(entries, n, TRADE), amounts(entries, n, "used")) for n in range(len(table.names))]
    if not any(traded for _, traded, _ in cities):
        collector.error("traded_lacks", table.place, year=year)
    for n, traded, used in cities:
        bought, most = total(one.amount for one in traded), total(one.amount for one in used)
        if traded and used and bought > most:
            values = {"found": in_kwh8(bought), "needed": in_kwh8(most)}
            collector.error("traded_over_used", traded[0].place, name=table.names[n], **values)


def in_kwh8(amount: Fraction) -> str:
    """Return kWh as text in 亿千瓦时."""
    return f"{float(amount / 10**8):.4f}"
