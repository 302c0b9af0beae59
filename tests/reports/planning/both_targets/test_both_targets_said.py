"""What is said of both targets: by which of them the equal rate goes, and nothing of how a typed table was made."""

import re

import pytest

from allocator.planning.check import check
from allocator.planning.plan import plan
from allocator.sweeping.options import SweepOptions
from allocator.sweeping.sweep import sweep
from allocator.verifying.verify import judgement
from reports.planning.page import report_html
from reports.planning.sentences import province_statements
from reports.planning.tables import printed_beyond, rounded_above
from reports.planning.whatif import whatif_panel
from reports.sweeping.sentences import sweep_statements
from reports.workbook.workbook import workbook
from scenarios.load import load_scenario
from tests.reports.workbook.test_workbook import opened

RATES = (18, 20.5, 18.5, 21, 16.5, 13.5, 16, 12.5, 13.5)
CAPS = (5323, 9969, 7740, 7726, 3976, 2053, 4064, 766, 583)
BY_RATES = (5162, 9902, 8062, 7392, 4116, 2100, 4102, 780, 577)
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


def test_the_table_of_the_report_has_what_no_city_gets_and_the_cap():
    """Caps of 42,193 and a reserve of 307; (17.8371 + 0.8674)/18.6910 is 100.07 % of what both targets ask."""
    record = plan(load_scenario("15fyp-example")).record
    for language, names in (("zh", ("合计", "省级机动", "全省")), ("en", ("total", "reserve", "province"))):
        foot = report_html(record, language).split("<tfoot>")[1].split("</tfoot>")[0]
        foot = re.sub("<!--.*?-->", "", foot)
        rows = [re.findall(r"<t[hd][^>]*>([^<]*)<", row) for row in foot.split("</tr>")[:-1]]
        assert [tuple(filter(None, row))[:2] for row in rows[1:]] == [(names[1], "307"), (names[2], "42,500")]
        assert names[0] in rows[0]
        assert "42,193" in rows[0]
    assert rounded_above(record, "zh") == "占所需减排总量一栏合计 100.07%：目标取整后，比所需多 0.07%。"
    assert printed_beyond(plan(load_scenario("15fyp-example", ["total=null"])).record, "zh") == []


ALONE = re.compile("(达到|恰为|支撑|超出|多于|比|和|、)总目标")
"""What is asked of the cities where one target is; where the total asks more it is no longer that."""
TIGHT = ["bounds={lower: 16%, upper: 20%}", "growth_uncertainty=1%", "protect=1"]


@pytest.mark.parametrize("settings", [["bounds={lower: 16%, upper: 20%}"], TIGHT, []])
def test_reasons_rounding_and_protection_are_of_both(settings):
    """1 - 42,200/51,352.8966 = 17.8235 % is asked, above the 17 % of the intensity."""
    record = plan(load_scenario("15fyp-example", settings)).record
    zh, en = ("".join(r.reason.say(x) for r in record.regions) for x in ("zh", "en"))
    zh += "".join(province_statements(record, "zh"))
    assert not ALONE.search(zh)
    if settings:
        assert "为使合计达到两项目标，统一调整后应为" in zh
        assert "makes the province add up for the two targets it would stand at" in en
    if settings == TIGHT:
        assert "测算值合计超出两项目标" in zh


def test_of_the_intensity_alone_it_is_said_as_before():
    settings = ["total=null", "bounds={lower: 16%, upper: 18.5%}"]
    record = plan(load_scenario("15fyp-example", settings)).record
    said = "".join(r.reason.zh for r in record.regions)
    assert "达到总目标" in said
    assert "两项目标" not in said


