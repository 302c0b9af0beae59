"""Figures of one split of the target by four principles; what only decorates is left out.

With E, Y, P, g emissions, GDP, people and growth, a the coefficients of the coupling row and r the rates:

    gini_head       of the cut per head b = E g r/P, weighted by people; reads beside its value under equal rates
    kakwani         concentration index of the cut, people in the order of GDP per head, less the Gini coefficient of
                    GDP; above zero: rich places bear more than their share of GDP
    objections      ordered pairs: i no richer, no dirtier (E/Y), no higher per head than j, and r_i > r_j
    high_intensity  Σ a r of regions above the province's intensity over Σ a r of all; reads less that of equal rates
    loss2           points of the province's rate that are lost when the two worst regions' growth is off by 5 %
    use             max ln(1-r)/ln(1-u), u what potentials allow: how much of its potential a region needs
    pace            max ln(1-r)/ln(1-r_last): how much faster than in the last period a region must cut
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

OFF = 0.05
"""By how much the growth of two regions is off."""
WORST = 2
"""How many regions' growth is off."""
NEARLY_ALL = 0.9
"""Use of the potential above which a region counts as at its end."""
_ROUNDS = 50


@dataclass(frozen=True, eq=False)
class Places:
    """What the figures need of n regions, shapes (n,)."""

    emissions: Array
    gdp: Array
    growth: Array
    people: Array | None  # In any unit; None where it is not given

    @property
    def ends(self) -> Array:
        """Emissions of the last year at the base year's intensity."""
        return self.emissions * self.growth

    @property
    def intensity(self) -> Array:
        """Emissions per GDP."""
        return self.emissions / self.gdp


def gini_head(places: Places, rates: Array) -> float | None:
    """Return the Gini coefficient of the cut per head; None without people, or where somebody may rise."""
    if places.people is None or (rates < 0).any() or not (rates > 0).any():
        return None
    return _gini(places.ends * rates / places.people, places.people / places.people.sum())


def kakwani(places: Places, rates: Array) -> float | None:
    """Return the Kakwani index of the cut; None likewise."""
    if places.people is None or (rates < 0).any() or not (rates > 0).any():
        return None
    shares, wealth = places.people / places.people.sum(), places.gdp / places.people
    return _concentration(places.ends * rates, shares, wealth) - _concentration(places.gdp, shares, wealth)


def objections(places: Places, rates: Sequence[Fraction]) -> int | None:
    """Return how many ordered pairs could object to exact rates; None without people."""
    if places.people is None:
        return None
    order = np.array([sorted(set(rates)).index(rate) for rate in rates])
    traits = (places.gdp / places.people, places.intensity, places.emissions / places.people)
    no_more = np.logical_and.reduce([x[:, None] <= x[None, :] for x in traits])
    return int((no_more & (order[:, None] > order[None, :])).sum())


def high_intensity(places: Places, rates: Array) -> float | None:
    """Return the part of the cut that falls on regions above the province's intensity, a fraction; None of no cut."""
    cut = places.ends * rates
    if cut.sum() <= 0:
        return None
    high = places.intensity > places.emissions.sum() / places.gdp.sum()
    return float(cut[high].sum() / cut.sum())


def loss2(places: Places, rates: Array) -> float:
    """Return by how much the province's rate falls when the growth of two regions is off by 5 %, a fraction.

    The least rate over all pairs: where the rate is R a region moves it by |s g (1-r) - (1-R) y g|, the two that move
    it most are off, and the rate is taken anew, until it stands.
    """
    s, y = places.emissions / places.emissions.sum(), places.gdp / places.gdp.sum()
    left, whole = s * places.growth * (1 - rates), y * places.growth
    planned = rate = 1 - float(left.sum() / whole.sum())
    for _ in range(_ROUNDS):
        moved = left - (1 - rate) * whole
        worst = np.argsort(-np.abs(moved), kind="stable")[:WORST]
        off = np.ones_like(left)
        off[worst] += OFF * np.sign(moved[worst])
        lower = 1 - float((off * left).sum() / (off * whole).sum())
        if lower >= rate:
            break
        rate = lower
    return planned - rate


def use(rates: Array, potentials: Array) -> tuple[float, int] | None:
    """Return the largest use of a potential (fractions, shape (n,)) and how many are nearly used up; None without."""
    if (potentials <= 0).any() or (potentials >= 1).any() or (rates >= 1).any():
        return None
    used = np.log1p(-rates) / np.log1p(-potentials)
    return float(used.max()), int((used > NEARLY_ALL).sum())


def pace(rates: Array, last: Array) -> float | None:
    """Return the largest pace beside the last period's rates; None where one of these was no fall."""
    if (last <= 0).any() or (last >= 1).any() or (rates >= 1).any():
        return None
    return float((np.log1p(-rates) / np.log1p(-last)).max())


def _gini(values: Array, shares: Array) -> float:
    """Return Σ_{i<j} p_i p_j |b_i - b_j| over the mean."""
    apart = np.abs(values[:, None] - values[None, :])
    return float(shares @ apart @ shares) / (2 * float(shares @ values))


def _concentration(amounts: Array, shares: Array, ranked_by: Array) -> float:
    """Return the concentration index of amounts over people in the order of `ranked_by`."""
    order = np.argsort(ranked_by, kind="stable")
    x, c = shares[order], np.concatenate([[0.0], np.cumsum(amounts[order])]) / amounts.sum()
    return float(1 - np.sum(x * (c[1:] + c[:-1])))
