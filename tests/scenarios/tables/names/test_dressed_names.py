"""Names and headers with what is no part of them: numbers, marks, notes, provinces, a second language."""

import pytest

from scenarios.errors import InputError
from scenarios.file.schema import Province
from scenarios.regions.table import read_regions
from scenarios.regions.wanted import Wanted
from scenarios.tables.columns import parse_header
from scenarios.tables.layout.asked import Asked
from scenarios.tables.naming.dressed import plain_names
from scenarios.tables.rates import read_rates
from tests.scenarios.tables.books import book

HEAD = ("城市", "二氧化碳排放量（万吨）", "GDP（亿元）", "增长倍数")
CITIES = ("南宁市", "柳州市", "桂林市", "防城港市")
ENGLISH = ("Nanning", "Liuzhou", "Guilin", "Fangchenggang")
FIGURES = ((3000, 3410.08, 1.4), (3500, 2298.62, 1.35), (1500, 1942.97, 1.38), (900, 620.72, 1.45))
ROWS = tuple((name, *row) for name, row in zip(CITIES, FIGURES, strict=True))
GUANGXI = Province(name="广西壮族自治区", code="450000", members=CITIES)


@pytest.fixture
def read(tmp_path, guangxi):
    """Return a function that reads a table of cities of 广西: names, emissions, and codes of what is said."""

    def call(rows, province=GUANGXI, indicators=()):
        book(S=rows).save(tmp_path / "regions.xlsx")
        own = () if province is None else ("广西壮族自治区", "450000")
        wanted = Wanted(frozenset(indicators), guangxi.file.bounds, province, asked=Asked(year=2015, province=own))
        regions, _, said = read_regions(tmp_path / "regions.xlsx", wanted)
        return regions.names, tuple(map(int, regions.emissions)), [finding.code for finding in said]

    return call


@pytest.mark.parametrize(
    "form",
    [
        "{0} {1}", "{1} {0}", "{0}/{1}", "{1} ({0})", "{0}（{1}）", "{0}{1}",
        "广西{0}", "广西壮族自治区{0}", "广西-{0}", "广西 {0}",
        "{n}.{0}", "{n}、{0}", "{n}. {0}", "（{k}）{0}", "{k}、{0}", "({n}){0}", "{n}）{0}", "{o}{0}", "{n} {0}",
        "{0}[{n}]", "{0}2", "{0}*", "{0}①)", "{0}（注{n}）", "{0}[注]", "{0}({n})", "{n}.广西{0}[1]",
    ],
)  # fmt: skip
def test_what_stands_around_a_name_is_no_part_of_it(read, form):
    names = [
        form.format(city, english, n=n, k="一二三四"[n - 1], o="①②③④"[n - 1])
        for n, (city, english) in enumerate(zip(CITIES, ENGLISH, strict=True), 1)
    ]
    rows = [HEAD, *((name, *row) for name, row in zip(names, FIGURES, strict=True))]
    assert read(rows) == (CITIES, (3000, 3500, 1500, 900), ["folded"])


@pytest.mark.parametrize("form", ["{0} {1}", "{1} {0}", "{0}/{1}", "{1} ({0})", "{0}（{1}）", "{2}.{1} {0}①"])
def test_the_english_name_in_a_cell_is_the_english_name(tmp_path, guangxi, form):
    names = [form.format(city, english, 3) for city, english in zip(CITIES, ENGLISH, strict=True)]
    book(S=[HEAD, *((name, *row) for name, row in zip(names, FIGURES, strict=True))]).save(tmp_path / "t.xlsx")
    regions, _, _ = read_regions(tmp_path / "t.xlsx", Wanted(frozenset(), guangxi.file.bounds, None))
    assert (regions.names, regions.names_en) == (CITIES, ENGLISH)


@pytest.mark.parametrize("note", ["（含防城区）", "(包括上思县、东兴市)", "（全市）"])
def test_a_note_that_a_city_is_whole_is_no_part_of_its_name(read, note):
    assert read([HEAD, *ROWS[:3], (f"防城港市{note}", *FIGURES[3])])[::2] == (CITIES, ["folded"])


@pytest.mark.parametrize("form", ["{1} {0}", "{0}（{1}）", "{1}{0}", "{1}000000{0}"])
def test_a_code_beside_a_name_is_no_part_of_it_if_it_is_its_own(form):
    assert plain_names([form.format("柳州市", 450200)]) == {form.format("柳州市", 450200): "柳州市"}
    assert plain_names([form.format("柳州市", 450300)]) == {}


def test_a_city_with_another_one_is_not_that_city(read):
    with pytest.raises(InputError) as caught:
        read([HEAD, *ROWS[:3], ("防城港市（含钦州市）", *FIGURES[3])])
    assert "unknown_region" in [finding.code for finding in caught.value.findings]


