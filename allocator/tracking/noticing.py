"""What must be said of a tracking: growth that looks like current prices, targets without progress, residual lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from allocator.tracking.history import History
from allocator.tracking.progress import cumulate
from allocator.tracking.record import Course
from scenarios.errors import Collector, Finding, Place
from scenarios.sense.asking import question
from scenarios.tables.counted import reaches

_SHOWN = 12
_SLIPS = (100, 10)
_LITTLE = 0.2
"""Share of the path below which reductions are asked to be a slip."""

_FEWEST_YEARS, _NEVER = 2, 0.045
"""From how many years on, and by how much a year, growth above the plan is asked to be that of prices."""


def course_notices(course: Course) -> tuple[Finding, ...]:
    """Return what must be said of a course.

    Raises
    ------
    InputError
        Reductions that are all a hundred times too small, or growth that is that of prices, where the scenario does
        not say that they are right.
    """
    collector = Collector()
    prices = list(_current_prices(course))
    course.scenario.file.answers.ask((*_slips(course), *prices), collector)
    collector.raise_errors()
    if not prices:
        _notice_growth(course, collector)
    _notice_targets(course, collector)
    return collector.notices


def _notice_growth(course: Course, collector: Collector) -> None:
    """Ask whether GDP is at current prices where a year's growth departs much from the planned."""
    if not course.actuals.levels:
        return
    past: History = course.history
    now = past.years
    actual = past.gdp[:, 1:] / past.gdp[:, :-1]
    planned = past.growth[:, 1 : now + 1] / past.growth[:, :now]
    off, allowed = np.abs(actual - planned), course.track.growth_tolerance
    far = np.argwhere([[not reaches(allowed, x, course.track.printed_rates) for x in row] for row in off.tolist()])
    if far.size == 0:
        return
    names, base = course.scenario.regions.names, course.scenario.file.period.base
    listed = [
        f"{names[n]} {base + 1 + t}: {100 * (actual[n, t] - 1):.1f}% / {100 * (planned[n, t] - 1):.1f}%"
        for n, t in far[:_SHOWN].tolist()
    ]
    more = ["…"] if len(far) > _SHOWN else []
    collector.notice(
        "actuals_growth", Place(file=course.actuals.source.name), found=", ".join([*listed, *more]), base=base,
        points=f"{course.track.growth_tolerance * 100:f}",
    )  # fmt: skip


def _current_prices(course: Course) -> Iterator[Finding]:
    """Ask whether GDP is at current prices where it outgrows the plan by more than it really ever does, year by year.

    One year alone may well do so: the one after a fall.
    """
    past: History = course.history
    if not course.actuals.levels or past.years < _FEWEST_YEARS:
        return
    growth = (past.gdp[:, -1] / past.gdp[:, 0]) ** (1 / past.years)
    planned = (past.growth[:, past.years] / past.growth[:, 0]) ** (1 / past.years)
    sums = past.gdp.sum(axis=0), (past.gdp[:, :1] * past.growth[:, : past.years + 1]).sum(axis=0)
    actual, wanted = ((total[-1] / total[0]) ** (1 / past.years) for total in sums)
    never = max(_NEVER, float(course.track.growth_tolerance))
    if min(float(actual - wanted), float(np.median(growth - planned))) <= never:
        return
    source = course.actuals.source.name
    yield question(
        "actuals_prices", f"track-growth:{source}", Place(file=source), years=past.years,
        found=f"{100 * (actual - 1):.1f}", planned=f"{100 * (wanted - 1):.1f}",
        points=f"{100 * never:g}", base=course.scenario.file.period.base,
    )  # fmt: skip


def _notice_targets(course: Course, collector: Collector) -> None:
    """Name the regions whose target has no progress."""
    names = course.scenario.regions.names
    sums = course.scenario.sums
    if sums is not None and sums.residual is not None:
        collector.notice("track_residual", Place(), target=f"{course.target * 100:.2f}")
    without = [name for name, rate in zip(names, course.rates.tolist(), strict=True) if rate <= 0]
    if without:
        collector.notice("track_no_progress", Place(), regions="、".join(without))


def _slips(course: Course) -> Iterator[Finding]:
    """Say where annual reductions come to very little, and a power of ten of them would be on the path; ask at 100."""
    past = course.history
    if not course.actuals.reductions or not past.years:
        return
    wanted = float(np.median(course.paths[:, past.years]))
    found = {factor: float(np.median(cumulate(factor * past.annual)[:, -1])) for factor in (1, *_SLIPS)}
    near = (f for f in _SLIPS if 0 < found[1] < _LITTLE * wanted and wanted / 2 <= found[f] <= 2 * wanted)
    for factor in list(near)[:1]:
        source = course.actuals.source.name
        said = {"found": f"{100 * found[1]:.2f}", "factor": factor, "implied": f"{100 * found[factor]:.1f}"}
        asked = question("track_slip", f"track-slip:{source}", Place(file=source), **said)
        yield asked if factor == _SLIPS[0] else replace(asked, severity="notice")
