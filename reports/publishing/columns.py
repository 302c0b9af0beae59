"""The columns of the official table: what a city has in each, and what the province; the tables made of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial

from reports.planning.record import PlanRecord, RegionRecord
from reports.planning.sentences import PROVINCE
from reports.planning.tables import cap_digits, has_caps, province_row
from reports.printing.document import NUMBER, visible
from reports.printing.numbers import all_digits, class_number, minus, unparted
from reports.printing.table import Column, Table
from reports.verifying.record import ProvinceRecord
from reports.words import LABELS
from scenarios.quantities import in_own_words
from scenarios.tables.cells import grid_digits, per_cent
from scenarios.wording import Language, clauses, listed

Value = str | float
Of = Callable[[RegionRecord], Value]

RATE = "rate"
"""Code of the column that holds the published rate."""

CAP = "cap"
"""Code of the column that holds the cap of a region, where the plan has such caps."""

INCENTIVE = "incentive"
"""Code of the column that holds the published incentive rate, where the plan has such targets."""


_REGIONS, _CITIES = ("内蒙古", "广西", "西藏", "宁夏", "新疆"), ("北京", "天津", "上海", "重庆")
_INTENSITIES = ("base_intensity", "target_intensity")

KEPT = ("name", RATE, INCENTIVE, CAP)
"""Columns that every table has where the plan has them: what is published is held against the plan by these."""


@in_own_words
def free_columns(record: PlanRecord, language: Language) -> dict[str, str]:
    """Return the columns of the full table that may be left out: code -> header."""
    columns = (column for column, *_ in described(record, language))
    return {column.code: column.head(language) for column in columns if column.code not in KEPT}


def years_of(record: PlanRecord) -> dict[str, int]:
    """Return base year, end year and how many years lie between, as texts name them."""
    scenario = record.scenario
    return {"base": scenario.base_year, "end": scenario.end_year, "years": scenario.end_year - scenario.base_year}


def _caption(code: str, language: Language, number: int | None) -> str:
    title = LABELS.say(code, language)
    return title if number is None else LABELS.say("official_caption", language, number=number, title=title)


def _class_name(number: int, language: Language) -> str:
    return LABELS.say("class_name", language, number=class_number(number, language))


def rate_digits(record: PlanRecord) -> int:
    """Return the decimals of published rates in per cent: those of the grid, or more where a rate has more."""
    rates = [rate for r in record.regions for rate in (r.published_rate, r.published_incentive_rate)]
    numbers = (record.scenario.grid, *(rate for rate in rates if rate is not None))
    return max(grid_digits(Decimal(repr(number))) for number in numbers)


def decided_target(record: PlanRecord) -> float:
    """Return the province's target as it was decided, a fraction, a residual line in it."""
    own = record.province.province_target
    return record.province.target if own is None else own


def class_table(record: PlanRecord, language: Language, number: int, decided: bool = False) -> Table:
    """Return class, regions and rate, as circulars print them; as `decided` without a line of units."""
    digits = rate_digits(record)
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
    unit = "" if decided else LABELS.say("official_unit", language, unit="%")
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


def full_table(record: PlanRecord, language: Language, left_out: Collection[str], number: int | None = None) -> Table:
    """Return the whole table without the columns `left_out`, the province in its last row."""
    entries = [entry for entry in described(record, language) if entry[0].code not in left_out]
    title = "table_title_of_both" if has_caps(record) else "table_title"
    return _made(record, entries, language, _caption(title, language, number), _units(record, entries, language))


def decided_table(record: PlanRecord, language: Language, columns: Collection[str], number: int | None = None) -> Table:
    """Return the table as it was decided: counted rows, what `columns` says beside the targets, the province's own."""
    kept = {*KEPT, *columns}
    entries = [entry for entry in described(record, language, decided=True) if entry[0].code in kept]
    title = "table_title_of_both" if has_caps(record) else "table_title"
    made = _made(record, entries, language, "" if number is None else _caption(title, language, number), "")
    count = Column(NUMBER, LABELS.say("official_number", language), kind="text")
    cities = len(record.regions)
    rows = ((str(n + 1) if n < cities else "", *row) for n, row in enumerate(made.rows))
    return replace(made, columns=(count, *made.columns), rows=tuple(rows))


def _made(
    record: PlanRecord, entries: Sequence[tuple[Column, Of, Value]], language: Language, caption: str, unit: str
) -> Table:
    rows = [tuple(_cell(of(region), column) for column, of, _ in entries) for region in record.regions]
    reserve = _reserve_row(record, [column for column, *_ in entries], language)
    rows += [*reserve, tuple(_cell(whole, column) for column, _, whole in entries)]
    tab = LABELS.say("sheet_table", language)
    return Table(tuple(column for column, *_ in entries), tuple(rows), "table", caption, unit, total=True, tab=tab)


