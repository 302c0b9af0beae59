"""Bounds between two values of the grid: a table is found where there is one."""

import random
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import ceil, floor

import pytest

from allocator.negotiating.prices import prices
from allocator.planning.check import check
from allocator.planning.no_split.why import NoSplit
from allocator.planning.plan import plan
from allocator.planning.reference import target
from allocator.sweeping.arrays import folded_bounds
from reports.verifying.verification import verify_rates
from scenarios.baseline import Baseline
from scenarios.load import load_scenario

SCENARIO = """\
schema_version: 1
name: off-grid
title: {zh: 题, en: title}
period: {base: 2025, end: 2030}
target: 15%
regions: regions.csv
bounds: {lower: 5%, upper: 30%}
reference: {map: linear, spread: 3 points}
criteria: {c: {weight: 1, indicators: {i: {column: income, direction: +}}}}
publish: {grid: 1 point}
rules: RULES
"""


@pytest.fixture
def cities(tmp_path):
    """Return a function that loads equal cities of falling score, with bounds of their own in per cent."""

    def load(*bounds, rules="[]", settings=()):
        (tmp_path / "scenario.yaml").write_text(SCENARIO.replace("RULES", rules), "utf-8")
        rows = [f"{n},{'甲乙丙'[n]},100,100,1.2,{9 - n},{low}%,{high}%" for n, (low, high) in enumerate(bounds)]
        head = "id,name,emissions(万吨),gdp(亿元),growth,income,lower,upper"
        (tmp_path / "regions.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")
        return load_scenario(tmp_path, settings)

    return load


def printed(scenario):
    return [float(rate * 100) for rate in plan(scenario).published]


def test_the_one_table_that_the_bounds_leave_is_found(cities):
    # 15 at most within 15.9, 16 within 16.4: together just 15.5; computed up to the bounds, 15.9 would stand above
    # 15.1 and forbid 15 below 16
    scenario = cities((5, 15.9), (5, 16.4), settings=["target=15.5%"])
    made = plan(scenario)
    assert printed(scenario) == [15, 16]
    assert made.verification.passed
    assert made.split.rates == pytest.approx([0.15, 0.16])


def test_a_city_at_the_last_value_of_the_grid_is_held_by_its_bound(cities):
    scenario = cities((5, 15.9), (5, 16.4), settings=["target=15.5%"])
    first, second = plan(scenario).record.regions
    assert (first.binding, second.binding) == ("upper", "upper")
    assert first.upper == 0.159
    assert "15 % is the highest value of the 1-point grid within its upper bound of 15.9 %" in first.reason.en
    assert "15.9%" in first.reason.zh
    assert [price.binding for price in prices(scenario).prices] == ["upper", "upper"]


def test_a_lower_bound_moves_up_to_the_grid(cities):
    scenario = cities((5, 30), (16.2, 30))
    second = plan(scenario).record.regions[1]
    assert (second.rate, second.published_rate, second.binding) == (pytest.approx(0.17), 0.17, "lower")
    assert "17 % is the lowest value of the 1-point grid within its lower bound of 16.2 %" in second.reason.en


def test_lower_bounds_stay_where_the_grid_would_ask_for_more_than_the_target(cities):
    # 14.6 and 14.8 make 14.7, within reach of 14.8; on the grid both are 15
    scenario = cities((14.6, 30), (14.8, 30), settings=["target=14.8%"])
    assert printed(scenario) == [15, 15]
    assert plan(scenario).split.rates.mean() == pytest.approx(0.148)


def test_a_ceiling_of_a_rule_moves_to_the_grid_like_a_bound(cities):
    rule = "{id: top, type: ceiling, rate: 15.9%, where: {regions: [甲]}, reason: {zh: 因, en: why}}"
    scenario = cities((5, 30), (5, 16.4), rules=f"[{rule}]", settings=["target=15.5%"])
    made = plan(scenario)
    assert printed(scenario) == [15, 16]
    assert made.record.regions[0].binding == ""
    assert folded_bounds(scenario)[1].tolist() == [0.15, 0.16]


def test_a_gap_is_as_wide_as_the_grid_can_use(cities):
    # at most 1.9 apart is at most 1 apart in print: 15 and 16
    rule = "{id: near, type: gap, at_most: 1.9 points, reason: {zh: 因, en: why}}"
    scenario = cities((5, 30), (16, 30), rules=f"[{rule}]", settings=["target=15.5%"])
    assert plan(scenario).split.rates == pytest.approx([0.15, 0.16])
    assert printed(scenario) == [15, 16]


