"""Weights from a matrix of pairwise judgements (AHP, Saaty), how consistent it is, and what would mend it.

    A w = λ w, Σ w = 1          CI = (λ - n)/(n - 1)          CR = CI/RI, 0.1 and above is refused

A triple says how far three judgements are from each other: κ = max(x, 1/x), x = a_ij a_jk / a_ik.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import prod

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Matrix = tuple[tuple[Fraction, ...], ...]
"""Rows of a reciprocal matrix."""

INDEX = {3: 0.52, 4: 0.89, 5: 1.11, 6: 1.25, 7: 1.35, 8: 1.40, 9: 1.45}
"""Mean consistency index of random matrices by size (Saaty 2005)."""
LIMIT = 0.1
"""Consistency ratio from which on judgements are not taken as they are."""
MOST = 9
"""Regions of a mind: more cannot be compared at once."""
SCALE = tuple(Fraction(1, n) for n in range(9, 1, -1)) + tuple(Fraction(n) for n in range(1, 10))
"""What a judgement can be: 1/9 … 9."""
_PAIRS_UP_TO = 7
"""Size up to which two judgements at once are tried: beyond, that takes minutes."""


@dataclass(frozen=True)
class Judged:
    """What a matrix of n says."""

    weights: tuple[float, ...]  # Adding up to one, length n
    largest: float  # λ
    ratio: float  # CR; 0 where n is below 3

    @property
    def consistent(self) -> bool:
        """Whether it is consistent enough."""
        return self.ratio < LIMIT


@dataclass(frozen=True)
class Triple:
    """Three judgements that do not go together: i over j, j over k, and i over k."""

    i: int
    j: int
    k: int
    factor: float  # κ


@dataclass(frozen=True)
class Repair:
    """Judgements changed, and the consistency ratio that this gives."""

    changes: tuple[tuple[int, int, Fraction], ...]  # Row, column, new value
    steps: int  # On the scale
    ratio: float


def judge(matrix: Matrix) -> Judged:
    """Return weights and consistency of a reciprocal matrix."""
    n = len(matrix)
    values, vectors = np.linalg.eig(_floats(matrix))
    at = int(np.argmax(values.real))
    vector, largest = np.abs(vectors[:, at].real), float(values[at].real)
    ratio = (largest - n) / (n - 1) / INDEX[n] if n > 2 else 0.0
    return Judged(tuple((vector / vector.sum()).tolist()), largest, max(ratio, 0.0))


def worst_triple(matrix: Matrix) -> Triple | None:
    """Return the three judgements that are farthest from each other, the first of equals; None of fewer than three."""
    found = (
        Triple(i, j, k, float(max(x, 1 / x)))
        for i, j, k in combinations(range(len(matrix)), 3)
        for x in (matrix[i][j] * matrix[j][k] / matrix[i][k],)
    )
    return max(found, key=lambda triple: triple.factor, default=None)


def others_say(matrix: Matrix, i: int, k: int) -> float:
    """Return what the other judgements say of i over k: the geometric mean of a_ij a_jk over all others."""
    parts = [float(matrix[i][j] * matrix[j][k]) for j in range(len(matrix)) if j not in (i, k)]
    return float(np.exp(np.mean(np.log(parts))))


def turned(matrix: Matrix) -> Repair | None:
    """Return the judgement of the worst triple whose turning round makes the matrix consistent; None without one."""
    worst = worst_triple(matrix)
    if worst is None:
        return None
    pairs = ((worst.i, worst.j), (worst.j, worst.k), (worst.i, worst.k))
    tried = [
        Repair(((i, k, 1 / matrix[i][k]),), 0, judge(changed(matrix, [(i, k, 1 / matrix[i][k])])).ratio)
        for i, k in pairs
        if matrix[i][k] != 1
    ]
    best = min(tried, key=lambda repair: repair.ratio, default=None)
    return best if best is not None and best.ratio < LIMIT else None


def cheapest_repair(matrix: Matrix) -> Repair | None:
    """Return the fewest judgements, then the fewest steps on the scale, then the least ratio, below the limit.

    One judgement, or two of a matrix of up to seven. None where that is not enough.
    """
    pairs = list(combinations(range(len(matrix)), 2))
    for count in (1, 2) if len(matrix) <= _PAIRS_UP_TO else (1,):
        found = [best for places in combinations(pairs, count) for best in _repairs(matrix, places)]
        if found:
            return min(found, key=lambda repair: (repair.steps, repair.ratio))
    return None


def _repairs(matrix: Matrix, places: Sequence[tuple[int, int]]) -> Iterator[Repair]:
    """Yield what other values in some places make consistent; all of them are tried at once."""
    n, base = len(matrix), _floats(matrix)
    others = [[value for value in SCALE if value != matrix[i][k]] for i, k in places]
    tried = list(product(*others))
    stack = np.repeat(base[None, :, :], len(tried), axis=0)
    for at, (i, k) in enumerate(places):
        values = np.array([float(choice[at]) for choice in tried])
        stack[:, i, k], stack[:, k, i] = values, 1 / values
    largest = np.linalg.eigvals(stack).real.max(axis=1)
    ratios = np.maximum((largest - n) / (n - 1) / INDEX[n], 0.0) if n > 2 else np.zeros(len(tried))
    for choice, ratio in zip(tried, ratios.tolist(), strict=True):
        if ratio < LIMIT:
            changes = tuple((i, k, value) for (i, k), value in zip(places, choice, strict=True))
            steps = sum(abs(_place(value) - _place(matrix[i][k])) for i, k, value in changes)
            yield Repair(changes, steps, ratio)


def _place(value: Fraction) -> int:
    """Return where a value stands on the scale, or is nearest to."""
    return min(range(len(SCALE)), key=lambda n: abs(np.log(float(SCALE[n] / value))))


def changed(matrix: Matrix, changes: Sequence[tuple[int, int, Fraction]]) -> Matrix:
    """Return a matrix with some judgements changed, and their reciprocals."""
    rows = [list(row) for row in matrix]
    for i, k, value in changes:
        rows[i][k], rows[k][i] = value, 1 / value
    return tuple(map(tuple, rows))


def together(matrices: Sequence[Matrix], shares: Sequence[float]) -> Array:
    """Return the judgements of a group: entry by entry the geometric mean by shares, shape (n, n).

    It keeps a_ij a_ji = 1, as an arithmetic mean does not.
    """
    whole = sum(shares)
    logs = sum(share / whole * np.log(_floats(matrix)) for matrix, share in zip(matrices, shares, strict=True))
    return np.asarray(np.exp(logs), dtype=float)


def judge_group(matrices: Sequence[Matrix], shares: Sequence[float]) -> Judged:
    """Return weights and consistency of a group's judgements; its ratio says nothing of how far members agree."""
    joint = together(matrices, shares)
    return judge(tuple(tuple(Fraction(value) for value in row) for row in joint.tolist()))


