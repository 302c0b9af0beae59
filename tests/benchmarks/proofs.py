"""Proofs of many plans: found, accepted by the checkers alone in an empty folder, and refused when something is false.

Run with the project's Python:  python tests/benchmarks/proofs.py [--plain N] [--ruled N] [--none N] [--slips N]

Random provinces are those of provinces.py: without rules, and with rules in turn as drawn, protected against uncertain
growth, and allowed above the target. Each plan with its proof is judged by `python -I` in an empty folder. Then plans
and proofs get one slip each, with seals that fit: what is still accepted must be the answer to the altered question, so
that rates and table are those of before. Provinces without a split likewise, and false claims about them. At last
sizes and seconds. Not a test: pytest does not collect this file.
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import importlib.util
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

MORE = (
    (),
    ("growth_uncertainty=3%", "protect=1"),
    ("growth_uncertainty=3%", "protect=all"),
    ("exceed=allow",),
)
"""What is asked besides, in turn."""
CHECKERS = ("check_proof.py", "check_more.py")
RUN = """
import json, sys
sys.path.insert(0, ".")
import check_more
from check_proof import Refused
for line in sys.stdin:
    plan, proof = json.loads(line)
    try:
        said = [en for _, en in check_more.check_all(plan, proof)]
    except Refused as refused:
        said = ["REFUSED: " + refused.args[1]]
    except Exception as error:
        said = [f"REFUSED: {type(error).__name__}"]
    print(json.dumps(said), flush=True)
"""


def beside(name: str) -> ModuleType:
    """Return a module of this folder."""
    found = importlib.util.spec_from_file_location(f"benchmark_{name}", Path(__file__).with_name(f"{name}.py"))
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules[found.name] = module
    found.loader.exec_module(module)
    return module


class Checker:
    """The checkers in an empty folder, run by a Python that sees nothing else."""

    def __init__(self, folder: Path) -> None:
        for name in CHECKERS:
            shutil.copy(Path(__file__).parents[2] / "reports" / name, folder)
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-B", "-c", RUN],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def says(self, plan: dict[str, Any], proof: dict[str, Any] | None) -> list[str]:
        """Return what it says of a plan and its proof, or of why there is no split."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps([plan, proof]) + "\n")
        self._process.stdin.flush()
        return list(json.loads(self._process.stdout.readline()))


def planned(seed: int, settings: tuple[str, ...]) -> Any:
    """Return the plan of a random province, or why there is none."""
    from allocator.planning.no_split.why import NoSplit
    from allocator.planning.plan import plan
    from scenarios.errors import InputError
    from scenarios.load import load_scenario

    with tempfile.TemporaryDirectory() as folder:
        PROVINCES.drawn(seed).write(Path(folder))
        try:
            return plan(load_scenario(folder, settings, only_said=["question"]))
        except (NoSplit, InputError) as stop:
            return type(stop).__name__


PROVINCES = beside("provinces")


