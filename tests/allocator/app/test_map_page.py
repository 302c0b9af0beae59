"""The map of the page: that of the report, redrawn after every move, said in a table, told apart without colours."""

import itertools
import shutil

import pytest

from allocator.app.answers import answer
from allocator.app.controls import page_values
from allocator.app.desk import Desk
from allocator.app.questions import Question
from allocator.planning.plan import plan
from reports.planning.maps.plan_map import map_section, plan_map
from reports.printing.looks import luminance
from scenarios.load import find_scenario, load_scenario
from tests.allocator.app.beside.conftest import narrow_and_accessible
from tests.allocator.app.test_page import TARGET
from tests.map_files import GUANGXI, guangxi_map

TILES = "region,row,column\n" + "".join(f"{name},{n // 5 + 1},{n % 5 + 1}\n" for n, (_, name) in enumerate(GUANGXI))
MAPS = {"shapes": ("map.geojson", guangxi_map()), "tiles": ("tiles.csv", TILES)}

# fills of the regions on the map, and of its legend, as the browser drew them
FILLS = """() => [...document.querySelectorAll("#map .fills path.js-fill")].map(each => each.style.fill)"""
LEGEND = """() => [...document.querySelectorAll("#map .legend .traces")].map(each => [
    each.querySelector(".legendtext").textContent, each.querySelector("path").style.fill])"""
WRITTEN = """() => [...document.querySelectorAll("#map .textpoint text")].map(each =>
    [...each.querySelectorAll("tspan")].map(line => line.textContent))"""


@pytest.fixture(scope="module", params=["shapes", "tiles"])
def mapped(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param) / "case"
    shutil.copytree(find_scenario("guangxi-13fyp").parent, folder)
    name, content = MAPS[request.param]
    (folder / name).write_text(content, "utf-8")
    given = (f"{request.param}={name}", "publish.classes=4")
    return Desk.open(str(folder), given, folder=folder.parent / "rounds")


def whole(desk, figure):
    """Return a figure with the borders that the page has from the start."""
    outlines = page_values(desk, "zh")["map"]["outlines"]
    return {**figure, "data": [{**t, **o} for t, o in zip(figure["data"], outlines, strict=False)]
            + figure["data"][len(outlines) :]}  # fmt: skip


@pytest.mark.parametrize("shown", ["published_rate", "class", "contribution"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_map_is_that_of_the_report(mapped, shown, language):
    settings = mapped.own.model_copy(update={"target": mapped.own.target + 1})
    said = answer(mapped, language, Question(settings=settings, map=shown))["map"]
    record = plan(load_scenario(mapped.source, [*mapped.given, "target=18%"])).record
    assert whole(mapped, said["figure"]) == plan_map(record, shown, language)
    assert all("x" not in trace for trace in said["figure"]["data"] if trace.get("fill"))
    section = map_section(record, language)
    assert said["title"] == section.titles[f"figure_map_{shown}"]
    assert len(said["table"]["rows"]) == len(section.table.rows) == 14


def test_without_a_map_there_is_none(desk):
    said = answer(desk, "zh", Question(settings=desk.own, map="published_rate"))
    assert said["ok"]
    assert said["map"] is None
    assert page_values(desk, "zh")["map"] is None


def test_without_classes_none_are_offered(guangxi_folder, tmp_path):
    (guangxi_folder / "tiles.csv").write_text(TILES, "utf-8")
    desk = Desk.open(str(guangxi_folder), ("tiles=tiles.csv",), folder=tmp_path / "rounds")
    assert [code for code, _ in page_values(desk, "en")["map"]["choices"]] == ["published_rate", "contribution"]
    assert answer(desk, "zh", Question(settings=desk.own, map="class"))["map"] is None


def drawn(page, figure):
    """Wait until the map shows the values of a figure, and return name -> value as they are written on it."""
    wanted = figure["data"][14]["text"]
    page.wait_for_function(
        f"wanted => JSON.stringify(({WRITTEN})().map(lines => lines.join('<br>'))) === JSON.stringify(wanted)",
        arg=wanted,
    )
    return dict(text.split("<br>") for text in wanted)


@pytest.mark.browser
@pytest.mark.parametrize(("width", "path"), [(1280, "/zh/"), (390, "/en/")])
def test_a_move_redraws_the_map_and_its_table(look, serve_desk, mapped, width, path):
    language = path.strip("/")
    with serve_desk(mapped) as url, look(url, width=width, path=path) as seen:
        page = seen.page
        record = plan(load_scenario(mapped.source, mapped.given)).record
        before = drawn(page, plan_map(record, "published_rate", language))
        fills = page.evaluate(FILLS)
        assert len(fills) == 14
        seen.move(TARGET, 19)
        record = plan(load_scenario(mapped.source, [*mapped.given, "target=19%"])).record
        after = drawn(page, plan_map(record, "published_rate", language))
        assert after != before
        page.locator("#map-figure summary").click()
        cells = [row.locator("th, td").all_text_contents()[:2] for row in page.locator("#map-table tbody tr").all()]
        assert dict(cells) == {r.label(language): f"{r.published_rate * 100:.2f}" for r in record.regions}
        assert len(page.locator("#map .main-svg").all()) == 3  # drawn in place, not beside the old one
        for shown in ("class", "contribution"):
            page.locator("#map-shown").select_option(shown)
            drawn(page, plan_map(record, shown, language))
            greys = [luminance(colour) for _, colour in legend(page)]
            assert greys in (sorted(greys, reverse=True), sorted(greys))
            assert min(abs(one - two) for one, two in itertools.pairwise(greys)) > 0.03
        narrow_and_accessible(page)
        page.reload()  # what was chosen, and what was moved
        drawn(page, plan_map(record, "contribution", language))
        assert page.locator("#map-shown").input_value() == "contribution"
        seen.quiet()


def legend(page):
    """Return what the legend says, and the colours beside it, as the browser drew them."""
    found = page.evaluate(LEGEND)
    return [(name, [int(part) for part in fill.strip("rgb()").split(",")]) for name, fill in found]
