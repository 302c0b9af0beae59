"""The report in a browser: drawn, offline, complete, narrow enough for a telephone, and deaf to markup in names."""

import re
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from allocator.planning.plan import plan
from reports.planning.page import facts, report_html
from reports.planning.sentences import verdict_statement
from scenarios.load import load_scenario
from tests.browsers import file_window

LANGUAGES = ("zh", "en")
BARS = ("figure_rates", "figure_contribution", "figure_score")
FIGURES = (*BARS, "figure_argument", "figure_waterfall", "figure_lorenz")
LARGEST = 5_500_000  # bytes; plotly.js alone is 4.8 MB


@dataclass
class Seen:
    """A page and everything it asked for or complained about."""

    page: object
    url: str
    requests: list = field(default_factory=list)
    complaints: list = field(default_factory=list)

    def quiet(self):
        """Hold that the page asked for nothing but itself and complained about nothing."""
        assert [url for url in self.requests if not url.startswith("data:")] == [self.url]
        assert self.complaints == []


@contextmanager
def looking(browser, path, width=1280, folded=False):
    """Open a file in a page without network; what it says and asks for is recorded. All is unfolded, or as it comes."""
    with file_window(browser, path, width) as (page, address):
        seen = Seen(page, address)
        page.on("request", lambda request: seen.requests.append(request.url))
        page.on("pageerror", lambda error: seen.complaints.append(str(error)))
        page.on("console", lambda message: seen.complaints.append(f"{message.type}: {message.text}"))

        def refuse(dialog):
            seen.complaints.append(f"dialog: {dialog.message}")
            dialog.dismiss()

        page.on("dialog", refuse)
        page.goto(seen.url)
        page.wait_for_function(
            "names => names.every(name => document.querySelector(`#${name} .barlayer .point path`))", arg=list(BARS)
        )
        if not folded:
            page.locator("#unfold").click()
            page.wait_for_function("() => document.querySelectorAll('details.chapter:not([open])').length === 0")
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
        yield seen


CAPPED = (
    "total={cap: 27500, reserve: 100, caps: total}",
    "incentive={target: 19%, step: 0.5 points}",
    "growth_uncertainty=2%",
)
"""All that makes the report of fourteen cities longer: caps, incentive targets, growth that may be off."""


@pytest.fixture(scope="session")
def capped_plan():
    """Return a plan of both targets with as much said of each city as there can be."""
    return plan(load_scenario("guangxi-13fyp", CAPPED))


@pytest.fixture(scope="session")
def reports(guangxi_plan, hostile_plan, capped_plan, tmp_path_factory):
    """Write the reports that the tests look at."""
    folder = tmp_path_factory.mktemp("reports")
    paths = {}
    for name, result in (("guangxi", guangxi_plan), ("hostile", hostile_plan), ("capped", capped_plan)):
        for language in LANGUAGES:
            path = folder / f"{name}-{language}.html"
            path.write_text(report_html(result.record, language), "utf-8")
            paths[name, language] = path
    return paths


def chinese_is_drawn(page):
    """A missing glyph is the same box for every character; these differ from it and from each other."""
    drawn = page.evaluate(
        """characters => characters.map(character => {
            const canvas = document.createElement("canvas");
            canvas.width = canvas.height = 64;
            const pen = canvas.getContext("2d", {willReadFrequently: true});
            pen.font = "40px " + getComputedStyle(document.body).fontFamily;
            pen.fillText(character, 8, 48);
            return Array.from(pen.getImageData(0, 0, 64, 64).data).join();
        })""",
        ["广", "西", "碳", "\uffff", "\U000e0fff"],
    )
    assert len(set(drawn[:3])) == 3
    assert not set(drawn[:3]) & set(drawn[3:])


def no_sideways_scroll(page):
    """Hold that a telephone need not scroll the page sideways, and that each chart ends above what follows it."""
    box = "document.querySelector('#figure_score .main-svg').getBoundingClientRect()"
    page.wait_for_function(f"{box}.width < 390 && {box}.height === 700")  # the long legend has got its room
    widths = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert widths[0] <= widths[1] == 390
    for name in FIGURES:
        box = page.locator(f"#{name}").bounding_box()
        caption = page.locator(f"figure:has(#{name}) figcaption").bounding_box()
        assert box["y"] + box["height"] <= caption["y"] + 1


