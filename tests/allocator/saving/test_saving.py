"""`check --save-as`: the workbook and the YAML of a scenario are one scenario."""

import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.planning.plan import plan
from allocator.saving import save
from scenarios.errors import InputError
from scenarios.load import load_scenario
from scenarios.sources import find_scenario

CASES = sorted(find_scenario("guangxi-13fyp").parents[1].glob("*/*.yaml"))


def named(path):
    return f"{path.parent.name}/{path.stem}"


@pytest.fixture
def book(tmp_path):
    path = tmp_path / "方案.xlsx"
    save("guangxi-13fyp", path, "zh")
    return path


def run(*words):
    result = CliRunner().invoke(app, list(map(str, words)))
    return result.exit_code, result.output


def told(*words):
    """Return what a command says, however its lines are broken."""
    return "".join(run(*words)[1].split())


def changed(path, sheet, **cells):
    """Put values into cells of a workbook, as Excel saves them."""
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book[sheet][cell] = value
    book.save(path)


def row_of(path, sheet, key, column="H"):
    """Return in which row a text stands."""
    page = openpyxl.load_workbook(path)[sheet]
    return next(cell.row for cell in page[column] if cell.value == key)


@pytest.mark.parametrize("path", CASES, ids=named)
def test_a_bundled_case_is_planned_alike_from_workbook_and_from_yaml(path, tmp_path):
    """Byte for byte: rates, scores, reasons, verdict."""
    save(path, tmp_path / "方案.xlsx", "zh")
    (tmp_path / "back").mkdir()
    save(tmp_path / "方案.xlsx", tmp_path / "back" / "scenario.yaml", "en")
    first = plan(load_scenario(path)).record.model_dump(mode="json")
    for other in (tmp_path / "方案.xlsx", tmp_path / "back"):
        again = plan(load_scenario(other)).record.model_dump(mode="json")
        assert again["regions"] == first["regions"]
        assert again["province"] == first["province"]
        assert len(again["notices"]) == len(first["notices"])


@pytest.mark.parametrize("path", CASES, ids=named)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_tables_come_back_as_they_were_written(path, language, tmp_path):
    save(path, tmp_path / "a.xlsx", language)
    (tmp_path / "back").mkdir()
    files = save(tmp_path / "a.xlsx", tmp_path / "back" / "scenario.yaml", language)
    assert len(files) > 1
    for file in files[1:]:
        own = file.name.replace("scenario-2.yaml", "scenario.yaml")  # one beside, that has the name of the new file
        assert file.read_text("utf-8") == (path.parent / own).read_text("utf-8")


def test_every_command_takes_the_workbook(book, tmp_path):
    assert run("check", book)[0] == 0
    assert run("plan", book, "--out", tmp_path / "out")[0] == 0
    assert run("verify", book, "published")[0] == run("verify", "guangxi-13fyp", "published")[0] == 1
    assert run("verify", book.parent, tmp_path / "out" / "allocation.xlsx")[0] == 0
    assert run("negotiate", book, "--fix", "柳州=16%", "--out", tmp_path / "rounds")[0] == 0
    assert run("track", book, "actuals-example")[0] == 0
    assert run("sweep", book, "--samples", "200", "--seed", "1", "--out", tmp_path / "sweep")[0] == 0
    assert run("prices", book)[0] == 0
    assert run("publish", tmp_path / "out", "--format", "csv", "--out", tmp_path / "published")[0] == 0


def test_an_account_is_made_from_the_workbook(tmp_path):
    save("accounting-example", tmp_path / "方案.xlsx", "zh")
    mine, theirs = run("account", tmp_path / "方案.xlsx")[1], run("account", "accounting-example")[1]
    figures = [line for line in theirs.splitlines() if "csv" not in line]
    assert [line for line in mine.splitlines() if "xlsx" not in line] == figures
    assert len(figures) > 5


def test_mistakes_are_named_by_sheet_and_cell(book):
    target = row_of(book, "设置", "target")
    end = row_of(book, "设置", "period.end")
    mapped = row_of(book, "设置", "reference.map")
    changed(book, "设置", **{f"C{target}": "17", f"C{end}": 2010, f"C{mapped}": "线形"})
    changed(book, "指标", H6="上", G5=None)
    changed(book, "数据", D4="二千")
    code, output = run("check", book)
    assert code == 2
    said = "".join(output.split())
    assert "工作表“设置”" in said
    assert f"单元格C{target}，目标（target）" in said
    assert "17%" in said
    assert f"单元格C{mapped}，" in said
    assert "“线形”" in said
    assert f"单元格C{end - 1}，规划期（period）：规划期末年2010不在基年2015之后" in said
    assert "工作表“指标”：单元格G5" in said
    assert "单元格H6" in said
    assert "“上”" in said
    assert "工作表“数据”，单元格D4" in said
    assert "“二千”" in said


