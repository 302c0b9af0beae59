"""Rows below a table that are no part of it, and totals whose label stands beside the names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scenarios.errors import Finding, Place
from scenarios.tables.adcodes.prefectures import code_of
from scenarios.tables.cells import year_of
from scenarios.tables.columns import Header
from scenarios.tables.grid import Cell
from scenarios.tables.regions import called_subtotal, called_total

_NOTE = re.compile(
    r"(?:附?注|备注|说明|(?:资料|数据)?来源|填[表报](?:人|单位|日期|时间)?|制表人?|审核人?|负责人|联系人|联系电话|电话|日期|单位负责人|(?:计量|以上|本表)?单位"
    r"|notes?|sources?|remarks?|filled in by|date)\s*[0-9一二三四五]?\s*[：:、].*",
    re.IGNORECASE | re.DOTALL,
)
_LABEL = re.compile(r"附?注|备注|说明|(?:资料|数据)来源")
_DATE = re.compile(r"[12]\d{3}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|[12]\d{3}[-/.]\d{1,2}[-/.]\d{1,2}(?: 00:00:00)?")
_SENTENCE = re.compile(
    r"[*＊※①-⑳].+|\(?（?注\d*[)）]?.{4,}|.{4,}[：:。；;].*|.{8,}，.*|.*(?:19|20)\d{2}\s*年.{2,}", re.DOTALL
)
_LINE_NUMBER = re.compile(r"[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*[.．、)）:：]\s*")
_FIRST_LINE = re.compile(r"[(（]?[1一]\s*[.．、)）:：]\s*\S{2,}")
_OF_A_PLACE = re.compile(r".{1,8}[市州盟县旗区]")
_SHOWN = 30  # characters of a text that are named


def parted(rows: list[list[Cell]]) -> tuple[list[list[Cell]], list[Finding]]:
    """Return the rows of the table, and what must be said of those below that are none."""
    kept = rows[: _end(rows)]
    passed = rows[len(kept) :]
    return kept, [Finding("note_row", _place(row), {"found": _shown(row)}, "notice") for row in passed]


def _end(rows: Sequence[Sequence[Cell]]) -> int:
    """Return after how many rows only notes follow: a first one, and the further lines of it and of others."""
    start = end = len(rows)
    while start and ((note := _is_note(rows, start - 1)) or _is_line(rows[start - 1])):
        start -= 1
        end = start if note or _counts(rows, start) else end
    return end


def _is_line(row: Sequence[Cell]) -> bool:
    """Return whether a row may be a further line of a note: one text alone, that names no place and no total."""
    filled = [cell for cell in row if cell.text or cell.unknown]
    if len(filled) != 1 or filled[0].unknown or filled[0].number is not None or filled[0].is_figure:
        return False
    text = _LINE_NUMBER.sub("", filled[0].text).strip()
    return not (called_total(text) or called_subtotal(text) or _OF_A_PLACE.fullmatch(text) or code_of(text))


def _counts(rows: Sequence[Sequence[Cell]], at: int) -> bool:
    """Return whether a row is the first line of several by its number, where no row of the table is counted so."""
    counted = _FIRST_LINE.match(_first(rows[at])) is not None
    return counted and not any(_LINE_NUMBER.match(_first(row)) for row in rows[:at])


def _first(row: Sequence[Cell]) -> str:
    return next((cell.text for cell in row if cell.text), "")


def labelled(row: list[Cell], headers: Sequence[Header]) -> list[Cell]:
    """Return a row whose total is called so beside the names, under 序号 or the code, with that under the name."""
    at = next((n for n, header in enumerate(headers) if header.standard == "name"), None)
    if at is None or len(row) != len(headers) or row[at].text or row[at].unknown:
        return row
    label = next((cell for cell in row if called_total(cell.text)), None)
    return row if label is None else [*row[:at], label, *row[at + 1 :]]


def _is_note(rows: Sequence[Sequence[Cell]], at: int) -> bool:
    """Return whether a row begins with a note, or with a date that the rows above do not have, or is a sentence."""
    row = rows[at]
    filled = [cell for cell in row if cell.text or cell.unknown]
    if not filled or any(cell.unknown for cell in filled) or filled[0].number is not None:
        return False
    if _NOTE.fullmatch(filled[0].text):
        return True
    label = filled[0].text
    if _LABEL.fullmatch(label) or (_DATE.fullmatch(label) and not _is_dated(rows[:at], row.index(filled[0]))):
        return not any(cell.is_figure for cell in filled[1:])
    return len(filled) == 1 and _SENTENCE.fullmatch(filled[0].text) is not None


def _is_dated(rows: Sequence[Sequence[Cell]], at: int) -> bool:
    """Return whether a column holds the years or dates of its rows."""
    texts = [row[at].text for row in rows if at < len(row)]
    return 2 * sum(bool(_DATE.fullmatch(text)) or year_of(text) is not None for text in texts) > len(texts)


def _place(row: Sequence[Cell]) -> Place:
    at = next(cell for cell in row if cell.text).place
    return Place(file=at.file, sheet=at.sheet, row=at.row)


def _shown(row: Sequence[Cell]) -> str:
    text = next(cell.text for cell in row if cell.text)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
