import pickle
from dataclasses import replace
from decimal import Decimal

import pytest

from allocator.planning.check import check
from allocator.planning.no_split.why import NoSplit
from allocator.planning.plan import plan
from scenarios.load import load_scenario

SCENARIO = """\
schema_version: 1
name: two
title: {zh: 两市, en: two cities}
period: {base: 2020, end: 2025}
target: 17%
regions: regions.csv
bounds: {lower: 0%, upper: 40%}
reference: {map: uniform}
criteria:
  c: {weight: 1, indicators: {i: {column: income, direction: +}}}
publish: {grid: 1 points}
rules:
"""
ROWS = "id,name,emissions(万吨),gdp(亿元),growth,income\n1,甲,100,200,1.3,1\n2,乙,100,200,1.3,2\n"


@pytest.fixture
def two(tmp_path):
    """Return a function that loads two equal cities under some rules and settings."""

    def load(*settings, rules="  []"):
        (tmp_path / "scenario.yaml").write_text(SCENARIO + rules + "\n", "utf-8")
        (tmp_path / "regions.csv").write_text(ROWS, "utf-8")
        return load_scenario(tmp_path, settings)

    return load


FLOOR = "  - {id: top, type: floor, rate: 20%, reason: {zh: 要, en: wanted}}"


def refused(scenario):
    with pytest.raises(NoSplit) as caught:
        plan(scenario)
    return caught.value


def test_rules_that_ask_for_more_than_the_target_are_said_to(two):
    said = "\n".join(refused(two(rules=FLOOR)).statements("en"))
    # 3 points of 400 × 1.3 = 520 亿元 at 0.5 吨/万元: 7.8 万吨
    assert "at least 20.00 %, 3.00 points over (7.8 × 10⁴ t)" in said
    assert "exceed: allow" in said
    assert "contradict" not in said


def test_a_reach_of_one_rate_is_one_figure(two):
    only = ["bounds.lower=18.325%", "bounds.upper=18.325%"]
    for target, side in (("30%", "beyond"), ("17%", "below")):
        said = refused(two(*only, f"target={target}")).statements("en")[0]
        assert f"lies {side} the only rate in reach, 18.325 %;" in said
    within = check(two(*only, "target=18.325%")).statements("en")
    assert "Within the bounds the province can reach 18.325 % alone." in within


def test_lower_bounds_that_ask_for_more_are_said_to(two):
    said = "\n".join(refused(two("bounds.lower=20%")).statements("zh"))
    assert "多 3.00 个百分点（7.8 万吨）" in said
    assert "exceed: allow" in said


@pytest.mark.parametrize(("settings", "rules"), [((), FLOOR), (("bounds.lower=20%",), "  []")])
def test_more_than_the_target_is_published_when_allowed(two, settings, rules):
    made = plan(two("exceed=allow", *settings, rules=rules))
    assert [float(rate) for rate in made.published] == [0.2, 0.2]
    assert made.verification.passed
    assert float(made.verification.overshoot) == pytest.approx(0.03)


def test_what_is_allowed_is_taken_only_where_nothing_else_is_left(two):
    assert [float(rate) for rate in plan(two("exceed=allow")).published] == [0.17, 0.17]


def test_no_split_comes_back_from_another_process(two):
    error = refused(two(rules=FLOOR))
    again = pickle.loads(pickle.dumps(replace(error)))
    assert again.statements("en") == error.statements("en")


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("17.5%", "目标 17.50% 高于唯一可达的 16.28%"), ("16.1%", "目标 16.10% 低于唯一可达的 16.28%"),
        ("16.28%", "目标 16.28000% 低于唯一可达的 16.28002%"), ("16.2801%", "目标 16.2801% 高于唯一可达的 16.2800%"),
    ],
)  # fmt: skip
def test_the_only_rate_in_reach_has_two_decimals_and_differs_from_the_target(target, said):
    # every city 17 %: 16.2800175625 % by the composition effect
    settings = ["total=null", "bounds={lower: 17%, upper: 17%}", f"target={target}"]
    found = check(load_scenario("15fyp-example", settings)).statements("zh")
    assert any(said in line for line in found), found


def test_a_target_out_of_reach_by_a_last_digit_is_out_of_reach(two):
    # 17 % at most, and 10^-16 more is asked: no float tells them apart
    reason = refused(two("bounds.upper=17%", "target=17.00000000000001%"))
    assert reason.gap is not None
    assert 0 < reason.gap.short < 1e-15
    assert "0.01 points short" in reason.statements("en")[0]
    assert plan(two("bounds.upper=17%")).verification.passed


@pytest.mark.parametrize("rules", ["  []", "  - {id: most, type: ceiling, rate: 20%, reason: {zh: 限, en: most}}"])
@pytest.mark.parametrize(("more", "reached"), [("", True), ("000000001", False), ("00000000001", False)])
def test_an_incentive_target_out_of_reach_by_a_hair_is_out_of_reach(two, rules, more, reached):
    """Both cities can take 20 %, by bounds or by a rule, and no more: 20.000…1 % are not reached, 20 % are."""
    upper = "20%" if "[]" in rules else "40%"
    scenario = two(f"incentive.target=20.0{more}%", "incentive.step=0", f"bounds.upper={upper}", rules=rules)
    assert (check(scenario).no_split is None) is reached
    if reached:
        assert set(plan(scenario).published_incentive) == {Decimal("0.2")}
    else:
        assert refused(scenario).incentive
        assert "20.00" in refused(scenario).statements("en")[0]
