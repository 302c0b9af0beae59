"""Electricity factors of 2023 (announcement 47 of 2025), their basis, and what is refused in their place."""

from collections import Counter
from fractions import Fraction

import pytest

from scenarios.accounting import factors
from scenarios.accounting.energy import read_account
from scenarios.accounting.factors import UnknownFactor, grid
from scenarios.accounting.own_factors import read_factors
from scenarios.accounting.scopes import scopes

TABLE = "地区,年份,煤炭(万吨标煤),用电量(亿千瓦时),发电量(亿千瓦时)\n甲市,{year},1,100,0\n"


@pytest.fixture
def accounted(tmp_path):
    """Return a function that accounts for one city that uses 100 × 10⁸ kWh."""

    def call(grid, year=2023, factors=None, option="balance"):
        (tmp_path / "energy.csv").write_text(TABLE.format(year=year), "utf-8")
        (tmp_path / "factors.csv").write_text(factors or "", "utf-8")
        own = tmp_path / "factors.csv" if factors else None
        return read_account(tmp_path / "energy.csv", scopes()["13fyp"], option, grid, own)

    return call


@pytest.mark.parametrize(
    ("name", "basis", "value"),
    [("全国", "average", "0.5306"), ("全国", "excluding_traded", "0.6096"), ("全国", "fossil", "0.8273"),
     ("华北", "average", "0.6361"), ("南方", "average", "0.4042"), ("北京", "average", "0.5554"),
     ("广西壮族自治区", "average", "0.4476"), ("云南", "average", "0.1333"), ("青海", "average", "0.1796")],
)  # fmt: skip
def test_the_tables_of_2023(name, basis, value):
    figure = grid(name, 2023, basis)
    assert (figure.value, figure.year, figure.basis, figure.unit) == (Fraction(value), 2023, basis, "kgCO2/kWh")
    assert "2025年第47号" in factors.source_zh(figure.source)


def test_thirty_provinces_six_regions_and_the_nation_three_ways():
    rows = [row for row in factors.rows("grids") if row["year"] == "2023" and row["value"]]
    assert Counter((row["level"], row["basis"]) for row in rows) == {
        ("province", "average"): 30, ("region", "average"): 6,
        ("national", "average"): 1, ("national", "excluding_traded"): 1, ("national", "fossil"): 1,
    }  # fmt: skip
    assert {row["basis"] for row in factors.rows("grids") if row["year"] < "2023"} == {"average"}


def test_regions_fell_by_as_much_as_was_announced():
    fell = {name: 1 - grid(name, 2023).value / grid(name, 2022).value for name in ("华北", "华东", "华中", "西北")}
    assert {name: round(float(100 * one), 1) for name, one in fell.items()} == {
        "华北": 6.1, "华东": 2.1, "华中": 2.3, "西北": 5.4,
    }  # fmt: skip


@pytest.mark.parametrize(("name", "year"), [("西藏", 2023), ("西藏自治区", 2021), ("西南", 2023), ("西南", 2025)])
def test_a_grid_that_the_table_lacks_takes_no_neighbour_s_and_no_earlier_figure(accounted, refused, name, year):
    findings = refused(accounted, name, year)
    assert [(f.code, f.values["known"]) for f in findings] == [("grid_missing", "2023")]
    assert "不用邻近电网" in findings[0].say("zh")
    assert "no neighbour's" in findings[0].say("en")
    own = f"电网,值,单位,年份,来源\n{name},0.2,kgCO2/kWh,2023,省厅\n"
    done = accounted(name, 2025, own).account
    assert done.years[2025].factor.value == Fraction("0.2") / 1000


def test_the_south_west_has_its_figures_of_the_years_before(accounted):
    assert accounted("西南", 2022).account.years[2022].factor.value == Fraction("0.2268") / 1000


def test_a_region_is_taken_where_it_is_named_and_that_is_said(accounted):
    read = accounted("华中")
    assert read.account.years[2023].factor.value == Fraction("0.5271") / 1000
    assert [(f.code, f.values["found"]) for f in read.notices] == [("grid_wide", "华中")]
    assert [f.code for f in accounted("湖北").notices] == []


def test_a_basis_that_a_province_does_not_have_names_who_has():
    with pytest.raises(UnknownFactor) as caught:
        grid("广东", 2023, "excluding_traded")
    assert (caught.value.code, caught.value.known) == ("grid_basis", ("全国",))


@pytest.mark.parametrize(
    "row",
    ["全国,0.5777,kgCO2e/kWh,2024,公告", "全国,0.6205,千克CO₂e/千瓦时,2023,公告",
     "全国,0.5777,kgCO2/kWh,2024,电力碳足迹因子", "电力碳足迹因子,0.5777,kgCO2/kWh,2024,公告",
     "全国,0.5777,kgCO2/kWh,2024,life-cycle factor"],
)  # fmt: skip
def test_a_footprint_factor_is_refused_by_name_and_by_unit(accounted, refused, row):
    findings = refused(accounted, "全国", 2024, "电网,值,单位,年份,来源\n" + row + "\n")
    assert [(f.code, f.place.file, f.place.row) for f in findings] == [("factor_footprint", "factors.csv", 2)]
    assert "全生命周期" in findings[0].say("zh")
    assert "kgCO2/kWh" in findings[0].say("en")


def test_a_footprint_as_an_item_is_refused_too(tmp_path, refused):
    (tmp_path / "factors.csv").write_text(
        "品种,值,单位,年份,来源\n电力碳足迹因子,0.5777,kgCO2e/kWh,2024,公告\n", "utf-8"
    )
    assert [f.code for f in read_factors(tmp_path / "factors.csv")[1]] == ["factor_footprint"]
    (tmp_path / "energy.csv").write_text("地区,年份,煤炭(万吨标煤),电力碳足迹因子(亿千瓦时)\n甲市,2024,1,1\n", "utf-8")
    assert [f.code for f in refused(read_account, tmp_path / "energy.csv", scopes()["13fyp"])] == ["factor_footprint"]


def test_a_grid_of_one_s_own_on_each_basis(tmp_path):
    text = (
        "电网,值,单位,年份,来源,因子口径\n示例省,0.5,kgCO2/kWh,2024,省厅,\n示例省,0.6,kgCO2/kWh,2024,省厅,excluding_traded\n"
        "示例省,0.8,kgCO2/kWh,2024,省厅,化石\n示例省,0.8,kgCO2/kWh,2024,省厅,边际\n"
        "全国,0.5306,kgCO2/kWh,2023,公告,excluding_traded\n"
    )
    (tmp_path / "factors.csv").write_text(text, "utf-8")
    own, findings = read_factors(tmp_path / "factors.csv")
    assert {key: figure.value for key, figure in own.grids.items()} == {
        ("示例省", 2024, "average"): Fraction("0.5"), ("示例省", 2024, "excluding_traded"): Fraction("0.6"),
        ("示例省", 2024, "fossil"): Fraction("0.8"),
    }  # fmt: skip
    assert [(f.code, f.place.row) for f in findings] == [("factor_basis", 5), ("factor_is_average", 6)]
