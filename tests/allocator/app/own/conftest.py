"""The user's own files in the page: a folder, its server, and a template that a test fills in."""

import io
from contextlib import contextmanager

import openpyxl
import pytest

pytest.importorskip("flask", reason="the extra `ui` is not installed")

from allocator.app.server import start
from allocator.app.shelf import Shelf
from tests.allocator.app.conftest import serving_application

HERE = {"Host": "localhost"}
CITIES = [
    # code, name, emissions, GDP, growth, wage, profit, industry, energy, coal, fiscal, tertiary
    ("450100", "南宁", 3089, 2298.62, 1.35, 66749, 158.3, 1300.11, 1862.5, 903.4, 146.68, 49.95),
    ("450200", "柳州", 4120, 2298.62, 1.38, 62749, 98.3, 1100.5, 2262.5, 1403.4, 126.68, 36.17),
    ("450300", "桂林", 1980, 1942.97, 1.36, 57312, 88.1, 900.2, 1262.5, 603.9, 134.2, 38.2),
    ("450400", "梧州", 1410, 1078.6, 1.37, 51220, 60.3, 610.1, 862.4, 403.2, 80.3, 30.1),
    ("450500", "北海", 1222, 892.1, 1.41, 53220, 70.2, 450.6, 762.3, 363.6, 46.5, 31.6),
]  # fmt: skip


@contextmanager
def serving_folder(folder, language="zh", memory=None):
    """Serve the start page of a folder; gives the address and the shelf."""
    shelf = Shelf(folder, memory=memory)
    with serving_application(start(shelf, language)) as url:
        yield url, shelf


def by_key(sheet):
    """Return the rows of a sheet of settings by their keys."""
    return {sheet.cell(row, 8).value: row for row in range(1, sheet.max_row + 1) if sheet.cell(row, 8).value}


def filled(content, zh=True, **wrong):
    """Return a template that was filled in as a person does; `wrong`: what stands in cells ``sheet_cell`` instead."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    settings, indicators, data = (
        book[name] for name in (("设置", "指标", "数据") if zh else ("settings", "indicators", "data"))
    )
    rows = by_key(settings)
    for key, value in {"period.base": 2025, "period.end": 2030, "target": 0.17}.items():
        settings.cell(rows[key], 3).value = value
    heads = {cell.value: cell.column for cell in indicators[4]}
    name, direction = ("指标代号", "指标方向") if zh else ("indicator", "indicator.direction")
    (row,) = (row for row in range(5, 15) if indicators.cell(row, heads[name]).value == "tertiary")
    indicators.cell(row, heads[direction]).value = "负" if zh else "negative"
    data.delete_rows(5)
    for n, (code, name, emissions, gdp, growth, *more) in enumerate(CITIES, 5):
        texts = [code, name, None, emissions, gdp, growth, None, None, None, *more]
        for column, value in enumerate(texts, 1):
            data.cell(n, column).value = value
    for place, value in wrong.items():
        sheet, cell = place.split("_")
        book[{"s": settings, "i": indicators, "d": data}[sheet].title][cell].value = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def marked(page):
    """Return the cells that are marked as wrong or asked about."""
    cells = page.locator("td.error, td.question").all()
    return {cell.get_attribute("id").split(":", 2)[2]: cell.get_attribute("class") for cell in cells}
