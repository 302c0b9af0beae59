"""The adapter to HiGHS: stops, hot changes, failures, and the version it was written for."""

import tomllib
from importlib.metadata import version as installed
from pathlib import Path

import numpy as np
import pytest
from packaging.requirements import Requirement
from scipy.sparse import csr_array

import solvers
from solvers.effort import USUAL, Effort
from solvers.highs import HotSolver, Program, Stop, version
from solvers.problem import OutOfTime, SolverFailure

INFINITE = float("inf")


def program(costs, rows, row_lower, row_upper, lower, upper, integer=False):
    n = len(costs)
    return Program(
        np.array(costs, dtype=float),
        np.full(n, float(lower)),
        np.full(n, float(upper)),
        csr_array(np.array(rows, dtype=float)),
        np.array(row_lower, dtype=float),
        np.array(row_upper, dtype=float),
        np.full(n, integer),
    )


def test_optimum_and_duals():
    solution = HotSolver(program([1, 2], [[1, 1]], [1], [INFINITE], 0, 0.75)).solve()
    assert solution.stop is Stop.OPTIMAL
    assert solution.objective == pytest.approx(1.25)
    np.testing.assert_allclose(solution.values, [0.75, 0.25])
    np.testing.assert_allclose(solution.row_duals, [2.0])


def test_infeasible_holds_no_numbers():
    solution = HotSolver(program([1, 2], [[1, 1]], [2], [INFINITE], 0, 0.75)).solve()
    assert solution.stop is Stop.INFEASIBLE
    assert np.isnan(solution.objective)
    assert solution.values.size == solution.row_duals.size == 0


def test_hot_changes_are_the_cold_program():
    hot = HotSolver(program([1, 2], [[1, 1], [1, -1]], [1, -1], [INFINITE, 1], 0, 0.75))
    hot.solve()
    hot.set_columns(np.array([0], dtype=np.int32), np.array([0.1]), np.array([0.5]))
    hot.set_rows(np.array([1], dtype=np.int32), np.array([-INFINITE]), np.array([-0.2]))
    np.testing.assert_allclose(hot.solve().values, [0.4, 0.6])
    hot.set_rows(np.array([1], dtype=np.int32), np.array([-INFINITE]), np.array([INFINITE]))
    np.testing.assert_allclose(hot.solve().values, [0.5, 0.5])
    hot.set_columns(np.array([0, 1], dtype=np.int32), np.zeros(2), np.full(2, 0.25))
    assert hot.solve().stop is Stop.INFEASIBLE
    hot.set_columns(np.array([0, 1], dtype=np.int32), np.zeros(2), np.full(2, 0.75))
    np.testing.assert_allclose(hot.solve().values, [0.75, 0.25])


def test_hot_entries_are_the_cold_program():
    given = program([1, 2], [[1, 1], [1, -1]], [1, -1], [INFINITE, 1], 0, 0.75)
    hot = HotSolver(given)
    hot.solve()
    hot.set_entries(np.array([1, 0], dtype=np.int32), 1, np.array([-3.0, 0.5]))
    found = hot.solve()
    cold = HotSolver(program([1, 2], [[1, 0.5], [1, -3]], [1, -1], [INFINITE, 1], 0, 0.75)).solve()
    np.testing.assert_allclose(found.values, cold.values)
    assert found.objective == pytest.approx(cold.objective)
    assert given.matrix.toarray().tolist() == [[1, 1], [1, -1]]


def test_the_time_limit_is_that_of_one_solve(monkeypatch):
    hot = HotSolver(program([1, 2], [[1, 1]], [1], [INFINITE], 0, 0.75))
    hot.solve()
    monkeypatch.setattr(type(hot._highs), "getRunTime", lambda _: 1000.0)
    hot.solve()
    assert hot._highs.getOptionValue("time_limit")[1] == 1000 + USUAL.time_limit


@pytest.mark.parametrize(("rows", "lower", "upper"), [([], [], 0), ([0], [1], 0), ([0, 1], [0, 1], 1)])
def test_another_basis_gives_the_same_optimum(rows, lower, upper):
    hot = HotSolver(program([1, 2], [[1, 1], [1, -1]], [1, -1], [INFINITE, 1], 0, 0.75))
    hot.solve()
    hot.rebase(np.array(rows, dtype=np.int32), np.array(lower, dtype=np.int32), upper)
    np.testing.assert_allclose(hot.solve().values, [0.75, 0.25])


def test_the_program_given_is_left_alone():
    given = program([1, 2], [[1, 1]], [1], [INFINITE], 0, 0.75)
    hot = HotSolver(given)
    hot.set_columns(np.array([0], dtype=np.int32), np.array([0.1]), np.array([0.2]))
    assert given.lower.tolist() == [0, 0]
    assert given.upper.tolist() == [0.75, 0.75]


