"""Sound tables of many shapes: each gives the same regions, plans, and nothing is asked."""

import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from allocator.planning.plan import plan
from scenarios.load import load_scenario

SCENARIO = """\
schema_version: 1
name: four-cities
title: {zh: 四市, en: Four cities}
period: {base: 2015, end: 2020}
target: 17%
regions: FILE
bounds: {lower: 10%, upper: 25%}
reference: {map: linear, spread: 8 points}
criteria:
  capacity: {weight: 1, within: equal, indicators: {income: {column: 人均工资, direction: "+"}}}
"""
CITIES = (
    ("450100", "南宁市", "3000", "3410.08", "1.4", "56000"),
    ("450200", "柳州市", "3500", "2298.62", "1.35", "52000"),
    ("450300", "桂林市", "1500", "1942.97", "1.38", "48000"),
    ("450400", "梧州市", "900", "1078.6", "1.42", "43000"),
)
ONES = ("代码", "城市", "二氧化碳排放量（万吨）", "地区生产总值（亿元）", "增长倍数", "人均工资（元）")
TOTAL = ("合计", "", "8900", "8730.27", "", "")


def lines(*rows):
    return "".join(",".join(row) + "\n" for row in rows)


def number(text):
    return float(text) if text.replace(".", "").isdigit() and len(text) != 6 else text


def book(*rows, merged=(), hidden=()):
    made = Workbook()
    for row in rows:
        made.active.append([number(text) if text else None for text in row])
    for cells in merged:
        made.active.merge_cells(cells)
    for row in hidden:
        made.active.row_dimensions[row].hidden = True
    return made


def saved(made):
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def panel():
    """Return 296 cities in 24 years: four of them those of the province, in the base year its figures."""
    rows = [("省份", "城市", "年份", "二氧化碳排放量（万吨）", "GDP（亿元）", "增长倍数", "人均工资（元）")]
    others = [(f"省{n // 12}", f"第{n}城市", "100", "200", "1.3", "50000") for n in range(292)]
    for year in range(2000, 2024):
        own = [("广西", *city[1:]) if year == 2015 else ("广西", city[1], "1", "2", "1", "3") for city in CITIES]
        rows += [(row[0], row[1], f"{year}.0", *row[2:]) for row in (*own, *others)]
    return lines(*rows)


def wide():
    """Return a table with the columns of three years."""
    head = (
        "城市",
        *(f"{year}年{name}" for year in (2014, 2015, 2016) for name in ("二氧化碳排放量（万吨）", "GDP（亿元）")),
    )
    rows = [(c[1], "1", "2", c[2], c[3], "5", "6", c[4], c[5]) for c in CITIES]
    return lines((*head, "2015-2020年增长倍数", "人均工资（元）"), *rows)


def sheets():
    """Return a workbook with a sheet a quantity, years across, cities in another order on every other sheet."""
    made = Workbook()
    for n, name in enumerate(("二氧化碳排放量", "地区生产总值", "增长倍数", "人均工资")):
        sheet = made.active if n == 0 else made.create_sheet()
        sheet.title = name
        sheet.append(["地市", "2014年", "2015年"])
        for city in CITIES if n % 2 == 0 else reversed(CITIES):
            sheet.append([city[1], 1, float(city[2 + n])])
    return saved(made)


def formulas():
    """Return a workbook with a hidden title, formulas, and formulas below that give an empty text."""
    stream = io.BytesIO()
    plain = io.BytesIO(saved(book(("基础数据",), ONES, *CITIES, hidden=[1])))
    with zipfile.ZipFile(plain) as usual, zipfile.ZipFile(stream, "w") as made:
        for entry in usual.namelist():
            made.writestr(entry, with_formulas(usual.read(entry)) if "sheet1" in entry else usual.read(entry))
    return stream.getvalue()


def with_formulas(part):
    """Return a sheet whose figures are formulas with their values, and whose rows below show nothing."""
    empty = "".join(
        f'<row r="{n}">' + "".join(f'<c r="{c}{n}" t="str"><f>IF(1,"","")</f><v></v></c>' for c in "ABCDEF") + "</row>"
        for n in range(7, 30)
    )
    part = re.sub(rb'(<c r="[CDE]\d+"[^>]*>)<v>([\d.]+)</v>', rb"\1<f>\2*1</f><v>\2</v>", part)
    return part.replace(b"</sheetData>", f"{empty}</sheetData>".encode())


