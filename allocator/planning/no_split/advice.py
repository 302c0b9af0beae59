"""What is advised where there is no split: changes that give one when they are made, down to the printed table."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import chain
from time import monotonic
from typing import TypeVar

from allocator.planning.no_split.reason import Reason
from allocator.planning.protection import largest_protection
from scenarios.baseline import Baseline
from scenarios.errors import Collector, InputError, Place
from scenarios.file.rules import INCENTIVE, PROTECT
from scenarios.file.schema import ScenarioFile
from scenarios.load import Scenario
from scenarios.rules.demands import check_classes, demands
from scenarios.rules.incentive import AskedIncentive, Targets, incentive, room, steps
from scenarios.rules.kinds import Demand, Negotiated
from scenarios.rules.potentials import highest_rates
from scenarios.rules.uncertainty import asked_protection
from scenarios.tables.regions import Regions
from scenarios.total.cap import reduction_to
from solvers.diagnosing.conflicts import LESS, LOWER, MORE, UPPER, Conflict

Change = TypeVar("Change", int, float, Decimal)
Splits = Callable[[Scenario], bool]
"""Whether a scenario has a split that can be printed."""

HUNDREDTH, HUNDREDTH_OF_10KT = 1e-4, 0.01
"""To what a change is rounded up when it is said: points, and 万吨."""
SEARCH = 12.0
"""Seconds for trying what is advised."""
_EACH = Decimal(3)
"""Seconds for each of the programs of a trial."""
_STEPS, _DOUBLINGS = 8, 6
_LEAST_TARGET, _MOST, _A_LITTLE = Decimal("0.0001"), Decimal("0.99"), Decimal("0.0001")
_MOST_RISE = Decimal("0.5")
_FINER = tuple(map(Decimal, ("0.01", "0.005", "0.002", "0.001", "0.0005", "0.0001")))


def up(value: float, step: float) -> float:
    """Return the smallest multiple of `step` not below `value`, forgiving the last digits of a double; 0 of 0 alone."""
    steps = math.ceil(value / step - 1e-9)
    return (1 if value > 0 and not steps else steps) * step


@dataclass(frozen=True)
class Advice:
    """What would end it: every change was tried, down to the printed table; what was not found is None or empty."""

    levers: Mapping[str, float] = field(default_factory=dict)  # As in `Trials.lever`
    bounds: float | None = None  # By how much all bounds on one side must move
    # target, incentive: The nearest targets, fractions
    target: Decimal | None = None
    incentive: Decimal | None = None
    cap: int | None = None  # The smallest cap on the total, 万吨
    protection: Decimal | None = None  # For how many regions at most
    grid: Decimal | None = None  # A finer grid
    classes: int | None = None  # How many
    exceeding: bool = False  # Whether more than the target may be split
    late: bool = False  # Whether the time was up before all was tried


def advise(reason: Reason, splits: Splits) -> Advice:
    """Return what would end it; `splits` tries a scenario."""
    scenario, found = reason.scenario, reason.gap
    trials, advised = Trials(scenario, splits), Advice()
    if reason.conflict is not None:
        more = reason.conflict.more is not None
        advised = replace(advised, levers=_changes(trials, reason.conflict), exceeding=more and trials.exceeding())
        if (least := reason.conflict.changes.get(LESS)) is not None:
            advised = replace(advised, cap=trials.cap(least))
        if PROTECT in reason.conflict.changes and (most := largest_protection(scenario)) is not None:
            advised = replace(advised, protection=trials.protection(most))
        if not advised.levers and advised.cap is None and advised.protection is None and not advised.exceeding:
            advised = replace(advised, grid=trials.grid())
    elif found is None:
        enough = trials.classes(reason.classes)
        advised = replace(advised, grid=None if enough else trials.grid(), classes=enough)
    else:
        bounds = None if found.relaxation is None else trials.bounds(found.relaxation)
        advised = replace(advised, bounds=bounds)
        if reason.incentive and scenario.incentive is not None:
            highest = float(scenario.incentive.target) - found.short
            advised = replace(advised, incentive=trials.incentive(highest))
        else:
            nearest = float(scenario.baseline.asked - Fraction(scenario.file.margin)) - found.short
            capped = trials.total_binds and (found.short > 0 or scenario.measured.is_level)  # a level has cap or target
            target = None if capped else trials.target(nearest)
            advised = replace(advised, target=target, exceeding=found.short < 0 and trials.exceeding())
            advised = replace(advised, cap=trials.cap(found.short))
    return replace(advised, late=trials.late)


def _changes(trials: Trials, conflict: Conflict) -> dict[str, float]:
    """Return by how much each lever must yield, of those that end it alone; protection is another matter."""
    idle = {PROTECT, LESS} if trials.total_binds else {PROTECT}  # a lower target leaves what the cap asks
    idle |= {LOWER} if trials.of_share else set()  # no share falls below that of the base year
    tried = {name: trials.lever(name, least) for name, least in conflict.changes.items() if name not in idle}
    return {name: change for name, change in tried.items() if change is not None}


class Trials:
    """Changes of a scenario, each tried before it is advised; every answer is None where none was found in time."""

    def __init__(self, scenario: Scenario, splits: Splits) -> None:
        self._scenario = scenario
        self._file = scenario.file
        self._splits = splits
        self._until = monotonic() + SEARCH
        self._longest = 0.0  # Seconds that a trial took
        self.late = False  # Whether the time was up before all was tried

    @property
    def total_binds(self) -> bool:
        """Whether the cap on the total asks more than the target, so that only a larger cap asks less."""
        return self._scenario.baseline.total_binds

    @property
    def of_share(self) -> bool:
        """Whether the target is a share, of which no lower bound gives way."""
        return self._scenario.share is not None

    def lever(self, name: str, least: float) -> float | None:
        """Return by how much one lever must yield, fraction or 万吨; 0 for a rule that is to be left out.

        `name`, `least`: a rule, bounds or the total, and the least change that gives a split before rounding.
        A negotiated value is to be raised, or lowered where the answer is below zero.
        """
        asked = next((demand for demand in self._scenario.demands if demand.id == name), None)
        if asked is None:
            return self._first(self._from(least), lambda by: self._moved(name, by))
        if asked.eased(Fraction(0)) is None:
            return self._first([0.0], lambda _: _eased(self._scenario, name, None))
        if isinstance(asked, Negotiated):
            changes: Iterable[float] = self._beside(asked, least)
        elif asked.in_emissions:
            changes = (up(least, HUNDREDTH_OF_10KT) * 2**k for k in range(_DOUBLINGS))
        else:
            changes = self._from(least)
        return self._first(changes, lambda by: _eased(self._scenario, name, by))

    def bounds(self, least: float) -> float | None:
        """Return by how much all bounds on one side must move, a multiple of the grid.

        `least`: before rounding; up for upper bounds, down for lower ones.
        """
        name = UPPER if least > 0 else LOWER
        return self._first(self._on_grid(abs(least)), lambda by: self._moved(name, by))

    def target(self, nearest: float) -> Decimal | None:
        """Return the provincial target nearest to the one asked that can be split, fraction.

        `nearest`: what the cities together can reach, with their margin taken off.
        """
        asked = _basic(self._scenario)
        return self._value(asked, _of_province(self._scenario, asked, nearest), lambda at: Targets(at, self._second))

    def incentive(self, highest: float) -> Decimal | None:
        """Return the highest incentive target that can be split, fraction; `highest` as in `target`."""
        if self._second is None:
            return None
        found = _of_province(self._scenario, self._second, highest)
        return self._value(self._second, found, lambda at: Targets(_basic(self._scenario), at))

    def cap(self, short: float) -> int | None:
        """Return the smallest cap on the total, 万吨, that can be split; None where none is asked or it does not bind.

        `short`: by how much the reduction asked is out of reach, fraction.
        """
        baseline, total = self._scenario.baseline, self._scenario.baseline.total
        if total is None or not self.total_binds or short <= 0:
            return None
        unchanged, step = baseline.point_worth * 100, float(self._file.publish.grid)
        caps = (math.ceil(float(total.cap) + unchanged * (short + k * step / _STEPS) - 1e-6) for k in range(_STEPS + 1))

        def raised(cap: int) -> Scenario:
            larger = replace(total, cap=Fraction(cap))
            scenario, margin = self._scenario, self._file.margin
            level = scenario.measured.is_level  # whose target is its cap
            target = reduction_to(larger.cap, larger.base) if level else scenario.target
            capped = Baseline.of(scenario.regions, target, margin, larger)
            asked = replace(scenario, baseline=capped, target=target)
            return _asking(asked, scenario.demands, scenario.incentive)

        return self._first(caps, raised)

    def exceeding(self) -> bool:
        """Return whether there is a split where the total may be exceeded."""
        return self._works(lambda: self._with(self._file.model_copy(update={"exceed": "allow"})))

    def grid(self) -> Decimal | None:
        """Return the coarsest of the usual grids, finer than the one asked, on which there is a table."""
        last = self._file.publish.grid
        for grid in (grid for grid in _FINER if grid < last):
            if self._left < self._longest * float(last / grid) ** 2:
                self.late = True
                return None
            if self._works(partial(self._with, self._publishing(grid=grid))):
                return grid
            last = grid
        return None

    def classes(self, enough: int | None) -> int | None:
        """Return how many classes give a table, more than asked; `enough` do before incentive rates, where known."""
        asked = self._file.publish.classes
        if not isinstance(asked, int):
            return None
        more = range(asked + 1, asked + _STEPS) if enough is None else [enough]
        return self._first(more, lambda count: self._with(self._publishing(classes=count)))

    def protection(self, largest: Decimal) -> Decimal | None:
        """Return for how many regions a split can be protected, `largest` before rounding or fewer."""
        fewer = {largest // unit * unit for unit in map(Decimal, ("0.01", "0.1", "0.5", "1", "2"))} | {Decimal(0)}
        return self._first(
            sorted(fewer, reverse=True),
            lambda budget: self._with(self._file.model_copy(update={"protect": budget})),
        )

    @property
    def _second(self) -> Decimal | None:
        """The incentive target as the planner wrote it."""
        return Targets.of(self._file).incentive

    def _publishing(self, **update: object) -> ScenarioFile:
        return self._file.model_copy(update={"publish": self._file.publish.model_copy(update=update)})

    def _with(self, file: ScenarioFile) -> Scenario:
        return _anew(self._scenario, file, Targets(_basic(self._scenario), self._second), self._scenario.regions)

    def _value(self, asked: Decimal, nearest: float, made: Callable[[Decimal], Targets]) -> Decimal | None:
        """Return a target in the planner's words, from the nearest one on."""
        way = 1 if nearest > asked else -1
        first, grid = Decimal(f"{way * up(way * nearest, HUNDREDTH):.4f}"), self._file.publish.grid
        wanted = [first, *(first + way * k * grid for k in range(1, _STEPS))]
        regions, level = self._scenario.regions, self._scenario.measured.is_level
        least = -_MOST_RISE if level else _LEAST_TARGET
        return self._first(
            (at for at in wanted if least <= at <= _MOST),
            lambda at: _anew(self._scenario, self._file, made(at), regions),
        )

    def _first(self, changes: Iterable[Change], made: Callable[[Change], Scenario]) -> Change | None:
        """Return the first change that gives a split."""
        return next((change for change in changes if self._works(partial(made, change))), None)

    def _works(self, made: Callable[[], Scenario]) -> bool:
        if self._left < self._longest:
            self.late = True
            return False
        begun = monotonic()
        try:
            changed = made()
            allowed = min(changed.file.solver.time_limit, _EACH)
            solver = changed.file.solver.model_copy(update={"time_limit": allowed})
            return self._splits(replace(changed, file=changed.file.model_copy(update={"solver": solver})))
        except InputError:  # nobody can ask for that
            return False
        finally:
            self._longest = max(self._longest, monotonic() - begun)

    @property
    def _left(self) -> float:
        """Seconds that are left."""
        return self._until - monotonic()

    def _from(self, least: float) -> Iterator[float]:
        """Yield changes from the least on: to the hundredth, then multiples of the grid."""
        return chain([up(least, HUNDREDTH)], self._on_grid(least))

    def _on_grid(self, least: float) -> Iterator[float]:
        grid = float(self._file.publish.grid)
        return (up(least, grid) + k * grid for k in range(_STEPS))

    def _beside(self, asked: Negotiated, least: float) -> Iterator[float]:
        """Yield changes of a negotiated value, up and down, that the bounds of its region allow."""
        regions = self._scenario.regions
        for change in (sign * by for by in self._on_grid(least) for sign in (1, -1)):
            moved = [(n, value + _exactly(change)) for n, value in asked.floors.items()]
            if all(regions.lower[n] <= value <= regions.upper[n] for n, value in moved):
                yield change

    def _caps(self) -> Iterator[tuple[Decimal, Decimal]]:
        """Yield each region's upper bound, and above what no bound moves it: what potentials and steps leave."""
        regions = self._scenario.regions
        none = (Decimal(0),) * len(regions)
        highest = highest_rates(self._file, regions) or (_MOST,) * len(regions)
        for high, most, step in zip(regions.upper, highest, steps(self._file, regions) or none, strict=True):
            yield high, min(most - step, _MOST)

    def _moved(self, name: str, by: float) -> Scenario:
        """Return the scenario with bounds or total moved."""
        scenario, step = self._scenario, Decimal(f"{by:.6f}")
        basic, regions = _basic(scenario), scenario.regions
        if name == UPPER:
            regions = replace(regions, upper=tuple(min(high + step, cap) for high, cap in self._caps()))
        elif name == LOWER:
            regions = replace(regions, lower=tuple(max(low - step, -_MOST) for low in regions.lower))
        else:
            basic += step if name == MORE else -step
        return _anew(scenario, self._file, Targets(basic, self._second), regions)


