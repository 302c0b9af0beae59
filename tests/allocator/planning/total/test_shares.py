"""The share of non-fossil energy split across cities: weighed by the last year's energy (dual control, 12)."""

import json
import shutil
from decimal import Decimal
from fractions import Fraction as F
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from allocator.cli import app
from allocator.planning.no_split.why import NoSplit
from allocator.planning.plan import plan
from allocator.verifying.verify import judgement
from reports.verifying.verification import verify_rates
from scenarios.errors import InputError
from scenarios.load import find_scenario, load_scenario
from solvers.leximin import leximin
from solvers.problem import SplitProblem
from tests.allocator.planning.energy_case import edited

SHARE = "15fyp-energy/nonfossil.yaml"
ENERGY = (3400, 4250, 4200, 3170, 2200, 1190, 1840, 960, 420)
NONFOSSIL = (900, 450, 700, 300, 520, 330, 260, 620, 160)
GROWTH = tuple(map(F, ("1.24", "1.31", "1.34", "1.27", "1.30", "1.24", "1.26", "1.22", "1.20")))
LINEAR = "reference={map: linear, spread: 4 points}"


@pytest.fixture
def case(tmp_path):
    return Path(shutil.copytree(find_scenario("15fyp-energy").parent, tmp_path / "case"))


@pytest.fixture(scope="module")
def share():
    return plan(load_scenario(SHARE))


def weighted(values, amounts):
    return sum(a * v for a, v in zip(amounts, values, strict=True)) / sum(amounts)


def test_equal_rises_are_the_figures_of_the_design(share):
    """Figures `share`: printed .1, 25.008016 by the last year's weights; by those of the base year 25.213962."""
    printed = [float(rate) * 100 for rate in share.published]
    assert printed == pytest.approx([32.1, 16.2, 22.3, 15.1, 29.2, 33.3, 19.7, 70.2, 43.7])
    ends = [n * g for n, g in zip(ENERGY, GROWTH, strict=True)]
    assert weighted(map(F, share.published), ends) * 100 == share.verification.implied_reduction * 100
    assert share.verification.implied_reduction * 100 == F(69438759, 2776660)
    assert float(weighted(map(F, share.published), ENERGY)) * 100 == pytest.approx(25.213962, abs=5e-7)
    assert share.verification.passed
    rise = share.split.rates - np.array(NONFOSSIL) / np.array(ENERGY)
    assert rise * 100 == pytest.approx([5.603675] * 9, abs=5e-7)


PROPORTIONAL = ["reference={map: proportional}", "criteria.potential.indicators.income.normaliser=ratio"]


@pytest.mark.parametrize(
    "words",
    [[LINEAR], PROPORTIONAL, [LINEAR, "bounds.upper=66%"], ["bounds={lower: 20%, upper: 99%}"]],
)
def test_it_is_the_split_of_the_fossil_share_as_an_intensity(words):
    """With R_F for the target, r = 1 − (1 − φ)/(1 − φ₀) and deviations in points of φ it is the same program."""
    made = plan(load_scenario(SHARE, words))
    as_intensity = load_scenario(SHARE, split=False).baseline
    own = np.array(NONFOSSIL) / np.array(ENERGY)
    assert as_intensity.required - as_intensity.sigma == pytest.approx(0.06713629, abs=5e-9)
    problem = made.targeting.problem
    split = leximin(
        SplitProblem(
            as_intensity.coefficients,
            as_intensity.required,
            reference=(problem.reference - own) / (1 - own),
            scale=1 / (1 - own),
            lower=(problem.lower - own) / (1 - own),
            upper=(problem.upper - own) / (1 - own),
        )
    )
    assert 1 - (1 - own) * (1 - split.rates) == pytest.approx(made.split.rates, abs=1e-8)


@st.composite
def provinces(draw):
    """Energy, non-fossil energy, growth, scores, and where the target lies between the base year's and the most."""
    n = draw(st.integers(2, 8))
    energy = draw(st.lists(st.integers(10, 5000), min_size=n, max_size=n))
    parts = draw(st.lists(st.integers(1, 95), min_size=n, max_size=n))
    growth = draw(st.lists(st.integers(90, 160), min_size=n, max_size=n))
    scores = draw(st.lists(st.integers(1, 99), min_size=n, max_size=n, unique=True))
    return energy, [F(e * p, 100) for e, p in zip(energy, parts, strict=True)], growth, scores, draw(st.integers(5, 90))


