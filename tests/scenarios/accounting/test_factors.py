"""The factor tables: every figure has a source and a year, and is the figure of its source."""

from fractions import Fraction

import pytest

from scenarios.accounting import factors
from scenarios.accounting.factors import CARBON_TO_CO2, UnknownFactor


def test_carbon_to_co2_is_exact():
    assert Fraction(11, 3) == CARBON_TO_CO2


def test_every_figure_has_a_source_and_a_year():
    figures = [
        *(entry.factor for entry in factors.standards().values()),
        *(entry.factor for entry in factors.fuels().values()),
        *(figure for entry in factors.processes().values() for figure in (entry.factors or {}).values()),
        *factors.constants().values(),
        *filter(None, factors.grids().values()),
        *(figure for gases in factors.gwps().values() for figure in gases.values()),
    ]
    assert len(figures) == 3 + 14 + 20 + 3 + 88 + 39 + 21
    assert all(figure.source and 1990 <= figure.year <= 2030 and figure.unit for figure in figures)


def test_standard_quantity_factors_of_the_deck():
    assert {key: str(entry.factor.value) for key, entry in factors.standards().items()} == {
        "coal": "133/50", "oil": "173/100", "gas": "39/25",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "product"),
    # tCO2 a unit as the source prints it, to six decimals
    [
        ("汽油", "2.925056"), ("柴油", "3.095910"), ("天然气", "21.621888"), ("烟煤", "1.741750"), ("褐煤", "1.172864"),
        ("焦炭", "2.860419"), ("石油焦", "3.211542"), ("原油", "3.020202"), ("燃料油", "3.170461"),
        ("液化天然气", "2.831257"), ("液化石油气", "3.101330"), ("高炉煤气", "8.481132"), ("转炉煤气", "15.124032"),
        ("焦炉煤气", "8.863806"),
    ],
)  # fmt: skip
def test_the_fourteen_fuels_multiply_out_to_the_printed_factor(name, product):
    assert abs(factors.fuel(name).factor.value - Fraction(product)) <= Fraction(1, 1_000_000)


def test_fuels_are_found_by_either_name_and_nothing_else():
    assert factors.fuel("Diesel") is factors.fuel("柴油") is factors.fuel("diesel")
    with pytest.raises(UnknownFactor) as caught:
        factors.fuel("柴由")
    assert caught.value.known[0] == "柴油"


@pytest.mark.parametrize(
    ("grid", "year", "value", "table"),
    [("广西", 2019, "0.3938", 2019), ("广西", 2021, "0.5154", 2021), ("广西", 2022, "0.4044", 2022),
     ("广西", 2025, "0.4476", 2023),
     ("广西", 2015, "0.3938", 2019), ("云南", 2022, "0.1073", 2022), ("南方", 2022, "0.3869", 2022),
     ("北京", 2015, "0.5688", 2021)],
)  # fmt: skip
def test_a_grid_takes_the_latest_table_not_after_the_year(grid, year, value, table):
    figure = factors.grid(grid, year)
    assert (figure.value, figure.year) == (Fraction(value), table)


def test_a_grid_is_found_by_the_whole_name_of_its_province():
    assert [factors.grid(name, 2022) for name in ("吉林省", "广西壮族自治区")] == [
        factors.grid(name, 2022) for name in ("吉林", "广西")
    ]


def test_an_unknown_grid_names_the_nearest():
    with pytest.raises(UnknownFactor) as caught:
        factors.grid("黑龙", 2022)
    assert caught.value.known[0] == "黑龙江"


def test_warming_potentials_name_their_report():
    assert factors.gwp("SAR", "N2O").value == 310
    assert factors.gwp("AR5", "CH4").value == 28
    with pytest.raises(UnknownFactor, match="AR4"):
        factors.gwp("AR9", "CH4")
    with pytest.raises(UnknownFactor, match="N2O"):
        factors.gwp("AR5", "N2")


def test_every_source_stands_in_both_languages():
    tables = ("standard", "fuels", "processes", "grids", "gwp")
    english = {row["source"] for table in tables for row in factors.rows(table) if row["source"]}
    for source in english:
        assert not any(mark in factors.source_zh(source) for mark in ("guideline", "Report", "Ministry", "slides"))
        assert ("未与原文核对" in factors.source_zh(source)) == ("not confirmed" in source)
    assert factors.source_zh("省厅 2024") == "省厅 2024"


def test_what_is_not_confirmed_against_the_print_says_so():
    marked = {(row["key"], row["gas"]) for row in factors.rows("processes") if "not confirmed" in row["source"]}
    assert marked == {("ethylene", "CH4")}  # all others agree with a second table, to the digits printed there
    assert all("not confirmed" in row["source"] for row in factors.rows("boundary"))
    others = [row for table in ("gwp", "fuels", "grids") for row in factors.rows(table)]
    assert not any("not confirmed" in row["source"] for row in others)


@pytest.mark.parametrize(
    ("key", "value", "other"),
    [("cement_clinker", "0.538", "0.52"), ("limestone_in_steel", "0.43", "0.4397"),
     ("dolomite_in_steel", "0.474", "0.4773"), ("nitric_high_pressure_nscr", "0.002", "0.0139")],
)  # fmt: skip
def test_a_process_that_differs_elsewhere_keeps_its_value_and_says_the_other(key, value, other):
    found = next(iter((factors.process(key).factors or {}).values()))
    assert found.value == Fraction(value)
    assert other in found.source
    assert other in factors.source_zh(found.source)


def test_fuels_that_differ_elsewhere_say_the_other_value():
    lng, gas = factors.fuel("lng"), factors.fuel("coke_oven_gas")
    assert (lng.carbon, gas.ncv, gas.carbon) == (Fraction("15.3"), Fraction("179.81"), Fraction("13.58"))
    for source, others in ((lng.source, ("17.2",)), (gas.source, ("173.854", "12.1"))):
        assert all(other in source and other in factors.source_zh(source) for other in others)
    said = [fuel.key for fuel in factors.fuels().values() if "enterprises" in fuel.source]
    assert said == ["lng", "coke_oven_gas"]


def test_nscr_is_what_the_abatement_leaves_of_high_pressure():
    high, left = (factors.process(f"nitric_high_pressure{end}").factors["N2O"].value for end in ("", "_nscr"))
    assert round(float(high * (1 - Fraction("0.85"))), 3) == float(left)
