"""Map files that are wrong, or made to hurt: each refused in a sentence that names the place."""

import json
import random
import time

import pytest

from scenarios.errors import Place
from tests.map_files import THREE, collection, feature, guangxi_map, square, three_map, three_topology


def three(*rings):
    """Return the three cities, the first with these rings."""
    others = [feature(square(111.5 + 1.5 * n, 25), name=name) for n, (_, name) in enumerate(THREE[1:])]
    return collection([feature(list(rings) or square(110, 25), name="甲市"), *others])


@pytest.mark.parametrize(
    ("value", "found"), [("NaN", "nan"), ("1e999", "inf"), ('"25"', "'25'"), ("true", "True"), ("null", "None")]
)
def test_what_is_no_number(refused, value, found):
    """The second position of the first ring, whose latitude is none."""
    text = three_map().replace("[111.5, 25]", f"[111.5, {value}]", 1)
    finding = refused(text, case="three-cities")["shape_number"]
    assert finding.place.key == "features[0] ring 1"
    assert finding.values["n"] == 2
    assert found in finding.say("zh")
    assert "map.geojson" in finding.say("en")


@pytest.mark.parametrize(
    ("key", "zh"),
    [
        ("features[0] ring 1", "第 1 个图形第 1 个环"),
        ("features[11] polygon 2 ring 3", "第 12 个图形第 2 块第 3 个环"),
        ("objects.cities.geometries[3] ring 1", "“cities”第 4 个图形第 1 个环"),
        ("features[4]", "第 5 个图形"),
        ("polygon 2 ring 1", "第 2 块第 1 个环"),
        ("ring 1", "第 1 个环"),
    ],
)
def test_where_it_stands_is_said_in_chinese(key, zh):
    assert Place(key=key).say("zh") == zh
    assert Place(key=key).say("en") == key


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("[]", "这是“列表”", "“a list”"), ("3", "这是“一个单独的值”", "“a single value”"),
        ("{}", "没有写明类型", "does not say its type"), ('{"type": "Point"}', "这是“Point”", "“Point”"),
    ],
)  # fmt: skip
def test_what_is_no_map_is_called_what_it_is(refused, text, zh, en):
    finding = refused(text, case="three-cities")["shapes_kind"]
    assert zh in finding.say("zh")
    assert en in finding.say("en")


@pytest.mark.parametrize(
    ("rings", "code"),
    [
        ([square(110, 25)[:-1]], "shape_ring"),
        ([[[110, 25], [111, 25], [110, 25]]], "shape_ring"),
        ([[]], "shape_ring"),
        ([[[y, x] for x, y in square(110, 25)]], "shape_degrees"),
        ([[[x * 1e5, y * 1e5] for x, y in square(110, 25)]], "shape_degrees"),
        ([square(110, 25), square(120, 30, 0.1, 0.1)], "shape_hole"),
        ([square(110, 25), [1, 2, 3, 4]], "shape_form"),
        ([square(110, 25), [[1], [2], [3], [1]]], "shape_number"),
    ],
    ids=["open", "three", "empty", "swapped", "metres", "hole-outside", "no-positions", "short"],
)
def test_rings_that_are_none(refused, rings, code):
    features = json.loads(three())
    features["features"][0]["geometry"]["coordinates"] = rings
    assert code in refused(json.dumps(features), case="three-cities")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[" * 200_000, "not_json"),
        ('{"type":"FeatureCollection","features":' + "[" * 50_000 + "]" * 50_000 + "}", "not_json"),
        ('{"type": "Point", "coordinates": [1, 2]}', "shapes_kind"),
        ("[1, 2]", "shapes_kind"),
        ('{"type": "FeatureCollection", "features": []}', "shapes_none"),
        ('{"type": "FeatureCollection", "features": [7, null, {}]}', "shapes_none"),
        ('{"type": "Topology", "objects": {}}', "shape_form"),
        ('{"type": "Topology", "arcs": [[["a", 1]]], "objects": {}}', "shape_number"),
        ('{"type": "Topology", "arcs": [7], "objects": {}}', "shape_form"),
        ('{"type": "Topology", "arcs": [], "transform": {"scale": [1]}, "objects": {}}', "shape_form"),
        (collection([feature(square(110, 25), name="别处")]), "shapes_match_none"),
        ("{" + '"a": 1, "a": 2' + "}", "key_twice"),
        ("not json", "not_json"),
        ('{"type": 1' + "0" * 5000 + "}", "not_json"),
    ],
    ids=[
        "deep", "deep-closed", "point", "list", "empty", "no-features", "no-arcs", "arc-of-letters", "arc-no-list",
        "transform", "elsewhere", "key-twice", "text", "long-number",
    ],
)  # fmt: skip
def test_files_that_are_no_maps(refused, text, code):
    assert code in refused(text, case="three-cities")


def test_an_arc_that_there_is_not(refused):
    topology = json.loads(three_topology())
    topology["objects"]["cities"]["geometries"][0]["arcs"] = [[99]]
    finding = refused(json.dumps(topology), case="three-cities")["shape_arc"]
    assert finding.place.key == "objects.cities.geometries[0] ring 1"
    assert finding.values["found"] == 99


def test_ten_million_points_are_refused_before_they_are_parsed(refused):
    start = time.perf_counter()
    many = refused('{"type":"Polygon","coordinates":[[' + "[1,2]," * 300_000 + "[1,2]]]}", case="three-cities")
    big = refused('{"type":"Polygon","coordinates":[[' + "[110.1234,25.1234]," * 1_100_000 + "]]}", case="three-cities")
    assert "shapes_many_points" in many
    assert "file_too_big" in big
    assert time.perf_counter() - start < 60  # nothing is parsed; a machine under load is not a failure


def test_noise_is_refused_before_it_is_drawn(refused):
    """Points here and there as no border runs: nothing can be left out, and a page of them would help nobody."""
    rnd = random.Random(1)
    noise = [[110 + rnd.random(), 25 + rnd.random()] for _ in range(45_000)]
    assert "shapes_many_drawn" in refused(three([*noise, noise[0]]), case="three-cities")


def test_a_small_file_that_names_one_arc_again_and_again(refused):
    """An arc of 1000 points in a ring that names it 1000 times is a million points."""
    topology = {
        "type": "Topology", "arcs": [[[110 + n / 1e4, 25] for n in range(1000)]],
        "objects": {"x": {"type": "Polygon", "arcs": [[0] * 1000], "properties": {"name": "甲市"}}},
    }  # fmt: skip
    assert "shapes_many_points" in refused(json.dumps(topology), case="three-cities")


def test_code_of_one_city_and_name_of_another(refused):
    text = guangxi_map(cuts=0).replace('"name": "南宁市"', '"name": "柳州市"')
    assert "450100" in refused(text)["region_conflict"].say("zh")


def test_both_a_file_and_tiles(refused):
    assert "only_one_of" in refused(three_map(), case="three-cities", settings=["tiles=tiles.csv"])


def test_a_file_that_is_not_there(refused):
    assert "no_file" in refused(three_map(), case="three-cities", settings=["shapes=other.json"])
