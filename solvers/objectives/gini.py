"""The least Gini coefficient of burdens, within bounds and rules.

Members carry burdens ``b_i = a_i r_i / (p_i total)``, p the shares of what they are measured by (people, product); at
the total they have the mean Σ p b = 1. The linear program has a variable for the gap of each pair:

    min  Σ_{i<j} p_i p_j gap_ij     gap_ij >= b_i - b_j,  gap_ij >= b_j - b_i,  backing, bounds, rules

With bounds alone equal burdens clipped to the bounds are the answer, without a program: they are majorised by every
other split. With rules they are not, and this is what is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import pyomo.environ as pyo

from solvers.effort import USUAL, Effort
from solvers.leximin import leximin
from solvers.model import Rule
from solvers.objectives.linear import rates_model, solved
from solvers.problem import Array, Infeasible, Split, SplitProblem

_NEAR = 1e-9
"""By how much the coefficient of the one answer may exceed the least, relative to it."""
_NEARER = (0.0, 1e-8, 1e-6)
"""What is added, one after another, where the least was found to the solver's tolerance only."""


def least_gini(
    problem: SplitProblem, shares: Array, rules: Sequence[Rule] = (), effort: Effort = USUAL
) -> tuple[float, Array]:
    """Return the least Gini coefficient of burdens, and rates that have it.

    `shares`: p, above zero, adding up to one, shape (n,).
    Raises Infeasible: no split satisfies bounds and rows.
    Raises SolverFailure: HiGHS gave no answer.
    """
    model = rates_model(problem, rules)
    model.gini = pyo.Objective(expr=_spread(model, problem, shares))
    found = solved(model, effort)
    return found.solution.objective / len(problem) ** 2, found.of(model.rate)


def even_under_rules(problem: SplitProblem, shares: Array, rules: Sequence[Rule], effort: Effort = USUAL) -> Split:
    """Return the one split of least Gini coefficient: the leximin one to the problem's reference among them.

    Parameters and errors are those of `least_gini`.
    """
    least = least_gini(problem, shares, rules, effort)[0]
    for more in _NEARER:
        try:
            return leximin(problem, (*rules, _at_most(problem, shares, least * (1 + _NEAR) + more)), effort)
        except Infeasible:
            continue
    raise Infeasible


def _at_most(problem: SplitProblem, shares: Array, most: float) -> Rule:
    """Return the rule that the coefficient is no larger than `most`."""

    def add(model: pyo.ConcreteModel) -> None:
        spread = _spread(model, problem, shares)
        model.gaps.most = pyo.Constraint(expr=spread <= most * len(problem) ** 2)

    return add


def _spread(model: pyo.ConcreteModel, problem: SplitProblem, shares: Array) -> Any:  # noqa: ANN401  (Pyomo)
    """Add the gaps of all pairs, and return n² times the coefficient."""
    n, p = len(problem), shares.tolist()
    per_rate = (problem.coefficients / (problem.total * shares)).tolist()
    pairs = list(combinations(range(n), 2))
    model.gaps = pyo.Block()
    model.gaps.gap = pyo.Var(pairs, bounds=(0, None))

    def over(block: pyo.Block, i: int, j: int) -> object:
        return block.gap[i, j] - per_rate[i] * model.rate[i] + per_rate[j] * model.rate[j] >= 0

    def under(block: pyo.Block, i: int, j: int) -> object:
        return block.gap[i, j] + per_rate[i] * model.rate[i] - per_rate[j] * model.rate[j] >= 0

    model.gaps.over = pyo.Constraint(pairs, rule=over)
    model.gaps.under = pyo.Constraint(pairs, rule=under)
    return pyo.quicksum(n * n * p[i] * p[j] * model.gaps.gap[i, j] for i, j in pairs)
