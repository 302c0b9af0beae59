"""What the programs of this room share: rates within bounds and rules at the total, and a model solved once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyomo.environ as pyo

from solvers.effort import Effort
from solvers.highs import HotSolver, Solution, Stop
from solvers.model import Compiled, Rule, add_backing, compile_model
from solvers.problem import Array, Infeasible, SplitProblem


@dataclass(frozen=True, eq=False)
class Solved:
    """An optimum, and where its parts stand."""

    solution: Solution
    compiled: Compiled

    def of(self, variable: pyo.Var) -> Array:
        """Return the values of an indexed variable, in the order of its index."""
        return np.asarray(self.solution.values[self.compiled.columns_of(variable)], dtype=float)

    def price(self, constraint: pyo.Constraint) -> float:
        """Return by how much the objective grows with the bound of a row."""
        return float(self.solution.row_duals[self.compiled.rows[constraint.name]])


def rates_model(problem: SplitProblem, rules: Sequence[Rule] = ()) -> pyo.ConcreteModel:
    """Return a model of the rates within bounds and rules at the total, without an objective."""
    model = pyo.ConcreteModel("rates")
    bounds = list(zip(problem.lower.tolist(), problem.upper.tolist(), strict=True))
    model.rate = pyo.Var(range(len(problem)), bounds=lambda _, i: bounds[i])
    add_backing(model, problem)
    for rule in rules:
        rule(model)
    return model


def solved(model: pyo.ConcreteModel, effort: Effort) -> Solved:
    """Return the optimum of a linear model.

    Raises Infeasible: there is no point.
    Raises SolverFailure: HiGHS gave no answer.
    """
    compiled = compile_model(model)
    solution = HotSolver(compiled.program, effort).solve()
    if solution.stop is Stop.INFEASIBLE:
        raise Infeasible
    return Solved(solution, compiled)
