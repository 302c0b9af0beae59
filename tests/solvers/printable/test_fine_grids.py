"""Classes on a fine grid: bounded by a known table and found in seconds, as near as without that."""

from fractions import Fraction

import numpy as np
import pytest

from solvers.effort import Effort
from solvers.printable import classes
from solvers.printable.classes import ClassLimits
from solvers.printable.exact import GridProblem, Miss
from solvers.printable.known import within_known
from solvers.problem import Infeasible


def problem(seed, n=6, grid=Fraction(1, 200), rising=True, **more):
    rng = np.random.default_rng([seed, n])
    scores = np.sort(np.round(rng.uniform(0, 1, n), 2))
    rates = np.sort(rng.uniform(-0.1, 0.15, n)) if rising else rng.uniform(-0.1, 0.15, n)
    weights = [Fraction(int(k), 100) for k in rng.integers(1, 60, n)]
    total = sum((w * Fraction(float(r)) for w, r in zip(weights, rates, strict=True)), Fraction(0))
    lower, upper = [Fraction(-1, 5)] * n, [Fraction(1, 5)] * n
    return GridProblem(rates, weights, total, grid, lower, upper, effort=Effort(20.0), **more), scores


def cost(asked, table):
    return sum(abs(float(r / asked.grid) - s) for r, s in zip(table.rates, asked.steps, strict=True))


@pytest.mark.parametrize("seed", range(12))
def test_a_bounded_program_finds_a_table_as_near(monkeypatch, seed):
    asked, scores = problem(seed, rising=seed % 3 != 0)
    limits = ClassLimits(3, 1 + seed % 2)
    plain = classes.classify(asked, scores, limits)
    monkeypatch.setattr(classes, "_PLAIN", 0)
    bounded = classes.classify(asked, scores, limits)
    assert cost(asked, bounded) == pytest.approx(cost(asked, plain), abs=1e-6)
    over = [sum(w * r for w, r in zip(asked.coefficients, each.rates, strict=True)) for each in (plain, bounded)]
    assert float(over[0]) == pytest.approx(float(over[1]), abs=1e-9)
    assert (plain.tightest, bounded.tightest) == (True, True)


def test_what_is_beyond_a_known_table_is_left_out():
    asked, scores = problem(1)
    far = max(high - low for low, high in within_known(asked, scores, 3, 1, ()))
    assert far < 80  # of 81 levels
    best = classes.classify(asked, scores, ClassLimits(3))
    for rate, (low, high) in zip(best.rates, within_known(asked, scores, 3, 1, ()), strict=True):
        assert low <= rate / asked.grid <= high


def test_a_table_that_breaks_a_rule_bounds_nothing():
    asked, scores = problem(1, check=lambda _: (Miss((0,), 0.0),))
    assert within_known(asked, scores, 3, 1, ()) == asked.ranges()


@pytest.mark.parametrize("spread", [0.0, 0.01])
def test_nine_cities_of_ten_thousand_levels_take_seconds(spread):
    scores = np.linspace(0, 1, 9)
    weights = [Fraction(k, 100) for k in (3, 7, 5, 20, 15, 10, 8, 12, 20)]
    rates = 0.1 + spread * (scores - float(sum(w * Fraction(s) for w, s in zip(weights, scores.tolist(), strict=True))))
    total = sum((w * Fraction(float(r)) for w, r in zip(weights, rates, strict=True)), Fraction(0))
    bounds = [Fraction(-1, 2)] * 9, [Fraction(1, 2)] * 9
    table = classes.classify(
        GridProblem(rates, weights, total, Fraction(1, 10_000), *bounds, effort=Effort(60.0)), scores, ClassLimits(3)
    )
    assert table.gap == 0
    assert len(set(table.rates)) <= 3
    assert sum(w * r for w, r in zip(weights, table.rates, strict=True)) >= total


def test_what_to_change_is_said_where_the_time_is_up():
    from reports.words import LABELS

    assert "publish.grid" in LABELS.say("out_of_time", "zh")
    assert "publish.grid" in LABELS.say("out_of_time", "en")


def test_no_table_is_said_where_there_is_none(monkeypatch):
    asked, scores = problem(2)
    monkeypatch.setattr(classes, "_PLAIN", 0)
    with pytest.raises(Infeasible):
        classes.classify(
            GridProblem(asked.rates, asked.coefficients, Fraction(9), asked.grid, asked.lower, asked.upper),
            scores, ClassLimits(3),
        )  # fmt: skip
