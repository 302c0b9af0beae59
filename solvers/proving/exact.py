"""A split problem in exact numbers, and what a certificate of its answer is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Exact = Sequence[Fraction]
Term = tuple[Any, ...]
"""A rule with its multipliers; ``(BACKING, y)`` for the coupling row, for others what their class says."""

BACKING = "backing"


@dataclass(frozen=True)
class Near:
    """The values of `members` lie within `limit` of each other; a term is (id, {high: y}, {low: y}), of equal sums."""

    id: str
    members: tuple[int, ...]
    limit: Fraction


@dataclass(frozen=True)
class Ordered:
    """The value of i is not below that of j for each pair (i, j); a term is (id, [[i, j, y], …])."""

    id: str
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Weighted:
    """The weighted sum of `members` is at least `least`; a term is (id, y)."""

    id: str
    members: tuple[int, ...]  # Their weights are those of the coupling row
    least: Fraction


@dataclass(frozen=True, eq=False)
class Unsure:
    """The coupling row holds while any `count` of its weights are at their worst; a term is (id, y, {i: off}).

    With growth g off by d at most, Σ g (a (1 - r) - b) is not above zero.
    """

    id: str
    # growth, off, amounts, shares: g, d, a and b, length n
    growth: Exact
    off: Exact
    amounts: Exact
    shares: Exact
    count: Fraction


Rule = Near | Ordered | Weighted | Unsure


@dataclass(frozen=True, eq=False)
class ExactProblem:
    """Find r in [lower, upper], nearest to the references, as in `solvers.problem.SplitProblem`; all exact."""

    # weights, total: the coupling row
    weights: Exact
    total: Fraction
    # references, scale: wanted values, and the units of deviations
    references: Exact
    scale: Exact
    # lower, upper: bounds, with the floors and ceilings of the rules
    lower: Exact
    upper: Exact
    rules: tuple[Rule, ...] = ()
    at_least: bool = False
    may_exceed: bool = False


@dataclass(frozen=True)
class Certificate:
    """What the answer is derived from, and why it is the answer."""

    at_lower: tuple[int, ...] = ()
    at_upper: tuple[int, ...] = ()
    stages: tuple[tuple[Term, ...], ...] = ()
    least: tuple[Term, ...] | None = field(default=None)  # Why no split has a smaller sum, where the total is exceeded


class NoProof(Exception):  # noqa: N818  (the field's own word)
    """No certificate was found; the text says where the search ended."""
