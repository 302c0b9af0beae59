"""`init`: the template, filled with Guangxi's figures, and twenty mistakes planted in it."""

import csv
import datetime
import json
import re
from decimal import Decimal

import openpyxl
import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner

from allocator.cli import app
from allocator.planning.plan import plan
from allocator.starting import init
from reports.starting import HEAD_ROW, scenario_text
from scenarios.errors import InputError
from scenarios.load import find_scenario, load_scenario
from scenarios.told import told
from scenarios.wording import shown_width

LANGUAGES = ("zh", "en")
FIRST = HEAD_ROW + 3  # row of the first region, counted from 1; the example stands above it
COLUMNS = (
    "id", "name", "name_en", "emissions(万吨)", "gdp(亿元)", "growth", None, None, None, "avg_wage(元)",
    "gdp_per_capita(元)", "secondary_va(亿元)", "industry_energy_co2(万吨)", "emissions(万吨)", "fiscal_revenue(亿元)",
    "tertiary_share(%)",
)  # fmt: skip
"""Columns of the bundled case in the template's order; for profit and coal use, what that case has in their place."""

runner = CliRunner()


def run(*arguments):
    return runner.invoke(app, [str(argument) for argument in arguments])


def number(text):
    try:
        return float(text)
    except ValueError:
        return text


