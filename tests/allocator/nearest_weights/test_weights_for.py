"""The nearest weights for a rate, as the command says them and as `plan --set` confirms them."""

import csv
import json
import re
import shlex
import subprocess
import sys

import numpy as np
import pytest
from typer.testing import CliRunner

from allocator import weights_for
from allocator.cli import app
from allocator.planning.reference import target
from scenarios.errors import InputError
from scenarios.load import load_scenario
from solvers.closed.waterfill import waterfill

GAP = """rules:
  - {id: close, reason: 各市差距不超过 8 个百分点, type: gap, at_most: 8 points}
"""
CRITERIA = ("capacity", "responsibility", "potential")
runner = CliRunner()


def run(*arguments):
    return runner.invoke(app, [str(argument) for argument in arguments])


def rate_under(weights, name, settings=()):
    """Return a city's computed rate under weights of the three criteria, by the plan's own way from scores to rates."""
    sets = [f"criteria.{key}.weight={weight:.12f}" for key, weight in zip(CRITERIA, weights, strict=True)]
    scenario = load_scenario("guangxi-13fyp", ["normalize=true", *settings, *sets])
    return waterfill(target(scenario).problem).rates[scenario.regions.names.index(name)]


def planned(line, folder):
    """Run the command line that the answer prints, in a process of its own, and return the plan's regions by name."""
    program, *words = shlex.split(line)
    assert program == "allocator"
    subprocess.run([sys.executable, "-m", "allocator", *words, "--out", folder], check=True, capture_output=True)
    regions = json.loads((folder / "plan.json").read_text("utf-8"))["regions"]
    return {region["name"]: region for region in regions}


@pytest.mark.parametrize(
    ("name", "option", "rate", "settings"),
    [
        ("钦州", "--at-most", "18%", ()),  # beyond where bounds begin to bind
        ("柳州", "--at-least", "24.5%", ()),
        ("桂林", "--at-most", "0.18", ()),  # far from any bound
        ("钦州", "--at-least", "21%", ("bounds.lower=14%", "bounds.upper=22%")),  # bounds bind in the plan
    ],
)
def test_the_change_is_confirmed_by_the_plan(tmp_path, name, option, rate, settings):
    sets = [word for setting in settings for word in ("--set", setting)]
    said = run("weights-for", "guangxi-13fyp", "--region", name, option, rate, *sets, "--json")
    record = json.loads(said.stdout)
    assert record["outcome"] == "reached"
    assert record["how"] == "exact"
    assert record["shift"] == pytest.approx(record["lower"], abs=1e-9)
    threshold = float(rate.rstrip("%")) / (100 if "%" in rate else 1)
    sign = 1 if option == "--at-most" else -1
    now, nearest = (np.array([c[key] for c in record["criteria"]]) for key in ("weight", "nearest"))
    assert np.abs(nearest - now).sum() / 2 == pytest.approx(record["shift"], abs=1e-8)
    # just before it is not so, and at the nearest weights the rate is the one asked for
    assert sign * (rate_under(now + (nearest - now) * (1 - 1e-4), name, settings) - threshold) > 0
    assert rate_under(nearest, name, settings) == pytest.approx(threshold, abs=1e-7)
    text = run("weights-for", "guangxi-13fyp", "--region", name, option, rate, *sets).stdout
    line = re.search(r"复核：(allocator plan .*)", text)[1]
    regions = planned(line, tmp_path / "plan")
    assert sign * (regions[name]["rate"] - threshold) <= 1e-12
    by_name = {each["name"]: each for each in record["regions"]}
    for city, region in regions.items():
        assert by_name[city]["rate_then"] == pytest.approx(region["rate"], abs=1e-12)
        assert by_name[city]["published_then"] == pytest.approx(region["published_rate"], abs=1e-12)
    tried = np.array([c["tried"] for c in record["criteria"]])
    assert tried.sum() == pytest.approx(1, abs=1e-12)
    assert np.abs(tried - now).sum() / 2 <= record["shift"] + 2e-4  # just beyond


def test_a_rate_that_no_weights_give(guangxi):
    record = weights_for(guangxi, "钦州", at_most="12%")
    assert (record.outcome, record.how, record.shift) == ("unreachable", "exact", None)
    # 钦州 has its lowest rate where capacity alone counts; no drawn weights give it less
    assert record.nearest_rate == pytest.approx(rate_under((1, 0, 0), "钦州"), abs=1e-4)
    for weights in np.random.default_rng(2).dirichlet(np.ones(3) / 2, 60):
        assert rate_under(weights, "钦州") >= record.nearest_rate - 1e-4
    said = run("weights-for", "guangxi-13fyp", "--region", "钦州", "--at-most", "12%", "--lang", "en").stdout
    assert "No weights do it: the nearest rate that any give is 16.02 % (to 0.01 points)" in said


def test_a_rate_that_is_there_already(guangxi):
    record = weights_for(guangxi, "钦州", at_most="21%")
    assert (record.outcome, record.shift, record.settings) == ("already", None, ())
    said = run("weights-for", "guangxi-13fyp", "--region", "钦州", "--at-least", "20%", "--lang", "en").stdout
    assert "The computed rate is there already; no weight need change." in said
    # 20 % is printed of 钦州, which has 20.10 %: at most 20 % is so by rounding alone
    said = run("weights-for", "guangxi-13fyp", "--region", "钦州", "--at-most", "20%").stdout
    assert "公布值已合要求，但那是取整的结果" in said
    assert "少于此数做不到" in said


