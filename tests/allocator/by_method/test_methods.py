"""Every method on two provinces against figures computed apart, by key."""

from dataclasses import replace

import numpy as np
import pytest

from allocator.by_method.known import people
from allocator.by_method.lines import Lines
from allocator.by_method.methods import methods, question
from allocator.by_method.pairs import PAIRS, Pair
from allocator.by_method.splits import split_of
from allocator.planning.reference import target
from reports.by_method.measures import Places, gini_head, high_intensity, kakwani, loss2, objections
from scenarios.load import load_scenario
from solvers.closed.waterfill import waterfill
from solvers.leximin import leximin
from solvers.objectives.envelope import efficiency
from solvers.objectives.gini import even_under_rules, least_gini
from solvers.objectives.nash import nash_under_rules
from solvers.rows.catalogue import within_span
from tests.allocator.by_method.check_figures import ASKED, FIGURES, RATES, SPLITS

CASES = ("guangxi", "zhejiang")


@pytest.fixture(scope="module")
def asked():
    """Return what all methods are asked, by case."""
    found = {}
    for case in CASES:
        scenario = load_scenario(f"{case}-13fyp")
        found[case] = question(scenario, target(scenario), people(scenario))
    return found


def pair_of(one, key):
    method, more = ASKED[key]
    if method == "plan":
        problem = one.targeting.problem
        return method, Pair(problem.reference, problem.scale, lambda mu: mu)
    return method, PAIRS[method](replace(one.facts, **more))


@pytest.mark.parametrize(("case", "key"), RATES)
def test_rates_at_every_stage_are_those_computed_apart(asked, case, key):
    method, pair = pair_of(asked[case], key)
    found = split_of(asked[case], method, pair)
    unbounded, bounded, printed = RATES[case, key]
    assert found.unbounded * 100 == pytest.approx(unbounded, abs=5e-4)
    assert found.bounded * 100 == pytest.approx(bounded, abs=5e-5)
    assert [float(rate) * 100 for rate in found.published] == pytest.approx(printed, abs=1e-9)


@pytest.mark.parametrize(("case", "key"), SPLITS)
def test_what_became_of_the_formula(asked, case, key):
    method, pair = pair_of(asked[case], key)
    line = Lines(asked[case]).record(method, split_of(asked[case], method, pair))
    implied, above, lower, upper, moved = SPLITS[case, key]
    assert line.implied_reduction * 100 == pytest.approx(implied, abs=5e-5)
    assert line.overshoot_10kt == pytest.approx(above, abs=2e-3)
    assert (line.moved.at_lower, line.moved.at_upper) == (lower, upper)
    assert line.moved.bounds_points == pytest.approx(moved, abs=2e-4)
    assert line.backed
    assert line.kept


@pytest.mark.parametrize(("case", "key"), FIGURES)
def test_figures_of_what_is_printed(asked, case, key):
    one = asked[case]
    places = Places(one.facts.emissions, one.facts.gdp, one.facts.growth, one.facts.people)
    if key == "published":
        table = next(m for m in methods(one.scenario).methods if m.key == "published")
        percents = [rate * 100 for rate in table.published]
    else:
        percents = RATES[case, key][2]
    rates = np.array(percents) / 100
    gini, progressive, pairs, high, lost = FIGURES[case, key]
    even = high_intensity(places, np.ones(len(rates)))
    assert gini_head(places, rates) == pytest.approx(gini, abs=6e-7)
    assert kakwani(places, rates) == pytest.approx(progressive, abs=6e-7)
    assert objections(places, [round(rate * 2) for rate in percents]) == pairs
    assert (high_intensity(places, rates) - even) * 100 == pytest.approx(high, abs=6e-5)
    assert loss2(places, rates) * 100 == pytest.approx(lost, abs=6e-7)


