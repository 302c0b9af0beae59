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
from reports.planning.sentences import province_statements
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
        for name in ("regions.csv", "published.csv", "population.csv", "actuals-example.csv"):
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
    made = json.loads((out / "plan.json").read_text("utf-8"))
    assert {region["published_rate"] for region in made["regions"]} == {0.2}  # the floor: no point more than it forces
    assert made["province"]["overshoot_points"] == pytest.approx(100 * made["provenance"]["solver"]["above_target"])


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
        assert split.rates == pytest.approx(problem.lower, abs=1e-9)


FORCED = """\
rules:
  - {id: fl, type: floor, rate: 15.95%, where: [丁], reason: {zh: 试点, en: pilot}}
  - {id: ord, type: order, reason: {zh: 次序, en: order}}
"""


def province_of_four(folder, target, rules=FORCED):
    """Write four cities whose references run from 19.3 to 11.3 %, and rules that force one rate on all."""
    (folder / "regions.csv").write_text(
        "id,name,emissions(万吨),gdp(亿元),growth,income\n"
        "a,甲,3000,3000,1.4,9\nb,乙,2000,1400,1.5,6\nc,丙,1000,600,1.3,5\nd,丁,500,300,1.6,3\n",
        "utf-8",
    )
    (folder / "scenario.yaml").write_text(
        "schema_version: 1\nname: four\ntitle: {zh: 某省, en: some}\nperiod: {base: 2025, end: 2030}\n"
        f"target: {target}\nregions: regions.csv\nbounds: {{lower: 10%, upper: 25%}}\n"
        "reference: {map: linear, spread: 8 points}\ncriteria:\n  cap:\n    weight: 1\n    within: equal\n"
        '    indicators: {income: {column: income, direction: "+"}}\n'
        f"publish: {{grid: 0.5 points}}\n{rules}",
        "utf-8",
    )
    return load_scenario(folder)


def test_a_split_that_the_grid_forces_exceeds_the_target_as_little_as_can_be(tmp_path):
    # 丁 at 15.95 % stands at 16 on the grid, and by the order nobody below it: 16 for all, 15.74 % together
    made = plan(province_of_four(tmp_path, "15.7%"))
    assert [float(rate) for rate in made.published] == [0.16] * 4
    assert made.split.rates == pytest.approx([0.16] * 4, abs=1e-9)
    # base 6500 万吨 over 5300 亿元; the end is 0.84 (3000 · 1.4 + 2000 · 1.5 + 1000 · 1.3 + 500 · 1.6) 万吨 over
    # 3000 · 1.4 + 1400 · 1.5 + 600 · 1.3 + 300 · 1.6 亿元
    implied = 1 - 0.84 * 9300 / 7560 / (6500 / 5300)
    assert made.record.province.implied_reduction == pytest.approx(implied, abs=1e-12)
    assert made.record.provenance.solver["above_target"] == pytest.approx(implied - 0.157, abs=1e-9)
    assert any("取超出最少的分解" in said for said in province_statements(made.record, "zh"))


def test_less_asked_never_gives_a_larger_split(tmp_path):
    rules = f"exceed: allow\n{FORCED}"
    rates = [plan(province_of_four(tmp_path, f"{t}%", rules)).record.province for t in (14, 15.7, 15.73, 15.75, 16, 17)]
    implied = [province.implied_reduction for province in rates]
    assert implied == sorted(implied)


def test_no_region_protected_is_no_protection():
    settings = ["growth_uncertainty=5%"]
    plain = plan(load_scenario("guangxi-13fyp", settings))
    none = plan(load_scenario("guangxi-13fyp", [*settings, "protect=0"]))
    assert none.published == plain.published
    assert none.split.rates == pytest.approx(plain.split.rates, abs=1e-9)


def test_incentive_rates_above_basic_ones_that_are_forced_above_their_target(three):
    # the order ties 甲 to the floor of 丙: the basic rates cut 17.6 % at least, more than the 16.6 % of the incentive
    rows = "id,name,emissions(万吨),gdp(亿元),growth,income\n"
    rows += "a,甲,1758,1533,1.31,5\nb,乙,1051,1903,1.55,6\nc,丙,951,2282,1.41,5\n"
    asked = """\
target: 14.36%
bounds: {lower: 10%, upper: 22%}
exceed: allow
incentive: {target: 16.6%, step: 0.5 points}
rules:
  - {id: floor, type: floor, rate: 16%, where: [丙], reason: {zh: 因, en: why}}
  - {id: order, type: order, reason: {zh: 因, en: why}}
"""
    made = plan(three(rows, asked))
    assert made.verification.passed
    assert [float(rate) for rate in made.published] == [0.16, 0.16, 0.16]
    assert all(above >= basic for basic, above in zip(made.published, made.published_incentive, strict=True))
