"""Check that a plan is what it says, exactly: ``python3 -I check_proof.py plan.json proof.json [--lang en]``.

Needs Python 3.11 and nothing else: no solver, no package, no floating-point sum is trusted. Exit 0: all three parts
hold. Exit 1: one does not, or is not proved.

link     The proof is of this plan: its hash fits, and the plan's figures are those of its `question`.
table    The published rates are multiples of the grid within the bounds, keep every rule and the order, and the last
         year's emissions Σ E g (1 - r) are no more than (1 - asked) ΣE/ΣY Σ Y g, which the target allows.
optimum  The computed rates are the one answer: sort how far every region is from its reference rate, the farthest
         first; every other split has a later list. No region could come nearer to its reference without one that is
         as far off, or farther, going farther. Rates are computed within what the grid leaves of bounds and rules
         (`within`), and where even that asks for more than the target (`exceed`), at the least sum there is.

How the optimum is proved. A split is a list r within bounds that keeps the rules and reaches the sum. The proof gives
stages. A stage lists rules with multipliers; added up they say that every split has v·r >= h (`combined`). From the
stages alone the answer is derived (`derived`): who is at a bound is named; the others of a stage stand at one distance
t from their references, in the direction of v, with v·r = h; who is in no stage stands at the reference. Then (`prove`)
the answer itself is a split, and the regions are settled from the farthest to the nearest. Let any split be no worse,
and let it agree with the answer on those settled. Nobody open may then be farther than t, the farthest open one's.
    a  That one is held at a bound between it and its reference: to be no farther it must stand there. Settled.
    b  Or the next stage is tight, v·r = h, and each of its open regions is at distance t in the direction of v, or at
       a bound in that direction: anywhere else v·r would be less. But v·r >= h. All of its regions are settled.
Nobody is left, so the split is the answer. Each check is one of these conditions; nothing is left to a tolerance.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

NUMBER = re.compile(r"-?[0-9]{1,40000}(/[0-9]{1,40000}|(\.[0-9]{1,2000})?([eE][+-]?[0-9]{1,3})?)")
LONGEST = 1_000_000  # Bits of a number; longer ones are no proof that can be read

Json = Mapping[str, Any]
Row = tuple[dict[int, Fraction], Fraction]
Rates = Sequence[Fraction]
Words = tuple[str, str]  # in Chinese and English


class Refused(Exception):  # noqa: N818  (what happens, not a mistake of ours)
    """Something is not as it must be."""


def need(holds: object, zh: str, en: str) -> None:
    """Refuse what does not hold, with what that is in both languages."""
    if not holds:
        raise Refused(zh, en)


def number(text: object) -> Fraction:
    """Return the exact number that a text holds."""
    need(isinstance(text, str) and NUMBER.fullmatch(text), f"不是数字：{text!s:.40}", f"no number: {text!s:.40}")
    return Fraction(str(text))


def numbers(texts: Iterable[object], count: int) -> list[Fraction]:
    """Return a column of so many exact numbers."""
    found = [number(text) for text in texts]
    need(len(found) == count, "各列长短不一", "columns of different length")
    return found


def positions(found: Iterable[Any], count: int) -> list[int]:
    """Return positions of regions, each of which exists and stands there once."""
    known = [int(key) if isinstance(key, str) and re.fullmatch("[0-9]{1,9}", key) else key for key in found]
    right = all(type(i) is int and 0 <= i < count for i in known) and len(set(known)) == len(known)
    need(right, "所指的地区不存在或重复", "a region that does not exist, or stands twice")
    return known


def places(table: Mapping[str, object] | None, count: int) -> dict[int, Fraction]:
    """Return the numbers of some regions by position."""
    return {} if not table else dict(zip(positions(table, count), map(number, table.values()), strict=True))


def total(values: Iterable[Fraction]) -> Fraction:
    """Return a sum."""
    found = Fraction(0)
    for value in values:
        found += value
        need(found.denominator.bit_length() < LONGEST, "数字过长", "numbers too long")
    return found


def dot(left: Iterable[Fraction], right: Iterable[Fraction]) -> Fraction:
    """Return Σ x y."""
    return total(x * y for x, y in zip(left, right, strict=True))


def fall(amounts: Rates, gdp: Rates, growth: Rates, rates: Rates) -> Fraction:
    """Return by how much the province's intensity falls: 1 - (Σ E g (1 - r) / Σ Y g) / (ΣE / ΣY)."""
    left = total(e * g * (1 - r) for e, g, r in zip(amounts, growth, rates, strict=True))
    return 1 - left / dot(gdp, growth) / (total(amounts) / total(gdp))


