"""Tables in halves side by side, as they are printed to save paper: the right one goes below the left one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scenarios.tables.columns import Header
from scenarios.tables.grid import Cell
from scenarios.tables.regions import alias, called_total

_Rows = Sequence[Sequence[Cell]]

_OWNERS = ("name", "id")
_NUMBERED = re.compile(r"(.+?)[._ ]?[1-9]")
"""What a program makes of a header that was there before: 排放量.1, 排放量2."""


def without_numbers(headers: tuple[Header, ...], cells: Sequence[Cell], rows: _Rows) -> tuple[Header, ...]:
    """Return headers of which those with a number behind are the ones without, where the table is in halves then."""
    texts = [cell.text for cell in cells]
    bare = [match.group(1) if (match := _NUMBERED.fullmatch(text)) else text for text in texts]
    same = tuple(headers[texts.index(b)] if b in texts else h for b, h in zip(bare, headers, strict=False))
    return same if len(same) == len(headers) and len(starts_of_halves(same, rows)) > 1 else headers


def starts_of_halves(headers: Sequence[Header], rows: _Rows) -> list[int]:
    """Return where the same headers begin again, beside other regions: the first is 0; ``[0]`` for a table in one."""
    starts = [n for n, header in enumerate(headers) if header.text and header == headers[0]]
    if len(starts) < 2:
        return [0]
    halves = [_less_empty(headers[n:end]) for n, end in zip(starts, [*starts[1:], len(headers)], strict=True)]
    at = next((n for n, header in enumerate(halves[0]) if header.standard in _OWNERS), None)
    if at is None or any(half != halves[0] for half in halves) or any(len(row) != len(headers) for row in rows):
        return [0]
    texts = [row[n + at].text for n in starts for row in rows]
    names = [alias(text) for text in texts if text and not called_total(text)]
    return starts if len(names) == len(set(names)) else [0]


def one_below_other(rows: _Rows, starts: Sequence[int], width: int) -> list[list[Cell]]:
    """Return the rows of each half, the first one's first; a half that ends before another has no empty rows."""
    parts = [list(row[n : n + width]) for n in starts for row in rows]
    return [part for part in parts if any(cell.text or cell.unknown for cell in part)]


def _less_empty(headers: Sequence[Header]) -> Sequence[Header]:
    """Return headers without the empty ones at the end, that stand between two halves."""
    while headers and not headers[-1].text:
        headers = headers[:-1]
    return headers
