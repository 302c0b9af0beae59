"""Two plans or tables with caps of the cities: caps before and after in 万吨, in every output, beside the rates."""

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.comparing.compare import compare
from allocator.planning.files import write_plan
from allocator.planning.plan import plan
from scenarios.load import load_scenario

# the table of the design: caps by rates and by base year, the reserve, the cap of the province
BY_RATES = (5162, 9902, 8062, 7392, 4116, 2100, 4102, 780, 577)
BY_BASE = (5323, 9969, 7740, 7726, 3976, 2053, 4064, 766, 583)
MOVES = ("+161", "+67", "−322", "+334", "−140", "−47", "−38", "−14", "+6")
CITIES = ("甲市", "乙市", "丙市", "丁市", "戊市", "己市", "庚市", "辛市", "壬市")
RATES = (18, 20.5, 18.5, 21, 16.5, 13.5, 16, 12.5, 13.5)


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Return the folders of the plans with caps by rates and by base year."""
    root = tmp_path_factory.mktemp("caps")
    for caps in ("rates", "base"):
        write_plan(plan(load_scenario("15fyp-example", [f"total.caps={caps}"])), root / caps, "zh")
    write_plan(plan(load_scenario("15fyp-example", ["total=null"])), root / "none", "zh")
    return root


def table(folder, name, caps, more=()):
    rows = [f"{c},{r},{n}" for c, r, n in zip(CITIES, RATES, caps, strict=True)]
    (folder / name).write_text("\n".join(["地区,下降率(%),总量(万吨)", *rows, *more]), "utf-8")
    return folder / name


def test_caps_are_said_city_by_city_in_whole_units(both):
    lines = compare(both / "rates", both / "base").statements("zh")
    at = lines.index("各市总量（万吨）：")
    wanted = [f"  {c}：{a:,} → {b:,}（{m}）" for c, a, b, m in zip(CITIES, BY_RATES, BY_BASE, MOVES, strict=True)]
    assert lines[at + 1 : at + 10] == wanted
    assert lines[at + 10 : at + 12] == ["  省级机动：307 → 300（−7）", "  合计：42,500 → 42,500（0）"]
    assert "Caps of the cities (10⁴ t):" in compare(both / "rates", both / "base").statements("en")


def test_they_stand_in_json_csv_and_page(both):
    result = compare(both / "rates", both / "base")
    rows = json.loads(result.record.model_dump_json())["regions"]
    assert [(row["cap_before_10kt"], row["cap_after_10kt"]) for row in rows] == list(
        zip(BY_RATES, BY_BASE, strict=True)
    )
    read = list(csv.reader(io.StringIO(result.to_csv("zh"))))
    assert read[0][-3:] == ["前总量（万吨二氧化碳）", "后总量（万吨二氧化碳）", "总量变化（万吨二氧化碳）"]
    assert read[1][-3:] == ["5162", "5323", "161"]
    assert [row[1:3] + row[-3:] for row in read[-2:]] == [
        ["省级机动", "", "307", "300", "-7"],
        ["合计", "17.8372", "42500", "42500", "0"],
    ]
    page = result.to_html("zh")
    assert "各市总量前后变化" in page
    assert "−322" in page


def test_fractions_of_typed_tables_are_shown_as_they_are(tmp_path):
    scenario = load_scenario("15fyp-example")
    first = table(tmp_path, "a.csv", BY_RATES)
    second = table(tmp_path, "b.csv", (5262.5, 9802, *BY_RATES[2:]))
    lines = compare(first, second, scenario).statements("zh")
    assert "  甲市：5,162 → 5,262.5（+100.5）" in lines
    assert "  合计：42,193 → 42,193.5（+0.5）" in lines
    assert not any("机动" in line for line in lines)


def test_where_one_side_says_no_reserve_or_no_caps_nothing_is_made_up(both, tmp_path):
    scenario = load_scenario("15fyp-example")
    lines = compare(table(tmp_path, "a.csv", BY_RATES), both / "base", scenario).statements("zh")
    assert lines[-3:-1] == ["  省级机动：– → 300（–）", "  合计：– → 42,500（–）"]
    lines = compare(both / "none", both / "base", scenario).statements("zh")
    assert "  甲市：– → 5,323（–）" in lines
    assert not any("总量（" in line for line in compare(both / "none", both / "none").statements("zh"))


def test_a_cap_in_another_unit_is_asked_about_here_too(both, tmp_path):
    second = table(tmp_path, "b.csv", tuple(cap * 10000 for cap in BY_RATES))
    done = CliRunner().invoke(app, ["compare", str(both / "rates"), str(second), "--scenario", "15fyp-example"])
    assert done.exit_code == 2
    assert "按吨读才相当" in done.stderr


def test_the_cap_less_reserve_has_the_decimals_that_it_has(both, tmp_path):
    write_plan(plan(load_scenario("15fyp-example", ["total.cap=42600.5"])), tmp_path / "more", "zh")
    differences = compare(both / "rates", tmp_path / "more").reasons
    assert ("total", "42,500 − 300", "42,600.5 − 300") in differences
