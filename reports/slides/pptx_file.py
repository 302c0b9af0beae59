"""The slides as a PowerPoint file: titles, text, tables, charts and map are its own and can be edited."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from reports.printing.document import places
from reports.printing.table import Table
from reports.slides.charts import add_chart
from reports.slides.deck import Deck, Fact, Map, Slide
from scenarios.wording import Language

_WIDE, _HIGH = Inches(13.333), Inches(7.5)
_SIDE, _TOP, _FOOT = Inches(0.55), Inches(1.35), Inches(7.05)
_ROOM = _WIDE - 2 * _SIDE
_GAP = Inches(0.25)
_LATIN, _CHINESE = "Arial", "微软雅黑"
_INK, _BLUE, _FAINT, _PALE = (RGBColor.from_string(c) for c in ("1A1A1A", "1F5F99", "6B6B6B", "EAF1F8"))
_TITLE, _MOST, _LISTED, _LEAST, _SMALL = 28, 18, 20, 10, 9  # points
_HEAD = 0.85  # of the size of a table's type that its header has
_LINE = 1.3  # of a letter's size, from line to line
_POINT = 12700  # of the units of the format
_TITLE_ONLY = 5  # layout of the library's own template
_THICK, _THIN = 19050, 9525
_FEW = 4  # columns of a table that needs little room
_COLUMN = Inches(2.4)  # that a column takes at most
_WIDEST = 24  # places that a column of a table counts at most


def write(deck: Deck, language: Language) -> bytes:
    """Return the file."""
    made = Presentation()
    made.slide_width, made.slide_height = _WIDE, _HIGH
    _fonts(made)
    _properties(made, deck, language)
    for number, slide in enumerate(deck.slides, 1):
        _Page(made, slide, language).fill(deck.foot, number)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def _fonts(made: Any) -> None:  # noqa: ANN401  (a presentation of python-pptx)
    """Give the theme typefaces for Latin and Chinese text: everything that names none has them, charts too."""
    part = made.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme = parse_xml(part.blob)
    for fonts in theme.iter(qn("a:majorFont"), qn("a:minorFont")):
        fonts.find(qn("a:latin")).set("typeface", _LATIN)
        fonts.find(qn("a:ea")).set("typeface", _CHINESE)
    from lxml import etree

    part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)


def _properties(made: Any, deck: Deck, language: Language) -> None:  # noqa: ANN401
    core = made.core_properties
    core.title, core.language = deck.title[:255], "zh-CN" if language == "zh" else "en-GB"
    core.author = core.last_modified_by = "carbon-target-allocator"
    core.created = core.modified = datetime.fromisoformat(deck.created).astimezone(UTC).replace(tzinfo=None)


class _Page:
    """Fills one slide."""

    def __init__(self, made: Any, slide: Slide, language: Language) -> None:  # noqa: ANN401
        self.page = made.slides.add_slide(made.slide_layouts[_TITLE_ONLY])
        self.slide, self.language = slide, language

    def fill(self, foot: str, number: int) -> None:
        """Write everything."""
        self._title()
        body, high = self.slide, _FOOT - _TOP - Inches(0.1)
        if body.facts:
            self._facts(body.facts)
            self._below_facts(_TOP + Inches(1.75))
        elif body.listed:
            self._list_beside_table(high)
        elif body.map is not None:
            self._split_beside_map(body.map, high)
        elif body.chart is not None and body.tables:
            self._chart_over_table(high)
        elif body.chart is not None:
            left = int(_ROOM * 0.63)
            add_chart(self.page, body.chart, (_SIDE, _TOP, left, high))
            self._lines(body.lines, (_SIDE + left + _GAP, _TOP, _ROOM - left - _GAP, high))
        elif body.tables:
            wide = min(_ROOM, sum(len(table.columns) for table in body.tables) * _COLUMN)
            self._tables(body.tables, (_SIDE, _TOP, wide, high - Inches(0.4)))
            self._lines(body.lines, (_SIDE, _FOOT - Inches(0.45), _ROOM, Inches(0.4)), 12)
        else:
            self._lines(body.lines, (_SIDE, _TOP, _ROOM, high))
        self._text(foot, (_SIDE, _FOOT, _ROOM - Inches(0.8), Inches(0.3)), _SMALL, _FAINT)
        self._text(str(number), (_WIDE - _SIDE - Inches(0.7), _FOOT, Inches(0.7), Inches(0.3)), _SMALL, _FAINT,
                   PP_ALIGN.RIGHT)  # fmt: skip
        if body.notes:
            self.page.notes_slide.notes_text_frame.text = body.notes

    def _title(self) -> None:
        shape = self.page.shapes.title
        shape.left, shape.top, shape.width, shape.height = _SIDE, Inches(0.35), _ROOM, Inches(0.9)
        frame = shape.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
        size = _fitting([self.slide.title], (_ROOM, Inches(0.85)), _TITLE)
        self._write(frame.paragraphs[0], self.slide.title, size, _BLUE, bold=True)

    def _facts(self, facts: Sequence[Fact]) -> None:
        """Write figures that stand out in boxes side by side."""
        wide = (_ROOM - (len(facts) - 1) * _GAP) // len(facts)
        size = min(_fitting([fact.value], (wide - Inches(0.2), Inches(0.55)), 26) for fact in facts)
        for n, fact in enumerate(facts):
            at = (_SIDE + n * (wide + _GAP), _TOP, wide, Inches(1.45))
            box = self.page.shapes.add_shape(MSO_SHAPE.RECTANGLE, *at)
            box.fill.solid()
            box.fill.fore_color.rgb = _PALE
            box.line.fill.background()
            box.shadow.inherit = False
            frame = box.text_frame
            frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
            self._write(frame.paragraphs[0], fact.value, size, _BLUE, PP_ALIGN.CENTER, bold=True)
            under = frame.add_paragraph()
            self._write(under, fact.label, 12, _INK, PP_ALIGN.CENTER)

    def _below_facts(self, top: int) -> None:
        """Write sentences under the figures, a chart beside them where there is one."""
        high, chart = _FOOT - top - Inches(0.1), self.slide.chart
        left = _ROOM if chart is None else int(_ROOM * 0.4)
        self._lines(self.slide.lines, (_SIDE, top, left, high))
        if chart is not None:
            add_chart(self.page, chart, (_SIDE + left + _GAP, top, _ROOM - left - _GAP, high))

    def _list_beside_table(self, high: int) -> None:
        """Write counted sentences, a table beside them where there is one."""
        tables = self.slide.tables
        left = int(_ROOM * 0.52) if tables else _ROOM
        self._lines(self.slide.lines, (_SIDE, _TOP, left, high), _LISTED, bullets=len(self.slide.lines) > 1)
        if tables:
            self._tables(tables, (_SIDE + left + _GAP, _TOP, _ROOM - left - _GAP, high))

    def _split_beside_map(self, drawn: Map, high: int) -> None:
        left = int(_ROOM * 0.46)
        self._tables(self.slide.tables, (_SIDE, _TOP, left, high - Inches(0.7)))
        self._lines(self.slide.lines, (_SIDE, _FOOT - Inches(0.75), left, Inches(0.7)), 12)
        self._map(drawn, (_SIDE + left + _GAP, _TOP, _ROOM - left - _GAP, high))

    def _chart_over_table(self, high: int) -> None:
        """Write a chart beside a table, what is said below both."""
        left, said = int(_ROOM * (0.42 if len(self.slide.tables[0].columns) > _FEW else 0.6)), Inches(0.6)
        add_chart(self.page, self.slide.chart, (_SIDE, _TOP, left, high - said))  # type: ignore[arg-type]
        self._tables(self.slide.tables, (_SIDE + left + _GAP, _TOP, _ROOM - left - _GAP, high - said))
        self._lines(self.slide.lines, (_SIDE, _FOOT - said, _ROOM, said - Inches(0.05)), 12)

    def _lines(
        self, lines: Sequence[str], box: tuple[int, int, int, int], most: int = _MOST, bullets: bool = False
    ) -> None:  # fmt: skip
        """Write sentences, a paragraph each, as large as they fit."""
        if not lines:
            return
        size = _fitting(lines, box[2:], most)
        frame = self.page.shapes.add_textbox(*map(Emu, box)).text_frame
        frame.word_wrap = True
        for n, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
            paragraph.space_after, paragraph.line_spacing = Pt(size * 0.4), 1.1
            self._write(paragraph, f"{n + 1}. {line}" if bullets else line, size, _INK)

    def _text(
        self, text: str, box: tuple[int, int, int, int], size: float, colour: RGBColor,
        align: PP_ALIGN = PP_ALIGN.LEFT,
    ) -> None:  # fmt: skip
        frame = self.page.shapes.add_textbox(*map(Emu, box)).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        self._write(frame.paragraphs[0], text, size, colour, align)

    def _write(
        self, paragraph: Any, text: str, size: float, colour: RGBColor, align: PP_ALIGN = PP_ALIGN.LEFT,  # noqa: ANN401
        bold: bool = False,
    ) -> None:  # fmt: skip
        """Write a text into a paragraph as it is, in its language."""
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, colour
        run._r.get_or_add_rPr().set("lang", "zh-CN" if self.language == "zh" else "en-GB")
        paragraph.alignment = align

    def _tables(self, tables: Sequence[Table], box: tuple[int, int, int, int]) -> None:
        """Write tables side by side."""
        left, top, width, height = box
        wide = (width - (len(tables) - 1) * _GAP) // len(tables)
        high = min(Inches(0.36), height // (1 + max(len(table.rows) for table in tables)))
        for n, table in enumerate(tables):
            self._table(table, (left + n * (wide + _GAP), top, wide, high), last=n == len(tables) - 1)

    def _table(self, table: Table, box: tuple[int, int, int, int], last: bool) -> None:
        """Write a three-line table; `box`: left, top, width, and how high a row is."""
        rows, columns = len(table.rows) + 1, len(table.columns)
        high = box[3]
        frame = self.page.shapes.add_table(rows, columns, *map(Emu, (*box[:3], high * rows)))
        made = frame.table
        _plain(made)
        for n, share in enumerate(_shares(table)):
            made.columns[n].width = Emu(int(box[2] * share))
        size = max(6.0, min(13.0, high / _POINT / 1.75))
        heads = [column.head(self.language) for column in table.columns]
        head = max(high, _head_height(heads, [column.width for column in made.columns], size * _HEAD))
        high = (high * rows - head) // (rows - 1)
        for n, texts in enumerate([heads, *table.rows]):
            made.rows[n].height = Emu(high if n else head)
            bold = n == 0 or (last and table.total and n == rows - 1)
            rules = {"top": _THICK if n == 0 else 0, "bottom": _THICK if n == rows - 1 else _THIN if n == 0 else 0}
            for k, text in enumerate(texts):
                cell = made.cell(n, k)
                side = PP_ALIGN.LEFT if table.columns[k].kind == "text" else PP_ALIGN.RIGHT
                align = PP_ALIGN.CENTER if n == 0 else side
                self._cell(cell, text, size * (1 if n else _HEAD), align, bold, rules)

    def _cell(
        self, cell: Any, text: str, size: float, align: PP_ALIGN, bold: bool, rules: dict[str, int]  # noqa: ANN401
    ) -> None:  # fmt: skip
        cell.margin_top = cell.margin_bottom = Emu(0)
        cell.margin_left = cell.margin_right = Inches(0.06)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        cell.fill.background()
        self._write(cell.text_frame.paragraphs[0], text, size, _INK, align, bold)
        _rule(cell, rules)

    def _map(self, drawn: Map, box: tuple[int, int, int, int]) -> None:
        """Draw every region as a shape of its own, names and values on them, and the legend below."""
        legend = Inches(0.35)
        place = _Place(drawn, (box[0], box[1], box[2], box[3] - legend))
        for patch in drawn.patches:
            for shape in place.shapes(self.page, patch.outline.rings):
                shape.name = patch.name
                shape.fill.solid()
                shape.fill.fore_color.rgb = RGBColor.from_string(patch.fill)
                shape.line.color.rgb = RGBColor(0x5B, 0x6B, 0x7A)
                shape.line.width = Emu(9525)
                shape.shadow.inherit = False
        wide, high = Inches(1.3), Inches(0.45)
        for patch in drawn.patches:
            x, y = place.at(*patch.outline.label)
            box_of = self.page.shapes.add_textbox(Emu(x - wide // 2), Emu(y - high // 2), wide, high)
            frame = box_of.text_frame
            frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
            frame.vertical_anchor = MSO_ANCHOR.MIDDLE
            ink = RGBColor.from_string(patch.ink)
            self._write(frame.paragraphs[0], patch.name, 9, ink, PP_ALIGN.CENTER)
            self._write(frame.add_paragraph(), patch.value, 9, ink, PP_ALIGN.CENTER, bold=True)
        self._legend(drawn, (box[0], box[1] + box[3] - legend + Inches(0.05), box[2], legend))

    def _legend(self, drawn: Map, box: tuple[int, int, int, int]) -> None:
        step = box[2] // max(len(drawn.legend), 1)
        for n, (words, fill) in enumerate(drawn.legend):
            left = box[0] + n * step
            mark = self.page.shapes.add_shape(MSO_SHAPE.RECTANGLE, Emu(left), Emu(box[1]), Inches(0.25), Inches(0.2))
            mark.fill.solid()
            mark.fill.fore_color.rgb = RGBColor.from_string(fill)
            mark.line.color.rgb = RGBColor(0x5B, 0x6B, 0x7A)
            mark.shadow.inherit = False
            self._text(words, (left + Inches(0.32), box[1], step - Inches(0.35), Inches(0.25)), 10, _INK)


class _Place:
    """Where a map's points stand on a slide: as large as the room lets it be, north above."""

    def __init__(self, drawn: Map, box: tuple[int, int, int, int]) -> None:
        points = [(patch.outline.points[0], patch.outline.points[1]) for patch in drawn.patches]
        x = [value for each in points for value in each[0] if value is not None]
        y = [value for each in points for value in each[1] if value is not None]
        self.left, self.top = min(x), max(y)
        self.scale = min(box[2] / max(max(x) - min(x), 1), box[3] / max(max(y) - min(y), 1))
        spare = (box[2] - self.scale * (max(x) - min(x))) / 2, (box[3] - self.scale * (max(y) - min(y))) / 2
        self.origin = box[0] + spare[0], box[1] + spare[1]

    def at(self, x: float, y: float) -> tuple[int, int]:
        """Return a point of the map on the slide."""
        return (round(self.origin[0] + (x - self.left) * self.scale),
                round(self.origin[1] + (self.top - y) * self.scale))  # fmt: skip

    def shapes(self, page: Any, rings: Sequence[str]) -> list[Any]:  # noqa: ANN401
        """Return the shape of a region: one of all its rings, so that holes stay holes."""
        contours = []
        for ring in rings:
            numbers = [float(text) for text in ring.split()]
            contours.append([self.at(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)])
        first, *others = contours
        builder = page.shapes.build_freeform(*first[0], scale=1.0)
        builder.add_line_segments(_moving(first), close=True)
        for ring_points in others:
            builder.move_to(*ring_points[0])
            builder.add_line_segments(_moving(ring_points), close=True)
        return [builder.convert_to_shape()]


