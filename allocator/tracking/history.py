"""The actual years as arrays: what was emitted and produced, by region and in sum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from allocator.tracking.progress import cumulate
from scenarios.load import Scenario
from scenarios.tracking.actuals import Actuals

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class History:
    """n regions over t actual years of a period of T."""

    # gdp, emissions: 亿元 and 万吨, the base year first, shape (n, t + 1)
    gdp: Array
    emissions: Array
    cumulative: Array  # Cumulative reductions of intensity, the base year's zero first, shape (n, t + 1)
    growth: Array  # Planned growth since the base year, shape (n, T + 1)

    @property
    def years(self) -> int:
        """How many years there are figures of."""
        return int(self.gdp.shape[1]) - 1

    @property
    def left(self) -> int:
        """How many years of the period are left."""
        return int(self.growth.shape[1]) - 1 - self.years

    @property
    def province(self) -> Array:
        """Cumulative reductions of the province, shape (t + 1,)."""
        intensity = self.emissions.sum(axis=0) / self.gdp.sum(axis=0)
        return np.asarray(1 - intensity / intensity[0])

    @property
    def rest(self) -> Array:
        """Planned growth from today to the end of the period, shape (n,)."""
        return np.asarray(self.growth[:, -1] / self.growth[:, self.years])

    @property
    def expected_gdp(self) -> Array:
        """Actual GDP, and planned growth from today on, 亿元, shape (n, T + 1)."""
        now = self.years
        later = self.gdp[:, -1:] * self.growth[:, now + 1 :] / self.growth[:, now : now + 1]
        return np.hstack([self.gdp, later])

    @property
    def annual(self) -> Array:
        """Annual reductions, shape (n, t)."""
        return annual(self.cumulative)


def annual(cumulative: Array) -> Array:
    """Return annual reductions of cumulative ones along the last axis, one fewer."""
    left = 1 - cumulative
    return np.asarray(1 - left[..., 1:] / left[..., :-1])


def history(scenario: Scenario, actuals: Actuals, growth: Array) -> History:
    """Return the actual years of a scenario.

    Annual reductions say nothing of GDP: the planned growth then stands in for the actual one.

    `growth`: planned growth since the base year, shape (n, T + 1).
    """
    base = scenario.baseline
    n, t = base.gdp.size, len(actuals.years)
    if actuals.levels:
        gdp, emissions = (
            np.array([[float(getattr(level, name)) for level in year] for year in actuals.levels]).T
            for name in ("gdp", "emissions")
        )
        gdp, emissions = np.column_stack([base.gdp, gdp]), np.column_stack([base.emissions, emissions])
        return History(gdp, emissions, 1 - emissions / gdp / (base.emissions / base.gdp)[:, None], growth)
    rates = np.array(actuals.reductions, dtype=float).reshape(t, n).T
    cumulative = np.column_stack([np.zeros(n), cumulate(rates)])
    gdp = base.gdp[:, None] * growth[:, : t + 1]
    return History(gdp, base.emissions[:, None] * growth[:, : t + 1] * (1 - cumulative), cumulative, growth)
