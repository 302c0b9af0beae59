"""Tables as offices hand them round: several lines of notes, totals without a name, rows of another province."""

from decimal import Decimal

import pytest

from scenarios.errors import InputError
from scenarios.file.schema import Province
from scenarios.regions.table import read_regions
from scenarios.regions.wanted import Wanted
from scenarios.sense.asking import Answers
from scenarios.tables.layout.asked import Asked
from scenarios.tables.sheets import read_sheet
from scenarios.wording import Text
from tests.scenarios.tables.books import book

HEAD = ("城市", "二氧化碳排放量（万吨）", "GDP（亿元）", "增长倍数")
ROWS = (("南宁市", 3000, 3410.08, 1.4), ("柳州市", 3500, 2298.62, 1.35), ("桂林市", 1500, 1942.97, 1.38))


@pytest.fixture
def read(tmp_path, guangxi):
    """Return a function that reads rows of 2015: the regions, and the codes and cells of what is said."""

    def call(*rows, province=None, asked=None, years=5, indicators=()):
        path = tmp_path / "regions.xlsx"
        book(S=rows).save(path)
        wanted = Wanted(
            frozenset(indicators), guangxi.file.bounds, province, asked=asked or Asked(year=2015), years=years
        )
        regions, _, notices = read_regions(path, wanted)
        return regions, [(notice.code, notice.place.cell or notice.place.row) for notice in notices]

    return call


@pytest.fixture
def refused(read):
    """Return a function that reads rows which are refused: what is found, code and cell."""

    def call(*rows, **named):
        with pytest.raises(InputError) as caught:
            read(*rows, **named)
        return [(f.code, f.place.cell or f.place.sheet) for f in caught.value.findings if f.severity != "notice"]

    return call


# notes of several lines


@pytest.mark.parametrize(
    "lines",
    [
        ("注：1.GDP为可比价", "2.排放不含工业过程"),
        ("注：本表数据为初步核算数", "排放口径为能源活动"),
        ("* 含横州市", "1) 初步数"),
        ("注：本表数据为初步核算数", "一、排放口径为能源活动", "二、地区生产总值为可比价"),
        ("1.初步数", "2.能源活动"),
        ("Note: preliminary", "energy only"),
    ],
)
@pytest.mark.parametrize("above", [(), (("合计", 8000, 7651.67, None),)])
def test_a_note_may_have_several_lines(read, lines, above):
    regions, said = read(HEAD, *ROWS, *above, *((line,) for line in lines))
    first = 5 + len(above)
    assert len(regions) == 3
    assert [at for code, at in said if code == "note_row"] == list(range(first, first + len(lines)))


@pytest.mark.parametrize("line", ["崇左市", "崇左", "2.崇左", "横州市"])
def test_a_region_without_figures_is_no_line_of_a_note(refused, line):
    assert ("empty_cell", "B6") in refused(HEAD, *ROWS, ("注：初步数",), (line,))


def test_numbered_regions_are_no_lines_of_a_note(refused):
    numbered = [(f"{n}.{name}", *rest) for n, (name, *rest) in enumerate(ROWS, 1)]
    assert ("empty_cell", "B5") in refused(HEAD, *numbered, ("1.初步数",))


# a total without a name


def test_a_row_without_a_name_that_adds_up_is_the_total(read):
    regions, said = read(HEAD, *ROWS, (None, 8000, 7651.67, None))
    assert (len(regions), said) == (3, [("total_row_unnamed", "A5")])


def test_a_row_without_a_name_that_does_not_add_up_is_refused(refused):
    assert ("empty_cell", "A5") in refused(HEAD, *ROWS, (None, 8000, 7651.87, 1.4))


# whose rows

