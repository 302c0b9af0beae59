"""Classes: few levels on a grid, one a member, ordered by score, that still add up.

An assignment program over grid levels l, with a the weights of the coupling row:

    variables   pick[i, l] in {0, 1}: member i stands on level l;  used[l]: level l is a class
    one         sum_l pick[i, l] = 1
    open        pick[i, l] <= used[l],  sum_l used[l] <= most
    size        sum_i pick[i, l] >= smallest used[l]
    order       sum_{k<=l} pick[j, k] <= sum_{k<=l} pick[i, k]   where j scores next above i
    backing     sum_i a_i l pick[i, l] >= total

Members whose bounds leave one value are pinned: they stand outside the order, their level
counts among the classes, and a class of pinned members alone may be smaller than the rest.

First the least total distance from the computed rates, then the least overshoot among
the nearest. Order by prefix sums keeps the relaxation tight: products of levels and
indicators (big M) take minutes where this takes seconds.

The relaxation also says where not to look. With z its optimum and d its reduced costs,
every table that picks column j costs at least z + d_j (and z - d_j without a column of
negative cost). So the columns with |d_j| above a window are left out; an optimum not
above z + window is then the optimum of the whole program, and the window of the second
program is known from the first. A wrong guess costs one more program with a wider window.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from time import monotonic
from typing import Any

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from solvers.effort import Effort
from solvers.highs import HotSolver, Program, Solution, Stop
from solvers.model import compile_model
from solvers.order import against_order, pinned
from solvers.printable.exact import MOST, GridProblem, GridTable, Miss, short_of
from solvers.printable.known import within_known
from solvers.problem import Array, Infeasible, OutOfTime, SolverFailure

_SAME = 1e-7
_CUTS = 5
_HAIR = Fraction(1, 10**9)
_WINDOW = 0.5
"""First guess, in grid steps of one member, of how far the best table lies above the relaxation."""
_WIDER = 8.0
_PLAIN = 2_000_000
"""Terms of the order up to which its sums are written out; a fine grid has a thousand times as many."""


@dataclass(frozen=True)
class ClassLimits:
    """What classes may look like."""

    most: int  # Number of classes at most
    smallest: int = 1  # Members of a class at least


def classify(problem: GridProblem, scores: Array, limits: ClassLimits) -> GridTable:
    """Return the nearest table of classes whose weighted sum is at least the total.

    A higher score never gets a lower class and equal scores share one, shape (n,). Members whose bounds leave one
    value stand outside this order.

    Raises Infeasible: no such table exists.
    Raises OutOfTime: the time was up before any table was found.
    Raises SolverFailure: HiGHS gave no answer, or none that exact arithmetic accepts.
    """
    grid, total = problem.grid, problem.total
    fixed = pinned(problem.lower, problem.upper)
    ranges = problem.ranges()
    if _terms(ranges, len(ranges)) > _PLAIN:
        ranges = within_known(problem, scores, limits.most, limits.smallest, fixed)
    asked = _Asked(problem, scores, limits, ranges, fixed)
    deadline = problem.effort.deadline
    cuts: list[tuple[list[int], Miss]] = []
    short = 0
    while short < 2 * _CUTS and len(cuts) < MOST:
        found = _solve(asked, cuts, total / grid + (0 if short < _CUTS else _HAIR), deadline)
        table = tuple(level * grid for level in found.levels)
        backing = short_of(table, problem.coefficients, total)
        missed = (*backing, *problem.check(table))
        if not missed:
            distinct = sorted(set(found.levels), reverse=True)
            numbers = tuple(distinct.index(level) + 1 for level in found.levels)
            against = against_order(scores, table, fixed)
            return GridTable(table, numbers, fixed, against, found.gap, found.tightest)
        short += len(backing)
        cuts += [(found.levels, miss) for miss in missed]
    raise SolverFailure("no classes that exact arithmetic accepts")


@dataclass(frozen=True, eq=False)
class _Asked:
    """What `classify` was asked; ranges are levels in grid steps."""

    problem: GridProblem
    scores: Array
    limits: ClassLimits
    ranges: Sequence[tuple[int, int]]
    pinned: tuple[int, ...]


@dataclass(frozen=True)
class _Found:
    """What the two programs gave."""

    levels: list[int]
    gap: float
    tightest: bool


@dataclass(frozen=True, eq=False)
class _Relaxation:
    """No table costs less than `least`; a column adds at least `extra` to that, a negative one when it is left out."""

    least: float
    extra: Array

    def within(self, program: Program, window: float) -> Program:
        """Return the program without the choices that cost more than `window` above the least."""
        dear = program.integer & (self.extra > window + _SAME)
        certain = program.integer & (self.extra < -window - _SAME)
        return replace(
            program,
            lower=np.where(certain, program.upper, program.lower),
            upper=np.where(dear, program.lower, program.upper),
        )


def _solve(asked: _Asked, cuts: Sequence[tuple[list[int], Miss]], total: Fraction, deadline: float) -> _Found:
    """Solve the two integer programs; tables that miss a row by a hair are cut off, and those that miss it likewise."""
    model = _model(asked, float(total))
    step = float(asked.problem.grid)
    model.rate = pyo.Expression(model.member, rule=lambda m, i: step * m.level[i])
    for rule in asked.problem.rules:
        rule(model)
    model.beyond = pyo.ConstraintList()
    for levels, miss in cuts:
        members = set(miss.members)
        other = [
            model.pick[i, k]
            for i, k in model.pick
            if i in members and (k > levels[i] or (not miss.below and k < levels[i]))
        ]
        if not other:
            raise Infeasible
        model.beyond.add(pyo.quicksum(other) >= 1)
    compiled = compile_model(model)
    first, effort = compiled.program, asked.problem.effort
    relaxation = _relaxed(first, effort.until(deadline))
    nearest = _nearest(first, relaxation, effort, deadline)
    columns = compiled.columns_of(model.pick)
    best, tightest = nearest, False
    if nearest.stop is Stop.OPTIMAL or monotonic() < deadline:
        weighted = [float(asked.problem.coefficients[i]) * level for i, level in model.pick]
        second = _tightened(first, nearest.objective + _SAME, columns, np.array(weighted))
        window = nearest.objective + _SAME - relaxation.least
        last = _in_time(relaxation.within(second, window), effort, deadline, proved=True)
        best = last if last and _better(last, second, nearest) else nearest
        tightest = best is last and best.stop is Stop.OPTIMAL
    chosen = [choice for choice, column in zip(model.pick, columns, strict=True) if best.values[column] > 0.5]
    return _Found([level for _, level in sorted(chosen)], nearest.gap, tightest)


def _better(last: Solution, second: Program, nearest: Solution) -> bool:
    """Return whether a solution of the second program overshoots no more than the nearest table."""
    return last.stop is not Stop.INFEASIBLE and last.objective <= float(second.costs @ nearest.values) + _SAME


def _relaxed(program: Program, effort: Effort) -> _Relaxation:
    """Solve the program without its whole numbers."""
    solution = HotSolver(replace(program, integer=np.zeros_like(program.integer)), effort).solve()
    if solution.stop is Stop.INFEASIBLE:
        raise Infeasible
    return _Relaxation(solution.objective, program.costs - program.matrix.T @ solution.row_duals)


def _nearest(program: Program, relaxation: _Relaxation, effort: Effort, deadline: float) -> Solution:
    """Return the optimum of a program of least cost, or what was found near enough or in time, with its gap."""
    window = _WINDOW
    widest = float(np.abs(relaxation.extra[program.integer]).max(initial=0.0))
    best: Solution | None = None
    while True:
        found = _in_time(relaxation.within(program, window), effort, deadline)
        proved = relaxation.least + window
        if found is None:
            if best is None:
                raise OutOfTime("no classes were found in time")
            return _early(best, relaxation.least)
        if found.stop is Stop.EARLY:
            bound = found.objective * (1 - min(found.gap, 1.0))
            best = _early(found, max(min(bound, proved), relaxation.least))
            if best.gap <= effort.gap or monotonic() >= deadline:
                return best
            window = found.objective - relaxation.least
        elif found.stop is Stop.OPTIMAL:
            if window >= widest or found.objective <= proved + _SAME:
                return found
            best, window = found, found.objective - relaxation.least
        elif window >= widest:
            raise Infeasible
        else:
            window *= _WIDER


def _early(solution: Solution, least: float) -> Solution:
    """Return a solution as one of an early stop, with the gap to what no table can be below."""
    gap = (solution.objective - least) / solution.objective if solution.objective > least else 0.0
    return replace(solution, stop=Stop.EARLY, gap=gap)


def _in_time(program: Program, effort: Effort, deadline: float, proved: bool = False) -> Solution | None:
    """Solve until the deadline; None when there was no time to find anything."""
    try:
        return HotSolver(program, effort.until(deadline, proved)).solve()
    except OutOfTime:
        return None


def _tightened(program: Program, nearest: float, columns: NDArray[np.int32], weighted: Array) -> Program:
    """Return the program of the least weighted sum among tables that cost at most `nearest`."""
    costs = np.zeros_like(program.costs)
    costs[columns] = weighted
    return replace(
        program,
        costs=costs,
        matrix=csr_array(vstack([program.matrix, csr_array(program.costs.reshape(1, -1))])),
        row_lower=np.append(program.row_lower, -np.inf),
        row_upper=np.append(program.row_upper, nearest),
    )


def _model(asked: _Asked, total: float) -> pyo.ConcreteModel:
    """Return the program of least total distance, in grid steps."""
    steps, ranges, limits = asked.problem.steps, asked.ranges, asked.limits
    weights = list(map(float, asked.problem.coefficients))
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
        # a level of pinned members is as large as the rest only when somebody else stands there too
        given = {ranges[i][0] for i in asked.pinned}
        opening = {level: [model.used[level]] for level in levels if level not in given}
        opening |= {level: [model.pick[i, level] for i in members[level] if i not in asked.pinned] for level in given}
        model.size = pyo.Constraint(
            [(level, n) for level, openers in opening.items() for n in range(len(openers))],
            rule=lambda m, level, n: (
                pyo.quicksum(m.pick[i, level] for i in members[level]) - limits.smallest * opening[level][n] >= 0
            ),
        )
    rising = _rising(asked)
    below = picked if _terms(ranges, len(rising)) <= _PLAIN else _running(model, ranges)
    model.order = pyo.Constraint(
        range(len(rising)),
        list(levels)[:-1],
        rule=lambda m, n, level: _row(below(rising[n][1], level) - below(rising[n][0], level)),
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


def _terms(ranges: Sequence[tuple[int, int]], rows: int) -> int:
    """Return how many terms the sums of the order have, roughly, where each is written out."""
    longest = max(high - low + 1 for low, high in ranges)
    return rows * longest * longest


def _running(model: pyo.ConcreteModel, ranges: Sequence[tuple[int, int]]) -> Callable[[int, int], Any]:
    """Add the sums of the order as variables, each the one before and one choice more; return what reads them."""
    model.running = pyo.Var(list(model.pick), bounds=(0, 1))
    model.runs = pyo.Constraint(
        list(model.pick),
        rule=lambda m, i, level: (
            m.running[i, level] - m.pick[i, level] - (m.running[i, level - 1] if level > ranges[i][0] else 0) == 0
        ),
    )

    def below(i: int, last: int) -> Any:  # noqa: ANN401  (a Pyomo variable, or a number)
        """Return 1 when member i stands on level `last` or below."""
        return 0 if last < ranges[i][0] else 1 if last >= ranges[i][1] else model.running[i, last]

    return below


def _rising(asked: _Asked) -> list[tuple[int, int]]:
    """Return the pairs (i, j) in which j must not have the lower level, neighbours by score; none are pinned."""
    scores, given = asked.scores, set(asked.pinned)
    order = sorted((i for i in range(len(asked.ranges)) if i not in given), key=lambda i: scores[i])
    rising = list(pairwise(order))
    return rising + [(j, i) for i, j in rising if scores[i] == scores[j]]


def _row(difference: object) -> object:
    """Return the row ``difference <= 0``, or none where both sides are numbers."""
    if isinstance(difference, int | float):
        return pyo.Constraint.Feasible if difference <= 0 else pyo.Constraint.Infeasible
    return difference <= 0  # type: ignore[operator]