@pytest.mark.parametrize("case", CASES)
def test_a_method_is_the_leximin_split_to_its_pair(asked, case):
    for key in RATES:
        if key[0] == case:
            _, pair = pair_of(asked[case], key[1])
            problem = replace(asked[case].problem, reference=pair.reference, scale=pair.scale)
            assert leximin(problem).rates == pytest.approx(waterfill(problem).rates, abs=1e-12)


@pytest.mark.parametrize(
    ("case", "by", "least"),
    [
        ("guangxi", "head", 0.1960055469), ("guangxi", "gdp", 0.2048717223),
        ("zhejiang", "head", 0.1719594822), ("zhejiang", "gdp", 0.0679374259),
    ],
)  # fmt: skip
def test_with_bounds_alone_the_least_gini_is_that_of_even_burdens(asked, case, by, least):
    facts, problem = asked[case].facts, asked[case].problem
    measure = facts.people if by == "head" else facts.gdp * facts.growth
    pair = PAIRS[f"even-burden-{by}"](facts)
    rates = waterfill(replace(problem, reference=pair.reference, scale=pair.scale)).rates
    assert least_gini(problem, measure / measure.sum())[0] == pytest.approx(least, abs=1e-10)
    places = Places(facts.emissions, facts.gdp, facts.growth, measure)
    assert gini_head(places, rates) == pytest.approx(least, abs=1e-10)


def test_with_a_gap_of_eight_points_the_least_gini_is_another_split(asked):
    facts, problem = asked["guangxi"].facts, asked["guangxi"].problem
    gap, shares = within_span("gap", range(14), 0.08), facts.people / facts.people.sum()
    pair = PAIRS["even-burden-head"](facts)
    problem = replace(problem, reference=pair.reference, scale=pair.scale)
    places = Places(facts.emissions, facts.gdp, facts.growth, facts.people)
    nearest, least = leximin(problem, (gap,)).rates, even_under_rules(problem, shares, (gap,)).rates
    assert gini_head(places, nearest) == pytest.approx(0.299317, abs=5e-7)
    assert gini_head(places, least) == pytest.approx(0.238918, abs=5e-7)
    assert np.abs(nearest - least).max() * 100 == pytest.approx(4.8, abs=0.05)


def test_tangents_find_the_nash_split_and_leximin_under_a_rule_does_not(asked):
    facts, problem = asked["guangxi"].facts, asked["guangxi"].problem
    pair = PAIRS["nash"](facts)
    exact = waterfill(replace(problem, reference=pair.reference, scale=pair.scale)).rates
    even = np.full(14, 1 / 14)
    assert nash_under_rules(problem, even, ()).rates == pytest.approx(exact, abs=3e-5)
    gap = within_span("gap", range(14), 0.08)
    found = nash_under_rules(problem, even, (gap,)).rates
    nearest = leximin(replace(problem, reference=pair.reference, scale=pair.scale), (gap,)).rates
    assert np.ptp(found) <= 0.08 + 1e-9
    assert 0.7 < np.abs(found - nearest).max() * 100 < 1.4
    worth = [np.log(problem.upper - rates).sum() for rates in (found, nearest)]
    assert worth[0] > worth[1] + 1e-6


@pytest.mark.parametrize("case", CASES)
def test_all_are_efficient_after_the_closed_form(asked, case):
    facts = asked[case].facts
    outputs = np.column_stack([facts.gdp * facts.growth, facts.people])
    pair = PAIRS["zsg-dea"](replace(facts, theta=1.0))
    left = facts.ends * (1 - pair.reference)
    assert left.sum() == pytest.approx(facts.tonnes, rel=1e-12)
    assert efficiency(facts.ends, outputs).min() < 0.5
    assert efficiency(left, outputs).min() == pytest.approx(1.0, abs=1e-7)


def test_every_split_that_backs_leaves_the_province_the_same(asked):
    facts = asked["guangxi"].facts
    for made in PAIRS.values():
        rates = made(facts).unbounded(facts.problem)
        assert (facts.ends * (1 - rates)).sum() == pytest.approx(facts.tonnes, rel=1e-12)
