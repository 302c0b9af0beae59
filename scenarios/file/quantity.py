"""What a scenario of a quantity must say, and must not."""

from __future__ import annotations

from collections.abc import Set
from decimal import Decimal

from pydantic_core import PydanticCustomError

from scenarios.quantities import LEVELS, QuantityName
from scenarios.schema_types import one_of
from scenarios.tables.cells import exact_per_cent

LOWEST, HIGHEST = Decimal("0.0001"), Decimal("0.9999")
"""Between which the target of what is no level lies."""


def with_target(data: object) -> object:
    """Return what a file says; a level with a cap needs no target, which is what the cap comes to."""
    level = isinstance(data, dict) and data.get("quantity") in tuple(LEVELS)
    if not isinstance(data, dict) or not level or "target" in data or data.get("total") is None:
        return data
    return {**data, "target": Decimal(0)}


def in_range(quantity: QuantityName, target: Decimal) -> Decimal:
    """Return a target; one that is none of its quantity is refused: coal and oil alone may rise."""
    if quantity not in LEVELS and not LOWEST <= target <= HIGHEST:
        raise PydanticCustomError("target_range", "range", {"found": exact_per_cent(target)})
    return target


def judge_quantity(quantity: QuantityName, said: Set[str]) -> None:
    """Refuse keys that do not go with a quantity.

    `said`: the keys that the file gives.
    Raises PydanticCustomError: one that is missing, or one too many.
    """
    if "energy" in said and quantity != "carbon":
        raise PydanticCustomError("energy_of_carbon", "energy", {"quantity": quantity, "below": "energy"})
    if (quantity in LEVELS) != ("unit" in said):
        code = "unit_of_level" if quantity in LEVELS else "unit_unused"
        raise PydanticCustomError(code, "unit", {"quantity": quantity, "below": "unit"})
    if quantity in LEVELS and {"target", "total"} <= said:
        raise one_of("target, total", 2)
    if quantity == "nonfossil" and "total" in said:
        raise PydanticCustomError("total_of_share", "total", {"below": "total"})
