"""The chart of two values a city, joined by a line."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from reports.printing.looks import BAR, DIAMOND, LINE, axis_names, base_layout, blank
from reports.words import LABELS
from scenarios.wording import Language

_LINE = 26  # pixels a region


@dataclass(frozen=True)
class Move:
    """One region, or the province: rates before and after (fractions), change in 万吨, and its causes (fractions)."""

    name: str
    before: float
    after: float
    change_10kt: float | None
    causes: tuple[float, ...] = ()

    @property
    def change(self) -> float:
        """How far the rate moved, as a fraction."""
        return self.after - self.before


def dumbbell(regions: Sequence[Move], words: tuple[str, str], legend: tuple[str, str], language: Language) -> go.Figure:
    """Return a line a region from the first rate (circle) to the second (diamond), largest change on top.

    Parameters
    ----------
    regions
        What moved.
    words
        What the two rates are called where the pointer rests.
    legend
        What they are called in the legend.
    language
        Of the axis.
    """
    moves = sorted(regions, key=lambda move: (abs(move.change), move.after))
    names = axis_names([move.name for move in moves])
    ends = [value for move in moves for value in (move.before * 100, move.after * 100, None)]
    between = go.Scatter(
        x=ends, y=[name for name in names for _ in range(3)], mode="lines", showlegend=False, hoverinfo="skip",
        line={"width": 3, "color": "#9aa5ae"}, connectgaps=False,
    )  # fmt: skip
    figure = blank([between])
    for at, (symbol, colour) in enumerate((("circle", BAR), ("diamond", DIAMOND))):
        figure.add_scatter(
            x=[(move.before, move.after)[at] * 100 for move in moves], y=names, mode="markers",
            name=html.escape(legend[at]),
            marker={"symbol": symbol, "size": 11, "color": colour, "line": {"width": 1, "color": LINE}},
            hovertemplate="%{y}<br>" + words[at] + " %{x:.2f}%<extra></extra>",
        )  # fmt: skip
    figure.update_layout(base_layout(10, 40, 1.0, height=110 + _LINE * len(moves)))
    figure.update_xaxes(title={"text": LABELS.say("published_rate", language)}, automargin=True)
    figure.update_yaxes(type="category", automargin=True, range=[-0.6, len(moves) - 0.4])
    return figure
