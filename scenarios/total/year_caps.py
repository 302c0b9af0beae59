"""Caps of the years between base year and last year (年度预算) as a table gives them, city by city."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from scenarios.errors import Collector, Finding, Place
from scenarios.file.schema import Period
from scenarios.sense.asking import NO_ANSWERS, Answers, question, table_of
from scenarios.sense.figures import exactly, often
from scenarios.tables.cells import in_all_digits
from scenarios.tables.files import InputFile
from scenarios.tables.grid import Cell
from scenarios.tables.headers.names import CAPS, OWN_CAPS, PANEL
from scenarios.tables.layout.asked import Asked
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.regions import Regions, called_reserve
from scenarios.tables.rows import PROVINCE, Row, TableReader
from scenarios.tables.sheets import read_sheet
from scenarios.total.unit_meant import column_off
from scenarios.tracking.actual_rows import parse_year
from scenarios.wording import some

_COLUMNS = ("name", "year", "cap")
_LEAST, _MOST = Fraction(1, 2), Fraction(2)
"""Of the straight path from base-year emissions to the cap: a budget outside is asked about."""
_MOSTLY = Fraction(3, 4)
"""From this share of the figures on not they are off, but the column."""


@dataclass(frozen=True)
class YearCaps:
    """Budgets of the years, 万吨, exact; the last year may be missing, for it is that of the caps."""

    cities: tuple[tuple[Fraction | None, ...], ...]  # Shape (n, T)
    province: tuple[Fraction | None, ...]  # Of its own row, shape (T,); None where the table says nothing
    cells: tuple[Cell | None, ...]  # Where the last year of each city stands
    places: tuple[Place, ...] = ()  # Where each year stands: the province's own, else the largest of its cities

    def ending(self, caps: Sequence[Fraction]) -> tuple[tuple[Fraction, ...], ...]:
        """Return the budgets of the cities, their last year that of their caps, shape (n, T)."""
        pairs = zip(self.cities, caps, strict=True)
        return tuple((*(value for value in years[:-1] if value is not None), cap) for years, cap in pairs)

    def other_ends(self, caps: Sequence[Fraction]) -> Iterator[Finding]:
        """Yield each city of which the table says something else of the last year than its cap."""
        for years, cap, cell in zip(self.cities, caps, self.cells, strict=True):
            if cell is not None and years[-1] != cap:
                yield Finding("year_caps_end", cell.place, {"found": cell.text, "cap": exactly(cap)})


@in_all_digits
def read_year_caps(
    path: Path,
    regions: Regions,
    period: Period,
    ends: Sequence[tuple[Fraction, Fraction]] = (),
    answers: Answers = NO_ANSWERS,
) -> tuple[YearCaps, InputFile, tuple[Finding, ...]]:
    """Read a table of yearly caps: region, year, cap; a row 合计 is the province's own year.

    Parameters
    ----------
    path
        A csv or xlsx file.
    regions
        The regions, length n.
    period
        Its years but the first have budgets.
    ends
        Base-year emissions and about the cap of each region, and of the province last, whose cap is exact, 万吨,
        length n + 1: budgets far from the way between are asked about. Without them nothing is.
    answers
        To these questions.

    Raises
    ------
    InputError
        Everything that is wrong, with its cell: a year outside the period, a city and year twice or missing, a cap
        that is none, a last year of the province that is not its cap; questions that are not answered.
    """
    names = {**PANEL, **CAPS, **OWN_CAPS.get(regions.quantity.name, {})}
    sheet, source = read_sheet(path, _COLUMNS, names, Asked.of(regions))
    reader = _YearReader(sheet, regions, period)
    found = reader.read()
    reader.collector.raise_errors()
    if ends:
        reader.judge_province(ends[PROVINCE][1])
        answers.ask(reader.questions(ends), reader.collector)
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
        reserve = False
        for row in self.sheet.rows:
            if called_reserve(self.text(row, "name")):
                if not reserve:
                    self.collector.notice("year_caps_reserve", self.named(row).place)
                reserve = True
            elif not self.no_ones(row):
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
            tuple(map(self._place, self.years)),
        )

    def _place(self, year: int) -> Place:
        """Return where a year stands."""
        own = {whose: cell for (whose, at), cell in self.found.items() if at == year}
        cell = own[PROVINCE] if PROVINCE in own else max(own.values(), key=lambda cell: cell[1], default=None)
        return self.sheet.place if cell is None else cell[0].place

    def judge_province(self, cap: Fraction) -> None:
        """Refuse a last year of the row 合计 that is not the cap of the province."""
        cell, said = self.found.get((PROVINCE, self.years[-1]), (None, cap))
        if cell is not None and said != cap:
            self.collector.error("year_caps_cap", cell.place, found=cell.text, cap=exactly(cap))

    def questions(self, ends: Sequence[tuple[Fraction, Fraction]]) -> Iterator[Finding]:
        """Yield what is asked of budgets far from the way from base-year emissions to the cap: a unit, or a digit."""
        ways = {key: self._way(ends[key[0]], key[1]) for key in self.found}
        times = {key: self.found[key][1] / way for key, way in ways.items() if way > 0}
        off = {key: ratio for key, ratio in times.items() if not _LEAST <= ratio <= _MOST}
        if off and len(off) >= _MOSTLY * len(times):
            position = self.sheet.position("cap")
            assert position is not None
            header, place = self.sheet.headers[position], self.sheet.header_place(position)
            yield column_off(
                ("year_caps_off", "year_caps_off_meant"), header, place, list(off.values()), self.regions.quantity
            )
            return
        for (whose, year), ratio in off.items():
            cell = self.found[whose, year][0]
            name = "合计" if whose == PROVINCE else self.regions.names[whose]
            said = {"way": f"{float(ways[whose, year]):,.1f}", "times": often(ratio)}
            asked = f"year-cap-off:{table_of(cell.place)}:{name}:{year}"
            yield question("year_cap_off", asked, cell.place, name=name, year=year, found=cell.text, **said)

    def _way(self, ends: tuple[Fraction, Fraction], year: int) -> Fraction:
        return ends[0] + (ends[1] - ends[0]) * Fraction(year - self.years[0] + 1, len(self.years))

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
