"""Makes the pictures of the docs anew, out of the pages, papers and sheets themselves: `python tests/docs/pictures.py`.

They go to `docs/images`, beside `shown.json`: what was shown when they were made, which `test_pictures.py` holds
against what is shown now. The functions are run by pytest for the browser and the programs that the tests share.
"""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from PIL import Image

from allocator.output.office import as_pdf, find_office
from allocator.planning.files import write_plan
from allocator.planning.plan import plan
from scenarios.load import load_scenario
from tests.allocator.app.conftest import watched
from tests.allocator.app.own.conftest import serving_folder
from tests.docs.example import DOCS, PROVINCE, actuals, agreed, filled, template, written
from tests.docs.shown import SHOWN, papers, shown

IMAGES = DOCS / "images"
COLOURS, WIDTH, TALL = 128, 1280, 10_000
CLEAN = """folder => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replaceAll(folder, "…");
    document.querySelectorAll("#folder").forEach(each => { each.value = "…"; });
    document.querySelectorAll("#who").forEach(each => { each.value = "张三"; });
    window.scrollTo(0, 0);
}"""
"""Where the files are on this machine, and who made the pictures, is nobody's business."""


def keep(name, picture, box=None):
    """Write a picture with few colours; `box`: left, top, right, bottom."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    image = image.crop((*box[:2], min(box[2], image.width), min(box[3], image.height))) if box else image
    IMAGES.mkdir(exist_ok=True)
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)


def photograph(page, name, bottom=None):
    """Photograph a page down to where an element begins, or all of it."""
    page.evaluate(CLEAN, page.folder)
    high = TALL if bottom is None else int(page.locator(bottom).first.bounding_box()["y"]) - 8
    keep(name, page.screenshot(full_page=True), (0, 0, WIDTH, high))


def follow(page, name):
    with page.expect_navigation():
        page.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()
    page.wait_for_selector("#plan-verdict.backed")


def dropped(page, field, name, content):
    page.locator(f'[id="{field}"]').set_input_files({"name": name, "mimeType": "", "buffer": content})


@pytest.fixture(scope="module")
def walked(browser, tmp_path_factory):
    """Yield a page on the start page of an empty folder."""
    folder = tmp_path_factory.mktemp("walk")
    with serving_folder(folder / "own") as (url, _), watched(browser, url, WIDTH, "/") as seen:
        seen.page.folder = str(folder)
        yield seen.page


def test_first_hour(walked):
    page = walked
    photograph(page, "start")
    with page.expect_download() as download:
        page.locator("a[href$='/template']").click()
    content = filled(Path(download.value.path()).read_bytes(), F7=0.46)
    dropped(page, "file", f"{PROVINCE}.xlsx", content)
    page.wait_for_selector("#state.unsound")
    photograph(page, "data", bottom="details:nth-of-type(2)")
    cell = page.locator('[id="cell:方案.xlsx:数据:F7"]')
    cell.click()
    cell.locator("input").fill("1.46")
    cell.locator("input").press("Enter")
    page.wait_for_selector("#state.sound")
    with page.expect_navigation():
        page.get_by_role("navigation").get_by_role("link", name="分解", exact=True).click()
    page.wait_for_selector("#table tbody tr")
    page.wait_for_selector("#chart .barlayer .point path")
    photograph(page, "plan")
    page.locator("#city").select_option("中川市")
    page.locator("#rate").fill("12")
    page.locator("#fix").click()
    page.wait_for_function("() => document.querySelectorAll('#fixed button').length === 1")
    page.locator("#why").fill("六月会商：中川市同意 12%")
    page.locator("#who").fill("张三")
    page.locator("#save").click()
    page.wait_for_function("() => document.querySelectorAll('#rounds-list tbody tr').length === 1")
    photograph(page, "round")
    follow(page, "核对")
    dropped(page, "table.file", "会议商定.xlsx", agreed())
    page.wait_for_selector("#verdict .not_backed")
    photograph(page, "check")
    follow(page, "敏感性")
    page.locator("#go").click()
    page.wait_for_selector("#figure_flow .main-svg")
    page.wait_for_selector("#figure_map .main-svg")
    photograph(page, "sensitivity", bottom="#figure_ridge")
    follow(page, "跟踪")
    dropped(page, "actuals.file", "2026年.xlsx", actuals())
    page.wait_for_selector("main .main-svg")
    photograph(page, "track", bottom="#charts > :nth-child(2)")
    follow(page, "发布")
    photograph(page, "publish")


def test_both_targets(browser, tmp_path):
    with serving_folder(tmp_path) as (url, _), watched(browser, url, WIDTH, "/zh/example/15fyp-example/") as seen:
        seen.page.wait_for_selector("#table tbody tr")
        seen.page.wait_for_selector("#chart .barlayer .point path")
        seen.page.folder = str(tmp_path)
        photograph(seen.page, "total", bottom="#targets-chart")


@pytest.mark.parametrize(("language", "name"), [("zh", "report-guangxi"), ("en", "report-guangxi-en")])
def test_report(browser, tmp_path, language, name):
    write_plan(plan(load_scenario("guangxi-13fyp")), tmp_path / "out", language)
    page = browser.new_page(viewport={"width": WIDTH, "height": 900})
    page.goto((tmp_path / "out" / "report.html").as_uri())
    page.wait_for_selector(".main-svg")
    keep(name, page.screenshot())
    page.close()


SHEETS = {"settings": (1, 170, 620), "indicators": (4, 130, 290), "cities": (6, 170, 330)}
"""Pages of the printed workbook, dots an inch, and how far down they are shown."""
PAPER = {"circular": 500, "letter": 936}
"""How far down papers are shown."""


def test_workbook(tmp_path, libreoffice_path):
    book = written(tmp_path, filled(template(tmp_path / "own")))
    words = [libreoffice_path, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless",
             "--convert-to", "pdf", "--outdir", str(book.parent), str(book)]  # fmt: skip
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    pdf = book.with_suffix(".pdf")
    for name, (number, dots, high) in SHEETS.items():
        keep(f"sheet-{name}", page_of(pdf, number, dots), (0, 40, TALL, high))


def page_of(pdf, number, dots=80):
    """Return a page of a PDF as a picture."""
    words = ["pdftoppm", "-png", "-r", str(dots), "-f", str(number), "-l", str(number), str(pdf)]
    return subprocess.run(words, check=True, capture_output=True, timeout=60).stdout


@pytest.mark.usefixtures("libreoffice_path")
def test_papers(tmp_path):
    for name, path in papers(tmp_path).items():
        pdf = path.with_suffix(".pdf")
        pdf.write_bytes(as_pdf(path.read_bytes(), find_office()))
        keep(name, page_of(pdf, 1), (0, 0, TALL, PAPER[name]))


def main():
    """Make every picture, then write down what was shown."""
    code = pytest.main([__file__, "-q", "--durations=0", "-p", "no:cacheprovider", "-W", "ignore"])
    if code == 0:
        SHOWN.write_text(json.dumps(shown(), indent=1) + "\n", "utf-8")
    return int(code)


if __name__ == "__main__":
    raise SystemExit(main())
