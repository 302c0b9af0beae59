"""Random provinces with rules against arithmetic written anew: nothing of the program but `load_scenario` and `plan`.

Run with the project's Python:  python tests/benchmarks/provinces.py [--runs N] [--seed S] [--minutes M]

For each province the coefficients, scores and references are computed from the written figures, the rates by a textbook
leximin (one scipy program a region and a stage), without rules also by the closed form; the printed table is judged in
fractions; where there is "no split", scipy must find none either, or the grid must be what forbids it. Counted:
answers of each kind, and differences, which must be 0. Not a test: pytest does not collect this file.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import ceil, floor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

sys.path.insert(0, str(Path(__file__).parents[2]))

Array = NDArray[np.float64]

CLOSE = 2e-9
"""Largest difference between two ways to the same rate, a fraction."""

RULES = ("gap", "floor", "ceiling", "peak", "column_floor", "ratchet", "order", "budget", "negotiated")


@dataclass(frozen=True)
class Drawn:
    """A province as it is written: the scenario, and its table, header first."""

    scenario: dict[str, Any]
    table: list[list[str]]

    def column(self, name: str) -> list[Fraction]:
        """Return a column by the head of its name, per cent as fractions."""
        at = next(n for n, head in enumerate(self.table[0]) if head.split("(")[0] == name)
        scale = 100 if "%" in self.table[0][at] else 1
        return [Fraction(row[at]) / scale for row in self.table[1:]]

    def write(self, folder: Path) -> None:
        """Write scenario.yaml (JSON is YAML) and regions.csv."""
        text = json.dumps(self.scenario, ensure_ascii=False)
        (folder / "scenario.yaml").write_text(text, "utf-8")
        (folder / "regions.csv").write_text("\n".join(map(",".join, self.table)) + "\n", "utf-8")


def drawn(seed: int) -> Drawn:
    """Return a random province of two to nine cities; every third without rules."""
    draw = random.Random(seed)
    n = draw.randint(2, 9)
    heads = ["id", "name", "emissions(万吨)", "gdp(亿元)", "growth", "x", "y", "last(%)", "own(%)", "group"]
    digits = draw.choice((0, 1, 3))
    rows = [
        [
            str(k), f"C{k}",
            f"{10 ** draw.uniform(2, 4.3):.{digits}f}", f"{10 ** draw.uniform(2, 4):.{digits}f}",
            f"{draw.uniform(1.05, 1.6):.{draw.choice((2, 4))}f}",
            draw.choice((str(draw.randint(1, 5)), f"{draw.uniform(0, 9):.2f}")), f"{draw.uniform(0, 9):.1f}",
            f"{draw.uniform(12, 22):.1f}", f"{draw.uniform(8, 17):.1f}", draw.choice(("", "p", "q", "p、q")),
        ]
        for k in range(n)
    ]  # fmt: skip
    low, high = draw.choice(((0, 50), (10, 25), (12, 22), (-5, 40), (0, 30)))
    grid = draw.choice(("0.1", "0.5", "1"))
    kind = draw.choice(("linear", "linear", "linear", "uniform", "uniform", "proportional"))
    criteria = {
        key: {"weight": weight, "indicators": {key: {"column": key, "direction": draw.choice("+-")}}}
        for key, weight in zip("xy", draw.choice(((0.5, 0.5), (0.3, 0.7))), strict=True)
    }
    scenario = {
        "schema_version": 1, "name": "drawn", "title": {"zh": "随机", "en": "drawn"},
        "period": {"base": 2025, "end": 2030}, "target": f"{draw.uniform(12, 21):.{draw.choice((0, 1, 2))}f}%",
        "regions": "regions.csv", "bounds": {"lower": f"{low}%", "upper": f"{high}%"},
        "reference": {"map": kind, "deviation": draw.choice(("relative", "absolute")),
                      **({"spread": f"{draw.uniform(0, 8):.1f} points"} if kind == "linear" else {})},
        "criteria": criteria, "publish": {"grid": f"{grid} points"},
    }  # fmt: skip
    if draw.random() < 0.3:
        scenario["margin"] = f"{draw.choice((0.05, 0.2, 0.5))} points"
    count = 0 if seed % 3 == 0 else draw.randint(1, 4)
    rules = [_rule(draw, k, rows, Fraction(grid) / 100, (low, high)) for k in range(count)]
    return Drawn({**scenario, "rules": rules}, [heads, *rows])


def _rule(draw: random.Random, k: int, rows: list[list[str]], grid: Fraction, bounds: tuple[int, int]) -> dict:
    """Return one random rule."""
    kind = draw.choice(RULES)
    rule: dict[str, Any] = {"id": f"r{k}", "type": kind, "reason": {"zh": "因", "en": "why"}}
    chosen = sorted({row[1] for row in draw.choices(rows, k=draw.randint(1, len(rows)))})
    if kind not in ("order", "negotiated") and draw.random() < 0.6:
        rule["where"] = {"regions": chosen}
    match kind:
        case "gap":
            rule["at_most"] = f"{draw.choice((1, 2, 4, 6.5))} points"
        case "floor" | "ceiling":
            key = "above_target" if kind == "floor" else "below_target"
            sure, by_target = {"rate": f"{draw.uniform(12, 20):.1f}%"}, {key: f"-{draw.choice((0.5, 1, 2)):.1f} points"}
            rule |= draw.choice((sure, by_target))
        case "column_floor":
            rule["column"] = "own"
        case "ratchet":
            rule |= {"column": "last", "at_least": 0.8, "at_most": 1.25}
        case "budget":
            end = sum(float(r[2]) * float(r[4]) for r in rows if r[1] in rule.get("where", {}).get("regions", [r[1]]))
            rule["limit"] = round(end * draw.uniform(0.76, 0.9), 1)
        case "negotiated":
            steps = range(int(bounds[0] / 100 / grid), int(bounds[1] / 100 / grid) + 1)
            near = [step for step in steps if Fraction(12, 100) <= step * grid <= Fraction(22, 100)]
            rule |= {"region": draw.choice(rows)[1], "rate": f"{float(draw.choice(near) * grid * 100):g}%"}
    return rule


def per_cent(text: str) -> Fraction:
    """Return ``17.5%`` or ``2 points`` as a fraction."""
    return Fraction(text.removesuffix("%").removesuffix("points").strip()) / 100


@dataclass(frozen=True)
class Question:
    """What a province asks, written anew: row @ rates <= limit, all exact."""

    a: list[Fraction]
    total: Fraction
    low: list[Fraction]
    high: list[Fraction]
    rows: list[tuple[dict[int, Fraction], Fraction]]
    grid: Fraction
    reference: Array
    scale: Array
    given: set[int]  # regions with a negotiated rate


def asked(province: Drawn) -> Question:
    """Return the question of a province from its written figures."""
    file, (e, y, g) = province.scenario, map(province.column, ("emissions", "gdp", "growth"))
    n, growth = len(e), sum(v * k for v, k in zip(y, g, strict=True)) / sum(y)
    a = [v / sum(e) * k / growth for v, k in zip(e, g, strict=True)]
    target = per_cent(file["target"])
    total = target + sum(a) - 1 + per_cent(file.get("margin", "0 points"))
    low, high = ([per_cent(file["bounds"][side])] * n for side in ("lower", "upper"))
    rows = [row for rule in file["rules"] for row in _rows(rule, province, target)]
    reference = _reference(province, np.array(a, float), float(total))
    scale = reference if file["reference"]["deviation"] == "relative" else np.ones(n)
    given = {names_of(province).index(rule["region"]) for rule in file["rules"] if rule["type"] == "negotiated"}
    return Question(a, total, low, high, rows, per_cent(file["publish"]["grid"]), reference, scale, given)


def names_of(province: Drawn) -> list[str]:
    """Return the names of the regions."""
    return [row[1] for row in province.table[1:]]


def on_grid(question: Question) -> Question:
    """Return the question with limits off the grid moved inward, where values of the grid remain between them."""
    low, high, grid = list(question.low), list(question.high), question.grid
    for row, limit in question.rows:
        for i, sign in row.items() if len(row) == 1 and set(row.values()) <= {1, -1} else ():
            low[i], high[i] = (max(low[i], -limit), high[i]) if sign < 0 else (low[i], min(high[i], limit))
    least, most = [ceil(v / grid) * grid for v in low], [floor(v / grid) * grid for v in high]
    free = {i for i in range(len(low)) if i not in question.given and (least[i] <= most[i] or low[i] == least[i])}
    up = sum(a * (least[i] if i in free else low[i]) for i, a in enumerate(question.a)) <= question.total
    rows = []
    for row, limit in question.rows:
        moved = floor(limit / grid) * grid if set(row) <= free and set(map(abs, row.values())) == {1} else limit
        rows.append((row, limit if not up and sum(row.values()) < 0 else moved))
    gaps = [set(row) for row, _ in question.rows if len(row) == 2 and set(row.values()) == {1, -1}]
    whole = set().union(*gaps) <= free
    rows = [
        (row, moved if len(row) == 1 or whole else old)
        for (row, moved), (_, old) in zip(rows, question.rows, strict=True)
    ]
    return replace(
        question,
        low=[ceil(v / grid) * grid if up and i in free else v for i, v in enumerate(question.low)],
        high=[floor(v / grid) * grid if i in free else v for i, v in enumerate(question.high)],
        rows=rows,
    )


def _rows(rule: dict, province: Drawn, target: Fraction) -> list[tuple[dict[int, Fraction], Fraction]]:
    """Return what a rule asks as rows ``sum of coefficient times rate <= limit``."""
    names = [row[1] for row in province.table[1:]]
    members = [names.index(name) for name in rule.get("where", {}).get("regions", names)]
    one = Fraction(1)

    def at_least(values: dict[int, Fraction]) -> list[tuple[dict[int, Fraction], Fraction]]:
        return [({i: -one}, -value) for i, value in values.items()]

    def at_most(values: dict[int, Fraction]) -> list[tuple[dict[int, Fraction], Fraction]]:
        return [({i: one}, value) for i, value in values.items()]

    match rule["type"]:
        case "gap":
            width = per_cent(rule["at_most"])
            return [({i: one, j: -one}, width) for i in members for j in members if i != j]
        case "floor":
            value = per_cent(rule["rate"]) if "rate" in rule else target + per_cent(rule["above_target"])
            return at_least(dict.fromkeys(members, value))
        case "ceiling":
            value = per_cent(rule["rate"]) if "rate" in rule else target - per_cent(rule["below_target"])
            return at_most(dict.fromkeys(members, value))
        case "peak":
            return at_least({i: 1 - 1 / province.column("growth")[i] for i in members})
        case "column_floor":
            return at_least({i: province.column("own")[i] for i in members})
        case "ratchet":
            last = province.column("last")
            return at_least({i: Fraction("0.8") * last[i] for i in members}) + at_most(
                {i: Fraction("1.25") * last[i] for i in members}
            )
        case "budget":
            end = [v * k for v, k in zip(province.column("emissions"), province.column("growth"), strict=True)]
            limit = Fraction(str(rule["limit"]))
            return [({i: -end[i] for i in members}, limit - sum(end[i] for i in members))]
        case "negotiated":
            at, value = names.index(rule["region"]), per_cent(rule["rate"])
            return at_least({at: value}) + at_most({at: value})
        case _:
            return [({j: one, i: -one}, Fraction(0)) for i, j in _ordered(province)]


def _ordered(province: Drawn) -> list[tuple[int, int]]:
    """Return the pairs in which no indicator puts the first below the second and one puts it above."""
    signs = {key: 1 if c["indicators"][key]["direction"] == "+" else -1 for key, c in _criteria(province).items()}
    pulls = list(zip(*([sign * v for v in province.column(key)] for key, sign in signs.items()), strict=True))
    pairs = [(i, j) for i, j in product(range(len(pulls)), repeat=2) if pulls[i] != pulls[j]]
    return [(i, j) for i, j in pairs if all(x >= y for x, y in zip(pulls[i], pulls[j], strict=True))]


def _criteria(province: Drawn) -> dict[str, Any]:
    return province.scenario["criteria"]


def _reference(province: Drawn, a: Array, total: float) -> Array:
    """Return the reference rates: min-max, weights, the three maps."""
    scores = np.zeros(len(a))
    weights = {}
    for key, criterion in _criteria(province).items():
        values = np.array(province.column(key), float)
        span = np.ptp(values)
        weights[key] = criterion["weight"] if span else 0.0
        if span:
            up = (values - values.min()) / span
            scores += weights[key] * (up if criterion["indicators"][key]["direction"] == "+" else 1 - up)
    scores /= sum(weights.values()) or 1
    uniform, mean = total / a.sum(), a @ scores / a.sum()
    match province.scenario["reference"]["map"]:
        case "uniform":
            return np.full(len(a), uniform)
        case "proportional":
            return uniform * scores / mean
        case _:
            spread = float(per_cent(province.scenario["reference"]["spread"]))
            return uniform + (spread / np.ptp(scores) if np.ptp(scores) > 1e-12 else 0.0) * (scores - mean)


def least_total(question: Question) -> float | None:
    """Return the least sum, not below the total, that bounds and rows leave; None where they leave none."""
    n = len(question.a)
    rows, limits = np.zeros((len(question.rows), n)), [float(limit) for _, limit in question.rows]
    for k, (row, _) in enumerate(question.rows):
        rows[k, list(row)] = [float(v) for v in row.values()]
    a = np.array(question.a, float)
    sides = [(float(low), float(high)) for low, high in zip(question.low, question.high, strict=True)]
    found = linprog(a, np.vstack([rows, -a]), np.append(limits, -float(question.total)), bounds=sides, method="highs")
    return float(found.fun) if found.status == 0 else None


def textbook(question: Question) -> Array | None:
    """Return the leximin rates at the total; None where no rates meet all rows. A stage and a region at a time."""
    n = len(question.a)
    a, low, high = (np.array(part, float) for part in (question.a, question.low, question.high))
    rows = np.zeros((len(question.rows), n + 1))
    for k, (row, _) in enumerate(question.rows):
        rows[k, list(row)] = [float(v) for v in row.values()]
    limits = np.array([float(limit) for _, limit in question.rows])
    total = np.append(a, 0.0)[None]
    fixed: dict[int, float] = {}

    def program(cost: Array, level: float | None = None) -> Any:
        free = [i for i in range(n) if i not in fixed]
        near = np.zeros((2 * len(free), n + 1))
        for k, i in enumerate(free):
            near[2 * k, i], near[2 * k + 1, i] = 1, -1
            near[2 * k : 2 * k + 2, n] = -question.scale[i]
        far = np.array([s * question.reference[i] for i in free for s in (1, -1)])
        sides = [(fixed.get(i, low[i]), fixed.get(i, high[i])) for i in range(n)]
        sides.append((0, None) if level is None else (level, level))
        upper, right = np.vstack([rows, near]), np.append(limits + 1e-12, far)
        return linprog(cost, upper, right, total, [float(question.total)], sides, method="highs")

    while len(fixed) < n:
        best = program(np.append(np.zeros(n), 1.0))
        if best.status != 0:
            return None
        level, before = best.x[n] + 1e-12, len(fixed)
        for i in [i for i in range(n) if i not in fixed]:
            for sign in (1.0, -1.0):
                cost = np.zeros(n + 1)
                cost[i] = sign
                found = program(cost, level)
                end = question.reference[i] + sign * level * question.scale[i]
                if found.status == 0 and abs(found.x[i] - end) <= 1e-9:  # cannot come nearer
                    fixed[i] = float(end)
                    break
        if len(fixed) == before:
            raise ArithmeticError("no region is pressed")
    return np.array([fixed[i] for i in range(n)])


def closed(question: Question) -> Array:
    """Return clip(reference + m scale, low, high) with the m that meets the total, by bisection."""
    a, low, high = (np.array(part, float) for part in (question.a, question.low, question.high))

    def at(m: float) -> Array:
        return np.clip(question.reference + m * question.scale, low, high)

    below, above = -1e3, 1e3
    for _ in range(200):
        middle = (below + above) / 2
        below, above = (middle, above) if a @ at(middle) < float(question.total) else (below, middle)
    return at(above)


def holds(question: Question, rates: list[Fraction], slack: Fraction = Fraction(0)) -> bool:
    """Return whether printed rates keep the total, bounds, rows and grid, exactly."""
    return (
        sum(a * r for a, r in zip(question.a, rates, strict=True)) >= question.total - slack
        and all(low <= r <= high for low, r, high in zip(question.low, rates, question.high, strict=True))
        and all(sum(c * rates[i] for i, c in row.items()) <= limit for row, limit in question.rows)
        and all((r / question.grid).denominator == 1 for r in rates)
    )


def printable(question: Question, rates: Array) -> bool | None:
    """Return whether a table of neighbours of the rates on the grid holds; None where too many to try."""
    if len(rates) > 8:
        return None
    below = [int(np.floor(r / float(question.grid))) for r in rates]
    sides = [range(b - 1, b + 3) if len(rates) <= 5 else range(b, b + 2) for b in below]
    return any(holds(question, [step * question.grid for step in steps]) for steps in product(*sides))


def judged(seed: int, folder: Path) -> str:
    """Return how one province ended: its kind of answer, or a difference."""
    from allocator.errors import Stop
    from allocator.planning.no_split.why import NoSplit
    from allocator.planning.plan import plan
    from scenarios.errors import InputError
    from scenarios.load import load_scenario
    from solvers.problem import Infeasible, SolverFailure

    province = drawn(seed)
    province.write(folder)
    question = asked(province)
    try:
        made = plan(load_scenario(str(folder), only_said=["question"]))
    except InputError as error:
        return f"refused: {error.findings[0].code}"
    except NoSplit:
        rates = textbook(on_grid(question))
        if rates is None:
            return "no split, scipy neither"
        found = printable(question, rates)
        return "DIFFERENCE: a split and a table exist" if found else "no table on the grid"
    except (Stop, SolverFailure, Infeasible) as failure:
        return f"DIFFERENCE: {type(failure).__name__} {failure}"
    published = [Fraction(rate) for rate in made.published]
    if not made.verification.backed or not holds(question, published):
        return "DIFFERENCE: the printed table does not hold"
    if textbook(question) is None:
        return "DIFFERENCE: scipy finds no split"
    question = on_grid(question)
    rates = textbook(question)
    if rates is None:  # moved to the grid, bounds and rules ask for more than the target
        least = least_total(question)
        rates = None if least is None else textbook(replace(question, total=Fraction(least)))
    if rates is None:
        return "DIFFERENCE: scipy finds no split on the grid"
    if np.abs(rates - made.split.rates).max() > CLOSE * 10:
        return f"DIFFERENCE: rates {np.abs(rates - made.split.rates).max():.1e}"
    if not question.rows and np.abs(closed(question) - made.split.rates).max() > CLOSE:
        return "DIFFERENCE: closed form"
    return "same, with rules" if question.rows else "same, no rules"


def main() -> None:
    """Draw, solve both ways, count."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60.0)
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    end = time.monotonic() + options.minutes * 60
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(options.seed * 1_000_000, options.seed * 1_000_000 + options.runs):
            if time.monotonic() > end:
                print(f"time is up after {counts.total()} provinces")
                break
            ended = judged(seed, Path(folder))
            counts[ended.split(" rates")[0]] += 1
            if ended.startswith("DIFFERENCE"):
                print(f"seed {seed}: {ended}", flush=True)
    for kind, count in counts.most_common():
        print(f"{count:>7}  {kind}")
    print("differences:", sum(n for kind, n in counts.items() if kind.startswith("DIFFERENCE")))


if __name__ == "__main__":
    main()
