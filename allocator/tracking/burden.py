"""Who picks up what others cannot do, in 万吨 of the last year, so that the province stays as it is.

With w_i = E_i g_i, the emissions of the last year that the whole of a remaining rate stands for:

    relieved:   r_i = n_i - relief_i / w_i
    the others: n_i <= r_i <= max(n_i, most_i),   Σ w r = Σ w n,   nearest to n by leximin (|r - n| / scale)

so that what is picked up comes to the relief, but for what nobody can pick up below the upper bounds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reports.tracking.record import PickUp
from solvers.closed.waterfill import waterfill
from solvers.problem import SplitProblem

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Burden:
    """What n regions have left to do."""

    ids: tuple[str, ...]  # Of the regions
    weights: Array  # w, 万吨, all positive, shape (n,)
    needs: Array  # n, remaining rates, fractions, shape (n,)
    most: Array  # Highest remaining rate of each, shape (n,)
    scale: Array  # In what a region's deviation is measured, all positive, shape (n,)


def pick_up(burden: Burden, relieved: Array) -> PickUp:
    """Return who picks up what some are relieved of.

    `relieved`: by how much each region is relieved, 万吨, 0 for those who are to pick up, shape (n,).
    """
    b, some = burden, relieved > 0
    lower = np.where(some, b.needs - relieved / b.weights, b.needs)
    upper = np.where(some, lower, np.maximum(b.needs, b.most))
    wanted, possible = float(b.weights @ b.needs), float(b.weights @ upper)
    total = min(wanted, possible)
    rates = waterfill(SplitProblem(b.weights, total, np.clip(b.needs, lower, upper), b.scale, lower, upper)).rates
    moved = b.weights * (rates - b.needs)
    takes = ~some & (moved > 0)
    return PickUp(
        relieved_10kt={b.ids[n]: float(relieved[n]) for n in np.flatnonzero(some)},
        picked_up_10kt={b.ids[n]: float(moved[n]) for n in np.flatnonzero(takes)},
        points={b.ids[n]: float(rates[n] - b.needs[n]) for n in np.flatnonzero(some | takes)},
        uncovered_10kt=max(0.0, wanted - possible),
    )
