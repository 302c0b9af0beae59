"""Charts and the map of the slides, from the plan's record and a sweep's."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import floor
from typing import TYPE_CHECKING

from reports.mapping.shades import colours, ranges, steps
from reports.planning.argument import Step, waterfall_steps
from reports.planning.figures import rates_order
from reports.planning.record import PlanRecord
from reports.printing.document import one_line
from reports.printing.looks import WHITE_TEXT, luminance
from reports.printing.numbers import minus, signed, unparted
from reports.slides.deck import Chart, Map, Patch, Row, printed, short_names
from reports.words import LABELS
from scenarios.tables.cells import grid_digits, per_cent
from scenarios.wording import Language, percent

if TYPE_CHECKING:
    from reports.planning.record import RegionRecord
    from reports.sweeping.record import SweepRecord

BLUE, PALE, GREY, ORANGE, DARK = "1F5F99", "9DC3E6", "8C8C8C", "D55E00", "1A1A1A"
_STEPS_NAMED = 22
"""Beyond so many regions the bars of a waterfall on a slide could not be told apart."""
_BARS = 30
"""So many regions have a bar in the other charts: of more, those at both ends."""
_FIGURED = 20
"""So many bars have room for their figures."""
_MOST_MAPPED = 60


def waterfall(record: PlanRecord, language: Language) -> Chart:
    """Return the way from equal rates at the target to what the published table cuts, as floating bars."""
    found = waterfall_steps(record, language, _STEPS_NAMED)
    axis = LABELS.say("waterfall_axis", language)
    said = [minus(per_cent(step.adds)) if step.total else signed(step.adds) for step in found]
    names = _with_figures(short_names(step.label for step in found), said)
    if min(min(step.start, step.start + step.adds) for step in found) < 0:  # bars through zero cannot stand on others
        return Chart("column", names, (Row(axis, tuple(_points(step.adds) for step in found), BLUE, ""),), axis)
    low = [None if step.total else _points(min(step.start, step.start + step.adds)) for step in found]
    rows = [Row(LABELS.say("slide_below", language), tuple(low), "", "")]
    for kind, colour in (("level", GREY), ("adds", BLUE), ("takes", ORANGE)):
        values = tuple(_points(abs(step.adds)) if _kind(step) == kind else None for step in found)
        rows.append(Row(LABELS.say(f"waterfall_{kind}", language), values, colour, ""))
    return Chart("stacked", names, tuple(rows), axis, _start([value for value in low if value is not None]))


def beginning(record: PlanRecord, language: Language) -> Chart:
    """Return where the regions stand in the base year: their parts of emissions and of GDP; of a share that itself."""
    regions = _ends(sorted(record.regions, key=lambda r: -r.emissions_10kt))
    names = tuple(short_names(region.label(language) for region in regions))
    if record.province.share is not None:
        label = LABELS.say("base_intensity", language)
        own = printed([per_cent(region.base_share or 0.0) for region in regions])
        return Chart("column", names, (Row(label, own, BLUE, "0.0" if len(regions) <= _FIGURED else ""),), label)
    emitted = sum(region.emissions_10kt for region in record.regions)
    parts = printed([per_cent(region.emissions_10kt / emitted, 1) for region in regions])
    rows = [Row(LABELS.say("slide_part_of_emissions", language), parts, BLUE, "")]
    if not record.measured.stands_alone:
        produced = sum(region.gdp_100m_yuan for region in record.regions)
        of_gdp = printed([per_cent(region.gdp_100m_yuan / produced, 1) for region in regions])
        rows.append(Row(LABELS.say("slide_part_of_gdp", language), of_gdp, PALE, ""))
    return Chart("column", names, tuple(rows), LABELS.say("slide_parts", language, base=record.scenario.base_year))


def _with_figures(names: Sequence[str], figures: Sequence[str]) -> tuple[str, ...]:
    """Return the names of bars with a figure below each."""
    return tuple(f"{name}\n{figure}" for name, figure in zip(names, figures, strict=True))


def _start(lowest: Sequence[float]) -> float:
    """Return where the axis of floating bars begins: they would be too thin to see from zero on."""
    return max(0.0, float(floor(min(lowest, default=0.0))) - 1.0)


def _kind(step: Step) -> str:
    return "level" if step.total else "adds" if step.adds >= 0 else "takes"


def _points(fraction: float) -> float:
    """Return a fraction in per cent with the three decimals that the report prints of it."""
    return float(per_cent(fraction, 3))


def standing(record: PlanRecord, language: Language) -> Chart:
    """Return target beside reference rate, the highest target first."""
    regions, digits = shown(record), grid_digits(Decimal(repr(record.scenario.grid)))
    targets = printed([unparted(region.published_rate * 100, digits) for region in regions])
    references = printed([per_cent(region.reference_rate) for region in regions])
    rows = (
        Row(LABELS.say("published_rate", language), targets, BLUE, _number(digits) if len(regions) <= _FIGURED else ""),
        Row(LABELS.say("reference_rate", language), references, PALE, ""),
    )
    return Chart("column", tuple(short_names(r.label(language) for r in regions)), rows,
                 LABELS.say("published_rate", language))  # fmt: skip


def _number(digits: int) -> str:
    """Return the format of labels with so many decimals."""
    return f"0.{'0' * digits}" if digits else "0"


def shown(record: PlanRecord) -> list[RegionRecord]:
    """Return the regions that charts show, highest target first: all, or of many those at both ends."""
    return _ends(rates_order(record))


def _ends(order: list[RegionRecord]) -> list[RegionRecord]:
    """Return regions as they are ordered, of many those at both ends."""
    return order if len(order) <= _BARS else [*order[: _BARS // 2], *order[-_BARS // 2 :]]


def spread(sweep: SweepRecord, record: PlanRecord, language: Language) -> Chart:
    """Return between which rates nine samples of ten put each region, parted at the median."""
    at = {region.id: region for region in sweep.regions}
    chosen = [at[region.id] for region in shown(record)]
    low, middle, high = (printed([per_cent(region.quantiles[k]) for region in chosen]) for k in (0, 2, 4))
    rows = (
        Row(LABELS.say("slide_below", language), low, "", ""),
        Row(LABELS.say("slide_to_median", language), _gaps(low, middle), PALE, ""),
        Row(LABELS.say("slide_from_median", language), _gaps(middle, high), BLUE, ""),
    )
    digits = grid_digits(Decimal(repr(record.scenario.grid)))
    targets = [unparted(region.published_rate * 100, digits) for region in chosen]
    names = _with_figures(short_names(region.label(language) for region in chosen), targets)
    return Chart("stacked", names, rows, LABELS.say("slide_spread_axis", language), _start(low))


def carried(record: PlanRecord, language: Language) -> Chart:
    """Return each region's share of the cut that the province needs, in the order of the plan."""
    names = short_names(region.label(language) for region in record.regions)
    shares = printed([per_cent(region.contribution, 1) for region in record.regions])
    label = LABELS.say("contribution", language)
    return Chart("column", tuple(names), (Row(label, shares, BLUE, "0.0"),), label)


