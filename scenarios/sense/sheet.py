"""What is odd about a table as a whole: whose year it is, columns that nobody sees, names in another order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scenarios.errors import Finding, Place
from scenarios.sense.asking import question
from scenarios.tables.columns import is_source, period_of
from scenarios.tables.headers.units import UNITS
from scenarios.tables.layout.sheet import Sheet
from scenarios.tables.regions import alias

_OF_GROWTH = re.compile("增长|增速|倍数|growth", re.IGNORECASE)
_OF_TARGETS = re.compile("下降|降低|强度|目标|价|reduction|intensity|target|price", re.IGNORECASE)
"""What a title is of whose period is none of growth."""


def questions_of_sheet(sheet: Sheet, year: int | None, years: int = 0) -> Iterator[Finding]:
    """Yield what is asked about a table of the regions of a scenario with this base year, and years to its end."""
    yield from (finding for finding in sheet.findings if finding.severity == "question")
    yield from of_another_year(sheet, year)
    yield from growth_of_another_period(sheet, year, years)
    yield from hidden_columns(sheet)
    yield from second_names(sheet)


def of_another_year(sheet: Sheet, year: int | None) -> Iterator[Finding]:
    """Ask about each sheet whose title or name says that its undated emissions or GDP are not of the base year."""
    for name, at in dict.fromkeys(_table(place) for _, place in sheet.years):
        said = [(found, place) for found, place in sheet.years if _table(place) == (name, at)]
        if year not in [found for found, _ in said]:
            found, place = said[0]
            yield question(
                "table_of_year", f"table-of-year:{name or place.file}:{found}", place, found=found, needed=year
            )


def growth_of_another_period(sheet: Sheet, base: int | None, years: int) -> Iterator[Finding]:
    """Ask whether growth is that of the period, where what its table is called names others alone.

    That of a table with other figures must say growth; a header that names a period speaks for itself.
    """
    at = sheet.position("growth")
    if at is None or base is None or not years or period_of(sheet.headers[at].text):
        return
    titles = sheet.titles if sheet.of_growth is None else sheet.of_growth
    said = [(text, place, period) for text, place in titles if (period := period_of(text)) and not is_source(text)]
    if any(last == base + years and first in (base, base + 1) for _, _, (first, last) in said):
        return
    meant = (
        _OF_GROWTH.search(text) or (sheet.of_growth is not None and not _OF_TARGETS.search(text)) for text, *_ in said
    )
    for (text, place, _), is_of_it in zip(said, meant, strict=True):
        if is_of_it:
            values = {"found": text, "needed": f"{base}–{base + years}"}
            yield question("growth_of_period_in_title", "growth-of-period", place, **values)
            return


def _table(place: Place) -> tuple[str, int | None]:
    """Return in which table a title stands: its sheet, and where it begins if that is below another one."""
    return place.sheet, place.row if place.sheet else None


def hidden_columns(sheet: Sheet) -> Iterator[Finding]:
    """Ask about quantities whose column is hidden."""
    for n, header in enumerate(sheet.headers):
        if header.hidden and header.standard in UNITS:
            yield question("hidden_column", f"hidden-column:{header.text}", sheet.header_place(n), name=header.text)


def second_names(sheet: Sheet) -> Iterator[Finding]:
    """Ask about a column that holds the regions in another order: the figures beside it may be of those."""
    at = sheet.position("name")
    own = [alias(row[at].text) for row in sheet.rows] if at is not None else []
    names = {*own} - {""}
    for n, header in enumerate(sheet.headers if len(names) > 1 else ()):
        texts = ["" if header.standard or row[n].number is not None else alias(row[n].text) for row in sheet.rows]
        odd = [k for k, text in enumerate(texts) if text in names and text != own[k]]
        if len({texts[k] for k in odd}) == len(odd) > 1 and (2 * len(odd) >= len(own) or names == {*texts}):
            row = sheet.rows[odd[0]]
            yield question(
                "second_names", f"second-names:{header.text}", row[n].place, found=row[n].text, other=row[at or 0].text
            )
