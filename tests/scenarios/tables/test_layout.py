"""Where in a file the table stands, and what a scenario may say of it: columns, where, sheet."""

import pytest
from openpyxl import Workbook

from scenarios.errors import InputError
from scenarios.file.schema import Province
from scenarios.regions.table import read_regions
from scenarios.regions.wanted import Wanted
from scenarios.schema_types import Words
from scenarios.sense.asking import NO_ANSWERS, Answers
from scenarios.tables.layout.asked import Asked
from scenarios.tables.sheets import read_sheet
from tests.scenarios.tables.books import book

HEAD = ("城市", "二氧化碳排放量（万吨）", "GDP（亿元）", "增长倍数")
ROWS = (("南宁市", 3000, 3410.08, 1.4), ("柳州市", 3500, 2298.62, 1.35), ("桂林市", 1500, 1942.97, 1.38))
WANTED = ("name", "emissions", "gdp", "growth")


def text(*rows):
    return "".join(",".join(map(str, row)) + "\n" for row in rows)


@pytest.fixture
def regions(tmp_path, guangxi):
    """Return a function that reads a table as regions of 2015, as far as `asked`."""

    def call(raw, asked=None, name="regions.csv", indicators=(), province=None, answers=NO_ANSWERS):
        path = tmp_path / name
        raw.save(path) if isinstance(raw, Workbook) else path.write_bytes(raw.encode())
        asked = asked or Asked(year=2015)
        wanted = Wanted(frozenset(indicators), guangxi.file.bounds, province, asked=asked, answers=answers)
        return read_regions(path, wanted)

    return call


@pytest.fixture
def refusal(regions, rendered):
    """Return a function that reads a table which is refused, and returns its one finding."""

    def call(*args, **named):
        with pytest.raises(InputError) as caught:
            regions(*args, **named)
        (finding,) = rendered(caught.value.findings)
        return finding

    return call


def test_a_table_without_codes_goes_by_its_names(regions):
    read, _, notices = regions(text(HEAD, *ROWS))
    assert read.ids == read.names == ("南宁市", "柳州市", "桂林市")
    assert not notices


def test_a_name_twice_is_refused_without_codes_too(refusal):
    assert refusal(text(HEAD, *ROWS, ("南宁", 1, 1, 1))).code == "region_twice"


def test_provinces_are_the_regions_where_there_are_no_others(regions):
    codes = ("110000", "120000", "130000")
    rows = [(code, name, *row[1:]) for code, name, row in zip(codes, ("北京市", "天津市", "河北省"), ROWS, strict=True)]
    read, _, notices = regions(text(("行政区划代码", "省份", *HEAD[1:]), *rows))
    assert read.names == ("北京市", "天津市", "河北省")
    assert not notices


# columns


def test_a_scenario_names_the_headers_that_nobody_knows(regions, refusal):
    table = text(("城市", "排放总计/吨", "总产值（万元）", "增长倍"), *ROWS)
    missing = refusal(table)
    assert missing.code == "missing_columns"
    assert missing.values["paste"] == "columns: {emissions: 排放总计/吨, gdp: 总产值, growth: 增长倍}"
    columns = {"emissions": "排放总计/吨", "gdp": "总产值", "growth": "增长倍"}
    read, _, _ = regions(table, Asked(columns, year=2015))
    assert (float(read.emissions[0]), float(read.gdp[0])) == (0.3, 0.341008)


def test_a_named_column_goes_before_one_that_is_known(regions):
    table = text((*HEAD, "核定排放（万吨）"), *((*row, 5000) for row in ROWS))
    read, _, _ = regions(table, Asked({"emissions": "核定排放"}, year=2015))
    assert set(map(int, read.emissions)) == {5000}


