"""What a table on the grid can keep of what is asked: bounds, floors, ceilings and gaps off the grid move inward."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from scenarios.load import Scenario
from scenarios.rules.kinds import Demand

Rates = tuple[Fraction, ...]


@dataclass(frozen=True)
class OnGrid:
    """What rates are computed within.

    Rates between a bound and the last value of the grid within it could stand in an order that no table keeps.
    Nothing moves for a region whose rate is given or whose bounds leave no value of the grid, and nothing moves up
    where the lower bounds together would then ask for more than the target and more is not allowed.
    """

    # lower, upper: Bounds, length n
    lower: Rates
    upper: Rates
    demands: tuple[Demand, ...]

    @classmethod
    def of(cls, scenario: Scenario) -> OnGrid:
        """Return what the grid leaves of what a scenario asks."""
        moved, baseline = _moved(scenario, up=True), scenario.baseline
        least, _ = narrowed(moved.demands, moved.lower, moved.upper)
        pairs = zip(baseline.exact_coefficients, least, strict=True)
        more = sum((a * low for a, low in pairs), Fraction(0)) > baseline.exact_required
        return _moved(scenario, up=False) if more and scenario.file.exceed != "allow" else moved


def _moved(scenario: Scenario, up: bool) -> OnGrid:
    """Return what is asked on the grid; what is asked at least stays as it is without `up`."""
    grid, demands = Fraction(scenario.file.publish.grid), scenario.demands
    lower = tuple(map(Fraction, scenario.regions.lower))
    upper = tuple(map(min, map(Fraction, scenario.regions.upper), printable_upper(scenario)))
    given = {n for demand in demands for n in demand.kept()}
    limits = zip(*narrowed(demands, lower, upper), strict=True)
    free = frozenset(n for n, (low, high) in enumerate(limits) if n not in given and holds_value(low, high, grid))
    return OnGrid(
        tuple(ceil(low / grid) * grid if up and n in free else low for n, low in enumerate(lower)),
        tuple(floor(high / grid) * grid if n in free else high for n, high in enumerate(upper)),
        tuple(demand.on_grid(grid, free, up) for demand in demands),
    )


def holds_value(low: Fraction, high: Fraction, grid: Fraction) -> bool:
    """Return whether a value of the grid lies between two bounds."""
    return ceil(low / grid) * grid <= high


def inward(low: Fraction, high: Fraction, grid: Fraction) -> tuple[Fraction, Fraction]:
    """Return two bounds moved to the grid; as they are where no value of the grid is left between them."""
    return (ceil(low / grid) * grid, floor(high / grid) * grid) if holds_value(low, high, grid) else (low, high)


def narrowed(demands: Iterable[Demand], lower: Iterable[Fraction], upper: Iterable[Fraction]) -> tuple[Rates, Rates]:
    """Return exact bounds of length n with the floors and ceilings of the rules folded in."""
    low, high = list(lower), list(upper)
    for demand in demands:
        floors, ceilings = demand.limits()
        for n, value in floors.items():
            low[n] = max(low[n], value)
        for n, value in ceilings.items():
            high[n] = min(high[n], value)
    return tuple(low), tuple(high)


def printable_upper(scenario: Scenario) -> Rates:
    """Return the highest basic rates above which an incentive rate still fits on the grid, length n.

    A lower bound above that stays; then no incentive rate fits, which is found where they are split.
    """
    asked, grid = scenario.incentive, Fraction(scenario.file.publish.grid)
    if asked is None:
        return tuple(map(Fraction, scenario.regions.upper))
    parts = zip(asked.upper, asked.steps, scenario.regions.lower, strict=True)
    return tuple(max(floor(Fraction(high) / grid) * grid - Fraction(step), Fraction(low)) for high, step, low in parts)
