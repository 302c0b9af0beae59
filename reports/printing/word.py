"""What Word documents are made of below the library: elements of the format, fonts, the rules of a table."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table

LATIN, BODY, HEAD, CELL, TITLE = "Times New Roman", "仿宋", "黑体", "宋体", "方正小标宋简体"
"""Typefaces: of Latin letters, of the text, of headings, of cells, of the title of an official paper."""
_THICK, _THIN = 12, 6  # eighths of a point


def element(tag: str, **values: str) -> Any:  # noqa: ANN401  (an lxml element)
    """Return an element of the format with its attributes."""
    made = OxmlElement(f"w:{tag}")
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


def set_fonts(properties: Any, east_asian: str) -> None:  # noqa: ANN401  (run properties)
    """Set Latin and Chinese font of run properties."""
    fonts = properties.get_or_add_rFonts()
    for slot, name in (("ascii", LATIN), ("hAnsi", LATIN), ("cs", LATIN), ("eastAsia", east_asian)):
        fonts.set(qn(f"w:{slot}"), name)


def rule_three_lines(table: Table) -> None:
    """Draw the thick rules at top and bottom of a table and the thin one under its header."""
    borders = element("tblBorders")
    for side in ("top", "bottom"):
        borders.append(element(side, val="single", sz=str(_THICK), space="0", color="000000"))
    table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(borders)  # the order that the format prescribes
    for cell in table.rows[0].cells:
        under = element("tcBorders")
        under.append(element("bottom", val="single", sz=str(_THIN), space="0", color="000000"))
        cell._tc.get_or_add_tcPr().append(under)
