"""What the report needs to split again in the browser, without a solver: see `reports/templates/whatif.js`.

Rules that amount to bounds are handed over; with any other the closed form does not hold, and the page
says which.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from allocator.planning.reference import Targeting
from allocator.planning.rules import order_folds
from reports.planning.record import LimitRecord, WhatIfRecord
from scenarios.errors import Collector
from scenarios.file.rules import INCENTIVE
from scenarios.load import Scenario
from scenarios.rules.demands import demands
from scenarios.rules.kinds import Demand
from scenarios.rules.potentials import highest_rates

MOST_REGIONS = 300
"""With more regions the page has no what-if panel: tables and pairs would outgrow it."""


def whatif_record(scenario: Scenario, targeting: Targeting) -> WhatIfRecord | None:
    """Return the data of the what-if panel; None with more than `MOST_REGIONS` regions."""
    regions, file = scenario.regions, scenario.file
    if len(regions) > MOST_REGIONS:
        return None
    following = {rule.id for rule in file.rules if rule.follows_target}
    return WhatIfRecord(
        coefficients=tuple(scenario.baseline.coefficients.tolist()),
        within=tuple(targeting.weights.within.tolist()),
        lower=float(file.bounds.lower),
        upper=float(file.bounds.upper),
        own_lower=_own(regions.lower, regions.own_lower),
        own_upper=_own(regions.upper, regions.own_upper),
        most=_most(scenario),
        floors=tuple(limit for demand in scenario.demands for limit in _limits(demand, demand.limits()[0], following)),
        ceilings=tuple(
            limit for demand in scenario.demands for limit in _limits(demand, demand.limits()[1], following)
        ),
        pairs=_pairs(scenario),
        hindered_by=_hindered_by(scenario),
    )


def _hindered_by(scenario: Scenario) -> tuple[str, ...]:
    """Return what does not amount to bounds: rules, protection, a second target, an order that bounds cannot say."""
    folds = order_folds(scenario)
    ids = [demand.id for demand in scenario.demands if not demand.amounts_to_bounds(folds)]
    return tuple(dict.fromkeys([*ids, INCENTIVE] if scenario.incentive is not None else ids))


def _own(values: tuple[Decimal, ...], own: tuple[bool, ...]) -> tuple[float | None, ...]:
    """Return the bounds that stand in the regions' own cells, None for the others."""
    return tuple(float(value) if n < len(own) and own[n] else None for n, value in enumerate(values))


def _most(scenario: Scenario) -> tuple[float | None, ...]:
    """Return the rates that the decline factors allow, None where none are given."""
    known = highest_rates(scenario.file, scenario.regions)
    return (None,) * len(scenario.regions) if known is None else tuple(map(float, known))


def _limits(demand: Demand, rates: Mapping[int, Fraction], following: set[str]) -> Iterator[LimitRecord]:
    """Yield the limits of one rule; a region that is held keeps its computed rate."""
    kept = demand.kept()
    for position, rate in rates.items():
        exact = kept.get(position, float(rate))
        yield LimitRecord(position=position, rate=exact, follows=demand.id in following)


def _pairs(scenario: Scenario) -> tuple[tuple[int, int], ...]:
    """Return the pairs of the rules of order, those too that the plan's bounds forbid."""
    orders = tuple(rule for rule in scenario.file.rules if rule.type == "order")
    n = len(scenario.regions)
    free = replace(scenario.regions, lower=(Decimal(0),) * n, upper=(Decimal(1),) * n)
    asked = scenario.file.model_copy(update={"rules": orders})
    return tuple(pair for demand in demands(asked, scenario.target, free, Collector()) for pair in demand.order())
