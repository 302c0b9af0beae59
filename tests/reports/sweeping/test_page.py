"""The page of a sweep in a browser, and what the plan's report says of it."""

import json
import re
from contextlib import contextmanager
from html import unescape

import pytest

from allocator.planning.files import find_sweep, write_plan
from reports.planning.page import report_html
from reports.sweeping.page import facts, section, sweep_html
from reports.sweeping.sentences import headline, region_statement, sweep_statements
from scenarios.wording import LANGUAGES
from tests.browsers import file_window

FIGURES = ("acceptability", "ridge", "map", "tornado", "heat", "flow")


@contextmanager
def looking(browser, path, width=1280, drawn="#figure_flow .scatterlayer .point"):
    """Open a file without network; complaints and requests are recorded."""
    with file_window(browser, path, width) as (page, address):
        page.heard = []
        page.on("request", lambda request: page.heard.append(request.url))
        page.on("pageerror", lambda error: page.heard.append(str(error)))
        page.on("console", lambda message: page.heard.append(message.text))
        page.on("dialog", lambda dialog: (page.heard.append(dialog.message), dialog.dismiss()))
        page.goto(address)
        page.wait_for_selector(drawn)
        yield page
        assert [what for what in page.heard if not what.startswith("data:")] == [address]


@pytest.fixture(scope="session")
def pages(made, hostile, tmp_path_factory):
    folder = tmp_path_factory.mktemp("sweeps")
    for name, record, language in (("made", made, "zh"), ("made", made, "en"), ("hostile", hostile, "zh")):
        (folder / f"{name}-{language}.html").write_text(sweep_html(record, language), "utf-8")
    return folder


def test_key_figures(made):
    assert facts(made, "zh") == [
        ("样本", "1,000", ""),
        ("类别稳定的地区", "2", "共 3 个"),
        ("类别表完全不变", "60.0%", "的样本"),
        ("最大变动范围", "21.00 个百分点", "甲市"),
        ("最小换类权重转移", "25.0 个百分点", "甲市"),
    ]


@pytest.mark.browser
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page(browser, pages, made, language):
    with looking(browser, pages / f"made-{language}.html") as page:
        said = [text.replace("\u00a0", " ") for text in page.locator("#verdict > p").all_inner_texts()]
        assert said == sweep_statements(made, language)
        for name in FIGURES:
            assert page.locator(f"#figure_{name} .main-svg").count() > 0
            assert len(page.locator(f"figure:has(#figure_{name})").get_attribute("aria-label")) > 20
        for table, count in (("acceptability", 3), ("regions-1", 3), ("swings", 9), ("effects", 9), ("pairs", 2)):
            assert page.locator(f"#{table} tbody tr").count() == count

        colours = "document.querySelector('#figure_map').data[0].marker.color.slice(0, 3)"
        assert page.input_value("#choose") == made.regions[0].label(language)
        before, tornado = page.evaluate(colours), page.evaluate("document.querySelector('#figure_tornado').data[0].x")
        page.select_option("#choose", index=2)
        page.wait_for_function(f"JSON.stringify({colours}) !== '{before}'.replaceAll(' ', '')")
        assert page.evaluate(colours) == [25, 24, 23]
        assert page.evaluate("document.querySelector('#figure_tornado').data[0].x") != tornado
        text = page.locator("#city-text").inner_text()
        assert text == region_statement(made, made.regions[2], language)
        page.select_option("#choose", index=0)
        page.wait_for_function(f"JSON.stringify({colours}) === JSON.stringify({before})")

        page.set_viewport_size({"width": 390, "height": 900})
        page.wait_for_function("document.querySelector('#figure_flow .main-svg').getBoundingClientRect().width < 390")
        widths = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert widths == [390, 390]

        page.emulate_media(media="print")
        page.set_viewport_size({"width": 1032, "height": 700})
        for box in [table.bounding_box() for table in page.locator("table").all()]:
            assert box["x"] + box["width"] <= 1032


@pytest.mark.browser
def test_names_stay_text(browser, pages, hostile, hostile_names):
    with looking(browser, pages / "hostile-zh.html") as page:
        assert page.locator("#choose option").all_text_contents() == list(hostile_names)
        assert page.locator("#acceptability tbody th").all_text_contents() == list(hostile_names)
        page.select_option("#choose", index=2)
        assert page.locator("#city-text").inner_text() == region_statement(hostile, hostile.regions[2], "zh")
        assert page.locator("img, main i, main script:not(figure script)").count() == 0


