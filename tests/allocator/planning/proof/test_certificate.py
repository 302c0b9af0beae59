"""Certificates of plans: found with every kind of rule, accepted by the checker, and never a failed plan."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from allocator.negotiating.negotiate import negotiate
from allocator.planning.plan import plan
from allocator.planning.proof import certificate
from allocator.planning.proof.certificate import asked_problem, proved
from allocator.planning.proof.question import question_record
from allocator.planning.reference import target
from allocator.planning.rules import effort
from reports import check_proof
from scenarios.load import load_scenario
from solvers.problem import SolverFailure

ROWS = """\
id,name,emissions(万吨),gdp(亿元),growth,income
1,甲市,900,1500,1.41,9
2,乙市,2100,1700,1.36,4
3,丙市,1300,700,1.48,6
4,丁市,400,900,1.33,1
5,戊市,3100,1600,1.29,7
6,己市,700,400,1.52,3
"""
WHY = "reason: {zh: 因, en: why}"
BASIC = "target: 17%\nbounds: {lower: 10%, upper: 30%}\n"
RULES = {
    "none": "",
    "gap": f"rules: [{{id: a, type: gap, at_most: 3 points, {WHY}}}]",
    "two gaps": f"""rules:
  - {{id: a, type: gap, at_most: 2.5 points, where: {{regions: [甲市, 乙市, 丙市]}}, {WHY}}}
  - {{id: b, type: gap, at_most: 4 points, {WHY}}}""",
    "floor and ceiling": f"""rules:
  - {{id: a, type: floor, rate: 16%, where: {{regions: [丁市]}}, {WHY}}}
  - {{id: b, type: ceiling, rate: 15%, where: {{regions: [戊市]}}, {WHY}}}""",
    "budget": f"rules: [{{id: a, type: budget, limit: 4180, where: {{regions: [乙市, 丙市]}}, {WHY}}}]",
    "order": f"""rules:
  - {{id: a, type: order, {WHY}}}
  - {{id: b, type: ceiling, rate: 19%, where: {{regions: [甲市]}}, {WHY}}}""",
    "negotiated": f"rules: [{{id: a, type: negotiated, region: 甲市, rate: 16%, {WHY}}}]",
    "protected": "growth_uncertainty: 3%\nprotect: 2",
    "all protected": "growth_uncertainty: 3%\nprotect: all",
    "more than the target": f"rules: [{{id: a, type: floor, rate: 19%, {WHY}}}]\nexceed: allow",
    "much more than the target": f"""exceed: allow
rules:
  - {{id: a, type: floor, rate: 24%, where: {{regions: [乙市, 戊市]}}, {WHY}}}
  - {{id: b, type: gap, at_most: 5 points, {WHY}}}""",
    "all at once": f"""growth_uncertainty: 2%
protect: 1
rules:
  - {{id: a, type: gap, at_most: 5 points, {WHY}}}
  - {{id: b, type: floor, rate: 16%, where: {{regions: [丁市]}}, {WHY}}}
  - {{id: c, type: budget, limit: 4180, where: {{regions: [乙市, 丙市]}}, {WHY}}}""",
}


def judged(made):
    """Return what the checker says of a plan and its proof, as they are written."""
    sealed = made.record.sealed()
    texts = sealed.as_json(), made.proof.record(sealed.own_seal.whole).to_json()
    return check_proof.check(*map(json.loads, texts))


@pytest.mark.parametrize("deviation", ["relative", "absolute"])
@pytest.mark.parametrize("rules", RULES)
def test_a_plan_under_rules_of_every_kind_is_proved(rules, deviation, three):
    scenario = three(ROWS, f"{BASIC}{RULES[rules]}\n")
    file = scenario.file.model_copy(
        update={"reference": scenario.file.reference.model_copy(update={"deviation": deviation})}
    )
    made = plan(replace(scenario, file=file))
    assert made.proof.why == ""
    assert any(en.startswith("optimum: ") for _, en in judged(made))


def test_computed_rates_are_exact_to_their_last_digit():
    made = plan(load_scenario("guangxi-13fyp"))
    problem = asked_problem(made.record.question)
    rates = [Fraction(rate) for rate in made.split.rates]
    # one multiplier of deviation relative to the reference: mu = (T - Σ w ref)/Σ w ref, but for bounds, which are idle
    reached = sum(w * ref for w, ref in zip(problem.weights, problem.references, strict=True))
    mu = (problem.total - reached) / reached
    assert [float(ref + mu * ref) for ref in problem.references] == [float(rate) for rate in rates]


def test_held_regions_are_part_of_the_proof():
    made = negotiate(load_scenario("guangxi-13fyp"), ["钦州=16%"], absorb="南宁,柳州,桂林").plan
    assert made.proof.why == ""
    judged(made)


def test_where_a_second_table_needs_room_under_rules_there_is_no_proof_and_it_is_said(three):
    rule = f"rules: [{{id: a, type: gap, at_most: 5 points, {WHY}}}]\n"
    made = plan(three(ROWS, f"{BASIC}incentive: {{target: 18%, step: 1 point}}\n{rule}"))
    assert made.proof.why == "room"
    sealed = made.record.sealed()
    record = made.proof.record(sealed.own_seal.whole)
    assert record.answer is None
    assert "beyond what is proved" in record.none.en
    with pytest.raises(check_proof.Refused, match="table and link hold"):
        judged(made)


def test_an_incentive_table_without_rules_is_checked_beside_the_basic_one(three):
    made = plan(three(ROWS, f"{BASIC}incentive: {{target: 18%, step: 1 point}}\n"))
    assert any(en.startswith("incentive table") for _, en in judged(made))


@pytest.mark.parametrize("failure", [SolverFailure("so"), ZeroDivisionError(), check_proof.Refused("否", "no")])
def test_a_search_that_fails_never_fails_a_plan(failure, three, monkeypatch):
    def fail(*_):
        raise failure

    monkeypatch.setattr(certificate, "staged_certificate", fail)
    made = plan(three(ROWS, f"{BASIC}{RULES['gap']}\n"))
    assert made.proof.why == "not_found"
    assert made.verification.passed


def test_a_certificate_that_does_not_hold_is_not_kept(three, monkeypatch):
    true = certificate.closed_certificate

    def wrong(problem, rates):
        found, exact = true(problem, rates)
        return found, (exact[0] + Fraction(1, 10**9), *exact[1:])

    monkeypatch.setattr(certificate, "closed_certificate", wrong)
    made = plan(three(ROWS, BASIC))
    assert made.proof.why == ""  # the other way finds one
    judged(made)


def test_wrong_rates_have_no_proof(three):
    scenario = three(ROWS, f"{BASIC}{RULES['gap']}\n")
    made = plan(scenario)
    targeting = target(scenario)
    rates = made.split.rates.copy()
    rates[0] += 0.001
    found = proved(scenario, targeting, rates, question_record(scenario, targeting), effort(scenario))
    assert found.rates is None or found.rates == tuple(made.split.rates)


def test_without_rules_the_rates_it_begins_with_need_only_be_near(three):
    scenario = three(ROWS, BASIC)
    made, targeting = plan(scenario), target(scenario)
    asked = question_record(scenario, targeting)
    found = proved(scenario, targeting, targeting.problem.reference, asked, effort(scenario))
    assert found.rates == tuple(made.split.rates)
