"""Check that a published table is the nearest, or that there is no split; needs check_proof.py beside it, nothing else.

    python3 -I check_more.py plan.json proof.json [--lang en]      a plan: all of check_proof.py, then its table
    python3 -I check_more.py no_split.json [--lang en]             why there is none

The table. Of all tables that put every region on one of the two values of the grid beside its computed rate, keep
bounds, rules and order, give equal rates equal values, and back the province, none is nearer (in the sum of distances),
and none as near overshoots less. How: a multiplier y >= 0 gives every such table t a lower limit,
distance - y (Σ E g t - needed), as the bracket is not below zero. That is a sum over the cells of the grid; in a cell
the highest rates go up first, so that a handful of ways are left, each with a price. The ways with the least prices
give the least limit. A table that is as near as the published one can take other ways only as far as their prices come
to no more than what the published one is above that limit: those tables are looked at one by one. Any y is right; this
one makes the room small.

No split. Rules with multipliers, the target among them, add up to v·r >= h (`Province.combined`), which every split
would keep; but within the bounds v·r never comes to h. Of an incentive table above the basic one the same, r' - r >=
step added. That no fewer rules do: for sets of rules a split is shown that keeps all others; whatever contradicts
itself has a rule in each of these sets, and fewer rules cannot have. What would end it: a split with one thing changed
by so much, and the same argument again with it changed by less.
"""

from __future__ import annotations

import copy
import hashlib
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, groupby
from math import ceil, comb, floor
from pathlib import Path
from typing import Any

if __package__:
    from reports.check_proof import Province, check, dot, need, number, numbers, places, run, total
else:
    sys.path.insert(0, str(Path(__file__).resolve().parent))
    from check_proof import (  # type: ignore[import-not-found,no-redef]
        Province,
        check,
        dot,
        need,
        number,
        numbers,
        places,
        run,
        total,
    )  # fmt: skip

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


HIGHEST = Fraction(99, 100)  # Beyond this no bound is moved
MOST_SETS = 200_000  # Sets of rules that are looked at
NOT_PROVED_EITHER = ("未证：输入文件是否如此发问；变动后步长上有没有表。",
                     "not proved: that the input files ask this; that a change gives a table on the grid")  # fmt: skip
Json = dict[str, Any]
LEVERS = {
    "upper bounds": ("上限各提高", "upper bounds up by"), "lower bounds": ("下限各降低", "lower bounds down by"),
    "target": ("目标变动", "target moved by"), "incentive target": ("激励目标变动", "incentive target moved by"),
    "cap": ("总量上限提高", "cap raised by"), "rule": ("规则 {} 放宽", "rule {} eased by"),
    "moved": ("规则 {} 的值变动", "value of rule {} moved by"), "fewer": ("{} 少保护", "{}: fewer protected by"),
    "left out": ("去掉规则 {}", "rule {} left out"), "exceed": ("允许超过目标", "the target may be exceeded"),
}  # fmt: skip


def only(asked: Json, rules: Sequence[str], incentive: bool) -> Json:
    """Return a question with some of its rules; protection lets the sum be exceeded where it is left out as well.

    The incentive table stays only where no room for it is left out.
    """
    every = asked["limits"]["rules"]
    kept = [rule for rule in every if rule["id"] in rules]
    room = all(rule in kept for rule in every if rule["kind"] == "room")
    exceed = asked["exceed"] or any(rule["kind"] == "protect" and number(rule["regions"]) > 0 for rule in every)
    found = {**asked, "exceed": exceed, "limits": {**asked["limits"], "rules": kept}}
    if not (incentive and room):
        found.pop("incentive", None)
    return found


def on_grid(asked: Json) -> Json:
    """Return what a table on the grid can keep of a question; it may exceed the target."""
    grid, limits = number(asked["grid"]), asked["limits"]

    def moved(texts: Sequence[str], way: Any) -> list[str]:  # noqa: ANN401  (floor or ceil)
        return [str(way(number(text) / grid) * grid) for text in texts]

    rules = []
    for rule in limits["rules"]:
        now = dict(rule)
        for key, way in (("floors", ceil), ("ceilings", floor)) if rule["kind"] == "between" else ():
            now[key] = dict(zip(rule[key], moved([*rule[key].values()], way), strict=True))
        if rule["kind"] == "span":
            (now["limit"],) = moved([rule["limit"]], floor)
        rules.append(now)
    limits = {"lower": moved(limits["lower"], ceil), "upper": moved(limits["upper"], floor), "rules": rules}
    return {**asked, "exceed": True, "limits": limits}


