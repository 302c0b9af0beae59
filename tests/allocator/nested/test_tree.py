"""A province with the counties of its cities below it: figures by key, top-down, refusal, folding."""

from decimal import Decimal
from fractions import Fraction as F

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.nested.files import tables_of
from allocator.nested.folded import reach_of
from allocator.nested.planned import NoTree, plan_tree
from allocator.output.own_files import open_plan
from reports.nested.sentences import tree_csv
from scenarios.load import load_scenario
from scenarios.nested.children import children_of
from tests.allocator.nested.province_case import CITIES, COUNTIES, HEAD, NODES, PROVINCE, written

OWN = "below: {regions: counties.csv, scores: own}\n"


def long_table(counties=COUNTIES, head=HEAD):
    """Return the table of the counties of all cities."""
    return "\n".join((f"上级,{head}", *(f"{city},{row}" for city, rows in counties.items() for row in rows), ""))


def folder(home, more=OWN, counties=COUNTIES):
    """Write the province with its counties, and return its folder."""
    made = written(home, CITIES.values(), more)
    (made / "counties.csv").write_text(long_table(counties), "utf-8")
    return made


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return folder(tmp_path_factory.mktemp("tree") / "province")


@pytest.fixture(scope="module")
def tree(home):
    return plan_tree(load_scenario(home))


def rates(tree):
    """Return the printed rates, cities first, per cent."""
    return [[float(r * 100) for r in tree.root.published]] + [
        [float(r * 100) for r in node.verification.rates] for node in tree.nodes
    ]


def test_the_province_by_its_counties_is_the_independent_one(tree):
    leaves, own = tree.leaves, tree.root.verification
    found = {
        "target": own.target,
        "sigma_cities": own.sigma,
        "sigma_counties": leaves.sigma,
        "within": leaves.sigma - own.sigma,
        "uniform_cities": own.uniform_rate,
        "uniform_counties": leaves.uniform,
        "implied": own.implied_reduction,
        "point_10kt": own.point_worth,
        "implied_by_counties": leaves.implied,
        "implied_if_handed_on_unchanged": leaves.unchanged,
    }
    assert found == PROVINCE


def test_every_city_and_county_is_the_independent_one(tree):
    weights = tree.root.scenario.baseline.exact_coefficients
    for n, (name, figures) in enumerate(NODES.items()):
        region = tree.root.record.regions[n]
        assert weights[n] == figures["A"], name
        assert region.rate == pytest.approx(float(figures["rate"]), abs=1e-12)
        assert F(tree.root.published[n]) == figures["published"]
    for node, below in zip(tree.nodes, tree.root.record.below, strict=True):
        figures, v = NODES[below.name], node.verification
        found = (v.sigma, v.uniform_rate, v.implied_reduction)
        assert found == (figures["sigma"], figures["uniform_need"], figures["implied"])
        assert below.unchanged == pytest.approx(float(figures["handed_on_unchanged"]), abs=1e-12)
        assert reach_of(tree.children, node.position) == figures["reach"]
        rows = zip(node.plan.record.regions, node.scenario.baseline.exact_coefficients, v.rates, strict=True)
        for (county, alpha, rate), (name, expected) in zip(rows, figures["counties"].items(), strict=True):
            assert (county.name, alpha, F(rate)) == (name, expected[0], expected[3])
            assert county.reference_rate == pytest.approx(float(expected[1]), abs=1e-12)
            assert county.rate == pytest.approx(float(expected[2]), abs=1e-12)


def test_the_nested_identity_holds_exactly(tree):
    weights, leaves, own = tree.root.scenario.baseline.exact_coefficients, tree.leaves, tree.root.verification
    below = {node.position: node.verification for node in tree.nodes}
    assert leaves.sigma == own.sigma + sum(weights[n] * v.sigma for n, v in below.items())
    # the leaves in one table: a = A α, and the same implied reduction
    frozen = {n: node.scenario.baseline.exact_coefficients for n, node in zip(below, tree.nodes, strict=True)}
    whole = sum(weights[n] * a * F(r) for n, v in below.items() for a, r in zip(frozen[n], v.rates, strict=True))
    assert whole + weights[3] * F(own.rates[3]) - leaves.sigma == leaves.implied
    assert leaves.over_of_leaves == sum(weights[n] * v.overshoot for n, v in below.items())


