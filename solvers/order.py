"""Orders: the pairs that say one, members that stand outside it, and the pairs in which a table departs from it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from solvers.problem import Array


def essential(pairs: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return the fewest pairs (i, j), i not below j, from which all the others follow; equal ones go in a ring.

    An order of n members has up to n² pairs, and n where everybody can be compared.
    """
    given = np.array(sorted(set(pairs)), dtype=np.intp).reshape(-1, 2)
    members, places = np.unique(given, return_inverse=True)
    high, low = places.reshape(-1, 2).T
    n = members.size
    graph = coo_array((np.ones(high.size), (high, low)), shape=(n, n))
    count, ring = connected_components(graph, connection="strong")
    above = np.zeros((count, count), dtype=np.float32)
    above[ring[high], ring[low]] = 1
    np.fill_diagonal(above, 0)
    while True:
        further = ((above @ above) + above > 0).astype(np.float32)
        if (further == above).all():
            break
        above = further
    kept = (above > 0) & (above @ above == 0)
    rings = [np.flatnonzero(ring == k) for k in range(count)]
    between = [(rings[i][0], rings[j][0]) for i, j in zip(*np.nonzero(kept), strict=True)]
    within = [pair for one in rings if one.size > 1 for pair in zip(one, np.roll(one, -1), strict=True)]
    return tuple(sorted((int(members[i]), int(members[j])) for i, j in (*between, *within)))


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
