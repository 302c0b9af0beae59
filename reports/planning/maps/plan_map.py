"""The regions of a plan on the map, by target, class and share of the cut, and the table beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reports.mapping.figures import Area, map_figure
from reports.mapping.record import OutlineRecord
from reports.mapping.shades import Shade, colours, ranges, steps
from reports.planning.record import PlanRecord, RegionRecord
from reports.printing.looks import Figure
from reports.printing.numbers import minus
from reports.printing.table import Table, labelled
from reports.words import LABELS
from scenarios.tables.cells import per_cent
from scenarios.wording import Language, percent

_VALUES: Mapping[str, Callable[[RegionRecord], float]] = {
    "published_rate": lambda region: region.published_rate,
    "contribution": lambda region: region.contribution,
}
"""What a map can show in steps -> its value."""
SHOWN = ("published_rate", "class", "contribution")
"""What maps show, in their order on the page."""


def shown_on_maps(record: PlanRecord) -> tuple[str, ...]:
    """Return what this plan's maps show, nothing where its scenario has no map."""
    if not any(region.outline for region in record.regions):
        return ()
    lacking = {"class": record.regions[0].class_ is None, "contribution": record.measured.stands_alone}
    return tuple(code for code in SHOWN if not lacking.get(code))


def plan_map(record: PlanRecord, shown: str, language: Language) -> Figure | None:
    """Return the map of a plan, None where its scenario has none or the plan has nothing of what it would show.

    `shown`: one of `SHOWN`.
    """
    if shown not in shown_on_maps(record):
        return None
    drawn = [(region, region.outline) for region in record.regions if region.outline is not None]
    if shown == "class":
        return _by_class(drawn, language)
    values = [Decimal(per_cent(_VALUES[shown](region))) for region, _ in drawn]
    places = steps(values)
    held = ranges(values, places)
    shades = [Shade(_range(*each, language), colour) for each, colour in zip(held, colours(len(held)), strict=True)]
    areas = [
        Area(region.label(language), outline, place, minus(f"{value}"))
        for (region, outline), place, value in zip(drawn, places, values, strict=True)
    ]
    return map_figure(areas, shades)


def _by_class(drawn: list[tuple[RegionRecord, OutlineRecord]], language: Language) -> Figure:
    """Return the map of the classes, the first one darkest."""
    numbers = sorted({region.class_ or 0 for region, _ in drawn}, reverse=True)
    shades = [
        Shade(LABELS.say("class_name", language, number=number), colour)
        for number, colour in zip(numbers, colours(len(numbers)), strict=True)
    ]
    areas = [
        Area(region.label(language), outline, numbers.index(region.class_ or 0), f"{region.class_}")
        for region, outline in drawn
    ]
    return map_figure(areas, shades)


def _range(low: Decimal, high: Decimal, language: Language) -> str:
    return minus(f"{low}" if low == high else f"{low}–{high}") + percent(language)


@dataclass(frozen=True)
class MapSection:
    """What the report says around its maps: what each shows, from what it is drawn, and the table."""

    codes: tuple[str, ...]
    titles: dict[str, str]
    note: str
    table: Table


def map_section(record: PlanRecord, language: Language) -> MapSection | None:
    """Return the section of the maps, None where the scenario has none."""
    shown = shown_on_maps(record)
    if not shown:
        return None
    kind = next(region.outline.kind for region in record.regions if region.outline is not None)
    return MapSection(
        codes=tuple(map_id(code) for code in shown),
        titles={map_id(code): LABELS.say(f"map_of_{code}", language) for code in shown},
        note=LABELS.say(f"map_note_{kind}", language),
        table=_table(record, shown, language),
    )


def map_id(shown: str) -> str:
    """Return what the figure is called on the page."""
    return f"figure_map_{shown}"


def _table(record: PlanRecord, shown: tuple[str, ...], language: Language) -> Table:
    """Return what the maps show, a region a row, those that are not drawn among them."""
    rows = []
    for region in record.regions:
        cells = {
            "published_rate": minus(per_cent(region.published_rate)),
            "class": f"{region.class_}",
            "contribution": minus(per_cent(region.contribution)),
            "on_map": LABELS.say("on_map_yes" if region.outline else "on_map_no", language),
        }
        rows.append((region.label(language), *(cells[code] for code in (*shown, "on_map"))))
    return labelled(("name", *shown, "on_map"), rows, language)
