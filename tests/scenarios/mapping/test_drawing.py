"""The map of a scenario: which shape is whose, projected, simplified, its borders still shared."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.mapping.labels import label_point
from scenarios.mapping.projection import albers, projected
from scenarios.mapping.rings import area, inside, wound
from scenarios.mapping.simplify import AREA, TOLERANCE, simplified
from tests.map_files import (
    GUANGXI,
    THREE,
    collection,
    feature,
    guangxi_map,
    square,
    three_map,
    three_topology,
    wavy_squares,
)


def whole(rings):
    return sum(map(area, rings))


def box(rings):
    points = [point for ring in rings for point in ring]
    return [choose(point[k] for point in points) for choose in (min, max) for k in (0, 1)]


def test_the_projection_gives_snyders_own_figures():
    """Snyder (1987), p. 291: sphere of radius 1, parallels 29.5° and 45.5°, centre 23° N 96° W, point 35° N 75° W."""
    x, y = albers((-75, 35), (-96, 23), (29.5, 45.5))
    assert (x, y) == (pytest.approx(0.2952720, abs=1e-7), pytest.approx(0.2416774, abs=2e-7))


def test_the_projection_keeps_areas():
    """On the sphere a degree square has the area cos φ · (2 sin ½°) · 1°: here from 22° to 23° and from 50° to 51°."""
    import math

    sides = [[(105 + k / 1000, south), (105 + (k + 1) / 1000, south)] for south in (22, 50) for k in (0,)]
    for (left, low), (right, _) in sides:
        ring = [(left, low), (right, low), (right, low + 1), (left, low + 1), (left, low)]
        flat = [albers(point, (105, 35)) for point in ring]
        true = math.radians(0.001) * (math.sin(math.radians(low + 1)) - math.sin(math.radians(low)))
        assert area(flat) == pytest.approx(true, rel=1e-6)


def test_north_is_up_and_the_longer_side_is_a_thousand():
    ((west, east),) = projected([[wound(tuple(map(tuple, square(105 + n, 25))), hole=False) for n in (0, 9)]])
    assert box([west, east])[2] == pytest.approx(1000)
    assert min(y for _, y in west) == pytest.approx(min(y for _, y in east), abs=1e-6)  # the meridian of the middle
    assert area(west) > 0
    assert west[0][1] < west[2][1]


@given(st.integers(0, 10_000), st.integers(0, 8), st.sampled_from((0.5, 2.0, 10.0)))
def test_simplifying_keeps_box_and_areas(seed, cuts, tolerance):
    regions = projected([[tuple(map(tuple, ring))] for ring in wavy_squares(9, cuts, seed)])
    thin = simplified(regions, tolerance)
    for before, after in zip(regions, thin, strict=True):
        assert box(after) == pytest.approx(box(before), abs=tolerance + 0.01)
        assert whole(after) == pytest.approx(whole(before), rel=AREA)
        assert all(ring[0] == ring[-1] and area(ring) > 0 for ring in after)
    assert sum(len(ring) for rings in thin for ring in rings) <= sum(len(ring) for rings in regions for ring in rings)


def test_neighbours_keep_the_same_border():
    """Left of the middle square and right of its neighbour: the same points, however few are left."""
    regions = projected([[tuple(map(tuple, ring))] for ring in wavy_squares(2, 7)])
    (one,), (other,) = simplified(regions, 3.0)
    corner = box([one])[2]
    shared = set(one) & set(other)
    assert 3 < len(shared) < 100
    assert all(abs(x - corner) < 60 for x, _ in shared)
    assert len(set(one)) + len(set(other)) < 260  # of 1024


def test_points_that_stand_twice_are_no_corner():
    regions = projected([[tuple(map(tuple, ring))] for ring in wavy_squares(2, 6)])
    twice = [[tuple(point for point in ring for _ in (0, 1)) for ring in rings] for rings in regions]
    assert simplified(twice, 2.0) == simplified(regions, 2.0)


def test_a_line_that_winds_for_ever_is_no_trap():
    """Every cut of a curve that bends faster and faster takes one point off: 40 000 of them would take minutes."""
    points = [(1000 * 0.9995**n, 1000 * 0.999**n) for n in range(40_000)]
    ring = (*points, (0.0, 0.0), (0.0, 1000.0), points[0])
    ((thin,),) = simplified([[wound(ring, hole=False)]])
    assert len(thin) < 200
    assert whole([thin]) == pytest.approx(abs(area(ring)), rel=AREA)


def test_all_cities_are_matched_by_code_and_drawn(mapped):
    drawing = mapped(guangxi_map()).drawing
    assert drawing.kind == "shapes"
    assert drawing.source.name == "map.geojson"
    assert [len(outline.rings) for outline in drawing.outlines] == [1, 1, 1, 1, 2, 1, 1, 2, 1, 1, 1, 1, 2, 1]
    for outline in drawing.outlines:
        assert inside(outline.label, outline.rings)
    hole, part = drawing.outlines[12].rings[1], drawing.outlines[7].rings[1]
    assert area(hole) == pytest.approx(-area(part), rel=1e-9)
    assert area(part) > 0


@pytest.mark.parametrize("text", [three_map(), three_topology()], ids=["geojson", "topojson"])
def test_three_cities_by_name(mapped, text):
    """Three squares of 1.5° by 1.2°: the same map from either format."""
    drawing = mapped(text, "three-cities").drawing
    areas = [whole(outline.rings) for outline in drawing.outlines]
    assert areas == pytest.approx([areas[0]] * 3, rel=2e-3)
    left = [box(outline.rings)[0] for outline in drawing.outlines]
    assert left == pytest.approx([0, 1000 / 3, 2000 / 3], abs=4)
    assert len(drawing.outlines[1].rings[0]) == 5


def test_both_formats_draw_the_same(mapped):
    drawn = [mapped(text, "three-cities").drawing for text in (three_map(), three_topology())]
    points = [[{*ring} for one in each.outlines for ring in one.rings] for each in drawn]
    assert points[0] == points[1]


def test_a_ring_of_the_other_way_is_turned(mapped):
    features = [feature(square(110 + 1.5 * n, 25)[:: (-1) ** n], name=name) for n, (_, name) in enumerate(THREE)]
    drawing = mapped(collection(features), "three-cities").drawing
    assert all(area(ring) > 0 for outline in drawing.outlines for ring in outline.rings)


def test_what_does_not_match_is_said(mapped):
    """Without 崇左, with the sea, with 南宁 in two parts: three notices, and 崇左 is drawn nowhere."""
    features = json.loads(guangxi_map())["features"][:-1]
    features += [feature(square(108, 20), name="北部湾"), feature(square(106, 20), adcode="450100")]
    scenario = mapped(collection(features))
    said = {finding.code: finding.say("zh") for finding in scenario.notices}
    assert "崇左" in said["shapes_missing"]
    assert "北部湾" in said["shapes_spare"]
    assert "南宁" in said["shapes_joined"]
    assert scenario.drawing.outlines[13] is None
    assert len(scenario.drawing.outlines[0].rings) == 2


def test_a_name_that_is_nearly_one_is_asked_about(mapped, refused):
    text = three_map().replace("丙市", "丙丁市")
    asked = refused(text, case="three-cities")["shape_meant"]
    assert asked.asked == "shape:map.geojson:丙丁市"
    assert "丙丁市" in asked.say("zh")
    assert "丙市" in asked.say("en")
    settings = ['accept=[{id: "shape:map.geojson:丙丁市", reason: 是邻省的}]']
    scenario = mapped(text, "three-cities", settings=settings)
    assert {"shape_meant", "shapes_missing", "shapes_spare"} <= {finding.code for finding in scenario.notices}
    assert scenario.drawing.outlines[2] is None


def test_another_prefecture_is_no_slip_of_a_name(mapped):
    """上海 is one letter off 北海, and nobody means it."""
    features = json.loads(guangxi_map())["features"]
    features[4]["properties"] = {"name": "上海市"}
    scenario = mapped(collection(features))
    assert "shape_meant" not in {finding.code for finding in scenario.notices}
    assert scenario.drawing.outlines[4] is None


def test_official_codes_with_the_countrys_before_them_and_a_running_number(mapped):
    features = [
        feature(ring, id=3, gb=f"156{code}", NAME_2="x")
        for (code, _), ring in zip(GUANGXI, wavy_squares(cuts=0), strict=True)
    ]
    assert all(mapped(collection(features)).drawing.outlines)


def test_the_point_of_a_name_is_inside():
    """In a U the middle of its box lies outside."""
    ring = ((0, 0), (9, 0), (9, 9), (6, 9), (6, 1), (3, 1), (3, 9), (0, 9), (0, 0))
    assert inside(label_point([ring]), [ring])
    assert not inside((4.5, 4.5), [ring])


def test_tolerance_is_half_a_pixel():
    assert TOLERANCE == 0.5
