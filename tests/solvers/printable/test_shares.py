"""Whole numbers with a given sum: the nearest table there is, against every other."""

from fractions import Fraction
from itertools import product
from math import ceil, floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.printable.shares import whole, whole_in_groups

VALUES = st.lists(st.fractions(0, 30, max_denominator=60), min_size=1, max_size=7)


def test_the_largest_remainders_are_rounded_up():
    assert whole([Fraction(21, 10), Fraction(37, 10), Fraction(42, 10)], 10) == (2, 4, 4)


def test_of_equal_remainders_the_larger_value_then_the_first_goes_up():
    halves = [Fraction(1, 2), Fraction(5, 2), Fraction(3, 2), Fraction(5, 2)]
    assert whole(halves, 6) == (0, 3, 1, 2)
    assert whole(halves, 7) == (0, 3, 1, 3)


@pytest.mark.parametrize("total", [2, 6, 12])
def test_a_sum_out_of_reach_is_refused(total):
    with pytest.raises(ValueError):
        whole([Fraction(3, 2), Fraction(5, 2)], total)


def test_a_whole_value_is_never_rounded_up():
    with pytest.raises(ValueError):
        whole([Fraction(3), Fraction(5, 2)], 7)


@settings(deadline=None, max_examples=60)
@given(VALUES, st.data())
def test_no_other_table_is_nearer(values, data):
    least, most = sum(map(floor, values)), sum(map(ceil, values))
    total = data.draw(st.integers(least, most))
    found = whole(values, total)
    tables = [t for t in product(*({floor(v), ceil(v)} for v in values)) if sum(t) == total]
    for power in (1, 2):
        distances = [sum(abs(c - v) ** power for c, v in zip(table, values, strict=True)) for table in tables]
        assert sum(abs(c - v) ** power for c, v in zip(found, values, strict=True)) == min(distances)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.fractions(0, 30, max_denominator=60)), min_size=1, max_size=8))
def test_groups_add_up_as_their_own_sums_do(members):
    groups, values = zip(*members, strict=True)
    found = whole_in_groups(values, groups, floor(sum(values)))
    names = list(dict.fromkeys(groups))
    sums = [sum((v for g, v in members if g == name), Fraction(0)) for name in names]
    given_ = [sum(c for g, c in zip(groups, found, strict=True) if g == name) for name in names]
    assert tuple(given_) == whole(sums, floor(sum(values)))
    assert all(abs(c - v) < 1 for c, v in zip(found, values, strict=True))
