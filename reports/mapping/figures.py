"""The map as plotly.js takes it: areas filled by their shade, what they stand for written on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reports.mapping.record import OutlineRecord
from reports.mapping.shades import Shade
from reports.printing.looks import LINE, NAMED, WHITE_TEXT, Figure, Trace, axis_names, common_looks, luminance
from scenarios.mapping.drawing import ACROSS

_EDGE = "#5B6B7A"
_ROUND = 12.0  # units around the box


@dataclass(frozen=True)
class Area:
    """One region: its name, its outline, which shade it has, and the value that is written on it."""

    name: str
    outline: OutlineRecord
    shade: int
    text: str


def map_figure(areas: Sequence[Area], shades: Sequence[Shade]) -> Figure:
    """Return the map of areas, its legend in the order of the shades; ``layout.meta.high``: its height by its width."""
    names = axis_names([area.name for area in areas])
    drawn = [_filled(area, name, shades[area.shade]) for area, name in zip(areas, names, strict=True)]
    written = [_written(areas, names, shades)] if len(areas) <= NAMED else []
    points = [area.outline.points for area in areas]
    ends = [[value for each in points for value in each[k] if value is not None] for k in (0, 1)]
    high = (max(ends[1]) - min(ends[1])) / ACROSS
    box = [[min(each) - _ROUND, max(each) + _ROUND] for each in ends]
    hidden: dict[str, Any] = {"visible": False, "fixedrange": True, "constrain": "domain"}
    layout = common_looks(
        meta={"high": round(high, 3)}, xaxis={**hidden, "range": box[0]},
        yaxis={**hidden, "range": box[1], "scaleanchor": "x"}, margin={"l": 4, "r": 4, "b": 4},
        legend={"traceorder": "normal", "itemclick": False, "itemdoubleclick": False}, barmode="overlay",
    )  # fmt: skip
    return {"data": [*drawn, *written, *map(_legend, shades)], "layout": layout}


def _filled(area: Area, name: str, shade: Shade) -> Trace:
    """Return one region; hovering says its name and value."""
    x, y = area.outline.points
    return {
        "type": "scatter", "x": x, "y": y, "mode": "lines", "fill": "toself", "fillcolor": shade.colour,
        "fillpattern": {"shape": shade.pattern, "size": 7, "solidity": 0.15, "fgcolor": LINE, "bgcolor": shade.colour},
        "line": {"width": 0.8, "color": _EDGE}, "hoveron": "fills", "hoverinfo": "text",
        "text": f"{name}<br>{area.text}", "showlegend": False,
    }  # fmt: skip


def _written(areas: Sequence[Area], names: Sequence[str], shades: Sequence[Shade]) -> Trace:
    """Return names and values on all regions, white on dark shades."""
    return {
        "type": "scatter", "x": [each.outline.label[0] for each in areas],
        "y": [each.outline.label[1] for each in areas],
        "mode": "text", "text": [f"{name}<br>{area.text}" for area, name in zip(areas, names, strict=True)],
        "textfont": {"size": 11, "color": [_on(shades[area.shade]) for area in areas]},
        "hoverinfo": "skip", "showlegend": False, "cliponaxis": False,
    }  # fmt: skip


def _legend(shade: Shade) -> Trace:
    """Return a trace of nothing, for the legend alone."""
    return {
        "type": "bar", "x": [None], "y": [None], "name": shade.name, "hoverinfo": "skip",
        "marker": {"color": shade.colour, "line": {"width": 1, "color": _EDGE},
                   "pattern": {"shape": shade.pattern, "size": 6, "solidity": 0.15, "fgcolor": LINE}},
    }  # fmt: skip


def _on(shade: Shade) -> str:
    dark = luminance([int(shade.colour[k : k + 2], 16) for k in (1, 3, 5)]) <= WHITE_TEXT
    return "#ffffff" if dark else "#000000"
