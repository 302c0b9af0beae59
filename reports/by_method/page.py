"""methods.html: one file, offline: rates by method, figures with small pictures, formulas, and what must be said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.by_method.record import MethodRecord, MethodsRecord
from reports.by_method.sentences import called, constants, formula, general, headline, lead, remarked, remarks
from reports.by_method.tables import (
    PRINCIPLES,
    had,
    mark,
    moved_cells,
    printed,
    rate_digits,
    rates_shown,
    span,
    stage_table,
    value_of,
)
from reports.printing.looks import DEEP, PALE, WHITE_TEXT, hexadecimal, luminance, mixed
from reports.printing.numbers import minus
from reports.printing.pages import offline_page
from reports.words import LABELS
from reports.words.pages.methods import WORDS
from scenarios.quantities import in_own_words
from scenarios.tables.cells import per_cent
from scenarios.wording import Language

_WIDTH, _EDGE = 120.0, 5.0
"""Of a small picture, and of the white at its ends, pixels."""


@dataclass(frozen=True)
class Shaded:
    """A rate as printed, its colour, and whether the colour is dark."""

    text: str
    colour: str
    dark: bool


@dataclass(frozen=True)
class Strip:
    """The printed rates of a line as dots on one axis, pixels from the left, and what that says."""

    dots: tuple[float, ...]
    even: float  # Where the uniform rate stands
    said: str


@dataclass(frozen=True)
class Bar:
    """A figure as printed, and how much of its column's largest it is: 0 to 1; below zero `less`."""

    text: str
    part: float | None
    less: bool = False


@dataclass(frozen=True)
class Line:
    """One method or table on the page."""

    name: str
    mark: str
    strip: Strip
    bars: tuple[Bar, ...]
    cells: tuple[str, ...]  # By formula, at bounds, the province, following, moved
    remarks: tuple[str, ...]


@in_own_words
def methods_html(record: MethodsRecord, language: Language) -> str:
    """Return the page of methods."""
    codes = had(record)
    return offline_page(
        "methods/page.html",
        language,
        {},
        say=lambda code, **values: WORDS.say(code, language, **values),
        label=lambda code, **values: LABELS.say(code, language, **values),
        title=WORDS.say("title", language, title=record.title.say(language)),
        lead=lead(record, language),
        headline=headline(record, language),
        basis="" if record.basis is None else record.basis.say(language),
        heads=[(called(method, language), mark(method)) for method in record.had],
        rates=rate_cells(record, language),
        codes=codes,
        lines=lines(record, codes, language),
        said=[*remarked(record.had, language), *general(record, language)],
        absent=remarked([m for m in record.methods if m.missing is not None], language),
        formulas=formulas(record, language),
        stages=[(called(m, language), stage_table(record, m, language)) for m in record.had if m.kind == "method"],
        meanings=meanings(codes, language),
        notices=[notice.say(language) for notice in record.notices],
    )


def rate_cells(record: MethodsRecord, language: Language) -> list[tuple[str, list[Shaded]]]:
    """Return a row a city: its name and a shaded cell a line, the shade the same for the same rate everywhere."""
    rates = rates_shown(record)
    low, high = (min(rates), max(rates)) if rates else (0.0, 0.0)
    digits = rate_digits(record)

    def cell(rate: float) -> Shaded:
        along = (rate - low) / (high - low) if high > low else 0.0
        colour = mixed(PALE, DEEP, min(max(along, 0.0), 1.0))
        return Shaded(minus(per_cent(rate, digits)), hexadecimal(colour), luminance(colour) <= WHITE_TEXT)

    return [
        (region.label(language), [cell((method.published or ())[n]) for method in record.had])
        for n, region in enumerate(record.regions)
    ]


def lines(record: MethodsRecord, codes: Sequence[str], language: Language) -> list[Line]:
    """Return the lines with their figures and small pictures."""
    rates = rates_shown(record)
    low, high = (min(rates), max(rates)) if rates else (0.0, 1.0)
    largest = {code: _largest(record, code) for code in codes}
    return [
        Line(
            name=called(method, language),
            mark=mark(method),
            strip=_strip(record, method, (low, high), language),
            bars=tuple(_bar(method, code, largest[code]) for code in codes),
            cells=_cells(method),
            remarks=tuple(remarks(method, language)),
        )
        for method in record.had
    ]


def meanings(codes: Sequence[str], language: Language) -> list[tuple[str, str, str]]:
    """Return principle, figure and what it says, of those that are shown."""
    shown = (*codes, "constant", "follow", "moved")
    return [
        (WORDS.say(principle, language), WORDS.say(code, language), WORDS.say(f"means_{code}", language))
        for principle, figures in PRINCIPLES.items()
        for code in figures
        if code in shown and code != "cost_of_rounding"
    ]


def formulas(record: MethodsRecord, language: Language) -> list[tuple[str, str, str]]:
    """Return each line's name, its formula in words, and the constants in it."""
    return [(called(one, language), formula(one, record, language), constants(one, language)) for one in record.had]


def _cells(method: MethodRecord) -> tuple[str, ...]:
    bounds, follow, moved = moved_cells(method.moved)
    implied = minus(per_cent(method.implied_reduction or 0.0, 3))
    return span(method.unbounded), bounds, implied, follow, moved


def _largest(record: MethodsRecord, code: str) -> float:
    values = [value_of(m.figures, code) for m in record.had if m.figures is not None]
    return max((abs(value) for value in values if value is not None), default=0.0)


def _bar(method: MethodRecord, code: str, largest: float) -> Bar:
    value = None if method.figures is None else value_of(method.figures, code)
    part = None if value is None else abs(value) / largest if largest else 0.0
    return Bar(printed(code, value), part, value is not None and value < 0)


def _strip(record: MethodsRecord, method: MethodRecord, ends: tuple[float, float], language: Language) -> Strip:
    low, high = ends
    digits, rates = rate_digits(record), method.published or ()

    def at(rate: float) -> float:
        along = (rate - low) / (high - low) if high > low else 0.5
        return round(_EDGE + min(max(along, 0.0), 1.0) * (_WIDTH - 2 * _EDGE), 1)

    said = WORDS.say(
        "spread_alt", language, low=minus(per_cent(min(rates), digits)), high=minus(per_cent(max(rates), digits))
    )
    return Strip(tuple(at(rate) for rate in rates), at(record.uniform_rate), said)
