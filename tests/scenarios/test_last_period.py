"""Where the last period's rates come from."""

from decimal import Decimal
from fractions import Fraction

import pytest

from scenarios.errors import InputError
from scenarios.load import load_scenario

RULES = "rules:\n  - {id: ratchet, type: ratchet, column: %s, at_least: 0.5, reason: 不低于上期一半}\n"


@pytest.fixture
def with_column(guangxi_folder):
    """Return a function that gives the table of regions a column."""

    def add(header, values):
        path = guangxi_folder / "regions.csv"
        rows = zip(path.read_text("utf-8").splitlines(), (header, *values), strict=True)
        path.write_text("\n".join(f"{row},{cell}" for row, cell in rows), "utf-8")
        return guangxi_folder

    return add


def test_without_the_key_there_is_none(guangxi):
    assert guangxi.last is None


def test_a_table_by_its_short_name(guangxi_folder):
    scenario = load_scenario(guangxi_folder, ["last_period=published"])
    assert scenario.last[:4] == tuple(map(Decimal, ("0.17", "0.22", "0.17", "0.13")))
    assert "published.csv" in [source.name for source in scenario.inputs]


@pytest.mark.parametrize(("header", "cell"), [("last(%)", "16.5"), ("last", "0.165"), ("last", "16.5%")])
def test_a_column(with_column, header, cell):
    scenario = load_scenario(with_column(header, [cell] * 14), ["last_period=last"])
    assert scenario.last == (Decimal("0.165"),) * 14


def test_the_column_of_a_ratchet(with_column, edit):
    folder = with_column("last(%)", ["16"] * 14)
    edit(folder / "scenario.yaml", "rules: []\n", RULES % "last")
    assert load_scenario(folder).last == (Decimal("0.16"),) * 14
    assert load_scenario(folder, ["last_period=published"]).last[0] == Decimal("0.17")  # the key goes before it


@pytest.mark.parametrize(
    ("header", "cell", "setting", "code"),
    [
        ("last", "0.16", "last_period=lost", "indicator_column"),
        ("last", "16", "last_period=last", "rate_question"),
        ("last", "十六", "last_period=last", "not_a_rate"),
        ("last", "160%", "last_period=last", "rate_range"),
        ("last", "0.16", "last_period=gdp", "no_rate_column"),
    ],
)
def test_what_cannot_be_used_is_refused(with_column, header, cell, setting, code):
    with pytest.raises(InputError) as caught:
        load_scenario(with_column(header, [cell] * 14), [setting])
    assert {finding.code for finding in caught.value.findings} >= {code}
    assert all(finding.say(language) for finding in caught.value.findings for language in ("zh", "en"))


HOLDING = ("type: ratchet, at_least: 0.5", "type: ratchet, at_most: 2", "type: column_floor")


@pytest.mark.parametrize("rule", HOLDING)
@pytest.mark.parametrize(
    ("header", "cell", "code"),
    [
        ("cut", "18", "rate_question"),
        ("cut", "50000", "rate_range"),
        ("cut", "100", "rate_question"),
        ("cut", "120%", "rate_range"),
        ("cut(元)", "18", "wrong_unit"),
        ("cut(%)", "0.18", "as_fractions"),
    ],
)
def test_what_a_rule_holds_to_is_read_like_the_bounds(with_column, edit, rule, header, cell, code):
    folder = with_column(header, [cell] * 14)
    edit(folder / "scenario.yaml", "rules: []\n", f"rules:\n  - {{id: a, {rule}, column: cut, reason: x}}\n")
    with pytest.raises(InputError) as caught:
        load_scenario(folder)
    assert {finding.code for finding in caught.value.findings} == {code}
    assert {finding.place.row for finding in caught.value.findings} <= {None, *range(2, 16)}


@pytest.mark.parametrize("rule", HOLDING)
@pytest.mark.parametrize(("header", "cells"), [("cut(百分点)", ["16"]), ("cut", ["16%"]), ("cut", ["0.16", "16%"])])
def test_rates_that_a_rule_holds_to(with_column, edit, rule, header, cells):
    folder = with_column(header, (cells * 14)[:14])
    edit(folder / "scenario.yaml", "rules: []\n", f"rules:\n  - {{id: a, {rule}, column: cut, reason: x}}\n")
    scenario = load_scenario(folder)
    factor = {"at_least: 0.5": Fraction(1, 2), "at_most: 2": 2}.get(rule.partition(", ")[2], 1)
    floors, ceilings = scenario.demands[0].limits()
    assert set((floors or ceilings).values()) == {factor * Fraction(16, 100)}


@pytest.mark.parametrize("column", ["emissions", "gdp", "growth", "intensity"])
def test_what_is_no_rate_is_nothing_to_hold_to(guangxi_folder, edit, column):
    rule = f"rules:\n  - {{id: a, type: column_floor, column: {column}, reason: x}}\n"
    edit(guangxi_folder / "scenario.yaml", "rules: []\n", rule)
    with pytest.raises(InputError) as caught:
        load_scenario(guangxi_folder)
    assert [(finding.code, finding.place.column) for finding in caught.value.findings] == [("no_rate_column", column)]


def test_a_table_that_misses_a_city_is_refused(guangxi_folder, edit):
    edit(guangxi_folder / "published.csv", "450100,南宁,17\n", "")
    with pytest.raises(InputError) as caught:
        load_scenario(guangxi_folder, ["last_period=published"])
    assert [finding.code for finding in caught.value.findings] == ["missing_regions"]
