"""Tables as people keep them: read as they are meant, or asked about."""

import pytest
from openpyxl import Workbook

from scenarios.errors import InputError
from scenarios.regions_table import Wanted, read_regions
from scenarios.tables.layout.asked import Asked

HEAD = ("城市", "二氧化碳排放量（万吨）", "GDP（亿元）", "增长倍数")
ROWS = (("南宁市", 3000, 3410.08, 1.4), ("柳州市", 3500, 2298.62, 1.35), ("桂林市", 1500, 1942.97, 1.38))
EMISSIONS = [HEAD[:2], *(row[:2] for row in ROWS)]
GDP = [(HEAD[0], *HEAD[2:]), *((row[0], *row[2:]) for row in ROWS)]


def text(*rows):
    return "".join(",".join(map(str, row)) + "\n" for row in rows)


def book(**sheets):
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return made


@pytest.fixture
def read(tmp_path, guangxi):
    """Return a function that reads a table of 2015: its regions, and the codes of what is said."""

    def call(raw, asked=None, indicators=()):
        path = tmp_path / ("regions.xlsx" if isinstance(raw, Workbook) else "regions.csv")
        raw.save(path) if isinstance(raw, Workbook) else path.write_bytes(raw.encode())
        wanted = Wanted(frozenset(indicators), guangxi.file.bounds, None, asked=asked or Asked(year=2015))
        regions, _, notices = read_regions(path, wanted)
        return regions, [notice.code for notice in notices]

    return call


@pytest.fixture
def refused(read):
    """Return a function that reads a table which is refused: code and place of what is found."""

    def call(*args, **named):
        with pytest.raises(InputError) as caught:
            read(*args, **named)
        return [(f.code, f.place.cell or f.place.sheet or f.place.row) for f in caught.value.findings]

    return call


# years


@pytest.mark.parametrize(
    ("sheets", "place"),
    [
        ({"S": [["2020年各市数据"], HEAD, *ROWS]}, "A1"),
        ({"2020年": [HEAD, *ROWS]}, "2020年"),
        ({"2015年排放": EMISSIONS, "2020年GDP": GDP}, "2020年GDP"),
        ({"排放": EMISSIONS, "GDP": [["2020年"], *GDP]}, "A1"),
    ],
)
def test_a_title_of_another_year_is_asked_about(refused, sheets, place):
    assert refused(book(**sheets)) == [("table_of_year", place)]


@pytest.mark.parametrize(
    "title",
    ["2015年各市数据", "2016—2020年目标分解（以2015年为基年）", "2016-2020年", "GDP按2010年价格计算", "填表日期：2017年3月12日",
     "桂发〔2016〕15号", "资料来源：2016年统计年鉴", "2014年和2015年", "第2版", "2017-03-12"],
)  # fmt: skip
def test_a_title_of_the_base_year_or_of_no_year_is_asked_nothing(read, title):
    assert read(book(S=[[title], HEAD, *ROWS]))[1] == []


def test_a_title_is_no_matter_where_headers_or_rows_name_the_year(read):
    headers = ("城市", "2015年二氧化碳排放量（万吨）", "2015年GDP（亿元）", "增长倍数")
    assert read(book(S=[["2016年各市数据"], headers, *ROWS]))[1] == []
    assert read(book(S=[["2016年各市数据"], (*HEAD, "年份"), *((*row, 2015) for row in ROWS)]))[1] == []


@pytest.mark.parametrize("header", ["统计年度", "数据年份"])
@pytest.mark.parametrize("year", ["2020", "2020年（预计）"])
def test_rows_of_another_year_are_refused_whatever_the_column_is_called(refused, header, year):
    assert [code for code, _ in refused(text((*HEAD, header), *((*row, year) for row in ROWS)))] == ["where_none"]


def test_of_a_sheet_for_each_year_that_of_the_base_year_is_taken(read):
    later = [(name, 2 * emissions, *rest) for name, emissions, *rest in ROWS]
    regions, said = read(book(**{"2014年": [HEAD, *later], "2015年": [["2015年"], HEAD, *ROWS]}))
    assert (list(map(int, regions.emissions)), said) == ([3000, 3500, 1500], ["sheet_of_year"])


@pytest.mark.parametrize(
    "header",
    ["二氧化碳排放量（预计）（万吨）", "二氧化碳排放量（万吨，快报数）", "2015年（估算）二氧化碳排放量（万吨）"],
)
def test_that_figures_are_not_final_is_said(read, header):
    regions, said = read(book(S=[(HEAD[0], header, *HEAD[2:]), *ROWS]))
    assert (int(regions.emissions[0]), said) == (3000, ["provisional"])


@pytest.mark.parametrize("header", ["二氧化碳排放量（2015年，吨）", "二氧化碳排放量（吨，2015年）"])
def test_year_and_unit_may_share_brackets(read, header):
    regions, _ = read(text((HEAD[0], header, *HEAD[2:]), *((name, 10000 * e, *rest) for name, e, *rest in ROWS)))
    assert int(regions.emissions[0]) == 3000
