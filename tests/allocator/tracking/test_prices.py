"""GDP that outgrows the plan by more than real growth does is asked to be at current prices."""

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.tracking.track import track
from scenarios.errors import InputError
from scenarios.load import find_scenario


@pytest.fixture
def levels(tmp_path, guangxi):
    """Return a function that writes GDP some points a year above the plan, and emissions that fall by 3 % a year."""

    def make(points, years=3):
        lines = ["region,year,emissions,gdp"]
        regions = guangxi.regions
        for t in range(1, years + 1):
            for name, e, y, growth in zip(regions.names, regions.emissions, regions.gdp, regions.growth, strict=True):
                a_year = float(growth) ** 0.2 + points / 100
                lines.append(f"{name},{2015 + t},{float(e) * (a_year * 0.97) ** t:.2f},{float(y) * a_year**t:.2f}")
        path = tmp_path / "levels.csv"
        path.write_text("\n".join(lines) + "\n", "utf-8")
        return path

    return make


def test_growth_above_the_plan_for_years_is_a_question(levels, guangxi):
    with pytest.raises(InputError) as caught:
        track(guangxi, levels(5))
    (finding,) = caught.value.findings
    assert (finding.code, finding.severity, finding.asked) == (
        "actuals_prices", "question", "track-growth:levels.csv",
    )  # fmt: skip
    assert "现价" in finding.say("zh")
    assert "current prices" in finding.say("en")


@pytest.mark.parametrize(("points", "years"), [(4.3, 3), (-5, 3), (6, 1)])
def test_what_real_years_bring_is_said_and_no_question(levels, guangxi, points, years):
    (notice,) = track(guangxi, levels(points, years)).record.notices
    assert "3.00 points from the planned" in notice.en


def test_an_answer_lets_it_pass_and_is_said_once(levels, tmp_path):
    runner, folder = CliRunner(), Path(shutil.copytree(find_scenario("guangxi-13fyp").parent, tmp_path / "own"))
    scenario = folder / "scenario.yaml"
    answer = 'accept: [{id: "track-growth:levels.csv", reason: 已核对}]\n'
    scenario.write_text(scenario.read_text("utf-8") + answer, "utf-8")
    result = runner.invoke(app, ["track", str(folder), str(levels(5)), "--json"])
    assert result.exit_code == 0, result.output
    (notice,) = json.loads(result.stdout)["notices"]
    assert "高出 4.5 个百分点以上" in notice["zh"]
    assert "已核对" in notice["zh"]
