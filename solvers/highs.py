"""The one file that touches HiGHS: arrays in, a solution out, kept hot between solves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from solvers.effort import USUAL, Effort
from solvers.problem import Array, OutOfTime, SolverFailure

TOLERANCE = 1e-10
"""The tightest that HiGHS takes."""

ACCEPTED = 1e-8
"""By how much an answer may miss a bound or row, as handed over; for rates that is 1.6e-10."""

NOTICED = 1e-11
"""By how much a point, as handed over, may miss a row before the next program counts as without a point."""

DUALITY = 1e-7
"""By how much an objective, as handed over, may exceed what its duals prove."""

UNIT = 64.0
"""Linear programs are handed over in 1/64 of their unit: bounds of rates are small next to the tolerance's 1."""

ITERATIONS = 50
"""Simplex iterations allowed per row and column; a sound run needs about one, a cycle never ends."""

_OPTIONS: Mapping[str, Any] = {
    "output_flag": False,
    "primal_feasibility_tolerance": TOLERANCE,
    "dual_feasibility_tolerance": TOLERANCE,
    "mip_feasibility_tolerance": TOLERANCE,
    "mip_abs_gap": 0.0,
    "small_matrix_value": 1e-12,
    "simplex_strategy": 0,  # dual simplex, but primal from a point that satisfies the program
    # perturbed costs end in points that miss their rows by up to 1e-6 when hot and badly scaled
    "dual_simplex_cost_perturbation_multiplier": 0.0,
}
_PROVED = 1e-9
"""A gap no larger than this is none."""
_COLD: Mapping[str, Any] = {"dual_simplex_cost_perturbation_multiplier": 1.0}
"""The first run of a linear program starts from nothing: there perturbed costs save a third of the pivots."""
_FEASIBLE = 2  # HiGHS's word for a point that satisfies the program
_PRIMAL: Mapping[str, Any] = {"presolve": "off", "simplex_strategy": 4}
_TOLERANCES = [name for name in _OPTIONS if name.endswith("feasibility_tolerance")]
_LOOSER: Mapping[str, Any] = dict.fromkeys(_TOLERANCES, 10 * TOLERANCE)
"""What is tried first, from where it stopped: bounds set to an earlier point may miss each other by a last digit."""
_AGAIN: Sequence[Mapping[str, Any]] = [
    {**_PRIMAL, **dict.fromkeys(_TOLERANCES, looser * TOLERANCE)} for looser in (1, 10, 100)
]
"""What is tried next, one after another, from scratch."""


class Stop(Enum):
    """Why the solver stopped."""

    OPTIMAL = "optimal"
    EARLY = "time limit, or near enough, with a solution"
    INFEASIBLE = "infeasible"


@dataclass(frozen=True, eq=False)
class Program:
    """min costs @ x  subject to  row_lower <= matrix @ x <= row_upper, lower <= x <= upper."""

    # costs, lower, upper: Shape (columns,); infinite bounds are allowed
    costs: Array
    lower: Array
    upper: Array
    matrix: csr_array  # Sparse rows, shape (rows, columns)
    # row_lower, row_upper: Shape (rows,)
    row_lower: Array
    row_upper: Array
    integer: NDArray[np.bool_]  # Which columns take whole numbers only, shape (columns,)


@dataclass(frozen=True, eq=False)
class Solution:
    """Where the solver stopped, and what it holds: numbers only with an optimal or an early stop."""

    stop: Stop  # Why it stopped
    objective: float  # Value of the objective
    values: Array  # x, shape (columns,); empty when infeasible
    row_duals: Array  # Change of the objective per unit of a row's bound, shape (rows,); empty for integer programs
    gap: float = 0.0  # For integer programs, how far the objective may be from the best, relative to it; 0 when proved


