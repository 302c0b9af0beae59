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
`solvers.choices`; the integer programs take what it gives up.

Bounds that lie between two grid values can forbid the order of two rates in the same
cell of the grid; members in such a conflict stand outside the order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Any

import numpy as np
import pyomo.environ as pyo

from solvers.choices import Option, least_choice
from solvers.effort import USUAL, Effort
from solvers.exact import MOST, Check, Miss, nothing_missed, short_of
from solvers.highs import HotSolver, Solution, Stop
from solvers.model import Compiled, Rule, compile_model
from solvers.order import against_order
from solvers.problem import Array, Infeasible, OutOfTime, SolverFailure

Range = tuple[int, int]

_SAME = 1e-9
_CUTS = 5
_HAIR = Fraction(1, 10**9)


@dataclass(frozen=True, eq=False)
class Rounding:
    """A table on the grid."""

    rates: tuple[Fraction, ...]  # Exact multiples of the grid, length n
    # Grid steps beyond the two neighbours that were needed, because of bounds between two grid values or a sum that
    # is short by less than a rate's last digits; mostly 0
    widened: int
    outside: tuple[int, ...] = ()  # Members whose bounds, between two grid values, forbid the order of the rates
    # Pairs (i, j) with one of them in which i stands lower, though its rate was no lower
    against: tuple[tuple[int, int], ...] = ()
    gap: float = 0.0  # How far the total distance may be from the least one, relative to it; 0 when proved
    tightest: bool = True  # Whether no table as near overshoots less; False when the time was up before that was proved


@dataclass(frozen=True)
class _Found:
    """What the two programs gave: levels by class, and how sure that is."""

    levels: list[int]
    gap: float = 0.0
    tightest: bool = True


@dataclass(frozen=True)
class _Class:
    """Members with one and the same rate, in grid steps."""

    members: tuple[int, ...]  # Their positions
    steps: float  # The rate
    weight: Fraction  # The sum of their coefficients
    # lowest, highest: The levels that the bounds of all of them allow
    lowest: int
    highest: int

    @property
    def below(self) -> int:
        """The neighbour below; the rate itself when it stands on the grid."""
        return floor(self.steps + _SAME)

    @property
    def above(self) -> int:
        """The neighbour above; the rate itself when it stands on the grid."""
        return ceil(self.steps - _SAME)

    @property
    def farthest(self) -> int:
        """How many levels beyond the neighbours the bounds allow."""
        return max(self.highest - self.above, self.below - self.lowest, 0)

    def range(self, widened: int) -> Range:
        """Return the lowest and highest level when the neighbours are `widened` by some levels."""
        return max(self.lowest, self.below - widened), min(self.highest, self.above + widened)


def round_rates(
    rates: Array,
    coefficients: Sequence[Fraction],
    total: Fraction,
    grid: Fraction,
    lower: Sequence[Fraction],
    upper: Sequence[Fraction],
    rules: Sequence[Rule] = (),
    effort: Effort = USUAL,
    check: Check = nothing_missed,
) -> Rounding:
    """Return the nearest table on `grid` whose weighted sum is at least `total`.

    Parameters
    ----------
    rates
        Rates to round, shape (n,).
    coefficients, total
        The coupling row, exact.
    grid
        Step, e.g. 1/200 for half a point.
    lower, upper
        Bounds no rounded rate may leave, exact, length n.
    rules
        Further rows, see `solvers.model`; they get the rounded rates as ``model.rate``.
    effort
        For the whole search: what time is left after the nearest table goes to the least overshoot;
        the gap is that of the distance.
    check
        The rules in exact arithmetic.

    Raises
    ------
    Infeasible
        No table on the grid within bounds and rules reaches the total.
    OutOfTime
        The time was up before any table was found.
    SolverFailure
        HiGHS gave no answer, or none that exact arithmetic accepts.
    """
    low = [ceil(bound / grid) for bound in lower]
    high = [floor(bound / grid) for bound in upper]
    if any(lowest > highest for lowest, highest in zip(low, high, strict=True)):
        raise Infeasible
    classes = _classes(rates / float(grid), coefficients, low, high)
    deadline = effort.deadline
    apart: list[tuple[int, ...]] = []
    while True:
        classes = _classes(rates / float(grid), coefficients, low, high, apart)
        try:
            return _search(rates, classes, total, grid, rules, effort, deadline, check)
        except _Apart as told:
            apart.append(told.members)


class _Apart(Exception):  # noqa: N818
    """A rule is missed whose members share a class with others: it tells them apart, though their rates are equal."""

    def __init__(self, members: tuple[int, ...]) -> None:
        self.members = members
        super().__init__(members)


def _search(
    rates: Array,
    classes: Sequence[_Class],
    total: Fraction,
    grid: Fraction,
    rules: Sequence[Rule],
    effort: Effort,
    deadline: float,
    check: Check,
) -> Rounding:
    """Return the nearest table of classes, with neighbours no wider than they must be."""
    rows, by_class = [_on_grid(rule, classes, grid) for rule in rules], _by_class(check, classes, grid)
    for widened in range(max(c.farthest for c in classes) + 1):
        found = _nearest(classes, widened, total / grid, rows, effort, deadline, by_class)
        if found is not None:
            table = _table(classes, found.levels, grid)
            outside = _outside(classes, widened)
            against = against_order(rates, table, outside, _SAME * float(grid))
            return Rounding(table, widened, outside, against, found.gap, found.tightest)
    raise Infeasible


