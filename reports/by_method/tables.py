"""The tables of methods: rates a city a row, figures a method a row, and methods.csv with every stage.

Rates and shares are per cent in these tables; the record holds fractions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from reports.by_method.record import Figures, MethodRecord, MethodsRecord, Moved
from reports.printing.numbers import minus
from reports.printing.table import Column, Table, csv_text
from reports.words import LABELS
from reports.words.pages.methods import WORDS
from scenarios.tables.cells import grid_digits, per_cent
from scenarios.tables.text_table import escape_text
from scenarios.wording import Language

STAGES = ("unbounded", "bounded", "computed", "published")

_NONE = "–"


def _number(digits: int, sign: bool = False) -> Callable[[float], str]:
    return lambda value: minus(f"{value:+.{digits}f}" if sign and round(value, digits) else f"{value:.{digits}f}")


_FIGURES: dict[str, Callable[[float], str]] = {
    "gini_head": _number(4),
    "kakwani": _number(3, True),
    "objections": _number(0),
    "high_intensity": _number(2, True),
    "cost": _number(2),
    "cost_of_rounding": _number(2, True),
    "use": _number(3),
    "pace": _number(2),
    "loss2": _number(3),
}
"""Figures of a split in their order, and how each is printed."""
_FIELDS = {"high_intensity": "high_intensity_points", "loss2": "loss2_points"}
PRINCIPLES = {
    "fairness": ("gini_head", "kakwani", "objections"),
    "efficiency": ("high_intensity", "cost", "cost_of_rounding"),
    "feasibility": ("use", "pace", "loss2"),
    "transparency": ("constant", "follow", "moved"),
}
"""Principle -> its figures."""


def value_of(figures: Figures, code: str) -> float | None:
    """Return a figure by its code."""
    found: float | None = getattr(figures, _FIELDS.get(code, code))
    return found


def had(record: MethodsRecord) -> list[str]:
    """Return the codes of the figures that at least one line has."""
    lines = [method.figures for method in record.had if method.figures is not None]
    return [code for code in _FIGURES if any(value_of(figures, code) is not None for figures in lines)]


def printed(code: str, value: float | None) -> str:
    """Return a figure as it is printed, a dash for none."""
    return _NONE if value is None else _FIGURES[code](value)


def rate_digits(record: MethodsRecord) -> int:
    """Return with how many decimals rates on the grid are printed, as per cent."""
    return grid_digits(Decimal(str(record.grid)))


def rates_shown(record: MethodsRecord) -> list[float]:
    """Return all printed rates of the lines that back the target, which make axes and shades."""
    return [rate for method in record.had if method.backed for rate in method.published or ()]


def span(rates: Sequence[float] | None, digits: int = 1) -> str:
    """Return lowest and highest rate as one text; one figure where they are the same."""
    if rates is None:
        return _NONE
    low, high = (minus(per_cent(value, digits)) for value in (min(rates), max(rates)))
    return low if low == high else f"{low} … {high}"


def moved_cells(moved: Moved | None) -> tuple[str, str, str]:
    """Return cities at lower and upper bound; those that follow the formula; at bounds, by rules and by rounding."""
    if moved is None:
        return _NONE, _NONE, _NONE
    at = moved.at_lower + moved.at_upper
    return f"{moved.at_lower}/{moved.at_upper}", str(moved.follow), f"{at}/{moved.by_rules}/{moved.by_rounding}"


def figure_rows(
    record: MethodsRecord, named: Sequence[tuple[str, MethodRecord]], language: Language
) -> tuple[list[str], list[list[str]]]:
    """Return headers and a row a line: rates by formula and as printed, bounds, the province, and the figures."""
    codes, digits = had(record), rate_digits(record)
    heads = ("method", "unbounded_range", "published_range", "at_bounds", "implied", *codes, "follow", "moved")
    rows = []
    for name, method in named:
        bounds, follow, moved = moved_cells(method.moved)
        figures = [printed(code, None if method.figures is None else value_of(method.figures, code)) for code in codes]
        implied = _NONE if method.implied_reduction is None else minus(per_cent(method.implied_reduction, 3))
        rows.append([
            name + mark(method), span(method.unbounded), span(method.published, digits), bounds, implied, *figures,
            follow, moved,
        ])  # fmt: skip
    return [WORDS.say(code, language) for code in heads], rows


def mark(method: MethodRecord) -> str:
    """Return the mark of a line that is not comparable, or that the bounds made."""
    return " *" if method.backed is False else " †" if method.bounds_made_it else ""


def rates_rows(record: MethodsRecord, language: Language) -> list[list[str]]:
    """Return a row a city: its name, and its printed rate by each line that is had."""
    digits = rate_digits(record)
    return [
        [region.label(language), *(minus(per_cent((m.published or ())[n], digits)) for m in record.had)]
        for n, region in enumerate(record.regions)
    ]


def stage_table(record: MethodsRecord, method: MethodRecord, language: Language) -> Table:
    """Return a method's rates a city a row, at every stage."""
    stages = [stage for stage in STAGES if getattr(method, stage) is not None]
    if not record.rules and "computed" in stages:
        stages.remove("computed")
    digits = {"published": rate_digits(record)}
    rows = tuple(
        (region.label(language), *(minus(per_cent(getattr(method, s)[n], digits.get(s, 2))) for s in stages))
        for n, region in enumerate(record.regions)
    )
    codes = ("city", *(f"stage_{stage}" for stage in stages))
    kinds = ("text", *("number" for _ in stages))
    made = (Column(code, WORDS.say(code, language), kind=kind) for code, kind in zip(codes, kinds, strict=True))  # type: ignore[arg-type]
    return Table(tuple(made), rows)


def methods_csv(record: MethodsRecord, names: Sequence[str], language: Language) -> bytes:
    """Return methods.csv: a row a method and city with all stages, UTF-8 with BOM; `names` of `record.methods`."""
    head = [WORDS.say("method", language), LABELS.say("id", language), WORDS.say("city", language)]
    head += [WORDS.say(f"stage_{stage}", language) + " (%)" for stage in STAGES]
    rows: list[list[str]] = [head]
    for name, method in zip(names, record.methods, strict=True):
        for n, region in enumerate(record.regions):
            if method.published is None:
                continue
            cells = [getattr(method, stage) for stage in STAGES]
            digits = (4, 4, 4, rate_digits(record))
            shown = ["" if c is None else per_cent(c[n], d) for c, d in zip(cells, digits, strict=True)]
            rows.append([escape_text(name), region.id, escape_text(region.label(language)), *shown])
    return csv_text(rows).encode("utf-8-sig")


def rates_csv(record: MethodsRecord, method: MethodRecord, language: Language) -> bytes:
    """Return a method's printed rates as a table that every reader of rates takes, UTF-8 with BOM."""
    heads = [LABELS.say("id", language), WORDS.say("city", language), WORDS.say("rate", language)]
    cells = zip(record.regions, method.published or (), strict=True)
    digits = rate_digits(record)
    rows = [[region.id, escape_text(region.label(language)), per_cent(rate, digits)] for region, rate in cells]
    return csv_text([heads, *rows]).encode("utf-8-sig")
