"""Commas that may group thousands or be decimal points: ``341,000`` among 512.3 and 97.25."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from itertools import zip_longest
from statistics import median

from scenarios.tables.cells import CellError, decimal_comma
from scenarios.tables.grid import Cell
from scenarios.tables.regions import called_total

_EITHER = re.compile(r"[1-9]\d{0,2},\d{3}", re.ASCII)
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