GUANGXI = "南宁市 柳州市 桂林市 梧州市 北海市 防城港市 钦州市 贵港市 玉林市 百色市 贺州市 河池市 来宾市 崇左市"
FIGURES = (
    (3120.5, 4726.34), (4510.2, 3176.94), (1502.8, 2130.41), (905.4, 1081.34), (1380.6, 1276.91), (2105.3, 732.81),
    (1650.9, 1387.96), (1905.7, 1352.73), (1210.1, 1761.08), (2890.4, 1333.73), (870.2, 753.95), (790.8, 927.71),
    (1420.3, 705.72), (1105.6, 809.0),
)  # fmt: skip
OWN = Province(name={"zh": "广西", "en": "Guangxi"}, code="450000")


def table(**changed):
    """Return a table of the prefectures of Guangxi, some under another name or, with None, without their row."""
    rows = zip(GUANGXI.split(), FIGURES, strict=True)
    return [HEAD, *((changed.get(n, n), *f, 1.35 + k / 1000) for k, (n, f) in enumerate(rows) if changed.get(n, n))]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (table(), []),
        (table(梧州市="吾州市"), [("region_meant", "A5")]),
        (table(防城港市="防城市"), [("region_meant", "A7")]),
        (table(崇左市=None), [("prefectures_missing", "S")]),
        ([*table(), ("湛江市", 3000, 3100.2, 1.3)], [("other_province", "A16")]),
        ([*table(), ("横州市", 300, 430.1, 1.33), ("桂平市", 420, 410.3, 1.36)], [("county_row", "A16")]),
        ([*table(), ("自治区本级", 1200, 900.5, 1.3)], [("rest_row", "A16")]),
        ([*table()[:6], ("其他", 3000, 3100.2, 1.3)], [("rest_row", "A7")]),  # only some were meant
    ],
)
def test_regions_are_held_against_the_prefectures_of_the_province(read, refused, rows, found):
    if not found:
        assert read(*rows, province=OWN)[1] == []
    else:
        assert refused(*rows, province=OWN) == found


def test_the_prefectures_are_known_by_the_name_of_the_province_alone(refused):
    own = OWN.model_copy(update={"code": ""})
    assert refused(*table(梧州市="吾州市"), province=own) == [("region_meant", "A5")]


def test_counties_under_the_province_itself_are_asked_nothing(read):
    names = (
        "武汉市 黄石市 十堰市 宜昌市 襄阳市 鄂州市 荆门市"
        " 孝感市 荆州市 黄冈市 咸宁市 随州市 恩施州 仙桃市 潜江市 天门市 神农架林区"
    )
    rows = [(name, 3000 + 17 * n, 2500 + 11.3 * n, 1.3) for n, name in enumerate(names.split())]
    own = Province(name={"zh": "湖北", "en": "Hubei"}, code="420000")
    assert read(HEAD, *rows, province=own)[1] == []


def test_cities_of_two_provinces_are_asked_about_where_no_province_is_named(read, refused):
    rows = (*ROWS, ("广州", 9000, 25000.5, 1.3))
    assert refused(HEAD, *rows) == [("several_provinces", "A5")]
    head, panel = ("省份", *HEAD), [("广西", *row) for row in ROWS] + [("广东", *rows[-1])]
    assert refused(head, *panel) == [("several_provinces", "B5")]
    assert len(read(head, *panel, asked=Asked(year=2015, where={"province": "广西"}))[0]) == 3


# sums and sizes


def test_the_sum_of_cities_that_stand_apart_is_asked_about(refused, read):
    bay = [FIGURES[n] for n in (0, 4, 5, 6)]
    rows = [*table(), ("北部湾经济区", round(sum(e for e, _ in bay), 1), round(sum(y for _, y in bay), 2), 1.4)]
    assert rows[-1][1:3] == (8257.3, 8124.02)
    assert refused(*rows) == [("sum_of_some", "A16")]
    assert read(*rows[:-1], (*rows[-1][:2], 8124.03, 1.4))[1] == []


