"""GDP at constant prices: chains by hand, and everything that may not be mixed."""

import shutil
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from scenarios.accounting.gdp_table import read_gdp
from scenarios.load import find_scenario, load_scenario
from scenarios.sense.asking import Answers

CHAIN = """地区,年份,现价地区生产总值(亿元),地区生产总值指数(上年=100),数据版本
甲市,2014,90,,最终核实
甲市,2015,100,107,最终核实
甲市,2016,112,108,最终核实
甲市,2017,125,110,最终核实
全省,2014,200,,最终核实
全省,2015,210,105,最终核实
全省,2016,230,106,最终核实
全省,2017,260,107,最终核实
"""
STATED = """地区,年份,可比价地区生产总值(万元),价格基期
甲市,2015,1000000,2015
甲市,2016,1080000,2015年
乙市,2015,500000,2015
乙市,2016,540000,2015
"""


@pytest.fixture
def read(tmp_path):
    def call(text, base=2015):
        path = tmp_path / "gdp.csv"
        path.write_text(text, "utf-8")
        return read_gdp(path, base)

    return call


@pytest.mark.parametrize(("name", "code"), [("小计", "subtotal_row"), ("平均", "average_row")])
def test_the_sum_or_the_average_of_some_is_not_the_provinces_own(read, name, code):
    gdp = read(f"{STATED}{name},2015,1,2015\n{name},2016,1,2015\n")
    assert (gdp.own, gdp.province(2015)) == ({}, 150)
    assert code in [notice.code for notice in gdp.notices]


def test_a_chain_both_ways_from_its_base_by_hand(read):
    gdp = read(CHAIN)
    assert gdp.levels[0] == {2014: Fraction(10000, 107), 2015: 100, 2016: 108, 2017: Fraction("118.8")}
    assert gdp.own == {2014: 200, 2015: 210, 2016: Fraction("222.6"), 2017: Fraction("238.182")}
    assert (gdp.province(2017), gdp.index(2017)) == (Fraction("238.182"), Fraction("113.42"))
    assert (gdp.base, gdp.chained, gdp.vintage, gdp.years) == (2015, True, "最终核实", (2014, 2015, 2016, 2017))
    assert read(CHAIN, 2017).levels[0][2014] == 125 / Fraction("1.1") / Fraction("1.08") / Fraction("1.07")


def test_levels_as_stated(read):
    gdp = read(STATED)
    assert gdp.levels == ({2015: 100, 2016: 108}, {2015: 50, 2016: 54})
    assert (gdp.province(2016), gdp.index(2016), gdp.chained) == (162, 108, False)
    assert gdp.supplied(2016).values == (Decimal(108), Decimal(54))


@pytest.mark.parametrize("header", ["GDP（现价、亿元）", "地区生产总值（亿元；当年价）", "生产总值（当年价格）(亿元)"])
def test_prices_may_stand_beside_the_unit(read, header):
    assert read(CHAIN.replace("现价地区生产总值(亿元)", header)).levels == read(CHAIN).levels
    stated = read(STATED.replace("可比价地区生产总值(万元)", "GDP（万元、不变价）"))
    assert stated.levels == read(STATED).levels


WHATEVER = Answers(only_said=frozenset(["question", "error"]))
"""Current prices of other years than the base are said to be odd and change nothing."""
indices = st.lists(st.decimals(60, 190, places=1), min_size=2, max_size=6)


