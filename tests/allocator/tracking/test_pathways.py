"""Yearly paths, and the province in every year."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator.planning.plan import plan
from allocator.tracking.history import annual as annual_of
from allocator.tracking.pathways import (
    cumulative_targets,
    effort_shares,
    even_growth,
    implied_reductions,
    years_held,
)

KINDS = ("geometric", "linear", "front_loaded", "given")


@given(
    rates=st.lists(st.floats(-0.2, 0.6), min_size=1, max_size=5),
    years=st.integers(1, 10),
    kind=st.sampled_from(KINDS),
    data=st.data(),
)
def test_the_years_of_every_path_come_to_the_target(rates, years, kind, data):
    weights = data.draw(st.lists(st.floats(0.1, 5), min_size=years, max_size=years))
    shares = effort_shares(kind, years, weights)
    cumulative = cumulative_targets(rates, kind, shares)
    annual = annual_of(cumulative)
    assert annual.shape == (len(rates), years)
    np.testing.assert_allclose(1 - np.prod(1 - annual, axis=1), rates, atol=1e-12)
    np.testing.assert_allclose(cumulative[:, 0], 0, atol=1e-15)


def test_paths_by_hand():
    assert effort_shares("front_loaded", 4).tolist() == pytest.approx([0, 0.4, 0.7, 0.9, 1.0])
    assert effort_shares("given", 2, [3, 1]).tolist() == pytest.approx([0, 0.75, 1.0])
    linear = cumulative_targets([0.2], "linear", effort_shares("linear", 4))
    assert linear[0].tolist() == pytest.approx([0, 0.05, 0.1, 0.15, 0.2])
    assert annual_of(linear)[0].tolist() == pytest.approx([0.05, 0.05 / 0.95, 0.05 / 0.9, 0.05 / 0.85])
    even = cumulative_targets([0.19], "geometric", effort_shares("geometric", 2))
    assert even[0].tolist() == pytest.approx([0, 0.1, 0.19])


def test_weights_of_another_length_are_refused():
    with pytest.raises(ValueError, match="one weight"):
        effort_shares("given", 3, [1, 2])


def test_growth_of_equal_years():
    assert even_growth([1.21], 2)[0].tolist() == pytest.approx([1, 1.1, 1.21])


def test_a_province_by_hand():
    """Two regions, one year: 100/100 grows 1.5 times and cuts 20 %, 100/300 stays and cuts 10 %."""
    emissions, gdp = np.array([100.0, 100.0]), np.array([100.0, 300.0])
    growth, cumulative = np.array([[1, 1.5], [1, 1.0]]), np.array([[0, 0.2], [0, 0.1]])
    # (150 · 0.8 + 100 · 0.9) / (150 + 300) = 210/450, against 200/400
    assert implied_reductions(emissions, gdp, growth, cumulative)[1] == pytest.approx(1 - (210 / 450) / 0.5)
    (year,) = years_held(emissions, gdp, growth, np.array([0.2, 0.1]), 0.1, "geometric", np.array([0.0, 1.0]), 2015)
    assert year.sigma == pytest.approx(250 / 225 - 1)
    assert year.short_10kt == pytest.approx((0.1 - 1 / 15) * 225)
    assert not year.held
    assert year.lifted_share is None


def test_the_plan_of_guangxi_holds_in_every_year_but_not_on_every_path(guangxi):
    rates = np.array(plan(guangxi).published, dtype=float)
    base = guangxi.baseline
    growth = even_growth(base.growth, 5)

    def held(kind):
        shares = effort_shares(kind, 5)
        return years_held(base.emissions, base.gdp, growth, rates, base.target, kind, shares, 2015)

    assert all(year.held for year in held("geometric"))
    assert all(year.held for year in held("front_loaded"))
    linear = held("linear")
    assert [year.year for year in linear if not year.held] == [2016, 2017, 2018, 2019]
    assert linear[1].required == pytest.approx(0.068)
    assert linear[1].implied == pytest.approx(0.067493, abs=1e-6)


def test_years_where_the_geometric_path_is_not_enough_are_named_with_what_would_do():
    """Growth that comes early in the region that cuts little: the target holds at the end and not before."""
    emissions, gdp = np.array([50.0, 50.0]), np.array([50.0, 50.0])
    growth = np.array([[1, 1.6, 1.6], [1, 1.0, 1.6]])
    rates, shares = np.array([0.0, 0.36]), effort_shares("geometric", 2)
    first, last = years_held(emissions, gdp, growth, rates, 0.18, "geometric", shares, 2015)
    assert last.held
    # 80 + 50 · 0.8 = 120 of 130: 7.69 %; asked are 1 - √0.82 = 9.45 %
    assert first.implied == pytest.approx(1 - 120 / 130)
    assert first.required == pytest.approx(1 - 0.82**0.5)
    assert first.short_10kt == pytest.approx((first.required - first.implied) * 130)
    lifted = cumulative_targets(rates, "geometric", np.array([first.lifted_share]))[:, 0]
    reached = 1 - (80 * (1 - lifted[0]) + 50 * (1 - lifted[1])) / 130
    assert reached == pytest.approx(first.required)
    assert first.lifted_share > first.share == 0.5
