"""A title, or a sheet's name, that puts growth into another period, or figures of the base year into another year."""

from itertools import product

import pytest
from openpyxl import Workbook

from scenarios.errors import InputError
from scenarios.regions.table import read_regions
from scenarios.regions.wanted import Wanted
from scenarios.tables.layout.asked import Asked

NAMES = ("南宁市", "柳州市", "桂林市", "梧州市")
EMISSIONS = ("2135", "3089", "1386", "379")
GDP = ("3410.08", "2298.62", "1942.9", "1078.65")
GROWTH = ("1.321", "1.262", "1.294", "1.304")
E, Y, G = "排放（万吨）", "GDP（亿元）", "增长倍数"
COLUMNS = {E: EMISSIONS, Y: GDP, G: GROWTH, "年均增长率（%）": ("5.73", "4.76", "5.28", "5.46")}


def table(*heads, named=None):
    """Return a table as rows; `named`: another header for growth."""
    shown = ["地区", *(named if head == G and named else head for head in heads)]
    return [shown, *([name, *(COLUMNS[head][n] for head in heads)] for n, name in enumerate(NAMES))]


@pytest.fixture
def asked(tmp_path, guangxi):
    """Return a function that reads a csv of rows, or a workbook of sheets, for 2015–2020: what is asked, and where."""

    def call(rows, base=2015, years=5):
        path = tmp_path / ("regions.csv" if isinstance(rows, list) else "regions.xlsx")
        if isinstance(rows, list):
            path.write_text("\n".join(",".join(row) for row in rows), "utf-8")
        else:
            book = Workbook()
            book.remove(book.active)
            for title, own in rows.items():
                sheet = book.create_sheet(title)
                for row in own:
                    sheet.append([float(cell) if cell[:1].isdigit() and "年" not in cell else cell for cell in row])
            book.save(path)
        try:
            read_regions(path, Wanted(frozenset(), guangxi.file.bounds, None, asked=Asked(year=base), years=years))
        except InputError as error:
            for finding, language in product(error.findings, ("zh", "en")):
                finding.say(language)
            return [(finding.code, finding.place.row or finding.place.sheet) for finding in error.findings]
        return []

    return call


def below(title, *heads):
    """Return a table of emissions and the rest, and below it one with a title and other columns."""
    rest = [
        head for head in (E, Y, G) if head not in heads and not (head == G and len(heads) == 1 and "年均" in heads[0])
    ]
    return [*table(*rest), [""], [title], *table(*heads)]


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        (below("表2 2010—2015年增长", G), 7),
        (below("表2 2010—2015年", G), 7),
        (below("“十二五”时期", "年均增长率（%）"), 7),
        ({"2015年": table(E, Y), "2010-2015年增长": table(G)}, "2010-2015年增长"),
        ([["广西2010—2015年增长倍数"], *table(E, Y, G)], 1),
        ([["广西“十四五”经济增长"], *table(E, Y, G)], 1),
    ],
)
def test_growth_under_a_title_of_another_period_is_asked_about(asked, rows, place):
    assert asked(rows) == [("growth_of_period_in_title", place)]


@pytest.mark.parametrize(
    "rows",
    [
        below("表2 2015—2020年增长", G), below("表2 2016-2020年GDP增长倍数", G), below("“十三五”时期", G),
        below("表2 各市增长", G),
        [["广西“十三五”增长，“十二五”增长另见"], *table(E, Y, G)],
        [["“十二五”时期碳强度下降情况"], *table(E, Y, G)],
        [["2010—2015年各市情况"], *table(E, Y, G)],  # of the figures, and growth has a column among them
        below("“十二五”下降目标", G),
        [["资料来源：2010—2015年增长统计年鉴"], *table(E, Y, G)],
        [["2010—2015年增长"], *table(E, Y, G, named="2015—2020年增长倍数")],  # the header says it
    ],
)  # fmt: skip
def test_a_title_of_the_period_or_of_something_else_is_asked_nothing(asked, rows):
    assert [code for code, _ in asked(rows) if code.startswith("growth")] == []


def test_the_period_is_that_of_the_scenario(asked):
    assert asked(below("2010—2015年增长", G), base=2010) == []
    assert asked(below("2010—2015年增长", G), years=0) == []  # not known


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        (below("表2 2020年规划", Y), 7), (below("表2 2020年计划数", Y), 7), (below("2020年GDP规划", Y), 7),
        (below("表2（2020年规划）", Y), 7), ([["2020年规划"], *table(E, Y, G)], 1),
        ({"排放": table(E, G), "2020年规划": table(Y)}, "2020年规划"),
    ],
)  # fmt: skip
def test_figures_of_a_plan_for_another_year_are_asked_about(asked, rows, place):
    assert asked(rows) == [("table_of_year", place)]


@pytest.mark.parametrize(
    "title", ["2020年规划目标", "2020年碳强度下降计划", "2020年规划指标分解基础数据", "广西2020年目标", "2015年规划"]
)
def test_plans_of_targets_are_asked_nothing(asked, title):
    assert asked([[title], *table(E, Y, G)]) == []
