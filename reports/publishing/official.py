"""The official table, described once: every format prints this and nothing else.

All cells are text as printed, so that what a format wrote can be read back and held against it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import partial

from reports.planning.record import PlanRecord, RegionRecord
from reports.planning.sentences import incentive_statements, verdict_statement
from reports.planning.tables import cap_digits, has_caps, province_row
from reports.planning.total import binding, break_even_statement
from reports.printing.document import Sheet, one_line, visible
from reports.printing.numbers import all_digits, class_number, minus, unparted
from reports.printing.table import Column, Table
from reports.verifying.record import ProvinceRecord
from reports.words import LABELS
from scenarios.quantities import in_own_words
from scenarios.tables.cells import grid_digits, per_cent
from scenarios.wording import Language, clauses, listed, running

Value = str | float
Of = Callable[[RegionRecord], Value]

RATE = "rate"
"""Code of the column that holds the published rate."""

CAP = "cap"
"""Code of the column that holds the cap of a region, where the plan has such caps."""

INCENTIVE = "incentive"
"""Code of the column that holds the published incentive rate, where the plan has such targets."""


_INTENSITIES = ("base_intensity", "target_intensity")

KEPT = ("name", RATE, INCENTIVE, CAP)
"""Columns that every table has where the plan has them: what is published is held against the plan by these."""


@in_own_words
def free_columns(record: PlanRecord, language: Language) -> dict[str, str]:
    """Return the columns of the full table that may be left out: code -> header."""
    columns = (column for column, *_ in _described(record, language))
    return {column.code: column.head(language) for column in columns if column.code not in KEPT}


@in_own_words
def official_sheet(
    record: PlanRecord, language: Language, trace: tuple[str, str], columns: Collection[str] | None = None
) -> Sheet:
    """Return the official table of a plan.

    `trace`: file name and SHA-256 of the plan.json that it comes from.
    `columns`: which of the free columns (`free_columns`) the full table has; None for all.
    """
    left_out = frozenset() if columns is None else {*free_columns(record, language)}.difference(columns)
    if any(region.class_ is not None for region in record.regions):
        whole = _full_table(record, language, left_out, 2)
        tables: tuple[Table, ...] = (_class_table(record, language, 1), whole)
    else:
        tables = (_full_table(record, language, left_out),)
    said = [verdict_statement(record.province, language), *incentive_statements(record.province, language)[:1]]
    return Sheet(
        language=language,
        title=one_line(record.scenario.title.say(language)),
        tables=tables,
        statement=running(said, language),
        notes=tuple(_notes(record, language, trace, left_out)),
        source=_source(record, language),
        created=record.provenance.created,
    )


def _years(record: PlanRecord) -> dict[str, int]:
    scenario = record.scenario
    return {"base": scenario.base_year, "end": scenario.end_year, "years": scenario.end_year - scenario.base_year}


def _caption(code: str, language: Language, number: int | None) -> str:
    title = LABELS.say(code, language)
    return title if number is None else LABELS.say("official_caption", language, number=number, title=title)


def _class_name(number: int, language: Language) -> str:
    return LABELS.say("official_class_name", language, number=class_number(number, language))


def _class_table(record: PlanRecord, language: Language, number: int) -> Table:
    """Return class, regions and rate, as circulars print them."""
    digits = grid_digits(Decimal(repr(record.scenario.grid)))
    members: dict[int, list[RegionRecord]] = {}
    for region in record.regions:
        if region.class_ is not None:
            members.setdefault(region.class_, []).append(region)
    rows = (
        (
            _class_name(key, language),
            listed((visible(region.label(language)) for region in members[key]), language),
            unparted(members[key][0].published_rate * 100, digits),
            *_class_incentives(record, members[key], digits, language),
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
    return Table(tuple(columns), tuple(rows), "classes", caption, unit, tab=tab)


def _class_incentives(
    record: PlanRecord, members: Iterable[RegionRecord], digits: int, language: Language
) -> list[str]:
    """Return the incentive rates in a class, highest first, as one cell; no cell where there are none."""
    if record.province.incentive is None:
        return []
    rates = sorted({region.published_incentive_rate or 0.0 for region in members}, reverse=True)
    return [listed((unparted(rate * 100, digits) for rate in rates), language)]


def _full_table(record: PlanRecord, language: Language, left_out: Collection[str], number: int | None = None) -> Table:
    """Return the whole table without the columns `left_out`, the province in its last row."""
    described = [entry for entry in _described(record, language) if entry[0].code not in left_out]
    rows = [tuple(_cell(of(region), column) for column, of, _ in described) for region in record.regions]
    reserve = _reserve_row(record, [column for column, *_ in described], language)
    rows += [*reserve, tuple(_cell(whole, column) for column, _, whole in described)]
    said = {"what": LABELS.say("official_intensity", language), "unit": LABELS.say("official_intensity_unit", language)}
    rate = LABELS.say("official_unit_of", language, what=LABELS.say("official_rate", language), unit="%")
    cap = {"what": LABELS.say("official_cap_short", language), "unit": LABELS.say("official_cap_unit", language)}
    caps = [LABELS.say("official_unit_of", language, **cap)] if has_caps(record) else []
    shown = any(column.code in _INTENSITIES for column, *_ in described)
    intensities = [LABELS.say("official_unit_of", language, **said)] if shown else []
    unit = clauses((*intensities, rate, *caps), language)
    unit = LABELS.say("official_unit", language, unit=unit)
    tab = LABELS.say("sheet_table", language)
    title = "table_title_of_both" if has_caps(record) else "table_title"
    caption = _caption(title, language, number)
    return Table(tuple(column for column, *_ in described), tuple(rows), "table", caption, unit, total=True, tab=tab)


def _described(record: PlanRecord, language: Language) -> Iterator[tuple[Column, Of, Value]]:
    """Yield every column of the full table, what a region has there, and what the province has."""
    years, row, implied = _years(record), province_row(record), record.province.implied_reduction
    intensity = LABELS.say("official_intensity_unit", language)
    digits = grid_digits(Decimal(repr(record.scenario.grid)))

    def column(code: str, label: str, unit: str = "", decimals: int = 0, **more: object) -> Column:
        return Column(code, LABELS.say(label, language, **years, **more), unit, decimals=decimals)

    name = Column("name", LABELS.say("name", language), kind="text")
    yield name, lambda r: visible(r.label(language)), LABELS.say("total", language)
    if any(region.class_ is not None for region in record.regions):
        text = Column("class", LABELS.say("official_class", language), kind="text")
        yield text, lambda r: "" if r.class_ is None else _class_name(r.class_, language), ""
    level, share = record.measured.stands_alone, record.province.share is not None
    of_intensities = 2 if level else 4
    base = column("base_intensity", "official_base_intensity", intensity, of_intensities)
    yield base, partial(_begins, level), row["base_intensity"]
    if not level:
        yield column("growth", "official_growth", "", 4), lambda r: r.growth, row["growth"]
    cut = column(RATE, "official_rate", "%", digits)
    yield cut, lambda r: r.published_rate * 100, minus(per_cent(implied))
    if (second := record.province.incentive) is not None:
        above = column(INCENTIVE, "class_incentive", "%", digits)
        yield above, lambda r: (r.published_incentive_rate or 0.0) * 100, minus(per_cent(second.implied_reduction))
    if (total := record.province.total) is not None and has_caps(record):
        cap = column(CAP, "official_cap", LABELS.say("official_cap_unit", language), cap_digits(record))
        yield cap, lambda r: 0.0 if r.cap is None else r.cap.cap_10kt, _tonnes(total.cap_10kt)
    in_points = LABELS.say("official_points", language)
    unit = in_points if share else intensity
    target = column("target_intensity", "official_target_intensity", unit, of_intensities)
    yield target, partial(_ends, level), row["target_intensity"]
    if not share:
        annual = column("annual", "official_annual", "%", 2)
        yield annual, lambda r: _annual(r.published_rate, record) * 100, _annual(implied, record) * 100
    for factor in record.regions[0].decline or ():
        label = column(factor, "official_factor", in_points, 2, factor=LABELS.say(factor, language))
        yield label, partial(_share, factor), _share(factor, record.province)


def _begins(level: bool, region: RegionRecord) -> Value:
    """Return the intensity of the base year; of a level the amount, of a share that."""
    if region.base_share is not None:
        return region.base_share * 100
    return region.emissions_10kt if level else region.intensity


def _ends(level: bool, region: RegionRecord) -> Value:
    """Return the intensity of the last year at the published rate; of a level the amount, of a share its rise."""
    if region.base_share is not None:
        return (region.published_rate - region.base_share) * 100
    return region.emissions_10kt * (1 - region.published_rate) if level else region.target_intensity


def _reserve_row(record: PlanRecord, columns: Sequence[Column], language: Language) -> Iterator[tuple[str, ...]]:
    """Yield the rows of the cap that no region gets: the reserve, and what a residual line emits."""
    total = record.province.total
    if total is None or total.pair is None:
        return
    parts = {"reserve_row": total.pair.reserve_10kt, "residual_row": total.outside_10kt}
    for code, value in parts.items():
        if value:
            named = {"name": LABELS.say(code, language), "class": "", CAP: _tonnes(value)}
            yield tuple(named.get(column.code, "–") for column in columns)


def _tonnes(value: float) -> str:
    """Return 万吨 as a table holds them, with the decimals that they have, up to six."""
    return all_digits(round(value, 6))


def _both(record: PlanRecord, language: Language) -> Iterator[str]:
    """Yield what the last row holds of both targets, which is tighter, and from which growth on it is the other."""
    total = record.province.total
    if total is None:
        return
    if total.reserve_10kt or (total.pair is not None and total.pair.reserve_10kt):
        yield LABELS.say("official_note_scope", language)
    if not record.measured.stands_alone:
        tighter = binding(total.binds, total.counted is not None, language)
        said = LABELS.say("official_note_tighter", language, tighter=tighter), break_even_statement(total, language)
        yield running(said, language)


def _subtotals(record: PlanRecord, language: Language) -> Iterator[str]:
    """Yield what the caps of the groups of cities come to, where these were rounded first."""
    pair = record.province.total.pair if record.province.total else None
    if pair is not None and pair.subtotals:
        unit = LABELS.say("official_cap_unit", language)
        parts = (f"{group} {_tonnes(value)}" for group, value in pair.subtotals.items())
        yield LABELS.say("official_subtotals", language, parts=clauses(parts, language), unit=unit)


def _share(factor: str, of: RegionRecord | ProvinceRecord) -> Value:
    """Return what a decline factor gives in points; a dash where that is not known."""
    return "–" if of.decline is None else of.decline[factor] * 100


def _cell(value: Value, column: Column) -> str:
    return value if isinstance(value, str) else unparted(value, column.decimals)


def _annual(rate: float, record: PlanRecord) -> float:
    """Return the cut a year that compounds to `rate`: 1 - (1 - r)^(1/years), fractions."""
    return float(1 - (1 - rate) ** (1 / _years(record)["years"]))


def _unsaid(record: PlanRecord, left_out: Collection[str]) -> set[str]:
    """Return the notes of columns that a table has not."""
    unsaid = {f"official_note_{code}" for code in left_out}
    if record.province.share is not None:
        return {*unsaid, "official_note_growth", "official_note_annual"}
    return {*unsaid, "official_note_growth"} if record.measured.stands_alone else unsaid


def _notes(record: PlanRecord, language: Language, trace: tuple[str, str], left_out: Collection[str]) -> Iterable[str]:
    """Yield the notes: what the columns mean, then what the plan itself has to say, then where it comes from."""
    years = _years(record)
    for code in ("official_note_rate", "official_note_growth", "official_note_annual", "official_note_total"):
        if code not in _unsaid(record, left_out):
            yield LABELS.say(code, language, **years)
    if has_caps(record):
        yield LABELS.say("official_note_caps", language, **years)
        yield from _both(record, language)
    yield from _subtotals(record, language)
    if record.province.total is not None and record.province.total.pair is not None:
        from reports.planning.caps import draws_statement, planned_targets

        yield from draws_statement(record.province.total.pair, planned_targets(record, language), language)
    if {*(record.regions[0].decline or ())}.difference(left_out):
        yield LABELS.say("official_note_factors", language)
    if record.province.with_projects is not None:
        implied = minus(per_cent(record.province.with_projects))
        yield LABELS.say("with_projects", language, implied=implied)
    if record.scenario.basis is not None:
        yield LABELS.say("basis", language, basis=one_line(record.scenario.basis.say(language)))
    for note in record.scenario.notes:
        yield one_line(note.say(language))
    yield LABELS.say("official_trace", language, file=trace[0], digest=trace[1][:16])


def _source(record: PlanRecord, language: Language) -> str:
    sources = [one_line(source.say(language)).rstrip("。.;；") for source in record.scenario.sources]
    if not sources:
        return LABELS.say("official_no_source", language)
    return LABELS.say("official_source", language, sources=clauses(sources, language))
