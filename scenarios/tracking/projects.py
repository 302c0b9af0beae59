"""A table of major projects: `name, region, emissions, value_added, start`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from scenarios.errors import Collector
from scenarios.tables.cells import CellError, in_all_digits
from scenarios.tables.columns import TRACKING
from scenarios.tables.files import InputFile
from scenarios.tables.rates import match_region
from scenarios.tables.regions import RegionIndex, Regions
from scenarios.tables.sheets import Cell, read_sheet
from scenarios.tracking.actual_rows import parse_year

_NAMES: Mapping[str, str] = {**TRACKING, "name": "project", "名称": "project"}
_COLUMNS = ("project", "name", "emissions", "value_added", "start")


@dataclass(frozen=True)
class Project:
    """A major project (重大项目)."""

    name: str  # As in the table
    region: int  # Position of its region
    # emissions, value_added: A year, 万吨 and 亿元 at constant prices
    emissions: Decimal
    value_added: Decimal
    start: int  # Its first year


@in_all_digits
def read_projects(path: Path, regions: Regions, last: int, end: int) -> tuple[tuple[Project, ...], InputFile]:
    """Read a table of projects (csv or xlsx).

    Parameters
    ----------
    path, regions
        The table, and the regions of the scenario.
    last, end
        The last year of actual figures, and of the period: projects start between them.

    Raises
    ------
    InputError
        Everything that is wrong, with its cell.
    """
    sheet, source = read_sheet(path, _COLUMNS, _NAMES)
    collector = Collector()
    collector.extend(sheet.findings)
    for header in sheet.headers:
        if header.standard in _COLUMNS and header.factor is None:
            collector.error("wrong_unit", replace(sheet.place, column=header.text), found=header.unit)
    index = RegionIndex(regions.ids, regions.names, regions.names_en)
    at = [sheet.position(name) or 0 for name in _COLUMNS]
    factors = [sheet.headers[n].factor or Decimal(1) for n in at]
    found = []
    for row in sheet.rows:
        name, region, emissions, value_added, start = (row[n] for n in at)
        if not name.text:
            collector.error("empty_cell", name.place)
        position = match_region(index, (region.text,), region.place, collector)
        year = parse_year(start, collector)
        if year is not None and not last < year <= end:
            collector.error("project_start", start.place, found=year, needed=f"{last + 1}–{end}")
        amounts = [_amount(cell, collector) * f for cell, f in zip((emissions, value_added), factors[2:4], strict=True)]
        found.append(Project(name.text, position or 0, amounts[0], amounts[1], year or 0))
    if not found and not collector.findings:
        collector.error("no_projects", sheet.place)
    collector.raise_errors()
    return tuple(found), source


def _amount(cell: Cell, collector: Collector) -> Decimal:
    """Return an amount not below zero; what is none is noted and stands as 0."""
    if not cell.text:
        if not collector.names(cell.place):
            collector.error("empty_cell", cell.place)
        return Decimal(0)
    try:
        number, percent = cell.parse()
    except CellError as error:
        collector.error(error.code, cell.place, **error.values)
        return Decimal(0)
    if percent:
        collector.error("percent_here", cell.place, found=cell.text)
    elif number < 0:
        collector.error("project_negative", cell.place, found=cell.text)
    return number
