"""What the official table says, apart from any format."""

import pytest

from reports.printing.document import visible
from reports.publishing.columns import free_columns
from reports.publishing.official import official_sheet
from reports.publishing.recheck import disagreements

TRACE = ("plan.json", "ab" * 32)


def sheet(result, language="zh"):
    return official_sheet(result.record, language, TRACE)


def test_the_full_table_of_guangxi(guangxi_plan):
    made = sheet(guangxi_plan)
    (table,) = made.tables
    assert table.heads("zh") == (
        "地区", "2015 年碳排放强度（吨/万元）", "规划期增长倍数", "下降目标（%）", "2020 年碳排放强度（吨/万元）",
        "年均下降（%）",
    )  # fmt: skip
    # 2135/3410.08 = 0.62608…; 0.77 of it; 1 - 0.77 ** 0.2
    assert table.rows[0] == ("南宁", "0.6261", "1.3213", "23.0", "0.4821", "5.09")
    assert table.rows[-1] == ("合计", "1.3724", "1.3487", "17.02", "1.1389", "3.66")
    assert made.statement.startswith("通过：")
    assert "0.02 个百分点（6.1 万吨）" in made.statement
    assert made.notes[-1].endswith("abababababababab。")
    assert "桂政办发〔2017〕102号" in made.source
    assert not made.wide


def test_classes_stand_as_in_a_circular(classed_plan):
    classes, table = sheet(classed_plan).tables
    assert classes.heads("zh") == ("类别", "地区", "下降（%）")
    assert classes.rows[0] == ("第一类", "南宁、柳州", "24")
    assert [row[0] for row in classes.rows] == ["第一类", "第二类", "第三类", "第四类", "第五类"]
    assert sum(len(row[1].split("、")) for row in classes.rows) == 14
    assert (classes.caption, table.caption) == ("表 1　分类下降目标", "表 2　各地区下降目标")
    assert table.rows[0][1] == "第一类"
    english, _ = sheet(classed_plan, "en").tables
    assert english.rows[0] == ("class 1", "Nanning, Liuzhou", "24")


def test_decline_factors_make_the_table_wide(factored_plan):
    made = sheet(factored_plan)
    assert made.wide
    table = made.tables[1]
    assert [column.label for column in table.columns[-3:]] == ["其中：结构节能", "其中：技术节能", "其中：能源替代"]
    for row in table.rows:
        assert sum(map(float, row[-3:])) == pytest.approx(float(row[4]), abs=0.02)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("南宁", "南宁"), ("南　宁", "南　宁"), ("a\nb", "a⟨U+000A⟩b"), ("\u202eabc", "⟨U+202E⟩abc"), ("\ud800",
        "⟨U+D800⟩"),
        ("\ufeffx\u200b", "⟨U+FEFF⟩x⟨U+200B⟩"), ("\U0001ffff", "⟨U+1FFFF⟩"), ("\ue000", "\ue000"), ("\U00020000",
        "\U00020000"),
    ],
)  # fmt: skip
def test_what_steers_is_shown(text, shown):
    assert visible(text) == shown


@pytest.mark.parametrize("name", ["guangxi_plan", "bounded_plan", "hostile_plan", "classed_plan", "incentive_plan"])
def test_a_plan_agrees_with_itself(name, request):
    assert disagreements(request.getfixturevalue(name).record) == []


def test_what_does_not_follow_is_named(classed_plan):
    record = classed_plan.record
    first = record.regions[0]
    lowered = first.model_copy(update={"published_rate": 0.2})
    changed = record.model_copy(update={"regions": (lowered, *record.regions[1:])})
    keys = [odd.key for odd in disagreements(changed)]
    assert {"province.implied_reduction", "province.overshoot_points", "province.overshoot_10kt"} <= set(keys)
    assert {"province.verdict", "regions.南宁.target_intensity", "regions.柳州.published_rate"} <= set(keys)
    outside = first.model_copy(update={"published_rate": 0.263})
    changed = record.model_copy(update={"regions": (outside, *record.regions[1:])})
    assert [odd.needed for odd in disagreements(changed) if odd.key == "regions.南宁.published_rate"] == [
        "0.1–0.25", "n × 0.01",
    ]  # fmt: skip
    empty = first.model_copy(update={"emissions_10kt": 0.0})
    changed = record.model_copy(update={"regions": (empty, *record.regions[1:])})
    assert [odd.key for odd in disagreements(changed)] == ["regions.南宁.emissions_10kt"]


def test_incentive_targets_stand_beside_the_basic_ones(incentive_plan):
    made = sheet(incentive_plan)
    (table,) = made.tables
    assert table.heads("zh")[3:5] == ("下降目标（%）", "激励目标（%）")
    assert all(float(row[4]) >= float(row[3]) + 0.5 for row in table.rows[:-1])
    assert float(table.rows[-1][4]) >= 19
    assert made.statement.count("。") == 2
    record = incentive_plan.record
    lowered = record.regions[0].model_copy(update={"published_incentive_rate": record.regions[0].published_rate})
    keys = [odd.key for odd in disagreements(record.model_copy(update={"regions": (lowered, *record.regions[1:])}))]
    assert "regions.南宁.published_incentive_rate" in keys
    assert "province.incentive.verdict" in keys
    assert "province.implied_reduction" not in keys


def test_columns_that_are_left_out_take_their_notes_with_them(guangxi_plan):
    record = guangxi_plan.record
    whole, least = (official_sheet(record, "zh", TRACE, columns) for columns in (None, ()))
    free = free_columns(record, "zh")
    assert [column.code for column in least.tables[-1].columns] == ["name", "rate"]
    assert {column.code for column in whole.tables[-1].columns} == {"name", "rate", *free}
    assert [row[-1] for row in least.tables[-1].rows] == [
        row[[column.code for column in whole.tables[-1].columns].index("rate")] for row in whole.tables[-1].rows
    ]
    assert "碳强度" not in least.tables[-1].unit
    assert any("年均下降按" in note for note in whole.notes)
    assert not any("年均下降按" in note or "规划期增长倍数为" in note for note in least.notes)
    some = official_sheet(record, "en", TRACE, ["annual"])
    assert [column.code for column in some.tables[-1].columns] == ["name", "rate", "annual"]
    assert any("geometric" in note for note in some.notes)
    assert not any("growth factor" in note for note in some.notes)
