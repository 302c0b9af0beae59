"""Accounts against sums worked out by hand."""

from fractions import Fraction

import pytest

from scenarios.accounting.energy import read_account
from scenarios.accounting.scopes import Scope, counted, scopes, sources
from scenarios.load import find_scenario
from scenarios.tables.rows import PROVINCE

EXAMPLE = find_scenario("accounting-example").parent


def f(text):
    return Fraction(text)


@pytest.fixture
def accounted(tmp_path):
    """Return a function that accounts for a table given as text."""

    def call(text, scope="13fyp", option=None, grid="", factors=None):
        (tmp_path / "energy.csv").write_text(text, "utf-8")
        if factors:
            (tmp_path / "factors.csv").write_text(factors, "utf-8")
        chosen = scope if isinstance(scope, Scope) else scopes()[scope]
        own = tmp_path / "factors.csv" if factors else None
        return read_account(tmp_path / "energy.csv", chosen, option, grid, own)

    return call


def example(scope="13fyp", option=None):
    return read_account(EXAMPLE / "energy.csv", scopes()[scope], option, "示例省", EXAMPLE / "factors.csv").account


# the example in 2025, by hand: 万吨标煤, 亿立方米 and 亿千瓦时
GAS = f("389.31") * f("15.3") / 1000 * f("0.99") * 44 / 12  # t CO2 of 10⁴ m³
BURNED = [  # coal and oil 万吨标煤, gas 10⁴ m³, outside power plants
    (300, 20 + 120, 50_000), (450, 60 + 80 + 100, 60_000), (220, 15 + 60, 25_000), (120, 8 + 40, 13_000),
    (80, 5 + 35, 8_000),
]  # fmt: skip
PLANTS = [600, 900, 150, 0, 60]
USED = [110 + 6 + 50, 150 + 4 + 35, 90 + 3 + 28, 45 + 2 + 20, f("30") + f("1.5") + 16]  # 亿千瓦时
OTHER = [10_000 * (c * f("2.66") + o * f("1.73")) + g * GAS for c, o, g in BURNED]
PLANT = [10_000 * c * f("2.66") for c in PLANTS]
IMPORTS = 30 * 10**8 * f("0.1333") / 1000 + 10 * 10**8 * f("0.5683") / 1000 - f("43.5") * 10**8 * f("0.55") / 1000
FACTOR = (sum(PLANT) + IMPORTS) / (sum(USED) * 10**8)


def test_the_example_equals_the_hand_calculation_to_the_last_digit():
    year = example().years[2025]
    assert sum(USED) == f("590.5")
    assert year.option == "terminal"
    assert year.factor.value == FACTOR
    assert year.totals == tuple(o + u * 10**8 * FACTOR for o, u in zip(OTHER, USED, strict=True))
    assert year.province == sum(OTHER) + sum(PLANT) + IMPORTS
    assert year.residual == 0


def test_the_four_options_of_the_example_and_their_residuals():
    found = {r.option: r for r in example().years[2025].residuals}
    fossil = sum(OTHER) + sum(PLANT)
    generated = [200, 310, 52, 12, 20]
    net = [10**8 * (u - g) for u, g in zip(USED, generated, strict=True)]
    moved = [value * FACTOR for value in net]
    own = [
        value * FACTOR if value > 0 else value * plant / (g * 10**8)
        for value, plant, g in zip(net, PLANT, generated, strict=True)
    ]
    totals = {"fossil": fossil, "own": fossil + sum(own), "provincial": fossil + sum(moved)}
    totals |= {"balance": totals["provincial"], "terminal": fossil + IMPORTS}
    assert {option: r.total for option, r in found.items()} == totals
    assert {option: r.residual for option, r in found.items()} == {
        option: total - fossil - IMPORTS for option, total in totals.items()
    }
    for option in found:
        assert example(option=option).years[2025].total == totals[option]


