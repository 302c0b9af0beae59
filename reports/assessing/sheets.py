"""The tables of an assessment as official sheets: the ranking of the province, and a sheet for each city."""

from __future__ import annotations

from collections.abc import Sequence

from reports.assessing.record import AssessmentRecord, CityRecord
from reports.assessing.sentences import completion_text, missed_text, points_texts, scored, shown, told_in, total_text
from reports.printing.document import Column, Sheet, Table
from reports.words.assessing import WORDS
from scenarios.assessing.form import HEADS
from scenarios.assessing.rules import ANNUAL, CUMULATIVE, ScoredItem, plain
from scenarios.tables.cells import exact
from scenarios.wording import Language


def ranking_sheet(record: AssessmentRecord, language: Language) -> Sheet:
    """Return the ranking: a row a city, highest total first."""
    title = WORDS.say("ranking_title", language, year=record.year)
    columns = _ranking_columns(record, language)
    rows = tuple(_ranking_row(record, city, language) for city in record.ranked())
    caption, unit = WORDS.say("ranking_caption", language), WORDS.say("unit_ranking", language)
    table = Table("ranking", caption, unit, columns, rows, tab=WORDS.say("sheet_ranking", language))
    notes = [WORDS.say("note_rank", language), *_notes(record, language)]
    return _sheet(record, language, title, table, WORDS.say("checked", language), notes)


def city_sheet(record: AssessmentRecord, city: CityRecord, language: Language) -> Sheet:
    """Return the self-assessment of one city: a row an item, its total in the last."""
    title = WORDS.say("city_title", language, city=shown(city.label(language)), year=record.year)
    rows = [*_completion_rows(record, city, language), *_item_rows(record, city, language)]
    rows.append(("", WORDS.say("sum", language), "", "100", total_text(record, city), "", "", ""))
    caption, unit = WORDS.say("city_caption", language), WORDS.say("unit", language)
    table = Table("city", caption, unit, _city_columns(language), tuple(rows), True, WORDS.say("sheet_city", language))
    return _sheet(
        record,
        language,
        title,
        table,
        _result(city, language),
        _notes(record, language),
        WORDS.say("result_heading", language),
    )


def _sheet(
    record: AssessmentRecord,
    language: Language,
    title: str,
    table: Table,
    statement: str,
    notes: Sequence[str],
    heading: str = "",
) -> Sheet:
    source = WORDS.say("source", language, source=told_in(record.rules.source, language).rstrip("。."))
    return Sheet(language, title, (table,), statement, tuple(notes), source, record.created, heading)


def _ranking_columns(record: AssessmentRecord, language: Language) -> tuple[Column, ...]:
    texts = {"name", "veto", "grade", "final_veto", "final_grade"}
    codes = ["rank", "name", "annual_completion", "annual_points", "cumulative_completion", "cumulative_points"]
    codes += ["scored", "sum", "veto", "grade", *(["final_veto", "final_grade"] if record.final else [])]
    return tuple(
        Column(
            code,
            WORDS.say(code, language),
            "%" if code.endswith("completion") else "",
            kind="text" if code in texts else "number",
        )
        for code in codes
    )


def _ranking_row(record: AssessmentRecord, city: CityRecord, language: Language) -> tuple[str, ...]:
    annual, cumulative = city.completions
    cells = [str(city.rank), shown(city.label(language))]
    annual_points, cumulative_points = points_texts(record, city)
    cells += [completion_text(annual), annual_points, completion_text(cumulative), cumulative_points]
    cells += [f"{scored(city):.2f}", total_text(record, city)]
    cells += [missed_text(city.missed, language), WORDS.say(city.grade, language)]
    if city.final_grade is not None:
        cells += [missed_text(city.final_missed, language), WORDS.say(city.final_grade, language)]
    return tuple(cells)


def _city_columns(language: Language) -> tuple[Column, ...]:
    heads = {
        "number": WORDS.say("number", language),
        "section": _head("section", language),
        "indicator": _head("indicator", language),
        "points": _head("points", language),
        **{code: WORDS.say(code, language) for code in ("score", "criteria", "departments", "evidence")},
    }
    numbers = {"points", "score"}
    return tuple(Column(code, head, kind="number" if code in numbers else "text") for code, head in heads.items())


def _head(code: str, language: Language) -> str:
    """Return a header that form and tables share."""
    return HEADS[code][language == "en"]


def _completion_rows(record: AssessmentRecord, city: CityRecord, language: Language) -> list[tuple[str, ...]]:
    """Return the two rows that are computed."""
    points = record.rules.completion
    annual, cumulative = city.completions
    annual_points, cumulative_points = points_texts(record, city)
    return [
        (
            number,
            WORDS.say("completion_section", language),
            WORDS.say(code, language),
            plain(full),
            got,
            WORDS.say("completion_criterion", language, completion=completion_text(done)),
            WORDS.say("completion_departments", language),
            WORDS.say("completion_evidence", language),
        )
        for number, code, full, got, done in (
            (ANNUAL, "annual_item", points.annual, annual_points, annual),
            (CUMULATIVE, "cumulative_item", points.cumulative, cumulative_points, cumulative),
        )
    ]


def _item_rows(record: AssessmentRecord, city: CityRecord, language: Language) -> list[tuple[str, ...]]:
    return [
        _item_row(item, section.title.say(language), city, language)
        for section in record.rules.sections
        for item in section.items
    ]


def _item_row(item: ScoredItem, section: str, city: CityRecord, language: Language) -> tuple[str, ...]:
    said = [told_in(text, language) for text in (item.criteria, item.departments, item.evidence)]
    score = plain(exact(city.scores[item.id]))
    return (item.id, shown(section), told_in(item.title, language), plain(item.points), score, *said)


def _result(city: CityRecord, language: Language) -> str:
    """Return grade and veto of the year, and of the period where there are any."""
    said = [("result", city.grade, city.missed)]
    if city.final_grade is not None:
        said.append(("final_result", city.final_grade, city.final_missed))
    gap = "" if language == "zh" else " "
    return gap.join(
        WORDS.say(code, language, grade=WORDS.say(grade, language), veto=missed_text(missed, language))
        for code, grade, missed in said
    )


def _notes(record: AssessmentRecord, language: Language) -> list[str]:
    """Return what grades, vetoes and figures mean."""
    rules = record.rules
    limits = {name: plain(getattr(rules.grades, name)) for name in ("excellent", "good", "qualified")}
    notes = [WORDS.say("note_grades", language, **limits)]
    if rules.veto.annual == "yearly":
        notes.append(WORDS.say("note_veto_annual", language))
    if rules.veto.cumulative == "yearly":
        notes.append(WORDS.say("note_veto_cumulative", language))
    if rules.veto.cumulative != "never":
        notes.append(WORDS.say("note_veto_period", language))
    notes.append(WORDS.say("note_scores", language, file=shown(next(iter(record.inputs)))))
    notes.append(WORDS.say("printed_rates" if rules.printed_rates else "exact_rates", language))
    notes.append(WORDS.say("note_digits", language))
    return notes + [
        told_in(note, language) for section in rules.sections for note in (section.note,) if note is not None
    ]
