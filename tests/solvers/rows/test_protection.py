"""Protection rows against brute force over every corner, and a problem that may exceed its total."""

import re
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from solvers.closed.waterfill import waterfill
from solvers.diagnosing.conflicts import LESS, conflict
from solvers.diagnosing.reach import gap
from solvers.leximin import leximin
from solvers.model import build_model
from solvers.problem import Infeasible, SplitProblem
from solvers.rows.protection import protected

LIMIT = (-0.99, 0.99)
GOLDEN = Path(__file__).parents[1] / "golden" / "protection.lp"


def draw(seed, n=None):
    """Return weights, half-widths, constants, slopes, relief and a problem whose coupling row they make."""
    rng = np.random.default_rng(seed)
    n = n or int(rng.integers(2, 6))
    emissions, product_ = rng.dirichlet(np.ones(n) * 3), rng.dirichlet(np.ones(n) * 3)
    growth = rng.uniform(1, 1.6, n)
    scale = growth @ product_
    target = float(rng.uniform(0.1, 0.25))
    weights, half = growth / scale, growth * rng.uniform(0, 0.15, n) / scale
    constants = emissions - (1 - target) * product_
    coefficients = emissions * weights
    total = target + coefficients.sum() - 1
    reference = np.maximum(target + rng.normal(0, 0.05, n), 0.02)
    lower, upper = np.full(n, 0.02), np.full(n, float(rng.uniform(0.25, 0.5)))
    problem = SplitProblem(coefficients, total, reference, np.ones(n), lower, upper, at_least=True)
    return problem, (weights, half, constants, emissions, product_)


def corners(half, budget):
    """Return every vector of deviations with all of a whole budget spent, shape (cases, n)."""
    n, whole, part = half.size, int(budget), budget - int(budget)
    cases = []
    for members in combinations(range(n), whole):
        for extra in [i for i in range(n) if i not in members] or [None]:
            for signs in product((-1, 1), repeat=n):
                size = [1.0 if i in members else part if i == extra else 0.0 for i in range(n)]
                cases.append(np.array(size) * np.array(signs) * half)
    return np.unique(np.array(cases), axis=0)


def rows_of(data, budget):
    """Return the corner rows as ``matrix @ rate <= limits``."""
    weights, half, constants, slopes, _ = data
    at = weights + corners(half, budget)
    return -at * slopes, -at @ constants


def worst(data, budget, rates):
    matrix, limits = rows_of(data, budget)
    return float((matrix @ rates - limits).max())


def test_a_problem_may_exceed_its_total_but_does_not_without_need():
    problem = SplitProblem(np.array([0.5, 0.5]), 0.1, np.array([0.15, 0.2]), np.ones(2), np.zeros(2), np.ones(2) * 0.3)
    assert leximin(replace(problem, at_least=True)).rates == pytest.approx([0.15, 0.2], abs=1e-9)
    assert leximin(problem).rates == pytest.approx([0.075, 0.125], abs=1e-9)


def test_at_least_counts_for_reach_and_gap():
    problem = SplitProblem(np.ones(2), 0.1, np.full(2, 0.2), np.ones(2), np.full(2, 0.1), np.full(2, 0.3))
    assert not problem.within_reach
    assert gap(problem, LIMIT).short == pytest.approx(-0.1)
    more = replace(problem, at_least=True)
    assert more.within_reach
    assert gap(more, LIMIT) is None
    assert gap(replace(more, total=0.7), LIMIT).short == pytest.approx(0.1)
    assert not replace(more, total=0.7).within_reach
    with pytest.raises(ValueError, match="closed form"):
        waterfill(more)


def test_golden_rows(tmp_path):
    """Two members in numbers that are exact in binary."""
    halves = np.full(2, 0.5)
    problem = SplitProblem(halves, 0.25, halves / 2, np.ones(2), np.zeros(2), halves, at_least=True)
    rule = protected("p", np.array([0.75, 1.25]), halves / 4, np.array([0.25, -0.5]), halves, halves, 1.5, hair=0.125)
    model = build_model(problem, [rule])
    model.write(str(tmp_path / "model.lp"), io_options={"symbolic_solver_labels": True})
    text = re.sub(r"\\\*.*?\*\\", "", (tmp_path / "model.lp").read_text("utf-8"), flags=re.DOTALL)
    lines = [" ".join(line.split()) for line in text.splitlines()]
    assert "\n".join(line for line in lines if line) + "\n" == GOLDEN.read_text("utf-8")


