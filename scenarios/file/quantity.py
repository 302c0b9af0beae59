"""What a scenario of a quantity must say, and must not."""

from __future__ import annotations

from collections.abc import Set
from decimal import Decimal
from typing import Any, LiteralString

from pydantic_core import PydanticCustomError

from scenarios.file.total import TotalControl
from scenarios.quantities import LEVELS, UNSPLIT, QuantityName
from scenarios.schema_types import one_of
from scenarios.tables.cells import exact_per_cent

_LOWEST, _HIGHEST = Decimal("0.0001"), Decimal("0.9999")
"""Between which a target lies."""
_MOST_RISE = Decimal("-0.5")
"""The lowest target of coal and oil, which may rise."""
_OF_A_SPLIT = (
    "margin", "rules", "incentive", "growth_uncertainty", "protect", "potentials", "exceed", "track", "last_period",
)  # fmt: skip
"""Keys that mean nothing where nothing is split across cities."""
_OF_CAPS = ("caps", "step", "subtotals", "draws", "year_caps", "peak", "reserve_gdp_end", "apart")
"""Keys of `total` that mean nothing for a level."""


def in_schema(schema: dict[str, Any]) -> None:
    """Say in the JSON Schema of a scenario which keys go with which quantity; see `judge_quantity`."""
    schema["required"].remove("target")
    schema["allOf"] = [
        {
            "if": _of(sorted(LEVELS)),
            "then": {"required": ["unit"], "oneOf": [{"required": ["target"]}, {"required": ["total"]}]},
            "else": {"required": ["target"], "properties": {"unit": {"type": "null"}}},
        },
        {"if": _of(["nonfossil"]), "then": {"properties": {"total": {"type": "null"}}}},
    ]


def _of(quantities: list[QuantityName]) -> dict[str, Any]:
    return {"required": ["quantity"], "properties": {"quantity": {"enum": quantities}}}


def with_target(data: object) -> object:
    """Return what a file says; a level may have a cap in place of a target, which is what the cap comes to."""
    if not isinstance(data, dict) or data.get("quantity") not in tuple(LEVELS) or "target" in data:
        return data
    return {**data, "target": Decimal(0)}


def in_range(quantity: QuantityName, target: Decimal) -> Decimal:
    """Return a target; one that is none of its quantity is refused: coal and oil alone may rise."""
    level = quantity in LEVELS
    if not (_MOST_RISE if level else _LOWEST) <= target <= _HIGHEST:
        code: LiteralString = "target_range_level" if level else "target_range"
        raise PydanticCustomError(code, "range", {"found": exact_per_cent(target)})
    return target


def judge_quantity(quantity: QuantityName, said: Set[str], total: TotalControl | None) -> None:
    """Refuse keys that do not go with a quantity.

    `said`: the keys that the file gives. `total`: the cap that it asks.
    Raises PydanticCustomError: one that is missing, or one too many.
    """
    if "energy" in said and quantity != "carbon":
        raise PydanticCustomError("energy_of_carbon", "energy", {"quantity": quantity, "below": "energy"})
    if (quantity in LEVELS) != ("unit" in said):
        code: LiteralString = "unit_of_level" if quantity in LEVELS else "unit_unused"
        raise PydanticCustomError(code, "unit", {"quantity": quantity, "below": "unit"})
    if quantity in LEVELS and len({"target", "total"} & said) != 1:
        raise one_of("target, total", len({"target", "total"} & said))
    if quantity == "nonfossil" and "total" in said:
        raise PydanticCustomError("total_of_share", "total", {"below": "total"})
    unused: list[tuple[str, ...]] = [(key,) for key in _OF_A_SPLIT if key in said] if quantity in UNSPLIT else []
    unused += _unused_of_level(total) if quantity in LEVELS and total is not None else []
    if unused:
        raise PydanticCustomError("key_of_split", "unused", {"quantity": quantity, "below": unused[0]})


def _unused_of_level(total: TotalControl) -> list[tuple[str, ...]]:
    """Return the keys that the cap of a level cannot have; in proportion to base-year use is what is shown of it."""
    unused = {key for key in _OF_CAPS if key in total.model_fields_set}
    unused -= {"caps"} if total.policy == "base" else set()
    unused -= {"peak"} if total.peak == "end" else set()
    return [("total", key) for key in _OF_CAPS if key in unused]
