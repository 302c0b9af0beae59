"""Basic and incentive targets (基本目标与激励目标): a second, higher rate for every region.

    r_inc_i >= r_bas_i + step_i,   Σ a r_inc >= R_inc + sigma + margin,   r_inc_i <= upper_i

So that there is room for the second rate, the upper bound of the first one is upper_i - step_i.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

from scenarios.baseline import Baseline
from scenarios.errors import Collector, Place
from scenarios.file.rules import INCENTIVE
from scenarios.file.schema import ScenarioFile
from scenarios.rules.demands import demands
from scenarios.rules.kinds import Demand
from scenarios.schema_types import Words
from scenarios.tables.cells import exact_per_cent
from scenarios.tables.regions import Regions
from scenarios.total.cap import Total


@dataclass(frozen=True)
class Targets:
    """What the cities together must reach, fractions."""

    basic: Decimal
    incentive: Decimal | None  # None without incentive rates

    @classmethod
    def of(cls, file: ScenarioFile) -> Targets:
        """Return the targets that a scenario file names."""
        return cls(file.target, None if file.incentive is None else file.incentive.target)


@dataclass(frozen=True)
class AskedIncentive:
    """What the incentive table is asked; all tuples have length n."""

    target: Decimal  # The province's incentive target, a fraction
    steps: tuple[Decimal, ...]  # By how much an incentive rate exceeds the basic one at least, fractions
    upper: tuple[Decimal, ...]  # Highest incentive rates
    # What the rules ask of the incentive rates: all but the negotiated values, those that speak of the provincial
    # target with the incentive target in its place
    demands: tuple[Demand, ...]


@dataclass(frozen=True)
class Room(Demand):
    """The basic rates leave room for incentive rates that keep the rules; only a solver can tell.

    Without rules for the incentive rates the upper bounds say it all, and there is no such demand.
    """

    asked: AskedIncentive  # What the incentive table is asked
    coefficients: tuple[Fraction, ...]  # a, length n
    required: Fraction  # R_inc + sigma + margin

    judged: ClassVar[bool] = False

    def failing(self, rates: Sequence[Fraction]) -> tuple[int, ...]:
        """Return nobody: a table is held against the incentive table that is written beside it."""
        return ()


def steps(file: ScenarioFile, regions: Regions) -> tuple[Decimal, ...] | None:
    """Return the least step of each region, length n; None without an incentive target."""
    asked = file.incentive
    if asked is None:
        return None
    if asked.step_column is not None:
        return regions.columns[asked.step_column]
    return (asked.step or Decimal(0),) * len(regions)


def with_steps(file: ScenarioFile, regions: Regions, collector: Collector, place: Place) -> Regions:
    """Return the regions with upper bounds that leave room for the steps; one below the lower bound is noted."""
    known = steps(file, regions)
    if known is None:
        return regions
    upper = tuple(high - step for high, step in zip(regions.upper, known, strict=True))
    for name, low, high, step in zip(regions.names, regions.lower, upper, known, strict=True):
        if low > high >= low - step:
            found = f"{exact_per_cent(high + step)}% - {exact_per_cent(step)}% < {exact_per_cent(low)}%"
            collector.error("incentive_no_room", place, name=name, found=found)
    return replace(regions, upper=upper)


def incentive(
    file: ScenarioFile, targets: Targets, regions: Regions, collector: Collector, place: Place
) -> AskedIncentive | None:
    """Return what the incentive table is asked; a target that is not above the basic one is noted.

    `file`, `targets`, `regions`: the scenario, what its cities must reach, and its table with the upper bounds that
    leave room.
    `collector`, `place`: gets what is wrong, and where the incentive target stands.
    """
    asked, known = targets.incentive, steps(file, regions)
    if asked is None or known is None:
        return None
    if asked <= targets.basic:
        found, needed = exact_per_cent(asked), exact_per_cent(targets.basic)
        collector.error("incentive_not_above", place, found=found, needed=needed)
    # the rules were judged with the basic target; what is said of them is said once
    made = demands(file, asked, regions, Collector())
    return AskedIncentive(
        target=asked,
        steps=known,
        upper=tuple(high + step for high, step in zip(regions.upper, known, strict=True)),
        demands=tuple(demand for demand in made if not demand.basic_only),
    )


def room(file: ScenarioFile, regions: Regions, asked: AskedIncentive | None, total: Total | None) -> tuple[Room, ...]:
    """Return what the incentive table asks of the basic one beyond the upper bounds."""
    if asked is None or not asked.demands:
        return ()
    baseline = Baseline.of(regions, asked.target, file.margin, total)
    target = exact_per_cent(asked.target)
    reason = Words(zh=f"为激励目标 {target}% 留出余地", en=f"room for the incentive target of {target} %")
    return (Room(INCENTIVE, reason, asked, baseline.exact_coefficients, baseline.exact_required),)
