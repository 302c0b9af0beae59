"""Figures as they are printed: a minus sign and never the hyphen of a keyboard, decimals of a figure and its target."""

import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from scenarios.load import find_scenario

ANSWERS = "accept=[{id: 'growth-of-one-city:丁市', reason: x}, {id: 'growth-of-one-city:乙市', reason: x}]"
HYPHENED = re.compile(r"(?<![\w.—–-])-\d+(?:\.\d+)?")


@pytest.fixture
def case(tmp_path):
    """Return the case of energy with heavy cities that grow slowly: its composition effect is below zero."""
    folder = Path(shutil.copytree(find_scenario("15fyp-energy").parent, tmp_path / "case"))
    head, *rows = (folder / "regions.csv").read_text("utf-8").splitlines()
    cells = [row.split(",") for row in rows]
    slow = {"990400": "1.05", "990200": "1.06"}
    lines = [",".join([*row[:5], slow.get(row[0], row[5]), *row[6:]]) for row in cells]
    (folder / "regions.csv").write_text("\n".join([head, *lines, ""]), "utf-8")
    return folder


def printed(*words):
    done = CliRunner().invoke(app, [str(word) for word in words])
    assert not done.exception or isinstance(done.exception, SystemExit), done.output
    return done.output


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_composition_effect_below_zero(case, tmp_path, language):
    said = printed("check", case / "scenario.yaml", "--lang", language, "--set", ANSWERS)
    assert re.search("(结构效应|Composition effect:?) −[0-9]", said), said
    assert not HYPHENED.findall(said)
    made = printed("plan", case / "scenario.yaml", "--out", tmp_path / "out", "--lang", language, "--set", ANSWERS)
    assert re.search("(结构效应|Composition effect:?) −[0-9]", made), made
    assert not HYPHENED.findall(made.replace(str(tmp_path), ""))


@pytest.mark.parametrize(("language", "progress"), [("zh", "进度 −"), ("en", "progress −")])
def test_progress_below_zero(tmp_path, language, progress):
    folder = find_scenario("15fyp-energy").parent
    head, *rows = (folder / "actuals-example.csv").read_text("utf-8").splitlines()
    cells = [row.split(",") for row in rows]
    lines = [",".join([*row[:4], f"{float(row[4]) * 1.1:.2f}", *row[5:]]) for row in cells]
    (tmp_path / "worse.csv").write_text("\n".join([head, *lines, ""]), "utf-8")
    said = printed("track", "15fyp-energy/scenario.yaml", tmp_path / "worse.csv", "--lang", language)
    assert progress in said, said
    assert not HYPHENED.findall(said), HYPHENED.findall(said)


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "降低 3.70%，不得低于 3.66%"), ("en", "3.70 %, at least 3.66 %")]
)
def test_a_figure_has_the_decimals_of_its_target(language, said):
    actuals = find_scenario("15fyp-energy").parent / "actuals-example.csv"
    assert said in printed("track", "15fyp-example", actuals, "--rules", "2026", "--lang", language)
