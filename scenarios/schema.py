"""The scenario file as frozen models: the JSON Schema and the checks come from here.

Shares, rates and points are exact decimals inside (``17%`` is ``Decimal("0.17")``).
Unknown keys, not-a-number, infinities and booleans in place of numbers are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from scenarios.cells import LARGEST, CellError, exact, exact_per_cent, parse_rate
from scenarios.wording import Language

Direction = Literal["+", "-"]
NormaliserName = Literal["minmax", "zscore", "rank", "ratio"]
WeightingName = Literal["equal", "given", "entropy", "critic"]
MapName = Literal["linear", "proportional", "uniform"]
DeviationName = Literal["relative", "absolute"]

_DIRECTIONS = {"+": "+", "-": "-", "positive": "+", "negative": "-", "正": "+", "负": "-"}


def _custom(error: CellError) -> PydanticCustomError:
    """Carry a cell's question through pydantic."""
    return PydanticCustomError(error.code, "rate", {key: str(value) for key, value in error.values.items()})


def _rate(value: object) -> Decimal:
    """Read a rate; a cell's question becomes a validation error."""
    try:
        return parse_rate(value)
    except CellError as error:
        raise _custom(error) from error


def _weight(value: object) -> Decimal:
    """Read a weight: a finite number not below zero."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise PydanticCustomError("not_a_weight", "weight", {"found": str(value)})
    number = exact(value) if isinstance(value, float) else Decimal(value)
    if not number.is_finite() or number >= LARGEST:
        raise PydanticCustomError("not_a_weight", "weight", {"found": str(value)})
    if number < 0:
        raise PydanticCustomError("negative_weight", "weight", {"found": str(value)})
    return number


def _direction(value: object) -> object:
    """Read ``+``, ``-`` or their words."""
    return _DIRECTIONS.get(value.strip().lower(), value) if isinstance(value, str) else value


def _version(value: object) -> object:
    """Refuse a version that only compares equal to a whole number (true, 1.0)."""
    if type(value) is not int:
        raise PydanticCustomError("not_an_integer", "version", {"found": str(value)})
    return value


def _bound(rate: Decimal) -> Decimal:
    """Refuse a bound at or beyond -100 % and 100 %."""
    if abs(rate) >= 1:
        raise PydanticCustomError("rate_range", "range", {"found": f"{exact_per_cent(rate)}%"})
    return rate


def _within(code: str, lowest: str, highest: str) -> Callable[[Decimal], Decimal]:
    """Return a check that a rate lies between two fractions."""

    def check(rate: Decimal) -> Decimal:
        if not Decimal(lowest) <= rate <= Decimal(highest):
            raise PydanticCustomError(code, "range", {"found": exact_per_cent(rate)})
        return rate

    return check


def _no_rules(rules: tuple[object, ...]) -> tuple[object, ...]:
    """Refuse rules as long as there is no catalogue: a rule must never be left out in silence."""
    if rules:
        raise PydanticCustomError("rules_not_yet", "rules", {"count": len(rules)})
    return rules


_RATE_SCHEMA = {
    "anyOf": [
        {"type": "string", "pattern": r"^\s*[+-]?[0-9.,]+\s*(%|％|per ?cent|points?|个?百分点)?\s*$"},
        {"type": "number", "exclusiveMinimum": -1, "exclusiveMaximum": 1},
    ]
}
Rate = Annotated[Decimal, BeforeValidator(_rate), WithJsonSchema(_RATE_SCHEMA)]
Target = Annotated[Rate, AfterValidator(_within("target_range", "0.0001", "0.9999"))]
Bound = Annotated[Rate, AfterValidator(_bound)]
Margin = Annotated[Rate, AfterValidator(_within("margin_range", "0", "0.05"))]
Grid = Annotated[Rate, AfterValidator(_within("grid_question", "0.0001", "0.05"))]
Weight = Annotated[Decimal, BeforeValidator(_weight), WithJsonSchema({"type": "number", "minimum": 0})]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,63}$")]
FileName = Annotated[str, StringConstraints(pattern=r"^[^/\\:\x00-\x1f]{1,200}$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=1000)]


class Model(BaseModel):
    """Frozen, strict, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", allow_inf_nan=False)


