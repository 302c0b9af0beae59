"""Worst cases of uncertain weights: all that are as bad, so that a stage can be added up from each."""

from fractions import Fraction

import pytest

from solvers.effort import Effort
from solvers.proving.contradiction import Sought, contradiction, some_point
from solvers.proving.exact import ExactProblem, Near, Unsure
from solvers.proving.rows import worst_cases

ONE, TENTH = Fraction(1), Fraction(1, 10)


def unsure(count, shares=(80, 80, 80)):
    return Unsure("p", (ONE,) * 3, (TENTH,) * 3, (Fraction(100),) * 3, tuple(map(Fraction, shares)), Fraction(count))


def test_who_swings_alike_takes_turns():
    # 100 (1 - r) - 80: 10 and 10 above, 5 below
    found = worst_cases(unsure(1), [0.1, 0.1, 0.25])
    assert sorted(found, key=str) == [{0: TENTH}, {1: TENTH}]


def test_one_that_swings_more_is_in_every_case():
    # 15, 5 below and 5 above
    found = worst_cases(unsure(2), [0.05, 0.25, 0.15])
    assert sorted(found, key=str) == [{0: TENTH, 1: -TENTH}, {0: TENTH, 2: TENTH}]


def test_a_part_of_a_region_goes_to_each():
    found = worst_cases(unsure("1.5"), [0.1, 0.1, 0.25])
    assert sorted(found, key=str) == [{0: TENTH, 1: TENTH / 2}, {0: TENTH / 2, 1: TENTH}]


def test_growth_that_moves_nothing_may_be_off_either_way():
    found = worst_cases(unsure(3), [0.2, 0.1, 0.25])
    assert {case[0] for case in found} == {TENTH, -TENTH}
    assert {(case[1], case[2]) for case in found} == {(TENTH, -TENTH)}


def problem(lower, upper, total, rules=(), at_least=False):
    low, high = ((Fraction(x),) * 2 for x in (lower, upper))
    return ExactProblem((ONE, ONE), Fraction(total), low, (ONE, ONE), low, high, rules, at_least)


@pytest.mark.parametrize("total", ["0.5", "2.1"])
def test_a_sum_out_of_reach_is_refuted_by_itself(total):
    found = contradiction(Sought((problem("0.3", "1", total),)), Effort())
    ((term,),) = found.terms
    assert term[0] == "backing"
    assert (term[1] > 0) == (total == "2.1")


def test_a_sum_that_is_just_in_reach_has_a_point():
    assert some_point(Sought((problem("0.3", "1", "2"),)), Effort()) == ((ONE, ONE),)
    assert contradiction(Sought((problem("0.3", "1", "2"),)), Effort()) is None


def test_a_point_meets_exactly_what_leaves_no_room():
    # both alike, and two thirds together: a third has no double
    near = Near("near", (0, 1), Fraction(0))
    assert some_point(Sought((problem("0", "1", "2/3", (near,)),)), Effort()) == ((Fraction(1, 3),) * 2,)


def test_a_second_vector_is_above_the_first():
    # 0.9 of the first and a step of 0.2 is more than the bound of 1: 0.2 of a sum of 1.8 is too much
    low, high = problem("0", "1", "1.8"), problem("0", "1", "1", at_least=True)
    found = contradiction(Sought((low, high), (Fraction(1, 5),) * 2), Effort())
    assert found.steps
    assert contradiction(Sought((problem("0", "1", "1.6"), high), (Fraction(1, 5),) * 2), Effort()) is None
