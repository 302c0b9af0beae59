"""Rates and caps of the same cities: do both back the province, and which binds where? Exact, without a solver.

With base-year emissions E, growth g, rates r and caps c of the cities:

    the rate allows    x = E g (1 - r)        the cap allows c; the smaller binds
    they swap at       g* = c / (E (1 - r))   below it the rate binds, above it the cap
    both kept          Σ min(c, x) <= min(C - B, E_P0 G (1 - R - margin - m_B)), what projects are given of B added,
                       B at most: what they draw beyond it is of what no city has, and nobody's allowance
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from scenarios.file.total import Policy
from scenarios.load import Scenario
from scenarios.rules.uncertainty import half_widths
from scenarios.total.cap import CityBinding, Total
from scenarios.total.caps import AskedCaps, CityCaps

_PRINTED = Fraction(1, 1_000_000)
"""To so many 万吨 a reserve beside a residual line is printed; what that line emits has no end of decimals."""
_NEAR = Fraction(1, 1000)
"""Nobody knows growth better: so near to the planned one both bind."""

FOLLOWING: tuple[Policy, ...] = ("rates", "total")
"""Policies by which caps rise with the growth that is announced."""


@dataclass(frozen=True)
class CityPair:
    """A city with two targets; 万吨, exact."""

    cap: Fraction  # c
    allowed: Fraction  # x
    unchanged: Fraction  # E g
    growth: Fraction  # g
    drawn: Fraction = Fraction(0)  # What projects are given of the reserve, within the cap
    follows: bool = True  # Whether caps rise with the growth that is announced

    @property
    def swap(self) -> Fraction:
        """The growth factor g* at which rate and cap allow the same."""
        return self.growth * self.cap / self.allowed

    @property
    def needed(self) -> Fraction:
        """The rate that keeps the cap at planned growth, fraction."""
        return 1 - self.cap / self.unchanged

    @property
    def binds(self) -> CityBinding:
        """Which of both is the smaller at planned growth."""
        if abs(self.cap - self.allowed) < 1 or abs(self.swap / self.growth - 1) <= _NEAR:
            return "both"
        return "cap" if self.cap < self.allowed else "rate"

    @property
    def point(self) -> Fraction:
        """What a point of announced growth is worth of cap, 万吨; nothing where no forecast of growth is in the cap."""
        return self.allowed / self.growth / 100 if self.follows else Fraction(0)


@dataclass(frozen=True)
class Pair:
    """The judgement on caps beside rates; 万吨, exact."""

    policy: Policy
    cities: tuple[CityPair, ...]
    reserve: Fraction  # What no city gets
    rest: Fraction  # What is neither a city's nor the reserve's; below zero: what is handed out above the cap
    limit: Fraction  # What both leave the cities: min(C - B, E_P0 G (1 - R - margin - m_B)), draws up to B added
    allowed: Fraction  # What the intensity target and its margin leave them
    unchanged: Fraction  # What they emit in the last year at the province's intensity of the base year, E_P0 G
    stated: bool = False  # Whether a table says what the reserve is
    worst: Fraction | None = None  # Over that at the worst growth when all keep both; None where growth is certain

    @property
    def sum(self) -> Fraction:
        """Σ c."""
        return sum((city.cap for city in self.cities), Fraction(0))

    @property
    def kept(self) -> Fraction:
        """What cities emit that keep both: Σ min(c, x)."""
        return sum((min(city.cap, city.allowed) for city in self.cities), Fraction(0))

    @property
    def drawn(self) -> Fraction:
        """What projects are given of the reserve."""
        return sum((city.drawn for city in self.cities), Fraction(0))

    @property
    def used_up(self) -> Fraction:
        """What is emitted when every city keeps both and the reserve is used up, by projects that draw on it or later.

        Σ min(c - d, x) + d + B: a draw moves what it takes from the reserve to a city, the sum stays.
        """
        return self.without_reserve + self.drawn + self.reserve

    @property
    def without_reserve(self) -> Fraction:
        """What cities emit that keep both, projects that draw on the reserve left out: Σ min(c - d, x)."""
        return sum((min(max(city.cap - city.drawn, Fraction(0)), city.allowed) for city in self.cities), Fraction(0))

    @property
    def adds_up(self) -> bool:
        """Whether caps and reserve are the province's cap."""
        return self.rest == 0

    @property
    def holds(self) -> bool:
        """Whether the province keeps both targets when every city keeps both of its own."""
        return self.kept <= self.limit