def _table(classes: Sequence[_Class], levels: Sequence[int], grid: Fraction) -> tuple[Fraction, ...]:
    """Return the rates of all members."""
    by_member = {n: level for c, level in zip(classes, levels, strict=True) for n in c.members}
    return tuple(by_member[n] * grid for n in range(len(by_member)))


def _by_class(check: Check, classes: Sequence[_Class], grid: Fraction) -> Check:
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


def _classes(
    steps: Array,
    coefficients: Sequence[Fraction],
    lowest: Sequence[int],
    highest: Sequence[int],
    apart: Sequence[tuple[int, ...]] = (),
) -> list[_Class]:
    """Gather members of equal rate, in rising order.

    Those whose bounds share no level stand alone; those that a rule tells `apart` come after the others.
    """
    order = np.argsort(steps, kind="stable")
    starts = np.flatnonzero(np.diff(steps[order]) > _SAME) + 1
    groups = np.split(order, starts)
    for members in apart:
        told = [(group[~np.isin(group, members)], group[np.isin(group, members)]) for group in groups]
        groups = [part for parts in told for part in parts if part.size]
    classes = []
    for group in groups:
        together = max(lowest[n] for n in group) <= min(highest[n] for n in group)
        for alone in [group] if together else group.reshape(-1, 1):
            classes.append(
                _Class(
                    members=tuple(alone.tolist()),
                    steps=float(steps[alone].mean()),
                    weight=_sum(coefficients[n] for n in alone),
                    lowest=max(lowest[n] for n in alone),
                    highest=min(highest[n] for n in alone),
                )
            )
    return classes


def _nearest(
    classes: Sequence[_Class],
    widened: int,
    total: Fraction,
    rules: Sequence[Rule],
    effort: Effort,
    deadline: float,
    check: Check = nothing_missed,
) -> _Found | None:
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
    highest = _weighted(classes, [high for _, high in ranges])
    quick = None if rules or highest < total else _chosen(classes, ranges, order, total)
    if quick is not None:
        return _Found(quick)
    cuts: list[tuple[list[int], Miss]] = []
    weights, short = [c.weight for c in classes], 0
    while highest >= total and short < 2 * _CUTS and len(cuts) < MOST:
        asked = total if short < _CUTS else min(total + _HAIR, highest)
        found = _solve(classes, ranges, order, asked, cuts, rules, effort, deadline)
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
    classes: Sequence[_Class], ranges: Sequence[Range], order: Sequence[int], total: Fraction
) -> list[int] | None:
    """Return the levels of the nearest table without a solver; None where there are too many ways to it."""
    if any(high - low > 1 for low, high in ranges):
        return None
    cells = _cells(ranges, order)
    options = [_ways([classes[k] for k in cell], ranges[cell[0]][0]) for cell in cells]
    levels = [low for low, _ in ranges]
    found = least_choice(options, total - _weighted(classes, levels))
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


def _ways(cell: Sequence[_Class], low: int) -> list[Option]:
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


def _outside(classes: Sequence[_Class], widened: int) -> tuple[int, ...]:
    """Return the members left out of the order, and those that bounds part from others of their rate."""
    inside = set(_in_order([c.range(widened) for c in classes]))
    left = {k for k in range(len(classes)) if k not in inside}
    parted = {k for k, (c, d) in enumerate(pairwise(classes)) if d.steps - c.steps <= _SAME}
    return tuple(sorted(n for k in left | parted | {k + 1 for k in parted} for n in classes[k].members))


def _narrowed(ranges: Sequence[Range], order: Sequence[int]) -> list[Range]:
    """Return the ranges without the levels that the order forbids."""
    low, high = np.array(ranges).T
    low[order] = np.maximum.accumulate(low[order])
    high[order] = np.minimum.accumulate(high[order][::-1])[::-1]
    return list(zip(low.tolist(), high.tolist(), strict=True))


def _on_grid(rule: Rule, classes: Sequence[_Class], grid: Fraction) -> Rule:
    """Return a rule that reads the levels of a rounding model as the rates of its members."""
    class_of = {n: k for k, c in enumerate(classes) for n in c.members}

    def add(model: pyo.ConcreteModel) -> None:
        if not hasattr(model, "rate"):
            step = float(grid)
            model.rate = pyo.Expression(sorted(class_of), rule=lambda m, n: step * m.level[class_of[n]])
        rule(model)

    return add


