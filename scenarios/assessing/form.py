"""Reads the filled form of an assessment: a row an item, a column a city, every score within its points.

The form is one file with all cities, or a folder of files with a city each (or some), which are read as one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from types import MappingProxyType

from scenarios.assessing.rules import ANNUAL, CUMULATIVE, RuleSet, ScoredItem, plain
from scenarios.errors import Collector, Finding, InputError, Place
from scenarios.tables.cells import CellError, in_all_digits
from scenarios.tables.columns import Header
from scenarios.tables.files import InputFile
from scenarios.tables.grid import Cell
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.regions import Regions, is_total
from scenarios.tables.rows import Row, TableReader
from scenarios.tables.sheets import read_sheet

HEADS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "item": ("项目编号", "item no."),
        "section": ("考核内容", "section"),
        "indicator": ("考核指标", "indicator"),
        "points": ("分值", "points"),
    }
)
"""Columns that stand before those of the cities: code -> header in Chinese and English."""

GROUNDS = ("自评依据", "grounds")
"""Header of what a city has to say for its scores, in Chinese and English; it is for people and not read."""

_GROUNDS = "grounds"
_NAMES = {head: code for code, heads in (*HEADS.items(), (_GROUNDS, GROUNDS)) for head in heads}
_SUFFIXES = (".xlsx", ".xls", ".csv")
_NEEDED = ("item", "points")
_SEPARATOR = "、"


@dataclass(frozen=True)
class Form:
    """The scores that people gave."""

    # Item -> score of every region, in the order of the scenario, exactly as written
    scores: Mapping[str, tuple[Decimal, ...]]
    sources: tuple[InputFile, ...]  # The files they were read from
    notices: tuple[Finding, ...] = ()  # What must be said with them


@in_all_digits
def read_form(path: Path, rules: RuleSet, regions: Regions) -> Form:
    """Read a filled form (xlsx or csv), or a folder of them in which every city stands once.

    Raises InputError: every cell that is empty, no number, below zero or above its item's points; items and cities that
    are unknown, missing or there twice.
    """
    collector, files, parts = Collector(), _files(path), []
    for file in files:
        part = collector.taken(partial(_read_part, file, rules, regions, collector))
        if part is not None:
            parts.append(part)
    _refuse_twice(parts, regions, collector)
    missing = [name for n, name in enumerate(regions.names) if not any(n in part.columns for part in parts)]
    if missing and len(parts) == len(files):  # the others' cities may stand in one that cannot be read
        place = parts[0].sheet.place if len(parts) == 1 else Place(file=path.name)
        collector.error("assess_cities_missing", place, missing=_SEPARATOR.join(missing))
    collector.raise_errors()
    items = [item.id for item in rules.items]
    scores = {key: {n: score for part in parts for n, score in part.scores[key].items()} for key in items}
    whole = {key: tuple(of[n] for n in range(len(regions))) for key, of in scores.items()}
    return Form(whole, tuple(part.source for part in parts), collector.notices)


def _files(path: Path) -> list[Path]:
    """Return the files of a form: itself, or those in a folder but for the marks of open ones and hidden ones.

    Raises InputError: there is none in the folder.
    """
    if not path.is_dir():
        return [path]
    there = sorted(entry for entry in path.iterdir() if entry.suffix.lower() in _SUFFIXES)
    found = [entry for entry in there if not entry.name.startswith(("~$", "."))]
    if not found:
        raise InputError.of("assess_no_forms", Place(file=str(path)))
    return found


@dataclass(frozen=True)
class _Part:
    """What one file of a form holds: the column of each region, and its scores by item and region."""

    sheet: Sheet
    source: InputFile
    columns: Mapping[int, int]
    scores: Mapping[str, Mapping[int, Decimal]]


def _read_part(path: Path, rules: RuleSet, regions: Regions, collector: Collector) -> _Part:
    """Read one file of a form; what is wrong in it is noted."""
    sheet, source = read_sheet(path, _NEEDED, _NAMES)
    reader = _FormReader(sheet, collector, rules, regions)
    columns, rows = reader.columns(), reader.items()
    reader.check_all(rows)
    unfilled = [n for n, at in columns.items() if rows and not any(row[at].text for row in rows.values())]
    for n in unfilled:
        place = _head_place(sheet, columns[n])
        collector.error("assess_city_empty", place, found=regions.names[n], needed=len(rows))
    read = {n: at for n, at in columns.items() if n not in unfilled}
    found = {key: {n: reader.score(row[at], key) for n, at in read.items()} for key, row in rows.items()}
    return _Part(sheet, source, columns, found)


def _refuse_twice(parts: Sequence[_Part], regions: Regions, collector: Collector) -> None:
    """Note a city that stands in two files."""
    seen: dict[int, str] = {}
    for part in parts:
        for n, at in part.columns.items():
            if n in seen:
                place = _head_place(part.sheet, at)
                collector.error("assess_city_in_two", place, found=regions.names[n], first=seen[n])
            seen.setdefault(n, part.source.name)


def _head_place(sheet: Sheet, at: int) -> Place:
    """Return the place of a column's header."""
    place = sheet.header_place(at)
    return replace(place, column="") if place.cell else place


