"""An amount of energy whose point stands in the wrong place, or that is in another unit: 10³ times and more off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import log10

from scenarios.accounting.entries import EnergyTable, Entry
from scenarios.accounting.factors import fuels, standards
from scenarios.errors import Finding
from scenarios.sense.asking import question, table_of
from scenarios.sense.figures import KNOWN_SLIPS, brief, nearest_slip
from scenarios.tables.rows import PROVINCE

LEAST = 2.7
"""Powers of ten (500 times) beyond the same amount elsewhere from which on a unit, or the point, may be wrong."""
NEAR = 0.3
"""Powers of ten (twice) by which an amount put right may still be off that of its other years."""
AMONG = 1.5
"""Powers of ten by which it may still be outside those of other cities."""
MOST, SOME = 0.5, 0.02
"""Shares of its city's emissions that an amount makes up if it is too large, and would if it is too small."""
TOO_SMALL = 4
"""Powers of ten by which an amount is too small, at least: what is closed goes on with a thousandth."""
LARGER = 1.0
"""Powers of ten by which a city is larger than all others through an amount that is too large."""
HUGE, BEYOND = 1e9, 1.0
"""Tonnes of CO2 that no city or province emits by one fuel in one sector, and powers of ten beyond all others."""
FEW = 2
"""Cities of which one must be larger by twice as many powers."""
_ROUGHLY = {"electricity": 0.0006, "coking": 2.0, "process": 0.5}
"""Tonnes of CO2 a kWh, or a tonne, to tell what matters."""


def slips(table: EnergyTable) -> Iterator[Finding]:
    """Ask about amounts that do not go with their other years, other cities or the province, by 10³ times and more."""
    held = _Held([entry for entry in table.entries if entry.amount > 0])
    found: dict[Entry, _Slip] = {}
    for slip in (*held.between_years(), *held.between_cities(), *held.against_province()):
        found.setdefault(slip.entry, slip)
    for slip in sorted(found.values(), key=lambda one: one.entry.place.address):
        yield slip.asked(table)


@dataclass(frozen=True)
class _Slip:
    """An amount that is off, the power of ten that puts it right, and the amounts that it is held against."""

    entry: Entry
    power: int
    others: tuple[Entry, ...]

    def asked(self, table: EnergyTable) -> Finding:
        """Return the question about it."""
        entry, of = self.entry, table_of(self.entry.place)
        name = "全省" if entry.region == PROVINCE else table.names[entry.region]
        parts = (of, name, str(entry.year), entry.sector, entry.item.zh, entry.grid)
        amounts = sorted(other.amount / entry.size for other in self.others)
        low, high = (brief(_decimal(amount)) for amount in (amounts[0], amounts[-1]))
        own = _decimal(entry.amount / entry.size)
        return question(
            "amount_off", ":".join(("amount-off", *filter(None, parts))), entry.place, name=name, year=entry.year,
            item=entry.item.zh, found=brief(own), meant=brief(own.scaleb(self.power)), power=abs(self.power),
            others=low if low == high else f"{low}–{high}",
        )  # fmt: skip


