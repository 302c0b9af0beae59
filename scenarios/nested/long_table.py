"""One long table of the counties of all cities, parted by the column that says whose each row is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import TypeVar

from scenarios.errors import Collector, Finding, InputError, Place
from scenarios.file.schema import ScenarioFile
from scenarios.regions.growth_factors import with_growth_factors
from scenarios.regions.read_before import read_sheet_again
from scenarios.regions.table import RegionsReader
from scenarios.regions.wanted import Wanted
from scenarios.sense.asking import question
from scenarios.tables.cells import in_all_digits
from scenarios.tables.files import InputFile
from scenarios.tables.grid import Cell
from scenarios.tables.headers.names import PANEL
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.regions import RegionIndex, Regions, alias

_T = TypeVar("_T")
PARENTS = ("parent", "上级", "上级地区", "所属地区", "所属市", "所属地市", "所属市州", "所属设区市")
"""What the column is called that says under which region a row is."""
_SAME = Fraction(1, 1000)
"""How near two figures are that are meant to be one, relative to it."""


@dataclass(frozen=True)
class Members:
    """The counties of one city, as they were read."""

    regions: Regions
    place: Place  # Where the first of them stands
    notices: tuple[Finding, ...]


@dataclass(frozen=True)
class LongTable:
    """The counties of all cities."""

    members: Mapping[int, Members]  # Position of the city -> its counties; no city without
    source: InputFile
    notices: tuple[Finding, ...]  # What must be said of the table, answered questions among it


@in_all_digits
def read_long_table(path: Path, file: ScenarioFile, regions: Regions) -> LongTable:
    """Read the table of the level below.

    `file`, `regions`: what a city's counties are read by, and the cities.
    Raises InputError: everything that is wrong in it, city by city, and every question that is not answered.
    """
    wanted = Wanted.of(file, (), file.answers)
    sheet, source = read_sheet_again(path, wanted.required, PANEL, wanted.asked, sorted(wanted.columns))
    sheet = with_growth_factors(sheet, wanted.asked.year, wanted.years)
    collector = Collector()
    collector.extend(sheet.findings)
    members: dict[int, Members] = {}
    for position, own in parted(sheet, regions.index, collector).items():
        found = collector.taken(partial(_read, own, wanted))
        if found is not None:
            members[position] = found
    for position, own_members in members.items():
        file.answers.ask(_questions(regions, position, own_members), collector)
    _twice(members, regions, collector)
    collector.raise_errors()
    return LongTable(members, source, collector.notices)


def parted(sheet: Sheet, cities: RegionIndex, collector: Collector) -> dict[int, Sheet]:
    """Return the rows of each city as a table of their own, by its position; a parent that nobody is, is noted."""
    at = parent_column(sheet)
    if at is None:
        raise InputError.of("parent_column", sheet.place, known="、".join(PARENTS[1:3]))
    name = sheet.position("name")
    rows: dict[int, list[tuple[Cell, ...]]] = {}
    for row in sheet.rows:
        position = _parent(row[at], cities, collector)
        if position is None:
            continue
        if name is not None and alias(row[name].text) == alias(cities.regions[position][1]):
            collector.error("parent_is_itself", row[name].place, found=row[name].text)
            continue
        rows.setdefault(position, []).append(without(row, at))
    headers = without(sheet.headers, at)
    heads = without(sheet.heads, at) if len(sheet.heads) == len(sheet.headers) else sheet.heads
    first = without(sheet.first_cells, at) if len(sheet.first_cells) == len(sheet.headers) else sheet.first_cells
    bare = replace(sheet, headers=headers, heads=heads, first_cells=first, findings=(), odd_rows=())
    return {position: replace(bare, rows=tuple(own)) for position, own in sorted(rows.items())}


def parent_column(sheet: Sheet) -> int | None:
    """Return the position of the column that says under which region a row is; None without one."""
    texts = ["".join(header.text.split()).lower() for header in sheet.headers]
    return next((n for n, text in enumerate(texts) if text in PARENTS), None)


def without(cells: tuple[_T, ...], at: int) -> tuple[_T, ...]:
    """Return a row without one of its cells."""
    return cells[:at] + cells[at + 1 :]


def _parent(cell: Cell, cities: RegionIndex, collector: Collector) -> int | None:
    if not cell.text:
        collector.error("empty_cell", cell.place)
        return None
    position = cities.find(cell.text)
    if position is None:
        near = cities.near(cell.text)
        collector.error("parent_unknown_meant" if near else "parent_unknown", cell.place, found=cell.text, meant=near)
    return position


def _read(sheet: Sheet, wanted: Wanted) -> Members:
    """Return the counties of one city. Raises InputError: what is wrong in their rows."""
    collector = Collector()
    reader = RegionsReader(sheet, wanted, collector)
    reader.fewest = 1
    regions = reader.read()
    collector.raise_errors()
    return Members(regions, sheet.rows[0][0].place, collector.notices)


def _twice(members: Mapping[int, Members], regions: Regions, collector: Collector) -> None:
    """Refuse a code that stands under two cities."""
    seen: dict[str, int] = {}
    for position, own in members.items():
        for n, (code, name) in enumerate(zip(own.regions.ids, own.regions.names, strict=True)):
            if code != name and code in seen:
                place = own.regions.places[n] if own.regions.places else own.place
                first, second = regions.names[seen[code]], regions.names[position]
                collector.error("county_twice", place, found=f"{code} {name}", first=first, second=second)
            seen.setdefault(code, position)


def _questions(cities: Regions, position: int, own: Members) -> Iterator[Finding]:
    """Ask about counties that repeat their city, are counted in another one of it, or grow as it cannot."""
    regions = own.regions
    if len(regions) < 2:
        return
    city, whole = cities.names[position], (cities.emissions[position], cities.gdp[position])
    sums = sum(regions.emissions), sum(regions.gdp)
    for n, name in enumerate(regions.names):
        place = regions.places[n] if regions.places else own.place
        figures = regions.emissions[n], regions.gdp[n]
        said = {"name": name, "city": city}
        if figures == whole:
            yield question("county_is_city", f"county-is-city:{city}:{name}", place, **said)
        elif all(
            _near(Fraction(total) - Fraction(one), Fraction(of))
            for total, one, of in zip(sums, figures, whole, strict=True)
        ):
            over = f"{sum(regions.emissions) - whole[0]:,.2f}"
            yield question("counted_twice", f"counted-twice:{city}:{name}", place, over=over, **said)
    if not min(regions.growth) <= cities.growth[position] <= max(regions.growth):
        found = {"city": city, "growth": f"{cities.growth[position]:f}", "low": f"{min(regions.growth):f}"}
        found["high"] = f"{max(regions.growth):f}"
        yield question("growth_of_parts", f"growth-of-parts:{city}", own.place, **found)


def _near(value: Fraction, other: Fraction) -> bool:
    return abs(value - other) <= _SAME * other
