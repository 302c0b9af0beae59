"""`prove`: the real command on a real plan, with the checkers in a folder of their own."""

import hashlib
import json
import subprocess
import sys
from fractions import Fraction

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.planning.files import write_plan
from allocator.planning.plan import plan
from allocator.proving import CHECKERS, prove
from scenarios.errors import InputError
from scenarios.load import load_scenario


@pytest.fixture(scope="module")
def made():
    return plan(load_scenario("guangxi-13fyp"))


@pytest.fixture
def folder(made, tmp_path):
    write_plan(made, tmp_path / "out", "zh")
    return tmp_path / "out"


def run(*words):
    result = CliRunner().invoke(app, ["prove", *map(str, words)])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(("language", "words"), [("zh", ("最优", "取整")), ("en", ("optimum", "nearest table"))])
def test_a_plan_is_proved(folder, language, words):
    code, told, wrong = run(folder, "--lang", language)
    assert (code, wrong) == (0, "")
    assert all(word in told for word in words)
    assert run(folder / "plan.json", "--lang", language)[1] == told


def test_an_altered_plan_is_not(folder):
    text = (folder / "plan.json").read_text("utf-8")
    (folder / "plan.json").write_text(text.replace('"target": "0.17"', '"target": "0.16"'), "utf-8")
    code, told, _ = run(folder, "--lang", "en")
    assert code == 1
    assert told.startswith("REFUSED: the plan was altered")


def test_the_checkers_run_from_where_they_were_copied(folder, tmp_path):
    code, told, _ = run(folder, "--checker", tmp_path / "auditor", "--lang", "en")
    assert code == 0
    assert str(tmp_path / "auditor") in told
    assert sorted(path.name for path in (tmp_path / "auditor").iterdir()) == sorted(CHECKERS)
    for name in CHECKERS:
        words = [sys.executable, "-I", "-B", name, folder / "plan.json", folder / "proof.json", "--lang", "en"]
        done = subprocess.run(words, cwd=tmp_path / "auditor", capture_output=True, encoding="utf-8", check=False)
        assert (done.returncode, done.stderr) == (0, "")
    assert run(folder, "--checker", tmp_path / "auditor")[0] == 0  # the same once more


def test_somebody_elses_file_is_not_written_over(folder, tmp_path):
    (tmp_path / "check_more.py").write_text("mine", "utf-8")
    code, _, wrong = run(folder, "--checker", tmp_path, "--lang", "en")
    assert code == 2
    assert "check_more.py" in wrong
    assert (tmp_path / "check_more.py").read_text("utf-8") == "mine"
    assert not (tmp_path / "check_proof.py").exists()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_plan_without_a_proof_beside_it_is_said(folder, language):
    (folder / "proof.json").unlink()
    code, _, wrong = run(folder, "--lang", language)
    assert code == 2
    assert "proof.json" in wrong


def test_no_plan_is_refused(tmp_path):
    with pytest.raises(InputError):
        prove(tmp_path)


def test_programs_read_the_same(folder):
    code, told, _ = run(folder, "--lang", "en", "--json")
    record = json.loads(told)
    assert (code, record["proved"], record["checkers"]) == (0, True, None)
    assert record["said"][-1].startswith("not proved: ")


def test_a_table_that_is_not_the_nearest_is_refused(folder):
    record, proof = (json.loads((folder / name).read_text("utf-8")) for name in ("plan.json", "proof.json"))
    # the highest of those below their computed rate in a cell of the grid goes up a step: backed, in order, and farther
    below = [region for region in record["regions"] if region["published_rate"] < region["rate"]]
    up = max(below, key=lambda region: region["rate"] % 0.005)
    up["published_rate"] = round(up["published_rate"] + 0.005, 3)
    record["province"]["implied_reduction"] = implied(record)
    bare = {**record, "provenance": {k: v for k, v in record["provenance"].items() if k != "digest"}}
    text = json.dumps(bare, sort_keys=True, separators=(",", ":"))
    proof["plan"] = record["provenance"]["digest"]["whole"] = hashlib.sha256(text.encode()).hexdigest()
    for name, content in (("plan.json", record), ("proof.json", proof)):
        (folder / name).write_text(json.dumps(content), "utf-8")
    code, told, _ = run(folder, "--lang", "en")
    assert (code, told) == (1, "REFUSED: another table is nearer, or as near with less overshoot\n")


def implied(record):
    """Return the reduction that the printed rates give: 1 - (Σ E g (1 - r)/Σ Y g)/(ΣE/ΣY)."""
    e, y, g = ([Fraction(text) for text in record["question"][key]] for key in ("emissions", "gdp", "growth"))
    rates = [Fraction(repr(region["published_rate"])) for region in record["regions"]]
    left = sum(a * b * (1 - r) for a, b, r in zip(e, g, rates, strict=True))
    return float(1 - left / sum(a * b for a, b in zip(y, g, strict=True)) * sum(y) / sum(e))