def test_a_statistical_difference_is_the_residual_of_2023():
    year = example().years[2023]
    assert year.residual == -100_000 * f("2.66")  # the province has 10 × 10⁴ tce of coal more
    assert {r.option: r.fossil for r in year.residuals} == dict.fromkeys(
        ("fossil", "own", "provincial", "balance", "terminal"), -266_000
    )


def test_the_2026_scope_leaves_raw_materials_out_and_takes_processes_in():
    old, new = example().years[2025], example("2026").years[2025]
    clinker = [0, 8_000_000, 5_000_000, 0, 3_000_000]
    feedstock = [0, 1_000_000 * f("1.73"), 0, 0, 0]
    expected = [total + f("0.538") * c - oil for total, c, oil in zip(old.totals, clinker, feedstock, strict=True)]
    assert new.totals == tuple(expected)
    assert new.residual == 0
    released = Scope("own", "自定义", "own", non_energy="released")
    part = read_account(EXAMPLE / "energy.csv", released, None, "示例省", EXAMPLE / "factors.csv").account.years[2025]
    assert part.total - old.total == -sum(feedstock) * f("0.75")


def test_lines_add_up_and_carry_their_sources():
    done = example("2026")
    for year in done.years.values():
        for n, total in enumerate(year.totals):
            own = [line for line in done.lines if line.region == n and line.year == year.year and line.counted]
            assert sum(line.tonnes for line in own) == total
    assert all(line.factor.source and line.factor.year for line in done.lines)
    assert all(
        line.tonnes == line.amount * line.factor.value
        for line in done.lines
        if line.part in ("combustion", "electricity")
    )
    assert {line.region for line in done.lines} == {PROVINCE, 0, 1, 2, 3, 4}


# the three invented cities, in Mt and TWh: coal alone, at 1 Mt CO2 a Mtce by a factor of its own
CITIES = """地区,年份,部门,煤炭(万吨标煤),发电量(TWh),全社会用电量(TWh),调入电力·外网(TWh)
甲,2025,火力发电,8500,100,,
甲,2025,工业,3500,,60,
乙,2025,火力发电,1400,20,,
乙,2025,工业,3600,,50,
丙,2025,火力发电,600,10,,
丙,2025,工业,3400,,50,
全省,2025,,21000,,,30
"""
ONE = "品种,电网,值,单位,年份,来源\n煤炭,,1,tCO2/tce,2025,虚构\n,外网,0.5,kgCO2/kWh,2025,虚构\n"


def test_three_cities_from_a_table(accounted):
    year = accounted(CITIES, factors=ONE).account.years[2025]
    million = 10**6
    assert year.province == 225 * million
    assert [r.total for r in year.residuals] == [
        210 * million, f("228.5") * million, f("232.5") * million, f("232.5") * million, 225 * million,
    ]  # fmt: skip
    assert year.factor.value == Fraction(3, 4) / 1000
    assert year.totals == (80 * million, f("73.5") * million, f("71.5") * million)


def test_transfers_that_contradict_are_refused(accounted, refused):
    text = CITIES.replace(",,,30\n", ",,,35\n")
    assert [f.code for f in refused(accounted, text, factors=ONE)] == ["transfers_contradict"]
    given = CITIES.replace("甲,2025,工业,3500,,60,", "甲,2025,工业,3500,,60,7")
    findings = refused(accounted, given, factors=ONE)
    assert [f.code for f in findings] == ["transfers_city", "transfers_city", "transfers_city", "transfers_contradict"]
    assert "甲" in findings[0].say("zh")


def test_without_a_province_there_is_no_residual_and_no_closing_factor(accounted):
    text = "".join(CITIES.splitlines(keepends=True)[:-1])
    year = accounted(text, grid="广西").account.years[2025]
    assert year.province is None
    assert year.residual is None
    assert year.residuals == ()
    assert year.factor.value == f("0.4476") / 1000
    assert year.factor.year == 2023


