"""Growth over the period from a column that tells it otherwise, where its header says clearly how."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from scenarios.errors import Finding, Place
from scenarios.sense.figures import brief
from scenarios.sense.growth import HIGHEST, LOWEST, fastest, growth_meant
from scenarios.tables.cells import CellError
from scenarios.tables.grid import Cell
from scenarios.tables.headers.growth import Growth, Kind, growth_of, is_unclear
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.rows import Row
from scenarios.wording import Text

_SAID: dict[Kind, str] = {
    "yearly": "growth_from_yearly",
    "whole": "growth_from_whole",
    "previous": "growth_from_previous",
    "base": "growth_from_base",
}
_PER_CENT = ("%", "％")
_DIGITS = Decimal("0.000001")
"""To which a factor is shown; what is reckoned with is exact."""


def with_growth_factors(sheet: Sheet, base: int | None, years: int) -> Sheet:
    """Return a table of regions whose column of growth holds factors of the period; how they were made is said.

    Parameters
    ----------
    sheet
        The table; what is no rate or index, or in doubt, stays as it is.
    base, years
        Base year and length of the period, None and 0 where they are not known: then the factors are of one year,
        and nothing is said of them.
    """
    at = sheet.position("growth")
    told = None if at is None else growth_of(sheet.headers[at].text, sheet.headers[at].unit)
    if at is None or told is None:
        return sheet
    if years and not _fits(told, base, years):
        period = f"{base}–{base + years}" if base else Text(f"{years} 年", f"{years} years")
        return _refused(sheet, at, "growth_of_other_years", needed=period)
    if told.kind == "ratio":
        return sheet
    if not sheet.headers[at].unit and any(one.unit in _PER_CENT and not one.standard for one in sheet.stated):
        told = replace(told, percent=True)
    rows = tuple((*row[:at], _as_factor(row[at], told, years or 1), *row[at + 1 :]) for row in sheet.rows)
    cells = [row[at] for row in sheet.rows]
    first = next(((old, row[at]) for old, row in zip(cells, rows, strict=True) if old != row[at]), None)
    if told.kind in ("yearly", "previous") and (fast := _too_fast(cells, told, base, years)):
        return _refused(sheet, at, "growth_told_beyond", years=years, **fast)
    if first is None:
        return _without_per_cent(sheet, at, told)
    values = {"years": years, "found": first[0].text, "meant": first[1].text}
    said = [Finding(_SAID[told.kind], sheet.header_place(at), values, "notice")] if years else []
    return replace(_without_unit(sheet, at), rows=rows, findings=(*sheet.findings, *said))


def _without_unit(sheet: Sheet, at: int) -> Sheet:
    """Return a table whose column of growth has no unit."""
    headers = (*sheet.headers[:at], replace(sheet.headers[at], unit=""), *sheet.headers[at + 1 :])
    return replace(sheet, headers=headers)


def _refused(sheet: Sheet, at: int, code: str, **values: object) -> Sheet:
    """Return a table whose column of growth is refused as a whole, at its header."""
    found = Finding(code, sheet.header_place(at), {"header": sheet.headers[at].text, **values})
    return replace(_without_unit(sheet, at), findings=(*sheet.findings, found))


def _without_per_cent(sheet: Sheet, at: int, told: Growth) -> Sheet:
    """Return a table whose column of rates says nowhere that they are per cents, refused unless it holds factors."""
    read = [(cell.text, *cell.parse()) for row in sheet.rows if (cell := row[at]).is_figure]
    odd = [(text, number) for text, number, percent in read if not percent and not LOWEST <= number <= HIGHEST]
    if told.percent or told.kind in ("previous", "base"):
        return _without_unit(sheet, at)  # which is as it should be
    if 2 * len(odd) < len(read) or not odd:
        return sheet
    text, number = odd[0]
    rate = number if abs(number) >= 1 else number * 100
    return _refused(sheet, at, "growth_without_unit", found=text, rate=f"{rate.normalize():f}")


def _too_fast(cells: Iterable[Cell], told: Growth, base: int | None, years: int) -> dict[str, str]:
    """Return what is said of rates of a year of which half are beyond all, and some no factor; nothing of others."""
    rates = sorted(once for cell in cells if (once := _once(cell, told)) is not None and once > 0)
    if years < 2 or not rates or rates[len(rates) // 2] <= fastest(base, years):
        return {}
    if rates[-1] <= HIGHEST and rates[-1] ** years <= HIGHEST:
        return {}
    low, high = ((once - 1) * 100 for once in (rates[0], rates[-1]))
    return {"found": f"{brief(low)}%–{brief(high)}%", "meant": f"{rates[0]:.2f}–{rates[-1]:.2f}"}


def unclear_growth(sheet: Sheet, rows: Sequence[Row], years: int) -> Place | None:
    """Return the header of growth that is told by rates, and not of how many years; None where it holds factors."""
    at = sheet.position("growth")
    if at is None or not is_unclear(sheet.headers[at].text, sheet.headers[at].unit):
        return None
    cells = [row[at] for row in rows if row[at].is_figure]
    strange = [cell for cell in cells if growth_meant(*cell.parse(), years)]
    return sheet.header_place(at) if 2 * len(strange) > len(cells) else None


def _fits(told: Growth, base: int | None, years: int) -> bool:
    """Return whether growth is that of the period."""
    end = None if base is None else base + years
    return told.years in (None, base if told.kind == "base" else years) and told.until in (None, end)


def _once(cell: Cell, told: Growth) -> Decimal | None:
    """Return by what a cell says that GDP grows once; None without a number or without a per cent it needs."""
    try:
        number, percent = cell.parse()
    except CellError:
        return None
    index = told.kind in ("previous", "base")
    if percent == index if index else not (percent or told.percent):
        return None
    return number / 100 if index else 1 + number / 100


def _as_factor(cell: Cell, told: Growth, years: int) -> Cell:
    """Return a cell with the factor of the period; one that says none as it is."""
    once = _once(cell, told)
    if once is None or not 0 < once <= HIGHEST:
        return cell
    factor = once**years if told.kind in ("yearly", "previous") else once
    if not LOWEST <= factor <= HIGHEST:
        return cell
    text, rate = f"{factor.quantize(_DIGITS).normalize():f}", (once - 1) * 100
    return replace(cell, text=text, number=factor, percent=False, told=rate)
