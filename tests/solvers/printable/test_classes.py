"""Classes against every table there is, against another solver, and at the size of a country."""

from fractions import Fraction
from itertools import pairwise, product
from time import perf_counter

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from solvers.effort import Effort
from solvers.printable import classes, rounding
from solvers.printable.classes import ClassLimits
from solvers.printable.exact import GridProblem, Miss
from solvers.problem import Infeasible, SolverFailure
from solvers.rows.catalogue import between, not_below, weighted_at_least, within_span

POINT = Fraction(1, 100)
RULES = {
    "none": ((), lambda _: True),
    "between": ((between("b", {0: 0.13}, {1: 0.2}),), lambda r: r[0] >= Fraction("0.13") and r[1] <= Fraction("0.2")),
    "span": ((within_span("s", [0, 1, 2], 0.03),), lambda r: max(r[:3]) - min(r[:3]) <= Fraction("0.03")),
    "pairs": ((not_below("p", [(0, 2)]),), lambda r: r[0] >= r[2]),
    "sum": ((weighted_at_least("w", {0: 3.0, 1: 1.0}, 0.57),), lambda r: 3 * r[0] + r[1] >= Fraction("0.57")),
}


def classify(*, scores, limits, **asked):
    return classes.classify(GridProblem(**asked), scores, limits)


def round_rates(**asked):
    return rounding.round_rates(GridProblem(**asked))


def draw(seed, n, lowest=10, highest=17):
    """Return what `classify` takes, as keywords: round numbers with ties in every second case."""
    rng = np.random.default_rng([seed, n])
    digits = 1 if seed % 2 else 8
    weights = [Fraction(int(k), 1000) for k in rng.integers(1, 9 if seed % 2 else 1000, n)]
    low = [Fraction(int(k), 200) for k in rng.integers(2 * lowest, 2 * lowest + 5, n)]
    high = [Fraction(int(k), 200) for k in rng.integers(2 * highest - 5, 2 * highest + 1, n)]
    share = Fraction(int(rng.integers(5, 95)), 100)
    ends = [sum(w * r for w, r in zip(weights, side, strict=True)) for side in (low, high)]
    return {
        "rates": np.round(rng.uniform(lowest, highest, n), digits) / 100,
        "scores": np.round(rng.uniform(0, 1, n), 1 if seed % 2 else 8),
        "coefficients": weights,
        "total": ends[0] + share * (ends[1] - ends[0]),
        "grid": POINT,
        "lower": low,
        "upper": high,
    }


def distance(case, table):
    return sum(
        abs(float(r / case["grid"]) - s / float(case["grid"])) for r, s in zip(table, case["rates"], strict=True)
    )


def reached(case, table):
    return sum(w * r for w, r in zip(case["coefficients"], table, strict=True))


def allowed(case, limits, keeps, table):
    """Return whether a table keeps to everything that was asked."""
    scores = case["scores"]
    sizes = [table.count(rate) for rate in set(table)]
    pairs = [(i, j) for i in range(len(table)) for j in range(len(table)) if scores[i] >= scores[j]]
    return (
        len(sizes) <= limits.most
        and min(sizes) >= limits.smallest
        and all(table[i] >= table[j] for i, j in pairs)
        and reached(case, table) >= case["total"]
        and keeps(table)
    )


def best_of_all(case, limits, keeps):
    """Return (least distance, least sum among the nearest) over every table, or None when there is none."""
    grid = case["grid"]
    levels = [
        [k * grid for k in range(40) if low <= k * grid <= high]
        for low, high in zip(case["lower"], case["upper"], strict=True)
    ]
    tables = [table for table in product(*levels) if allowed(case, limits, keeps, table)]
    if not tables:
        return None
    least = min(distance(case, table) for table in tables)
    return least, min(reached(case, table) for table in tables if distance(case, table) <= least + 1e-7)


