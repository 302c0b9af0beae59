"""A workbook with some cells given anew; all else in it stays as it is: looks, formulas, drop-downs, other sheets."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from reports.saving.formulas import At, resting_on
from scenarios.errors import Collector, InputError, Place
from scenarios.file.book.cells import kept_by_excel
from scenarios.tables.cells import CellError, in_all_digits, parse_number, refuse_bare_fraction
from scenarios.tables.excel import read_workbook
from scenarios.tables.grid import MAX_CHARACTERS, MAX_COLUMNS, MAX_ROWS, Cell

_BOOK, _CHAIN = "xl/workbook.xml", "calcChain.xml"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PLAIN = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d+)?", re.ASCII)
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Changes = Mapping[tuple[str, str], str]
"""Sheet and cell -> what was typed."""


def with_cells(raw: bytes, name: str, changes: Changes) -> bytes:
    """Return a workbook with some cells given anew, as a person types them into Excel.

    A number is written as one where the cell shows it in the same digits, else as text. Formulas that rest on what was
    changed lose their stored values, so that no reader takes an old one; Excel computes them when it opens the file.

    Raises
    ------
    InputError
        No workbook, one beyond the limits; a text beyond them; no such sheet or cell; a formula that others share;
        a bare 0.17 for a cell of per cents, where it may be 17 % or 0.17 %.
    """
    book = _Parts(raw, name)
    want = {_at(book, name, *where): _text(text) for where, text in changes.items()}
    _refuse_long(book, want)
    _refuse_fractions(book, want)
    forms = {at: _first_form(text) for at, text in want.items()}
    for _ in range(3):
        content = book.written(forms)
        found = _cells(content, name, {at.sheet for at in want})
        wrong = {at for at, text in want.items() if not _says(found.get(at), text)}
        if not wrong:
            return content
        for at in wrong:
            forms[at] = _next_form(found.get(at), want[at], forms[at])
    at = next(iter(wrong))
    raise InputError.of("cell_not_kept", _place(name, at), found=want[at])


def _refuse_long(book: _Parts, want: Mapping[At, str]) -> None:
    """Refuse texts that no table may hold in a cell."""
    collector = Collector()
    for at, text in want.items():
        if len(text) > MAX_CHARACTERS:
            counts = {"found": f"{len(text):,}", "limit": f"{MAX_CHARACTERS:,}"}
            collector.error("typed_too_long", _place(book.name, at), **counts)
    collector.raise_errors()


def _refuse_fractions(book: _Parts, want: Mapping[At, str]) -> None:
    """Refuse numbers below one, typed without a sign into cells whose format shows per cents."""
    collector, doubts = Collector(), {}
    for at, text in want.items():
        try:
            refuse_bare_fraction(text)
        except CellError as error:
            doubts[at] = error
    if not doubts:
        return
    probe = book.written(dict.fromkeys(doubts, _Form("1", is_number=True)))
    for at, cell in _cells(probe, book.name, {at.sheet for at in doubts}).items():
        if at in doubts and cell.percent:
            collector.error(doubts[at].code, _place(book.name, at), **doubts[at].values)
    collector.raise_errors()


@dataclass(frozen=True)
class _Form:
    """How a text is put into a cell."""

    text: str
    is_number: bool = False


def _first_form(text: str) -> _Form:
    return _Form(text, bool(_PLAIN.fullmatch(text)) and kept_by_excel(Decimal(text)))


@in_all_digits
def _next_form(cell: Cell | None, text: str, form: _Form) -> _Form:
    """Return what is tried next: in a cell of per cents 18 is 18 %, as Excel takes it; else the text."""
    if form.is_number and cell is not None and cell.percent and form.text == text:
        return _Form(f"{Decimal(text) / 100:f}", is_number=True)
    percent = form.is_number and cell is not None and cell.percent
    return _Form(f"{text}%" if percent else text)


@in_all_digits
def _says(cell: Cell | None, text: str) -> bool:
    """Return whether a cell, read again, says what was typed."""
    if cell is None or not text:
        return cell is None or (not text and not cell.text and not cell.unknown)
    try:
        typed, percent = parse_number(text)
        value = cell.parse()
        shown = parse_number(cell.as_shown)
    except CellError:
        return cell.text == text
    return value == shown and value in ((typed, percent), (typed, True))


def _text(text: str) -> str:
    """Return what was typed without blanks at its ends and without what no file of XML holds."""
    return _NOT_IN_XML.sub("", text).strip()


def _at(book: _Parts, name: str, sheet: str, cell: str) -> At:
    """Return the place of a cell. Raises InputError: no such sheet or cell."""
    place = Place(file=name, sheet=sheet)
    if sheet not in book.sheets:
        raise InputError.of("no_such_sheet", Place(file=name), found=sheet, known="、".join(book.sheets))
    if not re.fullmatch(r"[A-Z]{1,3}[1-9][0-9]{0,6}", cell):
        raise InputError.of("no_such_cell", place, found=cell)
    row, column = xl_cell_to_rowcol(cell)
    if row >= MAX_ROWS or column >= MAX_COLUMNS:
        raise InputError.of("no_such_cell", place, found=cell)
    return At(sheet, row + 1, column + 1)


def _place(name: str, at: At) -> Place:
    return Place(file=name, sheet=at.sheet, cell=xl_rowcol_to_cell(at.row - 1, at.column - 1))


def _cells(raw: bytes, name: str, sheets: Collection[str]) -> dict[At, Cell]:
    """Return the cells of visible sheets."""
    return {
        At(place.sheet, *cell.place.address): cell
        for place, grid in read_workbook(raw, name, sheets) for row in grid for cell in row
    }  # fmt: skip


class _Parts:
    """The parts of a workbook, each read when it is needed."""

    def __init__(self, raw: bytes, name: str) -> None:
        read_workbook(raw, name)  # within the limits, without document types
        self.name = name
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            self.entries = {entry.filename: archive.read(entry) for entry in archive.infolist()}
        book = _parsed(self.entries[_BOOK])
        targets = {rel.get("Id"): rel.get("Target") for rel in _parsed(self.entries["xl/_rels/workbook.xml.rels"])}
        own = book.tag.partition("}")[0] + "}"
        found = ((sheet.get("name"), targets.get(sheet.get(_REL))) for sheet in book.iter(f"{own}sheet"))
        paths = {title: posixpath.normpath(posixpath.join("/xl", to)).lstrip("/") for title, to in found if to}
        self.sheets = {title: path for title, path in paths.items() if path in self.entries}

    def written(self, forms: Mapping[At, _Form]) -> bytes:
        """Return the workbook with cells in new forms."""
        trees = {title: _parsed(self.entries[path]) for title, path in self.sheets.items()}
        formulas = {at: text for title, tree in trees.items() for at, text in _formulas(title, tree)}
        for at in resting_on(forms, formulas):
            _forget(_cell(trees[at.sheet], at.row, at.column))
        for at, form in forms.items():
            cell = _cell(trees[at.sheet], at.row, at.column)
            if any(_is(child, "f") and child.get("t") in ("shared", "array") for child in cell):
                raise InputError.of("cell_of_formula", _place(self.name, at))
            _fill(cell, form)
        parts = {**self.entries, **{self.sheets[title]: _bytes(tree) for title, tree in trees.items()}}
        return _packed(_computed_anew(parts))


def _parsed(part: bytes) -> Any:  # noqa: ANN401  (an element of lxml)
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(part, parser)


def _bytes(tree: Any) -> bytes:  # noqa: ANN401
    from lxml import etree

    content: bytes = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def _is(element: Any, tag: str) -> bool:  # noqa: ANN401
    return isinstance(element.tag, str) and element.tag.rpartition("}")[2] == tag


def _of(element: Any, tag: str) -> list[Any]:  # noqa: ANN401
    return [child for child in element if _is(child, tag)]


def _rows(tree: Any) -> Iterator[tuple[int, Any]]:  # noqa: ANN401
    """Yield the rows of a sheet with their numbers; one that says none follows the one before."""
    number = 0
    for data in _of(tree, "sheetData"):
        for row in _of(data, "row"):
            number = int(row.get("r") or number + 1)
            yield number, row


def _in_row(row: Any) -> Iterator[tuple[int, Any]]:  # noqa: ANN401
    """Yield the cells of a row with the numbers of their columns."""
    column = 0
    for cell in _of(row, "c"):
        column = xl_cell_to_rowcol(cell.get("r"))[1] + 1 if cell.get("r") else column + 1
        yield column, cell


def _formulas(title: str, tree: Any) -> Iterator[tuple[At, str]]:  # noqa: ANN401
    """Yield the formulas of a sheet; one that shares that of another cell has no text of its own."""
    for number, row in _rows(tree):
        for column, cell in _in_row(row):
            for formula in _of(cell, "f"):
                alone = formula.get("t") not in ("shared", "array")
                yield At(title, number, column), (formula.text or "") if alone else ""


def _cell(tree: Any, row: int, column: int) -> Any:  # noqa: ANN401
    """Return a cell of a sheet, made in its place where there is none."""
    (data,) = _of(tree, "sheetData")
    own = data.tag.partition("}")[0] + "}"
    line = _placed(data, [*_rows(tree)], row, f"{own}row", str(row))
    return _placed(line, [*_in_row(line)], column, f"{own}c", xl_rowcol_to_cell(row - 1, column - 1))


def _placed(parent: Any, known: list[tuple[int, Any]], number: int, tag: str, address: str) -> Any:  # noqa: ANN401
    """Return the child of a number, put in its order where there is none."""
    from lxml import etree

    for at, child in known:
        if at == number:
            return child
    made = etree.Element(tag, {"r": address})
    after = next((child for at, child in known if at > number), None)
    if after is None:
        parent.append(made)
    else:
        after.addprevious(made)
    return made


def _forget(cell: Any) -> None:  # noqa: ANN401
    """Take the stored value of a formula away."""
    for child in [*_of(cell, "v"), *_of(cell, "is")]:
        cell.remove(child)
    cell.attrib.pop("t", None)


def _fill(cell: Any, form: _Form) -> None:  # noqa: ANN401
    """Put a text or number into a cell, which keeps its looks."""
    from lxml import etree

    own = cell.tag.partition("}")[0] + "}"
    for child in list(cell):
        cell.remove(child)
    cell.attrib.pop("t", None)
    if form.is_number:
        etree.SubElement(cell, f"{own}v").text = form.text
    elif form.text:
        cell.set("t", "inlineStr")
        inner = etree.SubElement(etree.SubElement(cell, f"{own}is"), f"{own}t")
        inner.text = form.text
        inner.set(_SPACE, "preserve")


def _computed_anew(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts without the order of computing, which names cells that may hold no formula any more."""
    from lxml import etree

    kept = {name: part for name, part in parts.items() if not name.endswith(_CHAIN)}
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        tree = _parsed(kept[name])
        for child in list(tree):
            if (child.get("PartName") or child.get("Target") or "").endswith(_CHAIN):
                tree.remove(child)
        kept[name] = _bytes(tree)
    book = _parsed(kept[_BOOK])
    own = book.tag.partition("}")[0] + "}"
    for each in _of(book, "calcPr"):
        each.set("fullCalcOnLoad", "1")
    if not _of(book, "calcPr"):
        before = [child for tag in ("sheets", "functionGroups", "externalReferences", "definedNames")
                  for child in _of(book, tag)]  # fmt: skip
        before[-1].addnext(etree.Element(f"{own}calcPr", {"fullCalcOnLoad": "1"}))
    return {**kept, _BOOK: _bytes(book)}


def _packed(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()
