"""Actual figures of the years after a split: `region, year, gdp, emissions`, or annual reductions.

    levels        gdp (亿元, constant prices of the base year) and emissions (万吨)
    reductions    annual_reduction: a fall is positive;  or annual_change: a rise is positive

A column `quarter` marks figures of the year so far (1 to N quarters together, as statistics publish them); 4 or an
empty cell is the whole year. Levels of a quarter need those of the same quarter of the year before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import itemgetter
from pathlib import Path
from typing import Literal

from scenarios.errors import Collector, Finding
from scenarios.file.schema import Period
from scenarios.quantities import Quantity
from scenarios.sense.asking import NO_ANSWERS, Answers
from scenarios.sense.figures import Figure
from scenarios.sense.shares import YearlyRate, off_years
from scenarios.sense.signs import all_rise, turned_sign
from scenarios.sense.years import cumulated, fallen_to_nothing, odd_years
from scenarios.tables.cells import in_all_digits
from scenarios.tables.files import InputFile
from scenarios.tables.grid import Cell
from scenarios.tables.headers.names import TRACKING
from scenarios.tables.layout.asked import Asked
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.regions import Regions
from scenarios.tables.rows import PROVINCE
from scenarios.tables.sheets import read_sheet
from scenarios.tracking.actual_rows import LARGEST, WHOLE, ActualRows, Key, Levels, Supply, Told
from scenarios.wording import minus, some

BASE_TOLERANCE = Decimal("0.001")
"""By how much base-year figures of the table may differ from the scenario's, relative to these."""

SUM_TOLERANCE = Decimal("0.01")
"""By how much the province's own figures may differ from the sum of its regions before that is said."""


@dataclass(frozen=True)
class YearToDate:
    """The year so far against the same quarters of the year before."""

    # year, quarter: Up to which quarter, 1 to 3
    year: int
    quarter: int
    # now, before: Levels by region, now and a year earlier; empty for reductions
    now: tuple[Levels, ...] = ()
    before: tuple[Levels, ...] = ()
    reductions: tuple[Decimal, ...] = ()  # Reductions by region, fractions, a fall is positive; empty for levels


@dataclass(frozen=True)
class Actuals:
    """Actual figures of n regions in consecutive years from the first after the base year on."""

    years: tuple[int, ...]  # The years that can be judged: all regions have them, and all years before
    # levels, reductions: By year, then by region in the order of the scenario; one of the two is empty
    levels: tuple[tuple[Levels, ...], ...]
    reductions: tuple[tuple[Decimal, ...], ...]
    # What the province's own row says, by year: annual reductions; None where it says nothing
    stated: tuple[Decimal | None, ...]
    to_date: YearToDate | None  # The year so far, where the table has quarters after the last whole year
    source: InputFile  # The file they were read from
    notices: tuple[Finding, ...]  # What must be said with them


@in_all_digits
def read_actuals(
    path: Path,
    regions: Regions,
    period: Period,
    supply: Supply | None = None,
    answers: Answers = NO_ANSWERS,
    own: Collection[str] = (),
    whole: Regions | None = None,
) -> Actuals:
    """Read a table of actual figures (csv or xlsx).

    `supply`: emissions from an energy table; the table of actual figures then holds GDP alone.
    `answers`: to what is asked about the figures. `own`: names of the province.
    `whole`: all regions of the province, where `regions` are some: rows of the others must be of nothing.
    Raises InputError: everything that is wrong, with its cell.
    """
    sheet, source = read_sheet(path, ("year",), TRACKING, Asked.of(regions))
    return _ActualsReader(sheet, regions, period, Told(supply, own, whole)).read(source, answers)


