import random
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import Workbook

from scenarios.errors import InputError
from scenarios.file.schema import Bounds, Province
from scenarios.load import load_scenario
from scenarios.regions.table import read_regions
from scenarios.regions.wanted import Wanted
from scenarios.sense.growth import growth_meant
from scenarios.tables.cells import DIGITS, CellError, parse_number
from scenarios.tables.regions import RegionIndex, alias, is_total

TOTAL = ["450000", "全省", "", "23065", "16805.74", "", "", "", "", "", "", ""]


def test_one_table_in_every_encoding(table, read, guangxi):
    for raw in (table.csv(), table.csv("utf-8-sig"), table.csv("gb18030"), table.csv(newline="\r\n")):
        regions, _, notices = read(raw)
        assert regions == guangxi.regions
        assert not notices


@pytest.mark.parametrize("numbers", [True, False])
def test_one_table_in_excel(table, read, guangxi, numbers):
    regions, _, notices = read(table.xlsx(numbers), "regions.xlsx")
    assert regions == guangxi.regions
    assert not notices


def test_only_the_file_name_may_end_in_capitals(table, read, guangxi):
    assert read(table.csv(), "REGIONS.CSV")[0] == guangxi.regions


@pytest.mark.parametrize(
    ("header", "text", "factor"),
    [
        ("emissions", "排放量（吨）", 10_000),
        ("emissions", "co2 (Mt)", Decimal("0.01")),
        ("emissions", "碳排放量（MtCO2）", Decimal("0.01")),
        ("emissions", "emissions (kt)", 10),
        ("emissions", "emissions", 1),
        ("gdp", "地区生产总值（万元）", 10_000),
        ("gdp", "GDP（元）", 100_000_000),
        ("gdp", "GDP [100 million yuan]", 1),
        ("growth", "增长倍数", 1),
        ("growth", "growth (1)", 1),
    ],
)
def test_units_are_converted_exactly(table, read, guangxi, header, text, factor):
    for row in table.rows[1:]:
        row[table.column(header)] = f"{Decimal(row[table.column(header)]) * factor:f}"
    table.rename(header, text)
    regions, _, _ = read(table.csv())
    assert getattr(regions, header) == getattr(guangxi.regions, header)
    assert regions.columns == guangxi.regions.columns


@pytest.mark.parametrize(
    ("header", "text"),
    [("emissions", "emissions(亿元)"), ("gdp", "gdp(美元)"), ("growth", "growth(%)"), ("emissions", "emissions(号)")],
)
def test_units_that_do_not_fit_are_refused(table, spoiled, header, text):
    table.rename(header, text)
    assert ("wrong_unit", None, header) in spoiled(table.csv())


@pytest.mark.parametrize(
    ("header", "value", "code"),
    [
        ("emissions", "三千", "not_a_number"),
        ("emissions", "3089①", "number_marked"),
        ("emissions", "3,08", "decimal_comma"),
        ("emissions", "3089 亿元", "not_a_number"),
        ("emissions", "nan", "not_a_number"),
        ("emissions", "inf", "not_a_number"),
        ("emissions", "—", "not_a_number"),
        ("emissions", "", "empty_cell"),
        ("emissions", "0", "not_positive"),
        ("emissions", "-3089", "not_positive"),
        ("emissions", "30%", "percent_here"),
        ("emissions", "1e30", "too_large"),
        ("gdp", "0", "not_positive"),
        ("gdp", "-1", "not_positive"),
        ("gdp", "两千", "not_a_number"),
        ("growth", "135", "growth_index"),
        ("growth", "126.193", "growth_index"),
        ("growth", "35", "growth_rate_of_years"),
        ("growth", "0.35", "growth_rate_of_years"),
        ("growth", "5.01", "growth_rate_of_years"),
        ("growth", "0", "not_positive"),
        ("growth", "135%", "growth_percent"),
        ("avg_wage", "N/A", "not_a_number"),
        ("avg_wage", "", "empty_cell"),
        ("tertiary_share", "36.17%", "mixed_percent"),
        ("id", "", "empty_cell"),
        ("id", "330200", "wrong_province"),
        ("id", "450100", "region_twice"),
    ],
)
def test_a_bad_cell_is_named_in_text_and_in_excel(table, spoiled, header, value, code):
    table.set("柳州", header, value)
    assert spoiled(table.csv()) == [(code, 3, header)]
    column = "ABCDEFGHIJKL"[table.column(header)]
    assert spoiled(table.xlsx(), "regions.xlsx") == [(code, f"{column}3", header)]


