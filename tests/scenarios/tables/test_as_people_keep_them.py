"""Tables as people keep them: read as they are meant, or asked about."""

import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from scenarios.accounting.energy_table import read_energy
from scenarios.errors import InputError
from scenarios.regions.table import read_regions
from scenarios.regions.wanted import Wanted
from scenarios.tables.cells import CellError, is_part_of_year, parse_number
from scenarios.tables.excel import usual_form
from scenarios.tables.excel_scan import WorkbookScan
from scenarios.tables.headers.names import GDP as GDP_NAMES
from scenarios.tables.headers.names import TRACKING
from scenarios.tables.layout.asked import Asked
from scenarios.tables.sheets import read_sheet
from tests.scenarios.tables.books import book

HEAD = ("城市", "二氧化碳排放量（万吨）", "GDP（亿元）", "增长倍数")
ROWS = (("南宁市", 3000, 3410.08, 1.4), ("柳州市", 3500, 2298.62, 1.35), ("桂林市", 1500, 1942.97, 1.38))
EMISSIONS = [HEAD[:2], *(row[:2] for row in ROWS)]
GDP = [(HEAD[0], *HEAD[2:]), *((row[0], *row[2:]) for row in ROWS)]


def text(*rows):
    return "".join(",".join(map(str, row)) + "\n" for row in rows)


@pytest.fixture
def read(tmp_path, guangxi):
    """Return a function that reads a table of 2015: its regions, and the codes of what is said."""

    def call(raw, asked=None, indicators=()):
        path = raw if isinstance(raw, Path) else tmp_path / ("regions.csv" if isinstance(raw, str) else "regions.xlsx")
        if not isinstance(raw, Path):
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
    ["2015年各市数据", "2016—2020年目标分解（以2015年为基年）", "2016-2020年", "GDP按2010年价格计算",
     "填表日期：2017年3月12日",
     "2020年碳强度下降目标分解基础数据表", "各市“十三五”规划基础数据（2020年目标）",
     "桂发〔2016〕15号", "资料来源：2016年统计年鉴", "2014年和2015年", "第2版", "2017-03-12"],
)  # fmt: skip
def test_a_title_of_the_base_year_or_of_no_year_is_asked_nothing(read, title):
    assert read(book(S=[[title], HEAD, *ROWS]))[1] == []


@pytest.mark.parametrize("line", [["数据年份", 2015], ["年度：", "2015年"], ["地区", "广西", "", "年度", "2015"],
                                  ["填报地区", "广西", "", "年度", "2015"]])  # fmt: skip
def test_a_row_that_says_the_year_is_no_header(read, refused, line):
    assert read(book(S=[line, HEAD, *ROWS]))[1] == []
    other = [2014 if text == 2015 else str(text).replace("2015", "2014") for text in line]
    assert [code for code, _ in refused(book(S=[other, HEAD, *ROWS]))] == ["table_of_year"]


def test_a_title_is_no_matter_where_headers_or_rows_name_the_year(read):
    headers = ("城市", "2015年二氧化碳排放量（万吨）", "2015年GDP（亿元）", "增长倍数")
    assert read(book(S=[["2016年各市数据"], headers, *ROWS]))[1] == []
    assert read(book(S=[["2016年各市数据"], (*HEAD, "年份"), *((*row, 2015) for row in ROWS)]))[1] == []


@pytest.mark.parametrize("header", ["统计年度", "数据年份"])
@pytest.mark.parametrize("year", ["2020", "2020年（预计）"])
def test_rows_of_another_year_are_refused_whatever_the_column_is_called(refused, header, year):
    assert [code for code, _ in refused(text((*HEAD, header), *((*row, year) for row in ROWS)))] == ["where_none"]


def test_of_a_sheet_for_each_year_that_of_the_base_year_is_taken(read):
    later = [(name, 2 * emissions, gdp - 1, *rest) for name, emissions, gdp, *rest in ROWS]
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


# cells


COMMAS = ("341,000", 97.25, 512.3, 58.1)


@pytest.mark.parametrize(
    ("column", "doubted"),
    [
        (COMMAS, ["B2"]),
        (("341,000", "97,250", 512.3, 58.1), ["B2", "B3"]),
        (("341,000", "97,250", "512,300", "58,100"), []),
        (("341,000", "1,234.5", 512.3, 58.1), []),
        (("3,410", 972, 5123, 581), []),
        (("1,350", 1.32, 1.4, 1.28), ["B2"]),
    ],
)
def test_a_comma_that_fits_its_column_as_a_decimal_point_alone_is_asked_about(tmp_path, column, doubted):
    names, path = [*(row[0] for row in ROWS), "梧州市"], tmp_path / "t.xlsx"
    book(S=[HEAD[:2], *zip(names, column, strict=True), ("合计", "1,008")]).save(path)
    sheet, _ = read_sheet(path, ("name", "emissions"))
    assert [row[1].place.cell for row in sheet.rows if row[1].doubt == "decimal_comma"] == doubted


def test_a_comma_behind_zero_groups_no_thousands():
    with pytest.raises(CellError) as caught:
        parse_number("0,501")
    assert (caught.value.code, caught.value.values["meant"]) == ("decimal_comma", "0.501")


def test_a_superscript_is_no_digit(read, refused):
    raised = TextBlock(InlineFont(vertAlign="superscript"), "2")
    made = book(S=[HEAD, *ROWS])
    made["S"]["D3"] = CellRichText("1.35", raised)
    assert refused(made) == [("not_a_number", "D3")]
    made["S"]["D3"], made["S"]["A2"] = 1.35, CellRichText("南宁市", raised)
    regions, said = read(made)
    assert (regions.names[0], said) == ("南宁市", ["folded"])


@pytest.mark.parametrize(
    "value",
    [
        ("1.35", TextBlock(InlineFont(vertAlign="superscript"), "2 ")),
        ("1.35", TextBlock(InlineFont(vertAlign="subscript"), "2")),
        (TextBlock(InlineFont(strike=True), "1.3"), "5"),
    ],
)
def test_digits_that_are_raised_lowered_or_struck_make_no_number(read, refused, value):
    made = book(S=[(*HEAD, "CO2占比"), *((*row, 1) for row in ROWS)])
    made["S"]["D3"] = CellRichText(*value)
    assert refused(made) == [("not_a_number", "D3")]
    made["S"]["D3"], made["S"]["E1"] = (
        1.35,
        CellRichText("CO", TextBlock(InlineFont(vertAlign="subscript"), "2"), "占比"),
    )
    assert set(read(made, indicators={"CO2占比"})[0].columns["CO2占比"]) == {1}


