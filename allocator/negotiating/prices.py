"""Prices: what one point of relief for a region costs each of the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from allocator.planning.no_split.why import why_no_split
from allocator.planning.proof.room import leaves_room
from allocator.planning.reference import target
from allocator.planning.rules import deciding, effort, solver_rules
from reports.planning.reasons import binding
from reports.planning.record import Binding
from reports.printing.numbers import minus, signed, signed_amount, telling_digits
from reports.records import Listed, Record
from reports.words import LABELS
from scenarios.errors import Collector, Place
from scenarios.load import Scenario
from scenarios.quantities import Quantity, in_own_words
from scenarios.tables.cells import per_cent
from scenarios.total.level import refuse_level
from scenarios.wording import Language, listed, running
from solvers.diagnosing.prices import relief, relief_slopes
from solvers.leximin import leximin
from solvers.problem import SUM_TOLERANCE, SplitProblem

Array = NDArray[np.float64]

POINT = 0.01
_NOTHING = 5e-8
_SHOWN = 6


class PickedUp(Listed):
    """What one point of relief for another region adds to one: points, 万吨 in the end year."""

    points: float
    emissions_10kt: float
    # The same by the structure of the optimum, points a point: holds until somebody meets a bound; None with rules,
    # where only solving again tells
    slope: float | None


class Price(Listed):
    """What one point of relief for one region costs."""

    rate: float  # Its computed rate, fraction
    point_10kt: float  # What one point of its rate stands for in the end year, 万吨: 0.01 E g
    binding: Binding  # Of the bound that holds the region
    rules: tuple[str, ...]  # Ids of those that hold it
    below_bound: bool  # Whether one point less lies below its own lower bound, which then gives way
    possible: bool  # Whether the others can pick it up within bounds and rules
    others: tuple[PickedUp, ...]  # All that move when it gets one point less, by solving again, the largest rise first


class PricesRecord(Record):
    """The prices of some or all regions, as programs read them."""

    schema_version: Literal[1] = 1
    scenario: str
    over_points: float | None = Field(default=None, exclude_if=lambda over: over is None)  # Of the split, if above
    prices: tuple[Price, ...]


@dataclass(frozen=True)
class Prices:
    """The prices of some or all regions of a scenario.

    `over`: by how much the computed split is above the target, a fraction, where bounds and rules leave no smaller
    one; else 0.
    """

    scenario: Scenario
    prices: tuple[Price, ...]
    over: float = 0.0

    @property
    def measured(self) -> Quantity:
        """The quantity that it is of."""
        return self.scenario.measured

    @in_own_words
    def statements(self, language: Language) -> list[str]:
        """Return one line a region; for a single region, one line for each that picks up."""
        lines = [LABELS.say("prices_title", language, title=self.scenario.file.title.say(language))]
        if self.over:
            cut, over = self.scenario.target + Decimal(self.over), per_cent(self.over)
            lines.append(LABELS.say("prices_over", language, cut=minus(per_cent(cut)), over=over))
        for price in self.prices:
            lines += self._lines(price, language, every=len(self.prices) == 1)
        rules = bool(self.scenario.demands)
        return [*lines, LABELS.say("prices_by_solving" if rules else "prices_by_structure", language)]

    @property
    def record(self) -> PricesRecord:
        """The prices for programs."""
        over = self.over * 100 or None
        return PricesRecord(scenario=self.scenario.file.name, over_points=over, prices=self.prices)

    def _lines(self, price: Price, language: Language, every: bool) -> list[str]:
        head = LABELS.say(
            "price_head", language, name=price.label(language), rate=minus(per_cent(price.rate)),
            tonnes=f"{price.point_10kt:,.2f}", held=self._held(price, language),
        )  # fmt: skip
        if not price.possible:
            return [running([head, LABELS.say("price_impossible", language)], language)]
        if price.below_bound:
            head = running([head, LABELS.say("price_below", language)], language)
        others = price.others
        if not others:
            return [running([head, LABELS.say("price_nothing", language)], language)]
        if every:
            tail = [
                "  " + LABELS.say("price_each", language, name=other.label(language), points=_telling(other.points),
                                  tonnes=signed_amount(other.emissions_10kt))
                for other in others
            ]  # fmt: skip
            total = sum(other.emissions_10kt for other in others)
            return [head, *tail, LABELS.say("price_sum", language, tonnes=f"{total:,.2f}")]
        shown = listed((f"{other.label(language)} {signed(other.points / 100)}" for other in others[:_SHOWN]), language)
        more = LABELS.say("price_more", language, count=len(others) - _SHOWN) if len(others) > _SHOWN else ""
        return [running([head, f"{shown} {more}".rstrip()], language)]

    def _held(self, price: Price, language: Language) -> str:
        bound = [LABELS.say(f"at_{price.binding}", language)] if price.binding else []
        by = listed([*bound, *price.rules], language)
        return LABELS.say("price_held", language, by=by) if by else ""


def _telling(points: float) -> str:
    """Return points with their sign, and with the decimals that show a small figure."""
    return signed(points / 100, telling_digits(points, 2, points == 0))


@in_own_words
def prices(scenario: Scenario, regions: Iterable[str] = ()) -> Prices:
    """Return what one point of relief costs, for the named regions or for all.

    Parameters
    ----------
    scenario
        What is asked.
    regions
        Identifiers or names; none means every region.

    Raises
    ------
    InputError
        A region that is unknown, or a scenario that cannot be scored.
    NoSplit
        There is no split to start from.
    SolverFailure
        HiGHS gave no answer.
    """
    refuse_level(scenario.measured, scenario.place("quantity"))
    chosen = positions(scenario, regions, "--region") or tuple(range(len(scenario.regions)))
    targeting = target(scenario)
    reason = why_no_split(scenario, targeting, solver_rules(scenario.demands), leaves_room)
    if reason is not None:
        raise reason
    problem, demands = targeting.problem, targeting.demands
    rules = solver_rules(demands)
    rows = tuple(rules.values())
    rates = leximin(problem, rows, effort(scenario)).rates
    held = deciding(problem, demands, rates, effort(scenario))
    worth = POINT * scenario.baseline.emissions * scenario.baseline.growth

    def price(x: int) -> Price:
        changes = relief(problem, rows, rates, x, POINT, effort(scenario))
        slopes = None if rules else relief_slopes(problem, rates, x)
        return Price(
            **scenario.regions.named(x),
            rate=float(rates[x]),
            point_10kt=float(worth[x]),
            binding=binding(float(rates[x]), float(problem.lower[x]), float(problem.upper[x])),
            rules=tuple(demand.id for demand in held[x]),
            below_bound=bool(rates[x] - POINT < float(scenario.regions.lower[x]) - _NOTHING),
            possible=changes is not None,
            others=() if changes is None else _picked_up(scenario, x, changes, slopes, worth),
        )

    return Prices(scenario, tuple(map(price, chosen)), _over(scenario, problem, rates))


def _picked_up(scenario: Scenario, x: int, changes: Array, slopes: Array | None, worth: Array) -> tuple[PickedUp, ...]:
    """Return all that move when region `x` gets one point less, the largest rise first; arrays of shape (n,)."""
    moved = [n for n, change in enumerate(changes) if n != x and abs(change) > _NOTHING]
    points = {n: float(changes[n]) * 100 for n in sorted(moved, key=lambda n: -changes[n])}
    return tuple(
        PickedUp(
            **scenario.regions.named(n),
            points=change,
            emissions_10kt=change * float(worth[n]),
            slope=None if slopes is None else float(slopes[n]),
        )
        for n, change in points.items()
    )


def _over(scenario: Scenario, problem: SplitProblem, rates: Array) -> float:
    """Return by how much rates of shape (n,) are above the target, a fraction, where they exceed what is required."""
    beyond = float(problem.coefficients @ rates) - problem.total
    baseline = scenario.baseline
    return beyond + baseline.required - baseline.sigma - baseline.target if beyond > SUM_TOLERANCE else 0.0


def positions(scenario: Scenario, names: Iterable[str], option: str) -> tuple[int, ...]:
    """Return the positions of named regions.

    Raises InputError: every name that is no region of the scenario.
    """
    index = scenario.regions.index
    collector = Collector()
    found: list[int] = []
    for name in names:
        position = index.find(name.strip())
        if position is None:
            index.refuse(name, Place(key=option), collector)
        elif position not in found:
            found.append(position)
    collector.raise_errors()
    return tuple(found)
