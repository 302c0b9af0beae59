"""track.json: the years after a split, from which its tables, sentences and pictures are made.

Rates, shares and lags are fractions; emissions in 万吨, GDP in 亿元.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from reports.mapping.record import OutlineRecord
from reports.records import Measured, Named, Record, Verdict, _absent
from reports.verifying.record import PeakBudgetsRecord
from scenarios.file.track import PathKind
from scenarios.schema_types import Words

Light = Literal["green", "yellow", "red"]
Level = Literal[1, 2, 3]
"""The official warning levels: 1 is the worst."""


class PathRecord(Record):
    """The yearly path."""

    kind: PathKind
    shares: tuple[float, ...]  # Of the whole effort, done by the end of each year after the base year


class YearRecord(Record):
    """One year of the paths."""

    year: int
    required: float  # What the province must have cut since the base year
    implied: float  # What the regions' paths give it at the planned growth
    sigma: float
    short_10kt: float  # What is missing; negative: over
    share: float  # Of the effort
    lifted_share: float | None  # That of all regions with which nothing would be missing; None where all is not enough
    held: bool


class ToDateRecord(Record):
    """The year so far."""

    year: int
    quarter: int
    reduction: float  # Against the same quarters of the year before
    annual_target: float
    cumulative_reduction: float  # If the whole year goes like that
    light: Light  # That against the path at the end of this year
    reason: Words


class BudgetYear(Record):
    """One year's budget against what was emitted, 万吨; None where there are no figures yet."""

    year: int
    budget_10kt: float
    carried_10kt: float | None  # From the year before
    actual_10kt: float | None
    balance_10kt: float | None  # Below zero: over
    so_far_10kt: float | None  # Of all years so far, nothing carried


class TotalLevels(Record):
    """One year's emissions under a cap, 万吨."""

    emissions_10kt: float
    year_path_10kt: float  # Last year's emissions and the path's step
    path_10kt: float  # The path from the base year to the cap
    cap_10kt: float  # Of the last year
    rising: bool  # Whether the cap is above base-year emissions
    year: Level
    five_year: Level


class TotalOutlook(Record):
    """The total where the mean rates so far go on at the planned growth, 万吨."""

    emissions_10kt: float  # Of the last judged year
    path_10kt: float  # What its budget, or the path, allows
    expected_10kt: float  # Of the last year of the period; the actual ones in that year itself
    cap_10kt: float  # Of the last year
    over_10kt: float  # Negative: below the cap
    kept: bool  # Whether the judged year is not above its path
    within: bool  # Whether the last year is not above the cap
    light: Light | None  # None where the official levels are asked for


class YearLevels(Record):
    """One year's warning levels by two yardsticks: the year alone, and all years since the base year."""

    year: int
    intensity_year: Level
    intensity_five_year: Level
    total: TotalLevels | None  # None without a cap, or where emissions are not actual ones


class Standing(Record):
    """Where a region or the province stands; tuples are by year."""

    target: float
    path: tuple[float, ...]  # Cumulative targets
    annual_targets: tuple[float, ...]
    annual_reductions: tuple[float, ...]
    cumulative_reductions: tuple[float, ...]
    cumulative_reduction: float
    progress: float | None  # None where the target is not above zero
    path_progress: float
    lag: float | None  # The path's share of the effort less the progress
    remaining_reduction: float  # Negative when more than the target is done
    remaining_annual_rate: float | None  # That spread evenly over the years left; None when there are none
    # forecasts of the whole period: the mean rate so far, and the last year's rate, going on
    forecast_trend: float | None
    forecast_last: float | None
    light: Light
    reason: Words
    year_to_date: ToDateRecord | None
    # By judged year, where the three official levels are asked for; `light` is then that of the years so far
    levels: tuple[YearLevels, ...] | None = Field(default=None, exclude_if=_absent)


class PeakRecord(Record):
    """Emissions over the period, base year first: planned, and expected from today when every target is met."""

    planned_10kt: tuple[float, ...]
    expected_10kt: tuple[float, ...]
    # peaks: None when emissions are highest in the last year, not having peaked within the period
    planned_peak: int | None
    expected_peak: int | None
    asked: int | None  # The year by which they are to peak
    planned_in_time: bool | None
    expected_in_time: bool | None
    budget_10kt: float  # The sum over the years after the base year
    spent_10kt: float
    expected_total_10kt: float


class RegionTrack(Named, Standing):
    """One region: figures by year (base year first), where it stands, and what it is over (negative: under)."""

    emissions_10kt: tuple[float, ...]
    gdp_100m_yuan: tuple[float, ...]
    excess_10kt: float  # This year's emissions over its path at this year's GDP
    risk_10kt: float | None  # Those of the last year over its target if the mean rate so far goes on
    peak: PeakRecord
    budget: tuple[BudgetYear, ...] | None = Field(default=None, exclude_if=_absent)  # Years of the period
    outline: OutlineRecord | None = Field(default=None, exclude_if=_absent)  # On the map, where the scenario has one
    total: TotalOutlook | None = Field(default=None, exclude_if=_absent)  # None without a cap, or actual emissions


