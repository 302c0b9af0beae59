"""What splits that governments published give, by hand from the files and by `verify`."""

import csv
from fractions import Fraction as F

import pytest
from typer.testing import CliRunner

import allocator
from allocator.cli import app
from scenarios.load import find_scenario, load_scenario

SPLITS = [
    ("jiangsu-12fyp", "published", "18", "18.18", "0.00", "18.00", True),
    ("shandong-13fyp", "published", "20.5", "22.01", "-1.08", "19.63", True),
    ("provinces-12fyp", "published", "16", "16.20", "0.00", "16.00", True),
    ("eu-2030", "published", "40", "39.91", "0.00", "40.00", False),
    ("eu-2030", "gdp-per-head", "40", "39.78", "0.00", "40.00", False),
    ("eu-2030", "quality", "40", "39.78", "0.00", "40.00", False),
]
"""Case, table, target, what it implies, composition effect, equal rates that back (per cent); whether it backs."""


def file_of(case, name):
    """Return the rows of a file of a case as it stands, by region."""
    path = find_scenario(case).parent / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return {row["name"]: row for row in csv.DictReader(lines)}


def by_hand(case, table):
    """Return implied fall, composition effect and equal rates from the definition of intensity, nothing else."""
    rows, rates = file_of(case, "regions"), file_of(case, table)
    figures = [
        (F(r["emissions(万吨)"]), F(r.get("gdp(亿元)") or r["gdp"]), F(r["growth"]), F(rates[n]["rate(%)"]) / 100)
        for n, r in rows.items()
    ]
    base = sum(e for e, *_ in figures) / sum(y for _, y, *_ in figures)
    end = sum(y * g for _, y, g, _ in figures)
    untouched = sum(e * g for e, _, g, _ in figures) / end / base
    implied = 1 - sum(e * g * (1 - r) for e, _, g, r in figures) / end / base
    return implied, untouched - 1, lambda target: 1 - (1 - target) / untouched


@pytest.mark.parametrize(("case", "table", "target", "implied", "sigma", "equal", "backs"), SPLITS)
def test_a_published_split_implies_what_it_does_by_hand(case, table, target, implied, sigma, equal, backs):
    hand, effect, equal_rates = by_hand(case, table)
    assert [f"{float(v) * 100:.2f}" for v in (hand, effect, equal_rates(F(target) / 100))] == [implied, sigma, equal]
    found = allocator.verify(load_scenario(case), table)
    assert (found.implied_reduction, found.sigma) == (hand, effect)
    assert found.uniform_rate == equal_rates(F(target) / 100)
    assert found.backed is backs
    assert found.slip is None


@pytest.mark.parametrize(("case", "factors", "implied"), [
    ("jiangsu-12fyp", (
        1.4218, 1.3707, 1.3271, 1.3997, 1.3409, 1.4034, 1.3230, 1.3687, 1.3347, 1.3935, 1.3228, 1.3909, 1.3993,
    ), "18.5"),
    ("shandong-13fyp", (1,) * 16, "21.2"),
])  # fmt: skip
def test_what_is_said_of_other_growth_is_so(case, factors, implied):
    """Jiangsu: GDP of 2020 over that of 2015 by the yearbooks' indices, in the order of the rows."""
    rows, rates = file_of(case, "regions"), file_of(case, "published")
    figures = [
        (F(r["emissions(万吨)"]), F(r["gdp(亿元)"]), F(str(g)), F(rates[n]["rate(%)"]) / 100)
        for (n, r), g in zip(rows.items(), factors, strict=True)
    ]
    base = sum(e for e, *_ in figures) / sum(y for _, y, *_ in figures)
    then = sum(e * g * (1 - r) for e, _, g, r in figures) / sum(y * g for _, y, g, _ in figures)
    assert f"{float(1 - then / base) * 100:.1f}" == implied
    basis = load_scenario(case).file.basis
    assert f"{implied}%" in basis.say("zh")
    assert f"{implied} %" in basis.say("en")


@pytest.mark.parametrize("case", sorted({case for case, *_ in SPLITS}))
def test_a_plan_of_the_same_target_backs(case):
    scenario = load_scenario(case)
    made = allocator.plan(scenario)
    assert made.record.province.verdict == "backed"
    assert float(scenario.file.target) <= made.record.province.implied_reduction < float(scenario.file.target) + 0.002


def test_what_verify_says_of_them():
    for words, sentence in (
        (("jiangsu-12fyp", "published", "--lang", "zh"), "18.18%"),
        (("shandong-13fyp", "published", "--lang", "en"), "22.01 %"),
        (("provinces-12fyp", "published", "--lang", "zh"), "16.20%"),
        (("eu-2030", "published", "--lang", "en"), "39.91 %, against a target of 40.00 %; 0.09 points short"),
    ):
        done = CliRunner().invoke(app, ["verify", *words])
        assert sentence in done.stdout
        assert done.exit_code == (1 if words[0] == "eu-2030" else 0)
