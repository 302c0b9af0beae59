"""Tables that say in words what their figures are: of which unit, year, region; read as said, or asked about."""

import csv
import io

import pytest

from scenarios.accounting.energy_table import read_energy
from scenarios.errors import InputError
from scenarios.load import load_scenario
from scenarios.sense.rates import read_meant_rates
from scenarios.tables.columns import parse_header, ready_to_paste
from tests.scenarios.tables.books import book

CITIES = ("南宁市", "柳州市", "桂林市", "梧州市", "北海市", "钦州市", "玉林市")
EMISSIONS = (3000, 3500, 1500, 1200, 900, 1100, 1300)
GDP = (3410.08, 2298.62, 1942.97, 1078.61, 892.1, 944.4, 1445.9)
GROWTH = (1.4, 1.35, 1.38, 1.38, 1.45, 1.42, 1.37)
HEAD = ("城市", "二氧化碳排放量（万吨）", "GDP（亿元）", "增长倍数")
BARE = ("城市", "二氧化碳排放量", "GDP", "增长倍数")
SCENARIO = """\
schema_version: 1
name: my-province
title: 某省
period: {base: 2015, end: 2020}
target: 18%
regions: TABLE
bounds: {lower: 10%, upper: 25%}
reference: {map: linear, spread: 8 points}
criteria:
  capacity:
    weight: 1
    within: equal
    indicators:
      e: {column: intensity, direction: "+"}
"""
MORE = tuple(10 * value for value in EMISSIONS)
LESS = tuple(round(0.93 * value, 2) for value in EMISSIONS)
POORER = tuple(round(0.92 * value, 2) for value in GDP)


def table(head=HEAD, emissions=EMISSIONS, gdp=GDP):
    return [head, *zip(CITIES, emissions, gdp, GROWTH, strict=True)]


@pytest.fixture
def load(tmp_path):
    """Return a function that reads a table: figures of emissions and GDP, and codes of what is said."""

    def call(rows, more="", sheets=None):
        name = "regions.csv" if sheets is None else "regions.xlsx"
        (tmp_path / "scenario.yaml").write_text(SCENARIO.replace("TABLE", name) + more, "utf-8")
        if sheets is None:
            width, text = max(map(len, rows)), io.StringIO()
            csv.writer(text).writerows([*row, *[""] * (width - len(row))] for row in rows)
            (tmp_path / name).write_text(text.getvalue(), "utf-8")
        else:
            book(**sheets).save(tmp_path / name)
        scenario = load_scenario(tmp_path)
        regions = scenario.regions
        values = tuple(tuple(map(float, column)) for column in (regions.emissions, regions.gdp))
        return values, [notice.code for notice in scenario.notices]

    return call


@pytest.fixture
def asked(load):
    """Return a function that reads a table which is refused: code and id of what is asked, and where."""

    def call(*args, **named):
        with pytest.raises(InputError) as caught:
            load(*args, **named)
        return [(f.code, f.asked, f.place.cell or f.place.row) for f in caught.value.findings]

    return call


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ((), ["注：煤炭消费量单位：千吨"]),
        ((), ["注：钢铁产量单位：千吨"]),
        ((), ["注：煤炭（千吨）按0.7143折标"]),
        ((), ["注：玉林市含水泥产量（千吨）扣减部分。"]),
        ((), ["注：其中农业排放量以千吨计，已折算计入。"]),
        (["工业产品产量（千吨）与碳排放"], ()),
        ((), ["注：人均GDP以元计"]),
        ((), ["注：北海市含某石化项目（300千吨）。"]),
        (["单位：万吨、亿元"], ["注：煤炭消费量单位：千吨"]),
        (["单位：万吨、亿元、吨/万元"], ()),
        (["2015年各市碳排放（万吨）、人均碳排放（吨）和GDP（亿元）"], ()),
        ((), ["注：人均碳排放单位为吨/人"]),
    ],
)
def test_a_unit_of_something_else_is_not_that_of_emissions(load, above, below):
    values, _ = load([*([text] for text in above), *table(BARE), *([text] for text in below)])
    assert values == (EMISSIONS, GDP)


def test_a_unit_of_who_knows_what_is_asked_about(asked):
    assert asked([*table(BARE), ["注：化肥（千吨）另行统计。"]])[0][0] == "units_above_unclear"


