"""A certificate where rules hold members: one stage after another, from the farthest members to the nearest.

A stage is a sum of rows that leave no room. It must push the farthest open members the way they stand, and may push
others only where they cannot go: against a bound, or where they are settled. Of the rows a short one is tried first,
then the coupling row alone, and then a linear program tells which rows together do it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import inf

from solvers.effort import Effort
from solvers.problem import Array
from solvers.proving.exact import BACKING, Certificate, ExactProblem, NoProof, Term
from solvers.proving.multipliers import multipliers
from solvers.proving.rows import Row, terms, tight_rows

_SAME = 1e-9
"""How far apart two deviations, or a value and a bound, may be and still be one."""
_NONE = 1e-11
"""A deviation that is none."""


def staged_certificate(problem: ExactProblem, rates: Array, effort: Effort, last: int = 0) -> Certificate:
    """Return a certificate for computed rates, shape (n,); whether it holds is for exact arithmetic to say.

    `last`: 1 or -1 where members at their references do not add up to the last digit, and all of them move a hair up or
    down; 0 where they stand there.
    Raises NoProof: somebody cannot be shown to be where he is.
    """
    return _Search(problem, rates, effort).run(last)


def least_terms(problem: ExactProblem, rates: Array, effort: Effort) -> tuple[Term, ...] | None:
    """Return rules with multipliers that show that no split has a smaller sum than computed rates, shape (n,).

    Returns None where the sum is the total itself. Raises NoProof: none were found.
    """
    reached = sum(float(w) * x for w, x in zip(problem.weights, rates.tolist(), strict=True))
    if problem.at_least or not problem.may_exceed or reached <= float(problem.total) * (1 + _SAME):
        return None
    search = _Search(problem, rates, effort)
    at = next(n for n, row in enumerate(search.rows) if row.name == BACKING)
    found = multipliers(search.rows, {}, search.sides(search.open), effort, against=at)
    if found is None:
        raise NoProof("a smaller sum may do")
    return terms(problem, search.rows, [y if n != at else Fraction(0) for n, y in enumerate(found)])


class _Search:
    """The open members of a problem, and the stages so far."""

    def __init__(self, problem: ExactProblem, rates: Array, effort: Effort) -> None:
        self.problem, self.rates, self.effort = problem, rates, effort
        self.r: list[float] = rates.tolist()
        self.rows = tight_rows(problem, rates)
        self.refs = [float(x) for x in problem.references]
        self.far = [abs(x - ref) / float(q) for x, ref, q in zip(self.r, self.refs, problem.scale, strict=True)]
        lower, upper = ([float(x) for x in bounds] for bounds in (problem.lower, problem.upper))
        self.at_lower = [x <= low + _SAME for x, low in zip(self.r, lower, strict=True)]
        self.at_upper = [x >= high - _SAME for x, high in zip(self.r, upper, strict=True)]
        held = zip(self.at_lower, self.at_upper, self.r, self.refs, strict=True)
        self.held = [(low and x > ref + _NONE) or (high and x < ref - _NONE) for low, high, x, ref in held]
        self.open = set(range(len(self.r)))
        self.stages: list[tuple[Term, ...]] = []

    def run(self, last: int) -> Certificate:
        """Return the certificate."""
        while (top := self._settle_held()) > _NONE:
            near = (i for i in self.open if self.far[i] >= top - _SAME)
            self._push({i: 1 if self.r[i] > self.refs[i] else -1 for i in near})
        while last and self.open:
            self._push(dict.fromkeys(self.open, last))
        return Certificate(
            at_lower=tuple(i for i, there in enumerate(self.at_lower) if there),
            at_upper=tuple(i for i, there in enumerate(self.at_upper) if there and not self.at_lower[i]),
            stages=tuple(self.stages),
        )

    def _push(self, pushed: dict[int, int]) -> None:
        """Add a stage that pushes some of these members, or several."""
        before = len(self.open)
        if not (self._short(pushed) or self._alone(pushed) or self._together(pushed)) or len(self.open) == before:
            raise NoProof(f"{len(self.open)} left at a deviation of {max(self.far[i] for i in self.open):.3g}")

    def _settle_held(self) -> float:
        """Settle the farthest open members while a bound holds one; return the largest deviation that is left."""
        while self.open:
            top: float = max(self.far[i] for i in self.open)
            held = {i for i in self.open if self.held[i] and self.far[i] >= top - _SAME}
            if not held:
                return top
            self.open -= held
        return 0.0

    def _stopped(self, i: int, way: int, pushed: dict[int, int]) -> bool:
        """Return whether a member may have this sign in a stage."""
        return i not in self.open or pushed.get(i) == way or (self.at_upper if way > 0 else self.at_lower)[i]

    def _add(self, rows: Sequence[Row], found: Sequence[Fraction]) -> None:
        """Add the stage of rows and multipliers, and settle whom it moves."""
        total: dict[int, Fraction] = {}
        for row, y in zip(rows, found, strict=True):
            for i, x in row.entries.items() if y else ():
                total[i] = total.get(i, Fraction(0)) + x * y
        self.stages.append(terms(self.problem, rows, found))
        self.open -= {i for i, x in total.items() if x}

    def _short(self, pushed: dict[int, int]) -> bool:
        """Add stages of one short row each, where one pushes a member against one that cannot give way."""
        before = len(self.stages)
        for rows in self._pairs(pushed):
            entries = {i: x for row in rows for i, x in row.entries.items()}
            moves = any(pushed.get(i) == x and i in self.open for i, x in entries.items())
            if moves and all(self._stopped(i, int(x), pushed) for i, x in entries.items()):
                self._add(rows, [Fraction(1)] * len(rows))
        return len(self.stages) > before

    def _pairs(self, pushed: dict[int, int]) -> Iterator[list[Row]]:
        """Yield the short rows: of a pair, or of one above the bottom and one below the top of others near it."""
        sides: dict[str, dict[str, list[Row]]] = {}
        for row in self.rows:
            if row.part == "pair" and not pushed.keys().isdisjoint(row.entries):
                yield [row]
            elif row.part in ("high", "low"):
                sides.setdefault(row.name, {"high": [], "low": []})[row.part].append(row)
        for found in sides.values():
            for part, other, way in (("high", "low", 1), ("low", "high", -1)):
                # whoever stops the others best: one that is settled, or stands at a bound
                stops = next((row for row in found[other] if self._stopped(min(row.entries), way, pushed)), None)
                for row in found[part] if stops is not None else ():
                    if (
                        stops is not None
                        and row.entries.keys() != stops.entries.keys()
                        and pushed.get(min(row.entries)) == -way
                    ):
                        yield [row, stops]

    def _alone(self, pushed: dict[int, int]) -> bool:
        """Add the stage of one long row alone, where it pushes nobody who could move."""
        for row in self.rows:
            for way in ((1, -1) if row.free else (1,)) if row.part == "whole" else ():
                moves = any(pushed.get(i) == way for i in row.entries)
                if moves and all(self._stopped(i, way, pushed) for i in row.entries):
                    self._add([row], [Fraction(way)])
                    return True
        return False

    def _together(self, pushed: dict[int, int]) -> bool:
        """Add the stage that a linear program finds."""
        rows = self._useful()
        found = multipliers(rows, pushed, self.sides(self.open - pushed.keys()), self.effort)
        if found is None:
            return False
        self._add(rows, found)
        return True

    def sides(self, members: set[int]) -> dict[int, tuple[float, float]]:
        """Return for members that could move between which of 0 and infinity a stage may have them."""
        return {
            i: (-inf if self.at_lower[i] else 0.0, inf if self.at_upper[i] else 0.0)
            for i in members
            if not (self.at_lower[i] and self.at_upper[i])
        }

    def _useful(self) -> list[Row]:
        """Return the rows but for those that say of settled members what another one says of one."""
        kept, seen = [], set()
        for row in self.rows:
            settled = self.open.isdisjoint(row.entries)
            if settled and (row.part not in ("high", "low") or (row.name, row.part) in seen):
                continue
            if settled:
                seen.add((row.name, row.part))
            kept.append(row)
        return kept