def _eased(scenario: Scenario, name: str, by: float | None) -> Scenario:
    """Return the scenario with one rule eased, or without it."""

    def eased(asked: Iterable[Demand]) -> Iterator[Demand]:
        for demand in asked:
            changed = demand if demand.id != name else None if by is None else demand.eased(_exactly(by))
            if changed is not None:
                yield changed

    second = scenario.incentive and replace(scenario.incentive, demands=tuple(eased(scenario.incentive.demands)))
    return _asking(scenario, eased(scenario.demands), second)


def _exactly(change: float) -> Fraction:
    """Return a change as it is said."""
    return Fraction(f"{change:.6f}")


def _basic(scenario: Scenario) -> Decimal:
    """Return the target as the planner wrote it: the province's, where a residual line takes part of it."""
    return scenario.target if scenario.sums is None else scenario.file.target


def of_cities(scenario: Scenario, target: Decimal) -> Decimal:
    """Return what the cities must reach when this is asked of the province."""
    return target if scenario.sums is None else scenario.sums.of_cities(scenario.regions, target)


def _of_province(scenario: Scenario, asked: Decimal, cities: float) -> float:
    """Return what is asked of the province when the cities must reach `cities`, by a step from what is `asked`."""
    here = of_cities(scenario, asked)
    slope = (of_cities(scenario, asked - _A_LITTLE) - here) / -_A_LITTLE
    return float(asked) + (cities - float(here)) / float(slope)


