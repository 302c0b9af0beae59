"""Does this table of rates back the province? Answered without solver and model.

Recomputed in exact rationals from what was written, from the definition of intensity:

    implied reduction = 1 - (Σ E g (1 - r) / Σ Y g) / (Σ E / Σ Y)
    sigma             = (Σ E g / Σ Y g) / (Σ E / Σ Y) - 1
    backed            implied reduction >= target + margin
    total             Σ E g (1 - r) + reserve <= cap, the emissions of a residual line counted
    reserve           the province backs its target with the reserve used up, unless that is listed apart; cities
                      with caps keep these as well
    peak              the province's budgets after the year asked are none above its own
    caps, pair        Σ c + reserve = cap;  Σ min(c, E g (1 - r)) within both targets (`reports.verifying.pair`)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from reports.check_proof import fall
from reports.verifying.robustness import Robustness, robustness, total_robustness
from scenarios.errors import InputError
from scenarios.load import Scenario
from scenarios.schema_types import Words
from scenarios.total.cap import Total
from scenarios.total.level import refuse_fossil

if TYPE_CHECKING:
    from reports.verifying.pair import Pair
    from scenarios.total.caps import CityCaps
    from scenarios.total.paths import PeakOfBudgets

_SLIPS = (Fraction(10), Fraction(100), Fraction(1, 10), Fraction(1, 100))
_SIGN = Fraction(-1)
_NEAR = 2
"""Part of a rise that is asked that a table may come to, its slip mended."""


@dataclass(frozen=True)
class Check:
    """One check of a table."""

    # backed (the province), total (its cap; with caps of cities: caps, pair, and kept: the reserve that a table says is
    # no less than asked), reserve (used up, within the intensity), peak, bounds, grid, protection
    # (against uncertain growth), step (basic to incentive), rule and id
    name: str
    passed: bool
    regions: tuple[int, ...] = ()  # Positions of those that fail it
    reason: Words | None = None  # Why a rule stands, in the planner's words


@dataclass(frozen=True)
class UnderCap:
    """What a table gives the province under the cap on its total, at planned growth; 万吨, exact."""

    total: Total
    worth: Fraction  # R_C, fraction
    burden: Fraction  # m_B, what the reserve asks of the intensity, fraction
    emissions: Fraction  # Of the province in the last year, a residual line counted
    with_reserve: Fraction  # Reduction of intensity when the scenario's reserve is used up as well, drawn or not
    robustness: Robustness | None = None  # How uncertain growth may be before the table breaks the cap
    pair: Pair | None = None  # The caps of the cities beside their rates
    peak: PeakOfBudgets | None = None  # Of the province's yearly budgets; None where no year is asked
    with_all_reserve: Fraction | None = (
        None  # Reduction when all that these caps leave, and draws, is used; None without
    )
    usable: Fraction | None = None  # What of the reserve, draws in it, the intensity target bears; None: none counts

    @property
    def room(self) -> Fraction:
        """What is left under the cap beside the reserve; below zero when the table breaks it."""
        return self.total.cap - self.total.reserve - self.emissions


@dataclass(frozen=True)
class Slip:
    """A unit slip, or a sign, that would explain a table: `factor` times its rates imply `implied_reduction`."""

    factor: Fraction
    implied_reduction: Fraction


@dataclass(frozen=True)
class Verification:
    """The judgement on one table; all rates are exact fractions.

    Parameters
    ----------
    rates
        The table, in the order of the scenario's regions, length n.
    target, margin
        What was asked.
    implied_reduction
        What the table gives the province.
    weighted_sum, sigma, required
        Σ a r, the composition effect, and what Σ a r must reach: both targets and sigma.
    uniform_rate
        The rate that would back the target if all regions took it.
    overshoot
        Implied reduction less target and margin; negative when the province falls short.
    overshoot_emissions
        The same in the last year's emissions, 万吨.
    point_worth
        What one point of the provincial rate stands for, 万吨.
    contributions
        a_i r_i / required, length n; they add up to one when the higher of both targets is met exactly. None of
        levels (coal, oil), which may be asked to rise.
    checks
        Every check, passed or not.
    slip
        A unit slip that would explain a failure, if there is one.
    robustness
        How uncertain growth may be; None where the scenario says nothing about that.
    with_projects
        Implied reduction when the single-listed projects count as well, their emissions staying
        at the base year's; None without such projects.
    total
        What the table leaves under the cap on the province's total; None without one.
    incentive
        The judgement on the incentive rates written beside; None where there are none.
    with_residual
        Implied reduction of the whole province, its residual line counted; None without one.
    """

    rates: tuple[Decimal, ...]
    target: Fraction
    margin: Fraction
    implied_reduction: Fraction
    weighted_sum: Fraction
    sigma: Fraction
    required: Fraction
    uniform_rate: Fraction
    overshoot: Fraction
    overshoot_emissions: Fraction
    point_worth: Fraction
    contributions: tuple[Fraction, ...]
    checks: tuple[Check, ...]
    slip: Slip | None
    robustness: Robustness | None = None
    with_projects: Fraction | None = None
    incentive: Verification | None = None
    with_residual: Fraction | None = None
    total: UnderCap | None = None

    @property
    def backed(self) -> bool:
        """Whether the table backs the province."""
        return self.overshoot >= 0

    @property
    def passed(self) -> bool:
        """Whether every check holds, of the incentive rates as well."""
        return all(check.passed for check in self.checks) and (self.incentive is None or self.incentive.passed)


def verify_rates(
    scenario: Scenario,
    rates: Sequence[Decimal],
    incentive: Sequence[Decimal] | None = None,
    caps: CityCaps | None = None,
) -> Verification:
    """Judge a table of rates.

    `rates`: fractions exactly as written, in the order of the scenario's regions, length n.
    `incentive`: incentive rates written beside them, likewise; they must back the incentive target.
    `caps`: what each city may emit, where the scenario has a cap on the province's total.
    Raises InputError: the province needs no reduction at all, so that no share of it can be stated.
    """
    regions = scenario.regions
    refuse_fossil(regions, scenario.place("quantity"))
    emissions, gdp, growth = (tuple(map(Fraction, x)) for x in (regions.emissions, regions.gdp, regions.growth))
    target, margin = Fraction(scenario.target), Fraction(scenario.file.margin)
    base_intensity = _sum(emissions) / _sum(gdp)
    end_gdp = _dot(gdp, growth)
    frozen = tuple(e * g / (end_gdp * base_intensity) for e, g in zip(emissions, growth, strict=True))

    exact = tuple(map(Fraction, rates))
    implied = fall(emissions, gdp, growth, exact)
    sigma = _sum(frozen) - 1
    tonnes = base_intensity * end_gdp
    cap = _under_cap(scenario, exact, implied, tonnes, caps)
    level = scenario.measured.stands_alone
    required = (target + margin if cap is None else max(target + margin + cap.burden, cap.worth)) + sigma
    if required <= 0 and not level:
        raise InputError.of("required_not_positive", scenario.place("target"), found=f"{float(required) * 100:.2f}")
    overshoot = implied - target - margin
    bears = robustness(scenario, exact)
    return Verification(
        rates=tuple(rates),
        target=target,
        margin=margin,
        implied_reduction=implied,
        weighted_sum=implied + sigma,
        sigma=sigma,
        required=required,
        uniform_rate=required / (1 + sigma),
        overshoot=overshoot,
        overshoot_emissions=overshoot * tonnes,
        point_worth=tonnes / 100,
        contributions=() if level else tuple(a * r / required for a, r in zip(frozen, exact, strict=True)),
        checks=(
            Check("backed", overshoot >= 0),
            *(_of_total(cap, target + margin) if cap else []),
            _bounds(scenario, exact),
            _grid(scenario, exact),
            *_rules(scenario, exact),
            *_protection(scenario, bears),
        ),
        slip=None if implied + sigma >= required else _slip(scenario, frozen, exact, required),
        robustness=bears,
        with_projects=_with_projects(scenario, exact),
        incentive=None if incentive is None else _incentive(scenario, exact, incentive),
        with_residual=_with_residual(scenario, exact),
        total=cap,
    )


def _under_cap(
    scenario: Scenario, rates: Sequence[Fraction], implied: Fraction, unchanged: Fraction, caps: CityCaps | None
) -> UnderCap | None:
    """Return what a table leaves under the cap, with the caps of its cities; None without a cap.

    `unchanged`: what the cities emit in the last year at the province's intensity of the base year, 万吨.
    """
    total, regions = scenario.baseline.total, scenario.regions
    if total is None:
        return None
    growth, asked = tuple(map(Fraction, regions.growth)), Fraction(scenario.target) + Fraction(scenario.file.margin)
    end_gdp = _dot(map(Fraction, regions.gdp), growth)
    emitted = unchanged * (1 - implied)
    pair = _pair(scenario, rates, caps, unchanged)
    used, cities = (
        partial(total.used_up, unchanged=unchanged, end_gdp=end_gdp),
        pair.without_reserve if pair else emitted,
    )
    found = UnderCap(
        total,
        worth=total.worth(unchanged),
        burden=total.burden(unchanged, end_gdp, 1 - asked),
        emissions=emitted + total.outside,
        with_reserve=used(cities + total.reserve),
        pair=pair,
        peak=_peak(scenario, total),
        with_all_reserve=None if pair is None else used(pair.used_up),
        usable=(1 - asked) * unchanged * (1 + total.reserve_gdp / end_gdp) - cities if total.counts else None,
    )
    return replace(found, robustness=total_robustness(scenario, rates, found.room, total.reserve))


def _peak(scenario: Scenario, total: Total) -> PeakOfBudgets | None:
    """Return whether the province's yearly budgets peak by the year that is asked; None where none is."""
    if scenario.caps is None or scenario.caps.peak is None:
        return None
    from scenarios.total.paths import peak_of_budgets

    return peak_of_budgets(total, scenario.caps, scenario.file.period)


