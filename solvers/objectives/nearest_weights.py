"""The nearest weights at which one member's rate passes a threshold, within bounds that may bind: one integer program.

Rates come from weights by a law (`solvers.nearest`) and are then clipped, with one multiplier that makes them add up.
Whether member x is at most t needs no multiplier: it is so when the others, were x at t, would add up to enough,

    Σ_j ω_j clip(t ref_j / ref_x, l_j, u_j) >= K      deviations relative to the references
    Σ_j ω_j clip(t + ref_j - ref_x, l_j, u_j) >= K    absolute

Both sides times a positive unit are linear in the weights: 1/h, h the slope of references over scores, is a unit of
its own (`unit`), in which ρ_j = ref_j / h. Binaries say who stands highest and lowest, and what each is clipped to.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyomo.environ as pyo

from solvers.effort import USUAL, Effort
from solvers.nearest import Law, Nearest, unbeaten
from solvers.objectives.linear import solved
from solvers.problem import Array, Infeasible

_FLAT = 1e-6
"""Weights under which all scores are as near as this, relative to their widest, are left out: no slope is known."""
_HAIR = 1e-7
"""By how much a distance that is known to do may be exceeded."""


@dataclass(frozen=True, eq=False)
class Clipped:
    """How rates of n members come from weights, within bounds."""

    law: Law  # The unbounded ones; its `uniform` is what the rates add up to, weighted by `shares`
    shares: Array  # ω, adding up to one, shape (n,)
    # lower, upper: bounds, shape (n,)
    lower: Array
    upper: Array
    relative: bool  # Whether deviations are measured relative to the references


@dataclass(frozen=True, eq=False)
class Change:
    """The smallest change of weights that does something."""

    shift: float  # Weight that changes hands
    lower: float  # With less it certainly is not done; the same where the search came to its end
    weights: Array  # Shape (k,)


def nearest_weights(
    rates: Clipped, start: Array, member: int, threshold: float, up: bool,
    most: float | None = None, effort: Effort = USUAL,
) -> Change | None:  # fmt: skip
    """Return the nearest weights at which a member's rate is at most a threshold, or at least; None where none are.

    `start`: the weights to start from, shape (k,). `up`: whether at least.
    `most`: a distance that is known to do.
    Raises OutOfTime: no weights were found in time.
    """
    if threshold < rates.lower[member] if not up else threshold > rates.upper[member]:
        return None
    model = _model(rates, start, member, threshold, up)
    if most is not None:
        model.known = pyo.Constraint(expr=pyo.quicksum(model.change.values()) <= 2 * (most + _HAIR))
    try:
        found = solved(model, effort)
    except Infeasible:
        return None
    solution, weights = found.solution, np.clip(found.of(model.weight), 0.0, 1.0)
    shift = float(solution.objective)
    return Change(shift, shift * (1 - solution.gap), weights / weights.sum())


@dataclass(frozen=True, eq=False)
class Exactly:
    """The nearest weights, exact: in closed form as far as no bound can bind, by the program beyond."""

    near: Nearest
    rates: Clipped
    effort: Effort = USUAL

    @cached_property
    def free(self) -> float:
        """A distance within which no bound binds."""
        return self.near.free(self.rates.lower, self.rates.upper)

    def passing(self, member: int, threshold: float, up: bool, most: float | None = None) -> Change | None:
        """Return what `nearest_weights` does, from the weights of the closed form on.

        Raises OutOfTime: no weights were found in time.
        """
        closed = self.near.passing(member, threshold, up)
        if closed is not None and closed[0] <= self.free > 0:
            return Change(closed[0], closed[0], closed[1])
        if np.isinf(self.free):
            return None
        if closed is not None and (most is None or closed[0] < most) and self._does(closed[1], member, threshold, up):
            most = closed[0]
        return nearest_weights(self.rates, self.near.start, member, threshold, up, most, self.effort)

    def _does(self, weights: Array, member: int, threshold: float, up: bool) -> bool:
        """Return whether a member is at most, or at least, at a threshold under weights of shape (k,)."""
        rates = self.rates
        reference = rates.law.rates(weights[:, None])[:, 0]
        if (reference <= 0).any():
            return False
        at = threshold * reference / reference[member] if rates.relative else threshold + reference - reference[member]
        over = float(rates.shares @ np.clip(at, rates.lower, rates.upper)) - rates.law.uniform
        return over <= 0 if up else over >= 0


def _model(rates: Clipped, start: Array, member: int, threshold: float, up: bool) -> pyo.ConcreteModel:
    """Return the integer program."""
    k, members = start.size, range(len(rates.shares))
    model = pyo.ConcreteModel("nearest_weights")
    model.weight = pyo.Var(range(k), bounds=(0, 1))
    model.change = pyo.Var(range(k), bounds=(0, 1))
    model.whole = pyo.Constraint(expr=pyo.quicksum(model.weight.values()) == 1)
    given = start.tolist()
    model.more = pyo.Constraint(range(k), rule=lambda m, i: m.weight[i] - m.change[i] <= given[i])
    model.less = pyo.Constraint(range(k), rule=lambda m, i: m.weight[i] + m.change[i] >= given[i])
    span = _add_unit(model, rates.law)
    centred = rates.law.scores - rates.law.mean
    model.positive = pyo.Constraint(members, rule=lambda m, j: _reference(m, rates.law, centred[j]) >= 0)
    _add_sum(model, rates, member, threshold, up, span)
    model.distance = pyo.Objective(expr=pyo.quicksum(model.change.values()) / 2)
    return model


def _weighed(model: pyo.ConcreteModel, values: Array) -> Any:  # noqa: ANN401  (a Pyomo expression)
    """Return values @ weights."""
    return pyo.quicksum(value * model.weight[i] for i, value in enumerate(values.tolist()) if value)


def _reference(model: pyo.ConcreteModel, law: Law, centred: Array) -> Any:  # noqa: ANN401
    """Return ρ of a member with these scores less their mean."""
    return law.uniform * model.unit + _weighed(model, centred)


def _add_unit(model: pyo.ConcreteModel, law: Law) -> tuple[float, float]:
    """Add the unit 1/h with what ties it to the weights, and return between which figures it lies."""
    if law.spread is None:
        model.unit = pyo.Var(bounds=(0, float(law.mean.max()) / law.uniform))
        model.sloped = pyo.Constraint(expr=law.uniform * model.unit - _weighed(model, law.mean) == 0)
        return 0.0, float(law.mean.max()) / law.uniform
    widest = float(np.ptp(law.scores, axis=0).max()) / law.spread
    model.unit = pyo.Var(bounds=(_FLAT * widest, widest))
    model.high, model.low = pyo.Var(), pyo.Var()
    model.sloped = pyo.Constraint(expr=model.high - model.low - law.spread * model.unit == 0)
    _add_end(model, law.scores, model.high, "highest")
    _add_end(model, -law.scores, -model.low, "lowest")
    return _FLAT * widest, widest


def _add_end(model: pyo.ConcreteModel, scores: Array, end: Any, name: str) -> None:  # noqa: ANN401
    """Add the rows that make `end` the highest of the scores: somebody has it, and nobody more."""
    can, best = unbeaten(scores).tolist(), scores.max(axis=0)
    block = pyo.Block()
    model.add_component(name, block)
    block.it = pyo.Var(can, domain=pyo.Binary)
    block.one = pyo.Constraint(expr=pyo.quicksum(block.it.values()) == 1)
    block.over = pyo.Constraint(can, rule=lambda _, p: end - _weighed(model, scores[p]) >= 0)
    far = {p: float((best - scores[p]).max()) for p in can}
    block.had = pyo.Constraint(can, rule=lambda b, p: end - _weighed(model, scores[p]) <= far[p] * (1 - b.it[p]))


def _add_sum(
    model: pyo.ConcreteModel, rates: Clipped, member: int, threshold: float, up: bool, span: tuple[float, float]
) -> None:
    """Add what the members would add up to, were one of them at the threshold: enough for it to need no more, or less.

    `span`: between which figures the unit lies.
    """
    law, members = rates.law, range(len(rates.shares))
    centred = law.scores - law.mean
    ends = [_between(law.uniform, span, row) for row in centred]
    if rates.relative:
        unit, wide = _reference(model, law, centred[member]), (0.0, ends[member][1])
        values = [threshold * _reference(model, law, row) for row in centred]
        spans = [tuple(sorted((0.0, threshold * high))) for _, high in ends]
    else:
        unit, wide = model.unit, span
        apart = law.scores - law.scores[member]
        values = [threshold * model.unit + _weighed(model, row) for row in apart]
        spans = [_between(threshold, span, row) for row in apart]
    side = -1.0 if up else 1.0  # mirrored, what is at least is at most
    near, far = (rates.upper, rates.lower) if up else (rates.lower, rates.upper)
    near, far = (side * near).tolist(), (side * far).tolist()
    model.part = pyo.Var(members)
    model.held = pyo.Var(members, domain=pyo.Binary)
    room = [(far[j] - near[j]) * wide[1] for j in members]
    short = [max(max(near[j] * end for end in wide) - min(side * end for end in spans[j]), 0.0) for j in members]
    model.clipped = pyo.Constraint(members, rule=lambda m, j: m.part[j] - far[j] * unit <= 0)
    model.at = pyo.Constraint(
        members, rule=lambda m, j: m.part[j] - near[j] * unit <= room[j] * (1 - m.held[j]),
    )  # fmt: skip
    model.free = pyo.Constraint(members, rule=lambda m, j: m.part[j] - side * values[j] <= short[j] * m.held[j])
    omega = rates.shares.tolist()
    model.enough = pyo.Constraint(
        expr=pyo.quicksum(omega[j] * model.part[j] for j in members) - side * law.uniform * unit >= 0
    )


def _between(factor: float, span: tuple[float, float], row: Array) -> tuple[float, float]:
    """Return between which figures factor · unit + row @ weights lies."""
    low, high = sorted((factor * span[0], factor * span[1]))
    return low + float(row.min()), high + float(row.max())
