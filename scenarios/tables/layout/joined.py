"""Several sheets of a workbook as one table: a column each, joined by region."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from scenarios.errors import Collector, Finding, Place
from scenarios.tables.cells import CellError, year_of
from scenarios.tables.columns import Header
from scenarios.tables.grid import Cell
from scenarios.tables.headers.to_paste import as_list
from scenarios.tables.layout.asked import Asked
from scenarios.tables.layout.copied import OF_A_YEAR
from scenarios.tables.layout.headings import headings
from scenarios.tables.layout.sheet import Sheet, called
from scenarios.tables.regions import (
    RegionIndex,
    alias,
    called_average,
    called_part,
    called_some,
    called_total,
    plain_code,
    province_name,
)
from scenarios.wording import some

_RULING = ("lower", "upper", "growth_margin", "group")
"""Columns that need not be there and change the result."""
_QUANTITIES = (*OF_A_YEAR, "growth")
_CHOSEN = ("year", "province")
"""Columns by which rows were chosen."""
_OF_A_ROW = ("", "id", "name", "name_en", "year")
"""What is no quantity, or not known."""


def joined(sheets: Sequence[Sheet], wanted: Iterable[str], asked: Asked, more: Iterable[str] = ()) -> Sheet | None:
    """Return the sheets as one table: the first that has figures, and what the others have besides.

    A sheet without any of its regions, or of some of them with nothing that is wanted or may be (`more`), is left out,
    unless the scenario names it.

    Returns
    -------
    Sheet or None
        None where they do not have all wanted columns together.

    Raises
    ------
    InputError
        A sheet has no row for a region of the first, or one for another, or a region twice; a code and a name of
        different regions; a column with other figures than on the first.
    """
    columns = tuple(wanted)
    of_regions = [sheet for sheet in sheets if named(sheet)]
    first = next((sheet for sheet in of_regions if any(_has(sheet, name) for name in columns)), None)
    if first is None:
        return None
    used = (*columns, *_RULING, *more)
    parts = [sheet for sheet in of_regions if sheet is not first and (asked.sheets or _related(first, sheet, used))]
    if not all(any(sheet.position(name) is not None for sheet in (first, *parts)) for name in columns):
        return None
    collector, whole = Collector(), first
    if not asked.sheets:
        collector.extend(_stray(first, parts, columns))
    for other in parts:
        whole = _beside(whole, other, asked.province, collector)
    collector.raise_errors()
    return replace(whole, findings=(*whole.findings, _said([first, *parts])))


def joined_by_year(sheets: Sequence[Sheet], needed: Iterable[str]) -> list[Sheet]:
    """Return tables by region and year of a quantity each as one with all of them, where that is `needed`.

    They must be of the same regions in the same years; else all are returned as they are.
    """
    wanted = tuple(needed)
    parts = [sheet for sheet in sheets if named(sheet) and all(sheet.position(name) is not None for name in wanted)]
    new = [[n for n, header in enumerate(sheet.headers) if header.standard not in _OF_A_ROW] for sheet in parts]
    held = [{sheet.headers[n].standard for n in at} for sheet, at in zip(parts, new, strict=True)]
    rows = [{_of_what(sheet, row): row for row in sheet.rows} for sheet in parts] if "year" in wanted else []
    apart = all(held) and len(set[str]().union(*held)) == sum(map(len, held))
    same = all(keyed.keys() == rows[0].keys() for keyed in rows) and all(
        len(keyed) == len(sheet.rows) for keyed, sheet in zip(rows, parts, strict=False)
    )
    if len(rows) < 2 or not apart or not same:
        return list(sheets)
    first, columns = parts[0], list(zip(parts, rows, new, strict=True))[1:]
    whole = replace(
        first,
        headers=(*first.headers, *(sheet.headers[n] for sheet, _, at in columns for n in at)),
        rows=tuple((*row, *(keyed[key][n] for _, keyed, at in columns for n in at)) for key, row in rows[0].items()),
        odd_rows=tuple(row for sheet in parts for row in sheet.odd_rows),
        findings=(*(finding for sheet in parts for finding in sheet.findings), _said(parts)),
        heads=(*first.heads, *(sheet.heads[n] for sheet, _, at in columns for n in at)),
    )
    return [whole, *(sheet for sheet in sheets if sheet not in parts)]


def _of_what(sheet: Sheet, row: Sequence[Cell]) -> tuple[str, int | None]:
    """Return whose and of which year a row is."""
    year = sheet.position("year")
    return alias(_names(sheet, row)[1]), None if year is None else year_of(row[year].text)


def _said(parts: Iterable[Sheet]) -> Finding:
    """Return that some sheets are joined."""
    places = [sheet.place for sheet in parts]
    return Finding("sheets_joined", replace(places[0], sheet=""), {"sheets": called(places)}, "notice")


def named(sheet: Sheet) -> bool:
    """Return whether a sheet has a column that says whose its rows are."""
    return sheet.position("name") is not None or sheet.position("id") is not None


def _stray(first: Sheet, parts: Sequence[Sheet], columns: Iterable[str]) -> Iterator[Finding]:
    """Yield the sheets that nobody asked for, have nothing that is needed, and would bound what may come out."""
    stray = [sheet for sheet in parts if not any(_has(sheet, name) for name in columns)]
    for sheet in stray:
        at = next((n for n in map(sheet.position, _RULING) if n is not None), None)
        if at is not None:
            names = [one.place.sheet for one in (first, *parts)]
            less = [name for name in names if name != sheet.place.sheet]
            values = {"all": as_list(names), "less": as_list(less), "name": sheet.headers[at].text}
            code = "stray_sheet" if all(names) and len({*names}) == len(names) else "stray_table"  # no sheet of its own
            yield Finding(code, sheet.header_place(at), values)


def _has(sheet: Sheet, name: str) -> bool:
    return name not in ("id", "name") and sheet.position(name) is not None


def _related(first: Sheet, other: Sheet, used: Iterable[str]) -> bool:
    """Return whether a sheet has any of the regions of the first, or all if none of its columns is of use."""
    index = _index(first)
    found = {index.find(*filter(None, _names(other, row))) for row in other.rows} - {None}
    useful = any(other.column(name) is not None for name in used if name not in ("id", "name"))
    return bool(found) if useful else len(found) == len(first.rows)


def beside_whole(sheet: Sheet, others: Iterable[Sheet], asked: Asked) -> Iterator[Finding]:
    """Yield what sheets that nobody asked for say of the regions of one that is whole: bounds, other figures."""
    parts = [
        other
        for other in others
        if named(other)
        and _related(sheet, other, (*_RULING, *_QUANTITIES))
        and {asked.year} >= {year for year, _ in other.years}
    ]
    yield from _stray(sheet, [part for part in parts if not any(_has(sheet, one) for one in _RULING)], _QUANTITIES)
    for part in parts:
        kept = tuple(h if h.standard in (*_RULING, *_QUANTITIES) else Header("", "", "") for h in part.headers)
        yield from _differing(sheet, replace(part, headers=kept), _positions(part, sheet, asked.province, Collector()))


def _beside(sheet: Sheet, other: Sheet, province: Sequence[str], collector: Collector) -> Sheet:
    """Return a table with the columns that another has besides, in the rows of its own regions."""
    there = {header.standard or header.text for header in sheet.headers}
    new = [n for n, h in enumerate(other.headers) if (h.standard or h.text) not in {*there, *_CHOSEN, ""}]
    found = _positions(other, sheet, province, collector)
    _once(other, sheet, _positions(sheet, other, province, collector), collector)
    _nameless(other, collector)
    collector.extend(_differing(sheet, other, found))
    own, its = _wholes(sheet, province), _wholes(other, province)
    more = [] if own or sheet.position("name") is None else its
    if len(own) == len(its) == 1:
        found[own[0]] = its[0]
    return replace(
        sheet,
        headers=(*sheet.headers, *(other.headers[n] for n in new)),
        rows=(
            *((*row, *_cells(other, n, new, row)) for row, n in zip(sheet.rows, found, strict=True)),
            *(_total_of(other, n, sheet, new) for n in more),
        ),
        findings=(*sheet.findings, *other.findings),
        heads=(*sheet.heads, *(other.heads[n] for n in new)),
        first_cells=(),
        years=(*sheet.years, *other.years),
        of_growth=other.titles if any(other.headers[n].standard == "growth" for n in new) else sheet.of_growth,
    )


def _wholes(sheet: Sheet, province: Sequence[str]) -> list[int]:
    """Return the rows of a sheet that are sums of all its regions."""
    called = [_names(sheet, row) for row in sheet.rows]
    parts = [called_part(name) or called_some(name) or called_average(name) for _, name in called]
    return [n for n, names in enumerate(called) if not parts[n] and _no_city(names, province)]


def _total_of(other: Sheet, position: int, sheet: Sheet, columns: Iterable[int]) -> tuple[Cell, ...]:
    """Return the total of another sheet as a row of a sheet that has none."""
    row = other.rows[position]
    label, at = _named(other, row), sheet.position("name")
    empty = [Cell("", replace(label.place, column=header.text)) for header in sheet.headers]
    return (*(label if n == at else cell for n, cell in enumerate(empty)), *(row[n] for n in columns))


def _index(sheet: Sheet) -> RegionIndex:
    named = [_names(sheet, row) for row in sheet.rows]
    return RegionIndex([code for code, _ in named], [name for _, name in named])


def _positions(
    sheet: Sheet, asking: Sheet, province: Sequence[str], collector: Collector
) -> list[int | None]:  # fmt: skip
    """Return the row of a sheet for each row of another, None for one it has not; a region without one is noted."""
    index = _index(sheet)
    called = [_names(asking, row) for row in asking.rows]
    twice = {names for names, count in Counter(called).items() if count > 1 and called_total(names[1])}
    found = [None if names in twice else index.find(*filter(None, names)) for names in called]
    heads = [n for n, surely in headings(asking).items() if surely]
    missing = [
        names[1]
        for k, (names, n) in enumerate(zip(called, found, strict=True))
        if n is None and k not in heads and not _no_city(names, province)
    ]
    if any(missing):
        collector.error("missing_regions", sheet.place, missing=some(filter(None, missing)))
    return found


def _nameless(sheet: Sheet, collector: Collector) -> None:
    """Note rows with figures that do not say whose they are."""
    for row in sheet.rows:
        cell = _named(sheet, row)
        if not any(_names(sheet, row)) and any(one.is_figure for one in row) and not collector.names(cell.place):
            collector.error("empty_cell", cell.place)


def _no_city(names: tuple[str, str], province: Sequence[str]) -> bool:
    """Return whether a row is a total, part of another row, or the scenario's own province."""
    code, name = names
    own = {*map(province_name, province)} - {""}
    return (
        called_total(name)
        or called_some(name)
        or called_part(name)
        or province_name(name) in own
        or plain_code(code) in own
    )


