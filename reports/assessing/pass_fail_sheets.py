"""Says an assessment by indicators, in sentences and as an official sheet: the province's, and cities for reference."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from reports.assessing.pass_fail import (
    CityReference,
    IndicatorRecord,
    PartRecord,
    PassFailRecord,
    State,
    compared,
)
from reports.assessing.sentences import told_in
from reports.printing.document import Sheet, one_line
from reports.printing.numbers import all_digits, rate
from reports.printing.table import Column, Table
from reports.words.assessing import WORDS
from scenarios.assessing.entries import ENTRY_HEADS
from scenarios.wording import Language, clauses, listed, percent

AS_ORDERED = "按任务书"
"""What stands for the unit of an indicator whose unit the order to the province names."""
_COLUMNS = ("group", "indicator", "unit", "condition", "figure", "target", "from", "result", "evidence")
_REFERENCE = {"name": "", "cut": "%", "due": "%", "year_result": "", "done": "%", "path": "%", "so_far_result": ""}


def pass_fail_statements(record: PassFailRecord, language: Language) -> list[str]:
    """Return the assessment in sentences: the grade, every indicator, cities for reference, what it rests on."""
    rules = record.rules
    heading = WORDS.say(
        "pass_fail_heading", language, year=record.year, name=rules.name, title=told_in(rules.title, language)
    )
    return [
        heading,
        _grade(record, language),
        *(_indicator(indicator, language) for indicator in record.indicators),
        WORDS.say("reference", language, cities=clauses((_city(c, language) for c in record.cities), language)),
        *_notes(record, language),
        WORDS.say("pass_fail_source", language, source=told_in(rules.source, language).rstrip("。."), year=rules.year),
    ]


def grades_text(record: PassFailRecord, language: Language) -> str:
    """Return the grades that are possible: one word where one is left."""
    return "/".join(WORDS.say(grade, language) for grade in record.grades)


def _grade(record: PassFailRecord, language: Language) -> str:
    """Return the grade and how many indicators are missed or open; what falsified figures rest on."""
    said = {"grades": grades_text(record, language)}
    if record.falsified:
        return WORDS.say("grade_falsified", language, evidence=one_line(record.falsified), **said)
    counts = {
        f"{group}_{state}": record.states(group).count(state)
        for group in ("control", "supporting")
        for state in ("missed", "open")
    }
    return WORDS.say("grade_possible", language, **said, **counts)


def _indicator(indicator: IndicatorRecord, language: Language) -> str:
    parts = clauses((_part(part, language) for part in indicator.parts), language)
    return WORDS.say(
        "indicator_line", language, group=WORDS.say(indicator.group, language), parts=parts,
        title=told_in(indicator.title, language), state=_state(indicator.state, language),
    )  # fmt: skip


def _part(part: PartRecord, language: Language) -> str:
    """Return what a part was, against what; why it is open; who judged it."""
    said = {"title": told_in(part.title, language), "state": _state(part.state, language)}
    if part.figure is not None and part.target is not None:
        code = f"part_{part.met}_five_year" if part.five_year else f"part_{part.met}"
        five_year = {"five_year": _state(part.five_year, language)} if part.five_year else {}
        exact = (part.exact_figure, part.exact_target)
        fewest = max(map(_decimals, exact)) if _unit(part, language) == "%" else 0
        figure, target = (_measured(each, part, language, fewest) for each in exact)
        if part.target_from in ("path", "budget"):
            target = WORDS.say(f"target_{part.target_from}", language, target=target)
        return WORDS.say(code, language, **said, **five_year, figure=figure, target=target)
    if part.state != "open":
        judged = "part_judged" if part.evidence else "part_found"
        return WORDS.say(judged, language, **said, evidence=one_line(part.evidence))
    lacking = "figure" if part.met and part.figure is None else "target" if part.met else "result"
    return WORDS.say("part_open", language, **said, lacking=WORDS.say(f"lacking_{lacking}", language))


def _looser(part: PartRecord, due: Fraction, language: Language) -> str:
    """Return an entered target beside the scenario's own, and what the part comes to by that."""
    own = compared(part.model_copy(update={"exact_target": str(due)}))
    exact = (part.exact_target, str(due))
    fewest = max(map(_decimals, exact)) if _unit(part, language) == "%" else 0
    target, asked = (_measured(each, part, language, fewest) for each in exact)
    return WORDS.say(
        "target_looser", language, title=told_in(part.title, language), target=target, due=asked,
        state=_state(own or "open", language),
    )  # fmt: skip


def _figure(exact: str | None) -> str:
    return "–" if exact is None else all_digits(exact)


def _unit(part: PartRecord, language: Language) -> str:
    return "" if part.unit is None else told_in(part.unit, language)


