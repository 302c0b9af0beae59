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

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from scenarios.errors import Collector, Place
from scenarios.file.schema import ScenarioFile
from scenarios.sense.asking import Answers, question
from scenarios.tables.cells import per_cent
from scenarios.tables.regions import Regions
from scenarios.total.cap import level_target

_WHOLE = Decimal("0.9999")
"""No bound may be 100 %: from here on there is none."""
_FINE = 10**12
"""Of one, to which a share of the base year is rounded up as a bound."""
_PARTS = 10**10
"""Of one, to which the reduction is rounded up."""


class Meant(NamedTuple):
    """What a scenario asks of its regions, once its cap or share is known."""

    file: ScenarioFile
    regions: Regions
    share: Share | None


def asked_of(
    scenario: ScenarioFile, regions: Regions, split: bool, answers: Answers, collector: Collector, place: Place
) -> Meant:
    """Return a scenario whose target is the reduction that its cap, or its share, comes to; and the share.

    `split`: whether cities are to be asked: a share then stays one, of the energy of the last year. A share below that
    of the base year is asked about at `place`, that of the target: a rise may be meant.
    """
    if scenario.measured.is_level and scenario.total is not None:
        return Meant(scenario.model_copy(update={"target": level_target(scenario.total, regions)}), regions, None)
    if scenario.quantity != "nonfossil":
        return Meant(scenario, regions, None)
    share = Share.of(regions, scenario.target)
    if share.rise < 0:
        target, base = f"{(scenario.target * 100).normalize():f}", per_cent(share.base)
        said = {"target": target, "base": base, "sum": per_cent(share.target + share.base)}
        answers.ask([question("share_falls", "share-falls", place, **said)], collector)
    if split:
        return Meant(scenario, share.split(regions, collector), share)
    return Meant(scenario.model_copy(update={"target": share.as_target}), regions, share)


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

    def split(self, regions: Regions, collector: Collector) -> Regions:
        """Return regions whose rates are shares of the last year: weighed by its energy, not below the base year's.

        A share of the base year above the upper bound goes to `collector`.
        """
        ends = regions.ends or tuple(n * g for n, g in zip(regions.gdp, regions.growth, strict=True))
        own = (Decimal(ceil(share * _FINE)) / _FINE for share in self.shares)
        lower = tuple(max(pair) for pair in zip(regions.lower, own, strict=True))
        upper = tuple(Decimal(1) if high >= _WHOLE else high for high in regions.upper)
        for name, low, high in zip(regions.names, lower, upper, strict=True):
            if low > high:
                found = f"{float(low) * 100:.2f}"
                collector.error(
                    "share_above_upper", Place(key="bounds"), name=name, found=found, upper=f"{high * 100:f}"
                )
        return replace(
            regions,
            emissions=ends,
            gdp=ends,
            growth=(Decimal(1),) * len(ends),
            lower=lower,
            upper=upper,
            growth_margins=(),
        )

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