def test_a_superscript_stored_apart_is_none_either():
    part = (
        '<sst><si><r><t>1.4</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r></si><si><t>3</t></si></sst>'
    )
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        archive.writestr("xl/sharedStrings.xml", part)
    with zipfile.ZipFile(raw) as archive:
        usual = usual_form(archive, raw.getvalue(), WorkbookScan(archive).marked)
    with zipfile.ZipFile(io.BytesIO(usual)) as archive:
        assert archive.read("xl/sharedStrings.xml").decode() == part.replace("<t>2</t>", "<t>²</t>")


@pytest.mark.parametrize("before", [0, 1 << 16, (1 << 17) - 40, (1 << 17) - 30])
def test_a_superscript_far_down_a_sheet_is_found(before):
    text = '<c t="inlineStr"><is><r><rPr><vertAlign val="superscript"/></rPr><t>2</t></r></is></c>'
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as archive:
        rows = f"<row>{'<c/>' * (before // 4)}{text}</row>"
        archive.writestr("s", f'<worksheet><dimension ref="A1"/><sheetData>{rows}</sheetData></worksheet>')
    with zipfile.ZipFile(raw) as archive:
        assert WorkbookScan(archive).marked


def test_a_hidden_column_of_a_quantity_is_asked_about_and_no_other(read, refused):
    made = book(S=[(*HEAD[:2], "核定", *HEAD[2:]), *((*row[:2], 1, *row[2:]) for row in ROWS)])
    made["S"].column_dimensions["C"].hidden = True
    assert read(made)[1] == ["column_unused"]
    made["S"].column_dimensions["B"].hidden = True
    assert refused(made) == [("hidden_column", "B1")]


def test_a_row_struck_through_is_asked_about_as_a_hidden_one(read, refused):
    made = book(S=[HEAD, *ROWS])
    made["S"]["B3"].font = Font(strike=True)
    assert read(made)[1] == []
    for cell in made["S"][3]:
        cell.font = Font(strike=True)
    assert refused(made) == [("hidden_rows", "A3")]


def test_a_row_without_height_is_asked_about_as_a_hidden_one(refused, tmp_path):
    book(S=[HEAD, *ROWS]).save(tmp_path / "regions.xlsx")
    with zipfile.ZipFile(tmp_path / "regions.xlsx") as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(tmp_path / "regions.xlsx", "w") as new:
        for name, part in parts.items():
            new.writestr(name, part.replace(b'<row r="3"', b'<row r="3" ht="0" customHeight="1"'))
    assert refused(tmp_path / "regions.xlsx") == [("hidden_rows", "A3")]


# units


PLAIN = ("城市", "二氧化碳排放量", "GDP", "增长倍数")
LARGE = [(name, emissions * 10_000, gdp * 10_000, growth) for name, emissions, gdp, growth in ROWS]


@pytest.mark.parametrize(
    "rows",
    [
        [["单位：吨/万元"], PLAIN, *LARGE],
        [["各市排放（单位：吨）与GDP（单位：万元）"], PLAIN, *LARGE],
        [PLAIN, *LARGE, ["注：排放单位为吨，地区生产总值单位为万元。"]],
        [["单位：某省发展改革委", "", "单位：吨、万元"], PLAIN, *LARGE],
        [["单位：某省统计局"], ["排放量单位：吨；GDP单位：万元"], PLAIN, *LARGE],
        [["金额单位：万元，排放单位：吨"], PLAIN, *LARGE],
        [["单位：排放量吨，GDP万元"], PLAIN, *LARGE],
        [["单位：排放量：吨，GDP：万元，工业产值：亿元"], PLAIN, *LARGE],
        [["Units: t, 10^4 yuan"], PLAIN, *LARGE],
        [["各市二氧化碳排放量（吨）和GDP（万元）（初稿）"], PLAIN, *LARGE],
        [PLAIN, *LARGE, ["注：1. 二氧化碳排放量以吨计，GDP以万元计，按2015年价格计算。"]],
    ],
)
def test_units_around_a_table_however_they_are_said(read, rows):
    regions, said = read(book(S=rows))
    assert [float(regions.emissions[0]), float(regions.gdp[0])] == pytest.approx([3000, 3410.08])
    assert "units_above" in said


@pytest.mark.parametrize("line", ["单位：千吨CO2当量、亿元", "(单位：kt CO2e, 亿元)", "排放量（千吨CO2当量）"])
def test_a_unit_of_co2_equivalent_around_a_table_is_taken_and_said(read, line):
    regions, notices = read(book(S=[[line], PLAIN, *ROWS]))
    assert list(map(float, regions.emissions)) == [300, 350, 150]
    assert "unit_of_equivalent" in notices


@pytest.mark.parametrize("line", ["单位：千吨碳当量、亿元", "(单位：kt C-eq, 亿元)", "单位：千顿、亿元",
                                  "单位：万吨、千吨、亿元", "排放量（千吨碳当量）",
                                  "单位：MT、亿元"])  # fmt: skip
def test_a_unit_around_a_table_that_nobody_knows_is_asked_about_where_the_header_has_none(read, refused, line):
    assert refused(book(S=[[line], PLAIN, *ROWS])) == [("units_above_unclear", "B2")]
    assert "units_above_unclear" not in read(book(S=[[line], HEAD, *ROWS]))[1]


@pytest.mark.parametrize("line", ["单位：某省统计局（盖章）", "填报单位：广西壮族自治区", "报送单位：南宁钢铁",
                                  "单位：见表头", "单位：亿元（2015年价）",
                                  "单位GDP二氧化碳排放（吨/万元）"])  # fmt: skip
def test_a_body_and_prices_are_no_units(read, line):
    assert int(read(book(S=[[line], PLAIN, *ROWS]))[0].emissions[0]) == 3000


def test_a_number_that_counts_notes_is_no_unit(read):
    assert read(book(S=[["Notes: (1) of 2015; (2) growth over five years."], HEAD, *ROWS]))[1] == []


def test_units_above_columns_of_years_are_of_what_the_sheet_is_called(read):
    def years(title, at, factor):
        return [[title], ("城市", "2014年", "2015年"), *((row[0], 1, row[at] * factor) for row in ROWS)]

    growth = [(HEAD[0], HEAD[3]), *((row[0], row[3]) for row in ROWS)]
    for title in ("单位：千吨", "各市二氧化碳排放量（千吨）"):
        made = book(**{"排放": years(title, 1, 10), "GDP": years("单位：万元", 2, 10_000), "增长": growth})
        regions, said = read(made)
        assert [float(regions.emissions[0]), float(regions.gdp[0])] == pytest.approx([3000, 3410.08])
        assert said.count("units_above") == 2