class Province:
    """The figures of a question, and the bounds and rules of one of its parts, `limits` or `within`."""

    def __init__(self, asked: Json, limits: Json, second: Json | None = None) -> None:
        n = self.n = len(asked["emissions"])
        self.amounts = numbers(asked["emissions"], n)
        self.gdp = numbers(asked["gdp"], n) if "gdp" in asked else self.amounts
        self.growth = numbers(asked["growth"], n) if "growth" in asked else [Fraction(1)] * n
        self.ends = [e * g for e, g in zip(self.amounts, self.growth, strict=True)]  # of the last year, if nothing fell
        base, goal = total(self.amounts) / total(self.gdp), second or asked
        self.target, reduction = float(number(goal["target"])), number(goal["target"]) + number(asked["margin"])
        self.unchanged = base * dot(self.gdp, self.growth)
        self.asked = self._under_cap(reduction, asked["total"]) if "total" in asked else reduction
        self.needed = total(self.ends) - (1 - self.asked) * self.unchanged  # Σ E g r must reach this
        self.allowed = (1 - reduction) * base  # intensity that protection keeps
        self.half_widths = numbers(asked.get("half_widths", ["0"] * n), n)
        positive = n and min(self.amounts + self.gdp + self.growth) > 0 <= min(self.half_widths)
        need(positive, "数字应大于零", "figures must be above zero")
        self.lower, self.upper = numbers(limits["lower"], n), numbers(limits["upper"], n)
        self.rules: dict[str, dict[str, Any]] = {}
        self.at_least = False  # whether protection lets the sum be exceeded
        for rule in limits["rules"]:
            self._add(rule)
        need(len(self.rules) == len(limits["rules"]), "规则编号重复", "an id of a rule stands twice")
        # bounds with the floors and ceilings of the rules
        sides = [(rule["floors"], rule["ceilings"]) for rule in self.rules.values() if rule["kind"] == "between"]
        self.low = [max([x, *(floors[i] for floors, _ in sides if i in floors)]) for i, x in enumerate(self.lower)]
        self.high = [min([x, *(tops[i] for _, tops in sides if i in tops)]) for i, x in enumerate(self.upper)]

    def _under_cap(self, reduction: Fraction, asked: Json) -> Fraction:
        """Return what the target and a cap on the total ask of the cities, a reserve that no city has used up too."""
        cap, outside, reserve, more = (number(asked[key]) for key in ("cap", "outside", "reserve", "reserve_gdp"))
        clean = (1 - reduction) * self.unchanged * more / dot(self.gdp, self.growth)  # that the target leaves for it
        burden = 0 if asked["apart"] else max(reserve - clean, Fraction(0)) / self.unchanged
        return max(reduction + burden, 1 - (cap - outside - reserve) / self.unchanged)

    def _add(self, asked: Json) -> None:
        """Read a rule."""
        n, kind = self.n, asked["kind"]
        rule: dict[str, Any] = {"kind": kind}
        if kind == "between":
            rule |= {"floors": places(asked["floors"], n), "ceilings": places(asked["ceilings"], n)}
        elif kind in ("span", "budget"):
            rule |= {"members": positions(asked["members"], n), "limit": number(asked["limit"])}
            rule["limit"] -= number(asked["projects"]) if kind == "budget" else 0
        elif kind == "pairs":
            rule["pairs"] = {(i, j) for i, j in (positions(pair, n) for pair in asked["pairs"])}
        elif kind == "protect":
            rule["count"] = number(asked["regions"])
            self.at_least |= rule["count"] > 0
        else:
            need(kind == "room", f"未知的规则种类 {kind!s:.40}", f"an unknown kind of rule {kind!s:.40}")
        self.rules[asked["id"]] = rule

    def keeps(self, rule: Json, r: Rates) -> bool:
        """Return whether rates keep a rule; protection at the worst growth of the `count` regions that swing most."""
        kind = rule["kind"]
        if kind == "between":
            low = all(r[i] >= rate for i, rate in rule["floors"].items())
            return bool(low and all(r[i] <= rate for i, rate in rule["ceilings"].items()))
        if kind == "span":
            chosen = [r[i] for i in rule["members"]]
            return bool(max(chosen) - min(chosen) <= rule["limit"])
        if kind == "pairs":
            return all(r[i] >= r[j] for i, j in rule["pairs"])
        if kind == "budget":
            return bool(total(self.ends[i] * (1 - r[i]) for i in rule["members"]) <= rule["limit"])
        if kind == "room":  # for a second table: that table shows it
            return True
        beyond = [e * (1 - x) - self.allowed * y for e, x, y in zip(self.amounts, r, self.gdp, strict=True)]
        swings = sorted((d * abs(c) for d, c in zip(self.half_widths, beyond, strict=True)), reverse=True)
        parts = (max(min(rule["count"] - k, Fraction(1)), Fraction(0)) for k in range(self.n))
        return dot(self.growth, beyond) + dot(parts, swings) <= 0

    def combined(self, terms: Sequence[Sequence[Any]]) -> Row:
        """Add rules up with their multipliers: (v, h) with v·r >= h for every split; v holds what is not zero.

        A term is ["backing", y], or a rule's id and what its kind takes: y for a budget; for a span {position: y} of
        high ones and {position: y} of low ones, with equal sums; [[i, j, y], …] for pairs; for protection y and
        {position: by how much its growth is off}.
        """
        v: dict[int, Fraction] = defaultdict(Fraction)
        h = Fraction(0)

        def add(y: Fraction, row: Iterable[tuple[int, Fraction]], least: Fraction, free: bool = False) -> None:
            nonlocal h
            need(y >= 0 or free, "乘子的符号不对", "a multiplier of the wrong sign")
            h += y * least
            for i, x in row:
                v[i] += y * x

        for name, *parts in terms:
            rule: Json = {"kind": "backing"} if name == "backing" else self.rules.get(name, {})
            kind = rule.get("kind")
            if kind == "backing":
                add(number(parts[0]), enumerate(self.ends), self.needed, free=not self.at_least)  # else reached exactly
            elif kind == "budget":
                members = [(i, self.ends[i]) for i in rule["members"]]
                add(number(parts[0]), members, total(x for _, x in members) - rule["limit"])
            elif kind == "span":
                tops, bottoms = (places(part, self.n) for part in parts)
                right = {*tops, *bottoms} <= {*rule["members"]} and min([*tops.values(), *bottoms.values()]) >= 0
                right &= total(tops.values()) == total(bottoms.values())
                need(right, f"{name}：乘子不对", f"{name}: multipliers")
                add(Fraction(1), [*bottoms.items(), *((i, -y) for i, y in tops.items())], Fraction(0))
                h -= rule["limit"] * total(tops.values())
            elif kind == "pairs":
                for i, j, y in parts[0]:
                    need((i, j) in rule["pairs"], f"{name}：没有这一先后关系", f"{name}: no such order")
                    add(number(y), [(i, Fraction(1)), (j, Fraction(-1))], Fraction(0))
            elif kind == "protect":
                off = places(parts[1], self.n)
                inside = all(0 < abs(d) <= self.half_widths[i] for i, d in off.items())
                need(inside, f"{name}：增长超出区间", f"{name}: growth beyond its half-width")
                used = total(abs(d) / self.half_widths[i] for i, d in off.items())
                need(used <= rule["count"], f"{name}：同时变动的地区过多", f"{name}: more regions off than protected")
                then = [g + off.get(i, 0) for i, g in enumerate(self.growth)]
                least = dot(then, [e - self.allowed * y for e, y in zip(self.amounts, self.gdp, strict=True)])
                add(number(parts[0]), enumerate(e * g for e, g in zip(self.amounts, then, strict=True)), least)
            else:
                need(False, f"{name!s:.40}：没有这样的规则", f"{name!s:.40}: no such rule")
        return {i: x for i, x in v.items() if x}, h