def _decimals(exact: str | None) -> int:
    return 0 if exact is None else len(all_digits(exact).partition(".")[2])


def _measured(exact: str | None, part: PartRecord, language: Language, fewest: int) -> str:
    """Return a figure with its unit and as many decimals as the other one has, thousands parted."""
    figure, unit = "–" if exact is None else all_digits(exact, fewest, part=","), _unit(part, language)
    if unit == "%":
        return figure + percent(language)
    if part.unit is None or part.unit.zh == AS_ORDERED:  # no unit, but a word for the one that the order names
        return figure
    return f"{figure} {'× ' if unit.startswith('10') else ''}{unit}"


def _state(state: State, language: Language) -> str:
    return WORDS.say(f"state_{state}", language)


def _city(city: CityReference, language: Language) -> str:
    return WORDS.say(
        "reference_city", language, name=one_line(city.label(language)), cut=rate(city.cut), due=rate(city.due),
        year=_state(city.year, language), done=rate(city.done), path=rate(city.path),
        so_far=_state(city.so_far, language),
    )  # fmt: skip


def _notes(record: PassFailRecord, language: Language) -> Iterable[str]:
    """Yield what targets and comparisons rest on."""
    parts = [part for indicator in record.indicators for part in indicator.parts]
    paths = [told_in(part.title, language) for part in parts if part.target_from == "path"]
    if paths:
        yield WORDS.say("targets_of_path", language, parts=listed(paths, language))
    looser = [_looser(part, due, language) for part in parts if (due := part.looser_than) is not None]
    if looser:
        yield WORDS.say("targets_looser", language, parts=clauses(looser, language))
    for started, count in (part.started for part in parts if part.started is not None):
        if not started:
            yield WORDS.say("offsets_none_due", language, year=record.year)
        elif started < count:
            yield WORDS.say("offsets_some_due", language, year=record.year, started=started, count=count)
    yield WORDS.say("printed_cuts" if record.rules.printed_rates else "exact_cuts", language)


def province_sheet(record: PassFailRecord, language: Language) -> Sheet:
    """Return the assessment of the province: a row a part, then the cities for reference."""
    title = WORDS.say("pass_fail_title", language, year=record.year)
    tables = (_parts_table(record, language), _reference_table(record, language))
    notes = [WORDS.say("note_open", language), WORDS.say("note_reference", language), *_notes(record, language)]
    source = WORDS.say("source", language, source=told_in(record.rules.source, language).rstrip("。."))
    heading = WORDS.say("result_heading", language)
    return Sheet(language, title, tables, _grade(record, language), tuple(notes), source, record.created, heading)


def _parts_table(record: PassFailRecord, language: Language) -> Table:
    columns = tuple(
        Column(code, _head(code, language), kind="number" if code in ("figure", "target") else "text")
        for code in _COLUMNS
    )
    rows = tuple(_row(indicator, part, language) for indicator in record.indicators for part in indicator.parts)
    caption, tab = WORDS.say("parts_caption", language), WORDS.say("sheet_province", language)
    return Table(columns, rows, "parts", caption, WORDS.say("unit_parts", language), tab=tab)


def _row(indicator: IndicatorRecord, part: PartRecord, language: Language) -> tuple[str, ...]:
    origin = WORDS.say(f"from_{part.target_from}", language) if part.target_from else "–"
    return (
        WORDS.say(indicator.group, language), told_in(part.title, language), _unit(part, language) or "–",
        WORDS.say(f"condition_{part.met or part.source}", language), _figure(part.exact_figure),
        _figure(part.exact_target), origin, _state(part.state, language), one_line(part.evidence) or "–",
    )  # fmt: skip


def _head(code: str, language: Language) -> str:
    """Return a header; form and table share most of them."""
    return ENTRY_HEADS[code][language == "en"] if code in ENTRY_HEADS else WORDS.say(f"h_{code}", language)


def _reference_table(record: PassFailRecord, language: Language) -> Table:
    texts = {"name", "year_result", "so_far_result"}
    columns = tuple(
        Column(code, WORDS.say(f"ref_{code}", language), unit, kind="text" if code in texts else "number",
               decimals=0 if code in texts else 2)
        for code, unit in _REFERENCE.items()
    )  # fmt: skip
    rows = tuple(
        (
            one_line(city.label(language)), rate(city.cut), rate(city.due), _state(city.year, language),
            rate(city.done), rate(city.path), _state(city.so_far, language),
        )
        for city in record.cities
    )  # fmt: skip
    caption, unit = WORDS.say("reference_caption", language, year=record.year), WORDS.say("unit_reference", language)
    return Table(columns, rows, "reference", caption, unit, tab=WORDS.say("sheet_reference", language))
