"""Levels (coal, oil) split across cities: base weights, no growth, targets of both signs (dual control, 12 and 16)."""

import json
import shutil
from decimal import Decimal
from fractions import Fraction as F
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from allocator.cli import app
from allocator.planning.check import check
from allocator.planning.no_split.why import NoSplit
from allocator.planning.plan import plan
from allocator.verifying.verify import judgement
from scenarios.errors import InputError
from scenarios.load import find_scenario, load_scenario
from tests.allocator.planning.energy_case import edited

COAL = (900, 3200, 1500, 2600, 1000, 520, 1250, 160, 120)
OIL = (1100, 350, 1600, 180, 420, 260, 210, 140, 110)
LINEAR = "reference={map: linear, spread: 6 points}"


@pytest.fixture
def case(tmp_path):
    return Path(shutil.copytree(find_scenario("15fyp-energy").parent, tmp_path / "case"))


@pytest.fixture(scope="module")
def coal():
    return plan(load_scenario("15fyp-energy/coal.yaml", ["total.caps=base"]))


@pytest.fixture(scope="module")
def oil():
    return plan(load_scenario("15fyp-energy/oil.yaml", ["total.caps=base", LINEAR]))


def refused(path, overrides=()):
    """Return codes and places of what is wrong with a scenario, as it is read or as it is planned."""
    with pytest.raises(InputError) as caught:
        plan(load_scenario(path, overrides))
    return [(found.code, found.place.key or found.place.cell) for found in caught.value.findings]


def test_coal_falls_to_its_cap(coal):
    """Figures `coal` of the design: base 11,250, cap 11,000, reduction 2.222222 %, caps by equal change."""
    base = coal.scenario.baseline
    assert sum(coal.scenario.regions.emissions) == 11250
    assert float(base.asked) * 100 == pytest.approx(2.222222, abs=5e-7)
    assert (base.sigma, base.exact_coefficients) == (0, tuple(F(e, 11250) for e in COAL))
    assert coal.caps.values == (880, 3129, 1467, 2542, 978, 509, 1222, 156, 117)
    assert set(coal.published) == {Decimal("0.0223")}  # 2.22 would leave 11,000.25
    assert coal.verification.passed


def test_oil_rises_to_its_cap(oil):
    """Figures `oil` of the design: base 4,370, cap 4,450, reduction −1.830664 %, caps by equal change."""
    base = oil.scenario.baseline
    assert float(base.asked) * 100 == pytest.approx(-1.830664, abs=5e-7)
    assert oil.caps.values == (1120, 356, 1629, 183, 428, 265, 214, 143, 112)
    assert oil.published[0] > 0 > oil.published[1]
    # by hand: what the printed rates leave, without the verification
    left = sum(F(e) * (1 - F(r)) for e, r in zip(OIL, oil.published, strict=True))
    assert left <= 4450 < left + F(1, 10)
    assert oil.verification.total.emissions == left
    assert oil.verification.passed


def test_without_bounds_the_references_are_the_answer(oil):
    incomes = np.array([78, 52, 66, 43, 58, 36, 41, 39, 45], dtype=float)
    scores = (incomes - 36) / 42
    weights = np.array(OIL) / 4370
    wanted = -800 / 43700 + 0.06 * (scores - weights @ scores)
    assert oil.split.rates == pytest.approx(wanted, abs=1e-12)


def test_a_target_of_a_level_may_be_below_zero():
    made = plan(load_scenario("15fyp-energy/oil.yaml", ["total=", "target=-1.8%", "publish.grid=0.1 points"]))
    assert set(made.published) == {Decimal("-0.018")}
    assert made.verification.overshoot == 0
    assert made.record.province.total is None


@st.composite
def levels(draw):
    """Base-year amounts, a target in tenths of a per cent, and scores."""
    amounts = draw(st.lists(st.integers(1, 5000), min_size=2, max_size=9))
    scores = draw(st.lists(st.integers(1, 99), min_size=len(amounts), max_size=len(amounts), unique=True))
    return amounts, scores, draw(st.integers(-300, 300)), draw(st.integers(0, 120))


