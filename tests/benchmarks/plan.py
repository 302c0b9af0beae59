"""How long people wait: every command against bare imports and a bare solve, and how `plan` grows.

Run with the project's Python:  python tests/benchmarks/plan.py [--runs N] [--sizes 14,339,2800] [--keep FILE]

`--keep docs/performance.md` also writes what was measured, with machine and commit, into that page.

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
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

CASES = ("guangxi-13fyp", "zhejiang-13fyp")
GUANGXI = CASES[0]
COMMANDS = {
    "--help": ("--help",),
    "check": ("check", GUANGXI),
    "verify": ("verify", GUANGXI, "{made}/plan.json"),
    "prices": ("prices", GUANGXI),
    "plan": ("plan", GUANGXI, "--out", "{out}"),
    "plan zhejiang-13fyp": ("plan", CASES[1], "--out", "{out}"),
    "publish": ("publish", "{made}", "--out", "{out}"),
    "compare": ("compare", "{made}", "{made}"),
    "negotiate": ("negotiate", GUANGXI, "--fix", "钦州=18%", "--out", "{out}"),
    "track": ("track", GUANGXI, "actuals-example", "--targets", "{made}/plan.json", "--out", "{out}"),
    "account": ("account", "accounting-example"),
    "sweep, 1 sample": ("sweep", GUANGXI, "--samples", "1", "--out", "{out}"),
    "sweep, 1,000,000": ("sweep", GUANGXI, "--samples", "1000000", "--out", "{out}"),
}
"""The commands of the README; `{made}` is a plan made before."""
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
for name, attribute in (("target", "target"), ("split", "answer"), ("rounding", "tables"),
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
    """Run Python code in a fresh process, whose bytecode is kept as an installed program's is.

    Returns wall seconds and what it printed.
    """
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONUTF8": "1"}
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        input=stdin, capture_output=True, text=True, encoding="utf-8", env=environment, check=False,
    )  # fmt: skip
    seconds = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"failed ({done.returncode}):\n{done.stderr}")
    return seconds, done.stdout


def filled(words: Sequence[str], work: Path) -> list[str]:
    """Return the words of a command with folders in their places."""
    out = work / f"out-{time.monotonic_ns()}"
    return [word.format(out=out, made=work / "made") for word in words]


def seconds_of(words: Sequence[str], work: Path) -> float:
    """Return wall seconds of one whole command."""
    command = "from allocator.cli import main; import sys; sys.argv[0] = 'allocator'; main()"
    return run(command, *filled(words, work))[0]


def memory_of(words: Sequence[str], work: Path) -> str:
    """Return peak memory of one command, MB; a dash where the system does not tell."""
    peak = json.loads(run(MEMORY, sys.executable, "-m", "allocator", *filled(words, work))[1])
    return "-" if peak is None else f"{peak:.0f}"


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


def measure(runs: int, sizes: list[int], work: Path) -> Iterator[str]:
    """Measure everything; give back the lines of the tables as they come."""
    cores, system = os.cpu_count(), f"{platform.system()} {platform.machine()}"
    yield f"Python {platform.python_version()}, {system}, {cores} cores; commit {commit()};"
    yield f"medians of {runs} runs, each a fresh process; one more run before, not counted"
    yield ""
    seconds_of(("plan", GUANGXI, "--out", "{made}"), work)
    problem = bare_problem(GUANGXI)
    jobs = {
        "(a) import pyomo, highspy, pandas, sklearn, plotly": lambda: run(LIBRARIES)[0],
        "(b) one Pyomo model built, solved once by HiGHS": lambda: run(BARE_SOLVE, stdin=problem)[0],
        **{name: partial(seconds_of, words, work) for name, words in COMMANDS.items()},
    }
    for job in jobs.values():
        job()
    # rounds, not blocks: a busy moment of the machine meets all jobs alike
    taken = [[job() for job in jobs.values()] for _ in range(runs)]
    median = dict(zip(jobs, map(statistics.median, zip(*taken, strict=True)), strict=True))
    imports, solve = list(median.values())[:2]
    yield f"{'':<52}{'seconds':>9}{'x (a)':>8}{'x (b)':>8}{'MB':>7}"
    for name, seconds in median.items():
        memory = memory_of(COMMANDS[name], work) if name in COMMANDS else ""
        yield f"{name:<52}{seconds:>9.2f}{seconds / imports:>8.2f}{seconds / solve:>8.2f}{memory:>7}"
    yield ""
    yield f"{'growth':<10}{'plan':>8}{'x (a)':>8}{'memory':>9}   of which, seconds (one process, its clock)"
    yield f"{'regions':<10}{'s':>8}{'':>8}{'MB':>9}   " + "".join(f"{name:>9}" for name in STEP_NAMES)
    for n in sizes:
        folder = str(invented(n, work / f"invented-{n}"))
        words = ("plan", folder, "--out", "{out}")
        seconds = statistics.median(seconds_of(words, work) for _ in range(runs))
        steps = [plan_steps(folder, work) for _ in range(runs)]
        by_step = "".join(f"{statistics.median(step[name] for step in steps):>9.3f}" for name in STEP_NAMES)
        yield f"{n:<10,}{seconds:>8.2f}{seconds / imports:>8.2f}{memory_of(words, work):>9}   {by_step}"


def commit() -> str:
    """Return the commit that is measured, with a plus where files differ from it."""
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty=+"], cwd=Path(__file__).parent, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    return done.stdout.strip() or "unknown"


def keep(lines: Sequence[str], page: Path) -> None:
    """Put the tables into a page, in place of those before: what stands between the first ``` and the last."""
    before, _, rest = page.read_text("utf-8").partition("```\n")
    after = rest.rpartition("```\n")[2]
    page.write_text("\n".join([f"{before}```", *lines, f"```\n{after}"]), "utf-8")


def main() -> None:
    """Read the options and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5, help="runs a median is taken over (5)")
    parser.add_argument("--sizes", default="14,339,2800", help="numbers of invented regions (14,339,2800)")
    parser.add_argument("--keep", type=Path, help="page to write the tables into")
    options = parser.parse_args()
    lines = []
    with tempfile.TemporaryDirectory() as work:
        for line in measure(options.runs, [int(size) for size in options.sizes.split(",") if size], Path(work)):
            print(line, flush=True)
            lines.append(line)
    if options.keep:
        keep(lines, options.keep)


if __name__ == "__main__":
    main()
