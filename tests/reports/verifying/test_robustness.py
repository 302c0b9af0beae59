"""What a table bears: by hand, by brute force over every corner, and on the bundled cases."""

import json
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.verifying.verify import judgement
from reports.planning.sentences import province_record, robustness_statement
from reports.verifying.robustness import robustness
from reports.verifying.verification import verify_rates
from scenarios.load import load_scenario
from scenarios.rules.uncertainty import protection

UNCERTAIN = {"growth_uncertainty": "5%"}


def over(scenario, rates, growth):
    """Return emissions of the last year over what the target allows, 万吨, from the definitions."""
    e, y = (tuple(map(Fraction, x)) for x in (scenario.regions.emissions, scenario.regions.gdp))
    left = 1 - Fraction(scenario.file.target) - Fraction(scenario.file.margin)
    emitted = sum(ei * gi * (1 - r) for ei, gi, r in zip(e, growth, rates, strict=True))
    return emitted - sum(e) / sum(y) * left * sum(yi * gi for yi, gi in zip(y, growth, strict=True))


def brute_worst(scenario, rates, budget):
    """Return the worst case over all subsets and corners; one region takes the fraction of the budget."""
    growth = tuple(map(Fraction, scenario.regions.growth))
    width = [g * Fraction(scenario.file.growth_uncertainty) for g in growth]
    n, whole, part = len(growth), int(budget), budget - int(budget)
    cases = []
    for members in combinations(range(n), whole):
        for extra in [i for i in range(n) if i not in members] or [None]:
            moved = [*members, *([extra] if part and extra is not None else [])]
            for signs in product((-1, 1), repeat=len(moved)):
                at = list(growth)
                for i, sign in zip(moved, signs, strict=True):
                    at[i] += sign * width[i] * (part if i == extra else 1)
                cases.append(over(scenario, rates, at))
    return max(cases)


@pytest.fixture(scope="module")
def two(make_scenario):
    return make_scenario(["50", "50"], ["75", "25"], ["1", "2"], target="20%", growth_uncertainty="10%")


def test_by_hand(two):
    """c = (1/2 (1 - r) - 4/5 y): with r = (1/10, 1/2) it is (-3/20, 1/20); d|c| = 3/200 and 1/100."""
    bears = robustness(two, [Fraction(1, 10), Fraction(1, 2)])
    assert bears.nominal == Fraction(-1, 20)
    assert bears.swings == (Fraction(3, 200), Fraction(1, 100))
    assert bears.worst(Fraction(0)) == Fraction(-1, 20)
    assert bears.worst(Fraction(3, 2)) == Fraction(-3, 100)
    assert bears.worst(Fraction(2)) == bears.worst(Fraction(5)) == Fraction(-1, 40)
    assert bears.survives == 2
    assert bears.survives_all
    # all emissions are 100 万吨; G = 3/4 + 2/4 = 5/4
    assert bears.worst_emissions == Fraction(-5, 2)
    assert bears.worst_points == Fraction(-1, 40) / Fraction(5, 4)


def test_a_fraction_is_rounded_down(make_scenario):
    scenario = make_scenario(["50", "50"], ["75", "25"], ["1", "2"], target="20%", growth_uncertainty="50%")
    # d|c| = 3/40 and 1/20; room 1/20: two thirds of the first
    bears = robustness(scenario, [Fraction(1, 10), Fraction(1, 2)])
    assert bears.survives == Fraction(66, 100)
    assert not bears.survives_all
    assert bears.worst(Fraction(2, 3)) == 0
    assert bears.worst_points == (Fraction(-1, 20) + Fraction(3, 40) + Fraction(1, 20)) / Fraction(5, 4)


def test_three_regions_by_hand(make_scenario):
    scenario = make_scenario(
        ["20", "30", "50"], ["50", "25", "25"], ["1", "1", "1"], target="10%", growth_uncertainty="20%"
    )
    # c = (4/25 - 9/20, 6/25 - 9/40, 2/5 - 9/40) = (-29/100, 3/200, 7/40) with r = 1/5 everywhere
    bears = robustness(scenario, [Fraction(1, 5)] * 3)
    assert bears.nominal == Fraction(-1, 10)
    assert bears.swings == (Fraction(29, 500), Fraction(7, 200), Fraction(3, 1000))
    assert bears.survives == 3
    assert bears.worst_emissions == -100 * Fraction(4, 1000)


def test_nothing_is_said_without_uncertainty(guangxi, make_scenario):
    assert robustness(guangxi, [Fraction(1, 5)] * 14) is None
    result = judgement(guangxi, "published")
    assert result.record.province.robustness is None
    assert not [line for line in result.statements("en") if "growth" in line and "Uncertain" in line]


