"""Controlled rounding against enumeration, in exact rationals."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, product
from math import ceil, floor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solvers.closed.waterfill import waterfill
from solvers.effort import Effort
from solvers.highs import HotSolver, Stop
from solvers.printable import rounding
from solvers.printable.exact import GridProblem, Miss
from solvers.printable.rounding_program import Found
from solvers.problem import Infeasible, OutOfTime, SolverFailure, SplitProblem
from solvers.rows.catalogue import weighted_at_least

GRIDS = (Fraction(1, 1000), Fraction(1, 200), Fraction(1, 100))
LOW, HIGH = Fraction(1, 10), Fraction(1, 4)


@pytest.fixture(params=["choices", "programs"], scope="module", autouse=True)
def way(request):
    """Round in both ways: by exact choices, and by the integer programs alone."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "programs":
            patch.setattr("solvers.printable.rounding._chosen", lambda *_: None)
        yield


@pytest.fixture
def programs_only(monkeypatch):
    monkeypatch.setattr("solvers.printable.rounding._chosen", lambda *_: None)


def dot(coefficients, rates):
    return sum((a * r for a, r in zip(coefficients, rates, strict=True)), Fraction(0))


def round_rates(*asked, **more):
    return rounding.round_rates(GridProblem(*asked, **more))


def rounded(rates, coefficients, total, grid, lower=LOW, upper=HIGH):
    n = len(rates)
    lower, upper = (b if isinstance(b, list) else [b] * n for b in (lower, upper))
    return round_rates(np.array(rates, dtype=float), coefficients, Fraction(total), grid, lower, upper)


def check(result, rates, coefficients, total, grid, lower=LOW, upper=HIGH):
    """Assert what every rounding promises when bounds stand on the grid."""
    assert dot(coefficients, result.rates) >= total
    assert all(lower <= rate <= upper for rate in result.rates)
    assert all((rate / grid).denominator == 1 for rate in result.rates)
    assert result.widened == 0
    for rate, exact in zip(rates, result.rates, strict=True):
        steps = float(rate) / float(grid)
        assert floor(steps + 1e-9) <= exact / grid <= ceil(steps - 1e-9)
    order = np.argsort(rates, kind="stable")
    for i, j in pairwise(order):
        if rates[j] - rates[i] > 1e-9 * float(grid):
            assert result.rates[i] <= result.rates[j]
        else:
            assert result.rates[i] == result.rates[j]


def enumerated(rates, coefficients, total, grid):
    """Return least distance and, among the nearest, least overshoot; rates must differ."""
    steps = [float(rate) / float(grid) for rate in rates]
    order = np.argsort(rates)
    found = []
    for levels in product(*({floor(s + 1e-9), ceil(s - 1e-9)} for s in steps)):
        reached = dot(coefficients, levels) * grid
        if reached >= total and all(levels[i] <= levels[j] for i, j in pairwise(order)):
            distance = sum(abs(level - s) for level, s in zip(levels, steps, strict=True))
            found.append((distance, reached - total))
    least = min(distance for distance, _ in found)
    return least, min(over for distance, over in found if distance <= least + 1e-9)


def draw(seed, n, spread=0.03):
    """Return rates that add up between bounds, with exact coefficients and total."""
    rng = np.random.default_rng(seed)
    weights = rng.integers(100, 100_000, n)
    growth = rng.integers(1100, 1600, n)
    coefficients = [Fraction(int(w) * int(g), int(weights @ growth)) for w, g in zip(weights, growth, strict=True)]
    total = Fraction(int(rng.integers(120, 230)), 1000)
    reference = np.maximum(float(total) + rng.normal(0, spread, n), 0.01)
    floats = np.array([float(a) for a in coefficients])
    problem = SplitProblem(floats, float(total), reference, reference, np.full(n, 0.1), np.full(n, 0.25))
    return waterfill(problem).rates, coefficients, total


@pytest.mark.parametrize("grid", GRIDS)
def test_promises_on_random_provinces(grid):
    for seed in range(60):
        rates, coefficients, total = draw([seed, 1], 2 + seed % 30, spread=(0.002, 0.03, 0.08)[seed % 3])
        check(rounded(rates, coefficients, total, grid), rates, coefficients, total, grid)


