"""Rates with another sign than was meant: one below zero among such as are above it, or all."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.errors import Finding
from scenarios.sense.asking import question
from scenarios.sense.figures import CityTable

_FEWEST = 4
"""Rates of which one alone may be told from all others."""


def odd_signs(table: CityTable, column: str) -> Iterator[Finding]:
    """Ask whether rates are reductions that are written as falls: one that is as large as the others, or all."""
    rows = [row for row in table.rows if column in row.figures]
    below = [row for row in rows if row.figures[column].value < 0]
    if not below:
        return
    first = below[0].figures[column]
    values = {"name": below[0].name, "found": first.cell.text, "meant": first.shown(-first.value)}
    if len(below) == len(rows) > 1:
        yield question("all_below_zero", "all-below-zero", first.place, **values)
    elif len(below) == 1 and len(rows) >= _FEWEST:
        others = sorted(row.figures[column].value for row in rows if row is not below[0])
        if others[0] / 2 <= -first.value <= others[-1] * 2:
            yield question("below_zero", f"below-zero:{below[0].name}", first.place, **values)
