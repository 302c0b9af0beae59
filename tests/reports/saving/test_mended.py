"""A workbook with cells given anew: what was typed is what is read, and nothing old is read beside it."""

import io
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.saving.formulas import At, resting_on
from reports.saving.mended import with_cells
from scenarios.errors import InputError
from scenarios.tables.excel import read_workbook


def book():
    """Return a workbook with a percentage, a rounded format, text, a formula and a chain of them."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as made:
        page, other = made.add_worksheet("数据"), made.add_worksheet("别的")
        page.write_row(0, 0, ["地区", "排放", "率", "合计"])
        page.write_string(1, 0, "甲市")
        page.write_number(1, 1, 100, made.add_format({"num_format": "0"}))
        page.write_number(1, 2, 0.18, made.add_format({"num_format": "0%"}))
        page.write_formula(1, 3, "=B2*2", None, 200)
        page.write_formula(4, 3, "=SUM(D1:D3)", None, 200)
        page.write_formula(4, 4, "=A5", None, 7)
        other.write_formula(0, 0, "='数据'!D5", None, 200)
        page.data_validation(1, 0, 1, 0, {"validate": "list", "source": ["甲市", "乙市"]})
    return stream.getvalue()


def cells(raw):
    return {(p.sheet, c.place.cell): c for p, grid in read_workbook(raw, "b.xlsx") for row in grid for c in row}


@pytest.mark.parametrize(
    ("cell", "typed", "shown", "parsed"),
    [
        ("B2", "1234", "1234", (1234, False)),
        ("B2", "1234.5", "1234.5", None),  # the format 0 shows 1235: kept as text, and read as typed
        ("C2", "20", "20%", (20, True)),  # as Excel takes what is typed into a cell of per cents
        ("C2", "20%", "20%", (20, True)),
        ("C2", "17.5%", "17.5%", None),  # the format 0% shows 18 %
        ("A2", "=1+1", "=1+1", None),  # never a formula
        ("A2", "00123", "00123", None),
        ("F9", "新的", "新的", None),
        ("B2", "", "", None),
    ],
)
def test_what_is_typed_is_what_is_read(cell, typed, shown, parsed):
    found = cells(with_cells(book(), "b.xlsx", {("数据", cell): typed})).get(("数据", cell))
    assert (found.as_shown if found else "") == shown
    if parsed:
        assert found.parse() == parsed


@pytest.mark.parametrize("typed", ["0.17", ".17", "-0.17", "+0.17", "1.7e-1", "0.50"])
def test_a_bare_fraction_in_a_cell_of_per_cents_is_refused_with_both_readings(typed):
    with pytest.raises(InputError) as caught:
        with_cells(book(), "b.xlsx", {("数据", "C2"): typed, ("数据", "B2"): typed})
    (found,) = caught.value.findings
    assert (found.code, found.place.cell) == ("per_cent_question", "C2")
    for language in ("zh", "en"):
        said = found.message(language)
        sign = "-" if typed.startswith("-") else ""
        percents = ("50%", "0.5%") if typed == "0.50" else ("17%", "0.17%")
        assert all(f"{sign}{percent}" in said for percent in percents)


@pytest.mark.parametrize(("typed", "parsed"), [("0", 0), ("0.0", 0), ("1", 1), ("0.17%", "0.17"), ("-17", -17)])
def test_what_has_one_reading_in_a_cell_of_per_cents_is_taken(typed, parsed):
    found = cells(with_cells(book(), "b.xlsx", {("数据", "C2"): typed}))["数据", "C2"]
    number, percent = found.parse()
    assert number == Decimal(parsed)
    assert percent or not number


def test_formulas_that_rest_on_a_changed_cell_say_nothing_old():
    found = cells(with_cells(book(), "b.xlsx", {("数据", "B2"): "150"}))
    assert all(found[key].unknown for key in (("数据", "D2"), ("数据", "D5"), ("别的", "A1")))
    assert found["数据", "E5"].text == "7"  # rests on another cell
    typed = cells(with_cells(book(), "b.xlsx", {("数据", "D2"): "300"}))
    assert typed["数据", "D2"].text == "300"
    assert typed["数据", "D5"].unknown


def test_all_else_stays():
    made = openpyxl.load_workbook(io.BytesIO(with_cells(book(), "b.xlsx", {("数据", "B2"): "150"})))
    page = made["数据"]
    assert (page["D2"].value, page["D5"].value) == ("=B2*2", "=SUM(D1:D3)")
    assert page["C2"].number_format == "0%"
    assert page.data_validations.dataValidation[0].formula1 == '"甲市,乙市"'
    assert made.calculation.fullCalcOnLoad


@pytest.mark.parametrize(
    ("sheet", "cell"), [("没有", "A1"), ("数据", "a1"), ("数据", "XFD1"), ("数据", "A99999"), ("数据", "")]
)
def test_no_such_place_is_said(sheet, cell):
    with pytest.raises(InputError):
        with_cells(book(), "b.xlsx", {(sheet, cell): "1"})


@given(st.text(alphabet="0123456789.,%-+e 甲\x00\ud800&<>'\"", max_size=12))
@settings(max_examples=60, deadline=None)
def test_any_text_is_kept_as_it_is(typed):
    found = cells(with_cells(book(), "b.xlsx", {("数据", "B2"): typed})).get(("数据", "B2"))
    clean = "".join(c for c in typed if c not in "\x00\ud800").strip()
    if found is not None and found.number is not None:
        assert found.number == Decimal(clean)
    else:
        assert (found.text if found else "") == clean


@pytest.mark.parametrize(
    ("formula", "rests"),
    [
        ("B2", True), ("$B$2+1", True), ("SUM(A1:C3)", True), ("SUM(C3:A1)", True), ("SUM(B:B)", True),
        ("SUM(2:2)", True),
        ("C2", False), ("SUM(A3:C9)", False), ("'别的'!B2", False), ("别的!A1+数据!B2", True), ("OFFSET(A1,1,1)", True),
        ("名称", True), ("[1]数据!B2", True), ("", True), ("1+2", False), ("\"B2\"", False),
    ],
)  # fmt: skip
def test_what_a_formula_rests_on(formula, rests):
    at = At("数据", 9, 9)
    assert (at in resting_on([At("数据", 2, 2)], {at: formula})) is rests
