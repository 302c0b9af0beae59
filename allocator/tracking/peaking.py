"""When emissions peak under the split and the growth, and what is emitted on the way."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from allocator.tracking.history import History
from reports.tracking.record import PeakRecord

Array = NDArray[np.float64]

TOLERANCE = 1e-9
"""Relative: emissions that differ by less are the same."""


def peak_year(emissions: Array, base: int) -> int | None:
    """Return the first year of the highest emissions, or None when that is the last one.

    Parameters
    ----------
    emissions
        By year, the base year first, shape (T + 1,); nothing is said of the years after.
    base
        The base year.
    """
    highest = emissions >= emissions.max() * (1 - TOLERANCE)
    at = int(np.argmax(highest))
    return None if at == emissions.size - 1 else base + at


def planned_emissions(history: History, cumulative: Array) -> Array:
    """Return the emissions of every region on its path at the planned growth, 万吨, shape (n, T + 1)."""
    return np.asarray(history.emissions[:, :1] * history.growth * (1 - cumulative))


def expected_emissions(history: History, targets: Array) -> Array:
    """Return actual emissions, and from today on those of an even cut to the target, 万吨, shape (n, T + 1).

    A region that has done more than its target is taken to keep its intensity.
    """
    left, now = history.left, history.years
    if left == 0:
        return history.emissions
    need = np.maximum(1 - (1 - targets) / (1 - history.cumulative[:, -1]), 0.0)
    cut = (1 - need)[:, None] ** (np.arange(1, left + 1) / left)[None, :]
    growth = history.growth[:, now + 1 :] / history.growth[:, now : now + 1]
    return np.hstack([history.emissions, history.emissions[:, -1:] * growth * cut])


def peak_record(planned: Array, expected: Array, years: int, base: int, asked: int | None) -> PeakRecord:
    """Return when emissions peak and what they add up to.

    Parameters
    ----------
    planned, expected
        By year, the base year first, shape (T + 1,).
    years
        How many of the years after the base year are actual.
    base
        The base year.
    asked
        The year by which they are to peak; None where nothing is asked.
    """
    first, second = peak_year(planned, base), peak_year(expected, base)
    return PeakRecord(
        planned_10kt=tuple(planned.tolist()),
        expected_10kt=tuple(expected.tolist()),
        planned_peak=first,
        expected_peak=second,
        asked=asked,
        planned_in_time=_in_time(first, asked),
        expected_in_time=_in_time(second, asked),
        budget_10kt=float(planned[1:].sum()),
        spent_10kt=float(expected[1 : years + 1].sum()),
        expected_total_10kt=float(expected[1:].sum()),
    )


def _in_time(year: int | None, asked: int | None) -> bool | None:
    return None if asked is None else year is not None and year <= asked
