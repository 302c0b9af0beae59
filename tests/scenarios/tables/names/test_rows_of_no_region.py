"""Rows and blocks of a sheet that are no region's: numbers of columns, statistics, headers again, a second table."""

import pytest

from scenarios.errors import InputError
from scenarios.regions.table import read_regions
from scenarios.regions.wanted import Wanted
from scenarios.tables.headers.names import TRACKING
from scenarios.tables.layout.asked import Asked
from scenarios.tables.rates import read_rates
from scenarios.tables.sheets import read_sheet
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


STATISTICS = ("最大值", "最小值", "中位数", "标准差", "平均", "全省平均", "平均值（%）", "增速", "增速（%）", "占比",
              "排名", "占全省比重（%）", "比上年增长（%）", "最大值（柳州市）", "合计占比", "合计增速", "全国平均",
              "加权平均", "极差", "变异系数", "Max", "Median", "Std. Dev.")  # fmt: skip


@pytest.mark.parametrize("name", STATISTICS)
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


# one table below the other

FIRST = [HEAD, *ROWS[:3]]


@pytest.mark.parametrize("between", [["续表"], ["续表1"], ["各市基础数据（续）"], ["表1（续）", "单位：万吨"]])
def test_a_table_that_goes_on_below_is_one_table(read, between):
    regions, said = read([*FIRST, between, HEAD, *ROWS[3:]])
    assert whole(regions)
    assert said == ["continued"]
    assert whole(read([*FIRST, ["注：初稿。"], between, HEAD, *ROWS[3:], ("合计", 10100, 9622.38)])[0])


def test_a_table_may_go_on_in_another_order_of_columns_and_with_its_units_and_numbers_again(read):
    other = [(row[0], row[2], row[1], row[3]) for row in ROWS[3:]]
    assert whole(read([*FIRST, ["续表"], (HEAD[0], HEAD[2], HEAD[1], HEAD[3]), *other])[0])
    head = [("城市", "排放量", "GDP", "增长倍数"), ("", "万吨", "亿元", "倍"), ("甲", 1, 2, 3)]
    assert whole(read([*head, *ROWS[:3], ["续表"], *head, *ROWS[3:]])[0])
    bare, line = ("城市", "排放量", "GDP", "增长倍数"), ["单位：万吨、亿元"]
    assert whole(read([line, bare, *ROWS[:3], ["续表"], line, bare, *ROWS[3:]])[0])
    assert whole(read([line, bare, *ROWS[:3], ["续表"], bare, *ROWS[3:]])[0])


def test_a_table_that_goes_on_in_another_unit_is_refused(refused):
    tonnes = [(row[0], row[1] * 10_000, *row[2:]) for row in ROWS[3:]]
    rows = [*FIRST, ["续表"], (HEAD[0], "二氧化碳排放量（吨）", *HEAD[2:]), *tonnes]
    assert ("units_disagree", "B1") in refused(rows)
    bare = ("城市", "排放量", "GDP", "增长倍数")
    rows = [["单位：万吨、亿元"], bare, *ROWS[:3], ["续表"], ["单位：吨、亿元"], bare, *tonnes]
    assert ("units_disagree", "B2") in refused(rows)


def test_a_city_that_stands_in_both_parts_is_said(refused):
    assert refused([*FIRST, ["续表"], HEAD, *ROWS[2:]]) == [("region_twice", "A7")]


@pytest.mark.parametrize("between", [[["续表"]], []])
def test_further_columns_below_are_joined_by_city(read, refused, between):
    above, below = [HEAD[:3], *(row[:3] for row in ROWS)], [HEAD[::3], *(row[::3] for row in ROWS)]
    regions, said = read([*above, *between, *below])
    assert whole(regions)
    assert said == ["sheets_joined"]
    assert refused([*above, *between, *below[:-1]]) == [("missing_regions", "S")]
    assert whole(read([*above, *between, below[0], *below[:0:-1]])[0])


def test_an_indicator_may_stand_below(read):
    shares = [("城市", "服务业占比"), *((row[0], n) for n, row in enumerate(ROWS, 40))]
    regions, said = read([HEAD, *ROWS, ["续表"], *shares], {"服务业占比"})
    assert (list(map(int, regions.columns["服务业占比"])), said) == ([40, 41, 42, 43, 44], ["sheets_joined"])


