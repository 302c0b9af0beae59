"""How rates are held against thresholds: as they are printed, or to their last digit. The one place that compares."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from scenarios.tables.cells import rounded

PLACES = 4
"""Decimals of a fraction that are printed: two of a per cent."""

_EXACT = 12
"""Decimals of a double that are its figure; what comes after is a rounding error."""


def counted(value: float | Decimal | Fraction, printed: bool, places: int = PLACES) -> Fraction:
    """Return what counts of a figure when it is compared.

    `value`: A rate, share or ratio; a double's rounding errors are taken off it, others are exact.
    `printed`: whether figures count as they are printed, rounded half up.
    `places`: decimals that are printed.
    """
    if printed:
        return Fraction(rounded(value, places))
    return Fraction(rounded(value, _EXACT)) if isinstance(value, float) else Fraction(value)


def reaches(
    value: float | Decimal | Fraction, threshold: float | Decimal | Fraction, printed: bool, places: int = PLACES
) -> bool:
    """Return whether a figure is at or above a threshold; see `counted`."""
    return counted(value, printed, places) >= counted(threshold, printed, places)
