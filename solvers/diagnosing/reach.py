"""Why there is no answer: how far the bounds reach, and the smallest change that gives one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solvers.closed.waterfill import waterfill
from solvers.problem import SUM_TOLERANCE, SplitProblem


@dataclass(frozen=True)
class Gap:
    """How far the total lies outside what the bounds allow."""

    # Total minus the highest reachable sum (positive: the upper bounds are too low), or minus the lowest reachable
    # sum (negative: the lower bounds are too high)
    short: float
    # The smallest equal step by which all those bounds must move (positive up, negative down) so that the total is
    # reached; None when even `limit` is not enough
    relaxation: float | None


def gap(problem: SplitProblem, limit: tuple[float, float]) -> Gap | None:
    """Return how far the total is out of reach, or None when it is within.

    `problem`: the problem; reference and scale play no part.
    `limit`: values beyond which no bound can be moved.
    """
    p = problem
    if p.total > p.highest_total + SUM_TOLERANCE:
        short, bound = p.total - p.highest_total, p.upper
    elif not p.at_least and p.total < p.lowest_total - SUM_TOLERANCE:
        short, bound = p.total - p.lowest_total, p.lower
    else:
        return None
    low, high = np.minimum(bound, limit[0]), np.maximum(bound, limit[1])
    moved = SplitProblem(p.coefficients, p.total, bound, np.ones(len(p)), low, high)
    if not moved.lowest_total <= p.total <= moved.highest_total:
        return Gap(short, None)
    steps = waterfill(moved).rates - bound
    return Gap(short, float(steps[np.argmax(np.abs(steps))]))
