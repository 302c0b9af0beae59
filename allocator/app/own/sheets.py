"""The page of a scenario's data as plain values: its sheets cell by cell, and at their cells what check says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from allocator.app.own.books import Book, judged, opened
from reports.words.pages.own_files import WORDS
from scenarios.errors import Finding, Place, open_questions
from scenarios.file.book.sheets import (
    ANSWERS,
    DATA,
    GUIDE,
    INDICATORS,
    JUDGEMENTS,
    LAST,
    PUBLISHED,
    RULES,
    SETTINGS,
    sheet_named,
)
from scenarios.file.document import BOOKS
from scenarios.tables.grid import Cell, Grid
from scenarios.wording import Language, listed

_ORDER = (DATA, SETTINGS, INDICATORS, JUDGEMENTS, RULES, LAST, PUBLISHED, ANSWERS, "")
"""In which the sheets are shown; the one that explains is not."""
_MOST_ROWS, _MOST_COLUMNS = 400, 60
_SPARE = 2  # empty rows below, to be filled in


def page_of(source: str, paths: Sequence[Any], language: Language) -> dict[str, Any]:
    """Return what the page shows of a scenario's workbooks as they are now, JSON-ready.

    It holds ``books`` (file -> digest), ``own`` (that into which answers go), ``sheets``, ``marks`` (at cells),
    ``said`` (what has no cell), ``state``, ``sound`` and ``more``. Raises InputError: a workbook cannot be read.
    """
    found = [opened(path) for path in paths]
    findings = judged(source)
    stopping = [finding for finding in findings if finding.severity == "error" or finding.open]
    marks, said = _parted(stopping, [f for f in findings if f not in stopping], found, language)
    errors = sum(finding.severity == "error" for finding in stopping)
    counts = (("wrong_errors", errors), ("wrong_questions", len(stopping) - errors))
    parts = listed((WORDS.say(code, language, count=count) for code, count in counts if count), language)
    state = WORDS.say("wrong", language, parts=parts)
    marked = {(mark["file"], mark["sheet"], mark["cell"]) for mark in marks}
    return {
        "books": {book.path.name: book.digest for book in found},
        "own": next((book.path.name for book in found if book.path.suffix.lower() in BOOKS), ""),
        "sheets": [_sheet(place, grid, marked, language) for book in found for place, grid in _ordered(book)],
        "marks": marks,
        "said": said,
        "sound": not stopping,
        "state": state if stopping else WORDS.say("sound", language),
    }


def _ordered(book: Book) -> list[tuple[Place, Grid]]:
    """Return the sheets that are shown: the data first."""
    kinds = [(sheet_named(place.sheet), (place, grid)) for place, grid in book.sheets]
    known = [(_ORDER.index(kind), each) for kind, each in kinds if kind != GUIDE]
    return [each for _, each in sorted(known, key=lambda one: one[0])]


def _parted(
    stopping: Sequence[Finding], notices: Sequence[Finding], found: Sequence[Book], language: Language
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return what is said at cells, and what is said of no cell of these workbooks; each with how it is answered."""
    shown = {(place.file, place.sheet) for book in found for place, _ in book.sheets}
    questions = open_questions(stopping)
    marks, said = [], []
    for finding in (*stopping, *notices):
        place = finding.place
        entry = {
            "kind": "notice" if finding in notices else finding.severity,
            "said": finding.message(language, how=False),
            "asked": finding.asked if finding.asked in questions else "",
        }
        if place.cell and (place.file, place.sheet) in shown:
            marks.append({**entry, "file": place.file, "sheet": place.sheet, "cell": place.cell})
        else:
            said.append({**entry, "said": finding.say(language, how=False)})
    return marks, said


def _sheet(
    place: Place, grid: Grid, marked: Iterable[tuple[str, str, str]], language: Language
) -> dict[str, Any]:  # fmt: skip
    """Return one sheet: its columns and its rows, empty ones between and below them too."""
    lines = {cells[0].place.address[0]: cells for cells in grid if cells}
    width = min(max((_width(cells) for cells in grid), default=1), _MOST_COLUMNS)
    last = max(lines, default=0) + _SPARE
    rows = [*range(1, min(last, _MOST_ROWS) + 1)]
    own = {Place(cell=cell).address[0] for file, sheet, cell in marked if (file, sheet) == (place.file, place.sheet)}
    rows += sorted(row for row in own if row > _MOST_ROWS)
    left = WORDS.say("rows_left", language, shown=_MOST_ROWS) if last > _MOST_ROWS else ""
    return {
        "file": place.file,
        "title": place.sheet,
        "kind": sheet_named(place.sheet),
        "mendable": Path(place.file).suffix.lower() in BOOKS,
        "columns": [xl_col_to_name(n) for n in range(width)],
        "rows": [{"row": row, "cells": _texts(lines.get(row, ()), width, language)} for row in rows],
        "left": left,
    }


def _width(cells: Sequence[Cell]) -> int:
    return max((n for n, cell in enumerate(cells, 1) if cell.text or cell.unknown), default=1)


def _texts(cells: Sequence[Cell], width: int, language: Language) -> list[str]:
    texts = [WORDS.say("no_value", language) if cell.unknown else cell.as_shown for cell in cells[:width]]
    return texts + [""] * (width - len(texts))
