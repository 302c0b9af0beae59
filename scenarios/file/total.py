"""Total control (总量控制) as a scenario file says it."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from scenarios.schema_types import Change, Model, Quantity, Rate

_FORMS = ("cap", "growth_at_most", "increment", "peak")


class TotalControl(Model):
    """What the province may emit in the last year, in one of four ways, and what of it no city gets.

    `cap`: 万吨. `growth_at_most`: of emissions over the whole period. `increment`: 万吨 more than in the base year;
    below zero: less. `peak`: ``end``: the last year's emissions are not above the base year's. `reserve`: 万吨.
    """

    cap: Quantity | None = None
    growth_at_most: Rate | None = None
    increment: Change | None = None
    peak: Literal["end"] | None = None
    reserve: Quantity = Decimal(0)

    @model_validator(mode="after")
    def _one(self) -> TotalControl:
        if sum(getattr(self, form) is not None for form in _FORMS) != 1:
            raise PydanticCustomError("one_of", "one", {"keys": ", ".join(_FORMS)})
        return self
