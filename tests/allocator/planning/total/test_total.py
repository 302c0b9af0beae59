"""Plans under intensity and total together, against figures computed apart from this program (dual control, 16)."""

import json
from decimal import Decimal

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.planning.no_split import advice
from allocator.planning.no_split.why import why_no_split
from allocator.planning.plan import plan
from allocator.planning.reference import target
from allocator.planning.rules import solver_rules
from reports.publishing.recheck import disagreements
from reports.verifying.verification import verify_rates
from scenarios.load import load_scenario

BOTH = {
    "甲市": 18.086702, "乙市": 20.555719, "丙市": 18.602771, "丁市": 20.749680, "戊市": 16.334333, "己市": 13.322297,
    "庚市": 16.099900, "辛市": 12.749680, "壬市": 13.386057,
}  # fmt: skip
PRINTED = (18, 20.5, 18.5, 21, 16.5, 13.5, 16, 12.5, 13.5)
INTENSITY_ALONE = (17.5, 19.5, 18, 20, 15.5, 12.5, 15.5, 12, 12.5)


def run(*words):
    return CliRunner().invoke(app, [*map(str, words), "--lang", "en"])


def asked_of(scenario):
    """Return a scenario with its targeting and its rules."""
    return scenario, target(scenario), solver_rules(scenario.demands)


@pytest.fixture(scope="module")
def made(example_15fyp):
    return plan(example_15fyp)


def test_the_split_reaches_what_the_total_asks(made):
    assert {r.name: r.rate * 100 for r in made.record.regions} == pytest.approx(BOTH, abs=5e-7)
    assert tuple(float(rate * 100) for rate in made.published) == PRINTED
    found = made.record.province
    assert found.implied_reduction * 100 == pytest.approx(17.837154, abs=5e-7)
    assert (found.overshoot_10kt, found.verdict) == (pytest.approx(429.903, abs=5e-4), "backed")
    total = found.total
    assert (total.binds, total.verdict) == ("total", "held")
    assert total.emissions_10kt == pytest.approx(42193.0019, abs=5e-5)
    assert total.room_10kt == pytest.approx(6.998, abs=5e-4)
    assert total.growth_scale == pytest.approx(1.000166, abs=5e-7)
    assert total.allowed_10kt == pytest.approx(42622.904, abs=5e-4)
    growths = (total.planned_growth, total.break_even, total.break_even_without_reserve)
    assert [growth * 100 for growth in growths] == pytest.approx([4.9948, 4.7856, 4.9342], abs=5e-5)
    assert [row.binds for row in total.growths] == ["intensity", "intensity", "total", "total", "total"]


def test_without_the_total_the_split_is_that_of_the_intensity():
    record = plan(load_scenario("15fyp-example", ["total={cap: 60000}"])).record
    assert tuple(r.published_rate * 100 for r in record.regions) == pytest.approx(INTENSITY_ALONE)
    assert (record.province.total.binds, record.province.total.verdict) == ("intensity", "held")


def test_a_table_that_backs_the_intensity_may_break_the_total(example_15fyp, tmp_path):
    verified = verify_rates(example_15fyp, [Decimal(str(rate)) / 100 for rate in INTENSITY_ALONE])
    assert {check.name: check.passed for check in verified.checks}["total"] is False
    assert (verified.backed, verified.passed) == (True, False)
    assert float(verified.total.room) == pytest.approx(-401.1788, abs=5e-5)  # 42,500 - 300 - 42,601.1788
    table = tmp_path / "r.csv"
    names = example_15fyp.regions.names
    rows = "\n".join(f"{name},{rate}" for name, rate in zip(names, INTENSITY_ALONE, strict=True))
    table.write_text(f"name,rate(%)\n{rows}\n", "utf-8")
    done = run("verify", "15fyp-example", table)
    assert done.exit_code == 1
    assert "but not every check holds" in done.stdout
    assert "401.2 × 10⁴ t above the cap of 42,500 × 10⁴ t" in done.stdout


def test_what_ends_it_where_the_cap_is_out_of_reach(tmp_path):
    done = run("plan", "15fyp-example", "--set", "total.cap=35000", "--out", tmp_path / "o")
    assert done.exit_code == 3
    assert "the target of 32.43 % lies beyond" in done.stdout + done.stderr  # 1 - 34,700/51,352.897
    # 25 % everywhere cuts 24.3491 %: 51,352.897 (1 - 0.243491) + 300 = 39,148.9
    assert "raise the cap to 39,149" in done.stdout + done.stderr
    again = run("plan", "15fyp-example", "--set", "total.cap=39149", "--out", tmp_path / "o")
    assert again.exit_code == 0


def test_a_lower_target_is_not_tried_where_the_cap_asks_for_more(monkeypatch):
    tried = []
    moved = advice.Trials._first
    monkeypatch.setattr(advice.Trials, "_first", lambda *each: tried.append(each[1]) or moved(*each))
    none = why_no_split(*asked_of(load_scenario("15fyp-example", ["total.cap=35000"])))
    assert (none.advice.target, none.advice.cap) == (None, 39149)
    assert len(tried) == 2  # bounds, cap


