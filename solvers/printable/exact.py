"""What a table on the grid misses in exact arithmetic, though the solver, to its tolerance, accepts it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

MOST = 60
"""With more tables cut off one after another a search is given up."""


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
