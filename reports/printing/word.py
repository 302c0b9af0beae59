"""What Word documents are made of below the library: elements of the format, fonts, rules of a table, page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from scenarios.wording import Language

LATIN, BODY, HEAD, CELL, TITLE = "Times New Roman", "仿宋", "黑体", "宋体", "方正小标宋简体"
"""Typefaces: of Latin letters, of the text, of headings, of cells, of the title of an official paper."""
SHORT_SIDE, LONG_SIDE = 210, 297
"""Of A4, mm."""
THICK, THIN = 12, 6
"""Rules of a three-line table, eighths of a point."""
_AUTHOR = "carbon-target-allocator"


def element(tag: str, **values: str) -> Any:  # noqa: ANN401  (an lxml element)
    """Return an element of the format with its attributes."""
    made = OxmlElement(f"w:{tag}")
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


def rule(side: str, size: int) -> Any:  # noqa: ANN401  (an lxml element)
    """Return a rule at a side of a paragraph, a cell or a table; `size`: eighths of a point."""
    return element(side, val="single", sz=str(size), space="0", color="000000")


def set_fonts(
    properties: Any,  # noqa: ANN401  (run properties)
    east_asian: str,
    hint: bool = False,
    latin: str = LATIN,
) -> None:
    """Set Latin and Chinese font of run properties; `hint`: signs that both have, such as “ ”, are drawn as Chinese."""
    fonts = properties.get_or_add_rFonts()
    for slot, name in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", east_asian)):
        fonts.set(qn(f"w:{slot}"), name)
    if hint:
        fonts.set(qn("w:hint"), "eastAsia")


def set_page(document: Document, margins: Sequence[float], across: bool = False) -> None:
    """Make the page A4, `across` where it lies on its long side; `margins`: top, bottom, left, right, mm."""
    section = document.sections[0]
    sides = (Mm(LONG_SIDE), Mm(SHORT_SIDE)) if across else (Mm(SHORT_SIDE), Mm(LONG_SIDE))
    section.page_width, section.page_height = sides
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, margins)


def set_text(document: Document, size: float, east_asian: str) -> None:
    """Give the text its size, in points, its fonts and its languages."""
    style: Any = document.styles["Normal"]
    style.font.size = Pt(size)
    style.paragraph_format.space_after = Pt(0)
    properties = style.element.get_or_add_rPr()
    set_fonts(properties, east_asian)
    properties.append(element("lang", val="en-GB", eastAsia="zh-CN"))


def set_properties(document: Document, title: str, language: Language) -> None:
    """Set the core properties; those of the library's own template would name others."""
    core = document.core_properties
    core.title, core.language = title[:255], "zh-CN" if language == "zh" else "en-GB"
    core.author = core.last_modified_by = _AUTHOR
    core.comments = core.keywords = core.subject = ""


def rule_three_lines(table: Table) -> None:
    """Draw the thick rules at top and bottom of a table and the thin one under its header."""
    borders = element("tblBorders")
    for side in ("top", "bottom"):
        borders.append(rule(side, THICK))
    table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(borders)  # the order that the format prescribes
    for cell in table.rows[0].cells:
        under = element("tcBorders")
        under.append(rule("bottom", THIN))
        cell._tc.get_or_add_tcPr().append(under)


def number_page(paragraph: Paragraph, side: WD_ALIGN_PARAGRAPH, size: float = 0.0, font: str = "") -> None:
    """Put — 1 — into a paragraph at the foot; `size` (points) and `font` where they are not those of the text."""
    paragraph.alignment = side
    field = element("fldSimple", instr="PAGE")
    runs = [paragraph.add_run("— "), Paragraph(element("p"), paragraph._parent).add_run("1")]
    paragraph._p.append(field)
    field.append(runs[1]._r)
    runs.append(paragraph.add_run(" —"))
    for run in runs if size else ():
        run.font.size = Pt(size)
        set_fonts(run._r.get_or_add_rPr(), font, latin=font)