def judged_pair(scenario: Scenario, rates: Sequence[Fraction], caps: CityCaps, unchanged: Fraction) -> Pair | None:
    """Return the judgement on caps beside n exact rates; None without a cap on the province.

    `unchanged`: what the cities emit in the last year at the province's intensity of the base year, E_P0 G, 万吨.
    """
    total, asked = scenario.baseline.total, scenario.caps
    if total is None or asked is None:
        return None
    regions = scenario.regions
    drawn = [sum((d.amount for d in asked.draws if d.region == n), Fraction(0)) for n in range(len(regions))]
    columns = zip(caps.values, regions.emissions, regions.growth, rates, drawn, strict=True)
    follows = asked.policy in FOLLOWING
    cities = tuple(_city(c, Fraction(e), Fraction(g), r, d, follows) for c, e, g, r, d in columns)
    allowed = unchanged * (1 - Fraction(scenario.target) - Fraction(scenario.file.margin))
    reserve = _reserve(total, asked, caps)
    rest = total.cap - total.outside - reserve - sum(caps.values, Fraction(0))
    worst = _worst(scenario, cities, rates)
    of_it = min(asked.drawn, total.reserve)
    limit = min(total.left + of_it, allowed - _counted(scenario, total, unchanged) + of_it, allowed)
    return Pair(asked.policy, cities, reserve, rest, limit, allowed, unchanged, caps.reserve is not None, worst)


def _counted(scenario: Scenario, total: Total, unchanged: Fraction) -> Fraction:
    """Return what the reserve takes of what the intensity target allows, 万吨: m_B E_P0 G."""
    regions = scenario.regions
    end_gdp = sum((Fraction(y) * Fraction(g) for y, g in zip(regions.gdp, regions.growth, strict=True)), Fraction(0))
    left = 1 - Fraction(scenario.target) - Fraction(scenario.file.margin)
    return total.burden(unchanged, end_gdp, left) * unchanged


def _city(
    cap: Fraction, emissions: Fraction, growth: Fraction, rate: Fraction, drawn: Fraction, follows: bool
) -> CityPair:
    return CityPair(cap, emissions * growth * (1 - rate), emissions * growth, growth, drawn, follows)


def _reserve(total: Total, asked: AskedCaps, caps: CityCaps) -> Fraction:
    """Return what no city gets: what the table says, or the scenario.

    Where it is not said, caps that follow the rates leave the reserve all that no city gets, but never less than is to
    be kept; other caps leave it what is less than a step, and must be all the rest themselves. It is never below 0:
    what is drawn beyond it is over.
    """
    given = sum(caps.values, Fraction(0))
    if caps.reserve is not None:
        rest = total.cap - total.outside - given
        return rest if total.outside and abs(rest - caps.reserve) <= _PRINTED else caps.reserve
    left, kept = total.cap - total.outside - given, max(total.reserve - asked.drawn, Fraction(0))
    if asked.policy == "rates":
        return max(left, kept)
    if asked.policy in ("total", "base") and given == floor(total.left / asked.step) * asked.step + asked.drawn:
        return max(left, Fraction(0))
    return kept


def _worst(scenario: Scenario, cities: Sequence[CityPair], rates: Sequence[Fraction]) -> Fraction | None:
    """Return what the province emits over its intensity target at the worst growth, every city keeping both.

    Each city's part is greatest at one of the ends of its interval, or where its cap begins to bind.
    """
    regions = scenario.regions
    widths = half_widths(scenario.file, regions)
    if widths is None:
        return None
    emissions, gdp = tuple(map(Fraction, regions.emissions)), tuple(map(Fraction, regions.gdp))
    intensity = sum(emissions, Fraction(0)) / sum(gdp, Fraction(0))
    left = intensity * (1 - Fraction(scenario.target) - Fraction(scenario.file.margin))
    worst = Fraction(0)
    for city, e, y, width, rate in zip(cities, emissions, gdp, widths, rates, strict=True):
        low, high = city.growth - width, city.growth + width
        at = [low, high, *([city.swap] if low < city.swap < high else [])]
        worst += max(min(city.cap, e * g * (1 - rate)) - left * y * g for g in at)
    return worst
