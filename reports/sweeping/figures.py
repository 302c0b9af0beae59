"""The charts of a sweep over all regions, as plotly.js takes them, in the looks of `reports.planning.figures`."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

from reports.printing.looks import (
    DIAMOND,
    LINE,
    Figure,
    Trace,
    across,
    axis_names,
    common_looks,
    hexadecimal,
    merged,
    mixed,
    row_height,
)
from reports.sweeping.phrases import class_name, shown
from reports.sweeping.record import QUANTILES, RegionSweep, SweepRecord
from reports.sweeping.tables import flow_cases, per_ten, ranks
from reports.words import LABELS
from reports.words.sweeping import WORDS
from scenarios.wording import Language

DARK, LIGHT = (8, 48, 107), (205, 222, 240)
"""Colour of the first and of the last class; the others between, so that grey shades tell them apart too."""

SYMBOLS = ("circle", "square", "triangle-up", "pentagon", "triangle-down", "hexagon", "cross", "x")

_ORANGE, _GREY = "#D55E00", "#9AA5AF"

_SHORTEST = 11


def acceptability_figure(record: SweepRecord, language: Language) -> Figure:
    """Return the share of samples in each class, stacked by region, highest rate first; diamonds: the plan's class."""
    regions, names = _ordered(record, language)
    labels = [class_name(k + 1, language) for k in range(len(record.classes))]
    bars = [
        {
            "type": "bar", "y": names, "x": [round(r.shares[k] * 100, 3) for r in regions], "name": label,
            "orientation": "h", "marker": {"color": colour, "line": {"width": 0.8, "color": "#ffffff"}},
            "hovertemplate": "%{y}<br>" + label + " %{x:.1f}%<extra></extra>",
        }
        for k, (label, colour) in enumerate(zip(labels, shades(len(labels)), strict=True))
    ]  # fmt: skip
    own = {
        **_diamonds([_middle(r) for r in regions], names, WORDS.say("own_class", language), 9),
        "hovertemplate": "%{y}<br>%{customdata}<extra></extra>",
        "customdata": [class_name(r.class_, language) for r in regions],
    }
    layout = _by_region(
        len(names), barmode="stack", bargap=0.22, legend={"traceorder": "normal"},
        xaxis={"range": [0, 100], "title": {"text": WORDS.say("samples_share", language)}},
    )  # fmt: skip
    return {"data": [*bars, own], "layout": layout}


def ridge_figure(record: SweepRecord, language: Language) -> Figure:
    """Return the distribution of each region's rate as a ridge, highest rate on top; diamonds: the plan."""
    regions, names = _ordered(record, language)
    rows = list(range(len(regions)))
    low, high = QUANTILES.index(0.05), QUANTILES.index(0.95)
    spans = {
        "type": "scatter",
        "x": [value for r in regions for value in (r.quantiles[low] * 100, r.quantiles[high] * 100, None)],
        "y": [value for row in rows for value in (row, row, None)], "mode": "lines", "hoverinfo": "skip",
        "line": {"width": 2.5, "color": LINE}, "name": WORDS.say("ridge_range", language),
    }  # fmt: skip
    plan = {
        **_diamonds([r.rate * 100 for r in regions], rows, WORDS.say("kind_plan", language), 10),
        "customdata": [[name, r.lowest * 100, r.highest * 100] for name, r in zip(names, regions, strict=True)],
        "hovertemplate": "%{customdata[0]}<br>%{x:.2f}%（%{customdata[1]:.2f}–%{customdata[2]:.2f}%）<extra></extra>",
    }
    dotted = {"dash": "dot", "width": 1, "color": LINE}
    layout = _by_region(
        len(names), shapes=[across("x", border * 100, dotted) for border in borders(record)],
        xaxis={"title": {"text": LABELS.say("rate", language)}},
        yaxis={
            "type": "linear", "tickmode": "array", "tickvals": rows, "ticktext": names,
            "range": [len(rows) - 0.5, -1.1], "zeroline": False,
        },
    )  # fmt: skip
    return {"data": [*(_ridge(record, regions[row], row) for row in reversed(rows)), spans, plan], "layout": layout}