def test_a_note_of_another_unit_than_the_header_is_said(read):
    assert "units_above_differ" in read(book(S=[HEAD, *ROWS, ["以上单位：千吨、亿元"]]))[1]


def test_a_column_of_units_is_of_the_quantity_before_it(read, refused):
    head = ("城市", "二氧化碳排放量", "单位", "GDP（亿元）", "增长倍数")
    rows = [(row[0], row[1] * 10, "千吨", *row[2:]) for row in ROWS]
    assert [float(value) for value in read(book(S=[head, *rows]))[0].emissions] == [3000, 3500, 1500]
    rows[1] = (*rows[1][:2], "万吨", *rows[1][3:])
    assert refused(book(S=[head, *rows])) == [("unit_of_row", "C3")]


K = tuple((name, emissions * 10, gdp, growth) for name, emissions, gdp, growth in ROWS)


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("城市 单位 二氧化碳排放量 GDP（亿元） 增长倍数", "{0} 千吨 {1} {2} {3}"),
        ("城市 单位 二氧化碳排放量 单位 GDP 增长倍数", "{0} 千吨 {1} 亿元 {2} {3}"),
        ("城市 二氧化碳排放量 GDP 单位 增长倍数", "{0} {1} {2} 千吨、亿元 {3}"),
        ("城市 二氧化碳排放量 单位：千吨 GDP 单位 增长倍数", "{0} {1} 千吨 {2} 亿元 {3}"),
        ("城市 GDP 二氧化碳排放量 增长倍数 排放单位 GDP单位", "{0} {2} {1} {3} 千吨 亿元"),
        ("城市 2014年排放量 单位 2015年排放量 单位 GDP（亿元） 增长倍数", "{0} 1 万吨 {1} 千吨 {2} {3}"),
        ("城市 人口 单位 二氧化碳排放量 单位 GDP（亿元） 增长倍数", "{0} 1 万人 {1} 千吨 {2} {3}"),
    ],
)
def test_a_column_of_units_wherever_it_stands(read, head, row):
    rows = [row.format(*values).split() for values in K]
    numbers = [[float(text) if text[0].isdigit() else text for text in one] for one in rows]
    assert [float(value) for value in read(book(S=[head.split(), *numbers]))[0].emissions] == [3000, 3500, 1500]


def test_a_unit_in_a_row_that_nobody_knows_is_refused_and_one_in_an_unused_row_is_not(read, refused):
    rows = [(*row[:2], unit, *row[2:]) for row, unit in zip(K, ("千吨", "干吨", "千吨"), strict=True)]
    head = ("城市", "二氧化碳排放量", "单位", "GDP（亿元）", "增长倍数")
    assert refused(book(S=[head, *rows])) == [("wrong_unit", "C3")]
    last = [(2014, row[0], row[1], "万吨", row[2] - 9, row[3]) for row in ROWS]
    panel = [("年份", *head), *last, *((2015, *row[:2], "千吨", *row[3:]) for row in rows)]
    assert int(read(book(S=panel))[0].emissions[0]) == 3000


def test_a_column_of_units_beside_years_on_a_sheet_of_a_quantity(read):
    emissions = [("城市", "2014年", "2015年", "单位"), *((row[0], 1, row[1], "千吨") for row in K)]
    assert int(read(book(**{"排放": emissions, "GDP": GDP}))[0].emissions[0]) == 3000


@pytest.mark.parametrize("header", ["二氧化碳排放量（千吨）①", "二氧化碳排放量①（千吨）", "二氧化碳排放量（千吨）*"])
def test_a_footnote_of_a_header_is_no_part_of_it(read, header):
    regions, _ = read(book(S=[(HEAD[0], header, *HEAD[2:]), *ROWS]))
    assert int(regions.emissions[0]) == 300


# rows and sheets


def test_names_in_another_order_are_asked_about(read, refused):
    table = [(*HEAD[:2], "省辖市", *HEAD[2:])]
    table += [(*row[:2], other[0], *other[2:]) for row, other in zip(ROWS, reversed(ROWS), strict=True)]
    assert refused(book(S=table)) == [("second_names", "C2")]
    assert read(book(S=[(*HEAD, "地名"), *((*row, row[0]) for row in ROWS)]))[1] == ["column_unused"]
    assert read(book(S=[(*HEAD, "所属市"), *((*row, "南宁") for row in ROWS)]))[1] == ["column_unused"]


def test_a_sheet_of_the_base_year_that_is_a_copy_is_refused(refused):
    assert refused(book(**{"2014年": [HEAD, *ROWS], "2015年": [HEAD, *ROWS]})) == [("years_same", "B2")]


@pytest.mark.parametrize("date", ["{}-12-31", "{}年12月31日", "{}年12月"])
def test_dates_before_the_names_are_years_and_no_notes(read, date):
    rows = [(date.format(year), row[0], row[1] - 2015 + year, row[2] - 2015 + year, row[3])
            for year in (2015, 2014) for row in ROWS]  # fmt: skip
    assert read(text(("年份", *HEAD), *rows))[1] == ["rows_chosen"]


def test_sheets_of_a_quantity_each_with_columns_of_years_are_joined(read):
    years = [(HEAD[0], 2014, 2015), *((row[0], 1, row[1]) for row in ROWS)]
    money = [(HEAD[0], 2014, 2015), *((row[0], 2, row[2]) for row in ROWS)]
    growth = [HEAD[::3], *(row[::3] for row in ROWS)]
    regions, said = read(book(排放=years, GDP=money, 增长=growth))
    assert (int(regions.emissions[0]), float(regions.gdp[0]), said) == (3000, 3410.08, ["sheets_joined"])


def test_a_sheet_of_bounds_alone_is_used_when_it_is_asked_for(read, refused):
    sheets = {"排放": EMISSIONS, "GDP": GDP, "上轮": [(HEAD[0], "下限"), *((row[0], "15%") for row in ROWS)]}
    assert refused(book(**sheets)) == [("stray_sheet", "B1")]
    regions, _ = read(book(**sheets), Asked(sheets=tuple(sheets), year=2015))
    assert set(map(float, regions.lower)) == {0.15}
    assert read(book(**sheets), Asked(sheets=("排放", "GDP"), year=2015))[0].own_lower == ()
    with_growth = [(*GDP[0], "下限"), *((*row, "15%") for row in GDP[1:])]
    assert read(book(排放=EMISSIONS, GDP=with_growth))[1] == ["sheets_joined"]


