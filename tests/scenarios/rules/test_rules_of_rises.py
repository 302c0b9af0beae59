"""Rules about rates that rise: a ratchet holds to their size, and a distance is never below zero."""

import shutil
from fractions import Fraction as F

import pytest

from scenarios.errors import InputError
from scenarios.load import find_scenario, load_scenario

LAST = (-8, 8, 0, -10, 12, -1, 5, -20, 3)


@pytest.fixture
def with_rule(tmp_path):
    folder = shutil.copytree(find_scenario("15fyp-energy").parent, tmp_path / "case")
    table = folder / "regions.csv"
    head, *rows = table.read_text("utf-8").splitlines()
    lines = [f"{head},last(%)", *(f"{row},{rate}" for row, rate in zip(rows, LAST, strict=True))]
    table.write_text("\n".join(lines) + "\n", "utf-8")

    def load(rule, name="coal", *settings):
        return load_scenario(
            folder / f"{name}.yaml", [f"rules=[{{id: one, reason: so, {rule}}}]", *settings], split=False
        )

    return load


def test_a_ratchet_lies_around_the_last_rate_whatever_its_sign(with_rule):
    (demand,) = with_rule("type: ratchet, column: last, at_least: 0.8, at_most: 1.2").demands
    low, high = demand.limits()
    assert [low[n] for n in range(4)] == [F("-0.096"), F("0.064"), 0, F("-0.12")]
    assert [high[n] for n in range(4)] == [F("-0.064"), F("0.096"), 0, F("-0.08")]
    assert all(low[n] <= F(rate, 100) <= high[n] for n, rate in enumerate(LAST))


@pytest.mark.parametrize("name", ["coal", "scenario"])
def test_a_distance_below_zero_is_refused(with_rule, name):
    with pytest.raises(InputError) as caught:
        with_rule("type: gap, at_most: -2 points", name)
    (found,) = caught.value.findings
    assert (found.code, found.place.key.endswith("at_most: -2 points}]")) == ("distance_range", True)
    assert "−2% 不在 0 与 100 个百分点之间" in found.say("zh")
    assert "−2% is not between 0 and 100 points" in found.say("en")


def test_so_is_a_tolerance_below_zero(with_rule):
    with pytest.raises(InputError) as caught:
        with_rule("type: gap, at_most: 20 points", "scenario", "reconcile={tolerance: -1%}")
    assert caught.value.findings[0].code == "distance_range"
