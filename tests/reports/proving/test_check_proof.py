"""The stand-alone checker: what it proves by hand, what it refuses, and that it needs nothing but Python."""

import copy
import hashlib
import json
import random
import re
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from allocator.planning.plan import plan
from reports import check_more, check_proof
from scenarios.load import load_scenario

CHECKER = Path(check_proof.__file__)
CASES = ("guangxi-13fyp", "zhejiang-13fyp", "three-cities", "accounting-example", "15fyp-energy/coal.yaml")


def written(made):
    """Return plan.json and proof.json of a plan, as they are read."""
    sealed = made.record.sealed()
    return json.loads(sealed.as_json()), json.loads(made.proof.record(sealed.own_seal.whole).to_json())


def resealed(record, proof):
    """Return both with seals that fit, as somebody would make them who alters a plan."""
    record, proof = copy.deepcopy(record), copy.deepcopy(proof)
    record["provenance"]["digest"]["whole"] = proof["plan"] = digest(record)
    return record, proof


def digest(record):
    bare = {**record, "provenance": {k: v for k, v in record["provenance"].items() if k != "digest"}}
    return hashlib.sha256(json.dumps(bare, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def refused(record, proof):
    with pytest.raises(check_proof.Refused) as told:
        check_proof.check(record, proof)
    return told.value.args[1]


# two cities of E = 100 and 300, growth 1.2 and 1.5 on Y = 100 each: Σ E g = 570, base intensity 2, Σ Y g = 270;
# 20 % leave 0.8 · 2 · 270 = 432, so that Σ E g r = 138
BY_HAND = {
    "target": "0.2", "margin": "0", "grid": "0.01", "relative": False, "exceed": False,
    "emissions": ["100", "300"], "gdp": ["100", "100"], "growth": ["1.2", "1.5"],
    "references": ["0.25", "0.2"],
    "limits": {"lower": ["0", "0"], "upper": ["1", "1"], "rules": []}, "outside": [],
}  # fmt: skip
BACKING = {"at_lower": [], "at_upper": [], "stages": [[["backing", "1"]]]}


def question(**changed):
    return copy.deepcopy(BY_HAND) | changed


def test_both_move_alike_where_nothing_holds_them():
    # 120 (0.25 + t) + 450 (0.2 + t) = 138: t = 18/570
    t = Fraction(18, 570)
    assert check_proof.check_optimum(question(), BACKING, [Fraction(1, 4) + t, Fraction(1, 5) + t]) == 1


def test_a_rate_that_is_off_in_its_last_digits_is_refused():
    t = Fraction(18, 570)
    with pytest.raises(check_proof.Refused, match="last digit"):
        check_proof.check_optimum(question(), BACKING, [Fraction(1, 4) + t + Fraction(1, 10**15), Fraction(1, 5) + t])


def test_a_bound_holds_the_first_and_the_second_takes_the_rest():
    # r1 <= 0.26: 450 r2 = 138 - 31.2
    asked = question(limits={"lower": ["0", "0"], "upper": ["0.26", "1"], "rules": []})
    answer = BACKING | {"at_upper": [0]}
    assert check_proof.check_optimum(asked, answer, [Fraction("0.26"), Fraction("106.8") / 450]) == 1
    with pytest.raises(check_proof.Refused):  # without its flag it would stand above its bound
        check_proof.check_optimum(asked, BACKING, [Fraction("0.26"), Fraction("106.8") / 450])


def test_a_gap_is_a_stage_of_its_own():
    # r1 - r2 <= 0.02: 120 (x + 0.02) + 450 x = 138; both go up, the second farther
    span = {"id": "near", "kind": "span", "members": [0, 1], "limit": "0.02"}
    asked = question(limits={"lower": ["0", "0"], "upper": ["1", "1"], "rules": [span]})
    x = Fraction("135.6") / 570
    rates = [x + Fraction("0.02"), x]
    # 120 of the gap cancel what the first has in the sum, so that the second alone is pushed up
    answer = {"at_lower": [], "at_upper": [], "stages": [[["backing", "1"], ["near", {"0": "120"}, {"1": "120"}]]]}
    with pytest.raises(check_proof.Refused):  # the first is not settled by that
        check_proof.check_optimum(asked, answer, rates)
    answer["stages"].append([["backing", "1"]])
    assert check_proof.check_optimum(asked, answer, rates) == 2
    with pytest.raises(check_proof.Refused):  # the sum without the gap
        check_proof.check_optimum(asked, BACKING, rates)


@pytest.mark.parametrize(
    "term",
    [
        ["near", {"0": "1"}, {"1": "2"}],  # sides that differ
        ["near", {"0": "-1"}, {"1": "-1"}],
        ["near", {"0": "1"}, {"2": "1"}],  # nobody
        ["other", "1"],
        ["near", {"0": "1", "00": "1"}, {"1": "2"}],
        ["backing", 1],
        ["backing", "1/0"],
        ["backing"],
        ["backing", "1e9999"],
        ["backing", "１"],
    ],
)
def test_multipliers_that_say_nothing_are_refused(term):
    span = {"id": "near", "kind": "span", "members": [0, 1], "limit": "0.02"}
    asked = question(limits={"lower": ["0", "0"], "upper": ["1", "1"], "rules": [span]})
    p = check_proof.Province(asked, asked["limits"])
    with pytest.raises((check_proof.Refused, ZeroDivisionError, ValueError, IndexError)):
        p.combined([term])


def test_where_more_than_the_target_is_reached_the_least_is_shown():
    # both at least 0.26: 570 · 0.26 = 148.2 > 138
    asked = question(exceed=True, limits={"lower": ["0.26", "0.26"], "upper": ["1", "1"], "rules": []})
    answer = {"at_lower": [0, 1], "at_upper": [], "stages": [], "least": []}
    assert check_proof.check_optimum(asked, answer, [Fraction("0.26")] * 2) == 0
    with pytest.raises(check_proof.Refused, match="sum"):
        check_proof.check_optimum(asked | {"exceed": False}, answer, [Fraction("0.26")] * 2)
    with pytest.raises(check_proof.Refused, match="sum"):  # not the least
        check_proof.check_optimum(asked, answer | {"at_lower": [0], "at_upper": [1]}, [Fraction("0.26"), Fraction(1)])


@pytest.fixture(scope="module", params=CASES)
def case(request):
    return written(plan(load_scenario(request.param)))


def test_every_bundled_case_is_proved(case):
    said = check_proof.check(*case)
    assert [en.split(":")[0] for _, en in said] == ["link", "table", "optimum", "not proved"]


@pytest.fixture(scope="module")
def ruled():
    """A plan with a rule of each kind that can hold a region."""
    settings = ["growth_uncertainty=3%", "protect=2"]
    return written(plan(load_scenario("three-cities", settings)))


def test_protection_is_proved(ruled):
    assert check_proof.check(*ruled)


def test_it_runs_alone_in_an_empty_folder(case, tmp_path):
    shutil.copy(CHECKER, tmp_path)
    for name, content in zip(("plan.json", "proof.json"), case, strict=True):
        (tmp_path / name).write_text(json.dumps(content), "utf-8")
    for language, word in ((), "最优"), (("--lang", "en"), "optimum"):
        words = [sys.executable, "-I", "check_proof.py", "plan.json", "proof.json", *language]
        done = subprocess.run(words, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert word in done.stdout
    (tmp_path / "proof.json").write_text(json.dumps({**case[1], "plan": "0" * 64}), "utf-8")
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 1
    assert done.stdout.startswith("REFUSED: the plan was altered, or the proof is of another plan")


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", "null", "1", '{"a": 1, "a": 2}', "[" * 100_000, '{"provenance": {"digest": null}}', "\udc80"],
)
def test_hostile_files_are_refused_and_never_a_crash(content, tmp_path, capsys):
    (tmp_path / "a.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    words = [str(tmp_path / "a.json")] * 2
    assert check_proof.run([*words, "--lang", "en"], check_proof.check) == 1
    assert capsys.readouterr().out.startswith("REFUSED: ")


def test_a_file_that_is_not_there_is_refused(capsys):
    assert check_proof.run(["nowhere.json", "nowhere.json"], check_proof.check) == 1
    assert "不成立" in capsys.readouterr().out


@pytest.fixture(scope="module")
def guangxi():
    return written(plan(load_scenario("guangxi-13fyp")))


def moved(record, key, by, n=0):
    """Return a plan of which one figure of a region is another."""
    record = copy.deepcopy(record)
    record["regions"][n][key] += by
    return record


@pytest.mark.parametrize(("key", "by"), [("rate", 1e-15), ("published_rate", 0.005), ("published_rate", -0.005)])
def test_another_rate_is_refused_though_the_seal_fits(key, by, guangxi):
    record, proof = guangxi
    refused(*resealed(moved(record, key, by), proof))


def slips(record, draw):
    """Return what may be done to a plan and its proof, by name; each of it makes a statement false."""
    asked, n = copy.deepcopy(record["question"]), draw.randrange(len(record["regions"]))

    def more(text):
        return str(Fraction(text) * draw.choice((Fraction(101, 100), Fraction(99, 100), Fraction(2))))

    def column(key, field):
        def slip(record, proof):
            record["question"][key][n] = more(asked[key][n])
            if field:
                record["regions"][n][field] = float(Fraction(record["question"][key][n]))

        return slip

    def target(record, proof):
        record["question"]["target"] = more(asked["target"])
        record["province"]["target"] = float(Fraction(record["question"]["target"]))

    def sign(record, proof):
        proof["answer"]["stages"][0][0][1] = "-1"

    def no_stage(record, proof):
        proof["answer"]["stages"] = []

    def at_bound(record, proof):
        proof["answer"][draw.choice(("at_lower", "at_upper"))] = [n]

    def turned(record, proof):
        record["question"]["relative"] = not asked["relative"]
        record["scenario"]["deviation"] = "relative" if record["question"]["relative"] else "points"

    return {
        "emissions": column("emissions", "emissions_10kt"), "growth": column("growth", "growth"),
        "gdp": column("gdp", "gdp_100m_yuan"), "references": column("references", "reference_rate"),
        "target": target, "sign": sign, "no_stage": no_stage, "at_bound": at_bound, "turned": turned,
        "unlinked": column("growth", None),
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(40))
def test_slips_that_make_a_statement_false_are_refused_though_the_seals_fit(seed, guangxi):
    record, proof = copy.deepcopy(guangxi)
    found = slips(record, random.Random(seed))
    slip = found[list(found)[seed % len(found)]]
    slip(record, proof)
    refused(*resealed(record, proof))


def test_a_cap_that_is_altered_is_refused():
    record, proof = written(plan(load_scenario("guangxi-13fyp", ["total.cap=24000", "total.reserve=100"])))
    assert check_more.check_all(record, proof)
    # the plan and its question say another cap: tighter, it is not kept; loose, the rates are another question's
    for cap, said in (("20000", "back"), ("40000", "derived answer")):
        wrong = copy.deepcopy(record)
        wrong["question"]["total"]["cap"] = cap
        wrong["province"]["total"]["cap_10kt"] = float(cap)
        assert re.search(said, refused(*resealed(wrong, proof)))
    wrong = copy.deepcopy(record)
    wrong["province"]["total"]["cap_10kt"] = 24001.0
    with pytest.raises(check_proof.Refused) as told:
        check_more.check_all(*resealed(wrong, proof))
    assert "cap on the total" in told.value.args[1]
