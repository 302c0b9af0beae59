"""The waterfall adds up to what the table cuts; the steps of the argument are the record's."""

import json
from itertools import pairwise

import pytest
from plotly.graph_objects import Figure

from reports.planning.argument import argument_figure, waterfall_figure, waterfall_frame, waterfall_steps
from reports.planning.record import PlanRecord


@pytest.mark.parametrize("made", ["guangxi_plan", "bounded_plan", "full_plan"])
def test_the_waterfall_adds_up(made, request):
    record = request.getfixturevalue(made).record
    steps = waterfall_steps(record, "zh")
    assert len(steps) == len(record.regions) + 3
    assert (steps[0].total, steps[0].adds) == (True, record.province.target)
    for one, following in pairwise(steps[:-1]):
        assert following.start == pytest.approx(one.start + one.adds, abs=1e-15)
    reached = steps[-2].start + steps[-2].adds
    assert reached == pytest.approx(record.province.implied_reduction, abs=1e-12)
    assert steps[1].adds == pytest.approx(-record.province.sigma * (1 - record.province.target))
    assert list(waterfall_frame(record, "en")["step"])[1] == "composition effect"


def test_by_hand(guangxi_plan):
    # s = 3/4, 1/4; y = 1/2, 1/2; g = 2, 1: G = 3/2, a = 1, 1/6, sigma = 1/6
    record = guangxi_plan.record
    figures = (
        {"emissions_10kt": 300, "gdp_100m_yuan": 50, "growth": 2, "published_rate": 0.3, "name_en": "A"},
        {"emissions_10kt": 100, "gdp_100m_yuan": 50, "growth": 1, "published_rate": 0.14, "name_en": "B"},
    )
    two = tuple(r.model_copy(update=f) for r, f in zip(record.regions, figures, strict=False))
    province = record.province.model_copy(update={"target": 0.2, "sigma": 1 / 6, "implied_reduction": 0.47 / 3})
    steps = waterfall_steps(record.model_copy(update={"regions": two, "province": province}), "en")
    assert [step.label for step in steps] == ["all at 20 %", "composition effect", "A", "B", "level"]
    assert [step.adds for step in steps] == pytest.approx([0.2, -0.8 / 6, 0.1, -0.01, 0.47 / 3])
    assert steps[3].start + steps[3].adds == pytest.approx(0.47 / 3)


def test_many_regions_are_two_bars(guangxi_plan):
    record = guangxi_plan.record
    five = PlanRecord.model_validate(record.model_dump() | {"regions": [r.model_dump() for r in record.regions] * 5})
    steps = waterfall_steps(five, "en")
    assert [step.label for step in steps[2:-1]] == ["regions above the target", "regions below the target"]
    assert steps[-2].start + steps[-2].adds == pytest.approx(record.province.implied_reduction, abs=1e-12)
    assert not argument_figure(five, "zh")["layout"]["annotations"]


def test_lines_go_from_the_uniform_rate_to_the_target(bounded_plan):
    record = bounded_plan.record
    figure = Figure(argument_figure(record, "zh"))
    for region, line in zip(record.regions, figure.data, strict=True):
        rates = (record.province.uniform_rate, region.reference_rate, region.rate, region.published_rate)
        assert list(line.y) == pytest.approx([rate * 100 for rate in rates])
        assert line.line.dash == ("dash" if region.binding else "solid")
    assert sum(line.showlegend for line in figure.data) == 2


@pytest.mark.parametrize("draw", [argument_figure, waterfall_figure])
def test_names_are_text(hostile_plan, draw):
    written = json.dumps(draw(hostile_plan.record, "zh"))
    assert "<script" not in written
    assert "<img" not in written
