"""The what-if panel of the report: what `whatif.js` computes with, and the words it uses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reports.planning.record import PlanRecord, WhatIfRecord
from reports.planning.tables import reserve_shares
from reports.words import LABELS, for_goal
from scenarios.wording import Language, listed

_TEXTS = {
    **{
        code: f"whatif_{code}"
        for code in (
            "backed", "short", "crossed", "rules", "rules_high", "rules_low", "reference", "proportional", "required",
            "percent",
        )
    },
    "high": "no_split_high", "low": "no_split_low", "grid": "no_split_grid",
    "target": "whatif_percent", "lower": "whatif_percent", "upper": "whatif_percent", "spread": "whatif_points",
}  # fmt: skip
_OF_BOTH = {"backed": "whatif_backed_both", "short": "whatif_short_both"}
_STEP = 0.1  # points


@dataclass(frozen=True)
class Slider:
    """A control: the setting it moves, its label, and its ends and step in per cent."""

    name: str
    label: str
    lowest: float
    highest: float
    step: float
    position: int = 0  # Of the criterion whose weight it moves
    usable: bool = True  # Whether it can be moved


@dataclass(frozen=True)
class Panel:
    """The panel in one language: sliders, what is said above them, and the texts of the script by code."""

    hindered: str  # Why there are no sliders; empty where there are
    said: tuple[str, ...]
    sliders: tuple[Slider, ...]
    texts: dict[str, str]


def whatif_data(record: PlanRecord) -> dict[str, Any] | None:
    """Return what the script computes with, as JSON can hold it: no names, all rates as fractions.

    None where the page cannot split again.
    """
    known = record.whatif
    if known is None or known.hindered_by:
        return None
    criteria = list(dict.fromkeys(i.criterion for i in record.indicators))
    weights = {i.criterion: i.criterion_weight for i in record.indicators}
    return {
        "z": [r.normalised for r in record.regions],
        "within": known.within,
        "of": [criteria.index(i.criterion) for i in record.indicators],
        "usable": _usable(record, known),
        "a": known.coefficients,
        "sigma": record.province.sigma,
        "margin": record.province.margin,
        **dict(zip(("reserve", "reserve_gdp"), reserve_shares(record), strict=True)),
        "worth": -1.0 if record.province.total is None else record.province.total.worth,
        "point": record.province.point_10kt,
        "grid": record.scenario.grid,
        "map": record.scenario.reference_map,
        "deviation": record.scenario.deviation,
        "settings": {
            "weights": [weights[criterion] for criterion in criteria],
            "spread": record.scenario.spread,
            "target": record.province.target,
            "lower": known.lower,
            "upper": known.upper,
        },
        "rate": [r.rate for r in record.regions],
        **known.model_dump(include={"own_lower", "own_upper", "most", "floors", "ceilings", "pairs"}),
    }


def whatif_panel(record: PlanRecord, language: Language) -> Panel | None:
    """Return the panel; None where the plan says nothing for it."""
    known = record.whatif
    if known is None:
        return None
    if known.hindered_by:
        return Panel(LABELS.say("whatif_hindered", language, rules=listed(known.hindered_by, language)), (), (), {})
    own = [
        r.label(language)
        for r, low, high in zip(record.regions, known.own_lower, known.own_upper, strict=True)
        if (low, high) != (None, None)
    ]
    said = [LABELS.say("whatif_own", language, regions=listed(own, language))] if own else []
    if any(rate is not None for rate in known.most):
        said.append(LABELS.say("whatif_capped", language))
    if known.floors or known.ceilings or known.pairs:
        said.append(LABELS.say("whatif_folded", language))
    both = record.province.total is not None  # which of two binds moves with the slider
    codes = {**_TEXTS, **(_OF_BOTH if both else {})}
    texts = {code: LABELS.say(at, language).replace("{goal}", for_goal(both, language)) for code, at in codes.items()}
    return Panel("", tuple(said), (*_weights(record, known, language), *_rates(record, known, language)), texts)


def _usable(record: PlanRecord, known: WhatIfRecord) -> list[bool]:
    """Return which criteria tell regions apart."""
    inside: dict[str, float] = {}
    for indicator, weight in zip(record.indicators, known.within, strict=True):
        inside[indicator.criterion] = inside.get(indicator.criterion, 0.0) + weight
    return [weight > 0 for weight in inside.values()]


def _weights(record: PlanRecord, known: WhatIfRecord, language: Language) -> list[Slider]:
    """Return a slider for each criterion; none where scores play no part or there is nothing to choose."""
    labels = dict.fromkeys(i.criterion for i in record.indicators)
    labels.update({i.criterion: i.criterion_label.say(language) for i in record.indicators})
    usable = _usable(record, known)
    if record.scenario.reference_map == "uniform" or sum(usable) < 2:
        return []
    said = [LABELS.say("whatif_weight", language, criterion=label) for label in labels.values()]
    return [Slider("weight", text, 0, 100, 1, k, usable[k]) for k, text in enumerate(said)]


def _rates(record: PlanRecord, known: WhatIfRecord, language: Language) -> list[Slider]:
    """Return the sliders of target, spread and bounds; a bound that no region takes has none."""
    target, spread = record.province.target * 100, record.scenario.spread
    ends = {"target": (max(0.1, round(target - 15, 1)), min(99.0, round(target + 15, 1)))}
    if spread is not None:
        ends["spread"] = (0.0, max(30.0, round(spread * 200, 1)))
    low, high = min(0.0, round(known.lower * 100, 1)), max(50.0, round(known.upper * 100, 1))
    if None in known.own_lower:
        ends["lower"] = (low, high)
    if None in known.own_upper:
        ends["upper"] = (low, high)
    return [Slider(name, LABELS.say(f"whatif_{name}", language), *pair, _STEP) for name, pair in ends.items()]
