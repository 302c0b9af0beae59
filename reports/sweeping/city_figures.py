"""The charts of one chosen region: the map over the weights, and what each weight does."""

from __future__ import annotations

import html
from typing import Any

import numpy as np

from reports.printing.looks import BAR, DIAMOND, LINE, Figure, Trace, axis_names, common_looks
from reports.sweeping.figures import borders
from reports.sweeping.record import MapPoint, RegionSweep, SweepRecord
from reports.words import LABELS
from reports.words.sweeping import WORDS
from scenarios.wording import Language

_SCALE = "Cividis"


def has_map(record: SweepRecord) -> bool:
    """Return whether there is a map over the weights to draw."""
    return bool(record.map) and len(record.criteria) in (2, 3)


def map_figure(record: SweepRecord, place: int, language: Language) -> Figure:
    """Return the rate of a region by criterion weights: a triangle over three criteria, a line over two.

    Class borders, the plan's weights and the nearest weights that change the class are marked.
    """
    layout = _line_layout if len(record.criteria) == 2 else _triangle_layout
    return {"data": map_traces(record, place, language), "layout": layout(record, language)}


def _line_layout(record: SweepRecord, language: Language) -> dict[str, Any]:
    """Return the layout of the map over two criteria."""
    criterion = html.escape(record.criteria[0].label.say(language))
    weight = WORDS.say("weight_of", language, criterion=criterion)
    rate = LABELS.say("rate", language)
    return common_looks(
        height=420,
        xaxis={"title": {"text": weight}, "range": [-1, 101]},
        yaxis={"title": {"text": rate}, "automargin": True},
    )


def _triangle_layout(record: SweepRecord, language: Language) -> dict[str, Any]:
    """Return the layout of the map over three criteria."""
    axis = {"tickvals": [20, 40, 60, 80], "ticks": "", "gridcolor": "rgba(255,255,255,0.35)", "layer": "above traces"}
    corners = [{"text": _corner(c.label.say(language)), "font": {"size": 11}} for c in record.criteria]
    axes = {f"{side}axis": {**axis, "title": title} for side, title in zip("abc", corners, strict=True)}
    return common_looks(
        ternary={"sum": 100, **axes},
        height=500, margin={"l": 60, "r": 48, "t": 36, "b": 20}, legend={"y": -0.1, "yanchor": "top"},
    )  # fmt: skip


def _corner(label: str) -> str:
    """Return a criterion's name short enough for a corner of the map."""
    most = 14 if label.isascii() else 7
    return html.escape(label if len(label) <= most else f"{label[: most - 1]}…")


def tornado_figure(record: SweepRecord, place: int, language: Language) -> Figure:
    """Return how a region's rate moves with each criterion weight, the strongest on top."""
    layout = common_looks(
        barmode="overlay", bargap=0.35, height=120 + 62 * len(record.criteria),
        yaxis={"type": "category", "autorange": "reversed", "automargin": True, "ticks": ""},
        xaxis={"title": {"text": LABELS.say("rate", language)}, "automargin": True, "zeroline": False},
    )  # fmt: skip
    return {"data": tornado_traces(record, place, language), "layout": layout}


def tornado_traces(record: SweepRecord, place: int, language: Language) -> list[Trace]:
    """Return the traces of `tornado_figure`."""
    region = record.regions[place]
    labels = axis_names([c.label.say(language) for c in record.criteria])
    swings = sorted(
        zip(labels, region.swings, strict=True), key=lambda pair: -abs(pair[1].rate_high - pair[1].rate_low)
    )
    names, base = [name for name, _ in swings], region.rate * 100
    ends = (
        ("weight_halved", [s.rate_low for _, s in swings], [s.weight_low for _, s in swings], BAR, "/"),
        ("weight_raised", [s.rate_high for _, s in swings], [s.weight_high for _, s in swings], "#2F6F9F", ""),
    )
    bars: list[Trace] = [
        {
            "type": "bar", "orientation": "h", "y": names, "base": base, "name": WORDS.say(code, language),
            "x": [round(rate * 100 - base, 4) for rate in rates],
            "marker": {
                "color": colour, "line": {"width": 1, "color": "#2F6F9F"},
                "pattern": {"shape": pattern, "size": 6, "solidity": 0.25, "fgcolor": "#2F6F9F"},
            },
            "customdata": [[round(w * 100, 2), round(r * 100, 2)] for w, r in zip(weights, rates, strict=True)],
            "hovertemplate": "%{y} %{customdata[0]:.1f}%<br>%{customdata[1]:.2f}%<extra></extra>",
        }
        for code, rates, weights, colour, pattern in ends
    ]  # fmt: skip
    line: Trace = {
        "type": "scatter", "mode": "lines", "x": [base] * len(names), "y": names, "hoverinfo": "skip",
        "line": {"color": LINE, "width": 2}, "name": WORDS.say("kind_plan", language),
    }  # fmt: skip
    return [*bars, line]


