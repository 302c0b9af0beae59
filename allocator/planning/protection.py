"""What protection against uncertain growth costs, and how much of it there can be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from allocator.planning.reference import target
from allocator.planning.rules import effort, solver_rules
from reports.planning.record import ProtectionRecord
from scenarios.errors import InputError, Place
from scenarios.file.rules import PROTECT
from scenarios.load import Scenario
from scenarios.rules.uncertainty import protection
from solvers.diagnosing.conflicts import least_change
from solvers.leximin import leximin
from solvers.problem import Infeasible

_STEP = Decimal("0.01")
_NOTHING = 1e-10
_LIMIT = (-1.0, 1.0)


def with_protection(scenario: Scenario, budget: Decimal | Fraction) -> Scenario:
    """Return the scenario with protection for `budget` regions in place of its own.

    Raises InputError: the scenario says nothing about uncertain growth.
    """
    made = protection(scenario.file, scenario.target, scenario.regions, budget)
    if made is None:
        raise InputError.of("protect_without", Place(key="protect"))
    others = tuple(demand for demand in scenario.demands if demand is not scenario.protection)
    return replace(scenario, demands=(*others, made))


def protection_curve(
    scenario: Scenario, budgets: Iterable[Decimal | int] | None = None
) -> tuple[ProtectionRecord, ...]:
    """Return the price of protection: the overshoot of the computed split, before rounding, for each Γ.

    Parameters
    ----------
    scenario
        What is asked; its own protection plays no part.
    budgets
        Values of Γ; 0, 1, …, n without.

    Raises
    ------
    InputError
        The scenario says nothing about uncertain growth.
    SolverFailure
        HiGHS gave no answer.
    """
    chosen = range(len(scenario.regions) + 1) if budgets is None else budgets
    return tuple(_price(scenario, Decimal(budget)) for budget in chosen)


def usual_budgets(scenario: Scenario, asked: Fraction) -> tuple[Decimal, ...]:
    """Return the values of Γ that are shown with a plan: 0, 1, 2, the one asked, all."""
    n = len(scenario.regions)
    values = {Decimal(0), Decimal(1), Decimal(min(2, n)), Decimal(n)}
    return tuple(sorted(values | {Decimal(asked.numerator) / Decimal(asked.denominator)}))


def largest_protection(scenario: Scenario) -> Decimal | None:
    """Return the largest Γ that some split bears, in hundredths rounded down; None when not even 0.

    Rules, bounds and target stand; the worst case grows with Γ, so halving finds it.
    """
    short = _short(scenario, Decimal(0))
    if short is None or short > _NOTHING:
        return None
    low, high = 0, len(scenario.regions) * 100
    while low < high:
        middle = (low + high + 1) // 2
        if (_short(scenario, middle * _STEP) or 0.0) > _NOTHING:
            high = middle - 1
        else:
            low = middle
    return low * _STEP


def _short(scenario: Scenario, budget: Decimal) -> float | None:
    """Return by how much the best worst case misses the target, a fraction; None when other rules forbid all."""
    protected = with_protection(scenario, budget)
    targeting = target(protected)
    return least_change(targeting.problem, solver_rules(targeting.demands), _LIMIT, PROTECT, effort(scenario))


def _price(scenario: Scenario, budget: Decimal) -> ProtectionRecord:
    over = _overshoot(scenario, budget)
    if over is None:
        return ProtectionRecord(budget=float(budget), overshoot_points=None, overshoot_10kt=None)
    worth = over * 100 * scenario.baseline.point_worth
    return ProtectionRecord(budget=float(budget), overshoot_points=over * 100, overshoot_10kt=worth)


def _overshoot(scenario: Scenario, budget: Decimal) -> float | None:
    """Return what the computed split exceeds the target by, a fraction; None without a split."""
    protected = with_protection(scenario, budget)
    try:
        targeting = target(protected)
        split = leximin(targeting.problem, tuple(solver_rules(targeting.demands).values()), effort(scenario))
    except Infeasible:
        return None
    baseline = scenario.baseline
    return max(float(baseline.coefficients @ split.rates) - baseline.required, 0.0)
