"""Basic and incentive targets: both tables back, the step is kept, and what cannot be is said."""

import csv
import io
import json
import math
import re
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from allocator.cli import app
from allocator.negotiating.negotiate import negotiate
from allocator.planning.check import check
from allocator.planning.files import WriteCheckFailed, write_plan
from allocator.planning.no_split.why import NoSplit
from allocator.planning.plan import plan
from reports.planning.page import report_html
from scenarios.load import load_scenario

ASKED = ["incentive.target=19%", "incentive.step=0.5 points"]
RULE = "{{id: {id}, reason: {{zh: 理由, en: why}}, {rest}}}"


@pytest.fixture(scope="module")
def both():
    return plan(load_scenario("guangxi-13fyp", ASKED))


def run(*arguments):
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    return result.exit_code, result.stdout, result.stderr


def with_rules(*rules, more=()):
    listed = ", ".join(RULE.format(id=name, rest=rest) for name, rest in rules)
    return load_scenario("guangxi-13fyp", [*more, f"rules=[{listed}]"])


def implied(scenario, rates):
    """Return the cut of the province from the definition of intensity."""
    regions = scenario.regions
    rows = list(zip(regions.emissions, regions.gdp, regions.growth, rates, strict=True))
    end = sum(Fraction(e) * Fraction(g) * (1 - Fraction(r)) for e, _, g, r in rows)
    end_gdp = sum(Fraction(y) * Fraction(g) for _, y, g, _ in rows)
    return 1 - (end / end_gdp) / (sum(map(Fraction, regions.emissions)) / sum(map(Fraction, regions.gdp)))


def steps_of(result):
    pairs = zip(result.published, result.published_incentive, strict=True)
    return [high - low for low, high in pairs]


# -- both tables ---------------------------------------------------------------------------------------------------


def test_guangxi_backs_both_targets_as_written(both, tmp_path):
    verification = write_plan(both, tmp_path / "out", "zh")
    assert verification.passed
    assert verification.incentive.backed
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out" / "allocation.csv").read_text("utf-8-sig"))))
    basic = [Fraction(row["下降目标（%）"]) / 100 for row in rows]
    second = [Fraction(row["激励目标（%）"]) / 100 for row in rows]
    assert implied(both.scenario, basic) >= Fraction(17, 100)
    assert implied(both.scenario, second) >= Fraction(19, 100)
    assert all(high >= low + Fraction(5, 1000) for low, high in zip(basic, second, strict=True))
    assert all((rate / Fraction(5, 1000)).denominator == 1 for rate in second)
    assert max(second) <= Fraction(25, 100)


def test_the_basic_table_is_the_one_without_an_incentive(both, guangxi):
    # nobody's basic rate is within half a point of the upper bound, so the room costs nothing
    assert both.published == plan(guangxi).published


def test_the_record_says_it(both):
    province, second = both.record.province, both.record.province.incentive
    assert second.target == 0.19
    assert second.required == pytest.approx(0.19 + province.sigma)
    assert second.implied_reduction >= 0.19
    assert second.overshoot_points == pytest.approx((second.implied_reduction - 0.19) * 100)
    assert second.overshoot_10kt == pytest.approx(second.overshoot_points * province.point_10kt)
    assert second.verdict == "backed"
    assert second.reach_highest == pytest.approx(0.234413, abs=1e-6)
    assert province.reach_highest == pytest.approx(second.reach_highest - 0.005 * (1 + province.sigma))
    for region, rate in zip(both.record.regions, both.published_incentive, strict=True):
        assert region.published_incentive_rate == float(rate)
        assert region.incentive_step == 0.005
        assert region.upper == 0.245
        assert f"激励目标 {float(rate) * 100:g}%" in region.reason.zh
        assert f"Incentive target {float(rate) * 100:g} %" in region.reason.en


def test_references_are_those_of_the_basic_table_scaled(both):
    problem, basic = both.incentive.problem, both.targeting.problem
    ratio = both.record.province.incentive.required / both.record.province.required
    np.testing.assert_allclose(problem.reference, basic.reference * ratio)
    assert problem.coefficients @ problem.reference == pytest.approx(problem.total)


def test_without_a_step_the_rates_may_meet():
    result = plan(load_scenario("guangxi-13fyp", ["incentive.target=17.2%"]))
    assert result.verification.passed
    assert min(steps_of(result)) == 0
    assert result.record.regions[0].incentive_step == 0
    assert "已扣除最小增幅" not in report_html(result.record, "zh")