@settings(max_examples=40, deadline=None)
@given(levels())
def test_any_level_is_backed_in_exact_arithmetic(tmp_path_factory, level):
    """An independent check: Σ E (1 − r) is not above (1 − R) Σ E, rates are on the grid and within the bounds."""
    amounts, scores, target, spread = level
    folder = tmp_path_factory.mktemp("level")
    lines = [f"城市{n},{e},{s}" for n, (e, s) in enumerate(zip(amounts, scores, strict=True))]
    (folder / "regions.csv").write_text("\n".join(["name,煤炭消费量（万吨）,s", *lines]), "utf-8")
    (folder / "scenario.yaml").write_text(
        "schema_version: 1\nname: a\ntitle: a\nquantity: coal\nunit: 万吨\nperiod: {base: 2025, end: 2030}\n"
        f"target: {target / 10}%\nregions: regions.csv\nreference: {{map: linear, spread: {spread / 10} points}}\n"
        "criteria: {c: {weight: 1, indicators: {i: {column: s, direction: '+'}}}}\npublish: {grid: 0.1 points}\n"
        "accept: []\n",
        "utf-8",
    )
    made = plan(load_scenario(folder, only_said=("question",)))
    rates = [F(rate) for rate in made.published]
    assert sum(e * (1 - r) for e, r in zip(amounts, rates, strict=True)) <= (1 - F(target, 1000)) * sum(amounts)
    assert all((rate * 1000).denominator == 1 and abs(rate) <= F(1, 2) for rate in rates)
    # no more than rounding asks: every city but for a grid step at its computed rate
    assert all(abs(float(r) - x) < 0.0011 for r, x in zip(rates, made.split.rates, strict=True))


@settings(max_examples=40, deadline=None)
@given(st.integers(8000, 14000), st.sampled_from(["base", "rates", "total"]), st.integers(0, 300))
def test_caps_of_a_level_and_its_reserve_are_its_cap(cap, policy, reserve):
    total = f"total={{cap: {cap}, caps: {policy}, reserve: {reserve}}}"
    made = plan(load_scenario("15fyp-energy/coal.yaml", [total, LINEAR]))
    pair = made.verification.total.pair
    assert sum(made.caps.values) + pair.reserve == cap
    assert pair.reserve >= reserve
    assert all(value.denominator == 1 for value in made.caps.values)
    kept = sum(min(c, F(e) * (1 - F(r))) for c, e, r in zip(made.caps.values, COAL, made.published, strict=True))
    assert pair.kept == kept <= cap - reserve
    assert made.verification.passed


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("regions: ", "growth_uncertainty: 5%\nregions: ", ("not_of_level", "growth_uncertainty")),
        ("regions: ", "potentials: {structure: a, technique: b, substitution: c}\nregions: ",
         ("not_of_level", "potentials")),
        ("regions: ", "incentive: {target: 5%}\nregions: ", ("not_of_level", "incentive")),
        ("{cap: 11000}", "{cap: 11000, reserve_gdp_end: 3}", ("not_of_level", "total.reserve_gdp_end")),
        ("{cap: 11000}", "{cap: 11000, apart: 某文}", ("not_of_level", "total.apart")),
        ("regions: ", "rules: [{id: a, type: project, region: 甲市, emissions: 3, reason: b}]\nregions: ",
         ("not_of_level", "rules")),
        ("{map: uniform}", "{map: linear, spread: 60 points, deviation: relative}",
         ("relative_to_rise", "reference.deviation")),
    ],
)  # fmt: skip
def test_what_is_not_of_a_level_is_refused_at_its_key(case, old, new, code):
    edited(case, "coal.yaml", (old, new))
    assert code in refused(case / "coal.yaml")


def test_rises_are_not_in_proportion_to_scores(case):
    edited(case, "oil.yaml", ("{map: uniform}", "{map: proportional}"))
    assert refused(case / "oil.yaml") == [("proportional_to_rise", "reference.map")]