@pytest.mark.parametrize(
    "other",
    [
        [["续表"], ("城市", "人口（万人）"), *((row[0], 300) for row in ROWS)],
        [["表2 各市能耗"], ("城市", "能耗（万吨标准煤）"), *((row[0], 300) for row in ROWS)],
        [["表2 行业能耗"], ("行业", "能耗（万吨标准煤）", "占比（%）"), ("工业", 1, 2), ("建筑业", 3, 4)],
    ],
)
def test_another_table_on_the_sheet_is_named_wherever_it_stands(read, other):
    regions, said = read([HEAD, *ROWS, *other])
    assert whole(regions)
    assert said == ["table_unread"]
    if other[1][0] == "城市":
        assert read([*other, ["表1 各市数据"], HEAD, *ROWS])[1] == ["table_unread"]


def test_figures_above_a_table_are_named(read):
    above = [("指标", "数值"), ("下降目标", "18%"), ("规划期增长", 1.35)]
    regions, said = read([["基本情况"], *above, ["各市数据"], HEAD, *ROWS])
    assert whole(regions)
    assert said == ["table_unread"]
    assert read([["各市数据"], ("填报地区", "广西"), ("联系电话", 5551234), HEAD, *ROWS])[1] == []


def test_of_two_years_one_below_the_other_the_base_year_is_taken(read, refused):
    earlier = [(name, emissions - 9, gdp - 8, growth) for name, emissions, gdp, growth in ROWS]
    for years in ((2015, ROWS, 2014, earlier), (2014, earlier, 2015, ROWS)):
        first, above, second, below = years
        regions, said = read([[f"{first}年"], HEAD, *above, [f"{second}年"], HEAD, *below])
        assert whole(regions)
        assert said == ["sheet_of_year"]
    assert refused([HEAD, *ROWS, ["表2"], HEAD, *earlier]) == [("several_tables", "S")]


def test_years_one_below_the_other_are_years_of_one_table(tmp_path, guangxi):
    names = guangxi.regions.names
    head = ("城市", "GDP（亿元）", "二氧化碳排放量（万吨）")
    rows = [[[f"{year}年"], head, *((name, year - 1000 + n, year + n) for n, name in enumerate(names))]
            for year in (2016, 2017)]  # fmt: skip
    book(S=[*rows[0], *rows[1]]).save(tmp_path / "t.xlsx")
    sheet, _ = read_sheet(tmp_path / "t.xlsx", ("name", "year"), TRACKING)
    year = sheet.position("year")
    assert [row[year].text for row in sheet.rows] == ["2016"] * len(names) + ["2017"] * len(names)
    assert sheet.findings == ()


@pytest.mark.parametrize(
    "titles", [("地区生产总值（亿元）", "二氧化碳排放量（万吨）"), ("各市GDP（亿元）", "表2 各市碳排放量（万吨）")]
)
def test_columns_of_years_below_each_other_are_of_what_their_titles_say(tmp_path, read, titles):
    money = [("城市", 2014, 2015), *((row[0], 1, row[2]) for row in ROWS)]
    emissions = [("城市", 2014, 2015), *((row[0], 2, row[1]) for row in ROWS)]
    growth = [["增长倍数"], HEAD[::3], *(row[::3] for row in ROWS)]
    assert whole(read([[titles[0]], *money, [titles[1]], *emissions, *growth])[0])
    book(S=[[titles[0]], *money, [titles[1]], *emissions]).save(tmp_path / "t.xlsx")
    sheet, _ = read_sheet(tmp_path / "t.xlsx", ("name", "year"), TRACKING)
    at = [sheet.position(name) for name in ("name", "year", "gdp", "emissions")]
    assert [[row[n].text for n in at] for row in sheet.rows[:2]] == [
        ["南宁市", "2014", "1", "2"],
        ["南宁市", "2015", "3410.08", "3000"],
    ]


def test_a_column_below_of_another_year_is_asked_about(refused):
    above, below = [HEAD[:2], *(row[:2] for row in ROWS)], [(HEAD[0], *HEAD[2:]), *((r[0], *r[2:]) for r in ROWS)]
    assert refused([["2015年"], *above, ["2014年"], *below]) == [("table_of_year", "A8")]


