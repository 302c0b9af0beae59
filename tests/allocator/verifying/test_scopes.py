"""One table of rates under several scopes, side by side."""

import json
from fractions import Fraction

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from scenarios.load import load_scenario

runner = CliRunner()
RATES = {"甲市": "18%", "乙市": "19%", "丙市": "17%", "丁市": "14%", "戊市": "13%"}


def run(*arguments):
    return runner.invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "rates.csv"
    path.write_text("地区,下降率\n" + "".join(f"{name},{rate}\n" for name, rate in RATES.items()), "utf-8")
    return path


def test_each_scope_is_the_exact_judgement_under_it(table):
    result = run(
        "verify", "accounting-example", table, "--scope", "13fyp", "--scope", "2026", "--scope", "13fyp", "--json"
    )
    sides = json.loads(result.stdout)["scopes"]
    assert [side["scope"] for side in sides] == ["13fyp", "2026"]
    for side in sides:
        regions = load_scenario("accounting-example", [f"energy.scope={side['scope']}"]).regions
        e, y, g = (tuple(map(Fraction, v)) for v in (regions.emissions, regions.gdp, regions.growth))
        rates = [Fraction(rate[:-1]) / 100 for rate in RATES.values()]
        left = sum(a * b * (1 - r) for a, b, r in zip(e, g, rates, strict=True))
        implied = 1 - left / sum(a * b for a, b in zip(y, g, strict=True)) / (sum(e) / sum(y))
        assert side["province"]["implied_reduction"] == pytest.approx(float(implied), abs=1e-12)
        assert side["emissions_10kt"] == pytest.approx(float(sum(e)))
    assert result.exit_code == (0 if all(s["province"]["verdict"] == "backed" for s in sides) else 1)


def test_side_by_side_in_words(table):
    text = run("verify", "accounting-example", table, "--scope", "13fyp", "--scope", "2026").stdout
    heads = next(line for line in text.splitlines() if line.startswith("项目"))
    assert heads.split() == ["项目", "13fyp", "2026"]
    for words in ("结构效应（百分点）", "超出目标（万吨）", "2026 基年排放（万吨）", "份额不同"):
        assert words in text
    one = run("verify", "accounting-example", table, "--scope", "own", "--lang", "en").stdout
    assert "only tonnes differ" in one


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("accounting-example", "--scope", "2030"), "13fyp, 2026, inventory, own"),
        (("guangxi-13fyp", "--scope", "2026"), "energy"),
    ],
)
def test_bad_words_are_exit_2(table, words, said):
    scenario, *rest = words
    result = run("verify", scenario, table, *rest, "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
