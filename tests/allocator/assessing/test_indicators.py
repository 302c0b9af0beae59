"""Rule set 2026 and the tables of four cells, against figures computed apart from this program (dual control, 13)."""

import json
import subprocess
import sys
from fractions import Fraction
from itertools import product

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from allocator.cli import app
from allocator.tracking.assessed import Scoring, hold_and_assess, said
from allocator.tracking.files import write_track
from reports.assessing.pass_fail import possible_grades, whole
from scenarios.assessing.entries import ENTRY_HEADS, read_capped, read_entries
from scenarios.assessing.rules import find_rules, rules_for
from scenarios.errors import InputError
from scenarios.load import load_scenario
from tests.allocator.tracking.test_levels import ACTUAL, LIGHTS

RULES = find_rules("2026").rules
HEADER = ",".join(ENTRY_HEADS[code][1] for code in ("item", "figure", "target", "result", "evidence"))
# what keeps every item but the computed ones
FULL = (
    "coal,10900,11000,,", "oil,4450,4450,,", "nonfossil,21,20.7,,", "energy,2.5%,2.1%,,", "clean-power,45,45,,",
    "industry-energy,,,met,令 1", "industry-carbon,3.9,3.7,,", "offsets,,,完成,台账", "review,,,met,minutes",
    "urban,5,5,,", "transport,7,6,,", "public-energy,1.1,1,,", "public-carbon,1.8,1.7,,", "traded,0.7,0.6,,",
    "forest,20.9,20.5,,",
)  # fmt: skip
GRADES = {"excellent": "优秀", "qualified": "合格", "failed": "不合格"}


@pytest.mark.parametrize(
    ("control", "supporting", "grades"),
    [
        ({}, {}, "优秀"),
        ({}, {"missed": 1}, "合格"),
        ({}, {"missed": 2}, "合格"),
        ({}, {"missed": 3}, "不合格"),
        ({"missed": 1}, {}, "不合格"),
        ({"open": 1}, {}, "优秀/不合格"),
        ({}, {"open": 1}, "优秀/合格"),
        ({}, {"missed": 2, "open": 1}, "合格/不合格"),
        ({"missed": 1, "open": 4}, {"open": 9}, "不合格"),
        ({"open": 1}, {"missed": 3}, "不合格"),
    ],
)
def test_grades_that_are_left(control, supporting, grades):
    def states(count, found):
        some = [state for state, n in found.items() for _ in range(n)]
        return [*some, *["met"] * (count - len(some))]

    found = possible_grades(states(5, control), states(9, supporting), False, RULES.grades)
    assert "/".join(GRADES[grade] for grade in found) == grades
    assert possible_grades(states(5, control), states(9, supporting), True, RULES.grades) == ("failed",)


@given(st.lists(st.sampled_from(["met", "missed", "open"]), min_size=1, max_size=4),
       st.lists(st.sampled_from(["met", "missed", "open"]), min_size=1, max_size=5))  # fmt: skip
def test_open_items_leave_what_their_completions_give(control, supporting):
    def completions(states):
        return product(*(("met", "missed") if state == "open" else (state,) for state in states))

    every = {possible_grades(c, s, False, RULES.grades) for c in completions(control) for s in completions(supporting)}
    assert set(possible_grades(control, supporting, False, RULES.grades)) == {grade for (grade,) in every}


def test_the_rule_set_has_five_and_nine():
    assert (len(RULES.control), len(RULES.supporting)) == (5, 9)
    assert [one.id for one in RULES.control] == ["total", "intensity", "coal", "oil", "nonfossil"]
    assert whole(["met", "open"]) == "open"
    assert whole(["missed", "open"]) == "missed"


def test_without_a_form_what_is_not_computed_is_open(assessed):
    record = assessed()
    states = {one.id: one.state for one in record.indicators}
    # 40,802 against 40,687 (budget, province_by_year); 1 - (40802/48820)/(40246.3/46600) is 3.23 %, 3.66 are due
    total, intensity = record.indicators[0].parts[0], record.indicators[1].parts[0]
    assert (total.figure, total.target, total.target_from) == (40802, 40687, "path")
    assert (intensity.figure, intensity.target) == (Fraction(323, 100), Fraction(366, 100))
    assert [states[name] for name in ("total", "intensity", "coal", "forest")] == ["missed", "missed", "open", "open"]
    assert record.grades == ("failed",)


