"""The template of a letter as it comes with the program: a Word document whose fields are those of `Letter`."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from reports.letters.bars import WIDTH
from reports.printing.word import (
    BODY,
    CELL,
    HEAD,
    SHORT_SIDE,
    TITLE,
    element,
    number_page,
    rule_three_lines,
    set_fonts,
    set_page,
    set_properties,
    set_text,
)
from reports.words import LABELS
from scenarios.wording import Language

_MARGINS = (37, 35, 28, 26)  # mm: above, below, left, right
_TITLE, _TEXT, _CELL, _NOTE = 18.0, 12.0, 10.5, 9.0  # points
_ROW = 1.5  # points above and below the text of a row
_INDENT = 24.0  # points, two characters of the text
_LEFT, _CENTRE, _RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
_FIELDS = {"letter_own": {"you": "{{ you }}"}}  # What headers name of the letter
_ROOM = SHORT_SIDE - _MARGINS[2] - _MARGINS[3]


def template(language: Language) -> bytes:
    """Return the template as a Word document."""
    document = docx.Document()
    set_page(document, _MARGINS)
    set_text(document, _TEXT, BODY)
    set_properties(document, "", language)
    number_page(document.sections[0].footer.paragraphs[0], _CENTRE)
    writer = _Writer(document, language)
    writer.tag("{%p if number %}")
    writer.line("{{ number }}", _TEXT, BODY, _RIGHT, after=12)
    writer.tag("{%p endif %}")
    writer.line("{{ subject }}", _TITLE, TITLE, _CENTRE, after=12)
    writer.line(writer.said("letter_to", whom="{{ whom }}"), after=0 if language == "zh" else 4)
    writer.text("{{ lead }}")
    writer.head("letter_goals")
    writer.text("{{ asked }}")
    writer.optional("cap", "{{ cap }}")
    writer.table(("letter_item", "letter_value"), "goal in goals", ("{{ goal.label }}", "{{ goal.value }}"), (90, 50))
    _years(writer)
    writer.head("letter_why")
    writer.text("{{ reason }}")
    writer.optional("basis", "{{ basis }}", small=True)
    _measures(writer)
    writer.head("letter_holds")
    for field in ("held", "point", "last"):
        writer.optional(field, "{{ " + field + " }}")
    writer.text(writer.said("letter_ask", contact="{{ contact }}")).paragraph_format.keep_with_next = True
    office = writer.line("{{ office }}", _TEXT, BODY, _RIGHT, before=12).paragraph_format
    office.keep_with_next = True
    date = writer.line("{{ date }}", _TEXT, BODY, _RIGHT).paragraph_format
    office.right_indent = date.right_indent = Pt(_INDENT)  # two signs in
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _years(writer: _Writer) -> None:
    writer.tag("{%p if years %}")
    writer.head("letter_years")
    heads = ("letter_year", "letter_cumulative", "letter_step")
    cells = ("{{ year.year }}", "{{ year.cumulative }}", "{{ year.step }}", "{{ year.intensity }}")
    writer.tag("{%p if budget_head %}")
    more = ("{{ intensity_head }}", "{{ budget_head }}")
    writer.table(heads, "year in years", (*cells, "{{ year.budget }}"), (18, 26, 26, 46, 40), more)
    writer.tag("{%p else %}")
    writer.table(heads, "year in years", cells, (26, 38, 38, 54), more[:1])
    writer.tag("{%p endif %}")
    writer.small("{{ years_note }}")
    writer.tag("{%p endif %}")


def _measures(writer: _Writer) -> None:
    writer.tag("{%p if measures %}")
    writer.head("letter_measures")
    heads = ("letter_indicator", "letter_own", "letter_mean", "letter_bars", "letter_effect")
    cells = ("{{ m.label }}", "{{ m.own }}", "{{ m.mean }}", "{{p m.bars }}", "{{ m.effect }}")
    writer.table(heads, "m in measures", cells, (50, 18, 18, WIDTH + 4, 26))
    writer.small(writer.said("letter_measures_note", you="{{ you }}"))
    writer.tag("{%p endif %}")


class _Writer:
    """Writes paragraphs and tables of the template."""

    def __init__(self, document: Document, language: Language) -> None:
        self.document, self.language = document, language

    def said(self, code: str, **fields: str) -> str:
        """Return a text of the template."""
        return LABELS.say(code, self.language, **fields)

    def line(
        self, text: str, size: float = _TEXT, font: str = BODY, align: WD_ALIGN_PARAGRAPH = _LEFT, before: float = 0,
        after: float = 0,
    ) -> Paragraph:  # fmt: skip
        """Write one paragraph."""
        paragraph = self.document.add_paragraph()
        self._fill(paragraph, text, size, font, align)
        form = paragraph.paragraph_format
        form.space_before, form.space_after = Pt(before), Pt(after)
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.MULTIPLE, 1.25
        return paragraph

    def _fill(self, paragraph: Paragraph, text: str, size: float, font: str, align: WD_ALIGN_PARAGRAPH) -> None:
        run = paragraph.add_run(text)
        run.font.size = Pt(size)
        set_fonts(run._r.get_or_add_rPr(), font)
        paragraph.alignment = align

    def text(self, text: str) -> Paragraph:
        """Write a paragraph of the text, in Chinese its first line two characters in."""
        paragraph = self.line(text, after=0 if self.language == "zh" else 4)
        paragraph.paragraph_format.first_line_indent = Pt(_INDENT if self.language == "zh" else 0)
        return paragraph

    def small(self, text: str) -> None:
        """Write a note."""
        self.line(text, _NOTE, CELL, before=3)

    def head(self, code: str) -> None:
        """Write a heading, which stays with what follows."""
        self.line(self.said(code), _TEXT, HEAD, before=8, after=2).paragraph_format.keep_with_next = True

    def tag(self, text: str) -> None:
        """Write a paragraph that says what is done with those after it, and is not printed."""
        self.line(text, _NOTE)

    def optional(self, field: str, text: str, small: bool = False) -> None:
        """Write a paragraph that stands where a field says something."""
        self.tag("{%p if " + field + " %}")
        (self.small if small else self.text)(text)
        self.tag("{%p endif %}")

    def table(
        self, heads: Sequence[str], each: str, cells: Sequence[str], widths: Sequence[float], more: Sequence[str] = ()
    ) -> None:  # fmt: skip
        """Write a three-line table with a row for each of a list; `more`: fields that are headers after `heads`."""
        table = self.document.add_table(rows=4, cols=len(cells))
        table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        rule_three_lines(table)
        top, begin, row, end = table.rows
        scale = min(1.0, _ROOM / sum(widths))
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width * scale)
        self._row(top, [*(self.said(head, **_FIELDS.get(head, {})) for head in heads), *more], HEAD, widths, scale)
        self._row(begin, ["{%tr for " + each + " %}", *[""] * (len(cells) - 1)], CELL, widths, scale)
        self._row(row, cells, CELL, widths, scale)
        for cell in row.cells:  # a table that a page has room for is not torn apart
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        self._row(end, ["{%tr endfor %}", *[""] * (len(cells) - 1)], CELL, widths, scale)
        for cell in top.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        top._tr.get_or_add_trPr().append(element("tblHeader"))  # at the top of every page

    def _row(self, row: Any, texts: Sequence[str], font: str, widths: Sequence[float], scale: float) -> None:  # noqa: ANN401
        """Fill one row, which stays on one page."""
        row._tr.get_or_add_trPr().append(element("cantSplit"))
        for n, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
            cell.width = Mm(width * scale)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            align = _CENTRE if font == HEAD else _LEFT if n == 0 or text.startswith("{{p") else _RIGHT
            self._fill(cell.paragraphs[0], text, _CELL if font == CELL else _NOTE, font, align)
            form = cell.paragraphs[0].paragraph_format
            form.space_before = form.space_after = Pt(0 if text.startswith(("{{p", "{%")) else _ROW)
