"""Figures of several years: from one to the next they jump, stand still, or go to another city."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from math import log10

from scenarios.errors import Finding
from scenarios.sense.asking import certain, question, table_of
from scenarios.sense.figures import Figure, brief, moved, nearest_slip
from scenarios.sense.twice import significant

LIMITS = {"gdp": 0.18, "emissions": 0.36}
"""Powers of ten (1.5 and 2.3 times) beyond which a figure may not move in a year unasked."""
SLIP = 0.92
"""Powers of ten (8 times) from which on it is a point in the wrong place or a unit, and no other place or extent."""
IMPOSSIBLE = 2.7
"""Powers of ten (500 times) at which it is beyond doubt."""
APART, CLOSE = 0.1, 0.04
"""Powers of ten by which two cities move that may be interchanged, at least, and then would move, at most."""
FEWEST, FALL = 4, -0.009
"""Cities of which all fall, and powers of ten (2 %) by which they do, when their GDP is asked about."""
LEAST, MOST = 0.75, 1.5
"""How many times as much as the first year a year reductions come to that are added up."""
DIGITS = {"gdp": 5, "emissions": 6}
"""Significant digits from which a figure is not that of the year before by accident."""

_Cities = Sequence[tuple[str, Sequence[tuple[int, Figure]]]]


@dataclass(frozen=True)
class Jump:
    """A figure that is not that of another year, the year before but for a slip in the first one, by far."""

    name: str
    year: int
    other: int  # The year that it is held against
    before: Figure  # The figure of that year
    now: Figure

    @property
    def size(self) -> float:
        """How many powers of ten it jumps."""
        return _size(self.before, self.now)


def odd_years(quantity: str, cities: _Cities) -> Iterator[Finding]:
    """Ask about what does not follow from the year before.

    Parameters
    ----------
    quantity
        ``gdp`` or ``emissions``.
    cities
        Names, and their figures by year in ascending order, all above zero.
    """
    swapped = list(_swapped(cities))
    yield from (_of_two(quantity, *pair) for pair in swapped)
    names = {jump.name for pair in swapped for jump in pair}
    yield from _jumps(quantity, [city for city in cities if city[0] not in names])
    yield from _unchanged(quantity, cities)
    yield from _fallen(cities) if quantity == "gdp" else ()


def fallen_to_nothing(quantity: str, cities: _Cities) -> Iterator[Finding]:
    """Ask about each figure of zero after one that is not.

    `cities`: as for `odd_years`, none below zero.
    """
    for name, years in cities:
        for (other, before), (year, now) in pairwise(years):
            if before.value > 0 and now.value == 0:
                yield question(
                    "fall_to_nothing", _asked(quantity, now, name, year), now.place, name=name, year=year,
                    found=now.cell.text, before=now.shown(before.value), other=other,
                )  # fmt: skip


def cumulated(cities: _Cities, base: int) -> Iterator[Finding]:
    """Ask whether reductions are those since the base year: in every city they grow with the number of years.

    `cities`: as for `odd_years`, figures of any size.
    """
    years = [[(year, figure) for year, figure in given if year > base] for _, given in cities]
    if len(cities) >= FEWEST and all(_grows(given, base) for given in years):
        first, last = years[0][0][1], years[0][-1][1]
        yield question(
            "rates_cumulated", f"jump-rate:{table_of(first.place)}:cumulative", last.place, name=cities[0][0],
            found=last.cell.text, year=years[0][-1][0], before=first.cell.text, other=years[0][0][0], base=base,
        )  # fmt: skip


def _grows(given: Sequence[tuple[int, Figure]], base: int) -> bool:
    """Return whether reductions from the first year on rise as they would added up."""
    sizes = [figure.value for _, figure in given]
    if len(sizes) < 2 or given[0][0] != base + 1 or sizes[0] <= 0:
        return False
    times = float(sizes[-1] / sizes[0]) / (given[-1][0] - base)
    return all(one < other for one, other in pairwise(sizes)) and LEAST <= times <= MOST


def _jumps(quantity: str, cities: _Cities) -> Iterator[Finding]:
    """Ask about jumps, once for a year in which most cities jump."""
    found = [jump for name, years in cities for jump in _of_city(name, years, LIMITS[quantity])]
    for year in sorted({jump.year for jump in found}):
        same = [jump for jump in found if jump.year == year]
        if len(same) > 1 and 2 * len(same) >= len(cities):
            yield _of_all(quantity, same)
        else:
            yield from (_of_one(quantity, jump) for jump in same)


def _fallen(cities: _Cities) -> Iterator[Finding]:
    """Ask about a year in which the GDP of every city is less than before: it may be that of an earlier one."""
    steps = [jump for name, years in cities for _, jump in _steps(name, years)]
    for year in sorted({jump.year for jump in steps}):
        same = [jump for jump in steps if jump.year == year]
        sizes = [jump.size for jump in same]
        if len(same) == len(cities) >= FEWEST and -LIMITS["gdp"] < min(sizes) and max(sizes) < FALL:
            yield _of_all("gdp", same)


def _steps(name: str, years: Sequence[tuple[int, Figure]]) -> Iterator[tuple[int, Jump]]:
    """Yield each step from one figure to the next, with its length in years."""
    for (last, before), (year, now) in pairwise(years):
        yield year - last, Jump(name, year, last, before, now)


def _of_city(name: str, years: Sequence[tuple[int, Figure]], limit: float) -> Iterator[Jump]:
    """Yield the jumps of a city; the way back after one is no other."""
    last, steps = 0.0, list(_steps(name, years))
    far = [n for n, (length, jump) in enumerate(steps) if abs(jump.size) > limit * length]
    if far == [0] and len(steps) > 1 and _slips(steps[0][1]):
        yield _turned(steps[0][1])
        return
    for n, (_, jump) in enumerate(steps):
        if n in far and jump.size * last >= 0:
            last = jump.size
            yield jump
        else:
            last = 0.0


def _slips(jump: Jump) -> bool:
    """Return whether a jump to years that are sound is from a slip, and that in a cell of the table."""
    return (abs(jump.size) > SLIP or jump.before.accounted) and jump.before.place.address[0] > 0


def _turned(jump: Jump) -> Jump:
    """Return a jump as one of the earlier year, held against the later."""
    return Jump(jump.name, jump.other, jump.year, jump.now, jump.before)


def _swapped(cities: _Cities) -> Iterator[tuple[Jump, Jump]]:
    """Yield two cities whose figures of a year each continue the other's; the way back is no other swap."""
    steps = [jump for name, years in cities for _, jump in _steps(name, years) if APART < abs(jump.size) < SLIP]
    seen = set[tuple[str, str]]()
    for year in sorted({jump.year for jump in steps}):
        for one, other in combinations([jump for jump in steps if jump.year == year], 2):
            crossed = _size(other.before, one.now), _size(one.before, other.now)
            if one.size * other.size < 0 and max(map(abs, crossed)) < CLOSE and (one.name, other.name) not in seen:
                seen.add((one.name, other.name))
                yield one, other


