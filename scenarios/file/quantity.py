"""What a scenario of a quantity must say, and must not."""

from __future__ import annotations

from collections.abc import Mapping, Set
from decimal import Decimal
from typing import Any, LiteralString

from pydantic_core import PydanticCustomError

from scenarios.file.total import TotalControl
from scenarios.quantities import LEVELS, QuantityName
from scenarios.schema_types import RATE_SCHEMA, one_of
from scenarios.tables.cells import exact_per_cent
from scenarios.wording import minus

_LOWEST, _HIGHEST = Decimal("0.0001"), Decimal("0.9999")
"""Between which the target of what is no level lies."""
_MOST_RISE = Decimal("-0.5")
"""The lowest target of coal and oil, which may rise."""
_ABSOLUTE = {"deviation": "absolute"}
_OF_LEVELS: Mapping[str, Mapping[str, object]] = {"bounds": {"lower": "-50%", "upper": "50%"}, "reference": _ABSOLUTE}
_OF_SHARES: Mapping[str, Mapping[str, object]] = {"bounds": {"upper": "99.99%"}, "reference": _ABSOLUTE}
"""What stands where the file does not say: levels may rise, and no deviation is relative to a rise or a share."""
_NOT_OF_LEVELS = (
    "gdp", "growth_uncertainty", "protect", "reconcile", "incentive", "potentials", "total.reserve_gdp_end",
    "total.apart", "rules.project",
)  # fmt: skip
"""Keys that speak of GDP and its growth, or of cuts alone."""
_NOT_OF_SHARES = (*_NOT_OF_LEVELS, "rules.budget", "rules.peak", "publish.classes")


_WEIGHED = {"type": "object", "required": ["weight"]}
_JUDGED = {"required": ["judgements"], "properties": {"judgements": {"type": "object", "required": ["criteria"]}}}
"""Weights of the criteria are by judgement, and need not be said."""


def in_schema(schema: dict[str, Any]) -> None:
    """Say in the JSON Schema which keys go with which quantity (`judge_quantity`), and when criteria say no weight."""
    schema["required"].remove("target")
    above = [branch for branch in schema["properties"]["target"]["anyOf"] if branch.get("type") != "null"]
    schema["properties"]["target"] = {"anyOf": [*RATE_SCHEMA["anyOf"], *above], "title": "Target"}
    schema["allOf"] = [
        {
            "if": _of(sorted(LEVELS)),
            "then": {"required": ["unit"], "oneOf": [{"required": ["target"]}, {"required": ["total"]}]},
            "else": {"required": ["target"], "properties": {"unit": {"type": "null"}}},
        },
        {"if": _of(["nonfossil"]), "then": {"properties": {"total": {"type": "null"}}}},
        {"if": {"not": _JUDGED}, "then": {"properties": {"criteria": {"additionalProperties": _WEIGHED}}}},
    ]


def _of(quantities: list[QuantityName]) -> dict[str, Any]:
    return {"required": ["quantity"], "properties": {"quantity": {"enum": quantities}}}


def usual_of(quantity: object) -> Mapping[str, Mapping[str, object]]:
    """Return what stands for a quantity where its file does not say, by section; other keys have the usual default."""
    return _OF_LEVELS if quantity in LEVELS else _OF_SHARES if quantity == "nonfossil" else {}


def as_of_its_quantity(data: object) -> object:
    """Return what a file says, with what stands for levels and shares where it does not say.

    A level with a cap needs no target, which is what the cap comes to.
    """
    quantity = data.get("quantity") if isinstance(data, dict) else None
    if not isinstance(data, dict) or quantity not in (*LEVELS, "nonfossil"):
        return data
    level = quantity != "nonfossil"
    target = {"target": Decimal(0)} if level and "target" not in data else {}
    given = {key: (data.get(key), usual) for key, usual in usual_of(quantity).items()}
    meant = {
        key: {**usual, **(said or {})}
        for key, (said, usual) in given.items()
        if isinstance(said, dict) or (said is None and key == "bounds")
    }
    return {**data, **target, **meant}


def keys_said(data: object) -> Set[str]:
    """Return the keys that a file gives, those of its cap and table and the kinds of its rules dotted."""
    if not isinstance(data, dict):
        return set()
    rules, below = data.get("rules"), {key: data.get(key) for key in ("total", "publish")}
    dotted = {f"{key}.{name}": given[name] for key, given in below.items() if isinstance(given, dict) for name in given}
    kinds = [rule.get("type") for rule in (rules if isinstance(rules, list) else ()) if isinstance(rule, dict)]
    return {
        *(key for key in data if data[key] is not None),
        *(key for key, given in dotted.items() if given is not None),
        *(f"rules.{kind}" for kind in kinds),
    }


def in_range(quantity: QuantityName, target: Decimal) -> Decimal:
    """Return a target; one that is none of its quantity is refused: coal and oil alone may rise."""
    level = quantity in LEVELS
    if not (_MOST_RISE if level else _LOWEST) <= target <= _HIGHEST:
        code: LiteralString = "target_range_level" if level else "target_range"
        raise PydanticCustomError(code, "range", {"found": minus(exact_per_cent(target))})
    return target


def judge_quantity(quantity: QuantityName, said: Set[str], total: TotalControl | None) -> None:
    """Refuse keys that do not go with a quantity.

    `said`: the keys that the file gives, as in `keys_said`. `total`: the cap that it asks.
    Raises PydanticCustomError: one that is missing, or one too many.
    """
    if "energy" in said and quantity != "carbon":
        raise PydanticCustomError("energy_of_carbon", "energy", {"quantity": quantity, "below": "energy"})
    if (quantity in LEVELS) != ("unit" in said):
        code: LiteralString = "unit_of_level" if quantity in LEVELS else "unit_unused"
        raise PydanticCustomError(code, "unit", {"quantity": quantity, "below": "unit"})
    if quantity in LEVELS and len({"target", "total"} & said) != 1:
        raise one_of("target, total", len({"target", "total"} & said))
    unused = (*_NOT_OF_LEVELS, *_in_years(total)) if quantity in LEVELS else _NOT_OF_SHARES
    if quantity in (*LEVELS, "nonfossil") and (key := next((key for key in unused if key in said), "")):
        below = ("rules",) if key.startswith("rules.") else tuple(key.split("."))
        found = {"quantity": quantity, "found": key, "below": below}
        raise PydanticCustomError("not_of_level" if quantity in LEVELS else "not_of_share", "unused", found)
    if quantity == "nonfossil" and "total" in said:
        raise PydanticCustomError("total_of_share", "total", {"below": "total"})


def _in_years(total: TotalControl | None) -> tuple[str, ...]:
    """Return the keys of a cap that ask for budgets of the years, which a level has none of; `peak: end` asks none."""
    by_year = total is not None and total.peak not in (None, "end")
    return ("total.year_caps", *(["total.peak"] if by_year else []))