def test_the_record_says_the_level_below(tree):
    record = tree.root.record
    first, whole = record.below[1], record.tree
    assert (first.id, first.name, first.plan, first.members) == ("990200", "乙市", "below/990200/plan.json", 4)
    assert (first.asked, first.printed, first.verdict) == (0.2, 0.2, "backed")
    assert [round(first.sigma, 7), round(first.uniform_rate, 7), round(first.implied, 7)] == [
        0.0862780,
        0.2635403,
        0.2017291,
    ]
    assert [round(x, 7) for x in whole.overshoot_points] == [0.1301299, 0.1393506]
    assert round(sum(whole.overshoot_10kt), 2) == 20.75
    assert round(whole.unchanged_10kt, 2) == -118.64
    assert (whole.not_backed, whole.verdict) == ((), "backed")


TOGETHER = "scores=together"


@pytest.mark.parametrize(
    ("more", "counties", "implied"),
    [
        ((TOGETHER,), [[16, 15.5, 13.5], [24, 27.5, 25.5, 23.5], [10.5, 11]], 18.2411),
        (("pass=computed",), [[13, 18, 11.5], [24, 27.5, 24.5, 21.5], [11, 11]], 18.1334),
        (("margin=0.5 points",), [[13.5, 18, 12.5], [25, 28, 25.5, 22.5], [11.5, 11.5]], 18.6716),
    ],
)
def test_scores_together_what_is_passed_on_and_reserves(home, more, counties, implied):
    made = plan_tree(load_scenario(home, [f"below.{one}" for one in more]))
    assert rates(made)[1:] == counties
    assert float(made.leaves.implied) * 100 == pytest.approx(implied, abs=5e-5)


def test_scored_together_all_leaves_share_one_slope(home):
    made = plan_tree(load_scenario(home, [f"below.{TOGETHER}"]))
    for node in made.nodes:
        of = [(r.score, r.reference_rate) for r in node.plan.record.regions]
        slope = (of[0][1] - of[1][1]) / (of[0][0] - of[1][0])
        assert slope == pytest.approx(0.110555, abs=5e-7)
        assert node.plan.record.whatif is None  # a page would score them among themselves
    implied = [float(node.verification.implied_reduction) * 100 for node in made.nodes]
    assert implied == pytest.approx([18.0922, 20.1392, 13.5982], abs=5e-5)


def test_a_reserve_of_the_province_or_of_both_levels(home):
    province = plan_tree(load_scenario(home, ["margin=0.5 points"]))
    assert rates(province)[0] == [18.5, 20.5, 14, 14]
    assert float(province.root.verification.implied_reduction) * 100 == pytest.approx(18.6299, abs=5e-5)
    assert float(province.leaves.implied) * 100 == pytest.approx(18.6898, abs=5e-5)
    both = plan_tree(load_scenario(home, ["margin=0.5 points", "below.margin=0.5 points"]))
    assert float(both.leaves.implied) * 100 == pytest.approx(19.1893, abs=5e-5)


@pytest.mark.parametrize(("grid", "points"), [("0.1", 0.0229), ("0.5", 0.1394), ("1", 0.2715)])
def test_a_finer_grid_below_costs_less(home, grid, points):
    made = plan_tree(load_scenario(home, [f"below.publish.grid={grid} points"]))
    assert made.root.record.tree.overshoot_points[1] == pytest.approx(points, abs=5e-5)


def test_what_the_city_keeps_is_said(home, tmp_path):
    done = run("plan", home, tmp_path / "out", "below.pass=computed")
    assert done.exit_code == 0
    said = "市级承担：乙市的各县按测算值 19.5901% 分解，合计 19.7747%，比公布的 20% 少 0.2253 个百分点"
    assert said in done.stdout


def run(command, home, out, *settings, lang="zh"):
    """Run a command on the province and return what came of it."""
    given = [word for one in settings for word in ("--set", one)]
    return CliRunner().invoke(app, [command, str(home), "--out", str(out), "--lang", lang, *given])


