"""The closed form against bisection, and the problem's own checks."""

from dataclasses import replace

import numpy as np
import pytest

from solvers.closed.waterfill import waterfill
from solvers.problem import Infeasible, SplitProblem


def bisected(p):
    """Return clip(reference + mu scale, lower, upper), mu found by halving."""
    low = min((p.lower - p.reference).min(), 0) / p.scale.min() - 1
    high = max((p.upper - p.reference).max(), 0) / p.scale.min() + 1
    for _ in range(200):
        mu = (low + high) / 2
        rates = np.clip(p.reference + mu * p.scale, p.lower, p.upper)
        low, high = (mu, high) if p.coefficients @ rates < p.total else (low, mu)
    return rates


def test_equals_bisection(province):
    for seed in range(300):
        problem = province(seed)
        rates = waterfill(problem).rates
        np.testing.assert_allclose(rates, bisected(problem), rtol=0, atol=1e-12, err_msg=f"seed {seed}")
        assert abs(problem.coefficients @ rates - problem.total) <= 1e-15
        assert ((rates >= problem.lower) & (rates <= problem.upper)).all()


@pytest.mark.parametrize("total", [0.0, 0.25, 0.5, 0.75, 1.0])
def test_coinciding_kinks(total):
    # equal references, scales and bounds: all members meet both bounds at the same two kinks
    for n in (1, 2, 5, 40):
        low, high = np.full(n, 0.1), np.full(n, 0.25)
        share = np.full(n, 1 / n)
        wanted = 0.1 + total * 0.15
        problem = SplitProblem(share, float(share @ np.full(n, wanted)), np.full(n, 0.17), np.ones(n), low, high)
        np.testing.assert_allclose(waterfill(problem).rates, wanted, rtol=0, atol=1e-15)


def test_a_stretch_where_nobody_moves():
    # the first member is full before the second begins: on the flat stretch both stand at a bound
    problem = SplitProblem(
        np.array([0.5, 0.5]), 0.15, np.array([0.3, 0.0]), np.ones(2), np.array([0.1, 0.1]), np.array([0.2, 0.2])
    )
    np.testing.assert_allclose(waterfill(problem).rates, [0.2, 0.1], rtol=0, atol=1e-15)


def test_all_pinned():
    values = np.array([0.1, 0.2, 0.3])
    problem = SplitProblem(np.ones(3), float(values.sum()), np.full(3, 0.2), np.ones(3), values, values)
    np.testing.assert_array_equal(waterfill(problem).rates, values)


def test_one_member():
    problem = SplitProblem(np.array([2.0]), 0.3, np.array([0.5]), np.array([1.0]), np.array([0.1]), np.array([0.2]))
    assert waterfill(problem).rates.tolist() == pytest.approx([0.15])
    with pytest.raises(Infeasible):
        waterfill(replace(problem, total=0.5))


GOOD = {
    "coefficients": np.array([0.4, 0.6]),
    "total": 0.2,
    "reference": np.array([0.2, 0.2]),
    "scale": np.array([1.0, 1.0]),
    "lower": np.array([0.1, 0.1]),
    "upper": np.array([0.3, 0.3]),
}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"scale": np.ones(3)}, "shape"),
        ({"lower": np.array([[0.1, 0.1]])}, "shape"),
        ({name: np.empty(0) for name in GOOD if name != "total"}, "shape"),
        ({"total": float("nan")}, "finite"),
        ({"upper": np.array([0.3, np.inf])}, "finite"),
        ({"reference": np.array([0.2, np.nan])}, "finite"),
        ({"coefficients": np.array([0.4, 0.0])}, "positive"),
        ({"scale": np.array([1.0, -1.0])}, "positive"),
        ({"lower": np.array([0.1, 0.31])}, "exceed"),
    ],
)
def test_problem_refuses(change, message):
    with pytest.raises(ValueError, match=message):
        SplitProblem(**{**GOOD, **change})


def test_problem_tells_its_reach():
    problem = SplitProblem(**GOOD)
    assert len(problem) == 2
    assert (problem.lowest_total, problem.highest_total) == (pytest.approx(0.1), pytest.approx(0.3))
    assert problem.within_reach
    assert not replace(problem, total=0.31).within_reach
    np.testing.assert_allclose(problem.deviations(np.array([0.1, 0.25])), [0.1, 0.05])


def test_more_than_the_total_is_the_lower_bounds_where_it_is_allowed():
    allowed = SplitProblem(**{**GOOD, "total": 0.05}, may_exceed=True)
    assert waterfill(allowed).rates.tolist() == [0.1, 0.1]
    assert waterfill(allowed).stages == 0
    with pytest.raises(Infeasible):
        waterfill(replace(allowed, may_exceed=False))
    # where the total can be met it is: 1.5 times 0.1 is not the least
    met = waterfill(replace(allowed, total=0.15))
    np.testing.assert_allclose(met.rates, [0.15, 0.15], rtol=0, atol=1e-15)
    assert met.stages == 0
    # one may exceed the total, and it cannot even be reached
    with pytest.raises(Infeasible):
        waterfill(replace(allowed, total=0.35))


def test_a_sum_that_may_be_more_is_not_for_the_closed_form():
    with pytest.raises(ValueError, match="equal to the total"):
        waterfill(SplitProblem(**GOOD, at_least=True))


def test_no_linear_program_is_solved():
    assert waterfill(SplitProblem(**GOOD)).stages == 0
    flat = SplitProblem(
        np.array([0.5, 0.5]), 0.15, np.array([0.3, 0.0]), np.ones(2), np.array([0.1, 0.1]), np.array([0.2, 0.2])
    )
    assert waterfill(flat).stages == 0
    values = np.array([0.1, 0.2, 0.3])
    pinned = SplitProblem(np.ones(3), float(values.sum()), np.full(3, 0.2), np.ones(3), values, values)
    assert waterfill(pinned).stages == 0


@pytest.mark.parametrize(("total", "rate"), [(0.1 - 5e-13, 0.1), (0.3 + 5e-13, 0.3)])
def test_a_total_that_is_off_by_rounding_is_met_at_the_bounds(total, rate):
    assert waterfill(SplitProblem(**{**GOOD, "total": total})).rates.tolist() == [rate, rate]
