"""Slips in tables of caps: of the years, of the reserve and of the province, each named at its cell."""

from fractions import Fraction

import pytest

from scenarios.errors import InputError
from scenarios.load import load_scenario
from tests.allocator.planning.total.test_year_caps import BUDGETS, CAPS, CITIES, rows

HEAD = "地区,年份,总量（万吨）"


@pytest.fixture
def loaded(example_15fyp_folder):
    """Return what is found wrong with tables of yearly caps and of caps; nothing where nothing is."""

    def made(years=None, caps=None, head=HEAD, settings=()):
        asked = [*settings]
        if years is not None:
            (example_15fyp_folder / "years.csv").write_text("\n".join([head, *years]), "utf-8")
            asked += ["total.year_caps=years.csv"]
        if caps is not None:
            (example_15fyp_folder / "caps.csv").write_text("\n".join(["地区,总量目标（万吨）", *caps]), "utf-8")
            asked += ["total.caps=caps.csv"]
        try:
            return load_scenario(example_15fyp_folder, asked).notices
        except InputError as error:
            return error.findings

    return made


def said(findings):
    return [(found.code, found.place.row, found.severity) for found in findings]


def test_budgets_of_most_years_in_another_unit_are_asked_about_at_the_header(loaded):
    tenth = {year: tuple(value / 10 for value in values) for year, values in BUDGETS.items()}
    (found,) = loaded(rows(tenth))
    assert (found.code, found.asked, found.values["n"]) == ("year_caps_off", "year-caps-off:years.csv", 36)
    assert found.values["times"] == "0.101"  # the median
    (found,) = loaded(rows(), head="地区,年份,总量（吨）")[:1]
    assert found.code == "year_caps_off_meant"


def test_one_budget_with_its_point_elsewhere_is_asked_about_at_its_cell(loaded):
    slip = {**BUDGETS, 2028: (*BUDGETS[2028][:3], 738.3, *BUDGETS[2028][4:])}
    (found,) = loaded(rows(slip))
    assert (found.code, found.place.row, found.asked) == ("year_cap_off", 23, "year-cap-off:years.csv:丁市:2028")
    assert loaded(rows(slip), settings=['accept=[{id: "year-cap-off:years.csv:丁市:2028", reason: 停产}]'])[0].reason
    # 738.3 of 7,521.0: three fifths of the way from 7,367.8 to 9,357.106 × 42,200 / 51,798.357 = 7,623.2
    assert found.values["times"] == "0.09816"


def test_sound_budgets_are_not_asked_about(loaded):
    assert said(loaded(rows())) == []
    assert said(loaded(rows(more=["合计,2026,40687", "合计,2030,42500"]))) == []


@pytest.mark.parametrize("found", [45000, 42400])
def test_a_last_year_of_the_province_that_is_not_its_cap_is_refused(loaded, found):
    assert said(loaded(rows(more=[f"合计,2030,{found}"]))) == [("year_caps_cap", 38, "error")]


def test_a_year_of_the_province_far_off_is_asked_about(loaded):
    assert said(loaded(rows(more=["合计,2027,411330"]))) == [("year_cap_off", 38, "question")]


def test_reserves_of_the_years_are_said_not_to_be_used(loaded):
    assert said(loaded(rows(more=["机动,2026,60", "机动,2027,120"]))) == [("year_caps_reserve", 38, "notice")]


def test_a_reserve_in_the_table_must_be_that_of_the_scenario(loaded):
    caps = [f"{city},{cap}" for city, cap in zip(CITIES, CAPS, strict=True)]
    assert said(loaded(caps=[*caps, "机动,300"])) == []
    assert said(loaded(caps=[*caps, "机动,350"])) == [("caps_reserve", 11, "error")]
    less = [*caps[:-1], f"{CITIES[-1]},528", "机动,350"]  # 42,150 and 350 are the cap, 42,150 and 300 are not
    (found,) = loaded(caps=less)
    assert (found.code, found.values["reserve"]) == ("caps_reserve", "300")
    (found,) = loaded(caps=less[:-1])
    assert "加方案中的机动 300 万吨，比全省总量 42,500 万吨少 50 万吨" in found.say("zh")


INCREMENTS = (92, 394.5, 680, 24.2, 323.8, 142.2, 226.5, 49.8, 20.7)
"""1,953.7 together: 42,500 less a reserve of 300 and 40,246.3 of the base year."""


@pytest.mark.parametrize(
    ("head", "size", "zh", "en"),
    [
        ("增量（万吨）", 10, "各数除以 10才相当", "divided by 10 they would match"),
        ("增量（吨）", 1000, "各数乘以 10才相当", "times 10 they would match"),
        ("增量（万吨）", Fraction(1, 100), "各数乘以 100才相当", "times 100 they would match"),
    ],
)
def test_increments_ten_times_off_are_named_a_slip(loaded, example_15fyp_folder, head, size, zh, en):
    lines = [f"{city},{float(Fraction(str(n)) * size):.4f}" for city, n in zip(CITIES, INCREMENTS, strict=True)]
    (example_15fyp_folder / "caps.csv").write_text("\n".join([f"region,{head}", *lines]), "utf-8")
    (found,) = loaded(settings=["total.caps=caps.csv"])
    assert (found.code, found.place.column) == ("increments_off", "增量")
    assert "应为 1,953.7 万吨" in found.say("zh")
    assert zh in found.say("zh")
    assert en in found.say("en")


@pytest.mark.parametrize(
    ("size", "zh"), [(0.1, "各数乘以 10才相当"), (100, "各数除以 100才相当"), (7e6, "换成别的单位也不相当")]
)
def test_caps_a_power_of_ten_off_are_told_so_where_no_unit_is(loaded, size, zh):
    (found,) = loaded(caps=[f"{city},{n * size:.2f}" for city, n in zip(CITIES, CAPS, strict=True)])
    assert found.code == "caps_off"
    assert zh in found.say("zh")
