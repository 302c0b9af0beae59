"""The Pyomo model of record: one function for each family of rows.

    variables   rate[i] in [lower_i, upper_i];  level >= 0, the largest deviation
    backing     sum_i a_i rate[i] = total, or >= total where a rule can ask for more
    above/below |rate[i] - reference_i| <= scale_i * level
    rules       whatever a `Rule` adds

A rule is one function that takes the model and adds rows over ``model.rate``. The stages of
a plan take the same program from `solvers.arrays`, which is held equal to this one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray
from pyomo.common.errors import InfeasibleConstraintException
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler
from scipy.sparse import csr_array

from solvers.highs import Program
from solvers.problem import Infeasible, SplitProblem

Rule = Callable[[pyo.ConcreteModel], None]


@dataclass(frozen=True, eq=False)
class Compiled:
    """A model as arrays, with the way back to its parts."""

    program: Program  # The arrays
    columns: dict[str, int]  # Name of a variable -> its column
    rows: dict[str, int]  # Name of a constraint -> its row

    def columns_of(self, variable: pyo.Var) -> NDArray[np.int32]:
        """Return the columns of an indexed variable, in the order of its index."""
        return np.array([self.columns[variable[i].name] for i in variable], dtype=np.int32)

    def rows_of(self, constraint: pyo.Constraint) -> NDArray[np.int32]:
        """Return the rows of an indexed constraint, in the order of its index."""
        return np.array([self.rows[constraint[i].name] for i in constraint], dtype=np.int32)


def build_model(problem: SplitProblem, rules: Sequence[Rule] = ()) -> pyo.ConcreteModel:
    """Return the model of the first leximin stage: minimise the largest deviation."""
    model = pyo.ConcreteModel("split")
    bounds = list(zip(problem.lower.tolist(), problem.upper.tolist(), strict=True))
    model.rate = pyo.Var(range(len(problem)), bounds=lambda _, i: bounds[i])
    model.level = pyo.Var(bounds=(0, None))
    add_backing(model, problem)
    add_deviations(model, problem)
    for rule in rules:
        rule(model)
    model.largest_deviation = pyo.Objective(expr=model.level)
    return model


def add_backing(model: pyo.ConcreteModel, problem: SplitProblem, slack: object = 0.0) -> None:
    """Add the row that makes the members add up: coefficients @ rate + slack = (or >=) total."""
    a = problem.coefficients.tolist()
    weighted = pyo.quicksum(a[i] * model.rate[i] for i in model.rate)
    total = weighted + slack
    model.backing = pyo.Constraint(expr=total >= problem.total if problem.at_least else total == problem.total)


def add_deviations(model: pyo.ConcreteModel, problem: SplitProblem) -> None:
    """Add the rows that hold every member within `level` of its reference."""
    reference, scale = problem.reference.tolist(), problem.scale.tolist()

    def above(model: pyo.ConcreteModel, i: int) -> object:
        return model.rate[i] - scale[i] * model.level <= reference[i]

    def below(model: pyo.ConcreteModel, i: int) -> object:
        return model.rate[i] + scale[i] * model.level >= reference[i]

    model.above = pyo.Constraint(model.rate.index_set(), rule=above)
    model.below = pyo.Constraint(model.rate.index_set(), rule=below)


def compile_model(model: pyo.ConcreteModel) -> Compiled:
    """Return a linear Pyomo model as arrays.

    Raises Infeasible: A row without variables does not hold.
    """
    try:
        form = LinearStandardFormCompiler().write(model, mixed_form=True)
    except InfeasibleConstraintException:
        raise Infeasible from None
    rhs = np.array(form.rhs, dtype=float)
    kinds = np.array([row.bound_type for row in form.rows], dtype=int)  # -1 >=, 0 ==, 1 <=
    variables = form.columns
    infinite = float("inf")
    program = Program(
        costs=np.asarray(form.c.todense(), dtype=float).ravel(),
        lower=np.array([-infinite if v.lb is None else v.lb for v in variables], dtype=float),
        upper=np.array([infinite if v.ub is None else v.ub for v in variables], dtype=float),
        matrix=csr_array(form.A),
        row_lower=np.where(kinds <= 0, rhs, -infinite),
        row_upper=np.where(kinds >= 0, rhs, infinite),
        integer=np.array([not v.is_continuous() for v in variables], dtype=bool),
    )
    columns = {variable.name: n for n, variable in enumerate(variables)}
    return Compiled(program, columns, {row.constraint.name: n for n, row in enumerate(form.rows)})
