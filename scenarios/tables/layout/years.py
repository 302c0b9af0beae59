"""Tables with a column for every year: that of one year, or all of them as rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from scenarios.errors import Finding, Place
from scenarios.tables.cells import year_of
from scenarios.tables.columns import Header, parse_header, with_year_apart
from scenarios.tables.grid import Cell
from scenarios.tables.headers.to_paste import as_columns
from scenarios.tables.headers.units import UNITS, factor
from scenarios.tables.layout.copied import OF_A_YEAR, by_year, copied
from scenarios.tables.layout.left_out import on_other_sheets
from scenarios.tables.layout.sheet import Sheet, called
from scenarios.tables.layout.units_around import quantity_at_end

_SEVERAL = re.compile("[和与及、，,;；]|and", re.IGNORECASE)
_RATES = ("rate", "annual_reduction", "annual_change")
_BEHIND = re.compile(r"\s*[(（\[【][^()（）\[\]【】]*[)）\]】]\s*$")

_Row = tuple[Cell, ...]


def of_year(sheet: Sheet, year: int) -> Sheet:
    """Return a table whose columns of emissions and GDP are those of a year; others are columns without a meaning.

    A column that is headed by the year alone is what the sheet is called.
    """
    table = _named_by(sheet, _quantity(sheet))
    headers, findings = list(table.headers), list(sheet.findings)
    for standard in dict.fromkeys(h.standard or h.text for h in table.headers if h.year):
        named = [n for n, header in enumerate(table.headers) if standard in (header.standard, header.text)]
        dated = [n for n in named if headers[n].year is not None]
        kept = [n for n in dated if headers[n].year == year] if len(dated) == len(named) else []
        if standard in OF_A_YEAR and not kept and len(dated) == len(named):
            known = "、".join(str(headers[n].year) for n in dated)
            values = {"found": known, "needed": year, "paste": as_columns({standard: headers[dated[0]].text})}
            findings.append(Finding("header_year", sheet.header_place(dated[0]), values))
            kept = dated[:1]
        for n in dated if standard in OF_A_YEAR or is_bare_year(sheet.headers[dated[0]]) else ():
            if n not in kept:
                headers[n] = replace(sheet.headers[n], standard="")
    undated = any(header.standard in OF_A_YEAR and header.year is None for header in headers)
    years = sheet.years if undated and sheet.position("year") is None else ()
    return replace(sheet, headers=tuple(headers), findings=tuple(findings), years=years)


def of_base_year(sheets: Sequence[Sheet], year: int | None, province: Sequence[str] = ()) -> list[Sheet]:
    """Return of tables that each say of which year they are that of the base year, which is said; all where none is."""
    chosen = [sheet for sheet in sheets if year in _years(sheet)]
    if not len(chosen) == 1 < len(sheets) or not all(map(_years, sheets)):
        return list(sheets)
    (one,) = chosen
    rest = [sheet for sheet in sheets if sheet is not one]
    others = called(sheet.place for sheet in rest)
    said = [Finding("sheet_of_year", one.place, {"year": year, "others": others}, "notice")]
    said += on_other_sheets(one, rest, province)
    figures = {when: own for sheet in rest for when, own in figures_by_year(sheet, min(_years(sheet))).items()}
    said += copied(figures | figures_by_year(one, year), year or 0)
    return [replace(one, findings=(*one.findings, *said))]


def figures_by_year(sheet: Sheet, own: int | None = None) -> dict[int, dict[str, dict[str, Cell]]]:
    """Return the figures of each year, those of columns headed by a year alone as well; see `copied.by_year`."""
    return by_year(sheet, _named_by(sheet, _quantity(sheet)).headers, own)


def _years(sheet: Sheet) -> set[int]:
    """Return of which years a table is by its title and its sheet's name, or by its headers."""
    headed = {header.year for header in sheet.headers if header.standard in OF_A_YEAR and header.year is not None}
    return {year for year, _ in sheet.years} or headed


def one_of_years(sheets: Sequence[Sheet], needed: Iterable[str]) -> list[Sheet]:
    """Return tables of one year each, by title or sheet, as one with a column of years, where that is `needed`.

    They must have the same columns, and be of different years; else all are returned as they are.
    """
    needed = tuple(needed)
    fitting = [sheet for sheet in sheets if all(sheet.position(name) is not None for name in needed if name != "year")]
    parts = [sheet for sheet in fitting if sheet.position("year") is None]
    years = [dict(sheet.years) for sheet in parts]
    columns = {tuple((header.standard or header.text, header.unit) for header in sheet.headers) for sheet in parts}
    if "year" not in needed or len(parts) < 2 or len(parts) < len(fitting) or len(columns) > 1:
        return list(sheets)
    if any(len(each) != 1 for each in years) or len({year for (year,) in years}) < len(parts):
        return list(sheets)
    first = parts[0]
    whole = replace(
        first,
        headers=(*first.headers, Header("year", "year", "")),
        rows=tuple(
            (*row, Cell(str(year), replace(row[0].place, column=str(year))))
            for sheet, (year,) in zip(parts, years, strict=True)
            for row in sheet.rows
        ),
        odd_rows=tuple(row for sheet in parts for row in sheet.odd_rows),
        findings=tuple(finding for sheet in parts for finding in sheet.findings),
        heads=(*first.heads, first.place),
        years=(),
    )
    return [whole, *(sheet for sheet in sheets if sheet not in parts)]


