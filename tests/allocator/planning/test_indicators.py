"""Indicators: hand-computed scales, another package's scales, and what a constant column gives."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymcdm.normalizations import minmax_normalization

from allocator.planning.indicators import NORMALISERS, indicator_table, normalise
from scenarios.errors import InputError
from scenarios.load import load_scenario

COLUMN = np.array([2.0, 6.0, 4.0, 4.0])
columns = st.lists(st.integers(-1000, 1000), min_size=2, max_size=20).filter(lambda x: len(set(x)) > 1)


@pytest.mark.parametrize(
    ("normaliser", "direction", "wanted"),
    [
        ("minmax", "+", [0, 1, 0.5, 0.5]),
        ("minmax", "-", [1, 0, 0.5, 0.5]),
        ("zscore", "+", [-(2**0.5), 2**0.5, 0, 0]),
        ("zscore", "-", [2**0.5, -(2**0.5), 0, 0]),
        ("rank", "+", [0, 1, 0.5, 0.5]),
        ("rank", "-", [1, 0, 0.5, 0.5]),
        ("ratio", "+", [0.5, 1.5, 1, 1]),
        ("ratio", "-", [1.5, 0.5, 1, 1]),
    ],
)
def test_hand_computed(normaliser, direction, wanted):
    np.testing.assert_allclose(normalise(COLUMN, direction, normaliser), wanted, rtol=0, atol=1e-15)


@pytest.mark.parametrize("direction", ["+", "-"])
@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=9).filter(lambda x: max(x) - min(x) > 1e-3))
def test_the_ends_of_minmax_are_exact(direction, values):
    scaled = normalise(np.array(values), direction, "minmax")
    assert (scaled.min(), scaled.max()) == (0, 1)


def test_ranks_share_the_average():
    np.testing.assert_allclose(
        normalise(np.array([7.0, 1.0, 7.0, 7.0, 3.0]), "+", "rank"), [0.75, 0, 0.75, 0.75, 0.25], rtol=0, atol=1e-15
    )


@settings(max_examples=80, deadline=None, derandomize=True)
@given(columns)
def test_minmax_is_that_of_pymcdm(values):
    column = np.array(values, dtype=float)
    np.testing.assert_allclose(normalise(column, "+", "minmax"), minmax_normalization(column), rtol=0, atol=1e-12)
    np.testing.assert_allclose(normalise(column, "-", "minmax"), minmax_normalization(column, True), rtol=0, atol=1e-12)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(columns, st.floats(0.01, 1000), st.integers(-1000, 1000))
def test_another_unit_changes_nothing(values, factor, offset):
    column = np.array(values, dtype=float)
    for name in ("minmax", "zscore", "rank"):
        scaled = normalise(factor * column + offset, "+", name)
        np.testing.assert_allclose(scaled, normalise(column, "+", name), rtol=0, atol=1e-8)
    if column.mean() > 0:
        for direction in "+-":
            scaled = normalise(factor * column, direction, "ratio")
            np.testing.assert_allclose(scaled, normalise(column, direction, "ratio"), rtol=1e-9, atol=1e-9)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(columns, st.sampled_from(sorted(NORMALISERS)))
def test_order_follows_the_direction(values, name):
    column = np.array(values, dtype=float)
    if name == "ratio" and column.mean() <= 0:
        return
    order = np.argsort(column, kind="stable")
    up, down = normalise(column, "+", name), normalise(column, "-", name)
    assert (np.diff(up[order]) >= 0).all()
    assert (np.diff(down[order]) <= 0).all()
    np.testing.assert_allclose(np.ptp(up), np.ptp(down), rtol=1e-12)
    assert np.isfinite(up).all()


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(st.floats(-1e9, 1e9), min_size=2, max_size=8).filter(lambda x: max(x) - min(x) > 1e-3))
def test_minmax_never_leaves_0_to_1(values):
    # a last digit above 1 would be a negative value in the other direction, and no entropy could be taken
    for direction in "+-":
        scaled = normalise(np.array(values), direction, "minmax")
        assert scaled.min() >= 0
        assert scaled.max() <= 1


def with_column(scenario, name, values):
    numbers = tuple(Decimal(str(value)) for value in values)
    return replace(scenario, regions=replace(scenario.regions, columns={**scenario.regions.columns, name: numbers}))


def test_table_of_a_scenario(guangxi):
    table = indicator_table(guangxi)
    assert table.keys[:4] == (
        ("capacity", "income"),
        ("capacity", "wealth"),
        ("capacity", "industry"),
        ("responsibility", "economy"),
    )
    assert table.columns_of("potential").tolist() == [6, 7, 8]
    assert table.values.shape == table.normalised.shape == (14, 9)
    assert table.values[0, 0] == 66749
    tertiary = table.keys.index(("potential", "tertiary"))
    assert table.normalised[:, tertiary].argmax() == table.values[:, tertiary].argmin()
    np.testing.assert_allclose(table.values[:, 8], guangxi.baseline.intensity)
    assert not table.constant.any()
    assert table.notices == ()


@pytest.mark.parametrize("normaliser", sorted(NORMALISERS))
@pytest.mark.parametrize("value", ["0", "3", "1e9", "-2"])
def test_constant_column_is_zero_and_said(normaliser, value):
    scenario = load_scenario("guangxi-13fyp", [f"criteria.capacity.indicators.income.normaliser={normaliser}"])
    table = indicator_table(with_column(scenario, "avg_wage", [value] * 14))
    assert table.constant.tolist() == [True] + [False] * 8
    assert (table.normalised[:, 0] == 0).all()
    assert np.isfinite(table.normalised).all()
    (notice,) = table.notices
    assert (notice.code, notice.place.key) == ("constant_indicator", "criteria.capacity.indicators.income")
    assert "income" in notice.say("en")


def test_nearly_constant_column_still_counts(guangxi):
    table = indicator_table(with_column(guangxi, "avg_wage", [1000000] * 13 + [1000001]))
    assert not table.constant.any()
    assert table.normalised[:, 0].tolist() == [0.0] * 13 + [1.0]


@pytest.mark.parametrize("wages", [[-5] * 13 + [4], [-1, 1] * 7])
def test_ratio_needs_a_positive_mean(wages):
    scenario = load_scenario("guangxi-13fyp", ["criteria.capacity.indicators.income.normaliser=ratio"])
    with pytest.raises(InputError) as error:
        indicator_table(with_column(scenario, "avg_wage", wages))
    (finding,) = error.value.findings
    assert (finding.code, finding.place.key) == ("ratio_mean", "criteria.capacity.indicators.income")
