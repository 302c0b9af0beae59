"""The charts of a tracking: where everybody stands, the path against the actual years, what is left a year."""

from __future__ import annotations

import math
from collections.abc import Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from reports.printing.looks import BAR, DIAMOND, LINE, axis_names, blank, common_looks, row_height
from reports.tracking.record import RegionTrack, Standing, TrackRecord
from reports.words.tracking import WORDS
from scenarios.wording import Language

LIGHTS = {"green": ("#9EDAC6", ""), "yellow": ("#FAD08C", "/"), "red": ("#C2410C", "x")}
"""Fill and pattern of each light: shades and patterns tell them apart without colour."""

_PANELS = 23  # regions with a panel of their own
_ACROSS, _PANEL = 4, 190


def barometer_figure(record: TrackRecord, language: Language) -> go.Figure:
    """Return everybody's progress as bars in the fill of their light, furthest on top; a line: what the path asks."""
    regions = sorted((r for r in record.regions if r.progress is not None), key=lambda r: -(r.progress or 0.0))
    names = axis_names([r.label(language) for r in regions])
    figure = blank()
    for light, (colour, pattern) in LIGHTS.items():
        rows = [n for n, region in enumerate(regions) if region.light == light]
        figure.add_bar(
            x=[_percent(regions[n].progress) for n in rows], y=[names[n] for n in rows], orientation="h",
            name=WORDS.say(light, language), hovertemplate="%{y} %{x:.1f}%<extra></extra>",
            text=[f"{_percent(regions[n].progress):.1f}" for n in rows], textposition="inside",
            insidetextanchor="start", textangle=0, insidetextfont=_on(colour),
            marker={"color": colour, "line": {"width": 0.8, "color": LINE},
                    "pattern": {"shape": pattern, "size": 6, "solidity": 0.12, "fgcolor": LINE}},
        )  # fmt: skip
    asked = record.province
    for value, code, dash in (
        (asked.path_progress, "path_line", "dash"), (asked.progress, "province_line", "solid"),
    ):  # fmt: skip
        if value is not None:
            name = WORDS.say(code, language, value=f"{value * 100:.1f}")
            figure.add_vline(x=value * 100, line={"dash": dash, "width": 1.6, "color": LINE}, name=name,
                             showlegend=True)  # fmt: skip
    figure.update_xaxes(title=WORDS.say("c_progress", language), automargin=True)
    return _rows(figure, names)


def paths_figure(record: TrackRecord, language: Language) -> go.Figure:
    """Return a panel each for the province and the regions: the path, the actual years, the years as they now go."""
    chosen = _furthest_behind(record)
    titles = [record.province.name.say(language), *(r.label(language) for r in chosen)]
    standings = [record.province, *chosen]
    rows = math.ceil(len(standings) / _ACROSS)
    figure = make_subplots(
        rows, _ACROSS, shared_xaxes=True, shared_yaxes="all", vertical_spacing=0.28 / rows, horizontal_spacing=0.02,
        subplot_titles=axis_names(titles), figure=blank(),
    )  # fmt: skip
    for n, standing in enumerate(standings):
        for trace in _panel(record, standing, n == 0, language):
            figure.add_trace(trace, n // _ACROSS + 1, n % _ACROSS + 1)
    years = list(range(record.base_year, record.end_year + 1))
    figure.update_xaxes(tickmode="array", tickvals=years, ticktext=[f"{year % 100:02d}" for year in years])
    figure.update_yaxes(ticksuffix="%", rangemode="tozero")
    common_looks(figure)
    figure.update_annotations(font={"size": 13})
    figure.update_layout(
        height=rows * _PANEL + 90, margin={"l": 48, "t": 70},
        legend={"y": 1, "yref": "container", "yanchor": "top", "x": 0},
    )  # fmt: skip
    return figure


def remaining_figure(record: TrackRecord, language: Language) -> go.Figure | None:
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
    figure = blank()
    figure.add_scatter(
        x=[x for pair in zip(planned, needed, strict=True) for x in (*pair, None)],
        y=[y for name in names for y in (name, name, None)],
        mode="lines", hoverinfo="skip", showlegend=False, line={"width": 2, "color": "#9AA5AF"},
    )  # fmt: skip
    for values, code, marker in (
        (planned, "annual_planned", {"symbol": "circle", "size": 10, "color": BAR}),
        (needed, "annual_needed", {"symbol": "diamond", "size": 11, "color": DIAMOND}),
    ):
        figure.add_scatter(
            x=values, y=names, mode="markers", name=WORDS.say(code, language),
            marker={**marker, "line": {"width": 1, "color": LINE}}, hovertemplate="%{y} %{x:.2f}%<extra></extra>",
        )  # fmt: skip
    figure.update_xaxes(title=WORDS.say("c_rest_annual", language), automargin=True)
    return _rows(figure, names)


def panels(record: TrackRecord) -> int:
    """Return how many regions `paths_figure` gives a panel."""
    return min(len(record.regions), _PANELS)


def _panel(record: TrackRecord, standing: Standing, first: bool, language: Language) -> list[go.Scatter]:
    """Return the path, the actual years, and from there the mean rate so far to the end."""
    base, now = record.base_year, record.year
    done = [0.0, *(_percent(value) for value in standing.cumulative_reductions)]
    hover = "%{x} %{y:.2f}%<extra></extra>"
    common = {"showlegend": first, "hovertemplate": hover}
    traces = [
        go.Scatter(
            x=list(range(base, record.end_year + 1)), y=[0.0, *(_percent(value) for value in standing.path)],
            mode="lines", line={"dash": "dash", "width": 1.6, "color": LINE}, legendgroup="path",
            name=WORDS.say("path", language), **common,
        ),
        go.Scatter(
            x=list(range(base, now + 1)), y=done, mode="lines+markers", legendgroup="done",
            name=WORDS.say("actual", language), line={"width": 2.4, "color": "#0B4882"}, marker={"size": 6}, **common,
        ),
    ]  # fmt: skip
    if standing.forecast_trend is not None and now < record.end_year:
        traces.append(
            go.Scatter(
                x=[now, record.end_year], y=[done[-1], _percent(standing.forecast_trend)], mode="lines+markers",
                legendgroup="trend", name=WORDS.say("as_it_goes", language), **common,
                line={"dash": "dot", "width": 2, "color": DIAMOND}, marker={"size": [0, 7], "symbol": "diamond"},
            )
        )  # fmt: skip
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


def _rows(figure: go.Figure, names: Sequence[str]) -> go.Figure:
    """Give a chart with a row a region its looks and height."""
    common_looks(figure)
    figure.update_yaxes(
        type="category", categoryorder="array", categoryarray=list(names), range=[len(names) - 0.4, -0.6],
        automargin=True, ticks="", tickmode="linear", dtick=1,
    )  # fmt: skip
    return figure.update_layout(
        height=max(260, row_height(len(names)) * len(names) + 150), bargap=0.22, barmode="overlay"
    )


def _on(colour: str) -> dict[str, str]:
    return {"color": "#ffffff" if colour == LIGHTS["red"][0] else "#1a1a1a"}


def _percent(value: float | None) -> float:
    return 0.0 if value is None else round(value * 100, 3)
