"""Figures of several years: a jump from one to the next, for one city or for all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log10

from scenarios.errors import Finding
from scenarios.sense.asking import certain, question
from scenarios.sense.figures import Figure, brief, nearest_slip

LIMIT = 0.92
"""Powers of ten (8 times) beyond which a figure may not move in a year unasked: a digit too many and a bad year."""
IMPOSSIBLE = 2.7
"""Powers of ten (500 times) at which it is beyond doubt."""


@dataclass(frozen=True)
class Jump:
    """A figure that is not that of the year before, by far."""

    name: str
    year: int
    before: Figure
    now: Figure

    @property
    def size(self) -> float:
        """How many powers of ten it jumps."""
        return log10(self.now.value / self.before.value)


def jumps(quantity: str, cities: Sequence[tuple[str, Sequence[tuple[int, Figure]]]]) -> Iterator[Finding]:
    """Ask about jumps of a quantity, once for a year in which it jumps for most.

    Parameters
    ----------
    cities
        Names, and their figures by year in ascending order, all above zero.
    """
    found = [jump for name, years in cities for jump in _of_city(name, years, LIMIT)]
    for year in sorted({jump.year for jump in found}):
        same = [jump for jump in found if jump.year == year]
        if len(same) > 1 and 2 * len(same) >= len(cities):
            yield _of_all(quantity, same)
        else:
            yield from (_of_one(quantity, jump) for jump in same)


def _of_city(name: str, years: Sequence[tuple[int, Figure]], limit: float) -> Iterator[Jump]:
    """Yield the jumps of a city; the way back after one is no other."""
    last = 0.0
    for (_, before), (year, now) in pairwise(years):
        jump = Jump(name, year, before, now)
        if abs(jump.size) > limit and jump.size * last >= 0:
            last = jump.size
            yield jump
        else:
            last = 0.0


def _of_one(quantity: str, jump: Jump) -> Finding:
    found = question(
        "jump_of_city", f"jump-{quantity}:{jump.name}:{jump.year}", jump.now.place, name=jump.name, year=jump.year,
        found=jump.now.cell.text, before=jump.now.shown(jump.before.value), times=_times(jump),
        meant=jump.now.shifted(-nearest_slip(jump.size)),
    )  # fmt: skip
    return certain(abs(jump.size) > IMPOSSIBLE, found)


def _of_all(quantity: str, same: Sequence[Jump]) -> Finding:
    first = same[0]
    found = question(
        "jump_of_all", f"jump-{quantity}:{first.year}", first.now.place, year=first.year, found=first.now.cell.text,
        before=first.now.shown(first.before.value), times=_times(first),
    )  # fmt: skip
    return certain(all(abs(jump.size) > IMPOSSIBLE for jump in same), found)


def _times(jump: Jump) -> str:
    return brief(jump.now.value / jump.before.value)