@pytest.mark.parametrize("name", RULES)
def test_equals_the_best_of_all_tables(name):
    rules, keeps = RULES[name]
    found = none = 0
    for seed in range(24):
        case = draw(seed, 3 + seed % 3)
        limits = ClassLimits(1 + seed % 3, 1 + seed % 5 // 3)
        wanted = best_of_all(case, limits, keeps)
        if wanted is None:
            none += 1
            with pytest.raises(Infeasible):
                classify(**case, limits=limits, rules=rules)
            continue
        found += 1
        table = classify(**case, limits=limits, rules=rules)
        assert allowed(case, limits, keeps, table.rates), seed
        assert distance(case, table.rates) == pytest.approx(wanted[0], abs=1e-6), seed
        assert reached(case, table.rates) == wanted[1], seed
        assert (table.gap, table.tightest) == (0, True)
        assert sorted(set(table.numbers)) == list(range(1, len(set(table.rates)) + 1))
        for (rate, number), (other, next_number) in pairwise(sorted(zip(table.rates, table.numbers, strict=True))):
            assert (rate < other) == (number > next_number)
    assert found >= 8
    assert none >= 1


def allowed_with_pins(case, limits, table):
    """Return whether a table keeps to everything, with members of one value outside the order."""
    n, scores = len(table), case["scores"]
    fixed = {i for i in range(n) if case["lower"][i] == case["upper"][i]}
    free = [i for i in range(n) if i not in fixed]
    return (
        len(set(table)) <= limits.most
        and all(table.count(table[i]) >= limits.smallest for i in free)
        and all(table[i] >= table[j] for i in free for j in free if scores[i] >= scores[j])
        and reached(case, table) >= case["total"]
    )


def test_members_of_one_value_stand_outside_the_order():
    found = none = against = 0
    for seed in range(24):
        case = draw(seed, 4 + seed % 2)
        n = len(case["scores"])
        for i in np.random.default_rng([seed, 3]).permutation(n)[: 1 + seed % 2].tolist():
            case["lower"][i] = case["upper"][i] = POINT * (11 + seed % 6)
            case["rates"][i] = float(case["lower"][i])
        limits = ClassLimits(2 + seed % 2, 1 + seed % 4 // 3)
        grid = [
            [k * POINT for k in range(40) if low <= k * POINT <= high]
            for low, high in zip(case["lower"], case["upper"], strict=True)
        ]
        tables = [table for table in product(*grid) if allowed_with_pins(case, limits, table)]
        if not tables:
            none += 1
            with pytest.raises(Infeasible):
                classify(**case, limits=limits)
            continue
        found += 1
        table = classify(**case, limits=limits)
        assert allowed_with_pins(case, limits, table.rates), seed
        assert distance(case, table.rates) == pytest.approx(min(distance(case, t) for t in tables), abs=1e-6), seed
        assert table.outside == tuple(i for i in range(n) if len(grid[i]) == 1), seed
        asked = {(i, j) for i in range(n) for j in range(n) if case["scores"][i] >= case["scores"][j]}
        assert set(table.against) == {(i, j) for i, j in asked if table.rates[i] < table.rates[j]}, seed
        against += bool(table.against)
    assert found >= 10
    assert none >= 1
    assert against >= 4


def test_six_members_over_every_table():
    for seed in (1, 2):
        case = draw(seed, 6, highest=16)
        limits = ClassLimits(3)
        wanted = best_of_all(case, limits, lambda _: True)
        table = classify(**case, limits=limits)
        assert distance(case, table.rates) == pytest.approx(wanted[0], abs=1e-6)
        assert reached(case, table.rates) == wanted[1]


# -- another solver, another formulation ---------------------------------------------------------------------------


def outside(case, matrix, limits, most=None):
    """Return the least distance by scipy's `milp` with whole levels, or None; rows are ``matrix @ levels <= limits``.

    Columns: level, distance of every member; with `most` also choice by level and use of a level.
    """
    n = len(case["rates"])
    steps = case["rates"] * 100
    low, high = np.array(case["lower"], float) * 100, np.array(case["upper"], float) * 100
    levels = np.arange(np.ceil(low.min() - 1e-9), np.floor(high.max() + 1e-9) + 1)
    extra = (n + 1) * levels.size if most else 0
    unit = np.eye(2 * n + extra)
    rows, upper = [], []

    def at_most(row, limit):
        rows.append(row)
        upper.append(limit)

    for row, limit in zip(matrix, limits, strict=True):
        at_most(np.concatenate([row, np.zeros(n + extra)]), limit)
    for i in range(n):
        at_most(unit[i] - unit[n + i], steps[i])
        at_most(-unit[i] - unit[n + i], -steps[i])
    if most:
        pick = np.arange(2 * n, 2 * n + n * levels.size).reshape(n, -1)
        used = np.arange(2 * n + n * levels.size, 2 * n + extra)
        at_most(unit[used].sum(axis=0), most)
        for i in range(n):
            one = unit[pick[i]].sum(axis=0)
            at_most(one, 1), at_most(-one, -1)
            chosen = (levels[:, None] * unit[pick[i]]).sum(axis=0) - unit[i]
            at_most(chosen, 0), at_most(-chosen, 0)
            for k in range(levels.size):
                at_most(unit[pick[i, k]] - unit[used[k]], 0)
    answer = milp(
        np.concatenate([np.zeros(n), np.ones(n), np.zeros(extra)]),
        constraints=LinearConstraint(np.array(rows), ub=np.array(upper)),
        bounds=Bounds(np.concatenate([np.ceil(low - 1e-9), np.zeros(n + extra)]),
                      np.concatenate([np.floor(high + 1e-9), np.full(n, np.inf), np.ones(extra)])),
        integrality=np.concatenate([np.ones(n), np.zeros(n), np.ones(extra)]),
        options={"mip_rel_gap": 0},
    )  # fmt: skip
    assert answer.status in (0, 2)
    return answer.fun if answer.status == 0 else None


def drawn_rules(seed, n):
    """Return random rules and their rows over levels in points."""
    rng = np.random.default_rng([seed, 5])
    unit = np.eye(n)
    some = rng.permutation(n)[: n // 2].tolist()
    floor, width = int(rng.integers(11, 14)), int(rng.integers(2, 6))
    weights = np.zeros(n)
    weights[some] = rng.integers(1, 9, len(some))
    # a limit no whole levels meet exactly
    least = float(weights.sum() * rng.integers(12, 15)) + 0.5
    choices = [
        (between("b", dict.fromkeys(some, floor / 100), {}), [-unit[i] for i in some], [-floor] * len(some)),
        (within_span("s", range(n), width / 100), [unit[i] - unit[j] for i in range(n) for j in range(n)],
         [width] * n**2),
        (weighted_at_least("w", {i: weights[i] for i in some}, least / 100), [-weights], [-least]),
    ]  # fmt: skip
    chosen = [choices[k] for k in rng.permutation(3)[: 1 + seed % 3]]
    return (
        [rule for rule, _, _ in chosen],
        [row for _, rows, _ in chosen for row in rows],
        [limit for _, _, limits in chosen for limit in limits],
    )


def rows_of(case, pairs):
    """Return the backing row and the order as rows over levels in points."""
    n = len(case["rates"])
    unit = np.eye(n)
    rows = [-np.array(case["coefficients"], float)] + [unit[j] - unit[i] for i, j in pairs]
    # as far as the solver's tolerance, so that both say the same of a table that reaches the total exactly
    return rows, [-float(case["total"]) * 100 + 1e-9] + [0.0] * len(pairs)


def test_classes_equal_scipys_milp():
    found = none = 0
    for seed in range(30):
        case = draw(seed, 5 + seed % 5)
        rules, matrix, limits = drawn_rules(seed, len(case["rates"]))
        most, scores = 2 + seed % 3, case["scores"]
        n = len(scores)
        pairs = [(i, j) for i in range(n) for j in range(n) if i != j and scores[i] >= scores[j]]
        rows, ends = rows_of(case, pairs)
        wanted = outside(case, [*rows, *matrix], [*ends, *limits], most)
        if wanted is None:
            none += 1
            with pytest.raises(Infeasible):
                classify(**case, limits=ClassLimits(most), rules=rules)
            continue
        found += 1
        table = classify(**case, limits=ClassLimits(most), rules=rules)
        assert distance(case, table.rates) == pytest.approx(wanted, abs=1e-5), seed
        assert reached(case, table.rates) >= case["total"]
    assert found >= 8
    assert none >= 4


def test_rounding_with_rules_equals_scipys_milp():
    found = none = 0
    for seed in range(40):
        case = draw(2 * seed, 4 + seed % 6)  # no equal rates
        scores = case.pop("scores")
        rules, matrix, limits = drawn_rules(seed, scores.size)
        try:
            table = round_rates(**case, rules=rules)
        except Infeasible:
            # no table in any neighbourhood, so none at all that keeps the order of the rates where the bounds allow it
            none += 1
            rates = case["rates"]
            pairs = [(i, j) for i in range(rates.size) for j in range(rates.size) if rates[i] > rates[j]]
            rows, ends = rows_of(case, pairs)
            assert outside(case, [*rows, *matrix], [*ends, *limits]) is None, seed
            continue
        found += 1
        below = [POINT * (int(r * 100) - table.widened) for r in case["rates"]]
        above = [POINT * (int(r * 100) + 1 + table.widened) for r in case["rates"]]
        neighbours = {
            **case,
            "lower": list(map(max, case["lower"], below)),
            "upper": list(map(min, case["upper"], above)),
        }
        rates = table.rates
        kept = [(i, j) for i in range(len(rates)) for j in range(len(rates))
                if case["rates"][i] > case["rates"][j] and rates[i] >= rates[j]]  # fmt: skip
        rows, ends = rows_of(case, kept)
        wanted = outside(neighbours, [*rows, *matrix], [*ends, *limits])
        assert distance(case, rates) == pytest.approx(wanted, abs=1e-5), seed
        levels = np.array([float(rate) * 100 for rate in rates])
        assert (np.array(matrix) @ levels <= np.array(limits) + 1e-6).all()
    assert found >= 8
    assert none >= 4


# -- limits, exactness, time ---------------------------------------------------------------------------------------


def test_equal_scores_share_a_class():
    case = draw(4, 8)
    case["scores"] = np.array([3, 3, 3, 2, 2, 1, 1, 1]) / 3
    case["lower"], case["upper"] = [POINT * 10] * 8, [POINT * 17] * 8
    rates = classify(**case, limits=ClassLimits(5)).rates
    for group in (rates[:3], rates[3:5], rates[5:]):
        assert len(set(group)) == 1


def test_bounds_that_forbid_the_order():
    case = draw(2, 2)
    case["scores"] = np.array([1.0, 0.0])
    case["lower"], case["upper"] = [POINT * 10, POINT * 14], [POINT * 12, POINT * 16]
    with pytest.raises(Infeasible):
        classify(**case, limits=ClassLimits(2))
    with pytest.raises(Infeasible):
        classify(**{**case, "lower": [Fraction("0.101")] * 2, "upper": [Fraction("0.109")] * 2}, limits=ClassLimits(2))


def test_a_sum_reached_exactly_and_one_missed_by_a_hair():
    weights = [Fraction(1, 3), Fraction(1, 3), Fraction(1, 3)]
    case = {
        "rates": np.full(3, 0.13),
        "scores": np.array([0.1, 0.5, 0.9]),
        "coefficients": weights,
        "grid": POINT,
        "lower": [POINT * 10] * 3,
        "upper": [POINT * 20] * 3,
        "limits": ClassLimits(3),
    }
    assert set(classify(**case, total=Fraction(13, 100)).rates) == {POINT * 13}
    # the solver cannot tell these totals from the one before
    above = classify(**case, total=Fraction(13, 100) + Fraction(1, 10**14))
    assert sorted(above.rates) == [POINT * 13, POINT * 13, POINT * 14]


@pytest.mark.parametrize("seed", range(3))
def test_a_wrong_first_guess_changes_nothing(monkeypatch, seed):
    case = draw(seed, 14)
    limits = ClassLimits(3, 2)
    wanted = classify(**case, limits=limits)
    for window in (1e-9, 1e9):
        monkeypatch.setattr("solvers.printable.classes._WINDOW", window)
        found = classify(**case, limits=limits)
        assert distance(case, found.rates) == pytest.approx(distance(case, wanted.rates), abs=1e-6)
        assert reached(case, found.rates) == reached(case, wanted.rates)


def country(n):
    """Return n invented members, 10 to 25 points, and rates between the bounds that add up."""
    rng = np.random.default_rng(n)
    weights = rng.lognormal(0, 1, n)
    weights *= 1.01 / weights.sum()
    scores = rng.normal(0, 1, n)
    rates = np.clip(0.18 + 0.03 * scores, 0.1, 0.25)
    exact = [Fraction(w) for w in weights.tolist()]
    total = sum(w * Fraction(r) for w, r in zip(exact, rates.tolist(), strict=True))
    return {"rates": rates, "scores": scores, "coefficients": exact, "total": total, "grid": POINT,
            "lower": [POINT * 10] * n, "upper": [POINT * 25] * n}  # fmt: skip


def test_339_members_in_five_classes_within_15_seconds():
    case, limits = country(339), ClassLimits(5, 10)
    start = perf_counter()
    table = classify(**case, limits=limits)
    assert perf_counter() - start < 15
    assert (table.gap, table.tightest) == (0, True)
    assert allowed(case, limits, lambda _: True, table.rates)


def test_an_early_stop_says_its_gap_or_fails():
    case = country(339)
    with pytest.raises(SolverFailure):
        classify(**case, limits=ClassLimits(5, 10), effort=Effort(time_limit=0.0))
    for seconds in (0.5, 1.5):
        limits = ClassLimits(5, 10)
        try:
            table = classify(**case, limits=limits, effort=Effort(time_limit=seconds))
        except SolverFailure:
            continue
        assert allowed(case, limits, lambda _: True, table.rates)


def test_a_gap_stops_the_search_and_is_kept_to():
    early = 0
    for seed in range(12):
        case, limits = draw(2 * seed, 10), ClassLimits(3)
        try:
            best = distance(case, classify(**case, limits=limits).rates)
        except Infeasible:
            continue
        table = classify(**case, limits=limits, effort=Effort(gap=0.5))
        assert allowed(case, limits, lambda _: True, table.rates), seed
        assert table.gap <= 0.5
        assert distance(case, table.rates) * (1 - table.gap) <= best + 1e-6, seed
        early += table.gap > 0
    assert early >= 2


def test_an_early_stop_keeps_what_was_found(monkeypatch):
    from solvers.highs import Stop

    case, limits = draw(6, 9), ClassLimits(3)
    whole = classify(**case, limits=limits)
    solve, calls = classes._in_time, []

    def interrupted(program, *rest, **more):
        calls.append(1)
        return solve(program, *rest, **more) if len(calls) == 1 else None

    # no time for the second program: the nearest table stands
    monkeypatch.setattr(classes, "_in_time", interrupted)
    monkeypatch.setattr(classes, "_WINDOW", 1e9)
    nearest = classify(**case, limits=limits)
    assert (nearest.gap, nearest.tightest) == (0, False)
    assert distance(case, nearest.rates) == pytest.approx(distance(case, whole.rates), abs=1e-6)
    # no time to widen a window that was too small: what it held stands, with its gap
    calls.clear()
    monkeypatch.setattr(classes, "_WINDOW", 0.05)
    early = classify(**case, limits=limits)
    assert not early.tightest
    assert distance(case, early.rates) * (1 - early.gap) <= distance(case, whole.rates) + 1e-6
    assert classes._early(nearest_solution(Stop.OPTIMAL), 8.0).gap == 0.2


def nearest_solution(stop):
    from solvers.highs import Solution

    return Solution(stop, 10.0, np.empty(0), np.empty(0))


def test_a_rule_missed_by_less_than_the_solver_sees_is_kept_exactly():
    needed = Fraction(17, 100) + Fraction(1, 10**14)
    asked = GridProblem(
        np.array([0.17, 0.17]), [Fraction(1, 2)] * 2, Fraction(17, 100), Fraction(1, 100), [Fraction(1, 10)] * 2,
        [Fraction(1, 4)] * 2, [between("b", {0: float(needed)}, {})],
        check=lambda t: [Miss((0,), below=True)] if t[0] < needed else [],
    )  # fmt: skip
    found = classes.classify(asked, np.array([2.0, 1.0]), ClassLimits(2))
    assert found.rates == (Fraction(18, 100), Fraction(17, 100))