def _solve(
    classes: Sequence[_Class],
    ranges: Sequence[Range],
    order: Sequence[int],
    total: Fraction,
    cuts: Sequence[tuple[Sequence[int], Miss]],
    rules: Sequence[Rule],
    effort: Effort,
    deadline: float,
) -> _Found | None:
    """Solve the two integer programs and return the levels; None when the rules leave none."""
    model = _model(classes, ranges, order, total)
    for rule in rules:
        rule(model)
    model.beyond = pyo.ConstraintList()
    for levels, miss in cuts:
        other = _other(model, levels, miss)
        if isinstance(other, int | float):
            return None  # no other table is left
        model.beyond.add(other >= 1)
    try:
        first = compile_model(model)
    except Infeasible:
        return None
    if not model.up:
        return _Found([low for low, _ in ranges])
    nearest = HotSolver(first.program, effort.until(deadline), presolve=False).solve()
    if nearest.stop is Stop.INFEASIBLE:
        if rules:
            return None
        raise SolverFailure("a rounding that must exist was not found")
    near = _levels(model, first, nearest, ranges)
    model.nearest = pyo.Constraint(expr=model.distance <= nearest.objective + _SAME)
    model.least_distance.deactivate()
    model.least_reached = pyo.Objective(expr=model.reached)
    second = compile_model(model)
    gap = 0.0 if nearest.stop is Stop.OPTIMAL else min(nearest.gap, 1.0)
    try:
        last = HotSolver(second.program, effort.until(deadline, proved=True), presolve=False).solve()
    except OutOfTime:
        return _Found(near, gap, tightest=False)
    if last.stop is Stop.INFEASIBLE:
        return _Found(near, gap, tightest=False)
    tight = _levels(model, second, last, ranges)
    better = min(tight, near, key=lambda levels: _weighted(classes, levels))
    return _Found(tight if last.stop is Stop.OPTIMAL else better, gap, last.stop is Stop.OPTIMAL)


def _other(model: pyo.ConcreteModel, levels: Sequence[int], miss: Miss) -> Any:  # noqa: ANN401  (a Pyomo expression)
    """Return what is 1 or more in every table but those that break a row as `levels` do."""
    above = [model.up[k, levels[k] + 1] for k in miss.members if (k, levels[k] + 1) in model.up]
    below = [] if miss.below else [1 - model.up[k, levels[k]] for k in miss.members if (k, levels[k]) in model.up]
    return pyo.quicksum(above + below)


def _levels(model: pyo.ConcreteModel, compiled: Compiled, solution: Solution, ranges: Sequence[Range]) -> list[int]:
    """Return the level of each class in a solution."""
    found = [low for low, _ in ranges]
    for (k, _), column in zip(model.up, compiled.columns_of(model.up), strict=True):
        found[k] += round(float(solution.values[column]))
    return found


def _model(
    classes: Sequence[_Class], ranges: Sequence[Range], order: Sequence[int], total: Fraction
) -> pyo.ConcreteModel:
    """Return the program of least distance; the sum counts from the lowest levels."""
    model = pyo.ConcreteModel("rounding")
    steps = [(k, level) for k, (low, high) in enumerate(ranges) for level in range(low + 1, high + 1)]
    model.up = pyo.Var(steps, domain=pyo.Binary)
    by_class: dict[int, list[int]] = {k: [] for k in range(len(classes))}
    for k, level in steps:
        by_class[k].append(level)
    model.level = pyo.Expression(
        range(len(classes)), rule=lambda m, k: ranges[k][0] + pyo.quicksum(m.up[k, level] for level in by_class[k])
    )
    increments = {
        (k, level): len(classes[k].members) * (abs(level - classes[k].steps) - abs(level - 1 - classes[k].steps))
        for k, level in steps
    }
    weights = [float(c.weight) for c in classes]
    # the distance of the lowest levels is a column of its own, so that gaps are relative to the whole distance
    model.lowest = pyo.Var(bounds=(1, 1))
    base = sum(len(c.members) * abs(low - c.steps) for c, (low, _) in zip(classes, ranges, strict=True))
    rising = pyo.quicksum(increments[step] * model.up[step] for step in steps)
    model.distance = pyo.Expression(expr=base * model.lowest + rising)
    model.reached = pyo.Expression(expr=pyo.quicksum(weights[k] * model.up[k, level] for k, level in steps))
    needed = total - _weighted(classes, [low for low, _ in ranges])
    model.backing = pyo.Constraint(expr=model.reached >= float(needed))
    pairs = [((k, level), (k, level - 1)) for k, level in steps if level - 1 > ranges[k][0]]
    for k, following in pairwise(order):
        low, high = max(ranges[k][0], ranges[following][0]), ranges[k][1]
        pairs += [((k, level), (following, level)) for level in range(low + 1, high + 1)]
    model.rising = pyo.Constraint(range(len(pairs)), rule=lambda m, n: m.up[pairs[n][0]] - m.up[pairs[n][1]] <= 0)
    model.least_distance = pyo.Objective(expr=model.distance)
    return model


def _weighted(classes: Sequence[_Class], levels: Sequence[int]) -> Fraction:
    """Return the exact weighted sum of levels."""
    return _sum(c.weight * level for c, level in zip(classes, levels, strict=True))


def _sum(values: Iterable[Fraction]) -> Fraction:
    return sum(values, Fraction(0))
