"""Many findings on one screen: in the order of the file, each cause once with its cells, the rest counted."""

import pytest

from scenarios.errors import Finding, Place
from scenarios.told import told
from scenarios.wording import shown_width

LANGUAGES = ("zh", "en")


def cell(address, code="empty_cell", column="GDP", sheet="表", **values):
    return Finding(code, Place("a.xlsx", sheet, address, int(address.strip("ABCDEFGHZ")), column), values)


def line(row, column="gdp", code="empty_cell", **values):
    return Finding(code, Place("a.csv", row=row, column=column), values)


def high(lines):
    return sum(-(-shown_width(text) // 100) for text in lines)


def test_one_finding_is_one_line_with_its_whole_place():
    assert told([line(3, code="not_a_number", found="x")], "zh") == [
        "a.csv，第 3 行，“gdp”列：“x”不是数字。请只写数字，例如 3410.08。"
    ]
    assert told([Finding("no_file", Place("a.csv"))], "en") == ["a.csv: no such file. Check the path."]


def test_the_cells_of_a_cause_stand_together_as_ranges():
    cells = [cell(address) for address in ("B3", "B5", "B6", "B7", "B9", "B8")]
    assert told(cells, "zh") == ["a.xlsx，工作表“表”，单元格 B3、B5–B9，“GDP”列：6 个单元格是空的。请填入数值。"]
    block = [cell(f"{letter}{row}", column=letter) for row in (5, 6) for letter in "CDE"] + [cell("G6", column="G")]
    assert told(block, "en") == ["a.xlsx, sheet “表”, cells C5–E5, C6–E6, G6: 7 cells are empty. Fill them in."]
    alike = [cell(address, "not_a_number", found="–") for address in ("B3", "B4")]
    assert told(alike, "zh")[0].endswith("单元格 B3–B4，“GDP”列（2 处）：“–”不是数字。请只写数字，例如 3410.08。")


def test_what_differs_in_values_alone_is_said_by_the_first_with_all_cells():
    scaled = [cell(f"B{row}", "not_a_number", found=f"{row}x") for row in range(2, 6)]
    assert told(scaled, "zh") == [
        "a.xlsx，工作表“表”，单元格 B2–B5，“GDP”列（4 处，以首处为例）：“2x”不是数字。请只写数字，例如 3410.08。"
    ]
    assert told(scaled, "en")[0].startswith(
        "a.xlsx, sheet “表”, cells B2–B5, column “GDP” (4 places; said of the first)"
    )
    assert len(told(scaled[:3], "zh")) == 1 + 3  # a few are said one by one
    row = [cell(f"{letter}7", "not_a_number", column=letter, found=letter) for letter in "BCD"]
    assert told(row, "zh")[0].startswith("a.xlsx，工作表“表”，单元格 B7–D7（3 处，以首处为例）：“B”")


def test_what_each_one_says_is_needed_is_said_one_by_one():
    names = [cell(f"A{row}", "unknown_region", found=f"{row}x") for row in range(2, 8)]
    assert len(told(names, "zh")) == 1 + 6
    asked = [Finding("not_a_number", one.place, {"found": str(n)}, "question", str(n)) for n, one in enumerate(names)]
    assert len(told(asked, "zh")) == 1 + 6
    scattered = [cell(f"B{row}", "not_a_number", found=f"{row}x") for row in range(2, 22, 2)]  # more than can be named
    assert len(told(scattered, "zh")) == 1 + 10


def test_the_cells_of_one_row_are_counted():
    row = [cell(f"{letter}7", column=letter) for letter in "CDEFGH"]
    assert told(row, "en") == ["a.xlsx, sheet “表”, cells C7–H7: 6 cells are empty. Fill them in."]


def test_lines_of_a_text_file_stand_with_their_columns():
    rows = [line(row) for row in (3, 5, 6)] + [line(9, "gdp"), line(9, "growth")]
    assert told(rows, "zh") == [
        "a.csv，第 3、5–6 行，“gdp”列；第 9 行，“gdp”、“growth”列：5 个单元格是空的。请填入数值。"
    ]


def test_findings_stand_by_file_sheet_row_and_column_below_the_name_of_their_sheet():
    mixed = [
        cell("D9", "too_large", found="1"),
        cell("B2", "not_positive", found="2"),
        cell("C3", "too_large", sheet="乙", found="5"),
        cell("Z2", "not_positive", found="3"),
        line(4, code="too_large", found="4"),
        cell("A10", "too_large", found="6"),
    ]
    lines = told(mixed, "en")
    assert lines[0] == "a.xlsx, sheet “表”:"
    assert [text.split(",")[0] for text in lines[1:5]] == ["  cell B2", "  cell Z2", "  cell D9", "  cell A10"]
    assert lines[5].startswith("a.xlsx, sheet “乙”, cell C3")
    assert lines[6].startswith("a.csv, row 4")


def test_keys_that_say_the_same_stand_together():
    keys = [Finding("no_value", Place("s.yaml", row=row, key=key)) for row, key in ((3, "period.base"), (5, "target"))]
    assert told(keys, "zh") == [
        "s.yaml，第 3 行，基年（period.base）；第 5 行，目标（target）（2 处）：此键没有值。请补上，或删去此键。"
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nineteen_thousand_bad_rows_are_a_screen(language):
    bad = [
        line(row, column, code, found=f"{row}x")
        for row in range(2, 19_002)
        for column, code in (("gdp", "not_a_number"), ("growth", "not_positive"), ("rate", "not_a_rate"))
    ]
    lines = told(bad, language)
    assert len(lines) <= 20
    assert high(lines) <= 36
    assert len(lines) == 1 + 3
    assert all("2–19001" in text and "19000" in text for text in lines[1:])


@pytest.mark.parametrize("language", LANGUAGES)
def test_bad_rows_here_and_there_are_a_screen(language):
    bad = [
        line(row, column, code, found=f"{row}x")
        for row in range(2, 19_002, 2)
        for column, code in (("gdp", "not_a_number"), ("growth", "not_positive"), ("rate", "not_a_rate"))
    ]
    lines = told(bad, language)
    assert len(lines) <= 20
    assert high(lines) <= 36
    more = [text for text in lines if "…" in text]
    assert len(more) == 3
    assert all("949" in text for text in more)


@pytest.mark.parametrize("language", LANGUAGES)
def test_more_kinds_than_a_screen_holds_are_counted(language):
    bad = [line(n, f"column {n}", "not_a_number", found="长" * 350) for n in range(2, 40)]
    bad += [Finding("no_file", Place(f"f{n}.csv")) for n in range(40)]
    lines = told(bad, language)
    assert high(lines) <= 36
    assert "另有" in lines[-1] or "more" in lines[-1]


def test_neither_a_screen_of_one_finding_nor_none_fails():
    assert told([], "zh") == []
    huge = told([line(2, code="not_a_number", found="长" * 5000)] * 3, "en")
    assert len(huge) == 1


def test_one_row_or_cell_is_not_several():
    row = [line(29, column=column) for column in ("gdp", "emissions")]
    assert told(row, "en")[0].startswith("a.csv, row 29, column")
    two = [line(number, column=column) for number in (29, 30) for column in ("gdp", "emissions")]
    assert told(two, "en")[0].startswith("a.csv, rows 29–30, column")
