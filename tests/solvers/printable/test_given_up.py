"""What becomes of a search that is given up: no time, no answer, tables that exact arithmetic refuses."""

from dataclasses import replace
from fractions import Fraction
from math import inf
from time import monotonic

import numpy as np
import pytest
from scipy.sparse import csr_array

from solvers.effort import USUAL
from solvers.highs import HotSolver, Program, Solution, Stop
from solvers.printable import classes, rounding
from solvers.printable.classes import ClassLimits, classify
from solvers.printable.exact import GridProblem, Miss
from solvers.printable.rounding import round_rates
from solvers.printable.rounding_program import Found, GridClass, on_grid, solve
from solvers.problem import Infeasible, OutOfTime, SolverFailure
from solvers.rows.catalogue import between

POINT, HALF = Fraction(1, 100), Fraction(1, 2)
TWO = GridProblem(
    np.array([0.152, 0.157]), [HALF, HALF], Fraction("0.156"), POINT, [Fraction("0.1")] * 2, [Fraction("0.2")] * 2
)
SCORES, LIMITS = np.array([1.0, 2.0]), ClassLimits(2)
NOTHING = Solution(Stop.INFEASIBLE, inf, np.empty(0), np.empty(0))


def test_the_two_as_they_are():
    """15.2 and 15.7 that must make 15.6 on whole points: 16 and 16, 1.1 steps away, or 15 and 17, 1.5 steps away."""
    assert classify(TWO, SCORES, LIMITS).rates == round_rates(TWO).rates == (Fraction("0.16"),) * 2


def test_classes_that_never_reach_the_total_are_found_out(monkeypatch):
    monkeypatch.setattr(classes, "_solve", lambda *_: classes._Found([15, 15], 0.0, True))
    with pytest.raises(SolverFailure, match="exact arithmetic"):
        classify(TWO, SCORES, LIMITS)


def test_classes_of_which_none_is_left():
    held = replace(TWO, lower=[Fraction("0.16")] * 2, upper=[Fraction("0.16")] * 2)
    assert classify(held, SCORES, LIMITS).rates == (Fraction("0.16"),) * 2
    with pytest.raises(Infeasible):
        classify(replace(held, check=lambda _: (Miss((0, 1), below=True),)), SCORES, LIMITS)


def test_classes_without_time_for_the_second_program(monkeypatch):
    nearest = classes._nearest
    monkeypatch.setattr(classes, "_nearest", lambda *a: replace(nearest(*a), stop=Stop.EARLY, gap=0.1))
    monkeypatch.setattr(classes, "monotonic", lambda: inf)
    found = classify(TWO, SCORES, LIMITS)
    assert (found.gap, found.tightest) == (0.1, False)


@pytest.fixture
def nearest(monkeypatch):
    """Return a function that looks for the nearest classes, the programs' solutions being given.

    No table costs less than 10; the first window is half a step, the widest 5.
    """
    program = Program(
        costs=np.ones(1), lower=np.zeros(1), upper=np.ones(1), matrix=csr_array((0, 1)), row_lower=np.empty(0),
        row_upper=np.empty(0), integer=np.ones(1, dtype=bool),
    )  # fmt: skip

    def call(*solutions, effort=USUAL, deadline=inf):
        given = iter(solutions)
        monkeypatch.setattr(classes, "_in_time", lambda *_: next(given))
        found = classes._nearest(program, classes._Relaxation(10.0, np.array([5.0])), effort, deadline)
        assert next(given, None) is None
        return found

    return call


def costing(objective, stop=Stop.OPTIMAL, gap=0.0):
    return Solution(stop, objective, np.ones(1), np.empty(0), gap)


def test_no_classes_in_time(nearest):
    with pytest.raises(OutOfTime):
        nearest(None)


def test_classes_found_before_the_time_was_up_say_their_gap(nearest):
    found = nearest(costing(12.0), None)
    assert (found.stop, found.gap) == (Stop.EARLY, pytest.approx(2 / 12))


