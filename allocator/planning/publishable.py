"""The tables of a plan: computed rates on the grid or in classes, within bounds and rules, backing the target."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from allocator.planning.classes import class_order
from allocator.planning.incentive import IncentiveSplit, split_incentive
from allocator.planning.reference import Targeting
from allocator.planning.rules import effort, exactly, solver_rules
from scenarios.load import Scenario
from scenarios.on_grid import narrowed, printable_upper
from solvers.order import pinned
from solvers.printable.classes import ClassLimits, classify
from solvers.printable.exact import GridProblem, GridTable
from solvers.printable.rounding import round_rates
from solvers.problem import Infeasible, Split

Array = NDArray[np.float64]


class NoTable(Infeasible):
    """No table on the grid, or in classes, keeps bounds and rules and backs the target.

    `fixed`, `classes`: where classes are asked for, the regions whose rate is given, and how many classes would be
    enough with them; None when more classes are no help.
    `incentive`: whether it is the incentive table that is not there.
    """

    def __init__(
        self, *args: object, fixed: tuple[int, ...] = (), classes: int | None = None, incentive: bool = False
    ) -> None:
        super().__init__(*args)
        self.fixed = fixed
        self.classes = classes
        self.incentive = incentive


@dataclass(frozen=True, eq=False)
class Tables:
    """What is published of a plan."""

    basic: GridTable  # The rates, rounded one by one or in classes
    incentive: IncentiveSplit | None  # The incentive rates above them; None without an incentive target


def tables(scenario: Scenario, targeting: Targeting, split: Split) -> Tables:
    """Return the tables that are published.

    Raises NoTable: there is none.
    Raises SolverFailure: HiGHS gave no answer.
    """
    basic = basic_table(scenario, targeting, split)
    if scenario.incentive is None:
        return Tables(basic, None)
    try:
        return Tables(basic, split_incentive(scenario, targeting, basic.rates, basic.numbers))
    except Infeasible:
        raise NoTable(incentive=True) from None


def basic_table(scenario: Scenario, targeting: Targeting, split: Split) -> GridTable:
    """Return the computed rates on the scenario's grid, or in classes, within bounds and rules.

    Raises NoTable: there is no such table.
    """
    baseline, publish = scenario.baseline, scenario.file.publish
    coefficients, required, grid = baseline.exact_coefficients, baseline.exact_required, Fraction(publish.grid)
    own = map(min, map(Fraction, scenario.regions.upper), printable_upper(scenario))
    lower, upper = narrowed(scenario.demands, map(Fraction, scenario.regions.lower), own)
    held = {demand.id for demand in scenario.demands if demand.kept()}  # printed as before, by bounds
    rules = {key: rule for key, rule in solver_rules(targeting.demands).items() if key not in held}
    rows, check = tuple(rules.values()), exactly(demand for demand in scenario.demands if demand.id in rules)
    rates = _before_rounding(scenario, split)
    asked = GridProblem(rates, coefficients, required, grid, lower, upper, rows, effort(scenario), check)
    if publish.classes is None:
        try:
            return round_rates(asked)
        except Infeasible:
            raise NoTable from None
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
        raise NoTable(fixed=tuple(fixed), classes=next((k for k in more if classes(k)), None))
    return found


def _before_rounding(scenario: Scenario, split: Split) -> Array:
    """Return the rates to round: the computed ones, but the printed ones of regions that keep theirs."""
    rates = split.rates.copy()
    for demand in scenario.demands:
        if demand.kept():
            printed, _ = demand.limits()
            rates[list(printed)] = [float(value) for value in printed.values()]
    return rates
