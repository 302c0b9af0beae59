"""Multipliers that cancel where they must: found by a linear program, made exact by elimination."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from math import inf

import numpy as np
from scipy.sparse import block_array, coo_array, csr_array

from solvers.effort import Effort
from solvers.highs import HotSolver, Program, Stop
from solvers.problem import Array, SolverFailure
from solvers.proving.rows import Row

_NOTHING = 1e-9
"""A multiplier below this, its row scaled to entries of one at most, is none."""
_CANCELS = 1e-7
"""What may be left of a sum, relative to what is in it, that is meant to cancel."""
_SMALL = 1e-6
"""The price of a unit of a multiplier, so that none is there for nothing."""
_LARGEST = 1e7
_DIGITS = 12
_TINY = 1e-300
_SIDES = {"high": 1, "low": -1}


def multipliers(
    rows: Sequence[Row],
    pushed: Mapping[int, int],
    sides: Mapping[int, tuple[float, float]],
    effort: Effort,
    against: int | None = None,
) -> list[Fraction] | None:
    """Return exact multipliers of rows that push as many members as can be, and nobody else who could move; or None.

    `pushed`: members to push, by 1 up or by -1 down.
    `sides`: of every other member that counts, the least and the largest that its sum may be, 0 or infinite.
    `against`: a row whose multiplier is -1.
    """
    found = _program(rows, pushed, sides, effort, against)
    exact = None if found is None else _exact(rows, found, {*pushed, *sides})
    if exact is None or against is None:
        return exact
    return [-y / exact[against] for y in exact] if exact[against] < 0 else None


def _program(
    rows: Sequence[Row],
    pushed: Mapping[int, int],
    sides: Mapping[int, tuple[float, float]],
    effort: Effort,
    against: int | None,
) -> Array | None:
    """Return multipliers of the scaled rows, shape (rows,); None where nobody can be pushed."""
    m, k, members = len(rows), len(pushed), [*pushed, *sides]
    matrix = _matrix(rows, {i: n for n, i in enumerate(members)}, len(members))
    largest = np.maximum(abs(matrix).max(axis=1).toarray().ravel(), _TINY)
    # a pushed member counts by how much it is pushed, up to one
    count = coo_array((-np.array([*pushed.values()], dtype=float), (range(k), range(k))), shape=(len(members), k))
    balance = _balance(rows)
    left = block_array([[matrix.multiply(1 / largest[:, None]), count], [balance, None]], format="csr")
    sided = [(0.0, inf) if way > 0 else (-inf, 0.0) for way in pushed.values()] + list(sides.values())
    limits = np.array(sided + [(0.0, 0.0)] * balance.shape[0])
    free = np.array([row.free for row in rows])
    lower, upper = np.where(free, -_LARGEST, 0.0), np.full(m, _LARGEST)
    if against is not None:
        lower[against] = upper[against] = -1.0
    program = Program(
        costs=np.concatenate([np.where(free, 0.0, _SMALL), np.full(k, -1.0)]),
        lower=np.concatenate([lower, np.zeros(k)]),
        upper=np.concatenate([upper, np.ones(k)]),
        matrix=csr_array(left),
        row_lower=limits[:, 0],
        row_upper=limits[:, 1],
        integer=np.zeros(m + k, dtype=bool),
    )
    try:
        solution = HotSolver(program, effort).solve()
    except SolverFailure:
        return None
    if solution.stop is not Stop.OPTIMAL or (k and solution.values[m:].max() < _CANCELS):
        return None
    return np.asarray(solution.values[:m], dtype=float)


def _balance(rows: Sequence[Row]) -> csr_array:
    """Return a line for each name of rows of two sides, in which the sides have opposite signs."""
    names = {name: n for n, name in enumerate(dict.fromkeys(row.name for row in rows if row.part in _SIDES))}
    found = [(_SIDES[row.part], names[row.name], n) for n, row in enumerate(rows) if row.part in _SIDES]
    value, line, column = zip(*found, strict=True) if found else ((), (), ())
    return csr_array(coo_array((np.array(value, dtype=float), (line, column)), shape=(len(names), len(rows))))


def _matrix(rows: Sequence[Row], at: Mapping[int, int], height: int) -> csr_array:
    """Return the rows as columns, a line a member, each scaled to entries of one at most."""
    value, line, column = [], [], []
    for n, row in enumerate(rows):
        scale = row.scale
        for i, x in row.entries.items():
            if i in at:
                value.append(float(x) / scale)
                line.append(at[i])
                column.append(n)
    return csr_array(coo_array((value, (line, column)), shape=(height, len(rows))))


def _exact(rows: Sequence[Row], found: Array, members: Collection[int]) -> list[Fraction] | None:
    """Return exact multipliers near the scaled ones found, with every sum at zero that cancels there."""
    used = {n: float(y) for n, y in enumerate(found) if abs(y) > _NOTHING * max(1.0, float(np.abs(found).max()))}
    scaled = {n: y / rows[n].scale for n, y in used.items()}
    sums: dict[object, dict[int, Fraction]] = defaultdict(dict)
    for n in used:
        for i, x in rows[n].entries.items():
            if i in members:
                sums[i][n] = x
        if rows[n].part in _SIDES:
            sums[rows[n].name][n] = Fraction(_SIDES[rows[n].part])
    equations = [
        dict(entries)
        for entries in sums.values()
        if abs(sum(float(x) * scaled[n] for n, x in entries.items()))
        <= _CANCELS * sum(abs(float(x) * scaled[n]) for n, x in entries.items())
    ]
    solved = eliminated(equations, scaled)
    if solved is None or any(solved[n] < 0 and not rows[n].free for n in solved):
        return None
    return [solved.get(n, Fraction(0)) for n in range(len(rows))]


def eliminated(
    equations: list[dict[int, Fraction]], near: Mapping[int, float], kept: int | None = None
) -> dict[int, Fraction] | None:
    """Return numbers that satisfy homogeneous equations exactly; those left free stay as near as `_DIGITS` say.

    `kept`: an unknown that must be left free, as the number one that stands for what is given; None comes back where
    the equations leave it no value.
    An equation with an entry of ±1, and few entries, goes first, so that numbers stay short.
    """
    pivots: list[tuple[int, dict[int, Fraction]]] = []
    while equations:
        equations.sort(key=lambda entries: (all(abs(x) != 1 for x in entries.values()), len(entries)))
        first, *equations = equations
        if not first:
            continue
        choice = [n for n in first if n != kept]
        if not choice:
            return None
        pivot = min(choice, key=lambda n: (abs(first[n]) != 1, sum(n in entries for entries in equations)))
        x = first.pop(pivot)
        solved = {n: -value / x for n, value in first.items()}
        pivots.append((pivot, solved))
        for entries in equations:
            y = entries.pop(pivot, Fraction(0))
            for n, value in solved.items() if y else ():
                if not (total := entries.get(n, Fraction(0)) + y * value):
                    entries.pop(n, None)
                else:
                    entries[n] = total
    known = {n: Fraction(f"{y:.{_DIGITS}g}") for n, y in near.items() if n not in {pivot for pivot, _ in pivots}}
    for pivot, solved in reversed(pivots):
        known[pivot] = sum((value * known[n] for n, value in solved.items()), Fraction(0))
    return known
