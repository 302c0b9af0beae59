"""What can hardly be meant of targets that are held against each other: factors, and fuels city by city.

With base-year energy N, non-fossil energy Z, coal K and oil O of a city, K + O <= N - Z but for power given off; and of
the province f_coal K + f_oil O + f_gas (N - Z - K - O) are about its emissions. Asked, and answered under `accept` of
the scenario of carbon.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from scenarios.errors import Finding, Place
from scenarios.file.total import FuelFactors
from scenarios.load import Scenario
from scenarios.quantities import QuantityName
from scenarios.sense.asking import question
from scenarios.tables.columns import amount_named

_OFF = Fraction(15, 100)
"""By so much emissions may differ from the base year by the factors."""
_OF_CARBON = Fraction(44, 12)
"""Tonnes of CO2 in a tonne of carbon."""
_OTHER = Fraction(5, 100)
"""Of emissions: by so much what is not of fuels may differ from what the factors leave of the base year."""
_PRINTED = Fraction(1, 1000)
"""Of a city's energy: so much more fuel than fossil energy comes of rounding."""
_FUELS: tuple[QuantityName, ...] = ("coal", "oil")


def doubts_of_factors(
    given: Mapping[QuantityName, Scenario], factors: FuelFactors, place: Place
) -> Iterator[Finding]:  # fmt: skip
    """Yield the question about factors by which the base year comes to something else than its emissions.

    Fuels that no scenario tells may be any; `other`, which is of the last year, may have been emitted or not.
    """
    emissions, more = _sum(given["carbon"]), Fraction(factors.other)
    low, high = of_fuels(given, factors)
    low, high = low + min(more, Fraction(0)), high + max(more, Fraction(0))
    near = min(max(emissions, low), high)
    if abs(near - emissions) <= _OFF * emissions:
        return
    carbon = abs(near * _OF_CARBON - emissions) <= _OFF * emissions
    values = {"base": _shown(near), "emissions": _shown(emissions), "percent": f"{float(near / emissions) * 100:.1f}"}
    yield question("fit_far_carbon" if carbon else "fit_far", "fit-factors", place, **values)


def doubts_of_other(
    given: Mapping[QuantityName, Scenario], factors: FuelFactors, place: Place
) -> Iterator[Finding]:  # fmt: skip
    """Yield the question about `other` that is far from what the factors leave of the base year's emissions.

    None of it is too little where they leave much; not asked where the factors themselves are doubted.
    """
    emissions, other = _sum(given["carbon"]), Fraction(factors.other)
    low, high = (emissions - end for end in reversed(of_fuels(given, factors)))
    slack = _OTHER * emissions
    if any(doubts_of_factors(given, factors, place)):
        low = min(low, Fraction(0))
    if low - slack <= other <= max(high, Fraction(0)) + slack:
        return
    yield question("fit_other", "fit-other", place, found=_shown(other), low=_shown(low), high=_shown(high))


def of_fuels(given: Mapping[QuantityName, Scenario], factors: FuelFactors) -> tuple[Fraction, Fraction]:
    """Return the least and the most that fossil energy of the base year emits, fuels that nobody tells being any."""
    share = given["nonfossil"].share
    assert share is not None
    known = {name: _sum(given[name]) for name in _FUELS if name in given}
    rest = sum(share.fossil, Fraction(0)) - sum(known.values(), Fraction(0))
    others = [Fraction(getattr(factors, name)) for name in ("coal", "oil", "gas") if name not in known]
    of_known = sum((Fraction(getattr(factors, name)) * n for name, n in known.items()), Fraction(0))
    return of_known + rest * min(others), of_known + rest * max(others)


def doubts_of_cities(given: Mapping[QuantityName, Scenario]) -> Iterator[Finding]:
    """Yield the question about each city that uses more coal and oil than fossil energy, at its largest amount."""
    share, regions = given["nonfossil"].share, given["nonfossil"].regions
    levels = [given[name] for name in _FUELS if name in given]
    assert share is not None
    for city, name in enumerate(regions.names):
        at = [(one, one.regions.names.index(name)) for one in levels if name in one.regions.names]
        amounts = [Fraction(one.regions.emissions[k]) for one, k in at]
        fossil, used = share.fossil[city], sum(amounts, Fraction(0))
        if used <= fossil + share.energy[city] * _PRINTED:
            continue
        one, k = at[amounts.index(max(amounts))]
        place = one.regions.places[k] if one.regions.places else Place(key="regions")
        values = {"name": name, "used": _shown(used), "fossil": _shown(fossil), "gas": _shown(used - fossil)}
        yield question("fit_city", f"fit-city:{name}", place, **values)


def _sum(scenario: Scenario) -> Fraction:
    return sum(map(Fraction, scenario.regions.emissions), Fraction(0))


def _shown(value: Fraction) -> str:
    return f"{float(value):,.1f}"


def said_beside(scenario: Scenario, together: Iterable[Scenario]) -> tuple[Finding, ...]:
    """Return what must be said of one of several scenarios: of an unused column only where none of them uses it."""
    others = [one for one in together if one is not scenario]
    used = {column for one in others for column in one.measured.columns}
    unused = [said for said in scenario.notices if said.code == "column_unused"]
    beside = [said for said in unused if amount_named(said.place.column) in used or _used(said, scenario, others)]
    return tuple(said for said in scenario.notices if said not in beside)


def _used(unused: Finding, scenario: Scenario, others: Iterable[Scenario]) -> bool:
    """Return whether another scenario that reads the same table does not call a column unused."""
    table = {file for file in scenario.inputs if file.name == unused.place.file}
    return any(unused not in one.notices for one in others if table & {*one.inputs})