def test_an_index_is_answered_with_the_factor(table, read, refused):
    table.set("柳州", "growth", "126.193")
    (finding,) = refused(read, table.csv())
    assert "1.26193" in finding.say("zh")


@pytest.mark.parametrize("growth", ["0.5", "5", "1"])
def test_the_ends_of_the_growth_range_are_taken(table, read, growth):
    table.set("柳州", "growth", growth)
    asked = ["growth-of-one-city:柳州"]
    assert read(table.csv(), accepted=asked)[0].growth[1] == Decimal(growth)


def test_grouped_thousands_are_read(table, read):
    table.set("柳州", "emissions", "3,089")
    table.set("柳州", "gdp", "2,298.62")
    assert read(table.csv())[0].emissions[1] == 3089
    assert read(table.csv())[0].gdp[1] == Decimal("2298.62")


@pytest.mark.parametrize("name", ["柳州市", "柳 州", "柳州　市", " 柳州 "])
def test_a_city_may_carry_its_suffix(table, read, name):
    table.row("柳州")[1] = name
    regions, _, notices = read(table.csv())
    assert alias(regions.names[1]) == "柳州"
    assert not notices


def test_a_missing_city_is_named(table, read, refused):
    table.rows.remove(table.row("贺州"))
    (finding,) = refused(read, table.csv())
    assert (finding.code, finding.values["missing"], finding.place.file) == ("missing_regions", "贺州", "regions.csv")


def test_a_city_twice_is_named_by_identifier_and_by_alias(table, read, refused):
    table.rows.append(["450100", "南宁市", *table.row("南宁")[2:]])
    findings = refused(read, table.csv())
    assert [(f.code, f.place.row, f.place.column, f.values["found"], f.values["first"].row) for f in findings] == [
        ("region_twice", 16, "id", "450100", 2),
        ("region_twice", 16, "name", "南宁市", 2),
    ]
    table.rows[-1][0] = "450199"
    assert [f.place.column for f in refused(read, table.csv())] == ["name"]


def test_an_unknown_city_is_answered_with_the_nearest(table, read, refused):
    table.row("柳州")[1] = "柳洲市"
    findings = refused(read, table.csv())
    assert [(f.code, f.place.row, f.place.column) for f in findings] == [
        ("unknown_region_meant", 3, "name"),
        ("missing_regions", None, ""),
    ]
    assert findings[0].values["meant"] == "柳州"
    assert findings[1].values["missing"] == "柳州"


def test_a_city_of_nowhere_is_refused_without_a_guess(table, read, refused):
    table.row("柳州")[1] = "Springfield"
    assert [f.code for f in refused(read, table.csv())] == ["unknown_region", "missing_regions"]


def test_without_members_any_city_may_stand(table, tmp_path, guangxi):
    table.row("柳州")[1] = "甲"
    (tmp_path / "r.csv").write_bytes(table.csv())
    wanted = replace(Wanted.of(guangxi.file), province=None)
    assert "甲" in read_regions(tmp_path / "r.csv", wanted)[0].names


def test_a_row_of_another_length_is_named_and_its_city_is_not_called_missing(table, spoiled):
    table.row("柳州").insert(4, "1")
    table.set("桂林", "gdp", "零")
    assert spoiled(table.csv()) == [("field_count", 3, ""), ("not_a_number", 4, "gdp")]


@pytest.mark.parametrize(
    ("rows", "codes"), [(0, ["too_few_regions", "missing_regions"]), (1, ["too_few_regions", "missing_regions"])]
)
def test_a_table_without_cities_is_refused(table, read, refused, rows, codes):
    del table.rows[1 + rows :]
    findings = refused(read, table.csv())
    assert [f.code for f in findings] == codes
    assert "北海" in findings[1].values["missing"]


