"""Growth that is not known: how far each region's factor may be off, and what protection asks.

With base shares s and y, growth factors g with half-widths d, and the target R:

    c_i = s_i (1 - r_i) - (1 - R - margin) y_i      a split backs the province: Σ g_i c_i <= 0
    protected for Γ regions:                        Σ g_i c_i + the Γ largest d_i |c_i| <= 0

A fractional Γ takes that part of the next largest (Bertsimas and Sim, 2004).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from scenarios.errors import Collector, Place
from scenarios.file.rules import PROTECT
from scenarios.file.schema import ScenarioFile
from scenarios.rules.kinds import TIGHT, Demand
from scenarios.schema_types import Words
from scenarios.tables.regions import Regions


@dataclass(frozen=True)
class Protection(Demand):
    """Backed even when the growth of any Γ regions is at its worst; all tuples have length n."""

    # growth, half_widths: g and d
    growth: tuple[Fraction, ...]
    half_widths: tuple[Fraction, ...]
    # emission_shares, gdp_shares: s and y
    emission_shares: tuple[Fraction, ...]
    gdp_shares: tuple[Fraction, ...]
    allowed: Fraction  # 1 - R - margin: the intensity that is left, as a share of the base year's
    budget: Fraction  # Γ, between 0 and n

    judged: ClassVar[bool] = False
    lower_breaks: ClassVar[bool] = True

    def excess(self, rates: Sequence[Fraction]) -> Fraction:
        """Return the worst case of Σ g c: above zero when the table is not protected."""
        pairs = zip(self.emission_shares, self.gdp_shares, rates, strict=True)
        c = [s * (1 - r) - self.allowed * y for s, y, r in pairs]
        swings = sorted((d * abs(x) for d, x in zip(self.half_widths, c, strict=True)), reverse=True)
        total = sum((g * x for g, x in zip(self.growth, c, strict=True)), Fraction(0))
        for k, swing in enumerate(swings):
            total += swing * max(min(self.budget - k, Fraction(1)), Fraction(0))
        return total

    def failing(self, rates: Sequence[Fraction]) -> tuple[int, ...]:
        """Return all regions when the table is not protected."""
        return tuple(range(len(rates))) if self.excess(rates) > 0 else ()

    def tight(self, rates: Sequence[float]) -> set[int]:
        """Return all regions when there is nothing to spare."""
        spare = self.excess([Fraction(rate) for rate in rates]) < -Fraction(TIGHT)
        return set() if spare else set(range(len(rates)))


def half_widths(file: ScenarioFile, regions: Regions) -> tuple[Fraction, ...] | None:
    """Return d, how far each growth factor may be off, length n; None where nothing is said about it.

    A region's own `growth_margin` goes before the scenario's share of its growth factor.
    """
    share, own = file.growth_uncertainty, regions.growth_margins
    if share is None and not own:
        return None
    common = Fraction(share or 0)
    given: Sequence[Decimal | None] = own or (None,) * len(regions)
    return tuple(
        common * Fraction(g) if margin is None else Fraction(margin)
        for g, margin in zip(regions.growth, given, strict=True)
    )


def protection(
    file: ScenarioFile, target: Decimal, regions: Regions, budget: Decimal | Fraction | None
) -> Protection | None:
    """Return what protection for `budget` regions asks (None: for all); None without any uncertainty."""
    widths = half_widths(file, regions)
    if widths is None:
        return None
    emissions, gdp = tuple(map(Fraction, regions.emissions)), tuple(map(Fraction, regions.gdp))
    return Protection(
        id=PROTECT,
        reason=_reason(budget),
        growth=tuple(map(Fraction, regions.growth)),
        half_widths=widths,
        emission_shares=tuple(e / sum(emissions) for e in emissions),
        gdp_shares=tuple(y / sum(gdp) for y in gdp),
        allowed=1 - Fraction(target) - Fraction(file.margin),
        budget=Fraction(len(regions)) if budget is None else Fraction(budget),
    )


def asked_protection(
    file: ScenarioFile, target: Decimal, regions: Regions, collector: Collector
) -> tuple[Protection, ...]:
    """Return the protection that a scenario asks for, if any; one that cannot be is noted."""
    if file.protect is None:
        return ()
    place = Place(key=PROTECT)
    budget = None if file.protect == "all" else Decimal(file.protect)
    if budget is not None and budget > len(regions):
        collector.error("protect_too_many", place, found=f"{budget:f}", regions=len(regions))
    made = protection(file, target, regions, budget)
    if made is None:
        collector.error("protect_without", place)
        return ()
    return (made,)


def _reason(budget: Decimal | Fraction | None) -> Words:
    if budget is None:
        return Words(zh="防护：所有地区的增长同时最不利", en="protected when the growth of all regions is at its worst")
    number = f"{float(budget):g}"
    return Words(
        zh=f"防护：任意 {number} 个地区的增长同时最不利",
        en=f"protected when the growth of any {number} region(s) is at its worst",
    )
