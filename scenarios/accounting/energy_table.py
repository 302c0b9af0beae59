"""Reads an energy table, long or wide, with units in its headers or in a column of its own.

    long    region, year, [sector], item, amount, [unit], [grid], [fixed share], [carbon share]
    wide    region, year, [sector], [fixed share], [carbon share], 煤炭(万吨标准煤), 柴油(吨), 调入电力·云南(亿千瓦时)

A row of the province itself (全省, 合计) holds its own figures. Sectors are free words; 火力发电 (power
plants), 非能源利用 (use as raw material), 炼焦投入 and 炼焦产出 (what goes into coking and comes out of it)
have a meaning. An empty cell of a wide table is not given,
which is not zero.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from scenarios.accounting.doubts.sectors import sector_parts, sector_sums, sums_of_table
from scenarios.accounting.doubts.slips import slips
from scenarios.accounting.doubts.sums import called_all_energy, called_part_of
from scenarios.accounting.doubts.units import whole_units
from scenarios.accounting.entries import COKING_IN, COKING_OUT, NON_ENERGY, POWER, EnergyTable, Entry
from scenarios.accounting.factors import UnknownFactor
from scenarios.accounting.items import Item, find_items
from scenarios.errors import Collector, Finding, Place
from scenarios.sense.asking import NO_ANSWERS, Answers
from scenarios.tables.cells import in_all_digits, is_part_of_year, with_unit
from scenarios.tables.columns import Header
from scenarios.tables.files import InputFile
from scenarios.tables.grid import Cell
from scenarios.tables.headers.energy_units import Unit, nearest_units, unit
from scenarios.tables.headers.names import ENERGY
from scenarios.tables.headers.units import two_meanings
from scenarios.tables.layout.asked import ANY, Asked
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.layout.units_around import said_of_item
from scenarios.tables.regions import called_part, part_name
from scenarios.tables.rows import PROVINCE, CityReader, Row, not_negative
from scenarios.tables.sheets import read_sheet

_SECTORS = {
    POWER: {"power", "火力发电", "火电", "电力生产", "发电", "电厂", "powerplants"},
    NON_ENERGY: {"non_energy", "非能源利用", "原料", "原料用能", "用作原料", "feedstock"},
    COKING_IN: {"coking_in", "炼焦投入", "炼焦原料", "cokinginput"},
    COKING_OUT: {"coking_out", "炼焦产出", "炼焦产品", "cokingoutput"},
}
_SHARES = {"fixed_share": "fixed_share_range", "carbon": "carbon_range"}
_SLASHED = re.compile(r"(.+?)\s*[/／_,，]\s*([^/／_,，]+)")
_GRID_MARKS = "·:：—"
_Rows = Callable[[Row], Iterator["Entry"]]


@in_all_digits
def read_energy(
    path: Path, asked: Asked = ANY, province: str = "", answers: Answers = NO_ANSWERS
) -> tuple[EnergyTable, tuple[Finding, ...]]:
    """Read an energy table.

    `asked`: what a scenario says of its headers: ``烟煤: 原煤`` reads a column 原煤, or an item of this name, as 烟煤.
    `province`: its name, by which its own rows are known; ``""`` where that is not said.
    `answers`: to what is asked about the figures.
    Returns the table, and everything wrong with it: the caller raises that with its own.
    Raises InputError: the file is no such table at all.
    """
    sheet, source = read_sheet(path, ("name", "year"), ENERGY, asked)
    collector = Collector()
    table = _EnergyReader(sheet, collector, province, asked).read(source)
    doubts: list[Finding] = []
    for counted_elsewhere in (sector_parts, sector_sums):
        off, passed = counted_elsewhere(table, collector)
        doubts += off
        table = replace(table, entries=tuple(entry for entry in table.entries if entry not in passed))
    _check(table, collector)
    sized = () if collector.refuses else (*whole_units(table), *slips(table))
    answers.ask((*doubts, *sums_of_table(table), *sized), collector)
    return table, tuple(collector.findings)


class _EnergyReader(CityReader):
    """Reads one sheet; every cell that fails is noted and the rest goes on."""

    def __init__(self, sheet: Sheet, collector: Collector, province: str, asked: Asked) -> None:
        super().__init__(sheet, collector, province)
        self.asked = asked
        self.power_whole = not self.collector.refuses

    def read(self, source: InputFile) -> EnergyTable:
        long = self.sheet.position("item") is not None and self.sheet.position("amount") is not None
        rows = self._long() if long else self._wide()
        entries = tuple(entry for row in self.sheet.rows for entry in rows(row))
        years = tuple(sorted({entry.year for entry in entries}))
        return EnergyTable(
            tuple(self.ids), tuple(self.names), years, entries, source, self.sheet.place, tuple(self.names_en),
            tuple(self.firsts), self.power_whole,
        )  # fmt: skip

    def _long(self) -> _Rows:
        position = self.sheet.position("amount")
        assert position is not None
        header = self.sheet.headers[position]

        def read(row: Row) -> Iterator[Entry]:
            named, amount = self.cell(row, "item"), row[position]
            own = self.cell(row, "unit")
            known = own if own is not None and own.text else None
            name, place = (self.asked.meant(named.text), named.place) if named else ("", amount.place)
            if named and self._counted_elsewhere(name, named.text, place):
                return
            text, at = (
                (known.text, known.place)
                if known
                else (header.unit or self._above(name, self.sheet.header_place(position)), amount.place)
            )
            if known and header.unit and unit(text) not in (None, unit(header.unit)):
                self.note("units_disagree", known, found=header.unit, other=text, below=known.place.inside)
            item, size = self._item(name, text, place, at)
            yield from self._entry(row, item, size, amount, self.text(row, "grid"))

        return read

    def _wide(self) -> _Rows:
        columns = []
        for n, header in enumerate(self.sheet.headers):
            if header.standard in (*ENERGY.values(), "id", "name", "name_en") or not header.text:
                continue
            place = self.sheet.header_place(n)
            if is_part_of_year(header.written):
                self.collector.error("month_no_year", place, found=header.written)
                continue
            text, size_text = _slashed(header)
            name, grid = _parted(text)
            if self._counted_elsewhere(name, header.text, place):
                continue
            item, size = self._item(name, size_text or self._above(name, place), place, place)
            columns.append((n, item, size, grid))
        if not columns and not self.collector.refuses:
            self.collector.error("energy_no_columns", self.sheet.place)

        def read(row: Row) -> Iterator[Entry]:
            for n, item, size, grid in columns:
                if row[n].text or row[n].unknown:
                    yield from self._entry(row, item, size, row[n], grid or self.text(row, "grid"))

        return read

    def _counted_elsewhere(self, name: str, written: str, place: Place) -> bool:
        """Return whether what no item is called is a sum of items or a part of one, which is said once."""
        if not (called_all_energy(name) or called_part_of(written)) or _is_known(name):
            return False
        if written not in self._said:
            self.collector.notice("energy_sum", place, found=written)
            self._said.add(written)
        return True

    def _above(self, name: str, place: Place) -> str:
        """Return the unit stated around the table for an item, else for all, ``""`` without one; several are noted."""
        try:
            dimensions = {item.dimension for item in find_items(name)}
        except UnknownFactor:
            return ""
        stated = [one for one in self.sheet.stated if (size := unit(one.unit)) and size.dimension in dimensions]
        units = [one.unit for one in said_of_item(stated, name)]
        if len(set(map(unit, units))) > 1:
            self.collector.error("units_above_unclear", place, found="、".join(dict.fromkeys(units)))
        return next(iter(units), "")

    def _item(self, name: str, text: str, place: Place, unit_place: Place) -> tuple[Item | None, Unit | None]:
        """Return what is measured and its unit; what does not fit is noted once for each place."""
        size = None if two_meanings(text) else unit(text)
        if size is None and not self.collector.names(unit_place):
            code = ("unit_two_meanings" if two_meanings(text) else "energy_unit") if text else "energy_no_unit"
            self.collector.error(code, unit_place, found=text, known=nearest_units(text))
        try:
            meant = find_items(name)
        except UnknownFactor as unknown:
            if not self.collector.names(place):
                self.collector.error(unknown.code, place, found=name, known="、".join(unknown.known[:8]))
            return None, size
        if size is None:
            return meant[0], None
        fitting = [item for item in meant if item.dimension == size.dimension]
        if not fitting:
            self._refuse_dimension(meant[0], size, text, unit_place)
            return meant[0], None
        return fitting[0], size

    def _refuse_dimension(self, item: Item, size: Unit, text: str, place: Place) -> None:
        """Say that a physical amount stands where a standard quantity belongs, the reverse, or another mismatch."""
        if item.kind == "standard":
            code = "energy_wants_standard"
        elif item.kind == "fuel" and size.dimension == "standard":
            code = "energy_wants_physical"
        else:
            code = "energy_dimension"
        known = {"standard": "万吨标准煤", "mass": "万吨", "volume": "亿立方米", "power": "亿千瓦时"}[item.dimension]
        self.collector.error(code, place, name=item.zh, found=text, known=known)

    def _entry(self, row: Row, item: Item | None, size: Unit | None, cell: Cell, grid: str) -> Iterator[Entry]:
        region, year = self.city(row), self.year(row)
        signed = item is not None and item.key == "net_import"
        cell = self._in_unit(cell, size)
        amount = self.amount(cell, "energy_negative", (lambda _: True) if signed else not_negative)
        if None in (region, year, amount) or item is None or size is None:
            unknown = size is None or size.dimension == "power"
            if unknown if item is None else item.kind == "electricity":
                self.power_whole = False
            return
        assert region is not None
        assert year is not None
        assert amount is not None
        if item.kind == "electricity" and self.collector.names(cell.place):
            self.power_whole = False
        sector = _sector(self.text(row, "sector"))
        value = Fraction(amount) * size.size
        fixed, carbon = self._share(row, "fixed_share"), self._share(row, "carbon")
        yield Entry(region, year, sector, item, value, cell.place, grid.strip(), fixed, carbon, size.size)

    def _in_unit(self, cell: Cell, size: Unit | None) -> Cell:
        """Return a cell whose number stands in the unit of its column; that it has one of its own is said."""
        split = None if size is None or cell.number is not None else with_unit(cell.text)
        own = None if split is None or two_meanings(split[1]) else unit(split[1])
        if split is None or own is None or size is None or own.dimension != size.dimension:
            return cell
        scale = own.size / size.size
        number = (split[0] * scale.numerator / scale.denominator).normalize()
        if "unit_in_cell" not in self._said:
            values = {"found": cell.text, "meant": f"{number:f}", "count": 1, "unit": ""}
            self.collector.notice("unit_in_cell", cell.place, **values)
        return replace(cell, text=f"{number:f}")

    def _share(self, row: Row, standard: str) -> Fraction | None:
        """Return a share between 0 and 1 (the fixed share, the share of carbon), None where the cell is empty."""
        cell = self.cell(row, standard)
        if cell is None or not cell.text:
            return None
        read = self.number(cell)
        if read is None:
            return None
        header = self.header(standard)
        hundredths = read[1] or (header is not None and header.unit in ("%", "％"))
        share = Fraction(read[0]) / 100 if hundredths else Fraction(read[0])
        if not 0 <= share <= 1:
            self.note(_SHARES[standard], cell, found=cell.text)
        return share


def _slashed(header: Header) -> tuple[str, str]:
    """Return what a column holds and its unit, in brackets or behind a slash: 烟煤/万吨."""
    match = None if header.unit else _SLASHED.fullmatch(header.text)
    if match and (unit(match.group(2)) or two_meanings(match.group(2))):
        return match.group(1), match.group(2)
    return header.standard or header.text, header.unit


def _parted(text: str) -> tuple[str, str]:
    """Return the item and the grid of a header such as 调入电力·云南; the item of 其中：烟煤."""
    if called_part(text):
        return part_name(text), ""
    for mark in _GRID_MARKS:
        name, found, grid = text.partition(mark)
        if found:
            return name.strip(), grid.strip()
    return text, ""


def _is_known(name: str) -> bool:
    try:
        return bool(find_items(name))
    except UnknownFactor as unknown:
        return unknown.code != "energy_item"


def _sector(text: str) -> str:
    plain = "".join(text.split()).lower()
    return next((key for key, names in _SECTORS.items() if plain in names), text.strip())


def _check(table: EnergyTable, collector: Collector) -> None:
    """Refuse an amount twice, a fuel counted twice, and a city that is not there in every year."""
    seen: dict[tuple[object, ...], Place] = {}
    quantities: dict[tuple[object, ...], Entry] = {}
    for entry in table.entries:
        key = (entry.region, entry.year, entry.sector, entry.item.key, entry.item.kind, entry.grid, entry.fixed_share,
               entry.carbon)  # fmt: skip
        if key in seen:
            collector.error("energy_twice", entry.place, name=entry.item.zh, first=seen[key].inside)
        seen.setdefault(key, entry.place)
        if entry.sector in (COKING_IN, COKING_OUT) or entry.item.kind == "coking":
            _check_coking(entry, collector)
        elif entry.item.fossil:
            other = quantities.setdefault((entry.region, entry.year, entry.sector, entry.item.group), entry)
            if (other.item.kind == "standard") != (entry.item.kind == "standard"):
                collector.error(
                    "energy_counted_twice", entry.place, name=entry.item.zh, other=other.item.zh,
                    first=other.place.inside,
                )  # fmt: skip
    there = {(entry.region, entry.year) for entry in table.entries}
    lone = {} if collector.refuses else _lone_years(table)
    for year, entry in lone.items():
        name = "全省" if entry.region == PROVINCE else table.names[entry.region]
        collector.error("energy_year_of_one", entry.place, name=name, year=year)
    for n, name in enumerate(table.names):
        missing = [str(year) for year in table.years if (n, year) not in there]
        if missing and not collector.refuses:
            collector.error("energy_year_gap", table.firsts[n], name=name, years="、".join(missing))
    if not table.names and not collector.refuses:
        collector.error("energy_no_city", table.place)


def _lone_years(table: EnergyTable) -> dict[int, Entry]:
    """Return the years of one city alone, where there are three or more, each with where it stands."""
    holders = {year: {e.region for e in table.entries if e.year == year} for year in table.years}
    lone = [year for year, regions in holders.items() if len(regions) == 1 and len(table.names) > 2]
    return {year: next(e for e in table.entries if e.year == year) for year in lone}


def _check_coking(entry: Entry, collector: Collector) -> None:
    """Refuse a standard quantity in a carbon balance, a coking material outside one, and carbon by volume."""
    inside = entry.sector in (COKING_IN, COKING_OUT)
    if inside and entry.item.kind == "standard":
        collector.error("coking_physical", entry.place, name=entry.item.zh)
    elif not inside:
        collector.error("coking_sector", entry.place, name=entry.item.zh)
    elif entry.carbon is not None and entry.item.dimension != "mass":
        collector.error("carbon_mass", entry.place, name=entry.item.zh)
