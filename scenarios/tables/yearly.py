"""Tables with a row for a region and year: who the row is of, which year, and what cannot be read."""

from __future__ import annotations

from scenarios.errors import Collector, Finding, Place
from scenarios.tables.regions import alias, is_total
from scenarios.tables.sheets import Cell, Sheet

PROVINCE = -1
"""Position of the province's own figures."""


class YearlyReader:
    """Reads the region and the year of each row; what fails is noted once for each cell and the rest goes on.

    Parameters
    ----------
    sheet
        With the standard columns ``name`` and ``year``, and ``id`` if there is one.
    collector
        Takes what is wrong.
    """

    def __init__(self, sheet: Sheet, collector: Collector) -> None:
        self.sheet = sheet
        self.collector = collector
        self.ids: list[str] = []
        self.names: list[str] = []
        self.names_en: list[str] = []
        self.firsts: list[Place] = []
        self.places: dict[str, int] = {}

    def cell(self, row: tuple[Cell, ...], standard: str) -> Cell | None:
        """Return the cell of a standard column, None where there is no such column."""
        position = self.sheet.position(standard)
        return None if position is None else row[position]

    def text(self, row: tuple[Cell, ...], standard: str) -> str:
        """Return what stands in a standard column."""
        cell = self.cell(row, standard)
        return "" if cell is None else cell.text

    def region(self, row: tuple[Cell, ...]) -> int | None:
        """Return the position of the row's city, in order of appearance, or `PROVINCE`."""
        identifier, name = self.text(row, "id"), self.text(row, "name")
        if is_total(identifier, name):
            return PROVINCE
        key = identifier or alias(name)
        if not name and not identifier:
            self.note("empty_cell", self.cell(row, "name"))
            return None
        if key not in self.places:
            self.places[key] = len(self.names)
            self.ids.append(identifier)
            self.names.append(name)
            self.names_en.append(self.text(row, "name_en") or name)
            named = self.cell(row, "name")
            self.firsts.append(self.sheet.place if named is None else named.place)
        return self.places[key]

    def year(self, row: tuple[Cell, ...], standard: str = "year") -> int | None:
        """Return the year in a column: four digits, with or without 年."""
        cell = self.cell(row, standard)
        text = "" if cell is None else cell.text.removesuffix("年").removesuffix("年度")
        if text.isascii() and text.isdigit() and 1990 <= int(text) <= 2100:
            return int(text)
        self.note("year_form", cell, found=text)
        return None

    def note(self, code: str, cell: Cell | None, **values: object) -> None:
        """Note something once for each cell."""
        place = self.sheet.place if cell is None else cell.place
        if not self.collector.names(place):
            self.collector.extend([Finding(code, place, values)])