def _pair(scenario: Scenario, rates: Sequence[Fraction], caps: CityCaps | None, unchanged: Fraction) -> Pair | None:
    if caps is None:
        return None
    from reports.verifying.pair import judged_pair

    return judged_pair(scenario, rates, caps, unchanged)


def _of_total(cap: UnderCap, asked: Fraction) -> list[Check]:
    """Return the checks of a table under a cap; `asked`: target and margin, fraction.

    Where cities have caps as well, these hold the total, and rates that alone would not are no failure.
    """
    reserve = [Check("reserve", cap.with_reserve >= asked)] if cap.total.counts else []
    peak = [] if cap.peak is None else [Check("peak", cap.peak.held)]
    if cap.pair is None:
        return [Check("total", cap.room >= 0), *reserve, *peak]
    asked_kept = cap.pair.stated and cap.total.reserve > 0
    kept = [Check("kept", cap.pair.reserve + cap.pair.drawn >= cap.total.reserve)] if asked_kept else []
    return [Check("caps", cap.pair.adds_up), *kept, Check("pair", cap.pair.holds), *reserve, *peak]


def _incentive(scenario: Scenario, basic: Sequence[Fraction], rates: Sequence[Decimal]) -> Verification:
    """Judge incentive rates: all that a table of rates is judged by, and the step from the basic ones."""
    judged = verify_rates(scenario.of_incentive(), rates)
    steps = scenario.incentive.steps if scenario.incentive else ()
    rows = zip(basic, judged.rates, steps, strict=True)
    short = tuple(n for n, (low, high, step) in enumerate(rows) if Fraction(high) < low + Fraction(step))
    return replace(judged, checks=(*judged.checks, Check("step", not short, short)))


