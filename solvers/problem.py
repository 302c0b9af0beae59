"""The split as arrays: what the solvers take and what they give back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

SUM_TOLERANCE = 1e-12
"""How far a sum over all members may be off before it counts as another number."""


class Infeasible(Exception):  # noqa: N818  (the field's own word)
    """No point satisfies bounds and rows."""


class SolverFailure(Exception):  # noqa: N818
    """The solver stopped without an answer; the text says why."""


class OutOfTime(SolverFailure):
    """The time was up before there was any answer."""


@dataclass(frozen=True, eq=False)
class SplitProblem:
    """Find r in [lower, upper] with coefficients @ r = total (or >= total), nearest to reference.

    Nearest means: the sorted vector of ``|r - reference| / scale``, largest first, is
    lexicographically smallest. All arrays have shape (n,).

    Raises ValueError: shapes differ, a number is not finite, a weight or scale is not positive, bounds cross.
    """

    coefficients: Array  # Positive weights a of the coupling row
    total: float  # What the weighted sum must be
    reference: Array  # Wanted values
    scale: Array  # Positive unit in which a member's deviation is measured
    # lower, upper: Bounds
    lower: Array
    upper: Array
    at_least: bool = False  # Whether the weighted sum may exceed the total, because a rule can ask for more
    may_exceed: bool = False  # Whether it may, as little as can be, where there is no split at the total

    def __post_init__(self) -> None:
        arrays = (self.coefficients, self.reference, self.scale, self.lower, self.upper)
        if len(self) == 0 or any(array.shape != (len(self),) for array in arrays):
            raise ValueError("all arrays need one shape (n,), n at least 1")
        if not all(np.isfinite(array).all() for array in (*arrays, np.array(self.total))):
            raise ValueError("all numbers must be finite")
        if (self.coefficients <= 0).any() or (self.scale <= 0).any():
            raise ValueError("coefficients and scale must be positive")
        if (self.lower > self.upper).any():
            raise ValueError("lower bounds must not exceed upper bounds")

    def __len__(self) -> int:
        return int(self.coefficients.size)

    @property
    def lowest_total(self) -> float:
        """The weighted sum when every member is at its lower bound."""
        return float(self.coefficients @ self.lower)

    @property
    def highest_total(self) -> float:
        """The weighted sum when every member is at its upper bound."""
        return float(self.coefficients @ self.upper)

    @property
    def within_reach(self) -> bool:
        """Whether the bounds allow the total."""
        not_too_low = self.at_least or self.lowest_total - SUM_TOLERANCE <= self.total
        return not_too_low and self.total <= self.highest_total + SUM_TOLERANCE

    def deviations(self, rates: Array) -> Array:
        """Return ``|rates - reference| / scale``, shape (n,)."""
        return np.abs(rates - self.reference) / self.scale


@dataclass(frozen=True, eq=False)
class Split:
    """The one answer to a `SplitProblem`."""

    rates: Array  # r, shape (n,)
    stages: int  # How many linear programs were solved; 0 for the closed form
