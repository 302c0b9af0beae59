"""Classes: few levels on a grid, one a member, ordered by score, that still add up.

An assignment program over grid levels l, with a the weights of the coupling row:

    variables   pick[i, l] in {0, 1}: member i stands on level l;  used[l]: level l is a class
    one         sum_l pick[i, l] = 1
    open        pick[i, l] <= used[l],  sum_l used[l] <= most
    size        sum_i pick[i, l] >= smallest used[l]
    order       sum_{k<=l} pick[j, k] <= sum_{k<=l} pick[i, k]   where j scores next above i
    backing     sum_i a_i l pick[i, l] >= total

First the least total distance from the computed rates, then the least overshoot among
the nearest. Order by prefix sums keeps the relaxation tight: products of levels and
indicators (big M) take minutes where this takes seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Any

import pyomo.environ as pyo

from solvers.highs import TIME_LIMIT, HotSolver, Solution, Stop
from solvers.model import Rule, compile_model
from solvers.problem import Array, Infeasible, SolverFailure

_SAME = 1e-7
_TRIES = 5


@dataclass(frozen=True)
class ClassLimits:
    """What classes may look like.

    Parameters
    ----------
    most
        Number of classes at most.
    smallest
        Members of a class at least.
    time_limit
        Seconds for each of the two programs.
    """

    most: int
    smallest: int = 1
    time_limit: float = TIME_LIMIT


@dataclass(frozen=True, eq=False)
class Classing:
    """A table of classes.

    Parameters
    ----------
    rates
        Exact multiples of the grid, length n.
    numbers
        Class of each member, 1 for the highest rate, length n.
    gap
        How far the total distance may be from the least one, relative to it; 0 when proved.
    """

    rates: tuple[Fraction, ...]
    numbers: tuple[int, ...]
    gap: float


def classify(
    rates: Array,
    scores: Array,
    coefficients: Sequence[Fraction],
    total: Fraction,
    grid: Fraction,
    lower: Sequence[Fraction],
    upper: Sequence[Fraction],
    limits: ClassLimits,
    rules: Sequence[Rule] = (),
) -> Classing:
    """Return the nearest table of classes whose weighted sum is at least `total`.

    Parameters
    ----------
    rates
        Computed rates, shape (n,).
    scores
        A higher score never gets a lower class; equal scores share one, shape (n,).
    coefficients, total
        The coupling row, exact.
    grid
        Step of the levels, e.g. 1/100 for whole points.
    lower, upper
        Bounds no class rate may leave, exact, length n.
    limits
        How many classes, how small.
    rules
        Further rows over ``model.rate``.

    Raises
    ------
    Infeasible
        No such table exists.
    SolverFailure
        HiGHS gave no answer in time, or none that exact arithmetic accepts.
    """
    ranges = [(ceil(low / grid), floor(high / grid)) for low, high in zip(lower, upper, strict=True)]
    if any(low > high for low, high in ranges):
        raise Infeasible
    asked = total / grid
    for _ in range(_TRIES):
        solution, levels = _solve(rates / float(grid), scores, coefficients, asked, grid, ranges, limits, rules)
        reached = sum((a * level for a, level in zip(coefficients, levels, strict=True)), Fraction(0))
        if reached >= total / grid:
            distinct = sorted(set(levels), reverse=True)
            numbers = tuple(distinct.index(level) + 1 for level in levels)
            return Classing(tuple(level * grid for level in levels), numbers, solution.gap)
        asked += 2 * (total / grid - reached)
    raise SolverFailure("no classes that exact arithmetic accepts")


def _solve(
    steps: Array,
    scores: Array,
    coefficients: Sequence[Fraction],
    total: Fraction,
    grid: Fraction,
    ranges: Sequence[tuple[int, int]],
    limits: ClassLimits,
    rules: Sequence[Rule],
) -> tuple[Solution, list[int]]:
    """Solve the two integer programs; return the first's solution and the levels."""
    model = _model(steps, scores, [float(a) for a in coefficients], float(total), ranges, limits)
    step = float(grid)
    model.rate = pyo.Expression(model.member, rule=lambda m, i: step * m.level[i])
    for rule in rules:
        rule(model)
    compiled = compile_model(model)
    nearest = HotSolver(compiled.program, limits.time_limit).solve()
    if nearest.stop is Stop.INFEASIBLE:
        raise Infeasible
    best = nearest
    if nearest.stop is Stop.OPTIMAL:
        model.nearest = pyo.Constraint(expr=model.distance <= nearest.objective + _SAME)
        model.least_distance.deactivate()
        model.least_reached = pyo.Objective(expr=model.reached)
        compiled = compile_model(model)
        tightest = HotSolver(compiled.program, limits.time_limit).solve()
        best = nearest if tightest.stop is Stop.INFEASIBLE else tightest
    levels = [0] * len(ranges)
    for i, level in model.pick:
        if best.values[compiled.columns[model.pick[i, level].name]] > 0.5:
            levels[i] = level
    return nearest, levels