def _floats(matrix: Matrix) -> Array:
    return np.array([[float(value) for value in row] for row in matrix])


class NoGame(Exception):  # noqa: N818
    """Weights that the game cannot combine: a coefficient is not above zero, or their set has an equal one in it."""


def additive(sets: Sequence[Sequence[float]], shares: Sequence[float]) -> tuple[float, ...]:
    """Return Σ α w, α the shares over their sum."""
    whole = sum(shares)
    return tuple(sum(s / whole * w for s, w in zip(shares, column, strict=True)) for column in zip(*sets, strict=True))


def multiplicative(sets: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """Return Π w over its sum: what sets agree on counts double, and a single 0 ends a criterion.

    Raises ValueError: nothing is left.
    """
    products = [prod(column) for column in zip(*sets, strict=True)]
    if not sum(products):
        raise ValueError("nothing is left")
    return tuple(each / sum(products) for each in products)


def game(sets: Sequence[Sequence[float]]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return the combination of game theory and its α: Σ_l α_l <w_k, w_l> = <w_k, w_k>, w = Σ α_l w_l / Σ α.

    Raises NoGame: an α is not above zero, as with a flat set of weights; equal weights in a set give the others alone.
    """
    matrix = np.array(sets, dtype=float)
    inner = matrix @ matrix.T
    try:
        alpha = np.linalg.solve(inner, np.diag(inner))
    except np.linalg.LinAlgError:
        raise NoGame from None
    flat = (np.ptp(matrix, axis=1) < 1e-12).any()
    if flat or (alpha <= 1e-12).any():
        raise NoGame
    mixed = alpha @ matrix / alpha.sum()
    return tuple((mixed / mixed.sum()).tolist()), tuple(alpha.tolist())
