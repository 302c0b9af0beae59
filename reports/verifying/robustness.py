"""How uncertain growth may be before a table no longer backs the province or breaks its cap; exact, without a solver.

With base shares s and y, growth factors g with half-widths d, G = Σ y g, and the target R:

    c_i = s_i (1 - r_i) - (1 - R - margin) y_i       the table backs the province: Σ g_i c_i <= 0
    worst case with Γ regions at their worst         W(Γ) = Σ g_i c_i + the Γ largest d_i |c_i|

W is emissions of the last year over what the target allows, as a share of base-year emissions:
W ΣE in 万吨, W / G in points of the province's rate at nominal GDP of the last year.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from scenarios.load import Scenario
from scenarios.rules.uncertainty import half_widths

_STEP = 100
"""The number of regions that a table survives is stated in hundredths, rounded down."""


@dataclass(frozen=True)
class Robustness:
    """What a table bears."""

    regions: int  # How many there are
    # The largest number of regions whose growth may be at its worst at once, in hundredths, rounded down; None when
    # the table does not back the province at nominal growth either
    survives: Fraction | None
    nominal: Fraction  # W(0): minus the overshoot, as a share of base-year emissions
    swings: tuple[Fraction, ...]  # d_i |c_i|, largest first, length n
    points: Fraction  # What a share of base-year emissions is worth in points (as a fraction): 1/G
    emissions: Fraction  # The same in 万吨: ΣE
    with_reserve: Fraction | None = None  # Of a cap: as `survives`, with the reserve used up; None without one

    def worst(self, budget: Fraction) -> Fraction:
        """Return W(Γ), a share of base-year emissions; above zero the province is not backed."""
        whole = min(floor(budget), self.regions)
        total = self.nominal + sum(self.swings[:whole], Fraction(0))
        return total + (budget - whole) * self.swings[whole] if whole < self.regions else total

    @property
    def survives_all(self) -> bool:
        """Whether the table backs the province wherever growth lies in its intervals."""
        return self.survives == self.regions

    @property
    def worst_points(self) -> Fraction:
        """W(n) in points as a fraction: positive, what the province is short of at the worst."""
        return self.worst(Fraction(self.regions)) * self.points

    @property
    def worst_emissions(self) -> Fraction:
        """W(n) in 万吨."""
        return self.worst(Fraction(self.regions)) * self.emissions


def robustness(scenario: Scenario, rates: Sequence[Fraction]) -> Robustness | None:
    """Return what a table of n exact rates bears, or None where the scenario says nothing about uncertain growth."""
    regions = scenario.regions
    widths = half_widths(scenario.file, regions)
    if widths is None:
        return None
    emissions, gdp, growth = (tuple(map(Fraction, x)) for x in (regions.emissions, regions.gdp, regions.growth))
    total, product = sum(emissions, Fraction(0)), sum(gdp, Fraction(0))
    allowed = 1 - Fraction(scenario.target) - Fraction(scenario.file.margin)
    c = [e / total * (1 - r) - allowed * y / product for e, y, r in zip(emissions, gdp, rates, strict=True)]
    nominal = sum((g * x for g, x in zip(growth, c, strict=True)), Fraction(0))
    swings = tuple(sorted((d * abs(x) for d, x in zip(widths, c, strict=True)), reverse=True))
    factor = sum((y * g for y, g in zip(gdp, growth, strict=True)), Fraction(0)) / product
    return Robustness(len(regions), _survives(nominal, swings), nominal, swings, 1 / factor, total)


def total_robustness(
    scenario: Scenario, rates: Sequence[Fraction], room: Fraction, reserve: Fraction
) -> Robustness | None:
    """Return what a table bears before its emissions break the cap on the total; None without uncertain growth.

    `room`, `reserve`: what it leaves under the cap at nominal growth beside the reserve, and that, 万吨.
    W is in 万吨 here; only high growth is bad.
    """
    regions = scenario.regions
    widths = half_widths(scenario.file, regions)
    if widths is None:
        return None
    emissions = tuple(map(Fraction, regions.emissions))
    parts = zip(widths, emissions, rates, strict=True)
    swings = tuple(sorted((max(d * e * (1 - r), Fraction(0)) for d, e, r in parts), reverse=True))
    nothing_cut = sum((e * Fraction(g) for e, g in zip(emissions, regions.growth, strict=True)), Fraction(0))
    buffered = _survives(-room - reserve, swings) if reserve else None
    return Robustness(len(regions), _survives(-room, swings), -room, swings, 1 / nothing_cut, Fraction(1), buffered)


def _survives(nominal: Fraction, swings: Sequence[Fraction]) -> Fraction | None:
    """Return the largest Γ with W(Γ) <= 0, rounded down to hundredths."""
    if nominal > 0:
        return None
    room = -nominal
    for k, swing in enumerate(swings):
        if swing > room:
            return Fraction(floor((k + room / swing) * _STEP), _STEP)
        room -= swing
    return Fraction(len(swings))
