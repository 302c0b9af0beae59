"""What the readers of tables share: cells by column, headers judged, numbers, years and regions taken from a row.

A reader goes through the rows of one sheet; what fails is noted once for each cell, and the rest goes on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from scenarios.errors import Collector, InputError, Place
from scenarios.tables.cells import CellError, is_part_of_year, year_of
from scenarios.tables.columns import Header
from scenarios.tables.grid import Cell
from scenarios.tables.headers.units import equivalent, inside
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.regions import (
    CITIES_TOO,
    WHOLE_OR_COUNTY,
    RegionIndex,
    alias,
    called_average,
    called_part,
    called_province,
    called_some,
    called_total,
    is_city_code,
    is_province_code,
    part_name,
    plain_code,
    province_name,
    stem,
)
from scenarios.tables.sheets import lacking

PROVINCE = -1
"""Position of the province's own figures."""

Row = tuple[Cell, ...]


def above_zero(number: Decimal) -> bool:
    """Return whether a number is above zero."""
    return number > 0


def not_negative(number: Decimal) -> bool:
    """Return whether a number is zero or above."""
    return number >= 0


class TableReader:
    """Reads what stands in the rows of a sheet.

    Parameters
    ----------
    sheet
        The table; what is wrong with its rows and cells as such is noted at once.
    collector
        Takes what is wrong.
    """

    def __init__(self, sheet: Sheet, collector: Collector) -> None:
        self.sheet = sheet
        self.collector = collector
        self._said: set[str] = set()  # What rows are called of which something is said once
        collector.extend(finding for finding in sheet.findings if finding.severity != "question")

    def header(self, standard: str) -> Header | None:
        """Return the header of a standard column, None where there is no such column."""
        position = self.sheet.position(standard)
        return None if position is None else self.sheet.headers[position]

    def factor(self, standard: str) -> Decimal:
        """Return the factor of a column to the unit used inside; 1 where its unit does not fit."""
        header = self.header(standard)
        return Decimal(1) if header is None or header.factor is None else header.factor

    def cell(self, row: Row, standard: str) -> Cell | None:
        """Return the cell of a standard column, None where there is no such column."""
        position = self.sheet.position(standard)
        return None if position is None else row[position]

    def needed(self, row: Row, standard: str) -> Cell:
        """Return the cell of a column that the table was found by."""
        position = self.sheet.position(standard)
        assert position is not None
        return row[position]

    def text(self, row: Row, standard: str) -> str:
        """Return what stands in a standard column, ``""`` where there is no such column."""
        cell = self.cell(row, standard)
        return "" if cell is None else cell.text

    def named(self, row: Row) -> Cell:
        """Return the cell that says whose the row is: its name, its code where the table has no names."""
        return self.cell(row, "name") or self.needed(row, "id")

    def lacks(self, *standards: str) -> InputError:
        """Return what is said of a table without these columns."""
        return lacking(self.sheet, standards)

    def refusal(self, code: str, **values: object) -> InputError:
        """Return what is said of a table that lacks something, with the columns that it has."""
        return InputError.of(code, self.sheet.place, **values, found=self.sheet.headed)

    def note(self, code: str, cell: Cell | None, **values: object) -> None:
        """Note something once for each cell; without a cell, once for the sheet."""
        place = self.sheet.place if cell is None else cell.place
        if not self.collector.names(place):
            self.collector.error(code, place, **values)

    def once(self, standards: Iterable[str], quantities: Iterable[str]) -> None:
        """Note columns that stand twice, and `quantities` among them whose unit does not fit."""
        for standard in standards:
            columns = [header for header in self.sheet.headers if header.standard == standard]
            place = replace(self.sheet.place, column=", ".join(header.text for header in columns))
            if len(columns) > 1:
                self.collector.error("column_twice", place)
        for standard in quantities:
            position = self.sheet.position(standard)
            if position is not None:
                self.judge_unit(position)

    def judge_unit(self, position: int) -> None:
        """Note a unit in the header of a quantity that does not fit, and say that figures are converted."""
        header, place = self.sheet.headers[position], self.sheet.header_place(position)
        if is_part_of_year(header.written):
            self.collector.error("month_no_year", place, found=header.written)
        elif header.factor is None:
            self.collector.error(header.unit_code, place, found=header.unit)
        elif header.factor != 1 and (meant := inside(header.measured)):
            self.collector.notice("unit_converted", place, found=header.unit, meant=meant)
        if equivalent(header.unit):
            self.collector.notice("unit_of_equivalent", place, found=header.unit)

    def number(self, cell: Cell, empty: str = "empty_cell", **values: object) -> tuple[Decimal, bool] | None:
        """Return a cell's number and whether it is a per cent; None after noting what is wrong.

        Parameters
        ----------
        empty, values
            What is said of an empty cell.
        """
        if not cell.text:
            self.note(empty, cell, **values)
            return None
        try:
            return cell.parse()
        except CellError as error:
            self.note(error.code, cell, **error.values)
            return None

    def amount(
        self, cell: Cell, code: str = "not_positive", fits: Callable[[Decimal], bool] = above_zero
    ) -> Decimal | None:
        """Return a plain number, None where there is none; a per cent, and one that does not fit, are noted."""
        read = self.number(cell)
        if read is None:
            return None
        if read[1]:
            self.note("percent_here", cell, found=cell.text)
        elif not fits(read[0]):
            self.note(code, cell, found=cell.text)
        return read[0]

    def no_ones(self, row: Row) -> bool:
        """Return whether a row is the average or the sum of some regions and not the province's, which is said once."""
        cell = self.named(row)
        code = "average_row" if called_average(cell.text) else "subtotal_row" if called_some(cell.text) else ""
        if code and cell.text not in self._said:
            self.collector.notice(code, cell.place, found=cell.text)
            self._said.add(cell.text)
        return bool(code)

    def is_whole(self, row: Row, own: Collection[str]) -> bool:
        """Return whether a row is called a total, or as the province is; 吉林 may be noted as either."""
        name, city = self.named(row).text, is_city_code(plain_code(self.text(row, "id")))
        if name == WHOLE_OR_COUNTY and (city or (any(own) and not any(known.endswith("州") for known in own))):
            return False
        if called_total(name):
            return True
        if city or province_name(name) not in {*map(province_name, own)} - {""}:
            return False
        return name not in CITIES_TOO or not self._is_city(row, name)

    def _is_city(self, row: Row, name: str) -> bool:
        """Return whether a city is meant, not its province of the same name; asked where no other row tells."""
        others = {self.named(other).text for other in self.sheet.rows} - {name}
        if f"{name}市" in others:
            return False
        told = any(called_total(other) or province_name(other) == name for other in others)
        if not told and name not in self._said:
            self.note("province_or_city", self.named(row), found=name)
            self._said.add(name)
        return True

    def region(self, row: Row, index: RegionIndex, own: Collection[str] = ()) -> int | None:
        """Return the position of the row's region, or `PROVINCE`; one that is unknown is noted.

        `own`: names of the province.
        """
        identifier, name = self.text(row, "id"), self.text(row, "name")
        if index.is_total(identifier, name) or (
            index.find(name) is None and province_name(name) in map(province_name, own)
        ):
            return PROVINCE
        return index.locate(identifier, name, place=self.named(row).place, collector=self.collector)


