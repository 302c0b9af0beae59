"""Why rules, bounds and total contradict each other, and what single change would end it.

A row-level irreducible set names every member and explains nothing; so whole rules are
taken out one by one, and what cannot be taken out contradicts itself. A smaller set may do so
too. It must hold, of every largest set of rules that leaves a split, one rule outside; the
smallest set that does so for the ones known either contradicts itself, and is the answer, or
grows to one more of them (implicit hitting sets). A lever is one thing
that may yield: a rule, the upper bounds, the lower bounds, or the total. Its smallest
change is one linear program with one slack.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from time import monotonic

import pyomo.environ as pyo

from solvers.effort import USUAL, Effort
from solvers.highs import HotSolver, Stop
from solvers.model import Rule, add_backing, compile_model
from solvers.problem import SplitProblem

SEARCH = 20.0
"""Seconds for the search for a smaller set."""

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

    rules: tuple[str, ...]  # Ids of rules that contradict each other within bounds and total, none of them idle
    levers: tuple[Lever, ...]  # Every lever, with what it would take
    smallest: bool = True  # Whether no fewer rules do; False when the time was up before that was proved
    # Sets of rules, each of which is all that a largest set of rules with a split leaves out: what shows the smallest
    outside: tuple[frozenset[str], ...] = ()

    @property
    def changes(self) -> dict[str, float]:
        """The change of each lever that is enough alone."""
        return {lever.name: lever.change for lever in self.levers if lever.change is not None}

    @property
    def more(self) -> float | None:
        """By how much the rules ask for more than the total; None where more of it is no help."""
        return self.changes.get(MORE)


def conflict(
    problem: SplitProblem, rules: Mapping[str, Rule], limit: tuple[float, float], effort: Effort = USUAL
) -> Conflict | None:
    """Return why bounds, total and rules leave no split, or None when they leave one.

    `problem`: bounds and coupling row; reference and scale play no part.
    `limit`: values beyond which no bound can be moved.
    `effort`: for each of the linear programs.
    """
    if least_change(problem, rules, limit, None, effort) is not None:
        return None

    def possible(chosen: frozenset[str]) -> bool:
        some = {name: rule for name, rule in rules.items() if name in chosen}
        return least_change(problem, some, limit, None, effort) is not None

    needed = frozenset(rules)
    for name in rules:
        if not possible(needed - {name}):
            needed -= {name}
    outside: list[frozenset[str]] = []
    found, smallest = _smallest(tuple(rules), needed, possible, outside, monotonic() + min(SEARCH, effort.time_limit))
    levers = (
        Lever(name, least_change(problem, rules, limit, name, effort)) for name in (*rules, UPPER, LOWER, LESS, MORE)
    )
    return Conflict(tuple(name for name in rules if name in found), tuple(levers), smallest, tuple(outside))


def _smallest(
    names: Sequence[str],
    known: frozenset[str],
    possible: Callable[[frozenset[str]], bool],
    outside: list[frozenset[str]],
    deadline: float,
) -> tuple[frozenset[str], bool]:
    """Return the smallest set that is not possible, `known` where no other is smaller, and whether that is proved.

    `outside`: gets what each largest possible set that is met leaves out.
    """
    for size in range(len(known)):
        for chosen in map(frozenset, combinations(names, size)):
            if monotonic() > deadline:
                return known, False
            if any(chosen.isdisjoint(rest) for rest in outside):
                continue
            if not possible(chosen):
                return chosen, True
            for name in names:
                chosen = chosen | {name} if possible(chosen | {name}) else chosen
            outside.append(frozenset(names) - chosen)
    return known, True


def least_change(
    problem: SplitProblem,
    rules: Mapping[str, Rule],
    limit: tuple[float, float],
    lever: str | None,
    effort: Effort = USUAL,
    signed: bool = False,
) -> float | None:
    """Return the least slack of one lever that leaves a split (0 without a lever), None when none does.

    `signed`: whether what a rule leaves beyond its limit is said as well, below zero.
    """
    program = compile_model(_model(problem, rules, limit, lever, signed)).program
    solution = HotSolver(program, effort).solve()
    return solution.objective if solution.stop is Stop.OPTIMAL else None


def _model(
    problem: SplitProblem,
    rules: Mapping[str, Rule],
    limit: tuple[float, float],
    lever: str | None,
    signed: bool = False,
) -> pyo.ConcreteModel:
    """Return the model that looks for any split, giving way by `slack` at one place."""
    model = pyo.ConcreteModel("conflict")
    model.slack = pyo.Var(bounds=(None if signed else 0, None if lever else 0))
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
