"""No page that is written complains in the browser: opened, then in the other language, in one session."""

import shutil
import threading
from typing import get_args

import pytest

from allocator.accounting import account, write_account
from allocator.comparing.compare import compare
from allocator.planning.plan import plan
from allocator.sweeping.options import SweepOptions
from allocator.sweeping.sweep import sweep
from allocator.tracking.track import Asked, track
from reports.planning.page import report_html
from reports.publishing.formats import FORMATS
from reports.publishing.official import official_sheet
from reports.sweeping.page import sweep_html
from reports.tracking.page import track_html
from scenarios.file.rules import Rule
from scenarios.load import find_scenario, load_scenario
from scenarios.wording import LANGUAGES
from tests.browsers import file_window, window

CASES = ("15fyp-example", "guangxi-13fyp", "zhejiang-13fyp", "accounting-example", "three-cities")
RULES = {
    "gap": "at_most: 8 points",
    "floor": "rate: 12%, where: [甲市]",
    "ceiling": "rate: 22%, where: [乙市]",
    "peak": "where: [丙市]",
    "column_floor": "column: last",
    "ratchet": "column: last, at_least: 0.5",
    "order": "",
    "budget": "limit: 1000000",
    "negotiated": "region: 甲市, rate: 17%",
    "project": "region: 甲市, emissions: 1",
}
"""One of each kind, for the three cities."""


@pytest.fixture(scope="module")
def ruled(tmp_path_factory):
    """Return a function that makes the scenario of the three cities with one rule."""
    folder = tmp_path_factory.mktemp("ruled") / "case"
    shutil.copytree(find_scenario("three-cities").parent, folder)
    head, *rows = (folder / "regions.csv").read_text("utf-8").splitlines()
    (folder / "regions.csv").write_text("\n".join([f"{head},last", *(f"{row},12%" for row in rows)]), "utf-8")

    def with_rule(kind):
        parts = ", ".join(filter(None, (f"id: r, type: {kind}, reason: x", RULES[kind])))
        return load_scenario(folder, [f"rules=[{{{parts}}}]"])

    return with_rule


STUB = """const Plotly = {newPlot: (id, data, layout) => {
    const place = document.getElementById(id);
    if (!place || !data.length || !layout) throw new Error("no chart: " + id);
    place.on = () => {};
}};"""
"""What stands for plotly.js, which takes seconds to load, in all but one page of each kind."""

DRAWN = "guangxi-13fyp", "accounting-example"
"""Cases whose pages draw their charts: one for the split, one for the accounts."""


def case_pages(case, language, folder):
    """Yield kind and text of every page of a bundled case."""
    scenario = load_scenario(case)
    record = plan(scenario).record
    yield "report", report_html(record, language)
    if len(scenario.file.criteria) > 1:
        yield "sweep", sweep_html(sweep(scenario, SweepOptions(samples=16)).record, language)
    if scenario.file.energy is not None:
        write_account(account(case), folder / case, language)
        yield "account", (folder / case / "account.html").read_text("utf-8")
    if scenario.file.track is not None:
        followed = track(scenario, "actuals-example", beyond=Asked(resplit=True)).record
        yield "track", track_html(followed, language, "2026-01-01")
    (folder / f"{case}.json").write_text(record.to_json(), "utf-8")
    yield "compare", compare(folder / f"{case}.json", folder / f"{case}.json").to_html(language)
    yield "official", FORMATS["html"].write(official_sheet(record, language, ("plan.json", "0" * 64))).decode()


@pytest.fixture(scope="module")
def pages(tmp_path_factory, ruled):
    """Return every kind of page of every bundled case, and a report for each kind of rule, by name."""
    folder, found = tmp_path_factory.mktemp("pages"), {}
    for n, case in enumerate(CASES):
        with pytest.MonkeyPatch.context() as patch:
            if case not in DRAWN:
                patch.setattr("plotly.offline.get_plotlyjs", lambda: STUB)
            made = case_pages(case, LANGUAGES[n % 2], folder)
            found |= {f"{kind}-{case}": text for kind, text in made}
    with pytest.MonkeyPatch.context() as patch:  # the charts are those of the cases; what differs is the rest
        patch.setattr("plotly.offline.get_plotlyjs", lambda: STUB)
        patch.setattr("reports.planning.page.FIGURES", ())
        found |= {f"rule-{kind}": report_html(plan(ruled(kind)).record, "zh") for kind in RULES}
    for name, text in found.items():
        (folder / f"{name}.html").write_text(text, "utf-8")
    return {name: folder / f"{name}.html" for name in found}


def test_there_is_a_rule_of_every_kind(ruled):
    assert {get_args(kind.model_fields["type"].annotation)[0] for kind in get_args(get_args(Rule)[0])} == {*RULES}
    for kind in RULES:
        assert [rule.type for rule in ruled(kind).file.rules] == [kind]


def listen(page):
    """Return a list that gets everything a page complains about."""
    heard = []
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda message: heard.append(message.text) if message.type in ("error", "warning") else None)
    return heard


def switched(page):
    """Switch the language where the page has another, and hold that it is another."""
    button = page.locator("#switch")
    if button.count() == 0:
        return False
    before = page.locator("html").get_attribute("lang")
    button.click()
    assert page.locator("html").get_attribute("lang") != before
    return True


@pytest.mark.browser
def test_every_page_is_silent_in_both_languages(browser, pages):
    said, with_switch = {}, 0
    for name, path in pages.items():
        with file_window(browser, path) as (page, address):
            said[name] = listen(page)
            page.goto(address)
            with_switch += switched(page)
            page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)))")
    assert {name: lines for name, lines in said.items() if lines} == {}
    assert with_switch == len(CASES) + len(RULES)
    # of all cases three are swept, two start from energy, one is tracked
    assert len(pages) == 3 * len(CASES) + 4 + 2 + 1 + len(RULES)


@pytest.mark.browser
def test_the_web_page_is_silent_in_both_languages(browser, tmp_path):
    pytest.importorskip("flask", reason="the extra `ui` is not installed")
    from allocator.app.desk import Desk
    from allocator.app.server import open_port, serve, web

    desk = Desk.open("three-cities", folder=tmp_path / "rounds")
    with (
        open_port(8990) as bound,
        serve(web(desk, "zh"), bound) as server,
        window(browser) as page,
    ):
        heard = listen(page)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        page.goto(f"http://127.0.0.1:{server.port}/")
        page.wait_for_selector("html[lang=zh-CN] #chart .barlayer .point path")
        page.get_by_role("link", name="English").click()
        page.wait_for_selector("html[lang=en] #chart .barlayer .point path")
        page.close()
        server.shutdown()
        thread.join()
    assert heard == []
