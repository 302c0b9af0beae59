"""Guangxi under several policies: rates, sigma and required effort side by side, and why they differ or do not."""

import json

import pytest
from typer.testing import CliRunner

from allocator.cli import app

runner = CliRunner()
FIGURES = ("--set", "reconcile.province.emissions=24000", "--set", "reconcile.province.gdp=16803.12")
RESIDUAL = ("emissions=residual", "gdp=residual", "residual.rate=5%")


def run(*arguments):
    return runner.invoke(app, [str(argument) for argument in arguments])


def settings(*policies):
    return [word for policy in policies for word in ("--set", f"reconcile.{policy}")]


@pytest.fixture(scope="module")
def plans(tmp_path_factory):
    """Return plan.json and the folder of Guangxi by name of policy."""
    made = {}
    for name, policies in {"none": (), "scale": ("emissions=scale", "gdp=scale"), "residual": RESIDUAL}.items():
        folder = tmp_path_factory.mktemp(name) / "out"
        given = FIGURES if policies else ()
        result = run("plan", "guangxi-13fyp", *given, *settings(*policies), "--out", folder)
        assert result.exit_code == 0, result.stderr
        made[name] = json.loads((folder / "plan.json").read_text("utf-8")), folder
    return made


def rates(plan):
    return [region["rate"] for region in plan["regions"]]


def test_scaling_leaves_the_rates_and_a_residual_line_does_not(plans):
    none, scale, residual = (plans[name][0] for name in ("none", "scale", "residual"))
    assert rates(scale) == pytest.approx(rates(none), abs=1e-9)
    assert scale["province"]["sigma"] == pytest.approx(none["province"]["sigma"], abs=1e-12)
    assert [r["published_rate"] for r in scale["regions"]] == [r["published_rate"] for r in none["regions"]]
    assert max(abs(a - b) for a, b in zip(rates(residual), rates(none), strict=True)) > 0.002
    assert scale["province"]["point_10kt"] > none["province"]["point_10kt"]


def test_the_record_holds_what_every_policy_asks(plans):
    known = plans["residual"][0]["scenario"]["reconciliation"]
    assert known["target"] == 0.17
    assert known["residual"]["gdp"] == pytest.approx(-2.62)
    by_policy = {effort["policy"]: effort for effort in known["others"]}
    assert set(by_policy) == {"cities", "scale", "residual"}
    assert by_policy["cities"]["uniform_rate"] == pytest.approx(0.186899, abs=1e-6)
    assert by_policy["scale"]["target"] == by_policy["cities"]["target"] == pytest.approx(0.17)
    assert by_policy["residual"]["target"] == known["chosen"]["target"] == pytest.approx(0.174865, abs=1e-6)
    assert by_policy["residual"]["sigma"] < by_policy["cities"]["sigma"]


def test_the_whole_province_is_backed_with_its_line(plans):
    province = plans["residual"][0]["province"]
    assert province["verdict"] == "backed"
    assert province["province_target"] == 0.17
    assert 0.17 <= province["with_residual"] < province["implied_reduction"]
    assert "with_residual" not in plans["scale"][0]["province"]


@pytest.mark.parametrize(
    ("name", "zh", "en"),
    [
        ("scale", "倍数在各市系数中约去", "cancels in their coefficients"),
        (
            "residual",
            "各市合计须下降 17.4865%（+0.4865 个百分点）",
            "the cities together must cut 17.4865 % (+0.4865 points)",
        ),
    ],
)
def test_the_report_says_why_rates_differ_or_do_not(plans, name, zh, en):
    plan, folder = plans[name]
    notes = plan["scenario"]["notes"]
    assert any(zh in note["zh"] and en in note["en"] for note in notes)
    assert zh in (folder / "report.html").read_text("utf-8")


def test_a_negative_residual_is_said(plans):
    notes = plans["residual"][0]["scenario"]["notes"]
    assert any("负数计入" in note["zh"] and "negative" in note["en"] and "−2.62" in note["zh"] for note in notes)


def test_verify_and_publish_go_along(plans, tmp_path):
    folder = plans["residual"][1]
    judged = run("verify", "guangxi-13fyp", folder / "allocation.xlsx", *FIGURES, *settings(*RESIDUAL))
    assert judged.exit_code == 0
    assert "省定目标 17.00%" in judged.stdout
    published = run("publish", folder, "--format", "csv", "--out", tmp_path / "printed")
    assert published.exit_code == 0, published.stderr


def test_check_sets_the_policies_side_by_side():
    words = ("check", "guangxi-13fyp", *FIGURES, *settings(*RESIDUAL))
    said = run(*words).stdout
    assert said.count("若一律") == 3
    document = json.loads(run(*words, "--json").stdout)
    assert document["reconciliation"]["policies"] == {"emissions": "residual", "gdp": "residual"}
    neutral = run("check", "guangxi-13fyp", *FIGURES, *settings("emissions=residual"), "--lang", "en").stdout
    assert "leaves the cities' rates as they are" in neutral
