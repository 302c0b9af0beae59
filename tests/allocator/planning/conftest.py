import pytest

from scenarios.load import load_scenario

_SCENARIO = """\
schema_version: 1
name: three
title: {zh: 某省, en: some}
period: {base: 2025, end: 2030}
regions: regions.csv
reference: {map: linear, spread: 8 points}
criteria: {cap: {weight: 1, within: equal, indicators: {income: {column: income, direction: "+"}}}}
publish: {grid: 1 point}
"""


@pytest.fixture
def three(tmp_path):
    """Return a function that loads three cities from the rows of their table and what else the scenario asks."""

    def load(rows, asked):
        (tmp_path / "regions.csv").write_text(rows, "utf-8")
        (tmp_path / "scenario.yaml").write_text(_SCENARIO + asked, "utf-8")
        return load_scenario(tmp_path)

    return load
