"""Why two plans differ, region by region: what each part of the way adds to the change of the published rate.

With u the uniform rate, f(W, Z) = reference - u for weights, spread and map W and for figures Z, and with rate
and target the computed and the published rate:

    target_B - target_A = u_B - u_A                                                       requirement
                        + ½ (f(W_B, Z_A) - f(W_A, Z_A) + f(W_B, Z_B) - f(W_A, Z_B))       weights, spread, map
                        + ½ (f(W_A, Z_B) - f(W_A, Z_A) + f(W_B, Z_B) - f(W_B, Z_A))       figures
                        + (rate - reference)_B - (rate - reference)_A                     bounds and rules
                        + (target - rate)_B - (target - rate)_A                           rounding

The second and third line halve what belongs to both, so that A against B and B against A say the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from reports.planning.record import PlanRecord, RegionRecord

Array = NDArray[np.float64]

_FLAT = 1e-12  # a spread of scores that tells no region from another, as in a plan


class Causes(NamedTuple):
    """What moves one region's published rate, fractions that add up to its change."""

    requirement: float
    weights: float
    figures: float
    rules: float
    rounding: float


def attribute(before: PlanRecord, after: PlanRecord) -> dict[str, Causes]:
    """Return identifier -> causes; both plans must have the same regions, in any order."""
    others = {region.id: region for region in after.regions}
    pairs = [(region, others[region.id]) for region in before.regions]
    keys = list(dict.fromkeys((i.criterion, i.key) for record in (before, after) for i in record.indicators))
    first, second = (_Side.of(record, [pair[at] for pair in pairs], keys) for at, record in enumerate((before, after)))
    first, second = first.filled_from(second), second.filled_from(first)
    old, new = _moved(first, first), _moved(second, second)
    heavier, later = _moved(second, first), _moved(first, second)
    weights = (heavier - old + new - later) / 2
    figures = (later - old + new - heavier) / 2
    requirement = after.province.uniform_rate - before.province.uniform_rate
    return {
        a.id: Causes(
            requirement=requirement,
            weights=float(weights[n]),
            figures=float(figures[n]),
            rules=(b.rate - b.reference_rate) - (a.rate - a.reference_rate),
            rounding=(b.published_rate - b.rate) - (a.published_rate - a.rate),
        )
        for n, (a, b) in enumerate(pairs)
    }


class _Side(NamedTuple):
    """One plan over the indicators of both: values (n, m), NaN where it has none such; shares by E g; weights."""

    record: PlanRecord
    values: Array
    shares: Array
    weights: Array

    @classmethod
    def of(cls, record: PlanRecord, regions: Sequence[RegionRecord], keys: Sequence[tuple[str, str]]) -> _Side:
        own = {(i.criterion, i.key): k for k, i in enumerate(record.indicators)}
        frozen = np.array([r.emissions_10kt * r.growth for r in regions])
        values, weights = np.full((len(regions), len(keys)), np.nan), np.zeros(len(keys))
        for at, key in enumerate(keys):
            if key in own:
                values[:, at] = [r.normalised[own[key]] for r in regions]
                weights[at] = record.indicators[own[key]].weight
        return cls(record, values, frozen / frozen.sum(), weights)

    def filled_from(self, other: _Side) -> _Side:
        """Return the side with the values of the other plan where this one has no such indicator."""
        return self._replace(values=np.where(np.isnan(self.values), other.values, self.values))


def _moved(settings: _Side, figures: _Side) -> Array:
    """Return f(W, Z): reference rates less the uniform rate, with the weights of one side and figures of another."""
    scores = figures.values @ settings.weights
    mean = float(figures.shares @ scores)
    scenario, spread = settings.record.scenario, float(np.ptp(scores))
    slope = 0.0
    if scenario.reference_map == "linear" and spread > _FLAT:
        slope = (scenario.spread or 0.0) / spread
    elif scenario.reference_map == "proportional" and mean > 0:
        slope = settings.record.province.uniform_rate / mean
    return np.asarray(slope * (scores - mean), dtype=float)