def test_the_step_binds_for_some():
    result = plan(load_scenario("guangxi-13fyp", ["incentive.target=19%", "incentive.step=1.5 points"]))
    found = steps_of(result)
    assert min(found) == Decimal("0.015") < max(found)
    assert result.verification.passed
    at_step = [r for r in result.record.regions if r.published_incentive_rate - r.published_rate < 0.015 + 1e-9]
    assert all("即规定的最小增幅" in region.reason.zh for region in at_step)


def test_steps_that_alone_give_more_than_the_target_are_taken_and_said():
    result = plan(load_scenario("guangxi-13fyp", ["incentive.target=19%", "incentive.step=4 points"]))
    assert set(steps_of(result)) == {Decimal("0.04")}
    assert max(result.published) == Decimal("0.21")
    assert result.record.province.incentive.overshoot_points > 2
    page = report_html(result.record, "zh")
    assert "各地区的激励目标都取基本目标加最小增幅" in page
    assert "基本目标的上限已扣除最小增幅" in page


def test_upper_bounds_and_steps_off_the_grid_leave_room_on_it():
    result = plan(load_scenario("guangxi-13fyp", [*ASKED[:1], "incentive.step=0.3 points", "bounds.upper=22.4%"]))
    assert result.verification.passed
    assert max(result.published_incentive) == Decimal("0.22")
    assert max(result.published) <= Decimal("0.217")


@settings(max_examples=10)
@given(
    target=st.integers(1720, 2150),
    step=st.integers(0, 25),
    grid=st.sampled_from(["0.1", "0.5", "0.25"]),
    spread=st.integers(2, 12),
)
def test_both_published_tables_back(target, step, grid, spread):
    scenario = load_scenario(
        "guangxi-13fyp",
        [f"incentive.target={target / 100}%", f"incentive.step={step / 10} points", f"publish.grid={grid} points",
         f"reference.spread={spread} points"],
    )  # fmt: skip
    result = plan(scenario)
    assert implied(scenario, result.published) >= Fraction(17, 100)
    assert implied(scenario, result.published_incentive) >= Fraction(target, 10000)
    assert min(steps_of(result)) >= Decimal(step) / 1000
    assert max(result.published_incentive) <= Decimal("0.25")
    assert result.verification.passed


# -- steps by city -------------------------------------------------------------------------------------------------


@pytest.fixture
def with_column(guangxi_folder):
    def write(header, cells):
        table = guangxi_folder / "regions.csv"
        rows = zip(table.read_text("utf-8").splitlines(), [header, *cells], strict=True)
        table.write_text("\n".join(f"{row},{cell}" for row, cell in rows) + "\n", "utf-8")
        return guangxi_folder

    return write


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("min_step(%)", ["0.5", "3"]),
        ("min_step（个百分点）", ["0.5", "3"]),
        ("min_step", ["0.5 points", "3%"]),
        ("min_step", ["0.005", "0.03"]),
    ],
)
def test_a_column_says_the_steps_city_by_city(with_column, header, cells):
    folder = with_column(header, [*cells, *cells[:1] * 12])
    scenario = load_scenario(folder, ["incentive.target=19%", "incentive.step_column=min_step"])
    assert scenario.incentive.steps == (Decimal("0.005"), Decimal("0.03"), *[Decimal("0.005")] * 12)
    assert scenario.regions.upper[1] == Decimal("0.22")


def test_each_city_keeps_its_own_step(with_column):
    folder = with_column("min_step(%)", [str(n / 4) for n in range(14)])
    result = plan(load_scenario(folder, ["incentive.target=19%", "incentive.step_column=min_step"]))
    assert result.verification.passed
    assert all(found >= Decimal(n) / 400 for n, found in enumerate(steps_of(result)))


def test_cells_that_are_no_steps_are_named(with_column):
    folder = with_column("min_step(%)", ["-1", "60", "", "x", *["1"] * 10])
    code, _, said = run("plan", folder, "--set", "incentive.target=19%", "--set", "incentive.step_column=min_step",
                        "--lang", "en")  # fmt: skip
    assert code == 2
    lines = [line for line in said.splitlines() if "min_step" in line]
    assert len(lines) == 4
    for row in (2, 3, 4, 5):
        assert any(f"row {row}, column “min_step”" in line for line in lines), said


