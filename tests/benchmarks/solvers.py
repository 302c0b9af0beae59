"""How long the optimiser takes with rules on, against bare ways to the same numbers.

Run with the project's Python:  python tests/benchmarks/solvers.py [--runs N] [--sizes 14,339,2800]

For each number of invented regions, with a gap, a group floor and a budget that bind:

    first   the plan's first linear program: rules and problem as arrays, handed to HiGHS, solved
    (b)     the same program as arrays made by numpy, fed to highspy directly
    whole   the plan's whole leximin sequence
    (a)     a bare loop: every stage a new plain Pyomo model through Pyomo's own HiGHS interface
    (c)     the same stages as arrays, a new highspy model each

and the classes, five in whole points, at 14, 100 and 339 regions. Figures are medians in
one process after one run that is not counted; all ways must agree on the numbers.
Nothing here is a test: pytest does not collect this file.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

# this file has the name of the package it measures: its own folder must not come first
sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]

# ruff: noqa: E402
import highspy
import numpy as np
import pyomo.environ as pyo
from pyomo.contrib.solver.common.factory import SolverFactory
from scipy.sparse import csr_array, vstack

from solvers.arrays import level_program
from solvers.closed.waterfill import waterfill
from solvers.highs import HotSolver, Stop
from solvers.leximin import leximin
from solvers.model import Rule
from solvers.printable.classes import ClassLimits, classify
from solvers.printable.exact import GridProblem
from solvers.problem import SplitProblem
from solvers.rows.catalogue import between, weighted_at_least, within_span

CLASS_SIZES = (14, 100, 339)
SLOWEST = 40.0
"""Seconds that a bare loop may take before it is cut short and said to be longer."""


@dataclass(frozen=True)
class Case:
    """A province with three rules that bind.

    Parameters
    ----------
    problem
        Bounds, coupling row, reference.
    width, group, floor, weights, need
        Gap for all; floor of a group; ``weights @ rate[group] >= need``.
    """

    problem: SplitProblem
    width: float
    group: tuple[int, ...]
    floor: float
    weights: np.ndarray
    need: float

    @property
    def rules(self) -> list[Rule]:
        """The rules as the plan has them."""
        return [
            within_span("gap", range(len(self.problem)), self.width),
            between("group", dict.fromkeys(self.group, self.floor), {}),
            weighted_at_least("budget", dict(zip(self.group, self.weights.tolist(), strict=True)), self.need),
        ]


def invented(n: int) -> Case:
    """Return n invented regions, the same for the same n."""
    rng = np.random.default_rng(n)
    coefficients = rng.lognormal(0, 0.8, n)
    coefficients *= 1.02 / coefficients.sum()
    reference = np.clip(0.187 + rng.normal(0, 0.03, n), 0.11, 0.27)
    lower, upper = np.full(n, 0.1), np.full(n, 0.25)
    problem = SplitProblem(coefficients, 0.19, reference, reference, lower, upper)
    free = waterfill(problem).rates
    group = tuple(range(0, n, 4))
    weights = 1e4 * coefficients[list(group)]
    floor = float(np.quantile(free[list(group)], 0.3))
    floored = np.maximum(free[list(group)], floor)
    need = float(weights @ floored) * 1.005
    return Case(problem, 0.9 * float(np.ptp(free)), group, floor, weights, need)


# -- the program as arrays -----------------------------------------------------------------------------------------


def arrays(case: Case) -> tuple[Any, ...]:
    """Return costs, bounds, matrix and row bounds; columns: rates, level, base of the gap."""
    p, n = case.problem, len(case.problem)
    eye = csr_array(np.eye(n)) if n < 50 else _eye(n)
    one, none = csr_array(np.ones((n, 1))), csr_array((n, 1))
    scale = csr_array(p.scale.reshape(-1, 1))
    group = list(case.group)
    largest = float(case.weights.max())
    budget = np.zeros(n + 2)
    budget[group] = case.weights / largest
    rows = [
        csr_array(np.append(p.coefficients, [0.0, 0.0]).reshape(1, -1)),
        _beside(eye, -scale, none),
        _beside(eye, scale, none),
        _beside(eye, none, -one),
        _beside(eye, none, -one),
        csr_array(budget.reshape(1, -1)),
    ]
    infinite = np.full(n, np.inf)
    low = np.concatenate([[p.total], -infinite, p.reference, np.zeros(n), -infinite, [case.need / largest]])
    high = np.concatenate([[p.total], p.reference, infinite, infinite, np.full(n, case.width), [np.inf]])
    lower = np.append(p.lower, [0.0, -np.inf])
    lower[group] = np.maximum(lower[group], case.floor)
    upper = np.append(p.upper, [np.inf, np.inf])
    costs = np.zeros(n + 2)
    costs[n] = 1.0
    return costs, lower, upper, csr_array(vstack(rows)), low, high


def _eye(n: int) -> csr_array:
    return csr_array((np.ones(n), (np.arange(n), np.arange(n))), shape=(n, n))


def _beside(*blocks: csr_array) -> csr_array:
    from scipy.sparse import hstack

    return csr_array(hstack(blocks))


def passed(costs: Any, lower: Any, upper: Any, matrix: csr_array, low: Any, high: Any) -> Any:
    """Return a highspy model that holds the arrays."""
    lp = highspy.HighsLp()
    lp.num_row_, lp.num_col_ = matrix.shape
    lp.col_cost_, lp.col_lower_, lp.col_upper_ = costs, lower, upper
    lp.row_lower_, lp.row_upper_ = low, high
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_, lp.a_matrix_.index_, lp.a_matrix_.value_ = matrix.indptr, matrix.indices, matrix.data
    highs = highspy.Highs()
    for name, value in {"output_flag": False, "threads": 1, "primal_feasibility_tolerance": 1e-10,
                        "dual_feasibility_tolerance": 1e-10}.items():  # fmt: skip
        highs.setOptionValue(name, value)
    highs.passModel(lp)
    return highs


def array_first(case: Case) -> float:
    """(b): solve the first program fed as arrays."""
    highs = passed(*arrays(case))
    highs.run()
    return float(highs.getInfo().objective_function_value)


def array_loop(case: Case) -> np.ndarray | None:
    """(c): the stages of leximin, each a new highspy model from arrays; None when it takes longer than `SLOWEST`."""
    n, p, start = len(case.problem), case.problem, time.perf_counter()
    costs, lower, upper, matrix, low, high = arrays(case)
    free = np.ones(n, dtype=bool)
    while free.any():
        highs = passed(costs, lower, upper, matrix, low, high)
        highs.run()
        solution = highs.getSolution()
        rates, duals = np.array(solution.col_value), np.array(solution.row_dual)
        if highs.getInfo().objective_function_value <= 1e-12:
            return rates[:n]
        carried = (np.abs(duals[1 : n + 1]) + np.abs(duals[n + 1 : 2 * n + 1])) * p.scale
        tight = np.flatnonzero(free & (carried > 1e-9))
        lower[tight] = upper[tight] = rates[tight]
        for first in (1, n + 1):
            low[first + tight], high[first + tight] = -np.inf, np.inf
        free[tight] = False
        if time.perf_counter() - start > SLOWEST:
            return None
        if not tight.size:
            raise SystemExit("a bare stage has no dual")
    return lower[:n]


# -- the usual way -------------------------------------------------------------------------------------------------


def plain_model(case: Case, fixed: dict[int, float]) -> pyo.ConcreteModel:
    """Return a plain Pyomo model of one stage."""
    p, n = case.problem, len(case.problem)
    m = pyo.ConcreteModel()
    m.r = pyo.Var(range(n), bounds=lambda _, i: (p.lower[i], p.upper[i]))
    m.level, m.base = pyo.Var(bounds=(0, None)), pyo.Var()
    for i, rate in fixed.items():
        m.r[i].fix(rate)
    m.backing = pyo.Constraint(expr=sum(p.coefficients[i] * m.r[i] for i in range(n)) == p.total)
    free = [i for i in range(n) if i not in fixed]
    m.above = pyo.Constraint(free, rule=lambda m, i: m.r[i] - p.reference[i] <= p.scale[i] * m.level)
    m.below = pyo.Constraint(free, rule=lambda m, i: p.reference[i] - m.r[i] <= p.scale[i] * m.level)
    m.low = pyo.Constraint(range(n), rule=lambda m, i: m.r[i] >= m.base)
    m.high = pyo.Constraint(range(n), rule=lambda m, i: m.r[i] <= m.base + case.width)
    m.floor = pyo.Constraint([i for i in case.group if i not in fixed], rule=lambda m, i: m.r[i] >= case.floor - 1e-10)
    weights = zip(case.group, case.weights.tolist(), strict=True)
    m.budget = pyo.Constraint(expr=sum(w * m.r[i] for i, w in weights) >= case.need * (1 - 1e-10))
    m.dual = pyo.Suffix(direction=pyo.Suffix.IMPORT)
    m.largest = pyo.Objective(expr=m.level)
    return m


def plain_loop(case: Case) -> np.ndarray | None:
    """(a): rebuild and solve a plain model each stage; None when it takes longer than `SLOWEST`."""
    p, fixed, start = case.problem, {}, time.perf_counter()
    solver = SolverFactory("highs")
    while len(fixed) < len(p):
        m = plain_model(case, fixed)
        solver.solve(m)
        if pyo.value(m.level) <= 1e-9:
            break
        tight = [i for i in m.above if (abs(m.dual[m.above[i]]) + abs(m.dual[m.below[i]])) * p.scale[i] > 1e-7]
        if not tight:
            raise SystemExit("a plain stage has no dual")
        fixed |= {i: pyo.value(m.r[i]) for i in tight}
        if time.perf_counter() - start > SLOWEST:
            return None
    return np.array([pyo.value(m.r[i]) for i in range(len(p))])


# -- ours ----------------------------------------------------------------------------------------------------------


def first_steps(case: Case) -> tuple[float, dict[str, float]]:
    """Return the plan's first objective, and seconds by step."""
    marks = [time.perf_counter()]
    program = level_program(case.problem, case.rules).program
    marks.append(time.perf_counter())
    solver = HotSolver(program)
    marks.append(time.perf_counter())
    solution = solver.solve()
    marks.append(time.perf_counter())
    if solution.stop is not Stop.OPTIMAL:
        raise SystemExit(f"the first program is {solution.stop.value}")
    names = ("arrays", "transfer", "solve")
    return solution.objective, dict(zip(names, np.diff(marks).tolist(), strict=True))


