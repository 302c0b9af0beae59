"""The CO2 of electricity between a city and its province: method one and the four options of method two.

With a city's fossil CO2 F, of which P in power plants, its generation g, use u, imports m and exports x
(deck 2019, for regions without an energy balance of their own), and a provincial factor p:

    fossil       F                          method one: fossil fuels only
    own          F + m p - x P/g            method two, option 1: exports at the city's own factor
    provincial   F + m p - x p              option 2
    balance      F + (u - g) p              option 3
    terminal     F - P + u p                option 4: terminal fossil fuels and terminal electricity
    attributed   F - P + v f                beside option 4: v is u less the non-fossil electricity of the city

With the province's net imports N (tCO2) the closing factor p = (Σ P + N)/Σ u makes option 4 add up to
the province, Σ F + N, exactly; so does f = (Σ P + N)/Σ v for the last. The others leave a residual. Amounts in any
units that agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from scenarios.schema_types import PowerOption

OPTIONS: tuple[PowerOption, ...] = get_args(PowerOption)


@dataclass(frozen=True)
class CityPower:
    """What one city needs for the options; None where it is not known."""

    fossil: Fraction  # CO2 of all fossil fuels, tCO2
    plant: Fraction | None = None  # Of which in power plants, tCO2
    # generated, used, imported, exported: Electricity, kWh
    generated: Fraction | None = None
    used: Fraction | None = None
    imported: Fraction | None = None
    exported: Fraction | None = None
    fossil_use: Fraction | None = None  # Electricity used less the non-fossil electricity attributed to it, kWh

    @property
    def own_factor(self) -> Fraction | None:
        """Power-plant CO2 over generation, tCO2/kWh; None without generation."""
        return self.plant / self.generated if self.generated and self.plant is not None else None

    def transfers(self) -> tuple[Fraction, Fraction] | None:
        """Return (imports, exports): as given, else the balance of use and generation."""
        if self.imported is not None or self.exported is not None:
            return self.imported or Fraction(0), self.exported or Fraction(0)
        if self.used is None or self.generated is None:
            return None
        net = self.used - self.generated
        return max(net, Fraction(0)), max(-net, Fraction(0))


@dataclass(frozen=True)
class CityNonFossil:
    """Non-fossil electricity as a city states it, kWh."""

    physical: Fraction  # Consumed without passing the public grid
    # trade, certificates: Bought on the market, and covered by green certificates
    trade: Fraction
    certificates: Fraction
    draw: Fraction  # All electricity drawn from the grid

    @property
    def bought(self) -> Fraction:
        """Traded and certified."""
        return self.trade + self.certificates


@dataclass(frozen=True)
class NonFossil:
    """Non-fossil electricity of a province's cities in a year; see `scenarios.accounting.power_table`."""

    cities: tuple[CityNonFossil, ...]
    province: Fraction  # What the province consumed, kWh
    k: Fraction  # Share of non-fossil electricity in what the cities draw beyond what they bought
    supplied: Fraction  # What was supplied to the grid beyond what the cities bought, kWh

    def of(self, city: int) -> Fraction:
        """Return what is attributed to a city, kWh."""
        one = self.cities[city]
        return one.physical + one.bought + (one.draw - one.bought) * self.k

    @property
    def sum(self) -> Fraction:
        """What is attributed to the cities together, kWh."""
        return _sum(self.of(n) for n in range(len(self.cities)))

    @property
    def losses(self) -> Fraction:
        """Supply to the grid less what is drawn from it, kWh."""
        return self.supplied - _sum(one.draw - one.bought for one in self.cities)

    @property
    def residual(self) -> Fraction:
        """The province's less the cities': k × losses, kWh."""
        return self.province - self.sum


@dataclass(frozen=True)
class Residual:
    """What the cities' sum under one option differs by from the province, tCO2."""

    option: PowerOption  # Which option
    total: Fraction  # Sum of the cities
    residual: Fraction  # That sum less the province
    fossil: Fraction  # The part that comes from fuels (and processes): sum of the cities less the province's own figure
    transfers: Fraction  # Electricity between cities that is taken up at another factor than it was given off at
    imports: Fraction  # Electricity from outside: what the cities count for it less what the province counts

    @property
    def counted_twice(self) -> Fraction:
        """The parts above zero: emissions that stand in more than one place."""
        return sum((part for part in (self.transfers, self.imports) if part > 0), Fraction(0))

    @property
    def left_out(self) -> Fraction:
        """The parts below zero, as a positive number: emissions that stand nowhere."""
        return sum((-part for part in (self.transfers, self.imports) if part < 0), Fraction(0))


def closing_factor(
    cities: Sequence[CityPower], net_imports: Fraction, use: Literal["used", "fossil_use"] = "used"
) -> Fraction | None:
    """Return (Σ P + N)/Σ use: p, or f where `use` is fossil; None where a city's plants or use are not known."""
    plants, used = [city.plant for city in cities], [getattr(city, use) for city in cities]
    if any(value is None for value in (*plants, *used)) or not sum(filter(None, used)):
        return None
    return (_sum(plants) + net_imports) / _sum(used)


def electricity(city: CityPower, option: PowerOption, factor: Fraction) -> Fraction | None:
    """Return what an option adds to a city's fossil CO2, tCO2; None where it needs what is not known."""
    if option == "fossil":
        return Fraction(0)
    if option == "terminal":
        return None if city.plant is None or city.used is None else city.used * factor - city.plant
    if option == "attributed":
        return None if city.plant is None or city.fossil_use is None else city.fossil_use * factor - city.plant
    if option == "balance":
        return None if city.used is None or city.generated is None else (city.used - city.generated) * factor
    moved = city.transfers()
    if moved is None:
        return None
    given = factor if option == "provincial" or not moved[1] else city.own_factor
    return None if given is None else moved[0] * factor - moved[1] * given


def residual(
    cities: Sequence[CityPower], option: PowerOption, factor: Fraction, province_fossil: Fraction, net_imports: Fraction
) -> Residual | None:
    """Return how far an option's sum is from the province (Σ F and N of its own), by parts; None if not computable."""
    added = [electricity(city, option, factor) for city in cities]
    if any(value is None for value in added):
        return None
    fossil, power = _sum(city.fossil for city in cities), _sum(added)
    transfers = Fraction(0)
    if option == "own":
        transfers = _sum(
            city.transfers()[1] * (factor - (city.own_factor or Fraction(0)))  # type: ignore[index]
            for city in cities
        )
    total = fossil + power
    return Residual(
        option=option,
        total=total,
        residual=total - province_fossil - net_imports,
        fossil=fossil - province_fossil,
        transfers=transfers,
        imports=power - transfers - net_imports,
    )


def _sum(values: Iterable[Fraction | None]) -> Fraction:
    return sum((value for value in values if value is not None), Fraction(0))
