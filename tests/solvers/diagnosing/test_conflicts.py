"""Conflicts against another solver: what is named is a smallest set, and a lever is exactly enough."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from scipy.optimize import linprog

from solvers.diagnosing.conflicts import LESS, LOWER, MORE, UPPER, conflict, least_change
from solvers.problem import SplitProblem
from solvers.rows.catalogue import between, not_below, weighted_at_least, within_span

LIMIT = (-0.99, 0.99)


def drawn(seed):
    """Return a problem within reach, rules by id, and the same as rows {id: (matrix, limits)}."""
    rng = np.random.default_rng([seed, 31])
    n = int(rng.integers(3, 9))
    weights = rng.lognormal(0, 0.7, n)
    weights *= 1.02 / weights.sum()
    lower, upper = np.full(n, 0.1), np.full(n, 0.25)
    total = float(weights @ (lower + rng.uniform(0.2, 0.8) * (upper - lower)))
    problem = SplitProblem(weights, total, np.full(n, 0.18), np.ones(n), lower, upper)
    unit = np.eye(n)
    rules, rows = {}, {}
    for k in range(int(rng.integers(2, 6))):
        kind, name = rng.choice(["floor", "ceiling", "span", "pairs", "sum"]), f"rule-{k}"
        some = rng.permutation(n)[: int(rng.integers(1, n + 1))].tolist()
        if kind == "floor":
            value = float(rng.uniform(0.15, 0.3))
            rules[name] = between(name, dict.fromkeys(some, value), {})
            rows[name] = [-unit[i] for i in some], [-value] * len(some)
        elif kind == "ceiling":
            value = float(rng.uniform(0.05, 0.2))
            rules[name] = between(name, {}, dict.fromkeys(some, value))
            rows[name] = [unit[i] for i in some], [value] * len(some)
        elif kind == "span":
            width = float(rng.choice([0.01, 0.04]))
            rules[name] = within_span(name, some, width)
            rows[name] = [unit[i] - unit[j] for i in some for j in some], [width] * len(some) ** 2
        elif kind == "pairs":
            pairs = [(i, j) for i, j in combinations(rng.permutation(n).tolist()[:4], 2)]
            rules[name] = not_below(name, pairs)
            rows[name] = [unit[j] - unit[i] for i, j in pairs], [0.0] * len(pairs)
        else:
            # handed to the other solver in thousands: its tolerance is absolute
            row = np.zeros(n)
            row[some] = rng.uniform(0.1, 3, len(some))
            floor = float(row.sum() * rng.uniform(0.15, 0.24))
            rules[name] = weighted_at_least(name, {i: row[i] * 1000 for i in some}, floor * 1000)
            rows[name] = [-row], [-floor]
    return problem, rules, rows


def possible(problem, rows, lever=None, change=0.0):
    """Return whether another solver finds a split when one thing yields by `change`."""
    lower, upper, total = problem.lower, problem.upper, problem.total
    lower = np.maximum(lower - change, LIMIT[0]) if lever == LOWER else lower
    upper = np.minimum(upper + change, LIMIT[1]) if lever == UPPER else upper
    total += {LESS: -change, MORE: change}.get(lever, 0.0)
    matrix, limits = [], []
    for name, (lines, ends) in rows.items():
        matrix += lines
        unit = 1000 if len(lines) == 1 and np.abs(lines[0]).max() not in (0, 1) else 1
        limits += [end + (change / unit if name == lever else 0.0) for end in ends]
    answer = linprog(
        np.zeros(len(problem)),
        A_ub=np.array(matrix) if matrix else None,
        b_ub=np.array(limits) if matrix else None,
        A_eq=[problem.coefficients],
        b_eq=[total],
        bounds=list(zip(lower, upper, strict=True)),
        method="highs",
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    )
    assert answer.status in (0, 2)
    return answer.status == 0


def test_named_rules_are_a_smallest_set_and_levers_are_just_enough():
    contradictions = 0
    tried = dict.fromkeys([UPPER, LOWER, LESS, MORE, "rule"], 0)
    none = 0
    for seed in range(100):
        problem, rules, rows = drawn(seed)
        found = conflict(problem, rules, LIMIT)
        assert (found is None) == possible(problem, rows), seed
        if found is None:
            continue
        contradictions += 1
        named = {name: rows[name] for name in found.rules}
        assert named, seed
        assert not possible(problem, named), seed
        for size in range(len(named)):
            for part in combinations(named, size):
                assert possible(problem, {name: rows[name] for name in part}), (seed, part)
        assert [lever.name for lever in found.levers] == [*rules, UPPER, LOWER, LESS, MORE]
        for lever in found.levers:
            if lever.change is None:
                none += 1
                assert not possible(problem, rows, lever.name, 1e3 if lever.name in rules else 5.0), (seed, lever)
                continue
            assert lever.change > 0
            assert possible(problem, rows, lever.name, lever.change * (1 + 1e-6) + 1e-12), (seed, lever)
            assert not possible(problem, rows, lever.name, lever.change * 0.99), (seed, lever)
            tried[lever.name if lever.name in tried else "rule"] += 1
    assert contradictions >= 35
    assert none >= 20
    assert min(tried.values()) >= 5, tried


def test_a_pair_that_contradicts_itself():
    problem = SplitProblem(np.ones(3) / 3, 0.18, np.full(3, 0.18), np.ones(3), np.full(3, 0.1), np.full(3, 0.25))
    rules = {
        "harmless": within_span("harmless", [0, 1, 2], 0.15),
        "floor": between("floor", {0: 0.22}, {}),
        "cap": between("cap", {}, {0: 0.2}),
    }
    found = conflict(problem, rules, LIMIT)
    assert found.rules == ("floor", "cap")
    changes = {lever.name: lever.change for lever in found.levers}
    assert changes["floor"] == pytest.approx(0.02)
    assert changes["cap"] == pytest.approx(0.02)
    assert [changes[name] for name in ("harmless", UPPER, LOWER, LESS, MORE)] == [None] * 5


def test_a_rule_that_bounds_and_total_alone_forbid():
    problem = SplitProblem(np.array([0.5, 0.5]), 0.24, np.full(2, 0.2), np.ones(2), np.full(2, 0.1), np.full(2, 0.25))
    found = conflict(problem, {"cap": between("cap", {}, {0: 0.2})}, LIMIT)
    assert found.rules == ("cap",)
    changes = {lever.name: lever.change for lever in found.levers}
    assert changes["cap"] == pytest.approx(0.03)
    assert changes[UPPER] == pytest.approx(0.03)
    assert changes[LESS] == pytest.approx(0.015)
    assert changes[LOWER] is None
    assert changes[MORE] is None


def test_rules_that_agree_are_no_conflict():
    problem = SplitProblem(np.ones(2), 0.4, np.full(2, 0.2), np.ones(2), np.full(2, 0.1), np.full(2, 0.25))
    assert conflict(problem, {}, LIMIT) is None
    assert conflict(problem, {"floor": between("floor", {0: 0.2}, {})}, LIMIT) is None


def two_halves():
    """Two halves that must make 17 %, a cap on both that alone forbids it, and a pair of rules that do so together."""
    half = SplitProblem(np.full(2, 0.5), 0.17, np.full(2, 0.17), np.ones(2), np.zeros(2), np.full(2, 0.4))
    rules = {
        "top": between("top", {}, {0: 0.15, 1: 0.15}),
        "high": between("high", {0: 0.18}, {}),
        "low": between("low", {}, {0: 0.175}),
    }
    return half, rules


def test_the_smallest_set_is_named_though_another_cannot_be_reduced():
    found = conflict(*two_halves(), LIMIT)
    assert found.rules == ("top",)
    assert found.smallest


def test_without_time_the_set_is_only_said_to_be_irreducible(monkeypatch):
    monkeypatch.setattr("solvers.diagnosing.conflicts.SEARCH", -1.0)
    found = conflict(*two_halves(), LIMIT)
    assert found.rules == ("high", "low")
    assert not found.smallest


@pytest.mark.parametrize("seed", range(60))
def test_no_smaller_set_contradicts(seed):
    problem, rules, rows = drawn(seed)
    found = conflict(problem, rules, LIMIT)
    if found is not None:
        for fewer in combinations(rules, len(found.rules) - 1):
            assert possible(problem, {name: rows[name] for name in fewer})


def test_more_than_the_total_is_a_lever():
    # both at 20 % at least are 20 %, three points more than is asked
    problem = SplitProblem(np.full(2, 0.5), 0.17, np.full(2, 0.17), np.ones(2), np.zeros(2), np.full(2, 0.4))
    found = conflict(problem, {"floor": between("floor", {0: 0.2, 1: 0.2}, {})}, LIMIT)
    assert found.more == pytest.approx(0.03)
    assert found.changes == {"floor": pytest.approx(0.03), MORE: pytest.approx(0.03)}
    assert (found.smallest, found.outside) == (True, (frozenset({"floor"}),))
    assert conflict(*two_halves(), LIMIT).more is None


def test_the_least_change_of_nothing_is_none():
    problem, rules = two_halves()
    assert least_change(problem, {}, LIMIT, None) == 0
    assert least_change(problem, rules, LIMIT, None) is None
    # the cap on both is 15 %: two points too low; and 18 % is half a point above 17.5 %
    assert least_change(problem, {"top": rules["top"]}, LIMIT, "top") == pytest.approx(0.02)
    assert least_change(problem, {name: rules[name] for name in ("high", "low")}, LIMIT, "low") == pytest.approx(0.005)


def test_a_set_that_is_smallest_as_it_was_found():
    problem, rules = two_halves()
    found = conflict(problem, {name: rules[name] for name in ("high", "low")}, LIMIT)
    assert (found.rules, found.smallest) == (("high", "low"), True)
    assert set(found.outside) == {frozenset({"high"}), frozenset({"low"})}


def test_what_a_rule_leaves_is_below_zero():
    # up to 40 % both come to 40 %, 10 points more than a floor of 30 % for their sum asks
    problem, _ = two_halves()
    rules = {"sum": weighted_at_least("sum", {0: 0.5, 1: 0.5}, 0.3)}
    more = replace(problem, total=0.4)
    assert least_change(more, rules, LIMIT, "sum", signed=True) == pytest.approx(-0.1)
    assert least_change(more, rules, LIMIT, "sum") == pytest.approx(0)
    assert least_change(problem, rules, LIMIT, "sum", signed=True) == pytest.approx(0.13)
