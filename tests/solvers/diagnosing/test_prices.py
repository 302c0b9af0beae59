import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from solvers.closed.waterfill import waterfill
from solvers.diagnosing.prices import relief, relief_slopes
from solvers.highs import HotSolver
from solvers.leximin import leximin
from solvers.model import build_model, compile_model
from solvers.problem import SplitProblem
from solvers.rows.catalogue import between, within_span


def province(seed, n=8, low=0.05, high=0.3, push=0.01):
    draw = np.random.default_rng(seed)
    a = draw.dirichlet(np.ones(n))
    reference = draw.uniform(0.1, 0.25, n)
    return SplitProblem(
        a, float(a @ reference) + push, reference, reference.copy(), np.full(n, low), np.full(n, high)
    )  # fmt: skip


@given(st.integers(0, 10_000), st.integers(0, 7))
def test_structure_and_solving_again_agree(seed, member):
    problem = province(seed, low=0.12, high=0.23)
    assume(problem.within_reach)
    rates = waterfill(problem).rates
    slopes = relief_slopes(problem, rates, member)
    step = 1e-4
    changes = relief(problem, (), rates, member, step)
    assume(slopes is not None and changes is not None)
    free, still = ((problem.lower + 1e-9 < r) & (r < problem.upper - 1e-9) for r in (rates, rates + changes))
    assume((np.delete(free, member) == np.delete(still, member)).all())  # nobody meets a bound on the way
    assert np.abs(changes - step * slopes).max() < 1e-9


@given(st.integers(0, 10_000), st.integers(0, 7))
def test_solving_again_is_the_closed_form_of_the_rest_even_through_bounds(seed, member):
    problem = province(seed, high=0.24)
    assume(problem.within_reach)
    rates = waterfill(problem).rates
    changes = relief(problem, (), rates, member, 0.01)
    rest = np.arange(8) != member
    p, a = problem, problem.coefficients
    left = SplitProblem(
        a[rest], p.total - a[member] * (rates[member] - 0.01), p.reference[rest], p.scale[rest], p.lower[rest],
        p.upper[rest],
    )  # fmt: skip
    if changes is None:
        assert not left.within_reach
        return
    assert np.abs((rates + changes)[rest] - waterfill(left).rates).max() < 1e-9
    assert a @ changes == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_the_dual_of_the_coupling_row_is_the_slope(seed):
    problem = province(seed)
    rates = waterfill(problem).rates
    member = seed % 8
    slopes = relief_slopes(problem, rates, member)
    held = problem.lower.copy(), problem.upper.copy()
    held[0][member] = held[1][member] = rates[member]
    reference, scale = problem.reference.copy(), problem.scale.copy()
    reference[member], scale[member] = rates[member], 1.0  # so that its own deviation is nobody's level
    stage = SplitProblem(problem.coefficients, problem.total, reference, scale, *held)
    model = build_model(stage)
    compiled = compile_model(model)
    dual = HotSolver(compiled.program).solve().row_duals[compiled.rows["backing"]]
    others = np.arange(8) != member
    assert slopes[others] == pytest.approx(problem.coefficients[member] * dual * problem.scale[others], abs=1e-9)


def test_with_rules_the_weighted_sum_stays():
    problem = province(3)
    rules = (within_span("gap", range(8), 0.09), between("floor", {0: 0.2}, {}))
    rates = leximin(problem, rules).rates
    for member in range(1, 8):
        changes = relief(problem, rules, rates, member, 0.01)
        if changes is not None:
            assert problem.coefficients @ changes == pytest.approx(0, abs=1e-11)
            assert changes[member] == pytest.approx(-0.01, abs=1e-10)


def test_nobody_can_pick_up():
    problem = province(1)
    rates = waterfill(problem).rates
    everybody = between("held", dict(enumerate(rates[1:], 1)), dict(enumerate(rates[1:], 1)))
    assert relief(problem, (everybody,), rates, 0, 0.01) is None
    assert relief(problem, (between("floor", {0: float(rates[0])}, {}),), rates, 0, 0.01) is None
    tight = SplitProblem(problem.coefficients, problem.total, problem.reference, problem.scale, rates, rates)
    assert relief_slopes(tight, rates, 0) is None


def test_relief_below_the_own_lower_bound():
    problem = province(2, low=0.1)
    lower = problem.lower.copy()
    rates = waterfill(problem).rates
    lower[4] = rates[4]
    held = SplitProblem(problem.coefficients, problem.total, problem.reference, problem.scale, lower, problem.upper)
    assert relief(held, (), rates, 4, 0.01)[4] == pytest.approx(-0.01, abs=1e-12)