@pytest.mark.parametrize(
    "names",
    [
        ("城市1", "城市2"),
        ("片区(1)", "片区(2)"),
        ("Zone (a)", "Zone (b)"),
        ("南宁市", "南宁市（含横州）"),
        ("东区 East", "东区 West"),
    ],
)
def test_names_that_would_be_one_keep_what_tells_them_apart(names):
    assert plain_names(names) == {}


def test_two_numbers_of_one_city_are_the_same_city():
    assert plain_names(["1.南宁市", "2.南宁市"]) == {"1.南宁市": "南宁市", "2.南宁市": "南宁市"}


@pytest.mark.parametrize(
    ("text", "plain"),
    [("吉林吉林市", "吉林市"), ("湖北省仙桃市", "仙桃市"), ("青海海南州", "海南州"), ("贵州省黔南州", "黔南州")],
)
def test_a_province_before_a_name_is_told_from_the_name(text, plain):
    assert plain_names([text]) == {text: plain}


@pytest.mark.parametrize(
    "text",
    [
        "吉林市",
        "海南州",
        "广西合计",
        "广东柳州市",
        "CBD新区",
        "第一师",
        "1区",
        "市本级",
        "三亚市",
        "九江市",
        "十堰市",
        "海南藏族自治州",
    ],
)
def test_what_is_part_of_a_name_stays(text):
    assert plain_names([text]) == {}


def test_a_city_of_another_province_keeps_it():
    assert plain_names(["广东湛江市", "广西柳州市"], ["广西壮族自治区"]) == {"广西柳州市": "柳州市"}


def test_a_number_before_a_heading_of_a_group_stays(read):
    rows = [HEAD, ("一、桂北",), *ROWS[1:3], ("二、桂南",), ROWS[0], ROWS[3]]
    assert read(rows, None)[2] == ["heading_row"] * 2


def test_rates_of_numbered_cities_are_theirs(tmp_path, guangxi):
    names = guangxi.regions.names
    rows = [(f"{n}.广西{name}[{n}]", f"{10 + n / 10}%") for n, name in enumerate(names, 1)]
    book(S=[("地区 Region", "下降率 Reduction rate"), *rows]).save(tmp_path / "rates.xlsx")
    table = read_rates(tmp_path / "rates.xlsx", guangxi.regions)
    assert [f"{rate:.3f}" for rate in table.rates] == [f"{(10 + n / 10) / 100:.3f}" for n in range(1, len(names) + 1)]


def test_a_province_may_go_by_its_letter(tmp_path, guangxi):
    book(S=[("省份", *HEAD), *(("桂", *row) for row in ROWS), ("粤", "广州市", 9, 9, 1.4)]).save(tmp_path / "t.xlsx")
    asked = Asked(year=2015, province=("广西壮族自治区", "450000"))
    regions, _, _ = read_regions(tmp_path / "t.xlsx", Wanted(frozenset(), guangxi.file.bounds, None, asked=asked))
    assert regions.names == CITIES


@pytest.mark.parametrize(
    ("header", "standard", "unit"),
    [
        ("地区 Region", "name", ""), ("Region 地区", "name", ""), ("地区/Region", "name", ""), ("城市City", "name", ""),
        ("二氧化碳排放量 CO2 emissions（万吨）", "emissions", "万吨"),
        ("CO2 emissions 二氧化碳排放量（千吨）", "emissions", "千吨"),
        ("二氧化碳排放量（万吨）CO2 emissions (10^4 t)", "emissions", "万吨"),
        ("二氧化碳排放量（千吨） CO2 emissions", "emissions", "千吨"),
        ("二氧化碳排放量（CO2 emissions，千吨）", "emissions", "千吨"),
        ("GDP 地区生产总值（亿元）", "gdp", "亿元"), ("地区生产总值（GDP）", "gdp", ""),
        ("地区生产总值（GDP）（万元）", "gdp", "万元"), ("增长倍数 Growth factor", "growth", ""),
        ("下降率 Reduction rate（%）", "rate", "%"),
        ("地区生产总值 GDP per capita（元）", "", "元"), ("二氧化碳排放量 GDP（万吨）", "", "万吨"),
        ("人均地区生产总值 GDP（元）", "", "元"),
    ],
)  # fmt: skip
def test_a_header_in_two_languages_is_what_both_say(header, standard, unit):
    found = parse_header(header)
    assert (found.standard, found.unit) == (standard, unit)


def test_a_header_in_two_languages_and_two_units_has_none_that_fits():
    assert parse_header("二氧化碳排放量（万吨）CO2 emissions (t)").factor is None


def test_a_year_beside_two_languages_is_its_year():
    found = parse_header("2015年二氧化碳排放量 CO2 emissions（万吨）")
    assert (found.standard, found.year, found.unit) == ("emissions", 2015, "万吨")
