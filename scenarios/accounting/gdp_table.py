"""Reads a table of GDP by region and year: current prices with annual indices, or levels at constant prices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal

from scenarios.accounting.doubts.sums import sums
from scenarios.accounting.gdp import ConstantGdp
from scenarios.errors import Collector, Finding
from scenarios.sense.asking import NO_ANSWERS, Answers, certain, question, table_of
from scenarios.sense.figures import Figure
from scenarios.sense.years import odd_years
from scenarios.tables.cells import CellError, in_all_digits
from scenarios.tables.columns import Header, both_names
from scenarios.tables.files import InputFile
from scenarios.tables.grid import Cell
from scenarios.tables.headers.names import GDP
from scenarios.tables.headers.units import inside
from scenarios.tables.layout.asked import ANY, Asked
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.rows import PROVINCE, CityReader, Row
from scenarios.tables.sheets import read_sheet

Quantity = Literal["gdp_current", "gdp_index", "gdp_constant"]
_LEAST, _MOST = 75, 130
"""Indices, previous year = 100, between which those of regions lie."""
_PRICES: Mapping[str, re.Pattern[str]] = {
    "gdp_current": re.compile("现价|当年价|current", re.IGNORECASE),
    "gdp_constant": re.compile("可比价|不变价|constant", re.IGNORECASE),
}
_PREVIOUS = {"上年=100", "previousyear=100", "上年＝100"}


@in_all_digits
def read_gdp(
    path: Path, base: int, asked: Asked = ANY, province: str = "", answers: Answers = NO_ANSWERS
) -> ConstantGdp:
    """Read a table of GDP by region and year, at the prices of `base`.

    `path`: columns region, year, and either current GDP with indices (上年=100) or GDP at constant prices with the year
    of the prices; optionally the state of the data. A row 全省 holds the province's own.
    `asked`, `province`, `answers`: as for `scenarios.accounting.energy_table.read_energy`.
    Raises InputError: everything that is wrong, with its cell.
    """
    sheet, source = read_sheet(path, ("name", "year"), GDP, asked)
    sheet, collector = replace(sheet, headers=tuple(map(_with_prices, sheet.headers))), Collector()
    return _GdpReader(sheet, collector, base, province).read(source, answers)


def _with_prices(header: Header) -> Header:
    """Return the header of a column of GDP as that of current or constant prices, where it says so beside its unit."""
    written = f"{header.text} {header.unit}" if header.standard == "gdp" else ""
    said = (name for name, prices in _PRICES.items() if prices.search(written))
    return replace(header, standard=next(said, header.standard))


_RATE = re.compile(r"增速|增长率|增长速度|增幅|同比|growth", re.IGNORECASE)


class _GdpReader(CityReader):
    """Reads one sheet of GDP figures."""

    def __init__(self, sheet: Sheet, collector: Collector, base: int, province: str) -> None:
        super().__init__(sheet, collector, province)
        self.base = base
        self.rows: dict[tuple[int, int], Row] = {}

    def read(self, source: InputFile, answers: Answers) -> ConstantGdp:
        chained = self._form()
        self.collector.raise_errors()
        for row in self.sheet.rows:
            self._take(row)
        years = tuple(sorted({year for _, year in self.rows}))
        vintage = self._vintage()
        if not chained:
            self._check_price_base()
        self._check_years(years, chained)
        series = {region: self._levels(region, years, chained) for region, _ in self.rows}
        self.collector.raise_errors()
        answers.ask(self._questions(series, years), self.collector)
        self.collector.raise_errors()
        cities = range(len(self.names))
        levels = tuple(series[n] for n in cities)
        own = series.get(PROVINCE, {})
        names = tuple(self.names)
        return ConstantGdp(
            tuple(self.ids),
            names,
            years,
            self.base,
            levels,
            own,
            chained,
            vintage,
            source,
            self.sheet.place,
            tuple(self.firsts),
            tuple(
                {year: self.needed(self.rows[n, year], self._form_of_levels).place for year in years} for n in cities
            ),
            self.collector.notices,
        )

    def _questions(self, series: Mapping[int, Mapping[int, Fraction]], years: tuple[int, ...]) -> Iterator[Finding]:
        """Yield which region may be the sum of the others, and stated levels that jump."""
        cities = {name: dict[object, Fraction](series[n].items()) for n, name in enumerate(self.names)}
        for name, exactly in sums(cities).items():
            place = self.firsts[self.names.index(name)]
            yield certain(exactly, question("sum_in_years", f"sum-in-years:{table_of(place)}:{name}", place, name=name))
        written = [(name, self._written(n, years)) for n, name in enumerate(self.names)]
        yield from odd_years("gdp", written)
        yield from self._odd_indices(years[0]) if self.sheet.position("gdp_constant") is None else ()

    def _odd_indices(self, first: int) -> Iterator[Finding]:
        """Yield the growth of a year after the first that is hardly any region's."""
        for (region, year), row in self.rows.items():
            cell, name = self.needed(row, "gdp_index"), "全省" if region == PROVINCE else self.names[region]
            if year > first and not _LEAST <= cell.parse()[0] <= _MOST:
                asked = f"gdp-index:{table_of(cell.place)}:{name}:{year}"
                yield question("gdp_index_odd", asked, cell.place, name=name, year=year, found=cell.text)

    @property
    def _form_of_levels(self) -> Quantity:
        return "gdp_current" if self.sheet.position("gdp_constant") is None else "gdp_constant"

    def _level(self, region: int, year: int) -> Cell:
        return self.needed(self.rows[region, year], self._form_of_levels)

    def _written(self, region: int, years: Iterable[int]) -> list[tuple[int, Figure]]:
        """Return the levels of a region as they stand in the table, at constant prices or else at current ones."""
        factor, found = self.factor(self._form_of_levels), []
        for year in years:
            cell = self._level(region, year)
            with suppress(CellError):  # a current price of a year other than the base may be none
                found.append((year, Figure(cell.parse()[0] * factor, cell, factor)))
        return [(year, figure) for year, figure in found if figure.value > 0]

    def _form(self) -> bool:
        """Return whether the table is a chain (True) or states constant prices; note a table that is neither."""
        at = {name: self.sheet.position(name) for name in ("gdp", "gdp_current", "gdp_index", "gdp_constant")}
        for name in ("gdp", "gdp_current", "gdp_constant"):
            position = at[name]
            if position is not None:
                self.judge_unit(position)
        if at["gdp"] is not None:
            self._note_header("gdp_which", at["gdp"])
        position = at["gdp_index"]
        if position is not None and "".join(self.sheet.headers[position].unit.lower().split()) not in _PREVIOUS:
            header = self.sheet.headers[position]
            found = header.written or header.text
            self.collector.error("gdp_index_base", self.sheet.header_place(position), found=found)
        chained, stated = None not in (at["gdp_current"], at["gdp_index"]), at["gdp_constant"] is not None
        if stated and (at["gdp_current"], at["gdp_index"]) != (None, None):
            self._note_header("gdp_both", at["gdp_constant"] or 0)
        elif stated and self.sheet.position("price_base") is None:
            self.collector.error("gdp_no_price_base", self.sheet.place, needed=both_names("price_base"))
        elif not stated and at["gdp_index"] is None and at["gdp_current"] is not None and (rates := self._rates()):
            self._note_header("gdp_rate_for_index", rates[0])
        elif not stated and not chained and at["gdp"] is None:
            found = ", ".join(header.text for header in self.sheet.headers if header.text)
            self.collector.error("gdp_columns", self.sheet.place, found=found[:300])
        return not stated

    def _rates(self) -> list[int]:
        """Return the columns that may be growth in per cent, from which an index follows."""
        return [n for n, header in enumerate(self.sheet.headers) if not header.standard and _RATE.search(header.text)]

    def _note_header(self, code: str, position: int) -> None:
        header = self.sheet.headers[position]
        place, fitting = self.sheet.header_place(position), header.unit if header.factor else ""
        self.collector.error(code, place, found=header.unit or header.text, unit=fitting or inside(header.standard))

    def _take(self, row: Row) -> None:
        region, year = self.city(row), self.year(row)
        if region is None or year is None:
            return
        if (region, year) in self.rows:
            first = self.cell(self.rows[region, year], "name")
            self.note("gdp_twice_year", self.cell(row, "year"), first=first.place.inside if first else "")
        self.rows.setdefault((region, year), row)

    def _vintage(self) -> str:
        """Return the one state of the data; note every cell that says another, or nothing where others do."""
        cells = [cell for row in self.rows.values() if (cell := self.cell(row, "vintage")) is not None]
        first = next((cell.text for cell in cells if cell.text), "")
        for cell in cells:
            if cell.text != first:
                self.note("gdp_vintage", cell, found=cell.text or "—", first=first)
        return first

    def _check_price_base(self) -> None:
        """Note every level at the prices of another year."""
        for row in self.rows.values():
            year = self.year(row, "price_base")
            if year is not None and year != self.base:
                self.note("gdp_price_base", self.cell(row, "price_base"), found=year, needed=self.base)

    def _check_years(self, years: tuple[int, ...], chained: bool) -> None:
        """Note a base that the table does not have, and regions without some of its years."""
        if not self.rows or self.base not in years:
            if not self.collector.refuses:
                known = "、".join(map(str, years)) or "—"
                self.collector.error("gdp_no_base", self.sheet.place, needed=self.base, known=known)
            return
        needed = range(years[0], years[-1] + 1) if chained else years
        for region in dict.fromkeys(region for region, _ in self.rows):
            missing = [str(year) for year in needed if (region, year) not in self.rows]
            if missing and not self.collector.refuses:
                name = "全省" if region == PROVINCE else self.names[region]
                self.collector.error("gdp_gap", self.sheet.place, name=name, years="、".join(missing))

    def _levels(self, region: int, years: tuple[int, ...], chained: bool) -> Mapping[int, Fraction]:
        """Return year -> 亿元 at the prices of the base; what is missing counts as 1 and is noted."""
        if not chained:
            return {year: self._figure(region, year, "gdp_constant") for year in years}
        if self.base not in years:
            return {}
        indices = {year: self._figure(region, year, "gdp_index") / 100 for year in years[1:]}
        levels = {self.base: self._figure(region, self.base, "gdp_current")}
        for year in range(self.base + 1, years[-1] + 1):
            levels[year] = levels[year - 1] * indices.get(year, Fraction(1))
        for year in range(self.base - 1, years[0] - 1, -1):
            levels[year] = levels[year + 1] / indices.get(year + 1, Fraction(1))
        return dict(sorted(levels.items()))

    def _figure(self, region: int, year: int, quantity: Quantity) -> Fraction:
        """Return one figure, 亿元 or index; 1 for what cannot be read."""
        row = self.rows.get((region, year))
        cell = None if row is None else self.cell(row, quantity)
        if cell is None:
            return Fraction(1)
        if quantity == "gdp_index":
            number, factor = self.amount(cell, "gdp_index_range", lambda index: 50 <= index <= 200), Decimal(1)
        else:
            number, factor = self.amount(cell), self.factor(quantity)
        if number is None or self.collector.names(cell.place):
            return Fraction(1)
        return Fraction(number) * Fraction(factor)
