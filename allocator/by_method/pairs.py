"""Every method as a pair: reference rates, and the scale in which a region's deviation from them is measured.

With E, g and Y emissions, growth and GDP, m a key of shares, and B = (1 - R - margin) e_P Y_PT the tonnes that the last
year leaves the province, Σ E g (1 - r) = B is the same as Σ a r = R + sigma + margin: what divides the tonnes divides
the target. The split is

    r_i = clip(ref_i + mu q_i, l_i, u_i),   one mu      (with rules: the leximin of |r - ref|/q)

and q is such that the bounded answer keeps the method's own formula with another constant:

    uniform       r = τ                          ref = R*                          q = 1
    proportional  r = τ S                        ref = R* S/S̄                      q = ref
    grandfather   E_T = λ m,  m = E/ΣE           ref = 1 - B m/(E g)               q = m/(E g)
    per-head      m = (1-θ) E/ΣE + θ P/ΣP        the same                          the same
    ability       r = τ (Y/P)^β                  τ at the target                   q = ref
    even-burden   E g r = τ x,  x = P or Y g     ref = τ x/(E g)                   q = ref
    potential     r = l + τ (u-l)                ref = l                           q = u - l
    nash          a (u-r) = τ w                  ref = u                           q = w/a
    zsg-dea       m = (1-θ) E g/ΣE g + θ h/Σh    as grandfather                    m/(E g)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from solvers.effort import USUAL, Effort
from solvers.objectives.envelope import efficiency
from solvers.problem import SplitProblem

Array = NDArray[np.float64]
MethodName = Literal[
    "uniform", "plan", "proportional", "grandfather", "per-head", "ability", "even-burden-head", "even-burden-gdp",
    "potential", "nash", "zsg-dea", "least-cost",
]  # fmt: skip
NashName = Literal["even", "population", "effort"]

NO_SCORE = 1e-12
"""Scores up to this are zero but for rounding errors."""


@dataclass(frozen=True, eq=False)
class Facts:
    """What the methods know of n regions."""

    # emissions, gdp, growth: E, Y, g, shape (n,)
    emissions: Array
    gdp: Array
    growth: Array
    problem: SplitProblem  # Of the plan: coefficients, total and bounds
    scores: Array  # S, shape (n,)
    people: Array | None  # P, in any unit, shape (n,); None where it is not given
    theta: float = 1 / 7  # How far the way to equal allowances is gone by the last year
    beta: float = 1 / 3  # Elasticity of the ability to pay
    nash: NashName = "even"  # What weighs the logarithms
    effort: Effort = USUAL  # For the linear programs of DEA

    @property
    def ends(self) -> Array:
        """Emissions of the last year at the base year's intensity, E g, shape (n,)."""
        return self.emissions * self.growth

    @property
    def per_tonne(self) -> float:
        """Of Σ a r, what one 万吨 that is cut is worth: a_i/(E_i g_i), the same for all."""
        return float(self.problem.coefficients.sum() / self.ends.sum())

    @property
    def tonnes(self) -> float:
        """B, 万吨 of the last year that the target leaves."""
        return float(self.ends.sum()) - self.problem.total / self.per_tonne

    @property
    def heads(self) -> Array:
        """P.

        Raises ValueError: the population is not known.
        """
        if self.people is None:
            raise ValueError("no population")
        return self.people


@dataclass(frozen=True, eq=False)
class Pair:
    """A method: its reference and scale, each of shape (n,), and how its constant follows from mu."""

    reference: Array
    scale: Array
    constant: Callable[[float], float]

    def unbounded(self, problem: SplitProblem) -> Array:
        """Return the rates of the method's formula at the target, whatever the bounds, shape (n,)."""
        a = problem.coefficients
        return self.reference + (problem.total - a @ self.reference) / (a @ self.scale) * self.scale


