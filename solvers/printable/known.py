"""A table of classes that is found without a program, by which one on a fine grid can be bounded.

The members in the order of their scores, in groups of neighbours by natural breaks, each on the median of its members,
all moved together until they add up. What such a table costs no better one exceeds, so that no member of the best
stands further from its computed rate than that.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from statistics import median_high

import numpy as np

from solvers.closed.natural_breaks import natural_breaks
from solvers.order import against_order
from solvers.printable.exact import GridProblem, short_of
from solvers.problem import Array


def within_known(
    problem: GridProblem, scores: Array, most: int, smallest: int, fixed: Sequence[int]
) -> list[tuple[int, int]]:
    """Return the ranges of levels without what lies beyond a known table; as they are where none was found."""
    ranges, steps = problem.ranges(), problem.steps
    costs = [
        cost for count in range(1, most + 1) if (cost := _cost(problem, scores, count, smallest, fixed)) is not None
    ]
    if not costs:
        return ranges
    far = min(costs) + 1
    pairs = zip(ranges, steps.tolist(), strict=True)
    return [
        (low, high) if n in fixed else (max(low, floor(step - far)), min(high, ceil(step + far)))
        for n, ((low, high), step) in enumerate(pairs)
    ]


def _cost(problem: GridProblem, scores: Array, count: int, smallest: int, fixed: Sequence[int]) -> float | None:
    """Return what a table of so many classes is away from the computed rates in grid steps; None for none."""
    ranges, steps = problem.ranges(), problem.steps
    order = [n for n in np.argsort(scores, kind="stable").tolist() if n not in fixed]
    groups = _groups(steps[order], count)
    if fixed or not groups or min(map(len, groups)) < smallest:
        return None
    levels = [0] * len(ranges)
    for group in groups:
        inside = [round(float(steps[order[n]])) for n in group]
        for n in group:
            levels[order[n]] = median_high(inside)
    whole = sum(problem.coefficients, Fraction(0))
    short = problem.total / problem.grid - sum(
        (a * level for a, level in zip(problem.coefficients, levels, strict=True)), Fraction(0)
    )
    levels = [level + max(0, ceil(short / whole)) for level in levels]
    table = tuple(level * problem.grid for level in levels)
    kept = all(low <= level <= high for level, (low, high) in zip(levels, ranges, strict=True))
    if (
        not kept
        or against_order(scores, table, range(len(table)))
        or short_of(table, problem.coefficients, problem.total)
    ):
        return None
    if problem.check(table):
        return None
    return float(np.abs(np.array(levels) - steps).sum())


def _groups(values: Array, count: int) -> list[range]:
    """Return values in their order in so many groups of neighbours; none where they do not rise."""
    if count == 1:
        return [range(values.size)]
    if count > values.size or (np.diff(values) < 0).any():
        return []
    starts = natural_breaks(values, count)[count].tolist()
    return [range(a, b) for a, b in pairwise(starts)]
