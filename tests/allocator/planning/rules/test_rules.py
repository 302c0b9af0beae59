"""Each rule on Guangxi: it binds, the plan keeps it and backs, and the published table that breaks it is told so."""

import json
import math
import pickle
from fractions import Fraction

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.planning.no_split.why import NoSplit
from allocator.planning.plan import plan
from allocator.planning.rules import solver_rules
from scenarios.errors import InputError
from scenarios.load import load_scenario

COLUMNS = ("group", "energy_cut(%)", "last_rate(%)")
GROUPS = ["重点", "重点", "", "", "沿海", "沿海", "沿海", "", "", "生态", "", "生态", "", ""]
LAST = [17, 19, 16, 14, 22, 15, 14, 18, 17, 15, 16, 12, 15, 14]

# type -> what stands in the file; every one binds, and the published table breaks it
CATALOGUE = {
    "gap": "type: gap, at_most: 8 points",
    "floor": "type: floor, above_target: 1 point, where: {group: 沿海}",
    "floor-rate": "type: floor, rate: 13%, where: [Hechi]",
    "ceiling": "type: ceiling, below_target: 3 points, where: {group: 生态}",
    "ceiling-condition": "type: ceiling, rate: 20%, where: 'tertiary_share < 37%'",
    "peak": "type: peak, where: [梧州]",
    "column_floor": "type: column_floor, column: energy_cut",
    "ratchet": "type: ratchet, column: last_rate, at_least: 0.9, at_most: 1.3",
    "order": "type: order",
    "budget": "type: budget, limit: 15000, projects: 300, where: [柳州, 贵港, 百色, 北海, 防城港, 钦州]",
    "negotiated": "type: negotiated, region: 钦州, rate: 15.5%",
}


@pytest.fixture
def folder(guangxi_folder):
    """Return Guangxi with the columns that the rules read."""
    table = guangxi_folder / "regions.csv"
    rows = table.read_text("utf-8").splitlines()
    pairs = zip(GROUPS, LAST, strict=True)
    cells = [",".join(COLUMNS), *(f"{group},{10 + n},{last}" for n, (group, last) in enumerate(pairs))]
    table.write_text("\n".join(map(",".join, zip(rows, cells, strict=True))) + "\n", "utf-8")
    return guangxi_folder


@pytest.fixture
def with_rules(folder, edit):
    def write(*rules):
        lines = "".join(f"\n  - {{reason: {{zh: 理由, en: why}}, {rule}}}" for rule in rules)
        edit(folder / "scenario.yaml", "rules: []", f"rules:{lines}")
        return folder

    return write


