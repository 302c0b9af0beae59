"""The section of the report about both targets: the picture, the table, and the panel that moves growth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reports.comparing import Move, dumbbell
from reports.planning.caps import budgets_table, caps_table, drawn_of, planned_targets
from reports.planning.figures import extremes
from reports.planning.record import PlanRecord
from reports.planning.tables import decimals, reserve_shares
from reports.printing.looks import Figure
from reports.printing.table import Table
from reports.words import LABELS
from scenarios.wording import Language

_TEXTS = (
    "caps_all", "caps_growth", "caps_keeps", "caps_over", "caps_total", "caps_binds_rate", "caps_binds_cap",
    "caps_binds_both",
)  # fmt: skip
_MOST = 3.0  # points of growth a year that the slider moves it either way


@dataclass(frozen=True)
class CapsPanel:
    """What the panel that moves growth says in one language, before it reckons."""

    names: tuple[str, ...]  # Of all regions
    texts: dict[str, str]  # Of the script, by code
    most: float = _MOST  # Points a year


@dataclass(frozen=True)
class CapsSection:
    """What the section shows in one language."""

    alt: str  # What the picture shows, in words
    table: Table
    budgets: Table | None  # Of the years, of as many regions as the table
    panel: CapsPanel


def caps_section(record: PlanRecord, language: Language) -> CapsSection:
    """Return the section of a plan with caps."""
    digits = decimals(record)["published_rate"]
    shown = planned_targets(extremes(record), language)
    names = tuple(region.label(language) for region in record.regions)
    return CapsSection(
        alt=LABELS.say("caps_alt", language),
        table=caps_table(shown, digits, language),
        budgets=budgets_table(record, language),
        panel=CapsPanel(names, panel_texts(record, language)),
    )


def panel_texts(record: PlanRecord, language: Language) -> dict[str, str]:
    """Return what the script of the panel says of a plan, by code."""
    texts = {code: LABELS.say(code, language) for code in _TEXTS}
    counted = record.province.total is not None and record.province.total.counted is not None
    return texts | {"caps_intensity": LABELS.say("caps_intensity_counted" if counted else "caps_intensity", language)}


def caps_figure(record: PlanRecord, language: Language) -> Figure:
    """Return each region's planned growth beside that in its cap."""
    cities = planned_targets(extremes(record), language)
    moves = [Move(city.label, city.growth_a_year, city.cap.swap_a_year, None) for city in cities]
    words = LABELS.say("caps_planned_short", language), LABELS.say("caps_swap_short", language)
    return dumbbell(moves, words, words, language, "growth_a_year")


def caps_data(record: PlanRecord) -> dict[str, Any] | None:
    """Return what the panel reckons with, as JSON can hold it; None where the regions have no caps.

    `left`: E (1 - r), what a region emits at its rate for each unit of growth, 万吨. `within`: what the intensity
    target allows for each unit of the cities' GDP in the last year. `counted`: what the reserve takes of that where it
    counts, what projects are given of it left out. `total`: the cap less the reserve that is asked, draws added.
    """
    total = record.province.total
    if total is None or total.pair is None:
        return None
    p, gdp = record.province, sum(r.gdp_100m_yuan * r.growth for r in record.regions)
    within, drawn = p.point_10kt * 100 * (1 - p.target - p.margin), drawn_of(total.pair)
    counts, more_gdp = reserve_shares(record)
    counted = max(counts * p.point_10kt * 100 - within * more_gdp, 0.0)
    return {
        "years": record.scenario.end_year - record.scenario.base_year,
        "growth": [r.growth for r in record.regions],
        "gdp": [r.gdp_100m_yuan for r in record.regions],
        "emissions": [r.emissions_10kt for r in record.regions],
        "left": [r.emissions_10kt * (1 - r.published_rate) for r in record.regions],
        "cap": [r.cap.cap_10kt for r in record.regions if r.cap is not None],
        "within": within / gdp,
        "counted": max(counted - drawn, 0.0),
        "total": total.cap_10kt - total.reserve_10kt - total.outside_10kt + min(drawn, total.reserve_10kt),
    }