def test_a_rate_between_two_steps_of_the_grid_is_said_to_be_rounded():
    # steps of half a point: what is computed as 18.2 % or little less may be printed as 18 or 18.5 %
    record = json.loads(run("weights-for", "guangxi-13fyp", "--region", "钦州", "--at-most", "18.2%", "--json").stdout)
    printed = next(each["published_then"] for each in record["regions"] if each["name"] == "钦州")
    said = run("weights-for", "guangxi-13fyp", "--region", "钦州", "--at-most", "18.2%").stdout
    assert ("取整后的公布值不合要求" in said) == (printed > 0.182)


def test_rules_leave_a_search(guangxi_folder, edit):
    edit(guangxi_folder / "scenario.yaml", "rules: []\n", GAP)
    record = weights_for(load_scenario(guangxi_folder), "钦州", at_most="19%")
    assert (record.outcome, record.how, record.lower) == ("reached", "search", 0.0)
    assert record.own.rate_then <= 0.19 + 1e-12
    said = run("weights-for", guangxi_folder, "--region", "钦州", "--at-most", "19%", "--lang", "en")
    assert "are enough (found by search; less may be)" in said.stdout
    assert "there is no exact form" in said.stderr
    none = weights_for(load_scenario(guangxi_folder), "钦州", at_most="11%")
    assert (none.outcome, none.how) == ("not_found", "search")
    assert "by search; there may be some" in run(
        "weights-for", guangxi_folder, "--region", "钦州", "--at-most", "11%", "--lang", "en"
    ).stdout  # fmt: skip


def mapped(folder, edit, name):
    """Return Guangxi with another map of scores to references."""
    edit(folder / "scenario.yaml", "reference: {map: linear, spread: 12 points}", f"reference: {{map: {name}}}")
    return load_scenario(folder)


def test_scores_in_proportion(guangxi_folder, edit):
    record = weights_for(mapped(guangxi_folder, edit, "proportional"), "钦州", at_most="20%")
    assert (record.outcome, record.how) == ("reached", "exact")
    assert record.own.rate_then == pytest.approx(0.20, abs=1e-4)
    assert record.own.rate_then <= 0.20 + 1e-12


def test_a_region_that_is_held_has_one_rate(guangxi_folder, edit):
    rule = "rules: [{id: agreed, type: negotiated, region: 钦州, rate: 16%, reason: {zh: 甲, en: x}}]\n"
    edit(guangxi_folder / "scenario.yaml", "rules: []\n", rule)
    said = run("weights-for", guangxi_folder, "--region", "钦州", "--at-most", "12%").stdout
    assert "任何权重下钦州都是这个值" in said
    assert "复核" not in said


def test_bad_input(guangxi, guangxi_folder, edit):
    for asked, code in (
        ({"at_most": "5%"}, "weights_for_below"),
        ({"at_least": "30%"}, "weights_for_above"),
        ({}, "weights_for_one"),
        ({"at_most": "18%", "at_least": "12%"}, "weights_for_one"),
        ({"at_most": "18"}, "rate_question"),
        ({"at_most": "少"}, "not_a_rate"),
    ):
        with pytest.raises(InputError) as error:
            weights_for(guangxi, "钦州", **asked)
        assert error.value.findings[0].code == code
    with pytest.raises(InputError) as error:
        weights_for(guangxi, "火星", at_most="18%")
    assert error.value.findings[0].code == "unknown_region"
    with pytest.raises(InputError) as error:
        weights_for(mapped(guangxi_folder, edit, "uniform"), "钦州", at_most="18%")
    assert error.value.findings[0].code == "weights_for_nothing"
    said = run("weights-for", "guangxi-13fyp", "--region", "钦州", "--at-most", "5%", "--lang", "en")
    assert said.exit_code == 2
    assert "scenario.yaml, row 12" in said.stderr
    assert "at most 5 %, but its lower bound is 10 %" in said.stderr
    assert (
        run("weights-for", "guangxi-13fyp", "--region", "钦州", "--at-most", "18%", "--set", "target=30%").exit_code
        == 3
    )


def test_files(tmp_path):
    done = run("weights-for", "guangxi-13fyp", "--region", "Qinzhou", "--at-most", "18%", "--out", tmp_path / "w")
    assert done.exit_code == 0
    record = json.loads((tmp_path / "w" / "weights-for.json").read_text("utf-8"))
    assert record["region"]["name"] == "钦州"
    rows = list(csv.DictReader((tmp_path / "w" / "weights-for.csv").read_text("utf-8-sig").splitlines()))
    assert len(rows) == 14
    own = next(row for row in rows if row["地区"] == "钦州")
    assert own["公布下降率（%）"] == "20.00"
    assert own["改权重后的公布下降率（%）"] == "18.00"
    again = run("weights-for", "guangxi-13fyp", "--region", "南宁", "--at-most", "22%", "--out", tmp_path / "w")
    assert again.exit_code == 0  # an older output of ours gives way