def raise_total(p: Province, asked: Json, answer: Json) -> None:
    """Move the sum up to the least one that bounds and rules leave, where the question lets it be exceeded.

    Every split has (E g - v)·r + v·r >= its least within the bounds + h: the least, as the answer has no more.
    """
    if asked["exceed"] and not p.at_least and "least" in answer:
        v, h = p.combined([term for term in answer["least"] if term[0] != "backing"])
        rest = [w - v.get(i, 0) for i, w in enumerate(p.ends)]
        p.needed = max(p.needed, h + total(x * (p.low[i] if x > 0 else p.high[i]) for i, x in enumerate(rest)))


def derived(p: Province, refs: Rates, units: Rates, answer: Json, stages: Sequence[Row]) -> list[Fraction]:
    """Return the rates that follow from the stages; see the top of this file."""
    r = {i: p.low[i] for i in positions(answer["at_lower"], p.n)}
    r |= {i: p.high[i] for i in positions(answer["at_upper"], p.n)}
    for v, h in stages:
        new = [i for i in v if i not in r]
        if new:
            left = h - total(x * r.get(i, refs[i]) for i, x in v.items())
            t = left / total(abs(v[i]) * units[i] for i in new)
            r |= {i: refs[i] + (t if v[i] > 0 else -t) * units[i] for i in new}
    return [r.get(i, refs[i]) for i in range(p.n)]