def test_integers():
    knapsack = program([1, 1.5, 2], [[3, 5, 7]], [8], [INFINITE], 0, 1, integer=True)
    solution = HotSolver(knapsack).solve()
    np.testing.assert_allclose(solution.values, [1, 1, 0], atol=1e-9)
    assert solution.objective == pytest.approx(2.5)
    assert solution.row_duals.size == 0


def test_tiny_coefficients_are_kept():
    solution = HotSolver(program([1, 1], [[1, 1e-10]], [1 + 5e-11], [1 + 5e-11], 0, 1)).solve()
    assert abs(solution.values @ [1, 1e-10] - (1 + 5e-11)) < 1e-15


def test_unbounded_is_a_failure_that_says_so():
    with pytest.raises(SolverFailure, match=r"HiGHS \d+\.\d+\.\d+: .*nbounded"):
        HotSolver(program([-1], [[1]], [0], [INFINITE], 0, INFINITE)).solve()


def halves(n, tolerance, members=60):
    """Return the hard program of splitting several rows of numbers in halves at once."""
    rng = np.random.default_rng(1)
    rows = rng.integers(100, 1000, (n, members))
    half = rows.sum(axis=1) / 2
    return program(rng.uniform(1, 2, members), rows, half, half + tolerance, 0, 1, integer=True)


def test_time_limit_is_a_failure_that_says_so():
    hard = halves(20, 0.5)
    with pytest.raises(OutOfTime, match="Time limit"):
        HotSolver(hard, Effort(time_limit=0.05)).solve()


def test_a_gap_stops_early_and_is_said():
    easy = halves(2, 50.0, 16)
    best = HotSolver(easy).solve()
    assert (best.stop, best.gap) == (Stop.OPTIMAL, 0)
    near = HotSolver(easy, Effort(gap=0.9), presolve=False).solve()
    assert near.stop is Stop.EARLY
    assert 0 < near.gap <= 0.9
    assert near.objective * (1 - near.gap) <= best.objective + 1e-9 <= near.objective + 2e-9


def test_another_number_of_threads():
    easy = halves(1, 50.0, 12)
    first = HotSolver(easy)
    wanted = first.solve().objective
    second = HotSolver(easy, Effort(threads=2))
    for hot in (second, first, second):
        assert hot.solve().objective == pytest.approx(wanted)


def test_a_run_that_fails_is_repeated(monkeypatch):
    runs = []
    real = HotSolver._run

    def first_fails(self, sure):
        runs.append(sure)
        return None if len(runs) == 1 else real(self, sure)

    monkeypatch.setattr(HotSolver, "_run", first_fails)
    solution = HotSolver(program([1, 2], [[1, 1]], [1], [INFINITE], 0, 0.75)).solve()
    assert len(runs) == 2
    np.testing.assert_allclose(solution.values, [0.75, 0.25])


def test_infeasible_is_a_failure_where_a_point_is_known():
    hot = HotSolver(program([1, 2], [[1, 1]], [2], [INFINITE], 0, 0.75))
    with pytest.raises(SolverFailure, match="Infeasible"):
        hot.solve(sure=True)
    assert hot.solve().stop is Stop.INFEASIBLE


def test_a_point_off_its_rows_is_no_answer():
    hot = HotSolver(program([1, 2], [[1, 1]], [1], [INFINITE], 0, 0.75))
    hot._program.row_lower[:] = 100  # what HiGHS does not know of
    with pytest.raises(SolverFailure):
        hot.solve()


def test_a_point_that_its_duals_do_not_prove_is_no_answer():
    hot = HotSolver(program([1, 2], [[1, 1]], [1], [INFINITE], 0, 0.75))
    hot._program.costs[:] = [2, 1]  # what HiGHS does not know of
    with pytest.raises(SolverFailure):
        hot.solve()


def test_a_refused_program_is_named():
    crossed = program([1], [[1]], [0], [1], 2, 1)
    broken = Program(
        crossed.costs, crossed.lower * np.nan, crossed.upper, crossed.matrix, crossed.row_lower, crossed.row_upper,
        crossed.integer,
    )  # fmt: skip
    with pytest.raises(SolverFailure, match="passModel"):
        HotSolver(broken)


def test_version_is_the_one_this_was_written_for():
    # `highspy.Highs` and `HighsLp` are no promised interface: a new minor version is tried out before it is allowed
    project = tomllib.loads((Path(solvers.__file__).parents[1] / "pyproject.toml").read_text("utf-8"))
    pinned = {Requirement(text).name: Requirement(text) for text in project["project"]["dependencies"]}
    for name in ("highspy", "pyomo"):
        specifier = pinned[name].specifier
        assert specifier.contains(installed(name))
        assert any(part.operator == "<" for part in specifier)
    assert installed("highspy").startswith(version())