def test_entered_targets_go_before_the_path(assessed, form):
    record = assessed(form("total,,40802,,", "intensity,,3.2%,,", *FULL))
    assert [part.target_from for part in (record.indicators[0].parts[0], record.indicators[1].parts[0])] == [
        "entered"
    ] * 2
    assert [one.state for one in record.indicators] == ["met"] * 14
    assert record.grades == ("excellent",)
    assert record.indicators[1].parts[0].five_year == "missed"
    assert record.disagreements() == []
    (short,) = [
        one for one in assessed(form("total,,40801.9,,", "intensity,,3.2%,,", *FULL)).indicators if one.state != "met"
    ]
    assert short.id == "total"


@pytest.mark.parametrize(
    ("change", "grades"),
    [
        (("oil,4450,4450,,", "oil,4450.001,4450,,"), ("failed",)),
        (("forest,20.9,20.5,,", "forest,,20.5,,"), ("excellent", "qualified")),
        (("review,,,met,minutes", "review,,,未完成,minutes"), ("qualified",)),
        (("coal,10900,11000,,", "coal,10900,,,"), ("excellent", "failed")),
        (("industry-carbon,3.9,3.7,,", "industry-carbon,3.6,3.7,,"), ("qualified",)),
    ],
)
def test_one_item_changes_the_grade(assessed, form, change, grades):
    rows = [change[1] if row == change[0] else row for row in ("total,,40802,,", "intensity,,3.2%,,", *FULL)]
    assert rows != list(FULL)
    assert assessed(form(*rows)).grades == grades


def test_falsified_figures_fail_at_once(assessed, form):
    record = assessed(form("total,,40802,,", "intensity,,3.2%,,", *FULL, "falsified,,,是,通报"))
    assert (record.grades, record.falsified) == (("failed",), "通报")
    assert any("通报" in line for line in said(record, "zh"))
    assert assessed(form("total,,40802,,", "intensity,,3.2,,", *FULL, "falsified,,,no,")).grades == ("excellent",)


def test_cities_are_for_reference(assessed):
    record = assessed()
    cities = {city.name: city for city in record.cities}
    assert {name: (c.year, c.so_far) for name, c in cities.items() if name in ("甲市", "乙市")} == {
        "甲市": ("met", "met"), "乙市": ("missed", "missed"),
    }  # fmt: skip
    assert any(line.startswith("参照（本套规则只考核省级") for line in said(record, "zh"))
    assert any("路径推算" in line and "40,687 万吨" in line for line in said(record, "zh"))
    assert any("40,687 × 10⁴ t (of the path)" in line for line in said(record, "en"))


def test_offsets_of_the_scenario_are_an_item(example_15fyp_folder, actuals):
    rows = "project,region,emissions,ratio,start,source,amount,year\nA,甲市,60,1.2,2026,a,{},2026\n"
    text = (example_15fyp_folder / "scenario.yaml").read_text("utf-8") + "track: {offsets: offsets.csv}\n"
    (example_15fyp_folder / "scenario.yaml").write_text(text, "utf-8")
    states = []
    for amount in (65, 75):
        (example_15fyp_folder / "offsets.csv").write_text(rows.format(amount), "utf-8")
        found = hold_and_assess(load_scenario(example_15fyp_folder), actuals, None, Scoring(rules="2026"))
        states.append(next(one for one in found.assessment.indicators if one.id == "projects").parts[0].state)
    assert states == ["missed", "met"]


def test_without_actual_emissions_the_total_is_open(example_15fyp, tmp_path):
    path = tmp_path / "reductions.csv"
    path.write_text("region,year,annual_reduction(%)\n" + "\n".join(f"{city},2026,4" for city in ACTUAL), "utf-8")
    record = hold_and_assess(example_15fyp, path, None, Scoring(rules="2026")).assessment
    assert [one.state for one in record.indicators[:2]] == ["open", "met"]
    assert record.grades == ("excellent", "qualified", "failed")


