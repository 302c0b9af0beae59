"""explain.html: one file, offline: the verdict, fits beside chance, ranges of weights, and every region."""

from __future__ import annotations

from dataclasses import dataclass

from reports.explaining.record import ExplainRecord, LineRecord
from reports.explaining.sentences import lead, remarks, title, verdict
from reports.explaining.tables import cities_table, line_label, line_name, lines_table, table_digits, weighed
from reports.printing.numbers import minus
from reports.printing.pages import offline_page
from reports.words import LABELS
from reports.words.pages.explain import WORDS
from scenarios.quantities import in_own_words
from scenarios.tables.cells import per_cent
from scenarios.wording import Language

WIDTH, EDGE = 200.0, 6.0
"""Of a small picture, and of the white at its ends, pixels."""


@dataclass(frozen=True)
class Range:
    """The range of a weight as a bar on an axis from 0 to 100 %, pixels from the left, and what that says."""

    name: str
    text: str
    low: float
    best: float
    high: float
    said: str


@dataclass(frozen=True)
class Dots:
    """A region's published and fitted rate as dots on one axis, pixels from the left, and what that says."""

    published: float
    fitted: float
    said: str


@in_own_words
def explain_html(record: ExplainRecord, language: Language) -> str:
    """Return the page of an explanation."""
    return offline_page(
        "explaining/page.html",
        language,
        {},
        say=lambda code, **values: WORDS.say(code, language, **values),
        label=lambda code, **values: LABELS.say(code, language, **values),
        title=title(record, language),
        lead=lead(record, language),
        kind="not_backed" if record.verdict == "not_explained" else "",
        verdict=verdict(record, language),
        remarks=remarks(record, language),
        lines=lines_table(record, language),
        weights=[(line_label(record, line, language), ranges(record, line, language)) for line in weighed(record)],
        cities=list(zip(cities_table(record, language).rows, dots(record, language), strict=True)),
        heads=[column.label for column in cities_table(record, language).columns],
        judged=line_name(record.judged, language),
        basis="" if record.basis is None else record.basis.say(language),
        notices=[notice.say(language) for notice in record.notices],
    )


def ranges(record: ExplainRecord, line: LineRecord, language: Language) -> list[Range]:
    """Return the range of every weight of a line."""
    found = []
    for weight in line.weights:
        name = record.label(weight.indicator).say(language)
        low, best, high = (per_cent(value, 0) for value in (weight.low, weight.best, weight.high))
        said = WORDS.say("range_alt", language, name=name, low=low, high=high, best=best)
        left, mark, right = (_at(value, 0.0, 1.0) for value in (weight.low, weight.best, weight.high))
        found.append(Range(name, f"{low}–{high}", left, mark, right, said))
    return found


def dots(record: ExplainRecord, language: Language) -> list[Dots]:
    """Return a small picture a region, all on one axis."""
    line, digits = record.judged, table_digits(record)
    values = [*record.published, *line.fitted]
    ends = min(values), max(values)
    found = []
    for region, published, fitted in zip(record.regions, record.published, line.fitted, strict=True):
        said = WORDS.say(
            "dots_alt", language, name=region.label(language), published=minus(per_cent(published, digits)),
            fitted=minus(per_cent(fitted)),
        )  # fmt: skip
        found.append(Dots(_at(published, *ends), _at(fitted, *ends), said))
    return found


def _at(value: float, low: float, high: float) -> float:
    part = (value - low) / (high - low) if high > low else 0.5
    return round(EDGE + min(max(part, 0.0), 1.0) * (WIDTH - 2 * EDGE), 1)
