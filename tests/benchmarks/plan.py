"""How long `allocator plan` takes, against bare imports and a bare solve, and how it grows.

Run with the project's Python:  python tests/benchmarks/plan.py [--runs N] [--sizes 14,339,2800]

Everything is measured in one go, each figure a median over fresh processes, so that the
ratios hold on any machine. Nothing here is a test: pytest does not collect this file.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

CASES = ("guangxi-13fyp", "zhejiang-13fyp")
LIBRARIES = "import pyomo.environ, highspy, pandas, sklearn.preprocessing, plotly"

BARE_SOLVE = """
import json, sys
import pyomo.environ as pyo
from pyomo.contrib.solver.common.factory import SolverFactory
p = json.loads(sys.stdin.read())
n = len(p["a"])
m = pyo.ConcreteModel()
m.r = pyo.Var(range(n), bounds=lambda _, i: (p["lower"][i], p["upper"][i]))
m.level = pyo.Var(bounds=(0, None))
m.backing = pyo.Constraint(expr=sum(p["a"][i] * m.r[i] for i in m.r) == p["total"])
m.above = pyo.Constraint(m.r.index_set(), rule=lambda m, i: m.r[i] - p["reference"][i] <= m.level)
m.below = pyo.Constraint(m.r.index_set(), rule=lambda m, i: p["reference"][i] - m.r[i] <= m.level)
m.largest = pyo.Objective(expr=m.level)
SolverFactory("highs").solve(m)
"""

# one plan with a clock around each step; prints seconds by step as JSON
STEPS = """
import json, sys, time
from pathlib import Path
scenario, out = sys.argv[1:]
seconds, last = {}, time.perf_counter()
def lap(name):
    global last
    now = time.perf_counter()
    seconds[name], last = seconds.get(name, 0.0) + now - last, now
import allocator.planning.plan as planning
from allocator.planning.files import write_plan
from scenarios.load import load_scenario
lap("import")
def timed(name, function):
    def run(*arguments, **named):
        lap("record")
        result = function(*arguments, **named)
        lap(name)
        return result
    return run
for name, attribute in (("target", "target"), ("split", "answer"), ("rounding", "round_rates"),
                        ("verify", "verify_rates")):
    setattr(planning, attribute, timed(name, getattr(planning, attribute)))
loaded = load_scenario(scenario)
lap("load")
plan = planning.plan(loaded)
lap("record")
write_plan(plan, Path(out), "en")
lap("write")
print(json.dumps(seconds))
"""
STEP_NAMES = ("import", "load", "target", "split", "rounding", "verify", "record", "write")

# runs a command, then prints the peak memory of its children in MB, or null where unknown
MEMORY = """
import subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
try:
    import resource
except ImportError:
    print("null")
else:
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    print(peak / (1024**2 if sys.platform == "darwin" else 1024))
"""

INVENTED = """\
schema_version: 1
name: invented-{n}
title: {{zh: 虚构的 {n} 个地区, en: "{n} invented regions"}}
period: {{base: 2020, end: 2025}}
target: 17%
regions: regions.csv
bounds: {{lower: 10%, upper: 25%}}
reference: {{map: linear, spread: 12 points}}
normalize: true
criteria:
  capacity:
    weight: 1
    indicators:
      income: {{column: income, direction: "+"}}
      fiscal: {{column: fiscal, direction: "+"}}
  responsibility:
    weight: 1
    within: entropy
    indicators:
      emissions: {{column: emissions, direction: "+"}}
      intensity: {{column: intensity, direction: "+"}}
publish: {{grid: 0.5 points}}
"""


def invented(n: int, folder: Path) -> Path:
    """Write a scenario of n invented regions, the same for the same n."""
    draw = random.Random(n)
    folder.mkdir()
    (folder / "scenario.yaml").write_text(INVENTED.format(n=n), "utf-8")
    lines = ["id,name,emissions(万吨),gdp(亿元),growth,income(元),fiscal(亿元)"]
    for i in range(n):
        emissions, gdp = draw.lognormvariate(6.5, 0.8), draw.lognormvariate(6.8, 0.7)
        income, fiscal = draw.lognormvariate(10.8, 0.15), draw.lognormvariate(4, 0.7)
        growth = min(max(draw.gauss(1.35, 0.08), 1.05), 1.7)
        lines.append(f"r{i},region {i},{emissions:.2f},{gdp:.2f},{growth:.4f},{income:.0f},{fiscal:.2f}")
    (folder / "regions.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


def run(code: str, *arguments: str, stdin: str = "") -> tuple[float, str]:
    """Run Python code in a fresh process; return wall seconds and what it printed."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        input=stdin, capture_output=True, text=True, encoding="utf-8", env=environment, check=False,
    )  # fmt: skip
    seconds = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"failed ({done.returncode}):\n{done.stderr}")
    return seconds, done.stdout


