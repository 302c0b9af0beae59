"""What the page shows before any answer, plain values: every control with its label, its value and its ends."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from allocator.app.desk import Desk
from allocator.app.pictures import map_values
from allocator.app.state import Settings, plain
from allocator.app.targets import policies, targets_panel
from allocator.app.typed import weight_key
from allocator.negotiating.remarks import login_name
from allocator.planning.indicators import indicator_table
from reports.planning.understood import understood_table
from reports.printing.looks import CONFIG, template
from reports.words import LABELS
from scenarios.file.schema import Criterion
from scenarios.wording import Language

_LOOKS = {**CONFIG, "typesetMath": False}
"""A name between dollar signs is no formula."""

_HALF, _TENTH, _WEIGHT_STEP = Decimal("0.5"), Decimal("0.1"), Decimal("0.5")


@dataclass(frozen=True)
class Slider:
    """A control that is moved between two ends."""

    key: str  # its id in the page
    label: str
    value: str  # numbers as they are written: plain, no idle zeros
    low: str
    high: str
    step: str
    names: Mapping[str, str]  # what it sets: {"name"}, {"criterion"}, or {"criterion", "indicator"}
    disabled: bool = False


@dataclass(frozen=True)
class Folded:
    """Sliders that are folded away under a title."""

    title: str
    sliders: tuple[Slider, ...]


def page_values(desk: Desk, language: Language) -> dict[str, Any]:
    """Return what the template of the page is filled with, besides what every page has."""
    file = desk.scenario.file
    return {
        "title": file.title.say(language),
        "held": json.dumps(held(desk), ensure_ascii=False),
        "weights": _weights(desk, language),
        "folded": _folded(desk, language),
        "targets": _targets(desk),
        "no_spread": desk.own.spread is None,
        "total": total_controls(desk, language),
        "policies": policies(desk, language),
        "targets_panel": targets_panel(desk, language),
        "own_bounds": _own_bounds(desk),
        "rules": [(rule.id, rule.reason.say(language)) for rule in file.rules],
        "regions": list(zip(desk.scenario.regions.ids, desk.scenario.regions.labels(language), strict=True)),
        "who": login_name(),
        "rounds_folder": desk.rounds,
        "map": map_values(desk, language),
        "read": understood_table(desk.scenario, desk.scenario.notices, language),
    }


def held(desk: Desk) -> dict[str, Any]:
    """Return what the browser holds of the scenario: which and where it is, its settings, rules, regions, looks."""
    return {
        "scenario": desk.fingerprint, "place": desk.place, "settings": desk.own.model_dump(mode="json"),
        "rules": [rule.id for rule in desk.scenario.file.rules], "regions": list(desk.scenario.regions.ids),
        "looks": {"config": _LOOKS, "template": template()},
    }  # fmt: skip


def _weights(desk: Desk, language: Language) -> list[Slider]:
    """Return the sliders of criterion weights."""
    criteria = desk.scenario.file.criteria.items()
    return [
        _weight({"criterion": key}, _criterion(key, settings, language), desk.own.weights[key])
        for key, settings in criteria
    ]


def _folded(desk: Desk, language: Language) -> list[Folded]:
    """Return the sliders of the indicators of each criterion that has several."""
    criteria = desk.scenario.file.criteria.items()
    return [_within(desk, key, settings, language) for key, settings in criteria if len(settings.indicators) > 1]


def _within(desk: Desk, key: str, settings: Criterion, language: Language) -> Folded:
    """Return the sliders of the indicators of one criterion."""
    table = indicator_table(desk.scenario)
    sliders = []
    for n in table.columns_of(key):
        name = table.keys[n][1]
        label = settings.indicators[name].label
        text = label.say(language) if label else name
        if table.constant[n]:
            text = LABELS.say("app_constant", language, indicator=text)
        names = {"criterion": key, "indicator": name}
        sliders.append(_weight(names, text, desk.own.within[key][name], bool(table.constant[n])))
    title = LABELS.say("app_within", language, criterion=_criterion(key, settings, language))
    return Folded(title, tuple(sliders))


def _targets(desk: Desk) -> dict[str, Slider]:
    """Return the sliders of target, spread and bounds by name; the template has their labels."""
    own = desk.own
    grid = desk.scenario.file.publish.grid * 100
    spread = own.spread if own.spread is not None else Decimal(0)
    made = [
        _slider("target", own.target, (max(1, int(own.target) - 10), int(own.target) + 10), _TENTH),
        _slider("spread", spread, (0, 40), _HALF, disabled=own.spread is None),
        _slider("lower", own.lower, (0, 50), grid),
        _slider("upper", own.upper, (0, 60), grid),
    ]
    return {slider.key: slider for slider in made}


def total_controls(desk: Desk, language: Language) -> list[Slider]:
    """Return the sliders of the total and of uncertain growth, those that the scenario says."""
    own, cap = desk.own, desk.scenario.baseline.total
    step = Decimal(1) if cap is None else Decimal(10) ** (Decimal(float(cap.cap)).adjusted() - 3)
    tenth = int(step * 500)
    made = [
        _around("cap", own, (tenth, tenth), step),
        _around("growth_at_most", own, (10, 10), _TENTH),
        _around("increment", own, (tenth, tenth), step),
        _around("reserve", own, (10**9, tenth), step, least=0),
        _around("uncertainty", own, (100, 5), _TENTH, least=0),
    ]
    return [replace(each, label=LABELS.say(f"app_{each.key}", language)) for each in made if each is not None]


def _around(name: str, own: Settings, room: tuple[int, int], step: Decimal, least: int | None = None) -> Slider | None:
    """Return a slider with `room` below and above the scenario's own value, None where the scenario does not say it."""
    value = own.said(name)
    if value is None:
        return None
    low, high = int(value) - room[0], int(value) + room[1]
    return _slider(name, value, (low if least is None else max(least, low), high), step)


def _own_bounds(desk: Desk) -> int:
    """Return how many regions have bounds of their own in the table."""
    regions, bounds = desk.scenario.regions, desk.scenario.file.bounds
    pairs = zip(regions.lower, regions.upper, strict=True)
    return sum((low, high) != (bounds.lower, bounds.upper) for low, high in pairs)


def _weight(names: Mapping[str, str], label: str, share: Decimal, disabled: bool = False) -> Slider:
    return Slider(weight_key(**names), label, plain(share), "0", "100", plain(_WEIGHT_STEP), names, disabled)


def _slider(name: str, value: Decimal, ends: tuple[int, int], step: Decimal, disabled: bool = False) -> Slider:
    low, high = _ends(value, Decimal(ends[0]), Decimal(ends[1]), step)
    return Slider(name, "", plain(value), plain(low), plain(high), plain(step), {"name": name}, disabled)


def _ends(value: Decimal, low: Decimal, high: Decimal, step: Decimal) -> tuple[Decimal, Decimal]:
    """Return ends of a slider that hold `value` and lie whole steps from it."""
    low, high = min(low, value), max(high, value)
    return value - step * int((value - low) / step), value + step * int((high - value) / step)


def _criterion(key: str, settings: Criterion, language: Language) -> str:
    return settings.label.say(language) if settings.label else key
