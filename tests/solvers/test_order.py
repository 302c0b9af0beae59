"""Pairs in which a table departs from an order."""

from fractions import Fraction as F

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from solvers.order import against_order, essential, pinned


def test_pinned_are_those_of_one_value():
    assert pinned([F(1, 10), F(1, 5)], [F(1, 4), F(1, 5)]) == (1,)
    assert pinned([F(1, 10)], [F(1, 10) + F(1, 10**12)]) == ()


def test_pairs_with_an_outsider_only():
    keys = np.array([3.0, 2.0, 2.0, 1.0])
    rates = [F(10, 100), F(15, 100), F(16, 100), F(12, 100)]
    assert against_order(keys, rates, [0]) == ((0, 1), (0, 2), (0, 3))
    # equal keys ask for one rate: the lower one is named first
    assert against_order(keys, rates, [1]) == ((0, 1), (1, 2))
    assert against_order(keys, rates, []) == ()
    assert against_order(keys, [F(3), F(2), F(2), F(1)], range(4)) == ()


def test_keys_a_hair_apart_are_equal():
    rates = [F(1), F(2)]
    assert against_order(np.array([1.0, 1.0 + 1e-12]), rates, [0]) == ()
    assert against_order(np.array([1.0, 1.0 + 1e-12]), rates, [0], 1e-9) == ((0, 1),)


def closed(pairs):
    """Return all pairs that follow, those of a member with itself left out."""
    found = set(pairs)
    while True:
        more = {(i, m) for i, j in found for k, m in found if j == k and i != m}
        if more <= found:
            return found
        found |= more


@given(st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] != pair[1]), max_size=20))
def test_all_pairs_follow_from_the_essential_ones_and_from_no_fewer(pairs):
    kept = essential(pairs)
    assert closed(kept) == closed(pairs)
    assert all(closed(set(kept) - {pair}) != closed(pairs) for pair in kept)


def test_an_order_of_a_hundred_takes_ninety_nine_pairs():
    assert essential((i, j) for i in range(100) for j in range(i)) == tuple((i, i - 1) for i in range(1, 100))
