"""`check` finds of draws, steps and yearly budgets what `plan` refuses, each with its cell, all at once."""

import json

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.planning.foreseen import foresee
from allocator.planning.plan import plan
from scenarios.errors import InputError
from scenarios.load import load_scenario

CITIES = ("甲市", "乙市", "丙市", "丁市", "戊市", "己市", "庚市", "辛市", "壬市")


def found(job, folder, *settings):
    with pytest.raises(InputError) as caught:
        job(load_scenario(folder, settings))
    return [(f.code, f.place.row or f.place.key, f.values.get("left", "")) for f in caught.value.findings]


def draws(folder, *rows):
    (folder / "draws.csv").write_text("\n".join(["项目,地区,动用量(万吨),投产年份", *rows, ""]), "utf-8")
    return "total.draws=draws.csv"


@pytest.mark.parametrize(("caps", "reserve"), [("rates", "307"), ("total", "300"), ("base", "300")])
def test_every_draw_beyond_the_reserve_is_found_by_check_as_by_plan(example_15fyp_folder, caps, reserve):
    asked = draws(example_15fyp_folder, "甲厂,丙市,308,2030", "乙厂,乙市,7,2030", "丙厂,丁市,301,2030")
    settings = f"total.caps={caps}", asked
    left = str(int(reserve) - 7)
    wrong = [("draw_beyond", 2, reserve), ("draw_beyond", 4, left)]
    assert found(foresee, example_15fyp_folder, *settings) == found(plan, example_15fyp_folder, *settings) == wrong


def test_draws_and_step_are_found_together(example_15fyp_folder):
    asked = "total.caps=total", "total.step=5000", draws(example_15fyp_folder, "甲厂,丙市,2501,2030")
    wrong = [("step_beyond", "--set total.step=5000", ""), ("draw_beyond", 2, "2,500")]  # 42,500 less 8 steps of 5,000
    assert found(foresee, example_15fyp_folder, *asked) == found(plan, example_15fyp_folder, *asked) == wrong


def test_all_that_is_wrong_with_years_of_a_table_is_found_together(example_15fyp_folder):
    rows = [f"{name},{year},4600" for name in CITIES for year in range(2026, 2030)]
    table = "\n".join(["地区,年份,碳排放总量(万吨)", *rows, "甲市,2030,5322", ""])  # the cap is 5,323
    (example_15fyp_folder / "years.csv").write_text(table, "utf-8")
    asked = "total.year_caps=years.csv", "total.caps=base"
    ids = [f"year-cap-off:years.csv:{name}:{year}" for name in CITIES for year in range(2026, 2030)]
    accept = "accept=" + json.dumps([{"id": one, "reason": "x"} for one in ids], ensure_ascii=False)
    wrong = found(foresee, example_15fyp_folder, *asked, accept)
    # 9 × 4,600 = 41,400 in every year, the province's are 40,687 and 41,133 in the first two
    assert [code for code, _, _ in wrong] == ["year_caps_end", "year_caps_over", "year_caps_over"]
    assert wrong == found(plan, example_15fyp_folder, *asked, accept)


def test_the_command_ends_as_the_plan_does(example_15fyp_folder):
    asked = draws(example_15fyp_folder, "甲厂,丙市,308,2030")
    done = CliRunner().invoke(app, ["check", str(example_15fyp_folder), "--set", asked])
    assert done.exit_code == 2
    assert "draws.csv" in done.output
    assert "机动只余 307 万吨" in done.output


@pytest.mark.parametrize("settings", [["total.caps=base"], ["total.step=100"], ["total.caps=total"]])
def test_sound_caps_pass(settings):
    assert foresee(load_scenario("15fyp-example", settings)) is None


def test_what_projects_may_draw_is_what_is_printed_as_the_reserve(example_15fyp_folder):
    # in steps of 7 the cities' caps come to 42,196, and 304 are left of 42,500
    settings = "total.caps=total", "total.step=7", draws(example_15fyp_folder, "甲厂,丙市,304,2030")
    assert plan(load_scenario(example_15fyp_folder, settings)).record.province.total.pair.reserve_10kt == 0