class Words(Model):
    """A text in Chinese and English; one of them is enough."""

    zh: Line = ""
    en: Line = ""

    @model_validator(mode="before")
    @classmethod
    def _from_one(cls, value: Any) -> Any:  # noqa: ANN401  (pydantic hands on what stood in the file)
        if value is not None and not isinstance(value, str | dict | Words):
            raise PydanticCustomError("not_text", "words", {"found": str(value)})
        return {"zh": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _either(self) -> Words:
        if not (self.zh or self.en):
            raise PydanticCustomError("empty_words", "words")
        return self

    def say(self, language: Language) -> str:
        """Return the text in `language`, or in the other one where it is missing."""
        first, second = (self.zh, self.en) if language == "zh" else (self.en, self.zh)
        return first or second


class Period(Model):
    """Base year and last year of the plan."""

    base: int = Field(ge=1990, le=2100)
    end: int = Field(ge=1990, le=2100)

    @model_validator(mode="after")
    def _forward(self) -> Period:
        if self.end <= self.base:
            raise PydanticCustomError("period_backward", "period", {"base": self.base, "end": self.end})
        return self

    @property
    def years(self) -> int:
        """Length of the period in years."""
        return self.end - self.base


class Province(Model):
    """The province: its name and the cities that must all be there."""

    name: Words
    code: str = Field(default="", description="adcode of the province, e.g. '450000'")
    members: Annotated[tuple[Line, ...], Field(strict=False)] = Field(
        default=(), description="names of all cities; a table that misses one is refused"
    )


class Bounds(Model):
    """Lowest and highest rate of any city; columns `lower` and `upper` go before them."""

    lower: Bound = Decimal(0)
    upper: Bound = Decimal("0.5")

    @model_validator(mode="after")
    def _in_order(self) -> Bounds:
        if self.lower > self.upper:
            found = f"{exact_per_cent(self.lower)}% > {exact_per_cent(self.upper)}%"
            raise PydanticCustomError("bounds_order", "bounds", {"found": found})
        return self


class Reference(Model):
    """From score to reference rate.

    `map`: linear (needs `spread`), proportional, uniform. `spread`: wanted gap between
    the highest and the lowest reference rate. `deviation`: whether the split measures a
    city's distance from its reference relative to the reference or in points.
    """

    map: MapName = "linear"
    spread: Rate | None = None
    deviation: DeviationName = "relative"

    @model_validator(mode="after")
    def _spread_where_used(self) -> Reference:
        if self.map == "linear" and self.spread is None:
            raise PydanticCustomError("spread_missing", "spread")
        if self.map != "linear" and self.spread is not None:
            raise PydanticCustomError("spread_unused", "spread", {"map": self.map})
        if self.spread is not None and self.spread < 0:
            raise PydanticCustomError("spread_negative", "spread", {"found": str(self.spread)})
        return self


class Indicator(Model):
    """One indicator: a column of the regions table and the direction it pulls.

    `direction` ``+``: a higher value asks for a higher reduction. There is no default.
    `weight` is for criteria that weight their indicators as ``given``.
    """

    column: Line
    direction: Annotated[Direction, BeforeValidator(_direction)]
    normaliser: NormaliserName = "minmax"
    weight: Weight | None = None
    label: Words | None = None


class Criterion(Model):
    """One criterion (能力, 责任, 潜力 or any other) with its weight and indicators."""

    weight: Weight
    within: WeightingName = "equal"
    label: Words | None = None
    indicators: dict[Key, Indicator] = Field(min_length=1)

    @model_validator(mode="after")
    def _weights_where_given(self) -> Criterion:
        without = [key for key, indicator in self.indicators.items() if indicator.weight is None]
        if self.within == "given" and without:
            raise PydanticCustomError("weight_missing", "weight", {"indicators": ", ".join(without)})
        if self.within != "given" and len(without) < len(self.indicators):
            raise PydanticCustomError("weight_unused", "weight", {"within": self.within})
        return self


class Publish(Model):
    """How the rates are printed: the grid they are rounded to."""

    grid: Grid = Decimal("0.005")


class ScenarioFile(Model):
    """A whole scenario file.

    `normalize`: weights that do not add up to one are scaled to one; without it they are refused.
    `tables`: tables of rates by short name, for `verify`. `basis`: what the figures rest on,
    said wherever a result is said.
    """

    schema_version: Annotated[Literal[1], BeforeValidator(_version)]
    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
    title: Words
    province: Province | None = None
    period: Period
    target: Target
    margin: Margin = Decimal(0)
    regions: FileName
    bounds: Bounds = Bounds()
    reference: Reference
    normalize: bool = False
    criteria: dict[Key, Criterion] = Field(min_length=1)
    publish: Publish = Publish()
    rules: Annotated[tuple[dict[str, Any], ...], Field(strict=False), AfterValidator(_no_rules)] = ()
    tables: dict[Key, FileName] = {}
    basis: Words | None = None
    notes: Annotated[tuple[Words, ...], Field(strict=False)] = ()
    sources: Annotated[tuple[Line, ...], Field(strict=False)] = ()


def is_short_name(text: str) -> bool:
    """Return whether `text` can be the short name of a table or a case."""
    return re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", text) is not None
