"""The cheapest split within bounds and rules, of steps that each member can take one after the other.

    min  Σ_ik scale_i price_ik x_ik     rate_i = Σ_k x_ik,  0 <= x_ik <= width_ik,  backing, bounds, rules

Prices of a member must not fall from step to step: the program would take a cheap one before a dear one that comes
first. The optimum sits at kinks and need not be one; the leximin split to the problem's reference settles it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyomo.environ as pyo

from solvers.effort import USUAL, Effort
from solvers.leximin import leximin
from solvers.model import Rule
from solvers.objectives.linear import rates_model, solved
from solvers.problem import Array, Infeasible, Split, SplitProblem

_NEAR = 1e-9
"""By how much the cost of the one answer may exceed the least, relative to it."""
_NEARER = (0.0, 1e-8, 1e-6)
"""What is added, relative to the least, where that was found to the solver's tolerance only."""
_BEYOND = 1e-9
"""By how much a rate may exceed all steps of its member."""


@dataclass(frozen=True, eq=False)
class Steps:
    """The steps of n members."""

    widths: tuple[tuple[float, ...], ...]  # In units of the rates, member by member
    prices: tuple[tuple[float, ...], ...]  # Per unit of what a rate stands for, not falling
    scale: Array  # What a rate of 1 of each member stands for, shape (n,)

    def __post_init__(self) -> None:
        if any(list(prices) != sorted(prices) for prices in self.prices):
            raise ValueError("prices must not fall from step to step")

    @property
    def reach(self) -> Array:
        """The highest rate that the steps of each member give, shape (n,)."""
        return np.array([sum(widths) for widths in self.widths])

    def cost(self, rates: Array) -> float | None:
        """Return what rates cost, None where one of them is beyond the steps or below zero."""
        if (rates > self.reach + _BEYOND).any() or (rates < -_BEYOND).any():
            return None
        total = 0.0
        for rate, scale, widths, prices in zip(rates.tolist(), self.scale.tolist(), self.widths, self.prices,
                                               strict=True):  # fmt: skip
            left = rate
            for width, price in zip(widths, prices, strict=True):
                total += scale * price * min(max(left, 0.0), width)
                left -= width
        return total


@dataclass(frozen=True, eq=False)
class Cheapest:
    """The split of least cost."""

    split: Split
    cost: float
    price: float  # By how much the least cost grows with the total


def cheapest(problem: SplitProblem, steps: Steps, rules: Sequence[Rule] = (), effort: Effort = USUAL) -> Cheapest:
    """Return the split of least cost; among several, the leximin one to the problem's reference.

    Raises Infeasible: no split within bounds, rules and steps.
    Raises SolverFailure: HiGHS gave no answer.
    """
    within = _within(problem, steps)
    model = rates_model(within, rules)
    unit = _unit(steps)
    model.cost = pyo.Objective(expr=_cost(model, steps, unit))
    found = solved(model, effort)
    least = found.solution.objective
    price = found.price(model.backing) * unit
    for more in _NEARER:
        try:
            split = leximin(within, (*rules, _at_most(steps, least + abs(least) * (_NEAR + more) + more, unit)), effort)
        except Infeasible:
            continue
        return Cheapest(split, least * unit, price)
    raise Infeasible


def _within(problem: SplitProblem, steps: Steps) -> SplitProblem:
    """Return the problem with upper bounds that the steps reach.

    Raises Infeasible: they do not reach a lower bound.
    """
    upper, lower = np.minimum(problem.upper, steps.reach), np.maximum(problem.lower, 0.0)
    if (lower > upper + _BEYOND).any():
        raise Infeasible
    return SplitProblem(
        problem.coefficients, problem.total, problem.reference, problem.scale, np.minimum(lower, upper), upper,
        problem.at_least, problem.may_exceed,
    )  # fmt: skip


def _unit(steps: Steps) -> float:
    """Return what costs are counted in, so that they are near one."""
    dear = (scale * max(map(abs, prices)) for scale, prices in zip(steps.scale.tolist(), steps.prices, strict=True))
    return float(max(*dear, 1e-9))


def _cost(model: pyo.ConcreteModel, steps: Steps, unit: float) -> Any:  # noqa: ANN401  (a Pyomo expression)
    """Add the steps, which make up the rates, and return their cost."""
    places = [(i, k) for i, widths in enumerate(steps.widths) for k in range(len(widths))]
    model.steps = pyo.Block()
    model.steps.part = pyo.Var(places, bounds=lambda _, i, k: (0, steps.widths[i][k]))

    def whole(block: pyo.Block, i: int) -> object:
        return pyo.quicksum(block.part[i, k] for k in range(len(steps.widths[i]))) - model.rate[i] == 0

    model.steps.whole = pyo.Constraint(range(len(steps.widths)), rule=whole)
    scale = steps.scale.tolist()
    return pyo.quicksum(scale[i] * steps.prices[i][k] / unit * model.steps.part[i, k] for i, k in places)


def _at_most(steps: Steps, most: float, unit: float) -> Rule:
    """Return the rule that the cost is no larger than `most` units."""

    def add(model: pyo.ConcreteModel) -> None:
        cost = _cost(model, steps, unit)
        model.steps.most = pyo.Constraint(expr=cost <= most)

    return add
