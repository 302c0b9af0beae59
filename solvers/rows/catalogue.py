"""The rule catalogue as rows: each function returns a rule that adds its rows to a model.

A rule needs only ``model.rate``, one linear expression a member; so the same rule works
in the split, in the rounding and in the classes. Members are positions 0 … n-1. Where
``model.slack_of`` holds a variable under the rule's name, the rule yields by that much.
The rows stand in a block of their own, so that no name of a rule meets another name.
Each function says its rows as arrays as well, see `solvers.arrays`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyomo.environ as pyo

from solvers.arrays import ArrayRule, Rows
from solvers.model import Rule

_HAIR = 1e-9
"""By how much a row without variables may be missed: what its own sum of floats can be off."""


def between(name: str, floors: Mapping[int, float], ceilings: Mapping[int, float]) -> Rule:
    """Return the rule ``floors[i] <= rate[i] <= ceilings[i]``; a member may stand in one of them only."""

    def add(model: pyo.ConcreteModel) -> None:
        slack, block = _slack(model, name), _block(model, name)
        block.low = pyo.Constraint(list(floors), rule=lambda _, i: _at_least(model.rate[i] + slack, floors[i]))
        block.high = pyo.Constraint(list(ceilings), rule=lambda _, i: _at_most(model.rate[i] - slack, ceilings[i]))

    def rows(_: int) -> Rows:
        members = np.array([*floors, *ceilings], dtype=np.int32)
        return Rows(
            row=np.arange(members.size, dtype=np.int32),
            column=members,
            value=np.ones(members.size),
            lower=np.array([*floors.values(), *([-np.inf] * len(ceilings))]),
            upper=np.array([*([np.inf] * len(floors)), *ceilings.values()]),
        )

    return ArrayRule(add, rows)


def within_span(name: str, members: Iterable[int], width: float) -> Rule:
    """Return the rule that `members` lie within `width` of each other: ``t <= rate[i] <= t + width``."""
    chosen = list(members)

    def add(model: pyo.ConcreteModel) -> None:
        slack, block = _slack(model, name), _block(model, name)
        block.base = pyo.Var()
        block.low = pyo.Constraint(chosen, rule=lambda b, i: model.rate[i] - b.base >= 0)
        block.high = pyo.Constraint(chosen, rule=lambda b, i: model.rate[i] - b.base - slack <= width)

    def rows(n: int) -> Rows:
        k = len(chosen)
        row = np.arange(2 * k, dtype=np.int32)
        return Rows(
            row=np.concatenate([row, row]),
            column=np.array([*chosen, *chosen, *([n] * (2 * k))], dtype=np.int32),
            value=np.repeat([1.0, -1.0], 2 * k),
            lower=np.repeat([0.0, -np.inf], k),
            upper=np.repeat([np.inf, width], k),
            own_lower=np.full(1, -np.inf),
            own_upper=np.full(1, np.inf),
        )

    return ArrayRule(add, rows)


def not_below(name: str, pairs: Iterable[tuple[int, int]]) -> Rule:
    """Return the rule ``rate[i] >= rate[j]`` for each pair (i, j)."""
    ordered = dict(enumerate(pairs))

    def add(model: pyo.ConcreteModel) -> None:
        slack, block = _slack(model, name), _block(model, name)

        def row(_: pyo.Block, k: int) -> object:
            high, low = ordered[k]
            return _at_least(model.rate[high] - model.rate[low] + slack, 0)

        block.row = pyo.Constraint(list(ordered), rule=row)

    def rows(_: int) -> Rows:
        k = len(ordered)
        members = np.array(list(ordered.values()), dtype=np.int32).reshape(k, 2)
        row = np.repeat(np.arange(k, dtype=np.int32), 2)
        return Rows(row, members.ravel(), np.tile([1.0, -1.0], k), lower=np.zeros(k), upper=np.full(k, np.inf))

    return ArrayRule(add, rows)


def weighted_at_least(name: str, weights: Mapping[int, float], floor: float) -> Rule:
    """Return the rule ``sum_i weights[i] * rate[i] >= floor``, written with its largest weight as 1."""
    largest = max(abs(weight) for weight in weights.values())

    def add(model: pyo.ConcreteModel) -> None:
        total = pyo.quicksum(weight / largest * model.rate[i] for i, weight in weights.items())
        slack, block = _slack(model, name), _block(model, name)
        block.row = pyo.Constraint(expr=_at_least(total + slack / largest, floor / largest))

    def rows(_: int) -> Rows:
        members = np.array(list(weights), dtype=np.int32)
        value = np.array(list(weights.values())) / largest
        return Rows(np.zeros_like(members), members, value, lower=np.full(1, floor / largest), upper=np.full(1, np.inf))

    return ArrayRule(add, rows)


def _block(model: pyo.ConcreteModel, name: str) -> pyo.Block:
    """Return a new part of the model for the rows of a rule."""
    block = pyo.Block()
    model.add_component(f"rule_{name}", block)
    return block


def _at_least(body: Any, floor: float) -> object:  # noqa: ANN401  (a Pyomo expression)
    """Return the row ``body >= floor``; none where the body is a number that is not below by more than a hair."""
    return pyo.Constraint.Feasible if body.is_fixed() and pyo.value(body) >= floor - _HAIR else body >= floor


def _at_most(body: Any, ceiling: float) -> object:  # noqa: ANN401  (a Pyomo expression)
    """Return the row ``body <= ceiling``; none where the body is a number that is not above by more than a hair."""
    return pyo.Constraint.Feasible if body.is_fixed() and pyo.value(body) <= ceiling + _HAIR else body <= ceiling


def _slack(model: pyo.ConcreteModel, name: str) -> Any:  # noqa: ANN401  (a Pyomo variable or a number)
    """Return the variable by which a rule may yield, or 0."""
    return getattr(model, "slack_of", {}).get(name, 0.0)
