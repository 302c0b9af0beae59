"""A table of major projects: `name, region, emissions, value_added, start`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from scenarios.errors import Collector, Finding
from scenarios.sense.asking import NO_ANSWERS, Answers
from scenarios.sense.figures import Figure
from scenarios.sense.projects import (
    ProjectFigures,
    ProjectRow,
    project_twice,
    questions_of_planned,
    totals_of_projects,
)
from scenarios.tables.cells import in_all_digits
from scenarios.tables.files import InputFile
from scenarios.tables.headers.names import PROJECTS, TRACKING
from scenarios.tables.layout.asked import Asked
from scenarios.tables.regions import RegionIndex, Regions, called_subtotal, called_total
from scenarios.tables.rows import Row, TableReader, not_negative
from scenarios.tables.sheets import read_sheet
from scenarios.tracking.actual_rows import parse_start

_NAMES: Mapping[str, str] = {**TRACKING, **PROJECTS, "name": "project", "名称": "project"}
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
def read_projects(
    path: Path, regions: Regions, last: int, end: int, answers: Answers = NO_ANSWERS
) -> tuple[tuple[Project, ...], InputFile, tuple[Finding, ...]]:
    """Read a table of projects (csv or xlsx).

    `last`, `end`: the last year of actual figures, and of the period: projects start between them.
    Returns the projects, the file's record, and what must be said with them: questions that `answers` answers too.
    Raises InputError: everything that is wrong, with its cell.
    """
    sheet, source = read_sheet(path, _COLUMNS, _NAMES, Asked.of(regions))
    reader = _ProjectReader(sheet, Collector())
    collector = reader.collector
    reader.once((), ("emissions", "value_added"))
    index, years = regions.index, range(last + 1, end + 1)
    totals = reader.totals()
    found = [reader.project(row, index, years) for row in reader.rows]
    if not found and not collector.refuses:
        collector.error("no_projects", sheet.place)
    collector.raise_errors()
    answers.ask((*totals, *reader.questions(found, regions)), collector)
    collector.raise_errors()
    return tuple(found), source, collector.notices


class _ProjectReader(TableReader):
    """Reads a row a project; what cannot be read is noted and stands as 0."""

    rows: tuple[Row, ...] = ()
    """Those of projects, once `totals` has been asked."""

    def totals(self) -> list[Finding]:
        """Part the rows of projects from those that call themselves a total; return what is said or asked of these."""
        found = [self._row(row) for row in self.sheet.rows]
        self.rows = tuple(row for row, one in zip(self.sheet.rows, found, strict=True) if not one.is_total)
        return list(totals_of_projects(found))

    def _row(self, row: Row) -> ProjectRow:
        project, region = self.needed(row, "project"), self.needed(row, "name")
        named = project if project.text else region
        is_total = called_total(named.text) or called_subtotal(named.text)
        given = {key: self.needed(row, key) for key in ("emissions", "value_added")}
        figures = {
            key: Figure(cell.parse()[0] * self.factor(key), cell, self.factor(key))
            for key, cell in given.items()
            if cell.is_figure
        }
        return ProjectRow(named, is_total, figures)

    def project(self, row: Row, index: RegionIndex, years: range) -> Project:
        """Return the project of a row; it is to start in one of the years."""
        name, region, start = (self.needed(row, standard) for standard in ("project", "name", "start"))
        if not name.text:
            self.collector.error("empty_cell", name.place)
        position = index.locate(region.text, place=region.place, collector=self.collector)
        year = parse_start(start, self.collector)
        if year is not None and year not in years:
            self.collector.error("project_start", start.place, found=year, needed=f"{years.start}–{years.stop - 1}")
        emissions, value_added = (self._yearly(row, standard) for standard in ("emissions", "value_added"))
        return Project(name.text, position or 0, emissions, value_added, year or 0)

    def questions(self, projects: Sequence[Project], regions: Regions) -> Iterator[Finding]:
        """Yield what is asked about the projects of all rows."""
        names = [regions.names[project.region] for project in projects]
        yield from project_twice(zip((self.needed(row, "project") for row in self.rows), names, strict=True))
        for row, project, name in zip(self.rows, projects, names, strict=True):
            given = {"emissions": project.emissions, "value_added": project.value_added}
            figures = {key: Figure(x, self.needed(row, key), self.factor(key)) for key, x in given.items()}
            whole = {"emissions": regions.emissions[project.region], "value_added": regions.gdp[project.region]}
            yield from questions_of_planned(ProjectFigures(project.name, name, figures), whole)

    def _yearly(self, row: Row, standard: str) -> Decimal:
        read = self.amount(self.needed(row, standard), "project_negative", not_negative)
        return (read or Decimal(0)) * self.factor(standard)