@pytest.mark.parametrize("grid", GRIDS)
def test_equals_enumeration(grid):
    for seed in range(40):
        # narrow spreads put many rates into one cell of the grid, where the order binds
        rates, coefficients, total = draw([seed, 2], 2 + seed % 7, spread=(0.004, 0.02, 0.05)[seed % 3])
        if (np.diff(np.sort(rates)) < 1e-6).any():
            continue  # members at one bound are one class; enumeration would part them
        result = rounded(rates, coefficients, total, grid)
        least, over = enumerated(rates, coefficients, total, grid)
        steps = rates / float(grid)
        distance = sum(abs(float(rate / grid) - s) for rate, s in zip(result.rates, steps, strict=True))
        assert distance == pytest.approx(least, abs=1e-7)
        assert dot(coefficients, result.rates) - total == over


@settings(max_examples=120, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.integers(1, 30), st.integers(100, 250)), min_size=1, max_size=6),
    st.sampled_from(GRIDS),
)
def test_round_numbers_and_ties(members, grid):
    # rates in tenths of a point, small whole weights: ties in rate and in distance, totals met exactly
    weights, thousandths = zip(*members, strict=True)
    coefficients = [Fraction(w, sum(weights)) for w in weights]
    total = dot(coefficients, [Fraction(t, 1000) for t in thousandths])
    rates = np.array(thousandths) / 1000
    result = rounded(rates, coefficients, total, grid)
    check(result, rates, coefficients, total, grid)
    values = sorted(set(thousandths))
    classes = [sum(w for w, t in members if t == value) for value in values]
    sizes = [thousandths.count(value) for value in values]
    best = None
    per_grid = 1000 * grid
    for levels in product(*({floor(v / per_grid), ceil(v / per_grid)} for v in values)):
        reached = dot([Fraction(w, sum(weights)) for w in classes], levels) * grid
        if reached >= total and list(levels) == sorted(levels):
            distance = sum(
                size * abs(level - v / per_grid) for size, level, v in zip(sizes, levels, values, strict=True)
            )
            best = min(best or (distance, reached), (distance, reached))
    distance = sum(abs(rate / grid - t / per_grid) for rate, t in zip(result.rates, thousandths, strict=True))
    assert (distance, dot(coefficients, result.rates)) == best


@pytest.mark.parametrize("grid", GRIDS)
def test_on_the_grid_and_exactly_met_stays_unmoved(grid):
    for seed in range(20):
        rng = np.random.default_rng([seed, 3])
        n = int(rng.integers(2, 20))
        wanted = [grid * int(level) for level in rng.integers(LOW / grid, HIGH / grid + 1, n)]
        weights = rng.integers(1, 10_000, n).tolist()
        coefficients = [Fraction(w, sum(weights)) for w in weights]
        rates = np.array([float(rate) for rate in wanted]) + rng.uniform(-1e-14, 1e-14, n)
        result = rounded(rates, coefficients, dot(coefficients, wanted), grid)
        assert list(result.rates) == wanted
        assert result.widened == 0


def test_all_growth_alike_and_uniform():
    # sigma is 0, the uniform rate is the target itself: nothing to round
    weights = [2135, 3089, 1386, 379]
    coefficients = [Fraction(w, sum(weights)) for w in weights]
    result = rounded([0.17] * 4, coefficients, Fraction(17, 100), Fraction(1, 200))
    assert set(result.rates) == {Fraction(17, 100)}
    assert dot(coefficients, result.rates) == Fraction(17, 100)


def test_met_by_the_solvers_row_but_not_exactly():
    coefficients = [Fraction(1, 3)] * 3
    rates = [0.151, 0.1521, 0.154]
    grid = Fraction(1, 200)
    met = Fraction(15 + 15, 100) / 3 + Fraction(155, 1000) / 3
    for hair in (Fraction(1, 10**13), Fraction(1, 10**15), Fraction(1, 10**40)):
        assert [float(x) for x in rounded(rates, coefficients, met, grid).rates] == [0.15, 0.15, 0.155]
        result = rounded(rates, coefficients, met + hair, grid)
        assert dot(coefficients, result.rates) >= met + hair
        assert [float(x) for x in result.rates] == [0.15, 0.155, 0.155]


