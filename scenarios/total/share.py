"""The share of non-fossil energy (非化石能源消费占比): what it asks, exact.

With energy N_i, non-fossil energy Z_i and shares φ_i = Z_i/N_i of the base year, weights w_iT of last year's energy:

    asked               Σ w_iT φ_iT >= Φ
    composition effect  τ = Σ (w_iT - w_i0) φ_i0
    uniform rise        Φ - φ_P0 - τ
    as a reduction      R_F = 1 - (1 - Φ)/(1 - φ_P0), of fossil energy per energy

Energy of the last year is what the column `energy_end` says, else N_i g_i (1 - ρ), with g of GDP; one ρ for all cities
does not change the weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil

from scenarios.file.schema import ScenarioFile
from scenarios.tables.regions import Regions
from scenarios.total.cap import level_target

_PARTS = 10**10
"""Of one, to which the reduction is rounded up."""


def asked_of(scenario: ScenarioFile, regions: Regions) -> tuple[ScenarioFile, Share | None]:
    """Return a scenario whose target is the reduction that its cap, or its share, comes to; and the share."""
    if scenario.measured.is_level and scenario.total is not None:
        return scenario.model_copy(update={"target": level_target(scenario.total, regions)}), None
    if scenario.quantity != "nonfossil":
        return scenario, None
    share = Share.of(regions, scenario.target)
    return scenario.model_copy(update={"target": share.as_target}), share


@dataclass(frozen=True)
class Share:
    """What a share asks of a province; fractions, exact."""

    target: Fraction  # Φ
    energy: tuple[Fraction, ...]  # N, 万吨标准煤
    fossil: tuple[Fraction, ...]  # N - Z
    ends: tuple[Fraction, ...]  # Energy of the last year, but for a factor common to all

    @classmethod
    def of(cls, regions: Regions, target: Decimal) -> Share:
        """Return the share that the regions of such a scenario are asked for: fossil energy over energy."""
        energy, fossil, growth = (tuple(map(Fraction, x)) for x in (regions.gdp, regions.emissions, regions.growth))
        grown = tuple(n * g for n, g in zip(energy, growth, strict=True))
        return cls(Fraction(target), energy, fossil, tuple(map(Fraction, regions.ends)) or grown)

    @property
    def base(self) -> Fraction:
        """φ_P0."""
        return 1 - sum(self.fossil, Fraction(0)) / sum(self.energy, Fraction(0))

    @property
    def rise(self) -> Fraction:
        """By how much the province's share must rise."""
        return self.target - self.base

    @property
    def weights(self) -> tuple[Fraction, ...]:
        """Each region's part of the last year's energy."""
        whole = sum(self.ends, Fraction(0))
        return tuple(end / whole for end in self.ends)

    @property
    def shares(self) -> tuple[Fraction, ...]:
        """φ of each region in the base year."""
        return tuple(1 - f / n for f, n in zip(self.fossil, self.energy, strict=True))

    @property
    def composition(self) -> Fraction:
        """τ, the composition effect: below zero where regions with little non-fossil energy gain weight."""
        end = sum((w * share for w, share in zip(self.weights, self.shares, strict=True)), Fraction(0))
        return end - self.base

    @property
    def uniform_rise(self) -> Fraction:
        """The rise that suffices when every region takes it."""
        return self.rise - self.composition

    @property
    def as_reduction(self) -> Fraction:
        """R_F: the reduction of fossil energy per energy that the share comes to."""
        return 1 - (1 - self.target) / (1 - self.base)

    @property
    def as_target(self) -> Decimal:
        """R_F rounded up."""
        return Decimal(ceil(self.as_reduction * _PARTS)) / _PARTS
