"""What is advised where there is no split: changes that give one when they are made, on the grid too."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import chain

from scenarios.baseline import Baseline
from scenarios.errors import Collector, InputError
from scenarios.load import Scenario
from scenarios.rules.demands import demands
from scenarios.rules.uncertainty import asked_protection
from solvers.diagnosing.conflicts import LESS, LOWER, MORE, UPPER, Lever

Splits = Callable[[Scenario], bool]
"""Whether a scenario has a split."""

HUNDREDTH, HUNDREDTH_OF_10KT = 1e-4, 0.01
"""To what a change is rounded up when it is said: points, and 万吨."""
_STEPS, _DOUBLINGS = 8, 6
_LEAST, _MOST = Decimal("-0.99"), Decimal("0.99")


def enough(scenario: Scenario, levers: Iterable[Lever], splits: Splits) -> tuple[Lever, ...]:
    """Return levers with changes as they are said, each tried: the least one, else the next that the grid can keep.

    A rule that cannot be eased has the change 0 where leaving it out gives a split. None where no change is enough.
    `MORE` stays as it is: it says by how much what is asked exceeds the target.
    """
    return tuple(
        lever if lever.name == MORE else replace(lever, change=tried(scenario, lever, splits)) for lever in levers
    )


def bounds_that_do(scenario: Scenario, change: float, splits: Splits) -> float | None:
    """Return by how much all upper bounds must rise, or lower ones (below 0) fall, for a split on the grid."""
    lever = Lever(UPPER if change > 0 else LOWER, abs(change))
    steps = _on_grid(scenario, abs(change))
    return next((by for by in steps if splits(_changed(scenario, lever.name, by))), None)


def up(value: float, step: float) -> float:
    """Return the smallest multiple of `step` not below `value`, forgiving the last digits of a double."""
    return math.ceil(value / step - 1e-9) * step


def tried(scenario: Scenario, lever: Lever, splits: Splits) -> float | None:
    """Return the change of one lever as it is said; see `enough`."""
    asked = next((demand for demand in scenario.demands if demand.id == lever.name), None)
    if lever.change is None or asked is scenario.protection is not None:
        return lever.change
    if asked is not None and asked.eased(Fraction(0)) is None:
        return 0.0 if splits(_changed(scenario, lever.name, 0.0)) else None
    if asked is not None and asked.in_emissions:
        first = up(lever.change, HUNDREDTH_OF_10KT)
        changes: Iterable[float] = (first * 2**k for k in range(_DOUBLINGS))
    else:
        changes = chain([up(lever.change, HUNDREDTH)], _on_grid(scenario, lever.change))
    return next((by for by in changes if splits(_changed(scenario, lever.name, by))), None)


def _on_grid(scenario: Scenario, change: float) -> list[float]:
    """Return the multiples of the grid from a change on."""
    grid = float(scenario.file.publish.grid)
    return [up(change, grid) + k * grid for k in range(_STEPS)]


def _changed(scenario: Scenario, name: str, by: float) -> Scenario:
    """Return a scenario with one lever moved."""
    step, regions = Decimal(f"{by:.6f}"), scenario.regions
    if name == UPPER:
        return replace(
            scenario, regions=replace(regions, upper=tuple(min(high + step, _MOST) for high in regions.upper))
        )
    if name == LOWER:
        return replace(
            scenario, regions=replace(regions, lower=tuple(max(low - step, _LEAST) for low in regions.lower))
        )
    if name in (LESS, MORE):
        return _aiming(scenario, scenario.target + (step if name == MORE else -step))
    eased = ((demand.eased(Fraction(step)) if demand.id == name else demand) for demand in scenario.demands)
    return replace(scenario, demands=tuple(demand for demand in eased if demand is not None))


def _aiming(scenario: Scenario, target: Decimal) -> Scenario:
    """Return a scenario with another target; rules that speak of the target move along."""
    file = scenario.file.model_copy(update={"target": target})
    made = (rule(file, target, scenario.regions, Collector()) for rule in (demands, asked_protection))
    anew = {demand.id: demand for found in made for demand in found}
    asked = tuple(anew.get(demand.id, demand) for demand in scenario.demands)
    baseline = Baseline.of(scenario.regions, target, file.margin)
    return replace(scenario, file=file, target=target, baseline=baseline, demands=asked)


def silent(splits: Splits) -> Splits:
    """Return the same where a scenario that cannot be used at all has no split."""

    def judged(scenario: Scenario) -> bool:
        try:
            return splits(scenario)
        except InputError:
            return False

    return judged
