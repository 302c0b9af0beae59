"""What was done, how far that is on the way, and what is left.

cumulation        D_t = 1 - (1 - D_{t-1})(1 - d_t)
progress          ln(1 - D_t) / ln(1 - D)
remaining         1 - (1 - D)/(1 - D_t)
a year of it      1 - ((1 - D)/(1 - D_t))^(1/k)          over k years that are left
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def cumulate(annual: ArrayLike) -> Array:
    """Return the cumulative reductions after each year of annual ones (fractions below 1), along the last axis."""
    return np.asarray(1 - np.cumprod(1 - np.asarray(annual, dtype=float), axis=-1))


def joined(reductions: Sequence[float]) -> float:
    """Return the reduction over consecutive spans of time together: 1 - Π(1 - d); 0 of none."""
    return float(1 - np.prod([1 - d for d in reductions]))


def progress(done: float, target: float) -> float | None:
    """Return the share of the effort that is done; None for a target at or below zero, which has none.

    `done`, `target`: cumulative reduction D_t and target D, fractions below 1.
    """
    return log(1 - done) / log(1 - target) if target > 0 else None


def remaining(done: float, target: float) -> float:
    """Return what is left to cut from today's level; negative when more than the target is done."""
    return 1 - (1 - target) / (1 - done)


def yearly(rate: float, years: int) -> float:
    """Return the even annual rate of a rate over `years`, at least one."""
    return float(1 - (1 - rate) ** (1 / years))


def carried_on(done: float, annual: float, years: int) -> float:
    """Return the cumulative reduction when `years` more go by at an annual rate."""
    return 1 - (1 - done) * (1 - annual) ** years
