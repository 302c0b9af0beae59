"""Data envelopment: how little of its input each member would need for its outputs, by the best practice of all.

Of member o, with constant returns to scale:

    min θ_o     Σ_j λ_j c_j <= θ_o c_o,   Σ_j λ_j y_kj >= y_ko for each output k,   λ >= 0

The programs of all members share no variable: the sum of all θ is at its least where each of them is.
"""

from __future__ import annotations

import numpy as np
import pyomo.environ as pyo

from solvers.effort import USUAL, Effort
from solvers.objectives.linear import solved
from solvers.problem import Array


def efficiency(inputs: Array, outputs: Array, effort: Effort = USUAL) -> Array:
    """Return θ of each member, above 0 and at most 1, shape (n,).

    `inputs`: c, above zero, shape (n,). `outputs`: y, above zero, shape (n, k).
    Raises SolverFailure: HiGHS gave no answer.
    """
    c, y = (inputs / inputs.mean()).tolist(), (outputs / outputs.mean(axis=0)).tolist()
    members, kinds = range(len(c)), range(outputs.shape[1])
    model = pyo.ConcreteModel("envelope")
    model.theta = pyo.Var(members, bounds=(0, 1))
    model.practice = pyo.Var(members, members, bounds=(0, None))

    def used(m: pyo.ConcreteModel, o: int) -> object:
        return pyo.quicksum(c[j] / c[o] * m.practice[o, j] for j in members) - m.theta[o] <= 0

    def made(m: pyo.ConcreteModel, o: int, k: int) -> object:
        return pyo.quicksum(y[j][k] / y[o][k] * m.practice[o, j] for j in members) >= 1

    model.used = pyo.Constraint(members, rule=used)
    model.made = pyo.Constraint(members, kinds, rule=made)
    model.total = pyo.Objective(expr=pyo.quicksum(model.theta[o] for o in members))
    return np.clip(solved(model, effort).of(model.theta), 0.0, 1.0)
