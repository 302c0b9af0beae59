"""The form on paper: what Excel checks, what it shows, what stands on its three sheets."""

import io
from string import Formatter

import openpyxl
import pytest

from reports.assessing.form_sheet import FIRST_CITY, HEAD_ROW, form_workbook
from reports.words.assessing import WORDS
from scenarios.assessing.form import read_form
from scenarios.assessing.rules import find_rules

LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module")
def rules():
    return find_rules("13fyp").rules


def opened(rules, scenario, language="zh"):
    return openpyxl.load_workbook(io.BytesIO(form_workbook(rules, scenario.regions, language)))


def placeholders(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_name_the_same_values():
    for code, text in WORDS.texts.items():
        assert text.zh, code
        assert text.en, code
        assert placeholders(text.zh) == placeholders(text.en), code


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cell_to_fill_is_checked_against_its_points(rules, guangxi, language):
    sheet = opened(rules, guangxi, language).worksheets[0]
    checked = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert len(checked) == 25
    choices = checked["E4:R4"]
    assert (choices.type, choices.formula1) == ("list", '"4,3,2,0"')
    for row, item in enumerate(rules.items[1:], start=5):
        rule = checked[f"E{row}:R{row}"]
        assert (rule.type, rule.operator or "between") == ("decimal", "between")
        assert (float(rule.formula1), float(rule.formula2)) == (0, float(item.points))
        assert item.criteria.say(language)[:80] in rule.prompt
    heads = [cell.value for cell in sheet[HEAD_ROW + 1]]
    assert heads[FIRST_CITY:] == list(guangxi.regions.labels(language))


def test_the_sheet_of_scores_holds_no_formula(rules, guangxi):
    book = opened(rules, guangxi)
    assert not [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_criteria_stand_with_departments_and_evidence(rules, guangxi, language):
    rows = list(opened(rules, guangxi, language).worksheets[1].iter_rows(min_row=HEAD_ROW + 2, values_only=True))
    assert [row[0] for row in rows] == [str(n) for n in range(1, 28)]
    for row, item in zip(rows[2:], rules.items, strict=True):
        assert row[4:7] == tuple(part.say(language) for part in (item.criteria, item.departments, item.evidence))
    assert sum(float(row[3]) for row in rows) == 100


def test_the_form_of_hostile_names_comes_back(rules, hostile_scenario, tmp_path):
    book = opened(rules, hostile_scenario)
    sheet = book.worksheets[0]
    for row in range(HEAD_ROW + 2, HEAD_ROW + 27):
        for column in range(FIRST_CITY + 1, FIRST_CITY + 15):
            sheet.cell(row, column).value = 0
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    for n, identifier in enumerate(hostile_scenario.regions.ids):  # a name that steers is shown otherwise: codes do
        sheet.cell(HEAD_ROW + 1, FIRST_CITY + 1 + n).value = identifier
    book.save(tmp_path / "form.xlsx")
    assert set(read_form(tmp_path / "form.xlsx", rules, hostile_scenario.regions).scores["3"]) == {0}


@pytest.mark.libreoffice
def test_the_sums_add_up_what_is_typed(rules, guangxi, tmp_path, libreoffice_path):
    import subprocess

    book = opened(rules, guangxi)
    for row, item in enumerate(rules.items, start=HEAD_ROW + 2):
        book.worksheets[0].cell(row, FIRST_CITY + 1).value = float(item.points)
    book.worksheets[0].cell(HEAD_ROW + 2, FIRST_CITY + 2).value = 3
    book.save(tmp_path / "form.xlsx")
    command = [libreoffice_path, f"-env:UserInstallation=file://{tmp_path / 'profile'}", "--headless", "--convert-to",
               "xlsx", "--outdir", str(tmp_path / "out"), str(tmp_path / "form.xlsx")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    rows = openpyxl.load_workbook(tmp_path / "out" / "form.xlsx", data_only=True).worksheets[2]
    first, second = list(rows.iter_rows(min_row=HEAD_ROW + 2, max_row=HEAD_ROW + 3, values_only=True))
    assert first == ("南宁", 25, 8, 8, 7, 8, 8, 3, 6, 2, 10, 60)
    assert second[:3] == ("柳州", 1, 3)
    assert second[-1] == 3
