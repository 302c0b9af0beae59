"""Growth over the period from a column that tells it otherwise, where its header says clearly how."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from scenarios.errors import Finding
from scenarios.sense.growth import HIGHEST, LOWEST
from scenarios.tables.cells import CellError
from scenarios.tables.grid import Cell
from scenarios.tables.headers.growth import Growth, Kind, growth_of
from scenarios.tables.layout.sheet import Sheet

_SAID: dict[Kind, str] = {
    "yearly": "growth_from_yearly",
    "whole": "growth_from_whole",
    "previous": "growth_from_previous",
    "base": "growth_from_base",
}
_DIGITS = Decimal("0.000001")
"""To which a factor is shown; what is reckoned with is exact."""


def with_growth_factors(sheet: Sheet, base: int | None, years: int) -> Sheet:
    """Return a table of regions whose column of growth holds factors of the period; how they were made is said.

    Parameters
    ----------
    sheet
        The table; what is no rate or index, or in doubt, stays as it is.
    base, years
        Base year and length of the period, None and 0 where they are not known.
    """
    at = sheet.position("growth")
    told = None if at is None else growth_of(sheet.headers[at].text, sheet.headers[at].unit)
    if at is None or told is None or not _fits(told, base, years):
        return sheet
    rows = tuple((*row[:at], _as_factor(row[at], told, years), *row[at + 1 :]) for row in sheet.rows)
    first = next(((old[at], new[at]) for old, new in zip(sheet.rows, rows, strict=True) if old[at] != new[at]), None)
    if first is None:
        return sheet
    values = {"years": years, "found": first[0].text, "meant": first[1].text}
    said = Finding(_SAID[told.kind], sheet.header_place(at), values, "notice")
    header = replace(sheet.headers[at], unit="")
    headers = (*sheet.headers[:at], header, *sheet.headers[at + 1 :])
    return replace(sheet, headers=headers, rows=rows, findings=(*sheet.findings, said))


def _fits(told: Growth, base: int | None, years: int) -> bool:
    """Return whether growth is that of the period."""
    end = None if base is None else base + years
    return years > 0 and told.years in (None, base if told.kind == "base" else years) and told.until in (None, end)


def _as_factor(cell: Cell, told: Growth, years: int) -> Cell:
    """Return a cell with the factor of the period; one without a number or without a per cent, where it needs one."""
    try:
        number, percent = cell.parse()
    except CellError:
        return cell
    index = told.kind in ("previous", "base")
    if percent == index if index else not (percent or told.percent):
        return cell
    once = number / 100 if index else 1 + number / 100
    factor = once**years if told.kind in ("yearly", "previous") else once
    if once <= 0 or not LOWEST <= factor <= HIGHEST:
        return cell
    text, rate = f"{factor.quantize(_DIGITS).normalize():f}", (once - 1) * 100
    return replace(cell, text=text, number=factor, percent=False, told=rate)
