"""The program of the model of record as arrays at once, without a model in between.

`level_program` gives the same columns, rows and numbers as compiling `build_model`, in the
order of declaration:

    columns   rates 0 … n-1, level n, then the own variables of each rule
    rows      backing 0, above 1 … n, below n+1 … 2n, then the rows of each rule

A rule of the catalogue says its rows twice, in Pyomo and as arrays; tests hold the two
equal. With any other rule the model itself is built and compiled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyomo.environ as pyo
from numpy.typing import NDArray
from scipy.sparse import csr_array

from solvers.highs import Program
from solvers.model import Rule, build_model, compile_model
from solvers.problem import Array, SplitProblem

Positions = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Rows:
    """lower <= matrix @ (rates, own variables of the rule) <= upper, the matrix given entry by entry."""

    # row, column, value: Where each entry stands and what it is, shape (entries,); columns 0 … n-1 are the rates, n
    # and above the rule's own variables
    row: Positions
    column: Positions
    value: Array
    # lower, upper: Shape (rows,)
    lower: Array
    upper: Array
    # own_lower, own_upper: Bounds of the rule's own variables
    own_lower: Array = field(default_factory=lambda: np.empty(0))
    own_upper: Array = field(default_factory=lambda: np.empty(0))


@dataclass(frozen=True, eq=False)
class ArrayRule:
    """A rule that is known in Pyomo and as arrays."""

    add: Rule  # Adds the rows to a Pyomo model
    rows: Callable[[int], Rows]  # Gives the same rows, in the same order, for a number of members

    def __call__(self, model: pyo.ConcreteModel) -> None:
        """Add the rows to a Pyomo model."""
        self.add(model)


@dataclass(frozen=True, eq=False)
class LevelProgram:
    """The program of the largest deviation, and where its parts stand."""

    program: Program  # The arrays
    # rates, level: Columns, shape (n,) and one
    rates: Positions
    level: int
    # backing, above, below: Rows: one, and shape (n,) each
    backing: int
    above: Positions
    below: Positions


def level_program(problem: SplitProblem, rules: Sequence[Rule] = ()) -> LevelProgram:
    """Return the first leximin stage: minimise the largest deviation.

    Raises Infeasible: A row without variables does not hold.
    """
    known = [rule for rule in rules if isinstance(rule, ArrayRule)]
    return _assembled(problem, known) if len(known) == len(rules) else compiled_program(problem, rules)


def compiled_program(problem: SplitProblem, rules: Sequence[Rule]) -> LevelProgram:
    """Return the same program by way of the Pyomo model of record."""
    model = build_model(problem, rules)
    compiled = compile_model(model)
    return LevelProgram(
        compiled.program,
        compiled.columns_of(model.rate),
        compiled.columns[model.level.name],
        compiled.rows[model.backing.name],
        compiled.rows_of(model.above),
        compiled.rows_of(model.below),
    )


def _assembled(problem: SplitProblem, rules: Sequence[ArrayRule]) -> LevelProgram:
    """Return the program by stacking the families of rows."""
    n = len(problem)
    parts = [_standard(problem), *(rule.rows(n) for rule in rules)]
    row_starts = np.cumsum([0, *(part.lower.size for part in parts)])
    own_starts = np.cumsum([0, *(part.own_lower.size for part in parts)])
    # own variables of a part follow those of the parts before it
    columns = [part.column + start * (part.column >= n) for part, start in zip(parts, own_starts, strict=False)]
    rows = [part.row + start for part, start in zip(parts, row_starts, strict=False)]
    width = n + int(own_starts[-1])
    entries = np.concatenate([part.value for part in parts])
    matrix = csr_array((entries, (np.concatenate(rows), np.concatenate(columns))), shape=(int(row_starts[-1]), width))
    matrix.eliminate_zeros()
    costs = np.zeros(width)
    costs[n] = 1.0
    program = Program(
        costs=costs,
        lower=np.concatenate([problem.lower, *(part.own_lower for part in parts)]),
        upper=np.concatenate([problem.upper, *(part.own_upper for part in parts)]),
        matrix=matrix,
        row_lower=np.concatenate([part.lower for part in parts]),
        row_upper=np.concatenate([part.upper for part in parts]),
        integer=np.zeros(width, dtype=bool),
    )
    each = np.arange(n, dtype=np.int32)
    return LevelProgram(program, each, n, 0, each + 1, each + n + 1)


def _standard(problem: SplitProblem) -> Rows:
    """Return backing and deviations; their own variable is the level."""
    n = len(problem)
    member, level = np.arange(n, dtype=np.int32), np.full(n, n, dtype=np.int32)
    above, below = member + 1, member + n + 1
    wide, one = np.full(n, np.inf), np.ones(n)
    most = np.inf if problem.at_least else problem.total
    return Rows(
        row=np.concatenate([np.zeros_like(member), above, above, below, below]),
        column=np.concatenate([member, member, level, member, level]),
        value=np.concatenate([problem.coefficients, one, -problem.scale, one, problem.scale]),
        lower=np.concatenate([[problem.total], -wide, problem.reference]),
        upper=np.concatenate([[most], problem.reference, wide]),
        own_lower=np.zeros(1),
        own_upper=np.full(1, np.inf),
    )
