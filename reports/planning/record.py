"""plan.json: the machine-readable plan, from which every other output is made.

All rates are fractions; emissions in 万吨, GDP in 亿元, intensities in 吨/万元. Of a level (coal, oil) the file has no
GDP, growth and intensities (`reports.levels`), and a rate below zero is a rise.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer, model_validator

from reports.levels import of_level, with_growth, without_growth
from reports.mapping.record import OutlineRecord
from reports.proving.question import QuestionRecord
from reports.records import Listed, Measured, Named, Record, Verdict, _absent, regions_called
from reports.seal import Seal, seal
from reports.verifying.record import CapRecord, CityCapRecord, ProvinceRecord
from scenarios.errors import Said
from scenarios.file.book.slots import Path
from scenarios.file.publishing import Printed
from scenarios.file.track import PathKind
from scenarios.quantities import Quantity
from scenarios.schema_types import Words

Binding = Literal["", "lower", "upper"]


class IndicatorRecord(Record):
    """One indicator: its key, criterion, names, column, unit, direction, normaliser and weights."""

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
    # stated: as the scenario says them, the second only where it is given; inside: in the criterion; not in older files
    criterion_stated: float | None = Field(default=None, exclude_if=_absent)
    stated: float | None = Field(default=None, exclude_if=_absent)
    inside: float | None = Field(default=None, exclude_if=_absent)


class ProtectionRecord(Record):
    """The price of protection for `budget` regions: overshoot at nominal growth; None when there is no such split."""

    budget: float
    overshoot_points: float | None
    overshoot_10kt: float | None

    @property
    def overshoot_emissions(self) -> float | None:
        """The overshoot in 万吨, by the name it had in the Python API of 0.1.0."""
        return self.overshoot_10kt


class HoldRecord(Record):
    """What holds a region besides its bounds: a rule, its agreed rate, or that it keeps its rate of the round before.

    `reason`: that of the rule; None of a rate agreed in a round, whose remark the region's reason has.
    """

    id: str
    kind: Literal["rule", "agreed", "kept"]
    reason: Words | None = Field(default=None, exclude_if=_absent)


class RegionRecord(Named):
    """One region; `normalised`, `values` and `effects` follow the plan's list of indicators."""

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
    outside_order: bool = False  # Whether its published rate stands against the order that the table keeps
    lower: float
    upper: float
    binding: Binding
    rules: tuple[str, ...] = ()
    holds: tuple[HoldRecord, ...] | None = Field(default=None, exclude_if=_absent)  # Not in older files
    contribution: float  # Its share of what the province requires
    normalised: tuple[float, ...]
    values: tuple[float, ...] | None = Field(default=None, exclude_if=_absent)  # As read; not in older files
    effects: tuple[float, ...]  # What each adds to the reference rate, a fraction
    reason: Words
    decline: dict[str, float] | None = None
    incentive_step: float | None = Field(default=None, exclude_if=_absent)  # Least above the published rate
    incentive_rate: float | None = Field(default=None, exclude_if=_absent)
    published_incentive_rate: float | None = Field(default=None, exclude_if=_absent)
    last_rate: float | None = Field(default=None, exclude_if=_absent)  # That of the last period
    cap: CityCapRecord | None = Field(default=None, exclude_if=_absent)
    asked: tuple[str, ...] | None = Field(default=None, exclude_if=_absent)  # Ids of the questions about its figures
    base_share: float | None = Field(default=None, exclude_if=_absent)  # Of non-fossil energy, where such are asked
    outline: OutlineRecord | None = Field(default=None, exclude_if=_absent)  # On the map, where the scenario has one

    @property
    def agreed(self) -> bool:
        """Whether its rate was agreed."""
        return any(hold.kind == "agreed" for hold in self.holds or ())

    @property
    def kept(self) -> bool:
        """Whether it keeps its rate of the round before."""
        return any(hold.kind == "kept" for hold in self.holds or ())


class EnergyRecord(Record):
    """The account that base-year emissions come from."""

    table: str
    scope: str
    scope_words: Words
    option: str  # For electricity
    vintage: Words | None
    sum_10kt: float  # Of the cities
    province_10kt: float | None
    residual_10kt: float | None
    factors: tuple[str, ...]  # Each with its source


