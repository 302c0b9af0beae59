"""Puts the record of a tracking together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from allocator.planning.total.budgets import Budgets
from allocator.tracking.budgets import budget_years
from allocator.tracking.history import History, annual
from allocator.tracking.levels import Capped, capped_province, year_levels
from allocator.tracking.pathways import (
    cumulative_targets,
    expected_emissions,
    peak_record,
    planned_emissions,
)
from allocator.tracking.progress import carried_on, joined, progress, remaining, yearly
from allocator.tracking.warning import judge, levelled
from reports.mapping.record import outline_records
from reports.tracking.record import BudgetYear, ProvinceTrack, RegionTrack, Standing, ToDateRecord, YearLevels
from scenarios.file.track import PathKind, Track
from scenarios.load import Scenario
from scenarios.schema_types import Words
from scenarios.tables.counted import reaches
from scenarios.total.caps import CityCaps
from scenarios.total.paths import total_path
from scenarios.tracking.actuals import Actuals

Array = NDArray[np.float64]

PROVINCE = Words(zh="全省", en="Province")


@dataclass(frozen=True, eq=False)
class Course:
    """What was asked and what happened."""

    # scenario, track: What is asked, and of the years
    scenario: Scenario
    track: Track
    # actuals, history: The actual years as read, and as arrays
    actuals: Actuals
    history: History
    rates: Array  # Targets of the regions, shape (n,)
    shares: Array  # Of the effort by the end of each year, shape (T + 1,)
    caps: CityCaps | None = None  # What each region may emit in the last year; None without a cap on the province
    budgets: Budgets | None = None  # The years that lead there

    @property
    def kind(self) -> PathKind:
        """Kind of the path."""
        return self.track.path

    @property
    def paths(self) -> Array:
        """Cumulative targets of the regions, shape (n, T + 1)."""
        return cumulative_targets(self.rates, self.kind, self.shares)

    @property
    def target(self) -> float:
        """The province's target."""
        return float(self.scenario.target)


def region_tracks(course: Course, asked: dict[int, int]) -> tuple[RegionTrack, ...]:
    """Return every region's track; `asked` holds peak years by position of the region."""
    history, regions = course.history, course.scenario.regions
    paths, now = course.paths, course.history.years
    allowed = history.gdp[:, -1] * _intensity(history) * (1 - paths[:, now])
    planned, expected = planned_emissions(history, paths), expected_emissions(history, course.rates)
    quarters, outlines = _to_date(course), outline_records(course.scenario)
    found = []
    for n in range(len(regions)):
        standing = _standing(course, history.cumulative[n], float(course.rates[n]), paths[n], quarters[n])
        found.append(
            RegionTrack.of(
                standing,
                levels=_levels(course, standing, _capped(course, n)),
                **regions.named(n),
                emissions_10kt=tuple(history.emissions[n].tolist()),
                gdp_100m_yuan=tuple(history.gdp[n].tolist()),
                excess_10kt=float(history.emissions[n, -1] - allowed[n]),
                risk_10kt=_risk(history, n, standing),
                peak=peak_record(planned[n], expected[n], now, course.scenario.file.period.base, asked.get(n)),
                budget=_budget(course, n),
                outline=outlines[n],
            )
        )
    return tuple(found)


def province_track(course: Course, regions: Sequence[RegionTrack], asked: int | None) -> ProvinceTrack:
    """Return the province's track; its forecast is the sum of its regions'."""
    history, file = course.history, course.scenario.file
    now, paths = history.years, course.paths
    own = cumulative_targets(course.target, course.kind, course.shares)[0]
    intensity = _intensity(history)
    on_path = 1 - float((history.gdp[:, -1] * intensity * (1 - paths[:, now])).sum()) / float(
        history.gdp[:, -1].sum() * _overall(history)
    )
    standing = _standing(
        course, history.province, course.target, own, _province_to_date(course), _summed(course, regions)
    )
    stated = course.actuals.stated
    end_gdp = float(history.expected_gdp[:, -1].sum())
    forecast = standing.forecast_trend
    planned = planned_emissions(history, paths).sum(axis=0)
    expected = expected_emissions(history, course.rates).sum(axis=0)
    return ProvinceTrack.of(
        standing,
        levels=_levels(
            course, standing, capped_province(course.scenario, course.actuals, course.kind, course.shares.tolist())
        ),
        name=file.province.name if file.province else PROVINCE,
        emissions_10kt=tuple(history.emissions.sum(axis=0).tolist()),
        gdp_100m_yuan=tuple(history.gdp.sum(axis=0).tolist()),
        on_path_reduction=on_path,
        stated_reduction=joined([float(d) for d in stated if d is not None]) if stated and None not in stated else None,
        excess_10kt=sum(region.excess_10kt for region in regions),
        risk_10kt=None if forecast is None else (course.target - forecast) * _overall(history) * end_gdp,
        peak=peak_record(planned, expected, now, file.period.base, asked),
        budget=_budget(course, None),
    )


def _capped(course: Course, n: int) -> Capped | None:
    """Return a region under its cap; None without one, or without actual emissions."""
    levels = course.actuals.levels
    if course.caps is None or not levels:
        return None
    base, cap = Fraction(course.scenario.regions.emissions[n]), course.caps.values[n]
    path = total_path(base, cap, course.kind, course.shares.tolist())
    return Capped(cap, path, (base, *(Fraction(year[n].emissions) for year in levels)))


def _levels(course: Course, standing: Standing, capped: Capped | None = None) -> tuple[YearLevels, ...] | None:
    """Return the official levels of every judged year, None where lights are asked for."""
    if course.track.warning != "three_level":
        return None
    return year_levels(standing, course.scenario.file.period.base, course.track.printed_rates, capped)