def _model(
    steps: Array,
    scores: Array,
    weights: Sequence[float],
    total: float,
    ranges: Sequence[tuple[int, int]],
    limits: ClassLimits,
) -> pyo.ConcreteModel:
    """Return the program of least total distance, in grid steps."""
    levels = range(min(low for low, _ in ranges), max(high for _, high in ranges) + 1)
    choices = [(i, level) for i, (low, high) in enumerate(ranges) for level in range(low, high + 1)]
    members = {level: [i for i, (low, high) in enumerate(ranges) if low <= level <= high] for level in levels}
    model = pyo.ConcreteModel("classes")
    model.member = pyo.RangeSet(0, len(ranges) - 1)
    model.pick = pyo.Var(choices, domain=pyo.Binary)
    model.used = pyo.Var(list(levels), domain=pyo.Binary)

    def picked(i: int, last: int) -> Any:  # noqa: ANN401  (a Pyomo expression)
        """Return 1 when member i stands on level `last` or below."""
        return pyo.quicksum(model.pick[i, level] for level in range(ranges[i][0], min(ranges[i][1], last) + 1))

    model.one = pyo.Constraint(model.member, rule=lambda m, i: picked(i, ranges[i][1]) == 1)
    model.open = pyo.Constraint(choices, rule=lambda m, i, level: m.pick[i, level] - m.used[level] <= 0)
    model.most = pyo.Constraint(expr=pyo.quicksum(model.used.values()) <= limits.most)
    if limits.smallest > 1:
        model.size = pyo.Constraint(
            list(levels),
            rule=lambda m, level: (
                pyo.quicksum(m.pick[i, level] for i in members[level]) - limits.smallest * m.used[level] >= 0
            ),
        )
    order = sorted(range(len(ranges)), key=lambda i: scores[i])
    rising = list(pairwise(order))
    rising += [(j, i) for i, j in rising if scores[i] == scores[j]]
    model.order = pyo.Constraint(
        range(len(rising)),
        list(levels)[:-1],
        rule=lambda m, n, level: _row(picked(rising[n][1], level) - picked(rising[n][0], level)),
    )
    model.level = pyo.Expression(
        model.member,
        rule=lambda m, i: pyo.quicksum(level * m.pick[i, level] for level in range(ranges[i][0], ranges[i][1] + 1)),
    )
    model.reached = pyo.Expression(expr=pyo.quicksum(weights[i] * level * model.pick[i, level] for i, level in choices))
    model.backing = pyo.Constraint(expr=model.reached >= total)
    distance = pyo.quicksum(abs(level - float(steps[i])) * model.pick[i, level] for i, level in choices)
    model.distance = pyo.Expression(expr=distance)
    model.least_distance = pyo.Objective(expr=model.distance)
    return model


def _row(difference: object) -> object:
    """Return the row ``difference <= 0``, or none where both sides are numbers."""
    if isinstance(difference, int | float):
        return pyo.Constraint.Feasible if difference <= 0 else pyo.Constraint.Infeasible
    return difference <= 0  # type: ignore[operator]
