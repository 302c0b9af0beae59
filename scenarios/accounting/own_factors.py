"""The user's own factors: a table that goes before the bundled one, each with its year and source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from scenarios.accounting.factors import BASES, Factor, UnknownFactor, grids, process
from scenarios.accounting.items import Item, called_footprint, find_items
from scenarios.errors import Collector, Finding
from scenarios.schema_types import Basis
from scenarios.tables.cells import CellError, in_all_digits, year_of
from scenarios.tables.files import InputFile
from scenarios.tables.grid import Cell
from scenarios.tables.headers.energy_units import INNER
from scenarios.tables.headers.names import ENERGY
from scenarios.tables.layout.asked import ANY, Asked
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.regions import province_name
from scenarios.tables.sheets import read_sheet

_GRID_UNIT = "kgCO2/kWh"
_BASES: Mapping[Basis, tuple[str, ...]] = {
    "average": ("average", "平均", "全部电量"),
    "excluding_traded": ("excluding_traded", "excludingtraded", "不含市场化交易非化石电量", "剔除市场化交易非化石电量"),
    "fossil": ("fossil", "化石", "化石能源电力"),
}


@dataclass(frozen=True)
class OwnFactors:
    """Factors of the user."""

    # (kind of item, its key) -> gas -> factor
    items: Mapping[tuple[str, str], Mapping[str, Factor]] = field(default_factory=dict)
    # (grid, year, basis) -> factor, kgCO2/kWh
    grids: Mapping[tuple[str, int, Basis], Factor] = field(default_factory=dict)
    source: InputFile | None = None  # The file's record; None where there is no such file


@in_all_digits
def read_factors(path: Path, asked: Asked = ANY) -> tuple[OwnFactors, tuple[Finding, ...]]:
    """Read a table with the columns item (or grid), value, unit, year, source; gas unless it is CO2, basis of a grid.

    `asked`: as for `scenarios.accounting.energy_table.read_energy`.
    Returns the factors, and everything wrong with them: the caller raises that with its own.
    """
    sheet, source = read_sheet(path, ("value", "unit", "year", "source"), ENERGY, asked)
    collector = Collector()
    collector.extend(sheet.findings)
    items: dict[tuple[str, str], dict[str, Factor]] = {}
    grids: dict[tuple[str, int, Basis], Factor] = {}
    for row in sheet.rows:
        cells = {header.standard: cell for header, cell in zip(sheet.headers, row, strict=True) if header.standard}
        if _is_footprint(cells):
            collector.error("factor_footprint", cells["unit"].place, found=cells["unit"].text)
            continue
        if "grid" in cells and cells["grid"].text:
            basis, figure = _basis(cells.get("basis"), collector), _figure(cells, _GRID_UNIT, collector)
            if figure is not None and basis not in (None, "average") and _is_average(cells["grid"].text, figure):
                collector.error("factor_is_average", cells["value"].place, found=cells["value"].text, year=figure.year)
            elif figure is not None and basis is not None:
                grids[cells["grid"].text, figure.year, basis] = replace(figure, basis=basis)
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


def _is_footprint(cells: Mapping[str, Cell]) -> bool:
    """Return whether a row is a carbon footprint of electricity, by its unit or by any of its names."""
    named = any(called_footprint(cells[name].text) for name in ("item", "grid", "source") if name in cells)
    power = _plain(cells["unit"].text).endswith("/kwh") or _plain(cells["unit"].text).endswith("/千瓦时")
    return power and (named or "co2e" in _plain(cells["unit"].text))


def _basis(cell: Cell | None, collector: Collector) -> Basis | None:
    """Return on which basis a grid's factor is, `average` where the table does not say; None after noting another."""
    if cell is None or not cell.text:
        return "average"
    found = next((basis for basis, names in _BASES.items() if "".join(cell.text.split()).lower() in names), None)
    if found is None:
        collector.error("factor_basis", cell.place, found=cell.text, known="、".join(BASES))
    return found


def _is_average(name: str, figure: Factor) -> bool:
    """Return whether a factor that is none of all electricity has the value of the grid's average of its year."""
    average = grids().get((province_name(name), figure.year, "average"))
    return average is not None and average.value == figure.value


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
    return (
        text.replace("标准煤", "标煤")
        .replace("万立方米", "104m3")
        .replace("万m3", "104m3")
        .replace("吨标煤", "tce")
        .replace("吨", "t")
    )
