"""What each kind of demand says of rates: who breaks it, whom it holds, and what it becomes. Figures by hand."""

from fractions import Fraction
from types import MappingProxyType

import pytest

from scenarios.rules.kinds import TIGHT, Between, Budget, Demand, Held, Implied, Negotiated, Pairs, Span
from scenarios.schema_types import Words

WHY = Words(zh="理由", en="why")
GRID = Fraction(1, 200)  # 0.5 points
HAIR = Fraction(1, 10**30)


def per_cents(*values):
    return tuple(Fraction(value) / 100 for value in values)


class Silent(Demand):
    """A demand that says nothing beyond what every one must."""

    def failing(self, rates):
        return ()


def test_a_demand_that_says_nothing_holds_nobody():
    silent = Silent("s", WHY)
    assert (silent.holds, silent.basic_only, silent.judged, silent.in_emissions, silent.lower_breaks) == (
        "rule", False, True, False, False,
    )  # fmt: skip
    assert silent.blamed((2, 1)) == (2, 1)
    assert silent.tight([0.1]) == set()
    assert silent.limits() == ({}, {})
    assert silent.kept() == {}
    assert silent.order() == ()
    assert not silent.amounts_to_bounds(order_folds=True)
    assert silent.on_grid(GRID, {0}, up=True) is silent
    assert silent.eased(Fraction(1)) is None
    assert silent.ahead([0.1], [Fraction(1)], GRID) is None


@pytest.fixture
def between():
    """Two floors and two ceilings; the third region has both, 17 and 18 %."""
    floors, ceilings = {0: Fraction("0.112"), 2: Fraction("0.17")}, {1: Fraction("0.204"), 2: Fraction("0.18")}
    return Between("b", WHY, floors, ceilings)


def test_who_stands_outside_limits(between):
    assert between.failing(per_cents("11.2", "20.4", 17)) == ()
    assert between.failing(per_cents("11.2", "20.4", 18)) == ()
    assert between.failing([Fraction("0.112") - HAIR, Fraction("0.204") + HAIR, Fraction("0.18") + HAIR]) == (0, 1, 2)
    assert between.failing([Fraction(1), Fraction(0), Fraction("0.17") - HAIR]) == (2,)


def test_who_is_at_a_limit(between):
    assert between.tight([0.112, 0.204, 0.17]) == {0, 1, 2}
    assert between.tight([0.112 + TIGHT / 2, 0.204 - TIGHT / 2, 0.18]) == {0, 1, 2}
    assert between.tight([0.112 + 2 * TIGHT, 0.204 - 2 * TIGHT, 0.175]) == set()


def test_limits_are_bounds(between):
    assert between.limits() == (between.floors, between.ceilings)
    assert between.amounts_to_bounds(order_folds=False)


def test_limits_move_inward_to_the_grid(between):
    moved = between.on_grid(GRID, {0, 1}, up=True)
    assert moved.floors == {0: Fraction("0.115"), 2: Fraction("0.17")}
    assert moved.ceilings == {1: Fraction("0.2"), 2: Fraction("0.18")}
    assert between.on_grid(GRID, {0, 1}, up=False).floors == between.floors
    assert between.on_grid(GRID, {0, 1}, up=False).ceilings == moved.ceilings
    assert between.on_grid(GRID, {2}, up=True) == between


def test_limits_that_give_way(between):
    eased = between.eased(Fraction("0.01"))
    assert eased.floors == {0: Fraction("0.102"), 2: Fraction("0.16")}
    assert eased.ceilings == {1: Fraction("0.214"), 2: Fraction("0.19")}


def test_what_is_left_of_limits():
    # half of the intensity is gone: of 60 % in the whole period 20 % of the rest are left, of 75 % half
    left = Between("b", WHY, {0: Fraction("0.6")}, {1: Fraction("0.75")}).ahead([0.5, 0.5], [], GRID)
    assert left.floors == {0: Fraction("0.2")}
    assert left.ceilings == {1: Fraction("0.5")}


def test_what_follows_from_other_figures_is_not_eased():
    implied = Implied("p", WHY, {0: Fraction("0.1")}, {})
    assert implied.eased(Fraction(1)) is None
    assert implied == Implied("p", WHY, {0: Fraction("0.1")}, {})
    assert implied != Between("p", WHY, {0: Fraction("0.1")}, {})


def test_a_negotiated_value():
    value = {0: Fraction("0.6")}
    agreed = Negotiated("n", WHY, value, value)
    assert (agreed.holds, agreed.basic_only) == ("agreed", True)
    assert agreed.eased(Fraction("-0.02")).floors == agreed.eased(Fraction("-0.02")).ceilings == {0: Fraction("0.58")}
    # 1 - 0.4/0.75 = 46.67 %: on half points 47 %
    left = agreed.ahead([0.25], [], GRID)
    assert left.floors == left.ceilings == {0: Fraction("0.47")}