def test_a_rate_is_what_its_cell_shows(book):
    row = row_of(book, "设置", "target")
    page = openpyxl.load_workbook(book)["设置"]
    assert page[f"C{row}"].value == 0.17
    assert page[f"C{row}"].number_format == "0%"
    changed(book, "设置", **{f"C{row}": 0.185})
    assert load_scenario(book).file.target * 1000 == 185


def test_a_formula_without_a_value_is_refused(book):
    row = row_of(book, "设置", "margin")
    changed(book, "设置", **{f"C{row}": "=1/100"})
    code, output = run("check", book)
    assert code == 2
    assert f"C{row}" in output


def test_a_rule_that_is_not_enabled_asks_nothing_and_is_said(book):
    columns = {cell.value: cell.column_letter for cell in openpyxl.load_workbook(book)["规则"][4]}
    cells = {"编号": "top", "规则类型": "不高于", "下降率": 0.2, "适用范围·地区": "柳州、桂林", "理由·中文": "试"}
    changed(book, "规则", **{f"{columns[name]}5": value for name, value in cells.items()})
    (rule,) = load_scenario(book).file.rules
    assert (rule.type, rule.where.regions, rule.rate * 10) == ("ceiling", ("柳州", "桂林"), 2)
    changed(book, "规则", **{f"{columns['启用']}5": "否"})
    scenario = load_scenario(book)
    assert scenario.file.rules == ()
    (notice,) = [each for each in scenario.notices if each.code == "rule_off"]
    assert (notice.place.sheet, notice.place.row) == ("规则", 5)
    save(book, book.with_name("scenario-2.yaml"), "zh")
    assert "enabled: false" in book.with_name("scenario-2.yaml").read_text("utf-8")
    again = load_scenario(book.with_name("scenario-2.yaml"))
    assert again.file.rules == ()
    assert "rule_off" in [each.code for each in again.notices]


def test_an_odd_figure_is_answered_on_its_sheet(book):
    page = openpyxl.load_workbook(book)["数据"]
    changed(book, "数据", D4=page["D4"].value * 1000)
    with pytest.raises(InputError) as refused:
        load_scenario(book)
    asked = [each for each in refused.value.findings if each.open]
    assert asked
    assert all(each.place.sheet == "数据" for each in asked)
    for n, each in enumerate(asked, 5):
        changed(book, "已核实", **{f"A{n}": each.asked, f"B{n}": "核对过"})
    assert load_scenario(book).file.accept[0].reason.zh == "核对过"


def test_figures_typed_onto_the_sheet_of_published_targets_are_a_table(tmp_path):
    path = tmp_path / "方案.xlsx"
    save("15fyp-example", path, "zh")
    scenario = load_scenario(path)
    assert scenario.file.tables == {}
    cells = {}
    for n, (code, name) in enumerate(zip(scenario.regions.ids, scenario.regions.names, strict=True), 5):
        cells |= {f"A{n}": code, f"B{n}": name, f"C{n}": 18}
    changed(path, "已公布目标", **cells)
    changed(path, "上期目标", **cells)
    found = load_scenario(path)
    assert set(found.file.tables) == {"published", "last-period"}
    assert found.file.last_period == "last-period"
    assert {rate * 100 for rate in found.last} == {18}
    assert run("verify", path, "published")[0] in (0, 1)


def test_a_table_in_another_file_stays_there_and_comes_along(tmp_path):
    case = Path(shutil.copytree(find_scenario("guangxi-13fyp").parent, tmp_path / "case"))
    rows = [line.split(",") for line in (case / "regions.csv").read_text("utf-8").splitlines()]
    sheet = openpyxl.Workbook()
    for row in rows:
        sheet.active.append([float(each) if each.replace(".", "").isdigit() else each for each in row])
    sheet.save(case / "regions.xlsx")
    text = (case / "scenario.yaml").read_text("utf-8").replace("regions: regions.csv", "regions: regions.xlsx")
    (case / "scenario.yaml").write_text(text, "utf-8")
    (tmp_path / "new").mkdir()
    files = save(case, tmp_path / "new" / "方案.xlsx", "zh")
    assert [file.name for file in files] == ["方案.xlsx", "regions.xlsx"]
    assert load_scenario(tmp_path / "new").regions == load_scenario(case).regions