@pytest.mark.parametrize(
    ("asked", "code", "place"),
    [
        (["incentive.target=17%"], "incentive_not_above", "incentive.target=17%"),
        (["incentive.target=16%"], "incentive_not_above", "incentive.target=16%"),
        (["incentive.target=19"], "rate_question", "incentive.target"),
        (["incentive.step=1%"], "missing_key", "incentive"),
        (["incentive.target=19%", "incentive.step=-1%"], "step_range", "incentive.step"),
        (["incentive.target=19%", "incentive.step=60%"], "step_range", "incentive.step"),
        (["incentive.target=19%", "incentive.step=1"], "rate_question", "incentive.step"),
        (["incentive.target=19%", "incentive.stop=1%"], "unknown_key_meant", "incentive.stop"),
        (["incentive.target=19%", "incentive.step=1%", "incentive.step_column=gdp"], "only_one_of", "incentive"),
        (["incentive.target=19%", "incentive.step_column=none"], "indicator_column", "none"),
        (["incentive.target=19%", "incentive.step=16 points"], "incentive_no_room", "incentive.step"),
    ],
)  # fmt: skip
def test_bad_input_is_exit_2_with_its_place(asked, code, place, tmp_path):
    words = [word for setting in asked for word in ("--set", setting)]
    exit_code, said, errors = run("plan", "guangxi-13fyp", *words, "--out", tmp_path / "out", "--json")
    assert exit_code == 2
    findings = json.loads(said)["findings"]
    assert {finding["code"] for finding in findings} == {code}
    assert place in errors
    assert "Traceback" not in errors
    assert not (tmp_path / "out").exists()


# -- out of reach --------------------------------------------------------------------------------------------------


def test_out_of_reach_is_exit_3_with_the_reach(tmp_path):
    code, _, said = run(
        "plan", "guangxi-13fyp", "--set", "incentive.target=24%", "--lang", "en", "--out", tmp_path / "o"
    )
    assert code == 3
    assert "the incentive target of 24.00 % is out of reach" in said
    assert "allow 23.44 % at most, 0.56 points short (173.8 × 10⁴ t CO₂)" in said
    assert "set the incentive target to 23.44 %" in said
    assert [path.name for path in (tmp_path / "o").iterdir()] == ["no_split.json"]
    for target, reachable in (("23.44", True), ("23.45", False)):
        settings = [f"incentive.target={target}%", "incentive.step=1 point"]
        assert check(load_scenario("guangxi-13fyp", settings)).reachable is reachable
    enough = ["incentive.target=24%", "bounds.upper=26%", "publish.grid=0.1 points"]
    assert plan(load_scenario("guangxi-13fyp", enough)).verification.passed


def test_margin_is_asked_of_both():
    result = plan(load_scenario("guangxi-13fyp", [*ASKED, "margin=0.3 points"]))
    assert result.record.province.implied_reduction >= 0.173
    assert result.record.province.incentive.implied_reduction >= 0.193
    with pytest.raises(NoSplit) as error:
        plan(load_scenario("guangxi-13fyp", ["incentive.target=23.3%", "margin=0.3 points"]))
    lines = error.value.statements("en")
    assert "set the incentive target to 23.14 %" in lines[-1]
    assert check(load_scenario("guangxi-13fyp", ["incentive.target=23.14%", "margin=0.3 points"])).reachable


def test_a_rule_may_put_it_out_of_reach():
    scenario = with_rules(("cap", "type: ceiling, rate: 20%"), more=["incentive.target=19%"])
    with pytest.raises(NoSplit) as error:
        plan(scenario)
    # all at 20 %: 0.2 (1 + sigma) - sigma
    reached = 0.2 - 0.8 * scenario.baseline.sigma
    assert error.value.incentive
    assert error.value.gap.short == pytest.approx(0.19 - reached, abs=1e-9)
    assert f"{math.floor(reached * 10_000) / 100:.2f} % at most" in error.value.statements("en")[0]  # within reach


def test_a_rule_that_no_incentive_target_can_keep_is_named_with_its_lever():
    pilots = ("pilots", "type: floor, above_target: 7 points, where: [柳州]")  # 24 %, and 26 % of the incentive rates
    with pytest.raises(NoSplit) as error:
        plan(with_rules(pilots, more=["incentive.target=19%"]))
    assert error.value.conflict.rules == ("incentive",)
    lines = error.value.statements("en")
    assert "room for the incentive target of 19 %" in lines[0]
    assert any("relax rule “pilots” by 1.00 points" in line for line in lines)
    assert error.value.statements("zh")
    enough = (pilots[0], pilots[1].replace("7 points", "6 points"))
    assert plan(with_rules(enough, more=["incentive.target=19%"])).verification.passed


