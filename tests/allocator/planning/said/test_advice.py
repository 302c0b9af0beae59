"""What is advised where there is no split gives one when it is done, on the grid too."""

import re
import time
from decimal import Decimal

import pytest

from allocator.planning.no_split.advice import Advice, Trials
from allocator.planning.no_split.why import NoSplit
from allocator.planning.plan import plan
from scenarios.load import load_scenario

SCENARIO = """\
schema_version: 1
name: four
title: {zh: 某省, en: some}
period: {base: 2025, end: 2030}
target: TARGET
regions: regions.csv
bounds: {lower: LOWER, upper: UPPER}
reference: {map: linear, spread: 8 points}
criteria:
  cap:
    weight: 1
    within: equal
    indicators: {income: {column: income, direction: "+"}}
publish: {grid: 0.5 points}
rules:
  - {id: narrow, type: gap, at_most: WIDTH points, reason: {zh: 差距, en: gap}}
  - {id: ce, type: ceiling, CEILING, where: [WHO], reason: {zh: 生态, en: ecology}}
  - {id: ord, type: order, reason: {zh: 次序, en: order}}
"""
USUAL = {
    "TARGET": "17%",
    "LOWER": "10%",
    "UPPER": "25%",
    "WIDTH": "3",
    "CEILING": "below_target: 4 points",
    "WHO": "丙",
}


@pytest.fixture
def four(tmp_path):
    """Return a function that loads the four cities under a text of the scenario."""
    (tmp_path / "regions.csv").write_text(
        "id,name,emissions(万吨),gdp(亿元),growth,income\n"
        "a,甲,3000,3000,1.4,9\nb,乙,2000,1400,1.5,6\nc,丙,1000,600,1.3,5\nd,丁,500,300,1.6,3\n",
        "utf-8",
    )

    def load(**values):
        text = SCENARIO
        for key, value in {**USUAL, **values}.items():
            text = text.replace(key, value)
        (tmp_path / "scenario.yaml").write_text(text, "utf-8")
        return load_scenario(tmp_path)

    return load


def refused(scenario):
    """Return what is said of a scenario without a split, in English, line by line."""
    with pytest.raises(NoSplit) as error:
        plan(scenario)
    return error.value.statements("en")


@pytest.mark.parametrize("target", ["17%", "17.3%", "18.24%", "19.07%"])
def test_every_advised_change_alone_gives_a_split(four, target):
    said = "\n".join(refused(four(TARGET=target)))
    levers = dict(re.findall(r"relax rule “(\w+)” by ([\d.]+) points", said))
    assert set(levers) >= {"narrow", "ce"}
    width = str(Decimal(3) + Decimal(levers["narrow"]))
    plan(four(TARGET=target, WIDTH=width))
    plan(four(TARGET=target, CEILING=f"below_target: {Decimal(4) - Decimal(levers['ce'])} points"))
    for points in re.findall(r"lower the provincial target by ([\d.]+) points", said):
        plan(four(TARGET=f"{Decimal(target.rstrip('%')) - Decimal(points)}%"))
    for points in re.findall(r"raise every upper bound by ([\d.]+) points", said):
        plan(four(TARGET=target, UPPER=f"{25 + Decimal(points)}%"))


def test_a_target_that_moves_the_rule_along_is_advised_only_where_it_helps(four):
    # the ceiling of 丙 stands 4 points below the target, whatever it is: a lower target is no way out by 0.5 points
    said = "\n".join(refused(four()))
    assert "lower the provincial target by 0." not in said


def test_an_order_is_left_out_not_relaxed(four):
    said = "\n".join(refused(four(WIDTH="20", CEILING="rate: 12%", WHO="甲")))
    assert "leave out rule “ord”" in said
    assert "relax rule “ord”" not in said


@pytest.mark.parametrize(("target", "upper"), [("21.2%", "20.7%"), ("22%", "20.2%"), ("30%", "20.9%")])
def test_the_highest_target_that_is_named_can_be_printed(four, target, upper):
    asked = {"WIDTH": "40", "CEILING": "rate: 90%", "UPPER": upper}
    said = "\n".join(refused(four(**asked, TARGET=target)))
    highest = re.search(r"lower the target to ([\d.]+) %", said)[1]
    plan(four(**asked, TARGET=f"{highest}%"))
    more = re.search(r"raise every upper bound by .*by ([\d.]+) points\.", said)[1]
    plan(four(**{**asked, "UPPER": f"{Decimal(upper.rstrip('%')) + Decimal(more)}%"}, TARGET=target))