def prove(p: Province, refs: Rates, units: Rates, r: Rates, stages: Sequence[Row]) -> None:
    """Prove that rates are the one answer; see the top of this file."""
    inside = all(low <= x <= high for low, x, high in zip(p.low, r, p.high, strict=True))
    need(inside, "推得的解超出上下限", "the derived answer is out of bounds")
    over = dot(p.ends, r) - p.needed
    need(over == 0 or (over > 0 and p.at_least), "推得的解不合总量", "the derived answer misses the sum")
    for name, rule in p.rules.items():
        need(rule["kind"] != "room", f"规则 {name} 不在所证之列", f"rule {name} is beyond this proof")
        need(p.keeps(rule, r), f"推得的解违反规则 {name}", f"the derived answer breaks rule {name}")
    far = [abs(x - ref) / unit for x, ref, unit in zip(r, refs, units, strict=True)]
    held = [low == x > ref or high == x < ref for low, x, high, ref in zip(p.low, r, p.high, refs, strict=True)]
    order, settled, at = sorted(range(p.n), key=lambda i: -far[i]), set(), 0
    for v, h in [*stages, ({}, Fraction(0))]:
        while at < p.n and (order[at] in settled or held[order[at]] or far[order[at]] == 0):
            settled.add(order[at])
            at += 1
        need(total(x * r[i] for i, x in v.items()) == h, "有一级并非紧的", "a stage is not tight")
        for i, x in v.items():
            pressed = at < p.n and far[i] == far[order[at]] and (r[i] - refs[i]) * x > 0
            stuck = i in settled or pressed or r[i] == (p.high[i] if x > 0 else p.low[i])
            need(stuck, f"第 {i + 1} 个地区还能移动", f"region {i + 1} could still move")
        settled |= set(v)
    need(at == p.n, "并非每个地区都得到证明", "not every region is settled")