def heat_figure(record: SweepRecord, language: Language) -> Figure:
    """Return by how many points each rate changes for 10 points more weight on each criterion."""
    regions, names = _ordered(record, language)
    criteria = axis_names([c.label.say(language) for c in record.criteria])
    values = [[round(per_ten(r, c) or 0.0, 4) for c in range(len(criteria))] for r in regions]
    largest = max((abs(value) for row in values for value in row), default=0) or 1
    cells = {
        "type": "heatmap", "z": values, "x": criteria, "y": names, "zmin": -largest, "zmax": largest,
        "xgap": 2, "ygap": 2,
        "colorscale": [[0, "#8C510A"], [0.25, "#DFC27D"], [0.5, "#F7F7F7"], [0.75, "#80CDC1"], [1, "#01665E"]],
        "text": [[_signed(value) for value in row] for row in values], "texttemplate": "%{text}",
        "hovertemplate": "%{y}<br>%{x} %{text}<extra></extra>", "colorbar": {"thickness": 12, "outlinewidth": 0},
    }  # fmt: skip
    layout = _by_region(len(names), xaxis={"side": "top", "type": "category"}, showlegend=False)
    return {"data": [cells], "layout": layout}


def flow_figure(record: SweepRecord, language: Language) -> Figure:
    """Return the rank of each region in the plan and under each preference; orange where the class changes."""
    cases, places = flow_cases(record), shown(record)
    names = axis_names([record.regions[n].label(language) for n in places])
    columns = axis_names([case.label.say(language) for case in cases])
    order = [ranks(case) for case in cases]
    colours = shades(len(record.classes))
    lines = []
    for n, name in zip(places, names, strict=True):
        classes = [case.classes[n] or 0 for case in cases]
        changes = len(set(classes)) > 1
        short = name if len(name) <= _SHORTEST or "&" in name else f"{name[: _SHORTEST - 1]}…"
        lines.append({
            "type": "scatter", "x": columns, "y": [ranked[n] for ranked in order], "mode": "lines+markers+text",
            "showlegend": False, "text": [""] * (len(cases) - 1) + [short], "textposition": "middle right",
            "cliponaxis": False, "textfont": {"size": 12},
            "line": {"width": 2.2 if changes else 1.6, "color": _ORANGE if changes else _GREY},
            "marker": {
                "size": 11, "color": [colours[k - 1] for k in classes], "line": {"width": 1, "color": "#ffffff"},
                "symbol": [SYMBOLS[(k - 1) % len(SYMBOLS)] for k in classes],
            },
            "customdata": [
                [name, class_name(k, language), (case.rates[n] or 0) * 100]
                for k, case in zip(classes, cases, strict=True)
            ],
            "hovertemplate": "%{customdata[0]}<br>%{y} · %{customdata[1]} · %{customdata[2]:.2f}%<extra></extra>",
        })  # fmt: skip
    plan = {order[0][n]: name for n, name in zip(places, names, strict=True)}
    layout = _by_region(
        len(names), legend={"y": -0.02, "yanchor": "top"}, margin={"r": 60},
        xaxis={"type": "category", "side": "top", "range": [-0.15, len(columns) - 0.5], "showgrid": True},
        yaxis={
            "type": "linear", "tickmode": "array", "tickvals": sorted(plan),
            "ticktext": [f"{plan[k]} {k}" for k in sorted(plan)], "showgrid": False,
            "range": [max(plan, default=1) + 0.6, min(plan, default=1) - 0.6], "zeroline": False,
        },
    )  # fmt: skip
    return {"data": [*lines, *_class_legend(record, language)], "layout": layout}