def test_what_is_asked_beyond_the_target_is_said_in_figures_that_agree(four):
    said = "\n".join(refused(four(WIDTH="20", CEILING="rate: 90%", TARGET="10.2%", LOWER="12.34%")))
    found = re.search(r"the province cuts ([\d.]+) %, ([\d.]+) points \(([\d.]+) × 10⁴ t", said)
    least, points, tonnes = map(float, found.groups())
    worth = four().baseline.point_worth
    assert tonnes == pytest.approx(points * worth, abs=0.005 * worth + 0.05)
    assert least == pytest.approx(10.2 + points, abs=0.011)


@pytest.mark.parametrize("target", ["17%", "17.3%", "18.24%"])
def test_advice_holds_where_incentive_targets_are_asked_too(four, target):
    more = "incentive: {target: 19.5%, step: 1 point}\nrules:"

    def load(**values):
        scenario = four(TARGET=target, **values)
        path = scenario.folder / "scenario.yaml"
        path.write_text(path.read_text("utf-8").replace("rules:", more), "utf-8")
        return load_scenario(scenario.folder)

    said = "\n".join(refused(load()))
    levers = dict(re.findall(r"relax rule “(\w+)” by ([\d.]+) points", said))
    assert levers
    for name, points in levers.items():
        if name == "narrow":
            plan(load(WIDTH=str(Decimal(3) + Decimal(points))))
        if name == "ce":
            plan(load(CEILING=f"below_target: {Decimal(4) - Decimal(points)} points"))


@pytest.mark.parametrize("upper", ["23.2%", "24.2%"])
def test_the_highest_incentive_target_that_is_named_can_be_printed(four, upper):
    def load(target):
        scenario = four(WIDTH="40", CEILING="rate: 90%", UPPER=upper)
        path, more = scenario.folder / "scenario.yaml", f"incentive: {{target: {target}, step: 1 point}}\nrules:"
        path.write_text(path.read_text("utf-8").replace("rules:", more), "utf-8")
        return load_scenario(scenario.folder)

    highest = re.search(r"set the incentive target to ([\d.]+) %", "\n".join(refused(load("24%"))))[1]
    plan(load(f"{highest}%"))


def test_advice_is_tried_once_for_both_languages(four, monkeypatch):
    with pytest.raises(NoSplit) as error:
        plan(four())
    tried = []
    monkeypatch.setattr("allocator.planning.no_split.advice.advise", lambda error, _: tried.append(error) or Advice())
    error.value.statements("zh")
    error.value.statements("en")
    assert len(tried) == 1


@pytest.mark.parametrize("upper", ["14.67", "14.5"])
def test_a_lower_bound_above_what_leaves_room_for_the_incentive_is_no_internal_error(four, upper):
    folder = four(WIDTH="40", CEILING="rate: 90%").folder
    (folder / "regions.csv").write_text(
        "name,emissions(万吨),gdp(亿元),growth,income,lower(%),upper(%)\n"
        f"甲,3000,3000,1.4,3,14,{upper}\n丙,2000,1400,1.5,6,10,25\n",
        "utf-8",
    )
    path = folder / "scenario.yaml"
    text = path.read_text("utf-8").replace("grid: 0.5", "grid: 1")
    path.write_text(text.replace("rules:", "incentive: {target: 18%, step: 0.5 points}\nrules:"), "utf-8")
    assert "incentive" in "\n".join(refused(load_scenario(folder)))


def test_a_negotiated_value_is_advised_with_its_direction(four):
    more = "rules:\n  - {id: fix, type: negotiated, region: 甲, rate: 24%, reason: {zh: 商定, en: agreed}}"

    def load(value):
        path = four(CEILING="rate: 90%").folder / "scenario.yaml"
        path.write_text(path.read_text("utf-8").replace("rules:", more.replace("24%", value)), "utf-8")
        return load_scenario(path.parent)

    said = "\n".join(refused(load("24%")))
    by = re.search(r"lower the value of rule “fix” by ([\d.]+) points", said)[1]
    assert "relax rule “fix”" not in said
    plan(load(f"{24 - Decimal(by)}%"))


def test_a_peak_is_left_out_for_it_has_no_number_to_relax(four):
    more = "rules:\n  - {id: peak, type: peak, where: [丁], reason: {zh: 达峰, en: peak}}"
    path = four(TARGET="12%", WIDTH="2", CEILING="rate: 90%", UPPER="40%").folder / "scenario.yaml"
    path.write_text(path.read_text("utf-8").replace("rules:", more), "utf-8")
    said = "\n".join(refused(load_scenario(path.parent)))
    assert "leave out rule “peak”" in said


