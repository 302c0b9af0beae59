"""The Nash product of room left below the upper bounds, within bounds and rules.

    max  Σ w_i ln(u_i - r_i)        backing, bounds, rules

With bounds alone ``a_i (u_i - r_i) = τ w_i`` for all who stand at none: the pair (u, w/a) of the closed form. With
rules the logarithms are held from above by tangents, and each round adds one for every member where it stands:

    max  Σ w_i t_i     t_i <= ln x + (u_i - r_i)/x - 1
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyomo.environ as pyo

from solvers.effort import USUAL, Effort
from solvers.model import Rule
from solvers.objectives.linear import rates_model, solved
from solvers.problem import Array, Split, SplitProblem

ROUNDS = 60
_GAP = 1e-10
"""Of objective and what its point is worth, at which the rounds end."""
_FIRST = 12
"""Tangents that a member begins with, from all of its room to a ten-thousandth."""
_LEAST = 1e-9
"""Room from which on no tangent gets nearer to none."""


def nash_under_rules(problem: SplitProblem, weights: Array, rules: Sequence[Rule], effort: Effort = USUAL) -> Split:
    """Return rates of the largest Nash product, to about 0.003 points.

    `problem`: whose upper bounds are the disagreement; its reference and scale play no part.
    `weights`: w, above zero, shape (n,).
    Raises Infeasible: no split satisfies bounds and rows.
    Raises SolverFailure: HiGHS gave no answer.
    """
    room = np.maximum(problem.upper - problem.lower, _LEAST)
    free = [i for i in range(len(problem)) if problem.upper[i] > problem.lower[i]]
    share = weights / weights[free].sum() if free else weights
    touching = [room * step for step in np.geomspace(1.0, 1e-4, _FIRST)]
    best, worth = problem.lower, -np.inf
    rounds = 0
    while rounds < ROUNDS:
        rounds += 1
        bound, rates = _round(problem, share, free, touching, rules, effort)
        left = np.maximum(problem.upper - rates, _LEAST)
        value = float(share[free] @ np.log(left[free]))
        if value > worth:
            best, worth = rates, value
        if not free or bound - worth <= _GAP:
            break
        touching.append(left)
    return Split(np.clip(best, problem.lower, problem.upper), rounds)


def _round(
    problem: SplitProblem, share: Array, free: Sequence[int], touching: Sequence[Array], rules: Sequence[Rule],
    effort: Effort,
) -> tuple[float, Array]:  # fmt: skip
    """Return what no product exceeds by these tangents (its logarithm), and the rates that would have it."""
    model = rates_model(problem, rules)
    model.worth = pyo.Var(free)
    at = {(i, k): float(points[i]) for k, points in enumerate(touching) for i in free}
    upper = problem.upper.tolist()

    def tangent(m: pyo.ConcreteModel, i: int, k: int) -> object:
        x = at[i, k]
        return x * m.worth[i] + m.rate[i] <= upper[i] + x * (float(np.log(x)) - 1.0)

    model.tangent = pyo.Constraint(list(at), rule=tangent)
    model.product = pyo.Objective(expr=-pyo.quicksum(float(share[i]) * model.worth[i] for i in free))
    found = solved(model, effort)
    return -found.solution.objective, found.of(model.rate)
