"""Major projects against the room that is left."""

import json

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.tracking.gathering import Asked
from allocator.tracking.track import track

HEADER = "name,region,emissions(万吨),value_added(亿元),start"


@pytest.fixture
def table(tmp_path):
    def make(*rows, header=HEADER):
        path = tmp_path / "projects.csv"
        path.write_text("\n".join([header, *rows]), "utf-8")
        return path

    return make


@pytest.fixture
def judged(guangxi, table):
    def judge(*rows):
        return track(guangxi, "actuals-example", beyond=Asked(projects=table(*rows))).record

    return judge


def test_a_project_that_eases_one_that_fits_and_one_that_does_not(judged):
    record = judged("数据中心,南宁,8,30,2019", "水泥,梧州,6,3,2019", "石化,钦州,260,60,2019")
    assert [project.verdict for project in record.projects] == ["eases", "fits", "exceeds"]
    eases, fits, exceeds = record.projects
    assert eases.annual_after < eases.annual_before
    assert fits.annual_after > fits.annual_before
    assert 0 < fits.last.taken_10kt < fits.last.room_10kt
    assert fits.pick_up is None
    assert fits.short_10kt == 0
    # 260 less 60 · 3349/944.42 · 0.8, in a region that is behind its path and has no room of its own
    assert exceeds.last.taken_10kt == pytest.approx(260 - 60 * 3349 / 944.42 * 0.8)
    assert exceeds.last.room_10kt < 0
    assert exceeds.short_10kt == pytest.approx(exceeds.last.taken_10kt)


def test_what_it_costs_whom(judged):
    (project,) = judged("石化,钦州,260,60,2019").projects
    picked = sum(project.pick_up.picked_up_10kt.values())
    assert project.own_10kt + picked == pytest.approx(project.last.taken_10kt)
    assert project.annual_after > project.most_annual > project.annual_before
    assert "450700" not in project.pick_up.picked_up_10kt
    (small,) = judged("小项目,钦州,60,10,2019").projects
    assert small.verdict == "exceeds"
    assert small.pick_up is None
    assert small.own_10kt == pytest.approx(small.last.taken_10kt)
    assert small.annual_after < small.most_annual


def test_the_target_is_held_by_what_is_asked_of_the_rest(judged, guangxi):
    """Project and rest together, at the annual rate that is said, come to the target intensity."""
    record = judged("小项目,钦州,60,10,2020")
    (project,) = record.projects
    region = record.regions[6]
    gdp = region.gdp_100m_yuan[-1] * float(guangxi.regions.growth[6]) ** 0.4
    rest = gdp * region.emissions_10kt[-1] / region.gdp_100m_yuan[-1] * (1 - project.annual_after) ** 2
    assert (rest + 60) / (gdp + 10) == pytest.approx(3349 / 944.42 * (1 - region.target))
    assert project.first == project.last


def test_a_project_as_large_as_its_region_cannot_be_held(guangxi, table):
    tracked = track(guangxi, "actuals-example", beyond=Asked(projects=table("电厂,防城港,2500,30,2019")))
    assert tracked.record.projects[0].annual_after is None
    assert any("目标无法完成" in line for line in tracked.statements("zh"))
    assert any("cannot be held" in line for line in tracked.statements("en"))


def test_a_project_without_value_added_has_no_intensity(judged):
    (project,) = judged("储运,南宁,5,0,2019").projects
    assert project.intensity is None
    assert project.last.taken_10kt == 5


def test_what_is_refused(table, guangxi):
    path = table(",南宁,1,1,2019", "甲,楠宁,1,1,2019", "乙,南宁,-1,x,2018", "丙,南宁,,1,明年")
    result = CliRunner().invoke(
        app, ["track", "guangxi-13fyp", "actuals-example", "--project", str(path), "--json"]
    )  # fmt: skip
    assert result.exit_code == 2
    findings = json.loads(result.stdout)["findings"]
    assert [(finding["code"], finding["row"]) for finding in findings] == [
        ("empty_cell", 2),
        ("unknown_region_meant", 3),
        ("project_start", 4),
        ("project_negative", 4),
        ("not_a_number", 4),
        ("year_form", 5),
        ("empty_cell", 5),
    ]


def test_a_table_of_another_shape_is_refused(table, guangxi, tmp_path):
    def run(path):
        words = ["track", "guangxi-13fyp", "actuals-example", "--project", str(path), "--json"]
        return [finding["code"] for finding in json.loads(CliRunner().invoke(app, words).stdout)["findings"]]

    assert run(table(header=HEADER)) == ["no_projects"]
    assert run(table("甲,南宁,1,1,2019", header=HEADER.replace("亿元", "斤"))) == ["wrong_unit"]
    assert run(table("甲,南宁,1", header="name,region,emissions")) == ["missing_columns"]
    assert run(tmp_path / "nowhere.csv") == ["no_file"]