def test_a_finer_grid_is_named_where_it_gives_a_table(four):
    # no multiple of 0.5 lies between 10.1 and 10.3
    asked = {"WIDTH": "40", "CEILING": "rate: 10.3%", "WHO": "丁", "LOWER": "10.1%"}
    folder = four(**asked).folder
    path = folder / "scenario.yaml"
    said = "\n".join(refused(load_scenario(folder)))
    grid = re.search(r"On a grid of ([\d.]+) points there is a table", said)[1]
    path.write_text(path.read_text("utf-8").replace("grid: 0.5", f"grid: {grid}"), "utf-8")
    plan(load_scenario(folder))


@pytest.mark.parametrize("rate", ["", ", residual: {rate: 5%}"])
def test_the_target_that_is_named_is_the_provinces_where_a_residual_line_takes_part(four, rate):
    more = f"reconcile: {{emissions: residual, province: {{emissions: 7500}}{rate}}}\nrules:"

    def load(target):
        path = four(TARGET=target, WIDTH="40", CEILING="rate: 90%", UPPER="20%").folder / "scenario.yaml"
        path.write_text(path.read_text("utf-8").replace("rules:", more), "utf-8")
        return load_scenario(path.parent)

    said = "\n".join(refused(load("25%")))
    lower = Decimal(re.search(r"Or lower the target to ([\d.]+) %", said)[1])
    plan(load(f"{lower}%"))
    with pytest.raises(NoSplit):
        plan(load(f"{lower + Decimal('0.02')}%"))


def test_what_is_not_tried_in_time_is_said(four, monkeypatch):
    monkeypatch.setattr("allocator.planning.no_split.advice.SEARCH", -1.0)
    said = refused(four())
    assert "untried" in said[-1]
    assert not [line for line in said if line.startswith("  ·")]


def test_an_upper_bound_that_potentials_cap_is_not_raised(four):
    folder = four(TARGET="24%", WIDTH="40", CEILING="rate: 90%", UPPER="22%").folder
    (folder / "regions.csv").write_text(
        "id,name,emissions(万吨),gdp(亿元),growth,income,s,t,u\n"
        "a,甲,3000,3000,1.4,9,0.2,0.1,0.1\nb,乙,2000,1400,1.5,6,0.2,0.1,0.1\n"
        "c,丙,1000,600,1.3,5,0.2,0.1,0.1\nd,丁,500,300,1.6,3,0.08,0.06,0.06\n",
        "utf-8",
    )
    path = folder / "scenario.yaml"
    text = path.read_text("utf-8") + "potentials: {structure: s, technique: t, substitution: u}\n"
    path.write_text(text, "utf-8")
    said = "\n".join(refused(load_scenario(folder)))
    found = re.search(r"with rates on the 0.5-point grid, by ([\d.]+) points", said)
    path.write_text(text.replace("upper: 22%", f"upper: {22 + Decimal(found[1])}%"), "utf-8")
    plan(load_scenario(folder))


def test_what_is_advised_has_the_decimals_of_the_grid(four):
    more = "rules:\n  - {id: fix, type: negotiated, region: 甲, rate: 24%, reason: {zh: 商定, en: agreed}}"
    path = four(CEILING="rate: 90%").folder / "scenario.yaml"
    text = path.read_text("utf-8").replace("rules:", more).replace("grid: 0.5", "grid: 0.125")
    path.write_text(text, "utf-8")
    said = "\n".join(refused(load_scenario(path.parent)))
    by = re.search(r"lower the value of rule “fix” by ([\d.]+) points", said)[1]
    assert Decimal(by) % Decimal("0.125") == 0
    path.write_text(text.replace("rate: 24%", f"rate: {24 - Decimal(by)}%"), "utf-8")
    plan(load_scenario(path.parent))


def test_a_finer_grid_that_would_take_too_long_is_left_untried(four, monkeypatch):
    asked = {"WIDTH": "40", "CEILING": "rate: 10.3%", "WHO": "丁", "LOWER": "10.1%"}
    scenario = four(**asked)
    tried = []

    def slow(changed):
        tried.append(changed.file.publish.grid)
        time.sleep(0.05)
        return False

    monkeypatch.setattr("allocator.planning.no_split.advice.SEARCH", 0.4)
    trials = Trials(scenario, slow)
    assert trials.grid() is None
    assert trials.late
    assert Decimal("0.0001") not in tried