def _size(before: Figure, now: Figure) -> float:
    return log10(now.value / before.value)


def _unchanged(quantity: str, cities: _Cities) -> Iterator[Finding]:
    """Ask about figures that are those of the year before, once for a year in which most are."""
    still = [jump for name, years in cities for _, jump in _steps(name, years) if jump.now.value == jump.before.value]
    for year in sorted({jump.year for jump in still}):
        same = [jump for jump in still if jump.year == year]
        asked = [jump for jump in same if significant(jump.now.cell.text) >= DIGITS[quantity]]
        if len(same) > 2 and 2 * len(same) >= len(cities):
            first = same[0].now
            yield question(
                "unchanged_all", _asked(quantity, first, year), first.place, year=year, found=first.cell.text
            )
        else:
            yield from (
                question("unchanged", _asked(quantity, jump.now, jump.name, year), jump.now.place, name=jump.name,
                         year=year, found=jump.now.cell.text)
                for jump in asked
            )  # fmt: skip


def _asked(quantity: str, figure: Figure, *of: object) -> str:
    """Return the id of a question about a figure: that of another table is another one."""
    return ":".join((f"jump-{quantity}", table_of(figure.place), *map(str, of)))


def _of_two(quantity: str, one: Jump, other: Jump) -> Finding:
    return question(
        "swapped", _asked(quantity, one.now, one.name, one.year), one.now.place, name=one.name, other=other.name,
        year=one.year, found=one.now.cell.text, second=other.now.cell.text, cell=other.now.place.inside,
        before=one.now.shown(one.before.value), earlier=other.now.shown(other.before.value),
    )  # fmt: skip


def _of_one(quantity: str, jump: Jump) -> Finding:
    code = "jump_of_city" if abs(jump.size) > SLIP else "change_of_city"
    code = "account_off" if jump.now.accounted else code
    found = question(
        code, _asked(quantity, jump.now, jump.name, jump.year), jump.now.place, name=jump.name, year=jump.year,
        found=jump.now.cell.text, before=jump.now.shown(jump.before.value), times=_times(jump), other=jump.other,
        meant=jump.now.shifted(-nearest_slip(jump.size)), by=moved(-nearest_slip(jump.size)),
    )  # fmt: skip
    return certain(abs(jump.size) > IMPOSSIBLE, found)


def _of_all(quantity: str, same: Sequence[Jump]) -> Finding:
    first = same[0]
    found = question(
        "jump_of_all", _asked(quantity, first.now, first.year), first.now.place, year=first.year,
        found=first.now.cell.text, before=first.now.shown(first.before.value), times=_times(first), other=first.other,
    )  # fmt: skip
    return certain(all(abs(jump.size) > IMPOSSIBLE for jump in same), found)


def _times(jump: Jump) -> str:
    return brief(jump.now.value / jump.before.value)
