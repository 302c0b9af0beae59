from itertools import pairwise
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.sweeping.designs import (
    AROUND,
    DIRICHLET,
    GRID,
    ONE_AT_A_TIME,
    SAMPLERS,
    Cube,
    WeightDesign,
    dirichlet,
    lattice,
    lattice_steps,
)

PLAN = np.array([0.5, 0.3, 0.2])
NO_POINTS = np.empty((0, 1))


def weights_of(design, samples, seed=1):
    points = Cube(design.dimensions, seed).points(0, samples)
    return design.weights(points, 0)


def test_dirichlet_moments_on_the_whole_simplex():
    weights = weights_of(WeightDesign(DIRICHLET, PLAN, {}, 2**16), 2**16)
    # Dirichlet(1, …, 1) of k parts: mean 1/k, variance (k - 1)/(k²(k + 1)), covariance -1/(k²(k + 1))
    np.testing.assert_allclose(weights.mean(axis=1), 1 / 3, atol=1e-4)
    np.testing.assert_allclose(np.cov(weights), [[1 / 18 if i == j else -1 / 36 for j in range(3)] for i in range(3)],
                               atol=2e-4)  # fmt: skip
    # no part of the simplex is likelier than its area: the corner w_1 > 1/2 is a quarter of it
    assert (weights[0] > 0.5).mean() == pytest.approx(0.25, abs=1e-3)


def test_dirichlet_moments_around_the_plan():
    design = WeightDesign(AROUND, PLAN, {}, 2**15, concentration=20)
    weights = weights_of(design, 2**15)
    np.testing.assert_allclose(weights.mean(axis=1), PLAN, atol=2e-4)
    np.testing.assert_allclose(weights.var(axis=1), PLAN * (1 - PLAN) / 21, rtol=5e-3)


def test_uniform_over_sum_would_not_be_uniform():
    points = Cube(3, 1).points(0, 2**14)
    crowded = points / points.sum(axis=0)
    assert (crowded[0] > 0.5).mean() < 0.2
    assert (dirichlet(points, np.ones(3))[0] > 0.5).mean() > 0.24


@given(st.integers(1, 5), st.integers(0, 2**31), st.lists(st.integers(0, 400), min_size=1, max_size=6))
def test_a_point_is_the_same_whoever_draws_it(dimensions, seed, cuts):
    cube = Cube(dimensions, seed)
    whole = cube.points(0, 400)
    edges = sorted({0, *cuts, 400})
    parts = [cube.points(a, b) for a, b in pairwise(edges)]
    assert (np.hstack(parts) == whole).all()
    some = np.unique(np.array(edges[:-1]))
    assert (cube.pick(some) == whole[:, some]).all()
    assert ((whole > 0) & (whole < 1)).all()


def test_another_seed_is_another_cube():
    assert (Cube(3, 1).points(0, 8) != Cube(3, 2).points(0, 8)).all()


@given(st.integers(2, 5), st.integers(1, 6))
def test_lattice(parts, steps):
    points = lattice(parts, steps)
    assert points.shape == (parts, comb(steps + parts - 1, parts - 1))
    assert len({tuple(column) for column in points.T}) == points.shape[1]
    np.testing.assert_allclose(points.sum(axis=0), 1)
    assert (np.rint(points * steps) == points * steps).all() or np.allclose(points * steps, np.rint(points * steps))


def test_the_largest_lattice_that_fits():
    assert lattice_steps(3, 66) == 10
    assert lattice_steps(3, 65) == 9
    assert lattice_steps(3, 2) == 0
    assert WeightDesign(GRID, PLAN, {}, 70).size == 66


def test_one_at_a_time_by_hand():
    weights = weights_of(WeightDesign(ONE_AT_A_TIME, PLAN, {}, 9), 9)
    # capacity at 0, 1/2 and 1, the others 0.3 : 0.2
    np.testing.assert_allclose(weights[:, [0, 3, 6]].T, [[0, 0.6, 0.4], [0.5, 0.3, 0.2], [1, 0, 0]], atol=1e-15)
    np.testing.assert_allclose(weights[:, 5], [0.5 * 5 / 8, 0.5 * 3 / 8, 0.5], atol=1e-15)


def test_one_at_a_time_where_the_plan_has_one_criterion_only():
    weights = weights_of(WeightDesign(ONE_AT_A_TIME, np.array([1.0, 0, 0]), {}, 6), 6)
    np.testing.assert_allclose(weights.sum(axis=0), 1)
    np.testing.assert_allclose(weights[:, 0], [0, 0.5, 0.5])


@given(st.sampled_from(SAMPLERS), st.integers(6, 200), st.sampled_from([{}, {0: 0.4}, {1: 0.0}]))
def test_weights_add_up_and_fixed_ones_stay(sampler, samples, fixed):
    design = WeightDesign(sampler, PLAN, fixed, samples, concentration=10)
    weights = weights_of(design, design.size)
    assert weights.shape == (3, design.size)
    np.testing.assert_allclose(weights.sum(axis=0), 1, atol=1e-12)
    assert (weights >= 0).all()
    for position, value in fixed.items():
        assert (weights[position] == value).all()
