"""What a rule can ask of the rates, in exact numbers: one class for each kind of demand.

The solver gets these as rows; the verification holds any table against them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor
from typing import ClassVar, Literal

from scenarios.schema_types import Words

TIGHT = 1e-9
"""Within this of its limit a rule leaves no room; for sums of emissions, relative to the limit."""

Limits = Mapping[int, Fraction]
"""Position of a region -> rate."""


@dataclass(frozen=True)
class Demand(ABC):
    """What a rule asks, and what everybody needs to know of it."""

    # id, reason: As in the rule
    id: str
    reason: Words

    holds: ClassVar[Literal["rule", "agreed", "kept"]] = "rule"  # What it is to those whom it holds
    basic_only: ClassVar[bool] = False  # Whether it is asked of the basic rates alone, where there are incentive rates
    judged: ClassVar[bool] = True  # Whether a printed table by itself shows that it is kept
    in_emissions: ClassVar[bool] = False  # Whether its limit is in 万吨, not a rate
    lower_breaks: ClassVar[bool] = False  # Whether who breaks it breaks it with a lower rate too

    @abstractmethod
    def failing(self, rates: Sequence[Fraction]) -> tuple[int, ...]:
        """Return the positions of the regions that break the rule under `rates` (length n)."""

    def blamed(self, failing: tuple[int, ...]) -> tuple[int, ...]:
        """Return the regions of which one must change its rate where some are `failing`."""
        return failing

    def tight(self, rates: Sequence[float]) -> set[int]:
        """Return the positions of the regions to which it leaves no room at `rates`."""
        return set()

    def limits(self) -> tuple[Limits, Limits]:
        """Return the floors and the ceilings that it sets."""
        return {}, {}

    def kept(self) -> Mapping[int, float]:
        """Return the computed rates of the regions that stay as they are."""
        return {}

    def order(self) -> tuple[tuple[int, int], ...]:
        """Return the pairs (i, j) of which i must not stand below j."""
        return ()

    def amounts_to_bounds(self, order_folds: bool) -> bool:
        """Return whether bounds say it all; an order only where `order_folds`."""
        return False

    def on_grid(self, grid: Fraction, free: Set[int], up: bool) -> Demand:
        """Return what a table on the grid can keep of it.

        `grid`: what rates are rounded to.
        `free`: positions of the regions whose limits move to the grid.
        `up`: whether floors move as well.
        """
        return self

    def eased(self, by: Fraction) -> Demand | None:
        """Return the same asking so much less, a fraction or 万吨; None where all it could do is to be left out."""
        return None

    def ahead(self, done: Sequence[float], ends: Sequence[Fraction], grid: Fraction) -> Demand | None:
        """Return what it asks of the years that are left; None where it cannot be carried over.

        `done`: by how much the intensity of each region has fallen so far, fractions.
        `ends`: emissions of each region in the last year if its intensity stayed as it is, 万吨.
        `grid`: what rates are rounded to.
        """
        return None


@dataclass(frozen=True)
class Between(Demand):
    """``floors[i] <= rates[i] <= ceilings[i]``; a region may stand in one of the two only."""

    floors: Limits
    ceilings: Limits

    def failing(self, rates: Sequence[Fraction]) -> tuple[int, ...]:
        """Return the regions outside."""
        low = {i for i, value in self.floors.items() if rates[i] < value}
        return tuple(sorted(low | {i for i, value in self.ceilings.items() if rates[i] > value}))

    def tight(self, rates: Sequence[float]) -> set[int]:
        """Return the regions at a floor or a ceiling."""
        sides = [*self.floors.items(), *self.ceilings.items()]
        return {i for i, value in sides if abs(rates[i] - float(value)) <= TIGHT}

    def limits(self) -> tuple[Limits, Limits]:
        """Return the floors and the ceilings."""
        return self.floors, self.ceilings

    def amounts_to_bounds(self, order_folds: bool) -> bool:
        """Return True: they are bounds."""
        return True

    def eased(self, by: Fraction) -> Demand | None:
        """Return floors so much lower and ceilings so much higher."""
        floors, ceilings = ({n: x + way * by for n, x in limits.items()} for limits, way in
                            ((self.floors, -1), (self.ceilings, 1)))  # fmt: skip
        return replace(self, floors=floors, ceilings=ceilings)

    def on_grid(self, grid: Fraction, free: Set[int], up: bool) -> Demand:
        """Return floors moved up and ceilings moved down."""
        floors = {n: ceil(x / grid) * grid if up and n in free else x for n, x in self.floors.items()}
        ceilings = {n: floor(x / grid) * grid if n in free else x for n, x in self.ceilings.items()}
        return replace(self, floors=floors, ceilings=ceilings)

    def ahead(self, done: Sequence[float], ends: Sequence[Fraction], grid: Fraction) -> Demand | None:
        """Return what is left of each limit."""
        return replace(self, floors=_left(self.floors, done), ceilings=_left(self.ceilings, done))


@dataclass(frozen=True)
class Implied(Between):
    """Limits that follow from other figures, none of which is the planner's to set."""

    def eased(self, by: Fraction) -> Demand | None:
        """Return None: it stands or is left out."""
        return None