def no_column_is_cut_in_print(page):
    """A4 across, less its margins, is 1032 CSS pixels wide."""
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1032, "height": 700})
    for table in ("allocation", "heat", "equity", "indicators", "inputs", "formulas"):
        box = page.locator(f"#{table}").bounding_box()
        assert box["x"] + box["width"] <= 1032
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def count(page, selector):
    return page.locator(selector).count()


def test_size(reports, record_property):
    for key, path in reports.items():
        record_property("-".join(key), path.stat().st_size)
        assert path.stat().st_size < LARGEST


def test_no_outside_address_is_loaded(guangxi_plan):
    own = report_html(guangxi_plan.record, "zh")
    from plotly.offline import get_plotlyjs

    rest = own.replace(get_plotlyjs(), "")
    for loading in ("src=", "@import", "url(", "http:", "https:", "//cdn"):
        assert loading not in rest
    assert rest.count("<link ") == 1
    assert '<link rel="icon" href="data:,">' in rest
    assert rest.count('"showSendToCloud":false') == 1  # the settings of all charts
    assert '"showSendToCloud":true' not in rest


def test_key_figures(guangxi_plan):
    assert facts(guangxi_plan.record.province, "zh") == [
        ("总目标", "17.00%", ""),
        ("分解合计下降", "17.02%", ""),
        ("超出", "0.02 个百分点", "6.1 万吨"),
        ("结构效应", "+2.08 个百分点", "646.5 万吨"),
        ("各地区同降须达", "18.69%", ""),
    ]
    short = guangxi_plan.record.province.model_copy(update={"overshoot_points": -2.27, "overshoot_10kt": -706.8})
    assert facts(short, "en")[2] == ("short", "2.27 points", "706.8 × 10⁴ t CO₂")


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report(browser, reports, guangxi_plan, language):
    record = guangxi_plan.record
    with looking(browser, reports["guangxi", language]) as seen:
        page = seen.page
        assert page.get_attribute("html", "lang") == {"zh": "zh-CN", "en": "en"}[language]
        assert page.title() == record.scenario.title.say(language)

        first = page.locator(".first > *").first
        assert first.get_attribute("id") == "verdict"
        said = first.locator("strong").inner_text().replace("\u00a0", " ")
        assert said == verdict_statement(record.province, language)
        assert count(page, "#verdict .facts > div") == 5

        assert count(page, "#figure_rates .barlayer .point path") == 14
        assert count(page, "#figure_rates .scatterlayer .trace:last-child .points path") == 14
        assert count(page, "#figure_rates .shapelayer path") == 1
        assert count(page, "#figure_contribution .barlayer .point path") == 14
        assert count(page, "#figure_score .barlayer .trace") == 9
        assert count(page, "#figure_score .barlayer .point path") == 9 * 14
        for name in BARS:
            labels = page.locator(f"#{name} .xaxislayer-above text").all_text_contents()
            assert sorted(labels) == sorted(r.label(language) for r in record.regions)

        assert count(page, "#allocation tbody tr") == 14
        assert page.locator("#allocation tbody th").all_inner_texts() == [r.label(language) for r in record.regions]
        assert count(page, "#allocation tfoot tr") == 1
        assert count(page, "#scores tbody tr") == 14
        assert count(page, "#inputs tbody tr") == 14
        assert count(page, "#indicators tbody tr") == 9
        reasons = page.locator("#reasons dd").all_inner_texts()
        for text, region in zip(reasons, record.regions, strict=True):
            whole = region.reason.say(language)
            assert whole.lower().endswith(text.replace("\u00a0", " ").lower())
        assert all(len(page.locator(f"#{name}").inner_text()) > 50 for name in FIGURES)
        for tested in page.locator("main td").all_inner_texts():
            assert tested not in ("nan", "None", "inf")
        chinese_is_drawn(page)
        page.set_viewport_size({"width": 390, "height": 900})
        no_sideways_scroll(page)
        no_column_is_cut_in_print(page)
        seen.quiet()


