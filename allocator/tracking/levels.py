"""The three official warning levels, 1 the worst: intensity and total, each by the year and since the base year.

Intensity:  3 where the cut is what is due, 1 where intensity rose, else 2.
Total:      3 at or below the path; above it, under a cap above base-year emissions, 1 where the cap of the last year is
            passed already, else 2; under any other cap 1 where emissions rose, else 2.

The path of a total are its yearly budgets; that of a year is last year's actual emissions and the step of the path.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from allocator.planning.total.budgets import Budgets
from reports.tracking.record import Level, Light, Standing, TotalLevels, TotalOutlook, YearLevels
from scenarios.file.track import PathKind
from scenarios.load import Scenario
from scenarios.tables.counted import counted, reaches
from scenarios.total.paths import total_path
from scenarios.tracking.actuals import Actuals


def intensity_level(cut: float | Fraction, due: float | Fraction, printed: bool) -> Level:
    """Return the level of a reduction against what was due, both fractions.

    `printed`: whether both count as they are printed.
    """
    if reaches(cut, due, printed):
        return 3
    return 1 if counted(cut, printed) < 0 else 2


def total_level(now: Fraction, before: Fraction, path: Fraction, base: Fraction, cap: Fraction) -> Level:
    """Return the level of emissions under a cap, all 万吨.

    `before`: emissions that a rise is told by, last year's or the base year's. `path`: what is allowed by now.
    """
    if now <= path:
        return 3
    return 1 if now > (cap if cap > base else before) else 2


_SAME = 1e-9
"""Relative: a forecast that differs by less is the same."""


@dataclass(frozen=True)
class Capped:
    """Somebody's cap with its path, and what was emitted; 万吨, exact."""

    cap: Fraction  # Of the last year
    path: tuple[Fraction, ...]  # By year, the base year first, to the last year of the period
    actual: tuple[Fraction, ...]  # By year, the base year first, as far as there are figures

    def levels(self, t: int) -> TotalLevels:
        """Return the levels of a total t years after the base year."""
        base, last, now = self.actual[0], self.actual[t - 1], self.actual[t]
        year_path = last + self.path[t] - self.path[t - 1]
        return TotalLevels(
            emissions_10kt=float(now),
            year_path_10kt=float(year_path),
            path_10kt=float(self.path[t]),
            cap_10kt=float(self.cap),
            rising=self.cap > base,
            year=total_level(now, last, year_path, base, self.cap),
            five_year=total_level(now, base, self.path[t], base, self.cap),
        )


def total_outlook(capped: Capped | None, expected: float | None, lights: bool) -> TotalOutlook | None:
    """Return a total under its cap; None without one, or without an actual year.

    Green: the last year is not above its path, and the last year of the period is expected to be within the cap.
    Red: neither. Yellow: one of them.

    `expected`: emissions of the last year of the period at the mean rates so far, 万吨.
    `lights`: whether there is a light.
    """
    if capped is None or expected is None or len(capped.actual) == 1:
        return None
    t, cap = len(capped.actual) - 1, float(capped.cap)
    kept = capped.actual[t] <= capped.path[t]
    if t == len(capped.path) - 1:
        expected, within = float(capped.actual[t]), capped.actual[t] <= capped.cap
    else:
        within = expected <= cap * (1 + _SAME)
    light: Light = "green" if kept and within else "yellow" if kept or within else "red"
    return TotalOutlook(
        emissions_10kt=float(capped.actual[t]),
        path_10kt=float(capped.path[t]),
        expected_10kt=expected,
        cap_10kt=cap,
        over_10kt=expected - cap,
        kept=kept,
        within=within,
        light=light if lights else None,
    )


def capped_province(
    scenario: Scenario, actuals: Actuals, kind: PathKind, shares: Sequence[float], budgets: Budgets | None = None
) -> Capped | None:
    """Return the province under its cap; None without one, or where emissions are not actual ones.

    Its path are its yearly `budgets`, and that of `kind` where there are none. A residual line is outside: what it
    emits in the last year is taken off the cap, and the path is that of `kind`.
    """
    total = scenario.baseline.total
    if total is None or not actuals.levels:
        return None
    base = sum(map(Fraction, scenario.regions.emissions), Fraction(0))
    cap = max(total.cap - total.outside, Fraction(0))
    actual = (sum((Fraction(level.emissions) for level in year), Fraction(0)) for year in actuals.levels)
    own = None if budgets is None or total.outside else budgets.province
    return Capped(cap, total_path(base, cap, kind, shares) if own is None else (base, *own), (base, *actual))


def year_levels(
    standing: Standing, base_year: int, printed: bool, capped: Capped | None = None
) -> tuple[YearLevels, ...]:
    """Return the levels of every judged year of a region or the province; `capped` where it has a cap."""
    judged = zip(
        standing.annual_reductions, standing.annual_targets, standing.cumulative_reductions, standing.path, strict=False
    )
    return tuple(
        YearLevels(
            year=base_year + t,
            intensity_year=intensity_level(cut, due, printed),
            intensity_five_year=intensity_level(done, path, printed),
            total=None if capped is None else capped.levels(t),
        )
        for t, (cut, due, done, path) in enumerate(judged, 1)
    )