def test_by_hand():
    """Two alike members, w = 1, d = 1/10, c = 0.4 - 0.5 r: worst 2(0.4 - 0.5 r) + 2 * 0.1 |0.4 - 0.5 r| <= 0."""
    ones = np.ones(2)
    problem = SplitProblem(ones / 2, 0.8, ones * 0.5, ones, ones * 0.0, ones * 0.99, at_least=True)
    rule = protected("p", ones, ones / 10, ones * 0.4, ones / 2, ones / 2, 2.0)
    assert leximin(problem, [rule]).rates == pytest.approx([0.8, 0.8], abs=1e-9)
    rule = protected("p", ones, ones / 10, np.array([0.3, -0.2]), ones / 2, ones / 2, 1.0)
    free = replace(problem, total=0.1, reference=np.array([0.1, 0.1]))
    # moved alike: c = (0.3 - r/2, -0.2 - r/2) at r each; nominal 0.1 - r, and |c2| = 0.2 + r/2 is the larger;
    # one weight against: 0.1 - r + 0.1 (0.2 + r/2) <= 0  ->  r = 0.12/0.95
    assert leximin(free, [rule]).rates == pytest.approx(np.full(2, 0.12 / 0.95), abs=1e-9)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 1.0])
def test_same_points_as_every_corner(seed, share, textbook):
    """The rows leave exactly what the corner rows leave: same verdict, same leximin answer."""
    problem, data = draw(seed, 2 + seed % 3)
    budget = round(share * len(problem) * 4) / 4
    matrix, limits = rows_of(data, budget)
    least = linprog(
        problem.coefficients, A_ub=matrix, b_ub=limits, bounds=list(zip(problem.lower, problem.upper, strict=True))
    )
    rule = protected("p", *data, budget)
    if least.status == 2:
        with pytest.raises(Infeasible):
            leximin(problem, [rule])
        return
    rates = leximin(problem, [rule]).rates
    assert worst(data, budget, rates) <= 1e-9
    assert problem.coefficients @ rates >= problem.total - 1e-9
    # no feasible point has a smaller largest deviation
    n = len(problem)
    unit = np.eye(n)
    near = linprog(
        [*np.zeros(n), 1],
        A_ub=np.vstack([np.column_stack([matrix, np.zeros(len(limits))]),
                        np.column_stack([unit, -np.ones(n)]), np.column_stack([-unit, -np.ones(n)])]),
        b_ub=[*limits, *problem.reference, *-problem.reference],
        bounds=[*zip(problem.lower, problem.upper, strict=True), (0, None)],
    )  # fmt: skip
    assert np.abs(rates - problem.reference).max() == pytest.approx(near.fun, abs=1e-8)


@given(st.integers(0, 10**6))
@settings(max_examples=40)
def test_more_protection_never_costs_less(seed):
    problem, data = draw(seed)
    last = -1.0
    for budget in np.arange(0, len(problem) + 0.5, 0.5):
        try:
            rates = leximin(problem, [protected("p", *data, float(budget))]).rates
        except Infeasible:
            last = np.inf
            continue
        assert last < np.inf
        largest = np.abs(rates - problem.reference).max()
        assert largest >= last - 1e-9
        assert worst(data, float(min(budget, len(problem))), rates) <= 1e-9
        last = largest


def test_conflict_names_it_and_a_lower_total_ends_it():
    problem, data = draw(3, 4)
    tight = replace(problem, upper=waterfill(replace(problem, at_least=False)).rates + 1e-3)
    rules = {"protect": protected("protect", *data, 4.0)}
    found = conflict(tight, rules, LIMIT)
    assert found.rules == ("protect",)
    change = {lever.name: lever.change for lever in found.levers}
    assert change["protect"] == pytest.approx(0, abs=0.1)
    less = change[LESS]
    assert 0 < less < 0.2
    weights, half, constants, slopes, relief = data
    for step, good in ((less + 1e-6, True), (less - 1e-6, False)):
        rule = protected("p", weights, half, constants - relief * step, slopes, relief, 4.0)
        lowered = replace(tight, total=tight.total - step)
        assert (conflict(lowered, {"p": rule}, LIMIT) is None) is good