def check_optimum(asked: Json, answer: Json, rates: Rates) -> int:
    """Prove the computed rates; return how many stages that took."""
    p = Province(asked, asked.get("within", asked["limits"]))
    check_within(Province(asked, asked["limits"]), p, 2 * number(asked["grid"]))
    refs = numbers(asked["references"], p.n)
    units = refs if asked["relative"] else [Fraction(1)] * p.n
    need(min(units) > 0, "参考值应大于零", "references must be above zero")
    raise_total(p, asked, answer)
    stages = [p.combined(terms) for terms in answer["stages"]]
    r = derived(p, refs, units, answer, stages)
    prove(p, refs, units, r, stages)
    need([*map(float, r)] == [*map(float, rates)], "测算值不是推得的解", "a computed rate is off in its last digit")
    return len(stages)


def check_within(given: Province, p: Province, most: Fraction) -> None:
    """Check that rates are computed within what is asked, its limits moved by less than `most` to fit the grid."""
    sides = [(given.lower, p.lower), (p.upper, given.upper)]
    near = all(0 <= b - a < most for low, high in sides for a, b in zip(low, high, strict=True))
    for (name, rule), (other, now) in zip(given.rules.items(), p.rules.items(), strict=True):
        near &= name == other
        for key in {*rule, *now} - {"floors", "ceilings"}:
            near &= rule[key] == now[key] or (rule["kind"] == "span" and 0 <= rule[key] - now[key] < most)
        for key in ("floors", "ceilings") if rule["kind"] == "between" else ():
            near &= rule[key].keys() == now[key].keys()
            near &= all(abs(rate - rule[key][i]) < most for i, rate in now[key].items())
    need(near, "求解范围不是所问的范围", "rates are computed within something else than what is asked")


def check_table(p: Province, asked: Json, table: Rates, said: Json) -> Words:
    """Check a published table, and what is `said` of it; return the reduction that it gives the province, in words."""
    grid = number(asked["grid"])
    need(grid > 0 and all((x / grid).denominator == 1 for x in table), "有公布值不在步长上", "a rate off the grid")
    inside = all(low <= x <= high for low, x, high in zip(p.lower, table, p.upper, strict=True))
    need(inside, "有公布值超出上下限", "a published rate is out of bounds")
    for name, rule in p.rules.items():
        need(p.keeps(rule, table), f"公布值违反规则 {name}", f"the published table breaks rule {name}")
    implied = fall(p.amounts, p.gdp, p.growth, table)
    need(implied >= p.asked, "公布值撑不起全省", "the published table does not back the province")
    right = said["verdict"] == "backed" and said["implied_reduction"] == float(implied) and said["target"] == p.target
    need(right, "方案所说的目标或全省降幅有误", "the plan states another target or reduction")
    of = f"{float(implied):.4%} / {float(p.asked):.4%}"
    return f"全省下降 / 要求：{of}", f"the province falls / is asked for: {of}"


def check_link(plan: Json, proof: Json) -> str:
    """Check that a proof is of this plan, and that the plan says what its question does; return its hash."""
    around = {key: value for key, value in plan["provenance"].items() if key != "digest"}
    text = json.dumps({**plan, "provenance": around}, sort_keys=True, separators=(",", ":"), allow_nan=False)
    found = hashlib.sha256(text.encode("ascii")).hexdigest()
    sealed = plan["provenance"]["digest"]["whole"] == found == proof["plan"]
    need(sealed, "plan.json 被改动过，或证明属于另一份方案", "the plan was altered, or the proof is of another plan")
    asked, regions, scenario = plan["question"], plan["regions"], plan["scenario"]
    columns = {"emissions_10kt": asked["emissions"], "reference_rate": asked["references"]}
    columns |= {key: asked["limits"][key] for key in ("lower", "upper")}
    if "gdp" in asked:  # of levels and shares there is neither
        columns |= {"gdp_100m_yuan": asked["gdp"], "growth": asked["growth"]}
    for field, column in columns.items():
        same = [float(x) for x in numbers(column, len(regions))] == [region[field] for region in regions]
        need(same, f"{field} 与所问不同", f"{field} differs from the question")
    outside = [i for i, region in enumerate(regions) if region["outside_order"]]
    said = [float(number(asked["margin"])), float(number(asked["grid"])), asked["relative"], asked["outside"]]
    told = [plan["province"]["margin"], scenario["grid"], scenario["deviation"] == "relative", outside]
    need(said == told, "方案与所问不一致", "the plan differs from its question")
    return found


