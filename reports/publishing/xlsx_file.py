"""The official table as a workbook to print: one sheet a table, A4, header row on every page, text never a formula."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

from reports.printing.book import Book, pattern, widths
from reports.printing.document import NUMBER, WIDE, Grid, Sheet, page_margins, places, unbroken
from reports.printing.numbers import MINUS, minus
from reports.printing.table import Table
from scenarios.wording import Language

_LINE = 15.0  # points
_TEXT_WIDTHS, _NUMBER_WIDTH, _COUNT_WIDTH = (10.0, 60.0), 14.0, 6.0
_FEW, _ROOMY = 4, 24.0  # a circular with so many columns has room for them


def write(sheet: Sheet) -> bytes:
    """Return the workbook."""
    serif = "宋体" if sheet.language == "zh" else "Times New Roman"
    book = Book(sheet.title, sheet.created, {"font_name": serif, "font_size": 10.5, "valign": "vcenter"})
    for table in sheet.tables:
        _Page(book, sheet, table).write()
    return book.content()


class _Page:
    """Writes one table on a sheet of its own."""

    def __init__(self, book: Book, sheet: Sheet, table: Table) -> None:
        self.book, self.sheet, self.table = book, sheet, table
        self.page_wide = len(table.columns) >= WIDE
        self.page = book.page(table.tab, wide=self.page_wide)
        self.head_font = "黑体" if sheet.language == "zh" else "Times New Roman"
        self.last = len(table.columns) - 1
        self.lines = self._lines()
        self.head = len(self.lines)
        self.widths = [self._width(n) for n in range(len(table.columns))]

    def write(self) -> None:
        """Write title, table and what stands below it."""
        self._set_up()
        self._above()
        for n, column in enumerate(self.table.columns):
            style = self.book.style(bold=True, text_wrap=True, align="center", top=5, bottom=1)
            self.page.write_string(self.head, n, column.broken(self.sheet.language), style)
        for row, cells in enumerate(self.table.rows, start=self.head + 1):
            self._row(row, cells, bottom=row == self.head + len(self.table.rows))
        self._below()

    def _width(self, position: int) -> float:
        """Return a column's width; Chinese characters take two places."""
        few = self.sheet.paper is not None and len(self.table.columns) <= _FEW
        if self.table.columns[position].kind == "number":
            return _ROOMY if few else _NUMBER_WIDTH
        shortest, longest = _TEXT_WIDTHS
        shortest = _ROOMY if few else shortest
        if self.table.columns[position].code == NUMBER:
            return _COUNT_WIDTH
        needed = max(places(row[position]) for row in self.table.rows)
        return min(longest, max(shortest, needed + 2.0))

    def _set_up(self) -> None:
        page = self.page
        page.set_margins(**_margins(self.sheet, wide=self.page_wide))
        if self.sheet.draft:
            page.set_header("&C" + self.sheet.draft.replace("&", "&&"))
        page.center_horizontally()
        page.repeat_rows(self.head)
        page.freeze_panes(self.head + 1, 1)
        page.set_footer("&C— &P —")
        widths(page, self.widths)
        page.set_row(self.head, 46)

    def _above(self) -> None:
        for row, (text, look) in enumerate(self.lines):
            size = look.get("font_size", 9.0)
            self._line(row, text, self.book.style(**look), float(str(size)))

    def _lines(self) -> list[tuple[str, dict[str, object]]]:
        """Return what stands above the table with its looks, a row each; a circular has no empty ones."""
        sheet, paper = self.sheet, self.sheet.paper
        title = {"font_name": self.head_font if paper is None else paper.title_font, "font_size": 16}
        named = {"font_name": self.head_font, "font_size": 12}
        lines: list[tuple[str, dict[str, object]]] = [
            (sheet.title, {**title, "align": "center", "text_wrap": True}),
            (self.table.caption, {**named, "align": "center"}),
            (self.table.unit, {"align": "right", "font_size": 9}),
        ]
        if paper is not None:
            lines = [(text, look) for text, look in [(sheet.mark, dict(named)), *lines] if text]
        if sheet.draft:
            lines.insert(0, (sheet.draft, {**named, "align": "center", "text_wrap": True, "bold": True, "border": 2}))
        return lines

    def _line(self, row: int, text: str, style: Any, size: float) -> None:  # noqa: ANN401
        """Write a text over the whole width, in as high a row as it needs."""
        if self.last:
            self.page.merge_range(row, 0, row, self.last, "", style)
        self.page.write_string(row, 0, text, style)
        room = sum(self.widths) * 10.5 / size
        lines = 1 + int(places(text) // room)
        self.page.set_row(row, max(_LINE, lines * size * 1.4))

    def _row(self, row: int, cells: tuple[str, ...], bottom: bool) -> None:
        rule = {"bottom": 5} if bottom else {}
        for n, (cell, column) in enumerate(zip(cells, self.table.columns, strict=True)):
            number = _value(cell) if column.kind == "number" else None
            if number is None:
                align = "center" if column.code == NUMBER else "left" if column.kind == "text" else "right"
                wrap = {"text_wrap": True} if places(cell) > self.widths[n] else {}
                self.page.write_string(row, n, cell, self.book.style(num_format="@", align=align, **wrap, **rule))
            else:
                form = pattern(len(cell.partition(".")[2]))
                self.page.write_number(row, n, number, self.book.style(num_format=form, align="right", **rule))
        longest = max(places(cell) / width for cell, width in zip(cells, self.widths, strict=True))
        self.page.set_row(row, 18 * (1 + int(longest * 1.05)))

    def _below(self) -> None:
        row = self.head + len(self.table.rows) + 1
        strong = self.book.style(bold=True, text_wrap=True, valign="top", font_size=9)
        plain = self.book.style(text_wrap=True, valign="top", font_size=9)
        said = [(self.sheet.statement_line, strong)] if self.sheet.statement else []
        for n, (text, look) in enumerate(
            [*said, *((text, plain) for text in (*self.sheet.below, self.sheet.issued_line) if text)], start=row
        ):
            self._line(n, text, look, 9)


def _margins(sheet: Sheet, wide: bool) -> dict[str, float]:
    """Return the margins in inches: for what is set by GB/T 9704 those of that."""
    if sheet.paper is None:
        return {"left": 0.7, "right": 0.7, "top": 0.8, "bottom": 0.8}
    top, bottom, left, right = (side / 25.4 for side in page_margins(wide))
    return {"left": left, "right": right, "top": top, "bottom": bottom}


def _value(cell: str) -> float | None:
    """Return the number that a printed cell stands for, or None for a dash."""
    try:
        return float(cell.replace(MINUS, "-"))
    except ValueError:
        return None


def read(path: Path, language: Language) -> list[Grid]:
    """Return every table as Excel would print it: numbers with the decimals of their format."""
    book = openpyxl.load_workbook(path)
    return [_grid(page) for page in book.worksheets]


def _grid(page: Any) -> Grid:  # noqa: ANN401  (an openpyxl worksheet)
    head, *rows = page.iter_rows(min_row=int(page.freeze_panes[1:]) - 1)
    heads = tuple(unbroken(str(cell.value)) for cell in head)
    body = [row for row in rows if not any(row[0].coordinate in area for area in page.merged_cells.ranges)]
    return (heads, *(tuple(_shown(cell) for cell in row) for row in body))


def _shown(cell: Any) -> str:  # noqa: ANN401  (an openpyxl cell)
    if isinstance(cell.value, str) and cell.data_type == "s":
        return cell.value
    if cell.data_type != "n" or cell.value is None:
        return f"{cell.data_type}: {cell.value}"  # a formula, an error, a hole: fits no printed cell
    digits = len(str(cell.number_format).partition(".")[2])
    return minus(f"{cell.value:.{digits}f}")
