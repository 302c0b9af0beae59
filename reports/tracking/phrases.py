"""Small pieces of sentences that a tracking's texts share."""

from __future__ import annotations

from reports.printing.numbers import minus
from scenarios.tables.cells import per_cent


def rate(value: float | None, digits: int = 2) -> str:
    """Return a fraction as per cent, a dash for none."""
    return "–" if value is None else minus(per_cent(value, digits))


def share(value: float | None) -> str:
    """Return a share of the effort as per cent with one decimal, a dash for none."""
    return rate(value, 1)
