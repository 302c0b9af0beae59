"""Controlled rounding: the nearest table on a grid that still adds up and keeps the order.

Each rate goes to one of its two neighbours on the grid, equal rates stay equal, a
higher rate never gets a lower value, and the weighted sum reaches the total. Two
integer programs: least total distance, then least overshoot among the nearest. The
solver's answer is accepted only when exact arithmetic agrees that the sum is reached.

Bounds that lie between two grid values can forbid the order of two rates in the same
cell of the grid; members in such a conflict stand outside the order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

import numpy as np
import pyomo.environ as pyo

from solvers.highs import HotSolver, Stop
from solvers.model import compile_model
from solvers.problem import Array, Infeasible, SolverFailure

_SAME = 1e-9
_TRIES = 5


@dataclass(frozen=True, eq=False)
class Rounding:
    """A table on the grid.

    Parameters
    ----------
    rates
        Exact multiples of the grid, length n.
    widened
        Grid steps beyond the two neighbours that were needed, because bounds lie off the grid; mostly 0.
    """

    rates: tuple[Fraction, ...]
    widened: int


@dataclass(frozen=True)
class _Class:
    """Members with one and the same rate: their weight, number, and range of grid levels."""

    rate: float
    weight: Fraction
    size: int
    lowest: int
    highest: int
    neighbours: tuple[int, int]


def round_rates(
    rates: Array,
    coefficients: Sequence[Fraction],
    total: Fraction,
    grid: Fraction,
    lower: Sequence[Fraction],
    upper: Sequence[Fraction],
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

    Raises
    ------
    Infeasible
        No table on the grid within the bounds reaches the total.
    SolverFailure
        HiGHS gave no answer, or none that exact arithmetic accepts.
    """
    classes, members = _classes(rates, coefficients, grid, lower, upper)
    if any(c.lowest > c.highest for c in classes):
        raise Infeasible
    farthest = max(max(c.highest - c.neighbours[0], c.neighbours[1] - c.lowest) for c in classes)
    for widened in range(max(farthest, 0) + 1):
        ranges = [_range(c, widened) for c in classes]
        if any(low > high for low, high in ranges):
            continue
        levels = _nearest(classes, ranges, total, grid)
        if levels is not None:
            by_member = {member: level for level, group in zip(levels, members, strict=True) for member in group}
            return Rounding(tuple(by_member[n] * grid for n in range(rates.size)), widened)
    raise Infeasible


def _classes(
    rates: Array,
    coefficients: Sequence[Fraction],
    grid: Fraction,
    lower: Sequence[Fraction],
    upper: Sequence[Fraction],
) -> tuple[list[_Class], list[list[int]]]:
    """Gather members of equal rate, in rising order of the rate."""
    members: list[list[int]] = []
    last = -np.inf
    for n in np.argsort(rates, kind="stable").tolist():
        if rates[n] - last > _SAME:
            members.append([])
        members[-1].append(n)
        last = rates[n]
    classes = []
    for group in members:
        rate = float(np.mean(rates[group]))
        steps = rate / float(grid)
        below, above = floor(steps + _SAME), ceil(steps - _SAME)
        weight = sum((coefficients[n] for n in group), Fraction(0))
        lowest = max(ceil(lower[n] / grid) for n in group)
        highest = min(floor(upper[n] / grid) for n in group)
        classes.append(_Class(rate, weight, len(group), lowest, highest, (below, above)))
    return classes, members


def _range(members: _Class, widened: int) -> tuple[int, int]:
    """Return the lowest and highest grid level a class may take."""
    below, above = members.neighbours
    return max(members.lowest, below - widened), min(members.highest, above + widened)


def _ordered(ranges: Sequence[tuple[int, int]]) -> list[int]:
    """Return the positions whose ranges allow the rising order, leaving out those in conflict."""
    low, high = np.array(ranges).T
    before = np.concatenate([[np.iinfo(int).min], np.maximum.accumulate(low)[:-1]])
    after = np.concatenate([np.minimum.accumulate(high[::-1])[::-1][1:], [np.iinfo(int).max]])
    return np.flatnonzero((before <= high) & (after >= low)).tolist()


