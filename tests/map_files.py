"""Map files for tests: squares in degrees as GeoJSON and TopoJSON, their shared borders wavy where that is asked."""

import itertools
import json
import math
import random

GUANGXI = (
    ("450100", "南宁市"), ("450200", "柳州市"), ("450300", "桂林市"), ("450400", "梧州市"), ("450500", "北海市"),
    ("450600", "防城港市"), ("450700", "钦州市"), ("450800", "贵港市"), ("450900", "玉林市"), ("451000", "百色市"),
    ("451100", "贺州市"), ("451200", "河池市"), ("451300", "来宾市"), ("451400", "崇左市"),
)  # fmt: skip
THREE = (("980100", "甲市"), ("980200", "乙市"), ("980300", "丙市"))
WIDE, HIGH = 1.5, 1.2


def square(left, low, wide=WIDE, high=HIGH):
    """Return a square's ring, counterclockwise."""
    return [[left, low], [left + wide, low], [left + wide, low + high], [left, low + high], [left, low]]


def _wavy(first, last, cuts, rnd):
    """Return points from one corner to another, each piece cut `cuts` times at a point a little off its middle."""
    points = [first, last]
    for _ in range(cuts):
        finer = points[:1]
        for (x0, y0), (x1, y1) in itertools.pairwise(points):
            off = math.hypot(x1 - x0, y1 - y0) / 8
            finer += [((x0 + x1) / 2 + rnd.uniform(-off, off), (y0 + y1) / 2 + rnd.uniform(-off, off)), (x1, y1)]
        points = finer
    return points


def wavy_squares(count=14, cuts=6, seed=1):
    """Return the rings of squares in rows of five, borders shared to the digit."""
    rnd, known, rings = random.Random(seed), {}, []
    for n in range(count):
        corners = [tuple(p) for p in square(104.5 + n % 5 * WIDE, 21 + n // 5 * HIGH)]
        ring = []
        for first, last in itertools.pairwise(corners):
            first, last = (tuple(round(x, 6) for x in corner) for corner in (first, last))
            if (last, first) in known:
                border = known[last, first][::-1]
            else:
                border = known.setdefault((first, last), _wavy(first, last, cuts, rnd))
            ring += border[:-1]
        rings.append([list(point) for point in [*ring, ring[0]]])
    return rings


def feature(rings, **properties):
    """Return a feature: one ring, a polygon with holes, or several polygons, by how deep the lists are."""
    depth, node = 0, rings
    while isinstance(node, list):
        depth, node = depth + 1, node[0]
    kind, held = ("MultiPolygon", rings) if depth == 4 else ("Polygon", rings if depth == 3 else [rings])
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": held}}


def collection(features):
    """Return a FeatureCollection as text."""
    return json.dumps({"type": "FeatureCollection", "features": list(features)}, ensure_ascii=False)


def guangxi_map(**more):
    """Return a GeoJSON of Guangxi: wavy squares, 北海 with an island, a hole in 来宾 that a part of 贵港 fills."""
    features = [
        feature(ring, adcode=int(code), name=name)
        for (code, name), ring in zip(GUANGXI, wavy_squares(**more), strict=True)
    ]
    sea, hole = square(109.1, 20.2, 0.4, 0.3), square(107.9, 23.8, 0.5, 0.4)
    features[4] = feature([[wavy_squares(**more)[4]], [sea]], adcode=450500, name="北海市")
    features[12] = feature([wavy_squares(**more)[12], hole[::-1]], adcode=451300, name="来宾市")
    features[7] = feature([[wavy_squares(**more)[7]], [hole]], adcode=450800, name="贵港市")
    return collection(features)


def three_map():
    """Return a GeoJSON of three squares beside each other, matched by name alone."""
    return collection(feature(square(110 + n * WIDE, 25), name=name) for n, (_, name) in enumerate(THREE))


def three_topology():
    """Return the same as TopoJSON: five arcs in steps of a hundredth of a degree, the two borders between shared."""
    high, wide = 120, 150
    arcs = [
        [[wide, 0], [-wide, 0], [0, high], [wide, 0]],  # around the first, from below its right border to above it
        [[wide, 0], [0, high]],
        [[wide, 0], [wide, 0]], [[2 * wide, 0], [0, high]], [[wide, high], [wide, 0]],
        [[2 * wide, 0], [wide, 0], [0, high], [-wide, 0]],
    ]  # fmt: skip
    rings = [[[~0, ~1]], [[2, 3, ~4, ~1]], [[5, ~3]]]
    rings[0] = [[1, ~0]]
    geometries = [
        {"type": "Polygon", "arcs": ring, "properties": {"name": name}}
        for ring, (_, name) in zip(rings, THREE, strict=True)
    ]
    return json.dumps({
        "type": "Topology", "transform": {"scale": [0.01, 0.01], "translate": [110, 25]}, "arcs": arcs,
        "objects": {"cities": {"type": "GeometryCollection", "geometries": geometries}},
    })  # fmt: skip