class _Held:
    """The amounts of a table, all above zero, held against each other."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries

    def between_years(self) -> Iterator[_Slip]:
        """Yield amounts that are off those of the years before and after, where these agree."""
        for series in _grouped(self._entries, lambda e: (e.region, *_what(e))).values():
            years = sorted(series, key=lambda entry: entry.year)
            for n, entry in enumerate(years):
                near = _beside(years, n)
                power = _agreed([_off(entry, other) for other in near])
                if power and self._matters(entry, power) and (len(years) > FEW or self._is_odder(entry, near[0])):
                    yield _Slip(entry, power, tuple(near))

    def between_cities(self) -> Iterator[_Slip]:
        """Yield amounts beyond those of all other cities through which their city is far larger than these."""
        for same in _grouped(self._entries, lambda e: (e.year, *_what(e))).values():
            cities = sorted((e for e in same if e.region != PROVINCE), key=lambda e: e.amount, reverse=True)
            power = self._too_large(*cities) if len(cities) > 1 else 0
            if power:
                yield _Slip(cities[0], power, tuple(cities[1:]))

    def against_province(self) -> Iterator[_Slip]:
        """Yield amounts of the province that are off the sum of its cities."""
        for same in _grouped(self._entries, lambda e: (e.year, *_what(e))).values():
            own, cities = ([e for e in same if (e.region == PROVINCE) == whole] for whole in (True, False))
            total = sum((e.amount for e in cities), Fraction(0))
            for entry in own if total else ():
                power = _agreed([log10(entry.amount / total)])
                if power:
                    yield _Slip(entry, power, tuple(cities))

    def _too_large(self, first: Entry, second: Entry, *rest: Entry) -> int:
        """Return the power of ten that puts the largest of some amounts right, 0 where it may be meant."""
        beyond = _off(first, second)
        if roughly(first) > HUGE and beyond > BEYOND:
            return -_to_middle(first, [second, *rest])
        power = -nearest_slip(max(LEAST, beyond))
        least = rest[-1] if rest else second
        among = log10(least.amount) - AMONG <= log10(first.amount) + power <= log10(second.amount) + AMONG
        odd = beyond > LEAST and among and self._is_giant(first) and not self._is_so_always(first)
        return power if odd and self._matters(first, power) else 0

    def _matters(self, entry: Entry, power: int) -> bool:
        """Return whether an amount is most of what its city emits, or would be some of it were it larger."""
        own, total = roughly(entry), self._totals[entry.region, entry.year]
        if power < 0:
            return own >= MOST * total
        right = own * 10.0**power
        return power >= TOO_SMALL and right >= SOME * (total - own + right)

    def _is_so_always(self, entry: Entry) -> bool:
        """Return whether an amount is much the same in another year."""
        own = (other for other in self._of_all[_what(entry)] if other.region == entry.region)
        return any(abs(_off(entry, other)) < BEYOND for other in own if other is not entry)

    def _is_odder(self, entry: Entry, other: Entry) -> bool:
        """Return whether of two years an amount is further from those of other cities; without any, the larger."""
        same = [e for e in self._of_all[_what(entry)] if e.region not in (entry.region, PROVINCE)]
        if not same:
            return entry.amount > other.amount
        sizes = sorted(log10(e.amount) for e in same)
        middle = sizes[len(sizes) // 2]
        return abs(log10(entry.amount) - middle) > abs(log10(other.amount) - middle)

    def _is_giant(self, entry: Entry) -> bool:
        """Return whether a city is far larger than every other of its year."""
        sizes = [size for (region, year), size in self._totals.items() if year == entry.year and region != PROVINCE]
        own = self._totals[entry.region, entry.year]
        beyond = LARGER * (2 if len(sizes) <= FEW else 1)
        return sum(size * 10**beyond > own for size in sizes) == 1

    @cached_property
    def _totals(self) -> Mapping[tuple[int, int], float]:
        """What each city emits in each year, roughly."""
        totals: dict[tuple[int, int], float] = {}
        for entry in self._entries:
            key = entry.region, entry.year
            totals[key] = totals.get(key, 0.0) + roughly(entry)
        return totals

    @cached_property
    def _of_all(self) -> Mapping[tuple[object, ...], list[Entry]]:
        return _grouped(self._entries, _what)


def _agreed(distances: Sequence[float]) -> int:
    """Return the power of ten that brings an amount near to all others, 0 where there is none or it is near already."""
    if not distances or min(map(abs, distances)) < LEAST:
        return 0
    power = -nearest_slip(distances[0])
    return power if all(abs(distance + power) < NEAR for distance in distances) else 0


def _to_middle(entry: Entry, others: Sequence[Entry]) -> int:
    """Return the known slip that, taken back, brings an amount nearest to the middle of others."""
    sizes = sorted(log10(other.amount) for other in others)
    middle = (sizes[0] + sizes[-1]) / 2
    return min(KNOWN_SLIPS, key=lambda power: abs(log10(entry.amount) - power - middle))


def _beside(years: Sequence[Entry], n: int) -> Sequence[Entry]:
    """Return the amounts of the years before and after one, of the first and last the two nearest."""
    if n == 0:
        return years[1:3]
    return years[max(n - 2, 0) : n] if n + 1 == len(years) else (years[n - 1], years[n + 1])


def _off(entry: Entry, other: Entry) -> float:
    return log10(entry.amount / other.amount)


def roughly(entry: Entry) -> float:
    """Return the tonnes of CO2 that an amount emits, roughly."""
    item = entry.item
    if not item.fossil:
        return float(entry.amount) * _ROUGHLY[item.kind]
    factors = standards() if item.kind == "standard" else fuels()
    return float(entry.amount * factors[item.key].factor.value)


def _what(entry: Entry) -> tuple[object, ...]:
    return entry.sector, entry.item.key, entry.item.kind, entry.grid


def _grouped(
    entries: Iterable[Entry], by: Callable[[Entry], tuple[object, ...]]
) -> dict[tuple[object, ...], list[Entry]]:
    groups: dict[tuple[object, ...], list[Entry]] = {}
    for entry in entries:
        groups.setdefault(by(entry), []).append(entry)
    return groups


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
