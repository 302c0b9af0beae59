"""Entries too small for the solver, and rows that say the same with larger ones.

HiGHS leaves out entries of 1e-12 and less, and cannot tell a dual below 1e-10 from none; so a
member with such a share of the coupling row or of a rule would stand anywhere. With A the rows
as given and B those with no entry of a rate below `SMALLEST`,

    lower <= A r <= upper   is   lower + (B - A) s <= B r <= upper + (B - A) s   at r = s,

and next to a split s the rows on the right differ by what r - s adds at tiny members only.
The tiny entries of a member are raised by one factor, so that a row that follows from others
still does.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from solvers.arrays import LevelProgram
from solvers.problem import Array, SplitProblem

SMALLEST = 1e-7
"""What a tiny entry is raised to."""

_LARGEST = 1e-4
"""What no entry is raised beyond for the sake of another."""


@dataclass(frozen=True, eq=False)
class Raised:
    """A program without tiny entries."""

    parts: LevelProgram  # The program with raised entries
    added: csr_array  # B - A for the rates, shape (rows, n)

    @property
    def none(self) -> bool:
        """Whether no entry was tiny."""
        return bool(self.added.nnz == 0)

    def shifted(self, added: Array) -> tuple[NDArray[np.int32], Array, Array]:
        """Return the rows with raised entries, and their bounds, when (B - A) s is `added`."""
        rows = np.flatnonzero(np.diff(self.added.indptr)).astype(np.int32)
        program = self.parts.program
        return rows, program.row_lower[rows] + added[rows], program.row_upper[rows] + added[rows]

    def problem(self, problem: SplitProblem, added: Array) -> SplitProblem:
        """Return the problem with the coupling row raised likewise."""
        more = self.added[[self.parts.backing], :].toarray().ravel()
        total = problem.total + float(added[self.parts.backing])
        return replace(problem, coefficients=problem.coefficients + more, total=total)


def raised(parts: LevelProgram) -> Raised:
    """Return a program with the tiny entries of its rates raised, all but those of the deviations."""
    given = parts.program.matrix.tocoo()
    place = np.full(given.shape[1], -1)
    place[parts.rates] = np.arange(parts.rates.size)
    deviations = np.zeros(given.shape[0], dtype=bool)
    deviations[parts.above] = deviations[parts.below] = True
    tiny = (given.data != 0) & (np.abs(given.data) < SMALLEST) & (place[given.col] >= 0) & ~deviations[given.row]
    size, column = np.abs(given.data), given.col
    smallest, largest = np.full(given.shape[1], np.inf), np.zeros(given.shape[1])
    np.minimum.at(smallest, column[tiny], size[tiny])
    np.maximum.at(largest, column[tiny], size[tiny])
    with np.errstate(divide="ignore"):
        factor = np.minimum(SMALLEST / smallest, _LARGEST / largest)[column]
    more = np.where(tiny, np.sign(given.data) * (np.maximum(size * factor, SMALLEST) - size), 0.0)
    added = csr_array((more[tiny], (given.row[tiny], place[given.col[tiny]])), (given.shape[0], parts.rates.size))
    if not tiny.any():
        return Raised(parts, added)
    matrix = csr_array((given.data + more, (given.row, given.col)), given.shape)
    return Raised(replace(parts, program=replace(parts.program, matrix=matrix)), added)
