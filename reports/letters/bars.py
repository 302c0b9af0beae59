"""Bars of a letter's chart: paragraphs of a table's cell, shaded from one indent to another.

They are part of the text: no picture, no typeface, sharp in print, and of the width that the template's column has.
"""

from __future__ import annotations

from reports.letters.letter import Measure, Span

WIDTH = 40.0
"""How wide the longest bar is, mm; the column of the bars is a little wider."""
_OWN, _MEAN = "1F5F99", "9A9A9A"
_TWIPS = 1440 / 25.4  # a millimetre in twentieths of a point
_HIGH = 90  # twentieths of a point that a bar is high
_LEAST = 0.01  # of the width, so that nothing is still seen


def bars(measure: Measure) -> str:
    """Return the two bars of a measure, the city's above, as paragraphs of the format."""
    return _bar(measure.own_bar, _OWN, 40) + _bar(measure.mean_bar, _MEAN, 20)


def _bar(span: Span, colour: str, before: int) -> str:
    width = WIDTH * _TWIPS
    end = max(span.end, span.start + _LEAST)
    left, right = round(span.start * width), round((1 - end) * width)
    return (
        f'<w:p><w:pPr><w:keepLines/><w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'
        f'<w:spacing w:before="{before}" w:after="0" w:line="{_HIGH}" w:lineRule="exact"/>'
        f'<w:ind w:left="{left}" w:right="{right}"/><w:rPr><w:sz w:val="8"/></w:rPr></w:pPr></w:p>'
    )
