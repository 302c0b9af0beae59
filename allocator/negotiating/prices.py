"""Prices: what one point of relief for a region costs each of the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from allocator.planning.no_split import why_no_split
from allocator.planning.reference import target
from allocator.planning.rules import deciding, effort, solver_rules
from reports.planning.reasons import binding
from reports.printing.numbers import signed, signed_amount
from reports.words import LABELS
from scenarios.errors import Collector, Place
from scenarios.load import Scenario
from scenarios.tables.cells import per_cent
from scenarios.wording import Language, listed
from solvers.diagnosing.prices import relief, relief_slopes
from solvers.leximin import leximin
from solvers.problem import SUM_TOLERANCE

Array = NDArray[np.float64]

POINT = 0.01
_NOTHING = 5e-8
_SHOWN = 6


@dataclass(frozen=True, eq=False)
class Price:
    """What one point of relief for one region costs."""

    position: int  # The region's place in the scenario
    rate: float  # Its computed rate, fraction
    point_10kt: float  # What one point of its rate stands for in the end year, 万吨: 0.01 E g
    # How all rates move when it gets one point less, found by solving again, fractions, shape (n,); None when nobody
    # can pick it up within bounds and rules
    changes: Array | None
    # The same by the structure of the optimum, fractions per fraction, shape (n,): holds until somebody meets a bound;
    # None with rules, where only solving again tells
    slopes: Array | None
    binding: str  # ``upper`` or ``lower`` when a bound holds the region, else ``""``
    rules: tuple[str, ...]  # Ids of those that hold it
    below_bound: bool  # Whether one point less lies below its own lower bound, which then gives way

    def picked_up(self) -> list[tuple[int, float]]:
        """Return position and change of all others that move, the largest rise first."""
        if self.changes is None:
            return []
        moved = [(n, float(c)) for n, c in enumerate(self.changes) if n != self.position and abs(c) > _NOTHING]
        return sorted(moved, key=lambda pair: -pair[1])


@dataclass(frozen=True, eq=False)
class Prices:
    """The prices of some or all regions of a scenario.

    `points_10kt`: 0.01 E g of all, shape (n,). `over`: by how much the computed split is above the target, a fraction,
    where bounds and rules leave no smaller one; else 0.
    """

    scenario: Scenario
    points_10kt: Array
    prices: tuple[Price, ...]
    over: float = 0.0

    def statements(self, language: Language) -> list[str]:
        """Return one line a region; for a single region, one line for each that picks up."""
        lines = [LABELS.say("prices_title", language, title=self.scenario.file.title.say(language))]
        if self.over:
            cut, over = self.scenario.target + Decimal(self.over), per_cent(self.over)
            lines.append(LABELS.say("prices_over", language, cut=per_cent(cut), over=over))
        for price in self.prices:
            lines += self._lines(price, language, every=len(self.prices) == 1)
        rules = bool(self.scenario.demands)
        return [*lines, LABELS.say("prices_by_solving" if rules else "prices_by_structure", language)]

    def as_json(self) -> dict[str, Any]:
        """Return the prices as JSON-ready values; changes are in points, emissions in 万吨."""
        return {
            "schema_version": 1,
            "scenario": self.scenario.file.name,
            **({"over_points": self.over * 100} if self.over else {}),
            "prices": [self._json(price) for price in self.prices],
        }

    def _lines(self, price: Price, language: Language, every: bool) -> list[str]:
        names = self.scenario.regions.labels(language)
        head = LABELS.say(
            "price_head", language, name=names[price.position], rate=per_cent(price.rate),
            tonnes=f"{price.point_10kt:,.2f}", held=self._held(price, language),
        )  # fmt: skip
        if price.changes is None:
            return [f"{head} {LABELS.say('price_impossible', language)}"]
        if price.below_bound:
            head += f" {LABELS.say('price_below', language)}"
        moved = price.picked_up()
        if every:
            tail = [
                "  " + LABELS.say("price_each", language, name=names[n], points=signed(change),
                                  tonnes=signed_amount(change * 100 * float(self.points_10kt[n])))
                for n, change in moved
            ]  # fmt: skip
            total = sum(change * 100 * float(self.points_10kt[n]) for n, change in moved)
            return [head, *tail, LABELS.say("price_sum", language, tonnes=f"{total:,.2f}")]
        shown = listed((f"{names[n]} {signed(change)}" for n, change in moved[:_SHOWN]), language)
        more = LABELS.say("price_more", language, count=len(moved) - _SHOWN) if len(moved) > _SHOWN else ""
        return [f"{head} {shown} {more}".rstrip()]

    def _held(self, price: Price, language: Language) -> str:
        bound = [LABELS.say(f"at_{price.binding}", language)] if price.binding else []
        by = listed([*bound, *price.rules], language)
        return LABELS.say("price_held", language, by=by) if by else ""

    def _json(self, price: Price) -> dict[str, Any]:
        regions = self.scenario.regions
        return {
            "id": regions.ids[price.position],
            "name": regions.names[price.position],
            "rate": price.rate,
            "point_10kt": price.point_10kt,
            "binding": price.binding,
            "rules": list(price.rules),
            "below_bound": price.below_bound,
            "possible": price.changes is not None,
            "others": [
                {
                    "id": regions.ids[n],
                    "name": regions.names[n],
                    "points": change * 100,
                    "emissions_10kt": change * 100 * float(self.points_10kt[n]),
                    "slope": None if price.slopes is None else float(price.slopes[n]),
                }
                for n, change in price.picked_up()
            ],
        }


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
    chosen = positions(scenario, regions, "--region") or tuple(range(len(scenario.regions)))
    targeting = target(scenario)
    reason = why_no_split(scenario, targeting, solver_rules(scenario.demands))
    if reason is not None:
        raise reason
    problem, demands = targeting.problem, targeting.demands
    rules = solver_rules(demands)
    rows = tuple(rules.values())
    rates = leximin(problem, rows, effort(scenario)).rates
    held = deciding(problem, demands, rates, effort(scenario))
    worth = POINT * scenario.baseline.emissions * scenario.baseline.growth
    found = tuple(
        Price(
            position=x,
            rate=float(rates[x]),
            point_10kt=float(worth[x]),
            changes=relief(problem, rows, rates, x, POINT, effort(scenario)),
            slopes=None if rules else relief_slopes(problem, rates, x),
            binding=binding(float(rates[x]), float(problem.lower[x]), float(problem.upper[x])),
            rules=tuple(demand.id for demand in held[x]),
            below_bound=bool(rates[x] - POINT < float(scenario.regions.lower[x]) - _NOTHING),
        )
        for x in chosen
    )
    beyond = float(problem.coefficients @ rates) - problem.total
    over = beyond + scenario.baseline.required - scenario.baseline.sigma - scenario.baseline.target
    return Prices(scenario, worth, found, over if beyond > SUM_TOLERANCE else 0.0)


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