@pytest.mark.parametrize("own", [[], [("全省", 8000)]])
def test_a_total_of_the_second_sheet_is_held_against_its_cities(read, refused, own):
    total = sum(row[2] for row in ROWS)
    assert read(book(排放=EMISSIONS + own, GDP=[*GDP, ("合计", total)]))[1] == ["sheets_joined", "total_row"]
    assert refused(book(排放=EMISSIONS + own, GDP=[*GDP, ("合计", total * 1.3)])) == [("total_wrong", "B5")]
    average = ("平均", total / 3, 1.37)
    assert "total_wrong" not in read(book(排放=EMISSIONS + own, GDP=[*GDP, average]))[1]


def test_a_row_of_units_is_one_under_columns_that_the_scenario_names_too(read):
    table = [("城市", "排放合计数", "产值", "增长倍数", "三产比重"), ("", "吨", "万元", "倍", "%")]
    asked = Asked({"emissions": "排放合计数", "gdp": "产值", "第三产业": "三产比重"}, year=2015)
    regions, _ = read(book(S=[*table, *((*row, 40) for row in LARGE)]), asked, {"第三产业"})
    assert [float(value) for value in regions.emissions] == [3000, 3500, 1500]


def test_totals_of_groups_may_carry_their_names(read, refused):
    north, south = ROWS[:2], (ROWS[2], ("梧州市", 1200, 1078.61, 1.38))

    def total(name, rows):
        return (name, sum(row[1] for row in rows), sum(row[2] for row in rows))

    sums = [total("桂北小计", north), total("桂南合计", south), total("合计", north + south)]
    assert read(book(S=[HEAD, *north, sums[0], *south, *sums[1:]]))[1] == ["total_row"] * 3
    assert refused(book(S=[HEAD, *north, ("桂北小计", 1), *south, *sums[1:]])) == [("subtotal_wrong", "B4")]


def test_columns_headed_by_a_year_and_a_unit_are_what_their_sheet_is_called(read):
    money = [(HEAD[0], "2014年（万元）", "2015年（万元）"), *((row[0], 2, row[2] * 10_000) for row in ROWS)]
    regions, _ = read(book(排放=EMISSIONS, GDP=money, 增长=[HEAD[::3], *(row[::3] for row in ROWS)]))
    assert float(regions.gdp[0]) == pytest.approx(3410.08)


def test_a_line_break_in_a_header_is_no_letter(read):
    regions, _ = read(book(S=[(*HEAD, "第三产业\n占比"), *((*row, 40) for row in ROWS)]), indicators={"第三产业占比"})
    assert set(map(int, regions.columns["第三产业占比"])) == {40}


def test_blanks_within_names_are_for_looks(read):
    regions, said = read(book(S=[HEAD, ("南 宁 市", *ROWS[0][1:]), ("柳　州", *ROWS[1][1:]), *ROWS[2:]]))
    assert (regions.names, said) == (("南宁市", "柳州", "桂林市"), [])


def test_a_year_or_province_at_the_first_of_its_rows_is_of_all_of_them(read):
    rows = [("" if n else year, row[0], row[1] + year, row[2] + year, row[3])
            for year in (2015, 2014) for n, row in enumerate(ROWS)]  # fmt: skip
    assert len(read(book(S=[("年份", *HEAD), *rows]))[0]) == 3
    rows = [("广西", *ROWS[0]), *(("", *row) for row in ROWS[1:]), ("广东", "广州市", 9, 9, 1.4)]
    asked = Asked(year=2015, province=("广西",))
    assert read(book(S=[("省份", *HEAD), *rows]), asked)[0].names == ("南宁市", "柳州市", "桂林市")


@pytest.mark.parametrize(
    "note", [("", "备注", "数据为初步核算数"), ("备注", "数据为初步核算数"), ("单位：万吨、亿元",), ("日期：2015",)]
)
def test_a_note_under_the_running_number_is_passed_over(read, note):
    rows = [(n, *row) for n, row in enumerate(ROWS, 1)]
    regions, said = read(book(S=[("序号", *HEAD), *rows, note]))
    assert (len(regions), "note_row" in said) == (3, True)


@pytest.mark.parametrize("shown", ['0.00"倍"', "0.00"])
def test_a_number_format_may_show_the_unit_of_its_column(read, refused, shown):
    made = book(S=[HEAD, *ROWS])
    for n in (2, 3, 4):
        made["S"][f"D{n}"].number_format = shown
    assert read(made)[1] == []
    made["S"]["B2"].number_format = '0"千吨"'
    assert refused(made) == [("shown_scaled", "B2")]


def test_a_header_may_compare_two_years(read):
    assert read(book(S=[(*HEAD[:3], "2020年比2015年增长倍数"), *ROWS]))[1] == []


def test_rows_that_head_groups_are_passed_over_and_cities_without_figures_are_not(read, refused):
    table = [HEAD, ("桂北",), *ROWS[:2], ("桂南",), ROWS[2]]
    assert read(book(S=table))[1] == ["heading_row"] * 2
    assert len(refused(book(S=[HEAD, ("梧州市",), *ROWS]))) == 3
    assert len(refused(book(S=[HEAD, ROWS[0], ("梧州",), *ROWS[1:]]))) == 3
    assert len(refused(book(S=[HEAD, ("梧州",), *((row[0][:-1], *row[1:]) for row in ROWS)]))) == 3


# merged cells beside the figures


def test_a_name_merged_over_its_years_is_the_name_of_each(read):
    rows = [(name if year == 2014 else "", year, e + year, g + year, f) for name, e, g, f in ROWS
            for year in (2014, 2015)]  # fmt: skip
    made = book(S=[("城市", "年份", *HEAD[1:]), *rows])
    for top in (2, 4, 6):
        made["S"].merge_cells(f"A{top}:A{top + 1}")
    regions, said = read(made)
    assert regions.names == tuple(name for name, *_ in ROWS)
    assert [float(e) for e in regions.emissions] == [e + 2015 for _, e, *_ in ROWS]
    assert said == ["rows_chosen"]


def test_a_figure_merged_over_two_cities_is_nobodys(refused):
    made = book(S=[HEAD, *ROWS])
    made["S"].merge_cells("B2:B3")
    assert refused(made) == [("empty_cell", "B3")]


