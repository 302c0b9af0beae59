"""The charts of a tracking: where everybody stands, the path against the actual years, what is left a year."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from reports.printing.looks import (
    BAR,
    DIAMOND,
    LINE,
    Figure,
    Trace,
    across,
    axis_names,
    common_looks,
    merged,
    row_height,
)
from reports.tracking.levels import light_name
from reports.tracking.record import RegionTrack, Standing, TrackRecord
from reports.words.tracking import WORDS
from scenarios.wording import Language

LIGHTS = {"green": ("#9EDAC6", ""), "yellow": ("#FAD08C", "/"), "red": ("#C2410C", "x")}
"""Fill and pattern of each light: shades and patterns tell them apart without colour."""

_PANELS = 23  # regions with a panel of their own
_ACROSS, _PANEL = 4, 190  # panels in a row; pixels a panel is high
_SHORT = 8.0  # per cent, below which a bar has no room for its figure
_GAP_ACROSS, _GAP_DOWN = 0.035, 0.36  # between panels: of the whole width; of a row


def barometer_figure(record: TrackRecord, language: Language) -> Figure:
    """Return everybody's progress as bars in the fill of their light, furthest on top; a line: what the path asks."""
    regions = sorted((r for r in record.regions if r.progress is not None), key=lambda r: -(r.progress or 0.0))
    names = axis_names([r.label(language) for r in regions])
    named = list(zip(names, regions, strict=True))
    asked = record.province
    lines = [
        across(
            "x", value * 100, {"dash": dash, "width": 1.6, "color": LINE},
            WORDS.say(code, language, value=f"{value * 100:.1f}"),
        )
        for value, code, dash in (
            (asked.path_progress, "path_line", "dash"), (asked.progress, "province_line", "solid"),
        ) if value is not None
    ]  # fmt: skip
    below = {"title": {"text": WORDS.say("c_progress", language)}, "automargin": True}
    return {
        "data": [_progress(light, named, light_name(record, light, language)) for light in LIGHTS],
        "layout": _rows(names, shapes=lines, xaxis=below),
    }


def _progress(light: str, named: list[tuple[str, RegionTrack]], called: str) -> Trace:
    """Return the bars of one light."""
    colour, pattern = LIGHTS[light]
    done = [(name, _percent(region.progress)) for name, region in named if region.light == light]
    return {
        "type": "bar", "x": [value for _, value in done], "y": [name for name, _ in done], "orientation": "h",
        "name": called, "hovertemplate": "%{y} %{x:.1f}%<extra></extra>",
        "text": [f"{value:.1f}" for _, value in done],
        "textposition": ["inside" if value >= _SHORT else "outside" for _, value in done],
        "insidetextanchor": "start", "textangle": 0, "insidetextfont": _on(colour),
        "marker": {"color": colour, "line": {"width": 0.8, "color": LINE},
                   "pattern": {"shape": pattern, "size": 6, "solidity": 0.12, "fgcolor": LINE}},
    }  # fmt: skip


def paths_figure(record: TrackRecord, language: Language) -> Figure:
    """Return a panel each for the province and the regions: the path, the actual years, the years as they now go."""
    chosen = _furthest_behind(record)
    titles = axis_names([record.province.name.say(language), *(r.label(language) for r in chosen)])
    rows = math.ceil(len(titles) / _ACROSS)
    axes = _axes(len(titles), list(range(record.base_year, record.end_year + 1)))
    layout = common_looks(
        **axes, annotations=[_above(title, axes, n) for n, title in enumerate(titles)],
        height=rows * _PANEL + 90, margin={"l": 48, "t": 70},
        legend={"y": 1, "yref": "container", "yanchor": "top", "x": 0},
    )  # fmt: skip
    panels = [_panel(record, standing, n, language) for n, standing in enumerate([record.province, *chosen])]
    return {"data": [trace for panel in panels for trace in panel], "layout": layout}


def _axes(count: int, years: Sequence[int]) -> dict[str, Any]:
    """Return the axes of so many panels, row by row; all share their scale.

    Every panel says its first and last year, those with none below all years; only those at the left say the scale.
    """
    rows = math.ceil(count / _ACROSS)
    wide, high = (1 - _GAP_ACROSS * (_ACROSS - 1)) / _ACROSS, (1 - _GAP_DOWN / rows * (rows - 1)) / rows
    said = [f"{year % 100:02d}" for year in years]
    ends = [text if n in (0, len(years) - 1) else "" for n, text in enumerate(said)]
    axes: dict[str, Any] = {}
    for n in range(rows * _ACROSS):
        row, column = divmod(n, _ACROSS)
        left, low = column * (wide + _GAP_ACROSS), (rows - 1 - row) * (high + _GAP_DOWN / rows)
        axes[f"xaxis{_number(n)}"] = {
            "anchor": f"y{_number(n)}", "domain": [left, left + wide], "tickmode": "array", "tickvals": years,
            "ticktext": said if n + _ACROSS >= count else ends, "tickangle": 0,
            **({"matches": f"x{_number(column)}"} if row > 0 else {}),
        }  # fmt: skip
        axes[f"yaxis{_number(n)}"] = {
            "anchor": f"x{_number(n)}", "domain": [low, low + high], "ticksuffix": "%", "rangemode": "tozero",
            "showticklabels": column == 0, **({"matches": "y"} if n > 0 else {}),
        }  # fmt: skip
    return axes


def _number(panel: int) -> str:
    """Return what plotly adds to the names of the axes of a panel."""
    return "" if panel == 0 else str(panel + 1)


