"""The yearly assessment: completion gives points, the form gives the others, a missed target fails.

Pure functions of a scenario, a rule set, a filled form and the completions of the year. Points are added in
rationals, so that a total of exactly 60, 80 or 90 gets the grade that begins there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from reports.assessing.record import (
    AssessmentRecord,
    CityRecord,
    completion_points,
    grade_of,
    missed_finally,
    missed_yearly,
    total_points,
)
from scenarios.assessing.form import Form
from scenarios.assessing.rules import Rules
from scenarios.load import Scenario
from scenarios.tables.counted import counted, reaches


@dataclass(frozen=True)
class Results:
    """What the cities did, in the order of the scenario's regions; see `completion`."""

    year: int  # That is assessed
    # annual, cumulative: Completion of the year's target and of what was due since the base year, shape (n,)
    annual: tuple[Fraction, ...]
    cumulative: tuple[Fraction, ...]
    # Completion of the whole period's target, shape (n,); in the end year only
    period: tuple[Fraction, ...] | None = None


def completion(done: float | Fraction, due: float | Fraction, printed: bool = False) -> Fraction:
    """Return a reduction that was reached over the one that was due.

    Where nothing was due (`due` at or below zero) it is 1 for whoever kept to it and 0 for who did not. With `printed`
    both count as they are printed; otherwise what differs by no more than the rounding errors of doubles is 1.
    """
    if printed:
        done, due = counted(done, printed), counted(due, printed)
    if reaches(done, due, printed) and reaches(due, done, printed):
        return Fraction(1)
    if due <= 0:
        return Fraction(int(done >= due))
    return Fraction(done) / Fraction(due)


def completions(
    done: Sequence[float | Fraction], due: Sequence[float | Fraction], printed: bool = False
) -> tuple[Fraction, ...]:
    """Return the completion of every region."""
    return tuple(completion(d, t, printed) for d, t in zip(done, due, strict=True))


def assess(scenario: Scenario, rules: Rules, form: Form, results: Results) -> AssessmentRecord:
    """Return the assessment of a year.

    `form`: scores of all items but the two that are computed.
    `results`: completions of the year; those of the period make it the final assessment as well.
    """
    totals = [_total(rules, form, results, n) for n in range(len(scenario.regions))]
    cities = tuple(_city(scenario, rules, form, results, totals, n) for n in range(len(totals)))
    return AssessmentRecord(
        scenario=scenario.file.name,
        year=results.year,
        final=results.period is not None,
        rules=rules.points,
        cities=cities,
        inputs={source.name: source.sha256 for source in (*form.sources, rules.source)},
        created=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _scores(rules: Rules, form: Form, n: int) -> dict[str, Decimal]:
    """Return item -> score of one region."""
    return {item.id: form.scores[item.id][n] for item in rules.points.items}


def _total(rules: Rules, form: Form, results: Results, n: int) -> Fraction:
    done = results.annual[n], results.cumulative[n]
    return total_points(rules.points, done, list(_scores(rules, form, n).values()))


def _city(
    scenario: Scenario, rules: Rules, form: Form, results: Results, totals: Sequence[Fraction], n: int
) -> CityRecord:
    regions, rule_set = scenario.regions, rules.points
    scores, total = _scores(rules, form, n), totals[n]
    done = results.annual[n], results.cumulative[n]
    missed = missed_yearly(rule_set.veto, done)
    period = None if results.period is None else results.period[n]
    final_missed = () if period is None else missed_finally(rule_set.veto, period)
    sections = {s.id: float(sum((scores[item.id] for item in s.items), Decimal(0))) for s in rule_set.sections}
    return CityRecord(
        **regions.named(n),
        annual_completion=float(done[0]),
        cumulative_completion=float(done[1]),
        annual_points=float(completion_points(rule_set.completion.annual, done[0])),
        cumulative_points=float(completion_points(rule_set.completion.cumulative, done[1])),
        scores={key: float(score) for key, score in scores.items()},
        sections=sections,
        total=float(total),
        rank=1 + sum(other > total for other in totals),
        missed=missed,
        grade=grade_of(rule_set.grades, total, missed),
        final_missed=final_missed,
        final_grade=None if period is None else grade_of(rule_set.grades, total, final_missed),
        exact_annual_completion=str(done[0]),
        exact_cumulative_completion=str(done[1]),
        exact_period_completion=None if period is None else str(period),
        exact_total=str(total),
    )
