"""Protection against uncertain weights: budget-Γ rows (Bertsimas and Sim, 2004).

    sum_i w_i c_i(rate) <= 0   must hold while any Γ of the weights w_i are off by up to d_i,

with each c_i = constant_i - slope_i rate[i]. The worst case is the sum at the nominal
weights plus the Γ largest d_i |c_i|; by duality that is at most zero exactly when there are

    threshold >= 0, beyond_i >= 0:   sum_i w_i c_i + Γ threshold + sum_i beyond_i <= 0
                                     threshold + beyond_i >= d_i c_i,  >= -d_i c_i
"""

from __future__ import annotations

from typing import Any

import pyomo.environ as pyo

from solvers.diagnosing.conflicts import LESS, MORE
from solvers.model import Rule
from solvers.problem import Array


def protected(
    name: str,
    weights: Array,
    half_widths: Array,
    constants: Array,
    slopes: Array,
    relief: Array,
    budget: float,
    hair: float = 0.0,
) -> Rule:
    """Return the rule that the row holds while any `budget` of its weights are at their worst.

    `weights`, `half_widths`: nominal w and how far each may be off d, shape (n,).
    `constants`, `slopes`: c_i = constants_i - slopes_i rate[i], shape (n,).
    `relief`: by how much c_i falls when the total is lowered by one, shape (n,).
    `budget`: Γ; the fraction of a fractional Γ counts for the next largest.
    `hair`: how far below zero the worst case must be, so that exact arithmetic agrees.
    """
    w, d, k, m, y = (x.tolist() for x in (weights, half_widths, constants, slopes, relief))
    moving = [i for i in range(len(w)) if d[i] > 0]
    # threshold and beyond are measured in what a rate can move, so that the rows are of one size
    unit = {i: d[i] * (abs(m[i]) or 1.0) for i in moving}
    common = max(unit.values(), default=1.0)

    def add(model: pyo.ConcreteModel) -> None:
        slack_of = getattr(model, "slack_of", {})
        less = slack_of.get(LESS, 0.0) - slack_of.get(MORE, 0.0)
        block = pyo.Block()
        model.add_component(f"rule_{name}", block)
        block.threshold, block.beyond = pyo.Var(bounds=(0, None)), pyo.Var(moving, bounds=(0, None))

        def c(i: int) -> Any:  # noqa: ANN401  (a Pyomo expression)
            return k[i] - m[i] * model.rate[i] - y[i] * less

        def side(i: int, sign: int) -> Any:  # noqa: ANN401
            return block.threshold * (common / unit[i]) + block.beyond[i] - sign * d[i] / unit[i] * c(i)

        block.rising = pyo.Constraint(moving, rule=lambda _, i: side(i, 1) >= 0)
        block.falling = pyo.Constraint(moving, rule=lambda _, i: side(i, -1) >= 0)
        extra = budget * common * block.threshold + pyo.quicksum(unit[i] * block.beyond[i] for i in moving)
        worst = pyo.quicksum(w[i] * c(i) for i in range(len(w))) + extra
        block.worst = pyo.Constraint(expr=worst - slack_of.get(name, 0.0) <= -hair)

    return add
