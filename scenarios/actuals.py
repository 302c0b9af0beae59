"""Actual figures of the years after a split: `region, year, gdp, emissions`, or annual reductions.

    levels        gdp (亿元, constant prices of the base year) and emissions (万吨)
    reductions    annual_reduction: a fall is positive;  or annual_change: a rise is positive

A column `quarter` marks figures of the year so far (1 to N quarters together, as statistics publish them); 4 or an
empty cell is the whole year. Levels of a quarter need those of the same quarter of the year before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from scenarios.cells import CellError
from scenarios.columns import TRACKING, both_names
from scenarios.errors import Collector, Finding, InputError, Place
from scenarios.files import InputFile
from scenarios.rates import match_region, rate_of
from scenarios.regions import RegionIndex, Regions, is_total
from scenarios.schema import Period
from scenarios.sheets import Cell, Sheet, read_sheet

PROVINCE = -1
"""Position of the province's own row."""

WHOLE = 4
"""The quarter that ends a year."""

BASE_TOLERANCE = Decimal("0.001")
"""By how much base-year figures of the table may differ from the scenario's, relative to these."""

SUM_TOLERANCE = Decimal("0.01")
"""By how much the province's own figures may differ from the sum of its regions before that is said."""


@dataclass(frozen=True)
class Levels:
    """GDP (亿元, constant prices) and emissions (万吨) of one region in one year, or up to one quarter of it."""

    gdp: Decimal
    emissions: Decimal


@dataclass(frozen=True)
class YearToDate:
    """The year so far against the same quarters of the year before.

    Parameters
    ----------
    year, quarter
        Up to which quarter, 1 to 3.
    now, before
        Levels by region, now and a year earlier; empty for reductions.
    reductions
        Reductions by region, fractions, a fall is positive; empty for levels.
    """

    year: int
    quarter: int
    now: tuple[Levels, ...] = ()
    before: tuple[Levels, ...] = ()
    reductions: tuple[Decimal, ...] = ()


@dataclass(frozen=True)
class Actuals:
    """Actual figures of n regions in consecutive years from the first after the base year on.

    Parameters
    ----------
    years
        The years that can be judged: all regions have them, and all years before.
    levels, reductions
        By year, then by region in the order of the scenario; one of the two is empty.
    stated
        What the province's own row says, by year: annual reductions; None where it says nothing.
    to_date
        The year so far, where the table has quarters after the last whole year.
    source
        The file they were read from.
    notices
        What must be said with them.
    """

    years: tuple[int, ...]
    levels: tuple[tuple[Levels, ...], ...]
    reductions: tuple[tuple[Decimal, ...], ...]
    stated: tuple[Decimal | None, ...]
    to_date: YearToDate | None
    source: InputFile
    notices: tuple[Finding, ...]


@dataclass(frozen=True)
class _Entry:
    place: Place
    levels: Levels | None = None
    reduction: Decimal | None = None


_Key = tuple[int, int, int]  # region, year, quarter


def read_actuals(
    path: Path,
    regions: Regions,
    period: Period,
    emissions: Mapping[int, Sequence[Decimal | None]] | None = None,
    energy: str = "",
) -> Actuals:
    """Read a table of actual figures (csv or xlsx).

    Parameters
    ----------
    path
        The table.
    regions, period
        Of the scenario.
    emissions
        Year -> emissions by region, 万吨, from an energy table; the table of actual figures then holds GDP alone.
    energy
        Name of that energy table.

    Raises
    ------
    InputError
        Everything that is wrong, with its cell.
    """
    sheet, source = read_sheet(path, ("year",), TRACKING)
    reader = _Reader(sheet, regions, period, emissions, energy)
    return reader.read(source)


