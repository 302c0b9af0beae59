"""What is odd about a table as a whole: whose year it is, which columns nobody sees."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.errors import Finding
from scenarios.sense.asking import question
from scenarios.tables.headers.units import UNITS
from scenarios.tables.layout.sheet import Sheet


def of_another_year(sheet: Sheet, year: int | None) -> Iterator[Finding]:
    """Ask about each sheet whose title or name says that its undated emissions or GDP are not of the base year."""
    for name in dict.fromkeys(place.sheet for _, place in sheet.years):
        said = [(found, place) for found, place in sheet.years if place.sheet == name]
        if year not in [found for found, _ in said]:
            found, place = said[0]
            yield question(
                "table_of_year", f"table-of-year:{name or place.file}:{found}", place, found=found, needed=year
            )


def hidden_columns(sheet: Sheet) -> Iterator[Finding]:
    """Ask about quantities whose column is hidden."""
    for n, header in enumerate(sheet.headers):
        if header.hidden and header.standard in UNITS:
            yield question("hidden_column", f"hidden-column:{header.text}", sheet.header_place(n), name=header.text)
