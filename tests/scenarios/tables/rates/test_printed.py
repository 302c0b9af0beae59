"""Tables as circulars print them: cells with several regions, notes below, a table of classes beside the whole one."""

from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import Workbook

from scenarios.errors import InputError
from scenarios.tables.printed import regions_in
from scenarios.tables.rates import read_rates
from scenarios.tables.regions import RegionIndex

INDEX = RegionIndex(("1", "2", "3", "4"), ("甲、乙", "乙", "丙市", "丁、戊、己"), ("A, B", "B", "C", "D;E"))
CLASSES = (
    ("南宁、桂林、玉林、来宾", 17),
    ("柳州、百色", 22),
    ("贵港、贺州", 20),
    ("北海、防城港、钦州、河池", 10),
    ("梧州、崇左", 13),
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("甲、乙", ("甲、乙",)),
        ("甲、乙、乙", ("甲、乙", "乙")),
        ("乙、甲、乙、丙", ("乙", "甲、乙", "丙")),
        ("丙市、丁、戊、己", ("丙市", "丁、戊、己")),
        ("丁、戊、丙", ("丁", "戊", "丙")),
        ("A, B, C", ("A, B", "C")),
        ("C， D;E；B", ("C", "D;E", "B")),
        ("1、3", ("1", "3")),
        ("", ("",)),
        ("乙、", ("乙", "")),
    ],
)
def test_the_longest_name_is_taken_from_the_left(text, names):
    assert regions_in(INDEX, text) == names


def book_of(*sheets):
    """Return a workbook of (title, rows)."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return book


@pytest.fixture
def read(tmp_path, guangxi, as_bytes):
    def call(content, regions=None):
        text = isinstance(content, str)
        path = tmp_path / ("t.csv" if text else "t.xlsx")
        path.write_bytes(content.encode() if text else as_bytes(content))
        return read_rates(path, regions or guangxi.regions).rates

    return call


def classes(changed=None):
    head = [["分类下降目标"], ["单位：%"], ["类别", "地区", "下降（%）"]]
    rows = [[f"{n}类", names, (changed or {}).get(n, rate)] for n, (names, rate) in enumerate(CLASSES)]
    return [*head, *rows, ["注：按不变价计算、四舍五入。"], ["资料来源：某文件，第 3 页"]]


def whole(guangxi):
    rates = {name: rate for names, rate in CLASSES for name in names.split("、")}
    rows = [[n + 1, name, rates[name]] for n, name in enumerate(guangxi.regions.names)]
    return [["表 2"], ["序号", "地区", "下降目标（%）"], *rows, ["", "合计", 14.73], [], ["注：同上。"]]


def test_title_unit_and_notes_stand_around_the_table(read, guangxi):
    expected = read(book_of(("分类", classes())))
    assert expected[:2] == (Decimal("0.17"), Decimal("0.22"))
    assert read(book_of(("分解", whole(guangxi)))) == expected
    lines = [",".join(map(str, [*row, *[""] * (3 - len(row))])) for row in whole(guangxi) if row]
    assert read("\n".join(lines)) == expected
    assert read("\n".join(line.rstrip(",") for line in lines)) == expected  # notes without the idle commas


def test_two_tables_of_one_workbook_must_agree(read, guangxi):
    both = book_of(("分类", classes()), ("分解", whole(guangxi)))
    assert read(both) == read(book_of(("分类", classes())))
    for other in (classes({0: 18}), classes()[:-4]):
        with pytest.raises(InputError) as caught:
            read(book_of(("分类", other), ("分解", whole(guangxi))))
        assert [finding.code for finding in caught.value.findings] == ["several_sheets"]


@pytest.mark.parametrize("last", ["柳洲市", "桂林市", "柳州、百色"])
def test_a_last_row_that_may_be_a_region_is_asked_about(read, last):
    with pytest.raises(InputError) as caught:
        read(book_of(("分类", [*classes()[:-2], ["", last, None]])))
    assert "empty_cell" in [finding.code for finding in caught.value.findings]


def test_notes_between_rows_are_asked_about(read):
    rows = classes()
    with pytest.raises(InputError):
        read(book_of(("分类", [*rows[:4], ["注：上一行有误"], *rows[4:]])))


def test_a_region_whose_name_holds_the_separator(read, guangxi):
    names = ("南宁、新区", *guangxi.regions.names[1:])
    rows = [(name, 17) for name in names]
    table = "地区,下降率（%）\n" + "\n".join(f"{name},{rate}" for name, rate in rows)
    assert read(table, replace(guangxi.regions, names=names)) == (Decimal("0.17"),) * 14
