"""The path of a total from base-year emissions to the cap of the last year; exact, or as good as exact."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext
from fractions import Fraction

from scenarios.file.track import PathKind
from scenarios.tables.cells import rounded

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
