"""Rows that may be meant to be no city: hidden or filtered out, or called what is left over."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.errors import Finding
from scenarios.sense.asking import question, table_of
from scenarios.sense.figures import CityTable
from scenarios.sense.sums import rows_in_totals
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
