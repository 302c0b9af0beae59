"""From the numbers of samples to their splits: weights, scores, references, rates, block by block.

    S = Z w,   ref = R* + h (S - S̄),   h = spread / (S_max - S_min)        (allocator.target, for many w at once)
    r = clip(ref + mu q, l, u)                                              (solvers.waterfill_block)

What a sample may vary besides the criterion weights: the weights inside the criteria,
growth within its margins, spread, bounds, normaliser and reference map.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from allocator.planning.reference import NO_SCORE
from allocator.sweeping.arrays import ProvinceArrays
from allocator.sweeping.designs import Cube, Given, WeightDesign, dirichlet
from allocator.sweeping.options import (
    BOUNDS,
    BOUNDS_RANGE,
    CHOICES,
    GROWTH,
    MAP,
    MAPS,
    NORMALISER,
    SPREAD,
    SPREAD_RANGE,
    WEIGHTS,
    WITHIN,
)
from solvers.closed.blocks import Block, block_size

Array = NDArray[np.float64]

_FLAT = 1e-12


@dataclass(frozen=True, eq=False)
class Samples:
    """A block of samples; refused ones have left it."""

    numbers: NDArray[np.intp]  # Of the samples, shape (samples,)
    weights: Array  # Criterion weights, shape (k, samples)
    block: Block  # Their split problems
    refused: int  # How many samples left because a reference rate was not above zero


@dataclass(frozen=True, eq=False)
class SampleChain:
    """Turns numbers of samples into split problems."""

    province: ProvinceArrays  # The arrays of the scenario
    over: tuple[str, ...]  # What varies, some of `CHOICES`
    design: WeightDesign | Given  # Criterion weights
    seed: int  # Of the points

    @property
    def cube(self) -> Cube:
        """The points of the samples: coordinates in the order of `CHOICES`."""
        p = self.province
        sizes = {WEIGHTS: self.design.dimensions, WITHIN: int(p.usable.sum()), GROWTH: len(p), SPREAD: 1, BOUNDS: 2}
        return Cube(sum(sizes.get(choice, 1) for choice in CHOICES if choice in self.over), self.seed)

    @property
    def block(self) -> int:
        """Samples in a block; chunks begin and end with blocks, so that results do not depend on them."""
        return block_size(len(self.province))

    def samples(self, points: Array, first: int) -> Samples:
        """Return the split problems of some samples.

        `points`: their points, shape (dimensions, samples).
        """
        p, count = self.province, points.shape[1]
        at = _Coordinates(points)
        weights = np.repeat(p.criteria[:, None], count, axis=1)
        if WEIGHTS in self.over:
            weights = self.design.weights(at.next(self.design.dimensions), first)
        within = self._within(at) if WITHIN in self.over else None
        a, totals, uniform, shares = self._backing(at, count)
        spread: Array | float = p.spread
        if SPREAD in self.over:
            low, high = SPREAD_RANGE
            spread = (p.spread or p.asked / 2) * (low + (high - low) * at.next(1)[0])
        lower, upper = p.lower[:, None], p.upper[:, None]
        if BOUNDS in self.over:
            moves = BOUNDS_RANGE * (2 * at.next(2) - 1)
            lower, upper = np.clip(lower + moves[0], -0.99, 0.99), np.clip(upper + moves[1], -0.99, 0.99)
            lower, upper = np.minimum(lower, upper), np.maximum(lower, upper)
        scores = self._scores(weights, within, at.next(1)[0] if NORMALISER in self.over else None)
        reference = self._reference(scores, spread, uniform, shares, at.next(1)[0] if MAP in self.over else None)
        scale = reference if p.relative else np.ones_like(reference)
        block = Block(a, totals, reference, scale, lower, upper)
        numbers = np.arange(first, first + count)
        good = reference.min(axis=0) > 0
        if good.all():
            return Samples(numbers, weights, block, 0)
        kept = np.flatnonzero(good)
        return Samples(numbers[kept], weights[:, kept], block.some(kept), int(count - kept.size))

    def _within(self, at: _Coordinates) -> Array:
        """Return weights inside the criteria, shape (m, samples)."""
        p = self.province
        points = at.next(int(p.usable.sum()))
        within = np.zeros((p.usable.size, points.shape[1]))
        used = np.flatnonzero(p.usable)
        for criterion in range(p.criteria.size):
            rows = np.flatnonzero(p.criterion_of[used] == criterion)
            if rows.size:
                within[used[rows]] = dirichlet(points[rows], np.ones(rows.size))
        return within

    def _backing(self, at: _Coordinates, count: int) -> tuple[Array, Array, Array | float, Array]:
        """Return a, the total, the uniform rate and a / Σ a; for all samples alike where growth is given."""
        p = self.province
        growth = p.growth[:, None]
        if GROWTH in self.over:
            growth = growth + p.half_widths[:, None] * (2 * at.next(len(p)) - 1)
        ends = p.emissions[:, None] * growth
        end_gdp = np.einsum("i,ij->j", p.gdp, growth)
        scale = p.gdp.sum() / p.emissions.sum() / end_gdp  # 1 / (E G)
        a = ends * scale
        whole = a.sum(axis=0)
        asked = p.asked + np.maximum(p.reserve * scale - (1 - p.asked) * p.reserve_gdp / end_gdp, 0.0)
        asked = asked if p.left is None else np.maximum(asked, 1 - p.left * scale)
        totals = asked + whole - 1
        uniform = totals / whole
        if a.shape[1] == 1:
            return a, np.full(count, totals[0]), float(uniform[0]), a / whole
        return a, totals, uniform, a / whole

    def _scores(self, weights: Array, within: Array | None, choice: Array | None) -> Array:
        """Return the scores, shape (n, samples)."""
        found = [self._table_scores(n, weights, within) for n in range(len(self.province.tables))]
        if choice is None:
            return found[0]
        picked = np.minimum((choice * len(found)).astype(np.intp), len(found) - 1)
        scores = found[0]
        for n, other in enumerate(found[1:], start=1):
            scores[:, picked == n] = other[:, picked == n]
        return scores

    def _table_scores(self, number: int, weights: Array, within: Array | None) -> Array:
        p = self.province
        table, inside = p.tables[number], p.within[number]
        if within is not None:
            return np.asarray(table @ (weights[p.criterion_of] * within))
        return np.asarray(_criterion_scores(table, inside, p.criterion_of, p.criteria.size) @ weights)

    def _reference(
        self, scores: Array, spread: Array | float, uniform: Array | float, shares: Array, choice: Array | None
    ) -> Array:
        """Return the reference rates in the memory of the scores, shape (n, samples)."""
        p = self.province
        column = shares[:, 0] if shares.shape[1] == 1 else None
        mean = np.einsum("i,ij->j", column, scores) if column is not None else np.einsum("ij,ij->j", shares, scores)
        width = scores.max(axis=0)
        least = scores.min(axis=0)
        width -= least
        flat = width <= _FLAT
        slope = np.where(flat, 0.0, spread / np.where(flat, 1.0, width))
        if choice is None and p.map == "linear":
            return _on_line(scores, slope, uniform - slope * mean)
        # a score that is not positive has no share: the sample is refused, see `samples`
        even = np.where((least > NO_SCORE) & (mean > 0), uniform / np.where(mean > 0, mean, 1.0), 0.0)
        if choice is None:
            picked = np.full(scores.shape[1], MAPS.index(p.map))
        else:
            picked = np.minimum((choice * len(MAPS)).astype(np.intp), len(MAPS) - 1)
        factor = np.choose(picked, [slope, even, np.zeros_like(slope)])
        constant = np.choose(picked, [uniform - slope * mean, np.zeros_like(slope), uniform + np.zeros_like(slope)])
        return _on_line(scores, factor, constant)


@dataclass
class _Coordinates:
    """Hands out the coordinates of points one after another."""

    points: Array
    used: int = 0

    def next(self, count: int) -> Array:
        """Return the next coordinates, shape (count, samples)."""
        self.used += count
        return self.points[self.used - count : self.used]


def _on_line(scores: Array, slope: Array, constant: Array) -> Array:
    np.multiply(scores, slope, out=scores)
    return np.add(scores, constant, out=scores)


def _criterion_scores(table: Array, within: Array, criterion_of: NDArray[np.intp], criteria: int) -> Array:
    """Return the score of each region under each criterion alone, shape (n, k)."""
    indicators = np.zeros((within.size, criteria))
    indicators[np.arange(within.size), criterion_of] = within
    return np.asarray(table @ indicators)
