"""What one member's relief costs the others, in two ways that must agree.

By structure, with bounds and the coupling row alone: the free members F (those between
their bounds) share one multiplier, so when member x goes down by d, each j in F other
than x goes up by

    d a_x q_j / sum of a_i q_i over F without x

and the weighted sum stays what it was. This holds until one of them meets a bound.

By solving again: x is held at its lower value and the whole sequence of programs runs
once more. This is exact at any distance and with any rules.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from solvers.effort import USUAL, Effort
from solvers.leximin import leximin
from solvers.model import Rule
from solvers.problem import Array, Infeasible, SplitProblem

_AT_BOUND = 1e-9


def relief_slopes(problem: SplitProblem, rates: Array, member: int) -> Array | None:
    """Return how far each member moves per unit that `member` goes down, bounds and coupling row alone.

    `rates`: its optimum, shape (n,).
    Returns shape (n,), -1 at `member`; None when nobody else is between its bounds.
    """
    p = problem
    free = (rates > p.lower + _AT_BOUND) & (rates < p.upper - _AT_BOUND)
    free[member] = False
    if not free.any():
        return None
    shared = p.coefficients[member] / float(p.coefficients[free] @ p.scale[free])
    slopes = np.where(free, shared * p.scale, 0.0)
    slopes[member] = -1.0
    return slopes


def relief(
    problem: SplitProblem, rules: Sequence[Rule], rates: Array, member: int, step: float, effort: Effort = USUAL
) -> Array | None:
    """Return the changes of all rates when `member` is held `step` below its rate, by solving again.

    `problem`, `rules`: what was solved; the lower bound of `member` gives way if it must.
    `rates`: the optimum, shape (n,).
    `member`, `step`: who goes down, and by how much.
    Returns new less old rates, shape (n,); None when nobody can pick it up within bounds and rules.
    Raises SolverFailure: HiGHS gave no answer.
    """
    lower, upper = problem.lower.copy(), problem.upper.copy()
    lower[member] = upper[member] = rates[member] - step
    try:
        return leximin(replace(problem, lower=lower, upper=upper), rules, effort).rates - rates
    except Infeasible:
        return None
