"""Many findings told so that one person can work through them: in order, each cause once, on one screen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from scenarios.errors import Finding, Place
from scenarios.findings.telling import TELLING
from scenarios.wording import Language, clauses, colon, listed, on_page, phrases, shown_width

_LINES, _ACROSS, _HIGH = 20, 100, 36
"""How many lines there may be, and what they may fill of a screen."""
_OF_A_KIND = (_LINES, 5, 3, 2, 1)
"""How many of a kind are said: the first of these with which all fits."""
_RANGES = 8  # that are listed
_ALIKE, _IN_A_ROW = 4, 3
"""How many of a kind, alike but for their values, are said by the first; and how many in one row."""
_ONE_BY_ONE = re.compile(
    r"unknown_|region_|missing_|code_of|example_|wrong_province|no_(?:file|sheet)|column_|header_|answer"
)
"""Codes of what is mended by what each one says: names, columns, files."""
_ASKED_ALIKE = ("off_column",)
"""Questions that are alike but for their values."""
_MANY = {"empty_cell": "empty_cells"}
"""What is said of several cells at once, where that has words of its own."""

_Kind = tuple[str, str, str]
"""File, sheet and code of findings."""


@dataclass(frozen=True)
class _Told:
    """One line: the sheet it is about, what it says below its name, and alone; and of how many findings."""

    sheet: Place
    said: str
    alone: str
    count: int


def told(findings: Iterable[Finding], language: Language) -> list[str]:
    """Return findings as lines: a heading a sheet and what is wrong in it below, or one line with its whole place.

    They stand by file, sheet, row and column. What is said of several cells is said once, with its cells; where a
    screen does not hold them all, the further ones of a kind are counted, with their cells.
    """
    causes: dict[tuple[_Kind, str], list[Finding]] = {}
    ordered = _ordered(tuple(findings))
    for finding in ordered:
        kind = finding.place.file, finding.place.sheet, finding.code
        causes.setdefault((kind, finding.message(language, how=False)), []).append(finding)
    causes = _alike(causes)
    counts = Counter(kind for kind, _ in causes).values()
    for most in _OF_A_KIND:
        if sum(min(count, most + 1) for count in counts) <= _LINES or most == _OF_A_KIND[-1]:
            entries = list(_entries(causes, most, language))
            if _fits(lines := _headed(entries, language)):
                return lines
    return _cut(entries, language)


def to_paste(findings: Iterable[Finding], language: Language) -> list[str]:
    """Return how the open questions among findings are answered: a sentence, and below it the lines to be pasted."""
    questions = {finding.asked: finding for finding in findings if finding.open}
    if not questions:
        return []
    fresh = all(finding.near is None for finding in questions.values())
    named = listed(dict.fromkeys(finding.file for finding in questions.values() if finding.file), language)
    file = named or TELLING.say("scenario_file", language)
    heading = TELLING.say("paste_answers" if fresh else "paste_more_answers", language, file=file)
    answers = [f"  {finding.answer(language)}" for finding in questions.values()]
    more = [TELLING.say("more_answers", language, count=len(answers) - _LINES)] if len(answers) > _LINES else []
    return [heading, *["accept:"][: int(fresh and not on_page())], *answers[:_LINES], *more]


def _alike(causes: Mapping[tuple[_Kind, str], list[Finding]]) -> dict[tuple[_Kind, str], list[Finding]]:
    """Return causes, those of a kind that differ in their values alone as one where all their cells can be named."""
    kinds: dict[_Kind, list[str]] = {}
    for kind, said in causes:
        kinds.setdefault(kind, []).append(said)
    merged = dict(causes)
    for kind, texts in kinds.items():
        every = [finding for said in texts for finding in causes[kind, said]]
        in_a_row = len({finding.place.address[0] for finding in every}) == 1
        if len(texts) >= (_IN_A_ROW if in_a_row else _ALIKE) and _are_alike(every):
            for said in texts:
                del merged[kind, said]
            merged[kind, texts[0]] = list(_ordered(every))
    order = {key: n for n, key in enumerate(causes)}
    return dict(sorted(merged.items(), key=lambda cause: order[cause[0]]))


def _are_alike(findings: Sequence[Finding]) -> bool:
    """Return whether findings of a kind can be said by one of them: with all cells, and none is mended by its text."""
    first = findings[0]
    if _ONE_BY_ONE.match(first.code) or any(finding.severity != first.severity for finding in findings):
        return False
    if first.severity == "notice" or (first.severity == "question" and first.code not in _ASKED_ALIKE):
        return False
    if len({finding.place for finding in findings}) < len(findings):
        return False
    if all(finding.place.cell for finding in findings):
        return len(_blocks(finding.place.address for finding in findings)) <= _RANGES
    places = [finding.place for finding in findings]
    return all(place.row and not place.key for place in places) and _all_rows_named(places)


def _all_rows_named(places: Sequence[Place]) -> bool:
    """Return whether every line of a text file is named where these places are."""
    by_columns = _columns_of_rows(places)
    return len(by_columns) <= _RANGES and all(len(_runs(rows)) <= _RANGES for rows in by_columns.values())


def _entries(causes: Mapping[tuple[_Kind, str], Sequence[Finding]], most: int, language: Language) -> Iterator[_Told]:
    """Yield what is said of each cause, of a kind at most so many, and then that there are more."""
    kinds: dict[_Kind, list[Sequence[Finding]]] = {}
    for (kind, _), cause in causes.items():
        kinds.setdefault(kind, []).append(cause)
    seen: Counter[_Kind] = Counter()
    for (kind, _), cause in causes.items():
        seen[kind] += 1
        if seen[kind] <= most:
            yield _cause(cause, language)
        if seen[kind] == most and (rest := [finding for more in kinds[kind][most:] for finding in more]):
            said = TELLING.say("and_more", language, count=len(rest), places=_places(rest, language))
            yield _told(_sheet(cause[0].place), said, len(rest), language)


def _column(finding: Finding) -> tuple[str, str, str, str]:
    return finding.place.file, finding.place.sheet, finding.place.column, finding.code


def _told(sheet: Place, said: str, count: int, language: Language) -> _Told:
    return _Told(sheet, said, phrases(filter(None, (sheet.say(language), said)), language), count)


def _cause(findings: Sequence[Finding], language: Language) -> _Told:
    """Return one line about findings that say the same."""
    first, count, sheet = findings[0], len(findings), _sheet(findings[0].place)
    if len({finding.place for finding in findings}) == 1:  # once, or twice the same
        return _Told(sheet, replace(first, place=_within(first.place)).say(language, how=False),
                     first.say(language, how=False), count)  # fmt: skip
    many = _MANY.get(first.code)
    differ = not many and any(one.values != first.values for one in findings)
    message = (replace(first, code=many, values={"count": count}) if many else first).message(language, how=False)
    times = "" if many else TELLING.say("times_alike" if differ else "times", language, count=count)
    return _told(sheet, f"{_places(findings, language)}{times}{colon(language)}{message}", count, language)


def _headed(entries: Sequence[_Told], language: Language) -> list[str]:
    """Return the lines, those about one sheet below its name."""
    lines: list[str] = []
    for sheet, group in groupby(entries, key=lambda entry: entry.sheet):
        below, name = list(group), sheet.say(language)
        if name and len(below) > 1:
            lines += [f"{name}{colon(language).rstrip()}", *(f"  {entry.said}" for entry in below)]
        else:
            lines += [entry.alone for entry in below]
    return lines


def _cut(entries: Sequence[_Told], language: Language) -> list[str]:
    """Return as many lines as fit, and how many findings are left."""
    for kept in range(len(entries) - 1, 0, -1):
        rest = TELLING.say("rest", language, count=sum(entry.count for entry in entries[kept:]))
        if _fits(lines := [*_headed(entries[:kept], language), rest]):
            return lines
    return [*_headed(entries[:1], language), rest]


def _fits(lines: Sequence[str]) -> bool:
    """Return whether lines fit on a screen."""
    return len(lines) <= _LINES and sum(-(-shown_width(line) // _ACROSS) for line in lines) <= _HIGH


def _sheet(place: Place) -> Place:
    return Place(file=place.file, sheet=place.sheet)


def _within(place: Place) -> Place:
    return replace(place, file="", sheet="")


def _ordered(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings by file and sheet, in the order in which these come, and within them by row and column."""
    named = dict.fromkeys((finding.place.file, finding.place.sheet) for finding in findings)
    sheets = {sheet: n for n, sheet in enumerate(named)}
    columns = {column: n for n, column in enumerate(dict.fromkeys(finding.place.column for finding in findings))}

    def at(finding: Finding) -> tuple[int, int, int, int]:
        row, column = finding.place.address
        return sheets[finding.place.file, finding.place.sheet], row, column, columns[finding.place.column]

    return sorted(findings, key=at)


