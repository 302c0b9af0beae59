"""The what-if panel in Chromium against Python: the same splits, the same refusals, and what it cannot keep, said."""

import json
import random
import statistics
from contextlib import contextmanager
from decimal import Decimal
from functools import cache

import numpy as np
import pytest

from allocator.planning.no_split.why import NoSplit, why_no_split
from allocator.planning.plan import plan
from allocator.planning.reference import target
from allocator.planning.rules import solver_rules
from reports.planning.page import report_html
from reports.planning.whatif import whatif_data, whatif_panel
from reports.words import LABELS
from scenarios.errors import InputError
from scenarios.file.document import read_document
from scenarios.load import load_scenario
from scenarios.on_grid import OnGrid
from solvers.closed.waterfill import waterfill
from solvers.leximin import leximin
from tests.browsers import file_window

CLOSED_FORM, SOLVER = 1e-9, 1e-6  # how far rates may be off: from the closed form, from linear programs
RATIO = [f"criteria.{c}.indicators.{i}.normaliser=ratio" for c, i in (
    ("capacity", "income"), ("capacity", "wealth"), ("capacity", "industry"), ("responsibility", "economy"),
    ("responsibility", "energy"), ("responsibility", "emissions"), ("potential", "fiscal"), ("potential", "tertiary"),
    ("potential", "intensity"),
)]  # fmt: skip
RULES = """rules:
  - {id: pilots, type: floor, above_target: 1 point, where: [柳州, 桂林], reason: a}
  - {id: poor, type: ceiling, below_target: 1 point, where: [河池], reason: b}
  - {id: base, type: floor, rate: 12%, reason: c}
  - {id: kept, type: order, reason: d}
  - {id: agreed, type: negotiated, region: 钦州, rate: 18%, reason: e}
"""
DRAG = """moves => moves.map(([name, k, value]) => {
    const at = [...document.querySelectorAll(`#whatif [name=${name}]`)][k];
    at.value = value;
    const began = performance.now();
    at.dispatchEvent(new Event("input", {bubbles: true}));
    document.querySelector("#whatif").getBoundingClientRect();  // laid out
    return performance.now() - began;
})"""
READ = """() => {
    const {S, ref, r, why, city, short} = whatif.split(whatif.data(), whatif.settings());
    const said = document.querySelector("#whatif-verdict").textContent;
    const shown = [...document.querySelectorAll("#whatif-table tbody [data-is=rate]")].map(cell => cell.textContent);
    return {S, ref, r, why, city, short, said, shown, settings: whatif.settings()};
}"""


