"""methods.json: every method's split of one target and its figures, from which table and page are made.

Rates and shares are fractions; emissions in 万吨.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from reports.records import Measured, Named, Record, _absent
from reports.seal import Seal
from scenarios.schema_types import Words

Kind = Literal["method", "table"]


class Constant(Record):
    """A constant of a method's formula; `value` in per cent where the unit is %."""

    symbol: str
    value: float
    unit: str = ""


class Figures(Record):
    """The figures of a split as it is printed; see `reports.by_method.measures`. None: not to be had."""

    gini_head: float | None
    kakwani: float | None
    objections: int | None
    high_intensity_points: float | None  # Less that of equal rates
    loss2_points: float
    use: float | None = Field(default=None, exclude_if=_absent)  # Only where upper bounds come from potentials
    nearly_used_up: int | None = Field(default=None, exclude_if=_absent)
    pace: float | None = Field(default=None, exclude_if=_absent)  # Only with rates of the last period
    # Only with a table of costs, 亿元: of the rates before rounding, and what rounding adds
    cost: float | None = Field(default=None, exclude_if=_absent)
    cost_of_rounding: float | None = Field(default=None, exclude_if=_absent)


class Moved(Record):
    """What became of a formula: how many cities stand at bounds, and are moved by more than half a step."""

    at_lower: int
    at_upper: int
    by_rules: int
    by_rounding: int
    follow: int  # At no bound, and moved by no rule: printed as the formula says, but for rounding
    bounds_points: float  # Σ ω |bounded - unbounded|, ω = a/Σa


class MethodRecord(Record):
    """One column: a method, or a table of the scenario held beside."""

    key: str
    kind: Kind
    missing: Words | None = None  # Why there is no such split
    why: str | None = Field(default=None, exclude_if=_absent)  # The code of that, by which the page says it its own way
    constants: tuple[Constant, ...] = ()
    # Rates in the order of the regions, fractions: the formula's, within bounds, within rules as well, as printed
    unbounded: tuple[float, ...] | None = None
    bounded: tuple[float, ...] | None = None
    computed: tuple[float, ...] | None = None
    published: tuple[float, ...] | None = None
    implied_reduction: float | None = None
    overshoot_10kt: float | None = None
    backed: bool | None = None  # A line that does not back is not comparable
    kept: bool | None = None  # Whether it keeps every bound and rule as well
    moved: Moved | None = None  # None of a table
    bounds_made_it: bool = False  # The bounds made this split, not the method
    figures: Figures | None = None
    note: Words | None = Field(default=None, exclude_if=_absent)  # What must be said of it


class Settings(Record):
    """What the methods were told."""

    population: str | None  # The column of people
    theta: float
    converge: int
    elasticity: float
    nash: str
    costs: str | None


class MethodsRecord(Measured):
    """All methods side by side."""

    schema_version: Literal[1] = 1
    scenario: str
    title: Words
    basis: Words | None = None
    base: int
    end: int
    target: float
    margin: float
    asked: float  # What both targets ask: more than target and margin where a cap on the total does
    # What bounds, rules and grid leave at the least where they leave no split at what is asked
    least: float | None = Field(default=None, exclude_if=_absent)
    uniform_rate: float
    grid: float
    rules: int  # How many are on
    settings: Settings
    regions: tuple[Named, ...]
    methods: tuple[MethodRecord, ...]
    inputs: dict[str, str]  # File name -> SHA-256
    overrides: tuple[str, ...] = ()
    notices: tuple[Words, ...] = ()
    digest: Seal | None = Field(default=None, exclude_if=_absent)  # Seals a written methods.json

    @property
    def had(self) -> tuple[MethodRecord, ...]:
        """The methods and tables that are there."""
        return tuple(one for one in self.methods if one.published is not None)
