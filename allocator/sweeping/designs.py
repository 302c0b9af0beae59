"""Designs: from the number of a sample to the choices it makes.

A sample is a point of the unit cube, and each sampler turns coordinates into weights:

    dirichlet       all weights, none likelier than another: w = e / Σ e, e = -ln(1 - u)
    around          Dirichlet about the plan's weights: w = v / Σ v, v the u-quantile of Gamma(concentration · plan's w)
    grid            every weight a multiple of 1/H, H the largest whose lattice fits into the samples
    one-at-a-time   one weight from 0 to 1 in even steps, the others in proportion to the plan's

(u / Σ u would crowd the middle of the simplex.) The points are scrambled Sobol points
(scipy.stats.qmc): sample 70,000 is the same point whoever computes it, and whatever else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from solvers.later import on_use

on_use("scipy.stats")  # of which the next line takes a part
import scipy.stats.qmc as qmc  # noqa: E402

Array = NDArray[np.float64]

DIRICHLET, AROUND, GRID, ONE_AT_A_TIME = "dirichlet", "around", "grid", "one-at-a-time"
SAMPLERS = (DIRICHLET, AROUND, GRID, ONE_AT_A_TIME)

_BITS = 30
_HALF = 2.0 ** -(_BITS + 1)
"""Sobol points are multiples of 2^-30, zero among them; half a step moves them inside the open cube."""


def dirichlet(points: Array, concentrations: Array) -> Array:
    """Return Dirichlet weights from points of the open unit cube.

    `points`: shape (k, samples).
    `concentrations`: shape (k,), positive; all ones spread evenly over the simplex.
    Returns shape (k, samples), columns adding up to one.
    """
    if (concentrations == 1).all():
        weights = np.log1p(-points)
    else:
        weights = np.maximum(gammaincinv(concentrations[:, None], points), np.finfo(float).tiny)
    weights /= weights.sum(axis=0)
    return np.asarray(weights)


def lattice(parts: int, steps: int) -> Array:
    """Return all weights that are multiples of 1/steps, shape (parts, C(steps + parts - 1, parts - 1))."""
    bars = np.array(list(combinations(range(steps + parts - 1), parts - 1)), dtype=np.int64)
    edges = np.column_stack([np.full(len(bars), -1), bars, np.full(len(bars), steps + parts - 1)])
    return np.asarray((np.diff(edges, axis=1) - 1).T / steps)


def lattice_steps(parts: int, samples: int) -> int:
    """Return the largest number of steps whose lattice has at most `samples` points; 0 when even one step has more."""
    steps = 0
    while comb(steps + parts, parts - 1) <= samples:
        steps += 1
    return steps


@dataclass(frozen=True, eq=False)
class WeightDesign:
    """How the criterion weights of a sample come about."""

    sampler: str  # One of `SAMPLERS`
    plan: Array  # The plan's weights, adding up to one, shape (k,)
    fixed: Mapping[int, float]  # Position -> weight that no sample changes; they add up to at most one
    samples: int  # How many samples the design is for
    concentration: float = 0.0  # Of `around`: the larger, the nearer to the plan's weights

    @cached_property
    def free(self) -> NDArray[np.intp]:
        """Positions of the weights that vary."""
        return np.array([k for k in range(self.plan.size) if k not in self.fixed], dtype=np.intp)

    @property
    def mass(self) -> float:
        """What is left to the weights that vary."""
        return 1.0 - sum(self.fixed.values())

    @property
    def dimensions(self) -> int:
        """Coordinates of the cube that it uses."""
        return self.free.size if self.sampler in (DIRICHLET, AROUND) else 0

    @property
    def size(self) -> int:
        """How many samples it has: a lattice seldom has exactly as many points as were asked for."""
        if self.sampler == GRID:
            return comb(self._steps + self.free.size - 1, self.free.size - 1)
        return self.samples

    @cached_property
    def _steps(self) -> int:
        return lattice_steps(self.free.size, self.samples)

    @cached_property
    def _lattice(self) -> Array:
        return lattice(self.free.size, self._steps)

    def weights(self, points: Array, first: int) -> Array:
        """Return the criterion weights of some samples.

        `points`: their coordinates, shape (dimensions, samples); only the shape matters where none are used.
        `first`: number of the first sample.
        Returns shape (k, samples), columns adding up to one.
        """
        samples = points.shape[1]
        if self.sampler == DIRICHLET:
            free = dirichlet(points, np.ones(self.free.size))
        elif self.sampler == AROUND:
            inner = self.plan[self.free]
            free = dirichlet(points, np.maximum(self.concentration * inner / inner.sum(), 1e-3))
        elif self.sampler == GRID:
            free = self._lattice[:, first : first + samples]
        else:
            free = self._one_at_a_time(np.arange(first, first + samples))
        if not self.fixed:
            return free
        weights = np.empty((self.plan.size, samples))
        weights[self.free] = self.mass * free
        for k, value in self.fixed.items():
            weights[k] = value
        return weights

    def _one_at_a_time(self, numbers: NDArray[np.intp]) -> Array:
        """Return weights in which number j % k goes from 0 to 1, the others in proportion."""
        k = self.free.size
        inner = self.plan[self.free]
        steps = max(-(-self.samples // k) - 1, 1)
        moved, share = numbers % k, numbers // k / steps
        weights = np.repeat(inner[:, None], numbers.size, axis=1)
        weights[moved, np.arange(numbers.size)] = 0
        rest = weights.sum(axis=0)
        # where all the plan's weight is on one criterion the others share evenly
        weights[:, rest == 0] = 1.0
        weights[moved, np.arange(numbers.size)] = 0
        weights *= (1 - share) / weights.sum(axis=0)
        weights[moved, np.arange(numbers.size)] = share
        return np.asarray(weights)


@dataclass(frozen=True, eq=False)
class Given:
    """Criterion weights given one by one, shape (k, samples)."""

    all: Array
    dimensions: int = 0

    def weights(self, points: Array, first: int) -> Array:
        """Return the weights of some samples, see `WeightDesign.weights`."""
        return self.all[:, first : first + points.shape[1]]


@dataclass(frozen=True)
class Cube:
    """Scrambled Sobol points by number."""

    dimensions: int  # Coordinates of a point; 0 is allowed
    seed: int  # Another seed, another scrambling

    def points(self, first: int, last: int) -> Array:
        """Return the points from number `first` to before `last`, inside the open cube, shape (dimensions, points)."""
        if self.dimensions == 0:
            return np.empty((0, last - first))
        engine = sobol_engine(self.dimensions, self.seed)
        if first:
            engine.fast_forward(first)
        drawn = np.empty((self.dimensions, last - first))
        drawn[:] = _random(engine, last - first).T
        drawn += _HALF
        return drawn

    def pick(self, numbers: NDArray[np.intp]) -> Array:
        """Return single points, numbers in rising order, shape (dimensions, numbers)."""
        if self.dimensions == 0:
            return np.empty((0, numbers.size))
        engine = sobol_engine(self.dimensions, self.seed)
        drawn, at = np.empty((self.dimensions, numbers.size)), 0
        for place, number in enumerate(numbers.tolist()):
            if number > at:
                engine.fast_forward(number - at)
            drawn[:, place] = engine.random(1)[0]
            at = number + 1
        drawn += _HALF
        return drawn


def sobol_engine(dimensions: int, seed: int, bits: int = _BITS) -> qmc.Sobol:
    """Return an engine of scrambled Sobol points."""
    return qmc.Sobol(dimensions, scramble=True, bits=bits, rng=np.random.default_rng(seed))


def _random(engine: qmc.Sobol, count: int) -> Array:
    """Return the next points; the first call takes a power of two, as the engine wants it, and leaves the rest."""
    rounded = 1 << (count - 1).bit_length()
    return np.asarray(engine.random(rounded if engine.num_generated == 0 else count))[:count]
