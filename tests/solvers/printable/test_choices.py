"""The least choice against enumeration."""

from fractions import Fraction
from itertools import product

import numpy as np
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


COSTS = [np.array([0.0, 3.0]), np.array([0.0, 1.0, 5.0]), np.array([2.0, 1.0, 7.0])]
WEIGHTS = [np.array([0.0, 2.0]), np.array([0.0, 1.0, 2.0]), np.array([0.0, 1.0, 4.0])]


@pytest.mark.parametrize(
    ("total", "cost"),
    [
        (1.0, 1.0),  # the cheapest options, 0 + 0 + 1, weigh 1: nothing is to be raised
        (1.5, 2.0),  # steps: 3 for 2, 1 for 1, 6 for 3: the second
        (2.0, 2.0),
        (2.5, 5.0),  # 3 for 2, 4 for 1, 6 for 3: the first
        (4.0, 5.0),
        (4.5, 11.0),  # 4 for 1, 6 for 3: the third
        (7.0, 11.0),
        (7.5, 15.0),
        (9.0, 15.0),  # all that there is
    ],
)
def test_the_bound_of_costs_takes_the_best_steps_until_the_total_is_reached(total, cost):
    assert choices._affordable(COSTS, WEIGHTS, total) == cost


def test_steps_of_no_weight_come_last():
    costs, weights = [np.array([0.0, 0.1]), np.array([0.0, 9.0])], [np.array([1.0, 1.0]), np.array([0.0, 1.0])]
    assert choices._affordable(costs, weights, 2.0) == 9.0


@pytest.mark.parametrize(("most", "left"), [(5.0, 4), (4.0, 3), (1.0, 2), (0.5, 1)])
def test_what_costs_more_than_the_bound_is_not_followed(most, left):
    # costs 0, 1, 4, 5 of weights 0, 1, 2, 3
    costs, weights = [np.array([0.0, 1.0]), np.array([0.0, 4.0])], [np.array([0.0, 1.0]), np.array([0.0, 2.0])]
    found, _ = choices._search(costs, weights, 0.0, most, 1e-12)
    assert found.tolist() == [0.0, 1.0, 4.0, 5.0][:left]


@pytest.mark.parametrize(("second", "kept"), [(0.5, [1.0, 5.0]), (1.0, [1.0, 4.0, 5.0]), (1.5, [1.0, 4.0, 5.0])])
def test_what_cannot_reach_the_total_and_what_is_dearer_and_lighter_is_not_followed(second, kept):
    # 0 weighs too little; 4 goes where it is lighter than 1, and stays where only exact arithmetic can tell
    costs, weights = [np.array([0.0, 1.0]), np.array([0.0, 4.0])], [np.array([0.0, 1.0]), np.array([0.0, second])]
    found, options = choices._search(costs, weights, 0.5, 9.0, 1e-12)
    assert found.tolist() == kept
    assert options[0].tolist() == [1, 0]


def test_the_search_is_given_up_only_beyond_its_most(monkeypatch):
    groups = [[(0.0, Fraction(0)), (1.0, Fraction(1))], [(0.0, Fraction(0)), (2.0, Fraction(2))]]
    monkeypatch.setattr(choices, "MOST", 4)
    assert least_choice(groups, Fraction(3)) == [1, 1]
    monkeypatch.setattr(choices, "MOST", 1)
    assert least_choice(groups, Fraction(3)) == [1, 1]  # what is left of each group is one choice
    costs, weights = [np.array([0.0, 1.0])], [np.array([0.0, 1.0])]
    assert choices._search(costs, weights, 0.0, 9.0, 1e-12) is None


def test_weights_below_zero_are_weights_too():
    groups = [[(1.0, Fraction(-3)), (0.0, Fraction(-2))], [(0.0, Fraction(-5)), (4.0, Fraction(-1))]]
    assert least_choice(groups, Fraction(-7)) == [1, 0]
    assert least_choice(groups, Fraction(-6)) == [1, 1]


def test_a_step_costs_what_it_adds():
    # from 5 to 6 is one more, from 0 to 2 two more
    costs, weights = [np.array([5.0, 6.0]), np.array([0.0, 2.0])], [np.array([0.0, 1.0])] * 2
    assert choices._affordable(costs, weights, 1.0) == 6.0
