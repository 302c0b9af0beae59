"""A table written back as a workbook to be mended there: cells that something is wrong with marked and commented."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from reports.printing.book import Book, screen_font
from reports.words import LABELS
from scenarios.errors import Finding, InputError, Place
from scenarios.tables.excel import usual_form
from scenarios.tables.excel_scan import WorkbookScan
from scenarios.tables.files import decode, read_bytes
from scenarios.tables.grid import MAX_CELLS, Cell, Grid
from scenarios.tables.old_excel import read_old_workbook
from scenarios.tables.text_table import read_text_table
from scenarios.wording import Language

MARKED = "#FFC7CE"
_AUTHOR = "allocator"
_ZIP = b"PK\x03\x04"
_DELIMITERS = (",", ";", "\t")
_LOOKED_AT = 30  # rows among which the header is
_UNIT_BEGINS = tuple(" \n(（[［【/／_,，:：")
_NO_VALUE = "#N/A"
"""What stands for a formula without a stored value, so that it is not read as an empty cell."""
_WIDE, _HIGH = 320, 120
"""Of a comment, in pixels."""

Marks = dict[tuple[str, int, int], list[str]]
"""Sheet, row and column (from 1) -> what is said of the cell."""


def is_table(name: str) -> bool:
    """Return whether a file of this name is a table that can be marked."""
    return Path(name).suffix.lower() in (".csv", ".tsv", ".xlsx", ".xlsm", ".xls")


def marked_workbook(path: Path, findings: Sequence[Finding], language: Language) -> tuple[bytes, int]:
    """Return a table as a workbook with its findings at their cells, and how many cells are marked.

    What names no cell of this table is listed in a sheet of its own. A workbook keeps its looks and formats, its
    formulas become the values that were read; of a text file every cell is text, as it stands.

    Raises
    ------
    InputError
        The file cannot be read any more, or it is beyond the limits, with its hidden sheets or at all.
    """
    raw, own = read_bytes(path), [finding for finding in findings if finding.place.file == path.name]
    others = [finding for finding in findings if finding.place.file != path.name]
    if raw.startswith(_ZIP):
        try:
            return _in_workbook(raw, path.name, own, others, language)
        except InputError:
            raise
        except Exception as error:  # openpyxl stumbles over what its reader of values passes by
            raise InputError.of("errors_workbook", Place(file=path.name)) from error
    if path.suffix.lower() == ".xls":
        tables = [(place.sheet, grid) for place, grid in read_old_workbook(raw, path.name)]
    else:
        grid, own = _text_table(raw, path, own)
        tables = [(LABELS.say("data_sheet", language), grid)]
    return _in_new_book(tables, own, others, language)


def _in_workbook(
    raw: bytes, name: str, own: Sequence[Finding], others: Sequence[Finding], language: Language
) -> tuple[bytes, int]:
    """Return a workbook with marks; everything else in it stays as it is."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    book = _opened(raw, name)
    sheets = {sheet.title: sheet for sheet in book.worksheets}
    marks, unplaced = _placed(own, language)
    for finding in own:
        if finding.code == "formula_without_value":
            _top_left(sheets[finding.place.sheet], *finding.place.address).value = _NO_VALUE
    for (title, row, column), said in marks.items():
        cell = _top_left(sheets[title], row, column)
        earlier = [cell.comment.text] if cell.comment else []
        cell.fill = PatternFill("solid", fgColor=MARKED.removeprefix("#"))
        cell.comment = Comment("\n".join([*said, *earlier]), _AUTHOR, height=_HIGH, width=_WIDE)
    rest = [finding.say(language) for finding in (*unplaced, *others)]
    if rest:
        page = book.create_sheet(LABELS.say("other_findings", language))
        for row, sentence in enumerate(rest, 1):
            cell = page.cell(row, 1, sentence)
            cell.data_type = "s"  # whatever it begins with
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue(), len(marks)


def _opened(raw: bytes, name: str) -> Any:  # noqa: ANN401  (openpyxl's workbook)
    """Return a whole workbook, hidden sheets and merged cells within the limits too."""
    import openpyxl

    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        scans = list(WorkbookScan(archive).parts())
        merged = sum((low - top + 1) * (right - left + 1) for scan in scans for top, left, low, right in scan.merged)
        if merged + sum(scan.filled * scan.columns for scan in scans) > MAX_CELLS:
            raise InputError.of("table_too_big", Place(file=name))
        usual = usual_form(archive, raw)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # what openpyxl does not keep
        return openpyxl.load_workbook(io.BytesIO(usual), data_only=True, keep_links=False)