def test_a_sheet_of_a_workbook_can_be_named_in_yaml(book):
    save(book, book.with_name("scenario-2.yaml"), "zh")
    text = book.with_name("scenario-2.yaml").read_text("utf-8").replace("regions.csv", "方案.xlsx#数据")
    book.with_name("scenario-3.yaml").write_text(text, "utf-8")
    assert load_scenario(book.with_name("scenario-3.yaml")).regions == load_scenario("guangxi-13fyp").regions


def test_nothing_is_written_over(book):
    before = book.read_bytes()
    assert run("check", "guangxi-13fyp", "--save-as", book)[0] == 2
    assert book.read_bytes() == before
    assert run("check", "guangxi-13fyp", "--save-as", book.with_name("a.txt"))[0] == 2
    assert run("check", "guangxi-13fyp", "three-cities", "--save-as", book.with_name("b.xlsx"))[0] == 2
    assert run("check", "guangxi-13fyp", "--save-as", book.with_name("b.yaml"))[0] == 0
    assert sorted(each.name for each in book.parent.iterdir()) == [
        "actuals-example.csv", "b.yaml", "population.csv", "published.csv", "regions.csv", "方案.xlsx",
    ]  # fmt: skip


def test_nothing_that_comes_along_takes_the_place_of_what_is_written(tmp_path):
    """Neither a table with the name of the new file, nor a scenario beside it."""
    case = Path(shutil.copytree(find_scenario("15fyp-energy").parent, tmp_path / "case"))
    text = (case / "carbon.yaml").read_text("utf-8")
    (case / "carbon.yaml").write_text(
        text.replace("energy: scenario.yaml", "energy: {scenario: scenario.yaml}"), "utf-8"
    )
    (tmp_path / "new").mkdir()
    save(case / "carbon.yaml", tmp_path / "new" / "scenario.yaml", "zh")
    assert load_scenario(tmp_path / "new").file.name == "15fyp-carbon"
    assert load_scenario(tmp_path / "new" / "scenario-2.yaml").file.name == "15fyp-energy"
    sheet = openpyxl.Workbook()
    sheet.active.append(["id"])
    sheet.save(case / "regions.xlsx")
    (case / "carbon.yaml").write_text(text.replace("regions.csv", "regions.xlsx"), "utf-8")
    with pytest.raises(InputError) as refused:
        save(case / "carbon.yaml", tmp_path / "new" / "regions.xlsx", "zh")
    assert [each.code for each in refused.value.findings] == ["errors_taken"]
    assert not (tmp_path / "new" / "regions.xlsx").exists()


def test_settings_put_over_a_scenario_are_saved_with_it(tmp_path):
    assert run("check", "guangxi-13fyp", "--set", "target=18.25%", "--save-as", tmp_path / "方案.xlsx")[0] == 0
    assert str(load_scenario(tmp_path).file.target) == "0.1825"


def test_a_folder_with_two_scenarios_asks_which(book):
    shutil.copy(find_scenario("guangxi-13fyp"), book.parent)
    code, output = run("check", book.parent)
    assert code == 2
    assert "scenario.yaml、方案.xlsx" in output


def test_a_table_of_regions_is_still_no_scenario(book):
    sheet = openpyxl.Workbook()
    sheet.active.append(["id", "name", "emissions"])
    sheet.save(book.with_name("regions.xlsx"))
    with pytest.raises(InputError) as refused:
        load_scenario(book.with_name("regions.xlsx"))
    assert [each.code for each in refused.value.findings] == ["table_without_scenario"]


def test_mistakes_in_the_settings_are_marked_in_a_copy(book):
    row = row_of(book, "设置", "target")
    changed(book, "设置", **{f"C{row}": "17"})
    assert run("check", book, "--errors", book.with_name("marked.xlsx"))[0] == 2
    marked = openpyxl.load_workbook(book.with_name("marked.xlsx"))["设置"]
    assert "17%" in marked[f"C{row}"].comment.text