def test_emissions_and_gdp_that_are_both_too_small_are_asked_about(refused):
    head = ("城市", "二氧化碳排放量（吨）", "GDP（万元）", "增长倍数")
    asked = [("size_too_small", "B1"), ("size_too_small", "C1")]
    assert refused(head, *table()[1:]) == asked
    assert refused(["单位：吨、万元"], ("城市", "二氧化碳排放量", "GDP", "增长倍数"), *table()[1:]) == [
        ("size_too_small", "B2"),
        ("size_too_small", "C2"),
    ]


# headers


def test_an_empty_header_over_the_names_is_that_of_the_names(read, refused):
    assert len(read(("", *HEAD[1:]), *ROWS)[0]) == 3
    assert refused(("", *HEAD[1:]), *((n, *row[1:]) for n, row in enumerate(ROWS))) == [("missing_columns", "S")]


@pytest.mark.parametrize(
    "head",
    [
        ("市 别\nCity", "二氧化碳排放量\n(万吨)\nCO2 Emissions\n(10 000 tons)",
         "地区生产总值\n(亿元)\nGross Regional Product\n(100 million yuan)", "增长倍数"),
        ("地区", "二氧化碳排放（万吨）①", "地区生产总值（亿元）[2]", "增长倍数"),
        ("地区", "二氧化碳排放〔1〕（万吨）", "地区生产总值（亿元）（注2）", "增长倍数"),
        ("Region", "CO2 emissions (10,000 tons)", "GDP (100 million yuan)", "Growth factor"),
        ("Region", "CO2 emissions (10 000 t)", "GRP (100 million yuan)", "Growth factor"),
    ],
)  # fmt: skip
def test_headers_as_yearbooks_print_them(read, head):
    regions, said = read(head, *ROWS)
    assert ([int(e) for e in regions.emissions], said) == ([3000, 3500, 1500], [])


@pytest.mark.parametrize(("unit", "size"), [("Gg", 10), ("Tg", "0.01"), ("10,000 t", 1), ("1,000 t", 10)])
def test_units_of_mass(read, unit, size):
    rows = ((name, Decimal(e) * Decimal(size), *rest) for name, e, *rest in ROWS)
    assert list(read((HEAD[0], f"碳排放量（{unit}）", *HEAD[2:]), *rows)[0].emissions) == [3000, 3500, 1500]


def findings(read, *rows, **named):
    with pytest.raises(InputError) as caught:
        read(*rows, **named)
    return caught.value.findings


def test_of_two_columns_of_gdp_that_of_constant_prices_is_proposed(read):
    head = (*HEAD[:2], "GDP（亿元，当年价）", "GDP（亿元，2015年可比价）", HEAD[3])
    rows = [(*row[:2], row[2] * 1.1, *row[2:]) for row in ROWS]
    (found,) = findings(read, head, *rows)
    assert (found.code, found.values["paste"]) == ("column_of_two", "columns: {gdp: GDP（亿元，2015年可比价）}")
    named = Asked({"gdp": "GDP（亿元，2015年可比价）"}, year=2015)
    assert float(read(head, *rows, asked=named)[0].gdp[0]) == 3410.08


@pytest.mark.parametrize("header", ["万元GDP二氧化碳排放（吨）", "人均二氧化碳排放", "单位面积碳排放"])
def test_an_amount_for_each_of_something_is_not_proposed(read, header):
    (found,) = findings(read, (HEAD[0], header, *HEAD[2:]), *ROWS)
    assert (found.code, found.values["paste"]) == ("missing_columns", "columns: {emissions: …}")


def test_an_indicator_may_stand_in_two_languages(read):
    rows = [(*row, share) for row, share in zip(ROWS, (39.8, 44.1, 51.2), strict=True)]
    head = (*HEAD, "三产占比\n(%)\nTertiary Share")
    assert [float(v) for v in read(head, *rows, indicators=["三产占比"])[0].columns["三产占比"]] == [39.8, 44.1, 51.2]
    (found,) = findings(read, (*HEAD, "三产占比GDP"), *rows, indicators=["三产占比"])
    assert (found.code, found.values["paste"]) == ("indicator_column", "columns: {三产占比: 三产占比GDP}")


