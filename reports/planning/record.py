"""plan.json: the machine-readable plan, from which every other output is made.

All rates are fractions; emissions in 万吨, GDP in 亿元, intensities in 吨/万元.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from reports.records import Named, Record, Verdict, _absent
from reports.seal import Seal, seal
from scenarios.schema_types import Words

Binding = Literal["", "lower", "upper"]


class IndicatorRecord(Record):
    """One indicator: its key, criterion, names, column, unit, direction, normaliser and weights.

    `criterion_stated` and `stated` are the weights of criterion and indicator as the scenario says them (the
    second only where they are given), `inside` is the weight inside the criterion; all three are absent in
    older files.
    """

    key: str
    criterion: str
    label: Words
    criterion_label: Words
    column: str
    unit: str
    direction: Literal["+", "-"]
    normaliser: str
    within: str
    criterion_weight: float
    weight: float
    criterion_stated: float | None = Field(default=None, exclude_if=_absent)
    stated: float | None = Field(default=None, exclude_if=_absent)
    inside: float | None = Field(default=None, exclude_if=_absent)


class RobustnessRecord(Record):
    """What a table bears when growth is off: for how many regions at once (None when it does not back the
    province at nominal growth either), whether for all, and by how much the province is short when all are
    at their worst (negative: still over)."""  # noqa: D205, D209

    survives: float | None
    survives_all: bool
    worst_points: float
    worst_10kt: float


class ProtectionRecord(Record):
    """The price of protection for `budget` regions: what the computed split exceeds the target by at
    nominal growth; None when there is no such split."""  # noqa: D205, D209

    budget: float
    overshoot_points: float | None
    overshoot_10kt: float | None


class IncentiveRecord(Record):
    """What the province was asked on top and what the published incentive rates give; as in `ProvinceRecord`.
    `reach_highest` is what the upper bounds allow."""  # noqa: D205, D209

    target: float
    required: float
    uniform_rate: float
    implied_reduction: float
    overshoot_points: float
    overshoot_10kt: float
    reach_highest: float
    verdict: Verdict
    checks: dict[str, bool]


class ProvinceRecord(Record):
    """The province: what was asked, what the published table gives, and by how much it is over.

    `required` is target + sigma + margin, the sum that the weighted rates must reach.
    """

    name: Words
    target: float
    margin: float
    sigma: float
    required: float
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


class RegionRecord(Named):
    """One region. `contribution` is its share of what the province requires; `normalised`, `values`
    (columns as read; absent in older files) and `effects` (points as fractions that an indicator adds to the
    reference rate) follow the plan's list of indicators; `outside_order`: its published rate stands against
    the order that the table keeps.
    An incentive rate stands at least `incentive_step` above the published one. `last_rate`: the last period's."""  # noqa: D205, D209

    emissions_10kt: float
    gdp_100m_yuan: float
    growth: float
    intensity: float
    target_intensity: float
    score: float
    rank: int
    reference_rate: float
    rate: float
    published_rate: float
    class_: int | None = Field(default=None, alias="class")
    outside_order: bool = False
    lower: float
    upper: float
    binding: Binding
    rules: tuple[str, ...] = ()
    contribution: float
    normalised: tuple[float, ...]
    values: tuple[float, ...] | None = Field(default=None, exclude_if=_absent)
    effects: tuple[float, ...]
    reason: Words
    decline: dict[str, float] | None = None
    incentive_step: float | None = Field(default=None, exclude_if=_absent)
    incentive_rate: float | None = Field(default=None, exclude_if=_absent)
    published_incentive_rate: float | None = Field(default=None, exclude_if=_absent)
    last_rate: float | None = Field(default=None, exclude_if=_absent)


