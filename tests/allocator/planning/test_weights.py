"""Weights: by hand, by another package, and through both levels."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pymcdm import weights as pymcdm

from allocator.planning.indicators import indicator_table
from allocator.planning.weights import critic_weights, entropy_weights, equal_weights, weigh
from scenarios.errors import InputError
from scenarios.load import load_scenario

matrices = st.tuples(st.integers(0, 10**6), st.integers(3, 20), st.integers(2, 6))


def draw(seed, n, m):
    """Return a min-max matrix: every column reaches from 0 to 1."""
    matrix = np.random.default_rng(seed).lognormal(0, 1, (n, m))
    return (matrix - matrix.min(axis=0)) / np.ptp(matrix, axis=0)


def test_equal():
    np.testing.assert_array_equal(equal_weights(np.ones((3, 4))), np.full(4, 0.25))


def test_entropy_by_hand():
    # shares (1/4, 1/4, 1/2) and (0, 1/2, 1/2) of three regions
    first = 1 - (2 * 0.25 * np.log(4) + 0.5 * np.log(2)) / np.log(3)
    second = 1 - np.log(2) / np.log(3)
    matrix = np.array([[1.0, 0.0], [1.0, 3.0], [2.0, 3.0]])
    np.testing.assert_allclose(entropy_weights(matrix), np.array([first, second]) / (first + second), rtol=1e-14)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(matrices)
def test_entropy_is_that_of_pymcdm(shape):
    # pymcdm takes the entropy of a column with a zero as 0 instead of leaving the zero out: compare without zeros
    matrix = draw(*shape) + 0.1
    np.testing.assert_allclose(entropy_weights(matrix), pymcdm.entropy_weights(matrix), rtol=0, atol=1e-12)


def test_entropy_leaves_zeros_out():
    # 0 ln 0 = 0: the limit of a value that vanishes
    matrix = draw(5, 6, 3)
    vanishing = np.where(matrix == 0, 1e-13, matrix)
    np.testing.assert_allclose(entropy_weights(matrix), entropy_weights(vanishing), rtol=0, atol=1e-10)


def test_entropy_refuses_negative_entries():
    with pytest.raises(ValueError, match="zero or more"):
        entropy_weights(np.array([[1.0, -0.1], [2.0, 1.0]]))


def test_entropy_of_columns_even_to_the_last_digits():
    nearly = 1 + 1e-10 * np.arange(5)
    uneven = np.arange(1.0, 6.0)
    np.testing.assert_array_equal(entropy_weights(np.column_stack([nearly, nearly[::-1]])), [0.5, 0.5])
    np.testing.assert_array_equal(entropy_weights(nearly.reshape(-1, 1)), [1.0])
    np.testing.assert_array_equal(entropy_weights(np.column_stack([nearly, uneven])), [0.0, 1.0])


def test_critic_by_hand():
    # three indicators, the first two opposite: correlations -1, and r, -r with the third
    matrix = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.5], [0.5, 0.5, 1.0]])
    r = 0.5
    deviations = np.full(3, np.sqrt(1 / 6))
    information = deviations * np.array([2 + (1 - r), 2 + (1 + r), (1 - r) + (1 + r)])
    np.testing.assert_allclose(critic_weights(matrix), information / information.sum(), rtol=1e-12)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(matrices)
def test_critic_is_that_of_pymcdm(shape):
    # pymcdm min-max scales what it is given and takes the sample deviation: both cancel on a min-max matrix
    matrix = draw(*shape)
    np.testing.assert_allclose(critic_weights(matrix), pymcdm.critic_weights(matrix), rtol=0, atol=1e-10)


def test_critic_of_indicators_that_say_the_same():
    column = np.array([0.0, 0.2, 1.0, 0.4])
    np.testing.assert_array_equal(critic_weights(np.column_stack([column, column, column])), np.full(3, 1 / 3))
    np.testing.assert_array_equal(critic_weights(column.reshape(-1, 1)), [1.0])
    other = np.array([1.0, 0.5, 0.0, 0.9])
    weights = critic_weights(np.column_stack([column, column, other]))
    assert weights[0] == pytest.approx(weights[1])
    assert weights[2] == pytest.approx(0.5, abs=0.1)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(matrices)
def test_weights_add_up_and_follow_the_columns(shape):
    matrix = draw(*shape)
    order = np.random.default_rng(shape[0]).permutation(shape[2])
    for weigher in (equal_weights, entropy_weights, critic_weights):
        weights = weigher(matrix)
        assert weights.sum() == pytest.approx(1)
        assert (weights >= 0).all()
        np.testing.assert_allclose(weigher(matrix[:, order]), weights[order], rtol=0, atol=1e-12)


# -- through a scenario --------------------------------------------------------------------------------------------


def constant(scenario, *names):
    same = {name: (Decimal(1),) * len(scenario.regions) for name in names}
    return replace(scenario, regions=replace(scenario.regions, columns={**scenario.regions.columns, **same}))


def weights_of(scenario):
    return weigh(scenario, indicator_table(scenario))


def test_two_levels_multiply():
    scenario = load_scenario(
        "guangxi-13fyp",
        ["criteria.capacity.weight=2", "criteria.responsibility.weight=1", "criteria.potential.weight=1",
         "criteria.responsibility.within=entropy", "criteria.potential.within=critic"],
    )  # fmt: skip
    table = indicator_table(scenario)
    weights = weigh(scenario, table)
    assert weights.criteria == {"capacity": 0.5, "responsibility": 0.25, "potential": 0.25}
    np.testing.assert_allclose(weights.within[:3], 1 / 3)
    np.testing.assert_allclose(weights.within[3:6], entropy_weights(table.normalised[:, 3:6]))
    np.testing.assert_allclose(weights.within[6:], critic_weights(table.normalised[:, 6:]))
    np.testing.assert_allclose(weights.total, np.repeat([0.5, 0.25, 0.25], 3) * weights.within)
    assert weights.total.sum() == pytest.approx(1)


GIVEN = [
    "criteria.capacity.within=given",
    "criteria.capacity.indicators.income.weight=1",
    "criteria.capacity.indicators.wealth.weight=0",
    "criteria.capacity.indicators.industry.weight=3",
]


def test_given():
    weights = weights_of(load_scenario("guangxi-13fyp", GIVEN))
    np.testing.assert_allclose(weights.within[:3], [0.25, 0, 0.75])


def test_given_on_a_constant_indicator_falls_to_the_others():
    scenario = load_scenario("guangxi-13fyp", GIVEN)
    np.testing.assert_allclose(weights_of(constant(scenario, "avg_wage")).within[:3], [0, 0, 1])
    with pytest.raises(InputError) as error:
        weights_of(constant(scenario, "avg_wage", "secondary_va"))
    assert [finding.code for finding in error.value.findings] == ["weights_zero"]


@pytest.mark.parametrize("within", ["equal", "entropy", "critic"])
def test_constant_indicator_weighs_nothing_inside_its_criterion(within):
    scenario = constant(load_scenario("guangxi-13fyp", [f"criteria.capacity.within={within}"]), "avg_wage")
    weights = weights_of(scenario)
    assert weights.within[0] == weights.total[0] == 0
    assert weights.within[1:3].sum() == pytest.approx(1)
    assert weights.criteria["capacity"] == pytest.approx(1 / 3)


def test_constant_criterion_hands_its_weight_to_the_others():
    weights = weights_of(constant(load_scenario("guangxi-13fyp"), "avg_wage", "gdp_per_capita", "secondary_va"))
    assert weights.criteria == {"capacity": 0.0, "responsibility": pytest.approx(0.5), "potential": pytest.approx(0.5)}
    assert weights.total.sum() == pytest.approx(1)
    assert [notice.code for notice in weights.notices] == ["constant_criterion"]


def test_all_constant():
    names = ("avg_wage", "gdp_per_capita", "secondary_va", "gdp", "industry_energy_co2", "emissions", "fiscal_revenue",
             "tertiary_share", "intensity")  # fmt: skip
    with pytest.raises(InputError) as error:
        weights_of(constant(load_scenario("guangxi-13fyp"), *names))
    assert [finding.code for finding in error.value.findings] == ["all_constant"]
    uniform = constant(load_scenario("guangxi-13fyp", ["reference={map: uniform}"]), *names)
    weights = weights_of(uniform)
    assert not weights.total.any()
    assert len(weights.notices) == 3


def test_entropy_over_negative_values_names_them():
    scenario = load_scenario(
        "guangxi-13fyp",
        ["criteria.capacity.within=entropy", "criteria.capacity.indicators.wealth.normaliser=zscore"],
    )
    with pytest.raises(InputError) as error:
        weights_of(scenario)
    (finding,) = error.value.findings
    assert (finding.code, finding.place.key) == ("entropy_negative", "criteria.capacity")
    assert finding.values["criterion"] == "capacity"
    assert finding.values["indicator"] == "wealth"
    assert "wealth" in finding.say("zh")