def _above(title: str, axes: dict[str, Any], panel: int) -> dict[str, Any]:
    """Return a panel's title."""
    (left, right), (_, top) = (axes[f"{axis}axis{_number(panel)}"]["domain"] for axis in "xy")
    return {
        "text": title, "font": {"size": 13}, "showarrow": False, "x": (left + right) / 2, "xanchor": "center",
        "xref": "paper", "y": top, "yanchor": "bottom", "yref": "paper",
    }  # fmt: skip


def remaining_figure(record: TrackRecord, language: Language) -> Figure | None:
    """Return each region's yearly cut in the years left, on its path and as now needed, largest on top.

    None when no year is left.
    """
    if record.years_left == 0:
        return None
    known = [(r, _planned(record, r)) for r in record.regions if r.remaining_annual_rate is not None]
    known.sort(key=lambda pair: -(pair[0].remaining_annual_rate or 0.0))
    names = axis_names([region.label(language) for region, _ in known])
    planned = [round(rate * 100, 3) for _, rate in known]
    needed = [round((region.remaining_annual_rate or 0.0) * 100, 3) for region, _ in known]
    between: Trace = {
        "type": "scatter", "x": [x for pair in zip(planned, needed, strict=True) for x in (*pair, None)],
        "y": [y for name in names for y in (name, name, None)],
        "mode": "lines", "hoverinfo": "skip", "showlegend": False, "line": {"width": 2, "color": "#9AA5AF"},
    }  # fmt: skip
    ends = [
        {
            "type": "scatter", "x": values, "y": names, "mode": "markers", "name": WORDS.say(code, language),
            "marker": {"symbol": symbol, "size": size, "color": colour, "line": {"width": 1, "color": LINE}},
            "hovertemplate": "%{y} %{x:.2f}%<extra></extra>",
        }
        for values, code, symbol, size, colour in (
            (planned, "annual_planned", "circle", 10, BAR), (needed, "annual_needed", "diamond", 11, DIAMOND),
        )
    ]  # fmt: skip
    below = {"title": {"text": WORDS.say("c_rest_annual", language)}, "automargin": True}
    return {"data": [between, *ends], "layout": _rows(names, xaxis=below)}


def panels(record: TrackRecord) -> int:
    """Return how many regions `paths_figure` gives a panel."""
    return min(len(record.regions), _PANELS)


def _panel(record: TrackRecord, standing: Standing, place: int, language: Language) -> list[Trace]:
    """Return the path, the actual years, and from there the mean rate so far to the end."""
    base, now = record.base_year, record.year
    done = [0.0, *(_percent(value) for value in standing.cumulative_reductions)]
    common: Trace = {
        "type": "scatter", "showlegend": place == 0, "hovertemplate": "%{x} %{y:.2f}%<extra></extra>",
        "xaxis": f"x{_number(place)}", "yaxis": f"y{_number(place)}",
    }  # fmt: skip
    traces: list[Trace] = [
        {
            "x": list(range(base, record.end_year + 1)), "y": [0.0, *(_percent(value) for value in standing.path)],
            "mode": "lines", "line": {"dash": "dash", "width": 1.6, "color": LINE}, "legendgroup": "path",
            "name": WORDS.say("path", language), **common,
        },
        {
            "x": list(range(base, now + 1)), "y": done, "mode": "lines+markers", "legendgroup": "done",
            "name": WORDS.say("actual", language), "line": {"width": 2.4, "color": "#0B4882"}, "marker": {"size": 6},
            **common,
        },
    ]  # fmt: skip
    if standing.forecast_trend is not None and now < record.end_year:
        traces.append({
            "x": [now, record.end_year], "y": [done[-1], _percent(standing.forecast_trend)], "mode": "lines+markers",
            "legendgroup": "trend", "name": WORDS.say("as_it_goes", language), **common,
            "line": {"dash": "dot", "width": 2, "color": DIAMOND}, "marker": {"size": [0, 7], "symbol": "diamond"},
        })  # fmt: skip
    return traces


def _furthest_behind(record: TrackRecord) -> list[RegionTrack]:
    """Return the regions that get a panel: all in their own order, or those furthest behind their paths."""
    if len(record.regions) <= _PANELS:
        return list(record.regions)
    behind = sorted(record.regions, key=lambda r: -(r.lag if r.lag is not None else -math.inf))
    return behind[:_PANELS]


def _planned(record: TrackRecord, standing: Standing) -> float:
    """Return the even yearly cut of the years left on the path, fraction."""
    t = len(record.years)
    before = standing.path[t - 1] if t else 0.0
    return float(1 - ((1 - standing.target) / (1 - before)) ** (1 / record.years_left))


def _rows(names: Sequence[str], **more: Any) -> dict[str, Any]:  # noqa: ANN401  (plotly's values)
    """Return the layout of a chart with a row a region; then `more`."""
    axis = {
        "type": "category", "categoryorder": "array", "categoryarray": list(names), "range": [len(names) - 0.4, -0.6],
        "automargin": True, "ticks": "", "tickmode": "linear", "dtick": 1,
    }  # fmt: skip
    height = max(260, row_height(len(names)) * len(names) + 150)
    return merged(common_looks(height=height, bargap=0.22, barmode="overlay", yaxis=axis), more)


def _on(colour: str) -> dict[str, str]:
    return {"color": "#ffffff" if colour == LIGHTS["red"][0] else "#1a1a1a"}


def _percent(value: float | None) -> float:
    return 0.0 if value is None else round(value * 100, 3)
