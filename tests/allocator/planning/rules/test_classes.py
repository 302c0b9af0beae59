"""Classes of a scenario: counted, proposed, or given by hand; and the table of Guangxi in five of them."""

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.planning.classes import class_order, proposed_classes
from allocator.planning.no_split.why import NoSplit
from allocator.planning.plan import plan
from allocator.planning.reference import target
from scenarios.load import load_scenario

POINTS = "publish.grid=1 point"


@pytest.fixture(scope="module")
def five():
    return plan(load_scenario("guangxi-13fyp", ["publish.classes=5", POINTS]))


def test_guangxi_in_five_classes_of_whole_points_backs_17_per_cent(five):
    assert five.verification.passed
    assert five.record.province.implied_reduction >= 0.17
    rates = [rate * 100 for rate in five.published]
    assert all(rate == int(rate) for rate in rates)
    assert len(set(rates)) == 5
    numbers = five.rounding.numbers
    for i in range(14):
        for j in range(14):
            assert (numbers[i] < numbers[j]) == (rates[i] > rates[j])
            if five.targeting.scores[i] > five.targeting.scores[j]:
                assert rates[i] >= rates[j]
    assert [region.class_ for region in five.record.regions] == list(numbers)
    assert five.rounding.gap == 0
    assert five.rounding.tightest


def test_smallest_class(five):
    result = plan(load_scenario("guangxi-13fyp", ["publish.classes=5", POINTS, "publish.smallest_class=3"]))
    assert min(result.rounding.numbers.count(k) for k in set(result.rounding.numbers)) >= 3
    assert result.verification.passed


def test_class_table_in_the_plans_files(tmp_path):
    arguments = ["--set", "publish.classes=5", "--set", POINTS, "--out", str(tmp_path / "out")]
    result = CliRunner().invoke(app, ["plan", "guangxi-13fyp", *arguments])
    assert result.exit_code == 0, result.stderr
    document = json.loads((tmp_path / "out" / "plan.json").read_text("utf-8"))
    assert {region["class"] for region in document["regions"]} == {1, 2, 3, 4, 5}
    assert document["provenance"]["solver"]["classes_gap"] == 0
    assert "类别" in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_by_hand(guangxi):
    numbers = [1, 1, 2, 4, 3, 2, 1, 2, 3, 2, 4, 5, 5, 5]
    given = ", ".join(f"{name}: {k}" for name, k in zip(guangxi.regions.names, numbers, strict=True))
    scenario = load_scenario("guangxi-13fyp", [f"publish.classes={{{given}}}", POINTS])
    order, most = class_order(scenario, target(scenario).scores)
    assert most == 5
    assert order.tolist() == [-k for k in numbers]
    result = plan(scenario)
    assert result.verification.passed
    for k in set(numbers):
        assert len({rate for rate, number in zip(result.published, numbers, strict=True) if number == k}) == 1


def test_auto(guangxi):
    scenario = load_scenario("guangxi-13fyp", ["publish.classes=auto", POINTS])
    scores = target(scenario).scores
    order, most = class_order(scenario, scores)
    assert 3 <= most <= 5
    assert sorted(set(order)) == [-k for k in range(most, 0, -1)]
    assert plan(scenario).verification.passed
    by_score = order[np.argsort(scores)]
    assert (np.diff(by_score) >= 0).all()


def test_a_proposal_finds_what_is_plain_to_see():
    scores = np.array([0.1, 0.11, 0.12, 0.5, 0.51, 0.9, 0.91, 0.92])
    shuffled = np.random.default_rng(1).permutation(8)
    numbers = proposed_classes(scores)
    assert numbers.tolist() == [3, 3, 3, 2, 2, 1, 1, 1]
    assert proposed_classes(scores[shuffled]).tolist() == numbers[shuffled].tolist()


@pytest.mark.parametrize(
    ("scores", "wanted"),
    [([0.5], [1]), ([0.3, 0.3], [1, 1]), ([0.2, 0.9], [2, 1]), ([0.1, 0.5, 0.9, 0.5], [3, 2, 1, 2])],
)
def test_few_scores_are_a_class_each(scores, wanted):
    assert proposed_classes(np.array(scores)).tolist() == wanted


def test_classes_that_the_grid_forbids():
    with pytest.raises(NoSplit) as caught:
        plan(load_scenario("guangxi-13fyp", ["publish.classes=1", "bounds={lower: 10%, upper: 18.7%}", POINTS]))
    assert (caught.value.gap, caught.value.conflict) == (None, None)
