"""The whole way of a person in the browser, the network cut: from nothing to a published table, page by page.

`ALLOCATOR_PICTURES` names a folder: each step is photographed into it, in both languages at both widths.
"""

import os
import re
import time
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from allocator.planning.plan import plan
from reports.publishing.formats import FORMATS
from reports.words import LABELS
from reports.words.pages.own_files import WORDS
from scenarios.load import load_scenario
from scenarios.sources import BOOK_FILES
from scenarios.tables.rates import read_rates
from tests.allocator.app.conftest import Seen, watched
from tests.allocator.app.own.conftest import CITIES, filled, marked, serving_folder

pytestmark = pytest.mark.browser

SHEETS = {"zh": "数据", "en": "data"}
IN_PAPERS = {
    "zh": {},
    "en": {"南宁": "Nanning", "柳州": "Liuzhou", "桂林": "Guilin", "梧州": "Wuzhou", "北海": "Beihai"},
}
"""What published tables call cities otherwise than the pages: in English in pinyin, as the workbook has no names."""
REASONS = {"zh": ("五月会商", "六月会商"), "en": ("talks in May", "talks in June")}
TOTALS = {"zh": "合计", "en": "Total"}
GROWN = {"zh": "增长41%", "en": "up 41 %"}
RIGHT_ENDS = "cell => [cell, cell.closest('#table')].map(each => each.getBoundingClientRect().right)"
PICTURES = os.environ.get("ALLOCATOR_PICTURES", "")
WALKS = [("zh", 1280), ("en", 390), *([("zh", 390), ("en", 1280)] if PICTURES else [])]
"""Each language and each width once; all four where pictures are asked for."""


@dataclass
class Walk:
    """A person's way through the pages."""

    seen: Seen
    language: str
    width: int
    took: dict = field(default_factory=dict)
    since: float = field(default_factory=time.perf_counter)

    @property
    def page(self):
        return self.seen.page

    def say(self, code, **values):
        return LABELS.say(code, self.language, **values)

    def own(self, code, **values):
        return WORDS.say(code, self.language, **values)

    def follow(self, name):
        """Follow a link of the page's head, until the page it leads to is there."""
        with self.page.expect_navigation():
            self.page.get_by_role("navigation").get_by_role("link", name=name, exact=True).click()

    def stands(self):
        """Wait until a page beside the plan has the plan's verdict."""
        self.page.wait_for_selector("#plan-verdict.backed, #plan-verdict.not_backed")

    def step(self, name):
        """End a step: its seconds are noted, and its page is held to be whole, in one language, and is photographed."""
        self.took[name] = round(time.perf_counter() - self.since, 1)
        if PICTURES:
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            self.page.evaluate("window.scrollTo(0, 0)")  # what stays on top is photographed there
            picture = Path(PICTURES) / f"{self.language}-{self.width}-{len(self.took):02}-{name.replace(' ', '-')}.png"
            self.page.screenshot(path=picture, full_page=True)
        wide, room = self.page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide <= room, name
        if self.language == "en":
            assert foreign(self.page.locator("main").inner_text()) == [], name
        self.since = time.perf_counter()

    def accessible(self):
        from axe_playwright_python.sync_playwright import Axe

        assert Axe().run(self.page).response["violations"] == []
        self.since = time.perf_counter()


def foreign(text):
    """Return the Chinese words of an English page that are no names: of cities, of own files, of the language."""
    words = re.findall("[\u4e00-\u9fff]+", text)
    return sorted({*words} - {name for _, name, *_ in CITIES} - {"某省", "中文"})


def fill(content, language):
    """Return the template filled in with five mistakes, and how each is mended: cell -> what is right."""
    wrong = {
        "d_P6": 0.523,  # under a header that says %
        "d_D7": 19800000,  # t, where the others are 10kt
        "d_E8": None,
        "d_F9": GROWN[language],
        "d_B10": TOTALS[language], "d_D10": 12000,  # 11821 is the sum
    }  # fmt: skip
    right = {"P6": "36.17", "D7": "1980", "E8": "1078.6", "F9": "1.41", "D10": "11821"}
    return filled(content, language == "zh", **wrong), right


def circular(rates, path):
    """Write a table of rates as a circular has it."""
    made = openpyxl.Workbook()
    made.active.append(["地区", "下降目标（%）"])
    for name, rate in rates.items():
        made.active.append([name, float(rate)])
    made.save(path)


