"""Rates by method as a picture: a method a row, a city a line through all of them; and what it says of each city."""

from __future__ import annotations

import math
from dataclasses import dataclass

from reports.by_method.record import MethodRecord, MethodsRecord
from reports.by_method.sentences import apart, by_formula, called
from reports.by_method.tables import mark, rate_digits, rates_shown
from reports.printing.numbers import minus, short
from reports.words.pages.methods import WORDS
from scenarios.tables.cells import per_cent
from scenarios.wording import Language, listed

_STEP = 0.05
"""From one line of the grid to the next, a fraction."""
_MOST = 8
"""Lines of the grid: beyond, every second one is drawn, and so on."""


@dataclass(frozen=True)
class CityLine:
    """The printed rates of a city by the methods."""

    name: str
    at: tuple[float, ...]  # 0 at the left end of the axis, 1 at its right one
    texts: tuple[str, ...]  # Per cent
    said: str  # The city's rate by the plan, and its lowest and highest one by others


@dataclass(frozen=True)
class Picture:
    """All lines on one axis."""

    methods: tuple[str, ...]
    cities: tuple[CityLine, ...]
    ticks: tuple[tuple[float, str], ...]  # Place and per cent
    first: int  # The city whose rate most depends on the method


def picture(record: MethodsRecord, language: Language) -> Picture | None:
    """Return the picture of all that back the target; None where nothing does."""
    shown = [method for method in record.had if method.backed]
    rates = rates_shown(record)
    if not rates:
        return None
    low, high = _ends(min(rates), max(rates))
    digits, most = rate_digits(record), apart(record)

    def line(n: int) -> CityLine:
        own = [(method.published or ())[n] for method in shown]
        return CityLine(
            record.regions[n].label(language),
            tuple(round((rate - low) / (high - low), 4) for rate in own),
            tuple(minus(per_cent(rate, digits)) for rate in own),
            city_said(record, n, language),
        )

    return Picture(
        tuple(f"{called(method, language)}{mark(method)}" for method in shown),
        tuple(map(line, range(len(record.regions)))),
        tuple(_ticks(low, high)),
        most.index(max(most)) if most else 0,
    )


def city_said(record: MethodsRecord, n: int, language: Language) -> str:
    """Return a city's rate by the plan, and its lowest and highest one by the methods that the bounds did not make."""
    lines = by_formula(record)
    own = [(method.published or ())[n] for method in lines]
    plan = next(((method.published or ())[n] for method in record.had if method.key == "plan"), None)
    name = record.regions[n].label(language)
    if not own or plan is None:
        return ""
    low, high = min(own), max(own)
    if low == high:
        return WORDS.say("city_same", language, name=name, rate=short(low))
    return WORDS.say(
        "city_said", language, name=name, plan=short(plan), low=short(low), high=short(high),
        lowest=_by(lines, own, low, language), highest=_by(lines, own, high, language),
    )  # fmt: skip


def _by(lines: list[MethodRecord], own: list[float], rate: float, language: Language) -> str:
    return listed((called(m, language) for m, r in zip(lines, own, strict=True) if r == rate), language)


def _ends(low: float, high: float) -> tuple[float, float]:
    """Return the ends of the axis: lines of the grid, never the same."""
    first, last = math.floor(low / _STEP + 1e-9), math.ceil(high / _STEP - 1e-9)
    return first * _STEP, max(last, first + 1) * _STEP


def _ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Return the lines of the grid with what they are called, per cent."""
    count = round((high - low) / _STEP)
    every = math.ceil(count / _MOST)
    return [(round(n / count, 4), minus(per_cent(low + n * _STEP, 0))) for n in range(0, count + 1, every)]