def test_a_table_that_meets_the_total_exactly_beside_one_that_misses_it_by_a_hair():
    hair = Fraction(1, 10**13)
    third = Fraction(1, 3)
    coefficients = [third - hair, third, third + hair]
    low = [Fraction(15, 100), Fraction(16, 100), Fraction(17, 100)]
    # one of three goes up: the first is the nearest but short by a hair, the second meets the total exactly
    total = dot(coefficients, low) + Fraction(5, 1000) * third
    result = rounded([0.1525, 0.1624, 0.1701], coefficients, total, Fraction(1, 200))
    assert dot(coefficients, result.rates) == total
    assert [float(rate) for rate in result.rates] == [0.15, 0.165, 0.17]


def test_many_tables_a_hair_below_the_total():
    # any 4 of 8 equal members reach the total but for a hair
    rates = 0.1525 + 1e-6 * np.array([0.0, 3.0, -2.0, 5.0, 1.0, -4.0, 2.0, -1.0])
    coefficients = [Fraction(1, 8)] * 8
    total = Fraction(1525, 10000) + Fraction(1, 10**13)
    result = rounded(rates, coefficients, total, Fraction(1, 200))
    assert sorted(map(float, result.rates)) == [0.15] * 3 + [0.155] * 5


def test_a_total_that_only_the_highest_levels_meet():
    coefficients = [Fraction(1, 7), Fraction(2, 7), Fraction(4, 7)]
    highest = dot(coefficients, [Fraction(155, 1000), Fraction(16, 100), Fraction(165, 1000)])
    result = rounded([0.151, 0.157, 0.163], coefficients, highest, Fraction(1, 200))
    assert dot(coefficients, result.rates) == highest


def test_beyond_the_neighbours_when_they_are_a_hair_short():
    # the rate is the grid value by its first ten digits, the exact total a little more
    total = Fraction(17, 100) + Fraction(1, 10**13)
    result = rounded([0.17, 0.17], [Fraction(1, 2)] * 2, total, Fraction(1, 200))
    assert result.rates == (Fraction(175, 1000),) * 2
    assert result.widened == 1


def test_order_gives_way_where_bounds_off_the_grid_forbid_it():
    grid = Fraction(1, 200)
    # both in the cell 15.0-15.5 %: the lower rate may only go up, the higher one only down
    lower = [Fraction(1510, 10000), LOW, LOW]
    upper = [HIGH, Fraction(1545, 10000), HIGH]
    coefficients = [Fraction(1, 4), Fraction(1, 4), Fraction(1, 2)]
    rates = [0.151, 0.1545, 0.18]
    result = rounded(rates, coefficients, Fraction(1662, 10000), grid, lower, upper)
    assert result.rates[:2] == (Fraction(155, 1000), Fraction(150, 1000))
    assert (result.outside, result.against) == ((0, 1), ((1, 0),))
    assert dot(coefficients, result.rates) >= Fraction(1662, 10000)


def test_equal_rates_part_where_bounds_off_the_grid_forbid_one_level():
    lower = [LOW, Fraction(123, 1000), LOW]
    upper = [Fraction(123, 1000), HIGH, HIGH]
    coefficients = [Fraction(1, 4), Fraction(1, 4), Fraction(1, 2)]
    result = rounded([0.123, 0.123, 0.2], coefficients, Fraction(16, 100), Fraction(1, 200), lower, upper)
    assert result.rates[:2] == (Fraction(120, 1000), Fraction(125, 1000))
    assert (result.outside, result.against) == ((0, 1), ((0, 1),))
    assert dot(coefficients, result.rates) >= Fraction(16, 100)


