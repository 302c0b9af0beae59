"""Total control (总量控制) as a scenario file says it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from scenarios.schema_types import Cap, Change, Factor, FileName, Model, Quantity, Rate, Wording, one_of

_FORMS = ("cap", "growth_at_most", "increment", "peak")
Policy = Literal["rates", "total", "base", "given"]
POLICIES: Mapping[str, Policy] = {"rates": "rates", "total": "total", "base": "base"}
"""How caps of cities can be made; any other text names a table of them."""


YearPath = Literal["even", "linear", "given"]
PATHS: Mapping[str, YearPath] = {"even": "even", "linear": "linear"}
"""How budgets lead to the caps; any other text names a table of them."""


def _caps(value: object) -> object:
    """Refuse what is neither a way of making caps nor the name of a table."""
    if not isinstance(value, str) or (value not in POLICIES and not Path(value).suffix):
        raise PydanticCustomError("caps_form", "caps")
    return value


def _paths(value: object) -> object:
    """Refuse what is neither a path of budgets nor the name of a table."""
    if not isinstance(value, str) or (value not in PATHS and not Path(value).suffix):
        raise PydanticCustomError("year_caps_form", "year_caps")
    return value


def _above_zero(step: Decimal) -> Decimal:
    """Refuse a step of zero."""
    if step == 0:
        raise PydanticCustomError("step_zero", "step")
    return step


def _peak(value: object) -> object:
    """Read ``end`` or a year."""
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
        value = int(value)
    if type(value) is int and _FIRST <= value <= _LAST:
        return str(value)
    if value != "end":
        raise PydanticCustomError("peak_form", "peak")
    return value


_FIRST, _LAST = 1990, 2100
Peak = Annotated[
    str,
    BeforeValidator(_peak),
    WithJsonSchema({"anyOf": [{"const": "end"}, {"type": "integer", "minimum": _FIRST, "maximum": _LAST}]}),
]
"""When emissions are to be highest: not after the base year (`end`), or in a year."""


class FuelFactors(Model):
    """What coal, oil and gas emit, tonnes of CO2 a tonne of coal equivalent, and what is emitted besides, 万吨.

    There are no defaults: they are those of the scope in which the cap on carbon is counted. `other`: processes and
    net power from elsewhere in the last year.
    """

    coal: Factor
    oil: Factor
    gas: Factor
    other: Change = Decimal(0)


class TotalControl(Model):
    """What the province may emit in the last year, in one of four ways, and what of it no city gets.

    `cap`: 万吨. `growth_at_most`: of emissions over the whole period. `increment`: 万吨 more than in the base year;
    below zero: less. `peak`: ``end``: the last year's emissions are not above the base year's; a year beside one
    of the others: the budgets of the years after it must not be above its own, which is judged and not planned.
    `reserve`: 万吨.

    `reserve_gdp_end`: the GDP of the last year that comes with the reserve, 亿元 at constant prices; it counts in the
    province's intensity. `apart`: the document by which the reserve does not count in it (单列).
    `caps`: how each city gets a cap: ``rates`` (what its printed rate leaves it at planned growth), ``total`` (the
    same, scaled so that all of the cap is handed out), ``base`` (equal growth of emissions), or a table of them.
    `step`: what caps are multiples of, 万吨. `subtotals`: whether groups of cities are rounded first. `year_caps`: how
    the budgets of the years lead to the caps: ``even`` (the same change every year), ``linear``, or a table of them.
    `draws`: a table of projects that are given part of the reserve; a table of budgets holds them already.
    """

    cap: Cap | None = None
    growth_at_most: Rate | None = None
    increment: Change | None = None
    peak: Peak | None = None
    reserve: Quantity = Decimal(0)
    reserve_gdp_end: Quantity = Decimal(0)
    apart: Wording | None = None
    caps: Annotated[FileName, BeforeValidator(_caps)] = "rates"
    step: Annotated[Quantity, AfterValidator(_above_zero)] = Decimal(1)
    subtotals: bool = False
    draws: FileName | None = None
    year_caps: Annotated[FileName, BeforeValidator(_paths)] = "even"

    @property
    def form(self) -> str:
        """The key that says the cap."""
        return next(form for form in _FORMS if self._says(form))

    @property
    def policy(self) -> Policy:
        """How caps of cities are made; ``given``: `caps` names a table of them."""
        return POLICIES.get(self.caps, "given")

    @property
    def peak_year(self) -> int | None:
        """The year after which budgets are not to rise; None where no year is asked."""
        return None if self.peak in (None, "end") else int(self.peak or 0)

    @property
    def year_path(self) -> YearPath:
        """How budgets lead to the caps; ``given``: `year_caps` names a table of them."""
        return PATHS.get(self.year_caps, "given")

    @model_validator(mode="after")
    def _one(self) -> TotalControl:
        given = [form for form in _FORMS if self._says(form)]
        if not given and self.peak is not None:
            raise PydanticCustomError("peak_alone", "peak", {"below": "peak", "found": self.peak})
        if len(given) != 1:
            raise one_of(", ".join(_FORMS), len(given))
        if self.draws is not None and self.year_path == "given":
            raise PydanticCustomError("year_caps_draws", "draws", {"below": "draws"})
        return self

    def _says(self, form: str) -> bool:
        """Return whether a key says the cap; the year of a peak beside it does not."""
        return getattr(self, form) is not None and (form != "peak" or self.peak == "end")
