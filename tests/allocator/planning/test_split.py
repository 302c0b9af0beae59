from dataclasses import replace

import numpy as np
import pytest

import solvers.arrays
import solvers.highs
from allocator.planning import split
from allocator.planning.plan import plan
from allocator.planning.split import MODEL_LIMIT, answer
from scenarios.load import load_scenario
from solvers.effort import USUAL
from solvers.problem import Infeasible, SolverFailure, Split, SplitProblem
from solvers.rows.catalogue import between, within_span


def problem_of(n, total=0.18, seed=1):
    draw = np.random.default_rng(seed)
    a = draw.dirichlet(np.ones(n))
    reference = total + 0.05 * (draw.random(n) - 0.5)
    ends = np.full(n, 0.1), np.full(n, 0.25)
    return SplitProblem(a, total, reference, reference, *ends)


@pytest.mark.parametrize("case", ["guangxi-13fyp", "zhejiang-13fyp", "accounting-example"])
def test_a_plan_is_the_model_s_and_the_other_ways_agree(case, monkeypatch):
    models, runs = [], []
    build, solve = solvers.arrays.build_model, solvers.highs.HotSolver.solve
    monkeypatch.setattr("solvers.arrays.build_model", lambda *a: models.append(1) or build(*a))
    monkeypatch.setattr(solvers.highs.HotSolver, "solve", lambda *a, **k: runs.append(1) or solve(*a, **k))
    facts = plan(load_scenario(case)).record.provenance.solver
    assert facts["answered_by"] == "model"
    assert facts["held_against"] == "arrays, closed form"
    assert facts["largest_difference"] < 1e-12
    assert (len(models), len(runs)) == (1, 2)


def test_large_provinces_take_the_arrays_and_say_so(monkeypatch):
    monkeypatch.setattr("solvers.arrays.build_model", None)
    found = answer(problem_of(MODEL_LIMIT + 1), [], USUAL)
    assert found.ways == ("arrays", "closed form")
    assert answer(problem_of(MODEL_LIMIT + 1), [within_span("gap", range(501), 0.5)], USUAL).ways == ("arrays",)


@pytest.mark.parametrize("way", ["leximin_of_record", "leximin", "waterfill"])
def test_a_slip_of_any_way_is_caught(way, monkeypatch):
    right = getattr(split, way)

    def slipped(problem, *rest):
        found = right(problem, *rest)
        return Split(found.rates + 1e-8 * (np.arange(len(problem)) == 3), found.stages)

    monkeypatch.setattr(split, way, slipped)
    with pytest.raises(SolverFailure, match=r"differ by 1\.0e-08"):
        answer(problem_of(14), [], USUAL)


def test_more_than_the_total_only_when_asked():
    floor = [between("floor", dict.fromkeys(range(5), 0.2), {})]
    with pytest.raises(Infeasible):
        answer(problem_of(5), floor, USUAL)
    above = answer(replace(problem_of(5), may_exceed=True), floor, USUAL)
    assert above.split.rates == pytest.approx(np.full(5, 0.2), abs=0.03)


@pytest.mark.parametrize("seed", range(20))
def test_the_ways_agree_on_random_provinces(seed):
    draw = np.random.default_rng(seed)
    n = int(draw.integers(2, 60))
    problem = problem_of(n, draw.uniform(0.12, 0.22), seed)
    rules = [within_span("gap", range(n), 0.06)] if seed % 2 else []
    assert answer(problem, rules, USUAL).difference < 1e-10