def test_beyond_the_neighbours_when_bounds_lie_off_the_grid():
    # the second can only be rounded down; what that costs the first must make up, two steps beyond its neighbour
    lower, upper = [LOW, LOW], [HIGH, Fraction(2049, 10000)]
    coefficients = [Fraction(1, 3), Fraction(2, 3)]
    rates = [0.2001, 0.2049]
    total = dot(coefficients, [Fraction(2001, 10000), Fraction(2049, 10000)])
    # order holds the first at or below the second: no such table
    with pytest.raises(Infeasible):
        rounded(rates, coefficients, total, Fraction(1, 200), lower, upper)
    result = rounded(
        [0.2001, 0.1049], coefficients, Fraction(1366, 10000), Fraction(1, 200), lower, [HIGH, Fraction(1049, 10000)]
    )
    assert dot(coefficients, result.rates) >= Fraction(1366, 10000)
    assert result.rates == (Fraction(21, 100), Fraction(10, 100))
    assert result.widened == 1


def test_off_grid_bounds_never_leave_bounds_and_always_back():
    grid = Fraction(1, 200)
    backed = 0
    for seed in range(60):
        rng = np.random.default_rng([seed, 4])
        n = int(rng.integers(2, 12))
        low = [Fraction(int(x), 1000) for x in rng.integers(90, 130, n)]
        high = [Fraction(int(x), 1000) for x in rng.integers(190, 260, n)]
        weights = rng.integers(1, 100, n).tolist()
        coefficients = [Fraction(w, sum(weights)) for w in weights]
        floats = [np.array([float(x) for x in values]) for values in (coefficients, low, high)]
        total = Fraction(int(rng.integers(140, 180)), 1000)
        reference = np.maximum(0.16 + rng.normal(0, 0.05, n), 0.02)
        rates = waterfill(SplitProblem(floats[0], float(total), reference, reference, *floats[1:])).rates
        try:
            result = rounded(rates, coefficients, total, grid, low, high)
        except Infeasible:
            continue
        backed += 1
        assert dot(coefficients, result.rates) >= total
        assert all(a <= r <= b for a, r, b in zip(low, result.rates, high, strict=True))
        assert all((r / grid).denominator == 1 for r in result.rates)
    assert backed >= 45


def test_bounds_without_a_grid_value():
    lower, upper = [LOW, Fraction(121, 1000)], [HIGH, Fraction(124, 1000)]
    with pytest.raises(Infeasible):
        rounded([0.2, 0.122], [Fraction(1, 2)] * 2, Fraction(16, 100), Fraction(1, 200), lower, upper)


def test_out_of_reach():
    with pytest.raises(Infeasible):
        rounded([0.25, 0.25], [Fraction(1, 2)] * 2, Fraction(26, 100), Fraction(1, 200))


def test_negative_rates_round_like_others():
    result = rounded([-0.0121, 0.0121], [Fraction(1, 2)] * 2, Fraction(0), Fraction(1, 200), Fraction(-1, 10), LOW)
    check(result, [-0.0121, 0.0121], [Fraction(1, 2)] * 2, 0, Fraction(1, 200), Fraction(-1, 10), LOW)


def test_permutation():
    for seed in range(15):
        rates, coefficients, total = draw([seed, 5], 12)
        result = rounded(rates, coefficients, total, Fraction(1, 200))
        order = np.random.default_rng(seed).permutation(12)
        again = rounded(rates[order], [coefficients[i] for i in order], total, Fraction(1, 200))
        assert list(again.rates) == [result.rates[i] for i in order]


@pytest.mark.parametrize("n", [339, 2800])
def test_large_provinces(n):
    rates, coefficients, total = draw([n, 6], n)
    check(rounded(rates, coefficients, total, Fraction(1, 200)), rates, coefficients, total, Fraction(1, 200))


def off(rates, table, grid):
    """Return the total distance of a table from the rates, in grid steps."""
    return sum(abs(float(t / grid) - float(r) / float(grid)) for r, t in zip(rates, table, strict=True))


@pytest.mark.usefixtures("programs_only")
def test_a_gap_is_one_of_the_whole_distance():
    grid, early = Fraction(1, 200), 0
    for seed in range(12):
        rates, coefficients, total = draw([seed, 9], 30)
        best = rounded(rates, coefficients, total, grid)
        assert (best.gap, best.tightest) == (0, True)
        near = round_rates(np.array(rates), coefficients, total, grid, [LOW] * 30, [HIGH] * 30, (), Effort(gap=0.5))
        check(near, rates, coefficients, total, grid)
        assert near.gap <= 0.5
        assert off(rates, near.rates, grid) * (1 - near.gap) <= off(rates, best.rates, grid) + 1e-6
        early += near.gap > 0
    assert early >= 2


