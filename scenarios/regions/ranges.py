"""What values of a column must lie between: potentials between 0 and 1, people above zero."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from scenarios.errors import Collector
from scenarios.tables.grid import Cell

Parsed = Iterable[tuple[Decimal, bool] | None]
"""Numbers as cells hold them, and whether they are per cents; None where that was noted."""


def check_shares(cells: Iterable[Cell], names: Iterable[str], parsed: Parsed, unit: str, collector: Collector) -> None:
    """Refuse a potential outside 0–1, with the region."""
    for cell, name, read in zip(cells, names, parsed, strict=True):
        if read is not None and not 0 <= read[0] <= (100 if read[1] or unit == "%" else 1):
            collector.error("potential_range", cell.place, name=name, found=cell.text)


def check_above_zero(cells: Iterable[Cell], parsed: Parsed, collector: Collector) -> None:
    """Refuse a figure that is not above zero, or is a per cent."""
    for cell, read in zip(cells, parsed, strict=True):
        if read is not None and (read[1] or read[0] <= 0):
            collector.error("percent_here" if read[1] else "not_positive", cell.place, found=cell.text)