def fill(folder):
    """Enter what is needed in both files of a template."""
    path = folder / "scenario.yaml"
    lines = path.read_text("utf-8").splitlines()
    answers = {"base:": "2015", "end:": "2020", "target:": "17%", "direction:": '"-"'}
    for n, line in enumerate(lines):
        key, _, comment = line.strip().partition(" ")
        if key in answers and comment.strip().startswith("#"):
            lines[n] = line.replace(key, f"{key} {answers[key]}", 1)
    path.write_text("\n".join(lines) + "\n", "utf-8")
    book = openpyxl.load_workbook(folder / "regions.xlsx")
    sheet = book.worksheets[0]
    with (find_scenario("guangxi-13fyp").parent / "regions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, values in enumerate(rows, start=FIRST):
        for column, source in enumerate(COLUMNS, start=1):
            if source is not None:
                sheet.cell(row, column).value = values[source] if column <= 3 else number(values[source])
    book.save(folder / "regions.xlsx")


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    return filled_in("zh", tmp_path_factory.mktemp("template"))


def filled_in(language, folder):
    init(folder / "my_province", language, yaml=True)
    fill(folder / "my_province")
    return folder / "my_province"


@pytest.fixture
def mistaken(filled, tmp_path):
    """Return a function that plants values in cells and returns what is found then."""

    def plant(values, number_format=None):
        (tmp_path / "scenario.yaml").write_bytes((filled / "scenario.yaml").read_bytes())
        book = openpyxl.load_workbook(filled / "regions.xlsx")
        for cell, value in values.items():
            book.worksheets[0][cell].value = value
            book.worksheets[0][cell].number_format = number_format or book.worksheets[0][cell].number_format
        book.save(tmp_path / "regions.xlsx")
        with pytest.raises(InputError) as caught:
            load_scenario(tmp_path)
        return [finding for finding in caught.value.findings if finding.severity == "error"]

    return plant


@pytest.mark.parametrize("language", LANGUAGES)
def test_filled_with_guangxi_it_gives_guangxis_rates(language, guangxi, tmp_path):
    scenario = load_scenario(filled_in(language, tmp_path))
    assert [notice.code for notice in scenario.notices] == ["example_row"]
    assert scenario.notices[0].place.cell == f"A{FIRST - 1}"
    assert scenario.file.name == "my-province"
    assert plan(scenario).published == plan(guangxi).published


def test_check_and_plan_accept_it(filled, tmp_path):
    checked = run("check", filled)
    assert checked.exit_code == 0, checked.stderr
    assert "示例行未计入" in checked.stderr
    assert run("plan", filled, "--out", tmp_path / "out").exit_code == 0
    rates = [r["published_rate"] for r in json.loads((tmp_path / "out" / "plan.json").read_text("utf-8"))["regions"]]
    assert [Decimal(str(rate)) for rate in rates[:3]] == [Decimal("0.23"), Decimal("0.24"), Decimal("0.185")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_unfilled_it_says_what_to_fill(language, tmp_path):
    folder = tmp_path / "新省"
    result = run("init", folder, "--yaml", "--lang", language)
    assert result.exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["regions.xlsx", "scenario.yaml"]
    with pytest.raises(InputError) as caught:
        load_scenario(folder)
    findings = caught.value.findings
    assert [f.place.key for f in findings if f.code == "no_value"] == ["period.base", "period.end", "target"]
    (choice,) = [f for f in findings if f.code == "missing_choice"]
    assert choice.place.key == "criteria.potential.indicators.tertiary.direction"
    assert [f.place.cell for f in findings if f.code == "empty_cell"] == [f"{c}{FIRST}" for c in "ABDEFJKLMNOP"]
    assert run("check", folder).exit_code == 2


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("D6", None, "empty_cell"),
        ("E7", "约两千", "not_a_number"),
        ("D8", -1386, "not_positive"),
        ("E9", 0, "not_positive"),
        ("F6", 132.126, "growth_index"),
        ("F7", 13.5, "growth_rate_of_years"),
        ("F8", "29.359%", "growth_rate_of_years"),
        ("D10", 1e16, "too_large"),
        ("A7", "450100", "region_twice"),
        ("B9", "南宁", "region_twice"),
        ("B10", None, "empty_cell"),
        ("A11", None, "empty_cell"),
        ("G6", 30, "bounds_crossed"),
        ("H7", 120, "rate_range"),
        ("H8", "高", "not_a_rate"),
        ("J6", "–", "not_a_number"),
        ("K9", None, "empty_cell"),
        ("L7", "=L6*2", "formula_without_value"),
        ("M6", "#DIV/0!", "failed_formula"),
        ("N12", datetime.datetime(2015, 1, 1), "not_a_number"),
        ("O13", True, "not_a_number"),
        ("D4", "基年二氧化碳排放（万吨标准煤）", "wrong_unit"),
        ("A5", "450100", "example_changed"),
        ("B5", "南宁", "example_changed"),
    ],
)  # fmt: skip
def test_each_planted_mistake_is_named_with_its_cell(cell, value, code, mistaken):
    found = mistaken({cell: value})
    named = [finding for finding in found if finding.code == code]
    assert named, [finding.say("en") for finding in found]
    first = named[0].place
    assert (first.file, bool(first.sheet)) == ("regions.xlsx", True)
    assert first.cell == (cell if code != "example_changed" else "A5")


def test_a_percentage_among_plain_numbers(mistaken):
    (found,) = mistaken({"P7": 0.3617}, "0.00%")
    assert (found.code, found.place.cell) == ("mixed_percent", "P7")


def test_a_total_that_is_wrong(mistaken):
    (found,) = mistaken({"A20": "450000", "B20": "合计", "D20": 32065})  # two digits swapped: 23065
    assert (found.code, found.place.cell) == ("total_wrong", "D20")


