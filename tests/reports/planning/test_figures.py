"""The charts as data: what is drawn, that names stay text, and that nothing leaves the page."""

from itertools import pairwise

import pytest
from plotly.graph_objects import Figure

from reports.planning.figures import contribution_figure, rates_figure, score_figure
from reports.printing.looks import axis_names
from reports.printing.pages import script_json

FIGURES = (rates_figure, contribution_figure, score_figure)


def many(record, n):
    """Return a record of n regions."""
    regions = [r.model_copy(update={"id": str(k), "name": f"市{k:03d}"}) for k, r in zip(range(n), cycle(record))]  # noqa: B905
    return record.model_copy(update={"regions": tuple(regions)})


def cycle(record):
    while True:
        yield from record.regions


def test_rates_in_falling_order(guangxi_plan):
    figure = Figure(rates_figure(guangxi_plan.record, "zh"))
    bars, bounds, references = figure.data
    assert list(bars.y) == sorted(bars.y, reverse=True)
    assert bars.x[:2] == ("柳州", "南宁")
    assert bars.y[:2] == (24.0, 23.0)
    assert references.marker.symbol == "diamond"
    assert len(references.y) == 14
    assert bounds.y[:3] == (10.0, 25.0, None)
    assert len(bounds.x) == 42
    line = figure.layout.shapes[0]
    assert line.line.dash == "dash"
    assert line.y0 == pytest.approx(18.6899, abs=1e-4)
    assert figure.layout.yaxis.title.text == "下降目标（%）"


def test_contributions_are_those_of_the_verification(guangxi_plan):
    (bars,) = Figure(contribution_figure(guangxi_plan.record, "en")).data
    shares = sorted((float(c) * 100 for c in guangxi_plan.verification.contributions), reverse=True)
    assert list(bars.y) == pytest.approx(shares, abs=1e-9)
    assert bars.x[0] == "Liuzhou"
    assert bars.text[0] == "15.8"


def test_scores_are_stacked_by_indicator(guangxi_plan):
    figure = Figure(score_figure(guangxi_plan.record, "zh"))
    assert figure.layout.barmode == "relative"
    assert len(figure.data) == 9
    totals = [sum(column) for column in zip(*(bar.y for bar in figure.data), strict=True)]
    assert totals == pytest.approx(sorted((r.score for r in guangxi_plan.record.regions), reverse=True))
    assert len({bar.marker.color for bar in figure.data}) == 9
    # criteria differ by pattern as well, for greyscale
    assert len({(bar.legendgroup, bar.marker.pattern.shape) for bar in figure.data}) == 3
    assert len({bar.marker.pattern.shape for bar in figure.data}) == 3


def luminance(colour):
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_shades_of_a_criterion_are_apart_in_greyscale(guangxi_plan):
    by_group = {}
    for bar in Figure(score_figure(guangxi_plan.record, "zh")).data:
        by_group.setdefault(bar.legendgroup, []).append(luminance(bar.marker.color))
    for shades in by_group.values():
        assert shades == sorted(shades)
        assert min(b - a for a, b in pairwise(shades)) > 40


@pytest.mark.parametrize("draw", FIGURES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_names_are_escaped(hostile_plan, draw, language):
    figure = Figure(draw(hostile_plan.record, language))
    for trace in figure.data:
        for text in (*trace.x, trace.name or "", trace.legendgrouptitle.text or ""):
            assert "<" not in text
            assert ">" not in text
        assert "<img" not in (trace.hovertemplate or "")
        assert (trace.hovertemplate or "").count("%{x}") == 1
    assert len(set(figure.data[0].x)) == 14


def test_names_are_told_apart_and_shortened():
    names = axis_names(["甲", "甲", "甲 (2)", " 甲 ", "长" * 200, "长" * 201])
    assert len(set(names)) == 6
    assert names[:3] == ["甲", "甲 (2)", "甲 (2) (2)"]
    assert names[4] == "长" * 23 + "…"


@pytest.mark.parametrize("draw", FIGURES)
def test_many_regions_are_drawn_without_names(guangxi_plan, draw):
    few, crowd = (Figure(draw(many(guangxi_plan.record, n), "zh")) for n in (60, 339))
    assert few.layout.xaxis.showticklabels
    assert not crowd.layout.xaxis.showticklabels
    assert crowd.layout.bargap == 0
    assert len(set(crowd.data[0].x)) == 120
    assert len(script_json(draw(many(guangxi_plan.record, 339), "zh"))) < 300_000
