"""The worksheet that writes with less holds the same cells as XlsxWriter's own."""

import io

import openpyxl
import pytest
from xlsxwriter.worksheet import Worksheet

from reports.printing.book import Book
from reports.workbook.plain_cells import PlainCells

TEXTS = ('<b>&"南宁"', "  blanks ", "=1+1", "a\nb", "第一类", "")
NUMBERS = (0, -1.5, 1e-12, 123456789.123456, 17.2, 3)
FORMULAS = (
    ("=A1&\"<&>\"", '<&>"x"'),
    ("='<a&b>'!$A$1*(1-B2/100)", 0.1),
    ("=IF(A1<B1,1,0)", 1),
    ("=TRUE()", True),
    ("=1/0", "#DIV/0!"),
    ("=A9", ""),
)  # fmt: skip


def cells(kind, values):
    book = Book(base={"font_size": 10})
    page = book.sheet("表", kind)
    style = book.style(num_format="0.00", bold=True)
    for n, text in enumerate(TEXTS):
        page.write_string(n, 0, text, style)
    for n, number in enumerate(NUMBERS):
        page.write_number(n, 1, number, style if n % 2 else None)
    for n, (formula, result) in enumerate(FORMULAS):
        page.write_formula(n + 40, 27, formula, style, result)
    sheet = openpyxl.load_workbook(io.BytesIO(book.content()), data_only=values).active
    return {
        cell.coordinate: (cell.value, cell.data_type, cell.number_format, cell.font.b)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


@pytest.mark.parametrize("values", [True, False])
def test_the_same_cells(values):
    own, plain = (cells(kind, values) for kind in (Worksheet, PlainCells))
    assert own == plain
    assert len(own) >= len(NUMBERS) + len(FORMULAS) + 4
