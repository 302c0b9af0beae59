"""The section of both targets in Chromium: what cities face at other growth (dual control, 16), and both languages."""

import pytest

from allocator.planning.plan import plan
from reports.planning.page import report_html
from scenarios.load import load_scenario
from tests.browsers import file_window

MOVE = """([more, who]) => {
    const at = document.querySelector("#caps-more"), which = document.querySelector("#caps-who");
    [at.min, at.max, at.step] = [-9, 9, "any"];
    [at.value, which.value] = [more, who];
    at.dispatchEvent(new Event("input", {bubbles: true}));
    const rows = [...document.querySelectorAll("#caps-table tbody tr")];
    const row = rows[1];
    return [
        ...["allowed", "room", "binds", "needed"].map(is => row.querySelector(`[data-is=${is}]`).textContent),
        document.querySelector("#caps-verdict").textContent,
    ];
}"""


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    path = tmp_path_factory.mktemp("caps") / "report.html"
    path.write_text(report_html(plan(load_scenario("15fyp-example", ["total.caps=total"])).record, "zh"), "utf-8")
    faults = []
    with file_window(browser, path) as (shown, address):
        shown.on("pageerror", lambda fault: faults.append(str(fault)))
        shown.goto(address)
        shown.evaluate("document.querySelectorAll('details.chapter').forEach(each => { each.open = true; })")
        yield shown
    assert not faults


# 乙市 at 1.40 and 1.25 in place of 1.31: rate allows, room under the cap of 9,903, rate needed
@pytest.mark.parametrize(
    ("growth", "said"),
    [(1.40, ["10,581.8", "−678.8", "总量", "25.60"]), (1.25, ["9,448.1", "454.9", "下降率", "16.67"])],
)
@pytest.mark.browser
def test_what_a_city_faces_at_other_growth(page, growth, said):
    more = (growth**0.2 - 1.31**0.2) * 100
    assert page.evaluate(MOVE, [more, "1"])[:4] == said


@pytest.mark.browser
def test_the_verdict_follows_growth_and_language(page):
    at_plan = page.evaluate(MOVE, [0, ""])[-1]
    assert "排放 42,193.0 万吨" in at_plan
    assert "两项目标都守得住" in at_plan
    slow = page.evaluate(MOVE, [-3, ""])[-1]  # at slow growth the rates alone hold
    assert "守得住" in slow
    page.click("#switch")
    assert "both targets hold" in page.locator("#caps-verdict").inner_text()
    assert page.locator("#two-targets thead").inner_text().count("10⁴ t CO₂") == 4
    page.click("#switch")


def test_no_section_without_caps(guangxi):
    assert "caps-panel" not in report_html(plan(guangxi).record, "zh").replace('getElementById("caps-panel")', "")
