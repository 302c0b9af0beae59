"""How evenly the cut is spread: Lorenz curves and the figures read from them.

A region's cut in the last year is c_i = E_i g_i r_i (万吨, against unchanged intensity). Regions stand in the
order of c_i / x_i, where x is either end-year emissions at unchanged intensity E g, or end-year GDP Y g. With the
cumulative shares X_k of x and C_k of c, X_0 = C_0 = 0:

    Gini coefficient    1 - Σ_k (X_k - X_{k-1}) (C_k + C_{k-1})

0 is an even spread. By emissions it is the inequality of the rates themselves; by GDP that of the cut per
yuan of product.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reports.planning.argument import FREE, HELD
from reports.planning.record import PlanRecord
from reports.printing.looks import MOST, Figure, Trace, upright
from reports.words import LABELS
from scenarios.tables.cells import per_cent
from scenarios.wording import Language

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Curve:
    """A Lorenz curve of n regions: order of the regions, cumulative shares (n + 1,) from 0 to 1, Gini coefficient."""

    order: NDArray[np.intp]
    base: Array
    cut: Array
    gini: float


def lorenz(cut: Array, base: Array) -> Curve:
    """Return the Lorenz curve of `cut` over `base`, both shape (n,), `cut` not negative, `base` positive.

    Raises
    ------
    ValueError
        A negative cut, or none at all.
    """
    if (cut < 0).any() or not cut.any():
        raise ValueError("a Lorenz curve needs cuts of zero or more, and one above it")
    order = np.argsort(cut / base, kind="stable")
    x, c = (np.concatenate([[0.0], np.cumsum(v[order])]) / v.sum() for v in (base, cut))
    return Curve(order, x, c, float(1 - np.sum(np.diff(x) * (c[1:] + c[:-1]))))


@dataclass(frozen=True, eq=False)
class Equity:
    """The curves of a plan by emissions and by GDP, the same under equal rates, and gap and ratio of the rates."""

    by_emissions: Curve
    by_gdp: Curve
    uniform_by_gdp: float
    gap: float


def equity(record: PlanRecord) -> Equity | None:
    """Return how evenly the published targets spread the cut; None where a target is not above zero, and of a level."""
    rates, emissions, gdp, growth = (
        np.array([getattr(r, name) for r in record.regions])
        for name in ("published_rate", "emissions_10kt", "gdp_100m_yuan", "growth")
    )
    if record.measured.stands_alone or (rates <= 0).any():
        return None
    ends = emissions * growth
    return Equity(
        lorenz(ends * rates, ends),
        lorenz(ends * rates, gdp * growth),
        lorenz(ends, gdp * growth).gini,
        float(rates.max() - rates.min()),
    )


def equity_frame(record: PlanRecord, language: Language) -> pd.DataFrame | None:
    """Return the figures as text: name, formula, this plan, equal rates."""
    found = equity(record)
    if found is None:
        return None
    rows = [
        ("gini_emissions", f"{found.by_emissions.gini:.4f}", "0.0000"),
        ("gini_gdp", f"{found.by_gdp.gini:.4f}", f"{found.uniform_by_gdp:.4f}"),
        ("gap_points", per_cent(found.gap), "0.00"),
    ]
    said = [
        (LABELS.say(f"equity_{code}", language), LABELS.say(f"equity_{code}_formula", language), *values)
        for code, *values in rows
    ]
    codes = ("equity_figure", "equity_formula", "equity_plan", "equity_uniform")
    return pd.DataFrame(said, columns=[LABELS.say(code, language) for code in codes])


def lorenz_frame(record: PlanRecord, language: Language) -> pd.DataFrame | None:
    """Return points of both curves as text, per cent: region, shares of base and cut, for each curve."""
    found = equity(record)
    if found is None:
        return None
    parts = []
    at = _points(len(record.regions))[1:]
    for curve in (found.by_emissions, found.by_gdp):
        parts.append([record.regions[n].label(language) for n in curve.order[at - 1]])
        parts += [[per_cent(value) for value in values[at]] for values in (curve.base, curve.cut)]
    codes = ("emissions_order", "emissions_base", "cut", "gdp_order", "gdp_base", "cut")
    columns = [LABELS.say(f"lorenz_{code}", language) for code in codes]
    return pd.DataFrame(list(zip(*parts, strict=True)), columns=columns)


def _points(n: int) -> NDArray[np.intp]:
    """Return which points of a curve of n regions are shown: all, or `MOST` steps from the first to the last."""
    return np.linspace(0, n, min(n, MOST) + 1).round().astype(np.intp)


def lorenz_figure(record: PlanRecord, language: Language) -> Figure | None:
    """Return both curves and the line of an even spread; None where there are none."""
    found = equity(record)
    if found is None:
        return None
    even = {
        "type": "scatter", "x": [0, 100], "y": [0, 100], "mode": "lines", "name": LABELS.say("lorenz_even", language),
        "line": {"color": "#7A7A7A", "dash": "dot", "width": 1.5}, "hoverinfo": "skip",
    }  # fmt: skip
    curves = [
        _curve("emissions", found.by_emissions, (FREE, "solid", "circle"), language),
        _curve("gdp", found.by_gdp, (HELD, "dash", "diamond"), language),
    ]
    below = {"title": {"text": LABELS.say("lorenz_x", language), "standoff": 8}, "range": [0, 101]}
    layout = upright(LABELS.say("lorenz_y", language), xaxis=below, yaxis={"range": [0, 103]})
    return {"data": [even, *curves], "layout": layout}


def _curve(code: str, curve: Curve, look: tuple[str, str, str], language: Language) -> Trace:
    """Return one curve in its colour, dash and symbol."""
    colour, dash, symbol = look
    at = _points(len(curve.order))
    return {
        "type": "scatter", "x": (curve.base[at] * 100).tolist(), "y": (curve.cut[at] * 100).tolist(),
        "mode": "lines+markers", "marker": {"size": 6, "symbol": symbol},
        "line": {"color": colour, "dash": dash, "width": 2},
        "name": LABELS.say(f"lorenz_{code}", language, gini=f"{curve.gini:.3f}"),
        "hovertemplate": "%{x:.1f}% – %{y:.1f}%<extra></extra>",
    }  # fmt: skip
