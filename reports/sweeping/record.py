"""sweep.json: what a sweep found, from which its tables, pictures and pages are made.

Rates, weights and shares are fractions; emissions in 万吨.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from reports.records import Named, Record, _absent
from reports.seal import Seal
from scenarios.schema_types import Words

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""The quantiles of every region's rates."""

STANDS = 0.95
"""A class stands when it holds in so large a share of the samples."""


class DesignRecord(Record):
    """What was sampled.

    `samples` is the number of splits; `refused` samples had a reference rate not above zero, `unreached`
    ones bounds that do not allow the target. `misfit` is the largest departure of any split from its
    backing row, `held_against_model` how many were computed again by the linear programs of record,
    and `worst_difference` the largest difference found. `compared_pairs` samples were looked at pair by
    pair (0: too many regions).
    """

    sampler: str
    concentration: float | None
    fixed: dict[str, float]
    over: tuple[str, ...]
    seed: int
    samples: int
    refused: int
    unreached: int
    closed_form: bool
    misfit: float
    held_against_model: int
    worst_difference: float
    compared_pairs: int


class CriterionRecord(Record):
    """A criterion and its weight in the plan."""

    key: str
    label: Words
    weight: float


class ClassRecord(Record):
    """A class, 1 the highest: its rate in the plan (the mean where classes are proposed), and the rates that count
    as it: above `lowest`, up to `highest`; None at the open ends."""  # noqa: D205, D209

    number: int
    rate: float
    lowest: float | None
    highest: float | None


class RadiusRecord(Record):
    """The smallest change of criterion weights that moves a region to another class: how much weight changes hands
    (half the sum of all changes), the weights that do it, and the class it moves to. `shift` is enough; with less
    than `lower` the region certainly stays. Where both are the same the radius is exact, where `lower` is 0 nothing
    is certain."""  # noqa: D205, D209

    shift: float
    lower: float = 0.0
    weights: tuple[float, ...]
    to_class: int

    @property
    def exact(self) -> bool:
        """Whether no less weight is enough."""
        return self.shift - self.lower <= 1e-6


class SwingRecord(Record):
    """The rates of a region when one criterion's weight goes half-way to nothing and half-way to everything."""

    criterion: str
    weight_low: float
    weight_high: float
    rate_low: float
    rate_high: float


class RegionSweep(Named):
    """One region under all samples.

    `rate` is the plan's computed and `published_rate` its printed rate; `class_` the class of the computed
    rate. `shares` (of samples in each class) and `central_weights` (their mean criterion weights, None where
    there are none) go from class 1 on; `stands` is the share of its own class. `at_lower` and `at_upper`
    are the shares at a bound. `point_10kt` is what one point of its rate is worth, 万吨. `radius` is None
    where no criterion weights were found that move it. `first` and `total` are its Sobol indices, by
    criterion.
    """

    rate: float
    published_rate: float
    class_: int
    point_10kt: float
    mean: float
    quantiles: tuple[float, ...]
    lowest: float
    highest: float
    shares: tuple[float, ...]
    stands: float
    central_weights: tuple[tuple[float, ...] | None, ...]
    at_lower: float
    at_upper: float
    histogram: tuple[int, ...]
    radius: RadiusRecord | None
    swings: tuple[SwingRecord, ...]
    first: tuple[float, ...]
    total: tuple[float, ...]

    @property
    def stable(self) -> bool:
        """Whether the region keeps its class in nearly all samples."""
        return self.stands >= STANDS


class PairRecord(Record):
    """Two regions (by id) whose order flips: the share of samples in which `a` gets the higher rate, and whether the
    plan gives it so."""  # noqa: D205, D209

    a: str
    b: str
    a_higher: float
    a_higher_in_plan: bool


class CaseRecord(Record):
    """One named choice computed beside the samples.

    `kind`: plan, preference, without_indicator, without_region. `rates` and `classes` follow the list of regions,
    None for one left out; `published` likewise where the rates were rounded. `problem` says why there is no
    split; rates are then empty.
    """

    kind: Literal["plan", "preference", "without_indicator", "without_region"]
    key: str
    label: Words
    weights: tuple[float, ...]
    rates: tuple[float | None, ...]
    classes: tuple[int | None, ...]
    published: tuple[float | None, ...] | None
    problem: Words | None


class MapPoint(Record):
    """One point of the map over the weights: criterion weights and all regions' rates."""

    weights: tuple[float, ...]
    rates: tuple[float, ...]


class SweepRecord(Record):
    """A whole sweep.

    `histogram_edges` are the edges of the bins of every region's histogram. `moved` is the share of samples by how
    many regions left their class (none, one, …), `tables_kept` the share in which nobody did. `rounded_kept` is
    the share, among `rounded_samples`, in which the rounded and classed table is the plan's, `rounded_changed` how many
    printed rates differ on average. `point_10kt` is what
    a point of the province's rate is worth. `map` holds the rates on a lattice of criterion weights (three
    criteria or fewer). `inputs` are the hashes of the files read. Nothing in it depends on when, where and in
    how many pieces it was computed.
    `digest` seals a written sweep.json.
    """

    schema_version: Literal[1] = 1
    scenario: str
    title: Words
    basis: Words | None
    target: float
    point_10kt: float
    design: DesignRecord
    criteria: tuple[CriterionRecord, ...]
    classes: tuple[ClassRecord, ...]
    classes_published: bool
    histogram_edges: tuple[float, ...]
    regions: tuple[RegionSweep, ...]
    pairs: tuple[PairRecord, ...]
    moved: tuple[float, ...]
    tables_kept: float
    rounded_samples: int
    rounded_kept: float
    rounded_changed: float
    cases: tuple[CaseRecord, ...]
    map: tuple[MapPoint, ...]
    notices: tuple[Words, ...]
    inputs: dict[str, str]
    versions: dict[str, str]
    options: tuple[str, ...]
    digest: Seal | None = Field(default=None, exclude_if=_absent)
