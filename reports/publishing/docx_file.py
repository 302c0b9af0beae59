"""The official table as a Word document: A4, a three-line table, Chinese fonts where Chinese stands."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from reports.printing.document import Grid, Sheet, places, unbroken
from reports.printing.table import Table
from scenarios.wording import Language

_LATIN, _BODY, _HEAD = "Times New Roman", "仿宋", "黑体"
_CELL = "宋体"
_SHORT_SIDE, _LONG_SIDE, _MARGIN = 210, 297, 24
_THICK, _THIN = 12, 6  # eighths of a point
_TITLE, _CAPTION, _TABLE, _NOTE = 18.0, 12.0, 10.5, 9.0
_CLASS_RATE = 28.0
_NAME = 2.6  # mm a letter of a name, also where another typeface stands in
_NARROWEST = 14.0  # mm that a column of numbers keeps
_AUTHOR = "carbon-target-allocator"


def write(sheet: Sheet) -> bytes:
    """Return the document."""
    document = docx.Document()
    _properties(document, sheet)
    _page(document, sheet.wide)
    _style(document, sheet.language)
    writer = _WordFile(document, sheet)
    writer.line(sheet.title, _TITLE, WD_ALIGN_PARAGRAPH.CENTER, _HEAD)
    if sheet.heading:  # a report says first what it has found
        writer.line(sheet.statement_line, _TABLE, WD_ALIGN_PARAGRAPH.LEFT, _BODY)
    for table in sheet.tables:
        writer.table(table)
    if not sheet.heading:
        writer.line(sheet.statement_line, _TABLE, WD_ALIGN_PARAGRAPH.LEFT, _BODY, bold=True)
    for text in (sheet.notes_line, sheet.source):
        writer.line(text, _NOTE, WD_ALIGN_PARAGRAPH.LEFT, _CELL)
    writer.page_number()
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _properties(document: Document, sheet: Sheet) -> None:
    """Set the core properties; those of the library's own template would name others."""
    core = document.core_properties
    made = datetime.fromisoformat(sheet.created).astimezone(UTC)
    core.title, core.language = sheet.title[:255], "zh-CN" if sheet.language == "zh" else "en-GB"
    core.author = core.last_modified_by = _AUTHOR
    core.comments = core.keywords = core.subject = ""
    core.created = core.modified = made


def _page(document: Document, wide: bool) -> None:
    """Make the page A4, across where the table is wide."""
    section = document.sections[0]
    sides = (Mm(_LONG_SIDE), Mm(_SHORT_SIDE)) if wide else (Mm(_SHORT_SIDE), Mm(_LONG_SIDE))
    section.page_width, section.page_height = sides
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)


def _style(document: Document, language: Language) -> None:
    """Give the text its fonts and languages."""
    style: Any = document.styles["Normal"]
    style.font.size = Pt(_TABLE)
    style.paragraph_format.space_after = Pt(0)
    properties = style.element.get_or_add_rPr()
    _fonts(properties, _BODY)
    properties.append(_element("lang", val="en-GB", eastAsia="zh-CN"))


def _fonts(properties: Any, east_asian: str, hint: bool = False) -> None:  # noqa: ANN401  (run properties)
    """Set Latin and Chinese font; `hint`: signs that both have, such as “ ”, are drawn as Chinese."""
    fonts = properties.get_or_add_rFonts()
    for slot, name in (("ascii", _LATIN), ("hAnsi", _LATIN), ("cs", _LATIN), ("eastAsia", east_asian)):
        fonts.set(qn(f"w:{slot}"), name)
    if hint:
        fonts.set(qn("w:hint"), "eastAsia")


