"""Incentive targets verified by hand-made numbers, and the workbook's second check."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from reports.planning.sentences import (
    incentive_check_statements,
    incentive_record,
    incentive_statements,
    province_record,
)
from reports.planning.tables import COLUMNS, allocation_columns, allocation_csv, allocation_frame
from reports.verifying.verification import verify_rates
from scenarios.rules.incentive import AskedIncentive


@pytest.fixture
def two(make_scenario):
    """Return two alike regions: the province's cut is the mean of the rates; 10 % asked, 12 % on top."""
    scenario = make_scenario([100, 100], [50, 50], [1, 1], target="10%", upper="0.2")
    asked = AskedIncentive(Decimal("0.12"), (Decimal("0.01"), Decimal("0.03")), (Decimal("0.2"),) * 2, ())
    return replace(scenario, incentive=asked)


def rates(*numbers):
    return [Decimal(number) / 1000 for number in numbers]


@pytest.mark.parametrize(
    ("basic", "above", "failing"),
    [
        ((90, 110), (100, 140), {}),
        ((90, 110), (95, 145), {"step": (0,)}),
        ((90, 110), (100, 139), {"backed": (), "grid": (1,), "step": (1,)}),
        ((90, 110), (35, 205), {"bounds": (1,), "step": (0,)}),
        ((90, 110), (100, 135), {"backed": (), "step": (1,)}),
    ],
)
def test_by_hand(two, basic, above, failing):
    verification = verify_rates(two, rates(*basic), rates(*above))
    second = verification.incentive
    assert second.implied_reduction == Fraction(sum(above), 2000)
    assert second.overshoot == Fraction(sum(above), 2000) - Fraction(12, 100)
    # a point of the province is worth a hundredth of the end year's emissions at the base year's intensity
    assert second.overshoot_emissions == second.overshoot * 200
    assert {check.name: check.regions for check in second.checks if not check.passed} == failing
    assert verification.backed
    assert verification.passed is not bool(failing)
    assert second.incentive is None


def test_without_incentive_rates_the_basic_ones_alone_are_judged(two):
    verification = verify_rates(two, rates(90, 110))
    assert verification.passed
    assert verification.incentive is None
    assert incentive_record(two, verification) is None
    assert incentive_statements(province_record(two, verification), "zh") == []
    assert incentive_check_statements(two, verification, "zh") == ["表中没有激励目标一列，只判断了基本目标。"]


def test_a_hair_short_is_said_with_the_digits_that_show_it(two):
    verification = verify_rates(two, rates(90, 110), [Decimal("0.1"), Decimal("0.13999")])
    said = incentive_check_statements(two, verification, "en")
    assert "0.0005 points short" in said[0]
    assert "Incentive targets: Less than the step above the basic target: R1." in said


def test_sentences_of_a_table_that_holds(two):
    verification = verify_rates(two, rates(90, 110), rates(100, 140))
    zh, en = (incentive_check_statements(two, verification, language) for language in ("zh", "en"))
    assert zh[0].startswith("激励目标通过：各地区激励目标合计使碳排放强度下降 12.00%，不低于全省激励目标 12.00%，")
    assert zh[1] == "按各地区上限，激励目标合计至多可下降 20.00%。"
    assert en[2] == "Incentive targets: bounds, grid, step and rules all hold."


def test_the_table_has_the_column_beside_the_basic_one(incentive_plan, guangxi_plan):
    assert allocation_columns(guangxi_plan.record) == COLUMNS
    columns = allocation_columns(incentive_plan.record)
    assert columns[columns.index("published_rate") + 1] == "published_incentive_rate"
    frame = allocation_frame(incentive_plan.record, "zh")
    shown = [Decimal(f"{value:.4f}") / 100 for value in frame["published_incentive_rate"]]
    assert tuple(shown) == incentive_plan.published_incentive
    header = allocation_csv(incentive_plan.record, "en").splitlines()[0]
    assert "reduction target (%),incentive target (%)" in header
