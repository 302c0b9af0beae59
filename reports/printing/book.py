"""Workbooks: made in memory, text never read as a formula, every format made once."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import xlsxwriter

from scenarios.wording import Language

A4 = 9
GREY = "#595959"
SHADED = {"bg_color": "#FFF8E1"}
"""The look of cells that are there to be filled in or changed."""

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


class Book:
    """One workbook that is being written: its title and when it was made, ISO 8601, among its properties where said;
    `base` is what all its formats have, by XlsxWriter's names."""  # noqa: D205, D209

    def __init__(self, title: str = "", created: str = "", base: dict[str, object] | None = None) -> None:
        self._stream, self._base = io.BytesIO(), base or {}
        self._styles: dict[tuple[tuple[str, object], ...], Any] = {}
        self._book = xlsxwriter.Workbook(self._stream, _OPTIONS)
        said: dict[str, object] = {"title": title} if title else {}
        if created:
            said["created"] = datetime.fromisoformat(created).replace(tzinfo=None)
        if said:
            self._book.set_properties(said)

    def style(self, **more: object) -> Any:  # noqa: ANN401  (an XlsxWriter format)
        """Return the base format with more."""
        key = tuple(sorted(more.items()))
        if key not in self._styles:
            self._styles[key] = self._book.add_format({**self._base, **more})
        return self._styles[key]

    def sheet(self, name: str, kind: type | None = None) -> Any:  # noqa: ANN401  (an XlsxWriter worksheet)
        """Add a sheet."""
        return self._book.add_worksheet(name, kind)

    def page(
        self, name: str, title: str = "", below: str = "", kind: type | None = None, wide: bool = True,
        grid: bool = False, high: int = 0,
    ) -> Any:  # noqa: ANN401  (an XlsxWriter worksheet)  # fmt: skip
        """Add a sheet that prints on A4, one page across and `high` down (0: as many as it takes), with its title."""
        page = self.sheet(name, kind)
        page.set_paper(A4)
        page.fit_to_pages(1, high)
        if wide:
            page.set_landscape()
        if not grid:
            page.hide_gridlines(2)
        if title:
            page.write_string(0, 0, title, self.style(bold=True, font_size=14))
        if below:
            page.write_string(1, 0, below, self.style(font_color=GREY))
        return page

    def heads(self, page: Any, row: int, labels: Iterable[str], **more: object) -> None:  # noqa: ANN401
        """Write column headers between two rules."""
        look = {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "top": 2, "bottom": 1}
        style = self.style(**look, **more)
        for n, label in enumerate(labels):
            page.write_string(row, n, label, style)

    def content(self) -> bytes:
        """Close the workbook and return it."""
        self._book.close()
        return self._stream.getvalue()


def screen_font(language: Language) -> dict[str, object]:
    """Return the font of workbooks that are worked in, as the base of their formats."""
    return {"font_name": "Microsoft YaHei" if language == "zh" else "Calibri", "font_size": 10}


def widths(page: Any, values: Iterable[float]) -> None:  # noqa: ANN401  (an XlsxWriter worksheet)
    """Set the widths of the first columns."""
    for n, width in enumerate(values):
        page.set_column(n, n, width)


def pattern(digits: int) -> str:
    """Return the format of numbers with so many decimals."""
    return "0." + "0" * digits if digits else "0"