TWO_ROWS = (
    ("代码", "城市", "基年", "", "规划期", "社会经济"),
    ("", "", "二氧化碳排放量（万吨）", "地区生产总值（亿元）", "增长倍数", "人均工资（元）"),
)
MERGED = ("A1:A2", "B1:B2", "C1:D1")
NOTES = (("注：数据来自统计年鉴。",), ("填表人：张三", "审核人：李四"), ("2016年10月8日",))
PLAIN = lines(ONES, *CITIES)
SHAPES = {
    "plain.csv": PLAIN.encode(),
    "gb18030.csv": PLAIN.encode("gb18030"),
    "utf-16.csv": PLAIN.replace(",", "\t").encode("utf-16"),
    "semicolons.csv": PLAIN.replace(",", ";").encode(),
    "total.csv": lines(ONES, *CITIES, TOTAL).encode(),
    "first.csv": lines(("序号", *ONES[1:]), *((str(n), *c[1:]) for n, c in enumerate(CITIES)), TOTAL).encode(),
    "notes.csv": lines(("各市基础数据",), ONES, *CITIES, TOTAL, ("平均", "", "2225", "", "", ""), *NOTES).encode(),
    "units-above.csv": lines(
        ("单位：吨、万元",),
        (*ONES[:2], "二氧化碳排放量", "地区生产总值", *ONES[4:]),
        *((*c[:2], f"{c[2]}0000", f"{Decimal(c[3]) * 10000:f}", *c[4:]) for c in CITIES),
    ).encode(),
    "row-of-units.csv": lines(
        ("城市", "二氧化碳排放量", "地区生产总值", "增长倍数", "人均工资"),
        ("", "万吨", "亿元", "倍", "元"),
        *(c[1:] for c in CITIES),
    ).encode(),
    "two-rows.csv": lines(*TWO_ROWS, *CITIES).encode(),
    "merged.xlsx": saved(book(*TWO_ROWS, *CITIES, TOTAL, *NOTES, merged=(*MERGED, "A7:B7"))),
    "hidden.xlsx": formulas(),
    "sheets.xlsx": sheets(),
    "wide.csv": wide().encode(),
    "panel.csv": panel().encode(),
    "four-cities.xls": (Path(__file__).parent / "four-cities.xls").read_bytes(),
    "english.csv": lines(
        ("adcode", "city_name", "emission (10^4 tons)", "GDP_100 million yuan", "growth factor", "人均工资"), *CITIES
    ).encode(),
    "typed.csv": PLAIN.replace("450100", "４５０１００").replace("柳州市", "柳\u200b州市").encode(),
}


@pytest.fixture
def loaded(tmp_path):
    """Return a function that writes a scenario around a table and loads it."""

    def call(name, raw, more=""):
        (tmp_path / name).write_bytes(raw)
        (tmp_path / "scenario.yaml").write_text(SCENARIO.replace("FILE", name) + more, "utf-8")
        return load_scenario(tmp_path)

    return call


@pytest.mark.parametrize("name", SHAPES)
def test_a_sound_table_plans_as_it_is(loaded, name):
    own = "where: {province: 广西}\n" if name == "panel.csv" else ""
    scenario = loaded(name, SHAPES[name], own)
    regions = scenario.regions
    assert regions.names == tuple(city[1] for city in CITIES)
    figures = (regions.emissions, regions.gdp, regions.growth, regions.columns["人均工资"])
    for n, values in enumerate(figures, 2):
        assert values == tuple(Decimal(city[n]) for city in CITIES)
    assert all(notice.severity == "notice" for notice in scenario.notices)
    assert plan(scenario).record.province.verdict == "backed"


def said(scenario):
    return [(f.code, f.place.row or f.place.cell) for f in scenario.notices]


def test_what_is_passed_over_is_said_with_its_row_and_reason(loaded):
    assert said(loaded("notes.csv", SHAPES["notes.csv"])) == [
        ("note_row", 9), ("note_row", 10), ("note_row", 11), ("average_row", 8), ("total_row", 7),
    ]  # fmt: skip
    assert said(loaded("merged.xlsx", SHAPES["merged.xlsx"]))[-1] == ("total_row", 7)
    assert said(loaded("units-above.csv", SHAPES["units-above.csv"])) == [
        ("units_above", 1), ("unit_converted", ""), ("unit_converted", ""),
    ]  # fmt: skip
    folded = loaded("typed.csv", SHAPES["typed.csv"]).notices[0]
    assert (folded.code, folded.values["count"], folded.values["meant"]) == ("folded", 2, "450100")
    (joined,) = loaded("sheets.xlsx", SHAPES["sheets.xlsx"]).notices
    assert joined.code == "sheets_joined"
    (chosen,) = loaded("panel.csv", SHAPES["panel.csv"], "where: {province: 广西壮族自治区}\n").notices
    assert (chosen.code, chosen.values["kept"], chosen.values["all"]) == ("rows_chosen", 4, 296 * 24)


def test_a_panel_without_where_takes_the_base_year_and_the_own_province(loaded):
    scenario = loaded("panel.csv", SHAPES["panel.csv"], "province: {name: 广西, code: '450000'}\n")
    assert scenario.regions.names == tuple(city[1] for city in CITIES)
    assert len(loaded("panel.csv", SHAPES["panel.csv"]).regions) == 296
