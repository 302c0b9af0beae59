"""The charts of a sweep over all regions, drawn with plotly in the looks of `reports.planning.figures`."""

from __future__ import annotations

import math
from itertools import pairwise

import plotly.graph_objects as go

from reports.printing.looks import DIAMOND, LINE, axis_names, blank, common_looks, hexadecimal, mixed, row_height
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


def acceptability_figure(record: SweepRecord, language: Language) -> go.Figure:
    """Return the share of samples in each class, stacked by region, highest rate first; diamonds: the plan's class."""
    regions, names = _ordered(record, language)
    figure = blank()
    for k, colour in enumerate(shades(len(record.classes))):
        label = class_name(k + 1, language)
        figure.add_bar(
            y=names, x=[round(r.shares[k] * 100, 3) for r in regions], name=label, orientation="h",
            marker={"color": colour, "line": {"width": 0.8, "color": "#ffffff"}},
            hovertemplate="%{y}<br>" + label + " %{x:.1f}%<extra></extra>",
        )  # fmt: skip
    figure.add_scatter(
        y=names, x=[_middle(r) for r in regions], mode="markers", name=WORDS.say("own_class", language),
        marker={"symbol": "diamond", "size": 9, "color": DIAMOND, "line": {"width": 1, "color": "#ffffff"}},
        hovertemplate="%{y}<br>%{customdata}<extra></extra>",
        customdata=[class_name(r.class_, language) for r in regions],
    )  # fmt: skip
    figure.update_layout(barmode="stack", bargap=0.22, legend={"traceorder": "normal"})
    figure.update_xaxes(range=[0, 100], title=WORDS.say("samples_share", language))
    return _by_region(figure, len(names))


def ridge_figure(record: SweepRecord, language: Language) -> go.Figure:
    """Return the distribution of each region's rate as a ridge, highest rate on top; diamonds: the plan."""
    regions, names = _ordered(record, language)
    colours = shades(len(record.classes))
    low, high = QUANTILES.index(0.05), QUANTILES.index(0.95)
    figure = blank()
    for row in reversed(range(len(regions))):
        x, y = _ridge(record, regions[row], row)
        figure.add_scatter(
            x=x, y=y, mode="lines", fill="toself", showlegend=False, hoverinfo="skip",
            line={"width": 0.8, "color": "#ffffff"}, fillcolor=colours[regions[row].class_ - 1],
        )  # fmt: skip
    for border in borders(record):
        figure.add_vline(x=border * 100, line={"dash": "dot", "width": 1, "color": LINE})
    rows = list(range(len(regions)))
    figure.add_scatter(
        x=[value for r in regions for value in (r.quantiles[low] * 100, r.quantiles[high] * 100, None)],
        y=[value for row in rows for value in (row, row, None)], mode="lines", hoverinfo="skip",
        line={"width": 2.5, "color": LINE}, name=WORDS.say("ridge_range", language),
    )  # fmt: skip
    figure.add_scatter(
        x=[r.rate * 100 for r in regions], y=rows, mode="markers", name=WORDS.say("kind_plan", language),
        customdata=list(zip(names, (r.lowest * 100 for r in regions), (r.highest * 100 for r in regions), strict=True)),
        marker={"symbol": "diamond", "size": 10, "color": DIAMOND, "line": {"width": 1, "color": "#ffffff"}},
        hovertemplate="%{customdata[0]}<br>%{x:.2f}%（%{customdata[1]:.2f}–%{customdata[2]:.2f}%）<extra></extra>",
    )  # fmt: skip
    figure.update_xaxes(title=LABELS.say("rate", language))
    _by_region(figure, len(names))
    figure.update_yaxes(
        type="linear", tickmode="array", tickvals=rows, ticktext=names, range=[len(rows) - 0.5, -1.1], zeroline=False
    )
    return figure


def heat_figure(record: SweepRecord, language: Language) -> go.Figure:
    """Return by how many points each rate changes for 10 points more weight on each criterion."""
    regions, names = _ordered(record, language)
    criteria = axis_names([c.label.say(language) for c in record.criteria])
    values = [[round(per_ten(r, c) or 0.0, 4) for c in range(len(criteria))] for r in regions]
    largest = max((abs(value) for row in values for value in row), default=0) or 1
    figure = blank(
        go.Heatmap(
            z=values, x=criteria, y=names, zmin=-largest, zmax=largest, xgap=2, ygap=2,
            colorscale=[[0, "#8C510A"], [0.25, "#DFC27D"], [0.5, "#F7F7F7"], [0.75, "#80CDC1"], [1, "#01665E"]],
            text=[[_signed(value) for value in row] for row in values], texttemplate="%{text}",
            hovertemplate="%{y}<br>%{x} %{text}<extra></extra>", colorbar={"thickness": 12, "outlinewidth": 0},
        )
    )  # fmt: skip
    figure.update_xaxes(side="top", type="category")
    return _by_region(figure, len(names), legend=False)


