"""The maps of a plan and of a tracking: shades in order, values written on the cities, nothing without a map."""

import itertools
import json
import shutil
from decimal import Decimal

import pytest
from pydantic import ValidationError

from allocator.planning.plan import plan
from allocator.tracking.track import track
from reports.mapping.record import OutlineRecord
from reports.mapping.shades import colours, ranges, steps
from reports.planning.maps.plan_map import map_section, plan_map, shown_on_maps
from reports.planning.page import report_html
from reports.planning.record import PlanRecord
from reports.printing.looks import luminance
from reports.tracking.lights_map import lights_map
from reports.tracking.page import track_html
from scenarios.load import find_scenario, load_scenario
from scenarios.mapping.drawing import Outline
from tests.browsers import file_window
from tests.conftest import HOSTILE
from tests.map_files import GUANGXI, guangxi_map, square

_TILES = "region,row,column\n" + "".join(f"{name},{n // 5 + 1},{n % 5 + 1}\n" for n, (_, name) in enumerate(GUANGXI))


def light(colour):
    return luminance([int(colour[k : k + 2], 16) for k in (1, 3, 5)])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("map") / "case"
    shutil.copytree(find_scenario("guangxi-13fyp").parent, made)
    (made / "map.geojson").write_text(guangxi_map(), "utf-8")
    (made / "tiles.csv").write_text(_TILES, "utf-8")
    return made


@pytest.fixture(scope="module")
def record(folder):
    return plan(load_scenario(folder, ["shapes=map.geojson", "publish.classes=4"])).record


@pytest.fixture(scope="module")
def tracked(folder):
    return track(load_scenario(folder, ["shapes=map.geojson"]), folder / "actuals-example.csv").record


def filled(figure):
    return [trace for trace in figure["data"] if trace.get("fill") == "toself"]


def legend(figure):
    return [(trace["name"], trace["marker"]["color"]) for trace in figure["data"] if trace["type"] == "bar"]


def test_steps_by_hand():
    """Five values or fewer: a step each. Six from 10 to 20 in widths of 2: none from 16 to 18."""
    assert steps([Decimal(3), Decimal(1), Decimal(3)]) == [1, 0, 1]
    values = [Decimal(text) for text in ("10", "11.99", "12", "15", "19", "20")]
    assert steps(values) == [0, 0, 1, 2, 3, 3]
    assert ranges(values, steps(values))[::3] == [(10, Decimal("11.99")), (19, 20)]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_shades_darken_in_order(count):
    greys = [light(colour) for colour in colours(count)]
    assert greys == sorted(greys, reverse=True)
    assert all(one - other > 0.08 for one, other in itertools.pairwise(greys))
    assert greys[0] < 0.9  # stands out from the white of the page
    # black text on it by 8 to 1, or white by 4.5 to 1 (WCAG 2)
    assert all((grey + 0.05) / 0.05 >= 8 or 1.05 / (grey + 0.05) >= 4.5 for grey in greys)


def test_a_darker_city_has_a_higher_target(record):
    figure = plan_map(record, "published_rate", "zh")
    pairs = sorted(
        (r.published_rate, -light(t["fillcolor"])) for r, t in zip(record.regions, filled(figure), strict=True)
    )
    assert [shade for _, shade in pairs] == sorted(shade for _, shade in pairs)
    written = next(trace for trace in figure["data"] if trace.get("mode") == "text")
    assert written["text"][0] == "南宁<br>23.00"
    assert legend(figure)[0][0] == "12.00%"
    assert [name for name, _ in legend(plan_map(record, "published_rate", "en"))][-1] == "23.00 %"


def test_text_stands_out_from_every_shade(record):
    for shown in shown_on_maps(record):
        figure = plan_map(record, shown, "zh")
        written = next(trace for trace in figure["data"] if trace.get("mode") == "text")
        for trace, colour in zip(filled(figure), written["textfont"]["color"], strict=True):
            bright, dark = sorted((light(trace["fillcolor"]), light(colour)), reverse=True)
            assert (bright + 0.05) / (dark + 0.05) >= 4.5


def test_classes_and_shares(record):
    by_class = plan_map(record, "class", "zh")
    assert [name for name, _ in legend(by_class)] == ["第4类", "第3类", "第2类", "第1类"]
    assert "南宁<br>1" in next(trace for trace in by_class["data"] if trace.get("mode") == "text")["text"]
    shares = plan_map(record, "contribution", "en")
    assert sum(float(trace["text"].split("<br>")[1]) for trace in filled(shares)) == pytest.approx(
        sum(r.contribution for r in record.regions) * 100, abs=0.07
    )


def test_rings_are_drawn_apart(record):
    """北海 has an island: two rings with a gap between, each closed."""
    x = filled(plan_map(record, "published_rate", "zh"))[4]["x"]
    gap = x.index(None)
    assert x[0] == x[gap - 1]
    assert x[gap + 1] == x[-1]


def test_the_table_says_what_the_maps_show(record):
    section = map_section(record, "zh")
    assert section.codes == ("figure_map_published_rate", "figure_map_class", "figure_map_contribution")
    assert section.table.rows[0][:3] == ("南宁", "23.00", "1")
    assert {row[-1] for row in section.table.rows} == {"有"}


