"""Check that a published table is the nearest: ``python3 -I check_more.py plan.json proof.json [--lang en]``.

Stands beside check_proof.py, runs that first, and needs nothing else. Of all tables that put every region on one of the
two values of the grid beside its computed rate, keep bounds, rules and order, give equal rates equal values, and back
the province, none is nearer (in the sum of distances), and none as near overshoots less.

How. A multiplier y >= 0 gives every such table t a lower limit, distance - y (Σ E g t - needed), as the bracket is not
below zero. That is a sum over the cells of the grid; in a cell the highest rates go up first, so
that a handful of ways are left, each with a price. The ways with the least prices give the least limit. A table that is
as near as the published one can take other ways only as far as their prices come to no more than what the published one
is above that limit: those tables are looked at one by one. Any y is right; this one makes the room small.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from math import ceil, floor
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from check_proof import Province, check, dot, need, numbers, run, total  # type: ignore[import-not-found]

SAME = Fraction(1, 10**9)  # Of a grid step: rates no farther apart are equal, tables no nearer are as near
MOST = 20_000  # Tables that are looked at
HALVINGS = 60
NOT_PROVED = ("未证：参考值如何由指标得出；输入文件是否如此发问。",
              "not proved: how references follow from indicators; that the input files ask this")  # fmt: skip


@dataclass(frozen=True)
class Way:
    """So many of a cell's regions go up; by how much that is farther, and what it adds to Σ E g t, in steps."""

    up: int
    farther: Fraction
    weight: Fraction


@dataclass(frozen=True)
class Cell:
    """Regions between the same two values of the grid, the highest rate first, and the ways they can take."""

    regions: tuple[int, ...]
    ways: tuple[Way, ...]


def cells(p: Province, steps: Sequence[Fraction], low: Sequence[int], high: Sequence[int]) -> list[Cell]:
    """Return the cells of the grid in which there is something to choose."""
    choice = sorted((i for i in range(p.n) if low[i] < high[i]), key=lambda i: (low[i], -steps[i]))
    found = []
    for _, group in groupby(choice, key=lambda i: low[i]):
        cell, farther, weight = tuple(group), Fraction(0), Fraction(0)
        ways = [Way(0, farther, weight)]
        for k, i in enumerate(cell):
            farther += abs(low[i] + 1 - steps[i]) - abs(low[i] - steps[i])
            weight += p.ends[i]
            if k + 1 == len(cell) or steps[i] - steps[cell[k + 1]] > SAME:
                ways.append(Way(k + 1, farther, weight))
        found.append(Cell(cell, tuple(ways)))
    return found


def multiplier(found: Sequence[Cell], short: Fraction) -> Fraction:
    """Return a good y; `short`: what the lowest table misses of what is needed, in steps."""
    ways = [[(float(way.farther), float(way.weight)) for way in cell.ways] for cell in found]
    low, high = 0.0, 2.0 * max((abs(f) / w for cell in ways for f, w in cell if w), default=0.0)
    for _ in range(HALVINGS):
        y = (low + high) / 2
        added = sum(min(cell, key=lambda way: way[0] - y * way[1])[1] for cell in ways)
        low, high = (y, high) if added < short else (low, y)
    return Fraction(high)


def nearest(plan: Mapping[str, Any]) -> tuple[str, str]:
    """Prove that the published table is the nearest, or say how much nearer another one may be."""
    asked, regions = plan["question"], plan["regions"]
    if any(region["class"] is not None for region in regions):
        return "分类表：是否最近未证。", "classes: not proved to be the nearest"
    p = Province(asked, asked["limits"])
    grid = Fraction(asked["grid"])
    rates = [Fraction(repr(region["rate"])) for region in regions]
    steps = [x / grid for x in (numbers(asked["order"], p.n) if "order" in asked else rates)]
    table = [Fraction(repr(region["published_rate"])) / grid for region in regions]
    low = [max(ceil(bound / grid), floor(x + SAME)) for bound, x in zip(p.low, steps, strict=True)]
    high = [min(floor(bound / grid), ceil(x - SAME)) for bound, x in zip(p.high, steps, strict=True)]
    if not all(a <= x <= b for a, x, b in zip(low, table, high, strict=True)):
        return "取整：有地区不在相邻的两个值上，是否最近未证。", "rounding: a rate is no neighbour; not proved nearest"
    found = cells(p, steps, low, high)
    short = p.needed / grid - dot(p.ends, map(Fraction, low))
    y = multiplier(found, short)
    base = total(abs(a - x) for a, x in zip(low, steps, strict=True))
    prices = [sorted((way.farther - y * way.weight, way.up) for way in cell.ways) for cell in found]
    have = total(abs(t - x) for t, x in zip(table, steps, strict=True))
    room = have - (base + y * short + total(cell[0][0] for cell in prices))
    looked = rivals(p, grid, (found, prices), (steps, low, table), have, room)
    if looked is None:
        most = f"{float(room):.3g}"
        return f"取整：没有表能近 {most} 步以上。", f"rounding: no table is nearer by more than {most} steps in all"
    return f"取整：公布的表最近，看过 {looked} 个可能更近的表。", f"rounding: nearest table; {looked} rivals excluded"


def rivals(
    p: Province, grid: Fraction, ways: tuple[Any, Any], columns: tuple[Any, Any, Any], have: Fraction, room: Fraction
) -> int | None:
    """Look at every table that may be as near; return how many there are, None where they are too many."""
    (found, prices), (steps, low, table) = ways, columns
    reached, looked = dot(p.ends, table), 0
    open_ways: list[tuple[int, Fraction, tuple[int, ...]]] = [(0, room, ())]
    while open_ways:
        at, left, ups = open_ways.pop()
        if at < len(found):
            least = prices[at][0][0]
            open_ways += [(at + 1, left - x + least, (*ups, up)) for x, up in prices[at] if x - least <= left]
            if len(open_ways) > MOST:
                return None
            continue
        looked += 1
        if looked > MOST:
            return None
        other = list(low)
        for cell, up in zip(found, ups, strict=True):
            for i in cell.regions[:up]:
                other[i] += 1
        far, other_rates = total(abs(t - x) for t, x in zip(other, steps, strict=True)), [t * grid for t in other]
        backs = dot(p.ends, other_rates) >= p.needed and all(p.keeps(rule, other_rates) for rule in p.rules.values())
        if backs and far <= have:
            worse = far >= have - SAME and dot(p.ends, map(Fraction, other)) >= reached
            need(worse, "另一张表更近，或同样近而超出更少", "another table is nearer, or as near with less overshoot")
    return looked


def check_all(plan: Mapping[str, Any], proof: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Check everything, the rounding last; return what holds, in both languages."""
    *said, _ = check(plan, proof)
    return [*said, nearest(plan), NOT_PROVED]


if __name__ == "__main__":
    sys.set_int_max_str_digits(100_000)
    sys.exit(run(sys.argv[1:], check_all))