class _Reader:
    """Reads one sheet; every cell that fails is noted and the rest goes on."""

    def __init__(
        self,
        sheet: Sheet,
        regions: Regions,
        period: Period,
        supplied: Mapping[int, Sequence[Decimal | None]] | None,
        energy: str,
    ) -> None:
        self.sheet, self.regions, self.period = sheet, regions, period
        self.supplied, self.energy = supplied, energy
        self.index = RegionIndex(regions.ids, regions.names, regions.names_en)
        self.collector = Collector()
        self.collector.extend(sheet.findings)
        self.entries: dict[_Key, _Entry] = {}
        self.form = self._form()

    def read(self, source: InputFile) -> Actuals:
        for row in self.sheet.rows:
            self._row(row)
        self._one_vintage()
        self._all_regions()
        self.collector.raise_errors()  # what a broken table lacks would only be more of the same
        self._base_year()
        years = self._years()
        to_date = self._to_date(years)
        if not years and to_date is None and self.collector.names(self.sheet.place) is False:
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

    @property
    def _leveled(self) -> bool:
        return "gdp" in self.form

    def _form(self) -> tuple[str, ...]:
        """Return the columns of figures; the table has exactly one kind, each once, in a unit that fits."""
        kinds: tuple[tuple[str, ...], ...] = (("gdp", "emissions"), ("annual_reduction",), ("annual_change",))
        there = [kind for kind in kinds if any(self.sheet.position(name) is not None for name in kind)]
        found = ", ".join(header.text for header in self.sheet.headers if header.text)
        if self.sheet.position("id") is None and self.sheet.position("name") is None:
            raise InputError.of("missing_columns", self.sheet.place, missing=both_names("name"), found=found)
        if not there:
            raise InputError.of("actuals_no_figures", self.sheet.place, found=found)
        if self.supplied is not None and (there[0] != kinds[0] or self.sheet.position("emissions") is not None):
            raise InputError.of("actuals_energy_form", self.sheet.place, found=found)
        if self.supplied is not None:
            there = [("gdp",)]
        if len(there) > 1:
            raise InputError.of("actuals_two_forms", self.sheet.place, found=found)
        missing = [both_names(name) for name in there[0] if self.sheet.position(name) is None]
        if missing:
            raise InputError.of("missing_columns", self.sheet.place, missing=", ".join(missing), found=found)
        for standard in ("id", "name", "year", "quarter", "vintage", *there[0]):
            columns = [header for header in self.sheet.headers if header.standard == standard]
            place = replace(self.sheet.place, column=", ".join(header.text for header in columns))
            if len(columns) > 1:
                self.collector.error("column_twice", place)
            elif columns and standard in there[0] and columns[0].factor is None:
                self.collector.error("wrong_unit", place, found=columns[0].unit)
        return there[0]

    def _cell(self, row: tuple[Cell, ...], standard: str) -> Cell | None:
        position = self.sheet.position(standard)
        return None if position is None else row[position]

    def _text(self, row: tuple[Cell, ...], standard: str) -> str:
        cell = self._cell(row, standard)
        return "" if cell is None else cell.text

    def _row(self, row: tuple[Cell, ...]) -> None:
        """Take one row in, or note what is wrong with it."""
        region, year, quarter = self._region(row), self._year(row), self._quarter(row)
        entry = self._entry(row)
        if region is None or year is None or quarter is None or entry is None:
            return
        if self.supplied is not None:
            if region == PROVINCE or year == self.period.base:
                return
            entry = self._supplied(entry, region, year, quarter)
        key = region, year, quarter
        if key in self.entries:
            name = self.regions.names[region] if region != PROVINCE else self._text(row, "name")
            self.collector.error(
                "actuals_twice", entry.place, name=name, year=year, first=self.entries[key].place.inside
            )
        self.entries.setdefault(key, entry)

    def _region(self, row: tuple[Cell, ...]) -> int | None:
        identifier, name = self._text(row, "id"), self._text(row, "name")
        if is_total(identifier, name) or is_total(name, ""):
            return PROVINCE
        cell = self._cell(row, "name") or self._cell(row, "id")
        assert cell is not None
        return match_region(self.index, (identifier, name), cell.place, self.collector)

    def _year(self, row: tuple[Cell, ...]) -> int | None:
        cell = self._cell(row, "year")
        assert cell is not None
        year = parse_year(cell, self.collector)
        if year is not None and not self.period.base <= year <= self.period.end:
            needed = f"{self.period.base}–{self.period.end}"
            self.collector.error("actuals_year", cell.place, found=cell.text, needed=needed)
            return None
        return year

    def _quarter(self, row: tuple[Cell, ...]) -> int | None:
        cell = self._cell(row, "quarter")
        if cell is None or cell.text in ("", "全年", "year"):
            return WHOLE
        text = cell.text.lower().removeprefix("q").removeprefix("第").removeprefix("1-").removeprefix("1–")
        text = text.removesuffix("季度")
        if text in ("1", "2", "3", "4"):
            return int(text)
        self.collector.error("actuals_quarter", cell.place, found=cell.text)
        return None

    def _entry(self, row: tuple[Cell, ...]) -> _Entry | None:
        """Return the figures of one row, None where one of them is no such figure."""
        cells = [self._cell(row, name) for name in self.form]
        assert cells[0] is not None
        if not self._leveled:
            position = self.sheet.position(self.form[0])
            before = len(self.collector.findings)
            rate = rate_of(cells[0], self.sheet.headers[position or 0], self.collector)
            if len(self.collector.findings) > before:
                return None
            return _Entry(cells[0].place, reduction=-rate if self.form[0] == "annual_change" else rate)
        values = [self._quantity(cell, name) for cell, name in zip(cells, self.form, strict=True) if cell is not None]
        gdp, emissions = values if len(values) == 2 else (values[0], Decimal(1))
        return None if gdp is None or emissions is None else _Entry(cells[0].place, Levels(gdp, emissions))

    def _supplied(self, entry: _Entry, region: int, year: int, quarter: int) -> _Entry:
        """Return the figures with the emissions of the energy table."""
        found = (self.supplied or {}).get(year, ())
        emissions = found[region] if found and quarter == WHOLE else None
        assert entry.levels is not None
        if emissions is None:
            code = "actuals_energy_gap" if quarter == WHOLE else "actuals_energy_quarter"
            self.collector.error(code, entry.place, name=self.regions.names[region], year=year, file=self.energy)
            return entry
        return replace(entry, levels=Levels(entry.levels.gdp, emissions))

    def _quantity(self, cell: Cell, standard: str) -> Decimal | None:
        """Return a figure above zero in the unit used inside."""
        if not cell.text:
            if not self.collector.names(cell.place):
                self.collector.error("empty_cell", cell.place)
            return None
        try:
            number, percent = cell.parse()
        except CellError as error:
            self.collector.error(error.code, cell.place, **error.values)
            return None
        position = self.sheet.position(standard)
        factor = self.sheet.headers[position or 0].factor
        if percent:
            self.collector.error("percent_here", cell.place, found=cell.text)
        elif number <= 0:
            self.collector.error("not_positive", cell.place, found=cell.text)
        elif factor is not None:
            return number * factor
        return None

    def _one_vintage(self) -> None:
        """Refuse figures of several vintages in one table."""
        position = self.sheet.position("vintage")
        if position is None:
            return
        first: dict[str, Place] = {}
        for row in self.sheet.rows:
            first.setdefault(row[position].text, row[position].place)
        if len(first) > 1:
            values = ", ".join(f"{text or '–'} ({place.inside.say('en')})" for text, place in list(first.items())[:6])
            self.collector.error("actuals_vintages", replace(self.sheet.place, column="vintage"), found=values)

    def _all_regions(self) -> None:
        """Refuse a table that has nothing at all for a region."""
        there = {region for region, _, _ in self.entries}
        missing = [name for n, name in enumerate(self.regions.names) if n not in there]
        if missing and not self.collector.findings:
            self.collector.error("actuals_regions", self.sheet.place, missing="、".join(missing))

    def _base_year(self) -> None:
        """Refuse base-year figures that are not the scenario's: the series is of another revision or price base."""
        for n in self._all:
            entry = self.entries.get((n, self.period.base, WHOLE))
            if entry is None or entry.levels is None:
                continue
            own = Levels(self.regions.gdp[n], self.regions.emissions[n])
            for name in ("gdp", "emissions"):
                found, needed = getattr(entry.levels, name), getattr(own, name)
                if abs(found - needed) > BASE_TOLERANCE * needed:
                    self.collector.error(
                        "actuals_base_differs", replace(entry.place, column=name), found=f"{found:f}",
                        needed=f"{needed:f}", year=self.period.base,
                    )  # fmt: skip

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
                total = sum((getattr(self._levels(n, year), name) for n in self._all), Decimal(0))
                stated = getattr(entry.levels, name)
                if abs(stated - total) > SUM_TOLERANCE * total:
                    off = f"{stated - total:+f}"
                    place = replace(entry.place, column=name)
                    self.collector.notice("total_differs", place, found=f"{stated:f}", needed=f"{total:f}", off=off)


def parse_year(cell: Cell, collector: Collector) -> int | None:
    """Return the year in a cell, or None after noting that it holds none."""
    text = cell.text.removesuffix("年度").removesuffix("年")
    if len(text) == 4 and text.isascii() and text.isdigit():
        return int(text)
    if not collector.names(cell.place):
        collector.error("year_form" if text else "empty_cell", cell.place, found=cell.text)
    return None
