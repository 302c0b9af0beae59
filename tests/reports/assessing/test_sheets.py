"""Ranking and self-assessment as official sheets, in both formats, with hostile names in them."""

from fractions import Fraction

import openpyxl
import pytest

from allocator.assessing.points import Results, assess
from reports.assessing.form_sheet import form_workbook
from reports.assessing.sheets import city_sheet, ranking_sheet
from reports.publishing.formats import FORMATS
from scenarios.assessing.form import Form
from scenarios.assessing.rules import find_rules
from scenarios.tables.files import InputFile

LANGUAGES = ("zh", "en")


def made(scenario, final=True):
    rules = find_rules("13fyp")
    form = Form({item.id: (item.points / 2,) * 14 for item in rules.rules.items}, (InputFile.of("表.xlsx", b"x"),))
    done = tuple(Fraction(90 + n, 100) for n in range(14))
    return assess(scenario, rules, form, Results(2020, done, done, done if final else None))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_what_was_written_reads_back(hostile_scenario, kind, language, tmp_path):
    record = made(hostile_scenario)
    sheets = [ranking_sheet(record, language), *(city_sheet(record, city, language) for city in record.cities[-3:])]
    for sheet in sheets:
        path = tmp_path / f"x.{kind}"
        path.write_bytes(FORMATS[kind].write(sheet))
        assert FORMATS[kind].read(path, language) == [(t.heads(language), *t.rows) for t in sheet.tables]


def test_the_ranking_says_veto_and_grade(guangxi):
    (table,) = ranking_sheet(made(guangxi), "zh").tables
    assert table.heads("zh")[-4:] == ("否决", "等级", "期末否决", "期末等级")
    assert table.rows[0] == (
        "1", "贺州", "100.00", "20.00", "100.00", "20.00", "30.00", "70.00", "无", "合格", "无", "合格",
    )  # fmt: skip
    assert table.rows[-1] == (
        "14", "南宁", "90.00", "18.00", "90.00", "18.00", "30.00", "66.00",
        "未完成年度目标", "不合格", "未完成规划期目标", "不合格",
    )  # fmt: skip
    assert len(ranking_sheet(made(guangxi, final=False), "zh").tables[0].columns) == 10


def test_a_city_sheet_has_27_items_that_add_up(guangxi):
    record = made(guangxi)
    (table,) = city_sheet(record, record.cities[0], "en").tables
    assert [row[0] for row in table.rows] == [*map(str, range(1, 28)), ""]
    assert sum(Fraction(row[4]) for row in table.rows[:-1]) == Fraction(table.rows[-1][4]) == 66
    assert sum(Fraction(row[3]) for row in table.rows[:-1]) == 100


HOSTILE_RULES = """\
schema_version: 1
name: own
title: "=1+1\\a<b>{x}"
source: "=HYPERLINK(1)\\u202e"
year: 2024
completion: {annual: 30, cumulative: 20}
veto: {annual: yearly, cumulative: final}
grades: {excellent: 85, good: 75, qualified: 60}
sections:
  - id: work
    title: "=SUM(A1)\\a"
    points: 50
    note: "@x\\u2028y"
    items:
      - {id: 3, title: "+1\\a", points: 50, criteria: "{{7*7}}", departments: "-2", evidence: "'x", choices: CHOICES}
"""


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_the_texts_of_a_rule_set_stay_text(guangxi, kind, tmp_path):
    (tmp_path / "own.yaml").write_text(HOSTILE_RULES.replace("CHOICES", str(list(range(50)))), "utf-8")
    rules = find_rules(str(tmp_path / "own.yaml"))
    written = tmp_path / "form.xlsx"
    written.write_bytes(form_workbook(rules.rules, guangxi.regions, "zh"))
    pages = openpyxl.load_workbook(written).worksheets[:2]
    assert not [cell for page in pages for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    form = Form({"3": (rules.rules.items[0].choices[10],) * 14}, (InputFile.of("f.xlsx", b"x"),))
    done = (Fraction(1),) * 14
    record = assess(guangxi, rules, form, Results(2018, done, done))
    for sheet in (ranking_sheet(record, "zh"), city_sheet(record, record.cities[0], "zh")):
        path = tmp_path / f"x.{kind}"
        path.write_bytes(FORMATS[kind].write(sheet))
        assert FORMATS[kind].read(path, "zh") == [(t.heads("zh"), *t.rows) for t in sheet.tables]
