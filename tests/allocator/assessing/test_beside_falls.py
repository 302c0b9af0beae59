"""Falls to nothing beside a tracked scenario, ids that name the quantity, cities without a fuel, files that lack."""

import shutil
from pathlib import Path

import pytest

from scenarios.errors import Finding, InputError, Place
from scenarios.load import find_scenario
from scenarios.told import told
from tests.allocator.assessing.test_beside import assessed, edited, part, table

FIRST = "甲市,2026,14700.0,5127.77,3468.0,891.0,"


@pytest.fixture
def case(tmp_path):
    return Path(shutil.copytree(find_scenario("15fyp-energy").parent, tmp_path / "case"))


def findings(case, actuals):
    with pytest.raises(InputError) as caught:
        assessed(case, actuals)
    return caught.value.findings


def test_a_fall_to_nothing_is_asked_about_at_its_cell(case):
    (found,) = findings(case, table(case, change={FIRST: FIRST.replace("891.0", "0")}))
    assert (found.code, found.asked, found.place.row) == ("fall_to_nothing", "jump-coal:one.csv:甲市:2026", 2)
    assert "一年降到零" in found.say("zh")
    assert "a fall to nothing" in found.say("en")


def test_its_answer_lets_it_stand(case):
    actuals = table(case, change={FIRST: FIRST.replace("891.0", "0")})
    edited(case / "carbon.yaml", "fit: ", "accept: [{id: 'jump-coal:one.csv:甲市:2026', reason: 关停}]\nfit: ")
    assert part(assessed(case, actuals).assessment, "coal").figure == (11250 - 900) * 99 / 100


def test_emissions_and_coal_of_one_city_and_year_are_two_questions(case):
    change = FIRST.replace("5127.77", "51277.7").replace("891.0", "8910.0")
    asked = {found.asked for found in findings(case, table(case, change={FIRST: change}))}
    assert {"jump-emissions:one.csv:甲市:2026", "jump-coal:one.csv:甲市:2026"} <= asked


def test_a_city_that_a_scenario_has_not_must_have_nothing(case):
    lines = (case / "regions.csv").read_text("utf-8").splitlines()
    (case / "some.csv").write_text("\n".join(lines[:-1]) + "\n", "utf-8")
    edited(case / "coal.yaml", "regions: regions.csv", "regions: some.csv")
    actuals = table(case)
    (found,) = findings(case, actuals)
    assert (found.code, found.values["name"]) == ("actuals_not_nothing", lines[-1].split(",")[1])
    row = actuals.read_text("utf-8").splitlines()[-1].split(",")
    last = ",".join(row)
    row[5] = "0"
    actuals.write_text(actuals.read_text("utf-8").replace(last, ",".join(row)), "utf-8")
    found = assessed(case, actuals)
    assert any("按零计" not in notice.zh and "为零" in notice.zh for notice in found.tracked.record.notices)
    assert part(found.assessment, "coal").source == "computed"


def test_a_file_that_is_not_there_is_said_at_its_key(case):
    edited(case / "carbon.yaml", "coal: coal.yaml", "coal: nowhere.yaml")
    (found,) = findings(case, table(case))
    assert (found.code, found.place.key) == ("beside_missing", "track.beside.coal")
    assert "nowhere.yaml" in found.say("zh")
    assert "no such file" in found.say("en")


def test_a_missing_column_is_called_by_its_quantity(case):
    actuals = table(case, columns=("gdp", "emissions", "energy", "nonfossil"))
    said = {
        found.values["missing"][0].en.split()[0] for found in findings(case, actuals) if found.code == "missing_columns"
    }
    assert said == {"coal", "oil"}


def test_what_is_found_twice_in_one_place_is_said_once():
    found = Finding("missing_columns", Place(file="a.csv"), {"missing": "oil", "found": ["x"], "paste": ""})
    (line,) = [line for line in told([found, found], "en") if "missing" in line]
    assert line.startswith("a.csv: columns are missing")
