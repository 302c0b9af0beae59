"""Why no point keeps bounds and rows, or one that does; exact.

A linear program says by how much the rows must give way. Where they must, its duals add the rows up to an inequality
that no point within the bounds keeps; as all bounds are finite, rounded duals do as well. Where they need not, a point
that leaves the rows some room is moved to those that must be met exactly. Of a rule over uncertain weights only those
worst cases are looked at that a point so far would break.

A second, higher vector may be asked for above the first one; its columns follow those of the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import inf

import numpy as np
from scipy.sparse import coo_array, csr_array

from solvers.effort import Effort
from solvers.highs import HotSolver, Program, Solution, Stop
from solvers.proving.exact import BACKING, Exact, ExactProblem, Near, Ordered, Term, Unsure, Weighted
from solvers.proving.multipliers import eliminated
from solvers.proving.rows import Row, off_by, terms, worst_off

_DIGITS = 12
_CASES = 200
"""Worst cases that are added before the search is given up."""
_NEAR = 1e-9
"""How near a row, scaled to entries of one at most, or a bound may be and still be met exactly."""
_MOST_ROOM = 1.0
_MOST_EQUATIONS = 1_500
_ONE = -1
"""Stands for the number one among the unknowns of equations."""

Points = tuple[tuple[Fraction, ...], ...]
"""A point: the vectors one after another."""


@dataclass(frozen=True)
class Sought:
    """Vectors that are asked for: one, or a second one as well that is above the first by `steps` at least."""

    vectors: tuple[ExactProblem, ...]
    steps: Exact = ()


@dataclass(frozen=True)
class Refutation:
    """Rows with multipliers that no point within the bounds keeps together."""

    terms: tuple[tuple[Term, ...], ...]  # Of each vector
    steps: Mapping[int, Fraction] = field(default_factory=dict)  # Position -> multiplier


@dataclass(frozen=True, eq=False)
class _Line:
    """``columns @ x >= least``, or exactly so: a row of a vector (None: a step between both) in all columns."""

    vector: int | None
    row: Row
    columns: dict[int, Fraction]
    least: Fraction
    exactly: bool = False


def contradiction(sought: Sought, effort: Effort) -> Refutation | None:
    """Return why there is no point; None where the search ends without a reason.

    Raises SolverFailure: HiGHS gave no answer.
    """
    search = _Search(sought, effort)
    for _ in range(_CASES):
        point = search.least_relaxed()
        if point.stop is not Stop.OPTIMAL:
            return None
        if point.objective > 0 and (found := search.refutation(point)) is not None:
            return found
        if not search.cut(point):
            return None
    return None


def some_point(sought: Sought, effort: Effort) -> Points | None:
    """Return a point; None where none was found. Whether it is one is for exact arithmetic to say.

    Raises SolverFailure: HiGHS gave no answer.
    """
    search = _Search(sought, effort)
    for _ in range(_CASES):
        point = search.most_room()
        if point.stop is not Stop.OPTIMAL:
            return None
        if not search.cut(point):
            return search.exact(point)
    return None


class _Search:
    """The rows of what is sought, and the worst cases that were added to them."""

    def __init__(self, sought: Sought, effort: Effort) -> None:
        self.vectors, self.effort, self.n = sought.vectors, effort, len(sought.vectors[0].weights)
        self.lower = [x for vector in self.vectors for x in vector.lower]
        self.upper = [x for vector in self.vectors for x in vector.upper]
        self.lines: list[_Line] = []
        self.bases: dict[int, list[int]] = {}  # column -> its lines: what the members of a `Near` are all above
        for at, vector in enumerate(self.vectors):
            for row, least in _rows(vector):
                self._add(at, row, least, exactly=row.name == BACKING and not vector.at_least)
            for rule in vector.rules:
                if isinstance(rule, Near):
                    self._add_base(at, rule.id)
        for i, step in enumerate(sought.steps):
            columns = {self.n + i: Fraction(1), i: Fraction(-1)}
            self.lines.append(_Line(None, Row("", "whole", {i: Fraction(1)}), columns, step))

    def _add(self, at: int, row: Row, least: Fraction, exactly: bool = False) -> None:
        columns = {at * self.n + i: x for i, x in row.entries.items()}
        self.lines.append(_Line(at, row, columns, least, exactly))

    def _add_base(self, at: int, name: str) -> None:
        """Give the two-sided rows of a rule their common column."""
        column = len(self.lower) + len(self.bases)
        self.bases[column] = [n for n, line in enumerate(self.lines) if line.vector == at and line.row.name == name]
        for n in self.bases[column]:
            self.lines[n].columns[column] = Fraction(1 if self.lines[n].row.part == "high" else -1)

    def cut(self, point: Solution) -> bool:
        """Add the worst cases that a point breaks; return whether there were any."""
        before = len(self.lines)
        for at, vector in enumerate(self.vectors):
            values = point.values[at * self.n : (at + 1) * self.n].tolist()
            for rule in vector.rules:
                if isinstance(rule, Unsure):
                    row, least = _case(rule, worst_off(rule, values))
                    reached = sum(float(x) * values[i] for i, x in row.entries.items())
                    known = any(line.row.name == rule.id and line.row.off == row.off for line in self.lines)
                    if reached < float(least) - _NEAR * row.scale and not known:
                        self._add(at, row, least)
        return len(self.lines) > before

    def least_relaxed(self) -> Solution:
        """Return the point at which all rows give way by the same, and by as little as can be.

        A row that is to be met exactly gives way on either side: it is there twice, the second time after all others.
        """
        twice = [line for line in self.lines if line.exactly]
        signed = [*((line, 1) for line in self.lines), *((line, -1) for line in twice)]
        return self._solved(signed, np.ones(len(signed)), cost=1.0, most=inf)

    def most_room(self) -> Solution:
        """Return the point that leaves every row, but those to be met exactly, the same room, and most of it."""
        room = np.array([0.0 if line.exactly else -1.0 for line in self.lines])
        return self._solved([(line, 1) for line in self.lines], room, cost=-1.0, most=_MOST_ROOM)

    def _solved(self, signed: Sequence[tuple[_Line, int]], slack: np.ndarray, cost: float, most: float) -> Solution:
        """Return the solution of a program over scaled lines with one more column, `slack`."""
        columns, height = len(self.lower) + len(self.bases), len(signed)
        found = [(sign * float(x) / line.row.scale, n, i) for n, (line, sign) in enumerate(signed)
                 for i, x in line.columns.items()]  # fmt: skip
        value, row, column = zip(*found, *zip(slack, range(height), [columns] * height, strict=True), strict=True)
        least = np.array([sign * float(line.least) / line.row.scale for line, sign in signed])
        exactly = np.array([line.exactly for line, _ in signed]) & (slack == 0)
        free = [inf] * len(self.bases)
        program = Program(
            costs=np.append(np.zeros(columns), cost),
            lower=np.array([*map(float, self.lower), *(-x for x in free), 0.0]),
            upper=np.array([*map(float, self.upper), *free, most]),
            matrix=csr_array(coo_array((value, (row, column)), shape=(height, columns + 1))),
            row_lower=least,
            row_upper=np.where(exactly, least, inf),
            integer=np.zeros(columns + 1, dtype=bool),
        )
        return HotSolver(program, self.effort).solve()

    def refutation(self, point: Solution) -> Refutation | None:
        """Return what the duals of the least relaxation add up to, where that is a refutation in exact numbers."""
        duals = np.maximum(point.row_duals, 0.0).tolist()
        second = iter(duals[len(self.lines) :])
        signed = [y - (next(second) if line.exactly else 0.0) for line, y in zip(self.lines, duals, strict=False)]
        found = [Fraction(f"{y / line.row.scale:.{_DIGITS}g}") for y, line in zip(signed, self.lines, strict=True)]
        for lines in self.bases.values():
            self._balance(found, lines)
        return self._refuted(found)

    def _balance(self, found: list[Fraction], lines: Sequence[int]) -> None:
        """Make the multipliers of both sides of a `Near` add up to the same."""
        high, low = ([n for n in lines if self.lines[n].row.part == side] for side in ("high", "low"))
        more = sum((found[n] for n in high), Fraction(0)) - sum((found[n] for n in low), Fraction(0))
        found[max(low if more > 0 else high, key=lambda n: found[n])] += abs(more)

    def _refuted(self, found: Sequence[Fraction]) -> Refutation | None:
        """Return multipliers as terms; None where a point within the bounds keeps their sum."""
        total, least = dict.fromkeys(range(len(self.lower)), Fraction(0)), Fraction(0)
        for line, y in zip(self.lines, found, strict=True):
            least += y * line.least
            for i, x in line.columns.items() if y else ():
                total[i] = total.get(i, Fraction(0)) + y * x
        limits = zip(total.values(), self.lower, self.upper, strict=False)
        if sum((x * (high if x > 0 else low) for x, low, high in limits), Fraction(0)) >= least:
            return None
        used = [(line, y) for line, y in zip(self.lines, found, strict=True) if y]
        made = []
        for at, vector in enumerate(self.vectors):
            own = [(line.row, y) for line, y in used if line.vector == at]
            made.append(terms(vector, [row for row, _ in own], [y for _, y in own]))
        return Refutation(tuple(made), {min(line.columns): y for line, y in used if line.vector is None})

    def exact(self, point: Solution) -> Points | None:
        """Return a point in exact numbers that meets exactly what leaves no room."""
        found, crowded = point.values.tolist(), -point.objective <= _NEAR
        known = {}
        for i, (low, high) in enumerate(zip(self.lower, self.upper, strict=True)):
            if min(found[i] - float(low), float(high) - found[i]) <= _NEAR:
                known[i] = low if found[i] - float(low) <= float(high) - found[i] else high
        tight = [line for line in self.lines if line.exactly or (crowded and _is_met(line, found))]
        if len(tight) > _MOST_EQUATIONS:
            return None
        near = {i: x for i, x in enumerate(found[:-1]) if i not in known}
        solved = eliminated([_equation(line, known) for line in tight], {**near, _ONE: 1.0}, kept=_ONE)
        if solved is None:
            return None
        whole = [known[i] if i in known else solved[i] for i in range(len(self.lower))]
        return tuple(tuple(whole[at : at + self.n]) for at in range(0, len(whole), self.n))


def _rows(vector: ExactProblem) -> Iterator[tuple[Row, Fraction]]:
    """Yield all rows of a vector, with what each must reach; of uncertain weights the case that they are as planned."""
    yield Row(BACKING, "whole", dict(enumerate(vector.weights)), not vector.at_least), vector.total
    for rule in vector.rules:
        match rule:
            case Near(id=name, members=members, limit=limit):
                for i in members:
                    yield Row(name, "low", {i: Fraction(1)}), Fraction(0)
                    yield Row(name, "high", {i: Fraction(-1)}), -limit
            case Ordered(id=name, pairs=pairs):
                for i, j in pairs:
                    yield Row(name, "pair", {i: Fraction(1), j: Fraction(-1)}), Fraction(0)
            case Weighted(id=name, members=members, least=least):
                yield Row(name, "whole", {i: vector.weights[i] for i in members}), least
            case Unsure():
                yield _case(rule, {})


def _case(rule: Unsure, off: Mapping[int, Fraction]) -> tuple[Row, Fraction]:
    """Return the row of uncertain weights that are off by so much, and what it must reach."""
    growth = off_by(rule, off)
    entries = {i: g * a for i, (g, a) in enumerate(zip(growth, rule.amounts, strict=True))}
    left = sum((g * b for g, b in zip(growth, rule.shares, strict=True)), Fraction(0))
    return Row(rule.id, "whole", entries, off=off), sum(entries.values(), Fraction(0)) - left


def _is_met(line: _Line, found: Sequence[float]) -> bool:
    """Return whether a line leaves nothing at a point."""
    return sum(float(x) * found[i] for i, x in line.columns.items()) - float(line.least) <= _NEAR * line.row.scale


def _equation(line: _Line, known: Mapping[int, Fraction]) -> dict[int, Fraction]:
    """Return a line that is met exactly, in what is not known."""
    given = sum((x * known[i] for i, x in line.columns.items() if i in known), -line.least)
    rest = {i: x for i, x in line.columns.items() if i not in known}
    return {**rest, _ONE: given} if given else rest
