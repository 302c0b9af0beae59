"""The looks that all charts share, and their HTML."""

from __future__ import annotations

import html
from dataclasses import dataclass
from functools import cache
from typing import Any

import plotly.graph_objects as go
import plotly.io as pio
from markupsafe import Markup


def looks(figure: go.Figure, title: str) -> None:
    """Give a figure the common looks."""
    figure.update_layout(
        template="plotly_white", font={"family": FONT, "size": 13, "color": "#1a1a1a"},
        margin={"l": 56, "r": 12, "t": 24, "b": 40}, bargap=0.25,
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "font": {"size": 12}},
    )  # fmt: skip
    figure.update_yaxes(title={"text": title, "standoff": 8}, automargin=True)


CONFIG: dict[str, Any] = {"showSendToCloud": False, "displaylogo": False, "responsive": True, "displayModeBar": False}
"""Every figure is shown with this: no upload button, no outside link."""

FONT = '"Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei", sans-serif'

BAR, DIAMOND, LINE, SHARE = "#8FB8DE", "#D55E00", "#333333", "#2F6F9F"

_NAMED = 60  # beyond so many regions the names are not drawn; hovering shows them

_LONGEST = 24  # characters of a name on an axis


def figure_html(figure: go.Figure, div_id: str) -> str:
    """Return a figure as an HTML fragment that fills what holds it and expects plotly.js on the page."""
    return str(
        figure.to_html(
            full_html=False, include_plotlyjs=False, include_mathjax=False, config=CONFIG, div_id=div_id,
            default_height="100%",
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


def _finish(figure: go.Figure, title: str, columns: int) -> go.Figure:
    """Give a figure the common looks."""
    return figure.update_layout(_layout(title, columns))


def _layout(title: str, columns: int) -> dict[str, Any]:
    """Return the common looks."""
    return {
        "template": template(), "font": {"family": FONT, "size": 13, "color": "#1a1a1a"},
        "margin": {"l": 56, "r": 12, "t": 24, "b": 40}, "bargap": 0.25 if columns <= _NAMED else 0,
        "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0, "font": {"size": 12}},
        "yaxis": {"title": {"text": title, "standoff": 8}, "rangemode": "tozero", "automargin": True},
        "xaxis": {
            "type": "category", "showticklabels": columns <= _NAMED, "automargin": True, "ticks": "",
            "tickfont": {"size": 12}, "range": [-0.6, columns - 0.4],
        },
    }  # fmt: skip


@cache
def template() -> dict[str, Any]:
    """Return plotly's white template, which all charts have, as plain values."""
    found: dict[str, Any] = pio.templates["plotly_white"].to_plotly_json()
    return found


def figure_height(figure: go.Figure) -> int:
    """Return how many pixels a figure was drawn for."""
    return int(figure.layout.height or 430)


def common_looks(figure: go.Figure) -> go.Figure:
    """Give a figure fonts, template and legend of the report's charts."""
    figure.update_layout(
        template="plotly_white", font={"family": FONT, "size": 13, "color": "#1a1a1a"},
        margin={"l": 10, "r": 12, "t": 24, "b": 40}, hoverlabel={"font": {"family": FONT}},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.01, "x": 0, "font": {"size": 12}},
    )  # fmt: skip
    return figure


@dataclass(frozen=True)
class Drawn:
    """A figure as HTML, and its height in pixels."""

    html: Markup
    height: int


def drawn(figure: go.Figure, name: str) -> Drawn:
    """Return a figure ready for a page; `name` becomes its id there."""
    return Drawn(Markup(figure_html(figure, name)), figure_height(figure))
