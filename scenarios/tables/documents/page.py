"""Tables of a web page (``.html``) as a browser shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from scenarios.tables.documents.held import Held, RefusedTableError, Table, in_order, within_limits
from scenarios.tables.excel import LOWERED, RAISED, STRUCK
from scenarios.tables.grid import MAX_COLUMNS

_LOOKS = {"sup": RAISED, "sub": LOWERED, "del": STRUCK, "s": STRUCK, "strike": STRUCK}
_UNSEEN = ("script", "style", "template", "noscript", "head", "svg")
_BLOCKS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "figcaption", "caption", "div")
_DIGITS = 10
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read_page(text: str) -> list[Table]:
    """Return the tables of a page, with the lines around them.

    Raises RefusedTableError: a table with a table in it.
    """
    import lxml.html

    page = lxml.html.fromstring(text.encode(), parser=lxml.html.HTMLParser(encoding="utf-8", no_network=True))
    return in_order(_parts(page))


def _parts(element: Any) -> Iterator[str | list[list[Held]]]:  # noqa: ANN401  (an lxml element)
    """Yield lines and tables in their order."""
    if _is_unseen(element):
        return
    if element.tag == "table":
        yield from (_text(caption) for caption in element.iter("caption"))
        yield _table(element)
    elif element.tag in _BLOCKS and not any(True for _ in element.iter("table", *_BLOCKS) if _ is not element):
        yield _text(element)
    else:
        for child in element:
            yield from _parts(child)


def _table(table: Any) -> list[list[Held]]:  # noqa: ANN401
    if any(inner is not table for inner in table.iter("table")):
        raise RefusedTableError("document_nested")
    rows: list[list[Held]] = []
    down: dict[int, tuple[int, str]] = {}  # Column -> rows that a cell still lies over, and what stands in it
    for row in table.iter("tr"):
        found: list[Held] = []
        rows.append(found)
        for cell in row.iter("td", "th"):
            found += _covered(found, down)
            span, high = (_span(cell.get(key, "")) for key in ("colspan", "rowspan"))
            text = _text(cell)
            down |= {len(found) + n: (high - 1, text) for n in range(span) if high > 1}
            found += [Held(text), *[Held("", covered=True)] * (span - 1)]
            within_limits(rows)
        found += _covered(found, down)
    return rows


def _span(said: str) -> int:
    """Return over how many columns or rows a cell lies, bounded by what a table may have."""
    return min(max(int(said), 1), MAX_COLUMNS + 1) if said.isdecimal() and len(said) < _DIGITS else 1


def _covered(found: list[Held], down: dict[int, tuple[int, str]]) -> list[Held]:
    """Return the cells from here on that a cell of a row above lies over."""
    more: list[Held] = []
    while down.get(column := len(found) + len(more), (0, ""))[0] > 0:
        left, text = down[column]
        down[column] = left - 1, text
        more.append(Held("", covered=True, merged=text))
    return more


def _text(element: Any) -> str:  # noqa: ANN401
    """Return what an element shows, digits that are raised, lowered or struck through as such."""
    if _is_unseen(element):
        return ""
    inner = (element.text or "") + "".join(_text(child) + (child.tail or "") for child in element)
    text = "\n" if element.tag == "br" else inner
    return text.translate(_LOOKS.get(element.tag, {})) if element.tag in _LOOKS else text


def _is_unseen(element: Any) -> bool:  # noqa: ANN401
    """Return whether an element shows nothing: a comment, a script, what is hidden."""
    if not isinstance(element.tag, str) or element.tag in _UNSEEN or element.get("hidden") is not None:
        return True
    return _HIDDEN.search(element.get("style", "")) is not None
