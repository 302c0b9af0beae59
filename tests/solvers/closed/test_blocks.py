from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solvers.closed.blocks import CELLS, Block, BlockWaterfill, block_size
from solvers.closed.waterfill import waterfill
from solvers.leximin import leximin
from solvers.problem import Infeasible, SplitProblem


def draw(seed, count=40, n=None):
    """Return a block whose problems have binding bounds, some out of reach."""
    rng = np.random.default_rng(seed)
    n = n or int(rng.integers(1, 30))
    wide = int(rng.choice([1, count]))
    coefficients = rng.lognormal(0, 1, (n, wide))
    coefficients *= rng.uniform(0.9, 1.1) / coefficients.sum(axis=0)
    reference = np.maximum(0.18 + rng.normal(0, rng.choice([0.01, 0.06]), (n, count)), 0.005)
    wide = int(rng.choice([1, count]))
    lower = 0.10 + rng.uniform(0, 0.06, (n, wide))
    upper = 0.25 - rng.uniform(0, 0.06, (n, wide))
    totals = np.einsum("ij,ij->j", np.broadcast_to(coefficients, reference.shape), reference)
    totals = totals * rng.choice([1, 0.8, 1.2], count)
    scale = reference if rng.random() < 0.5 else rng.uniform(0.5, 2, reference.shape)
    return Block(coefficients, totals, reference, scale, lower, upper)


def one(block, j):
    arrays = (block.coefficients, block.reference, block.scale, block.lower, block.upper)
    a, reference, scale, lower, upper = (x[:, 0 if x.shape[1] == 1 else j].copy() for x in arrays)
    return SplitProblem(a, float(block.totals[j]), reference, scale, lower, upper)


@given(st.integers(0, 2**32))
def test_every_problem_of_a_block_is_the_closed_form_of_that_problem(seed):
    block = draw(seed)
    rates, reached = BlockWaterfill(*block.reference.shape).solve(block)
    for j in range(rates.shape[1]):
        problem = one(block, j)
        if reached[j]:
            np.testing.assert_allclose(rates[:, j], waterfill(problem).rates, rtol=0, atol=1e-12)
        else:
            with pytest.raises(Infeasible):
                waterfill(problem)
            nearest = problem.upper if problem.total > problem.highest_total else problem.lower
            np.testing.assert_allclose(rates[:, j], nearest, rtol=0, atol=1e-15)


def test_a_block_is_the_linear_programs_on_500_problems_with_binding_bounds():
    compared = bound = 0
    for seed in range(30):
        block = draw(seed, count=24, n=2 + seed % 13)
        rates, reached = BlockWaterfill(*block.reference.shape).solve(block)
        for j in np.flatnonzero(reached)[: 500 - compared]:
            problem = one(block, j)
            np.testing.assert_allclose(rates[:, j], leximin(problem).rates, rtol=0, atol=1e-9)
            bound += int(((rates[:, j] <= problem.lower) | (rates[:, j] >= problem.upper)).sum())
            compared += 1
    assert compared == 500
    assert bound > 1000


def test_by_hand():
    # the first member meets its upper bound; the second takes the rest: 0.5 * 0.2 + 0.5 r = 0.18
    half = np.full((2, 1), 0.5)
    reference = np.array([[0.22, 0.18], [0.10, 0.18]])
    block = Block(half, np.array([0.18, 0.18]), reference, reference, np.zeros((2, 1)), np.full((2, 1), 0.2))
    rates, reached = BlockWaterfill(2, 2).solve(block)
    np.testing.assert_allclose(rates, [[0.2, 0.18], [0.16, 0.18]], atol=1e-15)
    assert reached.all()


def test_a_flat_piece_between_two_members_is_crossed():
    # both members are clipped at the references' level; only far away does the sum move again
    reference = np.array([[0.1], [0.9]])
    bounds = np.array([[0.3], [0.4]]), np.array([[0.6], [0.7]])
    block = Block(np.full((2, 1), 0.5), np.array([0.45]), reference, np.ones((2, 1)), *bounds)
    rates, reached = BlockWaterfill(2, 1).solve(block)
    np.testing.assert_allclose(rates, [[0.3], [0.6]], atol=1e-12)
    assert reached.all()


@given(st.integers(0, 2**32), st.integers(1, 40))
def test_a_part_of_a_block_has_the_same_bytes(seed, part):
    block = draw(seed)
    solver = BlockWaterfill(block.reference.shape[0], 40)
    whole = solver.solve(block)[0].copy()
    kept = {
        name: value[..., :part] if value.shape[-1] == 40 else value
        for name, value in vars(block).items()
        if name not in ("reference", "scale")
    }
    reference = block.reference[:, :part].copy()
    scale = reference if block.scale is block.reference else block.scale[:, :part].copy()
    some = solver.solve(replace(block, **kept, reference=reference, scale=scale))[0]
    # the last digit may differ: rows of another length are added up by other instructions, and a sum that misses the
    # total by 1e-14 is not improved further, so that a step may be made in one of the two and not in the other
    np.testing.assert_allclose(some, whole[:, :part], rtol=0, atol=2e-14)


def test_blocks_stay_in_the_cache():
    assert [block_size(n) for n in (1, 14, 300, 2800, 10**6)] == [131072, 8192, 512, 32, 16]
    assert block_size(14) * 14 <= CELLS