@pytest.mark.parametrize("header", ["name", "emissions", "gdp", "growth"])
def test_a_required_column_is_missed(table, read, refused, header):
    at = table.column(header)
    for row in table.rows:
        del row[at]
    (finding,) = refused(read, table.csv())
    ((zh, en),) = finding.values["missing"]
    assert (finding.code, en.split(" (")[0]) == ("missing_columns", header)
    assert zh.endswith(f"（{header}）")


def test_a_column_twice_is_refused(table, spoiled):
    table.add_column("碳排放", ["1"] * 14)
    table.add_column("avg_wage", ["1"] * 14)
    assert spoiled(table.csv()) == [("column_of_two", None, "碳排放"), ("column_twice", None, "avg_wage")]


@pytest.mark.parametrize(("header", "meant"), [("uper", "upper"), ("Lowr", "lower"), ("groups", "group")])
def test_a_near_miss_of_an_optional_column_is_refused(table, read, refused, header, meant):
    table.add_column(header, ["20%"] * 14)
    (finding,) = refused(read, table.csv())
    assert (finding.code, finding.place.column, finding.values["meant"]) == ("column_meant", header, meant)


def test_an_unused_column_is_said_and_read_past(table, read, guangxi, rendered):
    table.add_column("备注", ["x"] * 14)
    regions, _, notices = read(table.csv())
    assert regions == guangxi.regions
    assert [(n.code, n.place.column, n.severity) for n in rendered(notices)] == [("column_unused", "备注", "notice")]


def test_an_indicator_without_its_column_is_named(table, read, refused):
    table.rename("avg_wage", "average_wage(元)")
    findings = [f for f in refused(read, table.csv()) if f.severity == "error"]
    assert [(f.code, f.place.column, f.values["known"]) for f in findings] == [
        ("indicator_column", "avg_wage", "average_wage")
    ]


def test_no_column_of_a_year_is_proposed_for_one_without(table, refused, read):
    table.rename("avg_wage", "2014年avg_wage")
    (finding,) = [f for f in refused(read, table.csv()) if f.code == "indicator_column"]
    assert "2014年" not in finding.values["paste"]


def test_a_written_intensity_goes_before_the_computed_one(table, read, guangxi):
    derived = guangxi.regions.columns["intensity"]
    pairs = zip(guangxi.regions.emissions, guangxi.regions.gdp, strict=True)
    assert derived == tuple(DIGITS.divide(emissions, gdp) for emissions, gdp in pairs)
    table.add_column("intensity(吨/万元)", [str(n) for n in range(1, 15)])
    assert read(table.csv())[0].columns["intensity"] == tuple(map(Decimal, range(1, 15)))


def test_an_indicator_in_per_cent_keeps_its_figures(table, read, guangxi):
    for row in table.rows[1:]:
        row[table.column("tertiary_share")] += "%"
    table.rename("tertiary_share", "tertiary_share")
    regions, _, _ = read(table.csv())
    assert regions.columns == guangxi.regions.columns
    assert regions.units["tertiary_share"] == "%"


# bounds of single regions


def test_own_bounds_go_before_the_scenario(table, read):
    table.add_column("upper", ["18%"] + ["0.2"] + [""] * 12)
    table.add_column("下限(%)", ["5", "", "-1%"] + [""] * 11)
    regions, _, _ = read(table.csv())
    assert [str(rate) for rate in regions.upper[:3]] == ["0.18", "0.2", "0.25"]
    assert [str(rate) for rate in regions.lower[:4]] == ["0.05", "0.1", "-0.01", "0.1"]


def test_an_excel_percentage_a_text_and_a_column_in_per_cent_say_the_same(table, read, as_bytes):
    uppers = []
    for header, value, number_format in [
        ("upper", 0.185, "0.0%"),
        ("upper", "18.5%", "General"),
        ("upper(%)", 18.5, "General"),
        ("upper(%)", "18.5", "General"),
        ("upper(%)", 0.185, "0.0%"),
        ("upper", 0.185, "General"),
    ]:
        book = Workbook()
        table.sheet(book.active)
        book.active["M1"] = header
        book.active["M3"] = value
        book.active["M3"].number_format = number_format
        uppers.append(read(as_bytes(book), "regions.xlsx")[0].upper[1])
    assert uppers == [Decimal("0.185")] * 6


