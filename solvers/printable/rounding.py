"""Controlled rounding: the nearest table on a grid that still adds up and keeps the order.

Each rate goes to one of its two neighbours on the grid, equal rates stay equal, a
higher rate never gets a lower value, and the weighted sum reaches the total. Two
integer programs over classes k of equal rate, with s the rate, c the number of members
and w the weight of a class, everything in grid steps:

    variables   up[k, level] in {0, 1}: class k stands at `level` or above
    distance    sum_k c_k |level_k - s_k|, made of its increments from level to level
    backing     sum_k w_k level_k >= total
    rising      up[k, level] <= up[k, level - 1]
    order       up[k, level] <= up[k', level] for the class k' that follows k

First the least distance, then the least weighted sum among the nearest. The binaries
make all rows but the backing one totally unimodular: relaxed, the program is the convex
hull cut by one knapsack row. (Whole numbers `level` with rows for the absolute value
have a relaxation that costs nothing, and take minutes where this takes seconds.)

The solver works to a tolerance; its answer is accepted only when exact arithmetic
agrees that the sum is reached and every rule kept, and cut off when it does not.

Without rules and with two levels a class at most, only how many classes of a cell of
the grid go up is open, the highest first. That is found exactly and sooner by
`solvers.printable.choices`; the integer programs take what it gives up.

Bounds that lie between two grid values can forbid the order of two rates in the same
cell of the grid; members in such a conflict stand outside the order.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import numpy as np

from solvers.effort import Effort
from solvers.model import Rule
from solvers.order import against_order
from solvers.printable.choices import Option, least_choice
from solvers.printable.exact import MOST, Check, GridProblem, GridTable, Miss, nothing_missed, short_of
from solvers.printable.rounding_program import (
    CUTS,
    HAIR,
    SAME,
    Found,
    GridClass,
    Range,
    on_grid,
    solve,
    total_of,
    weighted,
)
from solvers.problem import Infeasible, SolverFailure


def round_rates(problem: GridProblem) -> GridTable:
    """Return the nearest table on the grid whose weighted sum is at least the total.

    Raises Infeasible: no table on the grid within bounds and rules reaches the total.
    Raises OutOfTime: the time was up before any table was found.
    Raises SolverFailure: HiGHS gave no answer, or none that exact arithmetic accepts.
    """
    ranges, deadline = problem.ranges(), problem.effort.deadline
    apart: list[tuple[int, ...]] = []
    while True:
        classes = _classes(problem, ranges, apart)
        try:
            return _search(problem, classes, deadline)
        except _Apart as told:
            apart.append(told.members)


class _Apart(Exception):  # noqa: N818
    """A rule is missed whose members share a class with others: it tells them apart, though their rates are equal."""

    def __init__(self, members: tuple[int, ...]) -> None:
        self.members = members
        super().__init__(members)


def _search(problem: GridProblem, classes: Sequence[GridClass], deadline: float) -> GridTable:
    """Return the nearest table of classes, with neighbours no wider than they must be."""
    grid = problem.grid
    rows, by_class = [on_grid(rule, classes, grid) for rule in problem.rules], _by_class(problem.check, classes, grid)
    for widened in range(max(c.farthest for c in classes) + 1):
        found = _nearest(classes, widened, problem.total / grid, rows, problem.effort, deadline, by_class)
        if found is not None:
            table = _table(classes, found.levels, grid)
            outside = _outside(classes, widened)
            against = against_order(problem.rates, table, outside, SAME * float(grid))
            return GridTable(table, None, outside, against, found.gap, found.tightest, widened)
    raise Infeasible


def _table(classes: Sequence[GridClass], levels: Sequence[int], grid: Fraction) -> tuple[Fraction, ...]:
    """Return the rates of all members."""
    by_member = {n: level for c, level in zip(classes, levels, strict=True) for n in c.members}
    return tuple(by_member[n] * grid for n in range(len(by_member)))


def _by_class(check: Check, classes: Sequence[GridClass], grid: Fraction) -> Check:
    """Return a check of the table as one of levels, which names classes in place of members."""
    class_of = {n: k for k, c in enumerate(classes) for n in c.members}

    def missed(levels: Sequence[int | Fraction]) -> list[Miss]:
        table = _table(classes, [int(level) for level in levels], grid)
        broken = check(table)
        for miss in broken:
            if any(0 < len(set(c.members) & set(miss.members)) < len(c.members) for c in classes):
                raise _Apart(miss.members)
        return [Miss(tuple({class_of[n] for n in miss.members}), miss.below) for miss in broken]

    return missed


def _classes(problem: GridProblem, ranges: Sequence[Range], apart: Sequence[tuple[int, ...]] = ()) -> list[GridClass]:
    """Gather members of equal rate, in rising order.

    Those whose bounds share no level stand alone; those that a rule tells `apart` come after the others.
    """
    steps = problem.steps
    order = np.argsort(steps, kind="stable")
    starts = np.flatnonzero(np.diff(steps[order]) > SAME) + 1
    groups = np.split(order, starts)
    for members in apart:
        told = [(group[~np.isin(group, members)], group[np.isin(group, members)]) for group in groups]
        groups = [part for parts in told for part in parts if part.size]
    classes = []
    for group in groups:
        together = max(ranges[n][0] for n in group) <= min(ranges[n][1] for n in group)
        for alone in [group] if together else group.reshape(-1, 1):
            classes.append(
                GridClass(
                    members=tuple(alone.tolist()),
                    steps=float(steps[alone].mean()),
                    weight=total_of(problem.coefficients[n] for n in alone),
                    lowest=max(ranges[n][0] for n in alone),
                    highest=min(ranges[n][1] for n in alone),
                )
            )
    return classes


def _nearest(
    classes: Sequence[GridClass],
    widened: int,
    total: Fraction,
    rules: Sequence[Rule],
    effort: Effort,
    deadline: float,
    check: Check = nothing_missed,
) -> Found | None:
    """Return the levels of the nearest table, or None when none reaches the total.

    The solver's table may miss the total, or a rule, by a hair in exact arithmetic. Then it is
    cut off, with all tables that miss it likewise, and the program solved again. Where many
    tables lie within a hair below the total, a hair more is asked instead.
    """
    ranges = [c.range(widened) for c in classes]
    if any(low > high for low, high in ranges):
        return None
    order = _in_order(ranges)
    ranges = _narrowed(ranges, order)
    highest = weighted(classes, [high for _, high in ranges])
    quick = None if rules or highest < total else _chosen(classes, ranges, order, total)
    if quick is not None:
        return Found(quick)
    cuts: list[tuple[list[int], Miss]] = []
    weights, short = [c.weight for c in classes], 0
    while highest >= total and short < 2 * CUTS and len(cuts) < MOST:
        asked = total if short < CUTS else min(total + HAIR, highest)
        found = solve(classes, ranges, order, asked, cuts, rules, effort, deadline)
        if found is None:
            return None
        backing = short_of([Fraction(level) for level in found.levels], weights, total)
        missed = (*backing, *check([Fraction(level) for level in found.levels]))
        if not missed:
            return found
        short += len(backing)
        cuts += [(found.levels, miss) for miss in missed]
    if cuts:
        raise SolverFailure("no rounding that exact arithmetic accepts")
    return None


def _chosen(
    classes: Sequence[GridClass], ranges: Sequence[Range], order: Sequence[int], total: Fraction
) -> list[int] | None:
    """Return the levels of the nearest table without a solver; None where there are too many ways to it."""
    if any(high - low > 1 for low, high in ranges):
        return None
    cells = _cells(ranges, order)
    options = [_ways([classes[k] for k in cell], ranges[cell[0]][0]) for cell in cells]
    levels = [low for low, _ in ranges]
    found = least_choice(options, total - weighted(classes, levels))
    if found is None:
        return None
    for cell, ways in zip(cells, found, strict=True):
        for k in cell[len(cell) - ways :]:
            levels[k] += 1
    return levels


def _cells(ranges: Sequence[Range], order: Sequence[int]) -> list[list[int]]:
    """Return the classes that have a choice, those of one cell of the grid together as far as order binds them."""
    bound = set(order)
    cells: list[list[int]] = []
    last: Range | None = None
    for k in order:
        if ranges[k][0] < ranges[k][1]:
            if ranges[k] == last:
                cells[-1].append(k)
            else:
                cells.append([k])
            last = ranges[k]
    return cells + [[k] for k, (low, high) in enumerate(ranges) if low < high and k not in bound]


def _ways(cell: Sequence[GridClass], low: int) -> list[Option]:
    """Return distance and added weight when the last 0, 1, 2, … classes of a cell go up."""
    ways = [(sum(len(c.members) * abs(low - c.steps) for c in cell), Fraction(0))]
    for c in reversed(cell):
        distance, weight = ways[-1]
        ways.append((distance + len(c.members) * (abs(low + 1 - c.steps) - abs(low - c.steps)), weight + c.weight))
    return ways


def _in_order(ranges: Sequence[Range]) -> list[int]:
    """Return the classes whose ranges allow the rising order, leaving out those in conflict."""
    low, high = np.array(ranges).T
    before = np.concatenate([[low.min()], np.maximum.accumulate(low)[:-1]])
    after = np.concatenate([np.minimum.accumulate(high[::-1])[::-1][1:], [high.max()]])
    return np.flatnonzero((before <= high) & (after >= low)).tolist()


def _outside(classes: Sequence[GridClass], widened: int) -> tuple[int, ...]:
    """Return the members left out of the order, and those that bounds part from others of their rate."""
    inside = set(_in_order([c.range(widened) for c in classes]))
    left = {k for k in range(len(classes)) if k not in inside}
    parted = {k for k, (c, d) in enumerate(pairwise(classes)) if d.steps - c.steps <= SAME}
    return tuple(sorted(n for k in left | parted | {k + 1 for k in parted} for n in classes[k].members))


def _narrowed(ranges: Sequence[Range], order: Sequence[int]) -> list[Range]:
    """Return the ranges without the levels that the order forbids."""
    low, high = np.array(ranges).T
    low[order] = np.maximum.accumulate(low[order])
    high[order] = np.minimum.accumulate(high[order][::-1])[::-1]
    return list(zip(low.tolist(), high.tolist(), strict=True))
