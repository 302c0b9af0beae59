"""A map that is dropped on the page of the data: beside the workbook and in its settings, or refused in place."""

import io
import json

import openpyxl
import pytest

pytest.importorskip("flask", reason="the extra `ui` is not installed")

from allocator.app.server import start
from allocator.app.shelf import OWN, Shelf
from allocator.starting import template
from tests.allocator.app.own.conftest import HERE, by_key, filled
from tests.map_files import GUANGXI, square

BOOK = "方案.xlsx"


def geojson(cities=GUANGXI[:5]):
    """Return squares for cities."""
    features = [
        {
            "type": "Feature",
            "properties": {"adcode": code, "name": name},
            "geometry": {"type": "Polygon", "coordinates": [square(104 + 2 * n, 22)]},
        }
        for n, (code, name) in enumerate(cities)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.fixture
def home(tmp_path):
    """Return the folder of a sound scenario in the user's."""
    home = tmp_path / "某省"
    home.mkdir()
    (home / BOOK).write_bytes(filled(template("zh")))
    return home


@pytest.fixture
def drop(home):
    """Return a function that drops a map on that scenario's page of data."""
    client = start(Shelf(home.parent), "zh").test_client()

    def dropped(raw, name="市界.geojson", language="zh", **more):
        page = client.get("/zh/own/某省/data/sheets", headers=HERE).json["page"]
        about = {"name": name, "digest": page["books"][BOOK], "first": "true", **more}
        return client.post(f"/{language}/own/某省/data/map", query_string=about, data=raw, headers=HERE).json

    return dropped


def setting(home, key):
    """Return what the workbook's settings say."""
    sheet = openpyxl.load_workbook(home / BOOK)["设置"]
    return sheet.cell(by_key(sheet)[key], 3).value


def test_a_map_is_put_beside_the_workbook_and_named_in_it(home, drop):
    before = (home / BOOK).read_bytes()
    answer = drop(geojson())
    assert answer["ok"], answer
    assert answer["said"] == ["地图 市界.geojson 已存到工作簿旁边，并写入“设置”页。"]
    assert answer["page"]["sound"]
    assert (home / "市界.geojson").read_bytes() == geojson()
    assert (setting(home, "shapes"), setting(home, "tiles")) == ("市界.geojson", None)
    assert (home / "方案（上一份）.xlsx").read_bytes() == before
    desk = Shelf(home.parent).desk(OWN, "某省")
    assert [bool(outline) for outline in desk.scenario.drawing.outlines] == [True] * 5


def test_a_new_map_of_the_name_leaves_the_old_one_as_a_copy_and_tiles_give_way(home, drop):
    book = openpyxl.load_workbook(io.BytesIO((home / BOOK).read_bytes()))
    sheet = book["设置"]
    sheet.cell(by_key(sheet)["tiles"], 3).value = "格子.csv"  # which is not even there
    book.save(home / BOOK)
    assert drop(geojson())["ok"]
    assert setting(home, "tiles") is None
    assert drop(geojson(GUANGXI[:4]))["ok"]
    assert (home / "市界（上一份）.geojson").read_bytes() == geojson()


@pytest.mark.parametrize(
    ("language", "without", "spare"),
    [("zh", "地图上没有：北海", "没有画出：防城港市"), ("en", "not on the map: 北海", "not drawn: 防城港市")],
)
def test_cities_that_are_not_matched_are_named(home, drop, language, without, spare):
    said = " ".join(drop(geojson(GUANGXI[:4] + GUANGXI[5:6]), language=language)["said"])
    assert without in said
    assert spare in said


@pytest.mark.parametrize(
    ("raw", "name", "said"),
    [
        (geojson(GUANGXI[6:]), "别省.json", "没有一个图形是方案中的地区"),
        (b"{", "x.geojson", "不是有效的 JSON"),
        (b'{"type": "Point"}', "x.geojson", "需要 GeoJSON"),
        (geojson(), "x.shp", "不是地图文件"),
        (b" " * 21_000_001, "x.geojson", "超过了上限 20 MB"),
    ],
)
def test_what_is_no_map_of_the_cities_is_refused_and_nothing_is_kept(home, drop, raw, name, said):
    before = (home / BOOK).read_bytes()
    answer = drop(raw, name)
    assert not answer["ok"]
    assert said in " ".join(answer["said"])
    assert [path.name for path in home.iterdir()] == [BOOK]
    assert (home / BOOK).read_bytes() == before


def test_no_change_of_somebody_else_is_written_over(home, drop):
    answer = drop(geojson(), digest="0" * 64)
    assert "没有写入" in answer["said"][0]
    assert setting(home, "shapes") is None


def test_while_the_data_are_wrong_no_map_is_taken(home, drop):
    (home / BOOK).write_bytes(filled(template("zh"), d_F5="many"))
    assert "请先改好" in drop(geojson())["said"][0]
    assert not (home / "市界.geojson").exists()


def test_the_pages_lead_to_it(home):
    client = start(Shelf(home.parent), "zh").test_client()
    for language in ("zh", "en"):
        assert 'id="map-drop"' in client.get(f"/{language}/own/某省/data/", headers=HERE).text
        assert 'href="data/#map-drop"' in client.get(f"/{language}/own/某省/", headers=HERE).text
        assert 'id="map-drop"' not in client.get(f"/{language}/example/15fyp-example/data/", headers=HERE).text


@pytest.mark.parametrize(
    "about", [{}, {"name": ""}, {"digest": None}, {"first": "1"}, {"name": "x" * 1001}, {"into": "x"}]
)
def test_an_address_that_no_page_writes_is_refused(home, about):
    before = (home / BOOK).read_bytes()
    client = start(Shelf(home.parent), "zh").test_client()
    books = client.get("/zh/own/某省/data/sheets", headers=HERE).json["page"]["books"]
    whole = {"name": "市界.geojson", "digest": books[BOOK], "first": "true"}
    asked = {key: value for key, value in (whole | about).items() if value is not None} if about else {}
    answer = client.post("/zh/own/某省/data/map", query_string=asked, data=geojson(), headers=HERE)
    assert (answer.status_code, answer.json["ok"]) == (400, False)
    assert (home / BOOK).read_bytes() == before
    assert [path.name for path in home.iterdir()] == [BOOK]
    assert client.post("/zh/own/某省/data/map", query_string=whole, data=geojson(), headers=HERE).json["ok"]