def test_rules_that_leave_only_more_than_the_target_get_more(with_column):
    # 柳州 must rise by 8 points, and the others may stay at most 4 points below
    folder = with_column("min_step(%)", ["0", "8", *["0"] * 12])
    gap = RULE.format(id="gap", rest="type: gap, at_most: 4 points")
    settings = ["incentive.target=17.2%", "incentive.step_column=min_step", f"rules=[{gap}]"]
    result = plan(load_scenario(folder, settings))
    assert result.verification.passed
    assert result.published_incentive[1] - result.published[1] == Decimal("0.08")
    assert max(result.published_incentive) - min(result.published_incentive) == Decimal("0.04")
    assert result.record.province.incentive.overshoot_points > 2


def test_a_basic_target_out_of_reach_says_that_steps_are_taken_off():
    with pytest.raises(NoSplit) as error:
        plan(load_scenario("guangxi-13fyp", ["target=22%", "incentive.target=23%", "incentive.step=3 points"]))
    assert not error.value.incentive
    assert any("lower by the step" in line for line in error.value.statements("en"))


def test_a_grid_on_which_it_cannot_be():
    settings = ["incentive.target=22.8%", "publish.grid=1 point", "bounds.upper=24.9%"]
    with pytest.raises(NoSplit) as error:
        plan(load_scenario("guangxi-13fyp", settings))
    assert error.value.incentive
    assert error.value.gap is None
    for language in ("zh", "en"):
        assert error.value.statements(language)
    assert run("check", "guangxi-13fyp", *(w for s in settings for w in ("--set", s)))[0] == 0


# -- rules, classes, negotiation ------------------------------------------------------------------------------------


def test_rules_hold_for_both_tables():
    scenario = with_rules(
        ("gap", "type: gap, at_most: 8 points"),
        ("pilots", "type: floor, above_target: 1 point, where: [柳州, 百色]"),
        ("order", "type: order"),
        more=["incentive.target=20%", "incentive.step=0.5 points"],
    )
    result = plan(scenario)
    assert result.verification.passed
    second = result.published_incentive
    assert max(second) - min(second) <= Decimal("0.08")
    # a point above the incentive target, not above the basic one
    assert min(second[1], second[9]) >= Decimal("0.21")
    assert {"rule gap", "rule pilots", "rule order", "step"} <= set(result.record.province.incentive.checks)


def test_a_ceiling_leaves_room_below_it():
    scenario = with_rules(
        ("poor", "type: ceiling, rate: 18%, where: [柳州]"), more=["incentive.target=19%", "incentive.step=2 points"]
    )
    result = plan(scenario)
    assert result.published[1] == Decimal("0.16")
    assert result.published_incentive[1] == Decimal("0.18")
    assert result.verification.passed


def test_a_negotiated_value_is_of_the_basic_rate():
    scenario = with_rules(
        ("deal", "type: negotiated, region: 柳州, rate: 16%"), more=["incentive.target=19%", "incentive.step=1 point"]
    )
    result = plan(scenario)
    assert result.published[1] == Decimal("0.16")
    assert result.published_incentive[1] > Decimal("0.17")
    assert "rule deal" not in result.record.province.incentive.checks
    assert result.verification.passed


def test_negotiation_splits_both_anew():
    result = negotiate(load_scenario("guangxi-13fyp", ASKED), ["钦州=18%"]).plan
    assert result.published[6] == Decimal("0.18")
    assert result.verification.incentive.passed


def test_protection_is_for_the_basic_table():
    result = plan(load_scenario("guangxi-13fyp", [*ASKED, "growth_uncertainty=5%", "protect=3"]))
    assert result.verification.passed
    assert result.verification.incentive.robustness is None


@pytest.mark.parametrize("classes", ["4", "auto"])
def test_a_class_has_one_incentive_rate(classes):
    result = plan(
        load_scenario("guangxi-13fyp", ["incentive.target=20%", "incentive.step=1 point", f"publish.classes={classes}",
                                        "publish.grid=1 point"])
    )  # fmt: skip
    assert result.verification.passed
    by_class = {}
    for region in result.record.regions:
        by_class.setdefault(region.class_, set()).add(region.published_incentive_rate)
    assert all(len(rates) == 1 for rates in by_class.values())
    ordered = [by_class[number].pop() for number in sorted(by_class)]
    assert ordered == sorted(ordered, reverse=True)
    assert re.search(r'<th scope="col" class="text">(<!--[^<>]*-->)?激励目标</th>', report_html(result.record, "zh"))


