"""Regions of a table that would not be in the result, as none of their rows is of the chosen year and province."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from scenarios.errors import Finding
from scenarios.tables.cells import year_of
from scenarios.tables.grid import Cell
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.regions import (
    PROVINCES,
    RegionIndex,
    alias,
    called_part,
    called_some,
    called_total,
    plain_code,
    province_name,
)
from scenarios.wording import Text

_NEAR = 0.5
"""Likeness of a province's name to a slip of it: one letter of two."""

Condition = tuple[int, tuple[str, ...]]
"""Position of a column, and what may stand in it."""
_Row = tuple[Cell, ...]
_Odd = tuple[str, Cell, str, object]
"""A region, the cell that keeps it out, what should stand in it, and what its column is called."""


def same(text: str, wanted: Iterable[str]) -> bool:
    """Return whether a cell says one of several things: a year, a code, a name."""
    forms = _forms(text)
    return any(forms & _forms(value) for value in wanted)


def _forms(text: str) -> set[str]:
    year = year_of(text)
    return {str(year)} if year is not None else {alias(text), province_name(text), plain_code(text)} - {""}


def left_out(
    sheet: Sheet, chosen: Sheet, conditions: Sequence[Condition], province: Sequence[str] = ()
) -> Iterator[Finding]:
    """Yield the regions of a table without a row among those chosen of it; not those of another province.

    One with two rows of a year has a slip in it; of the others is asked whether the cells that keep them out are right.
    """
    odd = list[_Odd]()
    counts = {at: Counter(row[at].text for row in sheet.rows) for at, _ in conditions}
    for rows in _without(sheet, chosen, province):
        own = [row for row in rows if not any(_meant(sheet, row, condition) for condition in conditions)]
        cells = [(counts[at][row[at].text], row[at], wanted[0]) for row in own for at, wanted in conditions
                 if not same(row[at].text, wanted)]  # fmt: skip
        if cells:
            _, cell, needed = min(cells, key=lambda each: each[0])
            if twice := _twice(sheet, own, needed):
                yield twice
            else:
                odd.append((_name(sheet, own[0]), cell, needed, cell.place.column))
    yield from _asked(odd)


def on_other_sheets(chosen: Sheet, others: Iterable[Sheet], province: Sequence[str]) -> Iterator[Finding]:
    """Ask about the regions that are on sheets of other years and not on the one of the base year."""
    odd = dict[str, _Odd]()
    for sheet in others:
        for row, *_ in _without(sheet, chosen, province):
            name, at = _name(sheet, row), _named(sheet) or 0
            cell = replace(row[at], text=sheet.place.sheet)
            odd.setdefault(name, (name, cell, chosen.place.sheet, Text("工作表", "sheet")))
    yield from _asked(odd.values())


def _without(sheet: Sheet, chosen: Sheet, province: Sequence[str]) -> Iterator[list[_Row]]:
    """Yield the rows of each region that has none among those chosen."""
    index, whole = RegionIndex((), [_name(chosen, row) for row in chosen.rows]), {*map(province_name, province)}
    regions: dict[str, list[_Row]] = {}
    for row in sheet.rows:
        regions.setdefault(alias(_name(sheet, row)), []).append(row)
    for key, rows in regions.items():
        name = _name(sheet, rows[0])
        no_city = called_total(name) or called_some(name) or called_part(name) or province_name(name) in whole
        if key and not no_city and index.find(name) is None:
            yield rows


def _named(sheet: Sheet) -> int | None:
    return next((n for n in map(sheet.position, ("name", "id")) if n is not None), None)


def _name(sheet: Sheet, row: _Row) -> str:
    return "" if (at := _named(sheet)) is None else row[at].text


def _meant(sheet: Sheet, row: _Row, condition: Condition) -> bool:
    """Return whether a row is kept out because the scenario says so, or because it is of another province."""
    (at, wanted), standard = condition, sheet.headers[condition[0]].standard
    if standard == "year" or same(row[at].text, wanted):
        return False
    return standard != "province" or (bool(row[at].text) and not _is_slip(row[at].text, wanted))


def _is_slip(text: str, wanted: Sequence[str]) -> bool:
    """Return whether a text is no province of China and spelt nearly as the wanted one: 广四."""
    return not (text.isascii() or province_name(text).startswith(PROVINCES)) and any(
        SequenceMatcher(None, province_name(text), province_name(one)).ratio() >= _NEAR for one in wanted
    )


def _twice(sheet: Sheet, rows: Sequence[_Row], needed: str) -> Finding | None:
    """Return what is said of a region with two rows of one year, None where it has none."""
    at, seen = sheet.position("year"), set[str]()
    for cell, row in [] if at is None else [(row[at], row) for row in rows]:
        if cell.text in seen:
            values = {"name": _name(sheet, row), "found": cell.text, "needed": needed}
            return Finding("year_misdated", cell.place, values)
        seen.add(cell.text)
    return None


def _asked(odd: Iterable[_Odd]) -> Iterator[Finding]:
    """Ask once about all regions that are kept out by the same text in the same column."""
    alike: dict[tuple[str, ...], list[_Odd]] = {}
    for each in odd:
        alike.setdefault((each[1].text, each[2], str(each[3])), []).append(each)
    for same_text in alike.values():
        (_, cell, needed, column), names = same_text[0], "、".join(name for name, *_ in same_text)
        values = {"name": names, "found": cell.text or "–", "needed": needed, "column": column}
        yield Finding("region_left_out", cell.place, values, "question", f"left-out:{names}")
