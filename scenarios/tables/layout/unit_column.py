"""A column of units beside a quantity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scenarios.errors import Collector
from scenarios.tables.columns import Header
from scenarios.tables.grid import Cell
from scenarios.tables.headers.units import disagree, factor

_CALLED = ("单位", "计量单位", "unit", "units")


def with_units_beside(
    headers: Sequence[Header], rows: Sequence[Sequence[Cell]], collector: Collector
) -> tuple[Header, ...]:
    """Return headers with the unit of the column 单位 to their right; a row of another unit is noted."""
    found = list(headers)
    for n, header in enumerate(headers[1:], 1):
        cells = [row[n] for row in rows if len(row) == len(headers) and row[n].text]
        if header.standard or header.text.strip().lower() not in _CALLED or not cells:
            continue
        quantity = headers[n - 1]
        if any(factor(quantity.standard, cell.text) is None for cell in cells):
            continue
        found[n - 1] = replace(quantity, unit=quantity.unit or cells[0].text)
        odd = next((cell for cell in cells if disagree(quantity.standard, found[n - 1].unit, cell.text)), None)
        if odd is not None:
            collector.error("unit_of_row", odd.place, found=odd.text, other=found[n - 1].unit)
    return tuple(found)
