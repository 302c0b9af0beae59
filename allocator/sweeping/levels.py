"""Classes that any rate can be held against, and the frame of a sweep.

Where the plan has classes, a rate counts as the class whose printed rate is nearest. Where
it has none, natural breaks of the computed rates propose them (three to five), and the line
between two classes runs half-way between the rates next to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from allocator.planning.classes import proposed_classes
from allocator.planning.plan import Plan
from allocator.sweeping.arrays import ProvinceArrays
from allocator.sweeping.options import BOUNDS, BOUNDS_RANGE
from allocator.sweeping.summary import Frame

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class ClassLevels:
    """Classes by rate."""

    rates: Array  # Rate of each class, lowest first
    thresholds: Array  # Rates that part them, lowest first, one fewer
    published: bool  # Whether they are the plan's own classes

    def below(self, rates: Array) -> NDArray[np.int8]:
        """Return how many thresholds lie below each rate."""
        return np.asarray(np.searchsorted(self.thresholds, rates, side="left"), dtype=np.int8)

    def numbers(self, rates: Array) -> NDArray[np.intp]:
        """Return the class of each rate, 1 for the highest."""
        return self.rates.size - self.below(rates).astype(np.intp)


def levels(plan: Plan) -> ClassLevels:
    """Return the classes of a plan's sweep."""
    if plan.rounding.numbers is not None:
        rates = np.array(sorted({float(rate) for rate in plan.rounding.rates}))
        return ClassLevels(rates, (rates[1:] + rates[:-1]) / 2, True)
    computed = plan.split.rates
    numbers = proposed_classes(computed)
    members = [computed[numbers == number] for number in range(int(numbers.max()), 0, -1)]
    parts = [(low.max() + high.min()) / 2 for low, high in pairwise(members)]
    return ClassLevels(np.array([group.mean() for group in members]), np.array(parts), False)


def frame(plan: Plan, province: ProvinceArrays, over: tuple[str, ...], found: ClassLevels) -> Frame:
    """Return what the samples of a sweep are held against."""
    room = BOUNDS_RANGE if BOUNDS in over else 0.0
    lowest, highest = float(province.lower.min()) - room, float(province.upper.max()) + room
    step = 1e-4
    return Frame(
        thresholds=found.thresholds,
        base=found.below(plan.split.rates),
        lowest=np.floor(max(lowest, -0.99) / step) * step,
        highest=np.ceil(min(highest, 0.99) / step) * step,
        criteria=province.criteria.size,
    )