@pytest.mark.parametrize(
    ("header", "value", "code"),
    [
        ("upper", "25", "rate_question"),
        ("upper", "1", "rate_question"),
        ("upper", "高", "not_a_rate"),
        ("upper", "100%", "rate_range"),
        ("upper(%)", "150", "rate_range"),
        ("upper", "9%", "bounds_crossed"),
        ("upper(%)", "9.99", "bounds_crossed"),
        ("lower", "25.1%", "bounds_crossed"),
        ("lower", "-100%", "rate_range"),
    ],
)
def test_a_bad_bound_is_named_at_its_cell(table, spoiled, header, value, code):
    table.add_column(header, ["", value] + [""] * 12)
    assert spoiled(table.csv()) == [(code, 3, header.split("(")[0])]
    assert spoiled(table.xlsx(), "regions.xlsx") == [(code, "M3", header.split("(")[0])]


def test_bounds_that_meet_are_taken(table, read):
    table.add_column("lower", ["", "20%"] + [""] * 12)
    table.add_column("upper", ["10%", "20%"] + [""] * 12)
    regions, _, _ = read(table.csv())
    assert regions.lower[:2] == regions.upper[:2] == (Decimal("0.1"), Decimal("0.2"))


def test_own_bounds_that_cross_are_named_with_city_and_both_values(table, read, refused):
    table.add_column("lower", ["", "20%"] + [""] * 12)
    table.add_column("upper", ["", "19%"] + [""] * 12)
    (finding,) = refused(read, table.csv())
    assert (finding.code, finding.place.row, finding.place.column) == ("bounds_crossed", 3, "upper")
    assert (finding.values["name"], finding.values["found"]) == ("柳州", "20% > 19%")


# the province's own row


@pytest.mark.parametrize(
    ("identifier", "name"),
    [("450000", "全省"), ("450000", "广西"), ("", "合计"), ("", "总 计"), ("", "全区"), ("", "Total"), ("450000", "")],
)
@pytest.mark.parametrize("at", [1, 15])
def test_a_total_is_a_check_and_no_city(table, read, guangxi, identifier, name, at):
    table.rows.insert(at, [identifier, name, *TOTAL[2:]])
    for raw, file in ((table.csv(), "regions.csv"), (table.xlsx(), "regions.xlsx")):
        regions, _, notices = read(raw, file)
        assert regions == guangxi.regions
        assert [(n.code, n.place.row) for n in notices] == [("total_row", at + 1)]


@pytest.mark.parametrize(
    ("header", "value", "code"),
    [
        ("emissions", "23065.0", None),
        ("emissions", "23072", None),  # 14 cities and the total, each rounded: up to 7.5 apart
        ("emissions", "2.3065e4", None),
        ("gdp", "16805.8", None),
        ("gdp", "16805.67", None),
        ("emissions", "23180", "total_differs"),
        ("emissions", "22950", "total_differs"),
        ("emissions", "23290", "total_differs"),
        ("emissions", "23300", "total_wrong"),
        ("emissions", "24218", "total_wrong"),
        ("gdp", "15965.45", "total_wrong"),
        ("gdp", "168057.4", "total_wrong"),
        ("gdp", "多", "not_a_number"),
        ("emissions", "", None),
    ],
)
def test_a_total_is_held_against_its_cities(table, read, refused, rendered, header, value, code):
    table.rows.append(list(TOTAL))
    table.set("全省", header, value)
    if code in (None, "total_differs"):
        notices = read(table.csv())[2]
        assert [n.code for n in rendered(notices)] == [code or "total_row"]
        header = header if code else "name"
    else:
        notices = refused(read, table.csv())
        assert [n.code for n in notices] == [code]
    assert all((n.place.row, n.place.column) == (16, header) for n in notices)