def test_a_group_merged_beside_the_cities_takes_no_name(read):
    made = book(S=[("片区", *HEAD), *((("桂中" if n == 0 else ""), *row) for n, row in enumerate(ROWS))])
    made["S"].merge_cells("A2:A4")
    regions, _ = read(made)
    assert regions.names == tuple(name for name, *_ in ROWS)


# a region in the table is in the result, or is asked about


@pytest.mark.parametrize("year", ["2051", "", "20l5", "2025"])
@pytest.mark.parametrize("earlier", [0, 3])
def test_a_region_without_a_row_of_the_base_year_is_asked_about(refused, year, earlier):
    rows = [(2014, name, emissions - 1, gdp - 1, *rest) for name, emissions, gdp, *rest in ROWS[:earlier]]
    rows += [(year if row is ROWS[1] else 2015, *row) for row in ROWS]
    assert refused(text(("年份", *HEAD), *rows)) == [("region_left_out", 3 + earlier)]


@pytest.mark.parametrize("province", ["广四", ""])
def test_a_region_without_its_province_is_asked_about_and_one_of_another_is_not(refused, read, province):
    rows = [("广西" if row is not ROWS[1] else province, *row) for row in ROWS]
    table, asked = (
        [("省份", *HEAD), *rows, ("广东", "广州市", 9, 9, 1.4)],
        Asked(year=2015, province=("广西", "450000")),
    )
    table.append(("440000", "韶关市", 9, 9, 1.4))
    assert refused(text(*table), asked) == [("region_left_out", 3)]
    table[2] = ("广西", *ROWS[1])
    assert read(text(*table), asked)[1] == ["rows_chosen"]


def test_regions_that_are_kept_out_alike_are_one_question_that_names_all(tmp_path, guangxi):
    rows = [
        (2015 if n == 0 else 2014, *row) for n, row in enumerate([*ROWS, ("梧州市", 1, 2, 1.3), ("北海市", 2, 3, 1.3)])
    ]
    rows[3], path = ("", *rows[3][1:]), tmp_path / "regions.csv"
    path.write_text(text(("年份", *HEAD), ("2015", "玉林市", 5, 6, 1.4), *rows), "utf-8")
    with pytest.raises(InputError) as caught:
        read_regions(path, Wanted(frozenset(), guangxi.file.bounds, None, asked=Asked(year=2015)))
    assert [(f.asked, f.place.row) for f in caught.value.findings] == [
        ("left-out:柳州市、桂林市、北海市", 4), ("left-out:梧州市", 6),
    ]  # fmt: skip


def test_a_region_on_the_sheet_of_another_year_alone_is_asked_about(refused):
    earlier = [(name, emissions - 1, gdp - 1, *rest) for name, emissions, gdp, *rest in ROWS]
    assert refused(book(**{"2014年": [HEAD, *earlier], "2015年": [HEAD, *ROWS[:2]]})) == [("region_left_out", "A4")]


@pytest.mark.parametrize("header", ["年份", "日期"])
@pytest.mark.parametrize("date", ["{}-12-31", "{}年12月"])
def test_a_last_region_without_figures_is_no_date_below_the_table(refused, header, date):
    rows = [(date.format(year), row[0], row[1] - 2015 + year, row[2] - 2015 + year, row[3])
            for year in (2014, 2015) for row in ROWS]  # fmt: skip
    rows[-1] = (*rows[-1][:2], "", "", "")
    assert refused(text((header, *HEAD), *rows)) == [("empty_cell", 7)] * 3


def test_a_heading_that_may_be_a_region_without_figures_is_asked_about(refused):
    names = ["神农架林区", "大兴安岭地区", "北海"]
    table = [HEAD, ("西北片",), (names[0],), *ROWS[:2], (names[1],), ROWS[2], (names[2],)]
    assert refused(book(S=table)) == [("heading_or_region", f"A{n}") for n in (3, 6, 8)]


@pytest.mark.parametrize("names", [("桂北片", "桂南片"), ("珠三角9市", "粤东西北地市"), ("桂北（3市）", "中部地区")])
def test_groups_may_have_headings_below_a_total_and_sums(read, names):
    more = [("梧州市", 1200, 1078.61, 1.38), ("北海市", 900, 892.1, 1.45)]
    groups = [(name, rows) for name, rows in zip(names, (ROWS, more), strict=True)]
    total, *sums = [("合计" if n == 0 else "小计", sum(row[1] for row in rows), sum(row[2] for row in rows))
                    for n, rows in enumerate((ROWS + tuple(more), ROWS, more))]  # fmt: skip
    for table in (
        [HEAD, total, *(row for name, rows in groups for row in ((name,), *rows))],
        [HEAD, total, *(row for (name, rows), own in zip(groups, sums, strict=True) for row in ((name,), *rows, own))],
        [("序号", *HEAD), *(row for k, (name, rows) in zip("一二", groups, strict=True)
                          for row in ((k, name), *((n, *row) for n, row in enumerate(rows, 1))))],
    ):  # fmt: skip
        regions, said = read(book(S=table))
        assert (len(regions), said.count("heading_row")) == (5, 2)


@pytest.mark.parametrize("at", [0, 1])
def test_headings_may_stand_on_one_of_the_joined_sheets(read, refused, at):
    sheets = [EMISSIONS, GDP]
    sheets[at] = [sheets[at][0], ("桂北片",), *sheets[at][1:3], ("桂南片",), *sheets[at][3:]]
    assert len(read(book(排放=sheets[0], GDP=sheets[1]))[0]) == 3
    sheets[at][4] = ("大兴安岭地区",)
    assert [code for code, _ in refused(book(排放=sheets[0], GDP=sheets[1]))] == ["missing_regions"]


# figures of another year


def test_figures_of_the_base_year_that_are_those_of_another_are_asked_about(refused):
    earlier = [(name, emissions - 1, *rest) for name, emissions, *rest in ROWS]
    assert refused(book(**{"2014年": [HEAD, *earlier], "2015年": [HEAD, *ROWS]})) == [("quantity_same", "C2")]
    rows = [(year, *row) for year, table in ((2014, earlier), (2015, ROWS)) for row in table]
    assert refused(text(("年份", *HEAD), *rows)) == [("quantity_same", 5)]
    wide = [(row[0], row[1], *row[1:]) for row in ROWS]
    for years in (("2014年排放量（万吨）", "2015年排放量（万吨）"), ("2015年排放量（万吨）", "2014年排放量（万吨）")):
        assert [code for code, _ in refused(text((HEAD[0], *years, *HEAD[2:]), *wide))] == ["quantity_same"]
    assert (
        refused(text(("年份", *HEAD), *((year, *row) for year in (2014, 2015) for row in ROWS)))[0][0] == "years_same"
    )