class _WordFile:
    """Writes paragraphs and tables of one document."""

    def __init__(self, document: Document, sheet: Sheet) -> None:
        self.document, self.sheet = document, sheet
        self.room = (_LONG_SIDE if sheet.wide else _SHORT_SIDE) - 2 * _MARGIN

    def line(
        self, text: str, size: float, align: WD_ALIGN_PARAGRAPH, font: str, bold: bool = False, keep: bool = False
    ) -> None:
        """Write one paragraph."""
        paragraph = self.document.add_paragraph()
        self._fill(paragraph, text, size, font, align, bold)
        paragraph.paragraph_format.space_before = Pt(size / 3)
        paragraph.paragraph_format.keep_with_next = keep

    def _fill(
        self, paragraph: Paragraph, text: str, size: float, font: str, align: WD_ALIGN_PARAGRAPH, bold: bool = False
    ) -> None:
        """Write a text into a paragraph as it is."""
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(size)
        _fonts(run._r.get_or_add_rPr(), font, hint=self.sheet.language == "zh")
        paragraph.alignment = align

    def table(self, table: Table) -> None:
        """Write caption, unit line and a three-line table."""
        self.line(table.caption, _CAPTION, WD_ALIGN_PARAGRAPH.CENTER, _HEAD, keep=True)
        self.line(table.unit, _NOTE, WD_ALIGN_PARAGRAPH.RIGHT, _CELL, keep=True)
        word = self.document.add_table(rows=1 + len(table.rows), cols=len(table.columns))
        word.alignment, word.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        _rules(word)
        widths = self._widths(table)
        for column, width in zip(word.columns, widths, strict=True):
            column.width = Mm(width)
        centre = [WD_ALIGN_PARAGRAPH.CENTER] * len(widths)
        sides = [WD_ALIGN_PARAGRAPH.LEFT if c.kind == "text" else WD_ALIGN_PARAGRAPH.RIGHT for c in table.columns]
        first, *rows = word.rows
        self._row(first, [column.broken(self.sheet.language) for column in table.columns], centre, widths, _HEAD)
        for row, cells in zip(rows, table.rows, strict=True):
            self._row(row, cells, sides, widths, _CELL)
        first._tr.get_or_add_trPr().append(_element("tblHeader"))  # at the top of every page

    def _row(
        self,
        row: Any,  # noqa: ANN401  (a row of python-docx)
        texts: Sequence[str],
        aligns: Sequence[WD_ALIGN_PARAGRAPH],
        widths: Sequence[float],
        font: str,
    ) -> None:
        """Fill one row, which stays on one page."""
        row._tr.get_or_add_trPr().append(_element("cantSplit"))
        size = _NOTE if self.sheet.wide or font == _HEAD else _TABLE
        for cell, text, align, width in zip(row.cells, texts, aligns, widths, strict=True):
            cell.width = Mm(width)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            self._fill(cell.paragraphs[0], text, size, font, align)
            cell.paragraphs[0].paragraph_format.space_before = cell.paragraphs[0].paragraph_format.space_after = Pt(1.5)

    def _widths(self, table: Table) -> list[float]:
        """Return the columns' widths, mm: text as long as it needs up to half the room, numbers alike."""
        text = {
            n: min(self.room / 2, max(16.0, (2.1 if n else _NAME) * max(places(row[n]) for row in table.rows) + 5))
            for n, column in enumerate(table.columns)
            if column.kind == "text"
        }
        numbers = len(table.columns) - len(text)
        left, needed = self.room - _NARROWEST * numbers, sum(text.values())
        if needed > left:
            text = {n: width * left / needed for n, width in text.items()}
        if table.code == "classes":  # the names of the regions take what the others leave
            text[1] = self.room - sum(width for n, width in text.items() if n != 1) - _CLASS_RATE * numbers
        share = (self.room - sum(text.values())) / numbers
        return [text.get(n, share) for n in range(len(table.columns))]

    def page_number(self) -> None:
        """Put the page number at the foot."""
        paragraph = self.document.sections[0].footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.add_run("— ")
        field = _element("fldSimple", instr="PAGE")
        paragraph._p.append(field)
        field.append(Paragraph(_element("p"), paragraph._parent).add_run("1")._r)
        paragraph.add_run(" —")


def _rules(word: WordTable) -> None:
    """Draw the thick rules at top and bottom and the thin one under the header."""
    borders = _element("tblBorders")
    for side in ("top", "bottom"):
        borders.append(_rule(side, _THICK))
    word._tbl.tblPr.find(qn("w:tblLayout")).addprevious(borders)  # the order that the format prescribes
    for cell in word.rows[0].cells:
        under = _element("tcBorders")
        under.append(_rule("bottom", _THIN))
        cell._tc.get_or_add_tcPr().append(under)


def _rule(side: str, size: int) -> Any:  # noqa: ANN401  (an lxml element)
    return _element(side, val="single", sz=str(size), space="0", color="000000")


def _element(tag: str, **values: str) -> Any:  # noqa: ANN401  (an lxml element)
    """Return an element of the format with its attributes."""
    made = OxmlElement(f"w:{tag}")
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


def read(path: Path, language: Language) -> list[Grid]:
    """Return every table."""
    return [_grid(table) for table in docx.Document(str(path)).tables]


def _grid(table: WordTable) -> Grid:
    heads, *rows = ([cell.text for cell in row.cells] for row in table.rows)
    return (tuple(map(unbroken, heads)), *map(tuple, rows))
