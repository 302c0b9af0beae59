"""The rule catalogue as rows: each function returns a rule that adds its rows to a model.

A rule needs only ``model.rate``, one linear expression a member; so the same rule works
in the split, in the rounding and in the classes. Members are positions 0 … n-1. Where
``model.slack`` holds a variable under the rule's name, the rule yields by that much.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pyomo.environ as pyo

from solvers.model import Rule


def at_least(name: str, floors: Mapping[int, float]) -> Rule:
    """Return the rule ``rate[i] >= floors[i]``."""

    def add(model: pyo.ConcreteModel) -> None:
        slack = _slack(model, name)
        model.add_component(name, pyo.Constraint(list(floors), rule=lambda m, i: m.rate[i] + slack >= floors[i]))

    return add


def at_most(name: str, ceilings: Mapping[int, float]) -> Rule:
    """Return the rule ``rate[i] <= ceilings[i]``."""

    def add(model: pyo.ConcreteModel) -> None:
        slack = _slack(model, name)
        model.add_component(name, pyo.Constraint(list(ceilings), rule=lambda m, i: m.rate[i] - slack <= ceilings[i]))

    return add


def between(name: str, floors: Mapping[int, float], ceilings: Mapping[int, float]) -> Rule:
    """Return the rule ``floors[i] <= rate[i] <= ceilings[i]``; a member may stand in one of them only."""

    def add(model: pyo.ConcreteModel) -> None:
        slack = _slack(model, name)
        low = pyo.Constraint(list(floors), rule=lambda m, i: m.rate[i] + slack >= floors[i])
        high = pyo.Constraint(list(ceilings), rule=lambda m, i: m.rate[i] - slack <= ceilings[i])
        model.add_component(f"{name}_low", low)
        model.add_component(f"{name}_high", high)

    return add


def within_span(name: str, members: Iterable[int], width: float) -> Rule:
    """Return the rule that `members` lie within `width` of each other: ``t <= rate[i] <= t + width``."""
    chosen = list(members)

    def add(model: pyo.ConcreteModel) -> None:
        slack, base = _slack(model, name), pyo.Var()
        model.add_component(f"{name}_base", base)
        low = pyo.Constraint(chosen, rule=lambda m, i: m.rate[i] - base >= 0)
        high = pyo.Constraint(chosen, rule=lambda m, i: m.rate[i] - base - slack <= width)
        model.add_component(f"{name}_low", low)
        model.add_component(f"{name}_high", high)

    return add


def not_below(name: str, pairs: Iterable[tuple[int, int]]) -> Rule:
    """Return the rule ``rate[i] >= rate[j]`` for each pair (i, j)."""
    ordered = dict(enumerate(pairs))

    def add(model: pyo.ConcreteModel) -> None:
        slack = _slack(model, name)

        def row(model: pyo.ConcreteModel, k: int) -> object:
            high, low = ordered[k]
            return model.rate[high] - model.rate[low] + slack >= 0

        model.add_component(name, pyo.Constraint(list(ordered), rule=row))

    return add


def weighted_at_least(name: str, weights: Mapping[int, float], floor: float) -> Rule:
    """Return the rule ``sum_i weights[i] * rate[i] >= floor``, written with its largest weight as 1."""
    largest = max(abs(weight) for weight in weights.values())

    def add(model: pyo.ConcreteModel) -> None:
        total = pyo.quicksum(weight / largest * model.rate[i] for i, weight in weights.items())
        model.add_component(name, pyo.Constraint(expr=total + _slack(model, name) / largest >= floor / largest))

    return add


def _slack(model: pyo.ConcreteModel, name: str) -> Any:  # noqa: ANN401  (a Pyomo variable or a number)
    """Return the variable by which a rule may yield, or 0."""
    return getattr(model, "slack_of", {}).get(name, 0.0)
