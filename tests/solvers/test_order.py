"""Pairs in which a table departs from an order."""

from fractions import Fraction as F

import numpy as np

from solvers.order import against_order, pinned


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
