"""Caps of the years between base year and last year (年度预算) as a table gives them, city by city."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from scenarios.errors import Collector, Finding, InputError
from scenarios.file.schema import Period
from scenarios.tables.cells import in_all_digits
from scenarios.tables.files import InputFile
from scenarios.tables.grid import Cell
from scenarios.tables.headers.names import CAPS, OWN_CAPS, PANEL
from scenarios.tables.layout.asked import Asked
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.regions import Regions, called_reserve
from scenarios.tables.rows import PROVINCE, Row, TableReader
from scenarios.tables.sheets import read_sheet
from scenarios.tracking.actual_rows import parse_year
from scenarios.wording import some

_COLUMNS = ("name", "year", "cap")


@dataclass(frozen=True)
class YearCaps:
    """Budgets of the years, 万吨, exact; the last year may be missing, for it is that of the caps."""

    cities: tuple[tuple[Fraction | None, ...], ...]  # Shape (n, T)
    province: tuple[Fraction | None, ...]  # Of its own row, shape (T,); None where the table says nothing
    cells: tuple[Cell | None, ...]  # Where the last year of each city stands

    def ending(self, caps: Sequence[Fraction]) -> tuple[tuple[Fraction, ...], ...]:
        """Return the budgets of the cities, their last year that of their caps, shape (n, T).

        Raises InputError: the table says something else of the last year.
        """
        pairs = list(zip(self.cities, caps, self.cells, strict=True))
        odd = [(cell, cap) for years, cap, cell in pairs if cell is not None and years[-1] != cap]
        if odd:
            raise InputError(
                Finding("year_caps_end", cell.place, {"found": cell.text, "cap": f"{float(cap):,.6g}"})
                for cell, cap in odd
            )
        return tuple((*(value for value in years[:-1] if value is not None), cap) for years, cap, _ in pairs)


@in_all_digits
def read_year_caps(
    path: Path, regions: Regions, period: Period
) -> tuple[YearCaps, InputFile, tuple[Finding, ...]]:  # fmt: skip
    """Read a table of yearly caps: region, year, cap; a row 合计 is the province's own year.

    Raises InputError: everything that is wrong, with its cell: a year outside the period, a city and year twice or
    missing, a cap that is none.
    """
    names = {**PANEL, **CAPS, **OWN_CAPS.get(regions.quantity.name, {})}
    sheet, source = read_sheet(path, _COLUMNS, names, Asked.of(regions))
    reader = _YearReader(sheet, regions, period)
    found = reader.read()
    reader.collector.raise_errors()
    return found, source, reader.collector.notices


class _YearReader(TableReader):
    """Reads a row a city and year."""

    def __init__(self, sheet: Sheet, regions: Regions, period: Period) -> None:
        super().__init__(sheet, Collector())
        self.regions, self.years = regions, range(period.base + 1, period.end + 1)
        self.found: dict[tuple[int, int], tuple[Cell, Fraction]] = {}

    def read(self) -> YearCaps:
        """Return the budgets of all regions and years."""
        self.once((), ("cap",))
        for row in self.sheet.rows:
            if not self.no_ones(row) and not called_reserve(self.text(row, "name")):
                self._row(row)
        between = [(n, year) for n in range(len(self.regions)) for year in self.years[:-1]]
        missing = [f"{self.regions.names[n]} {year}" for n, year in between if (n, year) not in self.found]
        if missing and not self.collector.refuses:
            self.collector.error("year_caps_missing", self.sheet.place, missing=some(missing))
        ends = (self.found.get((n, self.years[-1])) for n in range(len(self.regions)))
        return YearCaps(
            tuple(self._of(n) for n in range(len(self.regions))),
            self._of(PROVINCE),
            tuple(None if end is None else end[0] for end in ends),
        )

    def _of(self, whose: int) -> tuple[Fraction | None, ...]:
        cells = (self.found.get((whose, year)) for year in self.years)
        return tuple(None if cell is None else cell[1] for cell in cells)

    def _row(self, row: Row) -> None:
        whose, at, cell = self.region(row, self.regions.index), self.needed(row, "year"), self.needed(row, "cap")
        year, amount = parse_year(at, self.collector), self.amount(cell, "cap_not_positive")
        if year is not None and year not in self.years:
            needed = f"{self.years[0]}–{self.years[-1]}"
            self.collector.error("year_caps_year", at.place, found=year, needed=needed)
        if whose is None or year is None or amount is None:
            return
        if (whose, year) in self.found:
            first = self.found[whose, year][0].place.inside
            self.collector.error("region_twice", cell.place, found=f"{self.text(row, 'name')} {year}", first=first)
            return
        self.found[whose, year] = cell, Fraction(amount) * Fraction(self.factor("cap"))
