"""Actual figures, forms and assessments by rule set 2026."""

import pytest

from allocator.tracking.assessed import Scoring, hold_and_assess
from scenarios.assessing.entries import ENTRY_HEADS
from tests.allocator.tracking.test_levels import actual_table

HEADER = ",".join(ENTRY_HEADS[code][1] for code in ("item", "figure", "target", "result", "evidence"))


@pytest.fixture(scope="module")
def actuals(tmp_path_factory):
    return actual_table(tmp_path_factory.mktemp("indicators"))


@pytest.fixture
def form(tmp_path):
    def make(*rows, header=HEADER, name="form.csv"):
        path = tmp_path / name
        path.write_text("\n".join([header, *rows]), "utf-8-sig")
        return path

    return make


@pytest.fixture
def assessed(example_15fyp, actuals):
    def assess(path=None, rules="2026", year=2026):
        return hold_and_assess(example_15fyp, actuals, None, Scoring(path, rules, year)).assessment

    return assess
