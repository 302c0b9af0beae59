import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.closed.blocks import Block
from solvers.closed.groups import Group, GroupWaterfill
from solvers.leximin import leximin
from solvers.problem import Infeasible
from solvers.rows.catalogue import weighted_at_least
from tests.solvers.closed.test_blocks import draw, one


def needs(rng, block, groups):
    """Return groups whose needs are near what they give at their references."""
    n = block.reference.shape[0]
    of = rng.integers(0, groups + 1, n)
    made = []
    for number in range(groups):
        members = np.flatnonzero(of == number)
        if members.size:
            given_there = block.members(members).weighted(block.reference[members]).mean()
            made.append(Group(members, float(given_there * rng.uniform(0.9, 1.15))))
    return made


@settings(max_examples=25)
@given(st.integers(0, 2**32))
def test_every_problem_is_the_linear_programs_with_the_groups_as_rows(seed):
    rng = np.random.default_rng(seed)
    block = draw(seed, count=8, n=int(rng.integers(3, 15)))
    groups = needs(rng, block, int(rng.integers(1, 4)))
    rates, reached = GroupWaterfill(*block.reference.shape, groups).solve(block)
    for j in range(rates.shape[1]):
        problem = one(block, j)
        rules = [
            weighted_at_least(
                str(k), dict(zip(g.members.tolist(), problem.coefficients[g.members], strict=True)), g.needed
            )
            for k, g in enumerate(groups)
        ]
        if reached[j]:
            np.testing.assert_allclose(rates[:, j], leximin(problem, tuple(rules)).rates, rtol=0, atol=1e-9)
        else:
            with pytest.raises(Infeasible):
                leximin(problem, tuple(rules))


def test_by_hand():
    # four equal members, all wanted at 0.18; the first two together need 0.10 = 2 · 0.25 · 0.20,
    # so the other two keep 0.18 - 0.10 = 0.08, 0.16 each
    even = np.full((4, 1), 0.25)
    reference = np.full((4, 2), 0.18)
    block = Block(even, np.array([0.18, 0.18]), reference, reference, np.zeros((4, 1)), np.full((4, 1), 0.3))
    group = Group(np.array([0, 1]), 0.10)
    rates, reached = GroupWaterfill(4, 2, [group]).solve(block)
    np.testing.assert_allclose(rates, [[0.20] * 2, [0.20] * 2, [0.16] * 2, [0.16] * 2], atol=1e-15)
    assert reached.all()
    # a need that drives the others below theirs: they are held at 0.085 together, too much in all
    tight = [group, Group(np.array([2, 3]), 0.085)]
    assert not GroupWaterfill(4, 2, tight).solve(block)[1].any()


def test_a_group_that_joins_later():
    # the second need is kept at first (0.18), and broken once the first group has taken its part
    even = np.full((3, 1), 1 / 3)
    reference = np.full((3, 1), 0.18)
    block = Block(even, np.array([0.18]), reference, reference, np.zeros((3, 1)), np.full((3, 1), 0.3))
    groups = [Group(np.array([0]), 0.21 / 3), Group(np.array([1]), 0.175 / 3)]
    rates, reached = GroupWaterfill(3, 1, groups).solve(block)
    np.testing.assert_allclose(rates[:, 0], [0.21, 0.175, 0.155], atol=1e-15)
    assert reached.all()


def test_groups_that_overlap_are_refused():
    with pytest.raises(ValueError, match="disjoint"):
        GroupWaterfill(3, 1, [Group(np.array([0, 1]), 0.1), Group(np.array([1]), 0.1)])
