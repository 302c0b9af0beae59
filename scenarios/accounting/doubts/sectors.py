"""Sectors and cities of an energy table that are counted in others: sums of them, and parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from scenarios.accounting.doubts.sums import adds_up, called_part_of, called_sum, rest_of_parts, sums
from scenarios.accounting.entries import EnergyTable, Entry
from scenarios.errors import Collector, Finding
from scenarios.sense.asking import certain, question, table_of
from scenarios.sense.sums import Amounts
from scenarios.tables.regions import called_total
from scenarios.tables.rows import PROVINCE


def sector_sums(table: EnergyTable, collector: Collector) -> tuple[list[Finding], set[Entry]]:
    """Return what is asked of sectors that call themselves sums and are none, and what is counted in their parts."""
    asked, passed = [], set[Entry]()
    amounts = _by_sector(table.entries)
    for name in [name for name in amounts if called_sum(name)]:
        parts = {key for other, own in amounts.items() if other != name for key in own}
        held = [entry for entry in table.entries if entry.sector == name and (*_what(entry), entry.region) in parts]
        if not held:
            continue
        if adds_up(amounts | {name: _by_sector(held)[name]}, name):
            collector.notice("sector_sum", held[0].place, name=name)
            passed.update(held)
            del amounts[name]
        else:
            key = f"sum-of-sectors:{table_of(table.place)}:{name}"
            asked.append(certain(called_total(name), question("sector_sum_off", key, held[0].place, name=name)))
    return asked, passed


def sector_parts(table: EnergyTable, collector: Collector) -> tuple[list[Finding], set[Entry]]:
    """Return what is asked of sectors that call themselves part of one that is not there, and what others hold."""
    sectors = _by_sector(table.entries)
    wholes = [own for name, own in sectors.items() if not called_part_of(name)]
    parts = [entry for entry in table.entries if called_part_of(entry.sector)]
    held = {e for e in parts if any(own.get((*_what(e), e.region), -1) >= e.amount for own in wholes)}
    beside = set(_beside_parts(sectors))
    held |= {entry for entry in table.entries if entry.sector in beside}
    for name, place in {e.sector: e.place for e in table.entries if e in held}.items():
        collector.notice("sector_part", place, name=name)
    alone, key = {e.sector: e.place for e in parts if e not in held}, f"part-of-sector:{table_of(table.place)}"
    return [question("sector_part_alone", f"{key}:{n}", at, name=n) for n, at in alone.items()], held


def _beside_parts(sectors: Mapping[str, Amounts]) -> Iterator[str]:
    """Yield sectors below one that calls itself part of the one above, which both, and no more, add up to."""
    names = list(sectors)
    for n, name in enumerate(names):
        whole = next((other for other in names[:n][::-1] if not called_part_of(other)), None)
        if called_part_of(name) and whole is not None:
            yield from rest_of_parts(sectors, whole, name)


def sums_of_table(table: EnergyTable) -> Iterator[Finding]:
    """Yield which city, and which sector, may be the sum of others."""
    cities: dict[str, dict[object, Fraction]] = {name: {} for name in table.names}
    for entry in table.entries:
        if entry.region != PROVINCE:
            _add(cities[table.names[entry.region]], (*_what(entry), entry.sector), entry.amount)
    for name, exactly in sums(cities).items():
        place = table.firsts[table.names.index(name)]
        yield certain(exactly, question("sum_in_years", f"sum-in-years:{table_of(place)}:{name}", place, name=name))
    for name, exactly in sums(_by_sector(table.entries)).items():
        place = next(entry.place for entry in table.entries if entry.sector == name)
        asked = f"sum-of-sectors:{table_of(table.place)}:{name}"
        yield certain(exactly, question("sum_of_sectors", asked, place, name=name or "–"))


def _by_sector(entries: Iterable[Entry]) -> dict[str, dict[object, Fraction]]:
    """Return the amounts of each sector, in the order of the table."""
    sectors: dict[str, dict[object, Fraction]] = {}
    for entry in entries:
        _add(sectors.setdefault(entry.sector, {}), (*_what(entry), entry.region), entry.amount)
    return sectors


def _what(entry: Entry) -> tuple[int, str, str, str]:
    return entry.year, entry.item.key, entry.item.kind, entry.grid


def _add(amounts: dict[object, Fraction], key: object, amount: Fraction) -> None:
    amounts[key] = amounts.get(key, Fraction(0)) + amount