def test_all_mistakes_are_said_at_once(filled, tmp_path):
    (tmp_path / "scenario.yaml").write_bytes((filled / "scenario.yaml").read_bytes())
    book = openpyxl.load_workbook(filled / "regions.xlsx")
    planted = {
        "D6": None,
        "E7": "x",
        "D8": -1,
        "F7": 13.5,
        "B10": None,
        "H7": 120,
        "J6": "–",
        "K9": None,
        "A5": "450100",
    }
    for cell, value in planted.items():
        book.worksheets[0][cell].value = value
    book.save(tmp_path / "regions.xlsx")
    with pytest.raises(InputError) as caught:
        load_scenario(tmp_path)
    assert set(planted) <= {finding.place.cell for finding in caught.value.findings}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_helps_while_it_is_filled(language, tmp_path):
    init(tmp_path / "t", language, yaml=True)
    book = openpyxl.load_workbook(tmp_path / "t" / "regions.xlsx")
    data, guide = book.worksheets
    rules = {str(rule.sqref): rule for rule in data.data_validations.dataValidation}
    assert [str(rule.sqref) for rule in rules.values() if rule.type == "list"] == ["D4", "E4", "I6:I204"]
    assert rules["F6:F204"].type == "decimal"
    assert rules["F6:F204"].formula1 == "0.5"
    assert rules["A6:A204"].formula1 == "COUNTIF($A$6:$A$204,A6)=1"
    assert all(rule.prompt for rule in rules.values() if rule.type != "list" or "I" in str(rule.sqref))
    assert data.freeze_panes == "C5"
    listed = {guide.cell(row, 1).value for row in range(1, guide.max_row + 1)}
    assert {data.cell(HEAD_ROW + 1, column).value for column in range(1, 17)} <= listed
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_other_units_in_the_header(filled, tmp_path):
    book = openpyxl.load_workbook(filled / "regions.xlsx")
    sheet = book.worksheets[0]
    sheet["D4"].value = "基年二氧化碳排放（吨）"
    for row in range(FIRST, FIRST + 14):
        sheet.cell(row, 4).value *= 10_000
    book.save(tmp_path / "regions.xlsx")
    (tmp_path / "scenario.yaml").write_bytes((filled / "scenario.yaml").read_bytes())
    assert load_scenario(tmp_path).regions.emissions == load_scenario(filled).regions.emissions


def test_both_languages_have_the_same_keys():
    def keys(node):
        return {k: keys(v) for k, v in node.items()} if isinstance(node, dict) else None

    chinese, english = (YAML(typ="safe").load(scenario_text("x", language)) for language in LANGUAGES)
    assert keys(chinese) == keys(english)
    assert list(chinese) == list(english)


@pytest.mark.parametrize(("name", "expected"), [("Hebei_2030", "hebei-2030"), ("河北", "my-province"), ("-x-", "x")])
def test_the_name_comes_from_the_folder(name, expected, tmp_path):
    init(tmp_path / name, "zh", yaml=True)
    assert f"name: {expected}\n" in (tmp_path / name / "scenario.yaml").read_text("utf-8")


def test_nothing_is_overwritten(tmp_path):
    folder = tmp_path / "mine"
    init(folder, "zh", yaml=True)
    before = (folder / "regions.xlsx").read_bytes()
    result = run("init", folder, "--yaml", "--lang", "en")
    assert result.exit_code == 2
    assert "the folder is not empty" in result.stderr
    assert (folder / "regions.xlsx").read_bytes() == before
    (tmp_path / "file").write_text("x")
    assert run("init", tmp_path / "file").exit_code == 2
    (tmp_path / "empty").mkdir()
    assert json.loads(run("init", tmp_path / "empty", "--yaml", "--json").stdout)["files"] == [
        "scenario.yaml",
        "regions.xlsx",
    ]


