"""A form for each city, sent out, filled in and gathered again; rules of other years that are confirmed."""

import shutil

import docx
import openpyxl
import pytest
from typer.testing import CliRunner

from allocator.cli import app
from scenarios.assessing.rules import find_rules, rules_for
from scenarios.errors import InputError
from scenarios.load import find_scenario, load_scenario

runner = CliRunner()


def run(*arguments):
    return runner.invoke(app, [str(argument) for argument in arguments])


def fill(folder, less=()):
    """Fill every form of a folder with full points; cities in `less` leave one point of the last item."""
    items = find_rules("13fyp").rules.items
    for path in folder.glob("*.xlsx"):
        book = openpyxl.load_workbook(path)
        page = book.worksheets[0]
        for row, item in enumerate(items, start=4):
            page.cell(row, 5).value = float(item.points)
        page.cell(4, 6).value = "见附件 1，已公开 2 次"
        if page.cell(3, 5).value in less:
            page.cell(3 + len(items), 5).value = float(items[-1].points) - 1
        book.save(path)


@pytest.fixture
def forms(tmp_path):
    folder = tmp_path / "forms"
    done = run("init", folder, "--assessment", "--scenario", "guangxi-13fyp", "--split")
    assert done.exit_code == 0, done.stderr
    assert f"--form {folder}" in done.stdout
    return folder


def test_every_city_has_a_form_of_its_own(forms):
    names = sorted(path.name for path in forms.iterdir())
    assert (len(names), names[0], names[-1]) == (14, "01-南宁.xlsx", "14-崇左.xlsx")
    page = openpyxl.load_workbook(forms / "07-钦州.xlsx").worksheets[0]
    heads = [cell.value for cell in page[3]]
    assert heads == ["项目编号", "考核内容", "考核指标", "分值", "钦州", "自评依据"]
    assert "钦州" in page["A1"].value


def test_they_are_gathered_again(forms, tmp_path):
    fill(forms, less=("钦州",))
    (forms / "~$01-南宁.xlsx").write_bytes(b"open in Excel")
    done = run(
        "track", "guangxi-13fyp", "actuals-example", "--form", forms, "--year", "2018", "--out", tmp_path / "out"
    )
    assert done.exit_code == 0, done.stderr
    text = "\n".join(p.text for p in docx.Document(tmp_path / "out/assessment/ranking-zh.docx").paragraphs)
    assert "自评表（14 份）" in text
    grid = docx.Document(tmp_path / "out/assessment/ranking-zh.docx").tables[0]
    heads = [cell.text for cell in grid.rows[0].cells]
    at = next(n for n, head in enumerate(heads) if head.startswith("其余"))
    scored = {row.cells[1].text: float(row.cells[at].text) for row in grid.rows[1:]}
    full = float(sum(item.points for item in find_rules("13fyp").rules.items))
    assert scored["钦州"] == full - 1
    assert {value for name, value in scored.items() if name != "钦州"} == {full}


def test_a_city_that_is_missing_or_twice_is_named(forms):
    fill(forms)
    (forms / "07-钦州.xlsx").unlink()
    shutil.copy(forms / "01-南宁.xlsx", forms / "再报-南宁.xlsx")
    done = run("track", "guangxi-13fyp", "actuals-example", "--form", forms, "--year", "2018")
    assert done.exit_code == 2
    assert "缺少地区：钦州" in done.stderr
    assert "“南宁”在另一份评分表 01-南宁.xlsx 里已有" in done.stderr
    assert "再报-南宁.xlsx" in done.stderr


def test_mistakes_in_several_forms_are_named_together(forms):
    fill(forms)
    for name in ("01-南宁.xlsx", "02-柳州.xlsx"):
        book = openpyxl.load_workbook(forms / name)
        book.worksheets[0]["E5"].value = 99
        book.save(forms / name)
    done = run("track", "guangxi-13fyp", "actuals-example", "--form", forms, "--year", "2018")
    assert "01-南宁.xlsx，工作表“评分表”，单元格 E5" in done.stderr
    assert "02-柳州.xlsx，工作表“评分表”，单元格 E5" in done.stderr


def test_an_empty_folder_and_forms_that_have_no_cities(tmp_path):
    (tmp_path / "none").mkdir()
    done = run(
        "track", "guangxi-13fyp", "actuals-example", "--form", tmp_path / "none", "--year", "2018", "--lang", "en"
    )
    assert "holds no form" in done.stderr
    done = run("init", tmp_path / "new", "--assessment", "--scenario", "15fyp-example", "--split", "--lang", "en")
    assert done.exit_code == 2
    assert "cannot be split" in done.stderr
    assert run("init", tmp_path / "new", "--split").exit_code == 2


def test_rules_of_other_years_are_asked_about_and_may_be_confirmed(example_15fyp_folder):
    """A scenario of 2026–2030 with the rules of 2016–2020."""
    with pytest.raises(InputError) as asked:
        rules_for("13fyp", load_scenario("15fyp-example").file.period)
    (finding,) = asked.value.findings
    assert (finding.severity, finding.asked) == ("question", "rules-period:13fyp")
    file = example_15fyp_folder / "scenario.yaml"
    file.write_text(file.read_text("utf-8") + "accept: [{id: 'rules-period:13fyp', reason: 新规则未出台}]\n", "utf-8")
    shutil.copy(find_scenario("15fyp-energy").parent / "actuals-example.csv", example_15fyp_folder / "actuals.csv")
    loaded = load_scenario(example_15fyp_folder)
    found = rules_for("13fyp", loaded.file.period, loaded.file.answers)
    assert [(n.code, n.severity) for n in found.notices] == [("assess_period", "notice")]
    forms, rules = example_15fyp_folder / "forms", ("--rules", "13fyp")
    blank = run("init", forms, "--assessment", "--scenario", example_15fyp_folder, *rules, "--split")
    assert blank.exit_code == 0, blank.stderr
    fill(forms)
    done = run("track", example_15fyp_folder, example_15fyp_folder / "actuals.csv", *rules, "--form", forms)
    assert done.exit_code == 0, done.stderr
    assert "考核规则“13fyp”用于 2016–2020 年" in done.stdout + done.stderr
    assert "新规则未出台" in done.stdout + done.stderr