class EnergyRecord(Record):
    """The account that base-year emissions come from: its table, scope, option for electricity, data vintage,
    the cities' sum, the province's own total and the residual (万吨), and every factor with its source."""  # noqa: D205, D209

    table: str
    scope: str
    scope_words: Words
    option: str
    vintage: Words | None
    sum_10kt: float
    province_10kt: float | None
    residual_10kt: float | None
    factors: tuple[str, ...]


class EffortRecord(Record):
    """What a policy for city sums asks: sigma of the province, what the cities together must reach, the equal rate
    that does it (fractions), and what a point of the provincial rate is worth (万吨)."""  # noqa: D205, D209

    policy: str
    sigma: float
    target: float
    uniform_rate: float
    point_10kt: float


class ReconciliationRecord(Record):
    """City sums against the province: its own `target`, policy, sum of the cities and provincial figure by quantity,
    the residual line, what is asked now and what every policy by itself would ask."""  # noqa: D205, D209

    target: float
    policies: dict[str, str]
    cities: dict[str, float]
    province: dict[str, float]
    residual: dict[str, float] | None
    chosen: EffortRecord
    others: tuple[EffortRecord, ...]


class ScenarioRecord(Record):
    """Which scenario, with what settings."""

    name: str
    title: Words
    base_year: int
    end_year: int
    grid: float
    reference_map: str
    spread: float | None
    deviation: str
    basis: Words | None
    notes: tuple[Words, ...]
    sources: tuple[str, ...]
    energy: EnergyRecord | None = Field(default=None, exclude_if=_absent)
    reconciliation: ReconciliationRecord | None = Field(default=None, exclude_if=_absent)


class Provenance(Record):
    """What the result rests on: input hashes, versions, options, and what the solver says: `classes_gap` or
    `rounding_gap`, how far the table may be from the nearest, relative to it; `tightest`, whether no table
    as near overshoots less; `digest` seals a written plan.json."""  # noqa: D205, D209

    inputs: dict[str, str]
    versions: dict[str, str]
    options: tuple[str, ...]
    solver: dict[str, bool | int | float | str]
    created: str
    seed: int | None = None
    digest: Seal | None = None


class LimitRecord(Record):
    """A rate that a rule sets for the region at `position`; it moves with the target where `follows` says so."""

    position: int
    rate: float
    follows: bool


class WhatIfRecord(Record):
    """What the page needs to split again under other settings; regions and indicators in the plan's order.

    `coefficients`: a. `within`: weights inside the criteria. `lower`, `upper`: the bounds of all regions
    without their own; `own_lower`, `own_upper`: those of the others. `most`: what decline factors cap
    the rates at. `floors`, `ceilings` and `pairs` (the first not below the second): the rules that amount
    to bounds; `hindered_by`: ids of those that do not, with which there is no closed form.
    """

    coefficients: tuple[float, ...]
    within: tuple[float, ...]
    lower: float
    upper: float
    own_lower: tuple[float | None, ...]
    own_upper: tuple[float | None, ...]
    most: tuple[float | None, ...]
    floors: tuple[LimitRecord, ...]
    ceilings: tuple[LimitRecord, ...]
    pairs: tuple[tuple[int, int], ...]
    hindered_by: tuple[str, ...]


class PlanRecord(Record):
    """A whole plan."""

    schema_version: Literal[1] = 1
    scenario: ScenarioRecord
    province: ProvinceRecord
    indicators: tuple[IndicatorRecord, ...]
    regions: tuple[RegionRecord, ...]
    notices: tuple[Words, ...]
    provenance: Provenance
    protection: tuple[ProtectionRecord, ...] | None = None
    whatif: WhatIfRecord | None = Field(default=None, exclude_if=_absent)

    @property
    def own_seal(self) -> Seal | None:
        """The seal in its provenance."""
        return self.provenance.digest

    def sealed(self) -> PlanRecord:
        """Return the plan with its seal in its provenance."""
        provenance = self.provenance.model_copy(update={"digest": seal(self.model_dump(mode="json"))})
        return self.model_copy(update={"provenance": provenance})
