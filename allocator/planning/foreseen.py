"""What `plan` would refuse of caps of the cities, draws on the reserve and yearly budgets, found by `check` as well."""

from __future__ import annotations

from fractions import Fraction

from allocator.planning.no_split.why import NoSplit
from scenarios.errors import asking_of
from scenarios.load import Scenario
from scenarios.quantities import in_own_words
from scenarios.total.caps import AskedCaps


@in_own_words
@asking_of
def foresee(scenario: Scenario, splits: bool = True) -> NoSplit | None:
    """Refuse what `plan` would refuse beside the rates; return why there is no table of rates, None where there is.

    Caps that follow the rates are known with the rates alone, so that a plan is made where anything of them is open.
    `splits`: whether there is a split; without one nothing is asked of caps that follow it.
    Raises InputError: everything that is wrong, each with its place.
    """
    asked = scenario.caps
    if asked is None:
        return None
    if asked.policy in ("base", "given"):
        from allocator.planning.total.budgets import capped

        capped(scenario, ())
        return None
    return _planned(scenario) if splits and _open(scenario, asked) else None


def _open(scenario: Scenario, asked: AskedCaps) -> bool:
    """Return whether caps that follow the rates may be refused: draws, a table of years, a step near some cap."""
    regions = scenario.regions
    columns = zip(regions.emissions, regions.growth, regions.upper, strict=True)
    least = min(Fraction(e) * Fraction(g) * (1 - Fraction(upper)) for e, g, upper in columns)
    return bool(asked.draws) or asked.by_year is not None or least < asked.step


def _planned(scenario: Scenario) -> NoSplit | None:
    from allocator.planning.plan import plan

    try:
        plan(scenario)
    except NoSplit as none:
        return none
    return None
