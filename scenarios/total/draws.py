"""Draws on the reserve (动用机动): major projects that are given part of what no city has, from a year on."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from scenarios.errors import Collector, Finding, Place
from scenarios.file.schema import Period
from scenarios.sense.asking import NO_ANSWERS, Answers
from scenarios.sense.figures import Figure
from scenarios.sense.projects import ProjectRow, project_twice, totals_of_projects
from scenarios.tables.cells import in_all_digits
from scenarios.tables.files import InputFile
from scenarios.tables.grid import Cell
from scenarios.tables.headers.names import DRAWS
from scenarios.tables.layout.asked import Asked
from scenarios.tables.regions import Regions
from scenarios.tables.rows import Row, TableReader
from scenarios.tables.sheets import read_sheet
from scenarios.tracking.actual_rows import parse_year

_COLUMNS = ("project", "name", "drawn", "start")


@dataclass(frozen=True)
class Draw:
    """What a project is given of the reserve."""

    project: str
    region: int  # Position of its region
    amount: Fraction  # 万吨 of the last year, and of every year from `start` on
    start: int
    place: Place  # Of the amount


@in_all_digits
def read_draws(
    path: Path, regions: Regions, period: Period, answers: Answers = NO_ANSWERS
) -> tuple[tuple[Draw, ...], InputFile, tuple[Finding, ...]]:
    """Read a table of draws, a row a project: its name, its region, the amount (万吨), the year of its start.

    Raises InputError: everything that is wrong, with its cell: a project twice, an amount not above zero, a start
    outside the period.
    """
    sheet, source = read_sheet(path, _COLUMNS, DRAWS, Asked.of(regions))
    reader = TableReader(sheet, Collector())
    reader.once((), ("drawn",))
    draws = tuple(filter(None, (_draw(reader, row, regions, period) for row in sheet.rows)))
    rows = [_project_row(reader, row, regions) for row in sheet.rows]
    cells = ((reader.needed(row, "project"), reader.text(row, "name")) for row in sheet.rows)
    answers.ask((*totals_of_projects(rows), *project_twice(cells)), reader.collector)
    if not rows and not reader.collector.refuses:
        reader.collector.notice("no_projects", sheet.place)
    reader.collector.raise_errors()
    return draws, source, reader.collector.notices


def _project_row(reader: TableReader, row: Row, regions: Regions) -> ProjectRow:
    """Return a row with its amount, where it has one."""
    project, name, cell = (reader.needed(row, standard) for standard in _COLUMNS[:3])
    factor = reader.factor("drawn")
    figures = {"drawn": Figure(cell.parse()[0] * factor, cell, factor)} if cell.is_figure else {}
    return ProjectRow(project if project.text else name, _is_total(regions, name, project), figures)


def _is_total(regions: Regions, name: Cell, project: Cell) -> bool:
    return regions.index.is_total("", name.text or project.text)


def _draw(reader: TableReader, row: Row, regions: Regions, period: Period) -> Draw | None:
    """Return the draw of a row; None after noting what is wrong, and for a row 合计."""
    project, name, drawn, start = (reader.needed(row, standard) for standard in _COLUMNS)
    if _is_total(regions, name, project):
        return None
    if not project.text:
        reader.note("empty_cell", project)
    position = regions.index.locate(name.text, place=name.place, collector=reader.collector)
    year, years = parse_year(start, reader.collector), range(period.base + 1, period.end + 1)
    if year is not None and year not in years:
        reader.collector.error("project_start", start.place, found=year, needed=f"{years.start}–{years.stop - 1}")
    amount = reader.amount(drawn)
    if position is None or year is None or amount is None:
        return None
    return Draw(project.text, position, Fraction(amount) * Fraction(reader.factor("drawn")), year, drawn.place)
