"""Tables of a Word document (``.docx``) as a reader sees them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from scenarios.tables.documents.held import Held, RefusedTableError, Table, in_order, within_limits
from scenarios.tables.excel import LOWERED, RAISED, STRUCK
from scenarios.tables.excel_scan import MAX_UNPACKED, TooBigError, check_parts
from scenarios.tables.grid import MAX_COLUMNS

_PART = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_REVISED = tuple(f"{_W}{tag}" for tag in ("ins", "del", "moveFrom", "moveTo"))
_OFF = ("0", "false", "none")
_SHOWN = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-", f"{_W}sym": "\ufffd"}
"""What stands for a sign that is no text; a symbol of a font of its own is none that is known."""


def read_word(raw: bytes) -> list[Table]:
    """Return the tables of a document, with the paragraphs around them.

    Raises RefusedTableError: a table with changes that are not settled, or with a table in it. TooBigError: too much.
    """
    check_parts(raw)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if archive.getinfo(_PART).file_size > MAX_UNPACKED:
            raise TooBigError
        body = _parsed(archive.read(_PART)).find(f"{_W}body")
    return in_order(_parts(body))


def _parsed(part: bytes) -> Any:  # noqa: ANN401  (an lxml element)
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(part, parser)


def _parts(body: Any) -> Iterator[str | list[list[Held]]]:  # noqa: ANN401
    """Yield paragraphs and tables in their order; those in a box or a control stand where it does."""
    for element in body:
        if element.tag == f"{_W}p":
            yield words_of(element)
        elif element.tag == f"{_W}tbl":
            yield _table(element)
        else:
            content = element.find(f"{_W}sdtContent")
            yield from () if content is None else _parts(content)


def _table(table: Any) -> list[list[Held]]:  # noqa: ANN401
    if next(table.iter(*_REVISED), None) is not None:
        raise RefusedTableError("document_revised")
    if any(inner is not table for inner in table.iter(f"{_W}tbl", f"{_W}txbxContent")):
        raise RefusedTableError("document_nested")
    rows: list[list[Held]] = []
    down: dict[int, str] = {}  # Column -> what stands in the cell that is merged downwards
    for row in table.iter(f"{_W}tr"):
        found: list[Held] = [Held("")] * _span(row, "trPr", "gridBefore", 0)
        rows.append(found)
        for cell in row.iter(f"{_W}tc"):
            found += _cells(cell, len(found), down)
            within_limits(rows)
    return rows


def _cells(cell: Any, column: int, down: dict[int, str]) -> list[Held]:  # noqa: ANN401
    """Return a cell and those that it lies over."""
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    text = "\n".join(filter(None, (words_of(p) for p in cell.iter(f"{_W}p"))))
    span = _span(cell, "tcPr", "gridSpan", 1)
    if merge is not None and merge.get(f"{_W}val", "continue") != "restart":
        return [Held("", covered=True, merged=down.get(column, ""))] * span
    down[column] = text if merge is not None else ""
    return [Held(text), *[Held("", covered=True)] * (span - 1)]


def words_of(paragraph: Any) -> str:  # noqa: ANN401
    """Return what a paragraph shows."""
    return "".join(_run(run) for run in paragraph.iter(f"{_W}r"))


def _run(run: Any) -> str:  # noqa: ANN401
    """Return what a run shows: nothing where it is hidden; digits that are raised, lowered or struck as such."""
    if _is_on(run, "vanish"):
        return ""
    text = "".join(_SHOWN.get(each.tag, "") if each.tag != f"{_W}t" else each.text or "" for each in run)
    raised = _value(run, "rPr", "vertAlign")
    looks = {"superscript": RAISED, "subscript": LOWERED}.get(raised or "", {})
    return text.translate(STRUCK if _is_on(run, "strike") or _is_on(run, "dstrike") else looks)


def _is_on(run: Any, mark: str) -> bool:  # noqa: ANN401
    found = run.find(f"{_W}rPr/{_W}{mark}")
    return found is not None and found.get(f"{_W}val", "1") not in _OFF


def _span(element: Any, properties: str, name: str, default: int) -> int:  # noqa: ANN401
    """Return over how many columns something lies, bounded by what a table may have."""
    return min(int(_value(element, properties, name) or default), MAX_COLUMNS + 1)


def _value(element: Any, properties: str, name: str) -> str | None:  # noqa: ANN401
    found = element.find(f"{_W}{properties}/{_W}{name}")
    return None if found is None else found.get(f"{_W}val")
