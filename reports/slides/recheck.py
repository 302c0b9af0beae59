"""What slides hold, read back from the file: titles, text, tables, and the figures of charts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pptx import Presentation

from reports.slides.deck import Chart, Deck, Slide
from scenarios.wording import Language


def holds(deck: Deck, raw: bytes, language: Language) -> bool:
    """Return whether a file has these slides, with every title, sentence, table and figure of them."""
    pages = list(Presentation(io.BytesIO(raw)).slides)
    return len(pages) == len(deck.slides) and all(
        _page_holds(page, slide, language) for page, slide in zip(pages, deck.slides, strict=True)
    )


def _page_holds(page: Any, slide: Slide, language: Language) -> bool:  # noqa: ANN401  (a slide of python-pptx)
    text = "\n".join(texts(page))
    said = (*slide.lines, *(part for fact in slide.facts for part in (fact.label, fact.value)))
    found = [table_of(shape) for shape in page.shapes if shape.has_table]
    wanted = [[list(table.heads(language)), *map(list, table.rows)] for table in slide.tables]
    charts = [shape.chart for shape in page.shapes if shape.has_chart]
    named = {shape.name for shape in page.shapes}
    return (
        page.shapes.title.text_frame.text == slide.title
        and all(each in text for each in said)
        and found == wanted
        and [_figures(chart) for chart in charts] == [_wanted(chart) for chart in [slide.chart] if chart is not None]
        and (slide.map is None or all(p.name in named and p.value in text for p in slide.map.patches))
    )


def texts(page: Any) -> Iterator[str]:  # noqa: ANN401
    """Yield the text of all boxes of a slide."""
    return (shape.text_frame.text for shape in page.shapes if shape.has_text_frame)


def table_of(shape: Any) -> list[list[str]]:  # noqa: ANN401
    """Return a table's cells."""
    return [[cell.text_frame.text for cell in row.cells] for row in shape.table.rows]


def _figures(chart: Any) -> tuple[list[str], list[tuple[str, list[float | None]]]]:  # noqa: ANN401
    plot = chart.plots[0]
    return [str(name) for name in plot.categories], [(series.name, list(series.values)) for series in plot.series]


def _wanted(chart: Chart) -> tuple[list[str], list[tuple[str, list[float | None]]]]:
    return list(chart.categories), [(row.name, list(row.values)) for row in chart.rows]