def test_regions_that_stay_as_they_are():
    held = Held("h", WHY, {1: Fraction("0.2")}, {1: Fraction("0.2")}, MappingProxyType({1: 0.2012}))
    assert (held.holds, held.judged, held.basic_only) == ("kept", True, False)
    assert held.tight([0.0, 0.5]) == {1}
    assert held.kept() == {1: 0.2012}
    assert held.eased(Fraction("0.01")) is None
    assert held.ahead([0.1, 0.1], [], GRID) is None


@pytest.fixture
def span():
    """The second, third and fourth of four regions lie within 3.2 points."""
    return Span("gap", WHY, (1, 2, 3), Fraction("0.032"))


def test_who_is_too_far_above_the_lowest(span):
    assert span.failing(per_cents(50, 15, "18.2", 16)) == ()
    assert span.failing([Fraction(0), Fraction("0.15"), Fraction("0.182") + HAIR, Fraction("0.16")]) == (2,)
    assert span.blamed((2,)) == (1, 2, 3)


def test_who_is_held_by_a_span(span):
    assert span.tight([0.5, 0.15, 0.182, 0.16]) == {1, 2}
    assert span.tight([0.5, 0.15, 0.182 - TIGHT / 2, 0.15 + TIGHT / 2]) == {1, 2, 3}
    assert span.tight([0.5, 0.15, 0.182, 0.182 - TIGHT / 2]) == {1, 2, 3}
    assert span.tight([0.5, 0.15, 0.182 - 3 * TIGHT, 0.16]) == set()
    assert span.tight([0.5, 0.15, 0.17, 0.16]) == set()


def test_a_span_on_the_grid(span):
    assert span.on_grid(GRID, {1, 2, 3}, up=False).width == Fraction("0.03")
    assert span.on_grid(GRID, {0, 1, 2, 3}, up=True).width == Fraction("0.03")
    assert span.on_grid(GRID, {0, 1, 2}, up=True) == span
    assert span.eased(Fraction("0.01")).width == Fraction("0.042")
    assert span.ahead([0.1] * 4, [], GRID) is None


@pytest.fixture
def order():
    """The second not below the first, the fourth not below the third."""
    return Pairs("order", WHY, ((1, 0), (3, 2)))


def test_an_order(order):
    assert order.failing(per_cents(17, 17, 18, 18)) == ()
    assert order.failing([Fraction("0.17") + HAIR, Fraction("0.17"), Fraction("0.18"), Fraction("0.18")]) == (1,)
    assert set(order.blamed((3,))) == {2, 3}
    assert order.blamed((0,)) == ()
    assert order.tight([0.17, 0.17, 0.16, 0.18]) == {0, 1}
    assert order.tight([0.17, 0.17 + TIGHT / 2, 0.16, 0.18]) == {0, 1}
    assert order.tight([0.17, 0.17 + 2 * TIGHT, 0.16, 0.18]) == set()
    assert order.order() == ((1, 0), (3, 2))
    assert [order.amounts_to_bounds(folds) for folds in (True, False)] == [True, False]


@pytest.fixture
def budget():
    """100 and 300 万吨 at the base year's intensity, projects of 20, 300 allowed."""
    return Budget("pool", WHY, {0: Fraction(100), 2: Fraction(300)}, Fraction(20), Fraction(300))


def test_a_budget(budget):
    # 100 × 0.8 + 300 × (2/3) + 20 = 300
    at, of_others = [Fraction("0.2"), Fraction(0), Fraction(1, 3)], Fraction(9)
    assert budget.failing(at) == budget.failing([at[0], of_others, at[2]]) == ()
    assert budget.failing([at[0] - HAIR, at[1], at[2]]) == (0, 2)
    assert budget.in_emissions
    assert budget.lower_breaks


def test_who_is_held_by_a_budget(budget):
    assert budget.tight([0.2, 0.9, 1 / 3]) == {0, 2}
    assert budget.tight([0.2 + 1e-9, 0.0, 1 / 3]) == {0, 2}  # 1e-7 of 300 are left, 3e-7 is a hair
    assert budget.tight([0.2 + 1e-8, 0.0, 1 / 3]) == set()
    assert budget.tight([0.3, 0.0, 0.4]) == set()
    assert budget.tight([0.1, 0.0, 0.3]) == {0, 2}


def test_what_becomes_of_a_budget(budget):
    assert budget.eased(Fraction(5)).limit == 305
    left = budget.ahead([0.1] * 3, (Fraction(90), Fraction(7), Fraction(250)), GRID)
    assert left.end_emissions == {0: 90, 2: 250}
    assert (left.limit, left.projects) == (300, 20)
