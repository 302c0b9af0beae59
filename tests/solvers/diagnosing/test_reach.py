"""How far out of reach, and the smallest equal step that mends it."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from solvers.diagnosing.reach import gap
from solvers.leximin import leximin
from solvers.problem import Infeasible, SplitProblem

LIMIT = (-0.99, 0.99)


def problem(coefficients, total, lower, upper):
    ones = np.ones(len(coefficients))
    return SplitProblem(np.array(coefficients), total, 0.2 * ones, ones, np.array(lower), np.array(upper))


def test_within_reach():
    assert gap(problem([0.5, 0.5], 0.2, [0.1, 0.1], [0.25, 0.25]), LIMIT) is None
    assert gap(problem([0.5, 0.5], 0.25, [0.1, 0.1], [0.25, 0.25]), LIMIT) is None


def test_upper_bounds_too_low():
    found = gap(problem([0.25, 0.5], 0.3, [0.1, 0.1], [0.2, 0.3]), LIMIT)
    # 0.25 * 0.2 + 0.5 * 0.3 = 0.2 is reached, 0.1 is missing, 0.1 / 0.75 a member
    assert found.short == pytest.approx(0.1)
    assert found.relaxation == pytest.approx(0.1 / 0.75)


def test_lower_bounds_too_high():
    found = gap(problem([0.25, 0.5], 0.05, [0.2, 0.1], [0.3, 0.3]), LIMIT)
    assert found.short == pytest.approx(-0.05)
    assert found.relaxation == pytest.approx(-0.05 / 0.75)


def test_a_bound_stops_at_the_limit():
    found = gap(problem([0.5, 0.5], 0.8, [0.1, 0.1], [0.9, 0.4]), LIMIT)
    # the first can go up by 0.09 only; the rest of 0.15 falls to the second: 0.3 - 0.09
    assert found.relaxation == pytest.approx(0.21)


def test_not_even_the_limit_is_enough():
    assert gap(problem([0.5, 0.5], 1.0, [0.1, 0.1], [0.3, 0.3]), LIMIT).relaxation is None
    assert gap(problem([0.5, 0.5], -1.0, [0.1, 0.1], [0.3, 0.3]), LIMIT).relaxation is None


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(st.integers(1, 40), st.integers(0, 20), st.integers(0, 20)),
        min_size=1,
        max_size=8,
    ),
    st.floats(1e-4, 0.3),
    st.booleans(),
)
def test_relaxation_is_the_smallest(members, excess, high):
    weights, low, width = (np.array(values, dtype=float) for values in zip(*members, strict=True))
    coefficients, lower = weights / weights.sum(), 0.05 + low / 200
    upper = lower + width / 200
    bound = upper if high else lower
    total = float(coefficients @ bound) + (excess if high else -excess)
    before = problem(coefficients, total, lower, upper)
    found = gap(before, LIMIT)
    assert found.short == pytest.approx(excess if high else -excess)
    assume(found.relaxation is not None)
    step = found.relaxation

    def relaxed(by):
        moved = np.clip(bound + by, *LIMIT)
        return replace(before, **({"upper": moved} if high else {"lower": moved}))

    leximin(relaxed(step))
    with pytest.raises(Infeasible):
        leximin(relaxed(step - np.sign(step) * 1e-6))