class HotSolver:
    """A HiGHS model that stays loaded, so that a changed bound costs a few pivots only.

    `effort`: seconds for one solve, threads, and the gap at which an integer program may stop.
    `presolve`: whether HiGHS reduces the program first; a dense row makes that slow.
    """

    def __init__(self, program: Program, effort: Effort = USUAL, presolve: bool = True) -> None:
        self._mip = bool(program.integer.any())
        self._cold = not self._mip
        self._lent: dict[int, Sequence[float]] = {}
        self._unit = 1.0 if self._mip else UNIT
        self._program = _scaled(program, self._unit)
        self._transposed = csr_array(self._program.matrix.T)
        self._highs: Any = highspy.Highs()  # type: ignore[no-untyped-call]  # the stubs lack changeRowsBounds
        self._gap = effort.gap
        self._options = {
            **_OPTIONS, "time_limit": effort.time_limit, "threads": effort.threads, "mip_rel_gap": effort.gap,
            "presolve": "on" if presolve else "off",
        }  # fmt: skip
        if not self._mip:
            self._options["simplex_iteration_limit"] = 10_000 + ITERATIONS * sum(program.matrix.shape)
        self._set(self._options)
        _accepted(self._highs.passModel(_lp(self._program)), "passModel")

    def set_columns(self, columns: NDArray[np.int32], lower: Array, upper: Array) -> None:
        """Give `columns` new bounds."""
        low, high = lower * self._unit, upper * self._unit
        self._program.lower[columns], self._program.upper[columns] = low, high
        _accepted(self._highs.changeColsBounds(columns.size, columns, low, high), "changeColsBounds")

    def set_rows(self, rows: NDArray[np.int32], lower: Array, upper: Array) -> None:
        """Give `rows` new bounds; infinite ones take a row out of force."""
        low, high = lower * self._unit, upper * self._unit
        self._program.row_lower[rows], self._program.row_upper[rows] = low, high
        _accepted(self._highs.changeRowsBounds(rows.size, rows, low, high), "changeRowsBounds")

    def lend_rows(self, rows: NDArray[np.int32], lower: Array, upper: Array) -> None:
        """Give `rows` other bounds until `restore_rows`."""
        low, high = self._program.row_lower[rows], self._program.row_upper[rows]
        for row, *bounds in zip(rows.tolist(), low / self._unit, high / self._unit, strict=True):
            self._lent.setdefault(row, bounds)
        self.set_rows(rows, lower, upper)

    def row_bounds(self, rows: NDArray[np.int32]) -> tuple[Array, Array]:
        """Return the bounds of `rows`."""
        return self._program.row_lower[rows] / self._unit, self._program.row_upper[rows] / self._unit

    def restore_rows(self) -> None:
        """Give all rows back the bounds they had before `lend_rows`."""
        if self._lent:
            lower, upper = np.array(list(self._lent.values())).T
            self.set_rows(np.array(list(self._lent), dtype=np.int32), lower, upper)
        self._lent = {}

    def admit(self, values: Array) -> None:
        """Let rows give way, until `restore_rows`, by the last digits that a point of an earlier program misses them.

        Columns held at such a point leave no way to meet those rows; HiGHS would call the program infeasible.
        """
        program, point = self._program, values * self._unit
        found = program.matrix @ point
        miss = np.maximum(program.row_lower - found, found - program.row_upper)
        rows = np.flatnonzero((miss > NOTICED) & (miss <= ACCEPTED)).astype(np.int32)
        if rows.size:
            lower, upper = (
                np.minimum(program.row_lower[rows], found[rows]),
                np.maximum(program.row_upper[rows], found[rows]),
            )
            self.lend_rows(rows, lower / self._unit, upper / self._unit)

    def set_entries(self, rows: NDArray[np.int32], column: int, values: Array) -> None:
        """Give entries of one column new values; entries that are zero in the program have no place."""
        matrix = self._program.matrix
        places = np.flatnonzero(matrix.indices == column)
        standing = np.searchsorted(matrix.indptr, places, side="right") - 1
        places = places[np.searchsorted(standing, rows)]
        changed = matrix.data[places] != values
        if not changed.any():
            return
        matrix = matrix.copy()
        matrix.data[places] = values
        self._program = replace(self._program, matrix=matrix)
        self._transposed = csr_array(matrix.T)
        for row, value in zip(rows[changed].tolist(), values[changed].tolist(), strict=True):
            _accepted(self._highs.changeCoeff(row, column, value), "changeCoeff")

    def rebase(self, rows: NDArray[np.int32], lower: NDArray[np.int32], upper: int) -> None:
        """Change the basis that the next solve starts from; HiGHS completes it where it is none.

        `rows`: rows that join it: nothing presses on them any more.
        `lower`, `upper`: columns that leave it for their lower bound, and one for its upper bound.
        """
        basis = self._highs.getBasis()
        of_columns, of_rows = basis.col_status, basis.row_status
        for row in rows.tolist():
            of_rows[row] = highspy.HighsBasisStatus.kBasic
        for column in lower.tolist():
            of_columns[column] = highspy.HighsBasisStatus.kLower
        of_columns[upper] = highspy.HighsBasisStatus.kUpper
        basis.col_status, basis.row_status, basis.alien = of_columns, of_rows, True
        _accepted(self._highs.setBasis(basis), "setBasis")

    def solve(self, sure: bool = False) -> Solution:
        """Solve from where the last solve ended.

        A linear program that HiGHS does not finish, or whose point misses its rows, is
        solved again by other means.

        `sure`: whether a point is known to exist; "infeasible" is then no answer.
        Raises OutOfTime: the time was up, with no solution of an integer program.
        Raises SolverFailure: HiGHS stopped for any other reason than an optimum or infeasibility, or its optimum does
        not satisfy the program.
        """
        solution = self._with(_COLD, sure) if self._cold else self._run(sure)
        self._cold = False
        if solution is None and self._highs.getModelStatus() == highspy.HighsModelStatus.kTimeLimit:
            raise OutOfTime(f"HiGHS {version()}: Time limit reached")
        if solution is None and not self._mip:
            solution = self._with(_LOOSER, sure)
            solution = solution or next(filter(None, (self._afresh(options, sure) for options in _AGAIN)), None)
        if solution is None:
            status = self._highs.modelStatusToString(self._highs.getModelStatus())
            raise SolverFailure(f"HiGHS {version()}: {status}")
        return solution

    def _with(self, options: Mapping[str, Any], sure: bool) -> Solution | None:
        """Run with some options changed."""
        self._set(options)
        solution = self._run(sure)
        self._set({name: self._options[name] for name in options})
        return solution

    def _afresh(self, options: Mapping[str, Any], sure: bool) -> Solution | None:
        """Run from scratch with some options changed."""
        _accepted(self._highs.clearSolver(), "clearSolver")
        return self._with(options, sure)

    def _run(self, sure: bool) -> Solution | None:
        """Return what HiGHS holds when it stops, or None when that is no answer."""
        # HiGHS's clock goes on from run to run
        self._set({"time_limit": self._options["time_limit"] + self._highs.getRunTime()})
        if self._highs.run() == highspy.HighsStatus.kError:  # as it does where another number of threads was in use
            highspy.Highs.resetGlobalScheduler(True)
            self._highs.run()
        status = self._highs.getModelStatus()
        nothing = np.empty(0)
        if status == highspy.HighsModelStatus.kInfeasible and not sure:
            return Solution(Stop.INFEASIBLE, np.nan, nothing, nothing)
        found = self._highs.getSolution()
        values = np.array(found.col_value)
        info = self._highs.getInfo()
        stopped = status == highspy.HighsModelStatus.kTimeLimit or (self._gap > 0 and info.mip_gap > _PROVED)
        early = self._mip and stopped and info.primal_solution_status == _FEASIBLE
        if not (early or status == highspy.HighsModelStatus.kOptimal):
            return None
        duals = nothing if self._mip else np.array(found.row_dual)
        rows = self._program.matrix @ values
        if _violation(self._program, values, rows) > ACCEPTED:
            return None
        if not self._mip and _unproved(self._program, values, rows, self._transposed @ duals, duals) > DUALITY:
            return None
        objective = float(info.objective_function_value) / self._unit
        gap = float(info.mip_gap) if early else 0.0
        return Solution(Stop.EARLY if early else Stop.OPTIMAL, objective, values / self._unit, duals, gap)

    def _set(self, options: Mapping[str, Any]) -> None:
        for name, value in options.items():
            _accepted(self._highs.setOptionValue(name, value), name)


