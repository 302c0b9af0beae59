"""Weights: pure functions of a normalised matrix, and the two levels put together.

Objective weights measure how much indicators differ between regions, not how much
they matter; they are used inside a criterion only. Criterion weights are the planner's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from allocator.planning.indicators import IndicatorTable
from scenarios.errors import Collector, Finding, InputError
from scenarios.load import Scenario

Array = NDArray[np.float64]

_EVEN = 1e-12


def equal_weights(matrix: Array) -> Array:
    """Return 1/m for each of the m columns of `matrix` (n, m), shape (m,)."""
    columns = matrix.shape[1]
    return np.full(columns, 1 / columns)


def entropy_weights(matrix: Array) -> Array:
    """Return entropy weights, shape (m,).

    With p = z / Σ_i z:  e = -Σ_i p ln p / ln n,  w = (1 - e) / Σ (1 - e);  0 ln 0 = 0.
    Columns whose shares are all even to the last digits carry nothing; if all do, they weigh alike.

    `matrix`: z, not negative, no column of zeros only, shape (n, m).
    Raises ValueError: A negative entry.
    """
    if (matrix < 0).any():
        raise ValueError("entropy needs entries of zero or more")
    shares = matrix / matrix.sum(axis=0)
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    diversity = 1 + (shares * logs).sum(axis=0) / np.log(matrix.shape[0])
    diversity[diversity < _EVEN] = 0
    if not diversity.any():
        return equal_weights(matrix)
    return np.asarray(diversity / diversity.sum(), dtype=float)


def critic_weights(matrix: Array) -> Array:
    """Return CRITIC weights (Diakoulaki et al. 1995), shape (m,).

    C_j = s_j Σ_k (1 - ρ_jk),  w = C / Σ C, with s the standard deviation and ρ the correlation.
    Columns that all say the same carry no information apart from each other and weigh alike.

    `matrix`: no constant column, shape (n, m).
    """
    columns = matrix.shape[1]
    correlation = np.atleast_2d(np.corrcoef(matrix, rowvar=False))
    information = matrix.std(axis=0) * (1 - correlation).sum(axis=0)
    if columns == 1 or np.abs(1 - correlation).max() < 1e-12:
        return equal_weights(matrix)
    return np.asarray(information / information.sum(), dtype=float)


OBJECTIVE: Mapping[str, Callable[[Array], Array]] = {
    "equal": equal_weights,
    "entropy": entropy_weights,
    "critic": critic_weights,
}


@dataclass(frozen=True, eq=False)
class Weights:
    """Both levels."""

    criteria: Mapping[str, float]  # Criterion -> weight, adding up to one
    within: Array  # Weight of each indicator inside its criterion, shape (m,)
    total: Array  # Criterion weight times weight inside it, adding up to one, shape (m,)
    notices: tuple[Finding, ...]  # What must be said about them


def weigh(scenario: Scenario, table: IndicatorTable) -> Weights:
    """Return the weights of a scenario's indicators.

    Raises InputError: entropy over negative values; no indicator that differs between regions.
    """
    collector = Collector()
    criteria = {key: float(weight) for key, weight in scenario.criterion_weights().items()}
    within = np.zeros(len(table.keys))
    for criterion in criteria:
        columns = table.columns_of(criterion)
        usable = columns[~table.constant[columns]]
        if usable.size:
            within[usable] = _inside(scenario, criterion, table, usable, collector)
        else:
            place = scenario.place("criteria", criterion)
            collector.notice("constant_criterion", place, criterion=criterion)
            criteria[criterion] = 0.0
    collector.raise_errors()
    whole = sum(criteria.values())
    if whole == 0 and scenario.file.reference.map != "uniform":
        raise InputError.of("all_constant", scenario.place("criteria"))
    criteria = {key: weight / whole if whole else 0.0 for key, weight in criteria.items()}
    total = np.array([criteria[criterion] for criterion, _ in table.keys]) * within
    return Weights(criteria, within, total, collector.notices)


def _inside(
    scenario: Scenario, criterion: str, table: IndicatorTable, usable: NDArray[np.intp], collector: Collector
) -> Array:
    """Return the weights of the usable indicators of one criterion, adding up to one."""
    settings = scenario.file.criteria[criterion]
    matrix = table.normalised[:, usable]
    if settings.within == "given":
        given = [settings.indicators[table.keys[n][1]].weight for n in usable]
        weights = np.array([float(weight or 0) for weight in given])
        if weights.sum() == 0:
            collector.error("weights_zero", scenario.place("criteria", criterion, "indicators"))
            return equal_weights(matrix)
        return np.asarray(weights / weights.sum(), dtype=float)
    negative = (matrix < 0).any(axis=0)
    if settings.within == "entropy" and negative.any():
        key = table.keys[usable[int(negative.argmax())]][1]
        collector.error("entropy_negative", scenario.place("criteria", criterion), criterion=criterion, indicator=key)
        return equal_weights(matrix)
    return OBJECTIVE[settings.within](matrix)
