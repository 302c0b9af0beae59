"""What people write above a column: units, years, prices and names of many forms."""

import pytest

from scenarios.tables.columns import folded, parse_header, ready_to_paste
from scenarios.tables.headers.names import PANEL


@pytest.mark.parametrize(
    ("text", "standard", "year", "factor"),
    [
        ("2025年二氧化碳排放量（万吨）", "emissions", 2025, "1"),
        ("二氧化碳排放量（2015年）", "emissions", 2015, "1"),
        ("二氧化碳排放量（万吨）2015年", "emissions", 2015, "1"),
        ("CO2_2015(万吨)", "emissions", 2015, "1"),
        ("CO₂排放量（万吨CO₂）", "emissions", None, "1"),
        ("emission (10^4 tons)", "emissions", None, "1"),
        ("Carbon emissions (million tonnes)", "emissions", None, "100"),
        ("二氧化碳排放量 吨", "emissions", None, "0.0001"),
        ("gdp_2015_亿元", "gdp", 2015, "1"),
        ("GDP（亿元）（2015年价）", "gdp", None, "1"),
        ("GDP（亿元，当年价）", "gdp", None, "1"),
        ("GDP（10^8 yuan）", "gdp", None, "1"),
        ("ＧＤＰ／万元", "gdp", None, "0.0001"),
        ("2015-2020年GDP增长倍数", "growth", None, "1"),
        ("“十三五”GDP增长倍数", "growth", None, "1"),
        ("2020年下降率（%）", "rate", 2020, "0.01"),
        ("地 区", "name", None, "1"),
        ("行政区划\u200b代码", "id", None, "1"),
        ("2015.0", "", 2015, "1"),
        ("2015年", "", 2015, "1"),
        ("年份", "year", None, "1"),
        ("所属省份", "province", None, "1"),
        ("人均GDP", "", None, "1"),
        ("2015年人均工资", "", None, "1"),
        ("GDP增长率", "", None, "1"),
    ],
)
def test_a_header_is_understood_with_unit_and_year(text, standard, year, factor):
    header = parse_header(text, PANEL)
    assert (header.standard, header.year, f"{header.factor:f}") == (standard, year, factor)


def test_mt_in_small_letters_is_asked_about():
    assert (parse_header("emissions (mt)").factor, parse_header("emissions (mt)").unit_code) == (
        None,
        "unit_two_meanings",
    )
    assert parse_header("emissions (Mt)").factor == 100
    assert parse_header("emissions (斤)").unit_code == "wrong_unit"


def test_names_are_folded_and_signs_and_numbers_are_not():
    assert folded("南\u200b宁市") == "南宁市"
    assert folded("４５０１００") == "450100"
    assert folded("\uf98e") == "年"
    assert folded("南宁市（含横州）") == "南宁市（含横州）"
    assert folded("10⁴ m³") == "10⁴ m³"


@pytest.mark.parametrize(
    ("missing", "headers", "pasted"),
    [
        (("emissions", "gdp"), ("城市", "排放总计（万吨）", "总产值"), "columns: {emissions: 排放总计, gdp: 总产值}"),
        (("growth",), ("城市", "人口"), "columns: {growth: …}"),
        (("emissions",), ("city", "Total: co2"), 'columns: {emissions: "Total: co2"}'),
        (("rate",), ("地区", "下降率指标值"), "columns: {rate: 下降率指标值}"),
        (("growth",), ("地区生产总值2019年", "地区生产总值核定"), "columns: {growth: …}"),
        (("growth",), ("地区生产总值2019年", "GDP年均增速（%）"), "columns: {growth: GDP年均增速}"),
        (("growth",), ("GDP 2020", "economic growth"), "columns: {growth: economic growth}"),
        (("growth",), ("2020年GDP增速", "人口增长率", "GDP核定"), "columns: {growth: …}"),
        (("growth",), ("2021-2025年GDP增速",), "columns: {growth: 2021-2025年GDP增速}"),
        (("gdp", "growth"), ("GDP增速", "GDP核定数"), "columns: {gdp: GDP核定数, growth: GDP增速}"),
        (("gdp",), ("GDP增长率",), "columns: {gdp: …}"),
        (("emissions",), ("CO2核定排放2015年", "GDP"), "columns: {emissions: CO2核定排放2015年}"),
        (("lower", "name"), ("2015年下限值", "城市名字2015"), "columns: {lower: …, name: …}"),
    ],
)
def test_what_is_missing_can_be_pasted_with_the_nearest_header(missing, headers, pasted):
    assert ready_to_paste(missing, map(parse_header, headers)) == pasted