class CityReader(TableReader):
    """Reads a table with a row for a city and year, whose cities are those that it names itself."""

    def __init__(self, sheet: Sheet, collector: Collector, province: str = "") -> None:
        super().__init__(sheet, collector)
        self.province = province  # Whose rows are a total, by name
        self.ids: list[str] = []
        self.names: list[str] = []
        self.names_en: list[str] = []
        self.firsts: list[Place] = []
        self._places: dict[tuple[str, str], int] = {}  # By code and by name

    def city(self, row: Row) -> int | None:
        """Return the position of the row's city, in order of appearance, or `PROVINCE`."""
        identifier, name = self.text(row, "id"), self.text(row, "name")
        if self.no_ones(row):
            return None
        if self.is_whole(row, (self.province,)) or is_province_code(identifier):
            return PROVINCE
        if name and name == self._province_among_cities and not is_city_code(plain_code(identifier)):
            if name not in self._said:
                self.collector.notice("province_among_cities", self.named(row).place, found=name)
                self._said.add(name)
            return PROVINCE
        if called_part(name):
            self.note("part_or_region", self.named(row), found=name, meant=part_name(name) or "…")
            return None
        if not name and not identifier:
            self.note("empty_cell", self.cell(row, "name"))
            return None
        return self._place(row, identifier, name)

    @cached_property
    def _province_among_cities(self) -> str:
        """The one name that is that of a province, among those of two cities or more; ``""`` without."""
        named = {row_name for row in self.sheet.rows if (row_name := self.text(row, "name"))}
        provinces = [one for one in named if called_province(one)]
        cities = [one for one in named if not (called_province(one) or called_total(one) or called_part(one))]
        return provinces[0] if len(provinces) == 1 and len(cities) > 1 else ""

    @cached_property
    def _usual(self) -> tuple[dict[str, str], dict[str, str]]:
        """Which name most rows of a code have, and which code most rows of a name, by alias; the first of equals."""
        pairs = Counter((code, name) for row in self.sheet.rows if (code := self.text(row, "id"))
                        and (name := self.text(row, "name")))  # fmt: skip
        ranked = [pair for pair, _ in reversed(pairs.most_common())]
        return dict(ranked), {alias(name): code for code, name in ranked}

    def _is_torn(self, row: Row, identifier: str, name: str) -> bool:
        """Return whether a row's code is that of another region in most rows, or its name has another one; noted."""
        names, codes = self._usual
        if not identifier or not name:
            return False
        owner, own = names[identifier], codes[alias(name)]
        torn = stem(owner) != stem(name) or own != identifier
        if torn:
            other = f"{identifier}: {owner}" if stem(owner) != stem(name) else f"{own}: {name}"
            self.note("region_conflict", self.cell(row, "id"), found=f"{identifier} / {name} / {other}")
        return torn

    def _place(self, row: Row, identifier: str, name: str) -> int | None:
        """Return the position of a city by its code, or by its name where one of its rows has no code; None if torn."""
        if self._is_torn(row, identifier, name):
            return None
        by_code, by_name = ("id", identifier), ("name", alias(name))
        named = self._places.get(by_name) if name else None
        known = self._places.get(by_code, None if named is None or self.ids[named] else named) if identifier else named
        if known is None:
            known = len(self.names)
            self.ids.append(identifier)
            self.names.append(name)
            self.names_en.append(self.text(row, "name_en") or name)
            self.firsts.append(self.named(row).place)
        if identifier:
            self._places[by_code], self.ids[known] = known, identifier
        self._places.setdefault(by_name, known)
        return known

    def year(self, row: Row, standard: str = "year") -> int | None:
        """Return the year in a column; see `scenarios.tables.cells.year_of`."""
        cell = self.cell(row, standard)
        text = "" if cell is None else cell.text
        year = year_of(text)
        if year is not None and 1990 <= year <= 2100:
            return year
        self.note("month_no_year" if is_part_of_year(text) else "year_form", cell, found=text)
        return None
