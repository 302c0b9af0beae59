"""The tables of an assessment as official sheets: the ranking of the province, and a sheet for each city."""

from __future__ import annotations

from reports.assessing.record import AssessmentRecord, CityRecord
from reports.assessing.sentences import completion_text, missed_text, points_texts, scored, told_in, total_text
from reports.printing.document import Sheet, one_line
from reports.printing.table import Column, Table
from reports.words.assessing import WORDS
from scenarios.assessing.form import HEADS
from scenarios.assessing.rules import ANNUAL, CUMULATIVE, plain
from scenarios.tables.cells import exact
from scenarios.wording import Language, running


def ranking_sheet(record: AssessmentRecord, language: Language) -> Sheet:
    """Return the ranking: a row a city, highest total first."""
    title = WORDS.say("ranking_title", language, year=record.year)
    cells = [_ranked(record, city, language) for city in record.ranked()]
    texts = {"name", "veto", "grade", "final_veto", "final_grade"}
    columns = tuple(
        Column(
            code, WORDS.say(code, language), "%" if code.endswith("completion") else "",
            kind="text" if code in texts else "number",
        )
        for code in cells[0]
    )  # fmt: skip
    rows = tuple(tuple(row.values()) for row in cells)
    caption, unit = WORDS.say("ranking_caption", language), WORDS.say("unit_ranking", language)
    table = Table(columns, rows, "ranking", caption, unit, tab=WORDS.say("sheet_ranking", language))
    notes = [WORDS.say("note_rank", language), *_notes(record, language)]
    return _sheet(record, language, title, table, WORDS.say("checked", language), notes)


def city_sheet(record: AssessmentRecord, city: CityRecord, language: Language) -> Sheet:
    """Return the self-assessment of one city: a row an item, its total in the last."""
    title = WORDS.say("city_title", language, city=one_line(city.label(language)), year=record.year)
    rows = [*_completion_rows(record, city, language), *_item_rows(record, city, language)]
    rows.append(("", WORDS.say("sum", language), "", "100", total_text(record, city), "", "", ""))
    caption, unit = WORDS.say("city_caption", language), WORDS.say("unit", language)
    table = Table(_city_columns(language), tuple(rows), "city", caption, unit, True, WORDS.say("sheet_city", language))
    heading = WORDS.say("result_heading", language)
    return _sheet(record, language, title, table, _result(city, language), _notes(record, language), heading)


def _sheet(
    record: AssessmentRecord, language: Language, title: str, table: Table, said: str, notes: list[str], head: str = ""
) -> Sheet:
    source = WORDS.say("source", language, source=told_in(record.rules.source, language).rstrip("。."))
    return Sheet(language, title, (table,), said, tuple(notes), source, record.created, head)


def _ranked(record: AssessmentRecord, city: CityRecord, language: Language) -> dict[str, str]:
    """Return the cells of a city in the ranking by the code of their column."""
    (annual, cumulative), (annual_points, cumulative_points) = city.completions, points_texts(record, city)
    cells = {
        "rank": str(city.rank), "name": one_line(city.label(language)),
        "annual_completion": completion_text(annual), "annual_points": annual_points,
        "cumulative_completion": completion_text(cumulative), "cumulative_points": cumulative_points,
        "scored": f"{scored(city):.2f}", "sum": total_text(record, city),
        "veto": missed_text(city.missed, language), "grade": WORDS.say(city.grade, language),
    }  # fmt: skip
    if city.final_grade is not None:
        cells["final_veto"] = missed_text(city.final_missed, language)
        cells["final_grade"] = WORDS.say(city.final_grade, language)
    return cells


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
    rows = []
    for section in record.rules.sections:
        for item in section.items:
            stub = [item.id, *(told_in(title, language) for title in (section.title, item.title))]
            said = [told_in(text, language) for text in (item.criteria, item.departments, item.evidence)]
            rows.append((*stub, plain(item.points), plain(exact(city.scores[item.id])), *said))
    return rows


def _result(city: CityRecord, language: Language) -> str:
    """Return grade and veto of the year, and of the period where there are any."""
    said = [("result", city.grade, city.missed)]
    if city.final_grade is not None:
        said.append(("final_result", city.final_grade, city.final_missed))
    lines = (
        WORDS.say(code, language, grade=WORDS.say(grade, language), veto=missed_text(missed, language))
        for code, grade, missed in said
    )
    return running(lines, language)


def _notes(record: AssessmentRecord, language: Language) -> list[str]:
    """Return what grades, vetoes and figures mean."""
    rules = record.rules
    limits = {name: plain(getattr(rules.grades, name)) for name in ("excellent", "good", "qualified")}
    vetoes = {
        "annual": rules.veto.annual == "yearly",
        "cumulative": rules.veto.cumulative == "yearly",
        "period": rules.veto.cumulative != "never",
    }
    notes = [WORDS.say("note_grades", language, **limits)]
    notes += [WORDS.say(f"note_veto_{code}", language) for code, stands in vetoes.items() if stands]
    first, *forms = record.inputs  # the last one is the rule set
    many = "note_scores_many" if len(forms) > 1 else "note_scores"
    notes.append(WORDS.say(many, language, file=one_line(first), count=len(forms)))
    notes.append(WORDS.say("printed_rates" if rules.printed_rates else "exact_rates", language))
    notes.append(WORDS.say("note_digits", language))
    return notes + [told_in(section.note, language) for section in rules.sections if section.note is not None]
