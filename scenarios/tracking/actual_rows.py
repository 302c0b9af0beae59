"""Reads the rows of a table of actual figures: who, when and what; what fails is noted and the rest goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from scenarios.errors import Collector, InputError, Place
from scenarios.file.schema import Period
from scenarios.tables.cells import CellError
from scenarios.tables.columns import both_names
from scenarios.tables.rates import match_region, rate_of
from scenarios.tables.regions import RegionIndex, Regions, is_total
from scenarios.tables.sheets import Cell, Sheet

PROVINCE = -1
"""Position of the province's own row."""

WHOLE = 4
"""The quarter that ends a year."""

Key = tuple[int, int, int]
"""Region (or `PROVINCE`), year, and quarter up to which the figures go."""

_VINTAGES = 6
"""Vintages beside the first that are named."""


@dataclass(frozen=True)
class Levels:
    """GDP (亿元, constant prices) and emissions (万吨) of one region in one year, or up to one quarter of it."""

    gdp: Decimal
    emissions: Decimal


@dataclass(frozen=True)
class Entry:
    """The figures of one row: levels, or a reduction (a fall is positive)."""

    place: Place
    levels: Levels | None = None
    reduction: Decimal | None = None


@dataclass(frozen=True)
class Supply:
    """Emissions from an energy table: its name, and year -> emissions by region, 万吨, None where it has none."""

    name: str
    years: Mapping[int, Sequence[Decimal | None]]


class RowReader:
    """Reads one sheet into `entries`.

    Parameters
    ----------
    sheet
        With a column of years.
    regions, period
        Of the scenario.
    supply
        Where the emissions come from an energy table.
    collector
        Takes what is wrong.

    Raises
    ------
    InputError
        The sheet has no column of regions, no figures, or more than one kind of them.
    """

    def __init__(
        self, sheet: Sheet, regions: Regions, period: Period, supply: Supply | None, collector: Collector
    ) -> None:
        self.sheet, self.regions, self.period, self.supply, self.collector = sheet, regions, period, supply, collector
        self.index = RegionIndex(regions.ids, regions.names, regions.names_en)
        self.entries: dict[Key, Entry] = {}
        self.form = self._form()

    def read(self) -> dict[Key, Entry]:
        """Return the figures by region, year and quarter."""
        for row in self.sheet.rows:
            self._row(row)
        self._one_vintage()
        return self.entries

    @property
    def leveled(self) -> bool:
        """Whether the figures are levels, not reductions."""
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
        if self.supply is not None and (there[0] != kinds[0] or self.sheet.position("emissions") is not None):
            raise InputError.of("actuals_energy_form", self.sheet.place, found=found)
        if self.supply is not None:
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
        if self.supply is not None:
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

    def _entry(self, row: tuple[Cell, ...]) -> Entry | None:
        """Return the figures of one row, None where one of them is no such figure."""
        cells = [self._cell(row, name) for name in self.form]
        assert cells[0] is not None
        if not self.leveled:
            position = self.sheet.position(self.form[0])
            before = len(self.collector.findings)
            rate = rate_of(cells[0], self.sheet.headers[position or 0], self.collector)
            if len(self.collector.findings) > before:
                return None
            return Entry(cells[0].place, reduction=-rate if self.form[0] == "annual_change" else rate)
        values = [self._quantity(cell, name) for cell, name in zip(cells, self.form, strict=True) if cell is not None]
        gdp, emissions = values if len(values) == 2 else (values[0], Decimal(1))
        return None if gdp is None or emissions is None else Entry(cells[0].place, Levels(gdp, emissions))

    def _supplied(self, entry: Entry, region: int, year: int, quarter: int) -> Entry:
        """Return the figures with the emissions of the energy table."""
        assert self.supply is not None
        found = self.supply.years.get(year, ())
        emissions = found[region] if found and quarter == WHOLE else None
        assert entry.levels is not None
        if emissions is None:
            code = "actuals_energy_gap" if quarter == WHOLE else "actuals_energy_quarter"
            self.collector.error(code, entry.place, name=self.regions.names[region], year=year, file=self.supply.name)
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
        cells = {row[position].text: row[position] for row in reversed(self.sheet.rows)}
        first = self.sheet.rows[0][position].text if self.sheet.rows else ""
        for text in [text for text in reversed(cells) if text != first][:_VINTAGES]:
            self.collector.error("actuals_vintages", cells[text].place, found=text or "–", first=first or "–")


def parse_year(cell: Cell, collector: Collector) -> int | None:
    """Return the year in a cell, or None after noting that it holds none."""
    text = cell.text.removesuffix("年度").removesuffix("年")
    if len(text) == 4 and text.isascii() and text.isdigit():
        return int(text)
    if not collector.names(cell.place):
        collector.error("year_form" if text else "empty_cell", cell.place, found=cell.text)
    return None
