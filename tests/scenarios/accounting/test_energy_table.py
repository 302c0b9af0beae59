"""Energy tables, long and wide, and everything that can be wrong with them, by cell."""

from fractions import Fraction

import pytest
from openpyxl import Workbook
from ruamel.yaml import YAML

from scenarios.accounting.energy_table import read_energy
from scenarios.accounting.entries import NON_ENERGY, POWER
from scenarios.accounting.own_factors import read_factors
from scenarios.tables.layout.asked import Asked
from scenarios.tables.rows import PROVINCE

WIDE = """地区,年份,部门,固碳率,煤炭(万吨标煤),天然气(亿立方米),天然气(吨标煤),柴油（吨）,调入电力·云南(亿千瓦时)
甲市,2025,火力发电,,1.5,,,,
甲市,2025,原料,75%,,,,20,
乙市,2025年,,,2,0.25,,,
全省,2025,,,3.5,,400,,3
"""
LONG = """地区,年份,部门,品种,消费量,单位,来源电网,固碳率
甲市,2025,火力发电,煤炭,1.5,万吨标煤,,
甲市,2025,非能源利用,diesel,20,t,,0.75
乙市,2025,,煤,2,万吨标煤,,
乙市,2025,,天然气,0.25,亿立方米,,
全省,2025,,煤,3.5,万吨标煤,,
全省,2025,,天然气,400,tce,,
全省,2025,,调入电力,3,亿千瓦时,云南,
"""


@pytest.fixture
def read(tmp_path):
    def call(text, name="energy.csv", reader=read_energy):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return reader(path)

    return call


@pytest.fixture
def wrong(read, rendered):
    """Return a function that reads a spoiled table and returns (code, row) of every finding."""

    def call(text, name="energy.csv", reader=read_energy):
        found = rendered(read(text, name, reader)[1])
        return [(f.code, f.place.cell or f.place.row) for f in found]

    return call


def seen(table):
    return sorted(
        (e.region, e.year, e.sector, e.item.kind, e.item.key, e.amount, e.grid, e.fixed_share) for e in table.entries
    )


def test_long_and_wide_say_the_same(read):
    wide, findings = read(WIDE)
    assert not findings
    long, findings = read(LONG)
    assert not findings
    expected = [
        (PROVINCE, 2025, "", "electricity", "imported", 300_000_000, "云南", None),
        (PROVINCE, 2025, "", "standard", "coal", 35_000, "", None),
        (PROVINCE, 2025, "", "standard", "gas", 400, "", None),
        (0, 2025, NON_ENERGY, "fuel", "diesel", 20, "", Fraction(3, 4)),
        (0, 2025, POWER, "standard", "coal", 15_000, "", None),
        (1, 2025, "", "fuel", "natural_gas", 2500, "", None),
        (1, 2025, "", "standard", "coal", 20_000, "", None),
    ]
    assert seen(wide) == seen(long) == expected
    assert wide.names == ("甲市", "乙市")
    assert wide.has_province


