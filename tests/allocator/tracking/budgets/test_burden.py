"""Who picks up what others are relieved of."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.tracking.burden import Burden, pick_up


def burden(weights, needs, most, scale=None):
    n = len(weights)
    arrays = (weights, needs, most, scale or [1.0] * n)
    return Burden(tuple(f"r{k}" for k in range(n)), *(np.array(x, dtype=float) for x in arrays))


def test_by_hand():
    """10 of 100 are relieved; the others have 200 and 100, the second room for one point only."""
    found = pick_up(burden([100, 200, 100], [0.3, 0.1, 0.1], [0.2, 0.2, 0.11]), np.array([10.0, 0, 0]))
    assert found.relieved_10kt == {"r0": 10.0}
    assert found.picked_up_10kt == pytest.approx({"r1": 9.0, "r2": 1.0})
    assert found.points == pytest.approx({"r0": -0.1, "r1": 0.045, "r2": 0.01})
    assert found.uncovered_10kt == 0


def test_what_nobody_can_pick_up_is_said():
    found = pick_up(burden([100, 100], [0.3, 0.1], [0.2, 0.15]), np.array([10.0, 0]))
    assert found.picked_up_10kt == pytest.approx({"r1": 5.0})
    assert found.uncovered_10kt == pytest.approx(5.0)


def test_nobody_relieved_nobody_picks_up():
    found = pick_up(burden([100, 100], [0.1, 0.1], [0.2, 0.2]), np.zeros(2))
    assert (found.relieved_10kt, found.picked_up_10kt, found.points) == ({}, {}, {})


amounts = st.floats(1, 1000)


@given(st.lists(st.tuples(amounts, st.floats(-0.1, 0.3), st.floats(0, 0.3), st.floats(0.1, 2)), min_size=2, max_size=8))
def test_relief_is_picked_up_or_uncovered_and_bounds_hold(rows):
    weights, needs, most, scale = (list(column) for column in zip(*rows, strict=True))
    b = burden(weights, needs, most, scale)
    relieved = np.maximum(b.weights * (b.needs - b.most), 0)
    found = pick_up(b, relieved)
    relief, taken = sum(found.relieved_10kt.values()), sum(found.picked_up_10kt.values())
    assert taken + found.uncovered_10kt == pytest.approx(relief, rel=1e-9, abs=1e-6)
    for n, key in enumerate(b.ids):
        if key in found.picked_up_10kt:
            assert b.needs[n] + found.points[key] <= b.most[n] + 1e-9
            assert key not in found.relieved_10kt
