import json
import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from allocator.cli import app

runner = CliRunner()


def run(*arguments):
    return runner.invoke(app, [str(argument) for argument in arguments])


def command(*arguments, cwd=None):
    """Run the real command in a process of its own."""
    words = [sys.executable, "-m", "allocator", *map(str, arguments)]
    environment = {**os.environ, "PYTHONWARNINGS": "error::DeprecationWarning:allocator"}
    return subprocess.run(words, cwd=cwd, capture_output=True, encoding="utf-8", env=environment)


def test_plan_end_to_end(tmp_path):
    first = command("plan", "guangxi-13fyp", "--reasons", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    folder = tmp_path / "out" / "guangxi-13fyp"
    names = ["allocation.csv", "allocation.xlsx", "plan.json", "proof.json", "report.html"]
    assert sorted(f.name for f in folder.iterdir()) == names
    plan = json.loads((folder / "plan.json").read_text("utf-8"))
    assert plan["province"]["verdict"] == "backed"
    for region in plan["regions"]:
        assert region["reason"]["zh"] in first.stdout
    assert (folder / "allocation.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    for table in ("allocation.csv", "allocation.xlsx", "plan.json"):
        judged = run("verify", "guangxi-13fyp", folder / table, "--json")
        assert judged.exit_code == 0
        province = json.loads(judged.stdout)["province"]
        assert province["implied_reduction"] == plan["province"]["implied_reduction"]


def test_verify_published_guangxi():
    result = command("verify", "guangxi-13fyp", "published")
    assert result.returncode == 1
    for figure in ("14.73%", "2.27 个百分点", "706.8 万吨", "311.08 万吨", "2.08 个百分点", "18.69%"):
        assert figure in result.stdout
    assert result.stderr == ""


def test_verify_zhejiang():
    printed = run("verify", "zhejiang-13fyp", "published-as-printed", "--lang", "en")
    assert printed.exit_code == 1
    assert "10 times as much would cut 22.13 %" in printed.stdout
    published = run("verify", "zhejiang-13fyp", "published")
    assert published.exit_code == 0
    assert "超出 1.63 个百分点（1,147.1 万吨）" in published.stdout
    document = json.loads(run("verify", "zhejiang-13fyp", "published-as-printed", "--json").stdout)
    assert document["slip"] == {"factor": 10.0, "implied_reduction": pytest.approx(0.221332, abs=1e-6)}


def test_out_of_reach_is_exit_3(tmp_path):
    result = run("plan", "guangxi-13fyp", "--set", "target=30%", "--out", tmp_path / "out")
    assert result.exit_code == 3
    for figure in ("8.13–23.44%", "6.56 个百分点", "2,040.3 万吨", "6.43 个百分点", "南宁 25.00%"):
        assert figure in result.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["no_split.json"]
    assert run("check", "guangxi-13fyp", "--set", "target=30%").exit_code == 3


def test_check(tmp_path):
    result = run("check", "guangxi-13fyp", "--lang", "en")
    assert result.exit_code == 0
    for figure in ("14 regions", "23,065.00", "16,805.74", "8.13–23.44 %", "18.69 %"):
        assert figure in result.stdout
    document = json.loads(run("check", "zhejiang-13fyp", "--json").stdout)
    assert document["sigma"] == pytest.approx(0.0001056, abs=1e-7)
    assert document["reachable"] is True


def test_bad_input_is_exit_2_all_at_once_and_never_a_traceback(guangxi_folder, edit):
    edit(guangxi_folder / "regions.csv", "2135,", "两千,")
    edit(guangxi_folder / "regions.csv", "1.26193", "126.193")
    edit(guangxi_folder / "scenario.yaml", "target: 17%", "target: 17")
    settings = run("plan", guangxi_folder, "--out", guangxi_folder / "out")
    assert settings.exit_code == 2
    assert "17%" in settings.stderr
    edit(guangxi_folder / "scenario.yaml", "target: 17", "target: 17%")
    result = command("plan", guangxi_folder, "--out", guangxi_folder / "out")
    assert result.returncode == 2
    assert "两千" in result.stderr
    assert "1.26193" in result.stderr
    assert "Traceback" not in result.stderr
    assert result.stdout == ""
    assert not (guangxi_folder / "out").exists()


def test_json_on_failure_is_one_document(guangxi_folder, edit):
    edit(guangxi_folder / "regions.csv", "2135,", "-5,")
    result = run("check", guangxi_folder, "--json", "--lang", "en")
    assert result.exit_code == 2
    document = json.loads(result.stdout)
    assert document["exit_code"] == 2
    assert document["findings"][0]["code"] == "not_positive"
    assert document["findings"][0]["row"] == 2


def test_json_of_plan_is_plan_json(tmp_path):
    result = run("plan", "zhejiang-13fyp", "--json", "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == json.loads((tmp_path / "out" / "plan.json").read_text("utf-8"))


def test_solver_failure_is_exit_4(tmp_path, monkeypatch):
    from solvers.problem import SolverFailure

    def fail(*_):
        raise SolverFailure("HiGHS 0: Time limit reached")

    monkeypatch.setattr("allocator.planning.split.leximin", fail)
    result = run("plan", "guangxi-13fyp", "--out", tmp_path / "out", "--lang", "en")
    assert result.exit_code == 4
    assert "Time limit reached" in result.stderr
    assert not (tmp_path / "out").exists()


def test_unforeseen_error_is_a_sentence_and_debug_shows_it(monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("x")

    monkeypatch.setattr("allocator.planning.check.check", broken)
    quiet = run("check", "guangxi-13fyp")
    assert quiet.exit_code == 4
    assert "Traceback" not in quiet.stderr
    loud = run("check", "guangxi-13fyp", "--debug")
    assert "Traceback" in loud.stderr


def test_unknown_case_names_the_nearest():
    result = run("plan", "guangxi", "--lang", "en")
    assert result.exit_code == 2
    assert "guangxi-13fyp" in result.stderr


def test_unknown_table_names_the_known():
    result = run("verify", "guangxi-13fyp", "publishd")
    assert result.exit_code == 2
    assert "published" in result.stderr


def test_schema_is_json_schema():
    document = json.loads(run("schema").stdout)
    assert document["additionalProperties"] is False
    assert "period" in document["required"]
    assert document["allOf"][0]["else"]["required"] == ["target"]  # coal and oil may have a cap in its place


def test_usage_error_is_exit_2():
    assert run("plan").exit_code == 2
    assert run("plan", "guangxi-13fyp", "--nonsense").exit_code == 2


def test_help_imports_nothing_heavy():
    script = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from allocator.cli import app\n"
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0\n"
        "print([n for n in ('pandas', 'pyomo', 'sklearn', 'plotly', 'highspy', 'scipy') if n in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert result.stdout == "[]\n", result.stderr


def test_verify_imports_no_solver():
    script = (
        "import sys\n"
        "from typer.testing import CliRunner\n"
        "from allocator.cli import app\n"
        "assert CliRunner().invoke(app, ['verify', 'guangxi-13fyp', 'published']).exit_code == 1\n"
        "print([n for n in ('solvers', 'pyomo', 'highspy', 'sklearn', 'plotly') if n in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert result.stdout == "[]\n", result.stderr


def test_console_that_cannot_show_a_character(tmp_path):
    words = [sys.executable, "-m", "allocator", "verify", "guangxi-13fyp", "published"]
    result = subprocess.run(words, capture_output=True, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert result.returncode == 1
    assert b"Traceback" not in result.stderr


def test_a_shadowed_companion_is_named(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "__init__.py").write_text("")
    script = "import allocator"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment, cwd="/")
    assert result.returncode == 1
    assert "reports" in result.stderr
    assert str(tmp_path) in result.stderr


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes")
def test_a_reader_that_stops_early_is_no_error():
    line = f"{sys.executable} -m allocator verify guangxi-13fyp published --json | head -c 10"
    result = subprocess.run(line, shell=True, capture_output=True, text=True)
    assert result.stdout == '{\n  "schem'
    assert result.stderr == ""


@pytest.mark.parametrize("words", [["--help"], ["plan", "--help"], [], ["plam"], ["--", "schema"], ["plan"]])
def test_a_command_line_is_answered_as_by_the_whole_program(words):
    """The process looks at the options of the one command that is named; the answer is the same."""

    def answer(call):
        script = f"import sys\nfrom allocator.cli import {call}\nsys.argv[0] = 'allocator'\n{call}()"
        done = subprocess.run([sys.executable, "-c", script, *words], capture_output=True, encoding="utf-8")
        return done.returncode, done.stdout, done.stderr

    assert answer("main") == answer("app")