def test_what_a_table_does_not_allow(accounted, refused):
    bare = "地区,年份,煤炭(万吨标煤),用电量(亿千瓦时)\n甲,2025,1,1\n乙,2025,1,1\n"
    findings = refused(accounted, bare, option="terminal", grid="广西")
    assert [f.code for f in findings] == ["option_needs"]
    assert [f.code for f in refused(accounted, bare, grid="广南")] == ["grid_unknown"]
    assert [f.code for f in refused(accounted, bare)] == ["grid_needed"]
    whole = (
        bare.replace("用电量(亿千瓦时)", "用电量(亿千瓦时),调出电力(亿千瓦时)").replace("1,1\n", "1,1,\n")
        + "全省,2025,2,2,1\n"
    )
    # what the province gives off needs its grid, whatever counts in the cities
    assert [f.code for f in refused(accounted, whole, option="fossil")] == ["grid_of_province"]
    assert accounted(bare, option="fossil").account.years[2025].total == 2 * 26_600
    assert accounted(bare, grid="广西").account.years[2025].option == "fossil"


def test_processes_need_a_factor_and_a_potential(accounted, refused):
    text = "地区,年份,品种,数量,单位\n甲,2025,己二酸,10,吨\n甲,2025,硝酸（常压法）,100,吨\n甲,2025,煤炭,1,吨标煤\n"
    scope = Scope("own", "自定义", "own", processes=True, electricity=False, gases=("CO2", "N2O"), gwp="AR5")
    assert [f.code for f in refused(accounted, text, scope)] == ["process_factor"]
    own = "品种,值,单位,年份,来源\n己二酸,0.3,tN2O/t,2024,核查\n"
    total = accounted(text, scope, factors=own).account.years[2025].total
    assert total == 3 * 265 + f("0.972") * 265 + f("2.66")
    none = Scope("own", "自定义", "own", processes=True, electricity=False, gases=("CO2", "N2O"), gwp="AR9")
    assert {f.code for f in refused(accounted, text, none, factors=own)} == {"gwp_unknown"}
    assert accounted(text, "13fyp").account.years[2025].total == f("2.66")


def test_raw_materials_need_their_fixed_share_where_it_counts(accounted, refused):
    text = "地区,年份,部门,石油(吨标煤)\n甲,2025,原料,1\n"
    released = Scope("own", "自定义", "own", non_energy="released", electricity=False)
    assert [f.code for f in refused(accounted, text, released)] == ["fixed_share_missing"]


def test_non_energy_use_of_the_inventory_scope_by_hand(accounted):
    head = "地区,年份,部门,固碳率(%),品种,数量,单位\n"
    text = head + "甲,2025,非能源利用,75,原油,100,吨\n乙,2025,非能源利用,50,石油,10,吨标煤\n"
    total = accounted(text, "inventory").account.years[2025].total
    # 41.816 × 20.1 × 0.98 / 1000 × 100 t of carbon, a quarter of it released; 10 tce × 1.73, half of it
    assert total == f("82.3691568") / 4 * 44 / 12 + f("8.65")
    assert accounted(text, "2026").account.years[2025].total == 0


COKING = """地区,年份,部门,品种,数量,单位,含碳率
甲,2025,炼焦投入,洗精煤,1000,吨,70%
甲,2025,炼焦产出,焦炭,720,吨,0.86
甲,2025,炼焦产出,焦炉煤气,10,万立方米,
甲,2025,炼焦产出,煤焦油,15,吨,0.9
乙,2025,工业,焦炭,1,吨,
"""


def test_coking_by_carbon_balance_by_hand(accounted):
    done = accounted(COKING).account
    # 700 - 619.2 - 10 × 179.81 × 13.58 / 1000 - 13.5 t of carbon; the oxidation rate has no part in it
    lost = f("67.3") - f("24.418198")
    assert done.years[2025].totals == (lost * 44 / 12, f("28.435") * f("29.5") * f("0.93") / 1000 * 44 / 12)
    assert [line.amount for line in done.lines] == [1000, -720, -10, -15, 1]
    assert {line.part for line in done.lines if line.region == 0} == {"coking"}
    assert done.lines[2].factor.source.startswith("Provincial greenhouse gas inventory guideline")


