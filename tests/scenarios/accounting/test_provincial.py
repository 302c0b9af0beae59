"""The province's own table against figures worked out by hand."""

from fractions import Fraction

import pytest

from reports.accounting.province_table import build_province_table
from scenarios.accounting.energy import read_account
from scenarios.accounting.gdp_table import read_gdp
from scenarios.accounting.provincial import province_table
from scenarios.accounting.scopes import scopes
from scenarios.load import find_scenario

EXAMPLE = find_scenario("accounting-example").parent
FUELS = "煤炭(万吨标煤),石油(万吨标煤),烟煤(万吨),天然气(亿立方米)"
POWER = "调入电力·云南(亿千瓦时),调入电力·贵州(亿千瓦时),调出电力(亿千瓦时)"
ENERGY = f"""地区,年份,部门,{FUELS},{POWER}
甲市,2021,工业,1,,,,,,
全省,2021,发电,100,20,,,10,5,2
全省,2021,工业,,,30,4,,,
甲市,2022,工业,1,,,,,,
全省,2022,发电,90,20,,,12,5,
甲市,2024,工业,1,,,,,,
全省,2024,发电,80,20,,,12,5,
"""
GDP = "地区,年份,现价地区生产总值(亿元),指数(上年=100)\n" + "".join(
    f"全省,{year},{gdp},{index}\n" for year, gdp, index in ((2021, 1000, 104), (2022, 1100, 105), (2023, 1200, 106),
                                                            (2024, 1300, 107))
)  # fmt: skip


@pytest.fixture
def table(tmp_path):
    def call(energy=ENERGY, scope="13fyp", gdp=GDP, base=2021):
        (tmp_path / "energy.csv").write_text(energy, "utf-8")
        (tmp_path / "gdp.csv").write_text(gdp, "utf-8")
        account = read_account(tmp_path / "energy.csv", scopes()[scope], None, "广西").account
        return account, province_table(account, read_gdp(tmp_path / "gdp.csv", base))

    return call


def test_every_row_of_a_small_province_by_hand(table):
    account, (first, second, third) = table()
    f = Fraction
    bituminous, gas = f("19.57") * f("26.1") * f("0.93") * 44 / 12 / 1000, f("389.31") * f("15.3") * f("0.99") / 1000
    heat = f("29.3076")  # GJ a tce
    assert first.fuels["coal"].tce == 1_000_000 + 300_000 * f("19.57") / heat
    assert first.fuels["coal"].tonnes == 2_660_000 + 300_000 * bituminous
    assert (first.fuels["oil"].tce, first.fuels["oil"].tonnes) == (200_000, 346_000)
    assert first.fuels["gas"].tce == 40_000 * f("389.31") / heat
    assert first.fuels["gas"].tonnes == 40_000 * gas * 44 / 12
    assert first.taken == {"云南": 10 * 10**8, "贵州": 5 * 10**8}
    assert first.given == 2 * 10**8
    grids = {"云南": f("0.1235"), "贵州": f("0.5182"), "广西": f("0.5154")}  # 2021, kg a kWh
    assert first.taken_tonnes == 10**6 * grids["云南"] + f("0.5") * 10**6 * grids["贵州"]
    assert first.given_tonnes == f("0.2") * 10**6 * grids["广西"]
    total = 3_006_000 + 300_000 * bituminous + 40_000 * gas * 44 / 12 + first.taken_tonnes - first.given_tonnes
    assert first.total == total == account.years[2021].province
    assert (first.gdp, first.index) == (1000, 100)
    assert first.intensity == total / 10_000_000
    assert (second.gdp, third.gdp, third.index) == (1050, 1000 * f("1.05") * f("1.06") * f("1.07"), f("119.0910"))
    assert second.annual == second.cumulative == 1 - (second.total / 10_500_000) / (total / 10_000_000)
    assert third.annual is None  # 2023 is not in the table
    assert third.cumulative == 1 - third.intensity / first.intensity
    assert (first.annual, first.cumulative) == (None, None)


def test_the_cities_stand_where_the_province_gives_no_fuels(table):
    energy = "地区,年份,煤炭(万吨标煤),调入电力·云南(亿千瓦时)\n甲市,2021,7,\n乙市,2021,3,\n全省,2021,,10\n"
    account, (only,) = table(energy)
    assert only.fuels["coal"].tonnes == 266_000
    assert only.total == account.years[2021].province


@pytest.mark.parametrize("scope", list(scopes()))
def test_the_total_is_the_account_s_in_every_scope(scope):
    gdp = read_gdp(EXAMPLE / "gdp.csv", 2025)
    account = read_account(EXAMPLE / "energy.csv", scopes()[scope], None, "示例省", EXAMPLE / "factors.csv").account
    for one in province_table(account, gdp):
        assert one.total == account.years[one.year].province
        assert one.intensity == one.total / gdp.province(one.year) / 10_000
    assert province_table(account)[0].intensity is None


def test_no_row_of_the_province_no_table(table):
    assert table("地区,年份,煤炭(万吨标煤)\n甲市,2021,7\n")[1] == ()


def test_what_the_province_does_not_give_is_no_zero(table):
    def row(code):
        return next(row.shown() for row in printed.rows if row.code == code)

    account, _ = table("地区,年份,煤炭(万吨标煤),调出电力(亿千瓦时)\n甲市,2021,1,\n全省,2021,3,0\n", gdp=GDP)
    printed = build_province_table(account, None)
    assert (row("coal"), row("gas"), row("gas_co2"), row("oil")) == (["3.00"], ["—"], ["—"], ["—"])
    assert (row("taken"), row("taken_co2"), row("given"), row("total")) == (["—"], ["—"], ["0"], ["7.98"])


@pytest.mark.parametrize(("whole", "said"), [("5", ["province_as_sum"]), ("6", [])])
def test_a_province_that_is_but_the_sum_of_its_cities_is_said(tmp_path, whole, said):
    path = tmp_path / "energy.csv"
    path.write_text(f"地区,年份,煤炭(万吨标煤)\n甲市,2021,2\n乙市,2021,3\n合计,2021,{whole}\n", "utf-8")
    assert [notice.code for notice in read_account(path, scopes()["13fyp"]).notices] == said
