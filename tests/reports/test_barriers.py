"""No barrier that axe-core finds in any page that is written, wide and narrow."""

import pytest

from allocator.accounting import account, write_account
from allocator.comparing.compare import compare
from allocator.planning.plan import plan
from allocator.sweeping.options import SweepOptions
from allocator.sweeping.sweep import sweep
from allocator.tracking.files import write_track
from allocator.tracking.track import Asked, track
from reports.planning.page import report_html
from reports.sweeping.page import sweep_html
from scenarios.load import load_scenario
from tests.browsers import file_window


@pytest.fixture(scope="module")
def pages(tmp_path_factory, full_plan):
    """Return a folder with the pages in both languages."""
    folder = tmp_path_factory.mktemp("pages")
    scenario = load_scenario("guangxi-13fyp", ["last_period=published"])
    record = plan(scenario).record
    (folder / "a.json").write_text(record.to_json(), "utf-8")
    (folder / "b.json").write_text(plan(load_scenario("guangxi-13fyp", ["target=18%"])).record.to_json(), "utf-8")
    compared = compare(folder / "a.json", folder / "b.json")
    found = sweep(scenario, SweepOptions(samples=64)).record
    followed = track(load_scenario("guangxi-13fyp"), "actuals-example", beyond=Asked(resplit=True))
    accounted = account("accounting-example")
    for language in ("zh", "en"):
        write_track(followed, folder / f"track-{language}", language)
        (folder / f"track-{language}" / "progress.html").rename(folder / f"progress-{language}.html")
        write_account(accounted, folder / f"books-{language}", language)
        (folder / f"books-{language}" / "account.html").rename(folder / f"account-{language}.html")
        (folder / f"report-{language}.html").write_text(report_html(record, language), "utf-8")
        (folder / f"full-{language}.html").write_text(report_html(full_plan.record, language), "utf-8")
        (folder / f"compare-{language}.html").write_text(compared.to_html(language), "utf-8")
        (folder / f"sweep-{language}.html").write_text(sweep_html(found, language), "utf-8")
    return folder


@pytest.mark.browser
@pytest.mark.parametrize("name", ["report-zh", "full-en", "compare-zh", "sweep-en", "progress-en", "account-zh"])
def test_no_barrier_that_axe_finds(browser, pages, name):
    from axe_playwright_python.sync_playwright import Axe

    with file_window(browser, pages / f"{name}.html", 1280 if name.endswith("zh") else 390) as (page, address):
        page.goto(address)
        page.wait_for_selector(".js-plotly-plot .main-svg")
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        found = Axe().run(page).response["violations"]
    said = [(v["id"], v["impact"], [n["html"][:160] for n in v["nodes"]][:3]) for v in found]
    assert said == []
