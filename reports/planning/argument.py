"""How the split comes about, in charts: from the uniform rate to each target, and from the target to the cut.

With the target R, weights a, composition effect sigma and published rates r:

    Σ a r - sigma = R - sigma (1 - R) + Σ a (r - R)

so equal rates of R miss the target by sigma (1 - R), and each region adds or takes a (r - R).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from reports.planning.figures import extremes
from reports.planning.record import PlanRecord
from reports.printing.looks import LINE, NAMED, Figure, Trace, across, axis_names, upright
from reports.printing.numbers import minus, short, signed
from reports.words import LABELS
from scenarios.tables.cells import per_cent
from scenarios.wording import Language, listed

FREE, HELD, GREY = "#1F5F99", "#D55E00", "#7A7A7A"

_BARS = {"level": (GREY, "/"), "adds": (FREE, ""), "takes": ("#F6C9A8", "x")}

_LINES = {"held": (HELD, "dash", "diamond"), "free": (FREE, "solid", "circle")}

_LABEL = 14  # characters of a label with several names


@dataclass(frozen=True)
class Step:
    """One bar of the waterfall: label, level it starts from, what it adds, fractions; a total starts at 0."""

    label: str
    start: float
    adds: float
    total: bool = False


def waterfall_steps(record: PlanRecord, language: Language, named: int = NAMED) -> list[Step]:
    """Return the bars from equal rates at the target to what the published table cuts.

    `named`: beyond so many regions all above the target are one bar, and all below it.
    """
    province = record.province
    target = province.target
    first = Step(LABELS.say("waterfall_uniform", language, rate=short(target)), 0, target, True)
    steps = [first]
    if not record.measured.stands_alone:
        steps.append(Step(LABELS.say("fact_sigma", language), target, -province.sigma * (1 - target)))
    for name, adds in _parts(record, language, named):
        steps.append(Step(name, steps[-1].start + steps[-1].adds, adds))
    return [*steps, Step(LABELS.say("waterfall_level", language), 0, province.implied_reduction, True)]


def waterfall_frame(record: PlanRecord, language: Language) -> pd.DataFrame:
    """Return the bars as text: label, points, level reached in per cent."""
    rows = [
        (step.label, "" if step.total else signed(step.adds, 3), minus(per_cent(step.start + step.adds, 3)))
        for step in waterfall_steps(record, language)
    ]
    codes = ("waterfall_step", "waterfall_change", "waterfall_reached")
    return pd.DataFrame(rows, columns=[LABELS.say(code, language) for code in codes])


def waterfall_figure(record: PlanRecord, language: Language) -> Figure:
    """Return the waterfall; levels and what is taken away are hatched, the target is dashed."""
    steps = waterfall_steps(record, language)
    names = axis_names([step.label for step in steps])
    levels = [level for s in steps for level in ((s.start + s.adds) * 100, (s.adds if s.total else s.start) * 100)]
    room = max((max(levels) - min(levels)) * 0.12, 0.05)
    dashed = {"dash": "dash", "width": 1.5, "color": LINE}
    return {
        "data": [_bars(kind, list(zip(names, steps, strict=True)), language) for kind in _BARS],
        "layout": upright(
            LABELS.say("waterfall_axis", language), barmode="overlay",
            shapes=[across("y", record.province.target * 100, dashed, LABELS.say("fact_target", language))],
            yaxis={"range": [min(levels) - room, max(levels) + room]},
            xaxis={
                "type": "category", "tickfont": {"size": 12}, "automargin": True, "categoryorder": "array",
                "categoryarray": names,
            },
        ),
    }  # fmt: skip


def _bars(kind: str, steps: list[tuple[str, Step]], language: Language) -> Trace:
    """Return the bars of the waterfall that are of one kind."""
    colour, pattern = _BARS[kind]
    chosen = [(name, s) for name, s in steps if kind == ("level" if s.total else "adds" if s.adds >= 0 else "takes")]
    return {
        "type": "bar", "x": [name for name, _ in chosen],
        "base": [s.start * 100 for _, s in chosen], "y": [s.adds * 100 for _, s in chosen],
        "name": LABELS.say(f"waterfall_{kind}", language),
        "marker": {
            "color": colour, "line": {"width": 1, "color": LINE},
            "pattern": {"shape": pattern, "fgcolor": "#ffffff", "solidity": 0.25, "size": 7},
        },
        "text": [minus(per_cent(s.adds)) if s.total else signed(s.adds) for _, s in chosen],
        "textposition": "outside", "textangle": 0, "textfont": {"size": 10}, "cliponaxis": False,
        "hovertemplate": "%{x}<br>%{text}<extra></extra>",
    }  # fmt: skip


def argument_figure(record: PlanRecord, language: Language) -> Figure:
    """Return a line a region over four steps: uniform rate, reference, computed rate, target; dashed where held."""
    record = extremes(record)
    stages = [LABELS.say(f"stage_{code}", language) for code in ("uniform", "reference", "rate", "published")]
    names = axis_names([r.label(language) for r in record.regions])
    kinds = ["held" if region.binding or region.rules else "free" for region in record.regions]
    data = []
    for n, (region, name, kind) in enumerate(zip(record.regions, names, kinds, strict=True)):
        rates = (record.alike(region), region.reference_rate, region.rate, region.published_rate)
        colour, dash, symbol = _LINES[kind]
        data.append({
            "type": "scatter", "x": stages, "y": [rate * 100 for rate in rates], "mode": "lines+markers",
            "name": LABELS.say(f"argument_{kind}", language), "legendgroup": kind,
            "showlegend": n == kinds.index(kind),
            "line": {"color": colour, "dash": dash, "width": 1.6}, "marker": {"size": 7, "symbol": symbol},
            "hovertemplate": f"{name.replace('%', '&#37;')}<br>%{{x}} %{{y:.2f}}%<extra></extra>",
        })  # fmt: skip
    layout = upright(
        LABELS.say("argument_axis", language),
        xaxis={"type": "category", "range": [-0.15, 4.1], "tickfont": {"size": 13}},
        annotations=_ends(record, names, language) if len(names) <= NAMED else [],
    )
    return {"data": data, "layout": layout}


def _parts(record: PlanRecord, language: Language, most: int) -> list[tuple[str, float]]:
    """Return what each region adds to a uniform target, most first; beyond `most` all above and all below it."""
    target = record.province.target
    pairs = zip(record.regions, weights(record), strict=True)
    parts = [(region.label(language), weight * (region.published_rate - target)) for region, weight in pairs]
    if len(parts) > most:
        above = sum(adds for _, adds in parts if adds > 0)
        below = sum(adds for _, adds in parts if adds <= 0)
        return [
            (LABELS.say("waterfall_above", language), above),
            (LABELS.say("waterfall_below", language), below),
        ]
    return sorted(parts, key=lambda part: -part[1])


def weights(record: PlanRecord) -> list[float]:
    """Return a = E g / (ΣE · G) of each region, with G the growth of the province's GDP."""
    emissions = sum(r.emissions_10kt for r in record.regions)
    gdp = sum(r.gdp_100m_yuan for r in record.regions)
    growth = sum(r.gdp_100m_yuan * r.growth for r in record.regions) / gdp
    return [r.emissions_10kt * r.growth / (emissions * growth) for r in record.regions]


def _ends(record: PlanRecord, names: list[str], language: Language) -> list[dict[str, Any]]:
    """Return who ends where, written behind the last step."""
    ends: dict[float, list[str]] = {}
    for region, name in zip(record.regions, names, strict=True):
        ends.setdefault(region.published_rate, []).append(name)
    return [
        {
            "x": 3, "y": rate * 100, "text": _some(at, language), "showarrow": False, "xanchor": "left", "xshift": 10,
            "font": {"size": 11},
        }
        for rate, at in ends.items()
    ]  # fmt: skip


def _some(names: list[str], language: Language) -> str:
    """Return as many names as a label holds, and how many more there are."""
    shown = names[:1]
    while len(shown) < len(names) and len(listed([*shown, names[len(shown)]], language)) <= _LABEL:
        shown.append(names[len(shown)])
    more = f" +{len(names) - len(shown)}" if len(names) > len(shown) else ""
    return listed(shown, language) + more
