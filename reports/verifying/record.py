"""The verdict for programs: what the province was asked, and what a table of rates gives."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from pydantic import Field

from reports.records import Record, Verdict, _absent
from scenarios.file.total import Policy
from scenarios.schema_types import Words
from scenarios.total.cap import Binding, CityBinding


class RobustnessRecord(Record):
    """What a table bears when growth is off."""

    survives: float | None  # For how many regions at once; None when not backed at nominal growth either
    survives_all: bool
    worst_points: float  # Short by so much when all are at their worst; negative: still over
    worst_10kt: float
    with_reserve: float | None = Field(default=None, exclude_if=_absent)  # Of a cap: survived with the reserve used up


class IncentiveRecord(Record):
    """What the province was asked on top and what the published incentive rates give; as in `ProvinceRecord`."""

    target: float
    required: float
    uniform_rate: float
    implied_reduction: float
    overshoot_points: float
    overshoot_10kt: float
    reach_highest: float  # What the upper bounds allow
    verdict: Verdict
    checks: dict[str, bool]


class GrowthRecord(Record):
    """What both targets need at another growth; as in `scenarios.total.cap.Growth`."""

    a_year: float
    allowed_10kt: float
    binds: Binding
    needed: float
    worth: float
    counted: float | None = Field(default=None, exclude_if=_absent)  # Asked by the intensity, the reserve counted
    needed_with_reserve: float | None = Field(default=None, exclude_if=_absent)  # When the reserve counts as well


class PeakBudgetsRecord(Record):
    """The province's budgets against the year of its peak; as in `scenarios.total.paths.PeakOfBudgets`."""

    year: int
    budget_10kt: float
    later: int
    largest_10kt: float
    held: bool


class CapRecord(Record):
    """The cap on the province's total, and what it is worth."""

    cap_10kt: float
    computed_10kt: float | None = Field(default=None, exclude_if=_absent)  # What the cap was rounded down from
    reserve_10kt: float
    reserve_gdp_100m_yuan: float | None = Field(default=None, exclude_if=_absent)  # That comes with the reserve
    outside_10kt: float  # What a residual line emits in the last year
    base_10kt: float  # Emissions of the base year
    allowed_10kt: float  # What the intensity target and its margin allow
    worth: float  # The reduction of intensity that the cap asks
    counted: float | None = Field(default=None, exclude_if=_absent)  # R + margin + m_B; None: no reserve counts
    worth_without_reserve: float
    binds: Binding  # Which target asks more at planned growth, the reserve counted where it counts
    # Growth a year, fractions; above break-even the total asks more than the intensity that knows no reserve,
    # above break_even_counted more than the intensity that counts it
    planned_growth: float
    break_even: float
    break_even_without_reserve: float
    break_even_counted: float | None = Field(default=None, exclude_if=_absent)
    growths: tuple[GrowthRecord, ...]
    peak_year: int | None = Field(default=None, exclude_if=_absent)  # From which on yearly budgets are not to rise
    peak: PeakBudgetsRecord | None = Field(default=None, exclude_if=_absent)  # Whether they do


class CityCapRecord(Record):
    """What a region may emit in the last year, beside its rate; as in `reports.verifying.pair.CityPair`."""

    cap_10kt: float
    allowed_10kt: float  # What its rate leaves at planned growth
    binds: CityBinding
    swap: float  # Growth factor at which rate and cap allow the same
    swap_a_year: float  # The same a year, fraction
    needed: float  # The rate that keeps the cap at planned growth
    point_10kt: float  # What a point of announced growth is worth of cap
    years_10kt: tuple[float, ...] | None = Field(default=None, exclude_if=_absent)  # Its budgets after the base year


class DrawRecord(Record):
    """What a project is given of the reserve."""

    project: str
    region: str  # Its identifier
    amount_10kt: float
    start: int


class PairRecord(Record):
    """The caps of the cities beside their rates; as in `reports.verifying.pair.Pair`, 万吨."""

    policy: Policy
    sum_10kt: float  # Of the caps
    reserve_10kt: float  # What no city gets
    rest_10kt: float  # Neither a city's nor the reserve's; below zero: handed out above the cap
    kept_10kt: float  # What cities emit that keep both
    limit_10kt: float  # What both targets leave the cities
    kept_rate: float  # The reduction of intensity when they keep both, fraction
    caps_rate: float  # That which the caps alone make at planned growth
    back_from: float  # From this multiple of planned growth on the caps alone back the intensity target
    adds_up: bool
    holds: bool
    worst_10kt: float | None = Field(default=None, exclude_if=_absent)  # Over the intensity target at the worst growth
    years_10kt: tuple[float, ...] | None = Field(default=None, exclude_if=_absent)  # The province's budgets by year
    draws: tuple[DrawRecord, ...] | None = Field(default=None, exclude_if=_absent)
    subtotals: dict[str, float] | None = Field(default=None, exclude_if=_absent)  # Of the caps, by group of regions


class TotalRecord(CapRecord):
    """The cap, and what the published table leaves under it."""

    emissions_10kt: float  # Of the last year, with the published table at planned growth
    room_10kt: float  # Left under the cap beside the reserve; below zero when the table breaks it
    growth_scale: float | None  # By what factor all growth factors may rise before the table breaks the cap
    verdict: Literal["held", "broken"]
    robustness: RobustnessRecord | None = Field(default=None, exclude_if=_absent)
    with_reserve: float | None = Field(default=None, exclude_if=_absent)  # Reduction with the reserve used up
    usable_10kt: float | None = Field(default=None, exclude_if=_absent)  # What of it the intensity target bears
    apart: Words | None = Field(default=None, exclude_if=_absent)  # The document by which the reserve does not count
    pair: PairRecord | None = Field(default=None, exclude_if=_absent)


class ShareAsked(Record):
    """What a share of non-fossil energy asks; as in `scenarios.total.share.Share`, fractions."""

    base: float
    composition: float
    uniform_rise: float


class ProvinceRecord(Record):
    """The province: what was asked, what the published table gives, and by how much it is over."""

    name: Words
    target: float
    margin: float
    sigma: float
    required: float  # Both targets and sigma: the sum that the weighted rates must reach
    uniform_rate: float
    implied_reduction: float
    overshoot_points: float
    overshoot_10kt: float
    point_10kt: float
    reach_lowest: float
    reach_highest: float
    verdict: Verdict
    checks: dict[str, bool]
    with_projects: float | None = None
    robustness: RobustnessRecord | None = None
    decline: dict[str, float] | None = None
    incentive: IncentiveRecord | None = Field(default=None, exclude_if=_absent)
    with_residual: float | None = Field(default=None, exclude_if=_absent)
    province_target: float | None = Field(default=None, exclude_if=_absent)
    total: TotalRecord | None = Field(default=None, exclude_if=_absent)
    share: ShareAsked | None = Field(default=None, exclude_if=_absent)

    @property
    def asks_more(self) -> bool:
        """Whether the cap on the total, or its reserve, asks more of the cities than target and margin."""
        if self.total is None:
            return False
        counted = self.total.counted
        return self.total.binds == "total" or (counted is not None and _exact(counted) > self._asked)

    @property
    def _asked(self) -> Fraction:
        """Target and margin, as written."""
        return _exact(self.target) + _exact(self.margin)


def _exact(written: float) -> Fraction:
    """Return a number of plan.json as it is written there."""
    return Fraction(repr(written))
