"""A map file is copied beside a scenario that is saved, a table of tiles becomes a sheet; results hold no map file."""

import shutil

import pytest

from allocator.planning.plan import plan
from allocator.saving import save, scenario_copy
from scenarios.load import find_scenario, load_scenario
from tests.map_files import three_map


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "case"
    shutil.copytree(find_scenario("three-cities").parent, made)
    (made / "map.geojson").write_text(three_map(), "utf-8")
    (made / "tiles.csv").write_text("region,row,column\n甲市,1,1\n乙市,2,1\n丙市,2,2\n", "utf-8")
    return made


@pytest.mark.parametrize(("setting", "beside"), [("shapes=map.geojson", ["map.geojson"]), ("tiles=tiles.csv", [])])
def test_there_and_back(folder, tmp_path, setting, beside):
    for name in ("book", "text"):
        (tmp_path / name).mkdir()
    before = load_scenario(folder, [setting])
    files = save(folder, tmp_path / "book" / "plan.xlsx", "zh", [setting])
    assert [file.name for file in files] == ["plan.xlsx", *beside]
    book = load_scenario(tmp_path / "book" / "plan.xlsx")
    assert book.drawing.outlines == before.drawing.outlines
    save(tmp_path / "book" / "plan.xlsx", tmp_path / "text" / "plan.yaml", "en")
    assert load_scenario(tmp_path / "text" / "plan.yaml").drawing.outlines == before.drawing.outlines


def test_a_workbook_of_results_is_planned_without_the_map_file(folder):
    contents = scenario_copy(load_scenario(folder, ["shapes=map.geojson"]), "zh")
    assert contents is not None
    assert "shapes" not in contents.values


def test_the_map_moves_no_rate(folder):
    bare, mapped = (plan(load_scenario(folder, settings)).record for settings in ((), ("shapes=map.geojson",)))
    assert [r.published_rate for r in mapped.regions] == [r.published_rate for r in bare.regions]
