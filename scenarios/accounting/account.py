"""From an energy table to emissions by city, fuel and sector, and the residual against the province.

    city's CO2 = fossil fuels + coking + industrial processes (if the scope has them) + electricity by the option

Everything is exact (`Fraction`), in tonnes; every line carries the factor it was made with.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from scenarios.accounting.burning import Burning, line
from scenarios.accounting.electricity import (
    OPTIONS,
    CityPower,
    NonFossil,
    Residual,
    closing_factor,
    electricity,
    residual,
)
from scenarios.accounting.entries import EnergyTable
from scenarios.accounting.factors import Factor, UnknownFactor, contradiction, grid, wide_grids
from scenarios.accounting.items import Item, items
from scenarios.accounting.ledger import Account, AccountSettings, Line, Part, YearAccount
from scenarios.accounting.power_table import (
    TRADE,
    amounts,
    check_traded,
    check_transfers,
    city_power,
    in_kwh8,
    is_plant,
    non_fossil,
    total,
)
from scenarios.errors import Collector, Place
from scenarios.schema_types import Basis, PowerOption
from scenarios.tables.regions import province_name
from scenarios.tables.rows import PROVINCE

CLOSING = "computed: (power plants of the cities + net imports of the province) / electricity used"
OWN = "computed: the city's power plants / its generation"
ATTRIBUTED = "computed: (power plants of the cities + net imports of the province) / (use less non-fossil electricity)"
_FOSSIL_USE = Item(
    "fossil_use", "用电量减非化石电量", "use less non-fossil electricity", (), kind="electricity", dimension="power"
)
_STATED = ("used", "generated", "imported", "exported")
_PREFERRED: tuple[PowerOption, ...] = ("terminal", "provincial", "balance", "fossil")


def account(table: EnergyTable, settings: AccountSettings, collector: Collector) -> Account:
    """Account for every year of a table; what cannot be done is noted in `collector`.

    Errors: those of `Burning.lines`, an unknown grid, transfers that contradict each other, an option that the table
    does not allow, a basis of the factor that does not go with the option, and those of `non_fossil`.
    """
    wrong = contradiction(settings.basis, settings.traded, settings.option)
    if wrong is not None:
        collector.error(wrong[0], table.place, **wrong[1])
        return Account(table, settings, (), {})
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
        zero = self.settings.traded == "zero"
        if zero:
            check_traded(self.table, self.year, self.collector)
        shares = non_fossil(self.table, self.year, zero, self.collector)
        if shares is not None:
            powers = [replace(city, fossil_use=self._fossil_use(n, city, shares)) for n, city in enumerate(powers)]
        if zero:
            powers = [self._without_traded(n, city) for n, city in enumerate(powers)]
        imports = self._net_imports()
        factors = self._factors(powers, imports)
        option = self._option(powers, factors)
        factor = factors[option]
        if option in ("terminal", "attributed"):
            self.lines = [_uncounted(one) if is_plant(one) else one for one in self.lines]
        self.lines += [one for n in self.cities for one in self._electric(n, powers[n], option, factor)]
        totals = tuple(self._sum(n) for n in self.cities)
        province, residuals = None, tuple[Residual, ...]()
        if imports is not None:
            fossil, process = self._fossil(), self._province("process")
            province = fossil + process + imports
            residuals = self._residuals(powers, factors, fossil, imports)
        power = _power(powers, factors) if shares is not None else {}
        return YearAccount(
            self.year, option, factor, totals, province, residuals, shares, power, factors["attributed"]
        )  # fmt: skip

    def _fossil_use(self, n: int, city: CityPower, shares: NonFossil) -> Fraction:
        """Return the electricity a city uses less what is attributed to it; without its use, what it draws and has."""
        own = shares.cities[n]
        used = own.draw + own.physical if city.used is None else city.used
        if shares.of(n) > used:
            values = {"found": in_kwh8(shares.of(n)), "needed": in_kwh8(used)}
            place = amounts(self.entries, n, "grid_draw")[0].place
            self.collector.error("nf_over_use", place, name=self.table.names[n], **values)
        return used - shares.of(n)

    def _without_traded(self, n: int, city: CityPower) -> CityPower:
        """Return a city whose traded non-fossil electricity is free of emissions: of its transfers nothing is known."""
        traded = total(entry.amount for entry in amounts(self.entries, n, TRADE))
        return replace(city, used=None if city.used is None else city.used - traded)

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

    def _grid(self, name: str, place: Place, unnamed: str = "grid_needed", basis: Basis = "average") -> Factor | None:
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
        if basis == "average" and province_name(name) in wide_grids():
            self.wide.setdefault(name, place)
        return replace(found, value=found.value / 1000, unit="tCO2/kWh")

    def _factors(self, powers: list[CityPower], imports: Fraction | None) -> dict[PowerOption, Factor | None]:
        """Return the factor that each option takes: the provincial one, of the attributed that of the fossil rest."""
        if not self.settings.scope.electricity:
            return dict.fromkeys(OPTIONS)
        attributed = self._fossil_factor(powers, imports)
        asked = self.settings.option == "attributed" and attributed is not None
        found: dict[PowerOption, Factor | None] = dict.fromkeys(OPTIONS, self._factor(powers, imports, asked))
        return found | {"attributed": attributed}

    def _factor(self, powers: list[CityPower], imports: Fraction | None, other: bool) -> Factor | None:
        """Return the provincial factor: closing where the table allows it, else or if asked that of its grid.

        `other`: whether another factor is what counts; the grid's is not needed then.
        """
        basis = self.settings.basis if self.settings.basis != "fossil" else None
        closing = None if imports is None or basis is not None else closing_factor(powers, imports)
        if closing is not None:
            return Factor(closing, "tCO2/kWh", self.year, CLOSING)
        given = any(e.item.key in _STATED and e.region != PROVINCE for e in self.entries)
        needed = given and self.settings.option != "fossil" and not other
        return self._grid(self.settings.grid, self.table.place, basis=basis or "average") if needed else None

    def _fossil_factor(self, powers: list[CityPower], imports: Fraction | None) -> Factor | None:
        """Return the factor of the electricity that is not non-fossil: closing, or the grid's if asked."""
        if self.settings.basis == "fossil":
            return self._grid(self.settings.grid, self.table.place, basis="fossil")
        closing = None if imports is None else closing_factor(powers, imports, "fossil_use")
        return None if closing is None else Factor(closing, "tCO2/kWh", self.year, ATTRIBUTED, "fossil")

    def _option(self, powers: list[CityPower], factors: Mapping[PowerOption, Factor | None]) -> PowerOption:
        """Return the option that counts; one that was asked for and cannot be computed is an error.

        One that lacks only its factor is no second mistake: that of the factor is noted.
        """
        if not self.settings.scope.electricity:
            return "fossil"
        possible = [option for option in OPTIONS if self._possible(powers, option)]
        able = [option for option in possible if option == "fossil" or factors[option] is not None]
        asked = self.settings.option
        if asked is None:
            return next(option for option in _PREFERRED if option in able)
        if asked not in possible or (asked not in able and not self.collector.refuses):
            self.collector.error("option_needs", self.table.place, found=asked, year=self.year, known=", ".join(able))
        return asked if asked in able else "fossil"

    def _possible(self, powers: list[CityPower], option: PowerOption) -> bool:
        """Return whether the table gives what an option needs; traded electricity is known of use, not of transfers."""
        if self.settings.traded == "zero" and option in ("own", "provincial"):
            return False
        return all(electricity(city, option, Fraction(1)) is not None for city in powers)

    def _electric(self, n: int, city: CityPower, option: PowerOption, factor: Factor | None) -> Iterator[Line]:
        """Yield what the option adds for a city, with the factor of each line."""
        if option == "fossil" or factor is None:
            return
        if option == "terminal":
            for entry in amounts(self.entries, n, "used"):
                yield line(entry, "electricity", factor, entry.amount * factor.value)
            for entry in amounts(self.entries, n, TRADE) if self.settings.traded == "zero" else ():
                yield line(entry, "electricity", factor, -entry.amount * factor.value, amount=-entry.amount)
            return
        if option == "attributed":
            used = city.fossil_use or Fraction(0)
            yield Line(n, self.year, "", _FOSSIL_USE, "electricity", used, factor, "CO2", used * factor.value)
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
        self,
        powers: list[CityPower],
        factors: Mapping[PowerOption, Factor | None],
        fossil: Fraction,
        imports: Fraction,
    ) -> tuple[Residual, ...]:
        found = [residual(powers, "fossil", Fraction(0), fossil, imports)]
        for option, factor in factors.items():
            if option != "fossil" and factor is not None and self._possible(powers, option):
                found.append(residual(powers, option, factor.value, fossil, imports))
        processes_sum = total(self._sum(n, "process") for n in self.cities)
        off = processes_sum - self._province("process")
        return tuple(
            replace(one, total=one.total + processes_sum, residual=one.residual + off, fossil=one.fossil + off)
            for one in found
            if one is not None
        )


def _power(
    powers: Sequence[CityPower], factors: Mapping[PowerOption, Factor | None]
) -> Mapping[PowerOption, tuple[Fraction, ...]]:
    """Return tCO2 of each city's electricity by the two options that leave power plants out, where they are known."""
    uses: dict[PowerOption, list[Fraction | None]] = {
        "terminal": [city.used for city in powers],
        "attributed": [city.fossil_use for city in powers],
    }
    found: dict[PowerOption, tuple[Fraction, ...]] = {}
    for option, used in uses.items():
        factor, known = factors[option], [one for one in used if one is not None]
        if factor is not None and len(known) == len(powers):
            found[option] = tuple(one * factor.value for one in known)
    return found


def _uncounted(one: Line) -> Line:
    return one if one.region == PROVINCE else replace(one, counted=False)
