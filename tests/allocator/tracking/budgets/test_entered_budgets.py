"""Budgets that a table gives are what lights, balances and the assessment hold a year against; and so are draws."""

import json

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from tests.allocator.tracking.test_levels import ACTUAL, CAPS, actual_table


@pytest.fixture
def actuals(tmp_path):
    return actual_table(tmp_path)


@pytest.fixture
def folder(example_15fyp_folder):
    """The example with a table of budgets: cities as they go, the province 41,900 in 2027 and 42,800 in 2028."""
    lines = ["地区,年份,总量（万吨）"]
    for city, ((first, _), (second, _)) in ACTUAL.items():
        lines += [f"{city},{year},{cap}" for year, cap in zip(range(2026, 2030), (first, *[second] * 3), strict=True)]
    lines += [f"合计,{year},{cap}" for year, cap in ((2026, 40900), (2027, 41900), (2028, 42800), (2029, 42600))]
    (example_15fyp_folder / "years.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return example_15fyp_folder


def run(*words, language="en"):
    return CliRunner().invoke(app, [*map(str, words), "--lang", language])


SETTINGS = ("--set", "total.caps=total", "--set", "total.year_caps=years.csv", "--set", "total.peak=2028")


def test_one_figure_for_the_total_of_a_year(folder, actuals):
    words = ("track", folder, actuals, *SETTINGS, "--set", "track.warning=three_level", "--rules", "2026", "--json")
    done = run(*words)
    assert done.exit_code in (0, 1), done.stderr
    found = json.loads(done.stdout)
    assert found["province"]["budget"][1]["budget_10kt"] == 41900
    total = found["province"]["levels"][1]["total"]
    assert (total["path_10kt"], total["five_year"]) == (41900, 3)  # 41,430 emitted; the even path has 41,133
    assert total["year_path_10kt"] == 40802 + 41900 - 40900
    part = found["assessment"]["indicators"][0]["parts"][0]
    assert (part["exact_figure"], part["exact_target"]) == ("41430", "41900")
    assert (part["state"], part["target_from"]) == ("met", "budget")
    city = found["regions"][3]["levels"][1]["total"]
    assert (city["path_10kt"], city["five_year"]) == (7980, 3)


def test_the_peak_is_judged_on_what_was_emitted_and_the_budgets_ahead(folder, actuals):
    found = json.loads(run("track", folder, actuals, *SETTINGS, "--json").stdout)["province"]["total_peak"]
    assert found == {"year": 2028, "budget_10kt": 42800, "later": 2029, "largest_10kt": 42600, "held": True}
    earlier = ("--set", "total.peak=2027")
    found = json.loads(run("track", folder, actuals, *SETTINGS, *earlier, "--json").stdout)["province"]["total_peak"]
    # 41,430 were emitted in 2027, of a budget of 41,900: what follows may be above it
    assert (found["budget_10kt"], found["later"], found["held"]) == (41430, 2028, False)


@pytest.mark.parametrize(
    ("language", "kept", "rates"),
    [
        ("zh", "该年为 42,800 万吨，此后各年至多 42,600 万吨（2029 年），达到要求", "只看下降率"),
        ("en", "later ones 42,600 × 10⁴ t at most (2029): it is kept", "by the rates alone"),
    ],
)
def test_both_languages_say_so(folder, actuals, language, kept, rates):
    said = run("track", folder, actuals, *SETTINGS, language=language).stdout
    assert kept in said
    assert rates in said


def test_a_city_with_a_draw_is_within_its_budget(actuals, example_15fyp_folder):
    (example_15fyp_folder / "draws.csv").write_text("项目,地区,动用量(万吨),投产年份\n钢铁,丁市,120,2027\n", "utf-8")
    settings = ("--set", "total.caps=total", "--set", "total.draws=draws.csv", "--set", "track.warning=three_level")
    done = run("track", example_15fyp_folder, actuals, *settings, "--json")
    assert done.exit_code in (0, 1), done.stderr
    city = json.loads(done.stdout)["regions"][3]
    assert city["budget"][1]["budget_10kt"] == 7378 + 120
    assert city["levels"][1]["total"]["path_10kt"] == 7378 + 120
    assert city["levels"][1]["total"]["cap_10kt"] == CAPS["丁市"] + 120