def version() -> str:
    """Return the version of HiGHS, e.g. ``1.15.1``."""
    return f"{highspy.HIGHS_VERSION_MAJOR}.{highspy.HIGHS_VERSION_MINOR}.{highspy.HIGHS_VERSION_PATCH}"


def _scaled(program: Program, unit: float) -> Program:
    """Return a copy with all bounds times `unit`; its optimum is the same point times `unit`."""
    return replace(
        program,
        lower=program.lower * unit,
        upper=program.upper * unit,
        row_lower=program.row_lower * unit,
        row_upper=program.row_upper * unit,
    )


def _violation(program: Program, values: Array, rows: Array) -> float:
    """Return by how much a point, and its rows, miss the worst of their bounds."""
    misses = (
        program.lower - values,
        values - program.upper,
        program.row_lower - rows,
        rows - program.row_upper,
    )
    return max(float(miss.max(initial=0.0)) for miss in misses)


def _unproved(program: Program, values: Array, rows: Array, pressing: Array, duals: Array) -> float:
    """Return by how much the objective may exceed the optimum, relative to it: the gap of strong duality.

    Every row and column has a price, and a price presses against one of its bounds; the gap is
    the sum of prices times the distance from there. Where there is no bound, `UNIT` stands in.
    `rows` is the matrix times `values`, `pressing` its transpose times `duals`.
    """
    prices = np.concatenate([duals, program.costs - pressing])
    held = np.concatenate([rows, values])
    lower = np.concatenate([program.row_lower, program.lower])
    upper = np.concatenate([program.row_upper, program.upper])
    distance = np.where(prices > 0, held - lower, upper - held)
    gap = float(np.abs(prices) @ np.where(np.isfinite(distance), distance, UNIT))
    return gap / (1.0 + abs(float(program.costs @ values)))


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
    if program.integer.any():
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        lp.integrality_ = [kinds[int(whole)] for whole in program.integer]
    return lp


def _accepted(status: highspy.HighsStatus, what: str) -> None:
    """Turn a refused call into a failure that names it."""
    if status == highspy.HighsStatus.kError:
        raise SolverFailure(f"HiGHS {version()} refused {what}")
