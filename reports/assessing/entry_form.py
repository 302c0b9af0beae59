"""The form of an assessment by indicators, and of quantities under a cap: rows to be filled in, results to choose."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from reports.assessing.sentences import told_in
from reports.printing.book import SHADED, Book, screen_font, widths
from reports.printing.document import one_line
from reports.words.assessing import WORDS
from scenarios.assessing.cells import CapPoints, Cells
from scenarios.assessing.entries import ANSWERS, CAP_HEADS, ENTRY_HEADS, RESULTS
from scenarios.assessing.pass_fail import FALSIFIED, Computed, Part, PassFail
from scenarios.tables.regions import Regions
from scenarios.wording import Language

HEAD_ROW = 2
"""Row of the header, counted from 0."""

_WIDTHS = (14, 8, 40, 12, 30, 12, 12, 10, 40)
_FIGURE, _TARGET, _RESULT, _EVIDENCE = 5, 6, 7, 8


def entries_workbook(rules: PassFail, known: Collection[str], language: Language) -> bytes:
    """Return the form of a rule set by indicators: a row a part, the last for falsified figures.

    `known`: names of what is computed (`Computed.name`); everything else can be filled in.
    """
    title = WORDS.say("form_title", language, title=told_in(rules.title, language))
    book = Book(title, base=screen_font(language))
    page = book.page(WORDS.say("form_sheet_entries", language), title, WORDS.say("entries_how", language))
    page.freeze_panes(HEAD_ROW + 1, 3)
    book.heads(page, HEAD_ROW, [heads[language == "en"] for heads in ENTRY_HEADS.values()])
    widths(page, _WIDTHS)
    text = book.style(text_wrap=True, valign="vcenter", bottom=4, bottom_color="#BFBFBF")
    row = HEAD_ROW
    for group, indicator in rules.indicators:
        for part in indicator.parts:
            row += 1
            stub = [
                part.id,
                WORDS.say(group, language),
                told_in(part.title, language),
                *_measure(part, known, language),
            ]
            _write(page, row, stub, text)
            _fillable(book, page, row, _asked(part, known), RESULTS, language)
    stub = [FALSIFIED, "", WORDS.say("falsified_row", language), "", WORDS.say("condition_falsified", language)]
    _write(page, row + 1, stub, text)
    _fillable(book, page, row + 1, (_RESULT, _EVIDENCE), ANSWERS, language)
    return book.content()


def _measure(part: Part, known: Collection[str], language: Language) -> tuple[str, str]:
    """Return unit and condition of a part."""
    unit = "" if part.unit is None else told_in(part.unit, language)
    condition = WORDS.say(f"condition_{part.met or 'judged'}", language)
    if isinstance(part.source, Computed) and not part.source.compares:
        condition = WORDS.say("computed_else", language, condition=condition)
    elif _computed(part, known):
        condition = WORDS.say("computed_here", language, condition=condition)
    return unit, condition


def _computed(part: Part, known: Collection[str]) -> bool:
    """Return whether the figure of a part is computed."""
    return isinstance(part.source, Computed) and part.source.compares and part.source.name in known


def _asked(part: Part, known: Collection[str]) -> tuple[int, ...]:
    """Return the columns of a part that are there to be filled in."""
    if _computed(part, known):
        return (_TARGET,)
    return (_RESULT, _EVIDENCE) if part.met is None else (_FIGURE, _TARGET, _RESULT, _EVIDENCE)


def _write(page: Any, row: int, cells: list[str], style: Any) -> None:  # noqa: ANN401  (XlsxWriter's)
    for n, cell in enumerate(cells):
        page.write_string(row, n, cell, style)


def _fillable(
    book: Book, page: Any, row: int, columns: tuple[int, ...], known: Any, language: Language  # noqa: ANN401
) -> None:  # fmt: skip
    """Shade the cells that are there to be filled in; results are chosen from a list."""
    empty = book.style(**SHADED, border=4, border_color="#BFBFBF", valign="vcenter", text_wrap=True)
    for column in columns:
        page.write_blank(row, column, None, empty)
    if _RESULT in columns:
        words = [pair[language == "en"] for pair in known.values()]
        page.data_validation(row, _RESULT, row, _RESULT, {"validate": "list", "source": words})


def caps_workbook(rules: Cells, cap: CapPoints, regions: Regions, language: Language) -> bytes:
    """Return the form of a quantity under a cap: a row a region."""
    title = WORDS.say("form_title", language, title=told_in(rules.title, language))
    book = Book(title, base=screen_font(language))
    below = f"{told_in(cap.title, language)}, {told_in(cap.unit, language)}"
    page = book.page(WORDS.say("form_sheet_entries", language), title, below)
    heads = [WORDS.say("name", language), *(words[language == "en"] for words in CAP_HEADS.values())]
    book.heads(page, HEAD_ROW, heads)
    widths(page, (18, 14, 14))
    text, empty = book.style(bottom=4, bottom_color="#BFBFBF"), book.style(**SHADED, border=4, border_color="#BFBFBF")
    for row, name in enumerate(regions.labels(language), start=HEAD_ROW + 1):
        page.write_string(row, 0, one_line(name), text)
        for column in range(1, 1 + len(CAP_HEADS)):
            page.write_blank(row, column, None, empty)
    return book.content()
