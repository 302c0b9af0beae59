"""A tracking together with the assessment of one of its years, as the command line asks for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from pydantic import Field

from allocator.assessing.doubts import ask_far
from allocator.assessing.indicators import Amount, Cut, Facts, assess_cells, assess_indicators
from allocator.assessing.points import Results, assess, completions
from allocator.planning.total.doubts import said_beside
from allocator.tracking.beside.companions import Beside, gdp_differs, read_beside, without_year
from allocator.tracking.gathering import Asked
from allocator.tracking.track import Tracked, track
from reports.assessing.cells import CellsRecord, cells_statements
from reports.assessing.pass_fail import PassFailRecord
from reports.assessing.pass_fail_sheets import pass_fail_statements
from reports.assessing.record import AssessmentRecord
from reports.assessing.sentences import assessment_statements
from reports.records import _absent, in_both
from reports.tracking.record import ProvinceTrack, RegionTrack, TrackRecord
from scenarios.assessing.cells import Cells
from scenarios.assessing.entries import read_capped, read_entries
from scenarios.assessing.form import read_form
from scenarios.assessing.pass_fail import Computed, PassFail, computed_from
from scenarios.assessing.rules import Rules, rules_for
from scenarios.errors import Collector, Finding, InputError, Place, once
from scenarios.load import Scenario
from scenarios.quantities import CARBON, Quantity, in_own_words
from scenarios.total.paths import due_in
from scenarios.wording import Language

AnyAssessment = AssessmentRecord | PassFailRecord | CellsRecord


@dataclass(frozen=True)
class Judge:
    """What assesses a year of a tracking."""

    assess: Callable[[TrackRecord, int], AnyAssessment]
    beside: tuple[Beside, ...] = ()  # Scenarios that it computes indicators from as well
    notices: tuple[Finding, ...] = ()  # What must be said with its rules and its form
    # What must be said of what was entered, held against the tracking; what is asked is raised
    doubts: Callable[[TrackRecord, int], tuple[Finding, ...]] = lambda record, year: ()


@dataclass(frozen=True)
class Scoring:
    """What an assessment is asked by: filled form, rule set, year; None for what was not said."""

    form: Path | None = None
    rules: str | None = None
    year: int | None = None


class AssessedRecord(TrackRecord):
    """A tracking, with the assessment where one was asked for."""

    assessment: AnyAssessment | None = Field(exclude_if=_absent)


@dataclass(frozen=True)
class AssessedTrack:
    """A tracking, and the assessment where one was asked for."""

    tracked: Tracked
    assessment: AnyAssessment | None

    @property
    def measured(self) -> Quantity:
        """The quantity that it is of."""
        return self.tracked.measured

    @in_own_words
    def statements(self, language: Language) -> list[str]:
        """Return both in sentences."""
        more = [] if self.assessment is None else said(self.assessment, language)
        return [*self.tracked.statements(language), *more]

    @property
    def record(self) -> AssessedRecord:
        """Both for programs."""
        return AssessedRecord.of(self.tracked.record, assessment=self.assessment)


def said(assessment: AnyAssessment, language: Language) -> list[str]:
    """Return an assessment in sentences."""
    if isinstance(assessment, PassFailRecord):
        return pass_fail_statements(assessment, language)
    if isinstance(assessment, CellsRecord):
        return cells_statements(assessment, language)
    return assessment_statements(assessment, language)


@in_own_words
def hold_and_assess(
    scenario: Scenario, actuals: str | Path, targets: str | Path | None, scoring: Scoring, beyond: Asked | None = None
) -> AssessedTrack:
    """Hold the actual years against the targets, and assess one of them where a form or a rule set is named.

    `beyond` is handed on to `track`.

    Raises InputError: everything that is wrong in tables, form and rule set, all at once; a year without figures.
    Raises NoSplit: the plan itself has no split.
    """
    collector = Collector()
    judge = collector.taken(lambda: _judge(scenario, scoring, str(actuals)))
    tracked = collector.taken(lambda: track(scenario, actuals, targets, beyond))
    if judge is not None and tracked is not None:
        _check_year(tracked.record, scoring.year, judge.beside, collector)
    collector.raise_errors()
    assert tracked is not None
    if judge is None:
        return AssessedTrack(tracked, None)
    year = tracked.record.year if scoring.year is None else scoring.year
    judge = replace(judge, notices=(*judge.notices, *judge.doubts(tracked.record, year)))
    return AssessedTrack(_with_notices(scenario, tracked, judge), judge.assess(tracked.record, year))


def _with_notices(scenario: Scenario, tracked: Tracked, judge: Judge) -> Tracked:
    """Return a tracking that says what must be said of the rules and of the scenarios beside it as well."""
    beside = judge.beside
    kept = said_beside(scenario, [scenario, *(one.scenario for one in beside)])
    spare = {notice.say("en") for notice in scenario.notices} - {notice.say("en") for notice in kept}
    of_others = (
        *judge.notices,
        *(notice for one in beside for notice in one.notices),
        *gdp_differs(beside, tracked.record),
    )
    found = once(said for said in (*tracked.notices, *of_others) if said.say("en") not in spare)
    notices = tuple(in_both(notice.say) for notice in found)
    return Tracked(tracked.record.model_copy(update={"notices": notices}), found)


def _judge(scenario: Scenario, scoring: Scoring, actuals: str) -> Judge | None:
    """Return what assesses a year, everything that it rests on read; None where no assessment is asked for."""
    if scoring.form is None and scoring.rules is None:
        if scoring.year is not None:
            raise InputError.of("assess_form_needed", Place(key="--year"))
        return None
    if scenario.measured != CARBON:
        raise InputError.of("assess_of_carbon", Place(key="--rules" if scoring.rules else "--form"))
    rules = rules_for(scoring.rules, scenario.file.period, scenario.file.answers)
    if isinstance(rules.rules, PassFail):
        judge = _by_indicators(scenario, rules, rules.rules, scoring.form, actuals)
    elif isinstance(rules.rules, Cells):
        judge = _by_cells(scenario, rules, rules.rules, scoring.form)
    else:
        judge = _by_points(scenario, rules, scoring.form)
    return replace(judge, notices=(*rules.notices, *judge.notices))


def _by_points(scenario: Scenario, rules: Rules, path: Path | None) -> Judge:
    if path is None:
        raise InputError.of("assess_form_needed", Place(key="--rules"))
    form, printed = read_form(path, rules.points, scenario.regions), rules.points.printed_rates
    return Judge(
        lambda record, year: assess(scenario, rules, form, track_results(record, year, printed)), notices=form.notices
    )


def _by_indicators(scenario: Scenario, rules: Rules, rule_set: PassFail, path: Path | None, actuals: str) -> Judge:
    collector, known, answers = Collector(), computed_from(scenario.file), scenario.file.answers
    computed = {part.source.scenario: part for part in rule_set.parts.values() if isinstance(part.source, Computed)}
    beside = collector.taken(lambda: read_beside(scenario, actuals, computed)) or ()
    entries = None if path is None else collector.taken(lambda: read_entries(path, rule_set, known, answers))
    collector.extend(_units(rules.source.name, rule_set, [scenario, *(one.scenario for one in beside)]))
    collector.raise_errors()

    def judged(record: TrackRecord, year: int) -> PassFailRecord:
        return assess_indicators(scenario, rules, entries, track_facts(scenario, record, year, beside))

    def doubts(record: TrackRecord, year: int) -> tuple[Finding, ...]:
        return ask_far(rule_set, entries, track_facts(scenario, record, year, beside), answers)

    return Judge(judged, beside, entries.notices if entries else (), doubts)


def _units(name: str, rules: PassFail, scenarios: list[Scenario]) -> Iterator[Finding]:
    """Yield the computed parts of a rule set whose unit is not that of their figure."""
    units = {one.measured.name: one.measured.unit for one in scenarios}
    for part in rules.parts.values():
        if not isinstance(part.source, Computed) or part.source.scenario not in units or part.unit is None:
            continue
        needed = units[part.source.scenario] if part.source.which == "total" else "%"
        if part.unit.zh.replace("标煤", "标准煤") != needed:
            yield Finding("assess_unit", Place(file=name, key=part.id), {"found": part.unit.zh, "needed": needed})


def _by_cells(scenario: Scenario, rules: Rules, rule_set: Cells, path: Path | None) -> Judge:
    if path is not None and rule_set.cap is None:
        raise InputError.of("assess_no_form", Place(key="--form"), found=rule_set.name)
    capped = None if path is None else read_capped(path, scenario.regions, scenario.file.answers)
    return Judge(
        lambda record, year: assess_cells(scenario, rules, capped, track_facts(scenario, record, year)),
        notices=capped.notices if capped else (),
    )


def _check_year(record: TrackRecord, year: int | None, beside: tuple[Beside, ...], collector: Collector) -> None:
    asked = record.year if year is None else year
    if asked not in record.years:
        known = ", ".join(map(str, record.years)) or "–"
        collector.error("assess_year", Place(key="--year"), found=asked, known=known)
    else:
        collector.extend(without_year(beside, asked))


def track_facts(scenario: Scenario, record: TrackRecord, year: int, beside: tuple[Beside, ...] = ()) -> Facts:
    """Return what a tracking found of a judged year, for an assessment."""
    at = year - record.base_year
    covered = started = None
    if record.offsets is not None:  # later projects are not due yet
        begun = [one.verdict for one in record.offsets if one.start <= year]
        covered, started = all(verdict == "covered" for verdict in begun), (len(begun), len(record.offsets))
    computed: dict[str, Cut | Amount] = {"carbon.intensity": _cut(record.province, at)}
    if scenario.baseline.total is not None and record.form != "reductions":
        due, entered = _year_cap(scenario, record, at)
        computed["carbon.total"] = Amount(_emitted(record, at), due, entered=entered)
    computed |= dict(one.computed(year) for one in beside)
    cities = tuple(_cut(one, at) for one in record.regions)
    sources = tuple(source for one in beside for source in one.sources)
    energy = next((used for one in beside if (used := one.energy(year)) is not None), None)
    return Facts(year, cities, computed, covered, started, energy, sources)


def _cut(standing: ProvinceTrack | RegionTrack, at: int) -> Cut:
    return Cut(
        standing.annual_reductions[at - 1], standing.annual_targets[at - 1],
        standing.cumulative_reductions[at - 1], standing.path[at - 1],
    )  # fmt: skip


def _emitted(record: TrackRecord, at: int) -> Fraction:
    """Return the province's emissions, 万吨, added up as they were written."""
    return sum((Fraction(repr(region.emissions_10kt[at])) for region in record.regions), Fraction(0))


def _year_cap(scenario: Scenario, record: TrackRecord, at: int) -> tuple[Fraction, bool]:
    """Return what the province may emit in a year, and whether that stands in a table of yearly budgets."""
    total, base = scenario.baseline.total, sum(map(Fraction, scenario.regions.emissions), Fraction(0))
    assert total is not None
    budget, asked = record.province.budget, scenario.caps
    if budget is not None and not total.outside:
        table = asked.by_year if asked else None
        return Fraction(repr(budget[at - 1].budget_10kt)), table is not None and table.province[at - 1] is not None
    cap = max(total.cap - total.outside, Fraction(0))
    return due_in(base, cap, record.path.kind, (0.0, *record.path.shares), at), False


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
