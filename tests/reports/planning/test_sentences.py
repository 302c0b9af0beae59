"""The province in sentences."""

from decimal import Decimal

import pytest

from allocator.planning.plan import plan
from reports.planning.sentences import (
    check_statements,
    identity_statement,
    moved_statement,
    province_record,
    province_statements,
    reach_statement,
    verdict_statement,
)
from reports.verifying.verification import verify_rates
from scenarios.load import load_scenario
from scenarios.tables.rates import read_rates


def judged(scenario, name="published"):
    v = verify_rates(scenario, read_rates(scenario.table_path(name), scenario.regions).rates)
    return v, province_record(scenario, v)


def test_published_guangxi(guangxi):
    verification, province = judged(guangxi)
    assert province.verdict == "not_backed"
    assert province.checks == {"backed": False, "bounds": True, "grid": True}
    zh, en = (verdict_statement(province, language) for language in ("zh", "en"))
    assert zh == (
        "未支撑：所列下降目标合计只使碳排放强度下降 14.73%，总目标为 17.00%，缺 2.27 个百分点（706.8 万吨）。"
    )
    assert en.startswith("Not backed: ")
    assert "14.73 %, against a target of 17.00 %; 2.27 points short (706.8 × 10⁴ t CO₂)." in en
    for figure in ("2.08 个百分点", "18.69%", "311.08 万吨"):
        assert figure in identity_statement(province, "zh")
    assert reach_statement(province, "en") == "Within the bounds the province can reach 8.13–23.44 %."
    said = check_statements(guangxi, verification, "zh")
    assert said[0] == "每地区一次、上下限、取整单位：全部通过。"
    assert said[-1].startswith("依据：基于非官方的城市排放清单")


def test_a_shortfall_too_small_for_decimals_is_said_by_its_size(make_scenario):
    # one city of 1 万吨: short by 1e-27 points of a point worth 0.01 万吨
    scenario = make_scenario(("1",), ("1",), ("1",))
    province = province_record(scenario, verify_rates(scenario, (Decimal("0.16" + "9" * 27),)))
    en, zh = (verdict_statement(province, language) for language in ("en", "zh"))
    assert "by only 17.00 %, against a target of 17.00 %; 1.0 × 10⁻²⁷ points short (1.0 × 10⁻²⁹ × 10⁴ t CO₂)." in en
    assert "缺 1.0 × 10⁻²⁷ 个百分点（1.0 × 10⁻²⁹ 万吨）" in zh
    assert province.overshoot_points == -1e-27
    # larger ones keep the decimals that show them
    more = province_record(scenario, verify_rates(scenario, (Decimal("0.169999999999"),)))
    said = verdict_statement(more, "en")
    assert "only 16.9999999999 %, against a target of 17.0000000000 %; 0.0000000001 points short" in said


def test_zhejiang_backs_and_its_slip_is_named(zhejiang):
    verification, province = judged(zhejiang)
    assert "超出 1.63 个百分点（1,147.1 万吨）" in verdict_statement(province, "zh")
    printed, _ = judged(zhejiang, "published-as-printed")
    said = " ".join(check_statements(zhejiang, printed, "en"))
    assert "10 times as much would cut 22.13 % and back the province" in said
    assert said.startswith("Outside the bounds: Hangzhou, Ningbo")
    assert not any("times as much" in line for line in check_statements(zhejiang, verification, "en"))


def test_failed_checks_name_their_regions(make_scenario):
    scenario = make_scenario(("1",) * 3, ("1",) * 3, ("1",) * 3, grid="1 point", upper="0.25", names=["甲", "乙", "丙"])
    v = verify_rates(scenario, (Decimal("0.26"), Decimal("0.245"), Decimal("0.2")))
    assert check_statements(scenario, v, "zh") == ["超出上下限：甲。", "不是 1 个百分点的整数倍：乙。"]
    assert check_statements(scenario, v, "en")[1] == "Not on the 1-point grid: 乙."


@pytest.mark.parametrize(("less", "points"), [("0.001", "0.05"), ("0.00001", "0.0005"), ("0.0000001", "0.000005")])
def test_a_small_shortfall_is_never_said_to_be_zero(make_scenario, less, points):
    scenario = make_scenario(("1", "1"), ("1", "1"), ("1", "1"))
    v = verify_rates(scenario, (Decimal("0.17"), Decimal("0.17") - Decimal(less)))
    said = verdict_statement(province_record(scenario, v), "zh")
    assert f"缺 {points} 个百分点" in said
    assert "总目标为 17.00" in said


def test_margin_is_said_where_there_is_one(make_scenario):
    numbers = ("1", "1"), ("1", "1"), ("1", "1")
    table = (Decimal("0.18"), Decimal("0.18"))
    scenario = make_scenario(*numbers, margin="0.5 points")
    said = verdict_statement(province_record(scenario, verify_rates(scenario, table)), "zh")
    assert "不低于总目标 17.00%（另加裕度 0.50 个百分点），超出 0.50 个百分点" in said
    without = make_scenario(*numbers)
    assert "裕度" not in verdict_statement(province_record(without, verify_rates(without, table)), "zh")


def test_a_negative_composition_effect_has_a_true_minus(make_scenario):
    scenario = make_scenario(("1", "3"), ("1", "1"), ("1.5", "1.2"))
    province = province_record(scenario, verify_rates(scenario, (Decimal("0.2"), Decimal("0.2"))))
    assert province.sigma < 0
    assert "结构效应 −5.56 个百分点" in identity_statement(province, "zh")


def test_moved_regions_are_named(guangxi_plan):
    record = guangxi_plan.record
    assert moved_statement(record, "zh") == "取整：各地区均按 0.5 个百分点就近取整。"
    first = record.regions[0]
    moved = first.model_copy(update={"published_rate": first.rate - 0.0031})
    changed = record.model_copy(update={"regions": (moved, *record.regions[1:])})
    assert "1 个地区未取最近值：南宁 −0.31 个百分点。" in moved_statement(changed, "zh")
    assert "Nanning −0.31 points." in moved_statement(changed, "en")


def test_a_coarse_grid_moves_regions_and_says_so():
    result = plan(load_scenario("guangxi-13fyp", ["publish.grid=1 point"]))
    off = [r for r in result.record.regions if abs(r.published_rate - r.rate) > 0.005 + 1e-9]
    said = moved_statement(result.record, "zh")
    assert len(off) == 2
    assert f"{len(off)} 个地区未取最近值" in said
    for region in off:
        assert region.name in said
        assert "为使取整后的合计仍达到总目标" in region.reason.zh


@pytest.mark.parametrize("language", ["zh", "en"])
def test_statements_of_a_plan(guangxi_plan, language):
    said = province_statements(guangxi_plan.record, language)
    assert len(said) == 5
    assert "allocator prove" in said[3]
    assert all(line.endswith(("。", ".")) for line in said)
    assert not any("{" in line for line in said)