def plan_seconds(scenario: str, work: Path) -> float:
    """Return wall seconds of one whole `allocator plan`."""
    command = "from allocator.cli import main; import sys; sys.argv[0] = 'allocator'; main()"
    return run(command, "plan", scenario, "--out", str(work / f"out-{time.monotonic_ns()}"))[0]


def plan_memory(scenario: str, work: Path) -> float | None:
    """Return peak memory of one `allocator plan`, MB; None where the system does not tell."""
    out = str(work / f"out-{time.monotonic_ns()}")
    peak = json.loads(run(MEMORY, sys.executable, "-m", "allocator", "plan", scenario, "--out", out)[1])
    return None if peak is None else float(peak)


def plan_steps(scenario: str, work: Path) -> dict[str, float]:
    """Return seconds by step of one plan."""
    printed = run(STEPS, scenario, str(work / f"out-{time.monotonic_ns()}"))[1]
    return {name: float(seconds) for name, seconds in json.loads(printed.splitlines()[-1]).items()}


def bare_problem(case: str) -> str:
    """Return the split problem of a bundled case as JSON, for the bare script."""
    code = (
        "import json, sys; from allocator.planning.reference import target; from scenarios.load import load_scenario\n"
        "p = target(load_scenario(sys.argv[1])).problem\n"
        "arrays = {'a': p.coefficients, 'reference': p.reference, 'lower': p.lower, 'upper': p.upper}\n"
        "print(json.dumps({'total': p.total, **{name: array.tolist() for name, array in arrays.items()}}))"
    )
    return run(code, case)[1]


def measure(runs: int, sizes: list[int], work: Path) -> None:
    """Measure and print everything."""
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores;")
    print(f"medians of {runs} runs, each a fresh process; one more run before, not counted\n")
    problem = bare_problem(CASES[0])
    jobs = {
        f"allocator plan {CASES[0]}": lambda: plan_seconds(CASES[0], work),
        f"allocator plan {CASES[1]}": lambda: plan_seconds(CASES[1], work),
        "(a) import pyomo, highspy, pandas, sklearn, plotly": lambda: run(LIBRARIES)[0],
        "(b) one Pyomo model built, solved once by HiGHS": lambda: run(BARE_SOLVE, stdin=problem)[0],
    }
    for job in jobs.values():
        job()
    # rounds, not blocks: a busy moment of the machine meets all jobs alike
    taken = [[job() for job in jobs.values()] for _ in range(runs)]
    median = dict(zip(jobs, map(statistics.median, zip(*taken, strict=True)), strict=True))
    imports, solve = list(median.values())[2:]
    print(f"{'':<52}{'seconds':>9}{'x (a)':>8}{'x (b)':>8}")
    for name, seconds in median.items():
        print(f"{name:<52}{seconds:>9.2f}{seconds / imports:>8.2f}{seconds / solve:>8.2f}")

    print(f"\n{'growth':<10}{'plan':>8}{'memory':>9}   of which, seconds (one process, its clock)")
    print(f"{'regions':<10}{'s':>8}{'MB':>9}   " + "".join(f"{name:>9}" for name in STEP_NAMES))
    for n in sizes:
        folder = str(invented(n, work / f"invented-{n}"))
        seconds = statistics.median(plan_seconds(folder, work) for _ in range(runs))
        memory = plan_memory(folder, work)
        steps = [plan_steps(folder, work) for _ in range(runs)]
        by_step = [statistics.median(step[name] for step in steps) for name in STEP_NAMES]
        shown = "-" if memory is None else f"{memory:.0f}"
        print(f"{n:<10,}{seconds:>8.2f}{shown:>9}   " + "".join(f"{value:>9.3f}" for value in by_step), flush=True)


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5, help="runs a median is taken over (5)")
    parser.add_argument("--sizes", default="14,339,2800", help="numbers of invented regions (14,339,2800)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        measure(options.runs, [int(size) for size in options.sizes.split(",")], Path(work))


if __name__ == "__main__":
    main()
