"""A table of offsets (置换), a row a source of cuts.

    project, region, emissions, ratio, start        and        source, source_region, amount, year

What stands in one row of a project (region, emissions, ratio, start) may stand in all of its rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from scenarios.errors import Collector, Finding, Place
from scenarios.sense.asking import NO_ANSWERS, Answers, question, table_of
from scenarios.sense.figures import Figure
from scenarios.sense.projects import ProjectRow, totals_of_projects
from scenarios.tables.cells import in_all_digits
from scenarios.tables.files import InputFile
from scenarios.tables.grid import Cell
from scenarios.tables.headers.names import OFFSETS
from scenarios.tables.layout.asked import Asked
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.regions import RegionIndex, Regions
from scenarios.tables.rows import Row, TableReader
from scenarios.tables.sheets import read_sheet
from scenarios.tracking.actual_rows import parse_start, parse_year

_PROJECT = ("name", "emissions", "ratio", "start")
_SOURCE = ("offset_source", "offset_amount", "year")
_QUANTITIES = ("emissions", "offset_amount")


@dataclass(frozen=True)
class OffsetSource:
    """What is cut elsewhere for a project."""

    name: str
    region: int  # Position of its region
    amount: Decimal  # 万吨 a year
    year: int  # From which on it is cut


@dataclass(frozen=True)
class OffsetProject:
    """A project, and what is to make up for its emissions."""

    name: str
    region: int  # Position of its region
    emissions: Decimal  # 万吨 a year
    ratio: Decimal  # Of what is to be cut to its emissions; 1: as much
    start: int  # Its first year
    sources: tuple[OffsetSource, ...]

    @property
    def need(self) -> Fraction:
        """What is to be cut elsewhere, 万吨."""
        return Fraction(self.ratio) * Fraction(self.emissions)

    @property
    def have(self) -> Fraction:
        """What the sources cut by the project's first year, 万吨."""
        return sum((Fraction(source.amount) for source in self.sources if self.counts(source)), Fraction(0))

    @property
    def left(self) -> Fraction:
        """What is cut beyond the need, 万吨; below zero: missing."""
        return self.have - self.need

    def counts(self, source: OffsetSource) -> bool:
        """Return whether a source is there when the project starts."""
        return source.year <= self.start


@in_all_digits
def read_offsets(
    path: Path, regions: Regions, answers: Answers = NO_ANSWERS
) -> tuple[tuple[OffsetProject, ...], InputFile, tuple[Finding, ...]]:
    """Read a table of offsets (csv or xlsx); `answers` are those to what is asked of it.

    Returns the projects in the order of the table, the file's record, and what must be said with them.
    Raises InputError: everything that is wrong, with its cell; a source that stands twice among them, or is
    its own project.
    """
    sheet, source = read_sheet(path, ("project", *_PROJECT, *_SOURCE), OFFSETS, Asked.of(regions))
    reader = _OffsetReader(sheet, regions.index)
    projects = reader.projects()
    reader.collector.raise_errors()
    answers.ask((*reader.totals(), *reader.questions(projects, regions)), reader.collector)
    reader.collector.raise_errors()
    return projects, source, reader.collector.notices


@dataclass
class _Rows:
    """The rows of one project, and what they say of it."""

    said: dict[str, tuple[Cell, object]] = field(default_factory=dict)  # Column -> first cell and its value
    rows: list[Row] = field(default_factory=list)