THIRTY = {
    "D0": "三千", "E0": None, "F0": 35, "D1": -5, "E1": 0, "F1": 135.2, "D2": "1,23", "E2": "#DIV/0!", "F2": "5%",
    "A3": "450100", "B4": "南宁市", "A5": None, "B6": None, "G0": 17, "H1": "abc", "G2": 0.3, "H2": 0.2,
    "J7": None, "K7": None, "L7": None, "M7": None, "N7": None, "O7": None, "J8": "约3万", "K8": "～5", "L8": "--",
    "P9": "44%", "O9": "10e30", "D10": "=1/0", "E11": "  ", "F12": "1..2", "H13": "200%",
}  # fmt: skip
"""Mistakes of many kinds, by column and region counted from 0."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_thirty_mistakes_are_a_screen(mistaken, language):
    findings = mistaken({f"{place[0]}{FIRST + int(place[1:])}": value for place, value in THIRTY.items()})
    assert len(findings) >= 30
    lines = told(findings, language)
    assert sum(-(-shown_width(line) // 100) for line in lines) <= 38
    cells = ", ".join(lines)
    for cell in (f"D{FIRST}", f"E{FIRST}", f"A{FIRST + 5}", f"J{FIRST + 7}–O{FIRST + 7}", f"J{FIRST + 8}–L{FIRST + 8}"):
        assert cell in cells
    assert lines[0].startswith("regions.xlsx")
    assert not any("regions.xlsx" in line for line in lines[1:])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fifteenth_plan_asks_for_both_targets_and_fills_in_neither(tmp_path, language):
    folder = tmp_path / "p"
    assert run("init", folder, "--yaml", "--period", "15fyp", "--lang", language).exit_code == 0
    text = (folder / "scenario.yaml").read_text("utf-8")
    asked = YAML(typ="safe").load(text)
    assert asked["period"] == {"base": 2025, "end": 2030}
    assert (asked["target"], asked["total"]) == (None, {"cap": None, "reserve": 0, "caps": "rates"})
    assert all(figure in text for figure in ("17", "25", "10", "2026"))  # the nation's, said and not filled in
    unfilled = run("check", folder, "--lang", language)
    assert unfilled.exit_code == 2
    fill(folder)
    path = folder / "scenario.yaml"
    path.write_text(path.read_text("utf-8").replace("cap:  ", "cap: 27500 ", 1), "utf-8")
    done = run("plan", folder, "--out", tmp_path / "o", "--lang", language)
    assert done.exit_code == 0, done.stderr
    assert "27,500" in done.stdout


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_that_explains_says_both_targets_and_that_no_figure_of_the_nation_is_filled_in(tmp_path, language):
    run("init", tmp_path / "p", "--yaml", "--period", "15fyp", "--lang", language)
    run("init", tmp_path / "any", "--yaml", "--lang", language)

    def guide(name):
        sheet = openpyxl.load_workbook(tmp_path / name / "regions.xlsx").worksheets[1]
        return [tuple(cell or "" for cell in row) for row in sheet.iter_rows(max_col=3, values_only=True)]

    rows = {row[0]: row for row in guide("p")}
    yes, no = ("是", "否") if language == "zh" else ("yes", "no")
    said = {key: row for one, row in rows.items() for key in re.findall(r"total\.\w+|target", one)[:1]}
    assert [said[key][1] for key in ("target", "total.cap", "total.reserve", "total.caps")] == [yes, yes, no, no]
    assert all(form in said["total.cap"][2] for form in ("growth_at_most", "increment", "peak: end"))
    note = next(text for text in rows if "17" in text)
    assert all(figure in note for figure in ("17", "25", "10", "2026"))
    assert any("target" in row[0] or "目标" in row[0] for row in guide("any"))
    assert not any("total." in row[0] for row in guide("any"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_explains_both_targets_too(tmp_path, language):
    run("init", tmp_path / "p", "--period", "15fyp", "--lang", language)
    run("init", tmp_path / "any", "--lang", language)

    def guide(name):
        book = openpyxl.load_workbook(next((tmp_path / name).glob("*.xlsx")))
        return [row[0] or "" for row in book.worksheets[-1].iter_rows(max_col=1, values_only=True)]

    lines = guide("p")
    for key in ("target", "total.cap", "total.reserve", "total.caps"):
        assert any(f"{key}）" in line or key in line for line in lines)
    assert all(figure in "".join(lines) for figure in ("growth_at_most", "17", "25", "10", "2026"))
    assert not any("total." in line for line in guide("any"))


def test_a_period_without_a_template_is_refused(tmp_path):
    done = run("init", tmp_path / "p", "--period", "14fyp", "--lang", "en")
    assert (done.exit_code, (tmp_path / "p").exists()) == (2, False)
    assert "There is: 15fyp" in done.stderr