def test_c_form_is_the_backing_identity(make_scenario):
    for name in ("guangxi-13fyp", "zhejiang-13fyp"):
        scenario = load_scenario(name, ["growth_uncertainty=5%", "margin=0.3 points"])
        v = verify_rates(scenario, [Decimal("0.17")] * len(scenario.regions))
        assert -v.robustness.nominal * v.robustness.points == v.overshoot
        assert -v.robustness.nominal * v.robustness.emissions == v.overshoot_emissions


numbers = st.integers(1, 500).map(str)
factors = st.integers(80, 250).map(lambda k: str(Decimal(k) / 100))


@st.composite
def provinces(draw, most=5):
    n = draw(st.integers(2, most))
    columns = [draw(st.lists(kind, min_size=n, max_size=n)) for kind in (numbers, numbers, factors)]
    rates = [Fraction(k, 200) for k in draw(st.lists(st.integers(0, 120), min_size=n, max_size=n))]
    return columns, rates, Fraction(draw(st.integers(0, 4 * n)), 4), str(draw(st.integers(0, 40))) + "%"


@given(provinces())
@settings(max_examples=60)
def test_worst_case_equals_every_corner(make_scenario, drawn):
    columns, rates, budget, share = drawn
    scenario = make_scenario(*columns, target="15%", growth_uncertainty=share)
    bears = robustness(scenario, rates)
    assert bears.worst(budget) * bears.emissions == brute_worst(scenario, rates, budget)
    asked = protection(scenario.file, scenario.target, scenario.regions, budget)
    assert asked.excess(rates) == bears.worst(budget)


def test_six_regions_every_corner(make_scenario):
    scenario = make_scenario(
        ["120", "80", "300", "45", "60", "210"], ["100", "150", "90", "60", "200", "40"],
        ["1.3", "1.2", "1.5", "1.1", "1.4", "1.25"], **UNCERTAIN,
    )  # fmt: skip
    rates = [Fraction(k, 100) for k in (25, 15, 30, 12, 18, 22)]
    bears = robustness(scenario, rates)
    for budget in (Fraction(0), Fraction(1), Fraction(5, 2), Fraction(4), Fraction(6)):
        assert bears.worst(budget) * bears.emissions == brute_worst(scenario, rates, budget)


@given(provinces(most=8))
@settings(max_examples=150)
def test_survives_is_the_largest(make_scenario, drawn):
    columns, rates, _, share = drawn
    scenario = make_scenario(*columns, target="15%", growth_uncertainty=share)
    bears = robustness(scenario, rates)
    if bears.survives is None:
        assert bears.nominal > 0
        return
    assert bears.worst(bears.survives) <= 0
    assert bears.survives_all == (bears.worst(Fraction(bears.regions)) <= 0)
    if not bears.survives_all:
        assert bears.worst(bears.survives + Fraction(1, 100)) > 0


@pytest.mark.parametrize(
    ("name", "survives", "points", "emissions"),
    [("guangxi-13fyp", None, 4.55, 1416.4), ("zhejiang-13fyp", 11.0, -0.31, -221.2)],
)
def test_published_splits(name, survives, points, emissions):
    result = judgement(load_scenario(name, ["growth_uncertainty=5%"]), "published")
    bears = json.loads(result.record.to_json())["province"]["robustness"]
    assert bears["survives"] == survives
    assert bears["survives_all"] is (survives is not None)
    assert bears["worst_points"] == pytest.approx(points, abs=0.005)
    assert bears["worst_10kt"] == pytest.approx(emissions, abs=0.05)


@pytest.mark.parametrize(
    ("rate", "zh", "en"),
    [
        ("0.17", "按现有增长倍数已不能支撑；全部最不利时缺", "does not back at the growth given either; with all"),
        ("0.19", "个地区（共 14 个）的增长同时最不利时仍能支撑", "of 14 regions is at its worst; with all"),
        ("0.25", "全部 14 个地区的增长同时最不利时仍能支撑；全部最不利时仍超出", "with all at their worst it is still"),
    ],
)
def test_sentences(rate, zh, en):
    scenario = load_scenario("guangxi-13fyp", ["growth_uncertainty=5%"])
    province = province_record(scenario, verify_rates(scenario, [Decimal(rate)] * 14))
    assert zh in robustness_statement(province, 14, "zh")[0]
    assert en in robustness_statement(province, 14, "en")[0]


def test_a_check_named_protection(make_scenario):
    scenario = load_scenario("guangxi-13fyp", ["growth_uncertainty=5%", "protect=3"])
    for rate, passed in (("0.19", False), ("0.25", True)):
        v = verify_rates(scenario, [Decimal(rate)] * 14)
        check = next(c for c in v.checks if c.name == "protection")
        assert check.passed is passed
        assert v.backed
        assert v.passed is passed
        assert not [c for c in v.checks if c.name == "rule protect"]