def run(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.mark.parametrize("name", CATALOGUE)
def test_rule_binds_is_kept_and_is_named(with_rules, name, guangxi):
    scenario = load_scenario(with_rules(f"id: the-rule, {CATALOGUE[name]}"))
    result = plan(scenario)
    assert result.verification.backed
    assert result.verification.passed
    checks = {check.name: check for check in result.verification.checks}
    assert checks["rule the-rule"].passed
    assert checks["rule the-rule"].reason.say("zh") == "理由"
    moved = abs(result.split.rates - plan(guangxi).split.rates).max()
    if name == "order":
        # scores keep this order by themselves: the rule holds nobody here
        assert moved < 1e-9
    else:
        assert moved > 1e-3
        assert any("the-rule" in region.rules for region in result.record.regions)
    judged = run("verify", scenario.folder, "published")
    assert judged.exit_code == 1
    assert "the-rule" in judged.stdout
    failing = json.loads(run("verify", scenario.folder, "published", "--json").stdout)
    assert failing["province"]["checks"]["rule the-rule"] is False
    assert failing["failed"]["rule the-rule"]


def test_order_binds_where_a_bound_disturbs_it(with_rules):
    # the second to last of an ordered pair may not fall below the last, whose negotiated rate is high
    scenario = load_scenario(with_rules("id: order, type: order"))
    high, low = scenario.demands[0].pairs[0]
    rule = f"{{id: deal, reason: {{zh: a, en: b}}, type: negotiated, region: {scenario.regions.ids[low]!r}, rate: 24%}}"
    order = "{id: order, reason: {zh: a, en: b}, type: order}"
    free = plan(load_scenario(scenario.folder, [f"rules=[{rule}]"]))
    bound = plan(load_scenario(scenario.folder, [f"rules=[{rule}, {order}]"]))
    assert free.split.rates[high] < free.split.rates[low]
    assert bound.split.rates[high] == pytest.approx(0.24, abs=1e-9)
    assert "order" in bound.record.regions[high].rules
    assert bound.verification.passed


def test_project_is_split_without_and_kept_apart(with_rules, guangxi):
    scenario = load_scenario(with_rules("id: steel, type: project, region: 防城港, emissions: 400"))
    result = plan(scenario)
    assert result.verification.passed
    assert scenario.whole.emissions[5] - scenario.regions.emissions[5] == 400
    # a lighter heavy city changes everybody's share
    assert abs(result.split.rates - plan(guangxi).split.rates).max() > 1e-4


def test_all_rules_together(with_rules):
    kinds = ("gap", "floor", "ceiling", "peak", "budget")
    together = [f"id: {name}, {CATALOGUE[name]}" for name in kinds if name not in ("gap", "ceiling")]
    scenario = load_scenario(with_rules(*together, "id: gap, type: gap, at_most: 11 points", "id: order, type: order"))
    result = plan(scenario)
    assert result.verification.passed
    assert {check.name for check in result.verification.checks} >= {
        "rule floor", "rule peak", "rule budget", "rule gap", "rule order",
    }  # fmt: skip


def test_rules_hold_in_classes_too(with_rules):
    scenario = load_scenario(
        with_rules("id: gap, type: gap, at_most: 8 points", "id: coast, type: floor, rate: 15%, where: {group: 沿海}"),
        ["publish.classes=5", "publish.grid=1 point"],
    )
    result = plan(scenario)
    assert result.verification.passed
    rates = sorted(set(result.published))
    assert len(rates) <= 5
    assert rates[-1] - rates[0] <= Fraction(8, 100)


def test_demands_and_rows_agree(with_rules):
    scenario = load_scenario(with_rules(*(f"id: {name}, {rule}" for name, rule in CATALOGUE.items())))
    assert list(solver_rules(scenario.demands)) == list(CATALOGUE)
    rates = [0.18] * 14
    tight = {demand.id: demand.tight(rates) for demand in scenario.demands}
    assert 4 in tight["floor"]  # 17 % and a point, exactly
    assert 0 not in tight["floor"]
    with pytest.raises(TypeError):
        solver_rules([object.__new__(type("Other", (type(scenario.demands[0]).__mro__[1],), {"id": "x"}))])


# -- contradictions ------------------------------------------------------------------------------------------------

PAIR = (
    "{id: coast, reason: {zh: 沿海先行, en: coast first}, type: floor, rate: 22%, where: [北海, 防城港, 钦州]}",
    "{id: calm, reason: {zh: 不宜过高, en: not too much}, type: ceiling, rate: 18%, where: [北海]}",
)
FINE = ["publish.grid=0.01 points"]


def test_a_contradictory_pair_is_exit_3_with_both_ids_and_levers(tmp_path):
    gap = "{id: gap, reason: {zh: a, en: b}, type: gap, at_most: 14 points}"
    for language in ("zh", "en"):
        result = run("plan", "guangxi-13fyp", "--set", f"rules=[{PAIR[0]}, {gap}, {PAIR[1]}]", "--lang", language,
                     "--out", tmp_path / "out")  # fmt: skip
        assert result.exit_code == 3
        first = result.stderr.splitlines()[0]
        assert "coast" in first
        assert "calm" in first
        assert "gap" not in first
        assert result.stderr.count("4.00") == 2
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["no_split.json"]


@pytest.mark.parametrize("change", ["4", "3.96"])
def test_each_lever_of_a_pair_applied_gives_a_plan_and_a_hundredth_less_does_not(tmp_path, change):
    enough = change == "4"
    by = float(change)
    floor, ceiling = PAIR[0].replace("22%", f"{22 - by:g}%"), PAIR[1].replace("18%", f"{18 + by:g}%")
    for rules in ((floor, PAIR[1]), (PAIR[0], ceiling)):
        result = run("plan", "guangxi-13fyp", "--set", f"rules=[{', '.join(rules)}]", "--out", tmp_path / "o",
                     *(word for setting in FINE for word in ("--set", setting)))  # fmt: skip
        assert result.exit_code == (0 if enough else 3), result.stderr


def test_levers_of_a_rule_against_the_target(tmp_path):
    cap = "{{id: cap, reason: {{zh: a, en: b}}, type: ceiling, rate: {rate}%}}"
    scenario = load_scenario("guangxi-13fyp", [f"rules=[{cap.format(rate=17)}]", *FINE])
    with pytest.raises(NoSplit) as caught:
        plan(scenario)
    assert caught.value.conflict.rules == ("cap",)
    changes = {lever.name: lever.change for lever in caught.value.conflict.levers}
    # all at the cap: what is missing is the distance to the uniform rate
    need = float(scenario.baseline.uniform_rate)
    assert changes["cap"] == pytest.approx(need - 0.17, abs=1e-9)
    assert changes["less total"] == pytest.approx((need - 0.17) * scenario.baseline.coefficients.sum(), abs=1e-9)
    assert [changes[name] for name in ("upper bounds", "lower bounds", "more total")] == [None, None, None]
    for share, code in ((1.0, 0), (0.99, 3)):
        # up to the next value of the grid: a hundredth of a point, less than a hundredth of the change
        rate = math.ceil(1700 + changes["cap"] * share * 10_000) / 100
        target = 17 - changes["less total"] * share * 100 - 1e-6
        for settings in (
            [f"rules=[{cap.format(rate=rate)}]"],
            [f"rules=[{cap.format(rate=17)}]", f"target={target:.8f}%"],
        ):
            words = [word for setting in (*settings, *FINE) for word in ("--set", setting)]
            assert run("plan", "guangxi-13fyp", *words, "--out", tmp_path / "o").exit_code == code


def test_a_budget_a_hair_under_the_grid_table_is_kept_by_the_next_one(two_cities):
    rule = "type: budget, limit: 995.999999999, where: [甲]"
    result = plan(load_scenario(two_cities(rule), ["target=17%"]))
    assert [f"{rate:.2f}" for rate in result.published] == ["0.18", "0.17"]
    assert result.verification.passed


CONTRADICTING = (
    "type: ceiling, rate: 15%",
    "type: floor, rate: 18%, where: [甲]",
    "type: ceiling, rate: 17.5%, where: [甲]",
)


def test_the_smallest_contradiction_is_said_and_an_unproved_one_differently(two_cities, monkeypatch):
    scenario = load_scenario(two_cities(*CONTRADICTING))
    with pytest.raises(NoSplit) as caught:
        plan(scenario)
    assert caught.value.statements("en")[0] == ("No split: within bounds and target, rule “r0” (why) cannot be kept.")
    monkeypatch.setattr("solvers.diagnosing.conflicts.SEARCH", -1.0)
    with pytest.raises(NoSplit) as caught:
        plan(scenario)
    assert "was not settled in the time" in caught.value.statements("en")[0]
    assert "限时内未能证明" in caught.value.statements("zh")[0]


def test_no_split_and_bad_input_survive_the_way_to_another_process(two_cities):
    with pytest.raises(NoSplit) as caught:
        plan(load_scenario(two_cities(*CONTRADICTING)))
    again = pickle.loads(pickle.dumps(caught.value))
    assert again.statements("en") == caught.value.statements("en")
    with pytest.raises(InputError) as refused:
        load_scenario("guangxi-13fyp", ["target=x%"])
    again = pickle.loads(pickle.dumps(refused.value))
    assert str(again) == str(refused.value)
    assert again.findings == refused.value.findings
