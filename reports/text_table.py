"""A table as lines of text for a terminal; a Chinese character takes two columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def text_table(headers: Sequence[str], rows: Sequence[Sequence[str]], left: int = 1) -> list[str]:
    """Return a table with columns of one width: the first `left` ones to the left, the others to the right."""
    table = [tuple(headers), *map(tuple, rows)]
    widths = [max(_width(row[n]) for row in table) for n in range(len(headers))]
    return [
        "  ".join(_filled(text, widths[n], n < left) for n, text in enumerate(row)).rstrip() for row in table
    ]  # fmt: skip


def _filled(text: str, width: int, left: bool) -> str:
    blanks = " " * (width - _width(text))
    return text + blanks if left else blanks + text


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
