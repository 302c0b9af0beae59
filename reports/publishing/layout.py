"""How a Word document is set: as a table that is worked with, or by GB/T 9704–2012 as a circular's annex."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from reports.printing.document import Sheet, page_margins, places
from reports.printing.table import Table
from reports.printing.word import LONG_SIDE, SHORT_SIDE
from scenarios.wording import Language

MM = 0.3528
"""Of a point."""
LEAD = 1.25
"""The least pitch of lines, as a multiple of the type."""

CELL_SIDE = 1.9
"""mm that a cell keeps free at either side."""

_CLASS_RATE = 28.0
_NAME = 2.6  # mm a letter of a name, also where another typeface stands in
_NARROWEST = 14.0  # mm that a column of numbers keeps
_WIDE_SIZE = 10.5
_TIGHT, _FEW = 12.0, 5  # the largest type of a table with more columns, or beside a text
_LONG_CELL, _SMALL = 60, 7.0  # from so many places on a cell asks for small type
_LETTER = 0.52  # of the size of type that an English letter takes
_SLACK = 1.3  # of a width, for a typeface that stands in
_LEAST_ROOM, _MOST_ROOM = 0.8, 0.35  # above and below the text of a row: points; of the size of type
_RULES = 12.0  # points of a page for the rules of a table and what programs add
_NOTE_LEAD = 1.5  # pitch of notes, as a multiple of their type


@dataclass(frozen=True)
class Layout:
    """Margins in mm, fonts of Chinese text, sizes and the pitch of lines in points."""

    margins: tuple[float, float, float, float]  # top, bottom, left, right
    title_font: str
    text_font: str
    head_font: str
    table_font: str
    title_size: float
    text_size: float
    caption_size: float
    plain_size: float  # Of what has no size of its own
    table_size: float
    note_size: float
    pitch: float = 0.0  # None where it is as the type asks
    number_size: float = 10.5  # Of page numbers
    wide: bool = False  # Whether the page lies across
    outer_numbers: bool = False  # Whether they stand at the outer side, right on odd pages


_PLAIN = Layout(
    margins=(24.0, 24.0, 24.0, 24.0), title_font="黑体", text_font="仿宋", head_font="黑体", table_font="宋体",
    title_size=18.0, text_size=10.5, caption_size=12.0, plain_size=10.5, table_size=10.5, note_size=9.0,
)  # fmt: skip


def layout_of(sheet: Sheet) -> Layout:
    """Return how a sheet is set."""
    paper = sheet.paper
    if paper is None:
        return replace(_PLAIN, wide=sheet.wide)
    table_size = min(paper.table_size, _TIGHT) if sheet.statement else paper.table_size
    return Layout(
        margins=page_margins(sheet.wide),
        title_font=paper.title_font, text_font=paper.text_font, head_font=paper.head_font, table_font=paper.table_font,
        title_size=paper.title_size, text_size=paper.text_size, caption_size=paper.text_size,
        plain_size=paper.text_size, table_size=table_size, note_size=min(12.0, paper.table_size),
        pitch=paper.line_pitch, number_size=14.0, wide=sheet.wide, outer_numbers=True,
    )  # fmt: skip


def type_size(table: Table, layout: Layout, head: bool = False) -> float:
    """Return the size of type in a table; one with many columns has smaller."""
    if not layout.pitch:
        return layout.note_size if layout.wide or head else layout.table_size
    most = _WIDE_SIZE if layout.wide else _TIGHT if head or len(table.columns) > _FEW else layout.table_size
    if max(places(cell) for row in table.rows for cell in row) > _LONG_CELL and table.code != "classes":
        most = _SMALL
    return min(layout.table_size, most)


def pitch_of(size: float, layout: Layout) -> float:
    """Return the pitch of a line of text, in points; notes stand closer than text does."""
    return size * _NOTE_LEAD if size <= layout.note_size else max(layout.pitch, size * LEAD)


def row_room(sheet: Sheet, layout: Layout) -> float:
    """Return how many points a row of a table by GB/T 9704 keeps free above and below its text.

    As much as lets everything stand on one page; the tables alone where the notes do not fit with them; where these do
    not either as much as there is.
    """
    most = _MOST_ROOM * max(type_size(table, layout) for table in sheet.tables)
    if sheet.statement:  # a note of several pages
        return most / 2
    rows = sum(1 + len(table.rows) for table in sheet.tables)
    tables = _above(sheet, layout) + sum(_head(each, sheet, layout) + _body(each, layout) for each in sheet.tables)
    for used in (tables + _below(sheet, layout), tables):
        room = (page_height(sheet, layout) - used) / (2 * rows)
        if room >= _LEAST_ROOM:
            return min(room, most)
    return most


def kept_together(sheet: Sheet, layout: Layout, table: Table, room: float) -> int:
    """Return how many rows at the end of a table stay on one page: their share where it takes several."""
    if not layout.pitch:
        return 0
    row = type_size(table, layout) * LEAD + 2 * room
    most = (page_height(sheet, layout) - _head(table, sheet, layout) - 2 * room) / row  # on a page without the title
    first, rows, below = most - _above(sheet, layout) / row, len(table.rows), _below(sheet, layout) / row
    if rows <= first:
        return 0
    pages = 1 + ceil((rows + below - first) / most)
    return min(rows // pages, int(most - below))


def page_height(sheet: Sheet, layout: Layout) -> float:
    """Return how high the type area is, in points, less the rules of a table."""
    top, bottom = layout.margins[:2]
    return ((SHORT_SIDE if sheet.wide else LONG_SIDE) - top - bottom) / MM - _RULES


def _width(sheet: Sheet, layout: Layout) -> float:
    left, right = layout.margins[2:]
    return ((LONG_SIDE if sheet.wide else SHORT_SIDE) - left - right) / MM


def _above(sheet: Sheet, layout: Layout) -> float:
    """Return the height of mark and title, in points."""
    title = -(-places(sheet.title) * layout.title_size / 2 // _width(sheet, layout))
    mark = 2 * pitch_of(layout.text_size, layout) if sheet.mark else 0.0
    return mark + title * pitch_of(layout.title_size, layout) + layout.pitch / 2


def _head(table: Table, sheet: Sheet, layout: Layout) -> float:
    """Return the height of a table's header and of the lines above it, in points."""
    lines = max(column.broken(sheet.language).count("\n") + 1 for column in table.columns)
    above = (table.caption, layout.caption_size), (table.unit, layout.note_size)
    head = type_size(table, layout, head=True) * LEAD * lines
    return head + sum(pitch_of(size, layout) for text, size in above if text)