def _nearest(
    classes: Sequence[_Class], ranges: Sequence[tuple[int, int]], total: Fraction, grid: Fraction
) -> list[int] | None:
    """Return the levels of the nearest table, or None when there is none.

    The solver works to a tolerance. When its table misses the total by a hair in exact
    arithmetic, the total is raised by the hair and the program solved again.
    """
    order = _ordered(ranges)
    highest = [high for _, high in ranges]
    for position, following in zip(order[-2::-1], order[:0:-1], strict=True):
        highest[position] = min(highest[position], highest[following])
    ceiling = _sum(classes, highest) * grid
    asked = total
    for _ in range(_TRIES):
        if ceiling < total:
            return None
        levels = _solve(classes, ranges, order, min(asked, ceiling), grid)
        reached = _sum(classes, levels) * grid
        if reached >= total:
            return levels
        asked += 2 * (total - reached) + Fraction(1, 10**10)
    raise SolverFailure("no rounding that exact arithmetic accepts")


def _sum(classes: Sequence[_Class], levels: Sequence[int]) -> Fraction:
    """Return the exact weighted sum of levels."""
    return sum((c.weight * level for c, level in zip(classes, levels, strict=True)), Fraction(0))


def _solve(
    classes: Sequence[_Class],
    ranges: Sequence[tuple[int, int]],
    order: Sequence[int],
    total: Fraction,
    grid: Fraction,
) -> list[int]:
    """Solve the two integer programs and return the levels."""
    model = _model(classes, ranges, order, total, grid)
    first = compile_model(model)
    nearest = HotSolver(first.program, presolve=False).solve()
    if nearest.stop is Stop.INFEASIBLE:
        raise SolverFailure("a rounding that must exist was not found")
    model.nearest = pyo.Constraint(expr=model.total_distance.expr <= nearest.objective + _SAME)
    model.total_distance.deactivate()
    model.overshoot = pyo.Objective(expr=model.reached)
    second = compile_model(model)
    tightest = HotSolver(second.program, presolve=False).solve()
    compiled, solution = (second, tightest) if tightest.stop is Stop.OPTIMAL else (first, nearest)
    return [round(value) for value in solution.values[compiled.columns_of(model.level)].tolist()]


def _model(
    classes: Sequence[_Class],
    ranges: Sequence[tuple[int, int]],
    order: Sequence[int],
    total: Fraction,
    grid: Fraction,
) -> pyo.ConcreteModel:
    """Return the program of least total distance, in grid steps."""
    model = pyo.ConcreteModel("rounding")
    steps = [c.rate / float(grid) for c in classes]
    model.level = pyo.Var(range(len(classes)), domain=pyo.Integers, bounds=lambda _, i: ranges[i])
    model.distance = pyo.Var(range(len(classes)), bounds=(0, None))
    weights = [float(c.weight) for c in classes]
    model.reached = pyo.Expression(expr=pyo.quicksum(weights[i] * model.level[i] for i in model.level))
    model.backing = pyo.Constraint(expr=model.reached >= float(total / grid))
    model.above = pyo.Constraint(model.level.index_set(), rule=lambda m, i: m.distance[i] - m.level[i] >= -steps[i])
    model.below = pyo.Constraint(model.level.index_set(), rule=lambda m, i: m.distance[i] + m.level[i] >= steps[i])
    model.order = pyo.Constraint(
        range(len(order) - 1), rule=lambda m, i: m.level[order[i + 1]] - m.level[order[i]] >= 0
    )
    sizes = [c.size for c in classes]
    model.total_distance = pyo.Objective(expr=pyo.quicksum(sizes[i] * model.distance[i] for i in model.distance))
    return model