@settings(max_examples=40, deadline=None)
@given(provinces())
def test_any_share_is_backed_in_exact_arithmetic(tmp_path_factory, province):
    """An independent check: Σ w φ is not below Φ, no city below its base year, all on the grid."""
    energy, nonfossil, growth, scores, part = province
    ends = [F(e * g, 100) for e, g in zip(energy, growth, strict=True)]
    own = [z / e for z, e in zip(nonfossil, energy, strict=True)]
    low = weighted(own, ends)
    target = Decimal(round(float(low + (F(98, 100) - low) * F(part, 100)), 4))
    target = target.quantize(Decimal("0.0001"))
    assume(F(target) > low + F(1, 1000) and sum(nonfossil) > sum(energy) * F(1, 100))
    folder = tmp_path_factory.mktemp("share")
    rows = zip(energy, nonfossil, growth, scores, strict=True)
    lines = [f"城市{n},{e},{float(z):.2f},{g / 100},{s}" for n, (e, z, g, s) in enumerate(rows)]
    head = "name,能源消费量（万吨标准煤）,非化石能源（万吨标准煤）,growth,s"
    (folder / "regions.csv").write_text("\n".join([head, *lines]), "utf-8")
    (folder / "scenario.yaml").write_text(
        "schema_version: 1\nname: a\ntitle: a\nquantity: nonfossil\nperiod: {base: 2025, end: 2030}\n"
        f"target: {target * 100}%\nregions: regions.csv\nreference: {{map: linear, spread: 3 points}}\n"
        "criteria: {c: {weight: 1, indicators: {i: {column: s, direction: '+'}}}}\npublish: {grid: 0.1 points}\n",
        "utf-8",
    )
    made = plan(load_scenario(folder, only_said=("question",)))
    shares = [F(rate) for rate in made.published]
    assert weighted(shares, ends) >= F(target)
    assert all(
        least <= value <= 1 and (value * 1000).denominator == 1 for least, value in zip(own, shares, strict=True)
    )
    assert weighted(shares, ends) < F(target) + F(2, 1000)  # nearest on the grid, not far above


def test_the_last_years_energy_of_the_table_weighs(case):
    ends = (4000, 5000, 5200, 3900, 2700, 1350, 2200, 1100, 480)
    path = case / "regions.csv"
    first, *rows = path.read_text("utf-8").splitlines()
    lines = [f"{first},energy_end(tce)", *(f"{row},{end}0000" for row, end in zip(rows, ends, strict=True))]
    path.write_text("\n".join(lines), "utf-8")
    made = plan(load_scenario(case / "nonfossil.yaml"))
    assert made.verification.implied_reduction == weighted(map(F, made.published), ends) >= F(1, 4)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("reference: {map: uniform}", "reference: {map: uniform, deviation: relative}", "relative_of_share"),
        ("reference: ", "bounds: {upper: 60%}\nreference: ", "share_above_upper"),
        ("reference: ", "growth_uncertainty: 5%\nreference: ", "not_of_share"),
        ("reference: ", "incentive: {target: 30%}\nreference: ", "not_of_share"),
        ("publish: {grid", "publish: {classes: 3, grid", "not_of_share"),
        ("reference: ", "rules: [{id: a, type: budget, limit: 3, reason: b}]\nreference: ", "not_of_share"),
    ],
)
def test_what_is_not_of_a_share_is_refused(case, old, new, code):
    edited(case, "nonfossil.yaml", (old, new))
    with pytest.raises(InputError) as caught:
        plan(load_scenario(case / "nonfossil.yaml"))
    assert [found.code for found in caught.value.findings] == [code]
    if code == "share_above_upper":
        assert [found.values["upper"] for found in caught.value.findings] == ["60.0"]


def test_a_target_that_is_reached_already_is_said_without_lower_bounds():
    """Σ w φ₀ = 19.396325 %: 0.40 points above 19 %."""
    with pytest.raises(NoSplit) as caught:
        plan(load_scenario(SHARE, ["target=19%", "accept=[{id: share-falls, reason: so decided}]"]))
    said = "\n".join(caught.value.statements("zh"))
    assert "低于可达范围 19.40–100.00%：不低于基年和下限时，全省占比已多 0.40 个百分点。" in said
    assert "或把目标提高为 19.40%" in said
    assert "下限都降低" not in said


def test_a_target_out_of_reach_is_said_in_points():
    scenario = load_scenario(SHARE, ["target=70%", "bounds={lower: 0%, upper: 66%}"])
    with pytest.raises(NoSplit) as caught:
        plan(scenario)
    zh, en = ("\n".join(caught.value.statements(language)) for language in ("zh", "en"))
    assert "无解：目标 70.00% 超出可达范围 19.40–66.00%，缺 4.00 个百分点。" in zh
    assert "beyond the reach of 19.40–66.00 %; 4.00 points short" in en
    assert "万吨" not in zh


