"""The official table, described once: every format prints this and nothing else.

All cells are text as printed, so that what a format wrote can be read back and held against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from reports.planning.incentive import incentive_statements
from reports.planning.record import PlanRecord, RegionRecord
from reports.planning.sentences import verdict_statement
from reports.planning.tables import province_row
from reports.printing.document import Column, Sheet, Table, visible
from reports.printing.numbers import minus, numeral
from reports.words import LABELS
from scenarios.tables.cells import grid_digits, per_cent
from scenarios.wording import Language

RATE = "rate"
"""Code of the column that holds the published rate."""

INCENTIVE = "incentive"
"""Code of the column that holds the published incentive rate, where the plan has such targets."""


def official_sheet(record: PlanRecord, language: Language, trace: tuple[str, str]) -> Sheet:
    """Return the official table of a plan.

    Parameters
    ----------
    record
        The plan.
    language
        Of all words.
    trace
        File name and SHA-256 of the plan.json that it comes from.
    """
    if any(region.class_ is not None for region in record.regions):
        tables: tuple[Table, ...] = (_class_table(record, language, 1), _full_table(record, language, 2))
    else:
        tables = (_full_table(record, language),)
    return Sheet(
        language=language,
        title=_text(record.scenario.title.say(language)),
        tables=tables,
        statement=_statement(record, language),
        notes=tuple(_notes(record, language, trace)),
        source=_source(record, language),
        created=record.provenance.created,
    )


def _statement(record: PlanRecord, language: Language) -> str:
    """Return the verdict, and that on the incentive targets where there are any."""
    said = [verdict_statement(record.province, language), *incentive_statements(record.province, language)[:1]]
    return ("" if language == "zh" else " ").join(said)


def _text(text: str) -> str:
    """Return a planner's text on one line, everything in it visible."""
    return visible(" ".join(text.split()))


def _years(record: PlanRecord) -> dict[str, int]:
    scenario = record.scenario
    return {"base": scenario.base_year, "end": scenario.end_year, "years": scenario.end_year - scenario.base_year}


def _caption(code: str, language: Language, number: int | None) -> str:
    title = LABELS.say(code, language)
    return title if number is None else LABELS.say("official_caption", language, number=number, title=title)


def _class_name(number: int, language: Language) -> str:
    return LABELS.say("official_class_name", language, number=numeral(number) if language == "zh" else number)


def _class_table(record: PlanRecord, language: Language, number: int) -> Table:
    """Return class, regions and rate, as circulars print them."""
    digits = grid_digits(Decimal(repr(record.scenario.grid)))
    members: dict[int, list[RegionRecord]] = {}
    for region in record.regions:
        if region.class_ is not None:
            members.setdefault(region.class_, []).append(region)
    comma = "、" if language == "zh" else ", "
    rows = (
        (
            _class_name(key, language),
            comma.join(visible(region.label(language)) for region in members[key]),
            _number(members[key][0].published_rate * 100, digits),
            *_class_incentives(record, members[key], digits, comma),
        )
        for key in sorted(members)
    )
    columns = [
        Column("class", LABELS.say("official_class", language), kind="text"),
        Column("name", LABELS.say("name", language), kind="text"),
        Column(RATE, LABELS.say("official_cut", language), "%", decimals=digits),
    ]
    if record.province.incentive is not None:
        columns.append(Column(INCENTIVE, LABELS.say("class_incentive", language), "%", decimals=digits))
    unit = LABELS.say("official_unit", language, unit="%")
    tab = LABELS.say("sheet_classes", language)
    caption = _caption("classes_title", language, number)
    return Table("classes", caption, unit, tuple(columns), tuple(rows), tab=tab)


def _class_incentives(record: PlanRecord, members: Iterable[RegionRecord], digits: int, comma: str) -> list[str]:
    """Return the incentive rates in a class, highest first, as one cell; no cell where there are none."""
    if record.province.incentive is None:
        return []
    rates = sorted({region.published_incentive_rate or 0.0 for region in members}, reverse=True)
    return [comma.join(_number(rate * 100, digits) for rate in rates)]


def _full_table(record: PlanRecord, language: Language, number: int | None = None) -> Table:
    """Return the whole table, the province in its last row."""
    columns = _columns(record, language)
    rows = [_row(columns, _region_values(record, region, language)) for region in record.regions]
    rows.append(_row(columns, _province_values(record, language)))
    said = {"what": LABELS.say("official_intensity", language), "unit": LABELS.say("official_intensity_unit", language)}
    rate = LABELS.say("official_unit_of", language, what=LABELS.say("official_rate", language), unit="%")
    unit = ("；" if language == "zh" else "; ").join((LABELS.say("official_unit_of", language, **said), rate))
    unit = LABELS.say("official_unit", language, unit=unit)
    tab = LABELS.say("sheet_table", language)
    caption = _caption("table_title", language, number)
    return Table("table", caption, unit, columns, tuple(rows), total=True, tab=tab)


