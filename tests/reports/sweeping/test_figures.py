"""The charts of a sweep as data."""

import json
from itertools import pairwise

import pytest
from plotly.graph_objects import Figure

from reports.sweeping.city_figures import class_lines, has_map, map_figure, map_traces, tornado_figure
from reports.sweeping.figures import acceptability_figure, borders, flow_figure, heat_figure, ridge_figure, shades
from reports.sweeping.phrases import shown

BY_REGION = (acceptability_figure, ridge_figure, heat_figure, flow_figure)


def luminance(colour):
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def test_bars_are_shares_and_diamonds_stand_on_the_plans_class(made):
    first, second, plan = Figure(acceptability_figure(made, "zh")).data
    assert list(first.y) == ["甲市", "乙市", "丙市"]
    assert list(first.x) == [62, 100, 3]
    assert list(second.x) == [38, 0, 97]
    assert list(plan.x) == [31, 50, 51.5]
    assert list(plan.customdata) == ["第一类", "第一类", "第二类"]


def test_classes_are_apart_in_greyscale():
    greys = [luminance(colour) for colour in shades(5)]
    assert greys == sorted(greys)
    assert min(b - a for a, b in pairwise(greys)) > 30


def test_ridges(made):
    *ridges, spans, plan = Figure(ridge_figure(made, "zh")).data
    assert len(ridges) == 3
    assert list(plan.x) == pytest.approx([23, 20, 14.5])
    top = ridges[-1]
    assert (min(top.x), max(top.x)) == (10, 40)
    assert min(top.y) == pytest.approx(-0.92)
    assert list(spans.x[:3]) == pytest.approx([10, 31, None])


def test_heat(made):
    (heat,) = Figure(heat_figure(made, "zh")).data
    assert heat.z[0][0] == pytest.approx(1.4)
    assert heat.text[0][0] == "+1.40"
    assert heat.zmin == -heat.zmax
    assert list(heat.text[1]) == ["0", "0", "0"]


def test_flow(made):
    lines = Figure(flow_figure(made, "zh")).data[:3]
    assert [list(line.y) for line in lines] == [[1, 1, 3], [2, 2, 1], [3, 3, 2]]
    assert [line.line.color for line in lines] == ["#D55E00", "#9AA5AF", "#D55E00"]
    assert lines[0].marker.symbol == ("circle", "circle", "square")


def test_the_border_of_a_class_is_where_linear_rates_meet_it(made):
    a, b, c = class_lines(made.map, 0, borders(made))
    points = [point for point in zip(a, b, c, strict=True) if point[0] is not None]
    assert points
    for x, y, z in points:
        assert x + y + z == pytest.approx(100, abs=0.02)
        assert (0.30 * x + 0.20 * y + 0.10 * z) / 100 == pytest.approx(0.18, abs=1e-4)
    ends = sorted((x, y) for x, y, _ in points)
    assert ends[0] == pytest.approx((0, 80), abs=0.01)
    assert ends[-1] == pytest.approx((40, 0), abs=0.01)
    assert class_lines(made.map, 1, borders(made)) == [[], [], []]


def test_the_map_marks_plan_and_radius(made):
    field, _, _, _, plan, there = map_traces(made, 0, "zh")
    assert field["marker"]["color"][0] == 10
    assert (plan["a"], plan["b"], plan["c"]) == ([50], [30], [20])
    assert (there["a"], there["b"], there["c"]) == ([25], [30], [45])
    assert there["visible"]
    assert not map_traces(made, 1, "zh")[-1]["visible"]


def test_two_criteria_are_a_line_and_four_no_map(made):
    points = tuple(p.model_copy(update={"weights": p.weights[:2]}) for p in made.map if p.weights[2] == 0)
    two = made.model_copy(update={"criteria": made.criteria[:2], "map": points})
    curve = Figure(map_figure(two, 0, "zh")).data[0]
    assert curve.type == "scatter"
    assert (curve.y[0], curve.y[-1]) == (20, 30)
    assert not has_map(made.model_copy(update={"criteria": (*made.criteria, made.criteria[0])}))
    assert not has_map(made.model_copy(update={"map": ()}))


def test_tornado_strongest_first(made):
    halved, raised, _ = Figure(tornado_figure(made, 0, "zh")).data
    assert list(halved.y) == ["潜力", "能力", "责任"]
    assert halved.base + halved.x[1] == pytest.approx(19.5)
    assert raised.base + raised.x[1] == pytest.approx(26.5)


@pytest.mark.parametrize("draw", BY_REGION)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_names_are_escaped(hostile, draw, language):
    text = json.dumps(draw(hostile, language)).replace("<br>", "").replace("<extra></extra>", "")
    for markup in ("<script", "<img", "<i ", "\\u003cscript", "\\u003cimg", "\\u003ci "):
        assert markup not in text


def test_names_of_one_region_are_escaped(hostile):
    for figure in (map_figure(hostile, 0, "zh"), tornado_figure(hostile, 0, "zh")):
        assert "<i " not in json.dumps(figure).replace("\\u003c", "<")
    assert map_figure(hostile, 0, "zh")["data"][0]["hovertemplate"].count("%{") == 4


def test_only_the_least_stable_are_shown(crowd):
    assert shown(crowd) == list(range(60))
    for draw in BY_REGION:
        figure = draw(crowd, "zh")
        drawn = str(figure)
        assert "市059" in drawn
        assert "市060" not in drawn
        assert figure["layout"]["height"] < 1100
