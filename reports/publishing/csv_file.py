"""The official table as CSV: what stands above the table first, one cell a line, then header and rows.

UTF-8 with BOM, so that Excel opens it; text that Excel would run gets an apostrophe. The lines above the
header are as wide as the table, and few enough for the reader of tables to find the header below them.
"""

from __future__ import annotations

from pathlib import Path

from reports.printing.document import Grid, Sheet
from reports.printing.table import Column, csv_text
from reports.publishing.columns import RATE
from scenarios.quantities import CARBON, spoken
from scenarios.tables.layout.asked import Asked
from scenarios.tables.sheets import read_sheet
from scenarios.tables.text_table import escape_text
from scenarios.wording import Language


def write(sheet: Sheet) -> bytes:
    """Return the file of a sheet with one table."""
    (table,) = sheet.tables
    blank = [""] * (len(table.columns) - 1)
    above = (sheet.draft, sheet.title, table.caption, table.unit, sheet.statement_line, *sheet.below, sheet.issued_line)
    rows = [[escape_text(line), *blank] for line in above if line]
    return csv_text([*rows, table.heads(sheet.language), *table.escaped()]).encode("utf-8-sig")


def read(path: Path, language: Language) -> list[Grid]:
    """Return the table as the reader of anybody's tables reads it; see `scenarios.tables.sheets.read_sheet`."""
    own = spoken() if spoken().is_share else CARBON  # whose target no other table calls a rate
    found, _ = read_sheet(path, ("name", RATE), asked=Asked(as_written=True, quantity=own))
    heads = tuple(Column("", header.text, header.unit).head(language) for header in found.headers)
    return [(heads, *(tuple(cell.text for cell in row) for row in found.rows))]
