"""Protected plans: what they survive, what that costs, and what cannot be protected."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.planning.no_split.why import NoSplit
from allocator.planning.plan import plan
from allocator.planning.protection import largest_protection, protection_curve, usual_budgets, with_protection
from reports.planning.page import report_html
from reports.verifying.verification import verify_rates
from scenarios.errors import InputError
from scenarios.load import load_scenario

UNCERTAIN = "growth_uncertainty=5%"


@pytest.fixture(scope="module")
def uncertain():
    return load_scenario("guangxi-13fyp", [UNCERTAIN])


@pytest.fixture(scope="module")
def protected_plan():
    return plan(load_scenario("guangxi-13fyp", [UNCERTAIN, "protect=3"]))


def run(*arguments):
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    return result.exit_code, result.stdout, result.stderr


def test_a_protected_guangxi_plan_survives_exactly(protected_plan):
    verification = protected_plan.verification
    assert verification.passed
    assert verification.robustness.survives >= 3
    assert verification.robustness.worst(Fraction(3)) <= 0
    assert not verification.robustness.survives_all
    province = protected_plan.record.province
    assert province.checks["protection"]
    assert province.overshoot_points == pytest.approx(1.10, abs=0.005)
    assert protected_plan.record.provenance.options == (UNCERTAIN, "protect=3")
    assert protected_plan.record.provenance.solver["protected_regions"] == 3


@pytest.mark.parametrize("uncertainty", ["2%", "5%"])
@pytest.mark.parametrize("budget", ["0", "1", "1.5", "all"])
def test_a_table_without_a_hair_to_spare_is_found(two_cities, uncertainty, budget):
    # both cut 17 %, as much as the target: growth changes nothing, whoever is off
    asked = [f"growth_uncertainty={uncertainty}", f"protect={budget}", "bounds.upper=17%"]
    made = plan(load_scenario(two_cities(upper=("17%", "17%")), asked))
    assert made.published == (Decimal("0.17"), Decimal("0.17"))
    assert made.verification.robustness.worst(Fraction(2)) == 0
    assert made.verification.passed


def test_a_table_short_by_less_than_a_hair_is_not(two_cities):
    # 16.9999999999 % is 1e-12 short of the target, protected or not
    asked = [UNCERTAIN, "protect=all", "publish.grid=0.5 points"]
    with pytest.raises(NoSplit):
        plan(load_scenario(two_cities(upper=("16.9999999999%", "16.9999999999%")), asked))


def test_the_unprotected_plan_does_not_survive_it(uncertain, protected_plan):
    published = plan(uncertain).published
    asked = protected_plan.scenario
    assert verify_rates(uncertain, published).passed
    assert not verify_rates(asked, published).passed
    assert plan(uncertain).record.protection is None


def test_the_price_is_a_curve(uncertain, protected_plan):
    curve = protection_curve(uncertain)
    assert [price.budget for price in curve] == list(range(15))
    points = [price.overshoot_points for price in curve]
    assert points[0] == pytest.approx(0, abs=1e-6)
    assert points == sorted(points)
    assert points[3] == pytest.approx(1.09, abs=0.005)
    assert points[14] == pytest.approx(2.24, abs=0.005)
    worth = uncertain.baseline.point_worth
    assert all(p.overshoot_10kt == pytest.approx(p.overshoot_points * worth) for p in curve)
    shown = protected_plan.record.protection
    assert [price.budget for price in shown] == [0, 1, 2, 3, 14]
    assert [price.overshoot_points for price in shown] == pytest.approx([points[k] for k in (0, 1, 2, 3, 14)])


def test_the_price_is_what_the_worst_case_asks(uncertain):
    """At every Γ the computed split stands at its worst case, to what doubles can say."""
    for budget in (1, Decimal("2.5"), 14):
        scenario = with_protection(uncertain, budget)
        rates = [Fraction(rate) for rate in plan(scenario).split.rates.tolist()]
        excess = verify_rates(scenario, [Decimal(float(r)) for r in rates]).robustness.worst(Fraction(budget))
        assert abs(excess) < 1e-13


def test_budgets_that_are_shown():
    scenario = load_scenario("guangxi-13fyp", [UNCERTAIN])
    assert usual_budgets(scenario, Fraction(5, 2)) == (0, 1, 2, Decimal("2.5"), 14)
    assert usual_budgets(scenario, Fraction(14)) == (0, 1, 2, 14)


@pytest.mark.parametrize("setting", ["publish.grid=0.1 points", "publish.classes=5", "publish.classes=auto"])
@pytest.mark.parametrize("budget", ["3", "all"])
def test_rounding_and_classes_stay_protected(setting, budget):
    result = plan(load_scenario("guangxi-13fyp", [UNCERTAIN, f"protect={budget}", setting]))
    assert result.verification.passed
    assert result.verification.robustness.survives >= (3 if budget == "3" else 14)


def test_protection_stands_with_rules(guangxi_folder, edit):
    rule = "rules: [{id: fair, type: gap, at_most: 9 points, reason: 差距}]"
    edit(guangxi_folder / "scenario.yaml", "rules: []", rule)
    result = plan(load_scenario(guangxi_folder, [UNCERTAIN, "protect=2.5"]))
    assert result.verification.passed
    assert max(result.published) - min(result.published) <= Decimal("0.09")


def test_regions_held_by_it_say_so(protected_plan):
    reasons = [region.reason for region in protected_plan.record.regions]
    assert any("protected when the growth of any 3 region(s) is at its worst" in reason.en for reason in reasons)
    assert any("任意 3 个地区的增长同时最不利" in reason.zh for reason in reasons)
    assert all("protect" in region.rules for region in protected_plan.record.regions)


def test_the_report_states_it(protected_plan):
    page = report_html(protected_plan.record, "zh")
    assert "增长不确定：最多 3.01 个地区（共 14 个）" in page
    assert "防护 14 个地区的代价" in page


def test_impossible_is_said_with_what_can_be():
    settings = [UNCERTAIN, "target=22%", "protect=all"]
    with pytest.raises(NoSplit) as error:
        plan(load_scenario("guangxi-13fyp", settings))
    assert error.value.conflict.rules == ("protect",)
    lines = error.value.statements("en")
    assert "protect" in lines[0]
    most = largest_protection(error.value.scenario)
    assert 0 < most < 14
    assert any(f"protect at most {most.normalize():f} region(s)" in line for line in lines)
    assert plan(load_scenario("guangxi-13fyp", [*settings[:2], "publish.grid=0.01 points", f"protect={most}"]))
    with pytest.raises(NoSplit):
        plan(load_scenario("guangxi-13fyp", [*settings[:2], f"protect={most + Decimal('0.01')}"]))
    curve = protection_curve(error.value.scenario, [0, 14])
    assert curve[0].overshoot_points is not None
    assert curve[1].overshoot_points is curve[1].overshoot_10kt is None


def test_the_levers_of_an_impossible_protection_work(on_a_fine_grid):
    with pytest.raises(NoSplit) as error:
        plan(load_scenario("guangxi-13fyp", [UNCERTAIN, "target=22%", "protect=all"]))
    change = {lever.name: lever.change for lever in error.value.conflict.levers}
    for name, setting in (("less total", "target={:.9f}"), ("upper bounds", "bounds.upper={:.9f}")):
        start, sign = (0.22, -1) if name == "less total" else (0.25, 1)
        for step, good in ((change[name] + 1e-6, True), (change[name] * 0.99, False)):
            value = setting.format(start + sign * step)
            settings = [UNCERTAIN, "target=22%", "protect=all", "publish.grid=0.01 points", value]
            if good:
                load = on_a_fine_grid(load_scenario("guangxi-13fyp", settings))
                assert protection_curve(load, [14])[0].overshoot_points is not None
            else:
                with pytest.raises(NoSplit):
                    plan(load_scenario("guangxi-13fyp", settings))


def test_nothing_can_be_protected_beyond_reach(uncertain):
    assert largest_protection(load_scenario("guangxi-13fyp", [UNCERTAIN, "target=30%"])) is None
    assert 0 < largest_protection(load_scenario("guangxi-13fyp", [UNCERTAIN, "target=22%"])) < 14
    assert largest_protection(uncertain) == 14


def test_without_uncertainty_there_is_no_curve(guangxi):
    with pytest.raises(InputError):
        protection_curve(guangxi, [1])


def test_command(tmp_path):
    out = tmp_path / "out"
    code, said, _ = run(
        "plan", "guangxi-13fyp", "--set", UNCERTAIN, "--protect", "3", "--out", out, "--lang", "en"
    )  # fmt: skip
    assert code == 0
    assert "Price of protection for 3 region(s): at the growth given, the computed rates are 1.09 points over" in said
    record = json.loads((out / "plan.json").read_text("utf-8"))
    assert record["provenance"]["options"] == [UNCERTAIN, "protect=3"]
    assert record["province"]["checks"]["protection"] is True
    assert [price["budget"] for price in record["protection"]] == [0, 1, 2, 3, 14]
    settings = ("--set", UNCERTAIN, "--set")
    assert run("verify", "guangxi-13fyp", out / "allocation.csv", *settings, "protect=3")[0] == 0
    code, said, _ = run("verify", "guangxi-13fyp", out / "allocation.csv", *settings, "protect=4", "--lang", "en")
    assert code == 1
    assert "Not protected as asked" in said


def test_command_that_cannot_be(tmp_path):
    code, _, said = run("plan", "guangxi-13fyp", "--protect", "3", "--out", tmp_path / "a")
    assert (code, "growth_uncertainty" in said) == (2, True)
    arguments = ("--set", UNCERTAIN, "--set", "target=22%", "--out", tmp_path / "b", "--lang", "en")
    code, _, said = run("plan", "guangxi-13fyp", "--protect", "all", *arguments)
    assert code == 3
    assert "protect" in said
    assert [path.name for path in (tmp_path / "b").iterdir()] == ["no_split.json"]