def timed(runs: int, job: Callable[[], object]) -> tuple[float, Any]:
    """Return median seconds of a job, and what it gave; one run more is not counted unless it is long."""
    start = time.perf_counter()
    given = job()
    first = time.perf_counter() - start
    if first > 10:
        return first, given
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        given = job()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken), given


def agree(name: str, one: Any, other: Any) -> None:
    """Stop when two ways differ."""
    apart = float(np.abs(np.asarray(one) - np.asarray(other)).max())
    if apart > 1e-6:
        raise SystemExit(f"{name}: {apart:.1e} apart")


def splits(runs: int, sizes: Sequence[int]) -> None:
    """Measure the split."""
    print(f"{'regions':<9}{'first s':>9}{'(b) s':>9}{'x (b)':>7}   {'whole s':>9}{'stages':>8}"
          f"{'(c) s':>9}{'x (c)':>7}{'(a) s':>9}{'x (a)':>7}   first, ms: arrays transfer solve")  # fmt: skip
    for n in sizes:
        case = invented(n)
        seconds, (objective, _) = timed(runs, partial(first_steps, case))
        bare, wanted = timed(runs, partial(array_first, case))
        agree(f"first program at {n}", objective, wanted)
        steps = [first_steps(case)[1] for _ in range(runs)]
        parts = [1000 * statistics.median(step[name] for step in steps) for name in steps[0]]
        whole, split = timed(runs, partial(leximin, case.problem, case.rules))
        stages, rates = timed(runs, partial(array_loop, case))
        if rates is not None:
            agree(f"rates at {n}", split.rates, rates)
        cut = ">" if rates is None else ""
        plain, rates = timed(max(1, runs // 2), partial(plain_loop, case))
        if rates is not None:
            agree(f"plain rates at {n}", split.rates, rates)
        more = ">" if rates is None else ""
        print(f"{n:<9,}{seconds:>9.3f}{bare:>9.3f}{seconds / bare:>7.2f}   {whole:>9.3f}{split.stages:>8}"
              f"{cut + format(stages, '.3f'):>9}{whole / stages:>7.2f}"
              f"{more + format(plain, '.2f'):>9}{whole / plain:>7.2f}"
              f"   {'':<10}" + "".join(f"{part:>8.1f}" for part in parts), flush=True)  # fmt: skip


def classes(runs: int, sizes: Sequence[int]) -> None:
    """Measure the classes, without and with the gap and the floor."""
    print(
        f"\n{'classes':<9}{'bare s':>9}{'rules s':>9}   five at most, whole points; proved: gap 0 and least overshoot"
    )
    for n in sizes:
        case = invented(n)
        p, seconds, proved = case.problem, [], True
        grid = Fraction(1, 100)
        floor = replace(
            case, floor=float(np.floor(case.floor * 100) / 100), width=float(np.ceil(case.width * 100) / 100)
        )
        weights = [Fraction(a) for a in p.coefficients.tolist()]
        low, high, total = [Fraction(1, 10)] * n, [Fraction(1, 4)] * n, Fraction(p.total)
        for rules in ([], floor.rules[:2]):
            asked = GridProblem(leximin(p, rules).rates, weights, total, grid, low, high, rules)
            taken, table = timed(max(1, runs // 2), partial(classify, asked, p.reference, ClassLimits(5)))
            seconds.append(taken)
            proved &= table.gap == 0 and table.tightest
        print(f"{n:<9,}" + "".join(f"{taken:>9.3f}" for taken in seconds) + f"   proved: {'yes' if proved else 'no'}",
              flush=True)  # fmt: skip


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=5, help="runs a median is taken over (5)")
    parser.add_argument("--sizes", default="14,339,2800", help="numbers of invented regions (14,339,2800)")
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores; "
          f"medians of {options.runs}; gap, floor and budget on\n")  # fmt: skip
    splits(options.runs, [int(size) for size in options.sizes.split(",")])
    classes(options.runs, CLASS_SIZES)


if __name__ == "__main__":
    sys.exit(main())
