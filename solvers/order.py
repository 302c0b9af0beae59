"""Members that stand outside an order, and the pairs in which a table departs from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

import numpy as np

from solvers.problem import Array


def pinned(lower: Sequence[Fraction], upper: Sequence[Fraction]) -> tuple[int, ...]:
    """Return the members whose bounds leave one value: their rate is given, so no order can move it."""
    return tuple(n for n, (low, high) in enumerate(zip(lower, upper, strict=True)) if low == high)


def against_order(
    keys: Array, rates: Sequence[Fraction], outside: Iterable[int], same: float = 0.0
) -> tuple[tuple[int, int], ...]:
    """Return the pairs (i, j) in which i must not have the lower rate, but has it.

    `keys`: what the order goes by: a higher key asks for no lower rate, equal keys for one rate, shape (n,).
    `rates`: the table, exact, length n.
    `outside`: the members outside the order; only pairs with one of them are looked at.
    `same`: keys no further apart count as equal.
    """
    shown = np.array([float(rate) for rate in rates])
    found = set()
    for n in outside:
        found |= {(n, int(j)) for j in np.flatnonzero((keys <= keys[n] + same) & (shown > shown[n]))}
        found |= {(int(i), n) for i in np.flatnonzero((keys >= keys[n] - same) & (shown < shown[n]))}
    return tuple(sorted(found))
