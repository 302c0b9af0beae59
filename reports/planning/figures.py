"""The charts of the report, as plotly.js takes them, and its heat table; names from files are escaped."""

from __future__ import annotations

import html
from dataclasses import dataclass

from reports.planning.record import IndicatorRecord, PlanRecord, RegionRecord
from reports.planning.tables import score_frame
from reports.printing.looks import (
    BAR,
    DEEP,
    DIAMOND,
    LINE,
    MOST,
    NAMED,
    PALE,
    SHARE,
    WHITE_TEXT,
    Figure,
    Trace,
    across,
    axis_names,
    by_column,
    hexadecimal,
    luminance,
    mixed,
)
from reports.printing.numbers import minus
from reports.words import LABELS
from scenarios.tables.cells import per_cent
from scenarios.wording import Language

# darkest and lightest shade of a criterion: hues that the colour-blind tell apart, shades and patterns for greyscale
_SHADES = (
    ((11, 72, 130), (164, 203, 235)),
    ((160, 84, 0), (250, 208, 140)),
    ((0, 92, 70), (158, 218, 198)),
    ((110, 38, 90), (228, 184, 212)),
    ((60, 60, 60), (205, 205, 205)),
)

_PATTERNS = ("", "/", ".", "x", "-")


def rates_figure(record: PlanRecord, language: Language) -> Figure:
    """Return targets (bars), references (diamonds), bounds (whiskers), the uniform rate; highest target first."""
    regions = rates_order(record)
    names = axis_names([r.label(language) for r in regions])
    named = len(names) <= NAMED
    dashed = {"dash": "dash", "width": 1.5, "color": LINE}
    uniform = LABELS.say("uniform_line", language, rate=minus(per_cent(record.province.uniform_rate)))
    return {
        "data": [
            {
                "type": "bar", "x": names, "y": [r.published_rate * 100 for r in regions],
                "name": _label("published_rate", language), "hovertemplate": _hover("published_rate", language),
                "marker": {"color": BAR, "line": {"width": 1 if named else 0, "color": "#4A7BA8"}},
            },
            _bounds(regions, names, language),
            {
                "type": "scatter", "x": names, "y": [r.reference_rate * 100 for r in regions], "mode": "markers",
                "name": _label("reference_rate", language), "hovertemplate": _hover("reference_rate", language),
                "marker": {
                    "symbol": "diamond", "size": 10 if named else 4, "color": DIAMOND,
                    "line": {"width": 1 if named else 0, "color": "#ffffff"},
                },
            },
        ],
        "layout": by_column(
            _label("published_rate", language), len(names),
            shapes=[across("y", record.province.uniform_rate * 100, dashed, uniform)],
        ),
    }  # fmt: skip


