"""The whole way in the browser, the network cut: template, filled with mistakes, dropped, mended, planned."""

import io
import time
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest

from reports.words.pages.own_files import WORDS
from scenarios.load import load_scenario
from scenarios.sources import BOOK_FILES
from tests.allocator.app.own.conftest import by_key, filled, serving_folder

pytestmark = pytest.mark.browser
SHEETS = {"zh": ("数据", "设置"), "en": ("data", "settings")}


@contextmanager
def watched(browser, url, width):
    """Open a page in a browser that reaches nothing else; gives the page and what it complained about."""
    context = browser.new_context(viewport={"width": width, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(60_000)
    complaints = []

    def gate(route):
        if route.request.url.startswith((url, "data:", "blob:")):
            route.continue_()
        else:
            complaints.append(route.request.url)
            route.abort()

    context.route("**/*", gate)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    try:
        yield page, complaints
    finally:
        context.close()


def narrow_enough(page):
    wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= room


def marked(page):
    """Return the cells that are marked as wrong or asked about."""
    cells = page.locator("td.error, td.question").all()
    return {cell.get_attribute("id").split(":", 2)[2]: cell.get_attribute("class") for cell in cells}


def type_into(page, file, sheet, cell, text):
    """Type into a cell as a hand does, and wait until it is kept and checked."""
    at = page.locator(f'[id="cell:{file}:{sheet}:{cell}"]')
    at.evaluate("cell => cell.closest('details').open = true")
    at.click()
    at.locator("input").fill(text)
    at.locator("input").press("Enter")


@pytest.mark.parametrize(("language", "width"), [("zh", 1280), ("zh", 390), ("en", 1280), ("en", 390)])
def test_from_the_template_to_a_plan(browser, tmp_path, language, width, record_property):
    from axe_playwright_python.sync_playwright import Axe

    data, settings = SHEETS[language]
    file, took, since = BOOK_FILES[language], {}, time.perf_counter()

    def step(name):
        nonlocal since
        took[name], since = round(time.perf_counter() - since, 1), time.perf_counter()

    with serving_folder(tmp_path / "own", language) as (url, _), watched(browser, url, width) as (page, complaints):
        page.goto(url)
        narrow_enough(page)
        assert Axe().run(page).response["violations"] == []
        with page.expect_download() as download:
            page.locator("a[href$='/template']").click()
        assert download.value.suggested_filename == file
        content = Path(download.value.path()).read_bytes()
        step("template")
        row = by_key(openpyxl.load_workbook(io.BytesIO(content))[settings])["target"]
        wrong = {"d_D6": "abc", "d_E7": None, "d_F8": 37, "d_D9": 12220000, f"s_C{row}": 17}
        given = tmp_path / "某省 2030.xlsx"
        given.write_bytes(filled(content, language == "zh", **wrong))
        page.locator("#file").set_input_files(str(given))
        page.wait_for_url("**/own/*/data/")
        page.wait_for_selector("#state.unsound")
        step("dropped, found")
        found = marked(page)
        assert {f"{data}:{cell}" for cell in ("D6", "E7", "F8", "D9")} | {f"{settings}:C{row}"} <= {*found}, found
        said = page.locator("#findings li").all_inner_texts()
        assert any("D6" in line and "abc" in line for line in said)
        narrow_enough(page)
        assert Axe().run(page).response["violations"] == []
        before = given.read_bytes()
        kept = tmp_path / "own" / "某省 2030"
        mends = [(data, "D6", "4120"), (data, "E7", "1942.97"), (data, "F8", "1.37"), (settings, f"C{row}", "17")]
        for sheet, cell, text in [*mends, (data, "D9", "1222")]:
            type_into(page, file, sheet, cell, text)
            page.wait_for_function(
                "id => !document.getElementById(id).classList.contains('error')", arg=f"cell:{file}:{sheet}:{cell}"
            )
        page.wait_for_selector("#state.sound")
        step("mended")
        assert page.locator(f'[id="cell:{file}:{settings}:C{row}"]').inner_text() == "17.00%"
        assert (kept / f"{Path(file).stem}{WORDS.say('kept_mark', language)}.xlsx").read_bytes() == before
        scenario = load_scenario(kept / file)
        assert [str(value) for value in scenario.regions.emissions] == ["3089", "4120", "1980", "1410", "1222"]
        book = openpyxl.load_workbook(kept / file)
        assert book[settings].data_validations.dataValidation
        page.get_by_role("link", name=WORDS.say("plan", language), exact=True).click()
        page.wait_for_selector("#table tbody tr")
        assert "17.00" in page.locator("#verdict").inner_text()
        page.wait_for_selector("#chart .barlayer .point path")
        step("plan")
        assert complaints == []
    record_property("seconds", took)
    print(took)
