"""Where the last period's rates come from."""

from decimal import Decimal

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
        ("last", "16", "last_period=last", "rate_range"),
        ("last", "十六", "last_period=last", "not_a_number"),
    ],
)
def test_what_cannot_be_used_is_refused(with_column, header, cell, setting, code):
    with pytest.raises(InputError) as caught:
        load_scenario(with_column(header, [cell] * 14), [setting])
    assert {finding.code for finding in caught.value.findings} >= {code}
    assert all(finding.say(language) for finding in caught.value.findings for language in ("zh", "en"))


def test_a_table_that_misses_a_city_is_refused(guangxi_folder, edit):
    edit(guangxi_folder / "published.csv", "450100,南宁,17\n", "")
    with pytest.raises(InputError) as caught:
        load_scenario(guangxi_folder, ["last_period=published"])
    assert [finding.code for finding in caught.value.findings] == ["missing_regions"]