def shortfall(rates):
    """Return what rates (per cent by city) lack of 17 %, in points and in 10kt of the end year, reckoned by hand."""
    emissions, gdp, growth = ([Fraction(str(city[n])) for city in CITIES] for n in (2, 3, 4))
    end = [y * factor for y, factor in zip(gdp, growth, strict=True)]
    cut = [Fraction(rates[city[1]]) / 100 for city in CITIES]
    then = sum(e * factor * (1 - r) for e, factor, r in zip(emissions, growth, cut, strict=True))
    before = sum(emissions) / sum(gdp)
    lacking = Fraction("0.17") - (1 - then / sum(end) / before)
    return f"{float(lacking * 100):.2f}", f"{float(lacking * before * sum(end)):.1f}"


def the_template(walk, tmp_path):
    """Download the template and fill it in; returns where it is, and how its mistakes are mended."""
    with walk.page.expect_download() as download:
        walk.page.locator("a[href$='/template']").click()
    assert download.value.suggested_filename == BOOK_FILES[walk.language]
    content, right = fill(Path(download.value.path()).read_bytes(), walk.language)
    given = tmp_path / "某省 2030.xlsx"
    given.write_bytes(content)
    return given, right


def the_data(walk, given, right, home):
    """Drop the workbook, find each mistake at its cell, mend it there."""
    page, file, sheet = walk.page, BOOK_FILES[walk.language], SHEETS[walk.language]
    page.locator("#file").set_input_files(str(given))
    page.wait_for_url("**/own/*/data/")
    page.wait_for_selector("#state.unsound")
    assert {*marked(page)} == {f"{sheet}:{cell}" for cell in right}
    assert page.locator("#findings li button.cell").all_inner_texts() == [
        f"{sheet} {cell}" for cell in ("E8", "F9", "D10", "D7", "P6")
    ]
    walk.step("found")
    walk.accessible()
    for cell, text in right.items():
        at = page.locator(f'[id="cell:{file}:{sheet}:{cell}"]')
        at.click()
        at.locator("input").fill(text)
        at.locator("input").press("Enter")
        page.wait_for_function("id => !document.getElementById(id).className", arg=f"cell:{file}:{sheet}:{cell}")
    page.wait_for_selector("#state.sound")
    kept = home / f"{Path(file).stem}{walk.own('kept_mark')}.xlsx"
    assert kept.read_bytes() == given.read_bytes()
    emissions = load_scenario(home / file).regions.emissions
    assert [str(value) for value in emissions] == ["3089", "4120", "1980", "1410", "1222"]  # the total is no city
    walk.step("mended")


def the_plan(walk, home):
    """Open the plan, fix two cities, each in a round with its reason; returns the published rates by city."""
    page = walk.page
    walk.follow(walk.say("beside_to_plan"))
    page.wait_for_selector("#table tbody tr")
    page.wait_for_selector("#chart .barlayer .point path")
    regions = plan(load_scenario(home)).record.regions
    assert walk.seen.rates() == {region.name: f"{region.published_rate * 100:.1f}" for region in regions}
    assert "17.00" in walk.seen.text("#verdict")
    walk.step("plan")
    walk.accessible()
    given = (("南宁", "18"), ("北海", "15.5"))
    for n, ((city, rate), why) in enumerate(zip(given, REASONS[walk.language], strict=True), 1):
        page.locator("#city").select_option(city)
        page.locator("#rate").fill(rate)
        page.locator("#fix").click()
        page.wait_for_function("n => document.querySelectorAll('#fixed button').length === n", arg=n)
        page.locator("#save").click()  # without a reason it is not kept
        page.wait_for_function("() => document.querySelector('#why-said').innerText !== ''")
        page.locator("#why").fill(why)
        page.locator("#save").click()
        page.wait_for_function("n => document.querySelectorAll('#rounds-list tbody tr').length === n", arg=n)
    rows = page.locator("#rounds-list tbody tr").all_inner_texts()
    assert all(why in row for why, row in zip(REASONS[walk.language], reversed(rows), strict=True))
    tops = "['#top', '#answer', '#controls'].map(each => document.querySelector(each).getBoundingClientRect().top)"
    page.evaluate("window.scrollTo(0, 0)")
    if walk.width < 760:
        assert (found := page.evaluate(tops)) == sorted(found)  # the answer stands above the controls
        cell, room = page.locator("#table tbody td:nth-child(5)").first.evaluate(RIGHT_ENDS)
        assert cell <= room  # and the target is to be seen in its table
    mark = walk.say("app_fixed_mark")
    rates = {name.removesuffix(mark): rate for name, rate in walk.seen.rates().items()}
    assert (rates["南宁"], rates["北海"]) == ("18.0", "15.5")
    walk.step("two fixed")
    return rates