@pytest.mark.parametrize("kept", ["regions", "criteria", "map", "cases", "swings"])
def test_what_a_record_lacks_is_left_out(made, crowd, kept):
    parts = {
        "regions": crowd,
        "criteria": made.model_copy(update={"criteria": (*made.criteria, made.criteria[0]), "map": ()}),
        "map": made.model_copy(update={"map": ()}),
        "cases": made.model_copy(update={"cases": ()}),
        "swings": made.model_copy(update={"regions": tuple(r.model_copy(update={"swings": ()}) for r in made.regions)}),
    }
    record = parts[kept]
    if kept == "criteria":
        more = {"first": (0.1,) * 4, "total": (0.1,) * 4, "radius": None, "central_weights": ((0.25,) * 4, None)}
        regions = (r.model_copy(update={**more, "swings": (*r.swings, r.swings[0])}) for r in record.regions)
        record = record.model_copy(update={"regions": tuple(regions)})
    page = sweep_html(record, "zh")
    assert ('id="figure_map"' in page) == (kept in ("regions", "cases", "swings"))
    assert ('id="figure_flow"' in page) == (kept != "cases")
    assert ('id="figure_heat"' in page) == (kept != "swings")
    assert ("本页的图表只列类别最不稳定的 60 个" in page) == (kept == "regions")
    assert ("本方案有 4 项，故从略" in page) == (kept == "criteria")


def fitting(plan, made):
    """Return a sweep as if made from a plan's inputs."""
    regions = tuple(
        made.regions[n % 3].model_copy(update={"id": r.id, "name": r.name, "published_rate": r.published_rate})
        for n, r in enumerate(plan.record.regions)
    )
    update = {"regions": regions, "inputs": plan.record.provenance.inputs, "cases": (), "map": (), "pairs": ()}
    return made.model_copy(update={**update, "options": plan.record.provenance.options})


def charts_of(page):
    """Return a page without its charts, and these."""
    start = page.index('id="charts">') + len('id="charts">')
    end = page.index("</script>", start)
    return page[:start] + page[end:], json.loads(page[start:end])["figures"]


def test_the_report_has_a_section_only_with_a_sweep(guangxi_plan, made):
    without = report_html(guangxi_plan.record, "zh")
    sweep = fitting(guangxi_plan, made)
    with_it = report_html(guangxi_plan.record, "zh", sweep)
    assert 'id="sweep"' not in without
    assert headline(sweep, "zh") in with_it
    assert '<a href="sweep/sweep.html">' in with_it
    said = unescape(with_it)
    assert all(headline(sweep, language) in said for language in LANGUAGES)
    start = with_it.index('<details class="chapter" id="chapter-sweep">')
    end = with_it.index("</details>\n\n", start) + len("</details>\n\n")
    listed = re.compile('<li><a href="#chapter-sweep">.*?</a></li>')
    assert len(listed.findall(with_it)) == 1
    rest, of_both = charts_of(listed.sub("", with_it[:start] + with_it[end:]))
    assert of_both.pop("figure_acceptability")["data"]
    assert (rest, of_both) == charts_of(without)
    assert not [text for text in section(sweep, "zh").statements if text.startswith("依据")]


def test_a_sweep_is_found_beside_its_plan_and_one_that_does_not_fit_is_left_out(guangxi_plan, made, tmp_path):
    folder = tmp_path / "plan"
    write_plan(guangxi_plan, folder, "zh")
    assert find_sweep(folder, guangxi_plan.record) is None
    (folder / "sweep").mkdir()
    sweep = fitting(guangxi_plan, made)
    (folder / "sweep" / "sweep.json").write_text(sweep.to_json(), "utf-8")
    assert find_sweep(folder, guangxi_plan.record) == sweep.sealed()
    write_plan(guangxi_plan, folder, "zh")
    assert 'id="sweep"' in (folder / "report.html").read_text("utf-8")

    for update in ({"inputs": {}}, {"options": ("target=16%",)}, {"regions": sweep.regions[1:]}):
        other = sweep.model_copy(update=update)
        (folder / "sweep" / "sweep.json").write_text(other.to_json(), "utf-8")
        assert find_sweep(folder, guangxi_plan.record) is None
    (folder / "sweep" / "sweep.json").write_text("{", "utf-8")
    write_plan(guangxi_plan, folder, "zh")
    text = (folder / "report.html").read_text("utf-8")
    assert 'id="sweep"' not in text
    assert "请重新运行 allocator sweep" in text
