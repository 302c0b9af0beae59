"""What is said of both targets: by which of them the equal rate goes, and nothing of how a typed table was made."""

import pytest

from allocator.planning.check import check
from allocator.planning.plan import plan
from allocator.verifying.verify import judgement
from reports.planning.sentences import province_statements
from scenarios.load import load_scenario

RATES = (18, 20.5, 18.5, 21, 16.5, 13.5, 16, 12.5, 13.5)
CAPS = (5323, 9969, 7740, 7726, 3976, 2053, 4064, 766, 583)
CITIES = ("甲市", "乙市", "丙市", "丁市", "戊市", "己市", "庚市", "辛市", "壬市")


@pytest.mark.parametrize(("settings", "goal"), [((), "两项目标"), (("total=null",), "总目标")])
def test_the_equal_rate_is_for_what_binds(settings, goal):
    scenario = load_scenario("15fyp-example", settings)
    for said in ("".join(province_statements(plan(scenario).record, "zh")), "".join(check(scenario).statements("zh"))):
        assert f"% 才能达到{goal}。" in said


def test_of_a_typed_table_it_is_not_said_how_its_caps_were_made(tmp_path):
    lines = (f"{c},{r},{n}" for c, r, n in zip(CITIES, RATES, CAPS, strict=True))
    text = "\n".join(["地区,碳排放强度下降率（%）,碳排放总量控制目标（万吨）", *lines, "机动,,300"])
    (tmp_path / "t.csv").write_text(text, "utf-8")
    scenario = load_scenario("15fyp-example")
    said = "".join(judgement(scenario, str(tmp_path / "t.csv")).statements("zh"))
    assert "各市总量合计 42,200 万吨，机动 300 万吨，共 42,500 万吨，正好是全省总量。" in said
    assert "各市总量（按下降率推算）合计" in "".join(province_statements(plan(scenario).record, "zh"))
