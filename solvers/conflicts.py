"""Why rules, bounds and total contradict each other, and what single change would end it.

A row-level irreducible set names every member and explains nothing; so whole rules are
taken out one by one, and what cannot be taken out is the conflict. A lever is one thing
that may yield: a rule, the upper bounds, the lower bounds, or the total. Its smallest
change is one linear program with one slack.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyomo.environ as pyo

from solvers.effort import USUAL, Effort
from solvers.highs import HotSolver, Stop
from solvers.model import Rule, add_backing, compile_model
from solvers.problem import SplitProblem

UPPER, LOWER, LESS, MORE = "upper bounds", "lower bounds", "less total", "more total"


@dataclass(frozen=True)
class Lever:
    """One thing that may yield."""

    name: str  # Id of a rule, or `UPPER`, `LOWER`, `LESS`, `MORE`
    # The smallest change that gives a split, in the units of its rows: up for upper bounds, down for lower bounds,
    # less or more of the total; None when no change of it alone is enough
    change: float | None


@dataclass(frozen=True)
class Conflict:
    """Why there is no split."""

    rules: tuple[str, ...]  # Ids of the smallest set of rules that contradict each other within bounds and total
    levers: tuple[Lever, ...]  # Every lever, with what it would take


def conflict(
    problem: SplitProblem, rules: Mapping[str, Rule], limit: tuple[float, float], effort: Effort = USUAL
) -> Conflict | None:
    """Return why bounds, total and rules leave no split, or None when they leave one.

    Parameters
    ----------
    problem
        Bounds and coupling row; reference and scale play no part.
    rules
        Id -> rows.
    limit
        Values beyond which no bound can be moved.
    effort
        For each of the linear programs.
    """
    if least_change(problem, rules, limit, None, effort) is not None:
        return None
    needed = dict(rules)
    for name in rules:
        without = {key: rule for key, rule in needed.items() if key != name}
        if least_change(problem, without, limit, None, effort) is None:
            needed = without
    names = (*rules, UPPER, LOWER, LESS, MORE)
    levers = (Lever(name, least_change(problem, rules, limit, name, effort)) for name in names)
    return Conflict(tuple(needed), tuple(levers))


def least_change(
    problem: SplitProblem,
    rules: Mapping[str, Rule],
    limit: tuple[float, float],
    lever: str | None,
    effort: Effort = USUAL,
) -> float | None:
    """Return the least slack of one lever that leaves a split (0 without a lever), None when none does."""
    program = compile_model(_model(problem, rules, limit, lever)).program
    solution = HotSolver(program, effort).solve()
    return solution.objective if solution.stop is Stop.OPTIMAL else None


def _model(
    problem: SplitProblem, rules: Mapping[str, Rule], limit: tuple[float, float], lever: str | None
) -> pyo.ConcreteModel:
    """Return the model that looks for any split, giving way by `slack` at one place."""
    model = pyo.ConcreteModel("conflict")
    model.slack = pyo.Var(bounds=(0, None if lever else 0))
    model.slack_of = {lever: model.slack} if lever in (*rules, LESS, MORE) else {}
    lower, upper = problem.lower.tolist(), problem.upper.tolist()
    widest = [
        (limit[0] if lever == LOWER else low, limit[1] if lever == UPPER else high)
        for low, high in zip(lower, upper, strict=True)
    ]
    model.rate = pyo.Var(range(len(problem)), bounds=lambda _, i: widest[i])
    if lever == UPPER:
        model.upper = pyo.Constraint(model.rate.index_set(), rule=lambda m, i: m.rate[i] - m.slack <= upper[i])
    if lever == LOWER:
        model.lower = pyo.Constraint(model.rate.index_set(), rule=lambda m, i: m.rate[i] + m.slack >= lower[i])
    add_backing(model, problem, {LESS: model.slack, MORE: -model.slack}.get(lever or "", 0.0))
    for rule in rules.values():
        rule(model)
    model.least = pyo.Objective(expr=model.slack)
    return model
