"""A split above the target, allowed because nothing else is left: every door takes it, and the ways agree."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from allocator.cli import app
from allocator.negotiating.prices import prices
from allocator.planning.plan import plan
from allocator.sweeping.job import prepare, run_chunk
from allocator.sweeping.options import SweepOptions
from scenarios.load import find_scenario, load_scenario
from solvers.closed.waterfill import waterfill
from solvers.leximin import leximin, leximin_of_record
from solvers.problem import Infeasible, SplitProblem

FLOOR = "rules:\n  - {id: low, type: floor, rate: 20%, reason: {zh: 要, en: wanted}}\n"
GAP = FLOOR + "  - {id: near, type: gap, at_most: 2 points, reason: {zh: 齐, en: even}}\n"


@pytest.fixture
def guangxi(tmp_path):
    """Return a function that makes a copy of Guangxi with other rules, more than the target allowed."""

    def make(rules):
        source = find_scenario("guangxi-13fyp").parent
        text = (source / "scenario.yaml").read_text("utf-8").replace("rules: []\n", f"exceed: allow\n{rules}")
        assert "exceed" in text
        (tmp_path / "scenario.yaml").write_text(text, "utf-8")
        for name in ("regions.csv", "published.csv", "actuals-example.csv"):
            (tmp_path / name).write_bytes((source / name).read_bytes())
        return tmp_path

    return make


@pytest.mark.parametrize("rules", [FLOOR, GAP])
def test_what_relief_costs_starts_from_the_plan(guangxi, rules):
    scenario = load_scenario(guangxi(rules))
    computed = plan(scenario).split.rates
    found = prices(scenario)
    assert [price.rate for price in found.prices] == pytest.approx(computed.tolist(), abs=1e-9)


def drawn(scenario):
    """Return summary and lowest rate of a few samples."""
    asked = prepare(scenario, SweepOptions(samples=16))
    summary, _ = run_chunk(asked.job, 0)
    return int(summary.samples[0]), float(summary.lowest.min())


@pytest.mark.parametrize("rules", [FLOOR, GAP])
def test_a_sweep_draws_splits_above_the_target(guangxi, rules):
    count, lowest = drawn(load_scenario(guangxi(rules)))
    assert (count, lowest) == (16, pytest.approx(0.2))


def test_a_sweep_bears_growth_like_the_plan():
    assert drawn(load_scenario("guangxi-13fyp", ["protect=2", "growth_uncertainty=5%"]))[0] == 16


def test_every_command_answers(guangxi):
    folder = guangxi(GAP)
    run = CliRunner().invoke
    out = folder.parent / "out"
    for words in (
        ["plan", folder, "--out", out],
        ["prices", folder],
        ["negotiate", folder, "--fix", "北海=21%", "--out", folder.parent / "rounds"],
        ["publish", out, "--format", "csv", "--out", folder.parent / "printed"],
    ):
        done = run(app, list(map(str, words)))
        assert done.exit_code == 0, (words, done.stderr)
    assert json.loads((out / "plan.json").read_text("utf-8"))["province"]["overshoot_points"] > 1.5


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**31), st.integers(2, 12))
def test_the_closed_form_is_the_programs_above_the_total(seed, n):
    draw = np.random.default_rng(seed)
    a, reference = draw.dirichlet(np.ones(n)), 0.1 + 0.2 * draw.random(n)
    problem = SplitProblem(a, 0.15, reference, reference, 0.15 + 0.05 * draw.random(n), np.full(n, 0.3))
    with pytest.raises(Infeasible):
        leximin(problem)
    above = replace(problem, may_exceed=True)
    for split in (leximin(above), leximin_of_record(above), waterfill(above)):
        assert split.rates == pytest.approx(np.maximum(reference, problem.lower), abs=1e-9)
