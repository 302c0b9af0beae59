"""What can hardly be meant where targets are held against each other is asked: factors, and fuels city by city."""

import shutil
from pathlib import Path

import pytest

from allocator.planning.total.fit import fit
from scenarios.errors import InputError
from scenarios.load import find_scenario, load_scenario
from tests.allocator.planning.energy_case import FILES, edited

FACTORS = "fit: {coal: 2.66, oil: 1.73, gas: 1.56}"
OF_CARBON = "fit: {coal: 0.7476, oil: 0.5825, gas: 0.4435}"


@pytest.fixture
def case(tmp_path):
    return Path(shutil.copytree(find_scenario("15fyp-energy").parent, tmp_path / "case"))


def read(case, files=FILES):
    return fit([(f"{name}.yaml", load_scenario(case / f"{name}.yaml", split=False)) for name in files])


def refused(case, files=FILES):
    with pytest.raises(InputError) as caught:
        read(case, files)
    return caught.value.findings


def test_factors_of_carbon_are_asked_about(case):
    edited(case, "carbon.yaml", (FACTORS, OF_CARBON))
    (found,) = refused(case)
    assert (found.code, found.asked, found.place.file) == ("fit_far_carbon", "fit-factors", "carbon.yaml")
    # 0.7476 × 11,250 + 0.5825 × 4,370 + 0.4435 × 1,770
    assert (found.values["base"], found.values["emissions"]) == ("11,741.0", "40,246.3")
    assert "44/12" in found.say("zh")


def test_without_scenarios_of_fuels_too(case):
    edited(case, "carbon.yaml", (FACTORS, OF_CARBON))
    assert [found.code for found in refused(case, FILES[:3])] == ["fit_far"]


def test_factors_that_are_merely_far_off_are_asked_about(case):
    edited(case, "carbon.yaml", (FACTORS, "fit: {coal: 3.66, oil: 1.73, gas: 1.56}"))
    (found,) = refused(case)
    assert (found.code, found.values["base"]) == ("fit_far", "51,496.3")


def test_their_answer_lets_them_stand_and_is_said(case):
    answer = "accept: [{id: fit-factors, reason: 另一口径}]\n"
    edited(case, "carbon.yaml", (FACTORS, answer + OF_CARBON))
    assert [(found.code, found.severity) for found in read(case).said] == [("fit_far_carbon", "notice")]


@pytest.mark.parametrize("other", ["0", "600", "-600"])
def test_factors_that_give_the_base_year_are_not_asked_about(case, other):
    edited(case, "carbon.yaml", (FACTORS[:-1], f"{FACTORS[:-1]}, other: {other}"))
    assert read(case).said == ()
    read(case, FILES[:3])


def test_more_fuels_than_fossil_energy_in_a_city_are_asked_about_at_the_cell(case):
    edited(case, "regions.csv", ("960,160,140,620", "960,1600,140,620"))
    (found,) = refused(case)
    assert (found.code, found.asked, found.place.file, found.place.row) == (
        "fit_city",
        "fit-city:辛市",
        "regions.csv",
        9,
    )
    assert (found.values["used"], found.values["fossil"]) == ("1,740.0", "340.0")
    edited(case, "carbon.yaml", ("fit: {", 'accept: [{id: "fit-city:辛市", reason: 外送电力}]\nfit: {'))
    assert [found.code for found in read(case).said] == ["fit_city"]


def test_a_share_of_nothing_is_asked_about_at_its_header(case):
    edited(case, "regions.csv", ("nonfossil(万吨标准煤)", "nonfossil(吨标准煤)"))
    found = refused(case)[0]
    assert (found.code, found.place.column, found.values["percent"]) == ("share_tiny", "nonfossil", "0.0020")


@pytest.mark.parametrize(("target", "asked"), [("5.4%", True), ("19.6%", True), ("19.61%", False), ("25%", False)])
def test_a_share_below_that_of_the_base_year_is_asked_about(case, target, asked):
    """The base year's is 4,240 of 21,630, 19.602404 %; 5.4 is the rise in points to 25.002404."""
    edited(case, "nonfossil.yaml", ("target: 25%", f"target: {target}"))
    if not asked:
        assert not load_scenario(case / "nonfossil.yaml", split=False).notices
        return
    with pytest.raises(InputError) as caught:
        load_scenario(case / "nonfossil.yaml", split=False)
    (found,) = caught.value.findings
    assert (found.code, found.asked, found.place.file) == ("share_falls", "share-falls", "nonfossil.yaml")
    assert (found.values["target"], found.values["base"]) == (target[:-1], "19.60")
    if target == "5.4%":
        assert found.values["sum"] == "25.00"
    answer = ["accept=[{id: share-falls, reason: 水电来水减少}]"]
    (notice,) = load_scenario(case / "nonfossil.yaml", answer, split=False).notices
    assert notice.code == "share_falls"