class _ActualsReader:
    """Puts the rows of one sheet together, and says what is missing."""

    def __init__(self, sheet: Sheet, regions: Regions, period: Period, told: Told) -> None:
        self.sheet, self.regions, self.period = sheet, regions, period
        self.collector = Collector()
        rows = ActualRows(sheet, regions, period, told, self.collector)
        self.entries, self._leveled, self._questions = rows.read(), rows.leveled, rows.questions

    def read(self, source: InputFile, answers: Answers) -> Actuals:
        self._all_regions()
        self.collector.raise_errors()  # what a broken table lacks would only be more of the same
        self._base_year()
        answers.ask(self._questions.values(), self.collector)
        answers.ask(self._odd_rates(), self.collector)
        for quantity in _asked_about(self.regions.quantity) if self._leveled else ():
            cities = self._by_city(quantity)
            positive = [(name, [(year, figure) for year, figure in years if figure.value]) for name, years in cities]
            odd = (*odd_years(quantity, positive), *fallen_to_nothing(quantity, cities))
            answers.ask(self._told_apart(odd), self.collector)
        years = self._years()
        to_date = self._to_date(years)
        if not years and to_date is None and not self.collector.names(self.sheet.place):
            self.collector.error("actuals_none", self.sheet.place, first=self.period.base + 1)
        self._totals(years)
        self.collector.raise_errors()
        return Actuals(
            years=years,
            levels=tuple(tuple(self._levels(n, year) for n in self._all) for year in years) if self._leveled else (),
            reductions=() if self._leveled else tuple(self._reductions(year, WHOLE) for year in years),
            stated=tuple(self._stated(year) for year in years),
            to_date=to_date,
            source=source,
            notices=self.collector.notices,
        )

    @property
    def _all(self) -> range:
        return range(len(self.regions))

    def _all_regions(self) -> None:
        """Refuse a table that has nothing at all for a region."""
        there = {region for region, _, _ in self.entries}
        missing = [name for n, name in enumerate(self.regions.names) if n not in there]
        if missing and not self.collector.refuses:
            self.collector.error("actuals_regions", self.sheet.place, missing=some(missing))

    def _base_year(self) -> None:
        """Refuse base-year figures that are not the scenario's: of another revision, price base or year."""
        differ = [(n, name) for n in self._all for name in ("gdp", "emissions") if self._differs(n, name)]
        next_year = any((n, self.period.base + 1, WHOLE) in self.entries for n in self._all)
        if differ and not next_year and len({n for n, _ in differ}) == len(self.regions):
            self.collector.error("actuals_year_label", self._written(*differ[0]).place, year=self.period.base,
                                 meant=self.period.base + 1)  # fmt: skip
            self.collector.raise_errors()
        for n, name in differ:
            own, found = self._own(n, name), self._found((n, self.period.base, WHOLE), name)
            self.collector.error(
                "actuals_base_differs", self._written(n, name).place, found=f"{found or 0:f}", needed=f"{own:f}",
                year=self.period.base,
            )  # fmt: skip

    def _written(self, region: int, quantity: str) -> Figure:
        return self.entries[region, self.period.base, WHOLE].written[quantity]

    def _differs(self, region: int, quantity: str) -> bool:
        """Return whether a region's figure of the base year is another than in the scenario."""
        found, own = self._found((region, self.period.base, WHOLE), quantity), self._own(region, quantity)
        return found is not None and abs(found - own) > BASE_TOLERANCE * getattr(self.regions, quantity)[region]

    def _found(self, key: Key, quantity: str) -> Decimal | None:
        """Return the figure of a row as it stands in its column: of a share what is not fossil; None without one."""
        entry = self.entries.get(key)
        if entry is None or entry.levels is None or quantity not in entry.written:
            return None
        return self._in_column(entry.levels.gdp, entry.levels.emissions, quantity)

    def _own(self, region: int, quantity: str) -> Decimal:
        """Return the scenario's figure of the base year, as it stands in the column."""
        return self._in_column(self.regions.gdp[region], self.regions.emissions[region], quantity)

    def _in_column(self, gdp: Decimal, emissions: Decimal, quantity: str) -> Decimal:
        if quantity == "gdp":
            return gdp
        return gdp - emissions if self.regions.quantity.name == "nonfossil" else emissions

    def _by_city(self, quantity: Literal["gdp", "emissions"]) -> list[tuple[str, list[tuple[int, Figure]]]]:
        """Return each city's figures year by year, the base year's of the scenario first."""
        found = []
        for n, (name, base) in enumerate(zip(self.regions.names, getattr(self.regions, quantity), strict=True)):
            years = sorted((y, e.written) for (r, y, q), e in self.entries.items() if (r, q) == (n, WHOLE))
            own = Figure(base, Cell(f"{base:f}", self.sheet.place))
            later = [(year, written[quantity]) for year, written in years if year > self.period.base]
            found.append((name, [(self.period.base, own), *later]))
        return found

    def _told_apart(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield questions about emissions with ids that name what stands in their place."""
        own = self.regions.quantity.name
        for one in findings:
            head, _, rest = one.asked.partition(":")
            apart = head == "jump-emissions" and own != "carbon"
            yield replace(one, asked=f"jump-{own}:{rest}") if apart else one

    def _odd_rates(self) -> Iterator[Finding]:
        """Yield what is asked about the reductions of the regions, nothing of levels."""
        cities = [(n, when, e) for (n, when, _), e in self.entries.items() if n != PROVINCE and not self._leveled]
        rates = [YearlyRate(self.regions.names[n], when, rate) for n, when, e in cities for rate in e.written.values()]
        signed = [(rate.name, rate.figure) for rate in rates]
        yield from all_rise(signed)
        by_city = [
            (name, sorted(_years(rates, name), key=itemgetter(0)))
            for name in dict.fromkeys(rate.name for rate in rates)
        ]
        yield from cumulated(by_city, self.period.base)
        yield from turned_sign(signed)
        yield from off_years(rate for rate in rates if abs(rate.figure.value) <= LARGEST)  # larger ones are asked about

    def _years(self) -> tuple[int, ...]:
        """Return the years that can be judged, and name what keeps the others from it."""
        given = sorted({year for _, year, quarter in self.entries if quarter == WHOLE and year > self.period.base})
        judged: list[int] = []
        for year in range(self.period.base + 1, max(given, default=self.period.base) + 1):
            missing = [self.regions.names[n] for n in self._all if (n, year, WHOLE) not in self.entries]
            if missing:
                later = "、".join(str(y) for y in given if y >= year) or str(year)
                names = "、".join(missing)
                if not judged:
                    self.collector.error("actuals_first_gap", self.sheet.place, year=year, missing=names)
                else:
                    self.collector.notice(
                        "actuals_gap", self.sheet.place, year=year, missing=names, last=judged[-1], later=later
                    )
                break
            judged.append(year)
        return tuple(judged)

    def _to_date(self, years: Sequence[int]) -> YearToDate | None:
        """Return the year after the last whole one, as far as it goes."""
        year = (years[-1] if years else self.period.base) + 1
        later = sorted({y for _, y, quarter in self.entries if y > year and quarter < WHOLE})
        if later:
            self.collector.notice("actuals_quarter_unused", self.sheet.place, years="、".join(map(str, later)))
        quarters = {quarter for _, y, quarter in self.entries if y == year and quarter < WHOLE}
        if not quarters:
            return None
        quarter = max(quarters)
        self._need(year, quarter)
        if self._leveled:
            self._need(year - 1, quarter)
        self.collector.raise_errors()
        if not self._leveled:
            return YearToDate(year, quarter, reductions=self._reductions(year, quarter))
        now, before = (tuple(self._levels(n, y, quarter) for n in self._all) for y in (year, year - 1))
        return YearToDate(year, quarter, now, before)

    def _need(self, year: int, quarter: int) -> None:
        missing = [self.regions.names[n] for n in self._all if (n, year, quarter) not in self.entries]
        if missing:
            self.collector.error(
                "actuals_quarter_gap", self.sheet.place, year=year, quarter=quarter, missing="、".join(missing)
            )

    def _levels(self, region: int, year: int, quarter: int = WHOLE) -> Levels:
        found = self.entries[region, year, quarter].levels
        assert found is not None
        return found

    def _reductions(self, year: int, quarter: int) -> tuple[Decimal, ...]:
        found = (self.entries[n, year, quarter].reduction for n in self._all)
        return tuple(value for value in found if value is not None)

    def _stated(self, year: int) -> Decimal | None:
        entry = self.entries.get((PROVINCE, year, WHOLE))
        return entry.reduction if entry else None

    def _totals(self, years: Iterable[int]) -> None:
        """Say where the province's own figures are not the sum of its regions; the sum is what counts."""
        for year in years:
            entry = self.entries.get((PROVINCE, year, WHOLE))
            if entry is None or entry.levels is None:
                continue
            for name in ("gdp", "emissions"):
                stated = self._found((PROVINCE, year, WHOLE), name)
                if stated is None:
                    continue
                total = sum((self._found((n, year, WHOLE), name) or Decimal(0) for n in self._all), Decimal(0))
                if abs(stated - total) > SUM_TOLERANCE * total:
                    off = minus(f"{stated - total:+,f}")
                    self.collector.notice(
                        "total_differs", entry.written[name].place, found=f"{stated:,f}", needed=f"{total:,f}", off=off
                    )


def _asked_about(quantity: Quantity) -> tuple[Literal["gdp", "emissions"], ...]:
    """Return the columns about whose years something may be asked: of a level or share its own amounts alone."""
    return ("emissions",) if quantity.is_level or quantity.name == "nonfossil" else ("gdp", "emissions")


def _years(rates: Iterable[YearlyRate], name: str) -> Iterator[tuple[int, Figure]]:
    return ((rate.year, rate.figure) for rate in rates if rate.name == name)
