"""One option a group, at least cost, so that the weights reach a total: exact, without a solver.

    minimise   sum_g cost[g, option_g]   subject to   sum_g weight[g, option_g] >= total

and among those of least cost the one of least weight. Group by group, all partial
choices are kept that may still win: one is dropped when it cannot reach the total, when
it already costs more than a choice that does, or when another costs less and weighs no
less. Floating point only sorts out what differs by more than rounding; exact arithmetic
has the last word.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from solvers.problem import Array

Option = tuple[float, Fraction]
"""Cost and weight."""

MOST = 4096
"""With more partial choices alive the search is given up: it would be slower than an integer program."""

SAME = 1e-9
"""Costs that differ by less count as equal."""

_HAIR = 1e-12


def least_choice(groups: Sequence[Sequence[Option]], total: Fraction) -> list[int] | None:
    """Return the option of each group, or None when the search is given up.

    `groups`: options of each group, in rising weight.
    `total`: what the weights must reach.
    Raises ValueError: even the heaviest options do not reach the total.
    """
    if sum((options[-1][1] for options in groups), Fraction(0)) < total:
        raise ValueError("no choice reaches the total")
    costs = [np.array([cost for cost, _ in options]) for options in groups]
    weights = [np.array([float(weight) for _, weight in options]) for options in groups]
    hair = _HAIR * max(1.0, sum(float(np.abs(weight).max()) for weight in weights))
    most = _affordable(costs, weights, float(total) + hair) + 2 * SAME
    alive = _search(costs, weights, float(total) - hair, most, hair)
    return None if alive is None else _best(alive, groups, total)


def _affordable(costs: Sequence[Array], weights: Sequence[Array], total: float) -> float:
    """Return the cost of a choice that reaches the total: the cheapest options, then the best steps upward."""
    chosen = [int(cost.argmin()) for cost in costs]
    reached = sum(weight[k] for weight, k in zip(weights, chosen, strict=True))
    while reached < total:
        steps = [
            ((cost[k + 1] - cost[k]) / max(weight[k + 1] - weight[k], 1e-300), g)
            for g, (cost, weight, k) in enumerate(zip(costs, weights, chosen, strict=True))
            if k + 1 < cost.size
        ]
        if not steps:
            break
        g = min(steps)[1]
        reached += weights[g][chosen[g] + 1] - weights[g][chosen[g]]
        chosen[g] += 1
    return float(sum(cost[k] for cost, k in zip(costs, chosen, strict=True)))


def _search(
    costs: Sequence[Array], weights: Sequence[Array], total: float, most: float, hair: float
) -> tuple[Array, NDArray[np.int64]] | None:
    """Return costs and options, shapes (k,) and (k, groups), of the choices that may be the best."""
    cost, weight, options = np.zeros(1), np.zeros(1), np.zeros((1, 0), dtype=np.int64)
    cheapest = np.array([each.min() for each in costs])
    heaviest = np.array([each.max() for each in weights])
    for g, (more, heavier) in enumerate(zip(costs, weights, strict=True)):
        chosen = np.tile(np.arange(more.size), cost.size)
        options = np.column_stack([np.repeat(options, more.size, axis=0), chosen])
        cost = (cost[:, None] + more).ravel()
        weight = (weight[:, None] + heavier).ravel()
        within = (weight + heaviest[g + 1 :].sum() >= total) & (cost + cheapest[g + 1 :].sum() <= most)
        at = np.flatnonzero(within)
        at = at[np.argsort(cost[at], kind="stable")]
        cost, weight, options = cost[at], weight[at], options[at]
        cheaper = np.searchsorted(cost, cost - SAME, side="left")
        heaviest_cheaper = np.concatenate([[-np.inf], np.maximum.accumulate(weight)])[cheaper]
        kept = heaviest_cheaper < weight + hair
        cost, weight, options = cost[kept], weight[kept], options[kept]
        if cost.size > MOST:
            return None
    return cost, options


def _best(
    alive: tuple[Array, NDArray[np.int64]], groups: Sequence[Sequence[Option]], total: Fraction
) -> list[int] | None:
    """Return the choice of least cost that reaches the total exactly, and of least weight among its equals."""
    best, least, lightest = None, np.inf, Fraction(0)
    for cost, options in zip(*alive, strict=True):
        if cost > least + SAME:
            break
        chosen = options.tolist()
        reached = sum((group[k][1] for group, k in zip(groups, chosen, strict=True)), Fraction(0))
        if reached >= total and (best is None or reached < lightest):
            best, lightest, least = chosen, reached, min(least, float(cost))
    return best
