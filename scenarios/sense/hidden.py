"""Rows that nobody sees: hidden, or filtered out."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.errors import Finding
from scenarios.sense.asking import question
from scenarios.sense.figures import CityTable
from scenarios.sense.sums import total_row


def hidden_rows(table: CityTable) -> Iterator[Finding]:
    """Ask whether hidden rows count; not where the table says so itself, by a total that holds them or its members."""
    rows = [row for row in table.rows if row.cell.hidden and not table.is_member(row)]
    summed = bool(table.totals) and table.whole and not any(True for _ in total_row(table))
    if rows and not summed:
        yield question(
            "hidden_rows", f"hidden-rows:{table.place.sheet or table.place.file}", rows[0].cell.place, count=len(rows),
            names="、".join(row.name for row in rows),
        )  # fmt: skip
