"""The looks that all charts share, and their HTML."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio
from markupsafe import Markup

CONFIG: dict[str, Any] = {"showSendToCloud": False, "displaylogo": False, "responsive": True, "displayModeBar": False}
"""Every figure is shown with this: no upload button, no outside link."""

FONT = '"Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei", sans-serif'

BAR, DIAMOND, LINE, SHARE = "#8FB8DE", "#D55E00", "#333333", "#2F6F9F"

NAMED = 60
"""Beyond so many regions the names are not drawn; hovering shows them."""

_ROW, _TIGHT, _TALL = 27, 15, 900  # pixels of a row a region: usual, least, and of all rows before they get tighter

_LONGEST = 24  # characters of a name on an axis


def blank(traces: Any = ()) -> go.Figure:  # noqa: ANN401  (plotly's traces)
    """Return a figure of traces without a template: plotly goes through all of one at every change, see `plain`."""
    return go.Figure(traces, {"template": "none"})


def plain(figure: go.Figure) -> dict[str, Any]:
    """Return a figure as plotly.js takes it, with the template that all charts have."""
    values = figure.to_plotly_json()
    return {**values, "layout": {**values["layout"], "template": template()}}


def figure_html(figure: go.Figure, div_id: str) -> str:
    """Return a figure as an HTML fragment that fills what holds it and expects plotly.js on the page."""
    return str(
        pio.to_html(
            plain(figure), full_html=False, include_plotlyjs=False, include_mathjax=False, config=CONFIG, div_id=div_id,
            default_height="100%", validate=False,
        )
    )  # fmt: skip


def axis_names(labels: list[str]) -> list[str]:
    """Return axis names: escaped (plotly reads markup), shortened, and told apart when equal."""
    names: dict[str, None] = {}
    for label in labels:
        line = " ".join(label.split())
        short = name = html.escape(line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…")
        count = 1
        while name in names:
            count += 1
            name = f"{short} ({count})"
        names[name] = None
    return list(names)


def base_layout(left: int, top: int, above: float, **more: Any) -> dict[str, Any]:  # noqa: ANN401  (plotly's values)
    """Return what the layouts of all charts share: font, margins, and a legend `above` the chart."""
    return {
        "font": {"family": FONT, "size": 13, "color": "#1a1a1a"},
        "margin": {"l": left, "r": 12, "t": top, "b": 40}, **more,
        "legend": {"orientation": "h", "yanchor": "bottom", "y": above, "x": 0, "font": {"size": 12}},
    }  # fmt: skip


def upright(title: str, bargap: float = 0.25, **yaxis: Any) -> dict[str, Any]:  # noqa: ANN401  (plotly's values)
    """Return the layout of a chart of values upwards, its axis named `title`."""
    axis = {"title": {"text": title, "standoff": 8}, **yaxis, "automargin": True}
    return {**base_layout(56, 24, 1.02, bargap=bargap), "yaxis": axis}


def by_column(title: str, columns: int) -> dict[str, Any]:
    """Return the layout of a chart with a column a region."""
    named = columns <= NAMED
    return {
        **upright(title, 0.25 if named else 0, rangemode="tozero"),
        "xaxis": {
            "type": "category", "showticklabels": named, "automargin": True, "ticks": "",
            "tickfont": {"size": 12}, "range": [-0.6, columns - 0.4],
        },
    }  # fmt: skip


def row_height(rows: int) -> int:
    """Return how many pixels a row has in a chart with a row a region."""
    return min(_ROW, max(_TIGHT, _TALL // max(rows, 1)))


def mixed(first: Sequence[int], second: Sequence[int], along: float) -> tuple[int, ...]:
    """Return the colour (red, green, blue) that lies `along` the way from one to another."""
    return tuple(round(a + along * (b - a)) for a, b in zip(first, second, strict=True))


def hexadecimal(colour: Sequence[int]) -> str:
    """Return a colour as #rrggbb."""
    return "#" + "".join(f"{part:02x}" for part in colour)


@cache
def template() -> dict[str, Any]:
    """Return plotly's white template, which all charts have, as plain values."""
    found: dict[str, Any] = pio.templates["plotly_white"].to_plotly_json()
    return found


def common_looks(figure: go.Figure) -> go.Figure:
    """Give a figure fonts and legend of the report's charts."""
    figure.update_layout(base_layout(10, 24, 1.01, hoverlabel={"font": {"family": FONT}}))
    return figure


@dataclass(frozen=True)
class Drawn:
    """A figure as HTML, and its height in pixels."""

    html: Markup
    height: int


def drawn(figure: go.Figure, name: str) -> Drawn:
    """Return a figure ready for a page; `name` becomes its id there."""
    return Drawn(Markup(figure_html(figure, name)), int(figure.layout.height or 430))
