"""The province's own table, year by year: GDP, fuels and their CO2, electricity in and out, intensity.

    CO2        = coal + oil + gas + electricity taken in - electricity given off   (+ coking, processes)
    intensity  = CO2 / GDP at constant prices
    reduction  = 1 - intensity / intensity of the year before, or of the first year

(2019 deck, table for the assessment of a province.) Everything is exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from scenarios.accounting.factors import Factor, fuels, standards, tce_of_fuel
from scenarios.accounting.gdp import ConstantGdp
from scenarios.accounting.ledger import Account, Line, Part
from scenarios.tables.rows import PROVINCE

_BURNED: tuple[Part, ...] = ("combustion", "non_energy")


@dataclass(frozen=True)
class FuelUse:
    """Coal, oil or gas of a year: tce, tCO2, and the lines they come from."""

    tce: Fraction
    tonnes: Fraction
    lines: tuple[Line, ...]

    @property
    def factors(self) -> tuple[Factor, ...]:
        """The factors, each once."""
        return tuple(dict.fromkeys(line.factor for line in self.lines))


@dataclass(frozen=True)
class ProvinceYear:
    """One year of the province's table."""

    year: int  # Which
    # gdp, index: 亿元 at the prices of the base, and the index with the base = 100; None without GDP
    gdp: Fraction | None
    index: Fraction | None
    fuels: Mapping[str, FuelUse]  # ``coal``, ``oil``, ``gas``
    taken: Mapping[str, Fraction]  # Sending grid -> kWh taken in; ``""`` where the table names none
    given: Fraction  # kWh given off
    # taken_tonnes, given_tonnes: tCO2 of these; None where the scope leaves electricity out
    taken_tonnes: Fraction | None
    given_tonnes: Fraction | None
    # coking, process: tCO2e of the carbon balance of coking, and of industrial processes
    coking: Fraction
    process: Fraction
    # annual, cumulative: By how much intensity fell against the year before and against the first year, fractions;
    # None where there is nothing to compare with
    annual: Fraction | None = None
    cumulative: Fraction | None = None

    @property
    def total(self) -> Fraction:
        """tCO2e of the province."""
        moved = (self.taken_tonnes or Fraction(0)) - (self.given_tonnes or Fraction(0))
        return sum((use.tonnes for use in self.fuels.values()), Fraction(0)) + self.coking + self.process + moved

    @property
    def intensity(self) -> Fraction | None:
        """tCO2 a 万元."""
        return None if self.gdp is None else self.total / (self.gdp * 10_000)


def province_table(account: Account, gdp: ConstantGdp | None = None) -> tuple[ProvinceYear, ...]:
    """Return the province's table, a row a year of the account.

    `account`: of a table with rows of the province; where these lack fuels (or coking, or processes) the cities' sum
    stands.
    `gdp`: of the same years; None leaves GDP and intensity out.
    Returns nothing where the energy table has no row of the province.
    """
    if not account.table.has_province:
        return ()
    found: list[ProvinceYear] = []
    for year in account.table.years:
        this = _year(account, year, gdp)
        found.append(_reduced(this, found[-1] if found else None, found[0] if found else None))
    return tuple(found)


def _year(account: Account, year: int, gdp: ConstantGdp | None) -> ProvinceYear:
    burned = own_lines(account, year, *_BURNED)
    taken: dict[str, Fraction] = {}
    for entry in account.table.of(PROVINCE, year):
        if entry.item.key == "imported":
            name = entry.grid or account.settings.grid
            taken[name] = taken.get(name, Fraction(0)) + entry.amount
    given = sum((e.amount for e in account.table.of(PROVINCE, year) if e.item.key == "exported"), Fraction(0))
    power = [line for line in account.lines if (line.region, line.year, line.part) == (PROVINCE, year, "electricity")]
    counts = account.settings.scope.electricity
    return ProvinceYear(
        year=year,
        gdp=None if gdp is None else gdp.province(year),
        index=None if gdp is None else gdp.index(year),
        fuels={kind: _use(line for line in burned if line.item.group == kind) for kind in standards()},
        taken=taken,
        given=given,
        taken_tonnes=_tonnes(line for line in power if line.item.key == "imported") if counts else None,
        given_tonnes=-_tonnes(line for line in power if line.item.key == "exported") if counts else None,
        coking=_tonnes(own_lines(account, year, "coking")),
        process=_tonnes(own_lines(account, year, "process")),
    )


def own_lines(account: Account, year: int, *parts: Part) -> list[Line]:
    """Return the province's own lines of some parts of a year, the cities' where it has none."""
    lines = [line for line in account.lines if line.year == year and line.part in parts]
    return [line for line in lines if line.region == PROVINCE] or lines


def _use(lines: Iterable[Line]) -> FuelUse:
    kept = tuple(lines)
    tce = sum(
        (
            line.amount if line.item.kind == "standard" else tce_of_fuel(fuels()[line.item.key], line.amount)
            for line in kept
        ),
        Fraction(0),
    )
    return FuelUse(tce, _tonnes(kept), kept)


def _tonnes(lines: Iterable[Line]) -> Fraction:
    return sum((line.tonnes for line in lines), Fraction(0))


def _reduced(this: ProvinceYear, before: ProvinceYear | None, first: ProvinceYear | None) -> ProvinceYear:
    """Return a year with its reductions against the year before (if it is in the table) and the first."""
    near = before if before is not None and before.year == this.year - 1 else None
    return replace(this, annual=_fall(this, near), cumulative=_fall(this, first))


def _fall(this: ProvinceYear, other: ProvinceYear | None) -> Fraction | None:
    if other is None or not other.intensity or this.intensity is None:
        return None
    return 1 - this.intensity / other.intensity
