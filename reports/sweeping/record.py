"""sweep.json: what a sweep found, from which its tables, pictures and pages are made.

Rates, weights and shares are fractions; emissions in 万吨.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from reports.records import Measured, Named, Record, _absent, regions_called
from reports.seal import Seal
from scenarios.errors import Said
from scenarios.file.book.slots import Path
from scenarios.schema_types import Words

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""The quantiles of every region's rates."""

STANDS = 0.95
"""A class stands when it holds in so large a share of the samples."""


class DesignRecord(Record):
    """What was sampled."""

    sampler: str
    concentration: float | None
    fixed: dict[str, float]
    over: tuple[str, ...]
    seed: int
    samples: int  # That have a split
    refused: int  # Samples with a reference rate not above zero
    unreached: int  # Samples with bounds that do not allow the target
    closed_form: bool
    misfit: float  # The largest departure of any split from its backing row
    held_against_model: int  # Splits computed again by the linear programs of record
    worst_difference: float  # The largest then found
    compared_pairs: int  # Samples looked at pair by pair; 0: too many regions


class CriterionRecord(Record):
    """A criterion and its weight in the plan."""

    key: str
    label: Words
    weight: float


class ClassRecord(Record):
    """A class, 1 the highest, and the rates that count as it: above `lowest`, up to `highest`; None: open ends."""

    number: int
    rate: float  # In the plan; the mean where classes are proposed
    lowest: float | None
    highest: float | None


class RadiusRecord(Record):
    """The smallest change of criterion weights that moves a region to another class."""

    shift: float  # How much weight changing hands is enough: half the sum of all changes
    lower: float = 0.0  # With less the region certainly stays; 0: nothing is certain
    weights: tuple[float, ...]  # Those that do it
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
    """One region under all samples."""

    rate: float  # The plan's computed one
    published_rate: float  # The plan's
    class_: int  # Of the computed rate
    point_10kt: float  # What one point of its rate is worth
    mean: float
    quantiles: tuple[float, ...]
    lowest: float
    highest: float
    shares: tuple[float, ...]  # Of samples in each class, from class 1 on
    stands: float  # That of its own class
    central_weights: tuple[tuple[float, ...] | None, ...]  # Their mean criterion weights; None without samples
    # at_lower, at_upper: shares at a bound
    at_lower: float
    at_upper: float
    histogram: tuple[int, ...]
    radius: RadiusRecord | None  # None where no criterion weights were found that move it
    swings: tuple[SwingRecord, ...]
    # first, total: Sobol indices, by criterion
    first: tuple[float, ...]
    total: tuple[float, ...]

    @property
    def stable(self) -> bool:
        """Whether the region keeps its class in nearly all samples."""
        return self.stands >= STANDS


class PairRecord(Record):
    """Two regions, by id, whose order flips."""

    a: str
    b: str
    a_higher: float  # In this share of the samples
    a_higher_in_plan: bool


class CaseRecord(Record):
    """One named choice computed beside the samples; by region, None for one left out."""

    kind: Literal["plan", "preference", "without_indicator", "without_region"]
    key: str
    label: Words
    weights: tuple[float, ...]
    rates: tuple[float | None, ...]  # Empty without a split
    classes: tuple[int | None, ...]
    published: tuple[float | None, ...] | None  # Where the rates were rounded
    problem: Words | None  # Why there is no split


class MapPoint(Record):
    """One point of the map over the weights: criterion weights and all regions' rates."""

    weights: tuple[float, ...]
    rates: tuple[float, ...]


class SweepRecord(Measured):
    """A whole sweep; nothing in it depends on when, where and in how many pieces it was computed."""

    schema_version: Literal[1] = 1
    scenario: str
    title: Words
    basis: Words | None
    target: float
    asked: float | None = Field(default=None, exclude_if=_absent)  # What both targets need at planned growth, if more
    point_10kt: float  # What a point of the province's rate is worth
    design: DesignRecord
    criteria: tuple[CriterionRecord, ...]
    classes: tuple[ClassRecord, ...]
    classes_published: bool
    histogram_edges: tuple[float, ...]  # Of the bins of every region's histogram
    regions: tuple[RegionSweep, ...]
    pairs: tuple[PairRecord, ...]
    moved: tuple[float, ...]  # Share of samples by how many regions left their class: none, one, …
    tables_kept: float  # The share in which nobody did
    rounded_samples: int
    rounded_kept: float  # Share of these in which the rounded and classed table is the plan's
    rounded_changed: float  # How many printed rates differ on average
    cases: tuple[CaseRecord, ...]
    map: tuple[MapPoint, ...]  # A lattice of criterion weights, of three criteria or fewer
    notices: tuple[Words, ...]
    inputs: dict[str, str]  # File name -> SHA-256
    versions: dict[str, str]
    options: tuple[str, ...]
    digest: Seal | None = Field(default=None, exclude_if=_absent)  # Seals a written sweep.json

    @property
    def setting_names(self) -> dict[Path, Said]:
        """What the scenario calls its criteria and regions, where settings are said in words."""
        return regions_called(self.regions) | {("criteria", each.key): each.label for each in self.criteria}
