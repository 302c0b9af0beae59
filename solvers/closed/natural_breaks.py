"""Natural breaks (自然断点): values on a line in groups whose squared distances from their means add up to least.

With the values sorted, x_1 ≤ … ≤ x_n, every best group is a run of neighbours, so that

    least(j, k) = min over i of least(i, k - 1) + Σ_{i<m≤j} (x_m - mean)²

finds the best k groups exactly (Fisher, 1958); K-means looks for the same and may stop short of it.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Starts = NDArray[np.intp]
"""Where each group begins in the sorted values, and their number at the end, shape (groups + 1,)."""


def natural_breaks(values: Array, most: int) -> dict[int, Starts]:
    """Return the best groups of sorted values, for every number of groups up to `most`.

    `values`: shape (n,), rising; equal ones share a group where there are as many different ones as groups.
    """
    n, x = values.size, values - values.mean()
    sums, squares = (np.concatenate([[0.0], np.cumsum(part)]) for part in (x, x * x))
    best, cut = np.full((most + 1, n + 1), np.inf), np.zeros((most + 1, n + 1), dtype=np.intp)
    best[0, 0] = 0.0
    for last in range(1, n + 1):
        count = last - np.arange(last)
        inside = squares[last] - squares[:last] - (sums[last] - sums[:last]) ** 2 / count
        costs = best[:-1, :last] + np.maximum(inside, 0.0)
        cut[1:, last] = costs.argmin(axis=1)
        best[1:, last] = costs.min(axis=1)
    return {k: _starts(cut[: k + 1], n) for k in range(1, min(most, n) + 1)}


def _starts(cut: Starts, n: int) -> Starts:
    """Return where the groups begin, from where the last of 1, 2, … groups of the first values does."""
    starts = [n]
    for row in cut[:0:-1]:
        starts.append(int(row[starts[-1]]))
    return np.array(starts[::-1])


def silhouette(values: Array, starts: Starts) -> float:
    """Return the mean silhouette of groups of sorted values: how much nearer they are to their own than to the next.

    (b - a) / max(a, b), a the mean distance from the others of the group and b that from the nearest other group; 0 for
    a value alone (Rousseeuw, 1987).
    """
    sums = np.concatenate([[0.0], np.cumsum(values)])
    groups = list(pairwise(starts.tolist()))
    total = 0.0
    for number, (start, end) in enumerate(groups):
        if end - start < 2:
            continue
        x, place = values[start:end], np.arange(start, end)
        left = x * (place - start) - (sums[place] - sums[start])
        right = sums[end] - sums[place + 1] - x * (end - place - 1)
        own = (left + right) / (end - start - 1)
        beside = groups[max(number - 1, 0) : number] + groups[number + 1 : number + 2]
        other = np.min([np.abs(sums[e] - sums[s] - (e - s) * x) / (e - s) for s, e in beside], axis=0)
        widest = np.maximum(own, other)
        total += float(((other - own) / np.where(widest > 0, widest, 1.0)).sum())
    return total / values.size