def test_a_city_without_figures_is_neither_a_header_nor_a_title(refused):
    rows = [(*HEAD, "类型"), *((*row, "地级市") for row in ROWS)]
    rows.insert(3, ("来宾市", "缺", "缺", "缺", "地级市"))
    assert refused(rows) == [("not_a_number", cell) for cell in ("C4", "D4", "B4")]
    assert ("empty_cell", "B4") in refused([*FIRST[:3], ("来宾市",), ["续表"], HEAD, *ROWS[2:]])
    assert ("empty_cell", "B4") in refused([*FIRST[:3], ("来宾",), HEAD, *ROWS[2:]])


def test_lines_above_that_say_region_and_year_are_no_table(read, refused):
    lines = [["地区", "广西"], ["年度", 2015]]
    assert whole(read([*lines, HEAD, *ROWS])[0])
    assert [code for code, _ in refused([lines[0], ["年度", 2014], HEAD, *ROWS])] == ["table_of_year"]


def test_a_further_header_without_rows_is_nothing(read):
    assert whole(read([HEAD, *ROWS, ["续表"], HEAD])[0])


def test_text_tables_go_on_below_too(tmp_path, guangxi):
    path, lines = tmp_path / "regions.csv", [HEAD, *ROWS[:3], ("续表", "", "", ""), HEAD, *ROWS[3:]]
    path.write_text("\n".join(",".join(map(str, line)) for line in lines), "utf-8")
    regions, _, said = read_regions(path, Wanted(frozenset(), guangxi.file.bounds, None, asked=Asked(year=2015)))
    assert whole(regions)
    assert [(one.code, one.place.row) for one in said] == [("continued", 6)]


def test_rates_may_go_on_below(tmp_path, guangxi):
    rows = [(name, f"{10 + n}%") for n, name in enumerate(guangxi.regions.names)]
    head = ("地区", "下降率")
    for between in ([["续表"]], []):
        book(S=[["附表"], head, *rows[:9], *between, head, *rows[9:]]).save(tmp_path / "t.xlsx")
        table = read_rates(tmp_path / "t.xlsx", guangxi.regions)
        assert [float(rate) for rate in table.rates] == [(10 + n) / 100 for n in range(len(rows))]


# rows without a name


@pytest.mark.parametrize("at", [1, 3, 6])
def test_a_row_of_figures_without_a_name_is_refused_at_its_cell(refused, at):
    rows = [HEAD, *ROWS]
    rows.insert(at, ("", 700, 800.5, 1.3))
    assert refused(rows) == [("empty_cell", f"A{at + 1}")]


@pytest.mark.parametrize("at", [0, 1])
def test_a_row_without_a_name_on_one_of_the_joined_sheets_is_refused(refused, at):
    sheets = [[HEAD[:2], *(row[:2] for row in ROWS)], [(HEAD[0], *HEAD[2:]), *((row[0], *row[2:]) for row in ROWS)]]
    sheets[at].append(("", 700, 1.3)[: 2 + at])
    assert set(refused(None, 排放=sheets[0], GDP=sheets[1])) == {("empty_cell", "A7")}


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_last_rate_without_a_name_is_no_note(tmp_path, guangxi, suffix):
    rows, path = [*((name, "17%") for name in guangxi.regions.names), ("", "18%")], tmp_path / f"t.{suffix}"
    if suffix == "csv":
        path.write_text("\n".join(",".join(row) for row in (("地区", "下降率"), *rows)), "utf-8")
    else:
        book(S=[("地区", "下降率"), *rows]).save(path)
    with pytest.raises(InputError) as caught:
        read_rates(path, guangxi.regions)
    assert [finding.code for finding in caught.value.findings] == ["empty_cell"]


# units of what the table has not


BARE = ("城市", "二氧化碳排放量", "GDP", "增长倍数")
OF_ELSE = ("能耗单位为万吨标准煤", "能耗单位：吨", "单位：万人", "二氧化硫排放量单位为吨", "氮氧化物排放以吨计",
           "甲烷排放（吨）", "货物吞吐量（万吨）", "外贸进出口单位为万元", "零售额（万元）", "碳强度单位为吨/万元",
           "用电单位为亿千瓦时，能耗单位为吨", "面积（平方公里）", "污染物单位为吨")  # fmt: skip


@pytest.mark.parametrize("text", OF_ELSE)
def test_a_unit_of_what_the_table_has_not_is_none_of_its_columns(read, text):
    regions, said = read([BARE, *ROWS, [f"注：{text}"]])
    assert whole(regions)
    assert said == ["note_row"]
    assert whole(read([[text], BARE, *ROWS])[0])