def _places(findings: Sequence[Finding], language: Language) -> str:
    """Return where findings of one sheet stand, neighbours as a range."""
    places = [finding.place for finding in findings]
    columns = list(dict.fromkeys(place.column for place in places if place.column))
    if all(place.cell for place in places):
        blocks = _blocks(place.address for place in places)
        said = TELLING.say("cell" if _one(blocks) else "cells", language, places=_some(blocks, language))
        named = _columns(columns, language) if len(columns) == 1 else ""
        return phrases(filter(None, (said, named)), language)
    if all(place.row and not place.key for place in places):
        return _rows(places, language)
    return clauses(
        [*(_within(place).say(language) for place in places[:_RANGES]), *["…"][: len(places) > _RANGES]], language
    )


def _rows(places: Sequence[Place], language: Language) -> str:
    """Return lines of a text file with their columns, those with the same columns together."""
    by_columns, said = _columns_of_rows(places), []
    for named, rows in list(by_columns.items())[:_RANGES]:
        runs = [str(low) if low == high else f"{low}–{high}" for low, high in _runs(rows)]
        code = "row" if _one(runs) else "rows"
        parts = TELLING.say(code, language, places=_some(runs, language)), _columns(named, language)
        said.append(phrases(filter(None, parts), language))
    return clauses([*said, *["…"][: len(by_columns) > _RANGES]], language)


