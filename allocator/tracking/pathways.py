"""Yearly paths to a target, and whether they hold the province in every year.

With p_0 = 0, …, p_T = 1 the share of the effort that is done by the end of year t:

    1 - D_t = (1 - r)^p_t           geometric (p_t = t/T), front-loaded, given weights
    D_t     = r p_t                 linear (p_t = t/T)
    d_t     = 1 - (1 - D_t)/(1 - D_{t-1})           so that Π (1 - d_t) = 1 - r

The province is held in year t when Σ a_it D_it >= R_t + sigma_t, with a_it = s_i g_it / Σ y g_t and
sigma_t = Σ a_it - 1, g_it being the growth since the base year.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from allocator.tracking.history import History
from reports.planning.record import PlanRecord
from reports.tracking.record import PeakRecord, YearRecord
from scenarios.file.track import PathKind

Array = NDArray[np.float64]

SLACK = 1e-12
"""Rounding errors of a sum over all regions: what is short by less is not short."""


def effort_shares(kind: PathKind, years: int, weights: Sequence[float] = ()) -> Array:
    """Return p_0, …, p_T: the share of the effort done by the end of each year, shape (years + 1,).

    `years`: length T of the period.
    `weights`: for ``given``: one for each year, not all zero.
    Raises ValueError: not one weight for each year.
    """
    each = np.ones(years)
    if kind == "front_loaded":
        each = np.arange(years, 0, -1, dtype=float)
    elif kind == "given":
        each = np.array(weights, dtype=float)
        if each.shape != (years,):
            raise ValueError("one weight for each year is needed")
    shares = np.concatenate([[0.0], np.cumsum(each) / each.sum()])
    shares[-1] = 1.0
    return shares


def cumulative_targets(rates: ArrayLike, kind: PathKind, shares: ArrayLike) -> Array:
    """Return D_t of each rate, shape (n, T + 1), the base year first.

    `rates`: r, fractions below 1, shape (n,).
    `shares`: p_t, shape (T + 1,).
    """
    r, p = np.atleast_1d(np.asarray(rates, dtype=float))[:, None], np.asarray(shares, dtype=float)[None, :]
    return np.asarray(r * p if kind == "linear" else 1 - (1 - r) ** p)


def planned_cities(record: PlanRecord) -> list[list[float]]:
    """Return what each region of a plan cuts by the end of each year, fractions; none where the target is a share."""
    if record.province.share is not None:
        return []
    return _planned([region.published_rate for region in record.regions], record)


def planned_province(record: PlanRecord) -> list[float]:
    """Return what is asked of a plan's province by the end of each year, margin and both targets in it, fractions."""
    return _planned([record.province.required - record.province.sigma], record)[0]


def _planned(rates: Sequence[float], record: PlanRecord) -> list[list[float]]:
    """Return the years of rates on the path that a plan's scenario has for its tracking."""
    scenario = record.scenario
    kind: PathKind = scenario.path or "geometric"
    shares = effort_shares(kind, scenario.end_year - scenario.base_year, scenario.path_weights or ())
    found: list[list[float]] = cumulative_targets(rates, kind, shares)[:, 1:].tolist()
    return found


def even_growth(growth: ArrayLike, years: int) -> Array:
    """Return the growth since the base year when every year grows alike, g^(t/T), shape (n, years + 1)."""
    return np.asarray(np.asarray(growth, dtype=float)[:, None] ** (np.arange(years + 1) / years)[None, :])


def implied_reductions(emissions: Array, gdp: Array, growth: Array, cumulative: Array) -> Array:
    """Return the province's cumulative reduction in every year, shape (T + 1,).

    `emissions`, `gdp`: E in 万吨 and Y in 亿元 of the base year, shape (n,).
    `growth`: growth since the base year, shape (n, T + 1).
    `cumulative`: cumulative reductions of the regions, shape (n, T + 1).
    """
    intensity = (emissions @ (growth * (1 - cumulative))) / (gdp @ growth)
    return np.asarray(1 - intensity / (emissions.sum() / gdp.sum()))


def years_held(
    emissions: Array, gdp: Array, growth: Array, rates: Array, target: float, kind: PathKind, shares: Array, base: int
) -> tuple[YearRecord, ...]:
    """Return for every year whether the regions' paths hold the province's path; arrays as in `implied_reductions`.

    `rates`: targets r of the regions over the period, shape (n,).
    `target`: R, with the margin if there is one.
    `kind`, `shares`: of the paths, the same for regions and province.
    """
    cumulative = cumulative_targets(rates, kind, shares)
    required = cumulative_targets(target, kind, shares)[0]
    implied = implied_reductions(emissions, gdp, growth, cumulative)
    intensity = emissions.sum() / gdp.sum()
    found = []
    for t in range(1, len(shares)):
        tonnes = intensity * float(gdp @ growth[:, t])
        sigma = float(emissions @ growth[:, t]) / tonnes - 1
        short = float(required[t] - implied[t])
        lifted = None
        if short > SLACK:
            lifted = _lifted(emissions, growth[:, t], rates, kind, float(shares[t]), tonnes * (1 - required[t]))
        found.append(
            YearRecord(
                year=base + t,
                required=float(required[t]),
                implied=float(implied[t]),
                sigma=sigma,
                short_10kt=short * tonnes,
                share=float(shares[t]),
                lifted_share=lifted,
                held=bool(implied[t] >= required[t] - SLACK),
            )
        )
    return tuple(found)


def _lifted(
    emissions: Array, growth: Array, rates: Array, kind: PathKind, share: float, allowed: float
) -> float | None:
    """Return the share of the effort at which the regions emit what is allowed (万吨), None where none is enough."""
    from scipy.optimize import brentq

    def over(p: float) -> float:
        cut = cumulative_targets(rates, kind, np.array([p]))[:, 0]
        return float((emissions * growth) @ (1 - cut)) - allowed

    return float(brentq(over, share, 1.0)) if over(1.0) <= 0 else None


TOLERANCE = 1e-9
"""Relative: emissions that differ by less are the same."""


def peak_year(emissions: Array, base: int) -> int | None:
    """Return the first year of the highest emissions, or None when that is the last one.

    `emissions`: by year, the base year first, shape (T + 1,); nothing is said of the years after.
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

    `planned`, `expected`: by year, the base year first, shape (T + 1,).
    `years`: how many of the years after the base year are actual.
    `asked`: the year by which they are to peak; None where nothing is asked.
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