def shades(count: int) -> list[str]:
    """Return a colour for each class, dark to light from the first on."""
    return [hexadecimal(mixed(DARK, LIGHT, k / max(1, count - 1))) for k in range(count)]


def borders(record: SweepRecord) -> list[float]:
    """Return the rates that part the classes, lowest first."""
    return sorted(found.lowest for found in record.classes if found.lowest is not None)


def _by_region(count: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401  (plotly's values)
    """Return the layout of a chart with a row a region; then `more`."""
    row, usual = row_height(count), row_height(1)
    axis = {
        "type": "category", "range": [count - 0.4, -0.6], "automargin": True, "ticks": "",
        "tickfont": {"size": 12 if row == usual else 10}, "tickmode": "linear", "dtick": 1,
    }  # fmt: skip
    looks = common_looks(height=max(260, row * count + 130), showlegend=True, xaxis={"automargin": True}, yaxis=axis)
    return merged(looks, more)


def _diamonds(x: list[float], y: list[Any], name: str, size: int) -> Trace:
    """Return where the plan is."""
    line = {"width": 1, "color": "#ffffff"}
    marker = {"symbol": "diamond", "size": size, "color": DIAMOND, "line": line}
    return {"type": "scatter", "x": x, "y": y, "mode": "markers", "name": name, "marker": marker}


def _ordered(record: SweepRecord, language: Language) -> tuple[list[RegionSweep], list[str]]:
    """Return the regions that are shown, highest rate first, and their names."""
    regions = sorted((record.regions[n] for n in shown(record)), key=lambda r: -r.rate)
    return regions, axis_names([r.label(language) for r in regions])


def _middle(region: RegionSweep) -> float:
    """Return where on its bar the region's own class is."""
    before = sum(region.shares[: region.class_ - 1])
    return round((before + region.shares[region.class_ - 1] / 2) * 100, 3)


def _ridge(record: SweepRecord, region: RegionSweep, row: int) -> Trace:
    """Return a region's ridge on its row in the colour of its class."""
    x, y = _outline(record, region, row)
    return {
        "type": "scatter", "x": x, "y": y, "mode": "lines", "fill": "toself", "showlegend": False, "hoverinfo": "skip",
        "line": {"width": 0.8, "color": "#ffffff"}, "fillcolor": shades(len(record.classes))[region.class_ - 1],
    }  # fmt: skip


def _outline(record: SweepRecord, region: RegionSweep, row: int) -> tuple[list[float], list[float]]:
    """Return the outline of a histogram that stands on its row; heights are square roots, the peak is 0.92 high."""
    peak = max(region.histogram) or 1
    filled = [k for k, count in enumerate(region.histogram) if count]
    if not filled:
        return [], []
    bins = list(pairwise(record.histogram_edges))[filled[0] : filled[-1] + 1]
    counts = region.histogram[filled[0] : filled[-1] + 1]
    x, y = [bins[0][0] * 100], [float(row)]
    for (left, right), count in zip(bins, counts, strict=True):
        x += [left * 100, right * 100]
        y += [row - 0.92 * math.sqrt(count / peak)] * 2
    ends = ([*x, bins[-1][1] * 100, x[0]], [*y, float(row), float(row)])
    return [round(value, 3) for value in ends[0]], [round(value, 4) for value in ends[1]]


def _class_legend(record: SweepRecord, language: Language) -> list[Trace]:
    """Return a legend entry for each class."""
    return [
        {
            "type": "scatter", "x": [None], "y": [None], "mode": "markers", "name": class_name(k + 1, language),
            "marker": {"size": 11, "color": colour, "symbol": SYMBOLS[k % len(SYMBOLS)]},
        }
        for k, colour in enumerate(shades(len(record.classes)))
    ]  # fmt: skip


def _signed(value: float) -> str:
    text = f"{value:+.2f}"
    return "0" if float(text) == 0 else text.replace("-", "\u2212")
