"""Offsets that cannot be meant, and projects that are not due yet."""

import json

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from scenarios.errors import InputError
from scenarios.sense.asking import NO_ANSWERS
from scenarios.tracking.offsets import read_offsets
from tests.allocator.tracking.test_levels import actual_table

HEADER = "project,region,emissions(万吨),ratio,start,source,source_region,amount(万吨),year"
LATER = "水泥,乙市,60,1.2,2027,窑改造,乙市,30,2026"


def refused(folder, scenario, row):
    path = folder / "offsets.csv"
    path.write_text(f"{HEADER}\n{row}\n", "utf-8")
    with pytest.raises(InputError) as caught:
        read_offsets(path, scenario.regions, NO_ANSWERS)
    return caught.value.findings


@pytest.mark.parametrize(
    ("row", "asked"),
    [
        ("P1,甲市,5078,1.2,2028,S1,乙市,6100,2027", "offset-large:offsets.csv:P1"),
        ("P1,甲市,10,1.2,2028,S1,乙市,9508,2027", "offset-large:offsets.csv:P1:S1"),
    ],
)
def test_what_is_larger_than_its_region_is_asked_about(tmp_path, example_15fyp, row, asked):
    (found,) = refused(tmp_path, example_15fyp, row)
    assert (found.code, found.asked, found.severity) == ("offset_large", asked, "question")
    assert "基年全部" in found.say("zh")
    assert "more than all" in found.say("en")


def test_a_project_is_no_source_of_itself(tmp_path, example_15fyp):
    (found,) = refused(tmp_path, example_15fyp, "P1,甲市,10,1.2,2028,P1,,12,2027")
    assert (found.code, found.severity, found.place.column) == ("offset_itself", "error", "source")
    assert "项目本身" in found.say("zh")
    assert "the project itself" in found.say("en")


@pytest.mark.parametrize("command", ["check", "track"])
def test_a_table_of_offsets_is_read_by_check_too(tmp_path, example_15fyp_folder, command):
    (example_15fyp_folder / "offsets.csv").write_text(f"{HEADER}\n{LATER.replace('乙市', '某市')}\n", "utf-8")
    words = [command, example_15fyp_folder, *([actual_table(tmp_path)] if command == "track" else [])]
    done = CliRunner().invoke(app, [str(word) for word in (*words, "--set", "track.offsets=offsets.csv")])
    assert done.exit_code == 2
    assert "offsets.csv" in done.stderr
    assert "某市" in done.stderr


@pytest.mark.parametrize(("year", "state"), [(2026, "met"), (2027, "missed")])
def test_a_project_is_due_from_its_start_on(tmp_path, example_15fyp_folder, year, state):
    (example_15fyp_folder / "offsets.csv").write_text(f"{HEADER}\n{LATER}\n", "utf-8")
    words = ["track", example_15fyp_folder, actual_table(tmp_path), "--set", "track.offsets=offsets.csv"]
    words += ["--rules", "2026", "--year", year, "--json"]
    found = json.loads(CliRunner().invoke(app, [str(word) for word in words]).stdout)["assessment"]
    parts = [part for one in found["indicators"] for part in one["parts"]]
    assert state in [part["state"] for part in parts if "置换" in part["title"]["zh"]]
    assert ("missed" in [part["state"] for part in parts if "置换" in part["title"]["zh"]]) is (year == 2027)
    text = CliRunner().invoke(app, [str(word) for word in words[:-1]]).stdout
    assert ("置换：到 2026 年没有项目投产，没有须覆盖的，按完成计。" in text) is (year == 2026)


def test_what_a_project_lacks_before_it_starts_is_no_verdict_yet(example_15fyp_folder, tmp_path):
    """60 × 1.2 = 72 are needed, 30 are there; the last year with figures is 2027."""
    words = ["track", example_15fyp_folder, actual_table(tmp_path), "--set", "track.offsets=offsets.csv"]
    for start, said in ((2027, "未覆盖，缺 42.0 万吨。"), (2028, "未覆盖，缺 42.0 万吨（尚未投产，还没有到期）。")):
        (example_15fyp_folder / "offsets.csv").write_text(f"{HEADER}\n{LATER.replace('2027', str(start))}\n", "utf-8")
        assert said in CliRunner().invoke(app, [str(word) for word in words]).stdout