def vectors(asked: Json) -> tuple[list[Province], list[Fraction]]:
    """Return what is asked of the basic rates and, where there are some, of incentive rates above them by steps."""
    basic = Province(asked, asked["limits"])
    basic.at_least |= asked["exceed"]
    if "incentive" not in asked:
        return [basic], []
    second, steps = asked["incentive"], numbers(asked["incentive"]["steps"], basic.n)
    lower = [str(low + step) for low, step in zip(basic.lower, steps, strict=True)]
    above = Province(asked, {"lower": lower, "upper": second["upper"], "rules": second["rules"]}, second)
    above.at_least = True
    return [basic, above], steps


def refuted(asked: Json, given: Json) -> bool:
    """Return whether rules with multipliers show that there is no split."""
    found, steps = vectors(asked)
    if any(low > high for p in found for low, high in zip(p.low, p.high, strict=True)):
        return True
    rows = [p.combined(terms) for p, terms in zip(found, given["terms"], strict=True)]
    sums, least = [v for v, _ in rows], total(h for _, h in rows)
    for i, y in places(given["steps"], found[0].n).items() if steps else ():
        need(y >= 0, "乘子的符号不对", "a multiplier of the wrong sign")
        sums[0][i], sums[1][i] = sums[0].get(i, Fraction(0)) - y, sums[1].get(i, Fraction(0)) + y
        least += y * steps[i]
    parts = ((x, p.high[i] if x > 0 else p.low[i]) for p, v in zip(found, sums, strict=True) for i, x in v.items())
    return total(x * end for x, end in parts) < least


def is_split(asked: Json, given: Sequence[Sequence[str]]) -> bool:
    """Return whether rates, with incentive rates above them where these are asked for, are a split."""
    found, steps = vectors(asked)
    rates = [numbers(column, found[0].n) for column in given]
    holds = len(rates) == len(found)
    for p, r in zip(found, rates, strict=False):
        over = dot(p.ends, r) - p.needed
        holds &= over >= 0 if p.at_least else over == 0
        holds &= all(low <= x <= high for low, x, high in zip(p.low, r, p.high, strict=True))
        holds &= all(p.keeps(rule, r) for rule in p.rules.values())
    return holds and (not steps or all(b - a >= step for a, b, step in zip(*rates, steps, strict=True)))


def changed(asked: Json, lever: Json, by: Fraction) -> Json:
    """Return a question with one thing changed; see `LEVERS`."""
    what, found = lever["what"], copy.deepcopy(asked)
    need(what in LEVERS, "未知的变动", "an unknown change")
    parts = [found["limits"], *([found["incentive"]] if "incentive" in found else [])]

    def moved(place: Json, key: str, step: Fraction) -> None:
        place[key] = str(number(place[key]) + step)

    if what == "exceed":
        found["exceed"] = True
    elif what == "cap":
        moved(found["total"], "cap", by)
    elif what in ("target", "incentive target"):
        moved(found if what == "target" else found["incentive"], "target", by)
    elif what == "upper bounds":
        for part in parts:
            part["upper"] = [str(max(min(x + by, HIGHEST), x)) for x in numbers(part["upper"], len(part["upper"]))]
    elif what == "lower bounds":
        own = found["limits"]
        own["lower"] = [str(min(max(x - by, -HIGHEST), x)) for x in numbers(own["lower"], len(own["lower"]))]
    else:
        if what == "left out":
            found = only(found, [rule["id"] for rule in found["limits"]["rules"] if rule["id"] != lever["rule"]], True)
        rule_changed(parts, lever["rule"], what, by)
    return found


def rule_changed(parts: Sequence[Json], name: str, what: str, by: Fraction) -> None:
    """Ease a rule, move its value, protect fewer regions, or leave it out, in each table."""
    for part in parts:
        for rule in [rule for rule in part["rules"] if rule["id"] == name]:
            if what == "left out":
                part["rules"].remove(rule)
            elif what == "fewer":
                rule["regions"] = str(number(rule["regions"]) - by)
            elif rule["kind"] == "between":
                for key, way in (("floors", by if what == "moved" else -by), ("ceilings", by)):
                    rule[key] = {i: str(number(rate) + way) for i, rate in rule[key].items()}
            else:
                rule["limit"] = str(number(rule["limit"]) + by)