@pytest.mark.browser
def test_markup_in_names_stays_text_on_telephone_and_screen(browser, reports, hostile_plan):
    record = hostile_plan.record
    with looking(browser, reports["hostile", "zh"], width=390) as seen:
        page = seen.page
        no_sideways_scroll(page)
        page.set_viewport_size({"width": 1280, "height": 900})
        width = "document.querySelector('#figure_contribution .main-svg').getBoundingClientRect().width"
        page.wait_for_function(f"{width} > 900")
        names = [r.label("zh") for r in record.regions]
        assert page.locator("#allocation tbody th").all_text_contents() == names
        assert page.locator("#reasons dt").all_text_contents() == names
        for element in ("img", "main b", "i", "iframe", "main script:not(figure script)"):
            assert count(page, element) == 0, element
        assert page.title() == "</title><b>题</b>"
        labels = page.locator("#figure_rates .xaxislayer-above text").all_text_contents()
        for text in ("<script>alert(1)</script>"[:23], "<b>粗体</b>", "{{7*7}}", "%{y}<br>%{x}", "A&lt;B&amp;C"):
            assert any(label.startswith(text) for label in labels), text
        legend = page.locator("#figure_score .legend").text_content()
        assert "<img src=y onerror=alert(3)> %{x}" in legend
        # what hovering shows is text as well
        for name in BARS:
            page.locator(f"#{name}").scroll_into_view_if_needed()
            box = page.locator(f"#{name} .barlayer .point path").first.bounding_box()
            page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] * 0.7)
            page.wait_for_selector(f"#{name} .hoverlayer .hovertext")
        assert count(page, "img, main b, i") == 0
        seen.quiet()


@pytest.mark.browser
def test_tables_are_sorted_by_mouse_and_keyboard(browser, reports, guangxi_plan):
    record = guangxi_plan.record
    with looking(browser, reports["guangxi", "en"]) as seen:
        page = seen.page
        names = page.locator("#allocation tbody th")
        head = page.locator("#allocation thead th").nth(2)
        head.get_by_role("button").click()
        assert head.get_attribute("aria-sort") == "descending"
        falling = sorted(record.regions, key=lambda r: -r.published_rate)
        assert names.all_inner_texts() == [r.name_en for r in falling]
        head.get_by_role("button").press("Enter")
        assert head.get_attribute("aria-sort") == "ascending"
        assert names.first.inner_text() == falling[-1].name_en
        page.locator("#allocation thead th").nth(1).get_by_role("button").press("Space")
        assert head.get_attribute("aria-sort") is None
        assert names.all_inner_texts() == sorted((r.name_en for r in record.regions), reverse=True)
        assert page.locator("#allocation tfoot th").inner_text() == "province"
        seen.quiet()


@pytest.mark.browser
def test_both_languages_are_in_the_file(browser, reports, guangxi_plan):
    record = guangxi_plan.record
    with looking(browser, reports["guangxi", "zh"]) as seen:
        page = seen.page
        target = page.get_by_label("总目标", exact=True)
        target.fill("18")
        page.locator("#switch").press("Enter")
        assert page.get_attribute("html", "lang") == "en"
        assert page.title() == record.scenario.title.en
        assert page.evaluate("document.activeElement.id") == "switch"
        page.wait_for_function("() => document.querySelectorAll('#figure_score .barlayer .trace').length === 9")
        labels = page.locator("#figure_rates .xaxislayer-above text").all_text_contents()
        assert sorted(labels) == sorted(r.name_en for r in record.regions)
        assert page.get_by_label("provincial target", exact=True).input_value() == "18"
        assert "target of 18.00 %" in page.locator("#whatif-verdict").inner_text()
        page.locator("#switch").click()
        assert page.get_attribute("html", "lang") == "zh-CN"
        assert page.locator("#allocation tbody th").all_inner_texts() == [r.name for r in record.regions]
        assert count(page, "#figure_score .barlayer .trace") == 9
        target.fill("30")
        assert "无解" in page.locator("#whatif-verdict").inner_text()
        seen.quiet()


