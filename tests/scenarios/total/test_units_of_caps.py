"""Caps and budgets under a header of another unit: the question says the unit, how far off, and what to write."""

from fractions import Fraction

import pytest

from scenarios.errors import InputError
from scenarios.load import load_scenario
from scenarios.total import unit_meant

# x (C - B)/Σx by hand, the policy `total` of the design
CAPS = {
    "甲市": 5163,
    "乙市": 9903,
    "丙市": 8063,
    "丁市": 7393,
    "戊市": 4117,
    "己市": 2100,
    "庚市": 4103,
    "辛市": 780,
    "壬市": 578,
}


@pytest.fixture
def asked(example_15fyp_folder):
    """Return the first finding on a table of caps with a header and figures that are so many times the caps."""

    def made(header, times):
        rows = [f"{city},{cap * times}" for city, cap in CAPS.items()]
        (example_15fyp_folder / "caps.csv").write_text("\n".join([f"地区,{header}", *rows]), "utf-8")
        with pytest.raises(InputError) as error:
            load_scenario(example_15fyp_folder, ["total.caps=caps.csv"])
        return next(found for found in error.value.findings if found.severity == "question")

    return made


@pytest.mark.parametrize(
    ("header", "times", "read", "ratio", "write"),
    [
        ("总量目标（吨）", 1, "按吨读", "0.0001", "“总量目标（万吨）”"),
        ("总量目标（万吨）", 10_000, "按万吨读", "10000", "“总量目标（吨）”"),
        ("总量目标", 10_000, "按万吨读", "10000", "“总量目标（吨）”"),
        ("总量目标（亿吨）", 1, "按亿吨读", "10000", "“总量目标（万吨）”"),
        ("总量目标（千吨）", 1, "按千吨读", "0.1", "“总量目标（万吨）”"),
    ],
)
def test_the_unit_of_the_header_the_factor_and_what_to_write_are_named(asked, header, times, read, ratio, write):
    found = asked(header, times)
    assert (found.code, found.asked) == ("caps_off_meant", "caps-off:caps.csv")
    # each cap is held against E g of 42,200/51,351.3 instead of x: their median is 1.025 of it
    assert float(found.values["times"]) == pytest.approx(float(ratio) * 1.025, rel=0.01)
    assert read in found.say("zh")
    assert write in found.say("zh")


def test_in_english_the_unit_to_write_is_one_that_a_header_may_say(asked):
    assert "read in 吨" in asked("总量目标（吨）", 1).say("en")
    assert "“cap (10^4 t)”" in asked("cap (t)", 1).say("en")
    assert "read in 10⁴ t" in asked("cap", 10_000).say("en")
    assert "“cap (t)”" in asked("cap", 10_000).say("en")


def test_figures_that_no_unit_explains_are_said_to_be_so(asked):
    found = asked("总量目标（万吨）", 4)
    assert found.code == "caps_off"
    assert "换成别的单位也不相当" in found.say("zh")


def test_the_header_as_told_is_read_without_a_question(example_15fyp_folder):
    for header in ("总量目标（万吨）", "cap (10^4 t)"):
        rows = [f"{city},{cap}" for city, cap in CAPS.items()]
        (example_15fyp_folder / "caps.csv").write_text("\n".join([f"地区,{header}", *rows]), "utf-8")
        assert load_scenario(example_15fyp_folder, ["total.caps=caps.csv"]).caps.given.values[0] == 5163


def test_budgets_of_the_years_are_asked_about_likewise(example_15fyp_folder):
    rows = [f"{city},{year},{cap}" for city, cap in CAPS.items() for year in (2026, 2027, 2028, 2029)]
    (example_15fyp_folder / "years.csv").write_text("\n".join(["地区,年份,总量（吨）", *rows]), "utf-8")
    with pytest.raises(InputError) as error:
        load_scenario(example_15fyp_folder, ["total.year_caps=years.csv"])
    found = next(found for found in error.value.findings if found.severity == "question")
    assert (found.code, found.asked) == ("year_caps_off_meant", "year-caps-off:years.csv")
    assert "按吨读" in found.say("zh")
    assert "“总量（万吨）”" in found.say("zh")


def test_increments_in_another_unit_are_told_by_the_increments(example_15fyp_folder):
    # c - E; in tonnes under a header of 万吨 the caps would be about two hundred times too great, the increments 10,000
    increments = {
        "甲市": 86, "乙市": 395.5, "丙市": 681, "丁市": 25.2, "戊市": 324.8, "己市": 142.2, "庚市": 227.5, "辛市": 49.8,
        "壬市": 21.7,
    }  # fmt: skip
    rows = [f"{city},{value * 10_000:.0f}" for city, value in increments.items()]
    (example_15fyp_folder / "caps.csv").write_text("\n".join(["地区,增量（万吨）", *rows]), "utf-8")
    with pytest.raises(InputError) as error:
        load_scenario(example_15fyp_folder, ["total.caps=caps.csv"])
    found = next(found for found in error.value.findings if found.severity == "question")
    assert found.code == "caps_off_meant"
    assert "表头请写“增量（吨）”" in found.say("zh")


def test_what_no_power_of_ten_brings_near_is_told_no_digit():
    """Increments among caps: 0.05693 times, and 0.5693 times is no match."""
    assert "no other unit would match" in unit_meant._moved(Fraction(5693, 10**5), *unit_meant._LIKE).en
    assert "times 10 they would match" in unit_meant._moved(Fraction(9, 100), *unit_meant._LIKE).en
