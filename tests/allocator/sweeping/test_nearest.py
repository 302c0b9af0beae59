"""Nearest weights against figures computed apart from this program, and against points drawn at random."""

from functools import cache

import numpy as np
import pytest

from allocator.planning.reference import target
from allocator.sweeping.answers import beyond, stability
from scenarios.load import load_scenario
from solvers.closed.blocks import Block, BlockWaterfill
from solvers.nearest import Law, Nearest
from solvers.objectives.nearest_weights import Clipped, Exactly, nearest_weights
from tests.allocator.sweeping.check_radii import GROUPS, RADII, THRESHOLDS, TIGHT, TIGHT_THRESHOLDS


@cache
def case_of(case, criteria):
    """Return a bundled case with the linear law of its nine indicators in so many criteria, and the shares a/Σa."""
    scenario = load_scenario(f"{case}-13fyp")
    indicators, of = target(scenario).indicators.normalised, np.array(GROUPS[criteria])
    scores = np.column_stack([indicators[:, of == n].mean(axis=1) for n in range(criteria)])
    shares = scenario.baseline.coefficients / scenario.baseline.coefficients.sum()
    spread = float(scenario.file.reference.spread)
    return scenario, Law(scores, shares @ scores, scenario.baseline.uniform_rate, spread), shares


def law_of(case, criteria):
    scenario, law, _ = case_of(case, criteria)
    return scenario.regions.names, law


def clipped_of(case, criteria, lower=None, upper=None, relative=True):
    """Return the same within bounds, by default those of the case."""
    scenario, law, shares = case_of(case, criteria)
    n, bounds = len(shares), scenario.file.bounds
    lower, upper = (
        float(own) if asked is None else asked for asked, own in ((lower, bounds.lower), (upper, bounds.upper))
    )
    return Clipped(law, shares, np.full(n, lower), np.full(n, upper), relative)


def rates_of(clipped):
    """Return the function from weights to rates within bounds."""
    n, law = len(clipped.shares), clipped.law

    def rates(weights):
        reference = law.rates(weights)
        scale = reference if clipped.relative else np.ones_like(reference)
        columns = (clipped.shares[:, None], np.full(weights.shape[1], law.uniform), reference, scale)
        block = Block(*columns, clipped.lower[:, None], clipped.upper[:, None])
        found, reached = BlockWaterfill(n, weights.shape[1]).solve(block)
        assert reached.all()
        return found

    return rates


def radius(near, member, thresholds):
    own = sum(near.law.rates(near.start[:, None])[member, 0] > threshold for threshold in thresholds)
    ends = [near.passing(member, thresholds[own - 1], up=False)] if own else []
    ends += [near.passing(member, thresholds[own], up=True)] if own < len(thresholds) else []
    return min((end for end in ends if end), key=lambda end: end[0], default=None)


@pytest.mark.parametrize(("case", "criteria"), [key[:2] for key in RADII if not key[2]])
def test_radii_are_those_of_the_design(case, criteria):
    names, law = law_of(case, criteria)
    near = Nearest(law, np.full(criteria, 1 / criteria))
    known = RADII[case, criteria, False]
    searched = stability(law.rates, near.start, np.array(THRESHOLDS[case]))
    assert set(known) == set(names)
    for member, name in enumerate(names):
        found, (exact, _) = radius(near, member, THRESHOLDS[case]), known[name]
        if exact is None:
            assert found is None
            assert searched[member] is None
            continue
        shift, weights = found
        assert shift == pytest.approx(exact, abs=2e-6), name
        assert shift <= searched[member].shift + 1e-9, name
        assert np.abs(weights - near.start).sum() / 2 == pytest.approx(shift, abs=1e-8)
        rate = law.rates(weights[:, None])[member, 0]
        assert min(abs(rate - threshold) for threshold in THRESHOLDS[case]) < 1e-7


def radius_within(exactly, member, thresholds, own):
    """Return the smallest change by which a member passes one of the two thresholds next to its rate."""
    ends = [(thresholds[own - 1], False)] if own else []
    ends += [(thresholds[own], True)] if own < len(thresholds) else []
    best = None
    for threshold, up in ends:
        found = exactly.passing(member, threshold, up, None if best is None else best.shift)
        best = found if best is None or (found and found.shift < best.shift) else best
    return best


def hold(clipped, start, names, thresholds, known):
    """Hold radii within bounds against figures, and look just before and just beyond each of them."""
    exactly, rates = Exactly(Nearest(clipped.law, start), clipped), rates_of(clipped)

    def classes(weights):
        return (rates(weights[:, None])[:, :1] > np.array(thresholds)).sum(axis=1)

    base = classes(start)
    for member, name in enumerate(names):
        found, (exact, searched) = radius_within(exactly, member, thresholds, int(base[member])), known[name]
        if exact is None:
            assert found is None, name
            continue
        assert found.shift == pytest.approx(exact, abs=2e-6), name
        assert found.lower == pytest.approx(found.shift)
        assert found.shift <= searched + 1e-6, name
        assert classes(beyond(start, found.weights))[member] != base[member], name
        assert classes(beyond(start, found.weights, -1e-4))[member] == base[member], name


