"""The nearest weights at which one member's unbounded rate passes a threshold, in closed form.

With scores S = z w, their weighted mean z̄ w and weights w of sum 1, rates are

    linear        r_i = uniform + spread (z_i - z̄) w / max_{p,q} (z_p - z_q) w
    proportional  r_i = uniform z_i w / (z̄ w)

and the distance of two weights is what changes hands, Σ|Δw|/2. A proportional rate passes a
threshold on one side of a plane. A linear rate is at most uniform + τ spread when

    (z_i - z̄) w <= τ max_{p,q} (z_p - z_q) w

which for τ >= 0 holds on the near side of the plane of any one pair (p, q), and for τ < 0 on the
near side of all of them: one linear program. To be at least there turns both signs. The nearest
point of one plane moves weight from where it counts most to where it counts least.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from solvers.highs import HotSolver, Program, Stop
from solvers.problem import Array

MOST_PAIRS = 20_000
"""With more pairs of possible highest and lowest members nothing is said."""


@dataclass(frozen=True, eq=False)
class Law:
    """How unbounded rates come from weights."""

    scores: Array  # z, shape (n, k)
    mean: Array  # z̄, shape (k,)
    uniform: float  # The rate at the mean score
    spread: float | None  # Highest less lowest rate; None for the proportional law

    def rates(self, weights: Array) -> Array:
        """Return unbounded rates under weights of shape (k, cases), shape (n, cases)."""
        values, mean = self.scores @ weights, self.mean @ weights
        if self.spread is None:
            return np.asarray(self.uniform * values / mean)
        width = np.ptp(values, axis=0)
        return np.asarray(self.uniform + self.spread * (values - mean) / np.where(width > 0, width, np.inf))

    def planes(self) -> Array:
        """Return z_p - z_q for every pair that can stand highest and lowest, shape (pairs, k)."""
        if self.spread is None:
            return np.zeros((1, self.mean.size))
        highest, lowest = unbeaten(self.scores), unbeaten(-self.scores)
        pairs = self.scores[highest][:, None, :] - self.scores[lowest][None, :, :]
        return np.asarray(pairs.reshape(-1, self.mean.size))


class Nearest:
    """Finds the nearest weights under one law.

    `weights`: where one starts, shape (k,).
    """

    def __init__(self, law: Law, weights: Array) -> None:
        self.law, self.start = law, weights
        self._pairs = law.planes()

    @property
    def known(self) -> bool:
        """Whether there are few enough pairs."""
        return len(self._pairs) <= MOST_PAIRS

    def passing(self, member: int, threshold: float, up: bool) -> tuple[float, Array] | None:
        """Return how much weight changes hands, and the weights, when a rate goes to a threshold; None if it cannot.

        `threshold`, `up`: to be reached from above, or from below.
        """
        law, sign = self.law, -1.0 if up else 1.0
        if law.spread is None:
            return _across(sign * (law.uniform * law.scores[member] - threshold * law.mean)[None, :], self.start)
        tau = sign * (threshold - law.uniform) / law.spread
        towards = sign * (law.scores[member] - law.mean)
        if tau >= 0:
            return _across(towards - tau * self._pairs, self.start)
        return _within_all(towards - tau * self._pairs, self.start)

    def free(self, lower: Array, upper: Array) -> float:
        """Return a distance within which no unbounded rate passes a bound; infinite where none ever can.

        A score is from the mean of all by no more than the highest from the lowest, a rate by no more than the spread.
        """
        least, law = np.inf, self.law
        if law.spread is not None and (np.maximum(lower - law.uniform, law.uniform - upper) <= -law.spread).all():
            return float(least)
        for member, up, bound in _bounds(lower, upper):
            found = self.passing(member, bound, up)
            least = min(least, np.inf if found is None else found[0])
        return float(least)


def _bounds(lower: Array, upper: Array) -> Iterator[tuple[int, bool, float]]:
    for member, (low, high) in enumerate(zip(lower.tolist(), upper.tolist(), strict=True)):
        yield member, False, low
        yield member, True, high


def unbeaten(scores: Array) -> Array:
    """Return the members that nobody beats in every column."""
    return np.array([i for i, row in enumerate(scores) if not (scores > row).all(axis=1).any()])


def _across(planes: Array, start: Array) -> tuple[float, Array] | None:
    """Return the nearest weights with ``plane @ w <= 0`` for any one of some planes, shape (planes, k)."""
    order = np.argsort(-planes, axis=1, kind="stable")
    falls = np.take_along_axis(planes, order, axis=1)
    gains = falls - falls[:, -1:]
    given = start[order]
    before = np.concatenate([np.zeros((len(planes), 1)), np.cumsum(gains * given, axis=1)[:, :-1]], axis=1)
    missing = (planes @ start)[:, None] - before
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.where(gains > 0, missing / gains, np.where(missing > 0, np.inf, 0.0))
    moved = np.clip(part, 0.0, given).sum(axis=1)
    moved[falls[:, -1] > 0] = np.inf
    best = int(moved.argmin())
    if not np.isfinite(moved[best]):
        return None
    weights, taken = start.copy(), np.clip(part[best], 0.0, given[best])
    weights[order[best]] -= taken
    weights[order[best, -1]] += taken.sum()
    return float(moved[best]), weights


def _within_all(planes: Array, start: Array) -> tuple[float, Array] | None:
    """Return the nearest weights with ``plane @ w <= 0`` for all of some planes, shape (planes, k)."""
    k = start.size
    size = np.abs(planes).max(axis=1, keepdims=True)
    rows = planes / np.where(size > 0, size, 1.0)
    matrix = np.block([
        [rows, np.zeros((len(rows), k))], [np.eye(k), -np.eye(k)], [np.ones((1, k)), np.zeros((1, k))],
    ])  # fmt: skip
    program = Program(
        costs=np.repeat([0.0, 1.0], k),
        lower=np.zeros(2 * k),
        upper=np.repeat([1.0, np.inf], k),
        matrix=csr_array(matrix),
        row_lower=np.concatenate([np.full(len(rows) + k, -np.inf), [1.0]]),
        row_upper=np.concatenate([np.zeros(len(rows)), start, [1.0]]),
        integer=np.zeros(2 * k, dtype=bool),
    )
    solution = HotSolver(program).solve()
    if solution.stop is not Stop.OPTIMAL:
        return None
    return solution.objective, np.clip(solution.values[:k], 0.0, 1.0)
