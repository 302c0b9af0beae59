"""How many samples a second, against the usual ways to the same splits.

Run with the project's Python:  python tests/benchmarks/sweep.py [--runs N] [--sizes 14,300] [--command N]

For each number of invented regions, criterion weights drawn over the whole simplex:

    (a)     a Pyomo model rebuilt for every sample, solved through Pyomo's own HiGHS interface
    (b)     one Pyomo model with mutable parameters, persistent in the same interface
    (c)     one highspy model kept hot, numbers changed
    (d)     the closed form, block by block
    copy    copying the bytes of the rates that (d) writes

Without rules (a) to (c) solve one linear program a sample, the first of the sequence, which is
less than what (d) answers; with a gap rule that binds all three go through all stages. All ways
must agree. `chain` is what a sweep does with a sample: weights, scores, closed form, checks,
summary. `command` is the whole command in a process of its own, start-up, linear programs held
against it, rounding, cases and pages included. Figures are medians in one run; nothing here is a
test: pytest does not collect this file.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

# this file's folder holds names of packages that it measures: it must not come first
sys.path[:] = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]

# ruff: noqa: E402
import highspy
import numpy as np
import pyomo.environ as pyo
from pyomo.contrib.solver.common.factory import SolverFactory

from allocator.sweeping.arrays import ProvinceArrays
from allocator.sweeping.designs import DIRICHLET, WeightDesign
from allocator.sweeping.job import Job, problem_of, run_chunk
from allocator.sweeping.samples import SampleChain
from allocator.sweeping.summary import Frame
from solvers.closed.blocks import Block, BlockWaterfill
from solvers.leximin import HotLeximin, leximin
from solvers.problem import SplitProblem
from solvers.rows.catalogue import within_span

SECONDS = 3.0
"""How long each of the slow ways may run in one go."""


def invented(n: int, seed: int = 1) -> ProvinceArrays:
    """Return n invented regions with three criteria of three indicators each."""
    rng = np.random.default_rng(seed)
    return ProvinceArrays(
        tables=(rng.random((n, 9)),),
        within=(np.full(9, 1 / 3),),
        criterion_of=np.repeat(np.arange(3), 3),
        usable=np.ones(9, dtype=bool),
        criteria=np.full(3, 1 / 3),
        emissions=rng.lognormal(6, 0.8, n),
        gdp=rng.lognormal(7, 0.8, n),
        growth=rng.uniform(1.2, 1.5, n),
        half_widths=np.zeros(n),
        asked=0.17,
        spread=0.12,
        map="linear",
        relative=True,
        lower=np.full(n, 0.13),
        upper=np.full(n, 0.22),
    )


def block_of(n: int) -> tuple[SampleChain, Block]:
    """Return a chain and its first block."""
    province = invented(n)
    chain = SampleChain(province, ("weights",), WeightDesign(DIRICHLET, province.criteria, {}, 10**9), 1)
    return chain, chain.samples(chain.cube.points(0, chain.block), 0).block


# -- the usual ways ------------------------------------------------------------------------------------------------


def plain_model(p: SplitProblem, width: float | None, fixed: dict[int, float]) -> pyo.ConcreteModel:
    """Return a plain Pyomo model of one stage."""
    n = len(p)
    m = pyo.ConcreteModel()
    m.r = pyo.Var(range(n), bounds=lambda _, i: (p.lower[i], p.upper[i]))
    m.level = pyo.Var(bounds=(0, None))
    for i, rate in fixed.items():
        m.r[i].fix(rate)
    m.backing = pyo.Constraint(expr=sum(p.coefficients[i] * m.r[i] for i in range(n)) == p.total)
    free = [i for i in range(n) if i not in fixed]
    m.above = pyo.Constraint(free, rule=lambda m, i: m.r[i] - p.reference[i] <= p.scale[i] * m.level)
    m.below = pyo.Constraint(free, rule=lambda m, i: p.reference[i] - m.r[i] <= p.scale[i] * m.level)
    if width is not None:
        m.base = pyo.Var()
        m.low = pyo.Constraint(range(n), rule=lambda m, i: m.r[i] >= m.base)
        m.high = pyo.Constraint(range(n), rule=lambda m, i: m.r[i] <= m.base + width)
        m.dual = pyo.Suffix(direction=pyo.Suffix.IMPORT)
    m.largest = pyo.Objective(expr=m.level)
    return m


def rebuilt(p: SplitProblem, width: float | None) -> Any:
    """(a): the level of one linear program, or the rates of all stages under a gap."""
    solver = SolverFactory("highs")
    if width is None:
        m = plain_model(p, None, {})
        solver.solve(m)
        return pyo.value(m.level)
    fixed: dict[int, float] = {}
    while len(fixed) < len(p):
        m = plain_model(p, width, fixed)
        solver.solve(m)
        if pyo.value(m.level) <= 1e-9:
            break
        tight = [i for i in m.above if (abs(m.dual[m.above[i]]) + abs(m.dual[m.below[i]])) * p.scale[i] > 1e-7]
        if not tight:
            raise SystemExit("a plain stage has no dual")
        fixed |= {i: pyo.value(m.r[i]) for i in tight}
    return np.array([pyo.value(m.r[i]) for i in range(len(p))])


class Persistent:
    """(b): one Pyomo model whose parameters change, in a solver that stays loaded."""

    def __init__(self, p: SplitProblem, width: float | None) -> None:
        n = len(p)
        m = self.model = pyo.ConcreteModel()
        m.ref = pyo.Param(range(n), mutable=True, initialize=lambda _, i: p.reference[i])
        m.on = pyo.Param(range(n), mutable=True, initialize=0.0)  # a large number takes a deviation row out of force
        m.l = pyo.Param(range(n), mutable=True, initialize=lambda _, i: p.lower[i])
        m.u = pyo.Param(range(n), mutable=True, initialize=lambda _, i: p.upper[i])
        m.r = pyo.Var(range(n), bounds=lambda m, i: (m.l[i], m.u[i]))
        m.level = pyo.Var(bounds=(0, None))
        m.backing = pyo.Constraint(expr=sum(p.coefficients[i] * m.r[i] for i in range(n)) == p.total)
        m.above = pyo.Constraint(range(n), rule=lambda m, i: m.r[i] - m.ref[i] * m.level <= m.ref[i] + m.on[i])
        m.below = pyo.Constraint(range(n), rule=lambda m, i: m.r[i] + m.ref[i] * m.level >= m.ref[i] - m.on[i])
        if width is not None:
            m.base = pyo.Var()
            m.low = pyo.Constraint(range(n), rule=lambda m, i: m.r[i] >= m.base)
            m.high = pyo.Constraint(range(n), rule=lambda m, i: m.r[i] <= m.base + width)
            m.dual = pyo.Suffix(direction=pyo.Suffix.IMPORT)
        m.largest = pyo.Objective(expr=m.level)
        self.solver, self.staged, self.p = SolverFactory("highs"), width is not None, p
        updates = self.solver.config.auto_updates
        for name in ("check_for_new_or_removed_constraints", "check_for_new_or_removed_vars", "update_constraints",
                     "check_for_new_objective", "update_objective", "update_named_expressions"):  # fmt: skip
            if hasattr(updates, name):
                setattr(updates, name, False)

    def __call__(self, p: SplitProblem) -> Any:
        m, n = self.model, len(p)
        for i in range(n):
            m.ref[i], m.on[i], m.l[i], m.u[i] = p.reference[i], 0.0, p.lower[i], p.upper[i]
        self.solver.solve(m)
        if not self.staged:
            return pyo.value(m.level)
        free = set(range(n))
        while pyo.value(m.level) > 1e-9:
            tight = [i for i in free if (abs(m.dual[m.above[i]]) + abs(m.dual[m.below[i]])) * p.scale[i] > 1e-7]
            if not tight:
                raise SystemExit("a persistent stage has no dual")
            for i in tight:
                rate = pyo.value(m.r[i])
                m.on[i], m.l[i], m.u[i] = 10.0, rate, rate
            free -= set(tight)
            if not free:
                break
            self.solver.solve(m)
        return np.array([pyo.value(m.r[i]) for i in range(n)])


class Hot:
    """(c) without rules: one highspy model of the first linear program, its numbers changed."""

    def __init__(self, p: SplitProblem) -> None:
        n = len(p)
        h = self.highs = highspy.Highs()
        for name, value in {"output_flag": False, "threads": 1}.items():
            h.setOptionValue(name, value)
        h.addVars(n + 1, np.append(p.lower, 0.0), np.append(p.upper, highspy.kHighsInf))
        h.changeColCost(n, 1.0)
        every = np.arange(n, dtype=np.int32)
        h.addRow(p.total, p.total, n, every, p.coefficients)
        for i in range(n):
            h.addRow(-highspy.kHighsInf, p.reference[i], 2, np.array([i, n], np.int32), np.array([1.0, -p.scale[i]]))
        for i in range(n):
            h.addRow(p.reference[i], highspy.kHighsInf, 2, np.array([i, n], np.int32), np.array([1.0, p.scale[i]]))
        self.above, self.below = every + 1, every + 1 + n
        self.wide = np.full(n, highspy.kHighsInf)

    def __call__(self, p: SplitProblem) -> float:
        h, n = self.highs, len(p)
        for i in range(n):
            h.changeCoeff(1 + i, n, -p.scale[i])
            h.changeCoeff(1 + n + i, n, p.scale[i])
        h.changeRowsBounds(n, self.above, -self.wide, p.reference)
        h.changeRowsBounds(n, self.below, p.reference, self.wide)
        h.run()
        return float(h.getInfo().objective_function_value)


# -- measuring -----------------------------------------------------------------------------------------------------


def rate_of(job: Callable[[SplitProblem], Any], problems: Sequence[SplitProblem], runs: int) -> tuple[float, list[Any]]:
    """Return samples a second, median over the runs, and the answers; every run lasts `SECONDS` at most."""
    job(problems[0])
    rates, answers = [], []
    for _ in range(runs):
        start, answers = time.perf_counter(), []
        for problem in problems:
            answers.append(job(problem))
            if time.perf_counter() - start > SECONDS:
                break
        rates.append(len(answers) / (time.perf_counter() - start))
    return statistics.median(rates), answers


def agree(name: str, one: Sequence[Any], other: Sequence[Any], limit: float = 1e-6) -> None:
    """Stop when two ways differ."""
    count = min(len(one), len(other))
    apart = float(np.abs(np.array(one[:count]) - np.array(other[:count])).max())
    if not apart <= limit:
        raise SystemExit(f"{name}: {apart:.1e} apart")


def closed(n: int, runs: int) -> tuple[float, float, float, np.ndarray]:
    """Return samples a second of the closed form, of copying its rates, of the whole chain, and the rates."""
    chain, block = block_of(n)
    fill = BlockWaterfill(n, chain.block)
    rates = fill.solve(block)[0].copy()
    other = np.empty_like(rates)

    def speed(job: Callable[[], object]) -> float:
        times = []
        for _ in range(30 * runs):
            start = time.perf_counter()
            job()
            times.append(time.perf_counter() - start)
        return chain.block / statistics.median(times)

    frame = Frame(np.quantile(rates, [0.25, 0.5, 0.75]), np.zeros(n, np.int8), 0.10, 0.25, 3)
    job = Job(chain, frame, 4 * Job(chain, frame, 1).chunk)
    taken = []
    for number in [0, *range(runs)]:
        start = time.perf_counter()
        run_chunk(job, number % job.chunks)
        taken.append(time.perf_counter() - start)
    return (
        speed(lambda: fill.solve(block)),
        speed(lambda: np.copyto(other, rates)),
        job.chunk / statistics.median(taken[1:]),
        rates,
    )


def without_rules(sizes: Sequence[int], runs: int) -> dict[int, float]:
    """Measure samples without rules; return samples a second of (a)."""
    names = (
        f"{'regions':<9}{'(a) /s':>10}{'(b) /s':>10}{'x (a)':>8}{'(c) /s':>10}{'x (a)':>8}{'(d) /s':>14}{'x (a)':>10}"
    )
    print(f"{names}{'x copy':>8}{'chain /s':>14}{'x (a)':>10}   one program a sample in (a)-(c)")
    slow = {}
    for n in sizes:
        form, copy, chain, rates = closed(n, runs)
        _, block = block_of(n)
        problems = [problem_of(block, j) for j in range(min(2000, block.totals.size))]
        a, levels = rate_of(lambda p: rebuilt(p, None), problems, runs)
        b, other = rate_of(Persistent(problems[0], None), problems, runs)
        agree("(b) without rules", other, levels)
        c, hot = rate_of(Hot(problems[0]), problems, runs)
        agree("(c) without rules", hot, levels)
        d = [float(p.deviations(rates[:, j]).max()) for j, p in enumerate(problems)]
        agree("(d)", d, levels)
        slow[n] = a
        print(f"{n:<9,}{a:>10,.1f}{b:>10,.1f}{b / a:>8.1f}{c:>10,.0f}{c / a:>8.1f}{form:>14,.0f}{form / a:>10,.0f}"
              f"{copy / form:>8.1f}{chain:>14,.0f}{chain / a:>10,.0f}", flush=True)  # fmt: skip
    return slow


def with_rules(sizes: Sequence[int], runs: int) -> None:
    """Measure samples under a gap that binds, all stages."""
    print(
        f"\n{'regions':<9}{'(a) /s':>10}{'(b) /s':>10}{'x (a)':>8}{'(c) /s':>10}{'x (a)':>8}   all stages under a gap"
    )
    for n in sizes:
        _, block = block_of(n)
        problems = [problem_of(block, j) for j in range(min(500, block.totals.size))]
        width = 0.75 * float(np.ptp(leximin(problems[0]).rates))
        rule = [within_span("gap", range(n), width)]
        hot = HotLeximin(problems[0], rule)
        c, answers = rate_of(lambda p, hot=hot: hot.solve(p).rates, problems, runs)
        a, plain = rate_of(lambda p, width=width: rebuilt(p, width), problems, runs)
        agree("(c) under a gap", answers, plain)
        b, other = rate_of(Persistent(problems[0], width), problems, runs)
        agree("(b) under a gap", other, plain)
        print(f"{n:<9,}{a:>10,.2f}{b:>10,.2f}{b / a:>8.1f}{c:>10,.1f}{c / a:>8.1f}", flush=True)


def command(samples: int, slow: float) -> None:
    """Measure the whole command on the bundled case."""
    with tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, "-m", "allocator", "sweep", "guangxi-13fyp", "--samples", str(samples), "--out"]
        for count in (1, samples):
            start = time.perf_counter()
            subprocess.run([*words[:-2], str(count), "--out", f"{folder}/{count}"], check=True, capture_output=True)
            taken = time.perf_counter() - start
            done = json.loads(Path(folder, str(count), "sweep.json").read_text("utf-8"))["design"]["samples"]
            speed = done / taken
            print(f"command, {done:,} samples: {taken:.1f} s, {speed:,.0f} a second = {speed / slow:,.0f} x (a)")


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=3, help="runs a median is taken over (3)")
    parser.add_argument("--sizes", default="14,300", help="numbers of invented regions (14,300)")
    parser.add_argument("--command", type=int, default=50_000_000, help="samples of the whole command (50,000,000)")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores; "
          f"medians of {options.runs}\n")  # fmt: skip
    slow = without_rules(sizes, options.runs)
    with_rules(sizes, options.runs)
    print()
    command(options.command, slow[sizes[0]])


if __name__ == "__main__":
    sys.exit(main())