@given(indices, st.data())
def test_growth_is_the_same_from_every_base(tmp_path_factory, chain, data):
    years = range(2015, 2015 + len(chain))
    rows = [f"甲市,{year},{data.draw(st.integers(1, 10**6))},{i}" for year, i in zip(years, chain, strict=True)]
    path = tmp_path_factory.mktemp("gdp") / "gdp.csv"
    path.write_text("地区,年份,现价地区生产总值,指数(上年=100)\n" + "\n".join(rows), "utf-8")
    for base in years:
        levels = read_gdp(path, base, answers=WHATEVER).levels[0]
        assert [levels[y] / levels[y - 1] for y in years[1:]] == [Fraction(i) / 100 for i in chain[1:]]


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        # levels at the prices of different years are never added
        (STATED.replace("54万", "54").replace("540000,2015", "540000,2010"), 2015, [("gdp_price_base", 5)]),
        (STATED, 2016, [("gdp_price_base", n) for n in (2, 3, 4, 5)]),
        # a revised series does not stand beside one that was not
        (CHAIN.replace("108,最终核实", "108,经济普查修订"), 2015, [("gdp_vintage", 4)]),
        (CHAIN.replace("108,最终核实", "108,"), 2015, [("gdp_vintage", 4)]),
        (CHAIN.replace("上年=100", "2010年=100"), 2015, [("gdp_index_base", None)]),
        (CHAIN.replace("(上年=100)", ""), 2015, [("gdp_index_base", None)]),
        (CHAIN.replace("112,108", "112,1.08"), 2015, [("gdp_index_range", 4)]),
        (CHAIN.replace("112,108", "112,8%"), 2015, [("percent_here", 4)]),
        (CHAIN.replace("112,108", "112,"), 2015, [("empty_cell", 4)]),
        (CHAIN.replace("2015,100", "2015,-100"), 2015, [("not_positive", 3)]),
        (CHAIN.replace("2015,100", "2015,一百"), 2015, [("not_a_number", 3)]),
        (CHAIN.replace("甲市,2016", "甲市,16"), 2015, [("year_form", 4)]),
        (CHAIN.replace("甲市,2016,112,108,最终核实\n", ""), 2015, [("gdp_gap", None)]),
        (CHAIN.replace("甲市,2016", "甲市,2015"), 2015, [("gdp_twice_year", 4)]),
        (CHAIN, 2010, [("gdp_no_base", None)]),
        (CHAIN.replace("现价地区", "地区"), 2015, [("gdp_which", None)]),
        (CHAIN.replace("现价地区生产总值(亿元)", "人口(万人)"), 2015, [("gdp_columns", None)]),
        (CHAIN.replace("地区生产总值指数(上年=100)", "GDP增速(%)"), 2015, [("gdp_rate_for_index", None)]),
        (CHAIN.replace("亿元", "亿吨"), 2015, [("wrong_unit", None)]),
        (CHAIN.replace("数据版本", "可比价地区生产总值"), 2015, [("gdp_both", None)]),
        (STATED.replace("价格基期", "备注"), 2015, [("gdp_no_price_base", None)]),
    ],
)
def test_what_cannot_be_used_is_named_by_row(read, refused, text, base, expected):
    assert [(f.code, f.place.row) for f in refused(read, text, base)] == expected


@pytest.mark.parametrize("header", ["GDP(现价)", "GDP（当年价格）", "地区生产总值（现价）(亿元)"])
def test_prices_alone_in_brackets_say_which(read, header):
    assert read(CHAIN.replace("现价地区生产总值(亿元)", header)).levels == read(CHAIN).levels


@pytest.mark.parametrize(("unit", "codes", "meant"), [("万元", ["gdp_which"], "万元"),
                                                      ("亿吨", ["wrong_unit", "gdp_which"], "亿元")])  # fmt: skip
def test_what_is_said_of_prices_keeps_the_unit(read, refused, unit, codes, meant):
    findings = refused(read, CHAIN.replace("现价地区生产总值(亿元)", f"地区生产总值({unit})"))
    assert [finding.code for finding in findings] == codes
    assert findings[-1].values["unit"] == meant


def test_several_mistakes_at_once_by_cell(tmp_path, refused):
    book = Workbook()
    for row in (
        ["地区", "年份", "现价地区生产总值(亿元)", "指数(上年=100)", "数据版本"],
        ["甲市", 2015, 100, None, "快报"], ["甲市", 2016, 110, 7, "修订"], ["甲市", 2017, 120, 108, None],
    ):  # fmt: skip
        book.active.append(row)
    book.save(tmp_path / "gdp.xlsx")
    found = refused(read_gdp, tmp_path / "gdp.xlsx", 2015)
    assert [(f.code, f.place.cell) for f in found] == [
        ("gdp_vintage", "E3"), ("gdp_vintage", "E4"), ("gdp_index_range", "D3"),
    ]  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    target = tmp_path / "case"
    shutil.copytree(find_scenario("accounting-example").parent, target)
    return target