def test_columns_hold_for_every_table_of_the_scenario(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("地区,目标值\n南宁,17%\n", "utf-8")
    sheet, _ = read_sheet(path, ("name", "rate"), asked=Asked({"rate": "目标值"}))
    assert sheet.rows[0][sheet.position("rate")].parse() == (17, True)


@pytest.mark.parametrize(
    ("header", "columns"),
    [("人均工资/元", {}), ("人均工资（元）", {}), ("职工平均工资（元）", {"人均工资": "职工平均工资"})],
)
def test_an_indicator_is_found_with_a_unit_behind_a_slash_or_by_columns(regions, header, columns):
    table = text((*HEAD, header), *((*row, 56000) for row in ROWS))
    read, _, notices = regions(table, Asked(columns, year=2015), indicators={"人均工资"})
    assert set(map(int, read.columns["人均工资"])) == {56000}
    assert not notices


def test_an_indicator_that_is_missing_is_asked_for_with_what_to_paste(refusal):
    table = text((*HEAD, "人均工资水平"), *((*row, 56000) for row in ROWS))
    finding = refusal(table, indicators={"人均工资"})
    assert (finding.code, finding.values["paste"]) == ("indicator_column", "columns: {人均工资: 人均工资水平}")


# years and where


def test_a_header_of_another_year_is_asked_about_and_read_where_it_is_named_with_a_reason(regions, refusal):
    table = text(("城市", "2025年二氧化碳排放量（万吨）", *HEAD[2:]), *ROWS)
    finding = refusal(table)
    assert (finding.code, finding.values["found"], finding.values["needed"]) == ("header_year", "2025", 2015)
    named, key = Asked({"emissions": "2025年二氧化碳排放量"}, year=2015), "table-of-year:2025年二氧化碳排放量:2025"
    assert refusal(table, named).asked == key
    read, _, _ = regions(table, named, answers=Answers({key: "快报"}))
    assert int(read.emissions[0]) == 3000


def test_an_undated_column_goes_before_dated_ones(regions):
    read, _, notices = regions(text((*HEAD, "2020年GDP（亿元）"), *((*row, 9) for row in ROWS)))
    assert float(read.gdp[0]) == 3410.08
    assert not notices


def test_the_rows_of_a_panel_are_those_of_the_base_year_however_it_is_written(regions, refusal):
    for year in ("2015", "2015.0", "2015年", "2015-12-31"):
        earlier = [(name, "2014", emissions - 1, gdp - 1, growth) for name, emissions, gdp, growth in ROWS]
        rows = [*earlier, *((name, year, *rest) for name, *rest in ROWS)]
        read, _, notices = regions(text(("城市", "年份", *HEAD[1:]), *rows))
        assert len(read) == 3
        assert [notice.code for notice in notices] == ["rows_chosen"]
    finding = refusal(text(("城市", "年份", *HEAD[1:]), *((name, 2014, *rest) for name, *rest in ROWS)))
    assert (finding.code, finding.values["known"], finding.values["first"]) == ("where_none", "2014", "2014")


def test_a_row_of_a_panel_under_the_wrong_year_is_named(refusal):
    rows = [[name, when, *rest] for when in (2014, 2015) for name, *rest in ROWS]
    rows[-1][1] = 2014
    finding = refusal(text(("城市", "年份", *HEAD[1:]), *rows))
    assert (finding.code, finding.place.row, finding.place.column) == ("year_misdated", 7, "年份")
    assert (finding.values["name"], finding.values["found"], finding.values["needed"]) == (ROWS[-1][0], "2014", "2015")


def test_where_chooses_rows_by_any_column(regions, refusal):
    table = text(("省份", *HEAD), *(("广西壮族自治区", *row) for row in ROWS), ("广东省", "广州市", 1, 1, 1))
    read, _, _ = regions(table, Asked(where={"province": "广西"}, year=2015))
    assert len(read) == 3
    assert refusal(table, Asked(where={"地带": "东部"}, year=2015)).code == "where_column"
    finding = refusal(table, Asked(where={"省份": "湖南"}, year=2015))
    assert finding.values["known"] == "广西壮族自治区、广东省"


# sheets


def test_a_sheet_is_chosen_by_name(regions, refusal):
    twice = book(甲=(HEAD, *ROWS), 乙=(HEAD, *((row[0], 5000, *row[2:]) for row in ROWS)))
    assert refusal(twice, name="t.xlsx").values["first"] == "甲"
    read, _, _ = regions(twice, Asked(sheets=("乙",), year=2015), "t.xlsx")
    assert set(map(int, read.emissions)) == {5000}
    assert refusal(twice, Asked(sheets=("丙",), year=2015), "t.xlsx").values["known"] == "甲、乙"


def test_sheets_are_joined_by_city_and_a_city_that_one_lacks_is_named(regions, refusal):
    left = (HEAD[:2], *(row[:2] for row in ROWS), ("合计", 8000))
    right = (("地区", *HEAD[2:]), *((row[0].removesuffix("市"), *row[2:]) for row in reversed(ROWS)))
    read, _, notices = regions(book(排放=left, 经济=right), name="t.xlsx")
    assert read.names == ("南宁市", "柳州市", "桂林市")
    assert [float(value) for value in read.gdp] == [row[2] for row in ROWS]
    assert [notice.code for notice in notices] == ["sheets_joined", "total_row"]
    for first, second, sheet in ((left, right[:3], "经济"), (left[:3], right, "排放")):
        finding = refusal(book(排放=first, 经济=second), name="t.xlsx")
        assert (finding.code, finding.place.sheet) == ("missing_regions", sheet)


def test_a_sheet_whose_column_of_regions_has_another_name_is_the_one_that_is_named(regions, refusal):
    rows = [(f"{name}城", *rest) for name, rest in zip("甲乙丙", (row[1:] for row in ROWS), strict=True)]
    left, right = (HEAD[:2], *(row[:2] for row in rows)), (("所辖", *HEAD[2:]), *((row[0], *row[2:]) for row in rows))
    finding = refusal(book(排放=left, 经济=right), name="t.xlsx")
    assert (finding.place.sheet, finding.values["missing"]) == ("经济", (("名称（name）", "name (名称)"),))
    known = (("市名", *HEAD[2:]), *right[1:])
    assert len(regions(book(排放=left, 经济=known), name="t.xlsx")[0]) == 3


@pytest.mark.parametrize("between", [(), ("",)])
def test_halves_side_by_side_are_one_table(regions, between):
    right = (HEAD, ("北海市", 700, 892.1, 1.5), ("", "", "", ""), ("合计", 8700, "", ""))
    rows = [(*one, *between, *other) for one, other in zip((HEAD, *ROWS), right, strict=True)]
    read, _, notices = regions(text(*rows))
    assert (read.names, read.emissions[-1]) == ((*(row[0] for row in ROWS), "北海市"), 700)
    assert [n.code for n in notices] == ["halves", "total_row"]


@pytest.mark.parametrize("number", ["{}.1", "{}2", "{}_2"])
def test_headers_of_the_right_half_may_have_a_number_behind(regions, number):
    right = (tuple(map(number.format, HEAD)), ("北海市", 700, 892.1, 1.5), ("", "", "", ""), ("", "", "", ""))
    read, _, notices = regions(text(*((*one, *other) for one, other in zip((HEAD, *ROWS), right, strict=True))))
    assert (read.names[-1], read.emissions[-1], [n.code for n in notices]) == ("北海市", 700, ["halves"])


def test_halves_of_the_same_regions_are_refused_with_what_to_do(regions, rendered):
    with pytest.raises(InputError) as caught:
        regions(text(*((*row, *row) for row in (HEAD, *ROWS))))
    assert "右栏各行移到左栏下面" in rendered(caught.value.findings)[0].say("zh")


LEFT = (("代码", *HEAD[:2]), *((f"45010{n}", *row[:2]) for n, row in enumerate(ROWS)))
RIGHT = (("代码", "地区", *HEAD[2:]), *((f"45010{n}", row[0], *row[2:]) for n, row in enumerate(ROWS)))
SLIPPED = (RIGHT[0], *((row[0], ROWS[n - 2][0], *row[2:]) for n, row in enumerate(RIGHT[1:])))
TWO_GDPS = ((*LEFT[0], "GDP（万元）", "序号"), *((*row, 7e6, n) for n, row in enumerate(LEFT[1:], 1)))


@pytest.mark.parametrize(
    ("left", "right", "code", "cell", "said"),
    [
        (LEFT, (*RIGHT, ("", "南宁", 9.9, 1.4)), "region_twice", "B5", "B2"),
        (LEFT, (*RIGHT, ("450101", "", 9.9, 1.4)), "region_twice", "B5", "B3"),
        (LEFT, SLIPPED, "region_conflict", "B2", "450100 / 南宁市"),
        (TWO_GDPS, RIGHT, "sheets_differ", "C2", "D2"),
    ],
)
def test_sheets_that_do_not_go_together_are_refused_with_the_cells(
    regions, rendered, left, right, code, cell, said
):  # fmt: skip
    with pytest.raises(InputError) as caught:
        regions(book(排放=left, 经济=right), name="t.xlsx")
    first = rendered(caught.value.findings)[0]
    assert (first.code, first.place.sheet, first.place.cell) == (code, "经济", cell)
    assert said in first.say("zh")


def test_a_column_of_two_sheets_that_agree_is_one(regions):
    own = (
        (*LEFT[0], "GDP（万元）", "序号"),
        *((*row, r[2] * 10_000, n) for n, (row, r) in enumerate(zip(LEFT[1:], ROWS, strict=True), 1)),
    )
    again = ((*RIGHT[0], "序号"), *((*row, n) for n, row in enumerate(reversed(RIGHT[1:]), 1)))
    read, _, _ = regions(book(排放=own, 经济=again), name="t.xlsx")
    assert [float(value) for value in read.gdp] == [row[2] for row in ROWS]


def test_a_sheet_of_other_regions_is_left_out_unless_the_scenario_names_it(regions, rendered):
    counties = (("县区", "名称", "人口"), ("横州", "县一", 100), ("宾阳", "县二", 90))
    sheets = {"县": counties, "排放": LEFT, "经济": RIGHT}
    read, _, notices = regions(book(**sheets), name="t.xlsx")
    assert read.names == ("南宁市", "柳州市", "桂林市")
    assert notices[0].values["sheets"] == "排放、经济"
    asked = Asked(sheets=tuple(sheets), year=2015)
    with pytest.raises(InputError) as caught:
        regions(book(**sheets), asked, "t.xlsx")
    found = {(finding.code, finding.place.sheet) for finding in rendered(caught.value.findings)}
    assert found == {("missing_regions", "县"), ("missing_regions", "排放")}


def test_the_province_and_a_subtotal_need_no_row_on_every_sheet(regions, guangxi):
    province = Province(name=Words(zh="广西壮族自治区", en="Guangxi"), code="450000")
    asked = Asked(year=2015, province=province.spellings)
    sums = ("", "小计", 3000), ("", "小计", 5000), ("450000", "广西", 8000)
    left = (*LEFT[:2], sums[0], *LEFT[2:], *sums[1:])
    read, _, notices = regions(book(排放=left, 经济=RIGHT), asked, "t.xlsx", province=province)
    assert read.names == ("南宁市", "柳州市", "桂林市")
    assert [notice.code for notice in notices] == ["sheets_joined", *["total_row"] * 3]


# what stands around a table


def test_notes_below_are_passed_over(regions):
    notes = (
        ("注1：初步数。",),
        ("数据来源：统计年鉴",),
        ("填表人：", "张三", "电话：", "0771"),
        ("2016年1月",),
        ("※ 含农垦",),
    )
    read, _, notices = regions(text(HEAD, *ROWS, *(note + ("",) * (4 - len(note)) for note in notes)))
    assert len(read) == 3
    assert [(notice.code, notice.place.row) for notice in notices] == [("note_row", n) for n in range(5, 10)]


@pytest.mark.parametrize("last", ["积石山保安族东乡族撒拉族自治县", "黔西南布依族苗族自治州", "南宁市（含横州）"])
def test_a_city_without_figures_is_no_note(regions, rendered, last):
    with pytest.raises(InputError) as caught:
        regions(text(HEAD, *ROWS, (last, "", "", "")))
    assert {finding.code for finding in rendered(caught.value.findings)} - {"several_provinces"} == {"empty_cell"}


def test_a_total_is_one_wherever_its_label_stands(regions):
    rows = [(n, *row) for n, row in enumerate(ROWS, 1)]
    for label in (("合 计", ""), ("全市：", ""), ("", "小计")):
        _, _, notices = regions(text(("序号", *HEAD), *rows, (*label, 8000, 7651.67, "")))
        assert [notice.code for notice in notices] == ["column_unused", "total_row"]


BARE = ("城市", "二氧化碳排放量", "GDP", "增长倍数")
IN_SMALL = tuple((name, e * 10_000, y * 10_000, g) for name, e, y, g in ROWS)


@pytest.mark.parametrize(
    "above",
    [
        (("", "吨", "万元", ""),),
        (("单位：", "吨", "万元", "倍"),),
        (("表1 各市基年数据", "", "", ""), ("单位", "（吨）", "（万元）", "—")),
        (("", "单位：吨", "单位：万元", ""),),
    ],
)
def test_a_row_of_units_above_the_header_is_one_of_units(regions, above):
    read, _, notices = regions(text(*above, BARE, *IN_SMALL))
    assert [float(value) for value in read.emissions] == [row[1] for row in ROWS]
    assert [float(value) for value in read.gdp] == pytest.approx([row[2] for row in ROWS])
    assert [notice.code for notice in notices] == ["unit_converted"] * 2


def test_one_unit_above_its_column_is_of_that_and_one_behind_a_label_of_the_table(regions):
    one = tuple((name, e * 10_000, y, g) for name, e, y, g in ROWS)
    read, _, _ = regions(text(("", "吨", "", ""), BARE, *one))
    assert [float(value) for value in read.emissions] == [row[1] for row in ROWS]
    read, _, notices = regions(text(("", "", "", "单位：吨"), BARE, *one))
    assert [float(value) for value in read.emissions] == [row[1] for row in ROWS]
    assert notices[0].code == "units_above"


def test_units_above_that_the_header_contradicts_or_that_do_not_fit_are_refused(refusal, regions, rendered):
    finding = refusal(text(("", "吨", "亿元", ""), HEAD, *ROWS))
    assert (finding.code, finding.place.column) == ("units_disagree", "二氧化碳排放量")
    assert finding.values["below"].row == 1
    with pytest.raises(InputError) as caught:
        regions(text(("", "亿元", "万吨", ""), BARE, *ROWS))
    assert [finding.code for finding in rendered(caught.value.findings)] == ["wrong_unit", "wrong_unit"]


def test_a_unit_above_is_taken_where_a_column_has_none_and_it_fits(regions):
    table = text(("（单位：吨、亿元）", "", "", ""), ("城市", "排放量", "GDP（万元）", "增长倍数"), *ROWS)
    read, _, notices = regions(table)
    assert (float(read.emissions[0]), float(read.gdp[0])) == (0.3, 0.341008)
    assert [(notice.code, notice.values.get("given")) for notice in notices] == [
        ("units_above_differ", None),  # 亿元, and the header says 万元
        ("units_above", "排放量（吨）"),
        ("unit_converted", None),
        ("unit_converted", None),
    ]


def test_a_row_of_text_below_the_header_is_data_not_a_second_header(regions, rendered):
    with pytest.raises(InputError) as caught:
        regions(text(HEAD, ("南宁市", "吨", "亿元", "倍"), *ROWS[1:]))
    assert [finding.place.row for finding in rendered(caught.value.findings)] == [2, 2, 2]


# units that contradict each other

UNITS_BELOW = ("", "万吨", "亿元", "倍")


@pytest.mark.parametrize(
    ("header", "unit", "below"),
    [
        ("二氧化碳排放（千吨）", "万吨", 1),
        ("排放量/吨", "万吨", 1),
        ("二氧化碳排放（万吨）", "斤", 1),
        ("GDP（万元）", "亿元", 2),
    ],
)
def test_a_unit_in_the_header_and_another_in_the_row_below_are_refused(refusal, header, unit, below):
    head, units = list(HEAD), list(UNITS_BELOW)
    head[below], units[below] = header, unit
    finding = refusal(text(head, units, *ROWS))
    assert (finding.code, finding.place.column) == ("units_disagree", header.split("（")[0].split("/")[0])
    assert (finding.values["other"], finding.values["below"].row) == (unit, 2)
    book = Workbook()
    for row in (head, units, *ROWS):
        book.active.append(row)
    finding = refusal(book, name="regions.xlsx")
    assert (finding.place.cell, finding.values["below"].cell) == (f"{'ABC'[below]}1", f"{'ABC'[below]}2")


def test_a_unit_over_two_columns_and_another_below_are_refused(refusal):
    head = (("城市", "二氧化碳排放量（千吨）", "", "GDP", "增长倍数"), ("", "2014年", "2015年", "", ""))
    rows = [(name, figure - 1, figure, *more) for name, figure, *more in ROWS]
    assert refusal(text(*head, ("", "", "万吨", "亿元", "倍"), *rows)).code == "units_disagree"


@pytest.mark.parametrize("unit", ["万吨", "10^4 t", "万吨CO2", "—", ""])
def test_the_same_unit_in_header_and_row_below_is_no_matter(regions, unit):
    read, _, notices = regions(text(HEAD, ("单位", unit, "亿元", "倍"), *ROWS))
    assert (read.emissions[0], notices) == (3000, ())


def test_a_unit_above_that_the_header_contradicts_is_said(regions):
    above = ("单位：万吨、亿元", "", "", "")
    read, _, notices = regions(text(above, ("城市", "二氧化碳排放（千吨）", "GDP", "增长倍数"), *ROWS))
    assert read.emissions[0] == 300
    assert [(n.code, n.place.column, n.values.get("found"), n.values.get("other")) for n in notices] == [
        ("units_above_differ", "二氧化碳排放", "千吨", "万吨"),
        ("units_above", "", None, None),
        ("unit_converted", "二氧化碳排放", "千吨", None),
    ]


def test_a_unit_row_that_the_line_above_contradicts_is_said(regions):
    table = text(("单位：万吨", "", "", ""), ("城市", "排放", "GDP", "增长倍数"), ("", "千吨", "亿元", "倍"), *ROWS)
    assert [n.code for n in regions(table)[2]] == ["units_above_differ", "unit_converted"]


def test_a_conversion_is_said_once_a_column(regions, rendered):
    table = text(("城市", "二氧化碳排放（吨）", "GDP（万元）", "增长倍数（倍）"), *ROWS)
    notices = rendered(regions(table)[2])
    assert [(n.code, n.values["found"], n.values["meant"]) for n in notices] == [
        ("unit_converted", "吨", "万吨"),
        ("unit_converted", "万元", "亿元"),
    ]


# rows that are no region of their own

FIVE = (*ROWS, ("梧州市", 800, 1078.6, 1.36), ("北海市", 700, 892.1, 1.5))
ABOVE, BELOW, ALL = ("小计", 6500, 5708.7, ""), ("小计", 3000, 3913.67, ""), ("合计", 9500, 9622.37, "")


@pytest.mark.parametrize(
    "name", ["其中：横州市", " 其中:横州市", "— 其中 横州市", "（其中：横州市）", "of which: Hengzhou", "其中"]
)
def test_a_part_of_another_row_is_passed_over_and_said(regions, rendered, name):
    read, _, notices = regions(text(HEAD, ROWS[0], (name, 300, 310, 1.35), *ROWS[1:]))
    assert read.names == ("南宁市", "柳州市", "桂林市")
    assert [(n.code, n.place.row) for n in rendered(notices)] == [("part_row", 3)]


def test_the_first_part_of_a_total_on_top_may_be_a_region_and_is_not_lost(regions, rendered):
    total = ("合计", 8000, 7651.67, "")
    with pytest.raises(InputError) as caught:
        regions(text(HEAD, total, ("其中：南宁市", *ROWS[0][1:]), *ROWS[1:]))
    first = rendered(caught.value.findings)[0]
    assert (first.code, first.values["meant"], first.place.row) == ("part_or_region", "南宁市", 3)
    read, _, notices = regions(text(HEAD, total, ("其中：", "", "", ""), *ROWS))
    assert (len(read), [n.code for n in notices]) == (3, ["part_row", "total_row"])
    _, _, notices = regions(text(HEAD, *ROWS, total, ("其中：横州市", 300, 310, "")))
    assert [n.code for n in notices] == ["part_row", "total_row"]


def test_a_row_of_no_member_is_one_finding_and_its_empty_cells_are_none(refusal):
    members = [row[0] for row in ROWS]
    province = Province(name="广西", members=members)
    finding = refusal(text(HEAD, *ROWS, ("沿海三市", "", "", "")), province=province)
    assert (finding.code, finding.place.row) == ("unknown_region", 5)
    assert "请删去" in finding.say("zh")


@pytest.mark.parametrize("name", ["其他", "其它 地区", "Other", "其余（县市）", "Others"])
def test_a_row_of_the_rest_is_asked_about(refusal, name):
    finding = refusal(text(HEAD, *ROWS, (name, 300, 310, 1.35)))
    assert (finding.code, finding.asked, finding.place.row) == ("rest_row", f"rest-row:{name}", 5)


@pytest.mark.parametrize(
    ("rows", "totals"),
    [
        ((*FIVE[:2], ABOVE, *FIVE[2:], BELOW, ALL), [4, 8, 9]),
        ((ALL, ABOVE, *FIVE[:2], BELOW, *FIVE[2:]), [2, 3, 6]),
        ((*FIVE[:2], ABOVE, *FIVE[2:]), [4]),
        ((*FIVE[:2], BELOW, *FIVE[2:]), [4]),
        ((*FIVE[:2], ("合计", *ALL[1:]), *FIVE[2:]), [4]),
    ],
)
def test_a_total_of_a_group_is_held_against_its_group(regions, rows, totals):
    read, _, notices = regions(text(HEAD, *rows))
    assert len(read) == 5
    assert [(n.code, n.place.row) for n in notices] == [("total_row", row) for row in totals]


def test_a_subtotal_that_is_no_sum_is_refused_by_its_own_name_with_both_sums(refusal):
    finding = refusal(text(HEAD, *FIVE[:2], ("小计", 6700, 5708.7, ""), *FIVE[2:]))
    assert (finding.code, finding.place.row, finding.place.column) == ("subtotal_wrong", 4, "二氧化碳排放量")
    assert [finding.values[key] for key in ("name", "found", "part", "needed")] == ["小计", "6700", "6500", "9500"]


def test_the_province_is_no_group(refusal):
    finding = refusal(text(HEAD, *FIVE[:2], ("全省", 6500, 9622.37, ""), *FIVE[2:]))
    assert (finding.code, finding.values["name"]) == ("total_wrong", "全省")


def test_two_totals_of_one_group_are_refused(refusal):
    finding = refusal(text(HEAD, *FIVE, ALL, ("全省", *ALL[1:])))
    assert (finding.code, finding.place.row) == ("total_twice", 8)


def test_a_hidden_row_that_no_total_holds_is_asked_about(regions):
    for hidden, asked in ((3, False), (6, True)):
        book = Workbook()
        for row in (HEAD, *FIVE[:2], ABOVE, *FIVE[2:]):
            book.active.append(row)
        book.active.row_dimensions[hidden].hidden = True
        if asked:
            with pytest.raises(InputError, match="hidden"):
                regions(book, name="regions.xlsx")
        else:
            regions(book, name="regions.xlsx")


# a header over two rows

TWO_ROWS = (
    ("城市", "排放（万吨）", "GDP（亿元）", "", "GDP年均增速（%）", ""),
    ("", "2015年", "2014年", "2015年", "十三五", "十四五"),
)


@pytest.mark.parametrize("period", ["十四五", "2021-2025年", "“十四五”时期"])
def test_what_stands_over_a_period_does_not_vanish(refusal, regions, period):
    rows = [(name, emissions, gdp - 1, gdp, growth, growth) for name, emissions, gdp, growth in ROWS]
    table = text(TWO_ROWS[0], (*TWO_ROWS[1][:5], period), *rows)
    finding = refusal(table)
    assert finding.code == "missing_columns"
    assert f"GDP年均增速（%）十三五、GDP年均增速（%）{period}" in finding.say("zh")
    named = Asked({"growth": f"GDP年均增速（%）{period}"}, year=2015)
    assert refusal(table, named).code == "wrong_unit"  # growth in per cent
    table = table.replace("年均增速（%）", "倍数")
    assert float(regions(table, Asked({"growth": f"GDP倍数{period}"}, year=2015))[0].growth[0]) == 1.4


def test_a_unit_over_a_header_holds_for_it_and_one_that_contradicts_it_is_refused(regions, refusal):
    upper, lower = ("城市", "规模（吨）", "规模（万元）", "增长倍数"), ("", "二氧化碳排放", "GDP", "")
    read, _, notices = regions(text(upper, lower, *ROWS))
    assert (float(read.emissions[0]), float(read.gdp[0])) == (0.3, 0.341008)
    assert [n.code for n in notices] == ["unit_converted", "unit_converted"]
    finding = refusal(text(upper, (*lower[:2], "GDP（亿元）", lower[3]), *ROWS))
    assert (finding.code, finding.values["found"], finding.values["other"]) == ("units_disagree", "万元", "亿元")


def test_a_quantity_over_its_parts_is_that_of_the_whole(regions):
    upper = ("城市", "二氧化碳排放量（万吨）", "", "", "GDP（亿元）", "增长倍数")
    rows = [(name, total * 0.6, total * 0.4, total, gdp, growth) for name, total, gdp, growth in ROWS]
    read, _, _ = regions(text(upper, ("", "工业", "建筑", "合计", "", ""), *rows))
    assert [float(value) for value in read.emissions] == [3000, 3500, 1500]


def test_a_quantity_over_its_parts_without_the_whole_is_asked_for(regions):
    upper = ("城市", "二氧化碳排放量（万吨）", "", "GDP（亿元）", "增长倍数")
    rows = [(name, total * 0.6, total * 0.4, gdp, growth) for name, total, gdp, growth in ROWS]
    with pytest.raises(InputError) as caught:
        regions(text(upper, ("", "工业", "建筑", "", ""), *rows))
    said = caught.value.findings[0].say("zh")
    assert "（emissions）" in said.split("缺少列：")[1].split("。")[0]
    assert "二氧化碳排放量工业" in said


@pytest.mark.parametrize(
    "above",
    [
        "单位：吨 万元",
        "单位 吨、万元",
        "（单位：排放 吨，GDP 万元）",
        "计量单位：吨和万元",
        "单位：二氧化碳：吨；生产总值：万元",
    ],
)
def test_units_in_a_line_above_however_they_are_parted(regions, above):
    head = ("城市", "二氧化碳排放量", "GDP", "增长倍数")
    rows = [(name, total * 10_000, gdp * 10_000, growth) for name, total, gdp, growth in ROWS]
    book = Workbook()
    for row in ((above,), head, *rows):
        book.active.append(row)
    read, _, _ = regions(book, name="regions.xlsx")
    assert [float(value) for value in read.emissions] == [3000, 3500, 1500]
    assert float(read.gdp[0]) == pytest.approx(3410.08)


@pytest.mark.parametrize(
    "above", ["单位：10^4 t、亿元", "Unit: 10^4 t, 100 million yuan", "单位：10^4 t 亿元", "Business unit t"]
)
def test_a_unit_of_two_words_stays_one(regions, above):
    book = Workbook()
    for row in ((above,), ("城市", "二氧化碳排放量", "GDP", "增长倍数"), *ROWS):
        book.active.append(row)
    read, _, _ = regions(book, name="regions.xlsx")
    assert [float(value) for value in read.emissions] == [3000, 3500, 1500]
    assert float(read.gdp[0]) == pytest.approx(3410.08)


def test_a_row_of_units_that_says_there_is_none(regions):
    head, units = ("城市", "二氧化碳排放量", "GDP", "增长倍数"), ("", "吨", "万元", "无量纲")
    rows = [(name, total * 10_000, gdp * 10_000, growth) for name, total, gdp, growth in ROWS]
    read, _, _ = regions(text(head, units, *rows))
    assert [float(value) for value in read.emissions] == [3000, 3500, 1500]


def test_rows_of_several_provinces_of_which_none_is_named_as_the_scenarios_are_asked_for(refusal):
    own = Province(name=Words(zh="广西壮族自治区", en="Guangxi"), code="450000")
    rows = [("Guangxi Zhuang AR", *row) for row in ROWS]
    found = refusal(
        text(("省份", *HEAD), *rows, ("Guangdong", "广州市", 9000, 18100, 1.4)),
        asked=Asked(year=2015, province=("广西壮族自治区", "Guangxi", "450000")), province=own,
    )  # fmt: skip
    assert found.code == "where_none"
    assert "Guangxi Zhuang AR" in str(found.values)