class ProvinceTrack(Standing):
    """The province, from the sums of its regions."""

    name: Words
    emissions_10kt: tuple[float, ...]
    gdp_100m_yuan: tuple[float, ...]
    on_path_reduction: float  # What it would have cut if every region were on its path, at the actual growth
    stated_reduction: float | None  # What its own row of the table says
    excess_10kt: float
    risk_10kt: float | None
    peak: PeakRecord
    budget: tuple[BudgetYear, ...] | None = Field(default=None, exclude_if=_absent)  # Years of the period
    total: TotalOutlook | None = Field(default=None, exclude_if=_absent)  # None without a cap, or actual emissions
    # Actual years and the budgets ahead against the year of `total.peak`
    total_peak: PeakBudgetsRecord | None = Field(default=None, exclude_if=_absent)


class NewTarget(Named):
    """One region in a new split of what remains."""

    done: float  # So far
    # targets: over the whole period
    old_target: float
    new_target: float
    # remaining, annual: of the years that are left, from today's level, and as even annual rates
    old_remaining: float
    new_remaining: float
    old_annual: float
    new_annual: float
    most_annual: float  # Its upper bound a year
    moved_10kt: float  # In the last year; positive: picks up
    can: bool


class PickUp(Record):
    """Who is relieved of what it cannot make any more, and who picks that up: region id -> 万吨 in the last year."""

    relieved_10kt: dict[str, float]
    picked_up_10kt: dict[str, float]  # Adds up to the same, but for what is not covered
    points: dict[str, float]  # By how much the remaining rate of each of them changes
    uncovered_10kt: float  # What nobody can pick up below the upper bounds


class ResplitRecord(Record):
    """What remains, split anew."""

    target: float  # What the province has left
    # The same by each of two targets, None without a cap on the total; a reserve may ask more than both
    of_intensity: float | None = Field(default=None, exclude_if=_absent)
    of_total: float | None = Field(default=None, exclude_if=_absent)
    sigma: float
    # implied: what old and new remaining rates give it
    old_implied: float
    old_short_10kt: float  # Negative: over
    new_implied: float | None
    new_over_10kt: float | None
    verdict: Verdict | None
    more_10kt: float
    less_10kt: float
    regions: tuple[NewTarget, ...]
    pick_up: PickUp
    left_out: tuple[str, ...]
    problem: tuple[Words, ...]  # Why there is no new split


class ProjectRoom(Record):
    """A region's room in one year, and what a project takes of it."""

    year: int
    room_10kt: float  # Allowed emissions less those expected without the project
    taken_10kt: float  # Its emissions less what its value added is allowed at the region's target intensity


class ProjectRecord(Record):
    """A major project against the room of its region."""

    name: str
    region: str
    emissions_10kt: float
    value_added_100m_yuan: float
    start: int
    intensity: float | None
    first: ProjectRoom
    last: ProjectRoom
    # eases: its intensity is not above the region's target intensities; fits: it takes room, and there is enough in its
    # first year and at the period's end; exceeds: there is not
    verdict: Literal["eases", "fits", "exceeds"]
    # annual: even rates of the rest of the region without and with it, the target held; None where no rate is enough
    annual_before: float
    annual_after: float | None
    most_annual: float
    short_10kt: float
    own_10kt: float  # What the region takes on in the last year within its upper bound a year; the rest is for others
    pick_up: PickUp | None


class OffsetSourceRecord(Record):
    """What is cut elsewhere for a project."""

    name: str
    region: str
    amount_10kt: float
    year: int
    counts: bool  # Whether it is there when the project starts


class OffsetRecord(Record):
    """A project and what makes up for its emissions, 万吨; it makes no room."""

    name: str
    region: str
    emissions_10kt: float
    ratio: float
    start: int
    need_10kt: float
    have_10kt: float
    left_10kt: float  # Below zero: missing
    verdict: Literal["covered", "short"]
    sources: tuple[OffsetSourceRecord, ...]


class TrackRecord(Measured):
    """A whole tracking: the targets and where they are from, the judged years, and everything found.

    `printed_rates` is whether rates were held against paths and targets as they are printed, with two decimals.
    """

    schema_version: Literal[1] = 1
    scenario: str
    title: Words
    basis: Words | None
    actuals_basis: Words | None
    base_year: int
    end_year: int
    years: tuple[int, ...]
    targets: str
    form: Literal["levels", "reductions"]
    printed_rates: bool = False
    path: PathRecord
    backed: bool
    implied_reduction: float
    margin: float
    held: tuple[YearRecord, ...]
    province: ProvinceTrack
    regions: tuple[RegionTrack, ...]
    resplit: ResplitRecord | None
    projects: tuple[ProjectRecord, ...]
    offsets: tuple[OffsetRecord, ...] | None = Field(default=None, exclude_if=_absent)
    notices: tuple[Words, ...]
    sources: tuple[Words, ...] | None = Field(default=None, exclude_if=_absent)  # As the scenario says them
    inputs: dict[str, str]
    options: tuple[str, ...]

    @property
    def levelled(self) -> bool:
        """Whether warnings are the official levels; lights stand for those of the years so far."""
        return self.province.levels is not None

    @property
    def year(self) -> int:
        """The last judged year, or the base year."""
        return self.years[-1] if self.years else self.base_year

    @property
    def years_left(self) -> int:
        """How many years of the period are left."""
        return self.end_year - self.year
