"""`track`: the years after a split, held against targets and paths."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from allocator.planning.total.caps import caps_of
from allocator.tracking.budgets import budgets_beside
from allocator.tracking.gathering import PROVINCE, Asked, Gathered, gather
from allocator.tracking.history import history
from allocator.tracking.noticing import course_notices
from allocator.tracking.pathways import years_held
from allocator.tracking.record import Course, province_track, region_tracks
from reports.accounting.supplied import account_sources
from reports.records import in_both
from reports.tracking.offsets import offset_records
from reports.tracking.record import PathRecord, TrackRecord
from reports.tracking.sentences import headline, track_statements
from reports.verifying.verification import Verification, verify_rates
from scenarios.errors import Finding, asking_of, once
from scenarios.load import Scenario
from scenarios.quantities import Quantity, in_own_words
from scenarios.total.caps import CityCaps
from scenarios.total.level import refuse_level
from scenarios.tracking.projects import Project
from scenarios.wording import Language


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

    @property
    def measured(self) -> Quantity:
        """The quantity that it is of."""
        return self.record.measured

    @in_own_words
    def statements(self, language: Language) -> list[str]:
        """Return the tracking in sentences."""
        return [headline(self.record, language), *track_statements(self.record, language)]


@in_own_words
@asking_of
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
    refuse_level(scenario.measured, scenario.place("quantity"))
    asked = beyond or Asked()
    read = gather(scenario, str(actuals), None if targets is None else str(targets), asked)
    verification, caps = _targets(scenario, read)
    rates = np.array(verification.rates, dtype=float)
    past = history(scenario, read.actuals, read.growth)
    course = Course(
        scenario, read.settings, read.actuals, past, rates, read.shares, caps, budgets_beside(scenario, caps)
    )
    notices = once((*scenario.notices, *read.notices, *course_notices(course)))
    own = read.settings.actuals.get(str(actuals))
    record = _record(course, verification, read, notices).model_copy(
        update={
            "targets": "plan" if targets is None else str(targets),
            "actuals_basis": own.basis if own else None,
            "offsets": None if read.offsets is None else offset_records(read.offsets, scenario.regions),
            **_ahead(course, asked.resplit, read.projects),
        }
    )
    return Tracked(record, notices)


def _ahead(course: Course, anew: bool, projects: tuple[Project, ...]) -> dict[str, Any]:
    """Return what remains, split anew, and the judged projects, as far as they are asked for."""
    found: dict[str, Any] = {}
    if anew:
        from allocator.tracking.midterm import resplit

        found["resplit"] = resplit(course)
    if projects:
        from allocator.tracking.midterm import midterm
        from allocator.tracking.projects import appraise

        ahead = midterm(course)
        found["projects"] = tuple(appraise(course, ahead, project) for project in projects)
    return found


def _targets(scenario: Scenario, read: Gathered) -> tuple[Verification, CityCaps | None]:
    """Return the judgement on the targets, the plan's or those of a table, and the caps of the cities beside them.

    A table without caps has those that the scenario makes of its rates.
    """
    if read.targets is None:
        from allocator.planning.plan import plan

        made = plan(scenario)
        return made.verification, made.caps
    caps = read.caps or caps_of(scenario, read.targets.rates)
    return verify_rates(scenario, read.targets.rates, caps=caps), caps


def _record(course: Course, verification: Verification, read: Gathered, notices: Iterable[Finding]) -> TrackRecord:
    """Return the record of a course: progress alone."""
    scenario, file, past = course.scenario, course.scenario.file, course.history
    base, whole = scenario.baseline, float(scenario.target + file.margin)
    held = years_held(
        base.emissions, base.gdp, past.growth, course.rates, whole, course.kind, course.shares, file.period.base
    )
    regions = region_tracks(course, read.peaks)
    return TrackRecord(
        **scenario.measured.told,
        scenario=file.name,
        title=file.title,
        basis=file.basis,
        actuals_basis=None,
        base_year=file.period.base,
        end_year=file.period.end,
        years=course.actuals.years,
        targets="plan",
        form="levels" if course.actuals.levels or (course.actuals.to_date and course.actuals.to_date.now)
        else "reductions",
        printed_rates=read.settings.printed_rates,
        path=PathRecord(kind=course.kind, shares=tuple(course.shares[1:].tolist())),
        backed=verification.backed,
        implied_reduction=float(verification.implied_reduction),
        margin=float(file.margin),
        # the last year is judged as the table was: exactly
        held=(*held[:-1], held[-1].model_copy(update={"held": verification.backed})),
        province=province_track(course, regions, read.peaks.get(PROVINCE)),
        regions=regions,
        resplit=None,
        projects=(),
        notices=tuple(in_both(finding.say) for finding in notices),
        sources=(*file.sources, *account_sources(scenario)) or None,
        inputs={source.name: source.sha256 for source in (*scenario.inputs, *read.sources)},
        options=scenario.overrides,
    )  # fmt: skip
