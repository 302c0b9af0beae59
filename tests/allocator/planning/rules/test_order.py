"""What the order asks of equals, and whom a rule holds."""

from decimal import Decimal

import pytest

from allocator.negotiating.prices import prices
from allocator.planning.plan import plan
from allocator.planning.rules import deciding, effort
from reports.verifying.verification import verify_rates
from scenarios.load import load_scenario
from scenarios.on_grid import OnGrid

SCENARIO = """\
schema_version: 1
name: order
title: {zh: 题, en: title}
period: {base: 2025, end: 2030}
target: 17%
regions: regions.csv
bounds: {lower: 5%, upper: 30%}
reference: {map: linear, spread: 4 points, deviation: absolute}
criteria: {c: {weight: 1, indicators: {i: {column: income, direction: +}}}}
publish: {grid: 1 point}
rules:
"""
ORDER = "{id: kept, type: order, reason: {zh: 因, en: why}}"


def floor(name, rate, city):
    return f"{{id: {name}, type: floor, rate: {rate}%, where: [{city}], reason: {{zh: 因, en: why}}}}"


@pytest.fixture
def cities(tmp_path):
    """Return a function that loads equal cities A, B, C of some incomes and upper bounds, under rules."""

    def load(incomes, uppers, *rules):
        (tmp_path / "scenario.yaml").write_text(SCENARIO + "".join(f"- {rule}\n" for rule in rules), "utf-8")
        rows = [f"{n},{'ABC'[n]},100,100,1.2,{incomes[n]},{uppers[n]}%" for n in range(3)]
        head = "id,name,emissions(万吨),gdp(亿元),growth,income,upper"
        (tmp_path / "regions.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")
        return load_scenario(tmp_path)

    return load


def held(scenario):
    return {region.name: region.rules for region in plan(scenario).record.regions}


def test_equals_get_the_same_target(cities):
    # A may cut 15 % at most, so B cuts no more; C carries the rest: 3 × 17 - 2 × 15
    made = plan(cities((2, 2, 3), (15, 30, 30), ORDER))
    assert [float(rate) for rate in made.published] == [0.15, 0.15, 0.21]
    assert made.verification.passed
    assert any("A = B" in notice.en for notice in made.record.notices)
    assert any("A = B" in notice.zh for notice in made.record.notices)


def test_a_table_that_gives_equals_different_targets_breaks_the_order(cities):
    scenario = cities((2, 2, 3), (15, 30, 30), ORDER)
    judged = verify_rates(scenario, [Decimal(rate) / 100 for rate in (15, 18, 18)])
    assert judged.backed
    assert [(check.name, check.regions) for check in judged.checks if not check.passed] == [("rule kept", (0,))]


def test_whom_the_order_holds_and_whom_it_does_not(cities):
    # without the order A stands at its bound of 15 % as well; B would be at more, C at less
    scenario = cities((2, 2, 3), (15, 30, 30), ORDER)
    assert held(scenario) == {"A": (), "B": ("kept",), "C": ()}
    assert [price.rules for price in prices(scenario).prices] == [(), ("kept",), ()]


def test_a_rule_whose_numbers_are_met_by_chance_holds_nobody(cities):
    # references of 15, 17 and 19 %: a floor of 17 % for the second changes nothing
    assert held(cities((1, 2, 3), (30, 30, 30), floor("same", 17, "B"))) == {"A": (), "B": (), "C": ()}


def test_of_two_rules_that_ask_the_same_the_last_one_holds(cities):
    scenario = cities((1, 2, 3), (30, 30, 30), floor("one", 19, "A"), floor("two", 19, "A"))
    assert held(scenario) == {"A": ("two",), "B": (), "C": ()}
    made = plan(scenario)
    decided = deciding(made.targeting.problem, OnGrid.of(scenario).demands, made.split.rates, effort(scenario))
    assert [[demand.id for demand in each] for each in decided] == [["two"], [], []]
