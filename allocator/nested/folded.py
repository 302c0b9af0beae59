"""What a city's counties can reach within their bounds, as bounds of the city.

The rates that counties can make are an interval, [Σ α l - σ, Σ α u - σ] less the city's margin: so to bound a city by
it loses nothing. Bounds of counties are taken to their grid first, for no table has others.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from scenarios.load import Scenario
from scenarios.nested.children import Children
from scenarios.reconciliation import rounded_up


def reach_of(children: Children, position: int) -> tuple[Fraction, Fraction]:
    """Return the lowest and highest rate that a city's counties can back, printed on their grid."""
    scenario = children.scenario(position, Decimal("0.01"))
    grid = Fraction(scenario.file.publish.grid)
    weights, sigma = scenario.baseline.exact_coefficients, sum(scenario.baseline.exact_coefficients) - 1
    lower = [ceil(Fraction(x) / grid) * grid for x in scenario.regions.lower]
    upper = [floor(Fraction(x) / grid) * grid for x in scenario.regions.upper]
    low, high = (sum((a * x for a, x in zip(weights, side, strict=True)), -sigma) for side in (lower, upper))
    return low - Fraction(scenario.file.margin), high - Fraction(scenario.file.margin)


def folded(scenario: Scenario, children: Children) -> Scenario:
    """Return a province whose cities are bound by what their counties can reach; one county takes any rate."""
    lower, upper = list(scenario.regions.lower), list(scenario.regions.upper)
    for n, own in children.members.items():
        if len(own.regions) > 1:
            low, high = reach_of(children, n)
            lower[n] = max(lower[n], rounded_up(low))
            upper[n] = min(upper[n], -rounded_up(-high))
    lower = [min(low, high) for low, high in zip(lower, upper, strict=True)]
    return replace(scenario, regions=replace(scenario.regions, lower=tuple(lower), upper=tuple(upper)))