def _anew(scenario: Scenario, file: ScenarioFile, written: Targets, regions: Regions) -> Scenario:
    """Return a scenario with other targets, bounds or settings; what speaks of them moves along.

    Raises InputError: nobody can ask for that.
    """
    collector = Collector()
    second_target = None if written.incentive is None else of_cities(scenario, written.incentive)
    targets = Targets(of_cities(scenario, written.basic), second_target)
    file = file.model_copy(update={"target": written.basic})
    second = incentive(file, targets, regions, collector, Place())
    made = (rule(file, targets.basic, regions, collector) for rule in (demands, asked_protection))
    anew = {demand.id: demand for found in made for demand in found}
    check_classes(file, regions, collector)
    collector.raise_errors()
    changed = replace(
        scenario, file=file, target=targets.basic, regions=regions,
        baseline=Baseline.of(regions, targets.basic, file.margin, scenario.baseline.total),
    )  # fmt: skip
    return _asking(changed, (anew.get(demand.id, demand) for demand in scenario.demands), second)


def _asking(scenario: Scenario, asked: Iterable[Demand], second: AskedIncentive | None) -> Scenario:
    """Return a scenario that asks this of the basic rates, and that of the incentive rates."""
    basic = (demand for demand in asked if demand.id != INCENTIVE)
    spare = room(scenario.file, scenario.regions, second, scenario.baseline.total)
    return replace(scenario, incentive=second, demands=(*basic, *spare))
