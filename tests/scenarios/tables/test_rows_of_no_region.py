"""Rows and blocks of a sheet that are no region's: numbers of columns, statistics, headers again, a second table."""

import pytest

from scenarios.errors import InputError
from scenarios.regions_table import Wanted, read_regions
from scenarios.tables.layout.asked import Asked
from scenarios.tables.rates import read_rates
from tests.scenarios.tables.books import book

HEAD = ("城市", "二氧化碳排放量（万吨）", "GDP（亿元）", "增长倍数")
ROWS = (("南宁市", 3000, 3410.08, 1.4), ("柳州市", 3500, 2298.62, 1.35), ("桂林市", 1500, 1942.97, 1.38),
        ("梧州市", 1200, 1078.61, 1.38), ("北海市", 900, 892.1, 1.45))  # fmt: skip
EMISSIONS, GDP, GROWTH = ([float(row[n]) for row in ROWS] for n in (1, 2, 3))


@pytest.fixture
def read(tmp_path, guangxi):
    """Return a function that reads a table of 2015: its regions, and the codes of what is said."""

    def call(rows, indicators=(), **sheets):
        (book(S=rows) if rows else book(**sheets)).save(tmp_path / "regions.xlsx")
        wanted = Wanted(frozenset(indicators), guangxi.file.bounds, None, asked=Asked(year=2015))
        regions, _, said = read_regions(tmp_path / "regions.xlsx", wanted)
        return regions, [finding.code for finding in said]

    return call


@pytest.fixture
def refused(read):
    """Return a function that reads a table which is refused: code and cell of what is found."""

    def call(*args, **named):
        with pytest.raises(InputError) as caught:
            read(*args, **named)
        return [(f.code, f.place.cell or f.place.sheet) for f in caught.value.findings]

    return call


def whole(regions):
    """Return whether the regions are those of `ROWS` with their figures."""
    found = ([float(v) for v in values] for values in (regions.emissions, regions.gdp, regions.growth))
    return (regions.names, *found) == (tuple(row[0] for row in ROWS), EMISSIONS, GDP, GROWTH)


# numbers of columns


@pytest.mark.parametrize(
    "row",
    [("甲", 1, 2, 3), ("甲", "1", "2", "3=2/1"), ("（1）", "（2）", "（3）", "（4）"), ("A", "B", "C", "D"),
     ("①", "②", "③", "④"), ("栏次", 1, 2, 3), ("甲", "乙", "丙", "丁"), (1, 2, 3, 4), ("—", 1, 2, 3),
     ("", "(1)", "(2)", "(3)"), ("I", "II", "III", "IV")],
)  # fmt: skip
def test_a_row_that_numbers_the_columns_is_no_region(read, row):
    regions, said = read([HEAD, row, *ROWS])
    assert whole(regions)
    assert said == ["number_row"]


def test_numbers_of_columns_may_stand_above_or_below_the_units_and_beside_running_numbers(read):
    bare, units = ("城市", "二氧化碳排放量", "GDP", "增长倍数"), ("", "万吨", "亿元", "倍")
    assert whole(read([bare, ("甲", 1, 2, 3), units, *ROWS])[0])
    assert whole(read([bare, units, ("甲", 1, 2, 3), *ROWS])[0])
    rows = [(n, *row) for n, row in enumerate(ROWS, 1)]
    assert whole(read([("序号", *HEAD), ("甲", "乙", 1, 2, 3), *rows])[0])


def test_cities_of_such_names_are_cities(read):
    regions, said = read([HEAD, ("甲", 1, 2, 3), ("乙", 2, 3, 3.1), ("丙", 2, 3, 3.2)])
    assert (regions.names, said) == (("甲", "乙", "丙"), [])


# statistics


@pytest.mark.parametrize(
    "name",
    ["最大值", "最小值", "中位数", "标准差", "平均", "全省平均", "平均值（%）", "增速", "增速（%）", "占比",
     "占全省比重（%）", "排名", "比上年增长（%）", "最大值（柳州市）", "合计占比", "合计增速", "全国平均", "加权平均", "极差", "变异系数",
     "Max", "Median", "Std. Dev."],
)  # fmt: skip
def test_a_row_of_statistics_is_no_city(read, name):
    regions, said = read([HEAD, *ROWS, (name, 3500, 3410, 1.4)])
    assert whole(regions)
    assert said == ["average_row"]


def test_a_row_of_statistics_in_a_table_of_rates_is_said(tmp_path, guangxi):
    rows = [(name, "17%") for name in guangxi.regions.names]
    book(S=[("地区", "下降率"), *rows, ("最大值", "19%"), ("排名", "1%")]).save(tmp_path / "t.xlsx")
    table = read_rates(tmp_path / "t.xlsx", guangxi.regions)
    assert [notice.values["found"] for notice in table.notices] == ["最大值", "排名"]


# headers that stand twice


@pytest.mark.parametrize("header", ["备注", "增速（%）", ""])
def test_a_column_that_is_not_used_may_stand_twice(read, header):
    regions, said = read([(*HEAD, header, header), *((*row, 3, 4) for row in ROWS)])
    assert whole(regions)
    assert set(said) <= {"column_unused"}


def test_a_column_that_is_used_may_not(refused):
    assert refused([(*HEAD, HEAD[2]), *((*row, 4) for row in ROWS)]) == [("column_twice", "E1")]
    rows = [(*HEAD, "占比", "占比"), *((*row, 40, 41) for row in ROWS)]
    assert refused(rows, {"占比"}) == [("column_twice", "F1")]
