"""`track`: the years after a split, held against targets and paths."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from allocator.output import TRACKED, replaced_folder
from allocator.tracking.history import History, history
from allocator.tracking.pathways import effort_shares, even_growth, years_held
from allocator.tracking.recording import Course, province_track, region_tracks, year_records
from reports.tracking.record import PathRecord, TrackRecord
from reports.tracking.statements import headline, track_statements
from reports.verification import Verification, verify_rates
from scenarios.actuals import Actuals, read_actuals
from scenarios.errors import Collector, Finding, InputError, Place
from scenarios.files import InputFile
from scenarios.load import Scenario
from scenarios.projects import Project, read_projects
from scenarios.rates import read_rates
from scenarios.regions import RegionIndex, is_total
from scenarios.schema import is_short_name
from scenarios.schema_types import Words
from scenarios.tracking import Track
from scenarios.wording import Language
from scenarios.yearly_growth import read_yearly_growth

if TYPE_CHECKING:
    from reports.assessment.record import AssessmentRecord
    from scenarios.actual_energy import AccountedEmissions

Array = NDArray[np.float64]

TABLE = "track.csv"
REPORT = ("progress.html", "progress.xlsx", "progress.docx")
FILES = (TRACKED, TABLE, *REPORT)
_SHOWN = 12


@dataclass(frozen=True)
class Tracked:
    """A tracking, ready to be printed and written."""

    record: TrackRecord
    notices: tuple[Finding, ...]

    @property
    def held(self) -> bool:
        """Whether the targets back the province, and their paths hold it in every year."""
        return self.record.backed and all(year.held for year in self.record.held)

    @property
    def unsplit(self) -> bool:
        """Whether what remains was to be split anew, is not nothing, and has no split."""
        found = self.record.resplit
        return found is not None and bool(found.regions) and found.new_implied is None

    def statements(self, language: Language) -> list[str]:
        """Return the tracking in sentences."""
        return [headline(self.record, language), *track_statements(self.record, language)]

    def as_json(self) -> dict[str, Any]:
        """Return the record as JSON-ready values."""
        return self.record.model_dump(mode="json")


@dataclass(frozen=True)
class Asked:
    """What is asked beyond progress.

    Parameters
    ----------
    resplit
        Whether to split anew what remains.
    projects
        A table of major projects to judge.
    energy
        An energy table that the actual emissions come from.
    """

    resplit: bool = False
    projects: Path | None = None
    energy: Path | None = None


def track(
    scenario: Scenario, actuals: str | Path, targets: str | Path | None = None, beyond: Asked | None = None
) -> Tracked:
    """Hold the actual years against the targets.

    Parameters
    ----------
    scenario
        What was split.
    actuals
        A csv or xlsx table of actual figures, or the short name of one of the scenario's own.
    targets
        A table of rates or its short name; None for the plan's published rates.
    beyond
        What is asked beyond progress.

    Raises
    ------
    InputError
        Everything that is wrong in settings and tables.
    NoSplit
        The plan itself has no split.
    """
    settings = scenario.file.track or Track()
    collector = Collector()
    shares, asked = _shares(scenario, settings, collector), _peaks(scenario, settings, collector)
    growth, growth_source = _taken(collector, lambda: _growth(scenario, settings)) or (None, None)
    wanted = beyond or Asked()
    energy = _taken(collector, lambda: _energy(scenario, wanted.energy))
    read = None
    if wanted.energy is None or energy is not None:
        read = _taken(collector, lambda: _actuals(scenario, str(actuals), energy))
    given = None if targets is None else _taken(
        collector, lambda: read_rates(scenario.table_path(str(targets)), scenario.regions)
    )  # fmt: skip
    collector.raise_errors()
    assert growth is not None
    assert read is not None
    _check_basis(scenario, read, collector)
    projects = _taken(collector, lambda: _projects(scenario, read, wanted.projects)) or ((), None)
    collector.raise_errors()
    verification = verify_rates(scenario, given.rates) if given else _planned(scenario)
    past = history(scenario, read, growth)
    rates = np.array(verification.rates, dtype=float)
    course = Course(scenario, settings, read, past, rates, shares)
    _notice_growth(course, collector)
    _notice_targets(course, collector)
    notices = (*scenario.notices, *read.notices, *(energy.notices if energy else ()), *collector.notices)
    sources = [read.source, *(s for s in (given and given.source, growth_source, projects[1]) if s is not None)]
    sources += energy.inputs if energy else ()
    record = _record(course, verification, asked, "plan" if targets is None else str(targets), notices, sources)
    own = settings.actuals.get(str(actuals))
    record = record.model_copy(
        update={"actuals_basis": own.basis if own else None, **_ahead(course, wanted, projects[0])}
    )
    return Tracked(record, notices)


def actuals_path(scenario: Scenario, table: str) -> Path:
    """Return the path of a table of actual figures: a short name of the scenario, or a file."""
    known = scenario.file.track.actuals if scenario.file.track else {}
    if table in known:
        return scenario.folder / known[table].file
    path = Path(table)
    if is_short_name(table) and not path.is_file() and known:
        raise InputError.of("unknown_actuals", Place(key=table), known=", ".join(known))
    return path


def write_track(
    tracked: Tracked, folder: Path, language: Language, assessment: AssessmentRecord | None = None
) -> tuple[str, ...]:
    """Write track.json, track.csv, the report in three forms, and the tables of an assessment if any: all or none.

    Returns
    -------
    tuple
        Names of the files.

    Raises
    ------
    InputError
        The folder cannot be used.
    WriteCheckFailed
        A written table does not read as it was meant.
    """
    from allocator.assessment_files import earlier_assessment, keep_foreign, write_assessment
    from allocator.tracking.files import write_report
    from reports.tracking.tables import track_csv

    with replaced_folder(folder, earlier_assessment(folder)) as side:
        (side / TRACKED).write_text(tracked.record.to_json(), "utf-8", newline="\n")
        (side / TABLE).write_bytes(track_csv(tracked.record, language))
        write_report(tracked.record, side, language)
        keep_foreign(folder, side)
        more = () if assessment is None else write_assessment(assessment, side, language)
    return (*FILES, *more)


def _taken(collector: Collector, read: Any) -> Any:  # noqa: ANN401  (whatever is read)
    """Return what a reader gives; what it finds wrong is kept to be raised with the rest."""
    try:
        return read()
    except InputError as error:
        collector.extend(error.findings)
        return None


def _shares(scenario: Scenario, settings: Track, collector: Collector) -> Array:
    years = scenario.file.period.years
    if settings.path == "given" and len(settings.weights) != years:
        place = scenario.place("track", "weights")
        collector.error("track_weights_count", place, found=len(settings.weights), needed=years)
        return np.linspace(0, 1, years + 1)
    return effort_shares(settings.path, years, [float(weight) for weight in settings.weights])


def _peaks(scenario: Scenario, settings: Track, collector: Collector) -> dict[int, int]:
    """Return the years by which regions (by position, the province -1) are to peak."""
    regions, period = scenario.regions, scenario.file.period
    index = RegionIndex(regions.ids, regions.names, regions.names_en)
    asked: dict[int, int] = {}
    for name, year in settings.peak.items():
        place = scenario.place("track", "peak", name)
        position = -1 if is_total("", name) else index.find(name)
        if position is None:
            meant = index.near(name)
            collector.error("unknown_region_meant" if meant else "unknown_region", place, found=name, meant=meant)
        elif not period.base <= year <= period.end:
            collector.error("track_peak_year", place, found=year, needed=f"{period.base}–{period.end}")
        else:
            asked[position] = year
    return asked


def _growth(scenario: Scenario, settings: Track) -> tuple[Array, InputFile | None]:
    """Return the planned growth since the base year, shape (n, T + 1), and the table it is from, if there is one."""
    if settings.growth is None:
        return even_growth(scenario.baseline.growth, scenario.file.period.years), None
    factors, source = read_yearly_growth(scenario.folder / settings.growth, scenario.regions, scenario.file.period)
    yearly = np.array(factors, dtype=float)
    return np.column_stack([np.ones(len(factors)), np.cumprod(yearly, axis=1)]), source


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
    from scenarios.actual_energy import accounted_emissions

    return accounted_emissions(table, scenario.file, scenario.folder, scenario.regions)


def _actuals(scenario: Scenario, table: str, energy: AccountedEmissions | None) -> Actuals:
    path, period = actuals_path(scenario, table), scenario.file.period
    if energy is None:
        return read_actuals(path, scenario.regions, period)
    return read_actuals(path, scenario.regions, period, energy.years, energy.name)


def _projects(
    scenario: Scenario, read: Actuals, table: Path | None
) -> tuple[tuple[Project, ...], InputFile | None] | None:
    """Return the projects to be judged."""
    if table is None:
        return None
    period = scenario.file.period
    last = read.years[-1] if read.years else period.base
    if last == period.end:
        raise InputError.of("projects_over", Place(file=table.name))
    return read_projects(table, scenario.regions, last, period.end)


def _ahead(course: Course, wanted: Asked, projects: tuple[Project, ...]) -> dict[str, Any]:
    """Return what remains, split anew, and the judged projects, as far as they are asked for."""
    found: dict[str, Any] = {}
    if wanted.resplit:
        from allocator.tracking.midterm import resplit

        found["resplit"] = resplit(course)
    if projects:
        from allocator.tracking.midterm import midterm
        from allocator.tracking.projects import appraise

        ahead = midterm(course)
        found["projects"] = tuple(appraise(course, ahead, project) for project in projects)
    return found


def _planned(scenario: Scenario) -> Verification:
    from allocator.planning import plan

    return plan(scenario).verification


def _notice_growth(course: Course, collector: Collector) -> None:
    """Ask whether GDP is at current prices where a year's growth departs much from the planned."""
    if not course.actuals.levels:
        return
    past: History = course.history
    now = past.years
    actual = past.gdp[:, 1:] / past.gdp[:, :-1]
    planned = past.growth[:, 1 : now + 1] / past.growth[:, :now]
    far = np.argwhere(np.abs(actual - planned) > float(course.track.growth_tolerance) + 1e-9)
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