def test_a_relative_deviation_stands_where_all_fall(case):
    edited(case, "coal.yaml", ("{map: uniform}", "{map: linear, spread: 1 points, deviation: relative}"))
    made = plan(load_scenario(case / "coal.yaml"))
    assert made.record.scenario.deviation == "relative"
    assert made.verification.passed


def test_a_city_without_any_coal_is_refused_at_its_cell(case):
    edited(case, "regions.csv", ("420,120,110,160", "420,0,110,160"))
    with pytest.raises(InputError) as caught:
        load_scenario(case / "coal.yaml")
    (found,) = caught.value.findings
    assert (found.code, found.values["name"], found.place.row) == ("level_of_none", "壬市", 10)
    with pytest.raises(InputError):  # and so says `check`
        check(load_scenario(case / "coal.yaml", split=False))


def test_what_a_level_cannot_reach_is_said_with_its_cap():
    scenario = load_scenario("15fyp-energy/oil.yaml", ["bounds={lower: -50%, upper: -3%}"])
    with pytest.raises(NoSplit) as caught:
        plan(scenario)
    zh, en = ("\n".join(caught.value.statements(language)) for language in ("zh", "en"))
    assert (
        "目标为上升 1.83%，超出可达范围（下降 −50.00% 至 −3.00%，负数为上升），缺 1.17 个百分点（51.1 万吨标准煤）"
        in zh
    )
    assert "或把总量目标提高到 4,502 万吨标准煤" in zh  # 4370 × 1.03 = 4501.1
    assert "the target, that it rises by 1.83 %" in en
    assert "GDP" not in zh + en


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_output_speaks_of_no_gdp_and_no_growth(tmp_path, monkeypatch, language):
    monkeypatch.chdir(tmp_path)
    scenario, runner = "15fyp-energy/oil.yaml", CliRunner()
    words = ["--set", "total.caps=base", "--set", LINEAR]
    done = runner.invoke(app, ["plan", scenario, *words, "--out", "oil", "--lang", language])
    assert done.exit_code == 0, done.output
    published = runner.invoke(app, ["publish", "oil", "--format", "md", "--out", "oil/table", "--lang", language])
    assert published.exit_code == 0, published.output
    judged = runner.invoke(app, ["verify", scenario, "oil/allocation.csv", *words, "--lang", language])
    assert judged.exit_code == 0, judged.output
    checked = runner.invoke(app, ["check", scenario, *words, "--lang", language])
    assert checked.exit_code == 0, checked.output
    report = (tmp_path / "oil" / "report.html").read_text("utf-8")
    table = (tmp_path / "oil" / "table" / f"table-{language}.md").read_text("utf-8")
    note = (tmp_path / "oil" / "table" / f"verification-{language}.md").read_text("utf-8")
    body = report[report.index("<main") : report.index("</main>")]
    for text in (done.stdout, judged.stdout, checked.stdout, table, note, body):
        assert not [word for word in ("GDP", "生产总值", "结构效应 ", "intensity", "强度", "emission") if word in text]
        assert text == table or ("上升 1.83%" if language == "zh" else "rises by 1.83 %") in text.replace(
            "\N{NO-BREAK SPACE}", " "
        )
    assert ("负数为上升" if language == "zh" else "below zero it rises") in table
    content = json.loads((tmp_path / "oil" / "plan.json").read_text("utf-8"))
    assert (content["scenario"]["quantity"], content["scenario"]["unit"]) == ("oil", "万吨标准煤")
    said = json.dumps(content["regions"] + [content["province"]])
    assert not [key for key in ("gdp", "growth", "intensity", "contribution", "swap", "break_even") if key in said]


@pytest.mark.parametrize(
    "words",
    [["sweep"], ["track", "actuals.csv"], ["prices"], ["negotiate", "--fix", "甲市=3%"]],
)
def test_other_commands_refuse_a_level(case, monkeypatch, words):
    monkeypatch.chdir(case)
    first, *more = words
    done = CliRunner().invoke(app, [first, "coal.yaml", *more, "--lang", "en"])
    assert done.exit_code == 2
    assert "can be used with check, plan, verify and publish" in done.output


