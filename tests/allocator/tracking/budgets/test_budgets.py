"""Yearly budgets of the invented province against invented emissions, reckoned by hand (dual control, 14 and 16)."""

import json
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from allocator.cli import app
from allocator.tracking.budgets import budget_years
from tests.allocator.tracking.test_levels import ACTUAL, actual_table

# 2028: 甲 and 丙 at ease, 乙 over
LATER = {
    "甲市": (5000, 15950), "乙市": (9800, 7240), "丙市": (7900, 9290), "丁市": (7700, 2890), "戊市": (3900, 8060),
    "己市": (2000, 3510), "庚市": (3950, 3320), "辛市": (750, 2020), "壬市": (560, 1440),
}  # fmt: skip
SETTINGS = ("--set", "total.caps=total", "--set", "track.warning=three_level")


@pytest.fixture
def actuals(tmp_path):
    return actual_table(tmp_path, LATER)


def run(*words):
    return CliRunner().invoke(app, [*map(str, words), "--lang", "en"])


def tracked(*words):
    done = run("track", *words, "--json")
    assert done.exit_code in (0, 1), done.stderr
    return json.loads(done.stdout)


def years(of, key):
    return [year[key] for year in of["budget"]]


def test_balances_of_the_years_and_so_far(actuals):
    found = tracked("15fyp-example", actuals, *SETTINGS)
    cities = {city["name"]: city for city in found["regions"]}
    assert years(cities["甲市"], "budget_10kt") == [5094, 5111, 5128, 5146, 5163]
    assert years(cities["甲市"], "balance_10kt") == [34, 91, 128, None, None]
    assert years(cities["甲市"], "so_far_10kt") == [34, 125, 253, None, None]
    assert years(cities["乙市"], "balance_10kt") == [-115, -86, -57, None, None]
    assert years(cities["乙市"], "carried_10kt") == [0, 0, 0, 0, None]
    # the province: 40,802, 41,430 and 41,560 of 40,687, 41,133 and 41,584
    assert years(found["province"], "balance_10kt") == [-115, -297, 24, None, None]
    assert years(found["province"], "so_far_10kt")[:3] == [-115, -412, -388]
    last = cities["丙市"]["levels"][2]["total"]  # 7,900 above its budget of 7,783, below its cap of 8,063
    assert (last["path_10kt"], last["cap_10kt"]) == (7783, 8063)
    assert (last["five_year"], last["year"]) == (2, 2)


def test_what_is_left_is_carried_over_up_to_a_share(actuals):
    found = tracked("15fyp-example", actuals, *SETTINGS, "--set", "track.carry_over=0.5%")
    city = found["regions"][0]
    # 34 are left of 5,094, of which 25.47 may go on; then 116.47 of 5,111: 25.555
    assert years(city, "carried_10kt")[:4] == pytest.approx([0, 25.47, 25.555, 25.64])
    assert years(city, "balance_10kt")[:3] == pytest.approx([34, 116.47, 153.555])
    assert years(city, "so_far_10kt")[:3] == [34, 125, 253]


def test_a_draw_raises_the_budgets_from_its_start_on(actuals, example_15fyp_folder):
    (example_15fyp_folder / "draws.csv").write_text("项目,地区,动用量(万吨),投产年份\n钢铁,丙市,120,2028\n", "utf-8")
    (example_15fyp_folder / "offsets.csv").write_text(
        "项目,地区,排放量(万吨),置换比例,投产年份,来源,来源地区,置换量(万吨),来源年份\n"
        "钢铁,丙市,60,1.2,2028,老厂,丁市,65,2027\n",
        "utf-8",
    )
    settings = ("--set", "total.draws=draws.csv", "--set", "track.offsets=offsets.csv")
    found = tracked(example_15fyp_folder, actuals, *SETTINGS, *settings)
    city = found["regions"][2]
    assert years(city, "budget_10kt") == [7513, 7647, 7783 + 120, 7922 + 120, 8183]
    assert years(city, "balance_10kt")[:3] == [163, 47, 3]
    # 60 × 1.2 = 72 needed, 65 there
    (offset,) = found["offsets"]
    assert (offset["need_10kt"], offset["left_10kt"], offset["verdict"]) == (72, -7, "short")


def test_caps_of_a_table_of_targets_are_those_that_count(actuals, tmp_path):
    rates = (18, 20.5, 18.5, 21, 16.5, 13.5, 16, 12.5, 13.5)
    caps = (5323, 9969, 7740, 7726, 3976, 2053, 4064, 766, 583)
    table = tmp_path / "pair.csv"
    rows = (f"{city},{rate},{cap}\n" for city, rate, cap in zip(ACTUAL, rates, caps, strict=True))
    table.write_text("地区,下降率(%),总量(万吨)\n" + "".join(rows), "utf-8")
    found = tracked("15fyp-example", actuals, "--targets", table)
    assert [years(city, "budget_10kt")[-1] for city in found["regions"]] == list(caps)


def test_the_budgets_are_in_every_paper(actuals, tmp_path):
    out = tmp_path / "o"
    done = run("track", "15fyp-example", actuals, *SETTINGS, "--out", out)
    assert "Over their budgets of 2028: Yi by 57 × 10⁴ t" in done.stdout
    assert "the budget of 2028 is 41,584 × 10⁴ t, emissions 41,560 × 10⁴ t, 24 × 10⁴ t left in the year" in done.stdout
    page = (out / "progress.html").read_text("utf-8")
    assert "Yearly budgets" in page
    assert "388 × 10⁴ t over so far" in done.stdout


def test_without_a_total_nothing_is_said_of_budgets(guangxi_folder):
    found = tracked("guangxi-13fyp", "actuals-example")
    assert "budget" not in found["province"]


@given(
    st.lists(st.fractions(1, 1000), min_size=1, max_size=6),
    st.lists(st.fractions(0, 1000), max_size=6),
    st.fractions(0, 1),
)
def test_nothing_is_carried_that_was_not_left(budgets, actual, share):
    found = budget_years(budgets, actual[: len(budgets)], share, 2025)
    for before, year in pairwise(found):
        if year.carried_10kt:
            assert before.balance_10kt is not None
            assert 0 <= year.carried_10kt <= float(share * Fraction(before.budget_10kt)) + 1e-6
            assert year.carried_10kt <= before.balance_10kt + 1e-9
    judged = [year for year in found if year.actual_10kt is not None]
    if judged:
        spent = sum(year.budget_10kt - year.actual_10kt for year in judged)
        assert judged[-1].so_far_10kt == pytest.approx(spent, abs=1e-6)