def _moving(points: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the points of a ring after the first that are apart from the one before."""
    return [after for before, after in pairwise(points) if after != before]


def _fitting(texts: Sequence[str], room: Sequence[int], most: int) -> int:
    """Return the largest size in points, no larger than `most`, at which texts stand in a room."""
    wide, high = room[0] / _POINT - 15, room[1] / _POINT - 7

    def fits(size: int) -> bool:
        lines = sum(max(1, -(-places(text) * size * 0.53 // wide)) for text in texts)
        return lines * size * _LINE + len(texts) * size * 0.4 <= high

    return next((size for size in range(most, _LEAST, -1) if fits(size)), _LEAST)


def _head_height(heads: Sequence[str], widths: Sequence[int], size: float) -> int:
    """Return how high the header of a table is, in units of the format: by the header of most lines."""
    lines = max(-(-places(text) * size * 0.7 * _POINT // (width - Inches(0.12)))
                for text, width in zip(heads, widths, strict=True))  # fmt: skip
    return int(lines * size * _LINE * _POINT)


def _shares(table: Table) -> list[float]:
    """Return the width of each column as a share of all: by the longest text in it."""
    texts = [(*(row[n] for row in table.rows), column.label[:9]) for n, column in enumerate(table.columns)]
    needs = [max(3.0, *(float(min(places(text), _WIDEST)) for text in column)) for column in texts]
    return [need / sum(needs) for need in needs]


def _plain(table: Any) -> None:  # noqa: ANN401
    """Take a table's own style away: rules are drawn, nothing is filled."""
    properties = table._tbl.tblPr
    for name in ("firstRow", "bandRow"):
        properties.set(name, "0")
    style = properties.find(qn("a:tableStyleId"))
    if style is not None:
        style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # no style, no grid


def _rule(cell: Any, rules: dict[str, int]) -> None:  # noqa: ANN401
    """Draw the rules of a cell."""
    properties = cell._tc.get_or_add_tcPr()
    made = {"top": "a:lnT", "bottom": "a:lnB"}
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    for n, (side, width) in enumerate((side, width) for side, width in rules.items() if width):
        line = (
            f'<{made[side]} xmlns:a="{space}" w="{width}" cap="flat" cmpd="sng" algn="ctr">'
            f'<a:solidFill><a:srgbClr val="1A1A1A"/></a:solidFill></{made[side]}>'
        )
        properties.insert(n, parse_xml(line))