def test_yaml_needs_no_reader_of_workbooks():
    program = """
import sys
from scenarios.load import load_scenario
load_scenario("guangxi-13fyp")
print({"openpyxl", "scenarios.file.book.tree"} & {*sys.modules})
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("case", ["guangxi-13fyp", "15fyp-example", "accounting-example"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_workbook_of_a_plan_is_a_scenario_and_is_planned_again(case, language, tmp_path):
    first, again = tmp_path / "out", tmp_path / "again"
    settings = ("--set", "target=17.5%", "--lang", language)
    assert run("plan", case, "--out", first, *settings)[0] in (0, 1)
    assert run("plan", first / "allocation.xlsx", "--out", again, "--lang", language)[0] in (0, 1)
    assert (again / "allocation.csv").read_bytes() == (first / "allocation.csv").read_bytes()
    assert load_scenario(first / "allocation.xlsx").file.target * 1000 == 175


def test_what_a_plan_was_made_from_is_no_table_of_rates(tmp_path):
    assert run("plan", "guangxi-13fyp", "--out", tmp_path / "out")[0] == 0
    sheets = openpyxl.load_workbook(tmp_path / "out" / "allocation.xlsx", read_only=True).sheetnames
    assert "方案·已公布目标" in sheets
    code, output = run("verify", "guangxi-13fyp", tmp_path / "out" / "allocation.xlsx")
    assert code == 0, output


def test_rates_given_afterwards_are_in_no_scenario_so_the_workbook_holds_none(tmp_path):
    assert run("negotiate", "guangxi-13fyp", "--fix", "柳州=16%", "--out", tmp_path / "rounds")[0] == 0
    path = tmp_path / "rounds" / "round-001" / "allocation.xlsx"
    sheets = openpyxl.load_workbook(path, read_only=True).sheetnames
    assert not [each for each in sheets if each.startswith("方案·")]


def test_an_answer_about_a_table_follows_it_into_the_workbook_under_any_name_and_back(tmp_path):
    case = Path(shutil.copytree(find_scenario("accounting-example").parent, tmp_path / "case"))
    asked = ["jump-coal:energy.csv:甲市:2024", "share:甲市", "amounts-off:energy.csv"]
    text = (case / "scenario.yaml").read_text("utf-8")
    answers = "".join(f"  - {{id: '{each}', reason: 核对过}}\n" for each in asked)
    (case / "scenario.yaml").write_text(f"{text}accept:\n{answers}", "utf-8")
    path = tmp_path / "方案.xlsx"
    save(case, path, "zh")
    page = openpyxl.load_workbook(path)["已核实"]
    assert [page[f"A{row}"].value for row in (5, 6, 7)] == [
        "jump-coal:方案.xlsx:energy:甲市:2024", "share:甲市", "amounts-off:方案.xlsx:energy",
    ]  # fmt: skip
    moved = path.rename(tmp_path / "终稿.xlsx")
    assert load_scenario(moved).file.accept[0].id == "jump-coal:终稿.xlsx:energy:甲市:2024"
    (tmp_path / "back").mkdir()
    save(moved, tmp_path / "back" / "scenario.yaml", "zh")
    assert [each.id for each in load_scenario(tmp_path / "back").file.accept] == asked


def test_the_same_name_twice_is_refused_with_both_cells(book):
    page = openpyxl.load_workbook(book)["设置"]
    rows = [cell.row for cell in page["H"] if cell.value == "tables.*"]
    changed(book, "设置", **{f"B{rows[1]}": "published", f"C{rows[1]}": "a.csv"})
    said = told("check", book)
    assert f"单元格C{rows[1]}" in said
    assert f"前一处在方案.xlsx，工作表“设置”，单元格C{rows[0]}" in said


def test_a_row_without_a_key_or_a_name_is_asked_for_it(book):
    page = openpyxl.load_workbook(book)["设置"]
    rows = [cell.row for cell in page["H"] if cell.value == "tables.*"]
    last = page.max_row + 1
    changed(book, "设置", **{f"C{rows[1]}": "a.csv", f"A{last}": "备注", f"C{last}": "x"})
    with pytest.raises(InputError) as refused:
        load_scenario(book)
    assert [(each.code, each.place.cell) for each in refused.value.findings] == [
        ("book_no_name", f"B{rows[1]}"),
        ("book_no_key", f"C{last}"),
    ]


def test_a_workbook_filled_in_from_nothing_is_planned(tmp_path):
    """By somebody who knows Excel only: guangxi's figures typed into what `init` writes."""
    assert run("init", tmp_path / "新方案")[0] == 0
    path = tmp_path / "新方案" / "方案.xlsx"
    keys = {cell.value: cell.row for cell in openpyxl.load_workbook(path)["设置"]["H"]}
    cells = {"period.base": 2015, "period.end": 2020, "target": 0.17}
    changed(path, "设置", **{f"C{keys[key]}": value for key, value in cells.items()})
    page = openpyxl.load_workbook(path)["指标"]
    (row,) = [cell.row for cell in page["F"] if cell.value == "tertiary"]
    changed(path, "指标", **{f"H{row}": "负"})
    heads = [cell.value for cell in openpyxl.load_workbook(path)["数据"][4]]
    regions = load_scenario("guangxi-13fyp").regions
    for n, name in enumerate(regions.names):
        wage, industry = regions.columns["avg_wage"][n], regions.columns["secondary_va"][n]
        figures = [regions.ids[n], name, None, regions.emissions[n], regions.gdp[n], regions.growth[n]]
        figures += [None, None, None, wage, 100 + n, industry, 1000 + 3 * n, 500 + n, 90 + n]
        figures += [regions.columns["tertiary_share"][n]]
        assert len(figures) == len(heads)
        typed = {f"{chr(65 + at)}{n + 6}": each for at, each in enumerate(figures) if each is not None}
        changed(path, "数据", **{at: float(each) if isinstance(each, Decimal) else each for at, each in typed.items()})
    code, output = run("plan", path.parent, "--out", tmp_path / "out")
    assert code == 0, output