def of_seed(seed: int) -> Any:
    """Return the plan of a random province, without rules for every third seed, or why there is none."""
    return planned(seed, MORE[seed // 3 % len(MORE)] if seed % 3 else ())


def provinces(plain: int, ruled: int) -> Iterator[Any]:
    """Yield so many plans without and with rules."""
    left, seed = Counter(plain=plain, ruled=ruled), 0
    while any(left.values()):
        kind = "plain" if seed % 3 == 0 else "ruled"
        if left[kind] > 0:
            made = of_seed(seed)
            if not isinstance(made, str):
                left[kind] -= 1
                yield kind, seed, made
        seed += 1


def written(made: Any) -> tuple[dict[str, Any], dict[str, Any], int]:
    """Return plan.json, proof.json and the bytes of the latter."""
    sealed = made.record.sealed()
    text = made.proof.record(sealed.own_seal.whole).to_json()
    return json.loads(sealed.as_json()), json.loads(text), len(text)


def resealed(plan: dict[str, Any], proof: dict[str, Any]) -> None:
    """Give both the seal that fits, as somebody would who alters a plan."""
    bare = {**plan, "provenance": {k: v for k, v in plan["provenance"].items() if k != "digest"}}
    text = json.dumps(bare, sort_keys=True, separators=(",", ":"))
    plan["provenance"]["digest"]["whole"] = proof["plan"] = hashlib.sha256(text.encode()).hexdigest()


FIELDS = {
    "emissions": "emissions_10kt",
    "gdp": "gdp_100m_yuan",
    "growth": "growth",
    "references": "reference_rate",
}


def slip(plan: dict[str, Any], proof: dict[str, Any], draw: random.Random) -> str:
    """Change one thing of a plan or its proof, everywhere it is said; return what."""
    asked, n = plan["question"], draw.randrange(len(plan["regions"]))
    by = draw.choice((Fraction(99, 100), Fraction(101, 100), Fraction(9, 10), Fraction(11, 10)))
    rules = [rule for rule in asked["limits"]["rules"] if rule["kind"] != "protect"]
    kind = draw.choice(("figure", "rate", "printed", "target", "flag", "multiplier", "stage", "rule", "order", "kind"))
    if kind == "figure":
        key = draw.choice(list(FIELDS))
        asked[key][n] = str(Fraction(asked[key][n]) * by)
        plan["regions"][n][FIELDS[key]] = float(Fraction(asked[key][n]))
        return key
    if kind == "rate":
        plan["regions"][n]["rate"] += draw.choice((1e-15, -1e-12, 1e-6))
    elif kind == "printed":
        plan["regions"][n]["published_rate"] = round(
            plan["regions"][n]["published_rate"] + draw.choice((-1, 1)) * float(asked["grid"]), 6
        )
    elif kind == "target":
        asked["target"] = str(Fraction(asked["target"]) * by)
        plan["province"]["target"] = float(Fraction(asked["target"]))
    elif kind == "flag":
        side = draw.choice(("at_lower", "at_upper"))
        proof["answer"][side] = [i for i in proof["answer"][side] if i != n] or [n]
    elif kind == "multiplier" and proof["answer"]["stages"]:
        term = draw.choice(draw.choice(proof["answer"]["stages"]))
        term[1] = str(-Fraction(term[1])) if isinstance(term[1], str) else {}
    elif kind == "stage" and proof["answer"]["stages"]:
        del proof["answer"]["stages"][draw.randrange(len(proof["answer"]["stages"]))]
    elif kind == "rule" and rules:
        rule = draw.choice(rules)
        asked["limits"]["rules"].remove(rule)
        if "within" in asked:
            asked["within"]["rules"] = [r for r in asked["within"]["rules"] if r["id"] != rule["id"]]
    elif kind == "order":
        plan["regions"][n]["rate"], plan["regions"][0]["rate"] = plan["regions"][0]["rate"], plan["regions"][n]["rate"]
    else:
        asked["relative"] = not asked["relative"]
        plan["scenario"]["deviation"] = "relative" if asked["relative"] else "absolute"
    return kind


def stays_true(plan: dict[str, Any], before: dict[str, Any]) -> bool:
    """Return whether rates and table are as before: a slip of the question or the proof that was accepted shows so."""
    keys = ("rate", "published_rate")
    return all(a[key] == b[key] for a, b in zip(plan["regions"], before["regions"], strict=True) for key in keys)


def slips(plans: list[tuple[dict[str, Any], dict[str, Any]]], count: int, checker: Checker) -> Iterator[str]:
    """Make slips and yield what came of them."""
    refused, accepted, odd, same = Counter[str](), Counter[str](), 0, 0
    for seed in range(count):
        draw = random.Random(seed)
        before, given = draw.choice(plans)
        plan, proof = copy.deepcopy(before), copy.deepcopy(given)
        kind = slip(plan, proof, draw)
        if (plan, proof) == (before, given):
            same += 1
            continue
        resealed(plan, proof)
        if checker.says(plan, proof)[0].startswith("REFUSED"):
            refused[kind] += 1
        else:
            accepted[kind] += 1
            odd += not stays_true(plan, before)
    yield f"{count} slips with seals that fit, {same} of nothing: {sum(refused.values())} refused, {dict(refused)}"
    yield f"accepted, the same rates and table and still the answer: {dict(accepted)}; other rates or table: {odd}"


def false_claim(record: dict[str, Any], draw: random.Random) -> str:
    """Make a statement of a no_split.json false; return what, or nothing where it has none of the kind."""
    from reports.check_more import changed

    answer, kind = record["answer"], draw.choice(("less", "enough", "question", "split", "rule"))
    levers = [lever for lever in answer["levers"] if lever["less"] is not None]
    if kind == "rule":  # the rest does not contradict itself: no fewer rules do
        if not answer["rules"] or not answer["possible"] or answer["grid"]:
            return ""
        gone = draw.choice(answer["rules"])
        answer["rules"] = [rule for rule in answer["rules"] if rule != gone]
        terms = answer["refutation"]["terms"]
        answer["refutation"]["terms"] = [[term for term in part if term[0] != gone] for part in terms]
        return kind
    if not levers:
        return ""
    lever = draw.choice(levers)
    if kind == "less":
        lever["less"] = lever["by"]
    elif kind == "enough":
        lever["by"], lever["less"] = lever["less"], None
    elif kind == "question":
        record["question"] = changed(record["question"], lever, Fraction(lever["by"]))
    else:
        lever["split"][0][draw.randrange(len(lever["split"][0]))] = "1.5"
    return kind


def without_a_split(count: int, checker: Checker) -> Iterator[str]:
    """Yield what comes of so many random provinces without a split, and of false claims about them."""
    from allocator.planning.no_split.why import NoSplit
    from allocator.planning.plan import plan
    from allocator.planning.proof.impossible import no_split_record
    from reports.seal import seal
    from scenarios.errors import InputError
    from scenarios.load import load_scenario

    said, told, sizes, seed = Counter[str](), Counter[str](), [], 0
    while len(sizes) < count:
        seed += 1
        with tempfile.TemporaryDirectory() as folder:
            PROVINCES.drawn(seed).write(Path(folder))
            try:
                settings = MORE[seed // 3 % len(MORE)] if seed % 3 else ()
                plan(load_scenario(folder, settings, only_said=["question"]))
                continue
            except InputError:
                continue
            except NoSplit as none:
                text = no_split_record(none).to_json()
        sizes.append(len(text))
        record = json.loads(text)
        lines = checker.says(record, None)
        said["proved" if not lines[0].startswith("REFUSED") else f"{lines[0]} (seed {seed})"] += 1
        said["smallest proved"] += any(line.startswith("smallest") for line in lines)
        for lever in (record["answer"] or {"levers": ()})["levers"]:
            said["changes with a step less refuted" if lever["less"] is not None else "changes of all or nothing"] += 1
        for n in range(10 if record["answer"] else 0):
            wrong = copy.deepcopy(record)
            if kind := false_claim(wrong, random.Random(1000 * seed + n)):
                wrong["digest"] = seal({key: value for key, value in wrong.items() if key != "digest"}).model_dump()
                told[f"{kind} {'refused' if checker.says(wrong, None)[0].startswith('REFUSED') else 'ACCEPTED'}"] += 1
    yield f"{count} without a split: {dict(said)}; {min(sizes):,} to {max(sizes):,} bytes"
    yield f"false claims about them, with seals that fit: {dict(sorted(told.items()))}"


def sizes(wanted: list[int], checker: Checker) -> Iterator[str]:
    """Yield seconds and sizes for numbers of invented regions, without rules and, up to 500, under a gap."""
    from allocator.planning.plan import plan
    from allocator.planning.proof.certificate import MOST_REGIONS, proved
    from allocator.planning.proof.question import question_record
    from allocator.planning.rules import effort
    from scenarios.load import load_scenario

    gap = "\nrules: [{id: gap, type: gap, at_most: 9 points, reason: {zh: 近, en: near}}]\n"
    yield f"{'regions':<16}{'found s':>9}{'proof B':>10}{'plan.json KB':>14}{'checked s':>11}  {'stages':>6}"
    for n in wanted:
        for rules in ("", gap) if n <= MOST_REGIONS else ("",):
            with tempfile.TemporaryDirectory() as work:
                folder = beside("plan").invented(n, Path(work) / "scenario")
                with (folder / "scenario.yaml").open("a", encoding="utf-8") as file:
                    file.write(rules)
                scenario = load_scenario(folder, only_said=["question"])
                made = plan(scenario)
                start = time.process_time()
                asked = question_record(scenario, made.targeting)
                proved(scenario, made.targeting, made.split.rates, asked, effort(scenario))
                found = time.process_time() - start
                plan_json, proof_json, size = written(made)
                start = time.perf_counter()
                said = checker.says(plan_json, proof_json)
                checked = time.perf_counter() - start
                stages = len((proof_json["answer"] or {}).get("stages", ()))
                kb = len(json.dumps(plan_json, indent=2)) / 1000
                name = f"{n:,}{' with a gap' if rules else ''}"
                yield f"{name:<16}{found:>9.3f}{size:>10,}{kb:>14,.0f}{checked:>11.2f}  {stages:>6}  {said[-2]}"


def main() -> None:
    """Read the options and run everything."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--plain", type=int, default=1000, help="plans without rules (1000)")
    parser.add_argument("--ruled", type=int, default=300, help="plans with rules (300)")
    parser.add_argument("--none", type=int, default=100, help="provinces without a split (100)")
    parser.add_argument("--slips", type=int, default=2000, help="slips of plans and proofs (2000)")
    parser.add_argument("--sizes", default="14,339,2800", help="numbers of invented regions (14,339,2800)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as empty:
        checker, kept, said = Checker(Path(empty)), [], Counter[str]()
        stages, largest = Counter[str](), 0
        for kind, seed, made in provinces(options.plain, options.ruled):
            plan, proof, size = written(made)
            told = checker.says(plan, proof)
            last = told[-2].split(";")[0] if len(told) > 1 else f"{told[0]} ({made.proof.why}, seed {seed})"
            said[f"{kind}: {last}"] += 1
            stages[kind] = max(stages[kind], len((proof["answer"] or {}).get("stages", ())))
            largest = max(largest, size)
            if len(kept) < 200 and len(told) > 1 and kind == ("plain", "ruled")[len(kept) % 2]:
                kept.append((plan, proof))
        for line, count in sorted(said.items()):
            print(f"{count:>6}  {line}")
        print(f"stages at most {dict(stages)}; largest proof {largest:,} bytes", flush=True)
        wanted = list(map(int, options.sizes.split(",")))
        parts = (slips(kept, options.slips, checker), without_a_split(options.none, checker), sizes(wanted, checker))
        for line in (line for part in parts for line in part):
            print(line, flush=True)


if __name__ == "__main__":
    main()
