"""The least choice against enumeration."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solvers.printable import choices
from solvers.printable.choices import SAME, least_choice

SMALL = st.tuples(st.integers(-20, 20), st.integers(0, 9))
GROUPS = st.lists(st.lists(SMALL, min_size=1, max_size=4), min_size=1, max_size=6)


def enumerated(groups, total):
    """Return cost and weight of the best choice; costs are whole numbers here."""
    sums = [(sum(c for c, _ in each), sum(w for _, w in each)) for each in product(*groups)]
    return min(each for each in sums if each[1] >= total)


@given(GROUPS, st.fractions(0, 1, max_denominator=50))
def test_equals_enumeration_where_costs_and_weights_tie(groups, share):
    groups = [sorted(options, key=lambda option: option[1]) for options in groups]
    total = share * sum(options[-1][1] for options in groups)
    found = least_choice([[(float(c), Fraction(w)) for c, w in options] for options in groups], total)
    chosen = [options[k] for options, k in zip(groups, found, strict=True)]
    assert (sum(c for c, _ in chosen), sum(w for _, w in chosen)) == enumerated(groups, total)


def test_a_hair_of_weight_decides():
    third, hair = Fraction(1, 3), Fraction(1, 10**30)
    groups = [[(0.0, Fraction(0)), (1.0, third), (2.0, third + hair)], [(0.0, Fraction(0)), (1.5, third)]]
    assert least_choice(groups, third) == [1, 0]
    assert least_choice(groups, third + hair) == [2, 0]
    assert least_choice(groups, 2 * third) == [1, 1]


def test_costs_that_are_alike_go_to_the_lighter():
    groups = [[(0.0, Fraction(0)), (1.0, Fraction(5))], [(0.0, Fraction(0)), (1.0 + SAME / 2, Fraction(4))]]
    assert least_choice(groups, Fraction(3)) == [0, 1]


def test_out_of_reach():
    with pytest.raises(ValueError, match="reaches"):
        least_choice([[(0.0, Fraction(0)), (1.0, Fraction(1))]], Fraction(2))


def test_too_many_ways_are_given_up(monkeypatch):
    monkeypatch.setattr(choices, "MOST", 3)
    groups = [[(0.0, Fraction(0)), (1.0 + n / 10, Fraction(1 + n))] for n in range(6)]
    assert least_choice(groups, Fraction(11)) is None
