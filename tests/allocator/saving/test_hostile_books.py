"""Scenario workbooks made to hang or to fall over: one sentence, with the cell, within seconds."""

import time

import openpyxl
import pytest

from allocator.saving import save
from scenarios.errors import InputError
from scenarios.load import load_scenario


@pytest.fixture
def book(tmp_path):
    save("guangxi-13fyp", tmp_path / "方案.xlsx", "zh")
    return tmp_path / "方案.xlsx"


def refused(path):
    began = time.process_time()
    with pytest.raises(InputError) as error:
        load_scenario(path)
    assert time.process_time() - began < 40
    return [(each.code, each.place.sheet, each.place.cell) for each in error.value.findings]


def test_a_key_that_is_thousands_deep(book):
    made = openpyxl.load_workbook(book)
    row = made["设置"].max_row + 1
    made["设置"][f"C{row}"], made["设置"][f"H{row}"] = 1, ".".join("a" * 4_500)
    made.save(book)
    assert refused(book) == [("book_no_key", "设置", f"C{row}")]


@pytest.mark.parametrize("text", ["[" * 9_000, "{" * 9_000, '["a", ' * 1_500])
def test_brackets_without_end(book, text):
    made = openpyxl.load_workbook(book)
    rows = {cell.value: cell.row for cell in made["设置"]["H"]}
    made["设置"][f"C{rows['province.members']}"] = text
    made.save(book)
    assert refused(book)[0][1:] == ("设置", f"C{rows['province.members']}")


def test_thousands_of_wrong_rules(book):
    made = openpyxl.load_workbook(book)
    for n in range(3_000):
        made["规则"].append([None, f"r{n}", "不低于", None, None, None])
    made.save(book)
    found = refused(book)
    assert len(found) >= 3_000
    assert {sheet for _, sheet, cell in found if cell} == {"规则"}


def test_a_sheet_beyond_the_limits(book):
    made = openpyxl.load_workbook(book)
    for n in range(25_000):
        made["规则"][f"A{n + 100}"] = "是"
    made.save(book)
    assert refused(book) == [("table_too_big", "规则", "")]
