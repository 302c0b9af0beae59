"""track.json: the years after a split, from which its tables, sentences and pictures are made.

Rates, shares and lags are fractions; emissions in 万吨, GDP in 亿元.
"""

from __future__ import annotations

from typing import Literal

from reports.records import Named, Record, Verdict
from scenarios.schema_types import Words

Light = Literal["green", "yellow", "red"]


class PathRecord(Record):
    """The yearly path: its kind, and the share of the whole effort that is to be done by the end of each year, the
    first year after the base year first."""  # noqa: D205, D209

    kind: str
    shares: tuple[float, ...]


class YearRecord(Record):
    """One year of the paths: what the province must have cut since the base year, what the regions' paths give it at
    the planned growth, composition effect, and what is missing (万吨; negative: over). Where something is missing,
    `lifted_share` is the share of the effort that all regions would need to have done by then in place of
    `share`; None where even all of it is not enough."""  # noqa: D205, D209

    year: int
    required: float
    implied: float
    sigma: float
    short_10kt: float
    share: float
    lifted_share: float | None
    held: bool


class ToDateRecord(Record):
    """The year so far against the same quarters of the year before, and where the period stands if the whole year goes
    like that; the light judges that against the path at the end of this year."""  # noqa: D205, D209

    year: int
    quarter: int
    reduction: float
    annual_target: float
    cumulative_reduction: float
    light: Light
    reason: Words


class Standing(Record):
    """Where a region or the province stands.

    `path` and `annual_targets` are the cumulative and annual targets, `annual_reductions` and
    `cumulative_reductions` the actual ones, by year. `progress` is None where the target is not above zero.
    `lag` is the path's share of the effort less the progress. `remaining_reduction` is negative when
    more than the target is done; `remaining_annual_rate` spreads it evenly over the years that are left, None when
    there are none. The forecasts of the whole period let the mean rate so far, and the last year's rate, go on.
    """

    target: float
    path: tuple[float, ...]
    annual_targets: tuple[float, ...]
    annual_reductions: tuple[float, ...]
    cumulative_reductions: tuple[float, ...]
    cumulative_reduction: float
    progress: float | None
    path_progress: float
    lag: float | None
    remaining_reduction: float
    remaining_annual_rate: float | None
    forecast_trend: float | None
    forecast_last: float | None
    light: Light
    reason: Words
    year_to_date: ToDateRecord | None


class PeakRecord(Record):
    """Emissions over the period, base year first: planned, and expected from today when every target is met.

    A peak year is None when emissions are highest in the last year: then they have not peaked within the
    period. `asked` is the year by which they are to peak. The budget is the sum over the years after the base year.
    """

    planned_10kt: tuple[float, ...]
    expected_10kt: tuple[float, ...]
    planned_peak: int | None
    expected_peak: int | None
    asked: int | None
    planned_in_time: bool | None
    expected_in_time: bool | None
    budget_10kt: float
    spent_10kt: float
    expected_total_10kt: float


class RegionTrack(Named, Standing):
    """One region: figures by year (base year first), where it stands, and what it is over.

    `excess_10kt` is by how much this year's emissions are over its path at this year's GDP, `risk_10kt` by how
    much those of the last year will be over its target if the mean rate so far goes on (negative: under).
    """

    emissions_10kt: tuple[float, ...]
    gdp_100m_yuan: tuple[float, ...]
    excess_10kt: float
    risk_10kt: float | None
    peak: PeakRecord


class ProvinceTrack(Standing):
    """The province, from the sums of its regions; `stated_reduction` is what its own row of the table says.

    `on_path_reduction` is what it would have cut if every region were on its path, at the actual growth.
    `risk_10kt` as for a region, against the provincial target.
    """

    name: Words
    emissions_10kt: tuple[float, ...]
    gdp_100m_yuan: tuple[float, ...]
    on_path_reduction: float
    stated_reduction: float | None
    excess_10kt: float
    risk_10kt: float | None
    peak: PeakRecord


class NewTarget(Named):
    """One region in a new split of what remains.

    `done` so far; `old_remaining` what its old target leaves, `new_remaining` what the new split asks of the years that
    are left (both from today's level), with their even annual rates; `old_target` and `new_target` over the whole
    period; `moved_10kt` what that is in the last year (positive: picks up). `most_annual` is its upper bound a year.
    """

    done: float
    old_target: float
    new_target: float
    old_remaining: float
    new_remaining: float
    old_annual: float
    new_annual: float
    most_annual: float
    moved_10kt: float
    can: bool


class PickUp(Record):
    """Who is relieved of what it cannot make any more, and who picks that up: region id -> 万吨 in the last year.

    The two add up to the same, but for `uncovered_10kt`, what nobody can pick up below the upper bounds. `points` is by
    how much the remaining rate of each of them changes.
    """

    relieved_10kt: dict[str, float]
    picked_up_10kt: dict[str, float]
    points: dict[str, float]
    uncovered_10kt: float


class ResplitRecord(Record):
    """What remains, split anew: the province's remaining target, what old and new remaining rates give it,
    verdict on the new ones; `old_short_10kt` is what the old targets leave short of the province's
    (negative: over). `problem` says why there is no new split."""  # noqa: D205, D209

    target: float
    sigma: float
    old_implied: float
    old_short_10kt: float
    new_implied: float | None
    new_over_10kt: float | None
    verdict: Verdict | None
    more_10kt: float
    less_10kt: float
    regions: tuple[NewTarget, ...]
    pick_up: PickUp
    left_out: tuple[str, ...]
    problem: tuple[Words, ...]


class ProjectRoom(Record):
    """A region's room in one year: allowed emissions less those expected without the project, and what the project
    takes of it: its emissions less what its value added is allowed at the region's target intensity (万吨)."""  # noqa: D205, D209

    year: int
    room_10kt: float
    taken_10kt: float


class ProjectRecord(Record):
    """A major project against the room of its region.

    `eases`: its intensity is not above the region's target intensities; `fits`: it takes room, and there is enough in
    its first year and at the period's end; `exceeds`: there is not. `annual_before` and `annual_after` are the
    even annual rates of the rest of the region without and with it, the target held; None where no rate is enough.
    `own_10kt` is what the region itself takes on in the last year, within its upper bound a year; the rest is for the
    others.
    """

    name: str
    region: str
    emissions_10kt: float
    value_added_100m_yuan: float
    start: int
    intensity: float | None
    first: ProjectRoom
    last: ProjectRoom
    verdict: Literal["eases", "fits", "exceeds"]
    annual_before: float
    annual_after: float | None
    most_annual: float
    short_10kt: float
    own_10kt: float
    pick_up: PickUp | None


class TrackRecord(Record):
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
    notices: tuple[Words, ...]
    inputs: dict[str, str]
    options: tuple[str, ...]

    @property
    def year(self) -> int:
        """The last judged year, or the base year."""
        return self.years[-1] if self.years else self.base_year

    @property
    def years_left(self) -> int:
        """How many years of the period are left."""
        return self.end_year - self.year