def test_a_scenario_takes_its_gdp_from_the_table(folder):
    plain = load_scenario(folder)
    assert plain.regions.gdp == tuple(map(Decimal, (2600, 1900, 1100, 650, 420)))
    assert plain.regions.columns["gdp"] == plain.regions.gdp
    assert plain.inputs[-1].name == "gdp.csv"
    older = load_scenario(folder, ["gdp.price_base=2023", "period.base=2025"])
    # 2290 × 1.058 × 1.062 at the prices of 2023
    assert older.regions.gdp[0] == Decimal("2573.03484")
    assert older.gdp.base == 2023


def test_the_province_s_own_row_stands_for_reconciliation(folder):
    figures = ((2023, 5900), (2024, 6300), (2025, 6700))
    rows = "".join(f"990000,全省,{year},{gdp},105,虚构 invented\n" for year, gdp in figures)
    (folder / "gdp.csv").write_text((folder / "gdp.csv").read_text("utf-8") + rows, "utf-8")
    sums = load_scenario(folder, ["reconcile.gdp=scale"]).sums
    assert {step.quantity: step.province for step in sums.steps}["gdp"] == 6700


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("scenario.yaml", "  price_base: 2025\n", "", "missing_key"),
        ("scenario.yaml", "gdp.csv", "gross.csv", "no_file"),
        ("scenario.yaml", "price_base: 2025", "price_base: 2020", "gdp_no_base"),
        ("regions.csv", "growth,", "gdp(亿元),", "missing_columns"),
        ("regions.csv", "name_en,", "gdp(亿元),", "gdp_twice"),
        ("gdp.csv", "990500,戊市", "990600,己市", "gdp_extra"),
    ],
)
def test_what_is_wrong_between_scenario_and_table(folder, edit, refused, file, old, new, code):
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new), "utf-8")
    assert code in [finding.code for finding in refused(load_scenario, folder)]


def test_a_part_of_another_row_is_no_city(read, refused):
    assert [(f.code, f.place.row) for f in refused(read, STATED + "其中：丙县,2015,1000,2015\n")] == [
        ("part_or_region", 6)
    ]


JILIN = "地区,年份,可比价地区生产总值(亿元),价格基期\n长春,2015,1500,2015\n吉林,2015,900,2015\n四平,2015,700,2015\n"


def read_of(tmp_path, text, province):
    path = tmp_path / "gdp.csv"
    path.write_text(text, "utf-8")
    return read_gdp(path, 2015, province=province)


def test_a_city_called_as_its_province_is_asked_about(tmp_path, refused):
    (found,) = refused(read_of, tmp_path, JILIN, "吉林省")
    assert (found.code, found.place.row) == ("province_or_city", 3)


@pytest.mark.parametrize(
    ("more", "names"),
    [
        ("全省,2015,3100,2015\n", ("长春", "吉林", "四平")),
        ("吉林省,2015,3100,2015\n", ("长春", "吉林", "四平")),
        ("吉林市,2015,850,2015\n", ("长春", "四平", "吉林市")),
    ],
)
def test_another_row_tells_a_city_from_its_province(tmp_path, more, names):
    assert read_of(tmp_path, JILIN + more, "吉林省").names == names


def test_a_code_tells_a_city_from_its_province(tmp_path):
    coded = JILIN.replace("地区", "代码,地区", 1).replace("\n长", "\n220100,长").replace("\n吉", "\n220200,吉")
    assert read_of(tmp_path, coded.replace("\n四", "\n220300,四"), "吉林省").names == ("长春", "吉林", "四平")


@pytest.mark.parametrize(("province", "count"), [("桂林市", 3), ("恩施州", 2), ("", 2)])
def test_a_county_is_not_the_whole_of_a_prefecture(tmp_path, province, count):
    assert len(read_of(tmp_path, JILIN.replace("吉林", "全州"), province).names) == count


def test_an_index_of_no_year_is_asked_about(tmp_path, refused):
    rows = "".join(f"{n},{y}\n" for n, i in (("甲", "109"), ("乙", "171.2")) for y in ("2015,100,—", f"2016,110,{i}"))
    (tmp_path / "gdp.csv").write_text(f"地区,年份,现价地区生产总值(亿元),地区生产总值指数(上年=100)\n{rows}", "utf-8")
    found = refused(read_gdp, tmp_path / "gdp.csv", 2015)
    assert [(f.code, f.severity, f.place.row) for f in found] == [("gdp_index_odd", "question", 5)]