ON_PAPER = "all => all.map(e => e.checkVisibility())"


@pytest.mark.browser
def test_what_is_folded_is_printed(browser, reports):
    """All chapters are; the tables of a chart's figures are not: the chart beside them is."""
    with looking(browser, reports["guangxi", "zh"], folded=True) as seen:
        page = seen.page
        chapters = count(page, "details.chapter")
        assert chapters == 7
        assert count(page, "details[open]") == 0
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        assert count(page, "details.chapter[open]") == chapters
        printed = page.locator("#reasons, #heat, #indicators, #equity, #inputs, #formulas, #verdict dl.facts")
        assert printed.evaluate_all(ON_PAPER) == [True] * 7
        assert page.locator("#waterfall, #lorenz, #scores, nav, #whatif").evaluate_all(ON_PAPER) == [False] * 5
        assert page.locator("#allocation .more").evaluate_all(ON_PAPER).count(False) == 0
        page.emulate_media(media="screen")
        page.evaluate("window.dispatchEvent(new Event('afterprint'))")
        assert count(page, "details[open]") == 0


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "most"), [("guangxi", 5), ("capped", 7)])
def test_fourteen_cities_are_seven_pages_at_most(browser, reports, name, most, language):
    with looking(browser, reports[name, language], folded=True) as seen:
        raw = seen.page.pdf(prefer_css_page_size=True)
    assert 4 <= len(re.findall(rb"/Type\s*/Page\b", raw)) <= most


@pytest.mark.browser
def test_the_first_screen_is_verdict_table_and_one_picture(browser, reports, guangxi_plan):
    with looking(browser, reports["guangxi", "zh"], folded=True) as seen:
        page = seen.page
        heights = "all => all.map(e => e.getBoundingClientRect().bottom)"
        for part in ("#verdict", "nav.contents", "#allocation", "#figure_rates"):
            assert page.locator(part).evaluate_all(heights)[0] <= 900, part
        assert page.locator("#figure_rates .main-svg").first.bounding_box()["width"] < 640
        widths = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert widths[0] <= widths[1]
        assert page.locator(".js-plotly-plot").evaluate_all(ON_PAPER).count(True) == 1
        heads = page.locator("#allocation thead th:visible").all_inner_texts()
        assert [text.split("（")[0].strip() for text in heads] == [
            "地区", "下降目标", "参考下降率", "测算下降率", "所受约束", "占所需减排总量",
        ]  # fmt: skip
        assert (
            page.locator("#verdict > p").inner_text()
            == "下降目标最高为柳州 24.0%，最低为河池 12.0%。各地区若同降，须各降 18.69%。"
        )
        page.locator("#all-columns").check()
        assert page.locator("#allocation thead th:visible").count() == 14
        # the list of contents leads into a chapter, and opens it
        page.locator("nav.contents a", has_text="得分与指标").click()
        page.wait_for_selector("#figure_score .barlayer .point path", state="visible")
        assert page.locator("details[open]").evaluate_all("all => all.map(e => e.id)") == ["chapter-scores"]
        assert page.locator("#figure_score .main-svg").first.bounding_box()["width"] > 1000
        seen.quiet()


@pytest.mark.browser
def test_a_table_that_is_too_wide_says_that_it_scrolls(browser, reports):
    with looking(browser, reports["guangxi", "zh"], width=390) as seen:
        page = seen.page
        page.wait_for_selector("#heat")
        wide = "all => all.map(e => [e.scrollWidth > e.clientWidth + 1, e.dataset.wide ?? ''])"
        page.wait_for_function("() => document.querySelector('.scroll:has(#heat)').dataset.wide")
        said = page.locator(".scroll").evaluate_all(wide)
        assert {text for far, text in said if far} == {"表格较宽，可左右滑动 ⇆"}
        assert {text for far, text in said if not far} == {""}
        page.locator("#switch").click()
        page.wait_for_function("() => document.querySelector('.scroll:has(#heat)').dataset.wide.startsWith('This')")
        page.set_viewport_size({"width": 1280, "height": 900})
        page.wait_for_function("() => !document.querySelector('.scroll:has(#heat)').dataset.wide")
        seen.quiet()
