"""Everything that a tracking reads: settings, growth, actual figures, targets, projects; all that is wrong at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from allocator.output.folder import restored
from allocator.tracking.pathways import effort_shares, even_growth
from scenarios.errors import Collector, Finding, InputError, Place
from scenarios.file.schema import is_short_name
from scenarios.file.track import Track
from scenarios.load import Scenario
from scenarios.sense.rates import read_meant_rates
from scenarios.tables.files import InputFile
from scenarios.tables.rates import RateTable
from scenarios.tables.regions import Regions, is_total
from scenarios.total.caps import CityCaps, allowed_by, read_caps
from scenarios.tracking.actuals import Actuals, read_actuals
from scenarios.tracking.offsets import OffsetProject, read_offsets
from scenarios.tracking.projects import Project, read_projects
from scenarios.tracking.yearly_growth import read_yearly_growth

if TYPE_CHECKING:
    from scenarios.tracking.actual_energy import AccountedEmissions

Array = NDArray[np.float64]

PROVINCE = -1
"""Position of the province among the peak years."""


@dataclass(frozen=True)
class Asked:
    """What is asked beyond progress."""

    resplit: bool = False  # Whether to split anew what remains
    projects: Path | None = None  # A table of major projects to judge
    energy: Path | None = None  # An energy table that the actual emissions come from
    whole: Regions | None = None  # Of the province, where a scenario has some of them: the others have nothing


@dataclass(frozen=True, eq=False)
class Gathered:
    """What was read."""

    settings: Track  # Of the years after the split
    shares: Array  # Of the effort by the end of each year, shape (T + 1,)
    peaks: dict[int, int]  # Years by which regions (by position, the province `PROVINCE`) are to peak
    growth: Array  # Planned growth since the base year, shape (n, T + 1)
    actuals: Actuals  # The actual figures
    targets: RateTable | None  # The table of rates; None for the plan's
    caps: CityCaps | None  # Those that stand in it
    projects: tuple[Project, ...]  # To be judged
    offsets: tuple[OffsetProject, ...] | None  # None where no table of them is named
    sources: tuple[InputFile, ...]  # The files read
    notices: tuple[Finding, ...]  # What must be said with the result


def gather(scenario: Scenario, actuals: str, targets: str | None, asked: Asked) -> Gathered:
    """Read everything that a tracking rests on.

    `actuals`, `targets`: tables, or their short names; without targets they are the plan's.
    Raises InputError: everything that is wrong in settings and tables.
    """
    settings = scenario.file.track or Track()
    collector = Collector()
    shares, peaks = _shares(scenario, settings, collector), _peaks(scenario, settings, collector)
    growth = collector.taken(lambda: _growth(scenario, settings))
    energy = collector.taken(lambda: _energy(scenario, asked.energy))
    whole = asked.energy is None or energy is not None
    read = collector.taken(lambda: _actuals(scenario, actuals, energy, asked.whole)) if whole else None
    given, of_rates = collector.taken(lambda: _targets(scenario, targets)) or (None, ())
    caps = None if given is None else collector.taken(lambda: _caps(scenario, targets, given))
    if read is not None:
        _check_basis(scenario, read, collector)
    last = read.years[-1] if read and read.years else scenario.file.period.base
    projects = collector.taken(lambda: _projects(scenario, last, asked.projects))
    offset = collector.taken(lambda: _offsets(scenario, settings))
    collector.raise_errors()
    assert growth is not None
    assert read is not None
    judged, table, of_projects = projects or ((), None, ())
    offsets, of_offsets, said = offset or (None, None, ())
    sources = [
        read.source,
        given.source if given else None,
        growth[1],
        table,
        of_offsets,
        *(energy.inputs if energy else ()),
    ]
    return Gathered(
        settings=settings,
        shares=shares,
        peaks=peaks,
        growth=growth[0],
        actuals=read,
        targets=given,
        caps=caps[0] if caps else None,
        projects=judged,
        offsets=offsets,
        sources=tuple(source for source in sources if source is not None),
        notices=(
            *read.notices,
            *(energy.notices if energy else ()),
            *of_rates,
            *(caps[1] if caps else ()),
            *growth[2],
            *of_projects,
            *said,
        ),
    )


def actuals_path(scenario: Scenario, table: str) -> Path:
    """Return the path of a table of actual figures: a short name of the scenario, or a file."""
    known = scenario.file.track.actuals if scenario.file.track else {}
    if table in known:
        return scenario.folder / known[table].file
    path = Path(table)
    if is_short_name(table) and not path.is_file() and known:
        raise InputError.of("unknown_actuals", Place(key=table), known=", ".join(known))
    return path


def _shares(scenario: Scenario, settings: Track, collector: Collector) -> Array:
    years = scenario.file.period.years
    if settings.path == "given" and len(settings.weights) != years:
        place = scenario.place("track", "weights")
        collector.error("track_weights_count", place, found=len(settings.weights), needed=years)
        return np.linspace(0, 1, years + 1)
    return effort_shares(settings.path, years, [float(weight) for weight in settings.weights])


def _peaks(scenario: Scenario, settings: Track, collector: Collector) -> dict[int, int]:
    """Return the years by which regions (by position) are to peak."""
    regions, period = scenario.regions, scenario.file.period
    index = regions.index
    asked: dict[int, int] = {}
    for name, year in settings.peak.items():
        place = scenario.place("track", "peak", name)
        position = PROVINCE if is_total("", name) else index.find(name)
        if position is None:
            index.refuse(name, place, collector)
        elif not period.base <= year <= period.end:
            collector.error("track_peak_year", place, found=year, needed=f"{period.base}–{period.end}")
        else:
            asked[position] = year
    return asked


def _growth(scenario: Scenario, settings: Track) -> tuple[Array, InputFile | None, tuple[Finding, ...]]:
    """Return the planned growth since the base year, shape (n, T + 1), the table it is from, and what is said of it."""
    if settings.growth is None:
        return even_growth(scenario.baseline.growth, scenario.file.period.years), None, ()
    path = scenario.folder / settings.growth
    factors, source, notices = read_yearly_growth(
        path, scenario.regions, scenario.file.period, scenario.file.asked.province
    )
    yearly = np.array(factors, dtype=float)
    return np.column_stack([np.ones(len(factors)), np.cumprod(yearly, axis=1)]), source, notices


def _check_basis(scenario: Scenario, read: Actuals, collector: Collector) -> None:
    """Refuse levels where the scenario's own base year is not the cities' figures any more."""
    sums = scenario.sums
    scaled = sums is not None and any(step.policy == "scale" for step in sums.steps)
    if read.levels and (scaled or scenario.whole is not None):
        collector.error("actuals_basis", Place(file=read.source.name))


def _energy(scenario: Scenario, table: Path | None) -> AccountedEmissions | None:
    """Return what an energy table gives for the actual years, where there is one."""
    if table is None:
        return None
    from scenarios.tracking.actual_energy import accounted_emissions

    return accounted_emissions(table, scenario.file, scenario.folder, scenario.regions)


def _actuals(
    scenario: Scenario, table: str, energy: AccountedEmissions | None, whole: Regions | None
) -> Actuals:  # fmt: skip
    path, period = actuals_path(scenario, table), scenario.file.period
    supply = energy.supply if energy else None
    own = scenario.file.asked.province
    return read_actuals(path, scenario.regions, period, supply, scenario.file.answers, own, whole)


def _targets(scenario: Scenario, table: str | None) -> tuple[RateTable, tuple[Finding, ...]] | None:
    if table is None:
        return None
    path, answers, period = restored(scenario.table_path(table)), scenario.file.answers, scenario.file.period
    span, asked = (period.base, period.end), scenario.baseline.asked
    return read_meant_rates(path, scenario.regions, answers=answers, period=span, asked=asked)


def _offsets(
    scenario: Scenario, settings: Track
) -> tuple[tuple[OffsetProject, ...], InputFile, tuple[Finding, ...]] | None:
    """Return the projects whose emissions are offset, with the sources."""
    if settings.offsets is None:
        return None
    return read_offsets(scenario.folder / settings.offsets, scenario.regions, scenario.file.answers)


def _caps(scenario: Scenario, table: str | None, rates: RateTable) -> tuple[CityCaps, tuple[Finding, ...]] | None:
    """Return the caps that stand in a table of targets; None where it has none or the province has no cap."""
    if table is None or scenario.baseline.total is None:
        return None
    allowed = allowed_by(rates.rates, scenario.regions)
    path, period, answers = restored(scenario.table_path(table)), scenario.file.period, scenario.file.answers
    read = read_caps(path, scenario.regions, allowed, answers, needed=False, years=(period.base, period.end))
    return None if read is None else (read[0], read[2])


def _projects(
    scenario: Scenario, last: int, table: Path | None
) -> tuple[tuple[Project, ...], InputFile, tuple[Finding, ...]] | None:
    """Return the projects to be judged."""
    if table is None:
        return None
    end = scenario.file.period.end
    if last == end:
        raise InputError.of("projects_over", Place(file=table.name))
    return read_projects(table, scenario.regions, last, end, scenario.file.answers)
