"""What a scenario says of the level above it."""

from __future__ import annotations

from pydantic import Field

from scenarios.schema_types import Line, Model, TablePath


class TargetAbove(Model):
    """A target that is the rate printed for a region one level up.

    `of`: the region's name or code there. `in`: a plan.json, its folder, or any table of rates such as the circular,
    by its path from the scenario.
    """

    of: Line
    in_: TablePath = Field(alias="in")
