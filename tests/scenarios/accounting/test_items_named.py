"""Fuels and units of energy tables as people call them: read, or told how each is given."""

import pytest

from scenarios.accounting.energy_table import read_energy
from scenarios.errors import InputError
from scenarios.tables.columns import parse_header
from scenarios.tables.headers.energy_units import unit


@pytest.fixture
def found(tmp_path):
    """Return a function that reads a table of one item and returns its findings."""

    def call(header, head="地区,年份,", rows=("甲市,2025,3", "乙市,2025,4")):
        (tmp_path / "energy.csv").write_text("\n".join([head + header, *rows]) + "\n", "utf-8")
        try:
            return read_energy(tmp_path / "energy.csv")[1]
        except InputError as error:
            return error.findings

    return call


@pytest.mark.parametrize(
    ("header", "code", "said"),
    [
        ("无烟煤（万吨）", "energy_without_factor", "煤炭"),
        ("煤油（万吨）", "energy_without_factor", "石油"),
        ("电力（亿千瓦时）", "energy_which_electricity", "全社会用电量"),
        ("洗精煤（万吨）", "coking_sector", "煤炭"),
    ],
)
def test_what_has_no_factor_or_no_one_meaning_is_told_how_it_is_given(found, header, code, said):
    finding, *_ = found(header)
    assert finding.code == code
    assert said in finding.say("zh")


def test_without_years_a_column_of_years_is_asked_for(found):
    (finding,) = found("煤炭（万吨标煤）", "地区,", ("甲市,3", "乙市,4"))
    assert finding.code == "missing_year"
    assert "加一列“年份”" in finding.say("zh")


@pytest.mark.parametrize(
    ("text", "known"),
    [("万tce", "万吨标煤"), ("亿kWh", "亿千瓦时"), ("万kW·h", "万千瓦时"), ("10,000 t", "万吨"), ("Gg", "千吨")],
)
def test_units_of_energy_in_letters_by_hand(text, known):
    assert unit(text) == unit(known)


@pytest.mark.parametrize(
    ("header", "factor"),
    [
        ("CO2 emissions (10,000 tons)", "1"),
        ("碳排放量（Gg）", "0.1"),
        ("碳排放量（万吨CO2当量）", "1"),
        ("碳排放量（tCO2e）", "0.0001"),
    ],
)
def test_units_of_emissions_by_hand(header, factor):
    read = parse_header(header)
    assert (read.standard, str(read.factor)) == ("emissions", factor)


def test_a_year_of_one_city_alone_is_named_in_its_row(found):
    rows = [f"{name},{year},3" for name in ("甲市", "乙市", "丙市") for year in (2024, 2025)]
    (finding,) = found("煤炭（万吨标煤）", rows=[*rows[:3], "乙市,2052,3", *rows[4:]])
    assert (finding.code, finding.place.row, finding.values["name"]) == ("energy_year_of_one", 5, "乙市")
