"""The table of actual figures to be filled in: a row a region and year of the period, the columns that are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reports.printing.book import GREY, SHADED, Book, screen_font, widths
from reports.words.tracking import WORDS
from scenarios.file.schema import Period
from scenarios.quantities import Quantity, speaking_of
from scenarios.tables.regions import Regions
from scenarios.tracking.actual_rows import forms_of
from scenarios.wording import Language

HEAD_ROW = 3
"""Row of the header, counted from 0."""

_WIDTHS = (12, 18, 10)
_FIGURES = 22


def actuals_heads(quantity: Quantity, language: Language) -> list[str]:
    """Return the headers of a table of actual figures: code, region, year, and what is measured, with its unit."""
    return [*(WORDS.say(f"blank_{code}", language) for code in ("id", "name", "year")), *_figures(quantity, language)]


def _figures(quantity: Quantity, language: Language) -> list[str]:
    """Return the headers of the figures: of an intensity GDP and amounts, of a level these alone."""
    own = [quantity.column if name == "emissions" else name for name in forms_of(quantity)[0]]
    with speaking_of(quantity):
        return [WORDS.say(f"blank_{name}", language) for name in own]


def actuals_workbook(title: str, regions: Regions, period: Period, language: Language) -> bytes:
    """Return the table to be filled in, of every region and year after the base year."""
    book = Book(title, base=screen_font(language))
    heads = actuals_heads(regions.quantity, language)
    page = book.page(WORDS.say("blank_sheet", language), title, WORDS.say("blank_how", language), grid=True)
    page.write_string(2, 0, WORDS.say("blank_more", language), book.style(font_color=GREY))
    book.heads(page, HEAD_ROW, heads)
    page.set_row(HEAD_ROW, 34)
    page.freeze_panes(HEAD_ROW + 1, 3)
    page.repeat_rows(HEAD_ROW)
    widths(page, (*_WIDTHS, *[_FIGURES] * (len(heads) - len(_WIDTHS))))
    rows = [
        (identifier, name, year)
        for year in range(period.base + 1, period.end + 1)
        for identifier, name in zip(regions.ids, regions.names, strict=True)
    ]
    _fill(book, page, rows, len(heads))
    return book.content()


def _fill(book: Book, page: Any, rows: Sequence[tuple[str, str, int]], width: int) -> None:  # noqa: ANN401
    """Write who and when of every row; the figures are left to be filled in."""
    text, empty = book.style(num_format="@"), book.style(border=4, border_color="#BFBFBF", **SHADED)
    for n, (identifier, name, year) in enumerate(rows, HEAD_ROW + 1):
        page.write_string(n, 0, identifier, text)
        page.write_string(n, 1, name, text)
        page.write_number(n, 2, year, book.style(num_format="0"))
        for column in range(len(_WIDTHS), width):
            page.write_blank(n, column, None, empty)