@pytest.mark.parametrize(("first", "asked"), [(10.5, 1), (10.5 + 5e-8, 1), (10.6, 2)])
def test_what_lies_within_the_window_is_the_nearest(nearest, first, asked):
    solutions = [costing(first), costing(10.55)][:asked]
    assert nearest(*solutions).objective == solutions[-1].objective


def test_the_window_widens_until_it_holds_everything(nearest):
    # half a step, then 4, then 32, which is more than the widest
    assert nearest(NOTHING, NOTHING, costing(99.0)).objective == 99.0
    with pytest.raises(Infeasible):
        nearest(NOTHING, NOTHING, NOTHING)


def test_an_early_stop_that_is_near_enough_is_kept(nearest):
    early = costing(12.0, Stop.EARLY, gap=0.2)
    # 9.6 is what the solver knows, 10 the relaxation
    assert nearest(early, effort=replace(USUAL, gap=0.17)).gap == pytest.approx(2 / 12)
    assert nearest(early, deadline=monotonic() - 1).gap == pytest.approx(2 / 12)
    # 12 × 0.9 is above the window, of which only 10.5 is known
    assert nearest(costing(12.0, Stop.EARLY, gap=0.1), deadline=0.0).gap == pytest.approx(1.5 / 12)
    assert nearest(early, costing(11.0)).stop is Stop.OPTIMAL


def test_a_program_that_has_no_time(monkeypatch):
    def late(_):
        raise OutOfTime("late")

    monkeypatch.setattr(HotSolver, "solve", late)
    program = Program(np.ones(1), np.zeros(1), np.ones(1), csr_array((0, 1)), np.empty(0), np.empty(0), np.ones(1) > 0)
    assert classes._in_time(program, USUAL, inf) is None


ONE = [GridClass((0,), 15.2, Fraction(1), 10, 20)]


def solved(ranges, rules=()):
    return solve(ONE, ranges, [0], Fraction(15), [], [on_grid(rule, ONE, POINT) for rule in rules], USUAL, inf)


def test_a_rule_that_the_only_levels_break():
    assert solved([(15, 15)]) == Found([15])
    assert solved([(15, 15)], [between("b", {0: 0.2}, {})]) is None


def test_a_solver_that_finds_no_rounding(monkeypatch):
    monkeypatch.setattr(HotSolver, "solve", lambda _: NOTHING)
    assert solved([(15, 16)], [between("b", {0: 0.1}, {})]) is None
    with pytest.raises(SolverFailure, match="must exist"):
        solved([(15, 16)])


def test_a_second_program_without_an_answer_leaves_the_first(monkeypatch):
    real, calls = HotSolver.solve, []

    def once(self):
        calls.append(1)
        return real(self) if len(calls) == 1 else NOTHING

    monkeypatch.setattr(HotSolver, "solve", once)
    assert solved([(15, 16)]) == Found([15], 0.0, tightest=False)


def test_choices_that_are_given_up_are_left_to_the_programs(monkeypatch):
    asked = []
    monkeypatch.setattr(rounding, "least_choice", lambda *given: asked.append(given))
    assert round_rates(TWO).rates == (Fraction("0.16"),) * 2
    assert len(asked) == 1


def test_windows_follow_what_was_found(nearest):
    # 15 is as far as the widest: what is found within it is the nearest
    assert nearest(costing(15.0), costing(15.6)).objective == 15.6
    # an early stop at 12 widens the window to 2, which does not hold 13
    assert nearest(costing(12.0, Stop.EARLY, gap=0.2), costing(13.0), costing(12.5)).objective == 12.5


@pytest.mark.parametrize(
    ("stop", "objective", "better"),
    [(Stop.OPTIMAL, 3.0, True), (Stop.EARLY, 2.0, True), (Stop.OPTIMAL, 3.1, False), (Stop.INFEASIBLE, 0.0, False)],
)
def test_a_second_solution_is_kept_where_it_overshoots_no_more(stop, objective, better):
    second = Program(
        np.array([3.0]), np.zeros(1), np.ones(1), csr_array((0, 1)), np.empty(0), np.empty(0), np.ones(1) > 0
    )
    assert classes._better(costing(objective, stop), second, costing(9.0)) is better
