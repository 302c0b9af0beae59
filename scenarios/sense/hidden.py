"""Rows that may be meant to be no city: hidden, filtered out, or called what is left over; digits not shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scenarios.errors import Finding
from scenarios.sense.asking import question, table_of
from scenarios.sense.figures import CityTable
from scenarios.sense.sums import rows_in_totals
from scenarios.tables.grid import Cell
from scenarios.tables.regions import CITIES_ALONE, alias, called_province, called_rest
from scenarios.wording import some


def hidden_rows(table: CityTable) -> Iterator[Finding]:
    """Ask whether hidden rows count; not where the table says so itself, by a total that holds them or its members."""
    rows = [row for row in table.rows if row.cell.hidden and not table.is_member(row)]
    held = rows_in_totals(table) if rows else []
    if not all(row in held for row in rows):
        yield question(
            "hidden_rows", f"hidden-rows:{table_of(table.place)}", rows[0].cell.place, count=len(rows),
            names=some(row.name for row in rows),
        )  # fmt: skip


def rest_rows(table: CityTable) -> Iterator[Finding]:
    """Ask whether a row of what is left over, or the one row called as a province is, is a city."""
    provinces = [row for row in table.rows if called_province(row.name) or alias(row.name) in CITIES_ALONE]
    for row in table.rows:
        if (called_rest(row.name) or ([row] == provinces and called_province(row.name))) and not table.is_member(row):
            yield question("rest_row", f"rest-row:{row.name}", row.cell.place, name=row.name)


def shown_rounded(cells: Iterable[Cell]) -> Iterator[Finding]:
    """Say that figures of a column are shown with fewer decimals than they have: what is stored is judged."""
    rounded = list({cell.place: cell for cell in cells if cell.rounded}.values())
    if rounded:
        first = rounded[0]
        shown = first.rounded + ("%" if first.percent else "")
        yield Finding("shown_rounded", first.place, {"n": len(rounded), "shown": shown, "found": first.text}, "notice")
