import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import exp1
from scipy.stats import sobol_indices, uniform

from allocator.planning.rules import effort
from allocator.sweeping.answers import certified, exactly_under, nearest_under, rates_under, sobol, stability, swings
from allocator.sweeping.designs import dirichlet, lattice
from allocator.sweeping.job import prepare
from allocator.sweeping.options import SweepOptions
from allocator.sweeping.sweep import sweep
from scenarios.load import load_scenario


@pytest.fixture(scope="module")
def asked(guangxi):
    return prepare(guangxi, SweepOptions(samples=1000))


def test_sobol_indices_of_an_analytic_case():
    # w = e1/(e1 + e2) of two independent exponentials is uniform: variance 1/12.
    # E[w | e1 = x] = x e^x E1(x), so the first index is its variance over 1/12, and the total is 1 - the other's first.
    second = quad(lambda x: (x * np.exp(x) * exp1(x)) ** 2 * np.exp(-x), 0, 50)[0]
    first_index = (second - 0.25) * 12
    first, total = sobol(lambda weights: np.vstack([weights[0], 0.3 * weights[1], np.full(weights.shape[1], 0.2)]), 2)
    np.testing.assert_allclose(first[:2], first_index, atol=0.01)
    np.testing.assert_allclose(total[:2], 1 - first_index, atol=0.01)
    assert (first[2] == 0).all()
    assert (total[2] == 0).all()


def test_sobol_indices_are_the_librarys(asked):
    rates, criteria = rates_under(asked.job), asked.job.chain.province.criteria.size
    moving = np.ptp(rates(dirichlet(np.random.default_rng(1).random((criteria, 64)), np.ones(criteria))), axis=1) > 0

    def outcome(coordinates):
        found = rates(dirichlet(coordinates.reshape(criteria, -1), np.ones(criteria)))[moving]
        return found.reshape(-1, *coordinates.shape[1:])

    library = sobol_indices(func=outcome, n=512, dists=[uniform()] * criteria, rng=np.random.default_rng(0))
    first, total = sobol(rates, criteria, 512)
    np.testing.assert_allclose(first[moving], np.clip(library.first_order, 0, 1), atol=1e-12)
    np.testing.assert_allclose(total[moving], np.clip(library.total_order, 0, 1), atol=1e-12)


def test_sobol_of_one_criterion_is_nothing():
    first, total = sobol(lambda weights: weights * 0.1, 1)
    assert first.shape == total.shape == (1, 1)
    assert not total.any()


def test_stability_radius_against_brute_force(asked):
    rates, plan = rates_under(asked.job), asked.job.chain.province.criteria
    thresholds = np.array([0.13, 0.15, 0.17, 0.20])
    found = stability(rates, plan, thresholds)
    steps = 240
    points = lattice(3, steps)
    distance = np.abs(points - plan[:, None]).sum(axis=0) / 2
    classes = (rates(points)[:, :, None] > thresholds).sum(axis=2)
    own = (rates(plan[:, None]) > thresholds).sum(axis=1)
    moved = 0
    for region, radius in enumerate(found):
        other = classes[region] != own[region]
        if radius is None:
            assert not other.any()
            continue
        moved += 1
        # no lattice point nearer than the radius moves the region; the nearest one is at most its mesh away
        assert distance[other].min() >= radius.shift - 1e-9
        assert distance[other].min() <= radius.shift + 2 / steps
        assert np.abs(radius.weights - plan).sum() / 2 == pytest.approx(radius.shift, abs=1e-9)
        assert radius.weights.sum() == pytest.approx(1)
        beyond = plan + (radius.weights - plan) * (1 + 1e-6)
        assert (rates(beyond[:, None])[region] > thresholds).sum() == radius.above != own[region]
    assert moved > 10


def test_stability_radius_of_a_straight_line():
    # the rate is w_1 / 5: from 0.5 to the threshold 0.12 takes a tenth of the weight
    found = stability(lambda weights: weights[:1] / 5, np.array([0.5, 0.5]), np.array([0.12]))
    assert found[0].shift == pytest.approx(0.1, abs=1e-6)
    np.testing.assert_allclose(found[0].weights, [0.6, 0.4], atol=1e-6)
    assert found[0].above == 1
    assert stability(lambda weights: weights[:1] / 5, np.array([0.5, 0.5]), np.array([0.3])) == [None]


