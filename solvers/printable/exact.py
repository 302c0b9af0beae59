"""What is asked of a table on the grid, what comes of it, and what it misses in exact arithmetic.

The solver accepts to its tolerance; these have the last word.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from solvers.effort import USUAL, Effort
from solvers.model import Rule
from solvers.problem import Array, Infeasible

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


@dataclass(frozen=True, eq=False)
class GridProblem:
    """Find multiples of a grid within bounds and rules, nearest to rates, whose weighted sum is at least a total."""

    rates: Array  # As computed, shape (n,)
    # coefficients, total: The coupling row, exact
    coefficients: Sequence[Fraction]
    total: Fraction
    grid: Fraction  # Step, such as 1/200 for half a point
    # lower, upper: Bounds that no value may leave, exact, length n
    lower: Sequence[Fraction]
    upper: Sequence[Fraction]
    rules: Sequence[Rule] = ()  # Further rows over ``model.rate``, see `solvers.model`
    # For the whole search: what time is left after the nearest table goes to the least overshoot; the gap is that of
    # the distance
    effort: Effort = USUAL
    check: Check = nothing_missed  # The rules in exact arithmetic

    @property
    def steps(self) -> Array:
        """The rates in grid steps, shape (n,)."""
        return self.rates / float(self.grid)

    def ranges(self) -> list[tuple[int, int]]:
        """Return the lowest and highest level of each member; Infeasible where the bounds of one leave none."""
        pairs = zip(self.lower, self.upper, strict=True)
        found = [(ceil(low / self.grid), floor(high / self.grid)) for low, high in pairs]
        if any(low > high for low, high in found):
            raise Infeasible
        return found


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


def short_of(table: Sequence[Fraction], coefficients: Sequence[Fraction], total: Fraction) -> tuple[Miss, ...]:
    """Return the coupling row when a table's weighted sum is below the total."""
    reached = sum((a * rate for a, rate in zip(coefficients, table, strict=True)), Fraction(0))
    return (Miss(tuple(range(len(table))), below=True),) if reached < total else ()
