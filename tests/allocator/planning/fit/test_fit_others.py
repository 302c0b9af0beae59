"""What targets are held against each other by: other emissions, rows in another order, cities without a fuel."""

import shutil
from pathlib import Path

import pytest

from allocator.planning.total.fit import fit
from scenarios.errors import InputError
from scenarios.load import find_scenario, load_scenario
from tests.allocator.planning.energy_case import FILES, edited

FACTORS = "fit: {coal: 2.66, oil: 1.73, gas: 1.56}"


@pytest.fixture
def case(tmp_path):
    return Path(shutil.copytree(find_scenario("15fyp-energy").parent, tmp_path / "case"))


def read(case, files=FILES):
    return fit([(f"{name}.yaml", load_scenario(case / f"{name}.yaml", split=False)) for name in files])


def refused(case):
    with pytest.raises(InputError) as caught:
        read(case)
    return caught.value.findings


def table_of(case, name, change):
    """Give a scenario a table of regions of its own."""
    head, *rows = (case / "regions.csv").read_text("utf-8").splitlines()
    (case / f"{name}.csv").write_text("\n".join([head, *change(rows)]) + "\n", "utf-8")
    edited(case, f"{name}.yaml", ("regions: regions.csv", f"regions: {name}.csv"))


@pytest.mark.parametrize("other", ["-30000", "30000"])
def test_other_emissions_that_the_base_year_does_not_have_are_asked_about(case, other):
    edited(case, "carbon.yaml", (FACTORS[:-1], f"{FACTORS[:-1]}, other: {other}"))
    (found,) = refused(case)
    # 40,246.3 less 2.66 × 11,250 + 1.73 × 4,370 + 1.56 × 1,770 = 40,246.3
    assert (found.code, found.asked, found.place.key) == ("fit_other", "fit-other", "fit")
    assert [found.values[key] for key in ("low", "high")] == ["0.0", "0.0"]
    assert "fit.other" in found.say("zh")
    assert "processes" in found.say("en")
    edited(case, "carbon.yaml", ("fit: ", "accept: [{id: fit-other, reason: 核过}]\nfit: "))
    assert [one.code for one in read(case).said] == ["fit_other"]


def test_the_order_of_the_rows_says_nothing(case):
    table_of(case, "nonfossil", lambda rows: rows[::-1])
    assert read(case).record.holds == read(case, FILES).record.holds


def test_the_city_that_differs_is_named(case):
    table_of(case, "nonfossil", lambda rows: [row.replace(",3400,900,", ",3401,900,") for row in rows])
    (found,) = refused(case)
    assert (found.code, found.values["column"]) == ("fit_figures", "energy")
    assert "甲市" in found.say("zh")


def test_a_city_without_coal_counts_as_zero_and_that_is_said(case):
    head = (case / "regions.csv").read_text("utf-8").splitlines()[0].split(",")
    at = head.index("coal(万吨标准煤)")
    lines = (case / "regions.csv").read_text("utf-8").splitlines()
    kept, last = lines[:-1], lines[-1].split(",")
    coal, last[at] = last[at], "0"
    (case / "regions.csv").write_text("\n".join([*kept, ",".join(last)]) + "\n", "utf-8")
    table_of(case, "coal", lambda rows: rows[:-1])
    found = read(case)
    assert [(one.code, one.severity) for one in found.said] == [("fit_without", "notice")]
    assert last[1] in found.said[0].say("zh")
    assert "counts as zero" in found.said[0].say("en")
    assert found.record.fuels["coal"].base == pytest.approx(11250 - float(coal))


@pytest.mark.parametrize(
    ("other", "asked"), [("0", True), ("3099", True), ("3100", False), ("7124", False), ("7125", True)]
)
def test_what_the_factors_leave_of_the_base_year_is_asked_about_where_it_is_not_in_other(case, other, asked):
    """29,925, 1.111 × 4,370 and 0.2 × 1,770 are 35,134.07 of 40,246.3; of the 5,112.23 left 5 % are 2,012.315."""
    factors = "fit: {coal: 2.66, oil: 1.111, gas: 0.2"
    edited(case, "carbon.yaml", (FACTORS[:-1], f"{factors}, other: {other}"))
    if asked:
        assert [found.code for found in refused(case)] == ["fit_other"]
    else:
        assert read(case).said == ()
