"""Rounding as an integer program: the nearest table of grid values in the ranges that keeps the rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Any

import pyomo.environ as pyo

from solvers.effort import Effort
from solvers.highs import HotSolver, Solution, Stop
from solvers.model import Compiled, Rule, compile_model
from solvers.printable.exact import Miss
from solvers.problem import Infeasible, OutOfTime, SolverFailure

Range = tuple[int, int]
"""Lowest and highest level of a class, in grid steps."""
CUTS = 5
SAME = 1e-9
"""By how much two rates may differ, in grid steps, and still be the same."""
HAIR = Fraction(1, 10**9)


@dataclass(frozen=True)
class Found:
    """What the two programs gave: levels by class, and how sure that is."""

    levels: list[int]
    gap: float = 0.0
    tightest: bool = True


@dataclass(frozen=True)
class GridClass:
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
        return floor(self.steps + SAME)

    @property
    def above(self) -> int:
        """The neighbour above; the rate itself when it stands on the grid."""
        return ceil(self.steps - SAME)

    @property
    def farthest(self) -> int:
        """How many levels beyond the neighbours the bounds allow."""
        return max(self.highest - self.above, self.below - self.lowest, 0)

    def range(self, widened: int) -> Range:
        """Return the lowest and highest level when the neighbours are `widened` by some levels."""
        return max(self.lowest, self.below - widened), min(self.highest, self.above + widened)


def on_grid(rule: Rule, classes: Sequence[GridClass], grid: Fraction) -> Rule:
    """Return a rule that reads the levels of a rounding model as the rates of its members."""
    class_of = {n: k for k, c in enumerate(classes) for n in c.members}

    def add(model: pyo.ConcreteModel) -> None:
        if not hasattr(model, "rate"):
            step = float(grid)
            model.rate = pyo.Expression(sorted(class_of), rule=lambda m, n: step * m.level[class_of[n]])
        rule(model)

    return add


def solve(
    classes: Sequence[GridClass],
    ranges: Sequence[Range],
    order: Sequence[int],
    total: Fraction,
    cuts: Sequence[tuple[Sequence[int], Miss]],
    rules: Sequence[Rule],
    effort: Effort,
    deadline: float,
) -> Found | None:
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
        return Found([low for low, _ in ranges])
    nearest = HotSolver(first.program, effort.until(deadline), presolve=False).solve()
    if nearest.stop is Stop.INFEASIBLE:
        if rules:
            return None
        raise SolverFailure("a rounding that must exist was not found")
    near = _levels(model, first, nearest, ranges)
    model.nearest = pyo.Constraint(expr=model.distance <= nearest.objective + SAME)
    model.least_distance.deactivate()
    model.least_reached = pyo.Objective(expr=model.reached)
    second = compile_model(model)
    gap = 0.0 if nearest.stop is Stop.OPTIMAL else min(nearest.gap, 1.0)
    try:
        last = HotSolver(second.program, effort.until(deadline, proved=True), presolve=False).solve()
    except OutOfTime:
        return Found(near, gap, tightest=False)
    if last.stop is Stop.INFEASIBLE:
        return Found(near, gap, tightest=False)
    tight = _levels(model, second, last, ranges)
    better = min(tight, near, key=lambda levels: weighted(classes, levels))
    return Found(tight if last.stop is Stop.OPTIMAL else better, gap, last.stop is Stop.OPTIMAL)


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
    classes: Sequence[GridClass], ranges: Sequence[Range], order: Sequence[int], total: Fraction
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
    needed = total - weighted(classes, [low for low, _ in ranges])
    model.backing = pyo.Constraint(expr=model.reached >= float(needed))
    pairs = [((k, level), (k, level - 1)) for k, level in steps if level - 1 > ranges[k][0]]
    for k, following in pairwise(order):
        low, high = max(ranges[k][0], ranges[following][0]), ranges[k][1]
        pairs += [((k, level), (following, level)) for level in range(low + 1, high + 1)]
    model.rising = pyo.Constraint(range(len(pairs)), rule=lambda m, n: m.up[pairs[n][0]] - m.up[pairs[n][1]] <= 0)
    model.least_distance = pyo.Objective(expr=model.distance)
    return model


def weighted(classes: Sequence[GridClass], levels: Sequence[int]) -> Fraction:
    """Return the exact weighted sum of levels."""
    return total_of(c.weight * level for c, level in zip(classes, levels, strict=True))


def total_of(values: Iterable[Fraction]) -> Fraction:
    """Return the sum of fractions, exact."""
    return sum(values, Fraction(0))