class EffortRecord(Record):
    """What a policy for city sums asks."""

    policy: str
    sigma: float
    target: float  # What the cities together must reach
    uniform_rate: float
    point_10kt: float  # What a point of the provincial rate is worth


class ReconciliationRecord(Record):
    """City sums against the province; policy, sum of the cities and provincial figure are by quantity."""

    target: float  # The province's own
    policies: dict[str, str]
    cities: dict[str, float]
    province: dict[str, float]
    residual: dict[str, float] | None
    chosen: EffortRecord  # What is asked now
    others: tuple[EffortRecord, ...]  # What every policy by itself would ask


class ReadCity(Listed):
    """One city as it was read."""

    emissions_10kt: float
    gdp_100m_yuan: float
    intensity: float
    share: float  # Of emissions
    growth_a_year: float
    asked: tuple[str, ...]  # Ids of the questions about it


class CheckRecord(Measured):
    """What `check` found; as in `ProvinceRecord`."""

    schema_version: Literal[1] = 1
    scenario: str
    regions: int  # How many
    emissions_10kt: float
    gdp_100m_yuan: float
    target: float
    margin: float
    sigma: float
    required: float
    uniform_rate: float
    point_10kt: float
    reach_lowest: float
    reach_highest: float
    reachable: bool
    total: CapRecord | None = Field(exclude_if=_absent)
    reconciliation: ReconciliationRecord | None = Field(exclude_if=_absent)
    cities: tuple[ReadCity, ...]
    notices: tuple[dict[str, object], ...]


class RatedRegion(Listed):
    """The two rates of a region."""

    rate: float
    published_rate: float


class PolicyEffort(Record):
    """What a policy asks, by the names `reconcile` has for it; as in `EffortRecord`."""

    sigma: float
    target: float
    uniform: float
    point_10kt: float


class PolicyRecord(Record):
    """The split under one policy for city sums, and why it is other or the same."""

    policy: str
    effort: PolicyEffort
    verdict: Verdict
    why: Words
    regions: tuple[RatedRegion, ...]


class PoliciesRecord(Record):
    """The split under several policies."""

    schema_version: Literal[1] = 1
    scenario: str
    policies: tuple[PolicyRecord, ...]


class ScenarioRecord(Measured):
    """Which scenario, with what settings."""

    name: str
    title: Words
    base_year: int
    end_year: int
    grid: float
    reference_map: str
    spread: float | None
    deviation: str
    path: PathKind | None = Field(default=None, exclude_if=_absent)  # Of the years, where it is not geometric
    path_weights: tuple[float, ...] | None = Field(default=None, exclude_if=_absent)  # Where it is given
    basis: Words | None
    notes: tuple[Words, ...]
    sources: tuple[Words, ...]
    energy: EnergyRecord | None = Field(default=None, exclude_if=_absent)
    reconciliation: ReconciliationRecord | None = Field(default=None, exclude_if=_absent)
    publish: Printed | None = Field(default=None, exclude_if=_absent)  # What the scenario says of the published table


class Provenance(Record):
    """What the result rests on."""

    inputs: dict[str, str]  # File name -> SHA-256
    versions: dict[str, str]
    options: tuple[str, ...]
    # `classes_gap` or `rounding_gap`: how far the table may be from the nearest, relative to it; `tightest`: whether no
    # table as near overshoots less; `proof`: found, or why there is none
    solver: dict[str, bool | int | float | str]
    created: str
    seed: int | None = None
    digest: Seal | None = None  # In a written plan.json


class LimitRecord(Record):
    """A rate that a rule sets for the region at `position`; it moves with the target where `follows` says so."""

    position: int
    rate: float
    follows: bool


class WhatIfRecord(Record):
    """What the page needs to split again under other settings; regions and indicators in the plan's order."""

    coefficients: tuple[float, ...]  # a
    within: tuple[float, ...]  # Weights inside the criteria
    # lower, upper: of all regions without bounds of their own
    lower: float
    upper: float
    own_lower: tuple[float | None, ...]
    own_upper: tuple[float | None, ...]
    most: tuple[float | None, ...]  # What decline factors cap the rates at
    # floors, ceilings, pairs (the first not below the second): the rules that amount to bounds
    floors: tuple[LimitRecord, ...]
    ceilings: tuple[LimitRecord, ...]
    pairs: tuple[tuple[int, int], ...]
    hindered_by: tuple[str, ...]  # Ids of the other rules, with which there is no closed form


