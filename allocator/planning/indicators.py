"""Indicators: columns of the regions table brought to one scale and one direction.

With x the column and direction +:

    minmax   (x - min) / (max - min)
    zscore   (x - mean) / standard deviation (population)
    rank     (average rank - 1) / (n - 1)
    ratio    x / mean

Direction - reflects the value on the same scale: 1 - z for minmax and rank, -z for
zscore, 2 - z for ratio. A constant column is 0 everywhere and gets no weight.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scenarios.errors import Collector, Finding
from scenarios.file.schema import Direction, NormaliserName
from scenarios.load import Scenario
from solvers.later import on_use

on_use("scipy.stats")  # which the next line imports
from sklearn.preprocessing import MinMaxScaler, StandardScaler  # noqa: E402

Array = NDArray[np.float64]
Normaliser = Callable[[Array], Array]


def minmax(values: Array) -> Array:
    """Return values scaled to 0–1, exactly 0 at the least and 1 at the largest, shape (n,)."""
    scaled = np.asarray(MinMaxScaler(clip=True).fit_transform(values.reshape(-1, 1)), dtype=float).ravel()
    return np.where(values == values.min(), 0.0, np.where(values == values.max(), 1.0, scaled))


def zscore(values: Array) -> Array:
    """Return values with mean 0 and population standard deviation 1, shape (n,)."""
    return np.asarray(StandardScaler().fit_transform(values.reshape(-1, 1)), dtype=float).ravel()


def rank(values: Array) -> Array:
    """Return average ranks scaled to 0–1, shape (n,)."""
    from scipy.stats import rankdata

    return np.asarray((rankdata(values) - 1) / (values.size - 1), dtype=float)


def ratio(values: Array) -> Array:
    """Return values over their mean, shape (n,); the mean must be positive."""
    return np.asarray(values / values.mean(), dtype=float)


NORMALISERS: Mapping[NormaliserName, tuple[Normaliser, float]] = {
    "minmax": (minmax, 1.0),
    "zscore": (zscore, 0.0),
    "rank": (rank, 1.0),
    "ratio": (ratio, 2.0),
}
"""Name -> function, and the number from which direction - subtracts."""


def normalise(values: Array, direction: Direction, normaliser: NormaliserName) -> Array:
    """Return one column on its scale, a higher result asking for a higher reduction, shape (n,)."""
    mirror = NORMALISERS[normaliser][1]
    scaled = _scaled(values.tobytes(), normaliser)
    return scaled if direction == "+" else mirror - scaled


@lru_cache(maxsize=256)
def _scaled(values: bytes, normaliser: NormaliserName) -> Array:
    """Return a column (the bytes of its doubles) on its scale; one that was scaled before is not scaled again."""
    scaled = NORMALISERS[normaliser][0](np.frombuffer(values, dtype=np.float64))
    scaled.setflags(write=False)
    return scaled


@dataclass(frozen=True, eq=False)
class IndicatorTable:
    """All indicators of a scenario for n regions; m indicators over all criteria."""

    keys: tuple[tuple[str, str], ...]  # (criterion, indicator) of each column, length m
    values: Array  # As in the table, shape (n, m)
    normalised: Array  # On their scales, shape (n, m)
    constant: NDArray[np.bool_]  # Columns that tell nothing apart, shape (m,)
    notices: tuple[Finding, ...]  # What must be said about them

    def of_rows(self, rows: list[int]) -> IndicatorTable:
        """Return the table of some of the regions."""
        return replace(self, values=self.values[rows], normalised=self.normalised[rows])

    def columns_of(self, criterion: str) -> NDArray[np.intp]:
        """Return the columns that belong to a criterion."""
        return np.array([n for n, (of, _) in enumerate(self.keys) if of == criterion], dtype=np.intp)


def indicator_table(scenario: Scenario) -> IndicatorTable:
    """Return the indicators of a scenario.

    Raises InputError: A ratio over a mean that is not positive.
    """
    collector = Collector()
    keys, values, normalised, constant = [], [], [], []
    for criterion, settings in scenario.file.criteria.items():
        for key, indicator in settings.indicators.items():
            column = np.array(scenario.regions.columns[indicator.column], dtype=float)
            scaled = np.zeros_like(column)
            same = bool(np.ptp(column) <= 1e-12 * np.abs(column).max())
            place = scenario.place("criteria", criterion, "indicators", key)
            if same:
                collector.notice("constant_indicator", place, indicator=key)
            elif indicator.normaliser == "ratio" and column.mean() <= 0:
                collector.error("ratio_mean", place, indicator=key)
            else:
                scaled = normalise(column, indicator.direction, indicator.normaliser)
            keys.append((criterion, key))
            values.append(column)
            normalised.append(scaled)
            constant.append(same)
    collector.raise_errors()
    return IndicatorTable(
        tuple(keys),
        np.column_stack(values),
        np.column_stack(normalised),
        np.array(constant),
        collector.notices,
    )
