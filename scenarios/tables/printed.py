"""Tables as circulars print them: several regions in a cell, and notes below the last row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from scenarios.tables.grid import Cell
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.regions import RegionIndex

_MOST_PIECES = 8  # that one name may be cut into
_BETWEEN = re.compile(r"\s*[、，,；;]\s*")
_ODD_ROWS = ("field_count", "lone_field")


def regions_in(index: RegionIndex, text: str) -> tuple[str, ...]:
    """Return the names that stand in a cell, ``柳州、百色`` or ``Liuzhou, Baise``.

    A name may hold the separator itself: from the left the longest piece that names a region is one, and
    what names none is a piece of its own.
    """
    ends = [0, *(match.end() for match in _BETWEEN.finditer(text))]
    starts = [*(match.start() for match in _BETWEEN.finditer(text)), len(text)]
    names, k = [], 0
    while k < len(ends):
        joined = reversed(range(k, min(len(starts), k + _MOST_PIECES)))
        known = (n for n in joined if index.find(text[ends[k] : starts[n]]) is not None)
        last = next(known, k)
        names.append(text[ends[k] : starts[last]].strip())
        k = last + 1
    return tuple(names)


def without_notes(sheet: Sheet, index: RegionIndex) -> Sheet:
    """Return a table without what stands below it: rows at the end with one cell that names no region.

    A name that is only misspelt stays, to be asked about.
    """
    kept = list(sheet.rows)
    while kept and _is_note(kept[-1], index):
        kept.pop()
    end = max((row[0].place.row or 0 for row in kept), default=0)
    notes = {row[0].place.row for row in sheet.odd_rows if (row[0].place.row or 0) > end and _is_note(row, index)}
    findings = tuple(f for f in sheet.findings if f.code not in _ODD_ROWS or f.place.row not in notes)
    odd = tuple(row for row in sheet.odd_rows if row[0].place.row not in notes)
    return replace(sheet, rows=tuple(kept), odd_rows=odd, findings=findings)


def _is_note(row: Sequence[Cell], index: RegionIndex) -> bool:
    """Return whether a row holds one text that no region's name is near to."""
    filled = [cell for cell in row if cell.text or cell.unknown]
    if len(filled) != 1 or filled[0].unknown or filled[0].is_figure:
        return False
    names = regions_in(index, filled[0].text)
    return all(index.find(name) is None and not index.near(name) for name in names)
