"""From an energy table to emissions by city, fuel and sector, and the residual against the province.

    city's CO2 = fossil fuels + coking + industrial processes (if the scope has them) + electricity by the option

Everything is exact (`Fraction`), in tonnes; every line carries the factor it was made with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from scenarios.accounting.burning import Burning, line
from scenarios.accounting.electricity import OPTIONS, CityPower, Residual, closing_factor, electricity, residual
from scenarios.accounting.energy_table import EnergyTable
from scenarios.accounting.factors import Factor, UnknownFactor, grid, wide_grids
from scenarios.accounting.items import items
from scenarios.accounting.ledger import Account, AccountSettings, Line, Part, YearAccount
from scenarios.accounting.transfers import amounts, check_transfers, city_power, is_plant, total
from scenarios.errors import Collector, Place
from scenarios.schema_types import Basis, PowerOption
from scenarios.tables.regions import province_name
from scenarios.tables.rows import PROVINCE

CLOSING = "computed: (power plants of the cities + net imports of the province) / electricity used"
OWN = "computed: the city's power plants / its generation"
_PREFERRED: tuple[PowerOption, ...] = ("terminal", "provincial", "balance", "fossil")


def account(table: EnergyTable, settings: AccountSettings, collector: Collector) -> Account:
    """Account for every year of a table; what cannot be done is noted in `collector`.

    Errors: those of `Burning.lines`, an unknown grid, transfers that contradict each other, an option that the table
    does not allow.
    """
    lines: list[Line] = []
    years = {}
    elsewhere: dict[tuple[str, int], tuple[Place, list[str]]] = {}
    wide: dict[str, Place] = {}
    for year in table.years:
        done = _Year(table, settings, year, collector)
        years[year] = done.account()
        lines += done.lines
        for key, place in done.other_years.items():
            elsewhere.setdefault(key, (place, []))[1].append(str(year))
        wide = done.wide | wide
    for name, place in wide.items():
        collector.notice("grid_wide", place, found=name)
    for (name, found), (place, missing) in elsewhere.items():
        collector.notice("grid_year", place, name=name, found=found, needed="、".join(missing))
    return Account(table, settings, tuple(lines), years)


class _Year:
    """The account of one year."""

    def __init__(self, table: EnergyTable, settings: AccountSettings, year: int, collector: Collector) -> None:
        self.table, self.settings, self.year, self.collector = table, settings, year, collector
        self.entries = [entry for entry in table.entries if entry.year == year]
        self.lines = Burning(settings, collector).lines(self.entries)
        self.cities = range(len(table.names))
        self.other_years: dict[tuple[str, int], Place] = {}
        self.wide: dict[str, Place] = {}  # Regional grids and the nation, where each is named first

    def account(self) -> YearAccount:
        powers = [city_power(n, self.entries, self.lines) for n in self.cities]
        check_transfers(self.table, self.year, powers, self.collector)
        imports = self._net_imports()
        factor = self._factor(powers, imports)
        option = self._option(powers, factor)
        if option == "terminal":
            self.lines = [_uncounted(one) if is_plant(one) else one for one in self.lines]
        self.lines += [one for n in self.cities for one in self._electric(n, powers[n], option, factor)]
        totals = tuple(self._sum(n) for n in self.cities)
        province, residuals = None, tuple[Residual, ...]()
        if imports is not None:
            fossil, process = self._fossil(), self._province("process")
            province = fossil + process + imports
            residuals = self._residuals(powers, factor, fossil, imports)
        return YearAccount(self.year, option, factor, totals, province, residuals)

    def _fossil(self) -> Fraction:
        return self._province("combustion", "non_energy") + self._province("coking")

    def _sum(self, region: int, *parts: Part) -> Fraction:
        wanted = (one for one in self.lines if one.region == region and one.counted)
        return total(one.tonnes for one in wanted if not parts or one.part in parts)

    def _net_imports(self) -> Fraction | None:
        """Return tCO2 of the province's electricity from outside less what it gives off; None without a province."""
        if not self.table.has_province:
            return None
        if not self.settings.scope.electricity:
            return Fraction(0)
        for key, sign in (("imported", 1), ("exported", -1)):
            for entry in amounts(self.entries, PROVINCE, key):
                name = entry.grid if key == "imported" and entry.grid else self.settings.grid
                factor = self._grid(name, entry.place, "grid_of_province")
                if factor is not None:
                    moved = sign * entry.amount
                    self.lines.append(line(entry, "electricity", factor, moved * factor.value, amount=moved))
        return self._sum(PROVINCE, "electricity")

    def _grid(
        self, name: str, place: Place, unnamed: str = "grid_needed", basis: Basis = "average"
    ) -> Factor | None:
        """Return a grid's factor in tCO2/kWh, the user's before the bundled one."""
        if not name:
            if not self.collector.names(place):
                self.collector.error(unnamed, place)
            return None
        given = self.settings.own.grids.items()
        own = sorted((year, factor) for (own_name, year, on), factor in given if (own_name, on) == (name, basis))
        try:
            found = next((factor for year, factor in reversed(own) if year <= self.year), own[0][1] if own else None)
            found = found or grid(name, self.year, basis)
        except UnknownFactor as unknown:
            self.collector.error(unknown.code, place, found=name, known="、".join(unknown.known[:8]))
            return None
        if found.year != self.year:
            self.other_years.setdefault((name, found.year), place)
        if province_name(name) in wide_grids():
            self.wide.setdefault(name, place)
        return replace(found, value=found.value / 1000, unit="tCO2/kWh")

    def _factor(self, powers: list[CityPower], imports: Fraction | None) -> Factor | None:
        """Return the provincial factor: closing where the table allows it, else that of its grid."""
        if not self.settings.scope.electricity:
            return None
        closing = None if imports is None else closing_factor(powers, imports)
        if closing is not None:
            return Factor(closing, "tCO2/kWh", self.year, CLOSING)
        needed = self.settings.option != "fossil" and any(
            e.item.kind == "electricity" and e.region != PROVINCE for e in self.entries
        )
        return self._grid(self.settings.grid, self.table.place) if needed else None

    def _option(self, powers: list[CityPower], factor: Factor | None) -> PowerOption:
        """Return the option that counts; one that was asked for and cannot be computed is an error."""
        if not self.settings.scope.electricity:
            return "fossil"
        able = [option for option in OPTIONS if _able(powers, option, factor)]
        asked = self.settings.option
        if asked is not None:
            if asked not in able:
                self.collector.error(
                    "option_needs", self.table.place, found=asked, year=self.year, known=", ".join(able)
                )
            return asked if asked in able else "fossil"
        return next(option for option in _PREFERRED if option in able)

    def _electric(self, n: int, city: CityPower, option: PowerOption, factor: Factor | None) -> Iterator[Line]:
        """Yield what the option adds for a city, with the factor of each line."""
        if option == "fossil" or factor is None:
            return
        if option == "terminal":
            for entry in amounts(self.entries, n, "used"):
                yield line(entry, "electricity", factor, entry.amount * factor.value)
            return
        if option == "balance":
            amount = (city.used or Fraction(0)) - (city.generated or Fraction(0))
            yield self._moved(n, "imported" if amount >= 0 else "exported", amount, factor)
            return
        taken, given = city.transfers() or (Fraction(0), Fraction(0))
        if taken:
            yield self._moved(n, "imported", taken, factor)
        if given:
            own = city.own_factor if option == "own" else None
            yield self._moved(n, "exported", -given, factor if own is None else Factor(own, "tCO2/kWh", self.year, OWN))

    def _moved(self, n: int, key: str, amount: Fraction, factor: Factor) -> Line:
        item = next(item for item in items() if item.kind == "electricity" and item.key == key)
        return Line(n, self.year, "", item, "electricity", amount, factor, "CO2", amount * factor.value)

    def _province(self, *parts: Part) -> Fraction:
        """Return the province's own figure of some parts, the cities' sum where it has none."""
        own = [one.tonnes for one in self.lines if one.region == PROVINCE and one.part in parts]
        everyone = (one.tonnes for one in self.lines if one.region != PROVINCE and one.part in parts)
        return total(own) if own else total(everyone)

    def _residuals(
        self, powers: list[CityPower], factor: Factor | None, fossil: Fraction, imports: Fraction
    ) -> tuple[Residual, ...]:
        options: Iterable[PowerOption] = OPTIONS if self.settings.scope.electricity else ("fossil",)
        value = Fraction(0) if factor is None else factor.value
        asked = [option for option in options if option == "fossil" or factor is not None]
        found = [residual(powers, option, value, fossil, imports) for option in asked]
        processes_sum = total(self._sum(n, "process") for n in self.cities)
        off = processes_sum - self._province("process")
        return tuple(
            replace(one, total=one.total + processes_sum, residual=one.residual + off, fossil=one.fossil + off)
            for one in found
            if one is not None
        )


def _able(powers: list[CityPower], option: PowerOption, factor: Factor | None) -> bool:
    if option == "fossil":
        return True
    return factor is not None and all(electricity(city, option, factor.value) is not None for city in powers)


def _uncounted(one: Line) -> Line:
    return one if one.region == PROVINCE else replace(one, counted=False)
