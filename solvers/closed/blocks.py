"""The closed form for many problems of one province at once.

    r = clip(reference + mu * scale, lower, upper),   sum_i a_i r_i = total

one multiplier mu for each problem. Newton's method on the sum, which is piecewise linear
and increasing in mu: it ends on the straight line that meets the total. A bracket keeps a
step from leaving what is known; a flat piece is left by halving it.

Arrays are of shape (n, problems), the problems innermost, in blocks that stay in the
processor's cache, see `block_size`, and in memory that is asked for once. Sums over
members go through einsum, whose order does not depend on threads: the same block gives
the same bytes however many there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from solvers.problem import SUM_TOLERANCE, Array, SolverFailure

Number = TypeVar("Number", bound=np.generic)

CELLS = 160_000
"""Numbers in an array of a block: a little over a mebibyte."""

_EXACT = 1e-14
_STEPS = 200
_LONG = 2048
"""In rows shorter than this numpy is faster with two comparisons than with one clip."""


def block_size(members: int) -> int:
    """Return how many problems of so many members a block should hold; a power of two, 16 at least."""
    return 1 << max(CELLS // members, 16).bit_length() - 1


@dataclass(frozen=True, eq=False)
class Block:
    """Problems with one set of members."""

    coefficients: Array  # a, positive, shape (n, 1) for all problems or (n, problems)
    totals: Array  # Shape (problems,)
    # reference, scale: Shape (n, problems); the scale is positive, and may be the reference itself
    reference: Array
    scale: Array
    # lower, upper: Shape (n, 1) or (n, problems)
    lower: Array
    upper: Array

    def some(self, problems: NDArray[np.intp]) -> Block:
        """Return the block of some of the problems."""
        reference = np.take(self.reference, problems, axis=1)
        return Block(
            coefficients=_columns(self.coefficients, problems),
            totals=self.totals[problems],
            reference=reference,
            scale=reference if self.scale is self.reference else np.take(self.scale, problems, axis=1),
            lower=_columns(self.lower, problems),
            upper=_columns(self.upper, problems),
        )

    def members(self, positions: NDArray[np.intp]) -> Block:
        """Return the block of some of the members, with the same totals."""
        reference = self.reference[positions]
        return Block(
            coefficients=self.coefficients[positions],
            totals=self.totals,
            reference=reference,
            scale=reference if self.scale is self.reference else self.scale[positions],
            lower=self.lower[positions],
            upper=self.upper[positions],
        )

    def weighted(self, values: Array) -> Array:
        """Return the weighted sum of each problem, shape (problems,)."""
        if self.coefficients.shape[1] == 1:
            return np.asarray(np.einsum("i,ij->j", self.coefficients[:, 0], values))
        return np.asarray(np.einsum("ij,ij->j", self.coefficients, values))

    def at(self, mu: Array, out: Array) -> Array:
        """Return where the multipliers put everyone before the bounds, shape (n, problems)."""
        if self.scale is self.reference:
            return np.multiply(self.reference, 1 + mu, out=out)
        np.multiply(self.scale, mu, out=out)
        return np.add(self.reference, out, out=out)

    def clipped(self, wanted: Array, out: Array) -> Array:
        """Return `wanted` within the bounds, shape (n, problems)."""
        if wanted.shape[1] >= _LONG:
            return np.clip(wanted, self.lower, self.upper, out=out)
        return np.minimum(np.maximum(wanted, self.lower, out=out), self.upper, out=out)


class BlockWaterfill:
    """Solves block after block in memory of its own.

    `problems`: how many problems a block holds at most.
    """

    def __init__(self, members: int, problems: int) -> None:
        self._n = members
        self._free = np.empty(members * problems, dtype=bool)
        self._rates, self._wanted, self._reference, self._scale, self._product = np.empty((5, members * problems))

    def solve(self, block: Block) -> tuple[Array, NDArray[np.bool_]]:
        """Return the optimum of every problem of a block without rules.

        Returns rates of shape (n, problems), which the next call writes over, and whether each was reached, shape
        (problems,). Where the bounds do not allow the total it is not, and the rates are the bounds next to it.
        Raises SolverFailure: the multiplier of a problem was not found.
        """
        problems = block.totals.size
        rates = block.clipped(block.reference, self._view(self._rates, problems))
        missing = block.totals - block.weighted(rates)
        reached = np.ones(problems, dtype=bool)
        left = np.flatnonzero(np.abs(missing) > _EXACT)
        if not left.size:
            return rates, reached
        room_below = block.totals - block.weighted(block.lower)
        room_above = block.weighted(block.upper) - block.totals
        reached[:] = (room_below >= -SUM_TOLERANCE) & (room_above >= -SUM_TOLERANCE)
        inside = np.broadcast_to((room_below > 0) & (room_above > 0), missing.shape)[left]
        mu = np.zeros(problems)
        ends, between = left[~inside], left[inside]
        if ends.size:
            first, last = _kinks(self._take(block, ends))
            mu[ends] = np.where(missing[ends] > 0, last, first)
        if between.size:
            mu[between] = self._newton(self._take(block, between), missing[between])
        wanted = block.at(mu, self._view(self._wanted, problems))
        return block.clipped(wanted, rates), reached

    def _newton(self, block: Block, missing: Array) -> Array:
        """Return the multipliers of problems whose totals lie strictly between what the bounds give.

        `missing`: what the clipped references lack to the totals, shape (problems,).
        """
        found = np.zeros(missing.size)
        places = np.arange(missing.size)
        mu, low, high = found.copy(), np.full(missing.size, -np.inf), np.full(missing.size, np.inf)
        for _ in range(_STEPS):
            low, high = np.where(missing > 0, mu, low), np.where(missing < 0, mu, high)
            with np.errstate(divide="ignore"):
                mu = mu + missing / self._slope(block, mu)
            outside = np.flatnonzero(~((mu > low) & (mu < high)))
            if outside.size:
                first, last = _kinks(block)
                mu[outside] = (np.maximum(low, first) + np.minimum(high, last))[outside] / 2
            found[places] = mu
            wanted = block.at(mu, self._view(self._wanted, mu.size))
            missing = block.totals - block.weighted(block.clipped(wanted, wanted))
            left = np.flatnonzero(np.abs(missing) > _EXACT)
            if not left.size:
                return found
            if left.size < missing.size:
                block, places = self._take(block, left), places[left]
                mu, low, high, missing = mu[left], low[left], high[left], missing[left]
        raise SolverFailure("the closed form did not find a multiplier")

    def _slope(self, block: Block, mu: Array) -> Array:
        """Return by how much each sum grows per unit of its multiplier, shape (problems,)."""
        wanted = block.at(mu, self._view(self._wanted, mu.size))
        product = self._view(self._product, mu.size)
        free = np.equal(wanted, block.clipped(wanted, product), out=self._view(self._free, mu.size))
        return block.weighted(np.multiply(block.scale, free, out=product))

    def _take(self, block: Block, problems: NDArray[np.intp]) -> Block:
        """Return the block of some of the problems, in this solver's own memory."""
        reference = self._kept(block.reference, problems, self._reference)
        same = block.scale is block.reference
        return Block(
            coefficients=_columns(block.coefficients, problems),
            totals=block.totals[problems],
            reference=reference,
            scale=reference if same else self._kept(block.scale, problems, self._scale),
            lower=_columns(block.lower, problems),
            upper=_columns(block.upper, problems),
        )

    def _kept(self, array: Array, problems: NDArray[np.intp], room: Array) -> Array:
        """Return some columns in `room`, from which `array` may have come."""
        if problems.size == array.shape[1] and np.shares_memory(array, room):
            return array
        product = np.take(array, problems, axis=1, out=self._view(self._product, problems.size), mode="clip")
        kept = self._view(room, problems.size)
        kept[:] = product
        return kept

    def _view(self, room: NDArray[Number], problems: int) -> NDArray[Number]:
        return room[: self._n * problems].reshape(self._n, problems)


def _kinks(block: Block) -> tuple[Array, Array]:
    """Return the multipliers at which the first member leaves and the last one meets its bound."""
    first = ((block.lower - block.reference) / block.scale).min(axis=0)
    last = ((block.upper - block.reference) / block.scale).max(axis=0)
    return np.asarray(first), np.asarray(last)


def _columns(array: Array, problems: NDArray[np.intp]) -> Array:
    """Return the columns of some problems, or the one column of all."""
    return array if array.shape[1] == 1 else np.take(array, problems, axis=1)
