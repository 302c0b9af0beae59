"""Scenarios of one province, one a quantity, that are held against each other: what keeps them from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from reports.printing.numbers import tonnes
from scenarios.errors import Finding, Place
from scenarios.load import Scenario
from scenarios.quantities import STANDARD_COAL, QuantityName
from scenarios.wording import some

NEEDED: tuple[QuantityName, ...] = ("carbon", "energy", "nonfossil")
"""Quantities without whose scenarios there is nothing to fit."""
CAPPED: tuple[QuantityName, ...] = ("coal", "oil")


@dataclass(frozen=True)
class Labelled:
    """A scenario, as the user named it."""

    label: str
    scenario: Scenario

    @property
    def base(self) -> Fraction:
        """The base year's amount of all cities."""
        return amount_of(self.scenario.regions.emissions)

    @property
    def end(self) -> Fraction:
        """What both targets allow in the last year, the reserve in it."""
        regions, cap = self.scenario.regions, self.scenario.baseline.total
        if cap is None:
            return self._allowed
        if regions.quantity.is_level:
            return cap.cap
        ends = sum((Fraction(y) * Fraction(g) for y, g in zip(regions.gdp, regions.growth, strict=True)), Fraction(0))
        more = cap.reserve if cap.apart else self._allowed * cap.reserve_gdp / ends
        return min(self._allowed + more, cap.cap)

    @property
    def _allowed(self) -> Fraction:
        """What the intensity alone allows: more by a reserve that does not count, or by the GDP that comes with it."""
        return unchanged(self.scenario) * (1 - Fraction(self.scenario.file.target))


def unchanged(scenario: Scenario) -> Fraction:
    """Return the last year's amount of all cities at the base year's intensity of the province, E_P0 G."""
    regions = scenario.regions
    ends = (Fraction(y) * Fraction(g) for y, g in zip(regions.gdp, regions.growth, strict=True))
    return amount_of(regions.emissions) * sum(ends, Fraction(0)) / amount_of(regions.gdp)


def alone(given: Mapping[QuantityName, Labelled]) -> Iterable[Finding]:
    """Yield what of each scenario keeps it from being held against others."""
    if "carbon" in given and given["carbon"].scenario.file.fit is None:
        yield Finding("fit_factors", Place(file=given["carbon"].label, key="fit"))
    for one in (given[name] for name in CAPPED if name in given):
        if one.scenario.measured.declared != STANDARD_COAL:
            yield Finding("fit_unit", Place(file=one.label, key="unit"), {"found": one.scenario.measured.declared})
    for one in given.values():
        if one.scenario.whole is not None or (one.scenario.sums is not None and one.scenario.sums.residual):
            yield Finding("fit_parts", Place(file=one.label))


def differences(given: Sequence[Labelled]) -> Iterable[Finding]:
    """Yield what is not the same in all scenarios: period, cities, GDP and its growth."""
    if not given:
        return
    first = given[0]
    for one in given[1:]:
        periods = [f"{each.scenario.file.period.base}–{each.scenario.file.period.end}" for each in (one, first)]
        if periods[0] != periods[1]:
            values = {"found": periods[0], "needed": periods[1], "first": first.label}
            yield Finding("fit_period", Place(file=one.label, key="period"), values)
        own, theirs = ({*each.scenario.regions.names} for each in (one, first))
        if own < theirs and one.scenario.measured.name in CAPPED:
            lacks = {"regions": some(sorted(theirs - own)), "quantity": one.scenario.measured.name}
            yield Finding("fit_without", Place(file=one.label, key="regions"), lacks, "notice")
        elif own != theirs:
            odd = some(sorted(own ^ theirs))
            yield Finding("fit_cities", Place(file=one.label, key="regions"), {"found": odd, "first": first.label})
    intensities = [one for one in given if one.scenario.measured.name in ("carbon", "energy")]
    yield from _unlike(intensities, "gdp")
    yield from _unlike([one for one in given if one.scenario.measured.name in NEEDED], "growth")


def _unlike(given: Sequence[Labelled], column: str) -> Iterable[Finding]:
    """Yield the cities whose figure of a column is another than in the first scenario."""
    known = _by_name(given[0], column) if given else {}
    for one in given[1:]:
        odd = [name for name, value in _by_name(one, column).items() if known.get(name, value) != value]
        if odd:
            values = {"column": column, "found": some(odd), "first": given[0].label}
            yield Finding("fit_figures", Place(file=one.label, key="regions"), values)


def _by_name(one: Labelled, column: str) -> dict[str, object]:
    regions = one.scenario.regions
    return dict(zip(regions.names, getattr(regions, column), strict=True))


def amounts(given: Mapping[QuantityName, Labelled]) -> Iterable[Finding]:
    """Yield what of fuels and energy cannot be held against each other."""
    energy, share = given["energy"], given["nonfossil"].scenario.share
    assert share is not None
    theirs = dict(zip(given["nonfossil"].scenario.regions.names, share.energy, strict=True))
    own = zip(energy.scenario.regions.names, map(Fraction, energy.scenario.regions.emissions), strict=True)
    odd = [name for name, amount in own if theirs.get(name) != amount]
    if odd:
        values = {"column": "energy", "found": some(odd), "first": energy.label}
        yield Finding("fit_figures", Place(file=given["nonfossil"].label, key="regions"), values)
    levels = [given[name] for name in CAPPED if name in given]
    if len(levels) == 2 and (fuels := sum((one.base for one in levels), Fraction(0))) > (
        fossil := amount_of(share.fossil)
    ):
        values = {"sum": tonnes(float(fuels)), "fossil": tonnes(float(fossil))}
        yield Finding("fit_fossil", Place(file=given["nonfossil"].label, key="regions"), values)


def amount_of(values: Iterable[Decimal | Fraction]) -> Fraction:
    """Return the sum of amounts."""
    return sum((Fraction(value) for value in values), Fraction(0))
