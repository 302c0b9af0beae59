"""The composition effect and the implied reduction of two levels, exact.

With A the weight of a region in the province's composition (E g / Σ Y g over Σ E / Σ Y) and σ the province's own:

    sigma of the leaves    σ + Σ A σ_c
    implied by the leaves  Σ A R_c - σ,  R_c what its members give a region, its own rate where it has none
    handed on unchanged    R_c = r_c - σ_c (1 - r_c)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from reports.verifying.verification import Verification
from scenarios.load import Scenario


@dataclass(frozen=True)
class Leaves:
    """A province by its leaves; fractions, exact."""

    implied: Fraction
    sigma: Fraction
    unchanged: Fraction  # Implied where every region hands its own rate on
    uniform: Fraction  # The rate that backs what is asked when every leaf takes it
    over: Fraction  # Implied less target and margin
    point_10kt: Fraction
    over_of_leaves: Fraction  # What the leaves add to what the regions' own rates give

    @property
    def backed(self) -> bool:
        """Whether the leaves back the province."""
        return self.over >= 0


def by_leaves(scenario: Scenario, own: Verification, below: Mapping[int, Verification]) -> Leaves:
    """Return a province by its leaves.

    `own`: the judgement on its regions' rates; `below`: that on the members of each region that has some.
    """
    weights, rates = scenario.baseline.exact_coefficients, tuple(map(Fraction, own.rates))
    implied = _by(weights, [below[n].implied_reduction if n in below else r for n, r in enumerate(rates)], own.sigma)
    sigmas = [below[n].sigma if n in below else Fraction(0) for n in range(len(rates))]
    sigma = own.sigma + sum((a * s for a, s in zip(weights, sigmas, strict=True)), Fraction(0))
    asked = own.target + own.margin
    return Leaves(
        implied=implied,
        sigma=sigma,
        unchanged=_by(weights, [unchanged(r, s) for r, s in zip(rates, sigmas, strict=True)], own.sigma),
        uniform=(asked + sigma) / (1 + sigma),
        over=implied - asked,
        point_10kt=own.point_worth,
        over_of_leaves=implied - own.implied_reduction,
    )


def unchanged(rate: Fraction | Decimal, sigma: Fraction) -> Fraction:
    """Return what a region comes to whose members all take its own rate."""
    return Fraction(rate) - sigma * (1 - Fraction(rate))


def _by(weights: Sequence[Fraction], reductions: Sequence[Fraction], sigma: Fraction) -> Fraction:
    return sum((a * r for a, r in zip(weights, reductions, strict=True)), Fraction(0)) - sigma