@pytest.mark.parametrize(
    ("settings", "zh", "en"),
    [
        (["publish.grid=1 point", "bounds={lower: 16%, upper: 18.7%}"], "支撑两项目标。", "province for the two"),
        (["bounds={lower: 19%, upper: 20%}"], "比两项目标 17.82% 多", "more than its two targets of 17.82 %"),
        (
            ["rules=[{id: up, type: floor, where: [丁市], rate: 24%, reason: x}, "
             "{id: down, type: ceiling, where: [丁市], rate: 12%, reason: x}]"],
            "在上下限和两项目标下互相矛盾", "within bounds and two targets, these rules contradict",
        ),
    ],
)  # fmt: skip
def test_why_there_is_no_split_is_of_both(settings, zh, en):
    found = check(load_scenario("15fyp-example", settings))
    assert found.no_split is not None
    assert zh in "".join(found.statements("zh"))
    assert en in "".join(found.statements("en"))
    assert not ALONE.search("".join(found.statements("zh")))


def test_a_reserve_that_asks_more_is_said_by_check_as_by_plan():
    """300 of 51,352.8966 are 0.5842 points: 17.58 % is asked, though the cap of 60,000 does not bind."""
    scenario = load_scenario("15fyp-example", ["total.cap=60000"])
    said = "".join(check(scenario).statements("zh"))
    assert "% 才能达到两项目标。" in said
    assert "目标 17.58% 在可达范围内。" in said


def test_the_page_and_the_workbook_say_it_too():
    made = plan(load_scenario("15fyp-example", TIGHT))
    page, book = report_html(made.record, "zh"), opened(workbook(made.record, made.verification, "zh"), values=True)
    assert "各地区同降须达（两项目标）" in page
    assert "强度和总量两项目标所要求的较高者" in page
    method = "支撑总目标 R 即", "仍支撑总目标的表"  # of the method by itself, with what it becomes behind it
    assert not ALONE.search(page.replace(method[0], "").replace(method[1], ""))
    assert "{goal}" not in page
    assert book["校核"]["A11"].value == "各地区同降须达（两项目标）"
    assert any("超出两项目标" in str(cell.value) for row in book["稳健性"].iter_rows() for cell in row)


def test_without_a_reserve_its_rest_is_said_to_be_left_over():
    said = "".join(province_statements(plan(load_scenario("15fyp-example", ["total.reserve=0"])).record, "zh"))
    assert "方案不要求留机动：这 2 万吨是各市用不到的余数" in said
    assert "强度目标 17.00%，允许 42,622.9 万吨" in said


def test_the_panel_says_it_too():
    texts = whatif_panel(plan(load_scenario("15fyp-example")).record, "zh").texts
    assert "达到两项目标所需的 {target}%" in texts["backed"]
    assert "无法支撑两项目标" in texts["grid"]


def test_a_sweep_says_it_too():
    record = sweep(load_scenario("15fyp-example"), SweepOptions(samples=20)).record
    said = "".join(sweep_statements(record, "zh"))
    assert "全部支撑两项目标（按规划增长合计须下降 17.82%" in said


@pytest.mark.parametrize(
    ("caps", "reserve", "said"),
    [
        (CAPS, 300, None),
        (BY_RATES, 307, "机动比须留的 300 万吨多 7 万吨"),
        ((*CAPS[:-1], CAPS[-1] + 50), 250, "注意：机动比须留的 300 万吨少 50 万吨。"),
    ],
)
def test_which_reserve_is_which_is_said_in_one_wording(tmp_path, caps, reserve, said):
    lines = (f"{c},{r},{n}" for c, r, n in zip(CITIES, RATES, caps, strict=True))
    text = "\n".join(["地区,碳排放强度下降率（%）,碳排放总量控制目标（万吨）", *lines, f"机动,,{reserve}"])
    (tmp_path / "t.csv").write_text(text, "utf-8")
    statements = judgement(load_scenario("15fyp-example"), str(tmp_path / "t.csv")).statements("zh")
    whole = "".join(statements)
    assert "不超过 42,500 万吨（比基年 +5.60%），其中须留机动 300 万吨，各市合计 42,200 万吨。" in whole
    assert "加须留机动 300 万吨，不超过 42,500 万吨" in whole
    assert f"机动 {reserve} 万吨，共 42,500 万吨，正好是全省总量。" in whole
    assert (said in whole) if said else "比须留的" not in whole
    assert not re.search(r"(42,500|42,200|300|307|250)\.0 万吨", whole)