def test_rules_speak_of_shares():
    apart = "{id: apart, type: gap, at_most: 50 points, reason: 差距}"
    most = "{id: most, type: ceiling, where: {regions: [甲市]}, rate: 30%, reason: 水电}"
    rule = f"rules=[{apart}, {most}]"
    made = plan(load_scenario(SHARE, [rule]))
    assert made.published[0] == Decimal("0.3")
    assert max(made.published) - min(made.published) <= Decimal("0.5")
    assert made.verification.passed


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_output_speaks_of_shares(tmp_path, monkeypatch, language):
    monkeypatch.chdir(tmp_path)
    runner, said = CliRunner(), ("--lang", language)
    done = runner.invoke(app, ["plan", SHARE, "--set", LINEAR, "--out", "share", *said])
    assert done.exit_code == 0, done.output
    formats = [word for name in ("md", "csv", "xlsx", "docx", "tex", "html") for word in ("--format", name)]
    published = runner.invoke(app, ["publish", "share", *formats, "--out", "share/table", *said])
    assert published.exit_code == 0, published.output
    for table in ("share/allocation.csv", f"share/table/table-{language}.xlsx", "share/plan.json"):
        judged = runner.invoke(app, ["verify", SHARE, table, *said])
        assert judged.exit_code == 0, judged.output
    checked = runner.invoke(app, ["check", SHARE, *said])
    assert checked.exit_code == 0, checked.output
    report = (tmp_path / "share" / "report.html").read_text("utf-8")
    body = report[report.index("<main") : report.index("</main>")]
    table = (tmp_path / "share" / "table" / f"table-{language}.md").read_text("utf-8")
    note = (tmp_path / "share" / "table" / f"verification-{language}.md").read_text("utf-8")
    for text in (done.stdout, judged.stdout, table, note, body):
        assert not [word for word in ("GDP", "生产总值", "下降", "reduction", "万元", "yuan") if word in text]
        assert ("占比" if language == "zh" else "share") in text
        assert ("25.0" if text == table else "25.01") in text  # the circular has the target as it was decided
    content = json.loads((tmp_path / "share" / "plan.json").read_text("utf-8"))
    assert content["province"]["share"]["uniform_rise"] == pytest.approx(0.05603675, abs=5e-9)
    assert content["regions"][0]["base_share"] == pytest.approx(900 / 3400)
    said = json.dumps(content["regions"] + [content["province"]])
    keys = ("gdp", "growth", "intensity", "contribution", "overshoot_10kt", "point_10kt")
    assert not [key for key in keys if key in said]


def test_a_circular_of_shares_is_read_and_no_other_column_is_taken_for_them(case):
    scenario = load_scenario(case / "nonfossil.yaml")
    shares = ("32.1", "16.2", "22.3", "15.1", "29.2", "33.3", "19.7", "70.2", "43.7")
    rows = zip(scenario.regions.names, shares, strict=True)
    lines = [f"{name},17.5,10.0,{share}" for name, share in rows]
    head = "地区,碳排放强度下降率（%）,单位GDP能耗降低率（%）,非化石能源消费占比目标（%）"
    (case / "circular.csv").write_text("\n".join([head, *lines]), "utf-8")
    judged = judgement(scenario, str(case / "circular.csv"))
    assert judged.verification.rates == tuple(Decimal(share) / 100 for share in shares)
    assert judged.passed
    low = "\n".join([head, *lines]).replace("70.2", "60.2")  # 辛市 stands at 64.58 already
    (case / "low.csv").write_text(low, "utf-8")
    failed = judgement(scenario, str(case / "low.csv"))
    assert "超出上下限：辛市。" in failed.statements("zh")
    cuts = [f"{name},18" for name in scenario.regions.names]
    (case / "cuts.csv").write_text("\n".join(["地区,下降目标（%）", *cuts]), "utf-8")
    with pytest.raises(InputError) as caught:
        judgement(scenario, str(case / "cuts.csv"))
    assert [found.code for found in caught.value.findings] == ["missing_columns"]


@pytest.mark.parametrize("words", [["sweep"], ["track", "actuals.csv"], ["prices"], ["negotiate", "--fix", "甲市=33%"]])
def test_other_commands_refuse_a_share(case, monkeypatch, words):
    monkeypatch.chdir(case)
    first, *more = words
    done = CliRunner().invoke(app, [first, "nonfossil.yaml", *more, "--lang", "en"])
    assert done.exit_code == 2
    assert "can be used with check, plan, verify and publish" in done.output


def test_a_share_that_was_read_as_fossil_energy_is_not_split(share):
    fossil = load_scenario(SHARE, split=False)
    for ask in (lambda: plan(fossil), lambda: verify_rates(fossil, share.published)):
        with pytest.raises(InputError) as caught:
            ask()
        assert [found.code for found in caught.value.findings] == ["share_as_fossil"]


def test_a_share_of_all_energy_is_written_and_read_again(case, tmp_path):
    """At 97 % five cities are asked for all of it."""
    edited(case, "nonfossil.yaml", ("target: 25%", "target: 97%"))
    out = tmp_path / "out"
    done = CliRunner().invoke(app, ["plan", str(case / "nonfossil.yaml"), "--out", str(out)])
    assert done.exit_code == 0, done.stdout + done.stderr
    for name in ("plan.json", "allocation.csv"):
        again = CliRunner().invoke(app, ["verify", str(case / "nonfossil.yaml"), str(out / name)])
        assert again.exit_code == 0, again.stdout + again.stderr
    whole = load_scenario(case / "scenario.yaml")
    head = "name,reduction(%)\n"
    (tmp_path / "t.csv").write_text(head + "".join(f"{n},100\n" for n in whole.regions.names), "utf-8")
    with pytest.raises(InputError) as caught:
        judgement(whole, str(tmp_path / "t.csv"))
    assert {found.code for found in caught.value.findings} == {"rate_range"}