def as_rows(sheet: Sheet, needed: Iterable[str], names: Mapping[str, str]) -> Sheet:
    """Return a table with a row for every year where it has none of years but columns that name them.

    `names`: further names of columns, for what the sheet is called.
    """
    wanted = tuple(needed)
    if "year" not in wanted or sheet.position("year") is not None:
        return sheet
    lacking = [name for name in wanted if name in UNITS and sheet.position(name) is None]
    if sheet.position("item") is not None and sheet.position("amount") is None:
        lacking = ["amount"]
    quantity = Header(lacking[0], lacking[0], "") if len(lacking) == 1 else _quantity(sheet, names)
    table = _named_by(sheet, quantity)
    at = [n for n, header in enumerate(table.headers) if _is_dated(header)]
    if not at:
        apart = tuple(map(with_year_apart, table.headers))
        at = [n for n, header in enumerate(apart) if header != table.headers[n]]
        table = replace(table, headers=apart)
    dated: dict[tuple[str, int], int] = {}
    twice = []
    for n in at:
        header = table.headers[n]
        if dated.setdefault((header.standard or header.text, header.year or 0), n) != n:
            twice.append(Finding("column_twice", sheet.header_place(n)))
    if not dated:
        return sheet
    fixed = [n for n, _ in enumerate(table.headers) if n not in at]
    standards = tuple(dict.fromkeys(standard for standard, _ in dated))
    firsts = [next(n for (known, _), n in dated.items() if known == standard) for standard in standards]
    torn = [_torn(table, n, firsts[standards.index(key)]) for (key, _), n in dated.items()]
    years = sorted({year for _, year in dated})
    headers = [*(table.headers[n] for n in fixed), *(replace(table.headers[n], year=None) for n in firsts)]
    rows = (
        _of(row, year, fixed, [dated.get((key, year)) for key in standards]) for row in sheet.rows for year in years
    )
    return replace(
        sheet,
        headers=(*headers, Header("year", "year", "")),
        rows=tuple(rows),
        findings=(*sheet.findings, *twice, *filter(None, torn)),
        heads=(*(sheet.heads[n] for n in (*fixed, *firsts)), sheet.place),
    )


def _quantity(sheet: Sheet, names: Mapping[str, str] = MappingProxyType({})) -> Header:
    """Return what a sheet is called: the quantity of its name, or else the one quantity of a title above the table."""
    called = parse_header(sheet.place.sheet, names)
    if called.standard in UNITS and not sheet.place.row:
        return called
    titles = [text for text, at in sheet.titles if at.cell or at.row]
    for text in (text for text in titles if not _SEVERAL.search(text)):
        found = parse_header(text, names)
        standard = found.standard if found.standard in UNITS else quantity_at_end(_BEHIND.sub("", text), names)
        if standard:
            unit = found.unit if standard in _RATES and factor(standard, found.unit) is not None else ""
            return found if found.standard == standard else Header(text, standard, unit)
    return called


def _torn(sheet: Sheet, position: int, first: int) -> Finding | None:
    """Return what is said of a column of a year whose unit is another than that of the first such column."""
    own, other = sheet.headers[position], sheet.headers[first]
    if own.unit == other.unit or own.factor == other.factor is not None:
        return None
    values = {"found": own.unit or "—", "other": other.unit or "—", "below": f"“{other.text}”"}
    return Finding("units_disagree", sheet.header_place(position), values)


def _of(row: _Row, year: int, fixed: Iterable[int], quantities: Iterable[int | None]) -> _Row:
    """Return what a row says of one year."""
    first, empty = row[0].place, Cell("", replace(row[0].place, cell="", column=str(year)))
    cells = tuple(empty if n is None else row[n] for n in quantities)
    at = next((cell.place for cell in cells if cell.place.column), first)
    return (*(row[n] for n in fixed), *cells, Cell(str(year), Place(at.file, at.sheet, at.cell, at.row, str(year))))


def _is_dated(header: Header) -> bool:
    return header.year is not None and header.standard in (*UNITS, "amount", "gdp_index")


def is_bare_year(header: Header) -> bool:
    """Return whether a header is a year and nothing else."""
    return header.year is not None and not header.standard and year_of(header.text) == header.year


def _named_by(sheet: Sheet, quantity: Header) -> Sheet:
    """Return a table whose columns of years alone are of a quantity."""
    headers = (
        Header(quantity.text, quantity.standard, header.unit or quantity.unit, header.year)
        if is_bare_year(header)
        else header
        for header in sheet.headers
    )
    return replace(sheet, headers=tuple(headers) if quantity.text else sheet.headers)