def test_a_total_is_not_doubted_where_a_city_is(table, spoiled):
    table.rows.append(list(TOTAL))
    table.set("柳州", "gdp", "x")
    assert spoiled(table.csv()) == [("not_a_number", 3, "gdp")]
    table.set("柳州", "gdp", "2298.62")
    table.row("柳州").append("1")
    assert spoiled(table.csv()) == [("field_count", 3, "")]


def test_a_total_in_tonnes_is_converted_with_its_column(table, read):
    table.rows.append(list(TOTAL))
    for row in table.rows[1:]:
        row[table.column("emissions")] += "0000"
    table.rename("emissions", "emissions(吨)")
    assert [n.code for n in read(table.csv())[2]] == ["unit_converted", "total_row"]


def test_two_totals_of_the_same_cities_are_refused(table, spoiled):
    table.rows += [list(TOTAL), ["", "合计", *TOTAL[2:]]]
    assert spoiled(table.csv()) == [("total_twice", 17, "name")]


# all at once


def test_two_failures_in_two_cells_are_both_said(table, spoiled):
    table.set("南宁", "gdp", "x")
    table.set("崇左", "growth", "148.331")
    assert spoiled(table.csv()) == [("not_a_number", 2, "gdp"), ("growth_index", 15, "growth")]


def test_a_formula_without_a_value_is_said_once_and_with_the_rest(table, spoiled, as_bytes):
    book = Workbook()
    table.sheet(book.active)
    book.active["D3"] = "=1+1"
    book.active["B5"] = '="梧"&"州"'
    book.active["E4"] = 0
    found = spoiled(as_bytes(book), "regions.xlsx")
    assert sorted(found) == sorted(
        [
            ("formula_without_value", "D3", "emissions"),
            ("formula_without_value", "B5", "name"),
            ("not_positive", "E4", "gdp"),
            ("missing_regions", None, ""),
        ]
    )


def test_a_dozen_mistakes_in_scenario_and_table_are_said_at_once(table, guangxi_folder, edit, refused):
    scenario = guangxi_folder / "scenario.yaml"
    edit(scenario, "target: 17%", "target: 18")
    edit(scenario, "weight: 1", "weight: -1")
    edit(scenario, 'direction: "-"', "direction: down")
    edit(scenario, "normalize: true", "normalise: true")
    table.set("南宁", "emissions", "二千")
    table.set("柳州", "growth", "126.193")
    table.set("桂林", "gdp", "0")
    table.set("梧州", "avg_wage", "")
    table.set("北海", "id", "330500")
    table.row("防城港")[1] = "防城巷"
    table.row("钦州").append("1")
    table.set("贵港", "tertiary_share", "39.6①")
    table.rows.remove(table.row("百色"))
    table.rows.append(["450900", "玉林市", *table.row("玉林")[2:]])
    (guangxi_folder / "regions.csv").write_bytes(table.csv())
    findings = refused(load_scenario, guangxi_folder)
    assert sorted((f.place.file, f.code, f.place.row or 0, f.place.column or f.place.key) for f in findings) == sorted(
        [
            ("scenario.yaml", "rate_question", 9, "target"),
            ("scenario.yaml", "negative_weight", 18, "criteria.capacity.weight"),
            ("scenario.yaml", "not_one_of", 63, "criteria.potential.indicators.tertiary.direction"),
            ("scenario.yaml", "unknown_key_meant", 14, "normalise"),
            ("regions.csv", "not_a_number", 2, "emissions"),
            ("regions.csv", "growth_index", 3, "growth"),
            ("regions.csv", "not_positive", 4, "gdp"),
            ("regions.csv", "empty_cell", 5, "avg_wage"),
            ("regions.csv", "wrong_province", 6, "id"),
            ("regions.csv", "unknown_region_meant", 7, "name"),
            ("regions.csv", "field_count", 8, ""),
            ("regions.csv", "number_marked", 9, "tertiary_share"),
            ("regions.csv", "region_twice", 15, "id"),
            ("regions.csv", "region_twice", 15, "name"),
            ("regions.csv", "missing_regions", 0, ""),
        ]
    )
    assert next(f for f in findings if f.code == "missing_regions").values["missing"] == "防城港、百色"