@pytest.mark.parametrize(
    "said",
    [
        "二氧化碳排放量以千吨表示",
        "千吨、亿元",
        "本表排放量均为千吨",
        "单位；千吨",
        "单位;千吨 亿元",
        "注：二氧化碳单位千吨",
        "说明：碳排放数据计量单位采用千吨",
        "排放：千吨；GDP：亿元",
        "单位：千吨 / 亿元",
        "单位：千 吨",
        "单位：10³吨",
        "【单位：千吨】",
        "单位（千吨）",
        "各市基础数据（千吨）",
    ],
)
def test_a_unit_above_in_whatever_words_is_that_of_the_column(load, said):
    values, notices = load([[said], *table(BARE, MORE)])
    assert values[0] == EMISSIONS
    assert "units_above" in notices


@pytest.mark.parametrize("said", ["备注：碳排放数据为千吨", "说明：排放量用千吨表示"])
def test_a_unit_below_in_whatever_words_is_that_of_the_column(load, said):
    assert load([*table(BARE, MORE), [said]])[0] == (EMISSIONS, GDP)


def test_a_unit_in_the_name_of_the_sheet_is_that_of_the_column(load):
    assert load(None, sheets={"排放（千吨）": table(BARE, MORE)})[0] == (EMISSIONS, GDP)


@pytest.mark.parametrize("unit", ["(单位:千吨)", "（单位：千吨CO2）", "（1000吨）"])
def test_a_unit_behind_a_label_in_the_header_is_one(load, unit):
    assert load(table((HEAD[0], f"二氧化碳排放量{unit}", *HEAD[2:]), MORE))[0] == (EMISSIONS, GDP)


@pytest.mark.parametrize(("units", "name"), [("万吨、亿元、元", "人均GDP"), ("万吨、亿元、吨", "煤炭消费量")])
def test_units_one_for_each_column_are_those_of_the_columns_in_their_order(load, units, name):
    rows = [(city, e, y, 50000, k) for city, e, y, k in table()[1:]]
    assert load([[f"单位：{units}"], (*BARE[:3], name, BARE[3]), *rows])[0] == (EMISSIONS, GDP)


def two_rows(first, second, emissions, gdp):
    """Return a table whose header stands in two rows: quantities over two parts each."""
    upper = ("城市", "排放量（万吨）", "", "GDP（亿元）", "", "增长倍数")
    rows = zip(CITIES, *emissions, *gdp, GROWTH, strict=True)
    return [upper, ("", first, second, first, second, ""), *rows]


@pytest.mark.parametrize("other", ["上年", "去年", "上年同期", "基期", "计划", "目标", "比上年", "全口径", "2014年"])
@pytest.mark.parametrize("last", [False, True])
def test_of_two_parts_the_one_of_the_base_year_is_taken(load, other, last):
    pairs = [(LESS, EMISSIONS), (POORER, GDP)]
    parts = (other, "2015年") if last else ("2015年", other)
    columns = pairs if last else [pair[::-1] for pair in pairs]
    assert load(two_rows(*parts, *columns))[0] == (EMISSIONS, GDP)


def test_of_two_parts_without_a_year_that_of_this_year_is_proposed(load):
    with pytest.raises(InputError) as caught:
        load(two_rows("上年", "本年", (LESS, EMISSIONS), (POORER, GDP)))
    assert "columns: {emissions: 排放量本年, gdp: GDP本年}" in caught.value.findings[0].say("en")


def test_a_column_of_another_unit_is_not_proposed():
    headers = [parse_header(text) for text in ("地区", "碳强度（吨/万元）", "目标（%）")]
    assert "碳强度" not in ready_to_paste(["rate"], headers)


@pytest.mark.parametrize("name", ["南宁市（含横州）", "南宁市区", "南宁市辖区", "南宁市本级", "南宁市全域"])
def test_a_place_under_two_names_is_asked_about_without_codes_too(asked, name):
    found = asked([*table(), (name, 2000, 2410.08, 1.4)])
    assert found[0][:2] == ("same_place", f"same-place:{name}")


TOTAL = (13125, 12313.0, 1.39)  # five per cent above the sum of all cities: 12500


@pytest.mark.parametrize(
    "name",
    [
        "全省数",
        "全省总量",
        "全省（核算）",
        "总计数",
        "合计数",
        "Total Guangxi",
        "全省汇总",
        "各市之和",
        "全省（七市）",
        "合 计（万吨）",
        "我省",
    ],
)
def test_a_row_that_calls_itself_a_total_at_first_is_one(asked, name):
    assert asked([*table(), (name, *TOTAL)])[0][0] == "total_wrong"