@pytest.mark.parametrize(
    ("old", "new", "code", "row"),
    [
        ("0.86", "", None, None),
        ("洗精煤,1000,吨,70%", "洗精煤,1000,吨,", "carbon_missing", 2),
        ("70%", "170%", "carbon_range", 2),
        ("万立方米,", "万立方米,0.5", "carbon_mass", 4),
        ("炼焦产出,煤焦油", "工业,煤焦油", "coking_sector", 5),
        ("炼焦投入,洗精煤,1000,吨,70%", "炼焦投入,煤炭,1000,吨标煤,", "coking_physical", 2),
        ("焦炭,720", "焦炭,7200", "coking_gain", 3),
    ],
)
def test_what_is_wrong_with_coking_is_named_by_row(accounted, refused, old, new, code, row):
    text = COKING.replace(old, new)
    if code is None:
        assert accounted(text).account.years[2025].totals[0] > 0  # the default of coke, 28.435 × 29.5 / 1000
        return
    assert [(x.code, x.place.row) for x in refused(accounted, text)] == [(code, row)]


def test_all_that_is_wrong_in_both_tables_at_once(accounted, refused):
    text = """地区,年份,部门,品种,数量,单位,固碳率
甲,2025,,煤由,1,吨,
甲,2025,,柴油,1,墩,
甲,2025,,煤炭,1,万吨,
甲,2025,,烟煤,1,万吨标煤,
甲,2025,,汽油,-1,吨,
甲,2025,原料,原油,1,吨,1.2
甲,2025,,己二酸,1,吨,
甲,2025,,用电量,100,亿千瓦时,
甲,2025,,发电量,50,亿千瓦时,
甲,2025,,调入电力,10,亿千瓦时,
乙,2025,,用电量,50,亿千瓦时,
乙,2025,,发电量,50,亿千瓦时,
乙,2025,,调入电力,5,亿千瓦时,
全省,2025,,调入电力,70,亿千瓦时,
"""
    own = "品种,值,单位,年份,来源\n煤炭,2.5,tCO2/tce,,实测\n石油,1.7,tCO2/tce,2024,\n"
    found = refused(accounted, text, "inventory", grid="广西", factors=own)
    assert [(x.place.file, x.place.row, x.code) for x in found] == [
        ("factors.csv", 2, "factor_year"), ("factors.csv", 3, "factor_source"),
        ("energy.csv", 2, "energy_item"), ("energy.csv", 3, "energy_unit"), ("energy.csv", 4, "energy_wants_standard"),
        ("energy.csv", 5, "energy_wants_physical"), ("energy.csv", 6, "energy_negative"),
        ("energy.csv", 7, "fixed_share_range"), ("energy.csv", 8, "process_factor"),
        ("energy.csv", 11, "transfers_city"), ("energy.csv", 14, "transfers_city"),
        ("energy.csv", 15, "transfers_contradict"),
    ]  # fmt: skip
    spoiled = text.replace("甲,2025,,发电量,50", "甲,2025,,发电量,5O")  # then nothing can be held against it
    assert not {x.code for x in refused(accounted, spoiled, grid="广西")} & {"transfers_city", "transfers_contradict"}


def test_the_boundary_table():
    assert len(sources()) == 25
    inside = {key: {s.key for s in sources() if counted(scope, s)} for key, scope in scopes().items()}
    assert inside["13fyp"] == {"combustion", "non_energy", "electricity"}
    assert inside["inventory"] == {s.key for s in sources() if s.domain_en in ("energy", "industrial processes")} - {
        "biomass", "coal_mining", "oil_gas",
    } | {"electricity"}  # fmt: skip
    assert inside["2026"] == {"combustion", "electricity", "cement", "lime", "steel", "carbide", "other_process"}
