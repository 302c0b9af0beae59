"""The official table as a Word document: A4, a three-line table, Chinese fonts where Chinese stands."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph

from reports.printing.document import NUMBER, Grid, Sheet, unbroken
from reports.printing.table import Table
from reports.printing.word import (
    LONG_SIDE,
    SHORT_SIDE,
    THICK,
    element,
    number_page,
    rule,
    rule_three_lines,
    set_fonts,
    set_page,
    set_properties,
    set_text,
)
from reports.publishing.layout import (
    CELL_SIDE,
    LEAD,
    MM,
    Layout,
    balanced,
    column_widths,
    kept_together,
    layout_of,
    pitch_of,
    row_room,
    type_size,
)
from reports.words import LABELS
from scenarios.wording import Language

_OPENING = 2  # rows that stay with the header and the next one
_TOGETHER = 5  # rows at the end of a table that stay on one page, at least
_LAST_NOTES = 4  # notes at the end that stay on one page
_NUMBER_FONT = "宋体"
_DRAFT = 14.0
_AFTER_BORDERS = (
    "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr",
)  # fmt: skip
"""What the format wants after the borders of a paragraph."""


def write(sheet: Sheet) -> bytes:
    """Return the document."""
    document, layout = docx.Document(), layout_of(sheet)
    _frame(document, sheet, layout)
    writer = _WordFile(document, sheet, layout)
    writer.above()
    if sheet.heading:  # a report says first what it has found
        writer.statement(bold=False)
    for table in sheet.tables:
        writer.table(table)
    if not sheet.heading:
        writer.statement(bold=True)
    writer.below()
    writer.page_number()
    writer.draft()
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _frame(document: Document, sheet: Sheet, layout: Layout) -> None:
    """Set properties, page and text."""
    set_properties(document, sheet.title, sheet.language)
    core = document.core_properties
    core.created = core.modified = datetime.fromisoformat(sheet.created).astimezone(UTC)
    set_page(document, layout.margins, sheet.wide)
    set_text(document, layout.plain_size, layout.text_font)
    if layout.outer_numbers:  # the foot of the number is 7 mm below the type area
        document.sections[0].footer_distance = Mm(layout.margins[1] - 7 - layout.number_size * MM)
        document.settings.odd_and_even_pages_header_footer = True


@dataclass(frozen=True)
class _Side:
    """How the cells of a column are aligned; `point`: where their decimal points stand, mm from the left."""

    align: WD_ALIGN_PARAGRAPH
    point: float | None = None


class _WordFile:
    """Writes paragraphs and tables of one document."""

    def __init__(self, document: Document, sheet: Sheet, layout: Layout) -> None:
        self.document, self.sheet, self.layout = document, sheet, layout
        _, _, left, right = layout.margins
        self.room = (LONG_SIDE if sheet.wide else SHORT_SIDE) - left - right
        self.row_room = row_room(sheet, layout) if layout.pitch else 1.5

    def line(
        self, text: str, size: float, align: WD_ALIGN_PARAGRAPH, font: str, bold: bool = False, keep: bool = False
    ) -> Paragraph:
        """Write one paragraph."""
        paragraph = self.document.add_paragraph()
        self._fill(paragraph, text, size, font, align, bold)
        paragraph.paragraph_format.space_before = Pt(0 if self.layout.pitch else size / 3)
        paragraph.paragraph_format.keep_with_next = keep
        if self.layout.pitch:
            paragraph.paragraph_format.line_spacing = Pt(pitch_of(size, self.layout))
        return paragraph

    def _fill(
        self, paragraph: Paragraph, text: str, size: float, font: str, align: WD_ALIGN_PARAGRAPH, bold: bool = False
    ) -> None:
        """Write a text into a paragraph as it is."""
        run = paragraph.add_run(text)
        run.bold, run.font.size = bold, Pt(size)
        set_fonts(run._r.get_or_add_rPr(), font, hint=self.sheet.language == "zh")
        paragraph.alignment = align

    def above(self) -> None:
        """Write the mark in the corner, where there is one, and the title; by GB/T 9704 on the third line then."""
        layout = self.layout
        if self.sheet.mark:
            self.line(self.sheet.mark, layout.text_size, WD_ALIGN_PARAGRAPH.LEFT, layout.head_font, keep=True)
            self.line("", layout.text_size, WD_ALIGN_PARAGRAPH.LEFT, layout.text_font, keep=True)
        shown = balanced(self.sheet.title, layout.title_size, self.room, self.sheet.language)
        title = self.line(
            shown, layout.title_size, WD_ALIGN_PARAGRAPH.CENTER, layout.title_font, keep=layout.outer_numbers
        )
        if layout.pitch:
            title.paragraph_format.space_after = Pt(layout.pitch / 2)

    def statement(self, bold: bool) -> None:
        """Write the statement, where there is one."""
        layout = self.layout
        if not self.sheet.statement:
            return
        if layout.pitch:
            self._text(self.sheet.statement_line, layout.text_size)
        else:
            self.line(
                self.sheet.statement_line, layout.plain_size, WD_ALIGN_PARAGRAPH.LEFT, layout.text_font, bold=bold
            )

    def below(self) -> None:
        """Write notes and source: by GB/T 9704 each note is a paragraph of its own."""
        layout, sheet = self.layout, self.sheet
        if not layout.pitch:
            for text in sheet.below:
                self.line(text, layout.note_size, WD_ALIGN_PARAGRAPH.LEFT, layout.table_font)
            return
        texts = [*sheet.numbered, *filter(None, [sheet.source])]
        for n, text in enumerate(texts):
            opening = LABELS.say("official_notes", sheet.language) if n == 0 and sheet.notes else ""
            paragraph = self.line(opening + text, layout.note_size, WD_ALIGN_PARAGRAPH.JUSTIFY, layout.text_font)
            last = len(texts) - (0 if sheet.signed or sheet.contact else 1)  # no signature on a page of its own
            paragraph.paragraph_format.keep_with_next = len(texts) - _LAST_NOTES <= n < last
            if n == 0:
                paragraph.paragraph_format.space_before = Pt(layout.note_size / 2)
        self._signature()

    def _signature(self) -> None:
        """Write the office at the right, two signs in, and below it whom to ask in brackets, by GB/T 9704."""
        layout, sheet = self.layout, self.sheet
        two = Pt(2 * layout.text_size)
        if sheet.signed:
            office = self.line(sheet.signed, layout.text_size, WD_ALIGN_PARAGRAPH.RIGHT, layout.text_font)
            office.paragraph_format.right_indent = two
            office.paragraph_format.space_before = Pt(layout.pitch)
            office.paragraph_format.keep_with_next = bool(sheet.contact)
        if sheet.contact:
            asked = self.line(sheet.ask_line, layout.text_size, WD_ALIGN_PARAGRAPH.LEFT, layout.text_font)
            asked.paragraph_format.left_indent = two

    def _text(self, text: str, size: float) -> None:
        """Write a paragraph of text, its first line two signs in."""
        paragraph = self.line(text, size, WD_ALIGN_PARAGRAPH.JUSTIFY, self.layout.text_font)
        if self.sheet.language == "zh":
            paragraph.paragraph_format.first_line_indent = Pt(2 * size)

    def table(self, table: Table) -> None:
        """Write caption, unit line and a three-line table."""
        layout = self.layout
        if table.caption:
            self.line(table.caption, layout.caption_size, WD_ALIGN_PARAGRAPH.CENTER, layout.head_font, keep=True)
        if table.unit:
            self.line(table.unit, layout.note_size, WD_ALIGN_PARAGRAPH.RIGHT, layout.table_font, keep=True)
        word = self.document.add_table(rows=1 + len(table.rows), cols=len(table.columns))
        word.alignment, word.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        rule_three_lines(word)
        widths = column_widths(table, layout, self.sheet.language, self.room)
        for column, width in zip(word.columns, widths, strict=True):
            column.width = Mm(width)
        centre = [_Side(WD_ALIGN_PARAGRAPH.CENTER)] * len(widths)
        sides = [self._side(table, n, width) for n, width in enumerate(widths)]
        first, *rows = word.rows
        heads = [column.broken(self.sheet.language) for column in table.columns]
        self._row(first, heads, centre, widths, layout.head_font, type_size(table, layout, head=True))
        for row, cells in zip(rows, table.rows, strict=True):
            self._row(row, cells, sides, widths, layout.table_font, type_size(table, layout))
        together = max(_TOGETHER, kept_together(self.sheet, layout, table, self.row_room))
        alone = (self.sheet.signed or self.sheet.contact) and not self.sheet.notes  # a signature stays with a row
        last = [] if alone and table is self.sheet.tables[-1] else [rows[-1]]
        for row in [row for row in [*rows[:_OPENING], *rows[-together:]] if row not in last]:
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
        first._tr.get_or_add_trPr().append(element("tblHeader"))  # at the top of every page

    def _side(self, table: Table, n: int, width: float) -> _Side:
        """Return how a column is aligned: by GB/T 9704 numbers at their points, these in the middle of the column."""
        column, layout = table.columns[n], self.layout
        if column.code == NUMBER or (layout.pitch and column.code == "name" and table.code != "classes"):
            return _Side(WD_ALIGN_PARAGRAPH.CENTER)
        if column.kind == "text":
            return _Side(WD_ALIGN_PARAGRAPH.LEFT)
        if not layout.pitch:
            return _Side(WD_ALIGN_PARAGRAPH.RIGHT)
        parts = [row[n].partition(".") for row in table.rows]
        before, after = (max(len(part[k]) for part in parts) for k in (0, 2))
        digit = type_size(table, layout) * MM / 2
        return _Side(WD_ALIGN_PARAGRAPH.LEFT, (width - 2 * CELL_SIDE + (before - after) * digit) / 2)

    def _row(
        self,
        row: Any,  # noqa: ANN401  (a row of python-docx)
        texts: Sequence[str],
        sides: Sequence[_Side],
        widths: Sequence[float],
        font: str,
        size: float,
    ) -> None:
        """Fill one row, which stays on one page."""
        row._tr.get_or_add_trPr().append(element("cantSplit"))
        room = Pt(self.row_room)
        for cell, text, side, width in zip(row.cells, texts, sides, widths, strict=True):
            cell.width = Mm(width)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            paragraph = cell.paragraphs[0]
            self._fill(paragraph, text, size, font, side.align)
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = room
            if self.layout.pitch:
                paragraph.paragraph_format.line_spacing = Pt(size * LEAD)
            if side.point is not None:
                paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(side.point), WD_TAB_ALIGNMENT.DECIMAL)

    def page_number(self) -> None:
        """Put the page number at the foot: in the middle, or by GB/T 9704 at the outer side, one sign in."""
        section, layout = self.document.sections[0], self.layout
        if not layout.outer_numbers:
            self._number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.CENTER)
            return
        for foot, side in (
            (section.footer, WD_ALIGN_PARAGRAPH.RIGHT),
            (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT),
        ):
            paragraph = foot.paragraphs[0]
            self._number(paragraph, side)
            paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(layout.number_size)

    def _number(self, paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH) -> None:
        own = (self.layout.number_size, _NUMBER_FONT) if self.layout.outer_numbers else ()
        number_page(paragraph, side, *own)

    def draft(self) -> None:
        """Say across the head of every page that it is a draft, where it is one."""
        if not self.sheet.draft:
            return
        section = self.document.sections[0]
        heads = [section.header, *([section.even_page_header] if self.layout.outer_numbers else [])]
        for head in heads:
            paragraph = head.paragraphs[0]
            self._fill(paragraph, self.sheet.draft, _DRAFT, self.layout.head_font, WD_ALIGN_PARAGRAPH.CENTER, bold=True)
            edges = element("pBdr")
            for side in ("top", "bottom"):
                edges.append(rule(side, THICK))
            paragraph._p.get_or_add_pPr().insert_element_before(edges, *_AFTER_BORDERS)


def read(path: Path, language: Language) -> list[Grid]:
    """Return every table."""
    return [_grid(table) for table in docx.Document(str(path)).tables]


def _grid(table: WordTable) -> Grid:
    heads, *rows = ([cell.text for cell in row.cells] for row in table.rows)
    return (tuple(map(unbroken, heads)), *map(tuple, rows))
