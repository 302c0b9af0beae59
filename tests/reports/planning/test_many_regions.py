"""The report of a large province: the whole table once, in charts and long tables the ends of it, and that is said."""

import re

import pytest
from plotly.graph_objects import Figure

from reports.planning.equity import equity, lorenz_figure, lorenz_frame
from reports.planning.figures import extremes, rates_order
from reports.planning.page import FIGURES, report_html
from reports.printing.looks import MOST
from tests.reports.planning.test_figures import many


def varied(record, n):
    """Return a plan of n regions with rates, names and scores of their own."""
    regions = [
        r.model_copy(update={"published_rate": 0.1 + k / 10 / n, "score": k / n, "rank": n - k})
        for k, r in enumerate(many(record, n).regions)
    ]
    return record.model_copy(update={"regions": tuple(regions), "whatif": None})


def rows(page, table):
    body = page[page.index(f'<table id="{table}"') :]
    return body[body.index("<tbody") : body.index("</tbody>")].count("<tr>")


def test_as_many_as_are_shown_are_all_shown(guangxi_plan):
    record = varied(guangxi_plan.record, MOST)
    assert extremes(record).regions == record.regions
    assert 'id="some"' not in report_html(record, "zh")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_of_more_the_ends_are_shown(guangxi_plan, language):
    record = varied(guangxi_plan.record, 339)
    rates = sorted(r.published_rate for r in record.regions)
    assert sorted(r.published_rate for r in rates_order(record)) == rates[:60] + rates[-60:]
    page = report_html(record, language)
    assert rows(page, "allocation") == 339
    assert {rows(page, table) for table in ("scores", "heat", "inputs", "lorenz")} == {120}
    said = re.search(r'<p id="some">(.*?)</p>', page).group(1)
    assert "339" in said
    assert "120" in said
    for name, draw in FIGURES:
        names = {str(x) for trace in Figure(draw(record, language)).data for x in trace.x}
        assert len(names) <= 120, name


def test_the_curve_of_many_has_its_ends_and_its_own_figure(guangxi_plan):
    record = varied(guangxi_plan.record, 1000)
    for trace in lorenz_figure(record, "zh")["data"][1:]:
        assert len(trace["x"]) == MOST + 1
        assert (trace["x"][0], trace["y"][0]) == (0, 0)
        assert (trace["x"][-1], trace["y"][-1]) == pytest.approx((100, 100))
    assert len(lorenz_frame(record, "zh")) == MOST
    assert f"{equity(record).by_gdp.gini:.3f}" in lorenz_figure(record, "zh")["data"][2]["name"]


def test_the_page_grows_with_its_table_alone(guangxi_plan):
    few, lots = (len(report_html(varied(guangxi_plan.record, n), "zh").encode()) for n in (200, 1200))
    assert 0 < lots - few < 600 * 1000  # bytes