def _budget(course: Course, region: int | None) -> tuple[BudgetYear, ...] | None:
    """Return the yearly budgets of a region, or of the province; None without caps, or without actual emissions."""
    budgets, levels = course.budgets, course.actuals.levels
    if budgets is None or not levels:
        return None
    if region is None:
        own, actual = budgets.province, [sum((Fraction(at.emissions) for at in year), Fraction(0)) for year in levels]
    else:
        own, actual = budgets.cities[region], [Fraction(year[region].emissions) for year in levels]
    return budget_years(own, actual, Fraction(course.track.carry_over), course.scenario.file.period.base)


def _intensity(history: History) -> Array:
    """Base-year intensity of each region, shape (n,)."""
    return np.asarray(history.emissions[:, 0] / history.gdp[:, 0])


def _overall(history: History) -> float:
    """Base-year intensity of the province."""
    return float(history.emissions[:, 0].sum() / history.gdp[:, 0].sum())


def _standing(
    course: Course,
    done: Array,
    target: float,
    path: Array,
    to_date: float | None,
    forecasts: tuple[float | None, float | None] | None = None,
) -> Standing:
    """Return where somebody stands; `done` and `path` begin with the base year's zero, shapes (t + 1,), (T + 1,)."""
    now, left = course.history.years, course.history.left
    so_far, yearly_cuts = float(done[-1]), annual(done)
    light, reason = judge(so_far, target, float(path[now]), left, course.track)
    gone, wanted = progress(so_far, target), progress(float(path[now]), target)
    rest = remaining(so_far, target)
    if rest > 0 and reaches(so_far, target, course.track.printed_rates):
        rest = 0.0
    trend, last = forecasts if forecasts is not None else _forecasts(done, left)
    return Standing(
        target=target,
        path=tuple(path[1:].tolist()),
        annual_targets=tuple(annual(path).tolist()),
        annual_reductions=tuple(yearly_cuts.tolist()),
        cumulative_reductions=tuple(done[1:].tolist()),
        cumulative_reduction=so_far,
        progress=gone,
        path_progress=float(course.shares[now]) if wanted is None else wanted,
        lag=None if gone is None or wanted is None else wanted - gone,
        remaining_reduction=rest,
        remaining_annual_rate=yearly(rest, left) if left else None,
        forecast_trend=trend,
        forecast_last=last,
        light=light,
        reason=reason,
        year_to_date=None if to_date is None else _quarters(course, so_far, target, path, to_date),
    )


def _forecasts(done: Array, left: int) -> tuple[float | None, float | None]:
    """Return the reduction of the whole period when the mean, and the last, annual rate go on."""
    now = done.size - 1
    if now == 0:
        return None, None
    mean = yearly(float(done[-1]), now)
    return carried_on(float(done[-1]), mean, left), carried_on(float(done[-1]), float(annual(done)[-1]), left)


def _summed(course: Course, regions: Sequence[RegionTrack]) -> tuple[float | None, float | None]:
    """Return the province's forecasts: what its regions' come to at the expected GDP."""
    history = course.history
    end = history.expected_gdp[:, -1] * _intensity(history)
    whole = float(history.expected_gdp[:, -1].sum()) * _overall(history)

    def together(values: Sequence[float | None]) -> float | None:
        known = [value for value in values if value is not None]
        return 1 - float(end @ (1 - np.array(known))) / whole if len(known) == len(values) else None

    return together([r.forecast_trend for r in regions]), together([r.forecast_last for r in regions])


def _risk(history: History, n: int, standing: Standing) -> float | None:
    """Return by how much a region's emissions of the last year will be over its target at the mean rate, 万吨."""
    if standing.forecast_trend is None:
        return None
    level = float(history.expected_gdp[n, -1] * _intensity(history)[n])
    return level * (standing.target - standing.forecast_trend)


def _to_date(course: Course) -> list[float | None]:
    """Return the reductions of the year so far, by region."""
    found = course.actuals.to_date
    if found is None:
        return [None] * course.rates.size
    if found.reductions:
        return [float(value) for value in found.reductions]
    pairs = zip(found.now, found.before, strict=True)
    return [float(1 - (a.emissions / a.gdp) / (b.emissions / b.gdp)) for a, b in pairs]


def _province_to_date(course: Course) -> float | None:
    """Return the province's reduction of the year so far; from annual reductions, at the planned growth of the year."""
    found, history = course.actuals.to_date, course.history
    if found is None:
        return None
    if found.reductions:
        now = history.years
        gdp = history.gdp[:, -1] * history.growth[:, now + 1] / history.growth[:, now]
        emissions = gdp * history.emissions[:, -1] / history.gdp[:, -1] * (1 - np.array(found.reductions, dtype=float))
        before = float(history.emissions[:, -1].sum() / history.gdp[:, -1].sum())
        return 1 - float(emissions.sum() / gdp.sum()) / before
    now_, before_ = (
        sum(float(level.emissions) for level in part) / sum(float(level.gdp) for level in part)
        for part in (found.now, found.before)
    )
    return 1 - now_ / before_


def _quarters(course: Course, so_far: float, target: float, path: Array, cut: float) -> ToDateRecord:
    """Return the year so far, and the light if the whole year goes like that."""
    now, to_date = course.history.years, course.actuals.to_date
    assert to_date is not None
    then = joined([so_far, cut])
    due = float(annual(path)[now])
    if course.track.warning == "three_level":  # like quarters only
        light, reason = levelled("light_quarters", cut, due, course.track.printed_rates)
    else:
        light, reason = judge(then, target, float(path[now + 1]), course.history.left - 1, course.track)
    return ToDateRecord(
        year=to_date.year,
        quarter=to_date.quarter,
        reduction=cut,
        annual_target=due,
        cumulative_reduction=then,
        light=light,
        reason=reason,
    )
