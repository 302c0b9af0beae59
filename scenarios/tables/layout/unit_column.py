"""A column of units beside quantities."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from scenarios.errors import Finding
from scenarios.tables.columns import Header
from scenarios.tables.grid import Cell
from scenarios.tables.headers.units import UNITS, disagree, factor
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.layout.units_around import is_no_unit, parted_units, quantity_at_end

_CALLED = re.compile(r"(.*?)的?(?:计量|数据)?(?:单位|\bunits?)\s*(?:[：:]\s*(.*))?", re.IGNORECASE | re.DOTALL)


def with_units_beside(sheet: Sheet) -> Sheet:
    """Return a table whose quantities have the unit of a column 单位; a row of another unit or of none is noted.

    The column is of the quantities to its left, else of that to its right, or of the one that its header names; it
    has no header in what is returned, so that there may be several.
    """
    headers, findings = list(sheet.headers), list(sheet.findings)
    for n, header in enumerate(sheet.headers):
        called = None if header.standard else _CALLED.fullmatch(header.text.strip())
        named = quantity_at_end(called[1]) if called else ""
        if called is None or (called[1] and not named):
            continue
        said = [Cell(text, sheet.header_place(n)) for text in (called[2], header.unit) if text]
        cells = [cell for cell in (*said, *(row[n] for row in sheet.rows)) if not is_no_unit(cell.text)]
        owners = _owners(headers, n, named, cells)
        for at in owners:
            headers[at] = _with_unit(headers[at], cells)
            findings += _odd(headers[at], cells)
        if owners or sheet.position("name") is not None:
            headers[n] = replace(header, text="", unit="")
    return replace(sheet, headers=tuple(headers), findings=tuple(findings))


def _owners(headers: Sequence[Header], n: int, named: str, cells: Sequence[Cell]) -> list[int]:
    """Return the quantities of which a column of units is: those that its units fit, else the one beside it."""
    if named:
        return [at for at, header in enumerate(headers) if header.standard == named]
    left = next((k for k in range(n - 1, -1, -1) if headers[k].standard not in UNITS and not headers[k].year), -1)
    beside = [at for at in range(n - 1, left, -1) if headers[at].standard in UNITS]
    lone = left == n - 1 and (left < 0 or headers[left].standard or not headers[left].text)
    after = [at for at, header in enumerate(headers) if at == n + 1 and header.standard in UNITS and (beside or lone)]
    for owners in (beside, after):
        fitting = [at for at in owners if any(_units(headers[at], cell) for cell in cells)]
        if fitting:
            return fitting
    return [at for at in (*beside, *after)[:1] if cells and not headers[at].unit]


def _units(header: Header, cell: Cell) -> list[str]:
    """Return the units in a cell that fit a quantity."""
    return [unit for unit in parted_units(cell.text) if factor(header.standard, unit) is not None]


def _with_unit(header: Header, cells: Sequence[Cell]) -> Header:
    fitting = (unit for cell in cells for unit in _units(header, cell))
    return replace(header, unit=header.unit or next(fitting, ""))


def _odd(header: Header, cells: Sequence[Cell]) -> Iterator[Finding]:
    """Yield the first cell whose unit is another than that of its quantity, and the first that fits no quantity."""
    wrong = [cell for cell in cells if not _units(header, cell)]
    other = [cell for cell in cells if any(disagree(header.standard, header.unit, u) for u in _units(header, cell))]
    yield from (Finding("wrong_unit", cell.place, {"found": cell.text}) for cell in wrong[:1])
    yield from (Finding("unit_of_row", cell.place, {"found": cell.text, "other": header.unit}) for cell in other[:1])
