"""A peak that the province's budgets miss is a target missed: verdict, exit code, workbook and publish say so."""

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.planning.plan import plan
from reports.planning.sentences import verdict_statement
from reports.publishing.recheck import disagreements
from reports.workbook.workbook import workbook
from scenarios.load import load_scenario
from tests.reports.workbook.test_workbook import opened

FALLS = "total={cap: 39000, reserve: 300, peak: 2027}"
"""Below the base year's 40,246.3: an even path falls from the first year on, and no year is above one before."""


def run(*words):
    return CliRunner().invoke(app, [*map(str, words), "--lang", "en"])


@pytest.mark.parametrize(("year", "held"), [(2028, False), (2029, False), (2030, True)])
def test_a_path_that_rises_peaks_in_its_last_year_alone(tmp_path, year, held):
    settings = ("--set", f"total.peak={year}")
    done = run("plan", "15fyp-example", *settings, "--out", tmp_path / "o")
    assert done.exit_code == (0 if held else 1), done.stdout + done.stderr
    assert ("it is kept" in done.stdout, "it is not kept" in done.stdout) == (held, not held)
    assert ("Backed, but not every check holds" in done.stdout) is not held
    assert run("verify", "15fyp-example", tmp_path / "o" / "allocation.csv", *settings).exit_code == (0 if held else 1)
    checked = run("check", "15fyp-example", *settings)
    assert (checked.exit_code, "it is not kept" in checked.stdout) == (0, not held)
    assert (run("publish", tmp_path / "o", "--out", tmp_path / "p").exit_code == 0) is held
    assert run("verify", "15fyp-example", tmp_path / "o" / "allocation.csv").exit_code == 0  # no peak is asked


def test_what_is_said_and_recorded_of_a_missed_peak():
    """41,584 in 2028 and 42,500 in 2030, of the design."""
    made = plan(load_scenario("15fyp-example", ["total.caps=total", "total.peak=2028"]))
    province = made.record.province
    peak = province.total.peak
    assert (peak.year, peak.budget_10kt, peak.later, peak.largest_10kt, peak.held) == (2028, 41584, 2030, 42500, False)
    assert (province.verdict, province.checks["peak"], made.verification.passed) == ("backed", False, False)
    assert verdict_statement(province, "zh").startswith("未全部通过")
    assert not disagreements(made.record)
    total = province.total.model_copy(update={"peak": peak.model_copy(update={"held": True})})
    false = made.record.model_copy(update={"province": province.model_copy(update={"total": total})})
    assert [odd.key for odd in disagreements(false)] == ["province.total.peak.held"]


@pytest.mark.parametrize(("settings", "word"), [("total.peak=2028", "未支撑"), ("total.peak=2030", "通过")])
def test_the_sheet_of_the_budgets_has_the_verdict(settings, word):
    made = plan(load_scenario("15fyp-example", [settings]))
    book = opened(workbook(made.record, made.verification, "zh"), values=True)
    said = {row[0]: row[1] for row in book["年度预算"].iter_rows(values_only=True) if row[0]}
    assert said[f"{settings[-4:]} 年达峰"] == word


def test_a_path_that_falls_keeps_any_peak():
    made = plan(load_scenario("15fyp-example", [FALLS, "bounds.upper=35%"]))
    assert made.record.province.total.peak.held
    assert made.verification.passed
