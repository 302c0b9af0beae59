"""Guangxi planned under several policies for city sums, side by side."""

from fractions import Fraction

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.reconciling import under_policies
from scenarios.load import load_scenario

runner = CliRunner()
FIGURE = ("--set", "reconcile.province.emissions=24000")
OWN_PATH = ("--set", "reconcile.residual.rate=5%")


def run(*arguments):
    return runner.invoke(app, [str(argument) for argument in arguments])


def test_guangxi_under_its_policies_with_a_residual_path_of_its_own():
    done = under_policies("guangxi-13fyp", [*FIGURE[1:], *OWN_PATH[1:]], ["cities", "scale", "residual"])
    plain, scale, residual = done.record.model_dump(mode="json")["policies"]
    regions = load_scenario("guangxi-13fyp").regions
    e, y, g = (tuple(map(Fraction, v)) for v in (regions.emissions, regions.gdp, regions.growth))
    frozen, grown = (sum(a * b for a, b in zip(of, g, strict=True)) for of in (e, y))
    line, growth, own = 24000 - sum(e), grown / sum(y), sum(e) / sum(y)
    # the residual line grows as the cities together and cuts 5 %; the province cuts 17 %
    allowed = Fraction("0.83") * 24000 / sum(y) * grown - line * growth * Fraction("0.95")
    assert residual["effort"]["target"] == pytest.approx(float(1 - allowed / grown / own), abs=1e-12)
    assert residual["effort"]["uniform"] == pytest.approx(float(1 - allowed / frozen), abs=1e-12)
    sigma = (frozen + line * growth) / grown / (24000 / sum(y)) - 1
    assert residual["effort"]["sigma"] == pytest.approx(float(sigma), abs=1e-12)
    assert scale["effort"]["target"] == pytest.approx(0.17)
    assert scale["effort"]["sigma"] == pytest.approx(float(frozen / grown / own - 1), abs=1e-12)
    rates = [[region["rate"] for region in side["regions"]] for side in (plain, scale, residual)]
    assert rates[1] == pytest.approx(rates[0], abs=1e-12)  # a constant factor cancels
    assert all(more > less for more, less in zip(rates[2], rates[1], strict=True))
    said = "\n".join(done.statements("zh"))
    for text in (
        "B 计算（%）",
        "C 公布（%）",
        "结构效应",
        "约去",
        "A 与 B 的计算下降率逐市相同",
        "C 与 A 的计算下降率不同",
    ):
        assert text in said


def test_without_a_path_of_its_own_the_residual_asks_nothing():
    said = run("reconcile", "accounting-example", "--set", "period.base=2023", "--lang", "en").stdout
    assert "A and B give every city the same computed rate." in said
    assert "A and C give every city the same computed rate." in said
    assert "their figures stand as they are" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("guangxi-13fyp",), "reconcile.province.emissions=24000"),
        (("guangxi-13fyp", "--policy", "best", *FIGURE), "cities, scale, residual, refuse"),
        (("guangxi-13fyp", "--policy", "refuse", *FIGURE), "4.05"),
    ],
)
def test_bad_words_are_exit_2(words, said):
    result = run("reconcile", *words, "--lang", "en")
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_what_cities_and_province_must_cut_are_said_with_the_same_margin(tmp_path):
    words = ("accounting-example", "--set", "period.base=2023", "--lang", "en", "--set", "margin=0.3%")
    plain, padded = (run("reconcile", *words[:n]).stdout for n in (5, 7))
    row = "the cities together must cut"
    assert [line.split()[-3:] for line in plain.splitlines() if line.startswith(row)] == [["17.0000"] * 3]
    assert [line.split()[-3:] for line in padded.splitlines() if line.startswith(row)] == [["17.3000"] * 3]
