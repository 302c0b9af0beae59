"""A scenario whose emissions come from an energy table."""

import shutil
from decimal import Decimal
from fractions import Fraction

import pytest

from scenarios.accounting.energy import in_10kt
from scenarios.load import find_scenario, load_scenario
from scenarios.tables.cells import DIGITS


@pytest.fixture
def folder(tmp_path):
    target = tmp_path / "case"
    shutil.copytree(find_scenario("accounting-example").parent, target)
    return target


def test_the_base_year_is_the_account_of_that_year(folder):
    scenario = load_scenario(folder)
    totals = scenario.energy.account.years[2025].totals
    for emissions, total in zip(scenario.regions.emissions, totals, strict=True):
        assert abs(Fraction(emissions) - total / 10_000) <= Fraction(1, 2_000_000)  # half of the last digit
    assert scenario.regions.columns["emissions"] == scenario.regions.emissions
    pairs = zip(scenario.regions.emissions, scenario.regions.gdp, strict=True)
    assert scenario.regions.columns["intensity"] == tuple(DIGITS.divide(e, y) for e, y in pairs)
    assert [source.name for source in scenario.inputs] == [
        "scenario.yaml", "regions.csv", "energy.csv", "factors.csv", "gdp.csv",
    ]  # fmt: skip
    assert in_10kt(Fraction(123_456_789, 7)) == Decimal("1763.668414")


def test_scope_and_option_are_settings(folder):
    old, new = load_scenario(folder), load_scenario(folder, ["energy.scope=2026", "energy.option=balance"])
    assert new.energy.account.settings.scope.key == "2026"
    assert new.energy.account.years[2025].option == "balance"
    assert new.regions.emissions != old.regions.emissions


def test_an_own_scope(folder, edit):
    own = "own_scope: {label: 自定义, non_energy: released, processes: true, gases: [CO2, N2O], gwp: SAR}"
    edit(folder / "scenario.yaml", "scope: 13fyp", own)
    scope = load_scenario(folder).energy.account.settings.scope
    assert (scope.non_energy, scope.processes, scope.gases, scope.gwp) == ("released", True, ("CO2", "N2O"), "SAR")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("scope: 13fyp", "scope: 2027", "scope_unknown"),
        ("scope: 13fyp", "scope: 13fyp\n  own_scope: {label: x}", "only_one_of"),
        ("scope: 13fyp", "option: best", "not_one_of"),
        ("base: 2025", "base: 2026", "energy_base_year"),
        ("energy.csv", "energie.csv", "no_file"),
        ("factors.csv", "factor.csv", "no_file"),
    ],
)
def test_what_is_wrong_in_the_scenario(folder, edit, refused, old, new, code):
    edit(folder / "scenario.yaml", old, new)
    codes = [finding.code for finding in refused(load_scenario, folder)]
    assert code in codes
    others = {"gdp_no_year"} if code == "energy_base_year" else set()
    assert set(codes) <= {code, "grid_unknown", *others}  # without the own factors the invented province has none


def test_cities_of_one_table_and_not_of_the_other(folder, edit, refused):
    edit(folder / "regions.csv", "990500,戊市,City E", "990600,己市,City F")
    edit(folder / "scenario.yaml", "丁市, 戊市]", "丁市, 己市]")
    findings = refused(load_scenario, folder)
    assert [(f.code, f.place.row, f.values["name"]) for f in findings] == [
        ("gdp_without", 6, "己市"), ("gdp_extra", 14, "戊市"),
        ("energy_without", 6, "己市"), ("energy_extra", 19, "戊市"),
    ]  # fmt: skip


def test_a_code_and_a_name_of_different_cities(folder, edit, refused):
    # without this the code alone would decide, and two cities would have each other's emissions
    edit(folder / "regions.csv", "990100,甲市", "990200,甲市")
    edit(folder / "regions.csv", "990200,乙市", "990100,乙市")
    conflicts = [f for f in refused(load_scenario, folder) if f.code == "region_conflict"]
    assert {(f.place.row, f.values["found"].split(": ")[0]) for f in conflicts} == {
        (2, "990200 / 甲市 / energy.csv"), (3, "990100 / 乙市 / energy.csv"),
        (2, "990200 / 甲市 / gdp.csv"), (3, "990100 / 乙市 / gdp.csv"),
    }  # fmt: skip


def test_emissions_are_not_given_twice(folder, refused):
    text = (folder / "regions.csv").read_text("utf-8").splitlines()
    lines = [f"{text[0]},emissions(万吨)", *(f"{line},1" for line in text[1:])]
    (folder / "regions.csv").write_text("\n".join(lines) + "\n", "utf-8")
    assert [f.code for f in refused(load_scenario, folder)] == ["emissions_twice"]


def test_both_tables_are_judged_at_once(folder, edit, refused):
    edit(folder / "regions.csv", "City A,1.31", "City A,-1.31")
    edit(folder / "energy.csv", "火力发电,,564", "火力发电,,-564")
    assert {f.code for f in refused(load_scenario, folder)} == {"not_positive", "energy_negative"}
    edit(folder / "scenario.yaml", "target: 17%", "target: 17")
    assert {f.code for f in refused(load_scenario, folder)} == {"rate_question", "not_positive"}


def test_nothing_to_split_without_emissions(folder, refused):
    rows = ["地区,年份,煤炭(万吨标煤)", *(f"{name},2025,{n}" for n, name in enumerate("甲乙丙丁戊"))]
    (folder / "energy.csv").write_text("\n".join(rows).replace(",2025", "市,2025") + "\n", "utf-8")
    assert [f.code for f in refused(load_scenario, folder)] == ["energy_not_positive"]