class _OffsetReader(TableReader):
    """Reads a row a source; what cannot be read is noted, and the rest goes on."""

    def __init__(self, sheet: Sheet, index: RegionIndex) -> None:
        super().__init__(sheet, Collector())
        self.index = index
        self.once(("project", *_PROJECT, *_SOURCE, "source_region"), _QUANTITIES)
        self.amounts: dict[tuple[str, str], Cell] = {}  # Project, and source or nothing -> where its 万吨 stand
        self.used: dict[tuple[str, int], tuple[Place, str]] = {}  # Sources: where, and for which project

    def projects(self) -> tuple[OffsetProject, ...]:
        """Return the projects of all rows."""
        found: dict[str, _Rows] = {}
        for row in self.sheet.rows:
            cell = self.needed(row, "project")
            if self._is_total(row):
                continue
            if not cell.text:
                self.note("empty_cell", cell)
                continue
            rows = found.setdefault(cell.text, _Rows())
            self._project(row, rows)
            rows.rows.append(row)
        if not found and not self.collector.refuses:
            self.collector.error("no_projects", self.sheet.place)
        return tuple(project for name, rows in found.items() if (project := self._whole(name, rows)) is not None)

    def _is_total(self, row: Row) -> bool:
        """Return whether a row adds up the others: by its project, or by its region where it names none."""
        return self.index.is_total("", self.text(row, "project") or self.text(row, "name"))

    def totals(self) -> Iterator[Finding]:
        """Yield what is said or asked of rows that add up the others; emissions of a project count once."""
        rows, seen = list[ProjectRow](), set[str]()
        for row in self.sheet.rows:
            project, total = self.needed(row, "project"), self._is_total(row)
            columns = [name for name in _QUANTITIES if total or name != "emissions" or project.text not in seen]
            cells = {name: self.needed(row, name) for name in columns}
            figures = {
                name: Figure(cell.parse()[0] * self.factor(name), cell, self.factor(name))
                for name, cell in cells.items()
                if cell.is_figure
            }
            seen |= {project.text} if "emissions" in figures else set()
            rows.append(ProjectRow(project if project.text else self.needed(row, "name"), total, figures))
        yield from totals_of_projects(rows)

    def questions(self, projects: Iterable[OffsetProject], regions: Regions) -> Iterator[Finding]:
        """Yield what is asked of projects and sources that are larger than their whole region was."""
        for project in projects:
            parts = [("", project.region, project.emissions)]
            parts += [(source.name, source.region, source.amount) for source in project.sources]
            for source, region, amount in parts:
                cell = self.amounts[project.name, source]
                if amount > regions.emissions[region]:
                    asked = ":".join(filter(None, ("offset-large", table_of(cell.place), project.name, source)))
                    said = {"found": cell.text, "region": regions.names[region]}
                    own = f"{float(regions.emissions[region]):,.1f}"
                    yield question("offset_large", asked, cell.place, name=source or project.name, own=own, **said)

    def _project(self, row: Row, rows: _Rows) -> None:
        """Take in what a row says of its project; what differs from a row above is noted."""
        readers: dict[str, Callable[[Cell], object]] = {
            "name": self._region, "emissions": self._tonnes("emissions"), "ratio": self._ratio,
            "start": lambda cell: parse_start(cell, self.collector),
        }  # fmt: skip
        for standard, read in readers.items():
            cell = self.needed(row, standard)
            if not cell.text:
                continue
            value = read(cell)
            first, known = rows.said.setdefault(standard, (cell, value))
            if None not in (value, known) and value != known:
                self.note("offset_differs", cell, found=cell.text, first=first.place.inside, needed=first.text)

    def _whole(self, name: str, rows: _Rows) -> OffsetProject | None:
        """Return a project with its sources; None after noting what is missing."""
        for standard in (standard for standard in _PROJECT if standard not in rows.said):
            code = "offset_ratio_missing" if standard == "ratio" else "empty_cell"
            self.note(code, self.needed(rows.rows[0], standard))
        region, emissions, ratio, start = (rows.said.get(standard, (None, None))[1] for standard in _PROJECT)
        sources = [self._source(row, name, region) for row in rows.rows if not self._bare(row, len(rows.rows))]
        if not (isinstance(region, int) and isinstance(start, int)):
            return None
        if not (isinstance(emissions, Decimal) and isinstance(ratio, Decimal)):
            return None
        self.amounts[name, ""] = rows.said["emissions"][0]
        return OffsetProject(name, region, emissions, ratio, start, tuple(s for s in sources if s is not None))

    def _bare(self, row: Row, count: int) -> bool:
        """Return whether the only row of a project names no source at all."""
        return count == 1 and not any(self.text(row, standard) for standard in (*_SOURCE, "source_region"))

    def _source(self, row: Row, project: str, region: object) -> OffsetSource | None:
        """Return the source in a row, in the project's region where it says nothing; one used before is noted."""
        cell = self.needed(row, "offset_source")
        if not cell.text:
            self.note("empty_cell", cell)
        own = self.cell(row, "source_region")
        place = self._region(own) if own is not None and own.text else region
        amount = self._tonnes("offset_amount")(self.needed(row, "offset_amount"))
        year = parse_year(self.needed(row, "year"), self.collector)
        if not cell.text or not isinstance(place, int):
            return None
        if (cell.text, place) == (project, region):
            self.note("offset_itself", cell, found=cell.text)
        self.amounts[project, cell.text] = self.needed(row, "offset_amount")
        first, other = self.used.setdefault((cell.text, place), (cell.place, project))
        if first is not cell.place:
            self.note("offset_source_twice", cell, found=cell.text, project=other, first=first.inside)
        return None if amount is None or year is None else OffsetSource(cell.text, place, amount, year)

    def _region(self, cell: Cell) -> int | None:
        return self.index.locate(cell.text, place=cell.place, collector=self.collector)

    def _tonnes(self, standard: str) -> Callable[[Cell], Decimal | None]:
        """Return what reads 万吨 above zero from cells of a column."""

        def read(cell: Cell) -> Decimal | None:
            value = self.amount(cell)
            return None if value is None or self.collector.names(cell.place) else value * self.factor(standard)

        return read

    def _ratio(self, cell: Cell) -> Decimal | None:
        """Return a ratio; one below 1 would let emissions rise."""
        value = self.amount(cell)
        if value is not None and value < 1:
            self.note("offset_ratio_low", cell, found=cell.text)
        return value