@pytest.mark.parametrize(
    ("note", "asked"),
    [
        ("注：以上为2014年数据。", [("table_of_year", "A5")]), ("注：表中排放为2015年数，GDP按2010年价格计算。", []),
        ("注：2014年起口径有调整。", []), ("资料来源：2014年统计年鉴", []),
    ],
)  # fmt: skip
def test_a_note_that_the_figures_are_of_another_year_is_asked_about(read, refused, note, asked):
    assert (refused(book(S=[HEAD, *ROWS, [note]])) if asked else []) == asked
    if not asked:
        assert read(book(S=[HEAD, *ROWS, [note]]))[1] == ["note_row"]


@pytest.mark.parametrize(
    "years", ["{}年（千吨）", "{}(千吨)", "{}年决算数（千吨）", "{}年快报数", "{}年实际", "{}年核算值"]
)
def test_years_below_a_quantity_are_its_years_whatever_stands_behind_them(read, years):
    lower, rows = (years.format(2014), years.format(2015)), [(row[0], 1, *row[1:]) for row in ROWS]
    heads = [("城市", "二氧化碳排放量（千吨）", "", "GDP（亿元）", "增长倍数"), ("", *lower, "", "")]
    assert int(read(book(S=[*heads, *rows]))[0].emissions[0]) == 300


def test_a_year_below_a_quantity_in_another_unit_is_refused(refused):
    heads = [("城市", "二氧化碳排放量（万吨）", "", *HEAD[2:]), ("", "2014年（万吨）", "2015年（千吨）", "", "")]
    assert refused(book(S=[*heads, *((row[0], 1, *row[1:]) for row in ROWS)])) == [("units_disagree", "C2")]


@pytest.mark.parametrize("lower", [("直接", "间接"), ("2014年占比", "2015年占比")])
def test_parts_below_a_quantity_are_not_it_unless_the_scenario_says_so(read, refused, lower):
    heads = [("城市", "二氧化碳排放量（万吨）", "", "GDP（亿元）", "增长倍数"), ("", *lower, "", "")]
    made = book(S=[*heads, *((row[0], 1, *row[1:]) for row in ROWS)])
    assert [code for code, _ in refused(made)] == ["missing_columns"]
    asked = Asked({"emissions": f"二氧化碳排放量{lower[1]}"}, year=2015)
    assert int(read(made, asked)[0].emissions[0]) == 3000


def test_columns_of_years_in_two_units_are_told_with_their_headers(tmp_path):
    path = tmp_path / "actuals.csv"
    path.write_text("城市,2016年GDP（亿元）,2017年GDP（万元）\n南宁市,3000,3100\n", "utf-8")
    (finding,) = read_sheet(path, ("year",), TRACKING)[0].findings
    assert (finding.code, finding.place.column, finding.values["other"]) == ("units_disagree", "2017年GDP", "亿元")
    path.write_text("城市,2016年GDP（亿元）,2017年GDP\n南宁市,3000,3100\n", "utf-8")
    sheet, _ = read_sheet(path, ("year",), TRACKING)
    assert (len(sheet.rows), sheet.findings) == (2, ())


def test_energy_may_have_a_column_for_every_year(tmp_path):
    path = tmp_path / "energy.csv"
    path.write_text("城市,部门,品种,单位,2014,2015\n南宁市,工业,烟煤,万吨,2,3\n柳州市,工业,烟煤,万吨,4,5\n", "utf-8")
    table, said = read_energy(path)
    assert [(entry.year, int(entry.amount)) for entry in table.entries[:2]] == [(2014, 20_000), (2015, 30_000)]
    assert not said


def _of(year, factor=1):
    head = ("城市", f"{year}年二氧化碳排放量（万吨）", f"{year}年GDP（亿元）", "增长倍数")
    return [head, *((row[0], row[1] * factor, row[2] * factor, row[3]) for row in ROWS)]


@pytest.mark.parametrize("names", [("2014年", "2015年"), ("上年", "本年")])
def test_sheets_of_years_may_name_them_in_their_headers(read, names):
    regions, said = read(book(**dict(zip(names, (_of(2014, 2), _of(2015)), strict=True))))
    assert (int(regions.emissions[0]), said) == (3000, ["sheet_of_year"])


def test_an_indicator_may_stand_on_another_sheet_than_a_complete_one(read, refused):
    shares = [("城市", "服务业占比"), *((row[0], n) for n, row in enumerate(ROWS, 40))]
    earlier = [(name, emissions - 7, gdp - 9, growth) for name, emissions, gdp, growth in ROWS[::-1]]
    for sheets in ({"主表": [HEAD, *ROWS]}, {"2014年": [HEAD, *earlier], "2015年": [HEAD, *ROWS]}):
        regions, said = read(book(**sheets, 指标=shares), indicators={"服务业占比"})
        assert list(map(int, regions.columns["服务业占比"])) == [40, 41, 42]
        assert said[-1] == "sheets_joined"
        assert "sheets_joined" not in read(book(**sheets, 指标=shares))[1]
    made = book(主表=[HEAD, *ROWS], 指标=shares, 旧指标=shares)
    assert [code for code, _ in refused(made, indicators={"服务业占比"})] == ["indicator_column"]
    assert "missing_regions" in [code for code, _ in refused(book(S=[HEAD, *ROWS], T=shares[:3]), None, {"服务业占比"})]


PARTS = [("", "能源活动", "工业过程", "合计", "GDP（亿元）", "增长倍数"),
         *((name, e - 9, 9, e, gdp, growth) for name, e, gdp, growth in ROWS)]  # fmt: skip


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("upper", ["二氧化碳排放", "二氧化碳排放（万吨）"])
def test_a_header_goes_for_the_columns_it_spans_and_no_further(read, upper, merged):
    made = book(S=[("设区市", upper, "", "", "", ""), *PARTS])
    if merged:
        made["S"].merge_cells("B1:D1")
    regions, _ = read(made)
    assert [int(value) for value in regions.emissions] == [3000, 3500, 1500]
    assert [float(value) for value in regions.gdp] == [row[2] for row in ROWS]