def _placed(findings: Iterable[Finding], language: Language) -> tuple[Marks, list[Finding]]:
    """Return what is said at each cell, and the findings that name none."""
    marks: Marks = {}
    unplaced = []
    for finding in findings:
        row, column = finding.place.address
        if row and (column or finding.place.sheet):
            marks.setdefault((finding.place.sheet, row, max(column, 1)), []).append(finding.message(language))
        else:
            unplaced.append(finding)
    return marks, unplaced


def _top_left(sheet: Any, row: int, column: int) -> Any:  # noqa: ANN401  (openpyxl's worksheet and cell)
    """Return a cell, or the first of the merged ones that it is among."""
    address = sheet.cell(row, column).coordinate
    for merged in sheet.merged_cells.ranges:
        if address in merged:
            return sheet.cell(merged.min_row, merged.min_col)
    return sheet.cell(row, column)


def _in_new_book(
    tables: Sequence[tuple[str, Grid]], own: Sequence[Finding], others: Sequence[Finding], language: Language
) -> tuple[bytes, int]:
    """Return cells in a new workbook, at the rows and columns they came from, with marks."""
    marks, unplaced = _placed(own, language)
    book = Book(base=screen_font(language))
    for title, grid in tables:
        page = book.sheet(title)
        for cell in (cell for row in grid for cell in row):
            row, column = cell.place.address
            said = marks.get((cell.place.sheet, row, column), [])
            _write(book, page, cell, bool(said))
            if said:
                page.write_comment(
                    row - 1, column - 1, "\n".join(said), {"x_scale": 2.5, "y_scale": 1.5, "author": _AUTHOR}
                )
    rest = [finding.say(language) for finding in (*unplaced, *others)]
    if rest:
        page = book.sheet(LABELS.say("other_findings", language))
        for row, sentence in enumerate(rest):
            page.write_string(row, 0, sentence)
    return book.content(), len(marks)


def _write(book: Book, page: Any, cell: Cell, marked: bool) -> None:  # noqa: ANN401  (an XlsxWriter worksheet)
    """Write a cell as it was read; one that was asked about is text that is asked about again."""
    row, column = (number - 1 for number in cell.place.address)
    look = {"bg_color": MARKED} if marked else {}
    if cell.doubt:
        page.write_string(row, column, f"{cell.text} ?", book.style(**look))
    elif cell.number is not None:
        look |= {"num_format": "0.00%"} if cell.percent else {}
        page.write_number(row, column, float(cell.number), book.style(**look))
    elif cell.text:
        page.write_string(row, column, cell.text, book.style(**look))
    elif marked:
        page.write_blank(row, column, None, book.style(**look))


def _text_table(raw: bytes, path: Path, findings: Sequence[Finding]) -> tuple[Grid, list[Finding]]:
    """Return the cells of a text file and the findings about it, both with the addresses they take in a sheet."""
    text, columns = decode(raw, path.name), {finding.place.column for finding in findings} - {""}
    grids, refused = [], []
    for delimiter in _DELIMITERS:
        try:
            grids.append(read_text_table(text, path.name, delimiter))
        except InputError as error:  # another one is right
            refused.append(error)
    if not grids:
        raise refused[0]
    grid = max(grids, key=lambda grid: (len(_numbers(grid, columns)), max(map(len, grid), default=0)))
    numbers = _numbers(grid, columns)
    cells = [[replace(cell, place=_at(cell.place, n)) for n, cell in enumerate(row, 1)] for row in grid]
    return cells, [replace(f, place=_at(f.place, numbers.get(f.place.column, 1))) for f in findings]


def _at(place: Place, column: int) -> Place:
    return replace(place, cell=xl_rowcol_to_cell(place.row - 1, column - 1)) if place.row else place


def _numbers(grid: Grid, columns: Iterable[str]) -> dict[str, int]:
    """Return the numbers of columns, counted from 1, by their headers, from the row with most of them."""

    def found(row: Sequence[Cell]) -> dict[str, int]:
        heads = [(cell.text.strip(), n) for n, cell in enumerate(row, 1)]
        pairs = ((c, next((n for head, n in heads if _heads(head, c)), 0)) for c in columns)
        return {column: number for column, number in pairs if number}

    return max(map(found, grid[:_LOOKED_AT]), key=len, default={})


def _heads(text: str, column: str) -> bool:
    """Return whether a header is that of a column, with or without a unit behind it."""
    return text == column or (text.startswith(column) and text[len(column) :].startswith(_UNIT_BEGINS))
