"""The verdict for programs: what the province was asked, and what a table of rates gives."""

from __future__ import annotations

from pydantic import Field

from reports.records import Record, Verdict, _absent
from scenarios.schema_types import Words


class RobustnessRecord(Record):
    """What a table bears when growth is off."""

    survives: float | None  # For how many regions at once; None when not backed at nominal growth either
    survives_all: bool
    worst_points: float  # Short by so much when all are at their worst; negative: still over
    worst_10kt: float


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


class ProvinceRecord(Record):
    """The province: what was asked, what the published table gives, and by how much it is over."""

    name: Words
    target: float
    margin: float
    sigma: float
    required: float  # Target + sigma + margin, the sum that the weighted rates must reach
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