def map_traces(record: SweepRecord, place: int, language: Language) -> list[Trace]:
    """Return the traces of `map_figure`."""
    region = record.regions[place]
    if len(record.criteria) == 2:
        return _line_traces(record, place, language)
    a, b, c = ([round(p.weights[k] * 100, 3) for p in record.map] for k in range(3))
    rates = [round(p.rates[place] * 100, 3) for p in record.map]
    labels = [html.escape(criterion.label.say(language)).replace("%", "&#37;") for criterion in record.criteria]
    field: Trace = {
        "type": "scatterternary", "mode": "markers", "a": a, "b": b, "c": c, "cliponaxis": True, "showlegend": False,
        "marker": {
            "symbol": "hexagon", "size": 11, "color": rates, "colorscale": _SCALE, "showscale": True,
            "line": {"width": 0}, "opacity": 1,
            "colorbar": {
                "orientation": "h", "thickness": 12, "len": 0.8, "outlinewidth": 0, "y": -0.2, "yanchor": "top",
                "ticksuffix": "%",
            },
        },
        "hovertemplate": f"{labels[0]} %{{a:.1f}}<br>{labels[1]} %{{b:.1f}}<br>{labels[2]} %{{c:.1f}}"
        "<br>%{marker.color:.2f}%<extra></extra>",
    }  # fmt: skip
    lines = [[], [], []] if len(set(rates)) < 2 else class_lines(record.map, place, borders(record))
    parts: list[Trace] = [
        {
            "type": "scatterternary", "mode": "lines", "a": lines[0], "b": lines[1], "c": lines[2], "hoverinfo": "skip",
            "line": {"color": colour, "width": width}, "showlegend": False,
        }
        for colour, width in (("#000000", 4.5), ("#ffffff", 2))
    ]  # fmt: skip
    return [field, *parts, *_marks(record, region, language)]


def _marks(record: SweepRecord, region: RegionSweep, language: Language) -> list[Trace]:
    """Return the marks of the plan's weights and of the nearest that change the class, with a line between."""
    plan = [c.weight for c in record.criteria]
    there = plan if region.radius is None else list(region.radius.weights)
    abc = [dict(zip("abc", ([round(w * 100, 3)] for w in point), strict=True)) for point in (plan, there)]
    line: Trace = {
        "type": "scatterternary", "mode": "lines", "hoverinfo": "skip",
        **{key: abc[0][key] + abc[1][key] for key in "abc"},
        "line": {"color": DIAMOND, "width": 2}, "showlegend": False,
    }  # fmt: skip
    return [line, *_stars("scatterternary", abc, region, language)]


def _stars(kind: str, places: list[Trace], region: RegionSweep, language: Language) -> list[Trace]:
    """Return a star at the plan's weights, and a diamond at the nearest that change the class where there are any."""
    common: Trace = {"type": kind, "mode": "markers", "hoverinfo": "skip"}
    return [
        {
            **common, **places[0], "name": WORDS.say("plan_weights", language),
            "marker": {"symbol": "star", "size": 15, "color": "#ffffff", "line": {"width": 1.5, "color": "#000000"}},
        },
        {
            **common, **places[1], "name": WORDS.say("radius_point", language), "visible": region.radius is not None,
            "marker": {"symbol": "diamond", "size": 12, "color": DIAMOND, "line": {"width": 1.5, "color": "#ffffff"}},
        },
    ]  # fmt: skip


def _line_traces(record: SweepRecord, place: int, language: Language) -> list[Trace]:
    """Return the map over two criteria: the rate by the weight of the first."""
    region = record.regions[place]
    points = sorted((round(p.weights[0] * 100, 3), round(p.rates[place] * 100, 3)) for p in record.map)
    curve: Trace = {
        "type": "scatter", "mode": "lines", "x": [x for x, _ in points], "y": [y for _, y in points],
        "line": {"color": "#2F6F9F", "width": 3}, "showlegend": False,
        "hovertemplate": "%{x:.1f}% → %{y:.2f}%<extra></extra>",
    }  # fmt: skip
    low, high = min(y for _, y in points), max(y for _, y in points)
    crossed = [border * 100 for border in borders(record) if low <= border * 100 <= high]
    parts: Trace = {
        "type": "scatter", "mode": "lines", "hoverinfo": "skip", "name": WORDS.say("border", language),
        "x": [x for _ in crossed for x in (0, 100, None)], "y": [y for y in crossed for _ in range(3)],
        "line": {"color": LINE, "width": 1, "dash": "dash"}, "showlegend": bool(crossed),
    }  # fmt: skip
    plan = record.criteria[0].weight * 100
    there = plan if region.radius is None else region.radius.weights[0] * 100
    height = float(np.interp(there, [x for x, _ in points], [y for _, y in points]))
    places = [{"x": [plan], "y": [region.rate * 100]}, {"x": [there], "y": [height]}]
    return [curve, parts, *_stars("scatter", places, region, language)]


def class_lines(points: tuple[MapPoint, ...], place: int, thresholds: list[float]) -> list[list[float | None]]:
    """Return where the rate of a region, taken as linear on each small triangle of the lattice, meets a border.

    Returns
    -------
    The three weights in per cent of pieces of line, None after each piece.
    """
    steps = round(1 / min(w for p in points for w in p.weights if w > 0))
    at = {(round(p.weights[0] * steps), round(p.weights[1] * steps)): p.rates[place] for p in points}
    lines: list[list[float | None]] = [[], [], []]
    for i, j in at:
        for corners in (((i, j), (i + 1, j), (i, j + 1)), ((i + 1, j), (i, j + 1), (i + 1, j + 1))):
            if all(corner in at for corner in corners):
                rates = [at[corner] for corner in corners]
                for border in thresholds:
                    if min(rates) <= border < max(rates):
                        _add_piece(lines, corners, rates, border, steps)
    return lines


def _add_piece(
    lines: list[list[float | None]], corners: tuple[tuple[int, int], ...], rates: list[float], border: float, steps: int
) -> None:
    """Add the piece of a border inside one triangle."""
    for n, m in ((0, 1), (0, 2), (1, 2)):
        if (rates[n] > border) != (rates[m] > border):
            along = (border - rates[n]) / (rates[m] - rates[n])
            first, second = (corners[n][k] + along * (corners[m][k] - corners[n][k]) for k in (0, 1))
            for row, value in zip(lines, (first, second, steps - first - second), strict=True):
                row.append(round(value / steps * 100, 2))
    for row in lines:
        row.append(None)
