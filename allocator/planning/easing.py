"""What is advised where there is no split: changes that give one when they are made, on the grid too."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import chain

from scenarios.baseline import Baseline
from scenarios.errors import Collector, Place
from scenarios.file.rules import INCENTIVE
from scenarios.load import Scenario
from scenarios.rules.demands import demands
from scenarios.rules.incentive import AskedIncentive, Targets, incentive, room
from scenarios.rules.kinds import Demand
from scenarios.rules.uncertainty import asked_protection
from scenarios.tables.regions import Regions
from solvers.diagnosing.conflicts import LESS, LOWER, MORE, UPPER, Lever

Splits = Callable[[Scenario], bool]
"""Whether a scenario has a split."""

HUNDREDTH, HUNDREDTH_OF_10KT = 1e-4, 0.01
"""To what a change is rounded up when it is said: points, and 万吨."""
_STEPS, _DOUBLINGS = 8, 6
_LEAST, _MOST = Decimal("-0.99"), Decimal("0.99")


@dataclass(frozen=True)
class Advice:
    """What would end it, as it is said."""

    # With changes as they are said: 0 for a rule that is to be left out, None where no change of it alone is enough
    levers: tuple[Lever, ...] = ()
    bounds: float | None = None  # By how much all bounds on one side must move, a multiple of the grid


def advice(scenario: Scenario, levers: Iterable[Lever], bounds: float | None, splits: Splits) -> Advice:
    """Return what is advised, each change tried: the least one, else the next that the grid can keep.

    `levers`, `bounds`: with the least changes; of the bounds, up for upper ones, down for lower ones.
    """
    said = tuple(replace(lever, change=_tried(scenario, lever, splits)) for lever in levers)
    return Advice(said, None if bounds is None else _moved(scenario, bounds, splits))


def _moved(scenario: Scenario, least: float, splits: Splits) -> float | None:
    name = UPPER if least > 0 else LOWER
    return next((by for by in _on_grid(scenario, abs(least)) if splits(_changed(scenario, name, by))), None)


def up(value: float, step: float) -> float:
    """Return the smallest multiple of `step` not below `value`, forgiving the last digits of a double."""
    return math.ceil(value / step - 1e-9) * step


def _tried(scenario: Scenario, lever: Lever, splits: Splits) -> float | None:
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
        upper = tuple(min(high + step, _MOST) for high in regions.upper)
        return _anew(scenario, scenario.target, replace(regions, upper=upper))
    if name == LOWER:
        lower = tuple(max(low - step, _LEAST) for low in regions.lower)
        return _anew(scenario, scenario.target, replace(regions, lower=lower))
    if name in (LESS, MORE):
        return _anew(scenario, scenario.target + (step if name == MORE else -step), regions)

    def eased(asked: Iterable[Demand]) -> tuple[Demand, ...]:
        return tuple(filter(None, (one.eased(Fraction(step)) if one.id == name else one for one in asked)))

    second = scenario.incentive and replace(scenario.incentive, demands=eased(scenario.incentive.demands))
    return _asking(scenario, eased(scenario.demands), second)


def _anew(scenario: Scenario, target: Decimal, regions: Regions) -> Scenario:
    """Return a scenario with another target or other bounds; what speaks of them moves along."""
    file = scenario.file.model_copy(update={"target": target})
    targets = Targets(target, None if scenario.incentive is None else scenario.incentive.target)
    made = (rule(file, target, regions, Collector()) for rule in (demands, asked_protection))
    anew = {demand.id: demand for found in made for demand in found}
    changed = replace(
        scenario, file=file, target=target, regions=regions, baseline=Baseline.of(regions, target, file.margin)
    )
    asked = tuple(anew.get(demand.id, demand) for demand in scenario.demands)
    return _asking(changed, asked, incentive(file, targets, regions, Collector(), Place()))


def _asking(scenario: Scenario, asked: Iterable[Demand], second: AskedIncentive | None) -> Scenario:
    """Return a scenario that asks this of the basic rates, and that of the incentive rates."""
    basic = (demand for demand in asked if demand.id != INCENTIVE)
    return replace(scenario, incentive=second, demands=(*basic, *room(scenario.file, scenario.regions, second)))
