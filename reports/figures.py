"""The charts of the report, drawn with plotly; names from files are escaped, nothing leaves the page."""

from __future__ import annotations

import html
from typing import Any

import plotly.graph_objects as go

from reports.labels import LABELS
from reports.record import PlanRecord
from reports.tables import score_frame
from scenarios.cells import per_cent
from scenarios.wording import Language

CONFIG: dict[str, Any] = {"showSendToCloud": False, "displaylogo": False, "responsive": True}
"""Every figure is shown with this: no upload button, no outside link."""

FONT = '"Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei", sans-serif'

# Okabe and Ito's palette, told apart by the colour-blind; patterns carry the difference in greyscale
PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999", "#000000")
_PATTERNS = ("", "/", "x", "-", "|", "+", ".", "\\", "")
_NAMED = 60  # beyond so many regions the names are not drawn; hovering shows them


def rates_figure(record: PlanRecord, language: Language) -> go.Figure:
    """Return targets (bars), references (diamonds) and bounds (lines), highest target first."""
    regions = sorted(record.regions, key=lambda r: (-r.published_rate, -r.reference_rate))
    names = _names([r.label(language) for r in regions])
    middle = [(r.lower + r.upper) * 50 for r in regions]
    half = [(r.upper - r.lower) * 50 for r in regions]
    unit = "%{y:.2f}%"
    figure = go.Figure(
        [
            go.Bar(
                x=names, y=[r.published_rate * 100 for r in regions], name=_label("published_rate", language),
                marker_color=PALETTE[0], hovertemplate=f"%{{x}} {unit}<extra></extra>",
            ),
            go.Scatter(
                x=names, y=middle, mode="markers", name=f"{_label('lower', language)} – {_label('upper', language)}",
                marker={"size": 1, "color": "#555555"}, hoverinfo="skip",
                error_y={"type": "data", "array": half, "color": "#555555", "width": 5, "thickness": 1.2},
            ),
            go.Scatter(
                x=names, y=[r.reference_rate * 100 for r in regions], mode="markers",
                name=_label("reference_rate", language), hovertemplate=f"%{{x}} {unit}<extra></extra>",
                marker={"symbol": "diamond", "size": 9, "color": PALETTE[1], "line": {"width": 1, "color": "#000000"}},
            ),
        ]
    )  # fmt: skip
    uniform = per_cent(record.province.uniform_rate)
    figure.add_hline(
        y=record.province.uniform_rate * 100, line={"dash": "dash", "width": 1, "color": "#444444"},
        annotation={"text": LABELS.say("uniform_line", language, rate=uniform), "font": {"size": 11}},
    )  # fmt: skip
    return _finish(figure, _label("published_rate", language), len(names))


def contribution_figure(record: PlanRecord, language: Language) -> go.Figure:
    """Return each region's share of what the province needs, largest first."""
    regions = sorted(record.regions, key=lambda r: -r.contribution)
    names = _names([r.label(language) for r in regions])
    values = [r.contribution * 100 for r in regions]
    text = [f"{value:.1f}" for value in values] if len(values) <= _NAMED else None
    bar = go.Bar(
        x=names, y=values, text=text, textposition="outside", cliponaxis=False, marker_color=PALETTE[2],
        hovertemplate="%{x} %{y:.2f}%<extra></extra>",
    )  # fmt: skip
    return _finish(go.Figure([bar]), _label("contribution", language), len(names))


def score_figure(record: PlanRecord, language: Language) -> go.Figure:
    """Return the scores stacked by indicator, highest score first."""
    frame = score_frame(record, language)
    order = sorted(range(len(record.regions)), key=lambda n: -record.regions[n].score)
    names = _names([record.regions[n].label(language) for n in order])
    bars = []
    for k, indicator in enumerate(frame.columns):
        label = html.escape(str(indicator))
        bars.append(
            go.Bar(
                x=names, y=frame.iloc[order, k].tolist(), name=label, marker_color=PALETTE[k % len(PALETTE)],
                marker_pattern_shape=_PATTERNS[k % len(_PATTERNS)], marker_line={"width": 0.5, "color": "#ffffff"},
                hovertemplate="%{x} " + label.replace("%", "") + " %{y:.4f}<extra></extra>",
            )
        )  # fmt: skip
    figure = go.Figure(bars)
    figure.update_layout(barmode="relative")
    return _finish(figure, _label("score", language), len(names))


def figure_html(figure: go.Figure, div_id: str) -> str:
    """Return a figure as an HTML fragment that expects plotly.js on the page."""
    return str(
        figure.to_html(full_html=False, include_plotlyjs=False, include_mathjax=False, config=CONFIG, div_id=div_id)
    )


def _label(code: str, language: Language) -> str:
    return LABELS.say(code, language)


def _names(labels: list[str]) -> list[str]:
    """Return axis names: escaped (plotly reads markup), shortened, and told apart when equal."""
    seen: dict[str, int] = {}
    names = []
    for label in labels:
        line = " ".join(label.split())
        short = html.escape(line if len(line) <= 24 else f"{line[:23]}…")
        seen[short] = seen.get(short, 0) + 1
        names.append(short if seen[short] == 1 else f"{short} ({seen[short]})")
    return names


def _finish(figure: go.Figure, title: str, columns: int) -> go.Figure:
    """Give a figure the common looks."""
    figure.update_layout(
        template="plotly_white", font={"family": FONT, "size": 13, "color": "#1a1a1a"}, height=430,
        margin={"l": 60, "r": 20, "t": 30, "b": 70}, yaxis_title=title, bargap=0.25,
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0},
    )  # fmt: skip
    figure.update_xaxes(type="category", showticklabels=columns <= _NAMED)
    return figure
