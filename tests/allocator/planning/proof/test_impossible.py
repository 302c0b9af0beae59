"""No split, proved: by hand, for random provinces, and refused where it is altered."""

import copy
import json
import tempfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.planning.no_split.why import NoSplit, why_no_split
from allocator.planning.plan import plan
from allocator.planning.proof import impossible
from allocator.planning.proof.impossible import contradiction_of, no_split_record, question_of, refuted
from allocator.planning.reference import target
from allocator.planning.rules import solver_rules
from reports import check_more
from reports.check_proof import Refused
from reports.seal import seal
from scenarios.errors import InputError
from scenarios.load import load_scenario
from solvers.effort import Effort
from tests.allocator.planning.test_no_split import ROWS, SCENARIO
from tests.benchmarks.proofs import MORE, PROVINCES

WHOLE = SCENARIO.removesuffix("rules:\n")
WHY = "reason: {zh: 要, en: wanted}"
FLOOR = f"  - {{id: top, type: floor, rate: 20%, {WHY}}}\n"
IDLE = f"  - {{id: idle, type: gap, at_most: 30 points, {WHY}}}\n"
ONE = f"  - {{id: one, type: floor, rate: 21%, where: {{regions: [甲]}}, {WHY}}}\n"
NEAR = f"  - {{id: near, type: gap, at_most: 3 points, {WHY}}}\n"
GIVEN = f"  - {{id: given, type: negotiated, region: 甲, rate: 25%, {WHY}}}\n"
PEOPLE = 100


@pytest.fixture
def two(tmp_path):
    """Return a function that says why two equal cities have no split under some rules and settings."""

    def refuse(*settings, rules=""):
        (tmp_path / "scenario.yaml").write_text(WHOLE + (f"rules:\n{rules}" if rules else ""), "utf-8")
        (tmp_path / "regions.csv").write_text(ROWS, "utf-8")
        with pytest.raises(NoSplit) as caught:
            plan(load_scenario(tmp_path, settings))
        return caught.value

    return refuse


def written(none):
    return json.loads(no_split_record(none).to_json())


def resealed(record):
    """Return a record with the seal that fits, as somebody would make it who alters one."""
    return {**record, "digest": json.loads(seal(record).model_dump_json())}


def levers(record):
    """Return each lever with what is enough and what is not, in hundredths of a point."""
    found = {}
    for lever in record["answer"]["levers"]:
        by, less = (None if lever[key] is None else Fraction(lever[key]) * 10_000 for key in ("by", "less"))
        found[lever["what"], lever.get("rule")] = (by, less)
    return found


def test_a_floor_above_the_target_is_refuted(two):
    # both fall by 20 % at least, and together by 17 % exactly
    record = written(two(rules=FLOOR + IDLE))
    assert record["answer"]["rules"] == ["top"]
    assert [en for _, en in check_more.check_none(record)][:2] == [
        f"no split: bounds, target, rules top contradict each other ({record['digest']['whole'][:16]}…)",
        "smallest: no fewer rules contradict each other",
    ]
    # three points less of the floor, or more of the target; or more than the target
    assert levers(record) == {("rule", "top"): (300, 299), ("target", None): (300, 299), ("exceed", None): (None, None)}


def test_two_rules_are_needed_and_each_lever_is_the_least(two):
    # 21 % of the one and a gap of 3 points leave (21 + 18)/2 = 19.5 % at least: 5 points wider, or 5 lower, or 2.5 more
    record = written(two(rules=IDLE + ONE + NEAR))
    assert record["answer"]["rules"] == ["one", "near"]
    said = check_more.check_none(record)
    assert said[1][1].startswith("smallest")
    found = levers(record)
    assert found["rule", "near"] == (500, 499)
    assert found["rule", "one"] == (250, 249)
    assert found["target", None] == (250, 249)
    at = next(lever for lever in record["answer"]["levers"] if lever.get("rule") == "near")
    assert at["split"] == [["0.21", "0.13"]]


def test_bounds_alone_are_refuted_on_either_side(two):
    high = written(two("bounds.upper=15%"))
    assert (high["answer"]["rules"], levers(high)) == (
        [],
        {("upper bounds", None): (200, 199), ("target", None): (-200, -199)},
    )
    low = levers(written(two("bounds.lower=20%")))
    assert low["lower bounds", None] == (300, 299)
    assert low["target", None] == (300, 299)


def test_a_given_value_moves(two):
    # 25 % of the one leaves 9 % for the other, but no more than 3 points below
    record = written(two(rules=GIVEN + NEAR))
    assert record["answer"]["rules"] == ["given", "near"]
    # down to 18.5 %: the other is at 15.5 %; on the grid to 18 %
    lever = next(lever for lever in record["answer"]["levers"] if lever["what"] == "moved")
    assert (lever["by"], lever["less"], lever["advised"]) == ("-0.065", "-0.0649", "-0.07")
    assert check_more.check_none(record)


def test_the_grid_alone_is_refuted(two):
    # no whole per cent between 16.2 and 16.8 %
    grid = two("bounds.lower=16.2%", "bounds.upper=16.8%", "target=16.5%")
    record = written(grid)
    assert record["answer"]["grid"]
    assert "on the grid" in check_more.check_none(record)[0][1]


