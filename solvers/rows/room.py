"""Room for a second, higher vector: what the first one must leave, as rows.

With the first vector ``rate`` and the second one ``above``, members 0 … n-1:

    above[i] >= rate[i] + steps[i],   above[i] <= upper[i],   sum_i a_i above[i] >= total

and every rule for the second vector over ``above``. The first vector is then the first part
of the lexicographic answer for both: the second is found with the first one fixed.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyomo.environ as pyo

from solvers.model import Rule
from solvers.problem import Array


def room_above(
    name: str, steps: Array, upper: Array, coefficients: Array, total: float, rules: Sequence[Rule] = ()
) -> Rule:
    """Return the rule that some second vector exists above the first one.

    `steps`: least distance between the two, shape (n,).
    `upper`: upper bounds of the second vector, shape (n,).
    `coefficients`, `total`: its coupling row; the slack of this rule, if there is one, comes off the total.
    `rules`: its further rows; they find it as ``model.rate`` of a part of the model.
    """
    least, most, a = steps.tolist(), upper.tolist(), coefficients.tolist()

    def add(model: pyo.ConcreteModel) -> None:
        block = pyo.Block()
        model.add_component(f"rule_{name}", block)
        block.slack_of = getattr(model, "slack_of", {})
        block.rate = pyo.Var(range(len(a)), bounds=lambda _, i: (None, most[i]))
        block.step = pyo.Constraint(block.rate.index_set(), rule=lambda b, i: b.rate[i] - model.rate[i] >= least[i])
        weighted = pyo.quicksum(a[i] * block.rate[i] for i in block.rate)
        block.backing = pyo.Constraint(expr=weighted + block.slack_of.get(name, 0.0) >= total)
        for rule in rules:
            rule(block)

    return add
