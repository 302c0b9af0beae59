"""The rows that leave no room at an answer, each with one multiplier: what a stage is added up from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Literal

from solvers.problem import Array
from solvers.proving.exact import BACKING, ExactProblem, Near, Ordered, Rule, Term, Unsure, Weighted

TIGHT = 1e-8
"""What a row may leave at a computed answer and still be taken to leave nothing."""

_MOST_CASES = 12
"""Cases of growth that are as bad, of which more are not looked at."""

Part = Literal["whole", "high", "low", "pair"]


@dataclass(frozen=True, eq=False)
class Row:
    """Says ``sum of entries x r >= something`` with a multiplier not below zero, or of any sign if `free`."""

    name: str
    part: Part  # high: value below the top of `Near`; low: above its bottom; each with the others in balance
    entries: dict[int, Fraction]
    free: bool = False
    off: Mapping[int, Fraction] = field(default_factory=dict)  # Of `Unsure`: by how much which weights are off

    @cached_property
    def scale(self) -> float:
        """The largest of its entries."""
        return max(abs(float(x)) for x in self.entries.values())


def tight_rows(problem: ExactProblem, rates: Array) -> list[Row]:
    """Return the rows that leave no room at computed rates, shape (n,)."""
    r = rates.tolist()
    weights = dict(enumerate(problem.weights))
    reached = sum(float(w) * r[i] for i, w in weights.items())
    spare = reached - float(problem.total) > TIGHT * abs(float(problem.total))
    backing = [] if spare and problem.at_least else [Row(BACKING, "whole", weights, not problem.at_least)]
    return [*backing, *(row for rule in problem.rules for row in _rows(problem, rule, r))]


def _rows(problem: ExactProblem, rule: Rule, r: Sequence[float]) -> Iterator[Row]:
    match rule:
        case Near(id=name, members=members, limit=limit):
            top, bottom = max(r[i] for i in members), min(r[i] for i in members)
            if top - bottom < float(limit) - TIGHT:
                return
            for i in members:
                if r[i] >= top - TIGHT:
                    yield Row(name, "high", {i: Fraction(-1)})
                if r[i] <= bottom + TIGHT:
                    yield Row(name, "low", {i: Fraction(1)})
        case Ordered(id=name, pairs=pairs):
            for i, j in pairs:
                if r[i] <= r[j] + TIGHT:
                    yield Row(name, "pair", {i: Fraction(1), j: Fraction(-1)})
        case Weighted(id=name, members=members, least=least):
            entries = {i: problem.weights[i] for i in members}
            reached = sum(float(w) * r[i] for i, w in entries.items())
            if reached - float(least) <= TIGHT * sum(map(float, entries.values())):
                yield Row(name, "whole", entries)
        case Unsure(id=name):
            for off in worst_cases(rule, r):
                growth = off_by(rule, off)
                left = [float(b) - float(a) * (1 - x) for a, b, x in zip(rule.amounts, rule.shares, r, strict=True)]
                spare = sum(float(g) * x for g, x in zip(growth, left, strict=True))
                if spare <= TIGHT * sum(map(float, problem.weights)):
                    entries = {i: g * a for i, (g, a) in enumerate(zip(growth, rule.amounts, strict=True))}
                    yield Row(name, "whole", entries, off=off)


def off_by(rule: Unsure, off: Mapping[int, Fraction]) -> list[Fraction]:
    """Return growth that is off by so much."""
    return [g + off.get(i, 0) for i, g in enumerate(rule.growth)]


def worst_off(rule: Unsure, r: Sequence[float]) -> dict[int, Fraction]:
    """Return by how much growth is off where it is worst for rates."""
    beyond = [float(a) * (1 - x) - float(b) for a, b, x in zip(rule.amounts, rule.shares, r, strict=True)]
    swings = sorted(range(len(r)), key=lambda i: -float(rule.off[i]) * abs(beyond[i]))
    found = {}
    for k, i in enumerate(swings):
        part = max(min(rule.count - k, Fraction(1)), Fraction(0))
        if part and rule.off[i]:
            found[i] = part * rule.off[i] * (1 if beyond[i] > 0 else -1)
    return found


def worst_cases(rule: Unsure, r: Sequence[float]) -> list[dict[int, Fraction]]:
    """Return by how much growth is off where it is worst for rates; more than one where several cases are as bad.

    They are where regions swing as much as the last that counts, which then take turns, and where growth moves nothing.
    """
    beyond = [float(a) * (1 - x) - float(b) for a, b, x in zip(rule.amounts, rule.shares, r, strict=True)]
    swing = [float(d) * abs(x) for d, x in zip(rule.off, beyond, strict=True)]
    same = TIGHT * max(map(float, rule.amounts))
    found = [worst_off(rule, r)]
    last = min((swing[i] for i in found[0]), default=0.0)
    alike = [i for i, x in enumerate(swing) if abs(x - last) <= same and rule.off[i]]
    for k in range(1, min(len(alike), _MOST_CASES)):
        turned = dict(zip(alike, alike[k:] + alike[:k], strict=True))
        ways = {turned.get(i, i): part / rule.off[i] for i, part in found[0].items()}
        found.append({i: abs(part) * rule.off[i] * (1 if beyond[i] > 0 else -1) for i, part in ways.items()})
    still = [i for i in found[0] if swing[i] <= same]
    return found + [{**found[0], i: -found[0][i]} for i in still[:_MOST_CASES]]


def terms(problem: ExactProblem, rows: Sequence[Row], multipliers: Sequence[Fraction]) -> tuple[Term, ...]:
    """Return the terms of a stage from the multipliers of its rows."""
    rules = {rule.id: rule for rule in problem.rules}
    found: dict[str, list[tuple[Row, Fraction]]] = {}
    for row, y in zip(rows, multipliers, strict=True):
        if y:
            found.setdefault(row.name, []).append((row, y))
    made: list[Term] = []
    for name, parts in found.items():
        match rules.get(name):
            case Near():
                sides = (
                    {next(iter(row.entries)): y for row, y in parts if row.part == side} for side in ("high", "low")
                )
                made.append((name, *sides))
            case Ordered():
                made.append((name, [[*row.entries, y] for row, y in parts]))
            case Unsure():
                made += [(name, y, dict(row.off)) for row, y in parts]
            case _:
                made.append((name, parts[0][1]))
    return tuple(made)