def test_a_city_without_a_shape_stands_in_the_table(record):
    first, *others = record.regions
    less = record.model_copy(update={"regions": (first.model_copy(update={"outline": None}), *others)})
    assert map_section(less, "en").table.rows[0][-1] == "no"
    assert len(filled(plan_map(less, "published_rate", "zh"))) == 13
    assert 'id="map-table"' in report_html(less, "zh")


def test_without_a_map_there_is_nothing_of_it(guangxi_plan):
    record = guangxi_plan.record
    assert shown_on_maps(record) == ()
    assert plan_map(record, "published_rate", "zh") is None
    assert "outline" not in record.to_json()
    page = report_html(record, "zh")
    assert "figure_map" not in page
    assert 'id="maps"' not in page


def test_the_record_comes_back_as_it_was_written(record):
    again = PlanRecord.model_validate_json(record.to_json())
    assert again.regions[4].outline == record.regions[4].outline
    assert plan_map(again, "class", "zh") == plan_map(record, "class", "zh")


def test_a_record_in_few_digits():
    ring = ((0.0, 0.0), (1000.0, 0.126), (-0.001, 12.5), (0.0, 0.0))
    made = OutlineRecord.drawn("shapes", Outline((ring,), (1.26, 2.0)))
    assert made.rings == ("0 0 1000 0.13 0 12.5 0 0",)
    assert made.points == ([0, 1000, 0, 0], [0, 0.13, 12.5, 0])
    assert made.label == (1.3, 2.0)


@pytest.mark.parametrize("ring", ["0 0 1 1 2 2 0", "0 0 1 1 0 0", "0 0 1.2.3 1 2 2 0 0", "0 0 x 1 2 2 0 0"])
def test_a_record_that_was_altered(ring):
    with pytest.raises(ValidationError):
        OutlineRecord(kind="shapes", rings=(ring,), label=(0, 0))


def test_tiles_in_the_same_figure(folder):
    record = plan(load_scenario(folder, ["tiles=tiles.csv"])).record
    assert shown_on_maps(record) == ("published_rate", "contribution")
    figure = plan_map(record, "published_rate", "en")
    assert {len(trace["x"]) for trace in filled(figure)} == {5}
    assert "tile" in map_section(record, "en").note
    assert figure["layout"]["meta"]["high"] == pytest.approx(2.92 / 4.92, abs=1e-3)


def test_lights_in_patterns(tracked):
    figure = lights_map(tracked, "zh")
    assert [name for name, _ in legend(figure)] == ["绿灯", "黄灯", "红灯"]
    patterns = {trace["text"].split("<br>")[1]: trace["fillpattern"]["shape"] for trace in filled(figure)}
    assert patterns == {"绿灯": "", "黄灯": "/", "红灯": "x"}
    assert 'id="figure_map_light"' in track_html(tracked, "zh", "2026")
    bare = tracked.model_copy(
        update={"regions": tuple(r.model_copy(update={"outline": None}) for r in tracked.regions)}
    )
    assert lights_map(bare, "zh") is None
    assert 'figure_map_light"></div>' not in track_html(bare, "zh", "2026")


def test_markup_in_names_stays_text(record):
    """Names of regions are escaped on the map; those of shapes that match nothing only in what is said."""
    regions = [r.model_copy(update={"name": name}) for r, name in zip(record.regions, HOSTILE, strict=True)]
    figure = plan_map(record.model_copy(update={"regions": tuple(regions)}), "class", "zh")
    texts = json.dumps([[trace.get("text"), trace.get("name")] for trace in figure["data"]])
    assert "<script" not in texts
    assert "<img" not in texts
    assert "hovertemplate" not in json.dumps(figure)


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390])
def test_the_maps_in_a_browser(browser, record, tmp_path, width):
    """Drawn offline, the hole left open, the same number of shades apart in grey, no wider than the screen."""
    path = tmp_path / "report.html"
    path.write_text(report_html(record, "zh"), "utf-8")
    complaints = []
    with file_window(browser, path, width) as (page, address):
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(address)
        page.evaluate("document.querySelectorAll('details.chapter').forEach(each => { each.open = true; })")
        page.wait_for_selector("#figure_map_contribution .textpoint")
        for shown in ("published_rate", "class", "contribution"):
            assert page.locator(f"#figure_map_{shown} .fills path.js-fill").count() == 14
            assert page.locator(f"#figure_map_{shown} .textpoint").count() == 14
            box = page.locator(f"#figure_map_{shown}").bounding_box()
            assert box["width"] <= width
            assert box["height"] < box["width"] * 0.9 + 80
        assert page.locator("#map-table tbody tr").count() == 14
        page.click("#switch")
        page.wait_for_function("document.querySelector('#figure_map_class .legendtext').textContent.includes('class')")
        assert complaints == []


def test_a_map_of_a_whole_country_is_light():
    """339 squares: no names written, hovering says them."""
    from reports.mapping.figures import Area, map_figure
    from reports.mapping.shades import Shade

    ring = tuple(map(tuple, square(0, 0, 10, 10)))
    outline = OutlineRecord.drawn("shapes", Outline((ring,), (5, 5)))
    figure = map_figure([Area(f"R{n}", outline, 0, "1") for n in range(339)], [Shade("1", "#a0b0c0")])
    assert not [trace for trace in figure["data"] if trace.get("mode") == "text"]
    assert filled(figure)[338]["text"] == "R338<br>1"
