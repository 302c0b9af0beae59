"""Yearly budgets against what was emitted: the balance of each year, what is carried over, and the balance so far.

carried_t   = min(what is left of year t - 1, carry_over × its budget), never below zero
balance_t   = budget_t + carried_t - actual_t
so far      = Σ budget - Σ actual, nothing carried
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate

from allocator.planning.total.budgets import Budgets, budgets_of
from reports.tracking.record import BudgetYear
from scenarios.load import Scenario
from scenarios.total.caps import CityCaps


def budget_years(
    budgets: Sequence[Fraction], actual: Sequence[Fraction], carry_over: Fraction, base_year: int
) -> tuple[BudgetYear, ...]:
    """Return every year of the period, 万吨; those without figures have a budget alone.

    `budgets`, `actual`: of the years after the base year, lengths T and t <= T. `carry_over`: share of a budget.
    """
    carried, found = Fraction(0), []
    so_far = list(accumulate(budget - now for budget, now in zip(budgets, actual, strict=False)))
    for t, budget in enumerate(budgets):
        done = t < len(actual)
        balance = budget + carried - actual[t] if done else None
        found.append(
            BudgetYear(
                year=base_year + 1 + t,
                budget_10kt=float(budget),
                carried_10kt=float(carried) if t <= len(actual) else None,
                actual_10kt=float(actual[t]) if done else None,
                balance_10kt=None if balance is None else float(balance),
                so_far_10kt=float(so_far[t]) if done else None,
            )
        )
        carried = Fraction(0) if balance is None else min(max(balance, Fraction(0)), carry_over * budget)
    return tuple(found)


def budgets_beside(scenario: Scenario, caps: CityCaps | None) -> Budgets | None:
    """Return the yearly budgets of a table with caps; None without.

    Where a residual line is outside of the figures the province's years are the sums of its cities'.
    """
    total = scenario.baseline.total
    if caps is None or total is None:
        return None
    found = budgets_of(scenario, caps)
    if not total.outside:
        return found
    return Budgets(tuple(sum(year, Fraction(0)) for year in zip(*found.cities, strict=True)), found.cities)