def _columns(record: PlanRecord, language: Language) -> tuple[Column, ...]:
    """Return the columns of the full table; class and decline factors where the plan has them."""
    years, first = _years(record), record.regions[0]
    intensity = LABELS.say("official_intensity_unit", language)
    digits = grid_digits(Decimal(repr(record.scenario.grid)))
    columns = [Column("name", LABELS.say("name", language), kind="text")]
    if any(region.class_ is not None for region in record.regions):
        columns.append(Column("class", LABELS.say("official_class", language), kind="text"))
    columns += [
        Column("base_intensity", LABELS.say("official_base_intensity", language, **years), intensity, decimals=4),
        Column("growth", LABELS.say("official_growth", language), decimals=4),
        Column(RATE, LABELS.say("official_rate", language), "%", decimals=digits),
        Column(INCENTIVE, LABELS.say("class_incentive", language), "%", decimals=digits),
        Column("target_intensity", LABELS.say("official_target_intensity", language, **years), intensity, decimals=4),
        Column("annual", LABELS.say("official_annual", language), "%", decimals=2),
    ]
    points = LABELS.say("official_points", language)
    for factor in first.decline or ():
        label = LABELS.say("official_factor", language, factor=LABELS.say(factor, language))
        columns.append(Column(factor, label, points, decimals=2))
    return tuple(column for column in columns if column.code != INCENTIVE or record.province.incentive is not None)


def _region_values(record: PlanRecord, region: RegionRecord, language: Language) -> dict[str, str | float]:
    values: dict[str, str | float] = {
        "name": visible(region.label(language)),
        "class": "" if region.class_ is None else _class_name(region.class_, language),
        "base_intensity": region.intensity,
        "growth": region.growth,
        RATE: region.published_rate * 100,
        INCENTIVE: (region.published_incentive_rate or 0.0) * 100,
        "target_intensity": region.target_intensity,
        "annual": _annual(region.published_rate, record) * 100,
    }
    return values | {factor: share * 100 for factor, share in (region.decline or {}).items()}


def _province_values(record: PlanRecord, language: Language) -> dict[str, str | float]:
    row, implied, second = province_row(record), record.province.implied_reduction, record.province.incentive
    values: dict[str, str | float] = {
        "name": LABELS.say("total", language),
        "class": "",
        **{code: row[code] for code in ("base_intensity", "growth", "target_intensity")},
        RATE: minus(per_cent(implied)),
        INCENTIVE: minus(per_cent(second.implied_reduction)) if second else "",
        "annual": _annual(implied, record) * 100,
    }
    return values | {factor: share * 100 for factor, share in (record.province.decline or {}).items()}


def _row(columns: Sequence[Column], values: Mapping[str, str | float]) -> tuple[str, ...]:
    """Return the cells of one row as printed; what is not known is a dash."""
    cells = (values.get(column.code, "–") for column in columns)
    return tuple(
        cell if isinstance(cell, str) else _number(cell, column.decimals)
        for cell, column in zip(cells, columns, strict=True)
    )


def _number(value: float, digits: int) -> str:
    """Return a number as printed, with a true minus sign and no sign on zero."""
    text = f"{value:.{digits}f}"
    return minus(text.removeprefix("-") if float(text) == 0 else text)


def _annual(rate: float, record: PlanRecord) -> float:
    """Return the cut a year that compounds to `rate`: 1 - (1 - r)^(1/years), fractions."""
    return float(1 - (1 - rate) ** (1 / _years(record)["years"]))


def _notes(record: PlanRecord, language: Language, trace: tuple[str, str]) -> Iterable[str]:
    """Yield the notes: what the columns mean, then what the plan itself has to say, then where it comes from."""
    years = _years(record)
    for code in ("official_note_rate", "official_note_growth", "official_note_annual", "official_note_total"):
        yield LABELS.say(code, language, **years)
    if record.regions[0].decline:
        yield LABELS.say("official_note_factors", language)
    if record.province.with_projects is not None:
        implied = minus(per_cent(record.province.with_projects))
        yield LABELS.say("with_projects", language, implied=implied)
    if record.scenario.basis is not None:
        yield LABELS.say("basis", language, basis=_text(record.scenario.basis.say(language)))
    for note in record.scenario.notes:
        yield _text(note.say(language))
    yield LABELS.say("official_trace", language, file=trace[0], digest=trace[1][:16])


def _source(record: PlanRecord, language: Language) -> str:
    sources = [_text(source).rstrip("。.;；") for source in record.scenario.sources]
    if not sources:
        return LABELS.say("official_no_source", language)
    return LABELS.say("official_source", language, sources=("；" if language == "zh" else "; ").join(sources))