# -- verify --------------------------------------------------------------------------------------------------------


def test_verify_judges_a_second_column(both, tmp_path):
    out = tmp_path / "out"
    write_plan(both, out, "zh")
    words = [word for setting in ASKED for word in ("--set", setting)]
    for name in ("allocation.csv", "allocation.xlsx", "plan.json"):
        assert run("verify", "guangxi-13fyp", out / name, *words)[0] == 0, name
    lines = (out / "allocation.csv").read_text("utf-8-sig").splitlines()
    assert lines[1].startswith("450100,南宁,23.0,25.0,")
    lowered = [line.replace("450100,南宁,23.0,25.0,", "450100,南宁,23.0,23.2,") for line in lines]
    (tmp_path / "draft.csv").write_text("\n".join(lowered), "utf-8")
    code, said, _ = run("verify", "guangxi-13fyp", tmp_path / "draft.csv", *words)
    assert code == 1
    assert "激励目标未支撑" in said
    assert "高出基本目标不足最小增幅：南宁" in said
    document = json.loads(run("verify", "guangxi-13fyp", tmp_path / "draft.csv", *words, "--json")[1])
    assert document["province"]["verdict"] == "backed"
    assert document["province"]["incentive"]["verdict"] == "not_backed"
    assert document["incentive_failed"] == {"backed": [], "grid": ["南宁"], "step": ["南宁"]}
    assert document["regions"][0]["incentive_rate"] == 0.232


def test_verify_without_the_column_or_without_the_question(both, tmp_path):
    out = tmp_path / "out"
    write_plan(both, out, "zh")
    assert run("verify", "guangxi-13fyp", out / "allocation.csv")[0] == 0  # the scenario asks nothing of it
    said = run("verify", "guangxi-13fyp", "published", "--set", ASKED[0], "--lang", "en")[1]
    assert "no column of incentive targets" in said
    (tmp_path / "circular.csv").write_text("地区,基本目标（%）,激励目标（%）\n南宁、柳州,24,25\n桂林,20,\n", "utf-8")
    code, _, errors = run("verify", "guangxi-13fyp", tmp_path / "circular.csv", "--set", ASKED[0], "--lang", "en")
    assert code == 2
    assert "row 3" in errors
    table = {name: {"rate": 0.2, "incentive_rate": 0.25} for name in ("南宁", "柳州")}
    records = [{"name": name, **rates} for name, rates in table.items()]
    records[1].pop("incentive_rate")
    (tmp_path / "some.json").write_text(json.dumps(records), "utf-8")
    code, _, errors = run("verify", "guangxi-13fyp", tmp_path / "some.json", "--set", ASKED[0], "--lang", "en")
    assert code == 2
    assert "the incentive rate is missing" in errors


def test_a_wrong_incentive_column_is_never_published(both, tmp_path, monkeypatch):
    def wrong(record, language):
        from reports.planning.tables import allocation_csv

        return allocation_csv(record, language).replace("23.0,25.0", "23.0,24.5", 1)

    monkeypatch.setattr("allocator.planning.files.allocation_csv", wrong)
    with pytest.raises(WriteCheckFailed, match=r"allocation\.csv"):
        write_plan(both, tmp_path / "out", "zh")


# -- nothing is said where nothing is asked -------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_without_the_section_nothing_speaks_of_it(guangxi, tmp_path, language):
    result = plan(guangxi)
    write_plan(result, tmp_path / "out", language)
    for name in ("plan.json", "allocation.csv", "report.html"):
        text = (tmp_path / "out" / name).read_text("utf-8-sig")
        assert "incentive" not in text.lower() or name == "report.html"
        assert "激励" not in text
    keys = set(json.loads((tmp_path / "out" / "plan.json").read_text("utf-8"))["regions"][0])
    assert keys.isdisjoint({"incentive_step", "incentive_rate", "published_incentive_rate"})
    assert "incentive" not in json.loads(run("verify", "guangxi-13fyp", "published", "--json")[1])["province"]
    assert result.incentive is result.published_incentive is None