def test_four_criteria_find_the_nearest_pair(asked):
    plan = np.array([0.4, 0.3, 0.2, 0.1])
    slopes = np.array([0.30, 0.20, 0.10, 0.05])
    found = stability(lambda weights: (slopes @ weights)[None], plan, np.array([slopes @ plan + 0.01]))
    # the steepest exchange is from the fourth to the first: 0.25 a unit of weight
    assert found[0].shift == pytest.approx(0.01 / 0.25, rel=1e-3)


def test_swings_by_hand():
    plan = np.array([0.5, 0.3, 0.2])
    ends, found = swings(lambda weights: weights, plan)
    np.testing.assert_allclose(ends, [[0.25, 0.75], [0.15, 0.65], [0.1, 0.6]])
    # when the first goes to 0.25, the others share 0.75 as 3 : 2
    np.testing.assert_allclose(found[:, 0, 0], [0.25, 0.45, 0.3])
    np.testing.assert_allclose(found[:, 2, 1], [0.25, 0.15, 0.6])


def test_radii_are_exact_as_far_as_no_bound_binds_and_certain_beyond(asked):
    rates, problem = rates_under(asked.job), asked.plan.targeting.problem
    p, thresholds = asked.job.chain.province, np.array([0.13, 0.15, 0.17, 0.20])
    near = nearest_under(asked.job, problem, rates)
    searched = stability(rates, p.criteria, thresholds)
    found = certified(searched, near, rates, thresholds, p.lower, p.upper)
    free = near.free(p.lower, p.upper)
    points = np.random.default_rng(1).dirichlet(np.ones(3), 20_000).T
    distance = np.abs(points - p.criteria[:, None]).sum(axis=0) / 2
    classes = (rates(points)[:, :, None] > thresholds).sum(axis=2)
    own = (rates(p.criteria[:, None]) > thresholds).sum(axis=1)
    exact = 0
    for region, radius in enumerate(found):
        other = classes[region] != own[region]
        if radius is None:
            assert not other.any()
            continue
        assert distance[other].min(initial=np.inf) >= radius.lower - 1e-9
        assert radius.shift <= searched[region].shift + 1e-9
        assert radius.lower == pytest.approx(min(radius.shift, free), abs=2e-6)
        exact += radius.shift <= free
    assert exact >= 8


def test_rules_leave_no_closed_form(guangxi_folder, edit):
    rule = "rules: [{id: near, type: gap, at_most: 20 points, reason: {zh: 甲, en: x}}]"
    edit(guangxi_folder / "scenario.yaml", "rules: []", rule)
    job = prepare(load_scenario(guangxi_folder), SweepOptions(samples=10))
    assert nearest_under(job.job, job.plan.targeting.problem, rates_under(job.job)) is None


def test_integer_programs_settle_what_bounds_leave_open(asked):
    rates, problem = rates_under(asked.job), asked.plan.targeting.problem
    p, thresholds = asked.job.chain.province, np.array([0.13, 0.15, 0.17, 0.20])
    near = nearest_under(asked.job, problem, rates)
    searched = stability(rates, p.criteria, thresholds)
    shares = problem.coefficients / problem.coefficients.sum()
    exactly = exactly_under(asked.job, near, shares, effort(asked.scenario))
    without = certified(searched, near, rates, thresholds, p.lower, p.upper)
    found = certified(searched, near, rates, thresholds, p.lower, p.upper, exactly)
    assert any(radius and radius.shift - radius.lower > 1e-6 for radius in without)
    points = np.random.default_rng(2).dirichlet(np.ones(3), 20_000).T
    classes, own = ((rates(at)[:, :, None] > thresholds).sum(axis=2) for at in (points, p.criteria[:, None]))
    for before, radius, there, here in zip(without, found, classes, own, strict=True):
        if radius is None:  # no weights move it, whichever are drawn
            assert before is None
            assert (there == here).all()
            continue
        assert radius.shift == pytest.approx(radius.lower, abs=1e-6)
        assert before.lower - 1e-9 <= radius.shift <= before.shift + 1e-9


def test_a_sweep_asked_for_exact_radii_has_them(guangxi):
    made = sweep(guangxi, SweepOptions(samples=64, exact=True)).record
    assert all(region.radius is None or region.radius.exact for region in made.regions)
    usual = sweep(guangxi, SweepOptions(samples=64)).record
    assert not all(region.radius is None or region.radius.exact for region in usual.regions)
