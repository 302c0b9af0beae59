"""What the report of a plan says about other methods: rates and figures side by side, and what must be said of them."""

from __future__ import annotations

from dataclasses import dataclass

from reports.by_method.record import MethodsRecord
from reports.by_method.sentences import called, general, headline, lead, remarked
from reports.by_method.tables import figure_rows, mark, rates_rows
from reports.printing.table import Column, Table
from reports.words.pages.methods import WORDS
from scenarios.wording import Language


@dataclass(frozen=True)
class MethodsSection:
    """The chapter in one language."""

    title: str
    headline: str
    statements: list[str]
    rates_title: str
    rates: Table
    figures_title: str
    figures: Table
    link: str


def methods_section(record: MethodsRecord, language: Language) -> MethodsSection:
    """Return the report's chapter about other methods."""
    names = [called(method, language) for method in record.had]
    heads, figures = figure_rows(record, list(zip(names, record.had, strict=True)), language)
    rated = [WORDS.say("city", language), *(name + mark(one) for name, one in zip(names, record.had, strict=True))]
    return MethodsSection(
        title=WORDS.say("page", language),
        headline=headline(record, language),
        statements=[
            lead(record, language), *remarked(record.methods, language), *general(record, language),
            WORDS.say("rates_note", language),
        ],
        rates_title=WORDS.say("rates_title", language),
        rates=_table(rated, rates_rows(record, language)),
        figures_title=WORDS.say("figures_title", language),
        figures=_table(heads, figures),
        link=WORDS.say("link", language),
    )  # fmt: skip


def _table(heads: list[str], rows: list[list[str]]) -> Table:
    """Return cells as a table whose first column holds names."""
    columns = (Column(f"c{n}", head, kind="number" if n else "text") for n, head in enumerate(heads))
    return Table(tuple(columns), tuple(map(tuple, rows)))