def test_no_room_for_incentive_rates_is_refuted(two):
    # 3 points above at most 40 %, of rates no more than 2 points apart, is no more than 40 %
    far = written(two("incentive.target=41%", "incentive.step=3 points"))
    assert (far["answer"]["incentive"], far["answer"]["rules"]) == (True, [])
    assert levers(far) == {("incentive target", None): (-100, -99), ("upper bounds", None): (100, 99)}
    # 23 % of the one for either target, and the other 3 points more: 24.5 % together at most
    ceiling = f"  - {{id: low, type: ceiling, rate: 23%, where: {{regions: [甲]}}, {WHY}}}\n"
    record = written(two("incentive.target=30%", "incentive.step=1 points", rules=ceiling + NEAR + IDLE))
    assert record["answer"]["incentive"]
    assert "idle" not in record["answer"]["rules"]
    assert len(record["answer"]["refutation"]["terms"][1]) == 2  # the sum and the gap of the incentive rates
    assert levers(record)["incentive target", None] == (-550, -549)
    assert check_more.check_none(record)


def test_a_cap_is_a_lever(two):
    # 260 万吨 are emitted if nothing falls; at 40 % each 156 are left, 6 more than the cap
    found = next(x for x in written(two("total.cap=150"))["answer"]["levers"] if x["what"] == "cap")
    assert (found["by"], found["less"], found["split"]) == ("6", "5", [["0.4", "0.4"]])


def test_protection_for_fewer_is_a_lever(two):
    ceiling = f"  - {{id: a, type: ceiling, rate: 10%, where: {{regions: [甲]}}, {WHY}}}\n"
    # 10 % and 24 % back the target as planned; one at its worst is 0.07 · 26 = 1.82 万吨 more, and nothing is to spare
    none = two("growth_uncertainty=20%", "protect=1", "bounds.upper=24%", rules=ceiling)
    record = written(none)
    assert record["answer"]["rules"] == ["a", "protect"]
    found = next(x for x in record["answer"]["levers"] if x["what"] == "fewer")
    assert (found["by"], found["less"]) == ("1", "0.99")
    assert check_more.check_none(record)