def rates_order(record: PlanRecord) -> list[RegionRecord]:
    """Return the regions as the charts show them, highest target first; of more than `MOST` those at both ends."""
    order = sorted(record.regions, key=lambda r: (-r.published_rate, -r.reference_rate))
    return order if len(order) <= MOST else [*order[: MOST // 2], *order[-MOST // 2 :]]


def extremes(record: PlanRecord) -> PlanRecord:
    """Return the plan with the regions of `rates_order` alone, in their own order."""
    chosen = {region.id for region in rates_order(record)}
    return record.model_copy(update={"regions": tuple(r for r in record.regions if r.id in chosen)})


def contribution_figure(record: PlanRecord, language: Language) -> Figure:
    """Return each region's share of what the province needs, largest first."""
    regions = sorted(rates_order(record), key=lambda r: -r.contribution)
    names = axis_names([r.label(language) for r in regions])
    values = [r.contribution * 100 for r in regions]
    bar = {
        "type": "bar", "x": names, "y": values, "textposition": "outside", "cliponaxis": False,
        "marker": {"color": SHARE}, "textangle": 0, "textfont": {"size": 11},
        "hovertemplate": _hover("contribution", language),
    }  # fmt: skip
    if len(values) <= NAMED:
        bar["text"] = [f"{value:.1f}" for value in values]
    smallest = {"mode": "show", "minsize": 8}
    return {
        "data": [bar],
        "layout": by_column(_label("contribution", language), len(names), uniformtext=smallest),
    }


def score_figure(record: PlanRecord, language: Language) -> Figure:
    """Return the scores stacked by indicator, one hue a criterion, highest score first."""
    record = extremes(record)
    frame = score_frame(record, language)
    order = sorted(range(len(record.regions)), key=lambda n: -record.regions[n].score)
    names = axis_names([record.regions[n].label(language) for n in order])
    looks = zip(record.indicators, _looks(record.indicators), strict=True)
    return {
        "data": [
            _scores(indicator, names, frame.iloc[order, k].tolist(), look, language)
            for k, (indicator, look) in enumerate(looks)
        ],
        "layout": by_column(
            _label("score", language), len(names), barmode="relative", legend={"groupclick": "toggleitem"}
        ),
    }


def _scores(
    indicator: IndicatorRecord, names: list[str], values: list[float], look: tuple[str, str], language: Language
) -> Trace:
    """Return one indicator's part of the scores, in its colour and pattern."""
    label, named, (colour, pattern) = html.escape(indicator.label.say(language)), len(names) <= NAMED, look
    return {
        "type": "bar", "x": names, "y": values, "name": label,
        "legendgroup": indicator.criterion,
        "legendgrouptitle": {"text": html.escape(indicator.criterion_label.say(language))},
        "marker": {
            "color": colour, "line": {"width": 0.8 if named else 0, "color": "#ffffff"},
            "pattern": {"shape": pattern if named else "", "size": 5, "solidity": 0.2, "fgcolor": "#ffffff"},
        },
        "hovertemplate": "%{x}<br>" + label.replace("%", "&#37;") + " %{y:.4f}<extra></extra>",
    }  # fmt: skip


@dataclass(frozen=True)
class HeatCell:
    """A value as printed, its colour, and whether the colour is dark."""

    text: str
    colour: str
    dark: bool


def heat_rows(record: PlanRecord, language: Language) -> list[tuple[str, list[HeatCell]]]:
    """Return a row a region, highest score first: name and a cell an indicator, shaded among all regions."""
    columns = [[r.normalised[k] for r in record.regions] for k in range(len(record.indicators))]
    ends = [(min(column), max(column)) for column in columns]
    regions = sorted(rates_order(record), key=lambda r: r.rank)
    return [
        (r.label(language), [heat_cell(value, *end) for value, end in zip(r.normalised, ends, strict=True)])
        for r in regions
    ]


def heat_cell(value: float, lowest: float, highest: float) -> HeatCell:
    """Return a cell shaded by where the value lies between the column's ends; a constant column stays light."""
    along = (value - lowest) / (highest - lowest) if highest > lowest else 0.0
    colour = mixed(PALE, DEEP, along)
    return HeatCell(f"{value:.2f}", hexadecimal(colour), luminance(colour) <= WHITE_TEXT)


def _bounds(regions: list[RegionRecord], names: list[str], language: Language) -> Trace:
    """Return the bounds: a whisker a region, or two stepped lines where there is no room for whiskers."""
    if len(names) <= NAMED:
        x = [name for name in names for _ in range(3)]
        y = [value for r in regions for value in (r.lower * 100, r.upper * 100, None)]
        marker = {"symbol": "line-ew", "size": 9, "color": LINE, "line": {"width": 1.2, "color": LINE}}
        shape, mode = "linear", "lines+markers"
    else:
        x = [*names, names[-1], *names]
        y = [*(r.lower * 100 for r in regions), None, *(r.upper * 100 for r in regions)]
        marker, shape, mode = {}, "hvh", "lines"
    return {
        "type": "scatter", "x": x, "y": y, "mode": mode, "name": _label("bounds", language), "marker": marker,
        "connectgaps": False, "line": {"width": 1.2, "color": LINE, "shape": shape},
        "hovertemplate": _hover("bounds", language),
    }  # fmt: skip


def _looks(indicators: tuple[IndicatorRecord, ...]) -> list[tuple[str, str]]:
    """Return colour and pattern of each indicator: hue and pattern by criterion, shade by place in it."""
    members: dict[str, list[int]] = {}
    for n, indicator in enumerate(indicators):
        members.setdefault(indicator.criterion, []).append(n)
    looks = [("", "")] * len(indicators)
    for k, positions in enumerate(members.values()):
        dark, light = _SHADES[k % len(_SHADES)]
        for step, n in enumerate(positions):
            colour = mixed(dark, light, step / max(1, len(positions) - 1))
            looks[n] = (hexadecimal(colour), _PATTERNS[k % len(_PATTERNS)])
    return looks


def _label(code: str, language: Language) -> str:
    return LABELS.say(code, language)


def _hover(code: str, language: Language) -> str:
    """Return a hover text: region, what it is, the value in per cent."""
    name = _label(code, language).replace("（%）", "").replace(" (%)", "")
    return f"%{{x}}<br>{name} %{{y:.2f}}%<extra></extra>"