def _notice_targets(course: Course, collector: Collector) -> None:
    """Name the regions whose target has no progress."""
    names = course.scenario.regions.names
    sums = course.scenario.sums
    if sums is not None and sums.residual is not None:
        collector.notice("track_residual", Place(), target=f"{course.target * 100:.2f}")
    without = [name for name, rate in zip(names, course.rates.tolist(), strict=True) if rate <= 0]
    if without:
        collector.notice("track_no_progress", Place(), regions="、".join(without))


def _record(
    course: Course,
    verification: Verification,
    asked: dict[int, int],
    targets: str,
    notices: Iterable[Finding],
    sources: Iterable[InputFile],
) -> TrackRecord:
    scenario, file, past = course.scenario, course.scenario.file, course.history
    base, whole = scenario.baseline, float(file.target + file.margin)
    held = years_held(base.emissions, base.gdp, past.growth, course.rates, whole, course.kind, course.shares)
    regions = region_tracks(course, asked)
    return TrackRecord(
        scenario=file.name,
        title=file.title,
        basis=file.basis,
        actuals_basis=None,
        base_year=file.period.base,
        end_year=file.period.end,
        years=course.actuals.years,
        targets=targets,
        form="levels" if course.actuals.levels or (course.actuals.to_date and course.actuals.to_date.now)
        else "reductions",
        path=PathRecord(kind=course.kind, shares=tuple(course.shares[1:].tolist())),
        backed=verification.backed,
        implied_reduction=float(verification.implied_reduction),
        margin=float(file.margin),
        held=_end_exact(year_records(held, file.period.base), verification.backed),
        province=province_track(course, regions, asked.get(-1)),
        regions=regions,
        resplit=None,
        projects=(),
        notices=tuple(Words(zh=finding.say("zh"), en=finding.say("en")) for finding in notices),
        inputs={source.name: source.sha256 for source in (*scenario.inputs, *sources)},
        options=scenario.overrides,
    )  # fmt: skip


def _end_exact(years: tuple[Any, ...], backed: bool) -> tuple[Any, ...]:
    """Return the years, the last one judged as the table of rates was: exactly."""
    return (*years[:-1], years[-1].model_copy(update={"held": backed}))
