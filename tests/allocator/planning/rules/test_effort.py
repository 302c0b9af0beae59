"""The section `solver`: how it reaches the solvers, what is said of a search that stopped, and what is refused."""

import json
import warnings
from dataclasses import replace

import openpyxl
import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.planning import publishable as publishing
from allocator.planning.plan import plan
from allocator.planning.rules import effort
from reports.planning.sentences import province_statements, search_statements
from reports.verifying.verification import verify_rates
from scenarios.load import load_scenario
from solvers.effort import Effort
from solvers.problem import OutOfTime

CLASSES = ["publish.classes=3", "publish.grid=1 point"]
EASY = ["publish.grid=0.1 points"]


def test_defaults_and_settings(guangxi):
    assert effort(guangxi) == Effort(300.0, 1, 0.0)
    settings = ["solver.time_limit=2.5", "solver.threads=2", "solver.gap=5%"]
    assert effort(load_scenario("guangxi-13fyp", settings)) == Effort(2.5, 2, 0.05)


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ("solver.time_limit=0", "seconds_range"),
        ("solver.time_limit=ten", "seconds_range"),
        ("solver.time_limit=true", "seconds_range"),
        ("solver.time_limit=86401", "seconds_range"),
        ("solver.threads=0", "out_of_range"),
        ("solver.threads=1.5", "not_an_integer"),
        ("solver.gap=100%", "gap_range"),
        ("solver.gap=-0.1", "gap_range"),
        ("solver.gap=5", "rate_question"),
        ("solver.seconds=5", "unknown_key"),
        ("publish.time_limit=5", "moved_key"),
    ],
)
def test_bad_values_are_refused_with_their_place(setting, code):
    result = CliRunner().invoke(app, ["plan", "guangxi-13fyp", "--set", setting, "--json"])
    assert result.exit_code == 2
    (finding,) = json.loads(result.stdout)["findings"]
    assert (finding["code"], finding["key"]) == (code, f"--set {setting}")


@pytest.mark.parametrize(
    ("settings", "fact"),
    [(CLASSES, "classes_gap"), (EASY, "rounding_gap")],
)
def test_a_search_that_stops_at_its_gap_says_so_and_backs(settings, fact, tmp_path):
    proved = plan(load_scenario("guangxi-13fyp", settings))
    assert proved.record.provenance.solver[fact] == 0
    assert search_statements(proved.record, "zh") == []
    early = None
    for gap in ("0.9", "0.5", "0.2"):
        result = plan(load_scenario("guangxi-13fyp", [*settings, f"solver.gap={gap}"]))
        assert result.verification.passed
        if result.rounding.gap > 0:
            early = result
    if early is None:  # proved at once, whatever gap is allowed
        solver = proved.record.provenance.solver | {fact: 0.25, "tightest": False}
        record = proved.record.model_copy(
            update={"provenance": proved.record.provenance.model_copy(update={"solver": solver})}
        )
    else:
        record = early.record
    gap = f"{record.provenance.solver[fact] * 100:.2f}"
    for language, words in (("zh", f"至多可再缩小 {gap}%"), ("en", f"within {gap} % of the least")):
        assert any(words in line for line in province_statements(record, language))


def test_an_early_stop_in_files_and_on_the_command_line(monkeypatch, tmp_path):
    warnings.simplefilter("ignore", UserWarning)  # data bars, which openpyxl does not keep
    real = publishing.classify
    monkeypatch.setattr(publishing, "classify", lambda *args: replace(real(*args), gap=0.125, tightest=False))
    arguments = ["plan", "guangxi-13fyp", "--out", str(tmp_path / "out")]
    result = CliRunner().invoke(app, [*arguments, *(part for s in CLASSES for part in ("--set", s))])
    assert result.exit_code == 0, result.stderr
    assert "至多可再缩小 12.50%" in result.stdout
    assert "超出量已为最小" in result.stdout
    document = json.loads((tmp_path / "out" / "plan.json").read_text("utf-8"))
    solver = document["provenance"]["solver"]
    assert (solver["classes_gap"], solver["tightest"]) == (0.125, False)
    assert (solver["time_limit"], solver["threads"], solver["gap"]) == (300, 1, 0)
    book = openpyxl.load_workbook(tmp_path / "out" / "allocation.xlsx", read_only=True)
    notes = [row[0] for row in book["校核"].iter_rows(values_only=True) if row[0]]
    assert any("至多可再缩小 12.50%" in note for note in notes)
    assert "至多可再缩小 12.50%" in (tmp_path / "out" / "report.html").read_text("utf-8").replace("\u2060", "")


def test_no_table_in_time_names_the_option(monkeypatch, tmp_path):
    def late(*_):
        raise OutOfTime("nothing")

    monkeypatch.setattr(publishing, "round_rates", late)
    folder = tmp_path / "out"
    result = CliRunner().invoke(app, ["plan", "guangxi-13fyp", "--out", str(folder), "--lang", "en"])
    assert result.exit_code == 4
    assert "Raise solver.time_limit" in result.stderr
    assert not folder.exists()


def test_two_threads_give_the_same_table(guangxi):
    one, two = plan(guangxi), plan(load_scenario("guangxi-13fyp", ["solver.threads=2"]))
    assert one.published == two.published
    assert verify_rates(two.scenario, two.published).passed