@dataclass(frozen=True)
class Negotiated(Between):
    """A negotiated value: of the basic rates, where there are incentive rates too."""

    holds: ClassVar[Literal["rule", "agreed", "kept"]] = "agreed"
    basic_only: ClassVar[bool] = True

    def eased(self, by: Fraction) -> Demand | None:
        """Return a value so much higher; lower where `by` is below zero."""
        moved = {n: value + by for n, value in self.floors.items()}
        return replace(self, floors=moved, ceilings=moved)

    def ahead(self, done: Sequence[float], ends: Sequence[Fraction], grid: Fraction) -> Demand | None:
        """Return what is left of the value, rounded up to the grid."""
        fixed = {n: ceil(value / grid) * grid for n, value in _left(self.floors, done).items()}
        return replace(self, floors=fixed, ceilings=fixed)


@dataclass(frozen=True)
class Held(Between):
    """Regions that stay as they are: `computed` holds the computed rates, floors and ceilings the printed ones."""

    holds: ClassVar[Literal["rule", "agreed", "kept"]] = "kept"
    computed: Mapping[int, float]

    def tight(self, rates: Sequence[float]) -> set[int]:
        """Return all its regions."""
        return set(self.computed)

    def kept(self) -> Mapping[int, float]:
        """Return the computed rates."""
        return self.computed

    def eased(self, by: Fraction) -> Demand | None:
        """Return None: they stand or are let go."""
        return None

    def ahead(self, done: Sequence[float], ends: Sequence[Fraction], grid: Fraction) -> Demand | None:
        """Return None: what was held is over."""
        return None


@dataclass(frozen=True)
class Span(Demand):
    """The rates of `members` lie within `width` of each other."""

    members: tuple[int, ...]
    width: Fraction

    def failing(self, rates: Sequence[Fraction]) -> tuple[int, ...]:
        """Return the regions more than the width above the lowest."""
        lowest = min(rates[i] for i in self.members)
        return tuple(i for i in self.members if rates[i] > lowest + self.width)

    def blamed(self, failing: tuple[int, ...]) -> tuple[int, ...]:
        """Return all its regions."""
        return self.members

    def eased(self, by: Fraction) -> Demand | None:
        """Return the same so much wider."""
        return replace(self, width=self.width + by)

    def on_grid(self, grid: Fraction, free: Set[int], up: bool) -> Demand:
        """Return the same no wider than values of the grid can be apart."""
        return replace(self, width=floor(self.width / grid) * grid) if free >= set(self.members) else self

    def tight(self, rates: Sequence[float]) -> set[int]:
        """Return the lowest and the highest where they are the width apart."""
        low, high = min(rates[i] for i in self.members), max(rates[i] for i in self.members)
        if high - low < float(self.width) - TIGHT:
            return set()
        return {i for i in self.members if rates[i] <= low + TIGHT or rates[i] >= high - TIGHT}


@dataclass(frozen=True)
class Pairs(Demand):
    """``rates[i] >= rates[j]`` for each pair (i, j)."""

    pairs: tuple[tuple[int, int], ...]

    def failing(self, rates: Sequence[Fraction]) -> tuple[int, ...]:
        """Return the regions that stand below one they must not."""
        return tuple(sorted({i for i, j in self.pairs if rates[i] < rates[j]}))

    def blamed(self, failing: tuple[int, ...]) -> tuple[int, ...]:
        """Return the failing ones and all that they must not stand below."""
        return tuple({i for pair in self.pairs if pair[0] in failing for i in pair})

    def tight(self, rates: Sequence[float]) -> set[int]:
        """Return the regions of the pairs that stand level."""
        return {i for pair in self.pairs if abs(rates[pair[0]] - rates[pair[1]]) <= TIGHT for i in pair}

    def order(self) -> tuple[tuple[int, int], ...]:
        """Return the pairs."""
        return self.pairs

    def amounts_to_bounds(self, order_folds: bool) -> bool:
        """Return whether the order folds into bounds."""
        return order_folds


@dataclass(frozen=True)
class Budget(Demand):
    """``Σ end_emissions[i] (1 - rates[i]) + projects <= limit``, all in 万吨."""

    end_emissions: Mapping[int, Fraction]
    projects: Fraction
    limit: Fraction

    in_emissions: ClassVar[bool] = True
    lower_breaks: ClassVar[bool] = True

    def failing(self, rates: Sequence[Fraction]) -> tuple[int, ...]:
        """Return all its regions when they are over the limit together."""
        total = sum((e * (1 - rates[i]) for i, e in self.end_emissions.items()), self.projects)
        return tuple(self.end_emissions) if total > self.limit else ()

    def tight(self, rates: Sequence[float]) -> set[int]:
        """Return all its regions when they are at the limit together."""
        total = float(self.projects) + sum(float(e) * (1 - rates[i]) for i, e in self.end_emissions.items())
        return set(self.end_emissions) if total >= float(self.limit) * (1 - TIGHT) else set()

    def eased(self, by: Fraction) -> Demand | None:
        """Return a limit so much higher."""
        return replace(self, limit=self.limit + by)

    def ahead(self, done: Sequence[float], ends: Sequence[Fraction], grid: Fraction) -> Demand | None:
        """Return the same limit for what is emitted from here on."""
        return replace(self, end_emissions={n: ends[n] for n in self.end_emissions})


def _left(limits: Limits, done: Sequence[float]) -> dict[int, Fraction]:
    """Return what is left of rates of the whole period after what was done."""
    return {n: 1 - (1 - limit) / (1 - Fraction(done[n])) for n, limit in limits.items()}