def test_a_unit_of_merged_headers_is_not_that_of_the_columns_beside(read):
    head = [("设区市", "二氧化碳排放（万吨）", "", "", ""), ("", "总量", "其中电力", "GDP（亿元）", "增长倍数")]
    made = book(S=[*head, *((name, e, 9, gdp, growth) for name, e, gdp, growth in ROWS)])
    made["S"].merge_cells("B1:C1")
    regions, said = read(made)
    assert ([int(value) for value in regions.emissions], "units_disagree" in said) == ([3000, 3500, 1500], False)


def test_sheets_of_a_year_each_are_one_table_of_years(tmp_path, guangxi):
    names = guangxi.regions.names

    def sheet(year):
        return [("城市", "二氧化碳排放量（万吨）", "GDP（亿元）"), *((name, year - 1900 + n, year - 1000 + n)
                                                                 for n, name in enumerate(names))]  # fmt: skip

    made = book(**{f"{year}年": sheet(year) for year in (2016, 2017, 2018)})
    made.save(tmp_path / "a.xlsx")
    table, _ = read_sheet(tmp_path / "a.xlsx", ("name", "year"), TRACKING)
    year, emissions = table.position("year"), table.position("emissions")
    assert [(row[year].text, row[emissions].text) for row in table.rows[::14]] == [
        ("2016", "116"), ("2017", "117"), ("2018", "118"),
    ]  # fmt: skip
    assert {row[emissions].place.sheet for row in table.rows} == {"2016年", "2017年", "2018年"}
    made["2018年"]["B1"] = "二氧化碳排放量（吨）"
    made.save(tmp_path / "a.xlsx")
    with pytest.raises(InputError):
        read_sheet(tmp_path / "a.xlsx", ("name", "year"), TRACKING)


# parts


def test_a_row_beside_the_name_of_which_stands_of_which_is_asked_about(read, refused):
    head, rows = ("", *HEAD), [(n, *row) for n, row in enumerate(ROWS, 1)]
    total = [("合计", "", 8000, 7651.67, "")]
    part = [("其中：", "沿海两市", 4500, 4241, 1.36)]
    assert refused(book(S=[head, *rows, *total, *part])) == [("part_or_region", "B6")]
    first = [("其中", *ROWS[0]), *(("", *row) for row in ROWS[1:])]
    assert read(book(S=[head, *total, *first]))[0].names == tuple(row[0] for row in ROWS)


# on their side


def on_side(rows, corner="指标"):
    """Return a table with rows and columns interchanged."""
    return [(corner, *first[1:]) if n == 0 else tuple(first) for n, first in enumerate(zip(*rows, strict=True))]


@pytest.mark.parametrize("corner", ["指标", "", "指标/城市", "项目"])
def test_a_table_on_its_side_is_read_with_rows_and_columns_interchanged(read, corner):
    total = ("合计", 8000, 7651.67, "")
    expected, _ = read(book(S=[HEAD, *ROWS, total]))
    sides = on_side([HEAD, *ROWS, total], corner)
    plain = [["各市数据"], *((n, *row) for n, row in enumerate(sides)), ["注：GDP按2015年价格计算。"]]
    units = [
        (name.split("（")[0], unit, *row)
        for (name, *row), unit in zip(sides, ["单位", "万吨", "亿元", "—"], strict=True)
    ]
    coded = [("代码", 450100, 450200, 450300, ""), ("城市", *sides[0][1:]), ("name_en", "a", "b", "c", ""), *sides[1:]]
    for rows in (sides, plain, units, coded):
        regions, said = read(book(S=rows))
        assert "transposed" in said
        assert (regions.names, regions.emissions, regions.gdp) == (expected.names, expected.emissions, expected.gdp)
    assert read(text(*sides))[0].growth == expected.growth


def test_a_slip_in_a_table_on_its_side_is_named_with_its_cell(refused):
    sides = [list(row) for row in on_side([HEAD, *ROWS])]
    sides[2][1] = "3410,08"
    made = book(S=sides)
    assert refused(made) == [("decimal_comma", "B3")]
    sides[2][1] = 3410.08
    made = book(S=sides)
    made["S"].column_dimensions["C"].hidden = True
    assert refused(made) == [("hidden_rows", "C1")]


@pytest.mark.parametrize(
    "rows",
    [
        [("指标", "2015年", "2020年"), ("GDP（亿元）", 100, 130), ("排放（万吨）", 90, 95)],
        [("指标", "全省", "备注"), ("GDP（亿元）", 100, "现价"), ("排放（万吨）", 90, "")],
    ],
)
def test_indicators_of_one_region_are_no_table_on_its_side(refused, rows):
    assert [code for code, _ in refused(book(S=rows))] == ["missing_columns"]


@pytest.mark.parametrize("corner", ["城市", "地区"])
def test_a_row_of_rates_below_named_cities_is_a_table_on_its_side(tmp_path, corner):
    book(S=[(corner, "南宁市", "柳州市"), ("下降率（%）", 17, 18)]).save(tmp_path / "t.xlsx")
    sheet, _ = read_sheet(tmp_path / "t.xlsx", ("name", "rate"))
    assert [[cell.text for cell in row] for row in sheet.rows] == [["南宁市", "17"], ["柳州市", "18"]]


# a sheet a quantity, of several years

BY_YEAR = [("地区", "2016年", "2017年"), ("南宁", 10, 11), ("柳州", 20, 21)]
TURNED = [("地区", "2017年", "2016年"), ("柳州市", 6, 5), ("南宁市", 2, 1)]


@pytest.mark.parametrize(
    ("names", "first", "second", "standards"),
    [
        (TRACKING, "地区生产总值（亿元）", "二氧化碳排放（万吨）", ("gdp", "emissions")),
        (GDP_NAMES, "现价地区生产总值（亿元）", "地区生产总值指数（上年=100）", ("gdp_current", "gdp_index")),
    ],
)
def test_sheets_of_a_quantity_each_are_joined_by_region_and_year(tmp_path, names, first, second, standards):
    path = tmp_path / "t.xlsx"
    book(**{first: BY_YEAR, second: TURNED}).save(path)
    sheet, _ = read_sheet(path, ("name", "year"), names)
    at = [sheet.position(standard) for standard in ("name", "year", *standards)]
    assert [[row[n].text for n in at] for row in sheet.rows] == [
        ["南宁", "2016", "10", "1"],
        ["南宁", "2017", "11", "2"],
        ["柳州", "2016", "20", "5"],
        ["柳州", "2017", "21", "6"],
    ]
    assert sheet.rows[1][at[3]].place.cell == "B3"


