"""The arithmetic of the province: shares, growth, composition effect, reach.

With base shares s = E/ΣE and y = Y/ΣY, growth factors g and G = Σ y g:

    a_i = s_i g_i / G        sigma = Σ a_i - 1
    implied reduction of a split r:   Σ a_i r_i - sigma
    a split backs the province:       Σ a_i r_i >= max(R + margin + m_B, R_C) + sigma

R_C is the reduction that a cap on the province's total is worth, m_B what its reserve asks (`scenarios.total.cap`);
without a cap R + margin stands.

Computed once in exact rationals; the float arrays are their nearest doubles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from scenarios.tables.regions import Regions
from scenarios.total.cap import Total

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Baseline:
    """Base year and growth of a province of n regions."""

    emissions: Array  # E, 万吨, shape (n,)
    gdp: Array  # Y, 亿元, shape (n,)
    growth: Array  # g, shape (n,)
    coefficients: Array  # a, shape (n,), all positive
    exact_coefficients: tuple[Fraction, ...]  # a as rationals
    sigma: float  # Composition effect, fraction
    # target, margin: R and the margin asked on top of it, fractions
    target: float
    margin: float
    asked: Fraction  # max(R + margin + m_B, R_C): the reduction that both targets need
    asks_more: bool  # Whether the cap on the total, or its reserve, asks more of the cities than target and margin
    total: Total | None  # The cap on the province's total, None without one
    total_binds: bool  # Whether it asks more than target and margin
    required: float  # asked + sigma: what Σ a r must reach
    exact_required: Fraction  # The same as a rational

    @classmethod
    def of(cls, regions: Regions, target: Decimal, margin: Decimal, total: Total | None = None) -> Baseline:
        """Return the baseline of `regions` for a provincial target, margin and total."""
        e, y, g = (tuple(map(Fraction, values)) for values in (regions.emissions, regions.gdp, regions.growth))
        end_gdp = _sum(yi * gi for yi, gi in zip(y, g, strict=True))
        weight = _sum(y) / (_sum(e) * end_gdp)
        a = tuple(ei * gi * weight for ei, gi in zip(e, g, strict=True))
        sigma = _sum(a) - 1
        asked = own = alone = Fraction(target) + Fraction(margin)
        if total is not None:
            own += total.burden(1 / weight, end_gdp, 1 - own)
            asked = max(own, total.worth(1 / weight))
        return cls(
            emissions=_floats(e),
            gdp=_floats(y),
            growth=_floats(g),
            coefficients=_floats(a),
            exact_coefficients=a,
            sigma=float(sigma),
            target=float(target),
            margin=float(margin),
            asked=asked,
            asks_more=asked > alone,
            total=total,
            total_binds=asked > own,
            required=float(asked + sigma),
            exact_required=asked + sigma,
        )

    @property
    def intensity(self) -> Array:
        """Base-year carbon intensity E/Y of each region, 吨/万元, shape (n,)."""
        return self.emissions / self.gdp

    @property
    def point_worth(self) -> float:
        """Emissions in the last year that one point of the provincial rate stands for, 万吨."""
        intensity = float(self.emissions.sum() / self.gdp.sum())
        return 0.01 * intensity * float(self.gdp @ self.growth)

    @property
    def uniform_rate(self) -> float:
        """The rate that backs the target when every region takes it: (asked + sigma)/(1 + sigma)."""
        return self.required / (1 + self.sigma)

    def implied_reduction(self, rates: Array) -> float:
        """Return the provincial reduction Σ a r - sigma that a split implies, fraction."""
        return float(self.coefficients @ rates) - self.sigma


@dataclass(frozen=True)
class Reach:
    """What the bounds allow the province, fractions: Σ a l - sigma and Σ a u - sigma."""

    lowest: float
    highest: float


def reach(baseline: Baseline, lower: Sequence[Decimal | Fraction], upper: Sequence[Decimal | Fraction]) -> Reach:
    """Return the lowest and highest provincial reduction between the bounds; no solver needed."""
    low, high = (np.array(values, dtype=float) for values in (lower, upper))
    return Reach(baseline.implied_reduction(low), baseline.implied_reduction(high))


def _sum(values: Iterable[Fraction]) -> Fraction:
    return sum(values, Fraction(0))


def _floats(values: Sequence[Fraction]) -> Array:
    return np.array([float(value) for value in values])
