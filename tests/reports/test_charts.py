"""Every chart is what plotly knows: its own classes refuse any property or value that they do not."""

import json

import pytest
from plotly.graph_objects import Figure

from allocator.accounting import account
from allocator.sweeping.options import SweepOptions
from allocator.sweeping.sweep import sweep
from allocator.tracking.track import Asked, track
from reports.accounting.files import account_figure
from reports.comparing import Move, dumbbell
from reports.planning.equity import lorenz_figure
from reports.planning.page import FIGURES, last_figure
from reports.printing.looks import CONFIG, template, with_template
from reports.printing.pages import offline_page, script_json
from reports.sweeping.city_figures import map_figure, tornado_figure
from reports.sweeping.figures import acceptability_figure, flow_figure, heat_figure, ridge_figure
from reports.tracking.figures import barometer_figure, paths_figure, remaining_figure
from scenarios.wording import LANGUAGES

PLANNED = {**dict(FIGURES), "figure_lorenz": lorenz_figure, "figure_last": last_figure}
SWEPT = {draw.__name__: draw for draw in (acceptability_figure, ridge_figure, heat_figure, flow_figure)}
TRACKED = {draw.__name__: draw for draw in (barometer_figure, paths_figure, remaining_figure)}


@pytest.fixture(scope="module")
def charts(full_plan, guangxi):
    """Return what draws each chart of every page in a language, name -> function."""
    regions = tuple(region.model_copy(update={"last_rate": 0.16}) for region in full_plan.record.regions)
    record = full_plan.record.model_copy(update={"regions": regions})
    swept = sweep(guangxi, SweepOptions(samples=16)).record
    tracked = track(guangxi, "actuals-example", beyond=Asked(resplit=True)).record
    books = account("accounting-example").account
    moves = [Move(r.name, r.reference_rate, r.published_rate, None) for r in record.regions]
    return {
        **{name: lambda language, draw=draw: draw(record, language) for name, draw in PLANNED.items()},
        **{name: lambda language, draw=draw: draw(swept, language) for name, draw in SWEPT.items()},
        **{name: lambda language, draw=draw: draw(tracked, language) for name, draw in TRACKED.items()},
        "map": lambda language: map_figure(swept, 0, language),
        "tornado": lambda language: tornado_figure(swept, 0, language),
        "account": lambda language: account_figure(books, language),
        "dumbbell": lambda language: dumbbell(moves, ("a", "b"), ("a", "b"), language),
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*PLANNED, *SWEPT, *TRACKED, "map", "tornado", "account", "dumbbell"])
def test_plotly_knows_every_property(charts, name, language):
    figure = charts[name](language)
    assert figure is not None
    known = Figure(with_template(json.loads(script_json(figure))))  # raises what it does not know
    assert [trace.type for trace in known.data] == [trace["type"] for trace in figure["data"]]


def test_plotly_refuses_what_it_does_not_know():
    with pytest.raises(ValueError, match="texture"):
        Figure({"data": [{"type": "bar", "marker": {"texture": "/"}}]})


def test_what_all_charts_have_is_in_the_page_once(charts):
    page = offline_page("account.html", "en", {"account": charts["account"]("en")}, title="t", statements=[],
                        chart_title="c", blocks=[])  # fmt: skip
    start = page.index('id="charts">') + len('id="charts">')
    held = json.loads(page[start : page.index("</script>", start)])
    assert held["config"] == CONFIG
    assert not CONFIG["showSendToCloud"]
    assert held["template"] == template()
    assert page.count('"colorway"') - page.count('"colorway"', 0, start) == 1
