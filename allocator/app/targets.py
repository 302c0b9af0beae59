"""Both targets of every region as the page shows them: rates and caps, which binds, and growth that is moved."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from allocator.app.desk import Desk
from allocator.app.view import grid
from reports.planning.caps import caps_statements, caps_table, planned_targets
from reports.planning.caps_page import CapsPanel, caps_data, caps_figure, panel_texts
from reports.planning.record import PlanRecord
from reports.planning.tables import decimals, has_caps
from reports.printing.pages import template
from reports.words import LABELS
from scenarios.file.total import POLICIES
from scenarios.wording import Language


def policies(desk: Desk, language: Language) -> list[tuple[str, str]]:
    """Return how caps of the regions can be made, and in words: a table of them where the scenario names one."""
    if desk.own.caps is None:
        return []
    own = [] if desk.own.caps in POLICIES else [(desk.own.caps, LABELS.say("caps_by_given", language))]
    return [*own, *((key, LABELS.say(f"caps_by_{key}", language)) for key in POLICIES)]


def targets_panel(desk: Desk, language: Language) -> Markup | None:
    """Return the panel of the report that moves growth, to be filled by every answer; None without a total."""
    if desk.own.caps is None:
        return None
    panel = CapsPanel(desk.scenario.regions.labels(language), {})
    made = template("caps.html").module.caps_panel(panel, lambda code: LABELS.say(code, language))  # type: ignore[attr-defined]
    return Markup(made)


def both_targets(record: PlanRecord, language: Language) -> dict[str, Any] | None:
    """Return what is shown of rates and caps together; None without caps.

    In sentences what the caps add up to, whether both targets hold and which binds where; the table of all regions; the
    chart of growth; what the panel reckons with.
    """
    if not has_caps(record):
        return None
    cities, scenario = planned_targets(record, language), record.scenario
    table = grid(caps_table(cities, decimals(record)["published_rate"], language), language)
    return {
        "said": caps_statements(record.province, cities, language, scenario.end_year - scenario.base_year),
        "table": {**table, "caption": LABELS.say("caps_title", language)},
        "chart": caps_figure(record, language),
        "panel": caps_data(record),
        "texts": panel_texts(record, language),
    }


def backed(record: PlanRecord) -> str:
    """Return whether a plan backs the province, in both targets where there are two."""
    total = record.province.total
    pair = None if total is None else total.pair
    both = total is None or total.verdict == "held"
    if pair is not None:
        both = both and pair.adds_up and pair.holds
    return record.province.verdict if both else "not_backed"
