"""Caps of a table that are no multiples of the step are taken as they stand, which is said; whole ones say nothing."""

import pytest

from scenarios.load import load_scenario

CAPS = (5163, 9903, 8063, 7393, 4117, 2100, 4103, 780, 578)
CITIES = ("甲市", "乙市", "丙市", "丁市", "戊市", "己市", "庚市", "辛市", "壬市")
# c - E, E being 5077.00, 9507.50, 7382.00, 7367.80, 3792.20, 1957.80, 3875.50, 730.20 and 556.30
INCREMENTS = (86, 396, 681, 25, 325, 142, 228, 50, "20.7")


def said(folder, values, *settings, head="总量目标（万吨）"):
    rows = [f"{city},{value}" for city, value in zip(CITIES, values, strict=True)]
    (folder / "caps.csv").write_text("\n".join([f"地区,{head}", *rows]), "utf-8")
    found = load_scenario(folder, ["total.caps=caps.csv", *settings])
    return found, [one for one in found.notices if one.code == "caps_between"]


def test_whole_caps_say_nothing(example_15fyp_folder):
    assert said(example_15fyp_folder, CAPS)[1] == []


def test_fractions_are_kept_and_said_once_at_the_first(example_15fyp_folder):
    scenario, (found,) = said(example_15fyp_folder, ("5163.5", "9902.5", *CAPS[2:]))
    assert [float(cap) for cap in scenario.caps.given.values[:3]] == [5163.5, 9902.5, 8063]
    assert (found.place.row, found.values["found"]) == (2, "5163.5")
    assert "不是 1 万吨的整数倍" in found.say("zh")
    assert "甲市、乙市" in found.say("zh")
    assert "no multiple of 1 × 10⁴ t" in found.say("en")


@pytest.mark.parametrize(("step", "odd"), [("0.5", []), ("10", [2])])
def test_the_step_of_the_scenario_decides(example_15fyp_folder, step, odd):
    _, found = said(example_15fyp_folder, ("5163.5", "9902.5", *CAPS[2:]), f"total.step={step}")
    assert [one.place.row for one in found] == odd


def test_of_increments_the_increments_are_meant(example_15fyp_folder):
    # Σ E is 40,246.3, Σ ΔE 1,953.7
    scenario, (found,) = said(example_15fyp_folder, INCREMENTS, head="增量（万吨）")
    assert sum(scenario.caps.given.values) == 42200
    assert (found.place.row, found.values["found"]) == (10, "20.7")
