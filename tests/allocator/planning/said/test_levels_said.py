"""What is said of coal and oil: one figure of what is asked, no yearly budgets, and a workbook that is a scenario."""

import pytest

from allocator.planning.files import write_plan
from allocator.planning.plan import plan
from allocator.verifying.verify import judgement
from reports.planning.sentences import province_statements
from scenarios.load import load_scenario

NAMES = "甲乙丙丁戊己庚辛壬"


def judged(tmp_path, rate, *settings):
    rows = "".join(f"{name}市,{rate}\n" for name in NAMES)
    (tmp_path / "t.csv").write_text(f"region,下降率（%）\n{rows}", "utf-8")
    return judgement(load_scenario("15fyp-energy/coal.yaml", settings), str(tmp_path / "t.csv"))


CAPPED = ("total.cap=10575", "total.reserve=112.5")
"""6 % below 11,250, and 7 % with the reserve set aside."""


def test_what_a_cap_asks_is_said_with_its_reserve_set_aside(tmp_path):
    found = judged(tmp_path, 6.5, *CAPPED)
    zh, en = found.statements("zh")[0], found.statements("en")[0]
    assert not found.passed
    assert zh.startswith("未支撑：按所列目标，煤炭消费量比基年下降 6.50%，总量所要求的是下降 7.00%，留出机动后。")
    assert en.startswith("Not backed: with the listed targets coal use falls by 6.50 % on the base year, where the cap")
    assert "asks that it falls by 7.00 %, the reserve set aside." in en
    assert "6.00" not in zh.split("总量超出")[0]


def test_a_table_that_holds_it_reaches_the_same_figure(tmp_path):
    found = judged(tmp_path, 7, *CAPPED)
    assert found.passed
    assert "达到总量所要求的（下降 7.00%，留出机动后）" in found.statements("zh")[0]


def test_a_hair_below_is_told_from_it(tmp_path):
    found = judged(tmp_path, 6.999, *CAPPED, "publish.grid=0.01 points")
    assert "下降 6.999%，总量所要求的是下降 7.000%，留出机动后" in found.statements("zh")[0]


def test_nothing_is_added_without_a_reserve(tmp_path):
    assert "（下降 2.22%）" in judged(tmp_path, 2.23).statements("zh")[0]


def test_draws_of_coal_are_in_no_yearly_budgets(tmp_path):
    from reports.words import LABELS
    from scenarios.quantities import Quantity, speaking_of

    with speaking_of(Quantity("coal")):
        assert "年度预算" not in LABELS.say("draws", "zh", draws="", left="1")
        assert "yearly budgets" not in LABELS.say("draws", "en", draws="", left="1")
    assert "年度预算" in LABELS.say("draws", "zh", draws="", left="1")


@pytest.mark.parametrize("name", ["coal", "oil", "nonfossil"])
def test_the_workbook_of_a_plan_is_its_scenario(tmp_path, name):
    made = plan(load_scenario(f"15fyp-energy/{name}.yaml"))
    write_plan(made, tmp_path, "zh")
    again = plan(load_scenario(tmp_path / "allocation.xlsx"))
    assert again.published == made.published
    assert again.scenario.file.target == made.scenario.file.target


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "方案不要求留机动：这 1 万吨标准煤是各市用不到的余数，不分给各市，列作机动。"),
        ("en", "No reserve is asked for: these 1 × 10⁴ tce are left over, no city needs or gets them"),
    ],
)
def test_a_reserve_that_nobody_asked_for_is_not_held_against_none(language, said):
    record = plan(load_scenario("15fyp-energy/coal.yaml")).record
    whole = "".join(province_statements(record, language))
    assert said in whole
    assert "须留的 0" not in whole
    assert "the 0 ×" not in whole
