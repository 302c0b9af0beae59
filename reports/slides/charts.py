"""Charts of slides as PowerPoint's own, which can be edited; their data stand in a workbook inside the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from pptx.chart.chart import Chart as PowerChart
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Pt
from xlsxwriter import Workbook

from reports.printing.document import places
from reports.slides.deck import Chart, Row

_TYPES = {
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "stacked": XL_CHART_TYPE.COLUMN_STACKED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
}
_TEXT, _MIDDLE, _SMALL = 12, 10, 8  # points, of few, some and many categories
_SOME, _MANY = 12, 16
_POINT = 12700  # of the units of the format
_PLOT, _LETTER = 0.95, 0.53  # of a chart's width that its bars have; of a size that a place takes
_SLANT = -2700000  # sixty-thousandths of a degree
_SPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"


class _TextOnly(CategoryWorkbookWriter):
    """Writes the workbook of a chart; a name that looks like a formula or an address stays text."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: BinaryIO) -> Iterator[tuple[Any, Any]]:
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        workbook = Workbook(xlsx_file, options)
        yield workbook, workbook.add_worksheet()
        workbook.close()


class _Data(CategoryChartData):
    """The data of a chart, in a workbook of text and numbers alone."""

    @property
    def _workbook_writer(self) -> Any:  # noqa: ANN401  (a writer of the library, whose own are not typed)
        writer: Any = _TextOnly
        return writer(self)


def add_chart(slide: Any, chart: Chart, box: tuple[int, int, int, int]) -> None:  # noqa: ANN401  (a slide of python-pptx)
    """Put a chart on a slide; `box`: left, top, width, height."""
    kind: Any = _Data
    data = kind(number_format="0.00")
    data.categories = chart.categories
    for row in chart.rows:
        data.add_series(row.name, row.values)
    frame = slide.shapes.add_chart(_TYPES[chart.kind], *box, data)
    frame.name = chart.axis
    _look(frame.chart, chart, box[2])


def _look(made: PowerChart, chart: Chart, width: int) -> None:
    """Give a chart its axes, colours and labels."""
    count = len(chart.categories)
    size = Pt(_SMALL if count > _MANY else _MIDDLE if count > _SOME else _TEXT)
    made.font.size = size
    made.has_title = False
    seen = [row for row in chart.rows if row.colour]
    made.has_legend = len(seen) > 1
    if made.has_legend:
        made.legend.position, made.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        _hide_unseen(made, chart)
    plot, values = made.plots[0], made.value_axis
    values.has_title = True
    values.axis_title.text_frame.text = chart.axis
    values.axis_title.text_frame.paragraphs[0].runs[0].font.size = size
    values.axis_title.text_frame.paragraphs[0].runs[0].font.bold = False
    values.major_gridlines.format.line.color.rgb = RGBColor(0xD9, 0xD9, 0xD9)
    made.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _turn_names(made.category_axis, chart, size.pt, width)
    drawn = [value for row in chart.rows for value in row.values if value is not None]
    if chart.lowest is not None or min(drawn) >= 0:
        values.minimum_scale = chart.lowest or 0.0
    if chart.kind != "line":
        plot.gap_width, plot.overlap = 40, 100 if chart.kind == "stacked" else 0
    for series, row in zip(plot.series, chart.rows, strict=True):
        _series(series, row, chart, size)


def _turn_names(axis: Any, chart: Chart, size: float, width: int) -> None:  # noqa: ANN401
    """Write the name of every category, at a slant where it would run into the next."""
    longest = max(places(line) for name in chart.categories for line in name.split("\n"))
    room = width / _POINT * _PLOT / len(chart.categories)
    axis.tick_labels.font.size = Pt(size)
    axis._element.txPr.find(qn("a:bodyPr")).set("rot", str(_SLANT if longest * size * _LETTER > room else 0))
    skip = axis._element.find(qn("c:tickLblSkip"))
    if skip is None:
        after = axis._element.find(qn("c:lblOffset"))
        after.addnext(parse_xml(f'<c:tickLblSkip xmlns:c="{_SPACE}" val="1"/>'))


def _series(series: Any, row: Row, chart: Chart, size: Any) -> None:  # noqa: ANN401
    """Colour one series and write its figures on it."""
    if chart.kind == "line":
        series.smooth = False
        series.format.line.color.rgb = RGBColor.from_string(row.colour)
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = RGBColor.from_string(row.colour)
        return
    if not row.colour:
        series.format.fill.background()
        series.format.line.fill.background()
        return
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = RGBColor.from_string(row.colour)
    if not row.number:
        return
    labels = series.data_labels
    labels.show_value, labels.number_format, labels.number_format_is_linked = True, row.number, False
    labels.font.size = size
    if chart.kind == "column":
        labels.position = XL_LABEL_POSITION.OUTSIDE_END


def _hide_unseen(made: PowerChart, chart: Chart) -> None:
    """Leave series that are not drawn out of the legend."""
    position = made.legend._element.find(qn("c:legendPos"))
    for n, row in reversed(list(enumerate(chart.rows))):
        if not row.colour:
            entry = f'<c:legendEntry xmlns:c="{_SPACE}"><c:idx val="{n}"/><c:delete val="1"/></c:legendEntry>'
            position.addnext(parse_xml(entry))