class AgreedRecord(Record):
    """The table of rates that was agreed by hand, which stand as the published ones: its file and SHA-256."""

    table: str
    digest: str


class AboveRecord(Record):
    """The rate printed one level up that is the target: for which region, in which table."""

    scenario: str | None = Field(default=None, exclude_if=_absent)  # That the plan is of; None of any other table
    table: str
    region: str
    rate: float
    digest: str | None = Field(default=None, exclude_if=_absent)  # Seal of the plan; None of any other table


class BelowRecord(Named):
    """A region whose own members are split: what it asks of them, and what their printed rates give it."""

    plan: str | None = Field(exclude_if=_absent)  # Its plan.json, from this one; None where it has one member
    digest: str | None = Field(exclude_if=_absent)  # Seal of that
    printed: float  # The region's own rate
    asked: float  # Of its members: the printed rate, or the computed one
    implied: float
    sigma: float
    uniform_rate: float  # The rate that backs what is asked when every member takes it
    unchanged: float  # What its printed rate handed on to every member gives
    coefficient: float  # A: its weight in the composition of the whole
    overshoot_points: float  # Implied less asked
    point_10kt: float  # What a point of its rate stands for
    members: int
    verdict: Verdict


class TreeRecord(Record):
    """The province by the leaves of all levels: members of its regions, and regions without members."""

    implied_by_leaves: float
    sigma_leaves: float
    uniform_rate: float  # Backs the province when every leaf takes it
    unchanged: float  # What the province comes to where every region hands its printed rate on
    unchanged_10kt: float  # By how much that is over what is asked; below zero: short
    overshoot_points: tuple[float, float]  # From rounding the regions, and what the leaves add
    overshoot_10kt: tuple[float, float]
    verdict: Verdict
    not_backed: tuple[str, ...]  # Names of regions that their members do not back


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
    question: QuestionRecord | None = Field(default=None, exclude_if=_absent)  # In exact numbers; not in older files
    whatif: WhatIfRecord | None = Field(default=None, exclude_if=_absent)
    agreed: AgreedRecord | None = Field(default=None, exclude_if=_absent)  # Where the published rates were not computed
    below: tuple[BelowRecord, ...] | None = Field(default=None, exclude_if=_absent)  # Where there is a level below
    tree: TreeRecord | None = Field(default=None, exclude_if=_absent)
    above: AboveRecord | None = Field(default=None, exclude_if=_absent)  # Where the target was handed down

    @model_validator(mode="before")
    @classmethod
    def _of_level(cls, content: Any) -> Any:  # noqa: ANN401  (whatever a file holds)
        scenario = content.get("scenario") if isinstance(content, dict) else None
        said = scenario.get("quantity") if isinstance(scenario, dict) else None
        return with_growth(content) if of_level(said) else content

    @model_serializer(mode="wrap")
    def _less_of_level(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        content: dict[str, Any] = dump(self)
        return without_growth(content) if self.measured.stands_alone else content

    @property
    def measured(self) -> Quantity:
        """The quantity that its target is of."""
        return self.scenario.measured

    @property
    def setting_names(self) -> dict[Path, Said]:
        """What the scenario calls its criteria, indicators and regions, where settings are said in words."""
        names = regions_called(self.regions)
        for each in self.indicators:
            of = ("criteria", each.criterion)
            names[of] = each.criterion_label
            names[*of, "indicators", each.key] = each.label
        return names

    @property
    def uniform(self) -> float:
        """The rate of all when all do alike, fraction; of a share its rise."""
        province = self.province
        return province.uniform_rate if province.share is None else province.share.uniform_rise + province.margin

    def alike(self, region: RegionRecord) -> float:
        """Return the rate of a region when all do alike; of a share its own and the same rise for all."""
        return self.uniform + (region.base_share or 0.0)

    @property
    def own_seal(self) -> Seal | None:
        """The seal in its provenance."""
        return self.provenance.digest

    def sealed(self) -> PlanRecord:
        """Return the plan with its seal in its provenance."""
        provenance = self.provenance.model_copy(update={"digest": seal(self.model_dump(mode="json"))})
        return self.model_copy(update={"provenance": provenance})
