"""Parts the rows of a regions table: regions, the province's own totals, averages, the example of the template."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal

from scenarios.errors import Collector, Finding, Place
from scenarios.file.schema import Province
from scenarios.sense.asking import question
from scenarios.tables.cells import CellError
from scenarios.tables.grid import Cell
from scenarios.tables.layout.headings import headings
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.regions import (
    RegionIndex,
    alias,
    called_average,
    called_group,
    called_part,
    called_total,
    example_marks,
    is_city_code,
    is_province_code,
    part_name,
    plain_code,
)
from scenarios.tables.rows import Row, TableReader

_SUMMED = ("emissions", "gdp")
_FEWEST_SUMMED = 3
"""Regions from which on a row without a name, that is their sum, is taken to be their total."""


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

    fewest = 2
    """Regions that a table has at least."""

    def __init__(self, sheet: Sheet, province: Province | None, collector: Collector) -> None:
        super().__init__(sheet, collector)
        self.province = province
        self.rows: list[Row] = []
        self.totals: list[Row] = []
        self.groups: list[Finding] = []  # What must be said or asked of rows that head groups
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
        provinces, heads = self._only_provinces(), headings(self.sheet, self._members)
        for n, row in enumerate(self.sheet.rows):
            identifier, name = self.code(row), self.needed(row, "name")
            if n in heads:
                self.groups.append(_heading(name, heads[n]))
                continue
            if not identifier.text and not name.text and self._adds_up(row):
                self.totals.append(row)
                continue
            if self._passed_over(name) or self._part_beside(row, name):
                continue
            by_code = not provinces and is_province_code(identifier.text)
            whole = by_code or self.is_whole(row, self._names(name.text)) or called_group(name.text)
            if whole or self._is_own(identifier.text, name.text):
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
        if len(self.rows) < self.fewest:
            self.collector.error("too_few_regions", self.sheet.place, found=len(self.rows))

    def _passed_over(self, name: Cell) -> bool:
        """Return whether a row is an average or a part of another; the first part of a total may be a region."""
        average, part = called_average(name.text), called_part(name.text)
        if part and self.totals and not self.rows and part_name(name.text):
            self.collector.error("part_or_region", name.place, found=name.text, meant=part_name(name.text))
        elif average or part:
            self.collector.notice("average_row" if average else "part_row", name.place, found=name.text)
        return average or part

    def _part_beside(self, row: Row, name: Cell) -> bool:
        """Return whether 其中 stands beside a name, below regions of which it may be a part: it must be said which."""
        beside = any(called_part(cell.text) and not part_name(cell.text) for cell in row if cell is not name)
        doubt = beside and bool(self.rows) and RegionIndex((), self._members).find(name.text) is None
        if doubt:
            self.collector.error("part_or_region", name.place, found=f"其中：{name.text}", meant=name.text)
        return doubt

    def _adds_up(self, row: Row) -> bool:
        """Return whether emissions and GDP of a row are the sums of the regions above it, as they are written."""
        if len(self.rows) < _FEWEST_SUMMED:
            return False
        columns = [[self.needed(each, name) for each in (*self.rows, row)] for name in _SUMMED if self.header(name)]
        return bool(columns) and all(map(_is_sum, columns))

    @property
    def _members(self) -> tuple[str, ...]:
        """The members of the province that the scenario names."""
        return tuple(self.province.members) if self.province else ()

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

    def _names(self, name: str) -> tuple[str, ...]:
        """Return the names of the scenario's own province, none for a member."""
        own = self.province
        return () if own is None or alias(name) in map(alias, self._members) else (own.name.zh, own.name.en)

    def _is_own(self, identifier: str, name: str) -> bool:
        """Return whether a row is the scenario's own province by code; a city's code or a member is none."""
        own, code = self.province, plain_code(identifier)
        if own is None or not self._names(name) or is_city_code(code):
            return False
        if not own.code or code != own.code[:2]:
            return code == own.code != ""
        return any(is_city_code(plain_code(self.text(row, "id"))) for row in self.sheet.rows)  # else a running number

    def _say_empty(self, filled: Collection[str]) -> None:
        """Name the cells of the first row to be filled, where an Excel sheet holds no city at all."""
        for header, cell in zip(self.sheet.headers, self.sheet.first_cells, strict=False):
            if header.standard in filled or header.text in filled:
                self.collector.error("empty_cell", replace(self.sheet.place, cell=cell, column=header.text))

    def say_totals(self) -> None:
        """Say which rows are totals and not counted, but of those that something was noted about."""
        said = {finding.place for finding in self.collector.findings}
        for row in self.totals:
            if said.isdisjoint(cell.place for cell in row):
                named = self.code(row).text or self.named(row).text
                code = "total_row" if named else "total_row_unnamed"
                self.collector.notice(code, self.named(row).place, found=self.named(row).text)


def _is_sum(cells: Sequence[Cell]) -> bool:
    """Return whether the last cell is the sum of those before it, each rounded as it is."""
    try:
        *parts, total = [cell.parse()[0] for cell in cells]
    except CellError:
        return False
    half_digit = Decimal(1).scaleb(int(total.as_tuple().exponent)) / 2
    return abs(total - sum(parts)) <= half_digit * len(cells)


def _heading(name: Cell, surely: bool) -> Finding:
    """Return what is said of a row that heads a group, as a question where it may be a region without figures."""
    if surely:
        return Finding("heading_row", name.place, {"found": name.text}, "notice")
    return question("heading_or_region", f"heading:{name.text}", name.place, found=name.text)
