"""Rows below a table that are no part of it: notes, sources, who filled it in and when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scenarios.tables.grid import Cell

_NOTE = re.compile(
    r"(?:附?注|备注|说明|(?:资料|数据)?来源|填[表报](?:人|单位|日期|时间)?|制表人?|审核人?|负责人|联系人|联系电话|电话|日期|单位负责人"
    r"|notes?|sources?|remarks?|filled in by|date)\s*[0-9]?\s*[：:].*"
    r"|[12]\d{3}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|[12]\d{3}[-/.]\d{1,2}[-/.]\d{1,2}(?: 00:00:00)?",
    re.IGNORECASE | re.DOTALL,
)


def without_end_notes(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Return the rows without those at the end in which nothing but notes stands."""
    kept = list(rows)
    while kept and _is_note(kept[-1]):
        kept.pop()
    return kept


def _is_note(row: Sequence[Cell]) -> bool:
    """Return whether every filled cell of a row is a note, and none is a number or a formula in doubt."""
    filled = [cell for cell in row if cell.text or cell.unknown]
    return bool(filled) and all(cell.number is None and _NOTE.fullmatch(cell.text) is not None for cell in filled)
