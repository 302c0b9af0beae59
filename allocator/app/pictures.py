"""The map as the page draws it: borders once, with the page; colours, words and the table with every answer."""

from __future__ import annotations

from typing import Any, Literal

from allocator.app.desk import Desk
from allocator.app.view import grid
from reports.mapping.record import outline_records
from reports.planning.maps.plan_map import SHOWN, map_id, map_section, plan_map
from reports.planning.record import PlanRecord
from reports.words import LABELS
from scenarios.wording import Language

Colouring = Literal["", "published_rate", "class", "contribution"]
"""What a map shows; nothing of a page without one."""


def map_values(desk: Desk, language: Language) -> dict[str, Any] | None:
    """Return what the page holds of the map, None where its scenario has none.

    `choices`: what it can show, and in words. `outlines`: the borders of the regions that are drawn, as x and y.
    """
    drawing = desk.scenario.drawing
    if drawing is None:
        return None
    points = (outline.points for outline in outline_records(desk.scenario) if outline is not None)
    return {
        "choices": [(code, LABELS.say(code, language)) for code in SHOWN if code != "class" or _classed(desk)],
        "outlines": [{"x": x, "y": y} for x, y in points],
        "note": LABELS.say(f"map_note_{drawing.kind}", language),
    }


def drawn_map(record: PlanRecord, shown: Colouring, language: Language) -> dict[str, Any] | None:
    """Return the map of an answer without the borders, its title and its table; None where it shows nothing."""
    figure = plan_map(record, shown, language) if shown else None
    section = map_section(record, language)
    if figure is None or section is None:
        return None
    traces = [
        {key: value for key, value in trace.items() if trace.get("fill") != "toself" or key not in ("x", "y")}
        for trace in figure["data"]
    ]
    title = section.titles[map_id(shown)]
    return {"figure": {**figure, "data": traces}, "title": title, "table": grid(section.table, language)}


def _classed(desk: Desk) -> bool:
    """Return whether the scenario's rates are printed in classes."""
    return desk.scenario.file.publish.classes is not None
