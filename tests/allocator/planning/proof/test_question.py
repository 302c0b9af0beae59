"""The question in plan.json: every number that the answer depends on, exact, and sealed with the rest."""

import json
from fractions import Fraction

import pytest

from allocator.negotiating.negotiate import negotiate
from allocator.output.own_files import open_plan
from allocator.planning.plan import plan
from allocator.planning.proof.question import exact_text
from reports.publishing.recheck import disagreements
from scenarios.errors import InputError
from scenarios.load import load_scenario

ROWS = """\
id,name,emissions(万吨),gdp(亿元),growth,growth_margin,income
1,甲市,100.50,1000,1.2,0.05,3
2,乙市,200,800,1.3,,2
3,丙市,300,900,1.25,,1
"""
ASKED = """\
target: 17%
margin: 0.1 points
bounds: {lower: 10.3%, upper: 25%}
growth_uncertainty: 2%
protect: 1
rules:
  - {id: near, type: gap, at_most: 6.5 points, reason: {zh: 近, en: near}}
  - {id: low, type: floor, rate: 12%, where: {regions: [丙市]}, reason: {zh: 低, en: low}}
  - {id: all, type: budget, limit: 750, projects: 1.5, reason: {zh: 总, en: all}}
  - {id: first, type: order, reason: {zh: 序, en: order}}
"""


@pytest.fixture
def made(three):
    return plan(three(ROWS, ASKED))


def test_everything_asked_stands_in_exact_numbers(made):
    asked = made.record.question
    assert (asked.target, asked.margin, asked.grid) == ("0.17", "0.001", "0.01")
    assert asked.relative
    assert not asked.exceed  # protection may ask for more anyway
    assert asked.emissions == ("100.50", "200", "300")
    assert asked.half_widths == ("0.05", "0.026", "0.025")  # 2 % of 1.3 and 1.25
    assert asked.limits.lower == ("0.103",) * 3
    near, low, limit, first, protect = asked.limits.rules
    assert (near.kind, near.members, near.limit) == ("span", (0, 1, 2), "0.065")
    assert (low.kind, low.floors, low.ceilings) == ("between", {2: "0.12"}, {})
    assert (limit.kind, limit.members, limit.projects, limit.limit) == ("budget", (0, 1, 2), "1.5", "750")
    assert (first.kind, first.pairs) == ("pairs", ((0, 1), (1, 2)))  # the first not below the third follows
    assert (protect.kind, protect.regions) == ("protect", "1")


def test_what_rates_are_computed_within_is_what_the_grid_leaves(made):
    within = made.record.question.within
    assert within.lower == ("0.11",) * 3  # of 10.3 % on a grid of a point
    assert within.upper == ("0.25",) * 3
    assert within.rules[0].limit == "0.06"


def test_nothing_is_said_twice_where_the_grid_moves_nothing():
    assert plan(load_scenario("guangxi-13fyp")).record.question.within is None


def test_of_a_level_there_are_no_growth_and_gdp():
    asked = plan(load_scenario("15fyp-energy/coal.yaml")).record.question
    assert asked.gdp is None
    assert asked.growth is None


def test_an_incentive_target_is_asked_as_well():
    record = plan(load_scenario("guangxi-13fyp", ["incentive.target=18%", "incentive.step=0.5 points"])).record
    second = record.question.incentive
    assert (second.target, set(second.steps)) == ("0.18", {"0.005"})
    assert set(map(float, second.upper)) == {0.25}


def test_held_regions_are_computed_as_before_and_printed_as_before():

    outcome = negotiate(load_scenario("guangxi-13fyp"), ["钦州=16%"], absorb="南宁,柳州,桂林").plan
    asked = outcome.record.question
    held, printed = (next(rule for rule in part.rules if rule.id == "hold") for part in (asked.within, asked.limits))
    at = next(iter(held.floors))
    assert held.floors[at] == repr(outcome.record.regions[at].rate)
    assert float(printed.floors[at]) == outcome.record.regions[at].published_rate
    assert asked.order[at] == printed.floors[at]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(17, 100), "0.17"), (Fraction(-3, 8), "-0.375"), (Fraction(1, 3), "1/3"), (Fraction(0), "0"),
        (Fraction(12), "12"), (0.1, "0.1"),
    ],
)  # fmt: skip
def test_a_number_comes_back_from_its_text(value, text):
    assert exact_text(value) == text
    assert Fraction(exact_text(value)) == Fraction(repr(value) if isinstance(value, float) else value)


def test_a_question_that_is_not_that_of_its_regions_is_refused(made):
    asked = made.record.question
    for key, column in (("emissions", asked.emissions), ("references", asked.references)):
        changed = asked.model_copy(update={key: (column[0], "0.19", column[2])})
        (odd,) = disagreements(made.record.model_copy(update={"question": changed}))
        assert (odd.key, odd.found) == (f"question.{key}[1]", "0.19")
    short = asked.model_copy(update={"growth": asked.growth[:2]})
    assert [odd.key for odd in disagreements(made.record.model_copy(update={"question": short}))] == [
        "question.growth[0]"
    ]


def test_the_seal_covers_the_question(made, tmp_path):
    content = json.loads(made.record.to_json())
    content["question"]["limits"]["rules"][0]["limit"] = "0.07"
    (tmp_path / "plan.json").write_text(json.dumps(content), "utf-8")
    with pytest.raises(InputError) as refused:
        open_plan(tmp_path / "plan.json")
    assert "question.limits" in str(refused.value)


def test_a_plan_without_a_question_is_still_read(made, tmp_path):
    old = made.record.model_copy(update={"question": None})
    (tmp_path / "plan.json").write_text(old.to_json(), "utf-8")
    assert open_plan(tmp_path / "plan.json").record.question is None
