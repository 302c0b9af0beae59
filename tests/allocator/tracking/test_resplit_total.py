"""What remains of two targets: both named, and the yearly budgets go on from the plan's own."""

import json

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from tests.allocator.tracking.test_levels import ACTUAL, actual_table

DRAWS = "项目,地区,动用量(万吨),投产年份\n钢铁,丙市,120,2028\n水泥,乙市,50,2027\n"


@pytest.fixture
def folder(example_15fyp_folder):
    (example_15fyp_folder / "draws.csv").write_text(DRAWS, "utf-8")
    return example_15fyp_folder


def run(*words, language="en"):
    return CliRunner().invoke(app, [*map(str, words), "--lang", language])


def test_draws_do_not_ask_again_of_what_is_left(folder, tmp_path, example_15fyp):
    settings = ("--set", "total.caps=total", "--set", "total.draws=draws.csv", "--set", "total.peak=2027")
    done = run("track", folder, actual_table(tmp_path), *settings, "--resplit", "--json")
    assert done.exit_code in (0, 1), done.stderr
    found = json.loads(done.stdout)["resplit"]
    assert found["problem"] == []
    assert found["new_implied"] is not None
    base = 40246.3 / 46600
    emissions, gdp = (sum(years[1][k] for years in ACTUAL.values()) for k in (0, 1))
    asked = float(example_15fyp.target) + float(example_15fyp.file.margin)
    assert found["of_intensity"] == pytest.approx(1 - (1 - asked) * base / (emissions / gdp), abs=1e-9)
    growth = [float(g) ** 0.6 for g in example_15fyp.regions.growth]
    end = sum(years[1][1] * g for years, g in zip(ACTUAL.values(), growth, strict=True))
    total = example_15fyp.baseline.total
    assert found["of_total"] == pytest.approx(1 - float(total.left) / (emissions / gdp * end), abs=1e-9)
    assert found["target"] >= max(found["of_total"], found["of_intensity"]) - 1e-6


@pytest.mark.parametrize(("language", "words"), [("zh", "按总量目标还须下降"), ("en", "the cap on the total")])
def test_both_figures_are_named(folder, tmp_path, language, words):
    said = run("track", folder, actual_table(tmp_path), "--set", "total.caps=total", "--resplit", language=language)
    assert words in said.stdout


def test_a_table_of_budgets_goes_on(folder, tmp_path):
    lines = ["地区,年份,总量（万吨）"]
    for city, ((first, _), (second, _)) in ACTUAL.items():
        lines += [f"{city},{year},{cap}" for year, cap in zip(range(2026, 2030), (first, *[second] * 3), strict=True)]
    lines += [f"合计,{year},{cap}" for year, cap in ((2026, 40900), (2027, 41900), (2028, 42800), (2029, 42600))]
    (folder / "years.csv").write_text("\n".join(lines) + "\n", "utf-8")
    settings = ("--set", "total.caps=total", "--set", "total.year_caps=years.csv")
    done = run("track", folder, actual_table(tmp_path), *settings, "--resplit", "--json")
    assert done.exit_code in (0, 1), done.stderr
    assert json.loads(done.stdout)["resplit"]["new_implied"] is not None
