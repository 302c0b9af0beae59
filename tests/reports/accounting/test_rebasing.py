"""The base year counted anew: by hand, and part by part."""

from fractions import Fraction

import pytest

from reports.accounting.rebasing import rebasing
from scenarios.accounting.energy import read_account
from scenarios.accounting.scopes import scopes
from scenarios.load import find_scenario

EXAMPLE = find_scenario("accounting-example").parent


def example(scope, option=None):
    return read_account(EXAMPLE / "energy.csv", scopes()[scope], option, "示例省", EXAMPLE / "factors.csv").account


def test_the_example_s_base_of_2025_by_hand():
    found = rebasing(example("2026"), scopes()["13fyp"], 2025)
    oil, clinker = Fraction("1.73") * 1_000_000, [0, 8_000_000, 5_000_000, 0, 3_000_000]
    assert [city.changes["process"] for city in found.cities] == [Fraction("0.538") * one for one in clinker]
    assert [city.changes["non_energy"] for city in found.cities] == [0, -oil, 0, 0, 0]
    assert {part: change for part, change in found.sum.changes.items() if change} == {
        "non_energy": -oil, "process": Fraction("0.538") * 16_000_000,
    }  # fmt: skip


@pytest.mark.parametrize("before", list(scopes()))
@pytest.mark.parametrize("after", list(scopes()))
@pytest.mark.parametrize("option", [None, "fossil", "own"])
def test_the_parts_are_the_whole_difference(before, after, option):
    old, new = example(before, option), example(after, option)
    for year in new.table.years:
        found = rebasing(new, scopes()[before], year)
        assert [city.before for city in found.cities] == list(old.years[year].totals)
        assert [city.after for city in found.cities] == list(new.years[year].totals)
        assert all(sum(city.changes.values()) == city.after - city.before for city in (*found.cities, found.sum))