def test_everything_wrong_in_a_form_is_named_at_once(form):
    path = form(
        "total,40000,,,", "coal,10900,11000,met,x", "oil,,,perhaps,", "nonfossil,0.21,20.7,,", "energy,,,met,",
        "clean-power,145,45,,", "review,3,,,", "nothing,1,1,,", "oil,1,1,,", "forest,20%,20.5,,", "traded,a,1,,",
        "falsified,,,yes,", ",5,,,",
    )  # fmt: skip
    with pytest.raises(InputError) as refused:
        read_entries(path, RULES, {"carbon.total", "carbon.intensity"})
    assert {(finding.code, finding.place.row) for finding in refused.value.findings} == {
        ("entry_computed", 2), ("entry_both", 3), ("entry_result", 4), ("entry_slip", 5), ("entry_evidence", 6),
        ("entry_share", 7), ("entry_judged", 8), ("assess_unknown_item", 9), ("region_twice", 10),
        ("percent_here", 11), ("not_a_number", 12), ("entry_evidence", 13), ("assess_no_item", 14),
    }  # fmt: skip


def test_the_set_must_fit_the_years(guangxi, example_15fyp, form):
    for scenario, name in ((guangxi, "2026"), (example_15fyp, "13fyp"), (example_15fyp, "12fyp"), (guangxi, "12fyp")):
        with pytest.raises(InputError) as refused:
            rules_for(name, scenario.file.period)
        (finding,) = refused.value.findings
        assert finding.code == "assess_period"
        assert name in finding.say("zh")
    assert rules_for(None, example_15fyp.file.period).rules.name == "2026"
    assert rules_for(None, guangxi.file.period).rules.name == "13fyp"


@pytest.mark.parametrize("name", ["cells-12fyp", "cells-14fyp"])
def test_points_of_cells(example_15fyp, actuals, name):
    points = {
        "cells-12fyp": {"甲市": (60, 60), "乙市": (0, 40), "丙市": (60, 55), "丁市": (0, 0)},
        "cells-14fyp": {"甲市": (35, 35), "乙市": (0, 10), "丙市": (35, 20), "丁市": (0, 0)},
    }[name]
    for year in (2026, 2027):
        record = hold_and_assess(example_15fyp, actuals, None, Scoring(rules=name, year=year)).assessment
        found = {city.name: city for city in record.cities}
        assert {city: found[city].points for city in points} == {c: both[year - 2026] for c, both in points.items()}
        for (city, when), (by_year, so_far, *_) in LIGHTS.items():
            if when == year:
                assert (found[city].year_met, found[city].cumulative_met) == (by_year == 3, so_far == 3)
        assert record.disagreements() == []


@pytest.mark.parametrize(
    ("actual", "points"), [(100, 15), ("100.000001", 10), (110, 10), ("110.000001", 5), (120, 5), ("120.000001", 0)]
)
def test_points_of_a_cap(actual, points):
    cap = find_rules("cells-14fyp").rules.cap
    assert cap.of(Fraction(actual), Fraction(100)) == points


def test_caps_are_read_with_every_region(example_15fyp, actuals, form):
    rows = [f"{city},{110 if city == '甲市' else 100},100" for city in ACTUAL]
    path = form(*rows, header="地区,实际,目标")
    record = hold_and_assess(example_15fyp, actuals, None, Scoring(path, "cells-14fyp", 2026)).assessment
    assert [city.total for city in record.cities[:2]] == [45, 15]
    assert "10 points" in said(record, "en")[1]
    with pytest.raises(InputError) as refused:
        read_capped(form(*rows[1:], "甲,0,100", "乙市,1,x", header="地区,实际,目标"), example_15fyp.regions)
    assert {finding.code for finding in refused.value.findings} >= {"not_positive", "not_a_number", "region_twice"}
    with pytest.raises(InputError) as none:
        hold_and_assess(example_15fyp, actuals, None, Scoring(path, "cells-12fyp", 2026))
    assert [finding.code for finding in none.value.findings] == ["assess_no_form"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("source: judged}", "source: entered}", "assess_part_measure"),
        ("{id: oil,", "{id: coal,", "assess_id_twice"),
        ("{id: oil,", "{id: falsified,", "assess_part_reserved"),
        ("excellent: 0", "excellent: 3", "assess_missed_order"),
        ("first: 2026, last: 2030", "first: 2030, last: 2026", "assess_span"),
        ("kind: pass_fail", "kind: passes", "not_one_of"),
        ("figure: total", "figure: coal", "not_one_of"),
        ("figure: total", "figure: share", "assess_figure"),
        ("scenario: oil}", "scenario: oil, figure: intensity}", "assess_figure"),
        ("scenario: oil}", "scenario: gas}", "not_one_of"),
        ("met: at_most, source: {scenario: coal}", "source: {scenario: coal}", "assess_part_measure"),
    ],
)
def test_mistakes_in_a_rule_set_have_their_line(tmp_path, old, new, code):
    from importlib.resources import files

    text = (files("scenarios.assessing") / "data" / "2026.yaml").read_text("utf-8")
    assert old in text
    (tmp_path / "own.yaml").write_text(text.replace(old, new), "utf-8")
    with pytest.raises(InputError) as refused:
        find_rules(str(tmp_path / "own.yaml"))
    assert code in {finding.code for finding in refused.value.findings}
    assert all(finding.place.row for finding in refused.value.findings)


