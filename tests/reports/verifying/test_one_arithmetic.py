"""`verify` and the checker that stands alone say the same of any table: of the sum, bounds, grid, rules, protection."""

import random
from decimal import Decimal
from fractions import Fraction

import pytest

from allocator.planning.plan import plan
from reports.check_proof import Province, fall
from reports.verifying.verification import verify_rates
from scenarios.load import load_scenario

CASES = (
    ("guangxi-13fyp", ()),
    ("zhejiang-13fyp", ()),
    ("three-cities", ("growth_uncertainty=3%", "protect=2")),
    ("15fyp-energy/coal.yaml", ()),
)


@pytest.mark.parametrize(("case", "settings"), CASES)
def test_both_say_the_same_of_any_table(case, settings):
    made = plan(load_scenario(case, settings))
    asked = made.record.question.model_dump(mode="json")
    p, draw = Province(asked, asked["limits"]), random.Random(case)
    grid, said = Decimal(asked["grid"]), set()
    for _ in range(60):
        table = [rate + draw.choice((0, 0, 0, 1, -1, 4, -4)) * draw.choice((grid, grid / 2)) for rate in made.published]
        checks = {check.name: check.passed for check in verify_rates(made.scenario, table).checks}
        exact = [Fraction(rate) for rate in table]
        assert checks["bounds"] == all(a <= x <= b for a, x, b in zip(p.lower, exact, p.upper, strict=True))
        assert checks["grid"] == all((x / Fraction(grid)).denominator == 1 for x in exact)
        both = checks["backed"] and checks.get("total", True) and checks.get("reserve", True)
        assert both == (fall(p.amounts, p.gdp, p.growth, exact) >= p.asked)
        for name, rule in p.rules.items():
            key = "protection" if rule["kind"] == "protect" else f"rule {name}"
            assert checks[key] == p.keeps(rule, exact), key
            said.add((key, checks[key]))
        said.add(("backed", both))
    assert {("backed", True), ("backed", False)} <= said


def test_a_cap_asks_the_same_of_the_checker():
    # without and with a reserve that counts, with GDP of its own, and listed apart; loose and tight
    binds = set()
    for settings in (
        ["total.cap=30000"],
        ["total.cap=30000", "total.reserve=500"],
        ["total.cap=30000", "total.reserve=500", "total.reserve_gdp_end=100"],
        ["total.cap=30000", "total.reserve=500", "total.apart=项目单列"],
        ["total.cap=24000", "total.reserve=100"],
    ):
        scenario = load_scenario("guangxi-13fyp", settings)
        made = plan(scenario)
        asked = made.record.question.model_dump(mode="json")
        assert Province(asked, asked["limits"]).asked == scenario.baseline.asked
        binds.add(scenario.baseline.total_binds)
    assert binds == {True, False}