def uniform(facts: Facts) -> Pair:
    """Return the same rate for all."""
    p = facts.problem
    even = p.total / float(p.coefficients.sum())
    return Pair(np.full(len(p), even), np.ones(len(p)), lambda mu: even + mu)


def proportional(facts: Facts) -> Pair:
    """Return rates proportional to the scores.

    Raises ValueError: a score not above zero.
    """
    if facts.scores.min() <= NO_SCORE:
        raise ValueError("a score not above zero")
    return _scaled(facts, facts.scores)


def ability(facts: Facts) -> Pair:
    """Return rates that rise with GDP per head to the power β."""
    per_head = facts.gdp / facts.heads
    return _scaled(facts, (per_head / per_head.mean()) ** facts.beta)


def even_burden_head(facts: Facts) -> Pair:
    """Return rates by which everybody cuts as many tonnes."""
    return _scaled(facts, facts.heads / facts.ends)


def even_burden_gdp(facts: Facts) -> Pair:
    """Return rates by which every yuan of the last year's product cuts as many tonnes."""
    return _scaled(facts, facts.gdp * facts.growth / facts.ends)


def grandfather(facts: Facts) -> Pair:
    """Return rates that leave all regions the same share of their base year's emissions."""
    return _of_shares(facts, _share(facts.emissions), 1.0 / float(facts.emissions.sum()))


def per_head(facts: Facts) -> Pair:
    """Return rates by which allowances have gone θ of the way from past emissions to equal ones per head."""
    return _of_shares(facts, (1 - facts.theta) * _share(facts.emissions) + facts.theta * _share(facts.heads))


def zsg_dea(facts: Facts) -> Pair:
    """Return rates by which allowances have gone θ of the way from the last year's to those efficient by DEA."""
    outputs = np.column_stack([facts.gdp * facts.growth, facts.heads])
    best = efficiency(facts.ends, outputs, facts.effort) * facts.ends
    return _of_shares(facts, (1 - facts.theta) * _share(facts.ends) + facts.theta * _share(best))


def potential(facts: Facts) -> Pair:
    """Return rates by which all use the same part of what they can do."""
    p = facts.problem
    room = p.upper - p.lower
    return Pair(p.lower, np.where(room > 0, room, 1.0), lambda mu: mu)


def nash_weights(facts: Facts) -> Array:
    """Return w: alike, by people or by the coefficients of the coupling row, shape (n,)."""
    if facts.nash == "population":
        return _share(facts.heads)
    n = len(facts.problem)
    return np.full(n, 1.0 / n) if facts.nash == "even" else _share(facts.problem.coefficients)


def nash(facts: Facts) -> Pair:
    """Return the Nash solution from all potential used."""
    return Pair(facts.problem.upper, nash_weights(facts) / facts.problem.coefficients, lambda mu: -mu)


PAIRS: Mapping[MethodName, Callable[[Facts], Pair]] = {
    "uniform": uniform,
    "proportional": proportional,
    "grandfather": grandfather,
    "per-head": per_head,
    "ability": ability,
    "even-burden-head": even_burden_head,
    "even-burden-gdp": even_burden_gdp,
    "potential": potential,
    "nash": nash,
    "zsg-dea": zsg_dea,
}
"""Methods that are a pair of their own; the plan's is that of its references, the cheapest one is a program."""


def _share(values: Array) -> Array:
    return np.asarray(values / values.sum(), dtype=float)


def _scaled(facts: Facts, shape: Array) -> Pair:
    """Return rates proportional to `shape`, at the target; their constant is its factor."""
    p = facts.problem
    factor = p.total / float(p.coefficients @ shape)
    return Pair(factor * shape, factor * shape, lambda mu: factor * (1 + mu))


def _of_shares(facts: Facts, shares: Array, unit: float = 1.0) -> Pair:
    """Return rates that leave regions these shares of the province's tonnes; their constant is all of them."""
    each = shares / facts.ends
    return Pair(1 - facts.tonnes * each, each, lambda mu: (facts.tonnes - mu) * unit)
