"""What a scenario says of the years after the split: the path, the thresholds, the peak years."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from scenarios.schema_types import FileName, Key, Line, Model, Rate, Weight, Wording
from scenarios.wording import minus

PathKind = Literal["geometric", "linear", "front_loaded", "given"]
CompanionName = Literal["energy", "coal", "oil", "nonfossil"]
"""Quantities whose scenarios may stand beside one of carbon."""


def _share(rate: Decimal) -> Decimal:
    """Refuse a threshold outside 0–100 points."""
    if not 0 <= rate <= 1:
        raise PydanticCustomError("track_threshold", "range", {"found": minus(f"{(rate * 100).normalize():f}")})
    return rate


Threshold = Annotated[Rate, AfterValidator(_share)]


class Lights(Model):
    """When a light turns: by how much progress lags behind the path, in points of the whole period's effort.

    Above `yellow` the light is yellow, above `red` it is red. It is red as well where the remaining years
    need more than `effort` times the yearly effort that the path had left for them.
    """

    yellow: Threshold = Decimal(0)
    red: Threshold = Decimal("0.10")
    effort: Weight = Decimal("1.5")

    @model_validator(mode="after")
    def _in_order(self) -> Lights:
        if self.red < self.yellow:
            found = f"{self.yellow * 100:f} > {self.red * 100:f}"
            raise PydanticCustomError("track_threshold_order", "order", {"found": found})
        if self.effort < 1:
            raise PydanticCustomError("track_effort", "effort", {"found": str(self.effort)})
        return self


def _form(value: object) -> str:
    return "lights" if isinstance(value, dict | Lights) else "three_level"


Warned = Annotated[
    Annotated[Lights, Tag("lights")] | Annotated[Literal["three_level"], Tag("three_level")], Discriminator(_form)
]
"""How warnings are given: lights by thresholds, or the three official levels."""


def _carried(value: object) -> object:
    return Decimal(0) if value == "none" else value


Carried = Annotated[Rate, AfterValidator(_share), BeforeValidator(_carried)]
"""What share of a year's budget may be carried into the next when it is left, or ``none``."""


class OwnActuals(Model):
    """A table of actual figures that a scenario brings along, and what it rests on."""

    file: FileName
    basis: Wording | None = None


def _named_alone(value: object) -> object:
    return {"scenario": value} if isinstance(value, str) else value


class Companion(Model):
    """A scenario of another quantity that stands in the same folder, and the table of its actual figures.

    Without one they stand in the table that is tracked, each quantity in its own column.
    """

    scenario: FileName
    actuals: FileName | None = None


Beside = Annotated[Companion, BeforeValidator(_named_alone, json_schema_input_type=FileName | Companion)]


class Track(Model):
    """The years after the split.

    `path`: geometric (the same cut every year), linear (the cumulative rate rises by the same points),
    front_loaded (the first years do more: weights T, T-1, …, 1), given (by `weights`, one a year, shares of
    the effort). `growth`: a table `region, year, growth` of yearly growth factors in place of even growth.
    `growth_tolerance`: how far a year's growth may depart from the planned before a notice asks whether GDP is at
    current prices. `warning`: thresholds of the lights, or ``three_level``. `offsets`: a table of
    projects and the sources that offset their emissions. `carry_over`: how much of a year's budget may be used in the
    next when it is left, or ``none``. `peak`: region, or `province`, -> the year by which
    its emissions are to peak. `printed_rates`: whether rates are held against paths and targets as they are
    printed, with two decimals of a per cent rounded half up. `actuals`: tables of actual figures by short name.
    `beside`: scenarios of other quantities, from which an assessment computes their indicators.
    """

    path: PathKind = "geometric"
    weights: Annotated[tuple[Weight, ...], Field(strict=False)] = ()
    growth: FileName | None = None
    growth_tolerance: Threshold = Decimal("0.03")
    warning: Warned = Lights()
    carry_over: Carried = Decimal(0)
    offsets: FileName | None = None
    printed_rates: bool = True
    peak: dict[Line, Annotated[int, Field(ge=1990, le=2100)]] = Field(default_factory=dict)
    actuals: dict[Key, OwnActuals] = Field(default_factory=dict)
    beside: dict[CompanionName, Beside] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _weights_where_given(self) -> Track:
        if self.path == "given" and not (self.weights and sum(self.weights) > 0):
            raise PydanticCustomError("track_weights_missing", "weights")
        if self.path != "given" and self.weights:
            raise PydanticCustomError("track_weights_unused", "weights", {"path": self.path})
        return self
