"""Tables one below the other on a sheet: parted at each further header, and joined where one goes on with the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from scenarios.errors import Finding, InputError, Place
from scenarios.tables.adcodes.prefectures import code_of
from scenarios.tables.cells import CellError, parse_number, year_of
from scenarios.tables.columns import Header
from scenarios.tables.grid import Cell, Grid
from scenarios.tables.headers.energy_units import unit
from scenarios.tables.headers.units import UNITS, plain
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.layout.units_around import with_units_around
from scenarios.tables.regions import alias, called_total

_OWNERS = ("name", "id")
_CONTINUED = re.compile(r"[(（\[【]?续|续表|(?:table\s*\d*\s*)?[(（]?(?:cont(?:inue|')?d?\.?)[)）]?", re.IGNORECASE)
_TITLE = re.compile(r"(?:附?表|table)\s*[0-9一二三四五六七八九十]*", re.IGNORECASE)
_NOTE = re.compile(
    r"(?:附?注|备注|说明|(?:资料|数据)?来源|notes?|sources?|remarks?|填[表报]|制表|审核|负责人|联系)", re.IGNORECASE
)
_REGION = re.compile(r".+[市州盟县旗区]|.*(?:其[他它余]|其中).*")
_OF_A_TITLE = re.compile(r"[(（\[【]?续|单位\s*[：:]|^(?:附?表|table)\s*\d|\bunits?\s*:", re.IGNORECASE)
_MOST_TABLES = 200  # on one sheet
_MOST_SAID = 3  # texts of one line above a header
_SHOWN = 30  # characters of a title that are named

_Parse = Callable[[str], Header]


def parted_tables(place: Place, grid: Grid, parse: _Parse) -> list[tuple[Place, Grid]]:
    """Return the tables that stand one below the other on a sheet: each with its titles, further ones at their row."""
    starts, first = [0], _first_head(grid, parse)
    heads = [first]
    top = first + 1  # where the titles above a row begin: rows of one text right above it that are no notes
    for at in range(first + 1, len(grid)):
        top = max(top, heads[-1] + 1) if _is_title(grid[at - 1]) else at
        again = top == at and _texts(grid[at]) == _texts(grid[heads[-1]])  # printed anew on each page
        if again or not _is_head(grid, at, top, heads[-1], parse):
            continue
        if any(_has_amount(row) for row in grid[heads[-1] + 1 : top]):
            starts.append(top)
            heads.append(at)
        if len(starts) > _MOST_TABLES:
            raise InputError.of("table_too_big", place)
    ends = [*starts[1:], len(grid)]
    rows = [None, *(grid[at][0].place.address[0] for at in heads[1:])]
    return [(replace(place, row=row), grid[a:b]) for row, a, b in zip(rows, starts, ends, strict=True)]


def _first_head(grid: Grid, parse: _Parse) -> int:
    return next((n for n, row in enumerate(grid) if _names_regions(row, parse)), 0)


def _texts(row: Sequence[Cell]) -> list[str]:
    return [cell.text for cell in row if cell.text]


def _is_figure(cell: Cell) -> bool:
    """Return whether a cell holds something that is no label: a number, a formula, a year among them."""
    if cell.unknown or cell.doubt or cell.percent or cell.number is not None:
        return True
    return _reads_as_figure(cell.text)


@lru_cache(maxsize=10_000)
def _reads_as_figure(text: str) -> bool:
    try:
        parse_number(text)
    except CellError as error:
        return error.code not in ("not_a_number", "number_meant")
    return True


def _has_figure(row: Sequence[Cell]) -> bool:
    return any(_is_figure(cell) for cell in row if cell.text or cell.unknown)


def _has_amount(row: Sequence[Cell]) -> bool:
    """Return whether a row holds a number that is no year, or several."""
    figures = [cell for cell in row if (cell.text or cell.unknown) and _is_figure(cell)]
    return len(figures) > 1 or any(year_of(cell.text) is None for cell in figures)


def _is_label(cell: Cell) -> bool:
    return not _is_figure(cell) or (not cell.unknown and not cell.percent and year_of(cell.text) is not None)


def _names_regions(row: Sequence[Cell], parse: _Parse) -> bool:
    """Return whether a row is a header with a column of regions."""
    filled = [cell for cell in row if cell.text or cell.unknown]
    return len(filled) > 1 and all(map(_is_label, filled)) and any(parse(c.text).standard in _OWNERS for c in filled)


def _is_title(row: Sequence[Cell]) -> bool:
    texts = _texts(row)
    if not texts or _has_figure(row) or _NOTE.match(texts[0]):
        return False
    if len(texts) > 1:
        return len(texts) <= _MOST_SAID and any(map(_OF_A_TITLE.search, texts))
    return not (re.fullmatch(r".{1,10}[市州盟县旗区]", texts[0]) or code_of(texts[0]) or called_total(texts[0]))


def _is_head(grid: Grid, at: int, top: int, before: int, parse: _Parse) -> bool:
    """Return whether a row is the header of a further table: of regions, or of other things below its own title."""
    row, texts = grid[at], _texts(grid[at])
    if _names_regions(row, parse):
        owners = {text for text in texts if parse(text).standard in _OWNERS}
        known = sum(bool(parse(text).standard or parse(text).year) for text in texts)
        apart = top < at or grid[at][0].place.address[0] > grid[at - 1][0].place.address[0] + 1
        return apart or known > 1 or not owners.isdisjoint(_texts(grid[before]))
    labels = len(texts) > 1 and all(map(_is_label, filter(lambda cell: cell.text or cell.unknown, row)))
    if not labels or at + 1 == len(grid) or not _has_figure(grid[at + 1]):
        return False
    titled = any(_TITLE.match(text) or _CONTINUED.match(text) for above in grid[top:at] for text in _texts(above))
    return titled and not _REGION.fullmatch(texts[0]) and not called_total(texts[0])


def passed_above(grid: Grid, head: Sequence[Cell]) -> Iterator[Finding]:
    """Yield that rows of figures, two at least, stand above the header of a table and are not read."""
    first = min((cell.place.address[0] for cell in head), default=0)
    above = [row for row in grid if row and row[0].place.address[0] < first]
    rows = [
        row
        for row in above
        if len(_texts(row)) > 1 and any(_is_figure(c) and not year_of(c.text) for c in row if c.text)
    ]
    if len(rows) > 1:
        cell = next(cell for cell in rows[0] if cell.text)
        yield Finding("table_unread", cell.place, {"found": _short(cell.text), "count": len(rows)}, "notice")


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def continued(sheets: Sequence[Sheet]) -> list[Sheet]:
    """Return tables of which one that goes on with that above it, on the same sheet, is part of that, which is said."""
    whole: list[Sheet] = []
    for sheet in sheets:
        if sheet.place.row and not (sheet.rows or sheet.odd_rows or sheet.findings):
            continue  # a header without rows
        above = next((n for n, one in enumerate(whole) if sheet.place.row and _goes_on(one, sheet)), None)
        if above is None:
            whole.append(sheet)
        else:
            whole[above] = _appended(whole[above], sheet)
    return whole


def _goes_on(above: Sheet, below: Sheet) -> bool:
    """Return whether a table has the columns of one above it, and rows that are not all there already."""
    if replace(below.place, row=None) != replace(above.place, row=None):
        return False
    if None in _order(above, below) or len(_named(above)) != len(_named(below)):
        return False
    first, second = _keys(above), _keys(below)
    apart = {year for year, at in above.years if at.cell} != {year for year, at in below.years if at.cell}
    dated = apart and any(at.cell for _, at in (*above.years, *below.years))
    return bool(second) and not (second <= first or first <= second) and not (dated and second & first)


def _named(sheet: Sheet) -> list[tuple[str, int | None]]:
    return [(header.standard or header.text, header.year) for header in sheet.headers if header.text]


def _order(above: Sheet, below: Sheet) -> list[int | None]:
    """Return where each column of a table stands in another one; None where it does not, or more than once."""
    names = [(header.standard or header.text, header.year) for header in below.headers]
    own = [(header.standard or header.text, header.year) for header in above.headers if header.text]
    return [names.index(name) if names.count(name) == 1 else None for name in own]


def _keys(sheet: Sheet) -> set[tuple[str, ...]]:
    """Return what the rows are of: region, year and whatever else is said in words; totals are of no region."""
    at = [n for n, header in enumerate(sheet.headers) if header.standard and header.standard not in UNITS]
    name = sheet.position("name")
    rows = [row for row in sheet.rows if name is None or not called_total(row[name].text)]
    return {tuple(alias(row[n].text) for n in at) for row in rows if at}


def _appended(above: Sheet, below: Sheet) -> Sheet:
    """Return a table with the rows of another one below its own; columns in another unit are noted."""
    columns = [n for n, header in enumerate(above.headers) if header.text]
    order = {n: at for n, at in zip(columns, _order(above, below), strict=True) if at is not None}
    headers = tuple(
        replace(header, unit=header.unit or below.headers[order[n]].unit) if n in order else header
        for n, header in enumerate(above.headers)
    )
    blank = [Cell("", replace(place, cell="")) for place in above.heads]
    rows = tuple(tuple(row[order[n]] if n in order else cell for n, cell in enumerate(blank)) for row in below.rows)
    said = Finding("continued", _first(below), {"count": len(rows)}, "notice")
    own, other = (
        with_units_around(above),
        with_units_around(below if below.stated else replace(below, stated=above.stated)),
    )
    differ = (found for n, at in order.items() if (found := _other_unit(own, n, other, at)))
    return replace(
        above, headers=headers, rows=(*above.rows, *rows), odd_rows=(*above.odd_rows, *below.odd_rows),
        findings=(*above.findings, *below.findings, *differ, said),
        first_cells=below.first_cells, years=(*above.years, *below.years), titles=(*above.titles, *below.titles),
    )  # fmt: skip


def _other_unit(above: Sheet, n: int, below: Sheet, at: int) -> Finding | None:
    """Return what is said of a column that goes on in another unit, or with a unit where it had none.

    One that says none goes on in that of the table above.
    """
    own, other = above.headers[n], below.headers[at]
    if not other.unit or plain(own.unit) == plain(other.unit) or _alike(own, other):
        return None
    values = {"found": own.unit or "—", "other": other.unit or "—", "below": below.header_place(at).inside}
    return Finding("units_disagree", above.header_place(n), values)


def _alike(own: Header, other: Header) -> bool:
    """Return whether two units of a column are the same by other names: 万吨 and 10^4 t, 吨标煤 and tce."""
    if own.standard in UNITS:
        return bool(own.unit) and own.factor == other.factor is not None
    return unit(own.unit) == unit(other.unit) is not None


def _first(sheet: Sheet) -> Place:
    """Return where a table has its first header."""
    return replace(next(iter(sheet.heads), sheet.place), column="")


def unread(sheets: Sequence[Sheet], known: Sequence[Sheet], fitting: Sequence[Sheet]) -> Iterator[Finding]:
    """Yield the tables on the sheet of one that is read of which nothing is, but for those of which that is `known`."""
    below = {(sheet.place.file, sheet.place.sheet) for sheet in sheets if sheet.place.row}
    several = [sheet for sheet in sheets if (sheet.place.file, sheet.place.sheet) in below]
    used = set().union(*map(_addresses, (*known, *fitting))) if several else set()
    for sheet in several:
        beside = any(_same_sheet(sheet.place, one.place) for one in fitting)
        if beside and sheet.heads and used.isdisjoint(_addresses(sheet)):
            titles = [text for text, _ in sheet.titles if text and text != sheet.place.sheet]
            title = [*titles, "、".join(header.text for header in sheet.headers if header.text)][0]
            yield Finding("table_unread", _first(sheet), {"found": _short(title), "count": len(sheet.rows)}, "notice")


def _addresses(sheet: Sheet) -> set[tuple[str, str, int | None]]:
    """Return where the cells of a table stand."""
    places = (*sheet.heads, *(cell.place for row in sheet.rows for cell in row))
    return {(place.sheet, place.cell, None if place.cell else place.row) for place in places}


def _same_sheet(first: Place, second: Place) -> bool:
    return (first.file, first.sheet) == (second.file, second.sheet) and first.row != second.row
