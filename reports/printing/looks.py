"""The looks that all charts share, and their HTML."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

Trace = dict[str, Any]
Figure = dict[str, Any]
"""A chart as plotly.js takes it, {"data": traces, "layout": ...}; the template is the page's, once for all charts."""

CONFIG: dict[str, Any] = {"showSendToCloud": False, "displaylogo": False, "responsive": True, "displayModeBar": False}
"""Every figure is shown with this: no upload button, no outside link."""

FONT = '"Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei", sans-serif'

BAR, DIAMOND, LINE, SHARE = "#8FB8DE", "#D55E00", "#333333", "#2F6F9F"

PALE, DEEP = (247, 250, 253), (16, 71, 126)
"""Least and most where a colour says how much: of a cell in the heat table, of a region on a map."""
WHITE_TEXT = 0.18
"""Relative luminance up to which white stands out from a colour by 4.5 to 1, black from there on."""

NAMED = 60
"""Beyond so many regions the names are not drawn; hovering shows them."""

MOST = 120
"""Of more regions, charts and long tables show this many."""

_ROW, _TIGHT, _TALL = 27, 15, 900  # pixels of a row a region: usual, least, and of all rows before they get tighter

_LONGEST = 24  # characters of a name on an axis


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
    """Return what the layouts of all charts share: font, margins, and a legend `above` the chart; then `more`."""
    shared = {
        "font": {"family": FONT, "size": 13, "color": "#1a1a1a"},
        "margin": {"l": left, "r": 12, "t": top, "b": 40},
        "legend": {"orientation": "h", "yanchor": "bottom", "y": above, "x": 0, "font": {"size": 12}},
    }
    return merged(shared, more)


def merged(base: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Return plotly's values with more of them; what both hold as a mapping is merged, else the second counts."""
    both = {key: merged(base[key], more[key]) for key in base.keys() & more.keys() if isinstance(base[key], dict)}
    return {**base, **more, **both}


def upright(title: str, bargap: float = 0.25, **more: Any) -> dict[str, Any]:  # noqa: ANN401  (plotly's values)
    """Return the layout of a chart of values upwards, its axis named `title`."""
    axis = {"title": {"text": title, "standoff": 8}, "automargin": True}
    return merged(base_layout(56, 24, 1.02, bargap=bargap, yaxis=axis), more)


def by_column(title: str, columns: int, **more: Any) -> dict[str, Any]:  # noqa: ANN401  (plotly's values)
    """Return the layout of a chart with a column a region."""
    named = columns <= NAMED
    axis = {
        "type": "category", "showticklabels": named, "automargin": True, "ticks": "",
        "tickfont": {"size": 12}, "range": [-0.6, columns - 0.4],
    }  # fmt: skip
    return merged(upright(title, 0.25 if named else 0, xaxis=axis, yaxis={"rangemode": "tozero"}), more)


def common_looks(**more: Any) -> dict[str, Any]:  # noqa: ANN401  (plotly's values)
    """Return the layout of the charts with a row a region and of the maps; then `more`."""
    return base_layout(10, 24, 1.01, **merged({"hoverlabel": {"font": {"family": FONT}}}, more))


def row_height(rows: int) -> int:
    """Return how many pixels a row has in a chart with a row a region."""
    return min(_ROW, max(_TIGHT, _TALL // max(rows, 1)))


def across(axis: str, value: float, line: dict[str, Any], name: str | None = None) -> dict[str, Any]:
    """Return a line through a chart at a value of `axis` ("x" or "y"), in the legend where it has a name."""
    other = "y" if axis == "x" else "x"
    ends = {f"{axis}0": value, f"{axis}1": value, f"{other}0": 0, f"{other}1": 1}
    shape = {"type": "line", f"{axis}ref": axis, f"{other}ref": f"{other} domain", **ends, "line": line}
    return shape if name is None else {**shape, "name": name, "showlegend": True}


def mixed(first: Sequence[int], second: Sequence[int], along: float) -> tuple[int, ...]:
    """Return the colour (red, green, blue) that lies `along` the way from one to another."""
    return tuple(round(a + along * (b - a)) for a, b in zip(first, second, strict=True))


def hexadecimal(colour: Sequence[int]) -> str:
    """Return a colour as #rrggbb."""
    return "#" + "".join(f"{part:02x}" for part in colour)


def luminance(colour: Sequence[int]) -> float:
    """Return the relative luminance (WCAG 2) of red, green and blue, each 0 to 255."""
    parts = [part / 255 for part in colour]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def template() -> dict[str, Any]:
    """Return plotly's white template, which all charts have, as plain values."""
    file = files("plotly") / "package_data" / "templates" / "plotly_white.json"
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def with_template(figure: Figure) -> Figure:
    """Return a chart that needs no page, with the template in it."""
    return merged(figure, {"layout": {"template": template()}})
