"""explain.json: what explains a published table of rates, and how far chance would get.

Rates and shares are fractions; what is called points is in percentage points.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from reports.records import Measured, Named, Record, _absent
from scenarios.schema_types import Words

VerdictCode = Literal["not_explained", "order", "explained"]
LineKey = Literal["plan", "one", "few", "all"]

CHANCE = 0.1
"""p above which weights do not explain a table: a proposal, made after four tables were seen."""
FORESEEN = 0.3
"""Left-out fit up to which an order is visible and the weights are not: likewise."""


class IndicatorRecord(Record):
    """One indicator that may explain the rates."""

    key: str
    criterion: str
    label: Words
    direction: str


class WeightRecord(Record):
    """A weight of a line: that of the best fit, and between what it lies where the fit is about as good."""

    indicator: str
    best: float
    low: float
    high: float


class LineRecord(Record):
    """One way to explain the table: by the plan's weights, by one indicator, by a few, by all."""

    key: LineKey
    most: int  # Indicators at most
    indicators: tuple[str, ...]  # Those that it rests on
    fit: float  # 1 - loss/loss of the best single rate
    left_out: float | None  # The same of cities left out, beside the best single rate of the others; None of no loss
    p: float  # Share of shuffled tables that are fitted as well
    # Fit of shuffled tables: the mean, and what one in twenty exceeds
    chance_mean: float
    chance_95: float
    loss_points: float
    pull_points: float  # Σ v
    spread_points: float  # Highest less lowest score
    level: float  # Mean of the fitted rates, weighted as the target adds them up
    in_order: int  # Pairs of different rates that the fit has in the same order
    pairs: int
    weights: tuple[WeightRecord, ...] = ()  # None of the plan's
    # Further sets of as many indicators that lose about as little; None where they are too many to be looked through
    others: tuple[tuple[str, ...], ...] | None = None
    fitted: tuple[float, ...]  # In the order of the regions
    predicted: tuple[float, ...]  # Each region by the others


class FewRecord(Record):
    """The best fit by at most so many indicators."""

    most: int
    indicators: tuple[str, ...]
    fit: float


class ExceptionsRecord(Record):
    """Regions without which all indicators explain the rest best; shuffled tables choose theirs likewise."""

    regions: tuple[str, ...]
    fit: float
    p: float
    chance_mean: float
    chance_95: float
    permutations: int


class ExplainRecord(Measured):
    """What explains a table."""

    schema_version: Literal[1] = 1
    scenario: str
    title: Words
    basis: Words | None = None
    table: str
    base: int
    end: int
    target: float
    uniform_rate: float | None = Field(default=None, exclude_if=_absent)
    step_points: float  # Of the table
    constant: float  # The best single rate
    constant_loss_points: float
    indicators: tuple[IndicatorRecord, ...]
    candidates: int  # Indicators of the scenario that could have been let in
    permutations: int
    seed: int
    slack: float  # Part of the loss of the best single rate by which a fit about as good may lose more
    verdict: VerdictCode
    judged_by: LineKey  # The line that the verdict is of
    few: tuple[FewRecord, ...]
    signs_free_fit: float  # If weights of any sign were let in
    exceptions: ExceptionsRecord | None = Field(default=None, exclude_if=_absent)  # Only where they are asked for
    regions: tuple[Named, ...]
    published: tuple[float, ...]
    lines: tuple[LineRecord, ...]
    inputs: dict[str, str]  # File name -> SHA-256
    overrides: tuple[str, ...] = ()
    notices: tuple[Words, ...] = ()

    def line(self, key: LineKey) -> LineRecord | None:
        """Return a line, None where there is none."""
        return next((line for line in self.lines if line.key == key), None)

    @property
    def judged(self) -> LineRecord:
        """The line that the verdict is of."""
        return next(line for line in self.lines if line.key == self.judged_by)

    def label(self, key: str) -> Words:
        """Return what an indicator is called."""
        return next(one.label for one in self.indicators if one.key == key)


def verdict_of(p: float, left_out: float | None) -> VerdictCode:
    """Return the verdict on a line by rule."""
    if p > CHANCE:
        return "not_explained"
    return "explained" if left_out is not None and left_out > FORESEEN else "order"
