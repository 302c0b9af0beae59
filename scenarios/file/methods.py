"""What methods beside the plan's own need to know; see `allocator methods`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from scenarios.schema_types import Factor, FileName, Line, Model, one_of

NashName = Literal["even", "population", "effort"]
ELSEWHERE = (
    "plan", "grandfather", "per-head", "ability", "even-burden-head", "even-burden-gdp", "potential", "nash", "zsg-dea",
    "least-cost",
)  # fmt: skip
"""Methods that are no map from scores to references."""
CONVERGED = 2050
"""Year of equal allowances where nothing is said."""


class Methods(Model):
    """What the methods beside the plan's own need.

    `population`: the column of people, or `population_table`: a table of its own (region, population); without either
    no method and no figure per head is had. `converge`: the year in which allowances would be equal per head.
    `elasticity`: of the ability to pay, GDP per head to this power; a third where nothing is said. `nash`: what weighs
    the logarithms: regions alike (even), by people (population), or by the points of the province that a point of
    theirs is worth (effort). `costs`: a table of what cuts cost, step by step.
    """

    population: Line | None = None
    population_table: FileName | None = None
    converge: Annotated[int, Field(ge=1990, le=2200)] = CONVERGED
    elasticity: Factor | None = None
    nash: NashName = "even"
    costs: FileName | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Methods:
        if self.population is not None and self.population_table is not None:
            raise one_of("population, population_table", 2)
        return self

    @property
    def power(self) -> float:
        """The elasticity of the ability to pay."""
        return 1 / 3 if self.elasticity is None else float(self.elasticity)

    def gone(self, base: int, end: int) -> float:
        """Return θ, how much of the way to equal allowances is gone from a base year to the last year."""
        return min(1.0, (end - base) / (self.converge - base)) if self.converge > base else 1.0


NOTHING_SAID = Methods()
"""What holds where a scenario says nothing of methods."""
