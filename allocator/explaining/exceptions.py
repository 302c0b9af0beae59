"""Exceptions: without which regions the rest is explained best, and how far shuffled tables get by the same choice."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from allocator.explaining.asked import MORE, Asked
from allocator.explaining.lines import SAME
from allocator.planning.rules import effort
from reports.explaining.record import ExceptionsRecord
from scenarios.errors import InputError, Place
from solvers.objectives.explanation import Printed, Refits

Array = NDArray[np.float64]

SHUFFLES = 59
"""Shuffled tables: every choice of exceptions is tried for each of them."""
MOST, CHOICES = 3, 1000
"""Exceptions at most, and choices of them."""


def refuse_exceptions(asked: Asked, count: int) -> None:
    """Refuse more exceptions than can be judged: of too many choices, or that leave too few regions.

    Raises InputError: they are.
    """
    n, m = len(asked.printed.rates), len(asked.keys)
    most = max(
        (k for k in range(1, MOST + 1) if comb(n, k) <= CHOICES and n - k >= m + MORE),
        default=0,
    )
    if not 0 <= count <= most:
        raise InputError.of("explain_exceptions", Place(key="--exceptions"), found=count, most=most, regions=n)


def exceptions_of(asked: Asked, count: int, seed: int, advance: Callable[[], None]) -> ExceptionsRecord:
    """Return the exceptions without which all indicators explain the rest best.

    `advance`: called after each shuffled table.
    """
    printed, random = asked.printed, np.random.default_rng(seed)
    refits = Refits(printed, len(asked.keys), effort(asked.scenario))
    fit, chosen = _best(printed, refits, count)
    fits = []
    for _ in range(SHUFFLES):
        shuffled = Printed(random.permutation(printed.rates), printed.traits, printed.half)
        fits.append(_best(shuffled, refits, count)[0])
        advance()
    as_well = sum(each >= fit - SAME for each in fits)
    return ExceptionsRecord(
        regions=tuple(asked.scenario.regions.ids[n] for n in chosen),
        fit=fit,
        p=(1 + as_well) / (SHUFFLES + 1),
        chance_mean=float(np.mean(fits)),
        chance_95=float(np.quantile(fits, 0.95)),
        permutations=SHUFFLES,
    )


def _best(printed: Printed, refits: Refits, count: int) -> tuple[float, tuple[int, ...]]:
    """Return the best fit without so many regions, and the first of them that give it; 0 where the rest is flat."""
    best: tuple[float, tuple[int, ...]] = (0.0, tuple(range(count)))
    for chosen in combinations(range(len(printed.rates)), count):
        rest = printed.without(*chosen)
        flat = float(rest.beyond(rest.best_constant()).sum())
        if flat > SAME:
            fit = 1 - float(refits.losses(printed.rates, without=chosen).min()) / flat
            best = (fit, chosen) if fit > best[0] + SAME else best
    return best
