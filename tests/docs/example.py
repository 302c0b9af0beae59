"""The example of the Chinese guide: a workbook of five invented cities, filled in as its first hour says."""

import csv
import io
from pathlib import Path

import openpyxl

from allocator.app.server import start
from allocator.app.shelf import Shelf
from scenarios.sources import BOOK_FILES

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.glob("*.md"), *DOCS.glob("zh/*.md"), *ROOT.glob("README*.md")])
PROVINCE = "某省"
AGREED = {"东山市": 21.5, "西河市": 18, "南湖市": 16.5, "北岭市": 13, "中川市": 12}
"""A table that a meeting agreed on, in per cent; it is short."""
CUTS = {"东山市": 0.05, "西河市": 0.03, "南湖市": 0.04, "北岭市": 0.012, "中川市": 0.025}
"""What each city cut in 2026."""


def rows():
    """Return the rows of the cities as the guide's csv has them, figures as numbers, the header first."""
    with (DOCS / "zh" / "first-hour.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *cities = csv.reader(file)
    return [head, *([text or None if n in (1, 2) else figure(text) for n, text in enumerate(row)] for row in cities)]


def figure(text):
    """Return what Excel stores for a figure that is typed."""
    return None if text == "" else float(text) if "." in text else int(text)


def template(folder):
    """Return the empty template as the start page of a folder sends it."""
    return start(Shelf(folder), "zh").test_client().get("/zh/template", headers={"Host": "localhost"}).data


def filled(content, **wrong):
    """Return the template as the first hour fills it, without the grey example; `wrong`: cells of the sheet 数据."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    settings, data = book["设置"], book["数据"]
    settings["C6"], settings["C13"] = "mousheng", PROVINCE
    settings["C18"], settings["C19"], settings["C20"] = 2025, 2030, 0.17
    book["指标"]["H12"] = "负"
    for cell in data[5]:  # the grey example
        cell.value = None
    for n, row in enumerate(rows()[1:], 6):
        for column, value in enumerate(row, 1):
            data.cell(n, column).value = value
    for cell, value in wrong.items():
        data[cell] = value
    return saved(book)


def saved(book):
    """Return a workbook as bytes."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def table(*lines):
    """Return a workbook of one plain sheet."""
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    return saved(book)


def agreed():
    """Return the table that the meeting agreed on, as a workbook."""
    return table(("地区", "下降目标（%）"), *AGREED.items())


def actuals():
    """Return GDP and emissions of 2026: growth as planned, each city's intensity cut as it did."""
    lines = []
    for _, name, _, emissions, gdp, growth, *_ in rows()[1:]:
        year = growth**0.2
        lines.append((name, 2026, round(gdp * year, 1), round(emissions * year * (1 - CUTS[name]), 1)))
    return table(("地区", "年份", "GDP（亿元）", "二氧化碳排放（万吨）"), *lines)


def written(folder, content):
    """Write the workbook into a folder as the start page does; returns its path."""
    home = folder / PROVINCE
    home.mkdir(parents=True)
    path = home / BOOK_FILES["zh"]
    path.write_bytes(content)
    return path