@pytest.mark.parametrize(
    "other", [TURNED[:2], [("地区", "2016年", "2018年"), *TURNED[1:]], [*TURNED, ("南宁市", 3, 4)]]
)
def test_sheets_of_other_regions_or_years_are_not_joined(tmp_path, other):
    path = tmp_path / "t.xlsx"
    book(**{"地区生产总值（亿元）": BY_YEAR, "二氧化碳排放（万吨）": other}).save(path)
    with pytest.raises(InputError) as caught:
        read_sheet(path, ("name", "year"), TRACKING)
    assert [finding.code for finding in caught.value.findings] == ["several_sheets"]


# columns named to the letter, and words in a header that are no unit


@pytest.mark.parametrize("word", ["核定", "修订", "修订数", "最终核实", "审定值", "revised"])
@pytest.mark.parametrize("form", ["二氧化碳排放量（{}）", "二氧化碳排放量（{}，万吨）", "二氧化碳排放量（{}）（万吨）"])
@pytest.mark.parametrize("named", [True, False])
def test_of_which_revision_figures_are_is_no_unit(read, word, form, named):
    header = form.format(word)
    columns = {"emissions": header} if named else {}
    regions, said = read(book(S=[(HEAD[0], header, *HEAD[2:]), *ROWS]), Asked(columns, year=2015))
    assert ([int(x) for x in regions.emissions], said) == ([3000, 3500, 1500], [])


@pytest.mark.parametrize("header", ["二氧化碳排放量（核定，吨）", "二氧化碳排放量（核定）（吨）", "省厅数（吨）"])
def test_a_unit_beside_such_a_word_counts(read, header):
    rows = [(name, 10_000 * emissions, *rest) for name, emissions, *rest in ROWS]
    asked = Asked({"emissions": header}, year=2015)
    regions, said = read(book(S=[(HEAD[0], header, *HEAD[2:]), *rows]), asked)
    assert ([int(x) for x in regions.emissions], said) == ([3000, 3500, 1500], ["unit_converted"])


@pytest.mark.parametrize("header", ["二氧化碳排放量（核定）", "二氧化碳排放量（省厅口径）", "排放"])
def test_of_two_columns_the_one_named_to_the_letter_is_taken(read, header):
    head = (HEAD[0], "二氧化碳排放量（万吨）", header, *HEAD[2:])
    rows = [(name, emissions + 7, emissions, *rest) for name, emissions, *rest in ROWS]
    regions, said = read(book(S=[head, *rows]), Asked({"emissions": header}, year=2015))
    assert ([int(x) for x in regions.emissions], said) == ([3000, 3500, 1500], ["column_unused"])


@pytest.mark.parametrize(
    ("header", "code"), [("二氧化碳排放量（吨/万元）", "wrong_unit"), ("二氧化碳排放量（省厅口径）", "wrong_unit")]
)
def test_without_a_name_a_bracket_that_is_no_unit_is_asked_about(refused, header, code):
    assert refused(book(S=[(HEAD[0], header, *HEAD[2:]), *ROWS])) == [(code, "B1")]


def test_named_to_the_letter_a_wrong_unit_is_still_one(refused):
    header = "二氧化碳排放量（吨/万元）"
    asked = Asked({"emissions": header}, year=2015)
    assert refused(book(S=[(HEAD[0], header, *HEAD[2:]), *ROWS]), asked) == [("wrong_unit", "B1")]


# parts of a year


@pytest.mark.parametrize(
    "when", ["2015年6月", "2015年1-6月", "2015年1—6月", "2015年上半年", "2015年一季度", "2015年11月"]
)
def test_a_part_of_the_year_is_no_year(refused, when):
    head = (HEAD[0], f"{when}二氧化碳排放量（万吨）", *HEAD[2:])
    assert refused(book(S=[head, *ROWS])) == [("missing_columns", "S"), ("month_no_year", "B1")]
    inside = (HEAD[0], f"二氧化碳排放量（万吨，{when}）", *HEAD[2:])
    assert refused(book(S=[inside, *ROWS])) == [("month_no_year", "B1")]
    rows = [(*row, when) for row in ROWS]
    assert refused(book(S=[(*HEAD, "年份"), *rows])) == [("month_no_year", "E2")]


@pytest.mark.parametrize("when", ["2015年12月", "2015年", "2015", "2015年度"])
def test_the_whole_of_the_year_is_one(read, when):
    assert read(book(S=[(*HEAD, "年份"), *((*row, when) for row in ROWS)]))[1] == []


@pytest.mark.parametrize("text", ["2015年1-12月", "2015年12月", "2015年", "2015—2020年", "2016-20年", "2015年价"])
def test_january_to_december_is_no_part_of_a_year(text):
    assert not is_part_of_year(text)


@pytest.mark.parametrize("when", ["2019年6月", "2019年上半年"])
def test_a_month_of_energy_is_no_year(tmp_path, when):
    (tmp_path / "e.csv").write_text(f"地区,年份,煤炭（万吨标煤）\n甲市,{when},3\n乙市,2019,4\n", "utf-8")
    found = [(f.code, f.place.row) for f in read_energy(tmp_path / "e.csv")[1]]
    assert found == [("month_no_year", 2)]
    (tmp_path / "e.csv").write_text(f"地区,{when}煤炭（万吨标煤）,年份\n甲市,3,2019\n乙市,4,2019\n", "utf-8")
    assert [f.code for f in read_energy(tmp_path / "e.csv")[1]] == ["month_no_year"]


# what a table lacks


@pytest.mark.parametrize(
    ("head", "row", "guess"),
    [
        ("区划,{},人均地区生产总值（元）", "450{0}00,{1},5000{0}", "name: …"),  # codes and figures are no names
        ("所在城市名,{},人均地区生产总值（元）", "城{0}市,{1},5000{0}", "name: 所在城市名"),
    ],
)
def test_a_column_is_proposed_by_what_stands_in_it(read, head, row, guess):
    lines = [head.format(",".join(HEAD[1:])), *(row.format(n, f"300{n},{n}000,1.4") for n in range(1, 5))]
    with pytest.raises(InputError) as caught:
        read("".join(f"{line}\n" for line in lines))
    assert guess in caught.value.findings[0].values["paste"]


def test_words_are_proposed_for_no_quantity(read):
    head = (HEAD[0], "二氧化碳排放情况", "二氧化碳排放核算结果", *HEAD[2:])
    rows = [(name, "略增", *rest) for name, *rest in ROWS]
    with pytest.raises(InputError) as caught:
        read(book(S=[head, *rows]))
    assert caught.value.findings[0].values["paste"] == "columns: {emissions: 二氧化碳排放核算结果}"
