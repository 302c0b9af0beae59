"""What a scenario says of the level above it."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from scenarios.schema_types import Bound, FileName, Grid, Line, Margin, Model, Rate, TablePath


class TargetAbove(Model):
    """A target that is the rate printed for a region one level up.

    `of`: the region's name or code there. `in`: a plan.json, its folder, or any table of rates such as the circular,
    by its path from the scenario.
    """

    of: Line
    in_: TablePath = Field(alias="in")


def stands_in(target: object) -> object:
    """Return a target; for one that is handed down the least there is, until the table above is read."""
    return Decimal("0.0001") if isinstance(target, dict) else target


def _section_only(target: object) -> object:
    """Return what a target says of the level above, None for a rate."""
    return target if isinstance(target, dict) else None


Above = Annotated[TargetAbove | None, BeforeValidator(_section_only)]


class BoundsBelow(Model):
    """Lowest and highest rate of any county; what is not said is taken from above."""

    lower: Bound | None = None
    upper: Bound | None = None


class ReferenceBelow(Model):
    """Wanted gap between the reference rates of a city's counties, or of all where they are scored together."""

    spread: Rate | None = None


class PublishBelow(Model):
    """The grid of the counties' rates."""

    grid: Grid | None = None


class Below(Model):
    """The level below: a long table of the counties, each with its parent, and how every city is split.

    `scores`: whether the counties of all cities are scored together, or those of each city among themselves. `fold`:
    whether what counties can reach bounds their city. `pass`: which rate of a city its counties are asked: the one
    that is printed, or the computed one. `margin`: that of each city. What is not said is taken from above; rules are
    not.
    """

    regions: FileName
    scores: Literal["together", "own"] = "together"
    fold: bool = False
    pass_: Literal["printed", "computed"] = Field(default="printed", alias="pass")
    margin: Margin = Decimal(0)
    bounds: BoundsBelow = BoundsBelow()
    reference: ReferenceBelow = ReferenceBelow()
    publish: PublishBelow = PublishBelow()
