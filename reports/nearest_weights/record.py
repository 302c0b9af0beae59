"""weights-for.json: the nearest weights at which a region gets at most, or at least, a rate.

Rates, weights and shares are fractions.
"""

from __future__ import annotations

from typing import Literal

from reports.records import Measured, Named, Record
from scenarios.schema_types import Words

Outcome = Literal["already", "reached", "unreachable", "not_found"]
How = Literal["exact", "search"]


class WeightRecord(Record):
    """A criterion: its weight in the plan, at the nearest weights, and as `settings` has it; None where none are."""

    key: str
    label: Words
    weight: float
    nearest: float | None
    tried: float | None


class RatesRecord(Named):
    """A region's rates by the plan, and by a plan with the weights of `settings`: computed and printed."""

    rate: float
    published: float
    rate_then: float | None
    published_then: float | None  # None where no table of these rates can be printed


class WeightsForRecord(Measured):
    """The answer; `outcome` says whether the plan is there already, weights take it there, or none do."""

    schema_version: Literal[1] = 1
    scenario: str
    title: Words
    region: Named
    at_most: float | None
    at_least: float | None
    outcome: Outcome
    # Exact: in closed form or by an integer program; a search finds weights that do, and proves nothing
    how: How
    shift: float | None  # How much weight changing hands is enough
    lower: float | None  # With less it certainly is not; 0: nothing is certain
    # Where no weights do: the rate nearest to the one asked for, to 0.01 points where `how` is exact
    nearest_rate: float | None
    criteria: tuple[WeightRecord, ...]
    regions: tuple[RatesRecord, ...]
    # For `plan --set`: weights just beyond the nearest, or those of the nearest rate
    settings: tuple[str, ...]
    inputs: dict[str, str]  # File name -> SHA-256
    overrides: tuple[str, ...]
    notices: tuple[Words, ...]

    @property
    def threshold(self) -> float:
        """The rate asked for."""
        return next(rate for rate in (self.at_most, self.at_least) if rate is not None)

    @property
    def own(self) -> RatesRecord:
        """The rates of the region asked about."""
        return next(rates for rates in self.regions if rates.id == self.region.id)

    @property
    def exact(self) -> bool:
        """Whether no less weight is enough."""
        return self.shift is not None and self.lower is not None and self.shift - self.lower <= 1e-6

    def meets(self, rate: float) -> bool:
        """Return whether a rate is what was asked for."""
        return rate <= self.threshold if self.at_most is not None else rate >= self.threshold