# names of regions


def test_a_region_is_found_by_identifier_first_and_by_name_second():
    index = RegionIndex(["1", "南宁"], ["南宁市", "柳州市"], ["Nanning", "Liuzhou"])
    assert index.find("南宁") == 1
    assert index.find("南宁市") == 0
    assert index.find("LIU ZHOU") == 1
    assert index.find("", "柳州") == 1
    assert index.find("河池") is None
    assert index.near("柳洲") == "柳州"
    assert index.near("xyz") == ""


def test_a_suffix_is_not_taken_from_a_name_it_is_part_of():
    assert alias("沙市") == "沙市"
    assert alias("沙市市") == "沙市"
    assert alias("大兴安岭地区") == "大兴安岭"
    assert alias("兴安盟") == "兴安"


def test_totals():
    assert is_total("450000", "广西")
    assert is_total("", "合 计")
    assert not is_total("450100", "南宁")
    assert not is_total("10000", "甲")


# whatever arrives


def test_a_damaged_table_is_a_table_or_a_refusal(table, read, attempt):
    chance = random.Random(1)
    snippets = [
        b",",
        b'"',
        b"\n",
        b"\r",
        b"\x00",
        b"\xff",
        b"%",
        "％".encode(),
        b"=",
        b"'",
        b"-",
        b"1e9",
        b"",
        b"(",
        b"\xa3\xa5",
    ]
    for encoding in ("utf-8", "gb18030"):
        raw = table.csv(encoding)
        for _ in range(100):
            damaged = raw
            for _ in range(chance.randrange(1, 4)):
                at = chance.randrange(len(raw))
                damaged = damaged[:at] + chance.choice(snippets) + damaged[at + chance.randrange(4) :]
            if result := attempt(read, damaged):
                regions = result[0]
                assert all(value > 0 for value in (*regions.emissions, *regions.gdp, *regions.growth))


def test_a_changed_digit_is_the_only_change(table, read, guangxi):
    chance = random.Random(3)
    for _ in range(40):
        row = chance.choice(table.rows[1:])
        at = chance.choice([3, 4, 6, 7, 8, 9, 10, 11])
        kept, row[at] = row[at], f"{Decimal(row[at]) + chance.choice([1, 10, 50])}"
        regions = read(table.csv())[0]
        assert regions != guangxi.regions
        row[at] = kept
    assert read(table.csv())[0] == guangxi.regions


def test_many_rows_of_nothing_but_mistakes_are_judged_in_time(tmp_path, guangxi):
    rows = "".join(f"{n},甲{n},x,y,z\n" for n in range(4000))
    (tmp_path / "r.csv").write_text("id,name,emissions,gdp,growth\n" + rows, "utf-8")
    with pytest.raises(InputError) as caught:
        read_regions(tmp_path / "r.csv", Wanted.of(guangxi.file))
    assert sum(f.code == "not_a_number" for f in caught.value.findings) == 12_000


def test_what_a_planner_types_is_parsed_or_refused_but_never_bent():
    with pytest.raises(CellError):
        parse_number("3.089.000")


TOTALS = ["小计", "合计：", "全省（合计）", "Grand Total", "Sum", "全市", "广西", "广西壮族自治区"]


def _with_total(table, code, name, factor=1):
    """Return the table with a row that adds up all others."""
    added = [name if head == "name" else "" for head in table.rows[0]]
    added[table.column("id")] = code
    for head in ("emissions", "gdp"):
        at = table.column(head)
        added[at] = f"{sum(Decimal(row[at]) for row in table.rows[1:]) * factor:f}"
    table.rows.append(added)
    return table.csv()


@pytest.mark.parametrize("name", TOTALS)
def test_a_total_is_no_city_whatever_it_is_called(read, table, name):
    assert len(read(_with_total(table, "s", name))[0]) == 14


@pytest.mark.parametrize("code", ["450000", "450000.0", "450000000000", "450000000000.0"])
def test_the_code_of_a_province_in_any_form_is_no_city(read, table, code):
    assert len(read(_with_total(table, code, "本省"))[0]) == 14


