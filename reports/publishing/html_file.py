"""The official table as one HTML file: no script, nothing loaded, made to be printed on A4."""

from __future__ import annotations

from pathlib import Path

import lxml.html

from reports.printing.document import Grid, Sheet, page_margins
from reports.printing.pages import template
from scenarios.wording import TAGS, Language

_MARGINS = (20.0, 20.0, 20.0, 20.0)


def write(sheet: Sheet) -> bytes:
    """Return the document; everything in it is escaped by the template."""
    top, bottom, left, right = page_margins(sheet.wide) if sheet.paper else _MARGINS
    margins = f"{top:g}mm {right:g}mm {bottom:g}mm {left:g}mm"
    return template("official.html").render(sheet=sheet, language=TAGS[sheet.language], margins=margins).encode()


def read(path: Path, language: Language) -> list[Grid]:
    """Return every table as a browser would find it."""
    page = lxml.html.fromstring(path.read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))
    return [
        tuple(tuple(str(cell.text_content()) for cell in row) for row in table.iter("tr"))
        for table in page.iter("table")
    ]
