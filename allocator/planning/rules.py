"""From what the rules ask to rows of the solver: the only place that knows both sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from scenarios.load import Scenario
from scenarios.rules.incentive import Room
from scenarios.rules.kinds import Between, Budget, Demand, Held, Pairs, Span
from scenarios.rules.uncertainty import Protection
from solvers.effort import Effort
from solvers.leximin import leximin
from solvers.model import Rule
from solvers.order import essential
from solvers.printable.exact import Check, Miss
from solvers.problem import SplitProblem
from solvers.rows.catalogue import between, not_below, weighted_at_least, within_span
from solvers.rows.protection import protected
from solvers.rows.room import room_above

_MOVED = 1e-8
"""By how much a rate moves when a rule is left out, that held it."""
_LAST_DIGIT = 1e-16
"""How far below zero the worst case is asked to be: what a double may be off. Exact arithmetic decides, not this."""


def solver_rules(demands: Iterable[Demand]) -> dict[str, Rule]:
    """Return the rows of each rule by its id; a rule that asks nothing of anybody has none."""
    made = {demand.id: _rule(demand) for demand in demands}
    return {key: rule for key, rule in made.items() if rule is not None}


def _rule(demand: Demand) -> Rule | None:
    match demand:
        case Held(id=name, computed=rates):
            return between(name, rates, rates)
        case Between(id=name, floors=floors, ceilings=ceilings):
            return between(name, _floats(floors), _floats(ceilings))
        case Span(id=name, members=members, width=width):
            return within_span(name, members, float(width))
        case Pairs(id=name, pairs=pairs):
            return not_below(name, essential(pairs)) if pairs else None
        case Budget(id=name, end_emissions=weights, projects=projects, limit=limit):
            # Σ E g (1 - r) + projects <= limit   <=>   Σ E g r >= Σ E g + projects - limit
            needed = sum(weights.values(), Fraction(0)) + projects - limit
            return weighted_at_least(name, _floats(weights), float(needed))
        case Protection():
            return _protected(demand)
        case Room(id=name, asked=asked, coefficients=weights, required=required):
            rules = tuple(solver_rules(asked.demands).values())
            return room_above(
                name, np.array(asked.steps, dtype=float), np.array(asked.upper, dtype=float), _array(weights),
                float(required), rules,
            )  # fmt: skip
    raise TypeError(f"no rows are known for {type(demand).__name__}")


def _protected(demand: Protection) -> Rule:
    """Return the budget-Γ rows, in shares of the nominal GDP of the last year: points of the province's rate."""
    scale = 1 / sum((g * y for g, y in zip(demand.growth, demand.gdp_shares, strict=True)), Fraction(0))
    kept = [s - demand.allowed * y for s, y in zip(demand.emission_shares, demand.gdp_shares, strict=True)]
    return protected(
        demand.id,
        weights=_array(g * scale for g in demand.growth),
        half_widths=_array(d * scale for d in demand.half_widths),
        constants=_array(kept),
        slopes=_array(demand.emission_shares),
        relief=_array(demand.gdp_shares),
        budget=float(demand.budget),
        hair=_LAST_DIGIT,
    )


def order_folds(scenario: Scenario) -> bool:
    """Return whether bounds can say the order: largest lower and least upper bounds of those above and below.

    clip(ref (1 + mu), l, u) keeps the order of the references where 1 + mu is not negative. It is not
    where mu = -1 already gives the least sum, which holds when no lower bound is below zero; beyond
    that the order must stay a rule. With deviations in points, clip(ref + mu, l, u) always keeps it.
    """
    return scenario.file.reference.deviation != "relative" or min(scenario.regions.lower) >= 0


def exactly(demands: Iterable[Demand]) -> Check:
    """Return the check that a table keeps every demand in exact arithmetic."""
    asked = tuple(demands)

    def missed(table: Sequence[Fraction]) -> list[Miss]:
        failing = ((demand, demand.failing(table)) for demand in asked)
        return [Miss(demand.blamed(those), demand.lower_breaks) for demand, those in failing if those]

    return missed


def _array(values: Iterable[Fraction]) -> NDArray[np.float64]:
    return np.array([float(value) for value in values])


def _floats(values: Mapping[int, Fraction]) -> dict[int, float]:
    return {position: float(value) for position, value in values.items()}


def deciding(
    problem: SplitProblem, demands: Sequence[Demand], rates: NDArray[np.float64], allowed: Effort
) -> list[tuple[Demand, ...]]:
    """Return for each region the rules that hold it, list of length n: without one of them its rate would be another.

    Of rules that ask the same, the last one is named.

    `problem`, `demands`, `rates`: what was solved, and its answer, shape (n,).
    `allowed`: for each of the linear programs: one split is computed for each rule whose rows are tight.
    """
    found: list[tuple[Demand, ...]] = [()] * len(problem)
    kept = list(demands)
    for demand in demands:
        tight = demand.tight(rates.tolist())
        if not tight:
            continue
        others = [other for other in kept if other is not demand]
        moved = np.abs(leximin(problem, tuple(solver_rules(others).values()), allowed).rates - rates) > _MOVED
        kept = kept if moved.any() else others
        for n in tight & set(np.flatnonzero(moved).tolist()):
            found[n] += (demand,)
    return found


def effort(scenario: Scenario) -> Effort:
    """Return the section `solver` of a scenario as the solvers take it."""
    asked = scenario.file.solver
    return Effort(float(asked.time_limit), asked.threads, float(asked.gap))