def flow_figure(record: SweepRecord, language: Language) -> go.Figure:
    """Return the rank of each region in the plan and under each preference; orange where the class changes."""
    cases, places = flow_cases(record), shown(record)
    names = axis_names([record.regions[n].label(language) for n in places])
    columns = axis_names([case.label.say(language) for case in cases])
    order = [ranks(case) for case in cases]
    colours = shades(len(record.classes))
    figure = blank()
    for n, name in zip(places, names, strict=True):
        classes = [case.classes[n] or 0 for case in cases]
        changes = len(set(classes)) > 1
        short = name if len(name) <= _SHORTEST or "&" in name else f"{name[: _SHORTEST - 1]}…"
        figure.add_scatter(
            x=columns, y=[ranked[n] for ranked in order], mode="lines+markers+text", showlegend=False,
            text=[""] * (len(cases) - 1) + [short], textposition="middle right", cliponaxis=False,
            textfont={"size": 12}, line={"width": 2.2 if changes else 1.6, "color": _ORANGE if changes else _GREY},
            marker={
                "size": 11, "color": [colours[k - 1] for k in classes], "line": {"width": 1, "color": "#ffffff"},
                "symbol": [SYMBOLS[(k - 1) % len(SYMBOLS)] for k in classes],
            },
            customdata=[
                (name, class_name(k, language), (case.rates[n] or 0) * 100)
                for k, case in zip(classes, cases, strict=True)
            ],
            hovertemplate="%{customdata[0]}<br>%{y} · %{customdata[1]} · %{customdata[2]:.2f}%<extra></extra>",
        )  # fmt: skip
    _class_legend(figure, record, language)
    plan = {order[0][n]: name for n, name in zip(places, names, strict=True)}
    _by_region(figure, len(names))
    figure.update_xaxes(type="category", side="top", range=[-0.15, len(columns) - 0.5], showgrid=True)
    figure.update_yaxes(
        type="linear", tickmode="array", tickvals=sorted(plan), ticktext=[f"{plan[k]} {k}" for k in sorted(plan)],
        showgrid=False,
        range=[max(plan, default=1) + 0.6, min(plan, default=1) - 0.6], zeroline=False,
    )  # fmt: skip
    figure.update_layout(legend={"y": -0.02, "yanchor": "top"}, margin={"r": 60})
    return figure


def shades(count: int) -> list[str]:
    """Return a colour for each class, dark to light from the first on."""
    return [hexadecimal(mixed(DARK, LIGHT, k / max(1, count - 1))) for k in range(count)]


def borders(record: SweepRecord) -> list[float]:
    """Return the rates that part the classes, lowest first."""
    return sorted(found.lowest for found in record.classes if found.lowest is not None)


def _by_region(figure: go.Figure, count: int, legend: bool = True) -> go.Figure:
    """Give a chart with a row a region its looks and height."""
    common_looks(figure)
    row, usual = row_height(count), row_height(1)
    figure.update_yaxes(
        type="category", range=[count - 0.4, -0.6], automargin=True, ticks="",
        tickfont={"size": 12 if row == usual else 10}, tickmode="linear", dtick=1,
    )  # fmt: skip
    figure.update_xaxes(automargin=True)
    figure.update_layout(height=max(260, row * count + 130), showlegend=legend)
    return figure


def _ordered(record: SweepRecord, language: Language) -> tuple[list[RegionSweep], list[str]]:
    """Return the regions that are shown, highest rate first, and their names."""
    regions = sorted((record.regions[n] for n in shown(record)), key=lambda r: -r.rate)
    return regions, axis_names([r.label(language) for r in regions])


def _middle(region: RegionSweep) -> float:
    """Return where on its bar the region's own class is."""
    before = sum(region.shares[: region.class_ - 1])
    return round((before + region.shares[region.class_ - 1] / 2) * 100, 3)


def _ridge(record: SweepRecord, region: RegionSweep, row: int) -> tuple[list[float], list[float]]:
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


def _class_legend(figure: go.Figure, record: SweepRecord, language: Language) -> None:
    """Add a legend entry for each class."""
    for k, colour in enumerate(shades(len(record.classes))):
        figure.add_scatter(
            x=[None], y=[None], mode="markers", name=class_name(k + 1, language),
            marker={"size": 11, "color": colour, "symbol": SYMBOLS[k % len(SYMBOLS)]},
        )  # fmt: skip


def _signed(value: float) -> str:
    text = f"{value:+.2f}"
    return "0" if float(text) == 0 else text.replace("-", "\u2212")
