"""The closed form: with bounds and the coupling row alone, one multiplier moves everyone.

    r_i = clip(reference_i + mu * scale_i, lower_i, upper_i),   coefficients @ r = total

The sum is piecewise linear and increasing in mu, with kinks where a member meets a
bound. Between the two kinks that enclose the total it is a straight line.
"""

from __future__ import annotations

import numpy as np

from solvers.problem import Infeasible, Split, SplitProblem


def waterfill(problem: SplitProblem) -> Split:
    """Return the optimum of a problem without rules.

    Raises Infeasible: the total lies outside what the bounds allow.
    Raises ValueError: the weighted sum may exceed the total: that is for the linear programs.
    """
    p = problem
    if p.at_least:
        raise ValueError("the closed form needs a weighted sum equal to the total")
    if p.may_exceed and p.lowest_total > p.total:
        return Split(p.lower.copy(), 0)
    if not p.within_reach:
        raise Infeasible
    meets_lower = (p.lower - p.reference) / p.scale
    meets_upper = (p.upper - p.reference) / p.scale
    kinks = np.concatenate([meets_lower, meets_upper])
    slopes = np.concatenate([p.coefficients * p.scale, -p.coefficients * p.scale])
    order = np.argsort(kinks, kind="stable")
    kinks, slopes = kinks[order], np.cumsum(slopes[order])
    sums = p.lowest_total + np.concatenate([[0.0], np.cumsum(slopes[:-1] * np.diff(kinks))])
    at = int(np.clip(np.searchsorted(sums, p.total, side="right") - 1, 0, kinks.size - 2))
    middle = (kinks[at] + kinks[at + 1]) / 2
    free = (meets_lower < middle) & (middle < meets_upper)
    held = np.clip(p.reference + middle * p.scale, p.lower, p.upper)
    if not free.any():
        return Split(held, 0)
    rest = p.total - p.coefficients[~free] @ held[~free] - p.coefficients[free] @ p.reference[free]
    mu = rest / (p.coefficients[free] @ p.scale[free])
    rates = np.where(free, p.reference + mu * p.scale, held)
    return Split(np.clip(rates, p.lower, p.upper), 0)
