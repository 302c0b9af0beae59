"""Rows below a header that number its columns: ``甲 乙 1 2 3``, ``(1) (2) (3)``, ``A B C``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from scenarios.tables.grid import Cell, Grid

_NO_NUMBER = frozenset(("", "-", "—", "–", "/", "栏次", "列次", "栏目", "栏号", "列号", "代码", "指标代码"))
"""What stands in such a row where a column has no number."""
_SUM = re.compile(r"(?<=[0-9])\s*=.+")
_ORDERS = tuple(
    {mark: n for n, mark in enumerate(marks, 1)}
    for marks in (
        "甲乙丙丁戊己庚辛壬癸", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "一二三四五六七八九十",
        ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"),
    )
)  # fmt: skip
_FEWEST = 3
"""Numbers by which such a row is known, fewer where they stand in brackets."""

_Mark = tuple[int, int]
"""By which order a cell counts, the number of that among `_ORDERS`, and its place in it."""


def counts_columns(grid: Grid, at: int) -> bool:
    """Return whether a row of a grid numbers the columns, and is not that of a region of such a name."""
    texts = [_plain(cell.text) for cell in grid[at]]
    marks = [_marks(text) for text in texts if text not in _NO_NUMBER]
    bracketed = all(_is_bracketed(cell) for cell in grid[at] if _plain(cell.text) not in _NO_NUMBER)
    if not all(marks) or len(marks) < (2 if bracketed or any(text in _NO_NUMBER - {""} for text in texts) else _FEWEST):
        return False
    return _in_order(marks) and not (at + 1 < len(grid) and _goes_on(grid[at], grid[at + 1]))


def _plain(text: str) -> str:
    """Return a number without brackets and without what its column is the quotient of: 3 for ``(3)`` and ``3=2/1``."""
    return _SUM.sub("", unicodedata.normalize("NFKC", text).strip().strip("()[]【】〔〕<> ")).strip()


def _is_bracketed(cell: Cell) -> bool:
    usual = unicodedata.normalize("NFKC", cell.text)
    return cell.number is None and (usual.startswith(("(", "[", "【", "〔", "<")) or usual != cell.text)


def _marks(text: str) -> list[_Mark]:
    """Return what a text may be the number of: ``I`` is a letter, or a Roman one."""
    if re.fullmatch("0?[1-9]|[1-9][0-9]", text):
        return [(len(_ORDERS), int(text))]
    return [(k, order[text]) for k, order in enumerate(_ORDERS) if text in order]


def _in_order(marks: Sequence[Sequence[_Mark]]) -> bool:
    """Return whether each number follows on the one before, or is the first of another order."""
    follow = (
        any((k, n + 1) in after for k, n in one) or any(n == 1 for _, n in after) for one, after in pairwise(marks)
    )
    changes = sum(not any((k, n + 1) in after for k, n in one) for one, after in pairwise(marks))
    return any(n == 1 for _, n in marks[0]) and all(follow) and changes <= 1


def _goes_on(row: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Return whether the row below begins with the number that follows, as regions called 甲 and 乙 do."""
    first, second = (next((_plain(cell.text) for cell in cells if cell.text), "") for cells in (row, below))
    after = _marks(second)
    return any((k, n + 1) in after for k, n in _marks(first))
