"""What rows of one or two entries say of the bounds of a member, once others are fixed."""

from __future__ import annotations

import numpy as np

from solvers.arrays import LevelProgram
from solvers.problem import Array

_PASSES = 10
"""How often bounds may pass on from member to member; fewer only leave them wider."""


class ShortRows:
    """The rows ``low <= a x_i + b x_j <= high`` of a program, but for those of the deviations.

    In a row of two entries the other one alone stands between a member and its bound, so nothing is lost to
    rounding, as it would be in a long sum.
    """

    def __init__(self, parts: LevelProgram) -> None:
        program, n = parts.program, len(parts.program.costs)
        counts = np.diff(program.matrix.indptr)
        short = (counts == 1) | (counts == 2)
        short[parts.above] = short[parts.below] = short[parts.backing] = False
        rows = np.flatnonzero(short)
        starts, two = program.matrix.indptr[rows], counts[rows] == 2
        seconds = np.minimum(starts + 1, program.matrix.nnz - 1)
        # a row of one entry gets a second one in a column that is always 0
        one = (program.matrix.indices[starts], program.matrix.data[starts])
        other = (
            np.where(two, program.matrix.indices[seconds], n),
            np.where(two, program.matrix.data[seconds], 1.0),
        )
        # each entry once as the member that is bounded, once as the other one
        self._member, self._other = np.concatenate([one[0], other[0]]), np.concatenate([other[0], one[0]])
        self._by, self._others_by = np.concatenate([one[1], other[1]]), np.concatenate([other[1], one[1]])
        self._low, self._high = (np.tile(side[rows], 2) for side in (program.row_lower, program.row_upper))
        self._rates = parts.rates
        self._lower, self._upper = np.append(program.lower, 0.0), np.append(program.upper, 0.0)

    def tightened(self, lower: Array, upper: Array) -> tuple[Array, Array]:
        """Return the bounds of the rates as these rows leave them.

        `lower`, `upper`: bounds of the rates, shape (n,); equal for a member that is fixed.
        """
        if not self._member.size:
            return lower, upper
        low, high = self._lower.copy(), self._upper.copy()
        low[self._rates], high[self._rates] = lower, upper
        for _ in range(_PASSES):
            before = low.copy(), high.copy()
            ends = self._others_by * low[self._other], self._others_by * high[self._other]
            least, most = np.minimum(*ends), np.maximum(*ends)
            sides = (self._low - most) / self._by, (self._high - least) / self._by
            np.maximum.at(low, self._member, np.minimum(*sides))
            np.minimum.at(high, self._member, np.maximum(*sides))
            low[-1] = high[-1] = 0.0
            if np.array_equal(low, before[0]) and np.array_equal(high, before[1]):
                break
        return low[self._rates], high[self._rates]