# figures and files


@pytest.mark.parametrize("text", ["3500①", "3500 *", "3500（修订）", "3500[2]", "3500（注1）"])
def test_a_mark_behind_a_figure_is_refused_with_what_it_may_be(read, text):
    (found,) = findings(read, HEAD, ROWS[0], ("柳州市", text, *ROWS[1][2:]), ROWS[2])
    assert (found.code, found.place.cell, found.values["meant"]) == ("number_marked", "B3", "3500")


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("<html><meta charset=utf-8><table><tr><td>城市</td></tr></table>", "网页（HTML）"),
        ('<?xml version="1.0"?><Workbook/>', "XML 文本"),
        ("城市\t排放\n南宁市\t3000\n", "纯文本"),
        ("\0\1\2", "认不出的数据"),
    ],
)
def test_what_is_only_called_xls_is_told_by_what_it_is(tmp_path, raw, kind):
    path = tmp_path / "t.xls"
    path.write_text(raw, "utf-8")
    with pytest.raises(InputError) as caught:
        read_sheet(path, ["name"])
    (found,) = caught.value.findings
    assert (found.code, found.values["kind"].zh) == ("no_workbook", kind)


@pytest.mark.parametrize("first", ["指标", "Unnamed: 0", "2015年"])
def test_whatever_stands_above_prefectures_is_the_header_of_the_names(read, first):
    units, codes = ("单位", "万吨", "亿元", "倍"), ("代码", "01", "02", "03")
    regions, _ = read((first, "二氧化碳排放", "地区生产总值", "增长倍数"), units, codes, *ROWS)
    assert ([int(e) for e in regions.emissions], len(regions)) == ([3000, 3500, 1500], 3)


def test_a_sheet_an_indicator_with_a_row_a_year_and_a_column_a_city_is_read(tmp_path, guangxi):
    names = [row[0] for row in ROWS]

    def sheet(title, at, step):
        own = [row[at] for row in ROWS]
        return [
            [title],
            ["年份", *names, "合计"],
            *([y, *(v + step * (y - 2015) for v in own), None] for y in (2014, 2015)),
        ]

    path = tmp_path / "regions.xlsx"
    book(
        排放=sheet("二氧化碳排放（万吨）", 1, 100),
        GDP=sheet("地区生产总值（亿元）", 2, 50),
        增长=sheet("增长倍数", 3, 0),
    ).save(path)
    wanted = Wanted(frozenset(), guangxi.file.bounds, None, asked=Asked(year=2015), years=5)
    regions, _, notices = read_regions(path, wanted)
    assert [int(e) for e in regions.emissions] == [3000, 3500, 1500]
    assert (float(regions.gdp[2]), float(regions.growth[0]), regions.names) == (1942.97, 1.4, tuple(names))
    assert [notice.code for notice in notices].count("transposed") == 3


def test_rows_of_years_under_indicators_stay_as_they_are(read):
    head = ("年份", "城市", *HEAD[1:])
    assert [code for code, _ in read(head, *((2015, *row) for row in ROWS))[1]] == []


def test_what_is_asked_about_the_members_is_answered_by_its_id(tmp_path, guangxi):
    path = tmp_path / "regions.xlsx"
    book(S=[*table(崇左市=None), ("湛江市", 3000, 3100.2, 1.3)]).save(path)
    reasons = {key: Text("试", "a test") for key in ("other-province:湛江市", "missing:崇左市")}
    wanted = Wanted(frozenset(), guangxi.file.bounds, OWN, asked=Asked(year=2015), years=5, answers=Answers(reasons))
    regions, _, notices = read_regions(path, wanted)
    assert (len(regions), [notice.code for notice in notices]) == (14, ["other_province", "prefectures_missing"])
