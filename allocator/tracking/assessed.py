"""A tracking together with the assessment of one of its years, as the command line asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from allocator.assessing import Results, assess, completions
from allocator.tracking.gathering import Asked
from allocator.tracking.track import Tracked, track
from reports.assessing.record import AssessmentRecord
from reports.assessing.sentences import assessment_statements
from reports.records import _absent
from reports.tracking.record import TrackRecord
from scenarios.assessing.form import Form, read_form
from scenarios.assessing.rules import Rules, find_rules
from scenarios.errors import Collector, InputError, Place
from scenarios.load import Scenario
from scenarios.wording import Language

RULES = "13fyp"
"""Rule set where none is named."""


@dataclass(frozen=True)
class Scoring:
    """What an assessment is asked by: filled form, rule set, year; None for what was not said."""

    form: Path | None = None
    rules: str | None = None
    year: int | None = None


class AssessedRecord(TrackRecord):
    """A tracking, with the assessment where one was asked for."""

    assessment: AssessmentRecord | None = Field(exclude_if=_absent)


@dataclass(frozen=True)
class AssessedTrack:
    """A tracking, and the assessment where one was asked for."""

    tracked: Tracked
    assessment: AssessmentRecord | None

    def statements(self, language: Language) -> list[str]:
        """Return both in sentences."""
        more = [] if self.assessment is None else assessment_statements(self.assessment, language)
        return [*self.tracked.statements(language), *more]

    @property
    def record(self) -> AssessedRecord:
        """Both for programs."""
        return AssessedRecord.of(self.tracked.record, assessment=self.assessment)


def hold_and_assess(
    scenario: Scenario, actuals: str | Path, targets: str | Path | None, scoring: Scoring, beyond: Asked | None = None
) -> AssessedTrack:
    """Hold the actual years against the targets, and assess one of them where a form is given.

    `beyond` is handed on to `track`.

    Raises InputError: everything that is wrong in tables, form and rule set, all at once; a year without figures.
    Raises NoSplit: the plan itself has no split.
    """
    collector = Collector()
    scored = collector.taken(lambda: _scored(scenario, scoring))
    tracked = collector.taken(lambda: track(scenario, actuals, targets, beyond))
    if scored is not None and tracked is not None:
        _check_year(tracked.record, scoring.year, collector)
    collector.raise_errors()
    assert tracked is not None
    if scored is None:
        return AssessedTrack(tracked, None)
    rules, form = scored
    results = track_results(tracked.record, scoring.year or tracked.record.year, rules.rules.printed_rates)
    return AssessedTrack(tracked, assess(scenario, rules, form, results))


def _scored(scenario: Scenario, scoring: Scoring) -> tuple[Rules, Form] | None:
    """Return rule set and form; None where no assessment is asked for."""
    if scoring.form is None:
        for option, value in (("--rules", scoring.rules), ("--year", scoring.year)):
            if value is not None:
                raise InputError.of("assess_form_needed", Place(key=option))
        return None
    rules = find_rules(scoring.rules or RULES)
    return rules, read_form(scoring.form, rules.rules, scenario.regions)


def _check_year(record: TrackRecord, year: int | None, collector: Collector) -> None:
    asked = record.year if year is None else year
    if asked not in record.years:
        known = ", ".join(map(str, record.years)) or "–"
        collector.error("assess_year", Place(key="--year"), found=asked, known=known)


def track_results(record: TrackRecord, year: int, printed: bool) -> Results:
    """Return the completions of a judged year; in the end year those of the whole period as well.

    With `printed` rates count as they are printed.

    Annual: the year's reduction over the year's target on the path. Cumulative: the reduction since the base year over
    the path's at the end of the year. Period: the same over the target itself.
    """
    at = year - record.base_year - 1
    regions = record.regions
    annual = [region.annual_reductions[at] for region in regions]
    done = [region.cumulative_reductions[at] for region in regions]
    final = year == record.end_year
    return Results(
        year=year,
        annual=completions(annual, [region.annual_targets[at] for region in regions], printed),
        cumulative=completions(done, [region.path[at] for region in regions], printed),
        period=completions(done, [region.target for region in regions], printed) if final else None,
    )
