"""Figures as people write them: with commas, blanks, and units of their own.

A comma may be a decimal point (``341,000`` among 512.3 and 97.25), blanks may part thousands (``2 135``), a unit may
stand behind the number (``2135万吨``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from itertools import zip_longest
from statistics import median

from scenarios.errors import Finding
from scenarios.tables.cells import CellError, decimal_comma, with_unit
from scenarios.tables.columns import Header
from scenarios.tables.grid import Cell
from scenarios.tables.headers.units import UNITS, factor
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.regions import called_total

_EITHER = re.compile(r"[1-9]\d{0,2},\d{3}", re.ASCII)
_GROUPED = re.compile(r"[+\u2212-]?[1-9]\d{0,2}(?:[ \u00a0\u2009\u202f]\d{3})+(?:\.\d+)?", re.ASCII)
_WORDS = ("id", "name", "name_en", "year")
_FEWEST = 2
"""Other numbers of a column by which a comma in it is judged."""
_NEARER = 1000
"""Square of how many times the median of the others a number is at least that is nearer to it with a decimal comma."""


def with_commas_in_doubt(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """Return rows in which a number is in doubt that is among those of its column if its comma is a decimal point.

    A column in which another comma can only group thousands is read as it is written.
    """
    found = [list(row) for row in rows]
    for n, column in enumerate(zip_longest(*rows)):
        cells = [cell for cell in column if cell is not None and cell.text]
        if not any("," in cell.text and cell.number is None for cell in cells):
            continue
        others = [number for cell in cells if not _EITHER.fullmatch(cell.text) for number in _numbers(cell)]
        if len(others) >= _FEWEST and not any(_groups(cell) for cell in cells):
            for row in found:
                if n < len(row) and _is_decimal(row[n], others) and not any(called_total(cell.text) for cell in row):
                    row[n] = replace(row[n], doubt="decimal_comma", meant=decimal_comma(row[n].text))
    return found


def _numbers(cell: Cell) -> list[Decimal]:
    with suppress(CellError):
        return [cell.parse()[0]]
    return []


def _groups(cell: Cell) -> bool:
    """Return whether a comma of a number can be no decimal point: ``1,234.5``."""
    return "," in cell.text and not _EITHER.fullmatch(cell.text) and bool(_numbers(cell))


def _is_decimal(cell: Cell, others: Sequence[Decimal]) -> bool:
    """Return whether a number fits among others with its comma as a decimal point, and less so without."""
    if cell.number is not None or not _EITHER.fullmatch(cell.text):
        return False
    decimal = Decimal(cell.text.replace(",", "."))
    return min(others) <= decimal <= max(others) and (1000 * decimal) ** 2 > _NEARER * median(others) ** 2


def with_plain_figures(sheet: Sheet) -> Sheet:
    """Return a table whose figures have no blanks and no units of their own, which is said once a column.

    A unit in a cell counts where it is one of the column; blanks where they part thousands.
    """
    rows, said = [list(row) for row in sheet.rows], list[Finding]()
    for n, header in enumerate(sheet.headers):
        for code, plain in (("blanks_in_figure", _without_blanks), ("unit_in_cell", _in_unit_of)):
            changed = [(row, new) for row in rows if (new := plain(row[n], header)) is not row[n]]
            if changed and (code == "unit_in_cell" or _holds_figures(row[n] for row in rows)):
                first, new = changed[0][0][n], changed[0][1]
                values = {"found": first.text, "meant": new.text, "count": len(changed), "unit": header.unit}
                said.append(Finding(code, first.place, values, "notice"))
                for row, cell in changed:
                    row[n] = cell
    return replace(sheet, rows=tuple(map(tuple, rows)), findings=(*sheet.findings, *said)) if said else sheet


def _holds_figures(cells: Iterator[Cell]) -> bool:
    """Return whether most of what stands in a column is figures."""
    given = [cell for cell in cells if cell.text]
    return 2 * sum(cell.is_figure or _GROUPED.fullmatch(cell.text) is not None for cell in given) > len(given)


def _without_blanks(cell: Cell, header: Header) -> Cell:
    """Return a cell without the blanks between the thousands of its number."""
    if cell.number is not None or header.standard in _WORDS or not _GROUPED.fullmatch(cell.text):
        return cell
    return replace(cell, text="".join(cell.text.split()))


def _in_unit_of(cell: Cell, header: Header) -> Cell:
    """Return a cell whose number stands in the unit of its column and no more in its own."""
    split = with_unit(cell.text) if cell.number is None and header.standard in UNITS and header.factor else None
    own = None if split is None else factor(header.standard, split[1])
    if split is None or own is None or header.factor is None or cell.is_figure:  # 18 个百分点 is one already
        return cell
    number = split[0] * own / header.factor
    return replace(cell, text=f"{number.normalize():f}")