@pytest.mark.parametrize("name", ["广西全区", "广西区", "广西（全区）", "广西数", "广西壮族自治区统计数"])
def test_the_province_is_a_total_whatever_its_name_says_of_its_figures(asked, name):
    province = "province: {name: {zh: 广西, en: Guangxi}, code: '45'}\n"
    assert asked([*table(), (name, *TOTAL)], province)[0][0] == "total_wrong"


@pytest.mark.parametrize("name", ["广西", "广西区", "广西全区", "某省", "市区", "省本级"])
def test_a_lone_province_and_what_is_of_no_city_are_asked_about(asked, name):
    assert asked([*table(), (name, *TOTAL)])[0][:2] == ("rest_row", f"rest-row:{name}")


@pytest.mark.parametrize("name", ["全省平均水平", "全省均值"])
def test_an_average_by_any_name_is_passed_over(load, name):
    assert load([*table(), (name, 1800, 1700.1, 1.39)]) == ((EMISSIONS, GDP), ["average_row"])


def test_the_provinces_are_regions_among_each_other(load):
    names = ("广西", "广东省", "湖南", "湖北省", "海南", "四川", "云南")
    rows = [(name, *row[1:]) for name, row in zip(names, table()[1:], strict=True)]
    assert load([HEAD, *rows])[0] == (EMISSIONS, GDP)


@pytest.fixture
def rates(tmp_path, guangxi):
    """Return a function that reads rates of 2015–2020 under some headers, below a title: the first rate."""

    def call(*headers, title=None):
        path = tmp_path / "rates.csv"
        lines = [",".join(("地区", *headers))]
        lines += [",".join((name, *(f"{17 - n}" for n in range(len(headers))))) for name in guangxi.regions.names]
        path.write_text("\n".join([*([title] if title else []), *lines]), "utf-8")
        return read_meant_rates(path, guangxi.regions, period=(2015, 2020))[0].rates[0]

    return call


@pytest.mark.parametrize(
    "header",
    [
        "下降率（%）",
        "“十三五”下降目标（%）",
        "2016—2020年下降目标（%）",
        "2020年下降目标（%）",
        "2020年比2015年下降率（%）",
    ],
)
def test_rates_of_the_period_however_it_is_named_are_read(rates, header):
    assert float(rates(header)) == 0.17


@pytest.mark.parametrize("header", ["十二五下降目标（%）", "2016年下降率（%）", "2011—2015年下降目标（%）"])
def test_rates_of_another_period_are_asked_about(rates, header):
    with pytest.raises(InputError) as caught:
        rates(header)
    assert [finding.code for finding in caught.value.findings] == ["rates_of_period"]


def test_rates_below_the_title_of_another_period_are_asked_about_and_not_below_their_own(rates):
    assert float(rates("下降率（%）", title="“十三五”各市碳强度下降目标")) == 0.17
    with pytest.raises(InputError) as caught:
        rates("下降率（%）", title="“十二五”各市碳强度下降目标")
    assert [(finding.code, finding.place.row) for finding in caught.value.findings] == [("rates_of_period", 1)]


def test_of_rates_of_two_periods_those_of_the_scenario_are_taken(rates):
    assert float(rates("十四五下降目标（%）", "十三五下降目标（%）")) == 0.16


@pytest.mark.parametrize(
    ("header", "named"),
    [
        ("排放数据kt", "排放数据kt"),
        ("2015年排放数据kt", "2015年排放数据kt"),
        ("千吨二氧化碳", "千吨二氧化碳"),
        ("二氧化碳排放量（千吨）（核算数）", "二氧化碳排放量（千吨）"),
        ("排放数据_千吨", "排放数据_千吨"),
    ],
)
def test_a_unit_anywhere_in_a_header_that_the_scenario_names_is_read(load, header, named):
    rows = table((HEAD[0], header, *HEAD[2:]), MORE)
    assert load(rows, f"columns: {{emissions: {named}}}\n")[0] == (EMISSIONS, GDP)


@pytest.mark.parametrize(
    ("head", "more"),
    [
        (("城市", "2014年碳排放数据（万吨）", *HEAD[2:]), "columns: {emissions: 2014年碳排放数据}\n"),
        (("城市", HEAD[1], "2014年GDP数（亿元）", HEAD[3]), "columns: {gdp: 2014年GDP数}\n"),
    ],
)
def test_a_column_of_another_year_that_the_scenario_names_is_asked_about(asked, head, more):
    assert [code for code, *_ in asked(table(head), more)] == ["table_of_year"]