def the_circular(walk, rates, tmp_path):
    """Drop a circular's table that gives the first city less: the shortfall is said."""
    page, path = walk.page, tmp_path / "circular.xlsx"
    circular(rates | {"南宁": "16"}, path)
    walk.follow(walk.say("beside_to_check"))
    walk.stands()
    page.locator('[id="table.file"]').set_input_files(str(path))
    page.wait_for_selector("#verdict .not_backed")
    verdict = walk.seen.text("#verdict")
    assert all(figure in verdict for figure in shortfall(rates | {"南宁": "16"})), verdict
    assert page.locator("#grid tbody tr", has_text="南宁").locator("td").all_inner_texts()[:3] == ["16", "18", "−2.00"]
    assert page.locator("#taking").is_hidden()
    walk.step("circular")
    walk.accessible()


def the_sweep(walk):
    """Sweep the weights: the progress is seen, and then the pictures."""
    page = walk.page
    walk.follow(walk.say("beside_to_sensitivity"))
    walk.stands()
    walk.step("sensitivity")
    if (walk.language, walk.width) not in WALKS[:2]:
        return
    page.evaluate(
        """() => {
            window.progress = [];
            const bar = document.querySelector("#progress");
            new MutationObserver(() => bar.hidden || window.progress.push(bar.value))
                .observe(bar, {attributes: true});
        }"""
    )
    page.locator("#samples").select_option("1000")
    page.locator("#go").click()
    page.wait_for_selector("#figure_flow .main-svg")
    page.wait_for_selector("#figure_map .main-svg")
    assert page.evaluate("window.progress.length > 0")
    assert page.locator("#progress").is_hidden()
    walk.step("sweep")
    walk.accessible()


def the_years(walk):
    """Look at the page that tracks, which asks for a table."""
    walk.follow(walk.say("beside_to_track"))
    walk.stands()
    walk.step("track")


def the_publication(walk, rates, home, tmp_path):
    """Publish as docx and xlsx: what they say is what the plan says."""
    page, regions = walk.page, load_scenario(home).regions
    walk.follow(walk.say("beside_to_publish"))
    walk.stands()
    page.locator("#round").select_option("2")
    for kind in ("docx", "xlsx"):
        with page.expect_download() as found:
            page.locator(f"[data-format='{kind}']").click()
        path = tmp_path / f"{walk.language}-{walk.width}.{kind}"
        found.value.save_as(path)
        page.wait_for_function("done => document.querySelector('#said').innerText === done",
                               arg=walk.say("beside_published"))  # fmt: skip
        assert [f"{rate * 100:.1f}" for rate in read_rates(path, regions).rates] == [*rates.values()]
        rows = FORMATS[kind].read(path, walk.language)[0]
        wanted = {IN_PAPERS[walk.language].get(name, name): rate for name, rate in rates.items()}
        assert {row[1]: f"{float(row[2]):.1f}" for row in rows if row[1] in wanted} == wanted
    walk.step("published")
    walk.accessible()


@pytest.mark.parametrize(("language", "width"), WALKS)
def test_from_nothing_to_a_published_table(browser, tmp_path, language, width, record_property):
    with serving_folder(tmp_path / "own", language) as (url, _), watched(browser, url, width, "/") as seen:
        walk, home = Walk(seen, language, width), tmp_path / "own" / "某省 2030"
        given, right = the_template(walk, tmp_path)
        walk.step("start")
        walk.accessible()
        the_data(walk, given, right, home)
        rates = the_plan(walk, home)
        the_circular(walk, rates, tmp_path)
        the_sweep(walk)
        the_years(walk)
        the_publication(walk, rates, home, tmp_path)
        walk.follow(walk.say("app_start"))
        walk.step("back")
        seen.quiet()
    record_property("seconds", walk.took)
    print(language, width, walk.took)
