"""What records of levels (coal, oil) and shares do not say: no GDP, no growth, no share of a required cut.

The energy of the last year weighs shares and is known but for a factor, so that nothing is said in its unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenarios.quantities import QUANTITIES, Quantity

_OF_REGIONS = ("gdp_100m_yuan", "growth", "intensity", "target_intensity", "contribution")
_OF_CAPS = ("swap", "swap_a_year", "point_10kt")
_OF_TOTAL = ("planned_growth", "break_even", "break_even_without_reserve", "growths", "growth_scale", "with_reserve")
_OF_PAIR = ("back_from",)
_IN_UNITS = ("overshoot_10kt", "point_10kt")


def of_level(quantity: object) -> bool:
    """Return whether a quantity, by its name, stands alone: a level or a share."""
    return any(quantity == name and Quantity(name).stands_alone for name in QUANTITIES)


def without_growth(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record of regions and province as JSON holds it, less what is not of a level."""
    return {
        **record,
        "province": _less_total(record["province"]),
        "regions": [_less(each, _OF_REGIONS) for each in record["regions"]],
    }


def with_growth(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return such a record as it was: each amount over itself, growing by nothing."""
    province, regions = record.get("province"), record.get("regions")
    return {
        **record,
        "province": _grown_province(_in_units(province, regions)) if isinstance(province, dict) else province,
        "regions": [_grown(each) for each in regions] if isinstance(regions, list) else regions,
    }


def _less(record: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    kept = {key: value for key, value in record.items() if key not in keys}
    cap = kept.get("cap")
    return kept | ({"cap": {key: value for key, value in cap.items() if key not in _OF_CAPS}} if cap else {})


def _less_total(province: dict[str, Any]) -> dict[str, Any]:
    total = province.get("total")
    if province.get("share") is not None:
        return {key: value for key, value in province.items() if key not in _IN_UNITS}
    if not total:
        return province
    less = {key: value for key, value in total.items() if key not in _OF_TOTAL}
    if less.get("pair"):
        less["pair"] = {key: value for key, value in less["pair"].items() if key not in _OF_PAIR}
    return province | {"total": less}


def _grown(region: Any) -> Any:  # noqa: ANN401  (whatever a JSON file holds)
    if not isinstance(region, dict):
        return region
    rate, amount = region.get("published_rate"), region.get("emissions_10kt")
    ends = 1 - rate if isinstance(rate, float | int) else rate
    given = {"gdp_100m_yuan": amount, "growth": 1.0, "intensity": 1.0, "target_intensity": ends, "contribution": 0.0}
    cap = region.get("cap")
    known = dict.fromkeys(_OF_CAPS, 0.0)
    return {**given, **region} | ({"cap": {**known, **cap}} if isinstance(cap, dict) else {})


def _in_units(province: dict[str, Any], regions: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return the province with what the weights of a share come to."""
    if province.get("share") is None or not isinstance(regions, list):
        return province
    amounts = [each.get("emissions_10kt") for each in regions if isinstance(each, dict)]
    over = province.get("overshoot_points")
    known = [float(value) for value in (*amounts, over) if isinstance(value, int | float)]
    if len(known) <= len(amounts):
        return province
    point = sum(known[:-1]) / 100
    return {"point_10kt": point, "overshoot_10kt": known[-1] * point, **province}


def _grown_province(province: dict[str, Any]) -> dict[str, Any]:
    total = province.get("total")
    if not isinstance(total, dict):
        return province
    filled: dict[str, Any] = {**dict.fromkeys(_OF_TOTAL, 0.0), "growths": (), "growth_scale": None, **total}
    filled.setdefault("with_reserve", None)
    pair = filled.get("pair")
    if isinstance(pair, dict):
        filled["pair"] = {**dict.fromkeys(_OF_PAIR, 0.0), **pair}
    return province | {"total": filled}