def test_a_level_is_not_compared(tmp_path, coal):
    path = tmp_path / "plan.json"
    path.write_text(coal.record.to_json(), "utf-8")
    done = CliRunner().invoke(app, ["compare", str(path), str(path), "--lang", "en"])
    assert done.exit_code == 2
    assert "can be used with check, plan, verify and publish" in done.output


def test_rates_of_both_signs_are_asked_about_where_one_is_turned(case):
    scenario = load_scenario(case / "coal.yaml")
    rows = [f"{name},2.23" for name in scenario.regions.names]
    (case / "rises.csv").write_text("地区,下降目标（%）\n" + "\n".join(rows).replace("2.23", "-2.23"), "utf-8")
    judged = judgement(scenario, str(case / "rises.csv"))
    assert not judged.passed
    assert "The fall is written" not in "".join(judged.statements("en"))
    assert any("比基年上升 2.23%" in line for line in judged.statements("zh"))
    (case / "turned.csv").write_text("地区,下降目标（%）\n" + "\n".join([*rows[:-1], "壬市,-2.23"]), "utf-8")
    with pytest.raises(InputError) as caught:
        judgement(scenario, str(case / "turned.csv"))
    assert [found.code for found in caught.value.findings] == ["sign_turned"]
    (case / "changes.csv").write_text("地区,增减率（%）\n" + "\n".join(rows).replace("2.23", "-2.23"), "utf-8")
    assert judgement(scenario, str(case / "changes.csv")).verification.rates == (Decimal("0.0223"),) * 9


def test_check_says_whether_a_level_can_be_split():
    scenario = load_scenario("15fyp-energy/coal.yaml", split=False)
    assert check(scenario).reachable
    done = CliRunner().invoke(app, ["check", "15fyp-energy/coal.yaml", "--json"])
    found = json.loads(done.stdout)
    assert (found["reachable"], found["cities"][0]["even_cap"]) == (True, 880)
    narrow = CliRunner().invoke(app, ["check", "15fyp-energy/coal.yaml", "--set", "bounds.lower=4%"])
    assert narrow.exit_code == 3
    assert "目标为下降 2.22%，低于可达范围" in narrow.stdout


def test_a_cap_at_the_base_year_asks_for_no_change():
    made = plan(load_scenario("15fyp-energy/coal.yaml", ["total={cap: 11250, caps: base}"]))
    assert set(made.published) == {0}
    assert made.caps.values == COAL
    assert made.verification.passed
    assert "持平" in made.record.regions[0].reason.zh


def test_small_rates_of_a_level_are_no_fractions(case):
    scenario = load_scenario(case / "coal.yaml")
    rows = [f"{name},0.{n}3" for n, name in enumerate(scenario.regions.names, start=1)]
    (case / "small.csv").write_text("\n".join(["地区,下降目标（%）", *rows]), "utf-8")
    assert judgement(scenario, str(case / "small.csv")).verification.rates[0] == Decimal("0.0013")
    rates = (5.9, 2, 4, -3, 3, -0.05, 0.6, 0.03, 1)
    mixed = [f"{name},{rate}" for name, rate in zip(scenario.regions.names, rates, strict=True)]
    (case / "mixed.csv").write_text("\n".join(["地区,下降目标（%）", *mixed]), "utf-8")
    assert judgement(scenario, str(case / "mixed.csv")).verification.rates[5] == Decimal("-0.0005")


def test_an_indicator_of_an_intensity_that_there_is_not_is_named_where_it_stands(tmp_path):
    folder = shutil.copytree(find_scenario("15fyp-energy").parent, tmp_path / "case")
    text = (folder / "coal.yaml").read_text("utf-8").replace("column: income", "column: intensity")
    (folder / "coal.yaml").write_text(text, "utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario(folder / "coal.yaml")
    (found,) = [one for one in caught.value.findings if one.severity == "error"]
    line = next(n for n, each in enumerate(text.splitlines(), start=1) if "column: intensity" in each)
    assert (found.code, found.place.file, found.place.row) == ("indicator_of_none", "coal.yaml", line)
    assert "没有“intensity”（强度）。请删去用它的指标。" in found.say("zh")