def _units(record: PlanRecord, entries: Sequence[tuple[Column, Of, Value]], language: Language) -> str:
    """Return what the line of units above a table says."""
    said = {"what": LABELS.say("official_intensity", language), "unit": LABELS.say("official_intensity_unit", language)}
    rate = LABELS.say("official_unit_of", language, what=LABELS.say("official_rate", language), unit="%")
    cap = {"what": LABELS.say("official_cap_short", language), "unit": LABELS.say("official_cap_unit", language)}
    caps = [LABELS.say("official_unit_of", language, **cap)] if has_caps(record) else []
    shown = any(column.code in _INTENSITIES for column, *_ in entries)
    intensities = [LABELS.say("official_unit_of", language, **said)] if shown else []
    return LABELS.say("official_unit", language, unit=clauses((*intensities, rate, *caps), language))


def described(record: PlanRecord, language: Language, decided: bool = False) -> Iterator[tuple[Column, Of, Value]]:
    """Yield every column of the full table, what a region has there, and what the province has.

    As `decided` the province has its own target, and quantities the decimals that a circular prints.
    """
    years, row, implied = years_of(record), province_row(record), record.province.implied_reduction
    intensity = LABELS.say("official_intensity_unit", language)
    digits = rate_digits(record)
    whole = minus(per_cent(implied))
    if decided and record.measured.is_level and record.province.total is not None:
        whole = "–" if has_caps(record) else whole  # the cap was decided, and no rate
    elif decided:
        implied = decided_target(record)
        whole = _as_said(implied, digits)
        row |= _ends_decided(record, row["base_intensity"], implied)

    def column(code: str, label: str, unit: str = "", decimals: int = 0, **more: object) -> Column:
        return Column(code, LABELS.say(label, language, **years, **more), unit, decimals=decimals)

    last = whole_name(record, language) if decided else LABELS.say("total", language)
    name = Column("name", LABELS.say("name", language), kind="text")
    yield name, lambda r: visible(r.label(language)), last
    if any(region.class_ is not None for region in record.regions):
        text = Column("class", LABELS.say("official_class", language), kind="text")
        yield text, lambda r: "" if r.class_ is None else _class_name(r.class_, language), ""
    level, share = record.measured.stands_alone, record.province.share is not None
    of_intensities = 2 if level else 3 if decided else 4
    base = column("base_intensity", "official_base_intensity", intensity, of_intensities)
    yield base, partial(_begins, level), row["base_intensity"]
    if not level:
        yield column("growth", "official_growth", "", 2 if decided else 4), lambda r: r.growth, row["growth"]
    cut = column(RATE, "official_rate", "%", digits)
    yield cut, lambda r: r.published_rate * 100, whole
    if (second := record.province.incentive) is not None:
        higher = _as_said(second.target, digits) if decided else minus(per_cent(second.implied_reduction))
        above = column(INCENTIVE, "class_incentive", "%", digits)
        yield above, lambda r: (r.published_incentive_rate or 0.0) * 100, higher
    if (total := record.province.total) is not None and has_caps(record):
        cap = column(CAP, "official_cap", LABELS.say("official_cap_unit", language), cap_digits(record))
        yield cap, lambda r: 0.0 if r.cap is None else r.cap.cap_10kt, tonnes_text(total.cap_10kt)
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


def _as_said(target: float, digits: int) -> str:
    """Return a target in per cent as it was decided, with the decimals of its column or as many more as it has."""
    return all_digits(str(Decimal(repr(target)) * 100), digits)


def _ends_decided(record: PlanRecord, base: float, target: float) -> dict[str, float]:
    """Return what the province comes to in the last year at its own target; of a share its rise."""
    share = record.province.share
    return {"target_intensity": base * (1 - target) if share is None else (target - share.base) * 100}


def whole_name(record: PlanRecord, language: Language) -> str:
    """Return what the row of the province is called: an autonomous region and a municipality are no province."""
    code, own = "whole_province", record.province.name
    called = (record.scenario.title if own == PROVINCE else own).zh
    if any(name in called for name in _REGIONS):
        code = "whole_region"
    elif any(name in called for name in _CITIES):
        code = "whole_city"
    return LABELS.say(code, language)


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
            named = {"name": LABELS.say(code, language), "class": "", CAP: tonnes_text(value)}
            yield tuple(named.get(column.code, "–") for column in columns)


def tonnes_text(value: float) -> str:
    """Return 万吨 as a table holds them, with the decimals that they have, up to six."""
    return all_digits(round(value, 6))


def _share(factor: str, of: RegionRecord | ProvinceRecord) -> Value:
    """Return what a decline factor gives in points; a dash where that is not known."""
    return "–" if of.decline is None else of.decline[factor] * 100


def _cell(value: Value, column: Column) -> str:
    return value if isinstance(value, str) else unparted(value, column.decimals)


def _annual(rate: float, record: PlanRecord) -> float:
    """Return the cut a year that compounds to `rate`: 1 - (1 - r)^(1/years), fractions."""
    return float(1 - (1 - rate) ** (1 / years_of(record)["years"]))