def _with_residual(scenario: Scenario, rates: Sequence[Fraction]) -> Fraction | None:
    """Return the reduction of the province with its residual line, where there is one."""
    sums = scenario.sums
    return None if sums is None or sums.residual is None else sums.implied(scenario.regions, rates)


def _with_projects(scenario: Scenario, rates: Sequence[Fraction]) -> Fraction | None:
    """Return the reduction that the table implies when the single-listed projects are counted."""
    whole, rest = scenario.whole, scenario.regions
    if whole is None:
        return None
    left = _sum(Fraction(e) * Fraction(g) * (1 - r) for e, g, r in zip(rest.emissions, rest.growth, rates, strict=True))
    base, base_gdp = _sum(map(Fraction, whole.emissions)), _sum(map(Fraction, whole.gdp))
    end = left + base - _sum(map(Fraction, rest.emissions))
    end_gdp = _dot(map(Fraction, whole.gdp), map(Fraction, whole.growth))
    return 1 - (end / end_gdp) / (base / base_gdp)


def _sum(values: Iterable[Fraction]) -> Fraction:
    return sum(values, Fraction(0))


def _dot(left: Iterable[Fraction], right: Iterable[Fraction]) -> Fraction:
    return _sum(x * y for x, y in zip(left, right, strict=True))


def _bounds(scenario: Scenario, rates: Sequence[Fraction]) -> Check:
    limits = zip(*(map(Fraction, x) for x in (scenario.regions.lower, rates, scenario.regions.upper)), strict=True)
    outside = tuple(n for n, (low, rate, high) in enumerate(limits) if not low <= rate <= high)
    return Check("bounds", not outside, outside)


def _grid(scenario: Scenario, rates: Sequence[Fraction]) -> Check:
    grid = Fraction(scenario.file.publish.grid)
    off = tuple(n for n, rate in enumerate(rates) if (rate / grid).denominator != 1)
    return Check("grid", not off, off)


def _rules(scenario: Scenario, rates: Sequence[Fraction]) -> list[Check]:
    asked = [demand for demand in scenario.demands if demand.judged]
    failing = [(demand, demand.failing(rates)) for demand in asked]
    return [Check(f"rule {demand.id}", not bad, bad, demand.reason) for demand, bad in failing]


def _protection(scenario: Scenario, bears: Robustness | None) -> list[Check]:
    """Return whether the table survives the growth that the scenario wants it protected against."""
    asked = scenario.protection
    if asked is None:
        return []
    passed = bears is not None and bears.worst(asked.budget) <= 0
    return [Check("protection", passed, (), asked.reason)]


def _slip(scenario: Scenario, frozen: Sequence[Fraction], rates: Sequence[Fraction], required: Fraction) -> Slip | None:
    """Return the smallest power of ten, or the sign, by which the rates would back the province within their bounds.

    Where it may rise, any rises made small enough back it, and any falls: only a factor by which they come near to
    what is asked explains them.
    """
    signs = [_SIGN] if max(rates) < 0 < required else []
    for factor in (*_SLIPS, *signs):
        scaled = [factor * rate for rate in rates]
        weighted = _dot(frozen, scaled)
        near = required > 0 or _NEAR * weighted <= required
        if _bounds(scenario, scaled).passed and weighted >= required and near:
            return Slip(factor, weighted - (_sum(frozen) - 1))
    return None
