"""A reduction in words: what falls, and what below zero rises."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from reports.printing.numbers import short
from reports.words import LABELS
from scenarios.tables.cells import as_printed, per_cent
from scenarios.wording import Language

_MOST = 4
"""Decimals of a per cent that are printed where none is asked for."""


def falls_by(rate: Decimal | Fraction | float, language: Language, digits: int | None = 2) -> str:
    """Return a reduction in words: 下降 2.22%, 上升 1.83%, 持平; without `digits` no idle decimals."""
    printed = as_printed(rate, _MOST if digits is None else digits)
    if not printed:
        return LABELS.say("stays", language)
    by = short(float(abs(printed))) if digits is None else per_cent(abs(printed), digits)
    return LABELS.say("falls" if printed > 0 else "rises", language, by=by)


def asks(rate: Decimal | Fraction | float, language: Language, digits: int = 2) -> str:
    """Return a reduction that is asked in words; a rise is one at most: 至多上升 1.83%."""
    printed = as_printed(rate, digits)
    if printed >= 0:
        return falls_by(rate, language, digits)
    return LABELS.say("rises_at_most", language, by=per_cent(abs(printed), digits))


def in_words(language: Language, digits: int | None = 2, /, **rates: Decimal | Fraction | float) -> dict[str, str]:
    """Return reductions by their names with `_said` behind them, in words."""
    return {f"{name}_said": falls_by(rate, language, digits) for name, rate in rates.items()}
