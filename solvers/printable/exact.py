"""Tables on the grid, and what one misses in exact arithmetic, though the solver, to its tolerance, accepts it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

MOST = 60
"""With more tables cut off one after another a search is given up."""


@dataclass(frozen=True, eq=False)
class GridTable:
    """A table of multiples of the grid, rounded one by one or in classes."""

    rates: tuple[Fraction, ...]  # Exact, length n
    numbers: tuple[int, ...] | None = None  # Class of each member, 1 for the highest rate; None where there are none
    # Members outside the order: their bounds leave one value or, between two values of the grid, forbid it
    outside: tuple[int, ...] = ()
    # Pairs (i, j) with one of them in which i stands lower, though the order asks for no lower value
    against: tuple[tuple[int, int], ...] = ()
    gap: float = 0.0  # How far the total distance may be from the least one, relative to it; 0 when proved
    tightest: bool = True  # Whether no table as near overshoots less; False when the time was up before that was proved
    # Grid steps beyond the two neighbours that rounding needed, because of bounds between two grid values or a sum
    # that is short by less than a rate's last digits; mostly 0
    widened: int = 0


@dataclass(frozen=True)
class Miss:
    """A row that a table breaks."""

    members: tuple[int, ...]  # Whose values break it
    below: bool  # Whether lower values of theirs break it as well


Check = Callable[[Sequence[Fraction]], Sequence[Miss]]
"""From a table, length n, to the rows that it breaks."""


def nothing_missed(_: Sequence[Fraction]) -> Sequence[Miss]:
    """Return no row: the check where there are no rules."""
    return ()


def short_of(table: Sequence[Fraction], coefficients: Sequence[Fraction], total: Fraction) -> tuple[Miss, ...]:
    """Return the coupling row when a table's weighted sum is below the total."""
    reached = sum((a * rate for a, rate in zip(coefficients, table, strict=True)), Fraction(0))
    return (Miss(tuple(range(len(table))), below=True),) if reached < total else ()
