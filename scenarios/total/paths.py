"""The path of a total from base-year emissions to the cap of the last year; exact, or as good as exact.

The years of the province follow from its own cap and table alone, and so does whether they peak when that is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction
from math import ceil, floor

from scenarios.file.schema import Period
from scenarios.file.track import PathKind
from scenarios.tables.cells import rounded
from scenarios.total.cap import Total
from scenarios.total.caps import AskedCaps

_PRECISION, _PLACES, _PARTS = 60, 30, 10**6
"""Digits in which a root is drawn, decimals of 万吨 that count of it, and the finest share of the effort."""


def total_path(base: Fraction, cap: Fraction, kind: PathKind, shares: Sequence[float]) -> tuple[Fraction, ...]:
    """Return what a total may be in each year, from base-year emissions to the cap of the last year, 万吨.

    `shares`: of the effort by the end of each year, 0 to 1. Linear paths move by tonnes, others by factors.
    """
    parts = [Fraction(share).limit_denominator(_PARTS) for share in shares]
    if kind == "linear":
        return tuple(base + (cap - base) * part for part in parts)
    return tuple(base * _power(cap / base, part) for part in parts)


def due_in(base: Fraction, cap: Fraction, kind: PathKind, shares: Sequence[float], at: int) -> Fraction:
    """Return what a total may be `at` years after the base year, in whole units, rounded half up.

    In the last year it is the cap itself. `shares`: as in `total_path`.
    """
    if at == len(shares) - 1 or not base:
        return cap
    return Fraction(rounded(total_path(base, cap, kind, shares)[at], 0))


@dataclass(frozen=True)
class PeakOfBudgets:
    """The province's budgets against the year after which none may be above its own; 万吨, exact."""

    year: int
    budget: Fraction  # Of that year
    later: int  # The later year with the largest budget, the year itself where it is the last
    largest: Fraction  # Of later years

    @property
    def held(self) -> bool:
        """Whether no later year is above it."""
        return self.largest <= self.budget


def peak_of_budgets(
    total: Total, asked: AskedCaps, period: Period, actual: Sequence[Fraction] = ()
) -> PeakOfBudgets | None:
    """Return whether the province's budgets peak by the year that is asked; None where none is.

    `actual`: emissions of the years so far, 万吨, which go before their budgets, length at most T.
    """
    peak, years = asked.peak, period.years
    if peak is None:
        return None
    ahead = province_years(total, asked, years)[len(actual) :]
    budgets = dict(enumerate((*actual, *ahead), start=period.base + 1))
    later = {year: budget for year, budget in budgets.items() if year > peak}
    worst = max(later, key=lambda year: later[year], default=peak)
    return PeakOfBudgets(peak, budgets[peak], worst, budgets[worst])


def path_of(asked: AskedCaps) -> PathKind:
    """Return how totals move from year to year, where no table says it."""
    return "linear" if asked.years == "linear" else "geometric"


def province_years(total: Total, asked: AskedCaps, years: int) -> tuple[Fraction, ...]:
    """Return the province's budgets of the years after the base year, 万吨: a table's, or its path."""
    shares, step = [t / years for t in range(years + 1)], asked.step
    path = total_path(total.base, total.cap, path_of(asked), shares)[1:-1]
    own = (*(_beside(total, floor(value / step + Fraction(1, 2)) * step, step) for value in path), total.cap)
    if asked.by_year is None:
        return own
    return tuple(each if said is None else said for said, each in zip(asked.by_year.province, own, strict=True))


def _beside(total: Total, rounded_year: Fraction, step: Fraction) -> Fraction:
    """Return a year's rounded budget where rounding does not lead it past the cap that the path ends at."""
    if total.cap <= total.base:
        return max(rounded_year, ceil(total.cap / step) * step)
    return min(rounded_year, floor(total.cap / step) * step)


def _power(factor: Fraction, part: Fraction) -> Fraction:
    """Return factor ^ part, exact where it is rational or as good as exact."""
    if part.denominator == 1:
        return factor**part.numerator
    with localcontext() as context:
        context.prec = _PRECISION
        root = _decimal(factor) ** _decimal(part)
        return Fraction(round(root, _PLACES))


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
