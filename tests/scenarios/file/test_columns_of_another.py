"""A column that belongs to another quantity is neither proposed nor taken without a word."""

import shutil
from pathlib import Path

import pytest

from scenarios.errors import InputError
from scenarios.load import find_scenario, load_scenario


@pytest.fixture
def case(tmp_path):
    return Path(shutil.copytree(find_scenario("15fyp-energy").parent, tmp_path / "case"))


def refused(case, file, *settings):
    with pytest.raises(InputError) as caught:
        load_scenario(case / f"{file}.yaml", settings, split=False)
    return caught.value.findings


def test_a_column_of_another_quantity_is_not_proposed(case):
    path = case / "regions.csv"
    path.write_text(path.read_text("utf-8").replace("coal(万吨标准煤)", "x"), "utf-8")
    (found,) = refused(case, "coal")
    assert found.code == "missing_columns"
    assert "coal: oil" not in found.say("en")


@pytest.mark.parametrize(
    ("file", "setting", "header", "other"),
    [
        ("coal", "columns.coal=oil", "oil", "oil"),
        ("coal", "columns.coal=石油消费总量（万吨标准煤）", "石油消费总量（万吨标准煤）", "oil"),
        ("scenario", "columns.energy=coal", "coal", "coal"),
        ("nonfossil", "columns.nonfossil=energy", "energy", "energy"),
        ("carbon", "columns.emissions=energy", "energy", "energy"),
    ],
)
def test_a_header_of_another_quantity_is_asked_about(case, file, setting, header, other):
    found = next(one for one in refused(case, file, setting) if one.code == "column_of_another")
    assert (found.severity, found.values["found"], found.values["other"]) == ("question", header, other)


def test_its_answer_lets_it_stand(case):
    answer = "accept=[{id: 'column-of-another:coal:oil', reason: 表头有误}]"
    read = load_scenario(case / "coal.yaml", ("columns.coal=oil", answer), split=False)
    assert float(sum(read.regions.emissions)) == 4370


def test_a_header_of_its_own_is_not_asked_about(case):
    read = load_scenario(case / "coal.yaml", ("columns.coal=coal",), split=False)
    assert float(sum(read.regions.emissions)) == 11250