def drawn():
    """Yield why random provinces have no split, and what they ask."""
    seed = 0
    while True:
        seed += 1
        with tempfile.TemporaryDirectory() as folder:
            PROVINCES.drawn(seed).write(Path(folder))
            try:
                settings = MORE[seed // 3 % len(MORE)] if seed % 3 else ()
                scenario = load_scenario(folder, settings, only_said=["question"])
                none = why_no_split(scenario, target(scenario), solver_rules(scenario.demands))
            except InputError:
                continue
        if none is not None:
            yield none, question_of(none).model_dump(mode="json")


@pytest.fixture(scope="module")
def hundred():
    """A hundred random provinces without a split, and why; the last ones with what would end it."""
    found = []
    for none, asked in drawn():
        answer = contradiction_of(none, asked)
        found.append((none, asked, answer and answer.model_dump(mode="json")))
        if len(found) == PEOPLE:
            return found
    return found


def named(asked, answer):
    some = check_more.only(asked, answer["rules"], answer["incentive"])
    return check_more.on_grid(some) if answer["grid"] else some


def test_a_hundred_random_provinces_without_a_split_are_refuted(hundred):
    assert all(answer is not None for _, _, answer in hundred)
    assert all(check_more.refuted(named(asked, answer), answer["refutation"]) for _, asked, answer in hundred)
    ruled = [(none, asked, answer) for none, asked, answer in hundred if answer["rules"]]
    assert len(ruled) > 50
    assert all(check_more.check_smallest(asked, answer) for none, asked, answer in ruled if none.conflict.smallest)
    kinds = {rule["kind"] for _, asked, answer in ruled for rule in named(asked, answer)["limits"]["rules"]}
    assert kinds >= {"between", "span", "budget", "pairs", "protect"}


def test_without_one_of_its_rules_no_refutation_holds(hundred):
    # the rest has a split: whatever the multipliers, they cannot refute it
    for _, asked, answer in hundred:
        for rule in answer["rules"]:
            rest = check_more.only(asked, [other for other in answer["rules"] if other != rule], answer["incentive"])
            kept = [[term for term in part if term[0] != rule] for part in answer["refutation"]["terms"]]
            kept = kept if "incentive" in rest else kept[:1]
            assert not check_more.refuted(rest, {**answer["refutation"], "terms": kept}), rule


def test_a_multiplier_of_the_wrong_sign_is_refused(hundred):
    turned = 0
    for _, asked, answer in hundred:
        for n, part in enumerate(answer["refutation"]["terms"]):
            for k, term in enumerate(part):
                if isinstance(term[1], str) and term[0] != "backing":
                    altered = copy.deepcopy(answer["refutation"])
                    altered["terms"][n][k][1] = "-" + term[1]
                    with pytest.raises(Refused):
                        check_more.refuted(named(asked, answer), altered)
                    turned += 1
    assert turned > 5


@pytest.fixture(scope="module")
def changed():
    """Some of these with what would end it."""
    found = []
    for none, _ in drawn():
        found.append(written(none))
        if len(found) == 8:
            return found
    return found


def test_what_would_end_it_is_shown_on_both_sides(changed):
    told = [lever for record in changed for lever in record["answer"]["levers"]]
    assert len(told) > 8
    assert all(check_more.check_none(record) for record in changed)
    measured = [lever for lever in told if lever["by"] is not None]
    assert all(lever["less"] is not None for lever in measured)
    for lever in measured:
        step = abs(Fraction(lever["by"]) - Fraction(lever["less"]))
        assert step == Fraction(1, 10_000) or step in (Fraction(1, 100), Fraction(1))


def test_what_is_enough_cannot_be_refuted(changed):
    # a change that gives a split, given out as one that does not; and a smaller one as enough
    for record in changed:
        for n, lever in enumerate(record["answer"]["levers"]):
            if lever["less"] is None:
                continue
            for altered in ({"less": lever["by"]}, {"by": lever["less"], "less": None}):
                wrong = copy.deepcopy(record)
                wrong["answer"]["levers"][n] |= altered
                with pytest.raises(Refused):
                    check_more.check_none(resealed(wrong))


def test_a_split_that_is_altered_is_refused(changed):
    for record in changed:
        for lever in record["answer"]["levers"]:
            wrong = copy.deepcopy(record)
            at = record["answer"]["levers"].index(lever)
            rate = wrong["answer"]["levers"][at]["split"][0]
            rate[0] = str(Fraction(rate[0]) + Fraction(1, 10**12))
            if lever["what"] != "exceed" and not record["question"]["exceed"] and not _protected(record):
                with pytest.raises(Refused):
                    check_more.check_none(resealed(wrong))


def _protected(record):
    return any(rule["kind"] == "protect" for rule in record["question"]["limits"]["rules"])


def test_a_set_of_rules_with_a_smaller_one_in_it_is_not_called_smallest(two):
    record = written(two(rules=FLOOR + IDLE))
    larger = copy.deepcopy(record)
    larger["answer"]["rules"] = ["top", "idle"]
    said = [en for _, en in check_more.check_none(resealed(larger))]
    assert said[1] == "not proved: that no fewer rules contradict each other"


def test_nothing_is_refuted_that_has_a_split(tmp_path):
    asked = plan(load_scenario("guangxi-13fyp")).record.question.model_dump(mode="json")
    assert refuted(asked, Effort()) is None


def test_where_no_proof_is_found_that_is_said(two, monkeypatch):
    monkeypatch.setattr(impossible, "contradiction", lambda *_: None)
    record = no_split_record(two(rules=ONE + NEAR))
    assert record.answer is None
    assert "no proof was found" in record.none.en
    with pytest.raises(Refused, match="没有证明"):
        check_more.check_none(json.loads(record.to_json()))


def test_bounds_and_steps_that_are_too_short_to_say_are_no_lever(two):
    none = two(rules=FLOOR)
    none.advice = replace(none.advice, levers={})
    assert [lever["what"] for lever in written(none)["answer"]["levers"]] == ["exceed"]


def run(*words):
    result = CliRunner().invoke(app, list(map(str, words)))
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(
    ("language", "words"), [("zh", ("无解", "最少", "仍无解")), ("en", ("no split", "smallest", "there is none"))]
)
def test_the_command_leaves_a_proof_that_is_checked_alone(two, tmp_path, language, words):
    two(rules=FLOOR)
    out = tmp_path / "out"
    code, _, wrong = run("plan", tmp_path, "--out", out, "--lang", language)
    assert code == 3
    assert str(out / "no_split.json") in wrong
    assert [path.name for path in out.iterdir()] == ["no_split.json"]
    code, told, _ = run("prove", out, "--lang", language, "--checker", tmp_path / "auditor")
    assert code == 0
    assert all(word in told for word in words)
    assert "proof.json" not in told
    text = (out / "no_split.json").read_text("utf-8")
    (out / "no_split.json").write_text(text.replace('"0.17"', '"0.16"'), "utf-8")
    code, told, _ = run("prove", out / "no_split.json", "--lang", language)
    assert code == 1
    assert ("被改动过" if language == "zh" else "altered") in told


def test_a_plan_of_before_stays_and_one_of_after_takes_its_place(two, tmp_path):
    two(rules=FLOOR)
    out = tmp_path / "out"
    assert run("plan", tmp_path, "--out", out, "--set", "exceed=allow")[0] == 0
    before = (out / "plan.json").read_bytes()
    assert run("plan", tmp_path, "--out", out)[0] == 3
    assert (out / "plan.json").read_bytes() == before
    assert run("prove", out, "--lang", "en")[1].startswith("no split")
    assert run("prove", out / "plan.json", "--lang", "en")[1].startswith("link")
    assert run("plan", tmp_path, "--out", out, "--set", "exceed=allow")[0] == 0
    assert not (out / "no_split.json").exists()