def check(plan: Json, proof: Json) -> list[Words]:
    """Check everything; return what holds, in both languages. Raises Refused: something does not."""
    digest, asked, regions = check_link(plan, proof)[:16], plan["question"], plan["regions"]
    p = Province(asked, asked["limits"])
    rates, table = ([Fraction(repr(region[key])) for region in regions] for key in ("rate", "published_rate"))
    zh, en = check_table(p, asked, table, plan["province"])
    # a higher computed rate, or score, never has a lower published rate
    keys, outside = numbers(asked["order"], p.n) if "order" in asked else rates, positions(asked["outside"], p.n)
    ranked = sorted((keys[i], table[i]) for i in set(range(p.n)) - set(outside))
    need(all(a[1] <= b[1] for a, b in pairwise(ranked)), "公布值的先后有误", "the published table breaks its order")
    said = [
        (f"对应：证明属于这份方案（{digest}…），方案的数字就是所问的数字。",
         f"link: the proof is of this plan ({digest}…), whose figures are those of its question"),
        (f"表：{p.n} 个公布值都在步长上、上下限内，{len(p.rules)} 条规则和先后都守住；{zh}。",
         f"table: {p.n} rates on the grid and within bounds, {len(p.rules)} rules and the order kept; {en}"),
    ]  # fmt: skip
    if "incentive" in asked:
        second, above = asked["incentive"], [Fraction(repr(r["published_incentive_rate"])) for r in regions]
        lower = [str(x + step) for x, step in zip(table, numbers(second["steps"], p.n), strict=True)]
        limits = {"lower": lower, "upper": second["upper"], "rules": second["rules"]}
        zh, en = check_table(Province(asked, limits, second), asked, above, plan["province"]["incentive"])
        said.append((f"激励表：同样守住；{zh}。其最优性未证。", f"incentive table: likewise; {en}; not proved optimal"))
    need(proof["answer"] is not None, "最优性没有证明（表和对应成立）", "no proof of the optimum (table and link hold)")
    stages = check_optimum(asked, proof["answer"], rates)
    return [
        *said,
        (f"最优：每个测算值都是唯一解的值，直到末位；{stages} 级。",
         f"optimum: each computed rate is that of the one answer, to the last digit; {stages} stages"),
        ("未证：参考值如何由指标得出；输入文件是否如此发问；公布值是否最近（见 check_more.py）。",
         "not proved: how indicators give references; that the input files ask this; nearest table: see check_more.py"),
    ]  # fmt: skip


def unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON whose keys stand once."""
    need(len(dict(pairs)) == len(pairs), "JSON 中有重复的键", "a key stands twice")
    return dict(pairs)


def run(words: Sequence[str], job: Any) -> int:  # noqa: ANN401  (a function of what the files hold)
    """Run a check on the files that a command line names, print what it says, and return the exit code."""
    language = 1 if list(words[-2:]) == ["--lang", "en"] else 0
    try:
        texts = [Path(path).read_text("utf-8") for path in (words[:-2] if "--lang" in words[-2:-1] else words)]
        lines, code = job(*(json.loads(text, object_pairs_hook=unrepeated) for text in texts)), 0
    except Refused as refused:
        lines, code = [("不成立：" + refused.args[0], "REFUSED: " + refused.args[1])], 1
    except Exception as error:  # whatever a file that is none makes Python stumble over
        what = f"{type(error).__name__}: {error!s:.200}"
        lines, code = [(f"不成立：文件不合格式（{what}）", f"REFUSED: not such a file ({what})")], 1
    print("\n".join(line[language] for line in lines))
    return code


if __name__ == "__main__":
    sys.set_int_max_str_digits(100_000)
    sys.exit(run(sys.argv[1:], check))
