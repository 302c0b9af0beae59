"""The closed form for many problems with needs of disjoint groups: one multiplier a group.

    r_i = clip(reference_i + mu_g scale_i, lower_i, upper_i),   mu_g = mu unless the group's need asks for more

Whoever lacks its need under the common multiplier stands at its need; the others share what
is left of the total. That lowers the common multiplier, so a group that stands at its need
stays there, and groups join until none lacks anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from solvers.closed.blocks import Block, BlockWaterfill
from solvers.problem import Array

_HAIR = 1e-14


@dataclass(frozen=True, eq=False)
class Group:
    """Members whose weighted sum must not be less than a need: sum a_i r_i >= needed."""

    members: NDArray[np.intp]  # Their positions, shape (m,)
    needed: float  # In units of the coupling row


class GroupWaterfill:
    """Solves block after block where disjoint groups have needs.

    `problems`: how many problems a block holds at most.
    Raises ValueError: two groups share a member.
    """

    def __init__(self, members: int, problems: int, groups: Sequence[Group]) -> None:
        everybody = np.concatenate([group.members for group in groups]) if groups else np.empty(0)
        if np.unique(everybody).size < everybody.size:
            raise ValueError("groups must be disjoint")
        self._groups = tuple(groups)
        self._fill = BlockWaterfill(members, problems)
        self._fills = [BlockWaterfill(group.members.size, problems) for group in groups]

    def solve(self, block: Block) -> tuple[Array, NDArray[np.bool_]]:
        """Return the optimum of every problem of a block.

        Returns rates of shape (n, problems), which the next call may write over, and whether each was reached, shape
        (problems,); where it was not the rates mean nothing.
        Raises SolverFailure: the multiplier of a problem was not found.
        """
        rates, reached = self._fill.solve(block)
        left = np.flatnonzero(reached & self._short(block, rates).any(axis=0))
        if not left.size:
            return rates, reached
        rates = rates.copy()
        part, found = _open(block.some(left)), rates[:, left]
        settled = np.zeros((len(self._groups), left.size), dtype=bool)
        while left.size:
            short = self._short(part, found) & ~settled
            rates[:, left] = found
            keep = np.flatnonzero(short.any(axis=0) & reached[left])
            left, part, short, settled = left[keep], part.some(keep), short[:, keep], settled[:, keep] | short[:, keep]
            for number in np.flatnonzero(short.any(axis=1)):
                self._settle(int(number), part, np.flatnonzero(short[number]), left, reached)
            found, there = self._fill.solve(part)
            reached[left] &= there
        return rates, reached

    def _short(self, block: Block, rates: Array) -> NDArray[np.bool_]:
        """Return which groups lack their need, shape (groups, problems)."""
        short = np.empty((len(self._groups), rates.shape[1]), dtype=bool)
        for number, group in enumerate(self._groups):
            a, mine = block.coefficients[group.members], rates[group.members]
            given = np.einsum("i,ij->j", a[:, 0], mine) if a.shape[1] == 1 else np.einsum("ij,ij->j", a, mine)
            short[number] = given < group.needed - _HAIR
        return short

    def _settle(
        self, number: int, part: Block, at: NDArray[np.intp], left: NDArray[np.intp], reached: NDArray[np.bool_]
    ) -> None:
        """Hold a group's members where they just meet its need, in the problems `at` of `part`."""
        group = self._groups[number]
        own = replace(part.some(at).members(group.members), totals=np.full(at.size, group.needed))
        rates, there = self._fills[number].solve(own)
        reached[left[at]] &= there
        place = np.ix_(group.members, at)
        part.lower[place] = part.upper[place] = rates


def _open(block: Block) -> Block:
    """Return the block with bounds for every problem, to be written to."""
    shape = block.reference.shape
    return replace(
        block, lower=np.broadcast_to(block.lower, shape).copy(), upper=np.broadcast_to(block.upper, shape).copy()
    )