def said_of(lever: Json, asked: Json) -> tuple[str, str]:
    """Return what would end it, in words."""
    kinds = {rule["id"]: rule["kind"] for rule in asked["limits"]["rules"]}
    amount = lever["what"] == "cap" or kinds.get(lever.get("rule", "")) == "budget"

    def figure(text: str, language: int) -> str:
        value = number(text)
        if lever["what"] == "fewer":
            return f"{float(value):g}" + (" 个地区", " regions")[language]
        if amount:
            return f"{float(value):,.2f}" + (" 万吨", " x 10^4 t")[language]
        return f"{float(100 * value):g}" + (" 个百分点", " points")[language]

    said = []
    for language, name in enumerate(LEVERS[lever["what"]]):
        text = name.format(lever.get("rule", ""))
        if lever["by"] is not None:
            text += " " + figure(lever["by"], language)
        text += ("：有解", ": there is a split")[language]
        if lever["less"] is not None:
            text += ("；{}：仍无解", "; by {}: there is none")[language].format(figure(lever["less"], language))
        if "advised" in lever:
            more = ("；步长上有表：{}（未证）", "; a table on the grid: {} (not proved)")[language]
            text += more.format(figure(lever["advised"], language))
        said.append("  " + text)
    return said[0], said[1]


def check_smallest(asked: Json, answer: Json) -> bool:
    """Return whether no fewer rules contradict each other; every split that is shown must be one."""
    names, sets = {rule["id"] for rule in asked["limits"]["rules"]}, []
    for shown in answer["possible"]:
        without = set(shown["left_out"])
        need(without <= names, "所去规则不存在", "a rule that does not exist")
        rest = only(asked, [*(names - without)], answer["incentive"])
        right = is_split(on_grid(rest) if answer["grid"] else rest, shown["split"])
        need(right, "所示的解不成立", "a split that is shown is none")
        sets.append(without)
    fewer = len(answer["rules"]) - 1
    if fewer < 0 or comb(len(names), fewer) > MOST_SETS:
        return fewer < 0
    return all(any(each.isdisjoint(some) for each in sets) for some in combinations(names, fewer))


def check_none(record: Json) -> list[tuple[str, str]]:
    """Check why there is no split; return what holds, in both languages."""
    content = {key: value for key, value in record.items() if key != "digest"}
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    digest = hashlib.sha256(text.encode("ascii")).hexdigest()
    need(record["digest"]["whole"] == digest, "no_split.json 被改动过", "no_split.json was altered")
    asked, answer = record["question"], record["answer"]
    need(answer is not None, "无解没有证明", "no proof that there is no split")
    named = answer["rules"]
    some = only(asked, named, answer["incentive"])
    need(len(some["limits"]["rules"]) == len(named), "所指规则不存在", "a rule that does not exist")
    shown = refuted(on_grid(some) if answer["grid"] else some, answer["refutation"])
    need(shown, "所列各项并不矛盾", "what is named is no contradiction")
    zh, en = "、".join(named), ", ".join(named)
    on = ("，取步长上的值时" if answer["grid"] else "", " on the grid" if answer["grid"] else "")
    of = ("和激励表" if answer["incentive"] else "", " and incentive table" if answer["incentive"] else "")
    said = [(f"无解：上下限、目标{of[0]}{f'、规则 {zh}' if named else ''}互相矛盾{on[0]}（{digest[:16]}…）。",
             f"no split: bounds, target{of[1]}{f', rules {en}' if named else ''} contradict each other{on[1]} "
             f"({digest[:16]}…)")]  # fmt: skip
    if check_smallest(asked, answer) and named:
        said.append(("最少：更少的规则并不矛盾。", "smallest: no fewer rules contradict each other"))
    elif named:
        said.append(("是否最少未证。", "not proved: that no fewer rules contradict each other"))
    for lever in answer["levers"]:
        by = number(lever["by"] or "0")
        need(is_split(changed(asked, lever, by), lever["split"]), "变动后的解不成立", "a split after a change is none")
        if lever["less"] is not None:
            less = changed(asked, lever, number(lever["less"]))
            nearer = 0 <= number(lever["less"]) / by < 1
            need(nearer and refuted(less, lever["refutation"]), "变动再小些也许有解", "less may be enough")
        said.append(said_of(lever, asked))
    return [*said, NOT_PROVED_EITHER]


def check_all(first: Json, proof: Json | None = None) -> list[tuple[str, str]]:
    """Check a plan and its proof, the rounding last, or why there is no split; return what holds, in both languages."""
    if proof is None:
        return check_none(first)
    *said, _ = check(first, proof)
    cap, printed = first["question"].get("total"), first["province"].get("total")
    same = (cap and [float(number(cap[key])) for key in ("cap", "reserve")]) == (
        printed and [printed["cap_10kt"], printed["reserve_10kt"]]
    )
    need(same, "总量上限与所问不同", "the cap on the total differs from the question")
    return [*said, nearest(first), NOT_PROVED]


if __name__ == "__main__":
    sys.set_int_max_str_digits(100_000)
    sys.exit(run(sys.argv[1:], check_all))
