"""What is asked, refused and said of the figures that are entered for rule set 2026."""

from fractions import Fraction

import pytest

from allocator.tracking.assessed import Scoring, hold_and_assess, said
from reports.assessing.pass_fail_sheets import province_sheet
from reports.publishing.layout import column_widths, layout_of, type_size
from scenarios.assessing.entries import read_capped, read_entries
from scenarios.assessing.rules import find_rules
from scenarios.errors import InputError
from scenarios.load import load_scenario
from scenarios.sense.asking import Answers
from scenarios.wording import Text
from tests.allocator.assessing.test_indicators import FULL
from tests.allocator.tracking.test_levels import ACTUAL

RULES = find_rules("2026").rules


@pytest.mark.parametrize(
    ("row", "code", "asked", "column"),
    [
        ("clean-power,0.412,0.4,,", "entry_fraction", "entry-usual:form.csv:clean-power", "target"),
        ("public-carbon,0.02,0.015,,", "entry_fraction", "entry-usual:form.csv:public-carbon", "target"),
        ("nonfossil,21,0.207,,", "entry_slip", "entry-slip:form.csv:nonfossil", "actual"),
        ("forest,32000,3.1,,", "entry_apart", "entry-slip:form.csv:forest", "actual"),
        ("forest,320000,310000,,", "entry_unusual", "entry-usual:form.csv:forest", "target"),
        ("coal,10900,109000,,", "entry_apart", "entry-slip:form.csv:coal", "actual"),
        ("total,,410000000,,", "entry_far", "entry-far:form.csv:total", "target"),  # 41,000 typed in tonnes
        ("total,,0,,", "entry_far", "entry-far:form.csv:total", "target"),
        ("total,,20343.5,,", "entry_far", "entry-far:form.csv:total", "target"),  # half of 40,687
        ("intensity,,0.0366,,", "entry_fraction", "entry-usual:form.csv:intensity", "target"),
        ("intensity,,36.6,,", "entry_far", "entry-far:form.csv:intensity", "target"),
    ],
)
def test_a_figure_out_of_its_order_is_asked_at_its_cell(
    assessed, form, example_15fyp_folder, actuals, row, code, asked, column
):
    path = form(row)
    with pytest.raises(InputError) as refused:
        assessed(path)
    (finding,) = refused.value.findings
    assert (finding.code, finding.asked, finding.place.row, finding.place.column) == (code, asked, 2, column)
    assert row.split(",")[1 if column == "actual" else 2] in finding.say("zh")
    answered = load_scenario(example_15fyp_folder, (f"accept=[{{id: '{asked}', reason: 核对过}}]",))
    tracked = hold_and_assess(answered, actuals, None, Scoring(path, "2026", 2026)).tracked
    assert any("核对过" in notice.say("zh") for notice in tracked.notices)


@pytest.mark.parametrize(
    "row",
    [
        "total,,20344,,", "total,,81373,,", "intensity,,0.37,,", "intensity,,36.5,,", "intensity,,0,,",
        "forest,0,0.5,,",
        "transport,700,71,,", "traded,0.05,0.1,,", "clean-power,1,1,,", "public-energy,-3,1,,", "oil,0,4450,,",
    ],
)  # fmt: skip
def test_a_figure_within_its_order_is_not_asked_about(assessed, form, row):
    assert assessed(form(row)).disagreements() == []


def test_full_width_figures_are_refused_and_notices_of_the_form_are_said(example_15fyp, actuals, form):
    with pytest.raises(InputError) as refused:
        read_entries(form("clean-power,５０,４０,,"), RULES, ())
    assert {(one.code, one.place.column) for one in refused.value.findings} == {
        ("number_meant", "actual"), ("number_meant", "target"),
    }  # fmt: skip
    path = form("ｃoal,10900,11000,,")
    tracked = hold_and_assess(example_15fyp, actuals, None, Scoring(path, "2026", 2026)).tracked
    assert "folded" in {notice.code for notice in tracked.notices if notice.place.file == "form.csv"}


def test_a_target_looser_than_the_scenario_s_own_is_said(assessed, form):
    """40,802 against the path's 40,687 and the entered 40,802; 3.23 % against 3.66 % and 3.2 %."""
    record = assessed(form("total,,40802,,", "intensity,,3.2%,,", *FULL))
    total, intensity = record.indicators[0].parts[0], record.indicators[1].parts[0]
    assert (total.looser_than, intensity.looser_than) == (40687, Fraction("3.66"))
    (zh,) = [line for line in said(record, "zh") if line.startswith("填报的目标宽于")]
    assert "碳排放总量 40,802 万吨（本方案 40,687 万吨，按此未完成）" in zh
    assert "碳排放强度比上年降低 3.20%（本方案 3.66%，按此未完成）" in zh
    assert any("the scenario's 40,687 × 10⁴ t: missed by that" in line for line in said(record, "en"))
    for rows in (("total,,40687,,", "intensity,,3.66,,"), ("total,,40686,,", "intensity,,3.67,,"), ()):
        assert not [line for line in said(assessed(form(*rows)), "zh") if line.startswith("填报的目标宽于")]


def test_what_the_order_names_has_no_unit_in_sentences(assessed, form):
    record = assessed(form("transport,5,6,,"))
    assert any("交通运输领域指标 5，不得低于 6，未完成" in line for line in said(record, "zh"))
    assert any("indicator of transport 5, at least 6: missed" in line for line in said(record, "en"))


def test_figures_stay_on_one_line_in_print(assessed, form):
    """40,801.95 has 8 places: at 9 points (3.175 mm) half a width each, 12.7 mm, and 1.9 mm at either side."""
    sheet = province_sheet(assessed(form("total,,40801.95,,", *FULL[:8], "review,,,met," + "minutes " * 40)), "zh")
    table, layout = sheet.tables[0], layout_of(sheet)
    widths = column_widths(table, layout, "zh", 249)
    assert (sum(widths), type_size(table, layout)) == (pytest.approx(249), 9)
    assert widths[[column.code for column in table.columns].index("target")] >= 16.5


def test_nothing_is_entered_for_offsets_that_are_computed(form):
    with pytest.raises(InputError) as refused:
        read_entries(form("offsets,1,2,完成,x"), RULES, {"carbon.offsets"})
    assert [(one.code, one.place.column) for one in refused.value.findings] == [
        ("entry_found", column) for column in ("actual", "target", "result", "evidence")
    ]
    assert "年度目标" in refused.value.findings[0].say("zh")


@pytest.mark.parametrize(("figure", "asked"), [("1000", True), ("999", False), ("10", True), ("10.1", False)])
def test_a_figure_ten_times_its_cap_is_asked_about(example_15fyp, form, figure, asked):
    rows = [f"{city},{figure if city == '甲市' else 100},100" for city in ACTUAL]
    path = form(*rows, header="地区,实际,目标")
    if not asked:
        assert read_capped(path, example_15fyp.regions).figures[0] == (Fraction(figure), 100)
        return
    with pytest.raises(InputError) as refused:
        read_capped(path, example_15fyp.regions)
    (finding,) = refused.value.findings
    assert (finding.code, finding.asked) == ("entry_apart", "entry-slip:form.csv:甲市")
    answers = Answers({finding.asked: Text("核对过", "checked")})
    assert read_capped(path, example_15fyp.regions, answers).notices
