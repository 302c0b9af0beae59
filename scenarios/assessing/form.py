"""Reads the filled form of an assessment: a row an item, a column a city, every score within its points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from scenarios.assessing.rules import ANNUAL, CUMULATIVE, Item, RuleSet, plain
from scenarios.errors import Collector, Place
from scenarios.tables.cells import CellError, in_all_digits
from scenarios.tables.columns import Header
from scenarios.tables.files import InputFile
from scenarios.tables.regions import RegionIndex, Regions, is_total
from scenarios.tables.sheets import Cell, Sheet, read_sheet

HEADS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "item": ("项目编号", "item no."),
        "section": ("考核内容", "section"),
        "indicator": ("考核指标", "indicator"),
        "points": ("分值", "points"),
    }
)
"""Columns that stand before those of the cities: code -> header in Chinese and English."""

_NAMES = {head: code for code, heads in HEADS.items() for head in heads}
_NEEDED = ("item", "points")
_SEPARATOR = "、"


@dataclass(frozen=True)
class Form:
    """The scores that people gave."""

    # Item -> score of every region, in the order of the scenario, exactly as written
    scores: Mapping[str, tuple[Decimal, ...]]
    source: InputFile  # The file they were read from


@in_all_digits
def read_form(path: Path, rules: RuleSet, regions: Regions) -> Form:
    """Read a filled form (xlsx or csv).

    Raises
    ------
    InputError
        Every cell that is empty, no number, below zero or above its item's points; items and cities that are
        unknown, missing or there twice.
    """
    sheet, source = read_sheet(path, _NEEDED, _NAMES)
    collector = Collector()
    collector.extend(sheet.findings)
    columns = _columns(sheet, regions, collector)
    rows = _rows(sheet, rules, collector)
    _odd(sheet, rules, regions, columns, rows, collector)
    unfilled = [n for n, at in columns.items() if rows and not any(row[at].text for row in rows.values())]
    for n in unfilled:
        place = _head_place(sheet, columns[n])
        collector.error("assess_city_empty", place, found=regions.names[n], needed=len(rows))
    read = {n: at for n, at in columns.items() if n not in unfilled}
    known = {item.id: item for item in rules.items}
    found = {key: {n: _score(row[at], known[key], collector) for n, at in read.items()} for key, row in rows.items()}
    collector.raise_errors()
    return Form({item.id: tuple(found[item.id][n] for n in range(len(regions))) for item in rules.items}, source)


def _head_place(sheet: Sheet, at: int) -> Place:
    """Return the place of a column's header."""
    cell = sheet.head_cells[at] if sheet.head_cells else ""
    return replace(sheet.place, cell=cell, column="" if cell else sheet.headers[at].text)


def _columns(sheet: Sheet, regions: Regions, collector: Collector) -> dict[int, int]:
    """Return region -> column; headers that name no region or one that was there are noted."""
    index = RegionIndex(regions.ids, regions.names, regions.names_en)
    found: dict[int, int] = {}
    seen: dict[str, int] = {}
    for at, header in enumerate(sheet.headers):
        place = _head_place(sheet, at)
        if header.standard in HEADS:
            if header.standard in seen:
                collector.error("column_twice", replace(place, column=header.text))
            seen.setdefault(header.standard, at)
            continue
        position = index.find(*_spellings(header))
        if position is None:
            _unknown(header, index, place, collector)
        elif position in found:
            first = _head_place(sheet, found[position]).cell or sheet.headers[found[position]].text
            collector.error("assess_city_twice", place, found=regions.names[position], first=first)
        else:
            found[position] = at
    return found


def _spellings(header: Header) -> tuple[str, ...]:
    """Return what a header may say, first as a whole: a name may hold brackets, which are taken for a unit."""
    text, unit = header.text, header.unit
    return (f"{text} ({unit})", f"{text}({unit})", f"{text}（{unit}）", text) if unit else (text,)


def _unknown(header: Header, index: RegionIndex, place: Place, collector: Collector) -> None:
    """Note a column that belongs to no city."""
    if not header.text:
        collector.error("assess_no_city", place)
        return
    meant = index.near(header.text)
    collector.error("unknown_region_meant" if meant else "unknown_region", place, found=header.text, meant=meant)


def _rows(sheet: Sheet, rules: RuleSet, collector: Collector) -> dict[str, tuple[Cell, ...]]:
    """Return item -> row; rows that name no item or one that was there are noted, as are points that differ."""
    at, at_points = sheet.position("item"), sheet.position("points")
    assert at is not None
    assert at_points is not None
    known = {item.id: item for item in rules.items}
    found: dict[str, tuple[Cell, ...]] = {}
    for row in sheet.rows:
        name = _number(row[at].text)
        if is_total("", name):
            continue
        if not name:
            if any(cell.text for cell in row):
                collector.error("assess_no_item", row[at].place)
        elif name in (ANNUAL, CUMULATIVE) and name not in known:
            collector.error("assess_item_computed", row[at].place, found=name)
        elif name not in known:
            collector.error("assess_unknown_item", row[at].place, found=name, known=_SEPARATOR.join(known))
        elif name in found:
            collector.error("region_twice", row[at].place, found=name, first=found[name][at].place.inside)
        else:
            found[name] = row
            _same_points(row[at_points], known[name], collector)
    return found


def _number(text: str) -> str:
    """Return an item's number as rule sets write it: Excel may have made 3 of it, or 3.0."""
    return text.removesuffix(".0")


def _same_points(cell: Cell, item: Item, collector: Collector) -> None:
    """Note points that are not the rule set's: the form is another's, or somebody changed it."""
    try:
        same = not cell.text or cell.parse() == (item.points, False)
    except CellError:
        same = False
    if not same:
        collector.error("assess_points_differ", cell.place, found=cell.text, needed=plain(item.points))


def _odd(
    sheet: Sheet,
    rules: RuleSet,
    regions: Regions,
    columns: Mapping[int, int],
    rows: Mapping[str, object],
    collector: Collector,
) -> None:
    """Note items and cities that are not there at all."""
    items = [item.id for item in rules.items if item.id not in rows]
    cities = [name for n, name in enumerate(regions.names) if n not in columns]
    if items:
        collector.error("assess_items_missing", sheet.place, missing=_SEPARATOR.join(items))
    if cities:
        collector.error("assess_cities_missing", sheet.place, missing=_SEPARATOR.join(cities))


def _score(cell: Cell, item: Item, collector: Collector) -> Decimal:
    """Return a score; one that cannot be is noted and stands as 0."""
    if not cell.text:
        if not collector.names(cell.place):
            collector.error("assess_cell_empty", cell.place, item=item.id, needed=plain(item.points))
        return Decimal(0)
    try:
        number, percent = cell.parse()
    except CellError as error:
        collector.error(error.code, cell.place, **error.values)
        return Decimal(0)
    values = {"found": cell.text, "item": item.id, "needed": plain(item.points)}
    if Decimal(repr(float(number))) != number:
        collector.error("assess_digits", cell.place, found=cell.text)
    elif percent:
        collector.error("percent_here", cell.place, found=cell.text)
    elif number < 0:
        collector.error("assess_negative", cell.place, **values)
    elif number > item.points:
        collector.error("assess_above", cell.place, **values)
    elif item.choices and number not in item.choices:
        collector.error("assess_choice", cell.place, **values | {"needed": _SEPARATOR.join(map(plain, item.choices))})
    return number + 0  # no sign on zero