def _once(other: Sheet, sheet: Sheet, found: Sequence[int | None], collector: Collector) -> None:
    """Note rows that are of one region of the first sheet, and those whose code and name are of two."""
    index, seen = _index(sheet), dict[int, Cell]()
    for row, n in zip(other.rows, found, strict=True):
        code, name = _names(other, row)
        if n is None or called_total(name):
            continue
        cell = _named(other, row)
        if index.torn(*filter(None, (code, name))):
            there = " / ".join(_names(sheet, sheet.rows[n]))
            collector.error("region_conflict", cell.place, found=f"{code} / {name}, {sheet.place.sheet}: {there}")
        elif n in seen:
            collector.error("region_twice", cell.place, found=cell.text, first=seen[n].place.inside)
        seen.setdefault(n, cell)


def _differing(sheet: Sheet, other: Sheet, found: Sequence[int | None]) -> Iterator[Finding]:
    """Yield each column of both sheets whose figures differ, with the first two of them; running numbers may."""
    pairs = [(row, other.rows[n]) for row, n in zip(sheet.rows, found, strict=True) if n is not None]
    for at, header in enumerate(other.headers):
        own = _same_column(sheet, header)
        if own is None or header.year or _counts(other, at):
            continue
        factors = sheet.headers[own].factor, header.factor
        odd = [(mine[own], its[at]) for mine, its in pairs if _differ((mine[own], its[at]), factors)]
        if odd:
            first, second = odd[0]
            values = {"found": second.text, "other": first.text, "count": len(odd), "first": _on_sheet(first.place)}
            same = first.place.sheet == second.place.sheet
            yield Finding("tables_differ" if same else "sheets_differ", second.place, values)


