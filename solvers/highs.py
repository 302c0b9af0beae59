"""The one file that touches HiGHS: arrays in, a solution out, kept hot between solves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from solvers.problem import Array, SolverFailure

FEASIBILITY_TOLERANCE = 1e-10
TIME_LIMIT = 300.0


class Stop(Enum):
    """Why the solver stopped."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"


@dataclass(frozen=True, eq=False)
class Program:
    """min costs @ x  subject to  row_lower <= matrix @ x <= row_upper, lower <= x <= upper.

    Parameters
    ----------
    costs, lower, upper
        Shape (columns,); infinite bounds are allowed.
    matrix
        Sparse rows, shape (rows, columns).
    row_lower, row_upper
        Shape (rows,).
    integer
        Which columns take whole numbers only, shape (columns,).
    """

    costs: Array
    lower: Array
    upper: Array
    matrix: csr_array
    row_lower: Array
    row_upper: Array
    integer: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Solution:
    """Where the solver stopped, and what it holds: numbers only with an optimal stop.

    Parameters
    ----------
    stop
        Why it stopped.
    objective
        Value of the objective.
    values
        x, shape (columns,); empty unless optimal.
    row_duals
        Change of the objective per unit of a row's bound, shape (rows,); empty for integer programs.
    """

    stop: Stop
    objective: float
    values: Array
    row_duals: Array


class HotSolver:
    """A HiGHS model that stays loaded, so that a changed bound costs a few pivots only.

    Parameters
    ----------
    program
        What to solve.
    time_limit
        Seconds for one solve.
    presolve
        Whether HiGHS reduces the program first; a dense row makes that slow.
    """

    def __init__(self, program: Program, time_limit: float = TIME_LIMIT, presolve: bool = True) -> None:
        self._mip = bool(program.integer.any())
        self._highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # the stubs lack changeRowsBounds
        options = {
            "output_flag": False,
            "threads": 1,
            "time_limit": time_limit,
            "presolve": "on" if presolve else "off",
            "primal_feasibility_tolerance": FEASIBILITY_TOLERANCE,
            "dual_feasibility_tolerance": FEASIBILITY_TOLERANCE,
            "mip_rel_gap": 0.0,
            "mip_abs_gap": 0.0,
        }
        for name, value in options.items():
            _accepted(self._highs.setOptionValue(name, value), name)
        _accepted(self._highs.passModel(_lp(program)), "passModel")

    def set_columns(self, columns: NDArray[np.int32], lower: Array, upper: Array) -> None:
        """Give `columns` new bounds."""
        _accepted(self._highs.changeColsBounds(columns.size, columns, lower, upper), "changeColsBounds")

    def set_rows(self, rows: NDArray[np.int32], lower: Array, upper: Array) -> None:
        """Give `rows` new bounds; infinite ones take a row out of force."""
        _accepted(self._highs.changeRowsBounds(rows.size, rows, lower, upper), "changeRowsBounds")

    def solve(self) -> Solution:
        """Solve from where the last solve ended.

        Raises
        ------
        SolverFailure
            HiGHS stopped for any other reason than an optimum or infeasibility.
        """
        self._highs.run()
        status = self._highs.getModelStatus()
        nothing = np.empty(0)
        if status == highspy.HighsModelStatus.kInfeasible:
            return Solution(Stop.INFEASIBLE, np.nan, nothing, nothing)
        if status != highspy.HighsModelStatus.kOptimal:
            raise SolverFailure(f"HiGHS {version()}: {self._highs.modelStatusToString(status)}")
        solution = self._highs.getSolution()
        duals = nothing if self._mip else np.array(solution.row_dual)
        objective = float(self._highs.getInfo().objective_function_value)
        return Solution(Stop.OPTIMAL, objective, np.array(solution.col_value), duals)


def version() -> str:
    """Return the version of HiGHS, e.g. ``1.15.1``."""
    return f"{highspy.HIGHS_VERSION_MAJOR}.{highspy.HIGHS_VERSION_MINOR}.{highspy.HIGHS_VERSION_PATCH}"


def _lp(program: Program) -> highspy.HighsLp:
    """Return the program in HiGHS's own form (rows stored one after another)."""
    matrix = csr_array(program.matrix)
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = matrix.shape
    lp.col_cost_ = program.costs
    lp.col_lower_, lp.col_upper_ = program.lower, program.upper
    lp.row_lower_, lp.row_upper_ = program.row_lower, program.row_upper
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.num_row_, lp.a_matrix_.num_col_ = matrix.shape
    lp.a_matrix_.start_ = matrix.indptr.astype(np.int32)
    lp.a_matrix_.index_ = matrix.indices.astype(np.int32)
    lp.a_matrix_.value_ = matrix.data.astype(float)
    kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
    lp.integrality_ = [kinds[int(whole)] for whole in program.integer]
    return lp


def _accepted(status: highspy.HighsStatus, what: str) -> None:
    """Turn a refused call into a failure that names it."""
    if status == highspy.HighsStatus.kError:
        raise SolverFailure(f"HiGHS {version()} refused {what}")
