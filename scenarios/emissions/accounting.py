"""From an energy table to emissions by city, fuel and sector, and the residual against the province.

    city's CO2 = fossil fuels + industrial processes (if the scope has them) + electricity by the option

Everything is exact (`Fraction`), in tonnes; every line carries the factor it was made with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from scenarios.emissions.electricity import (
    OPTIONS,
    CityPower,
    Option,
    Residual,
    closing_factor,
    electricity,
    residual,
)
from scenarios.emissions.factors import Factor, UnknownFactor, fuels, grid, gwp, processes, standards
from scenarios.emissions.items import Item, items
from scenarios.emissions.own_factors import OwnFactors
from scenarios.emissions.processes import factors as process_factors
from scenarios.emissions.scopes import Scope
from scenarios.emissions.table import NON_ENERGY, POWER, PROVINCE, EnergyTable, Entry
from scenarios.errors import Collector, Place

Part = Literal["combustion", "non_energy", "process", "electricity"]

TRANSFER_TOLERANCE = Fraction(1, 100)
"""By how much, of the electricity used or taken in, two statements of transfers may differ."""

_CLOSING = (
    "由本表计算：（各市火电排放＋全省净调入）÷用电量 / computed: "
    "(power plants of the cities + net imports of the province) / electricity used"
)
_OWN = "由本表计算：本市火电排放÷发电量 / computed: the city's power plants / its generation"
_PREFERRED: tuple[Option, ...] = ("terminal", "provincial", "balance", "fossil")


@dataclass(frozen=True)
class AccountSettings:
    """How to account.

    Parameters
    ----------
    scope
        What counts.
    option
        How electricity counts; None takes the first of `_PREFERRED` that the table allows.
    grid
        Name of the province in the tables of grid factors.
    own
        The user's own factors.
    """

    scope: Scope
    option: Option | None = None
    grid: str = ""
    own: OwnFactors = field(default_factory=OwnFactors)


@dataclass(frozen=True)
class Line:
    """One contribution: an amount times a factor.

    Parameters
    ----------
    region, year, sector
        Whose it is; the region is a position, or `PROVINCE`.
    item
        Of what.
    part
        Which part of the account.
    amount
        In t, tce, 10⁴ m³ or kWh.
    factor
        What it was multiplied by, with its source, for electricity in tCO2/kWh.
    gas
        Which gas the factor is for.
    tonnes
        tCO2e.
    counted
        Whether it is in the region's total: what power plants burn is not where terminal electricity is.
    """

    region: int
    year: int
    sector: str
    item: Item
    part: Part
    amount: Fraction
    factor: Factor
    gas: str
    tonnes: Fraction
    counted: bool = True


@dataclass(frozen=True)
class YearAccount:
    """One year; the tuples have the length of the table's cities.

    Parameters
    ----------
    year
        Which.
    option
        The one that counts, and `factor` its provincial factor (tCO2/kWh; None for method one).
    totals
        tCO2e of each city.
    province
        The province's own total, tCO2e: its fossil fuels and processes (the cities' sum where it gives
        none) and its net imports of electricity; None where nothing is known of the province.
    residuals
        For every option that can be computed, how the cities' sum differs from the province.
    """

    year: int
    option: Option
    factor: Factor | None
    totals: tuple[Fraction, ...]
    province: Fraction | None
    residuals: tuple[Residual, ...]

    @property
    def total(self) -> Fraction:
        """Sum of the cities, tCO2e."""
        return sum(self.totals, Fraction(0))

    @property
    def residual(self) -> Fraction | None:
        """That sum less the province."""
        return None if self.province is None else self.total - self.province


@dataclass(frozen=True)
class Account:
    """An energy table accounted for.

    Parameters
    ----------
    table, settings
        What was read, and how it was accounted.
    lines
        Every contribution, those of the province included.
    years
        Year -> its sums.
    """

    table: EnergyTable
    settings: AccountSettings
    lines: tuple[Line, ...]
    years: Mapping[int, YearAccount]

    def factors(self) -> list[tuple[str, Factor]]:
        """Return (Chinese name of what it is for, factor) of every factor used, each once."""
        return list(dict.fromkeys((line.item.zh, line.factor) for line in self.lines))


def account(table: EnergyTable, settings: AccountSettings, collector: Collector) -> Account:
    """Account for every year of a table; what cannot be done is noted in `collector`.

    Notes
    -----
    Errors: a process without a factor, a raw material without its fixed share, an unknown grid, transfers
    that contradict each other, an option that the table does not allow.
    """
    lines: list[Line] = []
    years = {}
    elsewhere: dict[tuple[str, int], tuple[Place, list[str]]] = {}
    for year in table.years:
        done = _Year(table, settings, year, collector)
        years[year] = done.account()
        lines += done.lines
        for key, place in done.other_years.items():
            elsewhere.setdefault(key, (place, []))[1].append(str(year))
    for (name, found), (place, missing) in elsewhere.items():
        collector.notice("grid_year", place, name=name, found=found, needed="、".join(missing))
    return Account(table, settings, tuple(lines), years)


class _Year:
    """The account of one year."""

    def __init__(self, table: EnergyTable, settings: AccountSettings, year: int, collector: Collector) -> None:
        self.table, self.settings, self.year, self.collector = table, settings, year, collector
        self.entries = [entry for entry in table.entries if entry.year == year]
        self.lines = [line for entry in self.entries for line in self._burned(entry)]
        self.cities = range(len(table.names))
        self.other_years: dict[tuple[str, int], Place] = {}

    def account(self) -> YearAccount:
        powers = [self._power(n) for n in self.cities]
        self._check_transfers(powers)
        imports = self._net_imports()
        factor = self._factor(powers, imports)
        option = self._option(powers, factor)
        if option == "terminal":
            self.lines = [_uncounted(line) if _plant(line) else line for line in self.lines]
        self.lines += [line for n in self.cities for line in self._electric(n, powers[n], option, factor)]
        totals = tuple(self._sum(n) for n in self.cities)
        province, residuals = None, tuple[Residual, ...]()
        if imports is not None:
            fossil, process = self._province("combustion", "non_energy"), self._province("process")
            province = fossil + process + imports
            residuals = self._residuals(powers, factor, fossil, imports)
        return YearAccount(self.year, option, factor, totals, province, residuals)

    def _burned(self, entry: Entry) -> Iterator[Line]:
        """Yield what fossil fuels and processes give, within the scope."""
        scope = self.settings.scope
        if entry.item.kind == "process" and scope.processes:
            yield from self._process(entry)
        elif entry.item.fossil:
            share = self._share(entry)
            if share:
                factor = self._fuel_factor(entry.item)
                part: Part = "non_energy" if entry.sector == NON_ENERGY else "combustion"
                yield self._line(entry, part, factor, entry.amount * factor.value * share)

    def _share(self, entry: Entry) -> Fraction:
        """Return which share of a fuel's CO2 counts: all of it, none, or what is not fixed."""
        if entry.sector != NON_ENERGY or self.settings.scope.non_energy == "as_fuel":
            return Fraction(1)
        if self.settings.scope.non_energy == "out":
            return Fraction(0)
        if entry.fixed_share is None:
            self.collector.error("fixed_share_missing", entry.place, name=entry.item.zh)
            return Fraction(1)
        return 1 - entry.fixed_share

    def _fuel_factor(self, item: Item) -> Factor:
        own = self.settings.own.items.get((item.kind, item.key), {}).get("CO2")
        return own or (standards() if item.kind == "standard" else fuels())[item.key].factor

    def _process(self, entry: Entry) -> Iterator[Line]:
        own = self.settings.own.items.get(("process", entry.item.key), {})
        try:
            figures = process_factors(processes()[entry.item.key], own)
        except LookupError:
            self.collector.error("process_factor", entry.place, name=entry.item.zh)
            return
        for gas, factor in figures.items():
            if gas not in self.settings.scope.gases:
                continue
            try:
                weight = gwp(self.settings.scope.gwp, gas).value
            except UnknownFactor as unknown:
                self.collector.error("gwp_unknown", entry.place, found=unknown.name, known="、".join(unknown.known))
                continue
            yield self._line(entry, "process", factor, entry.amount * factor.value * weight, gas)

    def _line(self, entry: Entry, part: Part, factor: Factor, tonnes: Fraction, gas: str = "CO2") -> Line:
        return Line(entry.region, self.year, entry.sector, entry.item, part, entry.amount, factor, gas, tonnes)

    def _amounts(self, region: int, key: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.region == region and entry.item.key == key]

    def _sum(self, region: int, *parts: Part) -> Fraction:
        wanted = (line for line in self.lines if line.region == region and line.counted)
        return _total(line.tonnes for line in wanted if not parts or line.part in parts)

    def _power(self, n: int) -> CityPower:
        """Return what is known of a city's electricity; where other cities say it, silence is zero."""

        def amount(key: str) -> Fraction | None:
            found = self._amounts(n, key)
            anywhere = any(e.item.key == key and e.region != PROVINCE for e in self.entries)
            return _total(e.amount for e in found) if found or (anywhere and key != "used") else None

        moved = amount("imported"), amount("exported")
        plants = any(line.region != PROVINCE and _plant(line) for line in self.lines)
        own = _total(line.tonnes for line in self.lines if line.region == n and _plant(line))
        return CityPower(
            fossil=self._sum(n, "combustion", "non_energy"),
            plant=own if plants else None,
            generated=amount("generated"),
            used=amount("used"),
            imported=moved[0],
            exported=moved[1],
        )

    def _check_transfers(self, powers: list[CityPower]) -> None:
        """Refuse transfers against use and generation of a city, and against those of the province."""
        for n, city in enumerate(powers):
            if city.used is None or city.generated is None or (city.imported, city.exported) == (None, None):
                continue
            taken, given = city.transfers() or (Fraction(0), Fraction(0))
            moved, balance = taken - given, city.used - city.generated
            if abs(moved - balance) > TRANSFER_TOLERANCE * max(city.used, city.generated):
                self._refuse("transfers_city", n, moved, balance, name=self.table.names[n])
        pairs = [pair for city in powers if (pair := city.transfers()) is not None]
        outside = [e for key in ("imported", "exported") for e in self._amounts(PROVINCE, key)]
        if not outside or len(pairs) < len(powers):
            return
        moved = _total(pair[0] - pair[1] for pair in pairs)
        needed = _total(e.amount if e.item.key == "imported" else -e.amount for e in outside)
        if abs(moved - needed) > TRANSFER_TOLERANCE * max(_total(pair[0] for pair in pairs), abs(needed)):
            self._refuse("transfers_contradict", PROVINCE, moved, needed)

    def _refuse(self, code: str, region: int, found: Fraction, needed: Fraction, **values: object) -> None:
        keys = ("imported", "exported", "used", "generated")
        place = next((e.place for key in keys for e in self._amounts(region, key)), self.table.place)
        shown = {"found": f"{float(found / 10**8):.4f}", "needed": f"{float(needed / 10**8):.4f}"}
        self.collector.error(code, place, year=self.year, **shown, **values)

    def _net_imports(self) -> Fraction | None:
        """Return tCO2 of the province's electricity from outside less what it gives off; None without a province."""
        if not self.table.has_province:
            return None
        if not self.settings.scope.electricity:
            return Fraction(0)
        for key, sign in (("imported", 1), ("exported", -1)):
            for entry in self._amounts(PROVINCE, key):
                name = entry.grid if key == "imported" and entry.grid else self.settings.grid
                factor = self._grid(name, entry.place)
                if factor is not None:
                    moved = replace(entry, amount=sign * entry.amount)
                    self.lines.append(self._line(moved, "electricity", factor, moved.amount * factor.value))
        return self._sum(PROVINCE, "electricity")

    def _grid(self, name: str, place: Place) -> Factor | None:
        """Return a grid's factor in tCO2/kWh, the user's before the bundled one."""
        if not name:
            if not self.collector.names(place):
                self.collector.error("grid_needed", place)
            return None
        own = sorted(
            (year, factor) for (grid_name, year), factor in self.settings.own.grids.items() if grid_name == name
        )
        try:
            found = next((factor for year, factor in reversed(own) if year <= self.year), own[0][1] if own else None)
            found = found or grid(name, self.year)
        except UnknownFactor as unknown:
            self.collector.error("grid_unknown", place, found=name, known="、".join(unknown.known[:8]))
            return None
        if found.year != self.year:
            self.other_years.setdefault((name, found.year), place)
        return Factor(found.value / 1000, "tCO2/kWh", found.year, found.source)

    def _factor(self, powers: list[CityPower], imports: Fraction | None) -> Factor | None:
        """Return the provincial factor: closing where the table allows it, else that of its grid."""
        if not self.settings.scope.electricity:
            return None
        closing = None if imports is None else closing_factor(powers, imports)
        if closing is not None:
            return Factor(closing, "tCO2/kWh", self.year, _CLOSING)
        needed = self.settings.option != "fossil" and any(
            e.item.kind == "electricity" and e.region != PROVINCE for e in self.entries
        )
        return self._grid(self.settings.grid, self.table.place) if needed else None

    def _option(self, powers: list[CityPower], factor: Factor | None) -> Option:
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

    def _electric(self, n: int, city: CityPower, option: Option, factor: Factor | None) -> Iterator[Line]:
        """Yield what the option adds for a city, with the factor of each line."""
        if option == "fossil" or factor is None:
            return
        if option == "terminal":
            for entry in self._amounts(n, "used"):
                yield self._line(entry, "electricity", factor, entry.amount * factor.value)
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
            yield self._moved(
                n, "exported", -given, factor if own is None else Factor(own, "tCO2/kWh", self.year, _OWN)
            )

    def _moved(self, n: int, key: str, amount: Fraction, factor: Factor) -> Line:
        item = next(item for item in items() if item.kind == "electricity" and item.key == key)
        return Line(n, self.year, "", item, "electricity", amount, factor, "CO2", amount * factor.value)

    def _province(self, *parts: Part) -> Fraction:
        """Return the province's own figure of some parts, the cities' sum where it has none."""
        own = [line.tonnes for line in self.lines if line.region == PROVINCE and line.part in parts]
        everyone = (line.tonnes for line in self.lines if line.region != PROVINCE and line.part in parts)
        return _total(own) if own else _total(everyone)

    def _residuals(
        self, powers: list[CityPower], factor: Factor | None, fossil: Fraction, imports: Fraction
    ) -> tuple[Residual, ...]:
        options: Iterable[Option] = OPTIONS if self.settings.scope.electricity else ("fossil",)
        value = Fraction(0) if factor is None else factor.value
        asked = [option for option in options if option == "fossil" or factor is not None]
        found = [residual(powers, option, value, fossil, imports) for option in asked]
        processes_sum = _total(self._sum(n, "process") for n in self.cities)
        off = processes_sum - self._province("process")
        return tuple(
            replace(one, total=one.total + processes_sum, residual=one.residual + off, fossil=one.fossil + off)
            for one in found
            if one is not None
        )


def _able(powers: list[CityPower], option: Option, factor: Factor | None) -> bool:
    if option == "fossil":
        return True
    return factor is not None and all(electricity(city, option, factor.value) is not None for city in powers)


def _plant(line: Line) -> bool:
    return line.sector == POWER and line.part == "combustion"


def _uncounted(line: Line) -> Line:
    return line if line.region == PROVINCE else replace(line, counted=False)


def _total(values: Iterable[Fraction]) -> Fraction:
    return sum(values, Fraction(0))
