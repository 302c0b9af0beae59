"""Rules made concrete: the numbers they ask for, who breaks them, and what cannot be asked."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from scenarios.errors import Collector, InputError
from scenarios.file.rules import Where
from scenarios.load import find_scenario, load_scenario
from scenarios.rules.demands import demands
from scenarios.rules.kinds import Between, Budget, Pairs, Span

COLUMNS = {"group": "group", "cut": "energy_cut(%)", "last": "last_rate(%)"}


@pytest.fixture
def with_rules(guangxi_folder, edit):
    """Return a function that loads Guangxi with columns for rules and with some rules, one flow mapping each."""
    table = guangxi_folder / "regions.csv"
    rows = table.read_text("utf-8").splitlines()
    groups = ["试点", "试点、重工", "重工", "", "", "沿海、重工", "沿海", "", "", "生态", "生态", "生态", "", ""]
    extra = [f"{group},{10 + n},{16 + n % 4}" for n, group in enumerate(groups)]
    header = f"{rows[0]},{','.join(COLUMNS.values())}"
    table.write_text("\n".join([header, *map(",".join, zip(rows[1:], extra, strict=True))]) + "\n", "utf-8")

    def load(*rules, settings=()):
        lines = "".join(f"\n  - {{reason: {{zh: 理由, en: why}}, {rule}}}" for rule in rules)
        edit(guangxi_folder / "scenario.yaml", "rules: []", f"rules:{lines}")
        return load_scenario(guangxi_folder, settings)

    return load


def only(scenario):
    (demand,) = scenario.demands
    return demand


def exact(text):
    return Fraction(text)


# -- what each rule asks -------------------------------------------------------------------------------------------


def test_gap(with_rules):
    demand = only(with_rules("id: gap, type: gap, at_most: 8 points"))
    assert demand == Span("gap", demand.reason, tuple(range(14)), exact("0.08"))
    assert demand.reason.say("zh") == "理由"
    rates = [exact("0.2")] * 13 + [exact("0.12")]
    assert demand.failing(rates) == ()
    assert demand.failing([*rates[:13], exact("0.1199")]) == tuple(range(13))


@pytest.mark.parametrize(
    ("value", "wanted"), [("rate: 18%", "0.18"), ("above_target: 1.5 points", "0.185"), ("above_target: 0", "0.17")]
)
def test_floor(with_rules, value, wanted):
    demand = only(with_rules(f"id: pilots, type: floor, {value}, where: {{group: 试点}}"))
    assert demand == Between("pilots", demand.reason, dict.fromkeys((0, 1), exact(wanted)), {})
    rates = [exact(wanted)] * 14
    assert demand.failing(rates) == ()
    rates[1] -= exact("1e-12")
    assert demand.failing(rates) == (1,)


def test_ceiling(with_rules):
    demand = only(with_rules("id: eco, type: ceiling, below_target: 2 points, where: {group: 生态}"))
    assert demand.floors == {}
    assert demand.ceilings == dict.fromkeys((9, 10, 11), exact("0.15"))
    assert demand.failing([exact("0.16")] * 14) == (9, 10, 11)


def test_target_of_a_setting_is_the_target_of_the_rules(with_rules):
    demand = only(with_rules("id: f, type: floor, above_target: 1 point", settings=["target=15%"]))
    assert set(demand.floors.values()) == {exact("0.16")}


def test_peak(with_rules):
    demand = only(with_rules("id: peak, type: peak, where: [南宁, Liuzhou, '450100']"))
    assert demand.floors == {0: 1 - 1 / exact("1.32126"), 1: 1 - 1 / exact("1.26193")}


def test_column_floor_and_ratchet(with_rules):
    scenario = with_rules(
        "id: energy, type: column_floor, column: energy_cut",
        "id: last, type: ratchet, column: last_rate, at_least: 0.9, at_most: 1.25, where: [南宁, 柳州]",
    )
    energy, last = scenario.demands
    assert energy.floors == {n: Fraction(10 + n, 100) for n in range(14)}
    assert last.floors == {0: exact("0.144"), 1: exact("0.153")}
    assert last.ceilings == {0: exact("0.2"), 1: exact("0.2125")}


def test_order(with_rules):
    scenario = with_rules("id: order, type: order")
    demand = only(scenario)
    assert isinstance(demand, Pairs)
    assert demand.pairs
    regions = scenario.regions
    indicators = [i for c in scenario.file.criteria.values() for i in c.indicators.values()]
    for i in range(14):
        for j in range(14):
            better = [
                (regions.columns[x.column][i] - regions.columns[x.column][j]) * (1 if x.direction == "+" else -1)
                for x in indicators
            ]
            assert ((i, j) in demand.pairs) == (min(better) >= 0 and max(better) > 0)
    high, low = demand.pairs[0]
    rates = [exact("0.15")] * 14
    assert demand.failing(rates) == ()
    rates[low] += exact("0.01")
    assert high in demand.failing(rates)


def test_order_that_the_bounds_forbid_is_said(with_rules, rendered, guangxi_folder):
    pair = only(with_rules("id: order, type: order")).pairs[0]
    table = guangxi_folder / "regions.csv"
    rows = table.read_text("utf-8").splitlines()
    caps = ["25"] * 14
    floors = ["10"] * 14
    caps[pair[0]], floors[pair[1]] = "12", "13"
    ends = ["lower(%),upper(%)", *(f"{low},{high}" for low, high in zip(floors, caps, strict=True))]
    table.write_text("\n".join(map(",".join, zip(rows, ends, strict=True))) + "\n", "utf-8")
    scenario = load_scenario(guangxi_folder)
    assert pair not in only(scenario).pairs
    dropped = [finding for finding in rendered(scenario.notices) if finding.code == "order_dropped"]
    names = [scenario.regions.names[n] for n in pair]
    assert f"{names[0]} ≥ {names[1]}" in dropped[0].say("zh")


def test_budget(with_rules):
    demand = only(with_rules("id: cap, type: budget, limit: 6000, projects: 120.5, where: [柳州, 桂林]"))
    assert isinstance(demand, Budget)
    ends = {1: 3089 * exact("1.26193"), 2: 1386 * exact("1.29359")}
    assert demand.end_emissions == ends
    need = 1 - (6000 - exact("120.5")) / sum(ends.values())
    rates = [Fraction(0), need, need, *[Fraction(0)] * 11]
    assert demand.failing(rates) == ()
    rates[1] -= exact("1e-15")
    assert demand.failing(rates) == (1, 2)


def test_negotiated(with_rules):
    demand = only(with_rules("id: deal, type: negotiated, region: Qinzhou, rate: 12%"))
    assert demand.floors == demand.ceilings == {6: exact("0.12")}
    assert demand.failing([exact("0.125")] * 14) == (6,)


def test_project_leaves_before_the_split(with_rules, guangxi):
    scenario = with_rules(
        "id: steel, type: project, region: 防城港, emissions: 400, gdp: 50, gdp_end: 90",
        "id: cement, type: project, region: 贵港, emissions: 30.5",
    )
    assert scenario.demands == ()
    assert scenario.whole.emissions == guangxi.regions.emissions
    before, after = guangxi.regions, scenario.regions
    assert after.emissions[5] == before.emissions[5] - 400
    assert after.gdp[5] == before.gdp[5] - 50
    assert after.gdp[5] * after.growth[5] == pytest.approx(before.gdp[5] * before.growth[5] - 90, rel=Decimal("1e-20"))
    assert after.emissions[7] == before.emissions[7] - Decimal("30.5")
    assert (after.gdp[7], after.growth[7]) == (before.gdp[7], pytest.approx(before.growth[7], rel=Decimal("1e-20")))
    assert guangxi.whole is None


@pytest.mark.parametrize(
    ("where", "members"),
    [
        ("'tertiary_share > 45%'", {0}),
        ("'tertiary_share > 0.45'", {0}),
        ("{condition: growth<=1.27}", {1}),
        ("{group: 重工}", {1, 2, 5}),
        ("{regions: [南宁, 北海]}", {0, 4}),
        ("'gdp_per_capita >= 58869'", {1, 5}),
    ],
)
def test_whom_a_rule_is_for(with_rules, guangxi, where, members):
    scenario = with_rules(f"id: f, type: floor, rate: 12%, where: {where}")
    found = set(only(scenario).floors)
    if "group" in where or "regions" in where:
        assert found == members
    else:
        assert members <= found
        column = {"t": "tertiary_share", "g": "gdp_per_capita"}.get(where[1], "growth")
        values = guangxi.regions.columns.get(column, guangxi.regions.growth)
        limit = {"tertiary_share": 45, "gdp_per_capita": 58869, "growth": Decimal("1.27")}[column]
        assert found == {n for n, v in enumerate(values) if (v <= limit if column == "growth" else v >= limit)}


# -- what cannot be asked ------------------------------------------------------------------------------------------


def test_everything_wrong_at_once_each_with_its_rule_and_line(refused, with_rules, guangxi_folder):
    findings = refused(
        with_rules,
        "id: a, type: floor, rate: 18%, where: [南宁, 桂柳]",
        "id: b, type: floor, rate: 18%, where: {group: 平原}",
        "id: c, type: column_floor, column: tertiary_share, where: 'tertiary_share > 99%'",
        "id: d, type: negotiated, region: 钦州, rate: 9%",
        "id: e, type: negotiated, region: 钦州, rate: 12.3%",
        "id: f, type: ceiling, rate: 20%, where: 'tertiary_share > 50'",
        "id: g, type: ceiling, rate: 20%, where: 'about half'",
        "id: h, type: project, region: 北海, emissions: 90000",
        "id: i, type: project, region: 北海市区, emissions: 1",
    )
    found = [(finding.code.removesuffix("_meant"), finding.place.key) for finding in findings]
    assert sorted(found, key=lambda pair: pair[1]) == [
        ("unknown_region", "rules.a"),
        ("unknown_group", "rules.b"),
        ("condition_empty", "rules.c"),
        ("negotiated_bounds", "rules.d"),
        ("negotiated_grid", "rules.e"),
        ("condition_percent", "rules.f"),
        ("condition_form", "rules.g"),
        ("project_too_big", "rules.h"),
        ("unknown_region", "rules.i"),
    ]
    lines = (guangxi_folder / "scenario.yaml").read_text("utf-8").splitlines()
    for finding in findings:
        assert finding.place.file == "scenario.yaml"
        assert f"id: {finding.place.key[-1]}," in lines[finding.place.row - 1]
    bounds = next(finding for finding in findings if finding.code == "negotiated_bounds")
    assert "10" in bounds.say("zh")
    assert "25" in bounds.say("zh")
    groups = next(finding for finding in findings if finding.code == "unknown_group")
    assert "沿海" in groups.say("en")


def test_unknown_column(refused, with_rules):
    findings = refused(with_rules, "id: a, type: ratchet, column: last_years_rate, at_least: 0.9")
    assert "last_years_rate" in findings[0].say("en")


def test_unknown_column_of_a_condition(refused, with_rules):
    findings = refused(with_rules, "id: a, type: floor, rate: 12%, where: 'no_such_thing > 3'")
    assert "no_such_thing" in findings[0].say("en")


def test_a_rule_set_on_the_command_line_keeps_its_id(refused):
    rule = "{id: x, reason: {zh: a, en: b}, type: floor, rate: 12%, where: [nowhere]}"
    findings = refused(load_scenario, "guangxi-13fyp", [f"rules=[{rule}]"])
    assert [finding.place.key for finding in findings] == ["rules.x"]


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        (["publish.classes=15"], "too_many_classes"),
        (["publish.classes=5", "publish.grid=5 points"], "too_many_classes"),
        (["publish.classes=3", "publish.smallest_class=15"], "too_many_classes"),
        (["publish.classes={南宁: 1, 柳州: 2}"], "missing_regions"),
        (["publish.classes={南宁: 1, 柳城: 2}"], "unknown_region"),
    ],
)
def test_classes_that_cannot_be(refused, settings, code):
    findings = refused(load_scenario, "guangxi-13fyp", settings)
    assert code in {finding.code.removesuffix("_meant") for finding in findings}
    assert {finding.place.key for finding in findings} == {"publish.classes"}


def test_grid_levels_are_counted_within_the_bounds():
    # 10.2 to 10.8 points hold one level of half a point, not two
    settings = ["bounds={lower: 10.2%, upper: 10.8%}", "publish.classes=2"]
    with pytest.raises(InputError) as caught:
        load_scenario("guangxi-13fyp", settings)
    assert caught.value.findings[0].values["levels"] == 1
    load_scenario("guangxi-13fyp", ["bounds={lower: 10%, upper: 25%}", "publish.classes=4", "publish.grid=5 points"])


def test_the_bundled_cases_have_no_rules():
    for name in ("guangxi-13fyp", "zhejiang-13fyp"):
        assert load_scenario(find_scenario(name)).demands == ()


# -- on the limit, and a hair beyond -------------------------------------------------------------------------------


def test_a_negotiated_value_may_stand_on_either_bound():
    for region, rate in (("钦州", "10%"), ("钦州", "25%")):
        rule = f"rules=[{{id: x, type: negotiated, region: {region}, rate: {rate}, reason: x}}]"
        assert only(load_scenario("guangxi-13fyp", [rule])).floors == {6: exact(rate[:-1]) / 100}


@pytest.mark.parametrize(
    ("bounds", "code", "beside"),
    [
        ("{lower: 10%, upper: 25%}", "negotiated_grid", {"below": "12.0", "above": "12.5"}),
        ("{lower: 12%, upper: 12.5%}", "negotiated_grid", {"below": "12.0", "above": "12.5"}),
        ("{lower: 10%, upper: 12.4%}", "negotiated_grid_one", {"below": "12.0"}),
        ("{lower: 12.1%, upper: 25%}", "negotiated_grid_one", {"below": "12.5"}),
        ("{lower: 12.1%, upper: 12.4%}", "negotiated_grid", {"below": "12.0", "above": "12.5"}),
    ],
)
def test_a_negotiated_value_off_the_grid_is_told_those_beside_it(refused, bounds, code, beside):
    rule = "rules=[{id: x, type: negotiated, region: 钦州, rate: 12.3%, reason: x}]"
    found = refused(load_scenario, "guangxi-13fyp", [rule, f"bounds={bounds}", "publish.grid=0.5 points"])
    asked = next(finding for finding in found if finding.code.startswith("negotiated"))
    assert (asked.code, asked.values) == (code, {"found": "12.3", "grid": "0.5", **beside})


def test_every_project_is_looked_at(refused, with_rules):
    findings = refused(
        with_rules,
        "id: a, type: project, region: 北海市区, emissions: 1",
        "id: b, type: project, region: 北海, emissions: 90000",
        "id: c, type: project, region: 钦州, emissions: 90000",
    )
    assert [finding.place.key for finding in findings] == ["rules.a", "rules.b", "rules.c"]


def test_a_project_that_leaves_nothing_is_too_big(refused, with_rules, guangxi):
    whole = f"{guangxi.regions.emissions[4]:f}"
    (finding,) = refused(with_rules, f"id: b, type: project, region: 北海, emissions: {whole}")
    assert finding.code == "project_too_big"


@pytest.mark.parametrize(
    ("limit", "code"), [("1", "condition_empty"), ("1.5", "condition_percent"), ("100%", "condition_empty")]
)
def test_a_share_above_one_is_asked_about(refused, with_rules, limit, code):
    findings = refused(with_rules, f"id: f, type: ceiling, rate: 20%, where: 'tertiary_share > {limit}'")
    assert [finding.code for finding in findings] == [code]


@pytest.mark.parametrize(("sign", "members"), [(">", (2,)), ("<", (0,)), (">=", (1, 2)), ("<=", (0, 1)), ("==", (1,))])
def test_signs_of_conditions(sign, members):
    rule = f"rules=[{{id: f, type: floor, rate: 12%, reason: x, where: 'tertiary_share {sign} 45%'}}]"
    scenario = load_scenario("guangxi-13fyp", ["rules=[]"])
    asked = load_scenario("guangxi-13fyp", [rule.replace(sign, ">=")]).file.rules[0]
    assert asked.where.condition == "tertiary_share >= 45%"
    file = scenario.file.model_copy(
        update={"rules": [asked.model_copy(update={"where": Where(condition=f"tertiary_share {sign} 45%")})]}
    )
    rest = {">": 44, ">=": 44, "==": 44, "<": 46, "<=": 46}[sign]
    shares = tuple(map(Decimal, (44, 45, 46, *[rest] * 11)))
    regions = replace(scenario.regions, columns={**scenario.regions.columns, "tertiary_share": shares})
    (demand,) = demands(file, scenario.target, regions, Collector())
    assert tuple(demand.floors) == members


def test_a_column_that_a_table_has_not_is_named(guangxi):
    rules = [
        "{id: a, type: column_floor, column: tertiary_share, reason: x}",
        "{id: b, type: ratchet, column: tertiary_share, at_least: 0.9, reason: x}",
        "{id: c, type: floor, rate: 12%, where: 'tertiary_share > 1%', reason: x}",
        "{id: d, type: negotiated, region: 钦州, rate: 12%, reason: x}",
    ]
    scenario = load_scenario("guangxi-13fyp", [f"rules=[{', '.join(rules)}]"])
    bare, collector = replace(scenario.regions, columns={}), Collector()
    made = demands(scenario.file, scenario.target, bare, collector)
    assert [finding.code for finding in collector.findings] == ["rule_column"] * 3
    # a floor for nobody stays, to be refused with the rest; a rule that lacks its column is none
    assert [demand.id for demand in made] == ["c", "d"]
    unknown = replace(scenario.regions, names=("x",) * 14, names_en=("x",) * 14, ids=("0",) * 14)
    assert [demand.id for demand in demands(scenario.file, scenario.target, unknown, Collector())] == ["a", "b", "c"]


def ordered(change=None):
    """Return the demand and what is said of an order on Guangxi, its regions changed."""
    scenario = load_scenario("guangxi-13fyp", ["rules=[{id: o, type: order, reason: x}]"])
    collector, regions = Collector(), scenario.regions if change is None else change(scenario.regions)
    (demand,) = demands(scenario.file, scenario.target, regions, collector)
    return demand, collector.notices


def test_a_pair_whose_bounds_meet_is_kept():
    i, j = ordered()[0].pairs[0]

    def meeting(regions, low="0.12"):
        upper, lower = list(regions.upper), list(regions.lower)
        upper[i], lower[j] = Decimal("0.12"), Decimal(low)
        return replace(regions, upper=tuple(upper), lower=tuple(lower))

    assert (i, j) in ordered(meeting)[0].pairs
    assert (i, j) not in ordered(lambda regions: meeting(regions, "0.1200001"))[0].pairs


def test_regions_that_are_alike_are_said():
    def alike(regions):
        return replace(regions, columns={name: (v[0], v[0], *v[2:]) for name, v in regions.columns.items()})

    demand, said = ordered(alike)
    assert {(0, 1), (1, 0)} <= set(demand.pairs)
    (finding,) = [finding for finding in said if finding.code == "order_equal"]
    assert finding.say("zh").count("南宁 = 柳州") == 1
    assert not any(finding.code == "order_equal" for finding in ordered()[1])

    def apart(regions):
        bounds = {
            "upper": (Decimal("0.11"), *regions.upper[1:]),
            "lower": (regions.lower[0], Decimal("0.12"), *regions.lower[2:]),
        }
        return replace(alike(regions), **bounds)

    demand, said = ordered(apart)
    assert (0, 1) not in demand.pairs
    assert [finding.code for finding in said] == ["order_dropped"]


def test_classes_on_their_limit():
    for settings in (
        ["publish.classes=2", "publish.smallest_class=14"],
        ["publish.classes=14"],
        ["publish.classes=4", "publish.grid=5 points"],
    ):
        load_scenario("guangxi-13fyp", settings)
    with pytest.raises(InputError) as caught:
        load_scenario("guangxi-13fyp", ["publish.classes=2", "publish.smallest_class=15"])
    assert caught.value.findings[0].values == {"found": 2, "regions": 14, "levels": 31}


def test_classes_by_hand_for_every_region(guangxi):
    listed = ", ".join(f"{name}: {1 + n % 2}" for n, name in enumerate(guangxi.regions.names))
    assert len(load_scenario("guangxi-13fyp", [f"publish.classes={{{listed}}}"]).file.publish.classes) == 14