def _body(table: Table, layout: Layout) -> float:
    """Return the height of the text of a table's rows, in points."""
    return len(table.rows) * type_size(table, layout) * LEAD


def _below(sheet: Sheet, layout: Layout) -> float:
    """Return the height of notes, signature and contact, in points."""
    wide, size = _width(sheet, layout), layout.note_size
    notes = sum(-(-(places(note) + 4) * size / 2 // wide) for note in (*sheet.numbered, sheet.source) if note)
    signed = 2 * pitch_of(layout.text_size, layout) if sheet.signed else 0.0
    return notes * pitch_of(size, layout) + signed + (pitch_of(layout.text_size, layout) if sheet.contact else 0.0)


def column_widths(table: Table, layout: Layout, language: Language, room: float) -> list[float]:
    """Return the columns' widths, mm, which fill the room."""
    if layout.pitch and table.code != "classes":
        return _as_needed(table, layout, language, room)
    size = type_size(table, layout)
    figures = _figure_widths(table, size)
    text, numbers = _text_widths(table, room, max(1.0, size / _WIDE_SIZE), figures), len(figures)
    if table.code == "classes":  # the names of the regions take what the others leave
        text[1] = room - sum(width for n, width in text.items() if n != 1) - _CLASS_RATE * numbers
    if not numbers:
        return [width * room / sum(text.values()) for width in text.values()]
    left, needed = room - sum(text.values()), sum(figures.values())
    share = left / numbers
    if max(figures.values()) > share:  # longer figures take from shorter ones, and all from what is to spare
        spare = max(left - needed, 0.0) / numbers
        figures = {n: width * min(left / needed, 1.0) + spare for n, width in figures.items()}
    else:
        figures = dict.fromkeys(figures, share)
    return [(text | figures)[n] for n in range(len(table.columns))]


def _figure_widths(table: Table, size: float) -> dict[int, float]:
    """Return the widths that columns of numbers need for their cells to stay on one line, by position."""
    return {
        n: max(_NARROWEST, max(places(row[n]) for row in table.rows) * size * MM / 2 * _SLACK + 2 * CELL_SIDE)
        for n, column in enumerate(table.columns)
        if column.kind != "text"
    }


def _text_widths(table: Table, room: float, scale: float, figures: Mapping[int, float]) -> dict[int, float]:
    """Return the widths of columns of text by position: as long as it needs up to half the room."""
    text = {
        n: min(room / 2, max(16.0, scale * (2.1 if n else _NAME) * max(places(row[n]) for row in table.rows) + 5))
        for n, column in enumerate(table.columns)
        if column.kind == "text"
    }
    least = min(room / 3, room - _NARROWEST * len(figures))
    left, needed = max(room - sum(figures.values()), least), sum(text.values())
    return text if needed <= left else {n: width * left / needed for n, width in text.items()}


def _as_needed(table: Table, layout: Layout, language: Language, room: float) -> list[float]:
    """Return widths that hold cells and headers on one line where there is room for that; what is left is shared.

    Where there is none headers are broken between their words, and then cells; a digest, which holds no place to break
    at, is the last to give way.
    """
    size, head = type_size(table, layout), type_size(table, layout, head=True)

    def wide(text: str, at: float) -> float:
        return places(text) * at * MM / 2 * _SLACK + 2 * CELL_SIDE

    cells = [max(wide(row[n], size) for row in table.rows) for n in range(len(table.columns))]
    lines = [column.broken(language).split("\n") for column in table.columns]
    whole = [max(*(wide(line, head) for line in each), least) for each, least in zip(lines, cells, strict=True)]
    if sum(whole) > room:
        words = [max(wide(word, head) for line in each for word in line.split()) for each in lines]
        whole = [max(word, least) for word, least in zip(words, cells, strict=True)]
    kept = {n for n, width in enumerate(cells) if width > wide("0" * _LONG_CELL, size) and width < room}
    left, others = room - sum(cells[n] for n in kept), sum(whole) - sum(whole[n] for n in kept)
    if sum(whole) > room:
        return [width if n in kept else width * left / others for n, width in enumerate(whole)]
    return [width + (room - sum(whole)) / len(whole) for width in whole]


def balanced(title: str, size: float, room: float, language: Language) -> str:
    """Return an English title that is longer than the room in lines of about one length, broken between words alone.

    A Chinese one is broken anywhere, as its readers are used to.
    """
    most = int(room / (size * MM * _LETTER))
    words = title.split(" ")
    if language == "zh" or places(title) <= most or max(map(places, words)) > most:
        return title
    count = -(-places(title) // most)
    for longest in range(places(title) // count, most + 1):
        lines = _filled(words, longest)
        if len(lines) <= count:
            return "\n".join(lines)
    return "\n".join(_filled(words, most))


def _filled(words: Sequence[str], most: int) -> list[str]:
    """Return words in lines of at most so many places, but for a word that is longer."""
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        lines[-1:] = [longer] if places(longer) <= most else [lines[-1], word]
    return lines
