"""Nearest weights against figures computed apart from this program, and against points drawn at random."""

import numpy as np
import pytest

from allocator.planning.reference import target
from scenarios.load import load_scenario
from solvers.nearest import Law, Nearest

THRESHOLDS = {"guangxi": (0.13, 0.16, 0.18, 0.21), "zhejiang": (0.18, 0.20, 0.22, 0.24)}

# stability radii without bounds, equal weights, each of the criteria or each of the nine indicators a criterion:
# the design's own figures (methods, part D), found by programs that share no code with this one
FIGURES = {
    ("guangxi", 3): {
        "南宁": 0.160058,
        "柳州": 0.40879,
        "桂林": 0.0818459,
        "梧州": 0.133979,
        "北海": 0.0669638,
        "防城港": 0.177249,
        "钦州": 0.092699,
        "贵港": 0.147572,
        "玉林": 0.171561,
        "百色": 0.101442,
        "贺州": 0.180695,
        "河池": 0.212118,
        "来宾": 0.272491,
        "崇左": 0.415875,
    },
    ("guangxi", 9): {
        "南宁": 0.0635947,
        "柳州": 0.189591,
        "桂林": 0.0277824,
        "梧州": 0.040945,
        "北海": 0.0246596,
        "防城港": 0.0596624,
        "钦州": 0.0498605,
        "贵港": 0.0445851,
        "玉林": 0.0166693,
        "百色": 0.0426784,
        "贺州": 0.075763,
        "河池": 0.0865513,
        "来宾": 0.136067,
        "崇左": 0.172568,
    },
    ("zhejiang", 3): {
        "杭州": 0.0553685,
        "宁波": 0.317141,
        "温州": 0.32113,
        "嘉兴": 0.405308,
        "湖州": 0.0847797,
        "绍兴": None,
        "金华": 0.403225,
        "衢州": 0.111749,
        "舟山": 0.107013,
        "台州": 0.45989,
        "丽水": 0.663416,
    },
    ("zhejiang", 9): {
        "杭州": 0.0222386,
        "宁波": 0.147723,
        "温州": 0.159058,
        "嘉兴": 0.126637,
        "湖州": 0.0365164,
        "绍兴": 0.101315,
        "金华": 0.183308,
        "衢州": 0.0348523,
        "舟山": 0.0328634,
        "台州": 0.218277,
        "丽水": 0.103816,
    },
}


def law_of(case, criteria):
    """Return the linear law of a bundled case with its three criteria, or with its nine indicators as criteria."""
    scenario = load_scenario(f"{case}-13fyp")
    table = target(scenario).indicators
    scores = table.normalised
    if criteria == 3:
        owners = [criterion for criterion, _ in table.keys]
        scores = np.column_stack(
            [
                scores[:, [n for n, owner in enumerate(owners) if owner == name]].mean(axis=1)
                for name in scenario.file.criteria
            ]
        )
    shares = scenario.baseline.coefficients / scenario.baseline.coefficients.sum()
    law = Law(scores, shares @ scores, scenario.baseline.uniform_rate, float(scenario.file.reference.spread))
    return scenario.regions.names, law


def radius(near, member, thresholds):
    own = sum(near.law.rates(near.start[:, None])[member, 0] > threshold for threshold in thresholds)
    ends = [near.passing(member, thresholds[own - 1], up=False)] if own else []
    ends += [near.passing(member, thresholds[own], up=True)] if own < len(thresholds) else []
    return min((end for end in ends if end), key=lambda end: end[0], default=None)


@pytest.mark.parametrize(("case", "criteria"), FIGURES)
def test_radii_are_those_of_the_design(case, criteria):
    names, law = law_of(case, criteria)
    near = Nearest(law, np.full(criteria, 1 / criteria))
    assert set(FIGURES[case, criteria]) <= set(names)
    for member, name in enumerate(names):
        found, known = radius(near, member, THRESHOLDS[case]), FIGURES[case, criteria].get(name)
        if known is None:
            assert found is None
            continue
        shift, weights = found
        assert shift == pytest.approx(known, abs=2e-6), name
        assert np.abs(weights - near.start).sum() / 2 == pytest.approx(shift, abs=1e-8)
        rate = law.rates(weights[:, None])[member, 0]
        assert min(abs(rate - threshold) for threshold in THRESHOLDS[case]) < 1e-7


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
