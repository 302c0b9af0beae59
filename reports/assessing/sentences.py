"""Says an assessment: totals in the order of ranks, vetoes, grades."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import get_args

from reports.assessing.record import AssessmentRecord, CityRecord, Grade, Missed, completion_points, levels, told
from reports.printing.document import one_line
from reports.printing.numbers import minus
from reports.words.assessing import WORDS
from scenarios.schema_types import Words
from scenarios.wording import Language, clauses, listed

_WHOLE = (Fraction(100),)


def completion_text(completion: Fraction) -> str:
    """Return a completion in per cent; one below 100 % never reads 100.00."""
    return minus(told(completion * 100, _WHOLE))


def total_text(record: AssessmentRecord, city: CityRecord) -> str:
    """Return a total, with decimals that keep it on its side of every grade and of every other total."""
    others = {other.exact for other in record.cities} - {city.exact}
    return told(city.exact, (*levels(record.rules.grades), *others))


def points_texts(record: AssessmentRecord, city: CityRecord) -> tuple[str, str]:
    """Return the points of the two computed items; less than all of them never reads as all."""
    due = record.rules.completion
    annual, cumulative = (
        told(completion_points(points, done), (Fraction(points),))
        for points, done in zip((due.annual, due.cumulative), city.completions, strict=True)
    )
    return annual, cumulative


def scored(city: CityRecord) -> float:
    """Return the points of all items scored by people."""
    return sum(city.sections.values())


def missed_text(missed: Sequence[Missed], language: Language) -> str:
    """Return the missed targets that fail an assessment, or that there are none."""
    return listed((WORDS.say(code, language) for code in missed), language) or WORDS.say("none", language)


def assessment_statements(record: AssessmentRecord, language: Language) -> list[str]:
    """Return the assessment in sentences."""
    rules = record.rules
    heading = WORDS.say("heading", language, year=record.year, name=rules.name, title=rules.title.say(language))
    lines = [heading, *(_total(record, city, language) for city in record.ranked())]
    vetoes = list(_vetoes(record, language))
    lines += vetoes or [WORDS.say("no_veto", language)]
    lines.append(_grades("grades", record, {city.id: city.grade for city in record.cities}, language))
    if record.final:
        final = {city.id: city.final_grade for city in record.cities if city.final_grade is not None}
        lines.append(_grades("final_grades", record, final, language))
    lines.append(WORDS.say("printed_rates" if rules.printed_rates else "exact_rates", language))
    return [*lines, WORDS.say("rules_source", language, source=rules.source.say(language), year=rules.year)]


def _total(record: AssessmentRecord, city: CityRecord, language: Language) -> str:
    said = {"rank": city.rank, "city": city.label(language), "grade": WORDS.say(city.grade, language)}
    for code, done, points in zip(("annual", "cumulative"), city.completions, points_texts(record, city), strict=True):
        said |= {code: completion_text(done), f"{code}_points": points}
    return WORDS.say("total", language, total=total_text(record, city), scored=f"{scored(city):.2f}", **said)


def _vetoes(record: AssessmentRecord, language: Language) -> Iterable[str]:
    """Yield who is failed by a veto, of the year and of the period."""
    for code, found in (("vetoed", "missed"), ("vetoed_finally", "final_missed")):
        for missed in get_args(Missed):
            cities = listed((c.label(language) for c in record.cities if missed in getattr(c, found)), language)
            if cities:
                said = {"cities": cities, "missed": WORDS.say(missed, language)}
                yield WORDS.say(code, language, **said, year=record.year)


def _grades(code: str, record: AssessmentRecord, grades: Mapping[str, Grade], language: Language) -> str:
    """Return who has which grade, best first."""
    parts = []
    for grade in get_args(Grade):
        cities = [city.label(language) for city in record.ranked() if grades[city.id] == grade]
        said = {"grade": WORDS.say(grade, language), "n": len(cities), "cities": listed(cities, language)}
        parts += [WORDS.say("grade_list", language, **said)] if cities else []
    return WORDS.say(code, language, year=record.year, grades=clauses(parts, language))


def told_in(words: Words, language: Language) -> str:
    """Return a text of a rule set in `language`."""
    return one_line(words.say(language))