def _one(runs: Sequence[str]) -> bool:
    """Return whether places are one and no range."""
    return len(runs) == 1 and "–" not in runs[0]


def _columns_of_rows(places: Sequence[Place]) -> dict[tuple[str, ...], list[int]]:
    """Return columns -> the lines of a text file about which these are named."""
    by_row: dict[int, list[str]] = {}
    for place in places:
        by_row.setdefault(place.row or 0, []).append(place.column)
    by_columns: dict[tuple[str, ...], list[int]] = {}
    for row, columns in by_row.items():
        by_columns.setdefault(tuple(dict.fromkeys(columns)), []).append(row)
    return by_columns


def _blocks(cells: Iterable[tuple[int, int]]) -> list[str]:
    """Return cells as addresses, those in a block as its two ends: B3, B5–B9, C5–H9."""
    by_row: dict[int, list[int]] = {}
    for row, column in cells:
        by_row.setdefault(row, []).append(column)
    by_columns: dict[tuple[tuple[int, int], ...], list[int]] = {}
    for row, columns in by_row.items():
        by_columns.setdefault(tuple(_runs(columns)), []).append(row)
    blocks = [(low, left, high, right) for wide, rows in by_columns.items() for low, high in _runs(rows)
              for left, right in wide]  # fmt: skip
    ends = ((f"{_letters(left)}{low}", f"{_letters(right)}{high}") for low, left, high, right in sorted(blocks))
    return [one if one == other else f"{one}–{other}" for one, other in ends]


def _runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return whole numbers as runs of neighbours, each its first and last."""
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], number
        else:
            runs.append((number, number))
    return runs


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _some(parts: Sequence[str], language: Language) -> str:
    """Return the first parts in a row."""
    return listed([*parts[:_RANGES], *["…"][: len(parts) > _RANGES]], language)


def _columns(columns: Iterable[str], language: Language) -> str:
    """Return columns by their headers, ``""`` where there are none."""
    named = listed((TELLING.say("name", language, name=column) for column in columns if column), language)
    return TELLING.say("column", language, columns=named) if named else ""