def test_rows_of_another_year_that_the_scenario_names_are_asked_about(asked, load):
    rows = [("年份", *HEAD), *((2014, *row) for row in table(HEAD, LESS, POORER)[1:])]
    rows += [(2015, *row) for row in table()[1:]]
    assert asked(rows, "where: {年份: 2014}\n")[0][1] == "table-of-year:年份:2014"
    assert load(rows, "where: {年份: 2015}\n")[0] == (EMISSIONS, GDP)


def test_energy_in_the_unit_of_the_whole_table_and_in_none_of_two(tmp_path):
    rows = ["城市,年份,煤炭", "甲市,2015,500", "乙市,2015,400"]
    path = tmp_path / "energy.csv"
    path.write_text("\n".join([*rows, "注：1吨标准煤=7000千卡（吨标煤）", "单位：万吨标煤"]), "utf-8")
    assert [int(entry.amount) for entry in read_energy(path)[0].entries] == [5_000_000, 4_000_000]
    path.write_text("\n".join(["单位：吨标煤", *rows, "单位：万吨标煤"]), "utf-8")
    assert "units_above_unclear" in [finding.code for finding in read_energy(path)[1]]


def test_bounds_and_other_figures_on_a_second_sheet_are_asked_about(asked, load):
    bounds = [("城市", "下限（%）"), *((city, 12) for city in CITIES)]
    sheets = {"主": table(), "下限": bounds}
    assert asked(None, sheets=sheets)[0][0] == "stray_sheet"
    assert load(None, "sheet: 主\n", sheets)[0] == (EMISSIONS, GDP)
    load(None, "sheet: [主, 下限]\n", sheets)
    mended = [("城市", "GDP（亿元）"), *((city, 1.05 * y) for city, y in zip(CITIES, GDP, strict=True))]
    assert asked(None, sheets={"主": table(), "修正": mended})[0][0] == "sheets_differ"
    same = [("城市", "GDP（亿元）", "备注"), *((city, y, "x") for city, y in zip(CITIES, GDP, strict=True))]
    assert load(None, sheets={"主": table(), "核对": same, "2014年": [mended[0], *mended[1:3]]})[0] == (EMISSIONS, GDP)


def test_a_sheet_of_remarks_on_some_regions_lacks_none(load):
    emissions, rest = ([row[:2] for row in table()], [(row[0], *row[2:]) for row in table()])
    remarks = [("城市", "修改"), ("南宁市", "x"), ("北海市", "y")]
    assert load(None, sheets={"排放": emissions, "GDP": rest, "修改记录": remarks})[0] == (EMISSIONS, GDP)


@pytest.mark.parametrize("header", ["", "单位名称", "城市2"])
def test_two_cities_interchanged_in_a_second_list_of_names_are_asked_about(asked, header):
    second = (*reversed(table()[1:3]), *table()[3:])
    rows = [(*one[:2], "", two[0], *two[2:]) for one, two in zip(table()[1:], second, strict=True)]
    sheets = {"S": [(*HEAD[:2], "", header, *HEAD[2:]), *rows]}
    assert asked(None, sheets=sheets)[0] == ("second_names", f"second-names:{header}", "D2")


def test_an_answer_about_the_emissions_of_a_city_is_none_about_its_gdp(asked):
    accept = 'accept: [{id: "intensity-of-one-city:北海市", reason: x}]\n'
    rows = [row if row[0] != "北海市" else (*row[:2], 8.921, row[3]) for row in table()]
    assert asked(rows, accept)[0][:2] == ("intensity_of_city", "intensity-of-one-city:北海市:gdp")


def test_no_figure_is_proposed_that_puts_nothing_right(asked):
    rows = [HEAD, *((city, e * 10_000 if n < 4 else e, *rest) for n, (city, e, *rest) in enumerate(table()[1:]))]
    codes = [code for code, *_ in asked(rows)]
    assert codes[0] == "intensity_of_province"
    assert set(codes[1:]) == {"intensity_off"}


def test_a_header_that_stands_again_in_the_middle_is_no_row(load):
    rows = table()
    assert load([*rows[:4], HEAD, *rows[4:]])[0] == (EMISSIONS, GDP)


def test_a_name_of_thousands_of_letters_is_said_in_brief(load):
    with pytest.raises(InputError) as caught:
        load([*table(), ("x" * 9000, "a", 1, 1), ("X" * 9000, 1, 1, 1)])
    assert all(len(finding.say("en")) < 1000 for finding in caught.value.findings)