@pytest.mark.usefixtures("programs_only")
def test_no_time_for_the_second_program(monkeypatch):
    rates, coefficients, total = draw([1, 9], 30)
    best = rounded(rates, coefficients, total, Fraction(1, 200))
    real, calls = HotSolver.solve, []

    def interrupted(self, sure=False):
        calls.append(1)
        if len(calls) > 1:
            raise OutOfTime
        return real(self, sure)

    monkeypatch.setattr(HotSolver, "solve", interrupted)
    nearest = rounded(rates, coefficients, total, Fraction(1, 200))
    check(nearest, rates, coefficients, total, Fraction(1, 200))
    assert (nearest.gap, nearest.tightest) == (0, False)
    assert off(rates, nearest.rates, Fraction(1, 200)) == pytest.approx(off(rates, best.rates, Fraction(1, 200)))
    with pytest.raises(OutOfTime):
        rounded(rates, coefficients, total, Fraction(1, 200))


@pytest.mark.usefixtures("programs_only")
def test_a_second_program_that_stops_early_is_not_called_tightest(monkeypatch):
    rates, coefficients, total = draw([1, 9], 30)
    real, calls = HotSolver.solve, []

    def early(self, sure=False):
        calls.append(1)
        solution = real(self, sure)
        return solution if len(calls) == 1 else replace(solution, stop=Stop.EARLY)

    monkeypatch.setattr(HotSolver, "solve", early)
    table = rounded(rates, coefficients, total, Fraction(1, 200))
    check(table, rates, coefficients, total, Fraction(1, 200))
    assert not table.tightest


@pytest.mark.usefixtures("programs_only")
def test_a_solver_that_never_reaches_the_total_is_found_out(monkeypatch):
    monkeypatch.setattr("solvers.printable.rounding.solve", lambda _, ranges, *rest: Found([low for low, _ in ranges]))
    with pytest.raises(SolverFailure, match="exact"):
        rounded([0.151, 0.163], [Fraction(1, 2)] * 2, Fraction(157, 1000), Fraction(1, 200))


def within(members, weights, needed):
    """Return a budget as a row, and the same in exact arithmetic."""

    def missed(table):
        given = sum((weight * table[n] for n, weight in zip(members, weights, strict=True)), Fraction(0))
        return [Miss(tuple(members), below=True)] if given < needed else []

    row = weighted_at_least("b", dict(zip(members, map(float, weights), strict=True)), float(needed))
    return row, missed


def test_a_budget_missed_by_less_than_the_solver_sees_is_kept_exactly():
    hair = Fraction(1, 10**14)
    row, missed = within([0], [Fraction(1)], Fraction(17, 100) + hair)
    half, grid = [Fraction(1, 2)] * 2, Fraction(1, 100)
    bounds = [Fraction(1, 10)] * 2, [Fraction(1, 4)] * 2
    table = round_rates(
        np.array([0.17, 0.17]), half, Fraction(17, 100), grid, *bounds, [row], check=missed
    )  # fmt: skip
    assert table.rates == (Fraction(18, 100), Fraction(17, 100))
    assert table.outside == (0, 1)
    assert table.against == ((1, 0),)


def test_tables_that_miss_a_budget_by_a_hair_are_cut_off_until_one_keeps_it():
    for seed in range(40):
        rng = np.random.default_rng(seed)
        rates = rng.integers(200, 420, 8) / 2000
        weights = [Fraction(int(weight)) for weight in rng.integers(1, 4, 8)]
        grid, members = Fraction(1, 100), [0, 1, 2, 3]
        near = [Fraction(round(rate * 100)) / 100 for rate in rates]
        needed = sum((weights[n] * near[n] for n in members), Fraction(0)) + Fraction(1, 10**13)
        total = sum((weight * rate for weight, rate in zip(weights, near, strict=True)), Fraction(0))
        row, missed = within(members, weights[:4], needed)
        bounds = [Fraction(5, 100)] * 8, [Fraction(30, 100)] * 8
        table = round_rates(rates, weights, total, grid, *bounds, [row], check=missed)
        assert not missed(table.rates)