def test_a_total_by_another_word_that_does_not_add_up_is_named(spoiled, table):
    codes = spoiled(_with_total(table, "s", "小计", Decimal("1.1")))
    assert [code for code, *_ in codes] == ["total_wrong", "total_wrong"]


def test_an_average_is_passed_over(read, table):
    assert len(read(_with_total(table, "s", "全省平均", Decimal(1) / 8))[0]) == 14


@pytest.mark.parametrize(
    "notes",
    [
        "注：数据为初步核算",
        "资料来源：统计年鉴",
        "填表人：甲,审核人：乙,日期：2026年3月",
        "2026年3月5日",
        "Note: provisional\nSource: x",
    ],
)
def test_notes_below_the_table_are_passed_over(read, table, notes):
    assert len(read(table.csv() + notes.encode())[0]) == 14


def test_a_city_below_the_table_without_figures_is_no_note(spoiled, table):
    assert "lone_field" in [code for code, *_ in spoiled(table.csv() + "防城港市".encode())]


def test_a_city_called_as_its_province_is_asked_about_or_told_by_the_total(tmp_path, refused):
    path = tmp_path / "r.csv"
    rows = "name,emissions,gdp,growth\n长春,3410,3410.1,1.45\n吉林,2410,1410.1,1.42\n四平,1410,910.1,1.35\n"
    wanted = Wanted(frozenset(), Bounds(), Province.model_validate({"name": {"zh": "吉林省", "en": "Jilin"}}))
    path.write_text(rows, "utf-8")
    assert [(f.code, f.place.row) for f in refused(read_regions, path, wanted)] == [("province_or_city", 3)]
    path.write_text(f"{rows}合计,7230,5730.3,\n", "utf-8")
    assert read_regions(path, wanted)[0].names == ("长春", "吉林", "四平")


def test_provinces_are_regions_where_all_rows_are(tmp_path):
    path = tmp_path / "r.csv"
    path.write_text(
        "id,name,emissions,gdp,growth\n110000,北京市,9000,23014.59,1.35\n120000,天津市,15000,16538.19,1.32\n"
        "合计,合计,24000,39552.78,\n",
        "utf-8",
    )
    wanted = Wanted(frozenset(), Bounds(), None)
    assert read_regions(path, wanted)[0].ids == ("110000", "120000")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("7.5%", ("每年增长 7.5%，5 年请写 1.4356", "共增长 7.5%，请写 1.075", "write 1.4356", "write 1.075")),
        ("7.5", ("每年增长 7.5%，5 年请写 1.4356", "共增长 7.5%，请写 1.075", "write 1.4356", "write 1.075")),
        ("0.075", ("每年增长 7.5%，5 年请写 1.4356", "write 1.075")),
        ("-2%", ("每年增长 -2%，5 年请写 0.9039", "write 0.98")),
        ("60", ("共增长 60%，请写 1.6。", "write 1.6.")),
        ("138%", ("写 1.38", "常规", "write 1.38")),
        ("135.6", ("写 1.356", "write 1.356")),
        ("700", ("写 1.35", "write 1.35")),
    ],
)
def test_what_is_no_growth_factor_is_answered_with_what_to_write(table, read, refused, written, said):
    table.set("南宁", "growth", written)
    (finding,) = refused(read, table.csv())
    both = finding.say("zh") + finding.say("en")
    assert all(part in both for part in said), both


def test_a_factor_that_excel_shows_as_a_percentage_is_named_as_it_is_shown(table, read, refused, as_bytes):
    book = Workbook()
    table.sheet(book.active)
    at = table.column("growth") + 1
    book.active.cell(2, at, 1.4).number_format = "0%"
    (finding,) = refused(read, as_bytes(book), "regions.xlsx")
    assert finding.message("zh").startswith("“140%”是百分数。作为增长倍数请写 1.4，")


def test_a_period_of_one_year_compounds_nothing():
    assert growth_meant(Decimal("7.5"), True, 1) == ("growth_rate", {"rate": "7.5", "whole": "1.075"})