@pytest.mark.parametrize("form", ["{1}年{0}（万吨）", "{0}（万吨；{1}年）", "{1}{0}/万吨"])
def test_fuels_in_columns_of_a_year_each_are_read(read, form):
    heads = [form.format(fuel, year) for fuel in ("烟煤", "柴油") for year in (2014, 2015)]
    table, findings = read(f"城市,{','.join(heads)}\n甲市,1,2,3,4\n乙市,5,6,7,8\n")
    assert not findings
    assert [(e.year, e.item.zh, int(e.amount) // 10**4) for e in table.entries if e.region == 0] == [
        (2014, "烟煤", 1), (2014, "柴油", 3), (2015, "烟煤", 2), (2015, "柴油", 4),
    ]  # fmt: skip


def test_an_excel_table_is_read_by_cell(read, rendered, as_bytes):
    book = Workbook()
    for row in (["能源表"], ["地区", "年份", "煤炭(万吨标煤)", "烟煤(万吨标煤)"], ["甲市", 2025, 1.5, -2]):
        book.active.append(row)
    table, findings = read(as_bytes(book), "energy.xlsx")
    assert [(f.code, f.place.cell) for f in rendered(findings)] == [
        ("energy_wants_physical", "D2"), ("energy_negative", "D3"),
    ]  # fmt: skip
    assert [e.amount for e in table.entries] == [15_000]


@pytest.mark.parametrize(
    ("header", "code", "known"),
    [
        ("煤炭(万吨)", "energy_wants_standard", "烟煤"),
        ("烟煤(万吨标煤)", "energy_wants_physical", "万吨"),
        ("柴油(亿立方米)", "energy_dimension", "万吨"),
        ("发电量(万吨)", "energy_dimension", "亿千瓦时"),
        ("柴由(吨)", "energy_item", "柴油"),
        ("柴油(墩)", "energy_unit", "吨"),
        ("柴油", "energy_no_unit", "万吨"),
    ],
)
def test_headers_that_do_not_fit_name_what_would(read, rendered, header, code, known):
    findings = rendered(read(f"地区,年份,煤炭(万吨标煤),{header}\n甲市,2025,1,2\n")[1])
    assert [f.code for f in findings] == [code]
    assert known in findings[0].say("zh")
    assert findings[0].place.column == header.split("(")[0]


def test_all_that_is_wrong_at_once_with_its_row(wrong):
    text = LONG + (
        "丙市,二零二五,,煤炭,1,万吨标煤,,\n"  # 9: no year
        "丙市,2025,,煤炭,-1,万吨标煤,,\n"  # 10: below zero
        "丙市,2025,原料,原油,1,吨,,1.2\n"  # 11: fixed share above one
        "乙市,2025,,煤炭,2,万吨标煤,,\n"  # 12: twice
        "乙市,2025,,烟煤,2,吨,,\n"  # 13: part of what stands in row 4
        "丙市,2025,,煤油,2,吨,,\n"  # 14: no factor
        "丙市,2025,,柴油,,吨,,\n"  # 15: empty
        "丙市,2025,,汽油,5%,吨,,\n"  # 16: per cent
    )
    assert wrong(text) == [
        ("year_form", 9), ("energy_negative", 10), ("fixed_share_range", 11), ("energy_without_factor", 14),
        ("empty_cell", 15), ("percent_here", 16), ("energy_twice", 12), ("energy_counted_twice", 13),
    ]  # fmt: skip


def test_a_part_of_another_row_is_no_city(wrong):
    assert wrong("地区,年份,煤炭(吨标煤)\n甲市,2025,1\n其中：丙县,2025,1\n") == [("part_or_region", 3)]


def test_a_unit_of_a_row_that_the_header_contradicts_is_refused(wrong):
    head = "地区,年份,品种,数量（{}）,单位\n"
    rows = "甲市,2025,煤炭,1,万吨标煤\n乙市,2025,煤炭,2,吨标煤\n"
    assert wrong(head.format("万吨标煤") + rows) == [("units_disagree", 3)]


def test_a_city_without_a_year_and_a_table_without_a_city(wrong):
    assert wrong("地区,年份,煤炭(吨标煤)\n甲市,2024,1\n甲市,2025,1\n乙市,2025,1\n") == [("energy_year_gap", 4)]
    assert wrong("地区,年份,煤炭(吨标煤)\n全省,2025,1\n") == [("energy_no_city", None)]
    assert wrong("地区,年份,部门\n甲市,2025,工业\n") == [("energy_no_columns", None)]


def test_what_follows_from_another_mistake_is_not_said(wrong):
    assert wrong("地区,年份,煤炭(吨标煤)\n甲市,2025,1\n乙市,25,1\n") == [("year_form", 3)]


def test_no_energy_table_at_all(refused, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("城,年\n甲,2025\n", "utf-8")
    assert [f.code for f in refused(read_energy, path)] == ["missing_columns"]


def test_own_factors(read):
    own, findings = read(
        "品种,电网,值,单位,年份,来源,气体\n"
        "煤炭,,2.5,tCO2/tce,2024,实测,\n"
        "天然气,,21,tCO2/10⁴ m³,2024,实测,\n"
        "己二酸,,0.3,tN2O/t,2024,企业核查,\n"
        "铝,,0.0001,tC2F6/t,2024,企业核查,C2F6\n"
        ",示例省,0.5,kgCO2/kWh,2024,省厅,\n",
        reader=read_factors,
    )
    assert not findings
    assert {key: {gas: f.value for gas, f in gases.items()} for key, gases in own.items.items()} == {
        ("standard", "coal"): {"CO2": Fraction("2.5")}, ("fuel", "natural_gas"): {"CO2": 21},
        ("process", "adipic_acid"): {"N2O": Fraction("0.3")}, ("process", "aluminium"): {"C2F6": Fraction("0.0001")},
    }  # fmt: skip
    assert own.grids["示例省", 2024, "average"].source == "省厅"


@pytest.mark.parametrize("unit", ["tCO2/tce", "吨CO₂/吨标准煤", "吨CO2/吨标煤"])
def test_a_factor_of_coal_equivalent_is_read_by_any_of_its_units(read, unit):
    own, findings = read(f"品种,值,单位,年份,来源\n煤炭,2.5,{unit},2024,示例省\n", reader=read_factors)
    assert not findings
    assert own.items["standard", "coal"]["CO2"].value == Fraction("2.5")


def test_a_factor_without_year_source_or_unit_is_refused(wrong):
    text = (
        "品种,值,单位,年份,来源\n煤炭,2.5,tCO2/tce,,实测\n石油,1.7,tCO2/tce,2024,\n柴油,3,tCO2/tce,2024,x\n"
        "煤由,3,t,2024,x\n汽油,-3,tCO2/t,2024,x\n原油,三,tCO2/t,2024,x\n,1,t,2024,x\n"
        "用电量,0.5,tCO2/kWh,2024,x\n炼焦煤,2,tCO2/t,2024,x\n"
    )
    assert wrong(text, reader=read_factors) == [
        ("factor_year", 2), ("factor_source", 3), ("factor_unit", 4), ("energy_item", 5), ("energy_negative", 6),
        ("not_a_number", 7), ("empty_cell", 8), ("factor_unused", 9), ("factor_unused", 10),
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "kinds"), [("原煤", "烟煤、褐煤"), ("Raw Coal", "烟煤、褐煤")])
def test_raw_coal_asks_for_its_kind(tmp_path, refused, name, kinds):
    path = tmp_path / "e.csv"
    path.write_text(f"地区,年份,{name}(10^4 tons)\n南宁,2015,100\n", "utf-8")
    _, (finding,) = read_energy(path)
    assert (finding.code, finding.values["known"]) == ("energy_kinds", kinds)
    table, findings = read_energy(path, Asked({"烟煤": name}))
    assert not findings
    assert [(entry.item.zh, entry.amount) for entry in table.entries] == [("烟煤", 1_000_000)]


def test_a_unit_above_an_energy_table_is_that_of_what_it_fits(tmp_path):
    path = tmp_path / "e.csv"
    path.write_text(
        "单位：万吨、亿立方米,,,\n地区,年份,焦炭,天然气\n南宁,2015.0,1,2\n合计,2015年,1,2\n注：初步数。,,,\n", "utf-8"
    )
    table, findings = read_energy(path)
    assert [finding.severity for finding in findings] == ["notice"]
    assert [(entry.region, entry.item.zh, entry.amount) for entry in table.entries] == [
        (0, "焦炭", 10_000), (0, "天然气", 20_000), (-1, "焦炭", 10_000), (-1, "天然气", 20_000),
    ]  # fmt: skip


def test_what_is_said_of_raw_coal_can_be_pasted_for_items_in_cells(tmp_path):
    path, rows = tmp_path / "e.csv", "甲市,2025,原煤,2,万吨\n乙市,2025,焦炭,3,万吨\n全省,2025,原 煤,5,万吨\n"
    path.write_text("地区,年份,品种,数量,单位\n" + rows, "utf-8")
    asked = read_energy(path)[1]
    assert [(f.code, f.place.row) for f in asked] == [("energy_kinds", 2), ("energy_kinds", 4)]
    for language in ("zh", "en"):
        said = asked[0].say(language)
        pasted = YAML(typ="safe").load(said[said.index("columns:") :])
        table, findings = read_energy(path, Asked(pasted["columns"]))
        assert not findings
        assert [(entry.item.zh, entry.region) for entry in table.entries] == [("烟煤", 0), ("焦炭", 1), ("烟煤", -1)]


def test_own_factors_know_the_items_that_the_scenario_names(tmp_path):
    path = tmp_path / "f.csv"
    path.write_text("品种,值,单位,年份,来源\n原煤,1.9,tCO2/t,2024,实测\n", "utf-8")
    own, findings = read_factors(path, Asked({"烟煤": "原煤"}))
    assert (list(own.items), findings) == ([("fuel", "bituminous_coal")], ())


BY_SECTOR = "地区,年份,部门,烟煤(万吨),柴油(万吨)\n" + "".join(
    f"{city},2025,{sector},{coal},{diesel}\n"
    for city, n in (("甲市", 1), ("乙市", 2), ("丙市", 4))
    for sector, coal, diesel in (
        ("煤矿", 11 * n, 3 * n), ("钢铁", 40 * n, 2 * n), ("{industry}", 51 * n, 5 * n), ("建筑", 7 * n, 9 * n),
        ("{all}", 58 * n, 14 * n),
    )
)  # fmt: skip


def by_sector(industry, all_):
    return BY_SECTOR.replace("{industry}", industry).replace("{all}", all_)


@pytest.mark.parametrize(
    "names", [("工业合计", "合计"), ("工业小计", "终端消费合计"), ("Total industry", "Grand total")]
)
def test_sectors_that_are_called_sums_and_add_up_count_once(read, names):
    table, findings = read(by_sector(*names))
    assert [(f.code, f.severity, f.values["name"]) for f in findings] == [("sector_sum", "notice", n) for n in names]
    assert {entry.sector for entry in table.entries} == {"煤矿", "钢铁", "建筑"}


def test_the_sum_of_some_sectors_under_any_name_is_asked_about(read):
    _, findings = read(by_sector("制造业", "合计"))
    assert [(f.code, f.severity, f.asked) for f in findings] == [
        ("sector_sum", "notice", ""), ("sum_of_sectors", "question", "sum-of-sectors:energy.csv:制造业"),
    ]  # fmt: skip


def test_a_sum_of_one_sector_is_not_added_and_one_alone_is_the_figure(read):
    table, _ = read("地区,年份,部门,烟煤(万吨)\n甲市,2025,工业,5\n甲市,2025,合计,5\n乙市,2025,合计,7\n")
    assert [entry.amount for entry in table.entries] == [50_000, 70_000]


def test_a_sum_of_sectors_that_does_not_add_up_is_named_by_its_cell(wrong, read):
    spoiled = by_sector("工业合计", "合计").replace("丙市,2025,合计,232", "丙市,2025,合计,252")
    assert wrong(spoiled) == [("sector_sum", 4), ("sector_sum_off", 6)]
    assert [f.severity for f in read(spoiled)[1]] == ["notice", "error"]
    assert [f.severity for f in read(spoiled.replace("合计", "总量合计"))[1]] == ["notice", "question"]


def test_columns_and_items_that_others_hold_are_passed_over_and_a_kind_of_coal_is_not(read):
    table, findings = read("地区,年份,煤炭(万吨标煤),其中：电煤(万吨标煤),能源消费总量(万吨标煤)\n甲市,2025,5,3,9\n")
    assert [entry.amount for entry in table.entries] == [50_000]
    assert [(f.code, f.severity) for f in findings] == [("energy_sum", "notice")] * 2
    assert [f.code for f in read("地区,年份,煤类合计(万吨标煤)\n甲市,2025,5\n")[1]] == ["energy_item"]


def test_a_group_of_cities_in_one_row_is_asked_about(read):
    rows = "".join(f"{n},2025,{a},{a + b},{b}\n" for n, a, b in (("甲市", 31, 12), ("乙市", 47, 23), ("丙市", 55, 9)))
    text = f"地区,年份,烟煤(万吨),褐煤(万吨),柴油(万吨)\n{rows}桂北,2025,102,134,32\n"
    assert [(f.code, f.asked) for f in read(text)[1]] == [("sum_in_years", "sum-in-years:energy.csv:桂北")]


@pytest.mark.parametrize(
    "head",
    [
        "地区,年份,烟煤(万吨),天然气(万立方米)\n",
        "地区,年份,烟煤/万吨,天然气_万立方米\n",
        "地区,年份,烟煤,天然气\n,,万吨,万立方米\n",
        ",,万吨,万立方米\n地区,年份,烟煤,天然气\n",
    ],
)
def test_units_stand_in_the_header_behind_a_slash_below_or_above(read, head):
    table, findings = read(f"{head}甲市,2025,3,20\n乙市,2025,4,5\n")
    assert not findings
    assert [entry.amount for entry in table.entries] == [30_000, 20, 40_000, 5]


@pytest.mark.parametrize("unit", ["mt", "MT"])
def test_a_unit_of_two_meanings_is_asked_about_and_mt_is_not(read, wrong, unit):
    assert [code for code, _ in wrong(f"地区,年份,烟煤({unit})\n甲市,2025,3\n")] == ["unit_two_meanings"]
    assert read("地区,年份,烟煤(Mt)\n甲市,2025,3\n")[0].entries[0].amount == 3_000_000


def test_a_code_may_stand_at_one_row_of_its_city(read):
    for codes in (("450100", "", "450200", ""), ("", "450100", "", "450200")):
        rows = zip("南南柳柳", codes, ("烟煤", "柴油") * 2, strict=True)
        text = "地区,代码,年份,品种,消费量,单位\n" + "".join(f"{n}宁,{c},2025,{i},5,万吨\n" for n, c, i in rows)
        table, findings = read(text)
        assert (table.ids, table.names, [e.region for e in table.entries]) == (
            ("450100", "450200"), ("南宁", "柳宁"), [0, 0, 1, 1],
        )  # fmt: skip
        assert not findings


def test_a_sector_that_is_part_of_another_counts_once(read):
    rows = "甲市,2025,工业,5\n乙市,2025,工业,7\n甲市,2025,其中：规上工业,3\n"
    table, findings = read(f"地区,年份,部门,烟煤(万吨)\n{rows}")
    assert [entry.sector for entry in table.entries] == ["工业", "工业"]
    assert [(f.code, f.place.row) for f in findings] == [("sector_part", 4)]
    table, findings = read(f"地区,年份,部门,烟煤(万吨)\n{rows}乙市,2025,其中：规上工业,9\n")
    assert [(f.code, f.asked, f.place.row) for f in findings][1:] == [
        ("sector_part_alone", "part-of-sector:energy.csv:其中：规上工业", 5)
    ]


CITIES = (("甲市", 300.1), ("乙市", 450.7), ("丙市", 120.3), ("丁市", 99.9))


@pytest.mark.parametrize("items", [["烟煤"], ["烟煤", "柴油"]])
def test_a_sum_of_rounded_sectors_is_asked_about_and_none_of_its_parts(read, items):
    parts = [("工业", "烟煤", 0.6), ("交通", "柴油", 0.1), ("建筑", "烟煤", 0.05)]
    whole = [("全社会", item, {"烟煤": 0.65, "柴油": 0.1}[item]) for item in items]
    rows = [f"{c},2025,{s},{i},{v * k:.2f},万吨\n" for part in (parts, whole) for c, v in CITIES for s, i, k in part]
    _, findings = read("地区,年份,部门,品种,消费量,单位\n" + "".join(rows))
    assert [f.asked for f in findings] == ["sum-of-sectors:energy.csv:全社会"]


SECTORS = "地区,年份,部门,煤炭（万吨标煤）,石油（万吨标煤）\n"


@pytest.mark.parametrize("mark", ["#", "＃", "其中：", "其中:#", "  其中：", "of which: "])
def test_a_row_that_is_part_of_the_one_above_counts_once_however_it_is_marked(read, mark):
    rows = "{0},2025,第二产业,300,50\n{0},2025,{1}工业,200,20\n{0},2025,第三产业,30,45\n"
    table, findings = read(SECTORS + rows.format("甲市", mark) + rows.format("乙市", mark).replace("300", "310"))
    assert {entry.sector for entry in table.entries} == {"第二产业", "第三产业"}
    assert [(f.code, f.severity) for f in findings] == [("sector_part", "notice")]


def test_what_stands_below_a_part_and_makes_up_the_rest_of_the_whole_counts_once_too(read):
    rows = "{0},2025,第二产业,300,50\n{0},2025,其中：工业,200,20\n{0},2025,建筑业,100,30\n{0},2025,第三产业,{1},45\n"
    table, findings = read(SECTORS + rows.format("甲市", 30) + rows.format("乙市", 31))
    assert {entry.sector for entry in table.entries} == {"第二产业", "第三产业"}
    assert [f.values["name"] for f in findings] == ["其中：工业", "建筑业"]
    # one that does not make it up is a sector of its own
    table, _ = read(SECTORS + rows.replace("100,30", "90,30").format("甲市", 30))
    assert {entry.sector for entry in table.entries} == {"第二产业", "建筑业", "第三产业"}


def test_an_item_that_is_part_of_another_counts_once_however_it_is_marked(read):
    rows = "甲市,2025,煤炭,300,万吨标煤\n甲市,2025,#烟煤,200,万吨\n甲市,2025,其中：褐煤,20,万吨\n"
    table, findings = read("地区,年份,品种,数量,单位\n" + rows)
    assert [entry.item.zh for entry in table.entries] == ["煤炭"]
    assert [f.code for f in findings] == ["energy_sum", "energy_sum"]
