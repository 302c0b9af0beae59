import json

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.negotiating.prices import prices
from allocator.planning.no_split.why import NoSplit
from scenarios.errors import InputError
from scenarios.load import load_scenario

runner = CliRunner()

GAP = """rules:
  - {id: close, reason: 各市差距不超过 8 个百分点, type: gap, at_most: 8 points}
"""


def run(*arguments):
    return runner.invoke(app, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def guangxi_prices(guangxi):
    return prices(guangxi)


def test_what_others_pick_up_is_the_relief_in_tonnes(guangxi_prices):
    for price in guangxi_prices.prices:
        picked = sum(other.emissions_10kt for other in price.others)
        assert picked == pytest.approx(price.point_10kt, rel=1e-9, abs=1e-9)


def test_structure_and_solving_again_agree_on_guangxi(guangxi_prices):
    for price in guangxi_prices.prices:
        for other in price.others:
            assert other.points == pytest.approx(other.slope, abs=1e-7)


def test_a_point_of_qinzhou(guangxi, guangxi_prices):
    n = guangxi.regions.names.index("钦州")
    price = guangxi_prices.prices[n]
    assert price.point_10kt == pytest.approx(46.18, abs=0.01)
    assert price.point_10kt == pytest.approx(0.01 * guangxi.baseline.emissions[n] * guangxi.baseline.growth[n])
    assert [other.name for other in price.others[:2]] == ["柳州", "南宁"]
    assert "钦州" not in [other.name for other in price.others]


def test_with_rules_only_solving_again_tells(guangxi_folder, edit):
    edit(guangxi_folder / "scenario.yaml", "rules: []\n", GAP)
    scenario = load_scenario(guangxi_folder)
    found = prices(scenario)
    assert any("close" in price.rules for price in found.prices)
    for price in found.prices:
        assert all(other.slope is None for other in price.others)
        if price.possible:
            assert sum(other.emissions_10kt for other in price.others) == pytest.approx(price.point_10kt, abs=1e-6)
    assert "With rules on" in found.statements("en")[-1]


def test_bounds_that_hold_are_named():
    found = prices(load_scenario("guangxi-13fyp", ["bounds.upper=20%", "bounds.lower=16%"]))
    assert {price.binding for price in found.prices} == {"", "lower", "upper"}
    lowest = next(price for price in found.prices if price.binding == "lower")
    assert lowest.below_bound
    text = "\n".join(found.statements("en"))
    assert "held by upper" in text
    assert "below its own lower bound" in text


def test_nobody_can_pick_up():
    found = prices(
        load_scenario("guangxi-13fyp", ["bounds.lower=10%", "bounds.upper=18.7%", "publish.grid=0.1 points"]), ["柳州"]
    )
    assert found.prices[0].others == ()
    assert "nobody can pick it up" in found.statements("en")[1]
    assert found.record.prices[0].possible is False


def test_command():
    result = run("prices", "guangxi-13fyp", "--region", "钦州", "--lang", "en")
    assert result.exit_code == 0
    assert "Qinzhou 20.10 % (1 point = 46.18 × 10⁴ t)" in result.stdout
    assert "Others pick up 46.18 × 10⁴ t in all." in result.stdout
    document = json.loads(run("prices", "guangxi-13fyp", "--json").stdout)
    assert len(document["prices"]) == 14
    assert sum(o["emissions_10kt"] for o in document["prices"][0]["others"]) == pytest.approx(
        document["prices"][0]["point_10kt"], rel=1e-9
    )


def test_bad_input(guangxi):
    with pytest.raises(InputError) as error:
        prices(guangxi, ["南京", "火星"])
    assert [finding.code for finding in error.value.findings] == ["unknown_region_meant", "unknown_region"]
    assert run("prices", "guangxi-13fyp", "--region", "火星").exit_code == 2
    with pytest.raises(NoSplit):
        prices(load_scenario("guangxi-13fyp", ["target=30%"]))
    assert run("prices", "guangxi-13fyp", "--set", "target=30%").exit_code == 3


def test_a_split_above_the_target_is_said():
    above = run("prices", "guangxi-13fyp", "--set", "target=5%", "--set", "exceed=allow", "--region", "南宁")
    # every region at its lower bound: 8.13 % is the least that the bounds allow, as `check` says
    assert "测算的分解使强度下降 8.13%，超出总目标 3.13 个百分点。" in above.stdout
    assert "8.13" in run("check", "guangxi-13fyp").stdout
    assert "其他地区不必多减。" in above.stdout
    for target in ("17%", "9%"):
        done = run("prices", "guangxi-13fyp", "--set", f"target={target}", "--set", "exceed=allow", "--region", "南宁")
        assert "超出总目标" not in done.stdout