@pytest.mark.parametrize(("case", "criteria"), [key[:2] for key in RADII if key[2]])
def test_radii_within_the_bounds_of_a_case(case, criteria):
    names, _ = law_of(case, criteria)
    start = np.full(criteria, 1 / criteria)
    hold(clipped_of(case, criteria), start, names, THRESHOLDS[case], RADII[case, criteria, True])


@pytest.mark.parametrize(("case", "deviation", "lower", "upper"), TIGHT)
def test_radii_within_tight_bounds(case, deviation, lower, upper):
    names, _ = law_of(case, 4)
    clipped = clipped_of(case, 4, lower, upper, deviation == "relative")
    hold(clipped, np.full(4, 0.25), names, TIGHT_THRESHOLDS[case], TIGHT[case, deviation, lower, upper])


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("spread", [0.1, None])
@pytest.mark.parametrize("relative", [True, False])
def test_no_drawn_weights_are_nearer_within_bounds(seed, spread, relative):
    rng = np.random.default_rng(seed)
    n, k = 5, int(rng.integers(2, 5))
    scores, shares = rng.random((n, k)) + 0.2, rng.dirichlet(np.ones(n))
    law = Law(scores, shares @ scores, 0.18, spread)
    clipped = Clipped(law, shares, rng.uniform(0.10, 0.16, n), rng.uniform(0.19, 0.24, n), relative)
    start, rates = rng.dirichlet(np.ones(k)), rates_of(clipped)
    drawn = np.column_stack([rng.dirichlet(np.ones(k), 5_000).T, np.eye(k)])
    drawn = drawn[:, (law.rates(drawn) > 0).all(axis=0)]
    distance, found, base = np.abs(drawn - start[:, None]).sum(axis=0) / 2, rates(drawn), rates(start[:, None])[:, 0]
    for member in range(n):
        threshold = rng.uniform(0.14, 0.22)
        up = base[member] < threshold
        near = nearest_weights(clipped, start, member, threshold, up)
        there = found[member] > threshold + 1e-7 if up else found[member] < threshold - 1e-7
        if near is None:
            assert not there.any()
            continue
        assert distance[there].min(initial=np.inf) >= near.shift - 1e-7
        rate = rates(near.weights[:, None])[member, 0]
        assert rate >= threshold - 1e-7 if up else rate <= threshold + 1e-7


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("spread", [0.1, None])
def test_no_drawn_weights_are_nearer(seed, spread):
    rng = np.random.default_rng(seed)
    n, k = 6, int(rng.integers(2, 6))
    scores = rng.random((n, k)) + 0.2
    law = Law(scores, rng.dirichlet(np.ones(n)) @ scores, 0.18, spread)
    start = rng.dirichlet(np.ones(k))
    near = Nearest(law, start)
    drawn = np.column_stack([rng.dirichlet(np.ones(k), 20_000).T, np.eye(k)])
    distance, rates = np.abs(drawn - start[:, None]).sum(axis=0) / 2, law.rates(drawn)
    base = law.rates(start[:, None])[:, 0]
    for member in range(n):
        for threshold in rng.uniform(0.12, 0.24, 3):
            up = base[member] < threshold
            found = near.passing(member, threshold, up=up)
            there = rates[member] > threshold + 1e-9 if up else rates[member] < threshold - 1e-9
            if found is None:
                assert not there.any()
            else:
                assert distance[there].min(initial=np.inf) >= found[0] - 1e-7
                assert law.rates(found[1][:, None])[member, 0] == pytest.approx(threshold, abs=1e-7)


def test_within_the_free_distance_no_bound_is_passed():
    _, law = law_of("guangxi", 9)
    start = np.full(9, 1 / 9)
    free = Nearest(law, start).free(np.full(14, 0.10), np.full(14, 0.25))
    assert 0.01 < free < 0.5
    drawn = np.random.default_rng(0).dirichlet(np.ones(9), 20_000).T
    moves = drawn - start[:, None]
    moves *= free / (np.abs(moves).sum(axis=0) / 2)
    points = start[:, None] + moves
    rates = law.rates(points[:, (points >= 0).all(axis=0)])
    assert rates.shape[1] > 100
    assert rates.min() >= 0.10
    assert rates.max() <= 0.25
    rates = law.rates(np.random.default_rng(1).dirichlet(np.ones(9), 50_000).T)
    assert np.abs(rates - law.uniform).max() <= law.spread
    never = Nearest(law, start).free(np.full(14, law.uniform - law.spread), np.full(14, law.uniform + law.spread))
    assert never == np.inf
