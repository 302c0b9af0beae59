"""The judgement on a table against figures worked out by hand, and what must not change it."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction as F
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.planning.sentences import check_statements
from reports.verifying.verification import Slip, _slip, verify_rates
from scenarios.errors import InputError
from scenarios.load import load_scenario
from scenarios.rules.uncertainty import protection
from scenarios.tables.rates import read_rates


def rates(*per_cent):
    return tuple(Decimal(value) / 100 for value in per_cent)


def check(verification, name):
    return next(c for c in verification.checks if c.name == name)


def published(scenario, name="published"):
    return read_rates(scenario.table_path(name), scenario.regions).rates


def test_two_cities_by_hand(make_scenario):
    # e = 400/200 = 2, Y g = 120 + 150 = 270, E g = 120 + 450 = 570, frozen intensity 570/270 = 19/9
    scenario = make_scenario(("100", "300"), ("100", "100"), ("1.2", "1.5"))
    v = verify_rates(scenario, rates("20", "25"))
    assert v.sigma == F(1, 18)
    assert v.weighted_sum == F(2, 9) * F(1, 5) + F(5, 6) * F(1, 4) == F(91, 360)
    assert v.implied_reduction == F(71, 360)
    assert v.required == F(203, 900)
    assert v.uniform_rate == F(203, 950)
    assert v.overshoot == F(49, 1800)
    assert v.point_worth == F(27, 5)
    assert v.overshoot_emissions == F(147, 10)
    assert v.contributions == (F(40, 203), F(375, 406))
    assert v.backed
    assert v.passed
    assert v.slip is None


def test_margin_is_asked_on_top(make_scenario):
    numbers = ("100", "300"), ("100", "100"), ("1.2", "1.5")
    table = rates("20", "25")
    asked = verify_rates(make_scenario(*numbers, margin="2.5 points"), table)
    assert asked.overshoot == F(49, 1800) - F(1, 40)
    assert asked.required == F(203, 900) + F(1, 40)
    assert asked.backed
    assert not verify_rates(make_scenario(*numbers, margin="3 points"), table).backed


def test_an_emission_weighted_mean_is_not_the_answer(make_scenario):
    scenario = make_scenario(("100", "300"), ("100", "100"), ("1.2", "1.5"))
    v = verify_rates(scenario, rates("17", "17"))
    assert v.implied_reduction == 1 - F(83, 100) * F(19, 18)
    assert not v.backed


@pytest.mark.parametrize("case", ["guangxi", "zhejiang"])
def test_equal_to_the_baseline_though_computed_apart(case, request):
    scenario = request.getfixturevalue(case)
    table = published(scenario)
    v, b = verify_rates(scenario, table), scenario.baseline
    assert v.required == b.exact_required
    assert v.weighted_sum == sum(a * F(r) for a, r in zip(b.exact_coefficients, table, strict=True))
    assert float(v.sigma) == b.sigma
    assert float(v.uniform_rate) == pytest.approx(b.uniform_rate, abs=1e-15)
    assert float(v.point_worth) == pytest.approx(b.point_worth, rel=1e-12)
    assert sum(v.contributions) == v.weighted_sum / v.required


def test_published_guangxi_falls_short(guangxi):
    v = verify_rates(guangxi, published(guangxi))
    assert not v.backed
    assert round(float(v.implied_reduction) * 100, 2) == 14.73
    assert round(float(v.overshoot) * 100, 2) == -2.27
    assert round(float(v.overshoot_emissions), 1) == -706.8
    assert round(float(v.sigma) * 100, 2) == 2.08
    assert round(float(v.uniform_rate) * 100, 2) == 18.69
    assert round(float(v.point_worth), 2) == 311.08
    assert check(v, "bounds").passed
    assert not check(v, "backed").passed
    assert v.slip is None


def test_zhejiang_as_printed_is_a_unit_slip(zhejiang):
    v = verify_rates(zhejiang, published(zhejiang, "published-as-printed"))
    assert not v.backed
    assert v.slip is not None
    assert v.slip.factor == 10
    assert round(float(v.slip.implied_reduction) * 100, 2) == 22.13
    assert check(v, "bounds").regions == tuple(range(11))


def test_zhejiang_published_backs(zhejiang):
    v = verify_rates(zhejiang, published(zhejiang))
    assert v.passed
    assert v.slip is None
    assert round(float(v.implied_reduction) * 100, 2) == 22.13
    assert round(float(v.overshoot) * 100, 2) == 1.63
    assert round(float(v.overshoot_emissions)) == 1147


def test_a_target_met_exactly_is_backed_and_one_step_less_is_not(make_scenario):
    scenario = make_scenario(("3", "7", "11"), ("5", "2", "9"), ("1.37", "1.37", "1.37"))
    exact = verify_rates(scenario, rates("17", "17", "17"))
    assert exact.sigma == 0
    assert exact.overshoot == 0
    assert exact.backed
    assert sum(exact.contributions) == 1
    less = verify_rates(scenario, rates("17", "16.5", "17"))
    assert less.overshoot == -F(7, 21) * F(1, 200)
    assert not less.backed


def test_a_shortfall_below_floating_point_is_seen(make_scenario):
    scenario = make_scenario(("1", "1"), ("1", "1"), ("1", "1"))
    v = verify_rates(scenario, (Decimal("0.17"), Decimal("0.16999999999999999999999999999999")))
    assert v.overshoot == -F(1, 2 * 10**32)
    assert not v.backed


def test_bounds_and_grid_name_their_regions(make_scenario):
    scenario = make_scenario(("1",) * 4, ("1",) * 4, ("1",) * 4, lower="0.1", upper="0.2")
    v = verify_rates(scenario, rates("9.5", "20.25", "20", "19.99"))
    assert check(v, "bounds").regions == (0, 1)
    assert check(v, "grid").regions == (1, 3)
    assert not v.passed
    assert check(verify_rates(scenario, rates("10", "20", "17.5", "20")), "bounds").passed


def test_a_slip_is_named_only_where_the_bounds_allow_it(make_scenario):
    scenario = make_scenario(("1", "1"), ("1", "1"), ("1", "1"), upper="0.25")
    slips = {text: verify_rates(scenario, rates(text, text)).slip for text in ("5", "1.8", "0.26", "0.25")}
    assert slips == {"5": None, "1.8": Slip(F(10), F(18, 100)), "0.26": None, "0.25": Slip(F(100), F(25, 100))}


def test_the_other_sign_is_named_where_all_rates_have_it(make_scenario):
    scenario = make_scenario(("1", "1"), ("1", "1"), ("1", "1"), upper="0.25")
    slipped = verify_rates(scenario, rates("-17", "-18"))
    assert slipped.slip == Slip(F(-1), F(175, 1000))
    said = "".join(check_statements(scenario, slipped, "en"))
    assert "other sign: with it the rates would cut 17.50 %" in said
    assert "符号" in "".join(check_statements(scenario, slipped, "zh"))
    for table in (("-17", "18"), ("-17", "-26"), ("-10", "-10")):
        assert verify_rates(scenario, rates(*table)).slip is None


def test_a_slip_is_named_only_where_it_would_help(make_scenario):
    scenario = make_scenario(("1",), ("1",), ("1",), upper="0.99")
    slips = {text: verify_rates(scenario, rates(text)).slip for text in ("1.8", "0.18", "16", "9.9", "0.01")}
    assert slips == {
        "1.8": Slip(F(10), F(18, 100)),
        "0.18": Slip(F(100), F(18, 100)),
        "16": None,  # ten times as much is no rate
        "9.9": Slip(F(10), F(99, 100)),
        "0.01": None,
    }


def test_no_share_of_a_province_that_needs_nothing(make_scenario):
    # the carbon-heavy city stands still: sigma = 17/27 - 1 < -1 %
    scenario = make_scenario(("1", "9"), ("5", "5"), ("2", "1"), target="1%")
    with pytest.raises(InputError) as caught:
        verify_rates(scenario, rates("1", "1"))
    assert caught.value.findings[0].code == "required_not_positive"


_number = st.integers(1, 10**6).map(lambda n: Decimal(n) / 100)
_growth = st.integers(80, 250).map(lambda n: Decimal(n) / 100)
_rate = st.integers(-200, 400).map(lambda n: Decimal(n) / 1000)
_row = st.tuples(_number, _number, _growth, _rate)
_rows = st.lists(_row, min_size=1, max_size=8)


def judge(make_scenario, rows):
    """Return the judgement on random rows, or None where the province needs no reduction."""
    emissions, gdp, growth, table = zip(*rows, strict=True)
    try:
        return verify_rates(make_scenario(emissions, gdp, growth, target="30%"), table)
    except InputError:
        return None


@settings(max_examples=60, deadline=None)
@given(rows=_rows, data=st.data())
def test_order_of_rows_does_not_matter(make_scenario, rows, data):
    order = data.draw(st.permutations(range(len(rows))))
    v, w = judge(make_scenario, rows), judge(make_scenario, [rows[n] for n in order])
    assert (v is None) == (w is None)
    if v is not None and w is not None:
        assert (w.implied_reduction, w.sigma, w.backed, w.slip) == (v.implied_reduction, v.sigma, v.backed, v.slip)
        assert w.contributions == tuple(v.contributions[n] for n in order)


@settings(max_examples=60, deadline=None)
@given(rows=_rows, tonnes=_number, yuan=_number, common=_growth)
def test_units_and_a_common_growth_factor_cancel(make_scenario, rows, tonnes, yuan, common):
    v = judge(make_scenario, rows)
    w = judge(make_scenario, [(e * tonnes, y * yuan, g * common, r) for e, y, g, r in rows])
    assert (v is None) == (w is None)
    if v is not None and w is not None:
        assert w.implied_reduction == v.implied_reduction
        assert w.sigma == v.sigma
        assert w.contributions == v.contributions
        assert w.overshoot_emissions == v.overshoot_emissions * F(tonnes) * F(common)


@settings(max_examples=60, deadline=None)
@given(rows=_rows)
def test_a_uniform_table_backs_from_the_uniform_rate_on(make_scenario, rows):
    v = judge(make_scenario, rows)
    if v is not None and v.uniform_rate < 1:
        exact = v.uniform_rate
        step = Decimal("0.0001")
        above = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(step) + step
        for rate, backed in ((above, True), (above - 2 * step, False)):
            w = judge(make_scenario, [(e, y, g, rate) for e, y, g, _ in rows])
            assert w is not None
            assert w.backed is backed


def test_single_listed_projects_are_said_with_and_without():
    # 100 万吨 of 南宁 and no GDP are single-listed; every city cuts 20 %
    project = "{id: steel, type: project, region: 南宁, emissions: 100, reason: 钢铁}"
    scenario = load_scenario("guangxi-13fyp", [f"rules=[{project}]"])
    plain = load_scenario("guangxi-13fyp")
    rates = [Decimal("0.2")] * 14
    judged, before = verify_rates(scenario, rates), verify_rates(plain, rates)
    base = sum(map(F, plain.regions.emissions))
    end = sum(F(e) * F(g) for e, g in zip(plain.regions.emissions, plain.regions.growth, strict=True))
    nanning = F(plain.regions.growth[0])
    growth = sum(F(y) * F(g) for y, g in zip(plain.regions.gdp, plain.regions.growth, strict=True))
    growth /= sum(map(F, plain.regions.gdp))
    kept = (end - 100 * nanning) * F(4, 5)
    assert judged.implied_reduction == 1 - kept / growth / (base - 100)
    assert judged.with_projects == 1 - (kept + 100) / growth / base
    assert before.with_projects is None


def slip_of(*rises, required):
    """Return the slip of two equal regions that may rise or fall by half, from rates in per cent."""
    scenario = SimpleNamespace(regions=SimpleNamespace(lower=(F(-1, 2),) * 2, upper=(F(1, 2),) * 2))
    return _slip(scenario, (F(1, 2),) * 2, [F(rate) / 100 for rate in rises], F(required) / 100)


def test_rises_that_are_too_large_are_slips():
    assert slip_of(-170, -170, required=-17) == Slip(F(1, 10), F(-17, 100))
    assert slip_of(-1700, -1700, required=-17) == Slip(F(1, 100), F(-17, 100))
    # a slip mended must leave at least half of the rise that is asked
    assert slip_of(-85, -85, required=-17) == Slip(F(1, 10), F(-85, 1000))
    assert slip_of(F("-84.9"), F("-84.9"), required=-17) is None
    assert slip_of(F("-170.1"), F("-170.1"), required=-17) is None


def test_a_sum_that_needs_nothing_has_no_share(make_scenario):
    # the carbon-heavy city stands still: a = 0.95 × 1/1.5 and 0.05 × 2/1.5, sigma = -30 %
    numbers = ("1900", "100"), ("1000", "1000"), ("1", "2")
    for target, found in (("17%", "-13.00"), ("30%", "0.00")):
        with pytest.raises(InputError) as caught:
            verify_rates(make_scenario(*numbers, target=target), rates("20", "20"))
        assert caught.value.findings[0].values["found"] == found
    assert verify_rates(make_scenario(*numbers, target="30.1%"), rates("20", "20")).required == F(1, 1000)


def test_a_step_that_is_just_kept():
    scenario = load_scenario("guangxi-13fyp", ["incentive.target=19%", "incentive.step=0.5 points"])
    basic, high = [Decimal("0.2")] * 14, [Decimal("0.205")] * 14
    judged = verify_rates(scenario, basic, high)
    assert check(judged.incentive, "step").passed
    high[3] -= Decimal("1e-20")
    step = check(verify_rates(scenario, basic, high).incentive, "step")
    assert (step.passed, step.regions) == (False, (3,))


def test_protection_that_is_just_kept(make_scenario):
    # one region, 1.2 ± 10 %, whose rate is the target: growth changes nothing, the worst case is zero
    scenario = make_scenario(("1000",), ("1000",), ("1.2",), growth_uncertainty="10%", grid="1 points")
    asked = protection(scenario.file, Decimal("0.17"), scenario.regions, None)
    scenario = replace(scenario, demands=(asked,))
    assert check(verify_rates(scenario, rates("17")), "protection").passed
    assert not check(verify_rates(scenario, rates("16.9999999")), "protection").passed
