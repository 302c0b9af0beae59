"""Which formulas of a workbook rest on a cell, as far as their text says: their stored values say nothing any more."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

_PART = re.compile(r"\$?([A-Z]{1,3})?\$?([1-9][0-9]{0,6})?", re.IGNORECASE)
_ELSEWHERE = ("INDIRECT(", "OFFSET(")
"""Functions that reach cells which the text does not name."""
_LAST = 1 << 21


class At(NamedTuple):
    """One cell of a workbook."""

    sheet: str
    row: int
    column: int


def resting_on(changed: Collection[At], formulas: Mapping[At, str]) -> set[At]:
    """Return the cells whose formulas rest on changed cells, at once or through others.

    `formulas`: cell -> its formula without the sign of equality; an empty one may rest on anything.
    """
    found: set[At] = set()
    newest = {*changed}
    while newest:
        newest = {
            at for at, text in formulas.items()
            if at not in found and any(_rests(text, at.sheet, one) for one in newest)
        }  # fmt: skip
        found |= newest
    return found - {*changed}


def _rests(text: str, sheet: str, on: At) -> bool:
    """Return whether a formula may read a cell; one that cannot be understood may."""
    from openpyxl.formula import Tokenizer

    if not text or any(name in text.upper() for name in _ELSEWHERE):
        return True
    try:
        operands = [token.value for token in Tokenizer(f"={text}").items if token.subtype == "RANGE"]
    except Exception:  # whatever the tokenizer stumbles over
        return True
    return any(_covers(operand, sheet, on) for operand in operands)


def _covers(operand: str, sheet: str, on: At) -> bool:
    """Return whether an address or a range holds a cell; a name that is no address may."""
    named, _, area = operand.rpartition("!")
    own = named.strip("'").replace("''", "'") or sheet
    if own.strip().lower() != on.sheet.strip().lower():
        return "[" in named or ":" in named  # another workbook's sheet, or several sheets
    first, _, last = area.partition(":")
    ends = [_PART.fullmatch(part) for part in (first, last or first)]
    if None in ends or not all(end and end[0].strip("$") for end in ends):
        return True
    (left, top), (right, bottom) = ((_column(end[1]), int(end[2] or 0)) for end in ends if end)
    return _within(on.column, left, right) and _within(on.row, top, bottom)


def _within(place: int, first: int, last: int) -> bool:
    """Return whether a row or column is between two, in either order; 0 is no bound."""
    low, high = sorted((first, last or _LAST))
    return low <= place <= high


def _column(letters: str | None) -> int:
    number = 0
    for letter in (letters or "").upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