@pytest.mark.parametrize(
    ("upper", "bound", "computed", "printed", "implied", "counties"),
    [
        (28, 21.5, (18.0754, 19.5901, 13.6695, 13.5901), [18, 20, 13.5, 13.5], 18.1301, [24.5, 28, 24.5, 21.5]),
        (26, 19.5, (18.1565, 19.5, 13.7308, 13.6510), [18.5, 19.5, 13.5, 13.5], 18.0870, [26, 26, 26, 24.5]),
        (25, 18.5, (19.0565, 18.5, 14.4115, 14.3277), [19.5, 18.5, 14.5, 14.5], 18.1815, [25, 25, 25, 25]),
        (24, 17, (20.4065, 17, 15.4324, 15.3428), [20.5, 17, 15.5, 15.5], 18.0497, [23.5, 24, 23.5, 20.5]),
    ],
)
def test_folded_the_province_is_bound_by_what_counties_can_reach(
    home, tmp_path, upper, bound, computed, printed, implied, counties
):
    rows = [f"{row},{upper}%" if city == "乙市" else f"{row},28%" for city in COUNTIES for row in COUNTIES[city]]
    made = {city: rows[:3] if city == "甲市" else rows[3:7] if city == "乙市" else rows[7:] for city in COUNTIES}
    own = folder(tmp_path / "p", "below: {regions: counties.csv, scores: own, fold: true}\n")
    (own / "counties.csv").write_text(long_table(made, f"{HEAD},upper"), "utf-8")
    found = plan_tree(load_scenario(own))
    assert rates(found)[0] == printed
    assert [r.rate * 100 for r in found.root.record.regions] == pytest.approx(list(computed), abs=5e-5)
    assert float(found.root.verification.implied_reduction) * 100 == pytest.approx(implied, abs=5e-5)
    assert rates(found)[2] == counties
    high = reach_of(found.children, 1)[1]
    assert high // F(1, 200) * F(1, 200) == F(Decimal(str(bound))) / 100


def test_a_city_that_cannot_is_refused_with_what_folding_would_do(home, tmp_path):
    done = run("plan", home, tmp_path / "out", "below.bounds.upper=26%")
    assert done.exit_code == 3
    for said in (
        "1 个地区的各县做不到下达的下降率",
        "〔乙市，下达 20%〕",
        "缺 0.39 个百分点（13.4 万吨）",
        "取整前各地区上限都提高 0.36 个百分点",
        "全省为：甲市 18.5%、乙市 19.5%、丙市 13.5%、丁县 13.5%",
        "其他地区因此变动：甲市 +0.50、乙市 −0.50",
    ):
        assert said in done.stderr
    assert not (tmp_path / "out" / "plan.json").exists()


def test_every_city_that_cannot_is_said_and_not_the_first(home, tmp_path):
    done = run("plan", home, tmp_path / "out", "below.bounds.lower=14%", "below.bounds.upper=24%", lang="en")
    assert done.exit_code == 3
    assert [name in done.stderr for name in ("[甲市", "[乙市", "[丙市")] == [False, True, True]
    with pytest.raises(NoTree) as none:
        plan_tree(load_scenario(home, ["below.bounds.lower=14%", "below.bounds.upper=24%"]))
    assert [each.name for each in none.value.failed] == ["乙市", "丙市"]


def test_at_the_low_end_the_same_is_said(home):
    children = children_of(load_scenario(home))
    low = reach_of(children, 0)[0]
    assert float(low) * 100 == pytest.approx(11.2624, abs=5e-5)


def test_written_each_city_has_a_plan_that_rests_on_the_table_above(home, tmp_path):
    assert run("plan", home, tmp_path / "out").exit_code == 0
    root = open_plan(tmp_path / "out").record
    for below in root.below:
        made = open_plan(tmp_path / "out" / below.plan)
        assert made.digest == below.digest
        assert (made.record.above.region, made.record.above.rate) == (below.name, below.asked)
        assert (tmp_path / "out" / below.plan).with_name("allocation.xlsx").is_file()
    assert len({open_plan(tmp_path / "out" / b.plan).record.above.digest for b in root.below}) == 1
    table = (tmp_path / "out" / "tree.csv").read_text("utf-8-sig").splitlines()
    assert table[0] == "上级,代码,地区,下降率（%）"
    assert table[1:6] == ["全省,990100,甲市,18", "全省,990200,乙市,20", "全省,990300,丙市,13.5",
                          "全省,999001,丁县,13.5", "甲市,990101,甲一区,13"]  # fmt: skip
    # the same again, then without the level below: nothing of the older tree stays
    assert run("plan", home, tmp_path / "out").exit_code == 0
    alone = written(tmp_path / "alone", CITIES.values())
    assert run("plan", alone, tmp_path / "out").exit_code == 0
    assert not (tmp_path / "out" / "below").exists()
    assert not (tmp_path / "out" / "tree.csv").exists()


def test_one_county_takes_the_whole_rate_of_its_city(tmp_path):
    one = {**COUNTIES, "丁县": ("999001,丁县本级,200,100,1.40,45000",)}
    made = plan_tree(load_scenario(folder(tmp_path / "p", counties=one)))
    last = made.nodes[-1]
    assert (last.plan, [float(r) for r in last.verification.rates], last.verification.sigma) == (None, [0.135], 0)
    assert made.root.record.below[-1].plan is None
    assert tree_csv(made.root.record, tables_of(made), "zh").endswith("丁县,999001,丁县本级,13.5\n")
    assert made.leaves.implied == PROVINCE["implied_by_counties"]