def test_the_planners_bounds_come_first_and_then_the_grid(cities):
    # 15.9 and 16.4 reach 16.15, on the grid 15.5
    beyond = cities((5, 15.9), (5, 16.4), settings=["target=16.2%"])
    with pytest.raises(NoSplit) as caught:
        plan(beyond)
    assert caught.value.gap.short == pytest.approx(0.0005)
    between = cities((5, 15.9), (5, 16.4), settings=["target=16%"])
    with pytest.raises(NoSplit) as caught:
        plan(between)
    assert (caught.value.gap, caught.value.conflict) == (None, None)
    assert "1-point grid" in caught.value.statements("en")[0]
    assert not check(between).reachable


def test_bounds_on_the_grid_and_given_rates_stay(guangxi, cities):
    problem = target(guangxi).problem
    assert problem.lower.tolist() == [float(x) for x in guangxi.regions.lower]
    assert problem.upper.tolist() == [float(x) for x in guangxi.regions.upper]
    fixed = target(cities((14.2, 14.2), (5, 30))).problem  # no value of the grid
    assert (fixed.lower[0], fixed.upper[0]) == (0.142, 0.142)


def some_table(scenario):
    """Return whether any table of the grid within the bounds backs the province; all are looked at."""
    grid, regions = Fraction(scenario.file.publish.grid), scenario.regions
    levels = [
        range(ceil(Fraction(low) / grid), floor(Fraction(high) / grid) + 1)
        for low, high in zip(regions.lower, regions.upper, strict=True)
    ]
    a, needed = scenario.baseline.exact_coefficients, scenario.baseline.exact_required
    return any(sum(x * level * grid for x, level in zip(a, table, strict=True)) >= needed for table in product(*levels))


def drawn(base, seed):
    """Return cities with random bounds of two or three points, a target near the highest that they reach."""
    rng = random.Random(seed)

    def tenths(low, high):
        return Decimal(rng.randint(low, high)) / 1000

    upper = tuple(tenths(150, 230) for _ in range(len(base.regions)))
    regions = replace(
        base.regions,
        lower=tuple(high - tenths(5, 30) for high in upper),
        upper=upper,
        emissions=tuple(Decimal(rng.randint(1, 20) * 50) for _ in upper),
        growth=tuple(1 + tenths(150, 450) for _ in upper),
    )
    least, most = (Baseline.of(regions, Decimal(0), Decimal(0)).implied_reduction for _ in range(2))
    low, high = (float(f([float(x) for x in bounds])) for f, bounds in ((least, regions.lower), (most, upper)))
    goal = Decimal(f"{high - rng.uniform(0, 0.5) * (high - low):.4f}")
    return replace(base, regions=regions, target=goal, baseline=Baseline.of(regions, goal, Decimal(0)))


@pytest.mark.parametrize("count", [2, 3])
def test_a_table_is_found_wherever_there_is_one(cities, count):
    base, none = cities(*[(5, 30)] * count), 0
    for seed in range(150):
        scenario = drawn(base, seed)
        if not some_table(scenario):
            none += 1
            with pytest.raises(NoSplit):
                plan(scenario)
            continue
        assert verify_rates(scenario, plan(scenario).published).passed, seed
    assert 10 < none < 100


def test_bounds_without_a_value_of_the_grid_under_a_rule_on_it_are_a_refusal(three):
    rows = "name,emissions(万吨),gdp(亿元),growth,income,lower(%),upper(%)\n"
    rows += "甲,1000,1000,1.3,5,15.1,15.9\n乙,1500,1200,1.4,6,5,25\n丙,800,900,1.35,4,5,25\n"
    asked = "target: 16%\nbounds: {lower: 5%, upper: 25%}\n"
    asked += "rules:\n  - {id: f, type: floor, rate: 20%, reason: {zh: 因, en: why}}\n"
    with pytest.raises(NoSplit) as error:
        plan(three(rows, asked))
    said = "\n".join(error.value.statements("en"))
    assert "rule “f” (why) cannot be kept" in said
    assert "No multiple of 1 points lies between the bounds of: 甲" in said


def test_where_more_is_allowed_computed_rates_stand_on_the_grid_too(guangxi):
    asked = ["bounds.lower=20.1%", "bounds.upper=20.4%", "publish.grid=0.2 points", "exceed=allow"]
    made = plan(load_scenario("guangxi-13fyp", asked))
    assert set(made.split.rates.round(12)) == {0.202}
    assert [float(rate) for rate in made.published] == [0.202] * 14