def _gaps(low: Sequence[float], high: Sequence[float]) -> tuple[float, ...]:
    return tuple(round(b - a, 2) for a, b in zip(low, high, strict=True))


def years(record: PlanRecord, paths: Sequence[Sequence[float]], whole: Sequence[float], language: Language) -> Chart:
    """Return the cumulative cut by year: the province's path, and those of the highest and lowest target."""
    order = sorted(range(len(record.regions)), key=lambda n: -record.regions[n].published_rate)
    lines = [(one_line(record.province.name.say(language)), whole, DARK)]
    ends = ((order[0], BLUE), (order[-1], ORANGE)) if len(order) > 1 else ()
    names = short_names([name for name, *_ in lines] + [record.regions[n].label(language) for n, _ in ends])
    lines += [("", paths[n], colour) for n, colour in ends]
    rows = tuple(Row(name, printed([minus(per_cent(done)) for done in path]), colour)
                 for name, (_, path, colour) in zip(names, lines, strict=True))  # fmt: skip
    first = record.scenario.base_year + 1
    labels = tuple(str(first + t) for t in range(len(whole)))
    return Chart("line", labels, rows, LABELS.say("letter_cumulative", language))


def plan_map(record: PlanRecord, language: Language) -> Map | None:
    """Return the targets on the map; None where the scenario has none, or more regions than can be told apart."""
    drawn = [(region, region.outline) for region in record.regions if region.outline is not None]
    if not drawn or len(drawn) > _MOST_MAPPED:
        return None
    digits = grid_digits(Decimal(repr(record.scenario.grid)))
    values = [Decimal(per_cent(region.published_rate, digits)) for region, _ in drawn]
    places = steps(values)
    held = ranges(values, places)
    fills = [colour.removeprefix("#") for colour in colours(len(held))]
    names = short_names(region.label(language) for region, _ in drawn)
    patches = (
        Patch(name, minus(f"{value}"), outline, fills[place], _ink(fills[place]))
        for name, value, (_, outline), place in zip(names, values, drawn, places, strict=True)
    )
    legend = tuple((_range(*each, language), fill) for each, fill in zip(held, fills, strict=True))
    return Map(tuple(patches), legend)


def _range(low: Decimal, high: Decimal, language: Language) -> str:
    return minus(f"{low}" if low == high else f"{low}–{high}") + percent(language)


def _ink(fill: str) -> str:
    dark = luminance([int(fill[k : k + 2], 16) for k in (0, 2, 4)]) <= WHITE_TEXT
    return "FFFFFF" if dark else "000000"