class _FormReader(TableReader):
    """Reads a form of a rule set for the regions of a scenario."""

    def __init__(self, sheet: Sheet, collector: Collector, rules: RuleSet, regions: Regions) -> None:
        super().__init__(sheet, collector)
        self.regions = regions
        self.known = {item.id: item for item in rules.items}

    def columns(self) -> dict[int, int]:
        """Return region -> column; headers that name no region or one that was there are noted."""
        index = self.regions.index
        found: dict[int, int] = {}
        seen: set[str] = set()
        for at, header in enumerate(self.sheet.headers):
            place = _head_place(self.sheet, at)
            if header.standard in (*HEADS, _GROUNDS):
                if header.standard in seen:
                    self.collector.error("column_twice", replace(place, column=header.text))
                seen.add(header.standard)
                continue
            if not header.text:
                self.collector.error("assess_no_city", place)
                continue
            position = index.find(*_spellings(header))
            if position is None:
                index.refuse(header.text, place, self.collector)
            elif position in found:
                first = _head_place(self.sheet, found[position]).cell or self.sheet.headers[found[position]].text
                self.collector.error("assess_city_twice", place, found=self.regions.names[position], first=first)
            else:
                found[position] = at
        return found

    def items(self) -> dict[str, Row]:
        """Return item -> row; rows that name no item or one that was there are noted, as are points that differ."""
        found: dict[str, Row] = {}
        for row in self.sheet.rows:
            cell = self.needed(row, "item")
            name = cell.text.removesuffix(".0")  # Excel may have made 3.0 of 3
            if is_total("", name):
                continue
            if not name:
                if any(each.text for each in row):
                    self.collector.error("assess_no_item", cell.place)
            elif name in (ANNUAL, CUMULATIVE) and name not in self.known:
                self.collector.error("assess_item_computed", cell.place, found=name)
            elif name not in self.known:
                self.collector.error("assess_unknown_item", cell.place, found=name, known=_SEPARATOR.join(self.known))
            elif name in found:
                first = self.needed(found[name], "item").place.inside
                self.collector.error("region_twice", cell.place, found=name, first=first)
            else:
                found[name] = row
                self._same_points(self.needed(row, "points"), self.known[name])
        return found

    def _same_points(self, cell: Cell, item: ScoredItem) -> None:
        """Note points that are not the rule set's: the form is another's, or somebody changed it."""
        try:
            same = not cell.text or cell.parse() == (item.points, False)
        except CellError:
            same = False
        if not same:
            self.collector.error("assess_points_differ", cell.place, found=cell.text, needed=plain(item.points))

    def check_all(self, rows: Mapping[str, Row]) -> None:
        """Note items that are not there at all."""
        items = [name for name in self.known if name not in rows]
        if items:
            self.collector.error("assess_items_missing", self.sheet.place, missing=_SEPARATOR.join(items))

    def score(self, cell: Cell, key: str) -> Decimal:
        """Return a score; one that cannot be is noted and stands as 0."""
        item = self.known[key]
        read = self.number(cell, "assess_cell_empty", item=key, needed=plain(item.points))
        if read is None:
            return Decimal(0)
        number, percent = read
        values = {"found": cell.text, "item": key, "needed": plain(item.points)}
        if Decimal(repr(float(number))) != number:
            self.note("assess_digits", cell, found=cell.text)
        elif percent:
            self.note("percent_here", cell, found=cell.text)
        elif number < 0:
            self.note("assess_negative", cell, **values)
        elif number > item.points:
            self.note("assess_above", cell, **values)
        elif item.choices and number not in item.choices:
            self.note("assess_choice", cell, **values | {"needed": _SEPARATOR.join(map(plain, item.choices))})
        return number + 0  # no sign on zero


def _spellings(header: Header) -> tuple[str, ...]:
    """Return what a header may say, first as a whole: a name may hold brackets, which are taken for a unit."""
    text, unit = header.text, header.unit
    return (f"{text} ({unit})", f"{text}({unit})", f"{text}（{unit}）", text) if unit else (text,)