def _same_column(sheet: Sheet, header: Header) -> int | None:
    """Return where a sheet has a column of another sheet as well, but for those that say whose and when a row is."""
    key = header.standard or header.text
    same = (n for n, own in enumerate(sheet.headers) if (own.standard or own.text) == key)
    return None if key in ("", "id", *_CHOSEN) else next(same, None)


def _counts(sheet: Sheet, at: int) -> bool:
    """Return whether a column holds the numbers of the rows."""
    return all(row[at].text in ("", str(n)) for n, row in enumerate(sheet.rows, 1))


def _differ(cells: tuple[Cell, Cell], factors: tuple[Decimal | None, Decimal | None]) -> bool:
    """Return whether two cells hold different figures, each in its own unit."""
    try:
        values = [cell.parse()[0] * (factor or 1) for cell, factor in zip(cells, factors, strict=True)]
    except CellError:
        return False
    return values[0] != values[1]


def _on_sheet(place: Place) -> Place:
    return replace(place, file="", column="")


def _names(sheet: Sheet, row: Sequence[Cell]) -> tuple[str, str]:
    """Return code and name of a row."""
    at = sheet.position("id"), sheet.position("name")
    code, name = ("" if n is None else row[n].text for n in at)
    return code, name or code


def _named(sheet: Sheet, row: Sequence[Cell]) -> Cell:
    """Return the cell that says whose a row is."""
    return next(row[n] for n in (sheet.position("name"), sheet.position("id")) if n is not None)


def _cells(other: Sheet, position: int | None, columns: Iterable[int], row: Sequence[Cell]) -> tuple[Cell, ...]:
    """Return the cells of a row of another table; empty ones where it has no such row."""
    if position is None:
        return tuple(Cell("", replace(row[0].place, column=other.headers[n].text)) for n in columns)
    return tuple(other.rows[position][n] for n in columns)
