"""`init --assessment` and `track --form`: from an empty form to totals, vetoes, grades and files."""

import json
import shutil
from fractions import Fraction
from importlib.resources import files

import openpyxl
import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.tracking.assessed import Scoring, hold_and_assess
from allocator.tracking.files import write_track
from allocator.tracking.track import track
from reports.assessing.form_sheet import FIRST_CITY, HEAD_ROW
from scenarios.assessing.rules import find_rules
from scenarios.load import find_scenario

runner = CliRunner()


def run(*arguments):
    return runner.invoke(app, [str(argument) for argument in arguments])


def fill(path, rules, change=lambda sheet: None):
    """Give every city the full score, then change the sheet."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row, item in enumerate(rules.items, start=HEAD_ROW + 2):
        for column in range(FIRST_CITY + 1, FIRST_CITY + 15):
            sheet.cell(row, column).value = float(item.points)
    change(sheet)
    book.save(path)


@pytest.fixture(scope="module")
def form(tmp_path_factory):
    """Return a form made by the command and filled with full scores."""
    folder = tmp_path_factory.mktemp("made") / "form"
    made = run("init", folder, "--assessment", "--scenario", "guangxi-13fyp")
    assert made.exit_code == 0, made.output
    assert f"allocator track guangxi-13fyp 实绩表 --form {folder / 'assessment.xlsx'} --rules 13fyp" in made.output
    fill(folder / "assessment.xlsx", find_rules("13fyp").rules)
    return folder / "assessment.xlsx"


@pytest.fixture
def tables(tmp_path, guangxi):
    """Return tables of targets (17 % for all) and of actual reductions, by region where they are not 4 %."""

    def make(years, **others):
        targets = tmp_path / "targets.csv"
        targets.write_text("name,rate\n" + "\n".join(f"{name},17%" for name in guangxi.regions.names), "utf-8")
        rows = ["region,year,annual_reduction(%)"]
        for name in guangxi.regions.names:
            rates = others.get(name, [4] * years)
            rows += [f"{name},{2016 + t},{rate}" for t, rate in enumerate(rates)]
        (tmp_path / "actuals.csv").write_text("\n".join(rows), "utf-8")
        return tmp_path / "actuals.csv", targets

    return make


def assessed(guangxi, tables, form, year=None, rules=None):
    result = hold_and_assess(guangxi, *tables, Scoring(form, rules, year))
    return {city.name: city for city in result.assessment.cities}, result


@pytest.fixture
def exact_rules(tmp_path):
    """Return the rule set of the thirteenth plan that compares rates before any rounding."""
    text = find_rules("13fyp").source
    path = tmp_path / "exact.yaml"
    bundled = (files("scenarios.assessing") / "data" / text.name).read_text("utf-8")
    assert "printed_rates: true" in bundled
    path.write_text(bundled.replace("printed_rates: true", "printed_rates: false"), "utf-8")
    return str(path)


def test_completions_are_of_printed_rates(guangxi, tables, form):
    found, _ = assessed(guangxi, tables(2, 南宁=[4, 3], 桂林=[-1, 2]), form)
    nanning, guilin = found["南宁"], found["桂林"]
    # an even path to 17 % asks 3.66 % a year and 7.18 % in two; 1 - 0.96 · 0.97 is 6.88 %, 1 - 1.01 · 0.98 is 1.02 %
    assert nanning.completions == (Fraction(300, 366), Fraction(688, 718))
    assert guilin.completions == (Fraction(200, 366), Fraction(102, 718))
    assert nanning.exact == 60 + 20 * Fraction(300, 366) + 20 * Fraction(688, 718)


def test_who_reaches_the_printed_rate_has_met_it(guangxi, tables, form, exact_rules):
    """3.66 % where the path asks 3.658…: whole either way; 7.18 % in two years where it asks 7.182: printed alone."""
    figures = tables(2, 南宁=[3.66, "3.6537"], 柳州=[3.66, "3.64"])
    found, _ = assessed(guangxi, figures, form)
    exact, _ = assessed(guangxi, figures, form, rules=exact_rules)
    assert found["南宁"].cumulative_completion == 1 > exact["南宁"].cumulative_completion > 0.999
    assert found["柳州"].cumulative_completion < 1


def test_a_hair_below_the_printed_target_is_no_veto(guangxi, tables, form, exact_rules):
    found, _ = assessed(guangxi, tables(1, 南宁=["3.6579"]), form)
    exact, _ = assessed(guangxi, tables(1, 南宁=["3.6579"]), form, rules=exact_rules)
    assert (found["南宁"].exact, found["南宁"].grade, found["南宁"].missed) == (100, "excellent", ())
    assert (exact["南宁"].grade, exact["南宁"].missed) == ("failed", ("annual",))
    assert exact["南宁"].exact > Fraction("99.99")


def test_completions_are_those_of_the_path(guangxi, tables, form, exact_rules):
    figures = tables(2, 南宁=[4, 3], 柳州=[1, 6], 桂林=[-1, 2])
    found, result = assessed(guangxi, figures, form, rules=exact_rules)
    due = 1 - 0.83 ** (1 / 5)  # an even path to 17 % in five years
    so_far = 1 - 0.83 ** (2 / 5)
    nanning, liuzhou, guilin = (found[name] for name in ("南宁", "柳州", "桂林"))
    assert nanning.annual_completion == pytest.approx(0.03 / due)
    assert nanning.cumulative_completion == pytest.approx((1 - 0.96 * 0.97) / so_far)
    assert nanning.total == pytest.approx(60 + 20 * 0.03 / due + 20 * (1 - 0.96 * 0.97) / so_far)
    assert nanning.missed == ("annual",)
    assert liuzhou.annual_completion > 1 > liuzhou.cumulative_completion
    assert (liuzhou.missed, liuzhou.grade) == ((), "excellent")
    assert guilin.cumulative_points == pytest.approx(20 * (1 - 1.01 * 0.98) / so_far)
    assert {found[name].exact for name in ("贵港", "崇左")} == {Fraction(100)}
    assert result.assessment.year == 2017
    assert not result.assessment.final


def test_an_earlier_year_can_be_assessed(guangxi, tables, form):
    found, _ = assessed(guangxi, tables(2, 南宁=[4, 3], 桂林=[-1, 2]), form, year=2016)
    assert (found["南宁"].exact, found["南宁"].missed) == (100, ())
    assert (found["桂林"].annual_points, found["桂林"].cumulative_points, found["桂林"].total) == (0, 0, 60)
    assert found["桂林"].missed == ("annual",)


def test_the_end_year_judges_the_target_of_the_period(guangxi, tables, form):
    even = [4] * 4
    found, result = assessed(guangxi, tables(5, 南宁=[*even, 1], 柳州=[3, 3, 3, 3, 4], 桂林=[*even, 4]), form)
    assert result.assessment.final
    assert (found["南宁"].missed, found["南宁"].final_missed) == (("annual",), ("period",))  # 1 - 0.96⁴ 0.99 = 15.9 %
    assert (found["柳州"].missed, found["柳州"].final_missed) == ((), ("period",))  # 1 - 0.97⁴ 0.96 = 15.0 %
    assert (found["桂林"].grade, found["桂林"].final_grade) == ("excellent", "excellent")
    assert Fraction(found["南宁"].exact_period_completion) == Fraction("15.91") / 17  # 1 - 0.96⁴ 0.99 as it is printed


def test_who_is_exactly_on_the_path_has_met_it(guangxi, tables, form):
    due = repr((1 - 0.83 ** (1 / 5)) * 100)
    found, _ = assessed(guangxi, tables(3, 南宁=[due] * 3), form)
    assert (found["南宁"].exact, found["南宁"].grade) == (100, "excellent")


def test_the_command_prints_and_writes(tables, form, tmp_path):
    actuals, targets = tables(1, 南宁=[2])
    asked = (
        "track",
        "guangxi-13fyp",
        actuals,
        "--targets",
        targets,
        "--form",
        form,
        "--year",
        2016,
        "--rules",
        "13fyp",
    )
    said = run(*asked, "--out", tmp_path / "out")
    assert "一票否决：未完成年度目标的地区，2016 年度考核为不合格：南宁。" in said.output
    assert "2016 年度等级：优秀 13 个" in said.output
    written = json.loads((tmp_path / "out" / "assessment.json").read_text("utf-8"))
    assert written["cities"][0]["grade"] == "failed"
    assert len(list((tmp_path / "out" / "assessment").iterdir())) == 30
    printed = json.loads(run(*asked, "--json").stdout)
    assert printed["assessment"]["cities"] == written["cities"]
    assert printed["years"] == [2016]
    assert "assessment.json" in said.output


def test_an_earlier_assessment_does_not_stay_but_what_others_put_there_does(guangxi, tables, tmp_path):
    actuals, targets = tables(1)
    tracked, out = track(guangxi, actuals, targets), tmp_path / "out"
    write_track(tracked, out, "zh")
    (out / "assessment").mkdir()
    (out / "assessment" / "ranking-zh.xlsx").write_text("x")
    write_track(tracked, out, "zh")  # somebody else's folder of that name
    assert (out / "assessment" / "ranking-zh.xlsx").is_file()
    (out / "assessment.json").write_text("{}")
    for name in ("city-450100-en.docx", "mine.txt", "city.docx"):
        (out / "assessment" / name).write_text("x")
    (out / "assessment" / "deep").mkdir()
    write_track(tracked, out, "zh")
    assert sorted(path.name for path in (out / "assessment").iterdir()) == ["city.docx", "deep", "mine.txt"]
    assert not (out / "assessment.json").exists()


def test_mistakes_in_form_and_actuals_are_said_together(tables, form, tmp_path):
    actuals, targets = tables(1, 南宁=["x"])
    spoiled = tmp_path / "form.xlsx"
    shutil.copy(form, spoiled)
    fill(spoiled, find_rules("13fyp").rules, lambda sheet: sheet.cell(HEAD_ROW + 3, FIRST_CITY + 1, 2.5))
    said = run("track", "guangxi-13fyp", actuals, "--targets", targets, "--form", spoiled, "--lang", "en")
    assert said.exit_code == 2
    assert "cell E5, column “南宁”: a score of “2.5” is above the points of item 4; 0 to 2 are possible." in said.stderr
    assert "actuals.csv, row 2" in said.stderr


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["--year", 2016], "--form"),
        (["--rules", "13fyp"], "--form"),
        (["--form", "{form}", "--rules", "12fyp"], "2011–2015"),
        (["--form", "{form}", "--year", 2019], "2016"),
        (["--form", "{form}", "--rules", "14fyp"], "13fyp, 12fyp"),
        (["--form", "nowhere.xlsx"], "nowhere.xlsx"),
    ],
)
def test_what_cannot_be_assessed_is_said(tables, form, arguments, wanted):
    actuals, targets = tables(1)
    given = [form if argument == "{form}" else argument for argument in arguments]
    said = run("track", "guangxi-13fyp", actuals, "--targets", targets, *given)
    assert said.exit_code == 2
    assert wanted in said.stderr


def test_the_form_of_the_twelfth_in_english(tmp_path, edit):
    case = shutil.copytree(find_scenario("zhejiang-13fyp").parent, tmp_path / "case")
    edit(case / "scenario.yaml", "{base: 2015, end: 2020}", "{base: 2010, end: 2015}")
    made = run("init", tmp_path / "f", "--assessment", "--scenario", case, "--lang", "en")
    assert made.exit_code == 0
    sheet = openpyxl.load_workbook(tmp_path / "f" / "assessment.xlsx").worksheets[0]
    assert [cell.value for cell in sheet[HEAD_ROW + 1]][:5] == [
        "item no.",
        "section",
        "indicator",
        "points",
        "Hangzhou",
    ]
    assert sheet["D4"].value == 50


@pytest.mark.parametrize(
    "arguments", [["--assessment"], ["--rules", "12fyp"], ["--scenario", "guangxi-13fyp"],
                  ["--assessment", "--scenario", "guangxi-13fyp", "--rules", "x"]],
)  # fmt: skip
def test_init_refuses_what_does_not_belong_together(arguments, tmp_path):
    made = run("init", tmp_path / "f", *arguments)
    assert made.exit_code == 2
    assert made.stderr.count("错误") == 1
    assert not (tmp_path / "f").exists()


def test_init_writes_no_form_over_another(form):
    before = form.read_bytes()
    assert run("init", form.parent, "--assessment", "--scenario", "guangxi-13fyp").exit_code == 2
    assert form.read_bytes() == before