@pytest.fixture(scope="module")
def ruled_folder(tmp_path_factory, guangxi):
    """Return Guangxi with rules that amount to bounds, bounds of two cities' own, and decline factors."""
    folder = tmp_path_factory.mktemp("ruled")
    header, *rows = (guangxi.folder / "regions.csv").read_text("utf-8").splitlines()
    own = {0: ("11%", ""), 1: ("", "24%")}
    cells = [",".join((*own.get(n, ("", "")), "8%", "9%", f"{12 + n % 3}%")) for n in range(len(rows))]
    lines = [f"{header},lower,upper,s,t,u", *map(",".join, zip(rows, cells, strict=True))]
    (folder / "regions.csv").write_text("\n".join(lines), "utf-8")
    text = (guangxi.folder / "scenario.yaml").read_text("utf-8")
    assert "rules: []\n" in text
    text = text.replace("rules: []\n", RULES + "potentials: {structure: s, technique: t, substitution: u}\n")
    kept = [line for line in text.splitlines() if not line.startswith(("tables:", "  published:"))]
    (folder / "scenario.yaml").write_text("\n".join(kept), "utf-8")
    return folder


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Read each scenario file once, and leave out the charts: they are not what is looked at here."""
    monkeypatch.setattr("scenarios.load.read_document", cache(read_document))
    monkeypatch.setattr("plotly.offline.get_plotlyjs", lambda: "const Plotly = {newPlot: () => {}};")


@contextmanager
def panel(browser, tmp_path, record, language="en"):
    """Open the report of a plan, without network."""
    path = tmp_path / "report.html"
    path.write_text(report_html(record, language), "utf-8")
    complaints = []
    with file_window(browser, path) as (page, address):
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        page.evaluate("document.querySelectorAll('details.chapter').forEach(each => { each.open = true; })")
        yield page
    assert complaints == []


def settings_of(said):
    """Return the settings of the page as settings of the command line."""
    s = said["settings"]
    overrides = [f"target={s['target']!r}", f"bounds.lower={s['lower']!r}", f"bounds.upper={s['upper']!r}"]
    overrides += [f"criteria.{c}.weight={w!r}" for c, w in zip(CRITERIA, s["weights"], strict=True)]
    return overrides + ([] if s["spread"] is None else [f"reference.spread={s['spread']!r}"])


CRITERIA = ("capacity", "responsibility", "potential")


def held_against_python(said, source, given):
    """Hold one state of the page against Python; return how far the rates are apart, None without a split."""
    try:
        scenario = load_scenario(source, [*given, *settings_of(said)])
        targeting = target(scenario)
    except InputError as error:
        codes = {finding.code for finding in error.findings}
        expected = {
            "crossed": {"bounds_order", "bounds_crossed"}, "reference": {"reference_not_positive"},
            "proportional": {"proportional_not_positive"},
        }  # fmt: skip
        if said["why"] in ("rules", "crossed"):  # a negotiated value outside the bounds is refused when it is read
            assert codes & {"negotiated_bounds", "negotiated_grid", *expected["crossed"]}
        else:
            assert codes & expected[said["why"]], (said["said"], codes)
        return None
    rules = solver_rules(OnGrid.of(scenario).demands)
    reason = why_no_split(scenario, targeting, solver_rules(scenario.demands))
    if reason is not None:
        if reason.gap is None and reason.conflict is None:
            assert said["why"] == "grid"
        elif reason.gap is None:
            assert said["why"] in ("rules", "rules_high", "rules_low")
        else:
            assert said["why"] == ("high" if reason.gap.short > 0 else "low")
            assert said["short"] == pytest.approx(reason.gap.short, abs=1e-12)
        assert set(said["shown"]) == {"–"}
        return None
    assert said["why"] is None, said["said"]
    np.testing.assert_allclose(said["S"], targeting.scores, rtol=0, atol=CLOSED_FORM)
    np.testing.assert_allclose(said["ref"], targeting.problem.reference, rtol=0, atol=CLOSED_FORM)
    rates = (leximin(targeting.problem, tuple(rules.values())) if rules else waterfill(targeting.problem)).rates
    assert said["shown"] == [f"{rate * 100:.2f}" for rate in said["r"]]
    return float(np.abs(rates - said["r"]).max())


def random_moves(draw, count, spread):
    """Return moves of the sliders: weights, target, spread, bounds; some ask for too much."""
    for _ in range(count):
        moves = [("weight", draw.randrange(3), draw.randint(0, 100)) for _ in range(2)]
        moves += [("target", 0, round(draw.uniform(12, 24), 1)), ("lower", 0, round(draw.uniform(0, 14), 1))]
        moves += [("spread", 0, round(draw.uniform(0, 22), 1))] if spread else []
        yield [*moves, ("upper", 0, round(draw.uniform(18, 32), 1))]


@pytest.mark.browser
def test_two_hundred_settings_as_in_python(browser, tmp_path, ruled_folder, record_property):
    cases = (
        ("guangxi-13fyp", [], 70, CLOSED_FORM),
        ("zhejiang-13fyp", ["reference.deviation=absolute", "margin=0.2 points"], 50, CLOSED_FORM),
        ("guangxi-13fyp", ["reference={map: proportional}", "bounds.lower=0", *RATIO], 40, CLOSED_FORM),
        (ruled_folder, [], 40, SOLVER),
    )
    draw, worst, times, unsolved = random.Random(5), {CLOSED_FORM: 0.0, SOLVER: 0.0}, [], 0
    for source, given, count, tolerance in cases:
        made = plan(load_scenario(source, given))
        with panel(browser, tmp_path, made.record) as page:
            for moves in random_moves(draw, count, made.record.scenario.spread is not None):
                times += page.evaluate(DRAG, moves)
                apart = held_against_python(page.evaluate(READ), source, given)
                unsolved += apart is None
                worst[tolerance] = max(worst[tolerance], apart or 0.0)
    figures = {"worst": worst, "unsolved": unsolved, "median_ms": statistics.median(times), "slowest_ms": max(times)}
    print(json.dumps(figures, indent=None))
    record_property("whatif", json.dumps(figures))
    assert worst[CLOSED_FORM] < CLOSED_FORM
    assert worst[SOLVER] < SOLVER
    assert 10 < unsolved < 150


@pytest.mark.browser
def test_the_panel_in_use(browser, tmp_path, guangxi_plan):
    record = guangxi_plan.record
    with panel(browser, tmp_path, record, "zh") as page:
        shown = page.locator("#whatif-table [data-is=rate]")
        plans = [f"{r.rate * 100:.2f}" for r in record.regions]
        assert shown.all_inner_texts() == plans
        assert set(page.locator("#whatif-table [data-is=change]").all_inner_texts()) == {"0.00"}
        said = page.locator("#whatif-verdict")
        assert said.inner_text() == LABELS.say("whatif_backed", "zh", implied="17.00", target="17.00")
        assert said.get_attribute("aria-live") == "polite"
        sliders = page.locator("#whatif input[type=range]")
        assert sliders.count() == 7
        labels = [
            page.get_by_label(text, exact=True) for text in ("权重：能力", "总目标", "参考下降率的级差", "下限", "上限")
        ]
        assert [label.count() for label in labels] == [1] * 5
        # by keyboard: one weight down, the others keep adding up to one
        labels[0].focus()
        for _ in range(13):
            page.keyboard.press("ArrowLeft")
        weights = page.evaluate("whatif.settings().weights")
        assert sum(weights) == pytest.approx(1, abs=1e-12)
        assert weights[0] == pytest.approx(0.20)
        assert weights[1] == pytest.approx(weights[2])
        assert page.locator("#whatif output").first.inner_text() == "20.0%"
        assert shown.all_inner_texts() != plans
        # out of reach, in the words of the program
        page.evaluate(DRAG, [("target", 0, 30)])
        with pytest.raises(NoSplit) as found:
            plan(load_scenario("guangxi-13fyp", ["target=30%"]))
        short = found.value.gap.short * 100
        tonnes = f"{short * record.province.point_10kt:,.1f}"
        assert f"缺 {short:.2f} 个百分点（{tonnes} 万吨）" in said.inner_text()
        assert said.inner_text().startswith("无解：目标 30.00% 超出可达范围 8.13–23.44%")
        assert set(shown.all_inner_texts()) == {"–"}
        page.keyboard.press("Tab")
        page.get_by_role("button", name="恢复原设置").press("Enter")
        assert shown.all_inner_texts() == plans
        # a reference rate below zero, with the largest spread
        page.evaluate(DRAG, [("spread", 0, 30), ("target", 0, 4)])
        with pytest.raises(InputError, match=r"."):
            target(load_scenario("guangxi-13fyp", ["reference.spread=30 points", "target=4%"]))
        assert "河池的参考下降率为 −" in said.inner_text()


@pytest.mark.browser
def test_changes_are_those_of_what_is_printed(browser, tmp_path, guangxi_plan):
    cells = "[...row.cells].slice(1, 4).map(cell => cell.textContent)"
    rows = f"[...document.querySelectorAll('#whatif-table tbody tr')].map(row => {cells})"
    with panel(browser, tmp_path, guangxi_plan.record) as page:
        for value in (16.3, 17.4, 18.7):
            page.evaluate(DRAG, [["target", 0, value]])
            for texts in page.evaluate(rows):
                before, after, change = (Decimal(text.replace("\u2212", "-")) for text in texts)
                assert after - before == change


@pytest.mark.browser
def test_names_stay_text(browser, tmp_path, hostile_plan):
    with panel(browser, tmp_path, hostile_plan.record, "zh") as page:
        names = [r.label("zh") for r in hostile_plan.record.regions]
        assert page.locator("#whatif-table tbody th").all_text_contents() == names
        page.evaluate(DRAG, [("spread", 0, 30), ("target", 0, 4)])
        city = page.evaluate(READ)["city"]
        assert names[city] in page.locator("#whatif-verdict").text_content()
        assert page.locator("#whatif label").first.text_content() == "权重：<i onclick=alert(4)>能力</i>"
        assert page.locator("#whatif i, #whatif b, #whatif img, #whatif script").count() == 0


@pytest.mark.parametrize(
    ("settings", "rules"),
    [
        (["rules=[{id: near, type: gap, at_most: 20 points, reason: x}]"], "near"),
        (["incentive.target=19%", "incentive.step=0.5 points"], "incentive"),
        (["growth_uncertainty=2%", "protect=1"], "protect"),
    ],
)
def test_rules_without_closed_form_are_named(settings, rules):
    record = plan(load_scenario("guangxi-13fyp", settings)).record
    assert record.whatif.hindered_by == (rules,)
    assert whatif_data(record) is None
    page = report_html(record, "zh")
    assert LABELS.say("whatif_hindered", "zh", rules=rules) in page
    assert "whatif-data" not in page
    assert "allocator app" in page


def test_what_is_kept_is_said(ruled_folder):
    record = plan(load_scenario(ruled_folder)).record
    said = whatif_panel(record, "zh").said
    assert said == (
        LABELS.say("whatif_own", "zh", regions="南宁、柳州"),
        LABELS.say("whatif_capped", "zh"),
        LABELS.say("whatif_folded", "zh"),
    )
    known = record.whatif
    assert (known.own_lower[:3], known.own_upper[:3]) == ((0.11, None, None), (None, 0.24, None))
    assert [f.follows for f in known.floors if f.position == 1] == [True, False]
    assert known.pairs
    data = whatif_data(record)
    assert json.loads(json.dumps(data))["floors"][0]["rate"] == pytest.approx(0.18)


def test_a_plan_without_the_part_has_no_panel(guangxi_plan):
    record = guangxi_plan.record.model_copy(update={"whatif": None})
    assert 'id="whatif' not in report_html(record, "en")


def test_sliders_where_there_is_something_to_move():
    record = plan(load_scenario("guangxi-13fyp", ["reference={map: uniform}"])).record
    assert [slider.name for slider in whatif_panel(record, "en").sliders] == ["target", "lower", "upper"]


def test_an_order_that_bounds_cannot_say_has_no_panel(negative_order):
    assert plan(load_scenario(negative_order)).record.whatif.hindered_by == ("kept",)