def test_steps_over_a_cap_rise(tmp_path):
    from importlib.resources import files

    text = (files("scenarios.assessing") / "data" / "cells-14fyp.yaml").read_text("utf-8")
    (tmp_path / "own.yaml").write_text(text.replace("over: 20%", "over: 5%"), "utf-8")
    with pytest.raises(InputError) as refused:
        find_rules(str(tmp_path / "own.yaml"))
    assert [finding.code for finding in refused.value.findings] == ["assess_steps"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_from_the_empty_form_to_the_files(actuals, tmp_path, language):
    runner = CliRunner()
    made = runner.invoke(
        app, ["init", str(tmp_path / "form"), "--assessment", "--scenario", "15fyp-example", "--lang", language]
    )
    assert made.exit_code == 0, made.output
    path = tmp_path / "form" / "assessment.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    given_ = {row.split(",")[0]: row.split(",")[1:] for row in ("total,,40802,,", "intensity,,3.2%,,", *FULL)}
    for row in sheet.iter_rows(min_row=4):
        for cell, text in zip(row[5:9], given_.get(row[0].value, ()), strict=False):
            cell.value = text or None
    book.save(path)
    words = [sys.executable, "-m", "allocator", "track", "15fyp-example", actuals, "--form", path, "--year", "2026"]
    done = subprocess.run(
        [*words, "--out", tmp_path / "out", "--lang", language], capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stderr
    assert ("全省等级：优秀" if language == "zh" else "Grade of the province: excellent") in done.stdout
    record = json.loads((tmp_path / "out" / "assessment.json").read_text("utf-8"))
    assert record["grades"] == ["excellent"]
    printed = openpyxl.load_workbook(tmp_path / "out" / "assessment" / f"province-{language}.xlsx")
    assert len(printed.worksheets) == 2
    assert (tmp_path / "out" / "assessment" / f"province-{language}.docx").is_file()


def test_cells_are_written_and_an_earlier_assessment_goes(example_15fyp, actuals, tmp_path, form):
    path = form(*(f"{city},100,100" for city in ACTUAL), header="地区,实际,目标")
    for scoring in (Scoring(rules="2026", year=2026), Scoring(path, "cells-14fyp", 2026)):
        found = hold_and_assess(example_15fyp, actuals, None, scoring)
        write_track(found.tracked, tmp_path / "out", "zh", found.assessment)
    assert {entry.name for entry in (tmp_path / "out" / "assessment").iterdir()} == {"cells-zh.xlsx", "cells-zh.docx"}
    sheet = openpyxl.load_workbook(tmp_path / "out" / "assessment" / "cells-zh.xlsx").worksheets[0]
    assert any(row[0].value == "甲市" and row[-1].value == 50 for row in sheet.iter_rows())


@pytest.mark.parametrize("name", ["2026", "cells-12fyp", "cells-14fyp"])
def test_one_json_document_and_nothing_else(actuals, name):
    words = [
        sys.executable,
        "-W",
        "error",
        "-m",
        "allocator",
        "track",
        "15fyp-example",
        actuals,
        "--rules",
        name,
        "--json",
    ]
    done = subprocess.run(words, capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["assessment"]["rules"]["name"] == name


def test_points_still_need_a_form(guangxi):
    with pytest.raises(InputError) as refused:
        hold_and_assess(guangxi, "actuals-example", None, Scoring(rules="13fyp"))
    assert [finding.code for finding in refused.value.findings] == ["assess_form_needed"]
