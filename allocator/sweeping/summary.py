"""What a sweep remembers of its samples: counts and sums that can be added in any order.

Means are kept as whole numbers of 2^-30 of a block's sum. Whole numbers add up to the same
whatever the order, so a summary does not depend on chunks, engines or restarts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from allocator.sweeping.samples import Samples
from solvers.problem import SolverFailure

Array = NDArray[np.float64]
Counts = NDArray[np.int64]

STEP = 1e-4
"""Width of a bin of rates: a hundredth of a point."""
_CELLS = 4_000_000
_ONE = float(2**30)
_TOUCH = 1e-9
_PAIRS = 20_000_000
"""Comparisons of pairs that are made at most."""
_FEWEST = 1000
"""With fewer samples than this nothing is said about pairs."""


class SampleWrong(SolverFailure):
    """A sample's split does not satisfy its own bounds or backing row; the text says which."""


@dataclass(frozen=True, eq=False)
class Frame:
    """What the samples are held against."""

    thresholds: Array  # Rates that part the classes, lowest first, shape (classes - 1,)
    base: NDArray[np.int8]  # Number of thresholds below the plan's own rate, shape (n,)
    # lowest, highest: Rates between which all samples lie
    lowest: float
    highest: float
    criteria: int  # k

    def __len__(self) -> int:
        return int(self.base.size)

    @cached_property
    def bins(self) -> int:
        """Number of bins a region's rates are counted in."""
        return min(int(np.ceil((self.highest - self.lowest) / STEP)) + 1, max(_CELLS // len(self), 100))

    @property
    def width(self) -> float:
        """Width of a bin, fraction."""
        return max((self.highest - self.lowest) / (self.bins - 1), STEP / 10)

    @property
    def pair_samples(self) -> int:
        """How many of the first samples are looked at pair by pair; 0 where that is too much work."""
        affordable = _PAIRS // max(len(self) * (len(self) - 1) // 2, 1)
        return affordable if affordable >= _FEWEST else 0


@dataclass(frozen=True, eq=False)
class Summary:
    """Counts and sums over samples."""

    # samples, refused, unreached: Number of splits, of samples with a reference rate not above zero, and of those
    # whose bounds do not allow the total; shape (1,) each
    samples: Counts
    refused: Counts
    unreached: Counts
    sums: Counts  # Sum of the rates in 2^-30, shape (n,)
    # lowest, highest: Shape (n,)
    lowest: Array
    highest: Array
    histogram: Counts  # Rates by bins, shape (n, bins)
    above: Counts  # How many samples lie above each threshold, shape (n, classes - 1)
    weights: Counts  # Sum of the weights of all samples in 2^-30, shape (k,)
    weights_above: Counts  # The same of the samples above each threshold, shape (classes - 1, n, k)
    # at_lower, at_upper: How often a region sits at its bound, shape (n,)
    at_lower: Counts
    at_upper: Counts
    moved: Counts  # Samples by the number of regions that left their class, shape (n + 1,)
    # higher, compared: How often region i has the higher rate than j, shape (n, n), and in how many samples, (1,)
    higher: Counts
    compared: Counts
    misfit: Array  # The largest departure from a backing row, shape (1,)

    @classmethod
    def empty(cls, frame: Frame) -> Summary:
        """Return the summary of no samples."""
        n, k, cuts = len(frame), frame.criteria, frame.thresholds.size
        shapes: Mapping[str, tuple[int, ...]] = {
            "samples": (1,), "refused": (1,), "unreached": (1,), "sums": (n,), "histogram": (n, frame.bins),
            "above": (n, cuts), "weights": (k,), "weights_above": (cuts, n, k), "at_lower": (n,), "at_upper": (n,),
            "moved": (n + 1,), "higher": (n, n) if frame.pair_samples else (0, 0), "compared": (1,),
        }  # fmt: skip
        counts = {name: np.zeros(shape, dtype=np.int64) for name, shape in shapes.items()}
        return cls(lowest=np.full(n, np.inf), highest=np.full(n, -np.inf), misfit=np.zeros(1), **counts)

    def take(
        self, frame: Frame, samples: Samples, rates: Array, reached: NDArray[np.bool_], more: bool = False
    ) -> None:
        """Add one block, in place; with `more` a split may exceed its total.

        Raises SampleWrong: A split leaves its bounds or misses its total.
        """
        unreached = int(reached.size - np.count_nonzero(reached))
        self._count(refused=samples.refused, unreached=unreached)
        weights, block = samples.weights, samples.block
        missing = block.totals - block.weighted(rates)
        misfit = np.maximum(missing, 0) if more else np.abs(missing)
        lower, upper = block.lower, block.upper
        if unreached:
            misfit, weights, rates = misfit[reached], weights[:, reached], rates[:, reached]
            lower, upper = (bound if bound.shape[1] == 1 else bound[:, reached] for bound in (lower, upper))
        count = rates.shape[1]
        if not count:
            return
        lowest, highest = rates.min(axis=1), rates.max(axis=1)
        _check(samples.numbers[reached], rates, misfit, (lower, upper), (lowest, highest))
        above, weights_above, moved = _classes(frame, rates, weights)
        first = samples.numbers[0] < frame.pair_samples
        self._count(
            samples=count, sums=_whole(rates.sum(axis=1)), weights=_whole(weights.sum(axis=1)), above=above,
            weights_above=weights_above, moved=moved, at_lower=_touching(rates, lower, lowest),
            at_upper=_touching(-rates, -upper, -highest), higher=_higher(rates) if first else 0,
            compared=count if first else 0,
        )  # fmt: skip
        _count_bins(self.histogram, frame, rates)
        np.minimum(self.lowest, lowest, out=self.lowest)
        np.maximum(self.highest, highest, out=self.highest)
        np.maximum(self.misfit, misfit.max(), out=self.misfit)

    def _count(self, **more: Counts | int) -> None:
        """Add counts by name, in place."""
        for name, found in more.items():
            mine: Counts = getattr(self, name)
            mine += found

    def add(self, other: Summary) -> None:
        """Add another summary to this one, in place."""
        for field in fields(self):
            mine, its = getattr(self, field.name), getattr(other, field.name)
            if field.name == "lowest":
                np.minimum(mine, its, out=mine)
            elif field.name in ("highest", "misfit"):
                np.maximum(mine, its, out=mine)
            else:
                mine += its

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays by name, in the order of the fields."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def quantiles(self, frame: Frame, shares: Array) -> Array:
        """Return quantiles of the rates, to half a bin, shape (shares, n)."""
        reached = np.cumsum(self.histogram, axis=1)
        found = np.empty((shares.size, len(frame)))
        for n, row in enumerate(reached):
            places = np.searchsorted(row, shares * row[-1], side="left")
            found[:, n] = frame.lowest + (places + 0.5) * frame.width
        return np.clip(found, self.lowest, self.highest)

    def class_counts(self) -> Counts:
        """Return how many samples put each region into each class, lowest class first, shape (n, classes)."""
        edges = np.column_stack(
            [np.full(self.sums.size, self.samples[0]), self.above, np.zeros(self.sums.size, np.int64)]
        )
        return np.asarray(edges[:, :-1] - edges[:, 1:])

    def class_weights(self) -> Array:
        """Return the mean weights of the samples in each class, lowest first; zeros where none is, (n, classes, k)."""
        whole = np.broadcast_to(self.weights, (1, self.sums.size, self.weights.size))
        edges = np.concatenate([whole, self.weights_above, np.zeros_like(whole)])
        sums = np.moveaxis(edges[:-1] - edges[1:], 0, 1) / _ONE
        counts = self.class_counts()[:, :, None]
        return np.asarray(np.where(counts > 0, sums / np.maximum(counts, 1), 0.0))

    def means(self) -> Array:
        """Return the mean rates, shape (n,)."""
        return np.asarray(self.sums / _ONE / max(int(self.samples[0]), 1))


def _check(
    numbers: NDArray[np.intp], rates: Array, misfit: Array, bounds: tuple[Array, Array], ends: tuple[Array, Array]
) -> None:
    """Hold every split against its own bounds and backing row; `ends` are each region's lowest and highest rate."""
    off = ~(misfit <= _TOUCH)
    (lower, upper), (lowest, highest) = bounds, ends
    if (lowest < lower.max(axis=1) - _TOUCH).any() or (highest > upper.min(axis=1) + _TOUCH).any():
        off |= ((rates < lower - _TOUCH) | (rates > upper + _TOUCH)).any(axis=0)
    if off.any():
        raise SampleWrong(f"sample {int(numbers[int(off.argmax())])} leaves its bounds or misses the backing row")


def _classes(frame: Frame, rates: Array, weights: Array) -> tuple[Counts, Counts, Counts]:
    """Return counts and weights above each threshold, and samples by how many regions moved."""
    n, k = rates.shape[0], weights.shape[0]
    counted = np.vstack([weights, np.ones(rates.shape[1])]).T
    above = np.zeros((n, frame.thresholds.size), dtype=np.int64)
    weights_above = np.zeros((frame.thresholds.size, n, k), dtype=np.int64)
    classes = np.zeros(rates.shape, dtype=np.int8)
    for t, threshold in enumerate(frame.thresholds):
        over = rates > threshold
        classes += over.view(np.int8)
        sums = over.astype(float) @ counted
        above[:, t] = np.rint(sums[:, k])
        weights_above[t] = _whole(sums[:, :k])
    moved = np.add.reduce((classes != frame.base[:, None]).view(np.uint8), axis=0, dtype=np.uint16)
    return above, weights_above, np.bincount(moved, minlength=n + 1)


def _count_bins(histogram: Counts, frame: Frame, rates: Array) -> None:
    """Count the rates of each region in their bins, in place; all lie between the frame's ends."""
    n, scale = len(frame), 1 / frame.width
    places = rates * scale
    # a hair up, so that a rate on an edge counts above it; bins of one region follow those of the one before
    places += (np.arange(n) * float(frame.bins) - frame.lowest * scale + _TOUCH)[:, None]
    found, flat = places.astype(np.int32).ravel(), histogram.reshape(-1)
    if found.size < flat.size:  # few rates for many bins: going through all bins would take longer
        np.add.at(flat, found, 1)
    else:
        flat += np.bincount(found, minlength=flat.size)


def _touching(rates: Array, bounds: Array, lowest: Array) -> Counts:
    """Return how often each region is at its lower bound; only regions that ever are are counted out."""
    found = np.zeros(rates.shape[0], dtype=np.int64)
    for n in np.flatnonzero(lowest <= bounds.max(axis=1) + _TOUCH):
        found[n] = np.count_nonzero(rates[n] <= bounds[n] + _TOUCH)
    return found


def _higher(rates: Array) -> Counts:
    """Return in how many samples region i has the higher rate than region j, shape (n, n)."""
    found = np.zeros((rates.shape[0],) * 2, dtype=np.int64)
    for i in range(rates.shape[0]):
        found[i] = _true(rates[i] > rates + _TOUCH)
    return found


def _true(mask: NDArray[np.bool_]) -> Counts:
    """Return how many are true in each row, shape (n,)."""
    return np.asarray(np.add.reduce(mask.view(np.uint8), axis=1, dtype=np.uint32).astype(np.int64))


def _whole(sums: Array) -> Counts:
    return np.asarray(np.rint(sums * _ONE).astype(np.int64))
