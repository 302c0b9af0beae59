"""Figures of the base year that are those of another year, region by region: copied and not filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from scenarios.errors import Finding
from scenarios.tables.cells import year_of
from scenarios.tables.columns import Header
from scenarios.tables.grid import Cell
from scenarios.tables.headers.names import NUMERATORS
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.regions import alias, called_total

OF_A_YEAR = ("emissions", "gdp", *NUMERATORS)
"""Quantities of the base year; those other than carbon are known where a scenario is of them."""
_FEWEST = 3
"""Regions whose figures are not all those of another year by accident."""

_Figures = Mapping[str, Mapping[str, Cell]]
"""Quantity -> region -> its figure."""


def by_year(sheet: Sheet, headers: tuple[Header, ...], own: int | None = None) -> dict[int, dict[str, dict[str, Cell]]]:
    """Return the figures of each year: that of the row, of the column, or else the sheet's `own`."""
    found: dict[int, dict[str, dict[str, Cell]]] = {}
    at, named = sheet.position("year"), next((n for n in map(sheet.position, ("name", "id")) if n is not None), None)
    columns = [(n, header) for n, header in enumerate(headers) if header.standard in OF_A_YEAR]
    for row in sheet.rows if named is not None else ():
        of_row = own if at is None else year_of(row[at].text)
        for n, header in columns:
            year = header.year if at is None and header.year is not None else of_row
            if year is not None and row[n].text and not called_total(row[named or 0].text):
                found.setdefault(year, {}).setdefault(header.standard, {})[alias(row[named or 0].text)] = row[n]
    return found


def copied(years: Mapping[int, _Figures], year: int) -> Iterator[Finding]:
    """Yield what the base year has of another one: an error where both quantities are, else a question."""
    base = years.get(year, {})
    for other, figures in years.items():
        same = [name for name in OF_A_YEAR if other != year and _are_same(base.get(name, {}), figures.get(name, {}))]
        if same:
            cell = next(iter(base[same[0]].values()))
            values = {"year": year, "other": other, "name": cell.place.column, "found": cell.text}
            asked = Finding("quantity_same", cell.place, values, "question", f"same-years:{same[0]}:{other}")
            yield asked if len(same) == 1 else Finding("years_same", cell.place, values)


def _are_same(base: Mapping[str, Cell], other: Mapping[str, Cell]) -> bool:
    shared = base.keys() & other.keys()
    return len(shared) >= _FEWEST and all(base[key].text == other[key].text for key in shared)
