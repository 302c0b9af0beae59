"""Scenarios that stand beside one are copied with it, and all that they name; nothing is written over."""

import shutil
from pathlib import Path

import pytest

from allocator.saving import save
from allocator.tracking.beside.companions import read_beside
from scenarios.errors import InputError
from scenarios.load import find_scenario, load_scenario
from tests.allocator.assessing.test_beside import table

OTHERS = ("energy", "coal", "oil", "nonfossil")
FILES = {"scenario.yaml", "coal.yaml", "oil.yaml", "nonfossil.yaml"}


@pytest.fixture
def case(tmp_path):
    return Path(shutil.copytree(find_scenario("15fyp-energy").parent, tmp_path / "case"))


def figures(scenario, actuals):
    """Return what the scenarios beside one say of its first year."""
    return [one.computed(2026) for one in read_beside(scenario, str(actuals), OTHERS)]


@pytest.mark.parametrize(
    ("name", "energy"),
    [("碳.xlsx", "scenario.yaml"), ("碳.yaml", "scenario.yaml"), ("scenario.yaml", "scenario-2.yaml"),
     ("方案.xlsx", "scenario-2.yaml"), ("coal.yaml", "scenario.yaml")],
)  # fmt: skip
def test_they_go_where_the_copy_goes(case, tmp_path, name, energy):
    before = figures(load_scenario(case / "carbon.yaml"), table(case))
    to = tmp_path / "elsewhere"
    to.mkdir()
    files = save(case / "carbon.yaml", to / name, "zh")
    tables = {"regions.csv"} if name.endswith(".xlsx") else {"regions.csv", "actuals-example.csv"}
    called = {file: file for file in FILES | tables} | {"scenario.yaml": energy}
    if name == "coal.yaml":
        called["coal.yaml"] = "coal-2.yaml"
    assert files[0] == to / name
    assert {file.name for file in files} == {entry.name for entry in to.iterdir()} == {name, *called.values()}
    for own, new in called.items():
        assert (to / new).read_bytes() == (case / own).read_bytes()
    actuals = shutil.copy(case / "one.csv", to)
    shutil.rmtree(case)
    assert len(before) == 4
    assert figures(load_scenario(to / name), actuals) == before


def test_in_the_same_folder_nothing_is_copied(case):
    assert [file.name for file in save(case / "carbon.yaml", case / "carbon.xlsx", "zh")] == ["carbon.xlsx"]


def test_again_into_the_same_folder_they_are_there_already(case, tmp_path):
    save(case / "carbon.yaml", tmp_path / "a.xlsx", "zh")
    assert [file.name for file in save(case / "carbon.yaml", tmp_path / "b.xlsx", "zh")] == ["b.xlsx"]
    with pytest.raises(InputError):
        save(case / "carbon.yaml", tmp_path / "b.xlsx", "zh")


def test_one_that_is_not_there_stays_away(case, tmp_path):
    (case / "oil.yaml").unlink()
    files = save(case / "carbon.yaml", tmp_path / "a.xlsx", "zh")
    assert {file.name for file in files} == {"a.xlsx", "regions.csv", *(FILES - {"oil.yaml"})}


def test_a_namesake_is_refused_and_nothing_is_written(case, tmp_path):
    """A table of one beside that another table, which becomes a file of its own, would take the name of."""
    to = tmp_path / "elsewhere"
    to.mkdir()
    save(case / "carbon.yaml", case / "碳.xlsx", "zh")
    lines = (case / "regions.csv").read_text("utf-8")
    (case / "regions.csv").write_text(lines + "\n", "utf-8")
    with pytest.raises(InputError) as caught:
        save(case / "碳.xlsx", to / "碳.yaml", "zh")
    (finding,) = caught.value.findings
    assert finding.code == "save_beside"
    for language in ("zh", "en"):
        assert "“regions.csv”" in finding.say(language)
    (to / "oil.yaml").write_text("mine", "utf-8")
    with pytest.raises(InputError) as caught:
        save(case / "carbon.yaml", to / "a.xlsx", "zh")
    assert [finding.code for finding in caught.value.findings] == ["errors_taken"]
    assert [entry.name for entry in to.iterdir()] == ["oil.yaml"]


def test_one_that_cannot_be_read_is_said_of_its_own_file(case, tmp_path):
    (case / "coal.yaml").write_text("}", "utf-8")
    with pytest.raises(InputError) as caught:
        save(case / "carbon.yaml", tmp_path / "a.xlsx", "zh")
    assert {finding.place.file for finding in caught.value.findings} == {"coal.yaml"}
    assert not (tmp_path / "a.xlsx").exists()