def test_a_sheet_is_named_once(book):
    row = row_of(book, "设置", "regions")
    sheets = row_of(book, "设置", "sheet")
    changed(book, "设置", **{f"C{row}": "数据", f"C{sheets}": "数据"})
    with pytest.raises(InputError) as refused:
        load_scenario(book)
    assert "sheet_twice" in [each.code for each in refused.value.findings]
    changed(book, "设置", **{f"C{row}": None})
    assert load_scenario(book).regions == load_scenario("guangxi-13fyp").regions


@pytest.mark.parametrize(("language", "name"), [("zh", "方案.xlsx"), ("en", "scenario.xlsx")])
def test_what_is_not_filled_in_yet_is_asked_for_by_cell(language, name, tmp_path):
    assert run("init", tmp_path / "new", "--period", "15fyp", "--lang", language)[0] == 0
    path = tmp_path / "new" / name
    keys = {cell.value: cell.row for cell in openpyxl.load_workbook(path).worksheets[0]["H"]}
    with pytest.raises(InputError) as refused:
        load_scenario(tmp_path / "new")
    found = {(each.code, each.place.key): each.place for each in refused.value.findings}
    assert found["missing_key", "target"].cell == f"C{keys['target']}"
    assert found["one_of", "total"].cell == f"C{keys['total.cap']}"
    direction = found["missing_choice", "criteria.potential.indicators.tertiary.direction"]
    assert (direction.sheet, direction.cell) == ({"zh": "指标", "en": "indicators"}[language], "H12")


def test_short_names_may_be_left_to_the_program(book):
    columns = {cell.value: cell.column_letter for cell in openpyxl.load_workbook(book)["规则"][4]}
    cells = {"规则类型": "差距不超过", "至多": 0.09, "理由·中文": "差距不宜过大"}
    changed(book, "规则", **{f"{columns[name]}5": value for name, value in cells.items()})
    changed(book, "指标", A14="capacity", F14=None, G14="fiscal_revenue", H14="负", K14="新指标")
    file = load_scenario(book).file
    assert [(rule.id, rule.type) for rule in file.rules] == [("r5", "gap")]
    assert list(file.criteria["capacity"].indicators) == ["income", "wealth", "industry", "i14"]
    assert file.criteria["capacity"].indicators["i14"].label.zh == "新指标"


def test_a_value_of_another_rule_is_refused_in_its_cell(book):
    columns = {cell.value: cell.column_letter for cell in openpyxl.load_workbook(book)["规则"][4]}
    cells = {"规则类型": "差距不超过", "至多": 0.09, "总量": 12, "理由·中文": "差距不宜过大"}
    changed(book, "规则", **{f"{columns[name]}5": value for name, value in cells.items()})
    with pytest.raises(InputError) as refused:
        load_scenario(book)
    (found,) = refused.value.findings
    assert (found.code, found.place.cell) == ("unknown_key", f"{columns['总量']}5")
