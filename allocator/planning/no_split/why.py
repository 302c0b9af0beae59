"""Whether there is a split, and if not, why: out of reach before rules, and the grid last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from allocator.errors import Stop
from allocator.exit_codes import NO_SPLIT
from allocator.planning.incentive import widest
from allocator.planning.no_split.reason import Reason
from allocator.planning.publishable import tables
from allocator.planning.reference import Targeting, target
from allocator.planning.rules import effort, solver_rules
from scenarios.errors import InputError
from scenarios.file.rules import INCENTIVE
from scenarios.load import Scenario
from scenarios.quantities import Quantity, in_own_words
from scenarios.wording import Language
from solvers.diagnosing.conflicts import conflict, least_change
from solvers.diagnosing.reach import Gap, gap
from solvers.leximin import leximin
from solvers.model import Rule
from solvers.problem import Infeasible, SolverFailure, SplitProblem

if TYPE_CHECKING:
    from allocator.planning.no_split.advice import Advice

RATE_LIMIT = 0.99
"""No bound is relaxed beyond this rate."""

_HAIR = 1e-6
"""Nearer than this to the incentive target a linear program cannot tell whether it is reached."""

Exactly = Callable[[Scenario, Targeting], bool | None]
"""Whether there is room for incentive rates, in exact numbers; None where that was not found: the grid decides then."""


def _not_found(scenario: Scenario, targeting: Targeting) -> None:
    """Return None: nothing was looked for."""


class NoSplit(Reason, Stop):
    """No split can satisfy bounds and rules."""

    exit_code = NO_SPLIT

    def __str__(self) -> str:
        return "no split satisfies bounds, rules and target"

    @cached_property
    def advice(self) -> Advice:
        """What would end it; tried when it is first said."""
        from allocator.planning.no_split.advice import advise

        return advise(self, _splits)

    @property
    def measured(self) -> Quantity:
        """The quantity that the target is of."""
        return self.scenario.measured

    @in_own_words
    def statements(self, language: Language) -> list[str]:
        """Return why there is none, and what would end it."""
        from allocator.planning.no_split.sentences import no_split_statements

        return no_split_statements(self, self.advice, language)

    def __reduce__(self) -> tuple[type[NoSplit], tuple[object, ...]]:
        """Return how to make it again in another process."""
        return NoSplit, (self.scenario, self.gap, self.conflict, self.fixed, self.classes, self.incentive)


def why_no_split(
    scenario: Scenario, targeting: Targeting, rules: Mapping[str, Rule], exactly: Exactly = _not_found
) -> NoSplit | None:
    """Return why there is no split, reach before rules and the grid last, or None when there is one.

    `rules`: the rows of its demands, as they are asked.
    `exactly`: asked where floating point cannot tell whether the incentive target is reached.
    """
    limit = (-RATE_LIMIT, RATE_LIMIT)
    given = replace(targeting, problem=_as_asked(scenario, targeting))
    problem = given.problem
    distance = _out_of_reach(scenario, problem, limit)
    if distance is not None:
        return NoSplit(scenario, distance)
    basic = {key: rule for key, rule in rules.items() if key != INCENTIVE}
    contradiction = conflict(problem, basic, limit, effort(scenario)) if basic else None
    if contradiction is not None:
        return NoSplit(scenario, None, contradiction)
    second = None if scenario.incentive is None else _why_no_incentive(scenario, given, rules, limit, exactly)
    return second or (NoSplit(scenario, None) if _grid_forbids(scenario, targeting, limit) else None)


def _splits(scenario: Scenario) -> bool:
    """Return whether a scenario has a split that can be printed; one that cannot be scored has none."""
    limit, allowed = (-RATE_LIMIT, RATE_LIMIT), effort(scenario)
    try:
        targeting = target(scenario)
        asked = _as_asked(scenario, targeting)
        basic = solver_rules(demand for demand in scenario.demands if demand.id != INCENTIVE)
        if _out_of_reach(scenario, asked, limit) or least_change(asked, basic, limit, None, allowed) is None:
            return False
        rules = solver_rules(targeting.demands)
        tables(scenario, targeting, leximin(targeting.problem, tuple(rules.values()), allowed))
    except (InputError, Infeasible, SolverFailure):
        return False
    return True


def _out_of_reach(scenario: Scenario, problem: SplitProblem, limit: tuple[float, float]) -> Gap | None:
    """Return how far the total lies outside what the planner's bounds allow; exact figures say whether it does."""
    weights, required = scenario.baseline.exact_coefficients, scenario.baseline.exact_required
    sides = (map(Fraction, bounds) for bounds in (scenario.regions.lower, scenario.regions.upper))
    lowest, highest = (sum((a * x for a, x in zip(weights, side, strict=True)), Fraction(0)) for side in sides)
    if required <= highest and (problem.at_least or required >= lowest):
        return None
    short = required - (highest if required > highest else lowest)
    return gap(problem, limit) or Gap(float(short), float(short / sum(weights)))


def _as_asked(scenario: Scenario, targeting: Targeting) -> SplitProblem:
    """Return the problem with the bounds that the planner gave, wherever they stand on the grid.

    Where the total may be exceeded it may be so by any amount.
    """
    lower, upper = (np.array(bounds, dtype=float) for bounds in (scenario.regions.lower, scenario.regions.upper))
    more = targeting.problem.at_least or scenario.file.exceed == "allow"
    return replace(targeting.problem, lower=lower, upper=upper, at_least=more)


def _grid_forbids(scenario: Scenario, targeting: Targeting, limit: tuple[float, float]) -> bool:
    """Return whether what was asked, moved to the grid, leaves nothing; what it leaves can be rounded up."""
    demands, problem, given = targeting.demands, targeting.problem, _as_asked(scenario, targeting)
    if demands == scenario.demands and (problem.lower == given.lower).all() and (problem.upper == given.upper).all():
        return False
    rows = {key: rule for key, rule in solver_rules(demands).items() if key != INCENTIVE}
    return least_change(replace(problem, at_least=True), rows, limit, None, effort(scenario)) is None


def _why_no_incentive(
    scenario: Scenario, targeting: Targeting, rules: Mapping[str, Rule], limit: tuple[float, float], exactly: Exactly
) -> NoSplit | None:
    """Return why there are no incentive rates above any basic ones, or None when there are some."""
    if INCENTIVE not in rules:
        distance = _out_of_reach(scenario.of_incentive(), widest(scenario, targeting), limit)
        return None if distance is None else NoSplit(scenario, distance, incentive=True)
    short = least_change(targeting.problem, rules, limit, INCENTIVE, effort(scenario), signed=True)
    if short is None:
        return NoSplit(scenario, None, conflict(targeting.problem, rules, limit, effort(scenario)))
    near = exactly(scenario, targeting) if abs(short) <= _HAIR else None
    reached = short <= 0 if near is None else near
    return None if reached else NoSplit(scenario, Gap(abs(short), None), incentive=True)
