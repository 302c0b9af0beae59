"""The main job: score, solve, round, verify; one direction, no way back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from allocator.planning.classes import class_order
from allocator.planning.incentive import IncentiveSplit, split_incentive, with_incentive
from allocator.planning.no_split import NoSplit, why_no_split
from allocator.planning.record import plan_record
from allocator.planning.reference import Targeting, target
from allocator.planning.rules import effort, exactly, solver_rules
from allocator.planning.split import answer
from reports.planning.record import PlanRecord
from reports.verifying.verification import Verification, verify_rates
from scenarios.load import Scenario
from scenarios.on_grid import narrowed, printable_upper
from scenarios.tables.cells import in_all_digits
from solvers.model import Rule
from solvers.order import pinned
from solvers.printable.classes import ClassLimits, classify
from solvers.printable.exact import GridProblem, GridTable
from solvers.printable.rounding import round_rates
from solvers.problem import Infeasible, Split

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Plan:
    """A plan in memory.

    Parameters
    ----------
    scenario
        What was asked.
    targeting
        Scores and reference rates.
    split
        The computed rates.
    rounding
        The published rates, rounded one by one or in classes.
    verification
        The judgement on the published rates.
    record
        The same as plan.json holds it.
    incentive
        The incentive rates; None without an incentive target.
    """

    scenario: Scenario
    targeting: Targeting
    split: Split
    rounding: GridTable
    verification: Verification
    record: PlanRecord
    incentive: IncentiveSplit | None = None

    @property
    def published(self) -> tuple[Decimal, ...]:
        """The published rates, exact, in the order of the scenario's regions."""
        return self.verification.rates

    @property
    def published_incentive(self) -> tuple[Decimal, ...] | None:
        """The published incentive rates likewise; None without an incentive target."""
        second = self.verification.incentive
        return None if second is None else second.rates


@in_all_digits
def plan(scenario: Scenario) -> Plan:
    """Split the provincial target of a scenario.

    Raises
    ------
    InputError
        Indicators, weights or reference cannot be used.
    NoSplit
        The target is out of reach within the bounds, by the rules, or on the grid.
    SolverFailure
        HiGHS gave no answer, or none in time (`OutOfTime`).
    """
    targeting = target(scenario)
    reason = why_no_split(scenario, targeting, solver_rules(scenario.demands))
    if reason is not None:
        raise reason
    rules = solver_rules(targeting.demands)
    found = answer(targeting.problem, tuple(rules.values()), effort(scenario))
    held = {demand.id for demand in scenario.demands if demand.kept()}  # printed as before, by bounds
    rounding = publishable(
        scenario, targeting, found.split, {key: rule for key, rule in rules.items() if key not in held}
    )
    published = tuple(_decimal(rate) for rate in rounding.rates)
    second = _incentive(scenario, targeting, rounding)
    above = None if second is None else tuple(_decimal(rate) for rate in second.rates)
    verification = verify_rates(scenario, published, above)
    record = plan_record(scenario, targeting, found, rounding, verification)
    if second is not None:
        record = with_incentive(record, scenario, second)
    return Plan(scenario, targeting, found.split, rounding, verification, record, second)


def _incentive(scenario: Scenario, targeting: Targeting, rounding: GridTable) -> IncentiveSplit | None:
    """Return the incentive rates above the published ones, where they are asked for."""
    if scenario.incentive is None:
        return None
    try:
        return split_incentive(scenario, targeting, rounding.rates, rounding.numbers)
    except Infeasible:
        raise NoSplit(scenario, None, incentive=True) from None


def publishable(scenario: Scenario, targeting: Targeting, split: Split, rules: Mapping[str, Rule]) -> GridTable:
    """Return the computed rates on the scenario's grid, or in classes, within bounds and rules."""
    baseline, publish = scenario.baseline, scenario.file.publish
    coefficients, required, grid = baseline.exact_coefficients, baseline.exact_required, Fraction(publish.grid)
    own = map(min, map(Fraction, scenario.regions.upper), printable_upper(scenario))
    lower, upper = narrowed(scenario.demands, map(Fraction, scenario.regions.lower), own)
    rows, check = tuple(rules.values()), exactly(demand for demand in scenario.demands if demand.id in rules)
    rates = _before_rounding(scenario, split)
    asked = GridProblem(rates, coefficients, required, grid, lower, upper, rows, effort(scenario), check)
    if publish.classes is None:
        try:
            return round_rates(asked)
        except Infeasible:
            raise NoSplit(scenario, None) from None
    fixed = {n: lower[n] for n in pinned(lower, upper)}
    order, most = class_order(scenario, targeting.scores, fixed)

    def classes(most: int) -> GridTable | None:
        try:
            return classify(asked, order, ClassLimits(most, publish.smallest_class))
        except Infeasible:
            return None

    found = classes(most)
    if found is None:
        # every fixed rate can take a class that the others need
        more = range(most + 1, most + len(set(fixed.values())) + 1) if isinstance(publish.classes, int) else ()
        raise NoSplit(scenario, None, None, tuple(fixed), next((k for k in more if classes(k)), None))
    return found


def _before_rounding(scenario: Scenario, split: Split) -> Array:
    """Return the rates to round: the computed ones, but the printed ones of regions that keep theirs."""
    rates = split.rates.copy()
    for demand in scenario.demands:
        if demand.kept():
            printed, _ = demand.limits()
            rates[list(printed)] = [float(value) for value in printed.values()]
    return rates


def _decimal(rate: Fraction) -> Decimal:
    """Return a multiple of a decimal grid as a decimal, exactly."""
    return Decimal(rate.numerator) / Decimal(rate.denominator)
