"""The user's own factors: a table that goes before the bundled one, each with its year and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from scenarios.accounting.factors import Factor, UnknownFactor, process
from scenarios.accounting.items import Item, find_items
from scenarios.errors import Collector, Finding
from scenarios.tables.cells import CellError, in_all_digits, year_of
from scenarios.tables.files import InputFile
from scenarios.tables.grid import Cell
from scenarios.tables.headers.energy_units import INNER
from scenarios.tables.headers.names import ENERGY
from scenarios.tables.layout.asked import ANY, Asked
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.sheets import read_sheet

_GRID_UNIT = "kgCO2/kWh"


@dataclass(frozen=True)
class OwnFactors:
    """Factors of the user."""

    # (kind of item, its key) -> gas -> factor
    items: Mapping[tuple[str, str], Mapping[str, Factor]] = field(default_factory=dict)
    grids: Mapping[tuple[str, int], Factor] = field(default_factory=dict)  # (grid, year) -> factor, kgCO2/kWh
    source: InputFile | None = None  # The file's record; None where there is no such file


@in_all_digits
def read_factors(path: Path, asked: Asked = ANY) -> tuple[OwnFactors, tuple[Finding, ...]]:
    """Read a table with the columns item (or grid), value, unit, year, source, and gas where it is not CO2.

    `asked`: as for `scenarios.accounting.energy_table.read_energy`.
    Returns the factors, and everything wrong with them: the caller raises that with its own.
    """
    sheet, source = read_sheet(path, ("value", "unit", "year", "source"), ENERGY, asked)
    collector = Collector()
    collector.extend(sheet.findings)
    items: dict[tuple[str, str], dict[str, Factor]] = {}
    grids: dict[tuple[str, int], Factor] = {}
    for row in sheet.rows:
        cells = {header.standard: cell for header, cell in zip(sheet.headers, row, strict=True) if header.standard}
        if "grid" in cells and cells["grid"].text:
            figure = _figure(cells, _GRID_UNIT, collector)
            if figure is not None:
                grids[cells["grid"].text, figure.year] = figure
            continue
        item = _item(cells.get("item"), asked, sheet, collector, cells["unit"].text)
        if item is None:
            continue
        if item.kind in ("electricity", "coking"):
            collector.error("factor_unused", cells["item"].place, name=item.zh)
            continue
        gas = cells["gas"].text if "gas" in cells and cells["gas"].text else _gas(item)
        figure = _figure(cells, f"t{gas}/{INNER[item.dimension]}", collector)
        if figure is not None:
            items.setdefault((item.kind, item.key), {})[gas] = figure
    return OwnFactors(items, grids, source), tuple(collector.findings)


def _gas(item: Item) -> str:
    return process(item.key).gas if item.kind == "process" else "CO2"


def _item(cell: Cell | None, asked: Asked, sheet: Sheet, collector: Collector, unit: str) -> Item | None:
    if cell is None or not cell.text:
        collector.error("empty_cell", sheet.place if cell is None else cell.place)
        return None
    try:
        found = find_items(asked.meant(cell.text))
    except UnknownFactor as unknown:
        collector.error(unknown.code, cell.place, found=cell.text, known="、".join(unknown.known[:8]))
        return None
    wanted = [item for item in found if _plain(unit).endswith("/" + _plain(INNER[item.dimension]))]
    return (wanted or found)[0]


def _figure(cells: Mapping[str, Cell], needed: str, collector: Collector) -> Factor | None:
    """Return one row's factor, or note what is missing: its year, its source, its unit."""
    before = len(collector.findings)
    value = cells["value"]
    number = Fraction(0)
    try:
        number = Fraction(value.parse()[0])
        if number < 0:
            collector.error("energy_negative", value.place, found=value.text)
    except CellError as error:
        collector.error(error.code, value.place, **error.values)
    source, unit = cells["source"].text, cells["unit"].text
    year = year_of(cells["year"].text) or 0
    if not 1990 <= year <= 2100:
        collector.error("factor_year", cells["year"].place, found=cells["year"].text)
    if not source:
        collector.error("factor_source", cells["source"].place)
    if _plain(unit) != _plain(needed):
        collector.error("factor_unit", cells["unit"].place, found=unit, needed=needed)
    return Factor(number, needed, year, source) if len(collector.findings) == before else None


def _plain(unit: str) -> str:
    text = "".join(unit.split()).lower().replace("₂", "2").replace("³", "3").replace("⁴", "4").replace("^", "")
    return text.replace("万立方米", "104m3").replace("万m3", "104m3").replace("吨标煤", "tce").replace("吨", "t")