def test_a_larger_cap_ends_a_contradiction_of_rules(example_15fyp_folder, tmp_path):
    with (example_15fyp_folder / "scenario.yaml").open("a", encoding="utf-8") as file:
        file.write("rules:\n  - {id: top, type: ceiling, rate: 18%, reason: 上限}\n")
    settings = ("--set", "total={cap: 42200}", "--out", tmp_path / "o")
    done = run("plan", example_15fyp_folder, *settings)
    assert done.exit_code == 3
    # 18 % everywhere cuts 18 (1 + sigma) - sigma = 17.2887 %: 51,352.897 (1 - 0.172887) = 42,474.7
    assert "  · raise the cap to 42,475 × 10⁴ t" in done.stdout + done.stderr
    assert run("plan", example_15fyp_folder, *settings, "--set", "total.cap=42475").exit_code == 0


def test_what_is_said_of_both_targets(tmp_path):
    done = run("plan", "15fyp-example", "--out", tmp_path / "o")
    assert "worth a cut of 17.82 % (17.24 % without the reserve), 0.82 points (422.9 × 10⁴ t) more" in done.stdout
    assert "above 4.79 % the total is tighter than the intensity target without the reserve" in done.stdout
    assert "above 4.93 % than that with the reserve counted as well" in done.stdout
    assert (
        "42,193.0 × 10⁴ t in the end year and 300 × 10⁴ t of reserve to be kept, "
        "not above 42,500 × 10⁴ t; 7.0 × 10⁴ t are left" in done.stdout
    )
    page = (tmp_path / "o" / "report.html").read_text("utf-8")
    assert "Which target is tighter" in page
    assert run("verify", "15fyp-example", tmp_path / "o" / "allocation.csv").exit_code == 0
    assert run("publish", tmp_path / "o", "--out", tmp_path / "p").exit_code == 0
    checked = json.loads(CliRunner().invoke(app, ["check", "15fyp-example", "--json"]).stdout)
    assert checked["total"]["worth"] == pytest.approx(0.17823526, abs=5e-9)


@pytest.mark.parametrize(("field", "value"), [("room_10kt", 8.0), ("verdict", "broken")])
def test_a_changed_total_is_seen(made, field, value):
    total = made.record.province.total.model_copy(update={field: value})
    changed = made.record.model_copy(update={"province": made.record.province.model_copy(update={"total": total})})
    assert [odd.key for odd in disagreements(changed)] == [f"province.total.{field}"]
    assert not disagreements(made.record)


def test_how_uncertain_growth_may_be_is_said_of_both_targets(tmp_path):
    done = run("plan", "15fyp-example", "--set", "growth_uncertainty=5%", "--out", tmp_path / "o")
    assert (
        "up to 1.26 of 9 regions is at its worst; with all at their worst it is 1.38 points short (707.3" in done.stdout
    )
    assert "up to 0.01 of 9 regions is at its highest; with the reserve used up, up to 0.62; with all" in done.stdout
    assert "at their highest it is broken by 2,102.7" in done.stdout
    found = json.loads((tmp_path / "o" / "plan.json").read_text("utf-8"))["province"]
    assert found["robustness"]["worst_10kt"] == pytest.approx(707.258, abs=5e-4)
    assert found["total"]["robustness"]["worst_10kt"] == pytest.approx(2102.652, abs=5e-4)
    assert (found["robustness"]["survives"], found["total"]["robustness"]["survives"]) == (1.26, 0.01)


def test_a_residual_line_is_under_the_cap_as_well():
    """The line has 25,000 less the cities' 23,065; it grows as they do and cuts 5 %."""
    line = ["reconcile.emissions=residual", "reconcile.province.emissions=25000", "reconcile.residual.rate=5%"]
    made = plan(load_scenario("guangxi-13fyp", [*line, "total={cap: 27500, reserve: 100}", "publish.grid=0.1 points"]))
    regions, total = made.scenario.regions, made.record.province.total
    ends = [float(e) * float(g) for e, g in zip(regions.emissions, regions.growth, strict=True)]
    cities = sum(end * (1 - float(rate)) for end, rate in zip(ends, made.published, strict=True))
    growth = sum(float(y) * float(g) for y, g in zip(regions.gdp, regions.growth, strict=True)) / float(
        sum(regions.gdp)
    )
    assert total.outside_10kt == pytest.approx(1935 * 0.95 * growth, rel=1e-9)
    assert (total.base_10kt, total.binds, total.verdict) == (25000, "total", "held")
    assert total.emissions_10kt == pytest.approx(cities + total.outside_10kt)
    assert total.room_10kt == pytest.approx(27500 - 100 - total.emissions_10kt)
    assert 0 <= total.room_10kt < 60
    assert not disagreements(made.record)
    middle = total.growths[2]
    assert middle.allowed_10kt == pytest.approx(total.allowed_10kt)
