"""assessment.json: what every city scored, what failed it, and its grade.

Completions are fractions, points are points out of 100. Where a total is held against a grade it is exact: the
fields `exact_…` hold rationals, the floats beside them are the nearest doubles.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any, Literal

from pydantic import field_serializer

from reports.records import Named, Record
from scenarios.assessing.rules import Grades, RuleSet, Veto

Grade = Literal["excellent", "good", "qualified", "failed"]
Missed = Literal["annual", "cumulative", "period"]

_FEWEST, _MOST = 2, 12


class CityRecord(Named):
    """One city; completions are what was done over what was due, negative where intensity rose."""

    annual_completion: float
    cumulative_completion: float
    annual_points: float
    cumulative_points: float
    scores: dict[str, float]  # Those of the form, by item
    sections: dict[str, float]
    total: float
    rank: int  # By total; equal totals share one
    missed: tuple[Missed, ...]  # The targets that fail the year's assessment
    grade: Grade
    # final: of the whole period, in the end year only
    final_missed: tuple[Missed, ...] = ()
    final_grade: Grade | None = None
    exact_annual_completion: str
    exact_cumulative_completion: str
    exact_period_completion: str | None = None
    exact_total: str

    @property
    def completions(self) -> tuple[Fraction, Fraction]:
        """Completion of the annual target and of the cumulative progress, exact."""
        return Fraction(self.exact_annual_completion), Fraction(self.exact_cumulative_completion)

    @property
    def exact(self) -> Fraction:
        """The total, exact."""
        return Fraction(self.exact_total)


class AssessmentRecord(Record):
    """A whole assessment: scenario, rule set, year, the cities in the order of the scenario, where it comes from."""

    schema_version: Literal[1] = 1
    scenario: str
    year: int
    final: bool
    rules: RuleSet
    cities: tuple[CityRecord, ...]
    inputs: dict[str, str]  # File name -> SHA-256 of form and rule set
    created: str

    @field_serializer("rules")
    def _rules(self, rules: RuleSet) -> dict[str, Any]:
        """Return what a reader needs of the rule set: its name and source, and the points of every item."""
        items = {item.id: float(item.points) for item in rules.items}
        said = rules.model_dump(mode="json", include={"name", "title", "source", "year", "veto", "printed_rates"})
        return said | {"items": items}

    def ranked(self) -> list[CityRecord]:
        """Return the cities, highest total first."""
        return sorted(self.cities, key=lambda city: city.rank)


def completion_points(points: Decimal | Fraction, completion: Fraction) -> Fraction:
    """Return points × min(1, completion), never below 0."""
    return Fraction(points) * min(Fraction(1), max(Fraction(0), completion))


def total_points(rules: RuleSet, completions: tuple[Fraction, Fraction], scores: Sequence[Decimal]) -> Fraction:
    """Return the total out of 100, exact; `scores` are those of the items scored by people."""
    due = (rules.completion.annual, rules.completion.cumulative)
    parts = (completion_points(points, done) for points, done in zip(due, completions, strict=True))
    return sum(parts, Fraction(0)) + sum(map(Fraction, scores), Fraction(0))


def missed_yearly(veto: Veto, completions: tuple[Fraction, Fraction]) -> tuple[Missed, ...]:
    """Return the targets that fail the assessment of a year."""
    annual, cumulative = completions
    missed: list[Missed] = ["annual"] if veto.annual == "yearly" and annual < 1 else []
    return (*missed, "cumulative") if veto.cumulative == "yearly" and cumulative < 1 else tuple(missed)


def missed_finally(veto: Veto, period: Fraction) -> tuple[Missed, ...]:
    """Return what fails the assessment of the whole period: its target, unless the rule set has no such veto."""
    return ("period",) if veto.cumulative != "never" and period < 1 else ()


def grade_of(grades: Grades, total: Fraction, missed: Sequence[Missed]) -> Grade:
    """Return the grade of a total; whoever missed a target with a veto has failed."""
    if missed or total < Fraction(grades.qualified):
        return "failed"
    if total >= Fraction(grades.excellent):
        return "excellent"
    return "good" if total >= Fraction(grades.good) else "qualified"


def levels(grades: Grades) -> tuple[Fraction, ...]:
    """Return the totals at which a grade begins."""
    return Fraction(grades.qualified), Fraction(grades.good), Fraction(grades.excellent)


def told(value: Fraction, limits: Sequence[Fraction] = (), fewest: int = _FEWEST) -> str:
    """Return a number with two decimals, rounded half up, or as many more as keep it on its side of every limit.

    89.998 is not printed as 90.00 where 90 is a limit.
    """
    for digits in range(fewest, _MOST):
        scaled = floor(value * 10**digits + Fraction(1, 2))
        if all((Fraction(scaled, 10**digits) >= limit) == (value >= limit) for limit in limits):
            return f"{Decimal(scaled).scaleb(-digits):.{digits}f}"
    scaled = value * 10**_MOST // 1
    return f"{Decimal(int(scaled)).scaleb(-_MOST):.{_MOST}f}"


def disagreements(record: AssessmentRecord) -> list[str]:
    """Return the ids of the cities whose total, grades or rank do not follow from scores and completions."""
    return [city.id for city in record.cities if not _follows(record, city)]


def _follows(record: AssessmentRecord, city: CityRecord) -> bool:
    rules = record.rules
    scores = [Decimal(repr(city.scores[item.id])) for item in rules.items]
    within = all(0 <= score <= item.points for score, item in zip(scores, rules.items, strict=True))
    total = total_points(rules, city.completions, scores)
    missed = missed_yearly(rules.veto, city.completions)
    rank = 1 + sum(other.exact > total for other in record.cities)
    said = (city.exact, city.missed, city.grade, city.rank)
    return (
        within
        and said == (total, missed, grade_of(rules.grades, total, missed), rank)
        and _follows_finally(record, city, total)
    )


def _follows_finally(record: AssessmentRecord, city: CityRecord, total: Fraction) -> bool:
    """Return whether what is said of the whole period follows, or nothing is said where nothing is to be."""
    if not record.final or city.exact_period_completion is None:
        said = (record.final, city.final_missed, city.final_grade, city.exact_period_completion)
        return said == (False, (), None, None)
    missed = missed_finally(record.rules.veto, Fraction(city.exact_period_completion))
    return (city.final_missed, city.final_grade) == (missed, grade_of(record.rules.grades, total, missed))
