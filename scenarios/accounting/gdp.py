"""GDP at the prices of one year: from current prices by a chain of annual indices, or as a table states it.

With current GDP Y_b of the price base b and indices I_s of year s (previous year = 100):

    Y_t = Y_b × I_(b+1)/100 × … × I_t/100        after the base
    Y_t = Y_b / (I_(t+1)/100 × … × I_b/100)      before it

Everything is exact. Levels at the prices of different years never meet: a table that states constant
prices must state those of the base asked for. One table holds one state of the data (``vintage``): a
series revised after a census does not stand beside one that was not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from pydantic import Field

from scenarios.errors import Collector, Finding, Place
from scenarios.schema_types import FileName, Model
from scenarios.tables.files import InputFile
from scenarios.tables.regions import RegionIndex, Supplied

DIGITS = Decimal("0.000001")
"""To what the base year of a plan is rounded, 亿元: a hundred yuan."""


class Gdp(Model):
    """A table of GDP by year in place of the column `gdp`.

    `file`: the table. `price_base`: the year at whose prices GDP is counted; it must be given.
    """

    file: FileName
    price_base: Annotated[int, Field(ge=1990, le=2100)]


@dataclass(frozen=True)
class ConstantGdp:
    """GDP at constant prices."""

    # ids, names: Cities, length n; an id is empty where the table has none
    ids: tuple[str, ...]
    names: tuple[str, ...]
    years: tuple[int, ...]  # In ascending order
    base: int  # The year of the prices
    levels: tuple[Mapping[int, Fraction], ...]  # Year -> 亿元, one for each city
    own: Mapping[int, Fraction]  # The province's own row, year -> 亿元; empty where the table has none
    chained: bool  # Whether the levels come from current prices and indices
    vintage: str  # The state of the data as the table names it, or ``""``
    source: InputFile  # The file's record
    place: Place  # File and sheet
    firsts: tuple[Place, ...] = ()  # Where each city first stands, length n
    cells: tuple[Mapping[int, Place], ...] = ()  # Year -> where the level, or the current price, stands; as `levels`
    notices: tuple[Finding, ...] = ()  # What must be said of the table, and its questions that are answered

    def province(self, year: int) -> Fraction:
        """Return the province's GDP, its own figure or the sum of the cities."""
        return self.own[year] if self.own else sum((levels[year] for levels in self.levels), Fraction(0))

    def index(self, year: int) -> Fraction:
        """Return the province's index of GDP, price base = 100."""
        return self.province(year) / self.province(self.base) * 100

    def supplied(self, year: int) -> Supplied:
        """Return the cities' GDP of one year, rounded to `DIGITS`.

        Raises InputError: the table has no such year.
        """
        self.check_years([year]).raise_errors()
        values = tuple(rounded(levels[year]) for levels in self.levels)
        at = tuple(cells[self.base if self.chained else year] for cells in self.cells)
        return Supplied("gdp", self.ids, self.names, values, self.source.name, self.firsts, at)

    def check_years(self, years: Iterable[int]) -> Collector:
        """Return what is wrong with asking for these years."""
        collector = Collector()
        missing = "、".join(str(year) for year in years if year not in self.years)
        if missing:
            known = "、".join(map(str, self.years))
            collector.error("gdp_no_year", self.place, missing=missing, known=known)
        return collector

    def check_cities(self, ids: tuple[str, ...], names: tuple[str, ...], file: str) -> Collector:
        """Return which cities of another table are not in this one, and the reverse; none if this one has none."""
        collector, other = Collector(), RegionIndex([key for key in ids if key], names)
        own = RegionIndex([key for key in self.ids if key], self.names)
        for key, name in zip(ids, names, strict=True) if self.names else ():
            if own.find(key, name) is None:
                collector.error("gdp_lacks", self.place, name=name, file=file)
        for key, name, place in zip(self.ids, self.names, self.firsts, strict=True):
            if other.find(key, name) is None:
                collector.error("gdp_has_more", place, name=name, file=file)
        return collector


def rounded(value: Fraction) -> Decimal:
    """Return 亿元 rounded to `DIGITS`, without zeros at the end."""
    digits = (Decimal(value.numerator) / Decimal(value.denominator)).quantize(DIGITS)
    return Decimal(f"{digits.normalize():f}")
