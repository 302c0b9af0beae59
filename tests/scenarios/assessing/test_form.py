"""The form as it comes back: filled, and with mistakes in it, each named with its cell."""

from decimal import Decimal

import openpyxl
import pytest

from reports.assessing.form_sheet import form_workbook
from scenarios.assessing.form import read_form
from scenarios.assessing.rules import find_rules

FIRST = 4  # row of item 3, counted from 1


@pytest.fixture(scope="module")
def rules():
    return find_rules("13fyp").rules


@pytest.fixture(scope="module")
def blank(rules, guangxi, tmp_path_factory):
    path = tmp_path_factory.mktemp("form") / "blank.xlsx"
    path.write_bytes(form_workbook(rules, guangxi.regions, "zh"))
    return path


@pytest.fixture
def filled(blank, rules, tmp_path):
    """Return a function that fills the form with full scores, applies a change, saves, and returns the path."""

    def fill(change=lambda sheet: None):
        book = openpyxl.load_workbook(blank)
        sheet = book.worksheets[0]
        for row, item in enumerate(rules.items, start=FIRST):
            for column in range(5, 19):
                sheet.cell(row, column).value = float(item.points)
        change(sheet)
        book.save(tmp_path / "form.xlsx")
        return tmp_path / "form.xlsx"

    return fill


@pytest.fixture
def found(filled, rules, guangxi, refused):
    """Return a function that plants a change and returns (code, cell) of every finding."""

    def call(change):
        findings = refused(read_form, filled(change), rules, guangxi.regions)
        return [(f.code, f.place.cell) for f in findings]

    return call


def values(cells):
    def change(sheet):
        for at, value in cells.items():
            sheet[at].value = value

    return change


def test_a_filled_form_is_read(filled, rules, guangxi):
    form = read_form(filled(values({"E4": 3, "F4": "2", "G5": 0.5})), rules, guangxi.regions)
    assert list(form.scores) == [item.id for item in rules.items]
    assert form.scores["3"][:3] == (Decimal(3), Decimal(2), Decimal(4))
    assert form.scores["4"][:3] == (Decimal(2), Decimal(2), Decimal("0.5"))
    assert all(scores == (item.points,) * 14 for scores, item in zip(form.scores.values(), rules.items, strict=True)
               if item.id not in ("3", "4"))  # fmt: skip
    assert [source.name for source in form.sources] == ["form.xlsx"]


def test_cities_and_items_may_stand_in_any_order(filled, rules, guangxi):
    def turn(sheet):
        for row in range(3, 29):
            left, right = sheet.cell(row, 5), sheet.cell(row, 18)
            left.value, right.value = right.value, left.value
        for column in range(1, 19):
            upper, lower = sheet.cell(4, column), sheet.cell(28, column)
            upper.value, lower.value = lower.value, upper.value
        sheet["R28"].value = 2  # item 3 of Nanning now
        sheet["F3"].value = "柳州市"
        sheet["G3"].value = "450300"

    form = read_form(filled(turn), rules, guangxi.regions)
    assert form.scores["3"] == (Decimal(2), *(Decimal(4),) * 13)
    assert form.scores["27"] == (Decimal(1),) * 14


def test_every_planted_mistake_is_named_with_its_cell_at_once(found):
    planted = {
        "E4": None, "F5": 2.1, "G6": -1, "H7": "两分", "I8": "50%", "J4": 3.5, "K9": 1.00001, "L10": "nan", "M11": True,
    }  # fmt: skip
    assert found(values(planted)) == [
        ("assess_cell_empty", "E4"),
        ("assess_choice", "J4"),
        ("assess_above", "F5"),
        ("assess_negative", "G6"),
        ("not_a_number", "H7"),
        ("percent_here", "I8"),
        ("assess_above", "K9"),
        ("not_a_number", "L10"),
        ("not_a_number", "M11"),
    ]


@pytest.mark.parametrize(
    ("planted", "wanted"),
    [
        ({"A4": "33"}, [("assess_unknown_item", "A4"), ("assess_items_missing", "")]),
        ({"A4": "1"}, [("assess_item_computed", "A4"), ("assess_items_missing", "")]),
        ({"A5": "3"}, [("region_twice", "A5"), ("assess_items_missing", "")]),
        ({"A4": None}, [("assess_no_item", "A4"), ("assess_items_missing", "")]),
        ({"D4": 5}, [("assess_points_differ", "D4")]),
        ({"D4": "四"}, [("assess_points_differ", "D4")]),
        ({"E3": "南京"}, [("unknown_region_meant", "E3"), ("assess_cities_missing", "")]),
        ({"E3": "备注说明"}, [("unknown_region", "E3"), ("assess_cities_missing", "")]),
        ({"E3": None}, [("assess_no_city", "E3"), ("assess_cities_missing", "")]),
        ({"E3": "柳州市"}, [("assess_city_twice", "F3"), ("assess_cities_missing", "")]),
        ({"E4": "=1+1"}, [("formula_without_value", "E4")]),
        ({"E10": "0.12345678901234567"}, [("assess_digits", "E10")]),
    ],
)
def test_what_is_wrong_beside_the_scores(found, planted, wanted):
    assert found(values(planted)) == wanted


def test_an_empty_column_is_one_finding(found):
    assert found(values({f"E{row}": None for row in range(FIRST, FIRST + 25)})) == [("assess_city_empty", "E3")]


def test_a_blank_form_names_every_city(blank, rules, guangxi, refused):
    findings = refused(read_form, blank, rules, guangxi.regions)
    assert [f.code for f in findings] == ["assess_city_empty"] * 14
    assert "南宁" in findings[0].say("zh")


def test_a_form_of_another_rule_set(filled, guangxi, refused):
    findings = refused(read_form, filled(), find_rules("12fyp").rules, guangxi.regions)
    assert {f.code for f in findings} == {"assess_unknown_item", "assess_points_differ"}


def test_a_csv_form(rules, guangxi, tmp_path, refused):
    names = ",".join(guangxi.regions.names)
    lines = [f"项目编号,分值,{names}", *(f"{item.id},{item.points},{','.join(['0'] * 14)}" for item in rules.items)]
    path = tmp_path / "form.csv"
    path.write_text("\n".join([*lines, f"合计,60,{','.join(['0'] * 14)}"]), "utf-8")
    assert set(read_form(path, rules, guangxi.regions).scores["27"]) == {Decimal(0)}
    lines[1] = lines[1].replace(",0", ",-1", 1)
    path.write_text("\n".join(lines), "utf-8")
    (finding,) = refused(read_form, path, rules, guangxi.regions)
    assert (finding.code, finding.place.row, finding.place.column) == ("assess_negative", 2, "南宁")
