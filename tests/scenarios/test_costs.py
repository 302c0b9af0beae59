"""The tables that methods read: what cuts cost step by step, and people; every mistake with its cell."""

from fractions import Fraction

import pytest

from allocator.planning.check import check
from scenarios.by_method.costs import CostStep, read_costs
from scenarios.by_method.population import read_population
from scenarios.errors import InputError
from scenarios.load import load_scenario

HEAD = "地区,档次,宽度（百分点）,单价（元/吨）"
GOOD = [f"{name},{step},{10 * step},{50 * step}" for name in ("甲市", "乙市", "丙市") for step in (1, 2)]


@pytest.fixture(scope="module")
def regions():
    return load_scenario("three-cities").regions


def costs_of(tmp_path, regions, rows, head=HEAD):
    (tmp_path / "costs.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")
    return read_costs(tmp_path / "costs.csv", regions)


def test_steps_are_read_in_their_order_whatever_that_of_the_rows(tmp_path, regions):
    steps, source, notices = costs_of(tmp_path, regions, reversed(GOOD))
    both = (CostStep(Fraction(1, 10), Fraction(50)), CostStep(Fraction(1, 5), Fraction(100)))
    assert steps == (both, both, both)
    assert source.name == "costs.csv"
    assert not notices


def test_other_units_are_converted(tmp_path, regions):
    steps, _, _ = costs_of(
        tmp_path, regions, ["甲市,1,10%,1", "乙市,1,10%,1", "丙市,1,10%,1"], "region,step,width,price(万元/吨)"
    )
    assert steps[0] == (CostStep(Fraction(1, 10), Fraction(10_000)),)


@pytest.mark.parametrize(
    ("row", "text", "code", "line", "said"),
    [
        (1, "甲市,2,20,40", "cost_falls", 3, "50"),
        (1, "甲市,3,20,100", "cost_gap", 3, "第 2 档"),
        (1, "甲市,1,20,100", "cost_twice", 3, "第 2 行"),
        (1, "甲市,1.5,20,100", "cost_step", 3, "1.5"),
        (1, "甲市,2,0,100", "not_positive", 3, "0"),
        (1, "甲市,2,,100", "empty_cell", 3, ""),
        (1, "甲市,2,20,", "empty_cell", 3, ""),
        (1, "丁市,2,20,100", "unknown_region", 3, "丁市"),
    ],
)
def test_what_is_wrong_is_said_with_its_cell(tmp_path, regions, row, text, code, line, said):
    rows = [*GOOD[:row], text, *GOOD[row + 1 :]]
    with pytest.raises(InputError) as error:
        costs_of(tmp_path, regions, rows)
    found = next(finding for finding in error.value.findings if finding.code.startswith(code))
    assert found.place.row == line
    assert found.place.file == "costs.csv"
    assert said in found.say("zh")
    assert found.say("en")


def test_every_region_needs_a_step(tmp_path, regions):
    with pytest.raises(InputError) as error:
        costs_of(tmp_path, regions, GOOD[:4])
    assert [finding.code for finding in error.value.findings] == ["cost_regions"]
    assert "丙市" in error.value.findings[0].say("zh")


def people_of(tmp_path, regions, text):
    (tmp_path / "people.csv").write_text(text, "utf-8")
    return read_population(tmp_path / "people.csv", regions)


def test_people_are_read_in_the_order_of_the_regions(tmp_path, regions):
    found, unit, _, _ = people_of(tmp_path, regions, "地区,常住人口（万人）\n丙市,30\n甲市,10.5\n乙市,20\n")
    assert ([float(each) for each in found], unit) == ([10.5, 20, 30], "万人")


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("地区,人口\n丙市,30\n甲市,0\n乙市,20\n", "not_positive", 3),
        ("地区,人口\n丙市,30\n甲市,\n乙市,20\n", "empty_cell", 3),
        ("地区,人口\n丙市,30\n丙市,10\n乙市,20\n甲市,1\n", "region_twice", 3),
        ("地区,人口\n丙市,30\n乙市,20\n", "population_regions", None),
        ("地区,人口（户）\n丙市,30\n乙市,20\n甲市,1\n", "wrong_unit", None),
    ],
)
def test_what_is_wrong_with_people(tmp_path, regions, text, code, row):
    with pytest.raises(InputError) as error:
        people_of(tmp_path, regions, text)
    assert (error.value.findings[0].code, error.value.findings[0].place.row) == (code, row)


def test_a_column_of_people_must_be_above_zero(tmp_path):
    case = tmp_path / "case"
    case.mkdir()
    rows = [
        "id,name,emissions(万吨),gdp(亿元),growth,population(万人)",
        "1,甲市,100,100,1.3,10",
        "2,乙市,200,100,1.3,0",
    ]
    (case / "regions.csv").write_text("\n".join(rows), "utf-8")
    (case / "scenario.yaml").write_text(
        "schema_version: 1\nname: two\ntitle: {zh: 两市}\nperiod: {base: 2025, end: 2030}\ntarget: 17%\n"
        "regions: regions.csv\nreference: {map: uniform}\nmethods: {population: population}\n"
        'criteria: {all: {weight: 1, indicators: {gdp: {column: gdp, direction: "+"}}}}\n',
        "utf-8",
    )
    with pytest.raises(InputError) as error:
        load_scenario(case)
    finding = next(finding for finding in error.value.findings if finding.code == "not_positive")
    assert (finding.place.row, finding.place.column) == (3, "population")


def test_two_sources_of_people_are_refused():
    with pytest.raises(InputError) as error:
        load_scenario("guangxi-13fyp", ["methods.population=gdp"])
    assert error.value.findings[0].code == "only_one_of"


def test_check_reads_both_tables(guangxi_folder, edit):
    edit(guangxi_folder / "population.csv", "南宁,697.7", "南宁,0")
    both = "{population_table: population.csv, costs: c.csv}"
    edit(guangxi_folder / "scenario.yaml", "{population_table: population.csv}", both)
    (guangxi_folder / "c.csv").write_text("region,step,width(%),price\n南宁,1,5,10\n", "utf-8")
    with pytest.raises(InputError) as error:
        check(load_scenario(guangxi_folder))
    assert [finding.code for finding in error.value.findings] == ["not_positive", "cost_regions"]
