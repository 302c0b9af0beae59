"""Parts the rows of a regions table: regions, the province's own totals, averages, the example of the template."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from scenarios.errors import Collector, Place
from scenarios.file.schema import Province
from scenarios.tables.grid import Cell
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.regions import (
    alias,
    called_average,
    called_total,
    example_marks,
    is_province_code,
    province_name,
)
from scenarios.tables.rows import Row, TableReader

_TOTAL_TOLERANCE = Decimal("0.01")


class RegionRows(TableReader):
    """Sorts the rows of one regions sheet.

    Parameters
    ----------
    sheet
        With a column of names.
    province
        Of the scenario; its own row is a total.
    collector
        Takes what is wrong, and what is passed over.
    """

    def __init__(self, sheet: Sheet, province: Province | None, collector: Collector) -> None:
        super().__init__(sheet, collector)
        self.province = province
        self.rows: list[Row] = []
        self.totals: list[Row] = []
        self._coded = any(self.text(row, "id") for row in sheet.rows)

    def code(self, row: Row) -> Cell:
        """Return the cell with a region's code: its name, where the table has no codes."""
        return self.needed(row, "id" if self._coded else "name")

    def sort(self, filled: Collection[str]) -> None:
        """Part regions from totals; refuse a region twice and a row without a name.

        Parameters
        ----------
        filled
            Columns to be filled in, named where the table has no region at all.
        """
        seen: dict[str, Place] = {}
        provinces = self._only_provinces()
        for row in self.sheet.rows:
            identifier, name = self.code(row), self.needed(row, "name")
            if called_average(name.text):
                self.collector.notice("average_row", name.place, found=name.text)
                continue
            by_code = not provinces and is_province_code(identifier.text)
            if by_code or called_total(name.text) or self._is_own(name.text):
                self.totals.append(row)
                continue
            marks = example_marks(identifier.text, name.text)
            if marks == 2:
                self.collector.notice("example_row", identifier.place)
                continue
            if marks and self._coded:
                self.collector.error("example_changed", identifier.place, found=f"{identifier.text} / {name.text}")
            self.rows.append(row)
            self._not_seen(seen, identifier, name)
        if not self.rows:
            self._say_empty(filled)
        if len(self.rows) < 2:
            self.collector.error("too_few_regions", self.sheet.place, found=len(self.rows))
        if len(self.totals) > 1:
            self.collector.error("total_twice", self.named(self.totals[1]).place)

    def _not_seen(self, seen: dict[str, Place], identifier: Cell, name: Cell) -> None:
        """Note a code or name that is empty or stands in an earlier row as well; a row's own code may be its name."""
        code, called = identifier.text, alias(name.text)
        cells = [(identifier, code)] if code == called != "" else [(identifier, code), (name, called)]
        for cell, key in cells if self._coded else [(name, called)]:
            if not key:
                self.note("empty_cell", cell)
            elif key in seen:
                self.collector.error("region_twice", cell.place, found=cell.text, first=seen[key].inside)
            seen.setdefault(key, cell.place)

    def _only_provinces(self) -> bool:
        """Return whether the regions are provinces: all rows but totals have a province's code, two at least."""
        codes = [self.text(row, "id") for row in self.sheet.rows if not called_total(self.text(row, "name"))]
        return len(codes) > 1 and all(map(is_province_code, codes))

    def _is_own(self, name: str) -> bool:
        """Return whether a name is that of the scenario's own province."""
        own = self.province
        return own is not None and province_name(name) in {*map(province_name, (own.name.zh, own.name.en))} - {""}

    def _say_empty(self, filled: Collection[str]) -> None:
        """Name the cells of the first row to be filled, where an Excel sheet holds no city at all."""
        for header, cell in zip(self.sheet.headers, self.sheet.first_cells, strict=False):
            if header.standard in filled or header.text in filled:
                self.collector.error("empty_cell", replace(self.sheet.place, cell=cell, column=header.text))

    def check_totals(self) -> None:
        """Hold the province's own row against the sum of the cities (GDP and emissions), and say that it is one."""
        for row in self.totals:
            before = len(self.collector.findings)
            for name in ("emissions", "gdp"):
                position = self.sheet.position(name)
                if position is not None:
                    self._check_total(row[position], [cells[position] for cells in self.rows])
            if len(self.collector.findings) == before:
                self.collector.notice("total_row", self.named(row).place, found=self.named(row).text)

    def _check_total(self, cell: Cell, parts: list[Cell]) -> None:
        """Hold one total against its cities, in the column's own unit; not when a city's figure is in doubt."""
        parsed = self.number(cell) if cell.text else None
        if parsed is None or self.sheet.odd_rows or any(self.collector.names(part.place) for part in parts):
            return
        stated, total = parsed[0], sum((part.parse()[0] for part in parts), Decimal(0))
        off = abs(stated - total)
        half_digit = Decimal(1).scaleb(int(stated.as_tuple().exponent)) / 2
        if off <= half_digit * (len(parts) + 1):
            return
        values = {"found": f"{stated:f}", "needed": f"{total:f}", "off": f"{stated - total:+f}"}
        if off <= _TOTAL_TOLERANCE * total:
            self.collector.notice("total_differs", cell.place, **values)
        else:
            self.collector.error("total_wrong", cell.place, **values)
