"""A GeoJSON or TopoJSON file → shapes with names, their rings checked.

GeoJSON: RFC 7946. TopoJSON: the specification of M. Bostock and C. Metcalf, borders as arcs in steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from scenarios.errors import Collector, InputError, Place
from scenarios.mapping.arcs import Joiner, arcs_of
from scenarios.mapping.drawing import Ring
from scenarios.mapping.rings import area, checked, wound
from scenarios.tables.columns import parse_header
from scenarios.tables.files import InputFile, parse_json, read_bytes
from scenarios.tables.regions import is_city_code, plain_code
from scenarios.wording import Text

MOST_BYTES, MOST_POINTS = 20_000_000, 200_000
"""What a file can have; more than a page can use, and known before it is parsed."""
_MOST_SHAPES = 5000
_NAMES = {"nl_name_2": "name", "name_zh": "name", "name_2": "name_en", "gb": "id", "pac": "id", "ad_code": "id"}
"""What codes and names are called in files of maps besides what they are called in tables."""
_AREAS = {"Polygon": 1, "MultiPolygon": 2}  # how deep their rings stand in lists
_COUNTRY = "156"  # before the codes of some official files

_KINDS: Mapping[type, Text] = {list: Text("列表", "a list"), str: Text("一段文字", "a text")}
_BARE = Text("一个单独的值", "a single value")
_UNNAMED = Text("没有写明类型（type）的内容", "something that does not say its type")

Rings = Callable[[object, Place], Ring | None]


@dataclass(frozen=True)
class Shape:
    """What a file calls one area, and its rings in degrees."""

    code: str
    names: tuple[str, ...]
    rings: tuple[Ring, ...]
    place: Place

    @property
    def called(self) -> str:
        """What it is called in messages."""
        return next(iter([*self.names, self.code]), "") or self.place.key


def read_shapes(path: Path, collector: Collector) -> tuple[list[Shape], InputFile]:
    """Read the areas of a GeoJSON or TopoJSON file; what is wrong with rings is noted.

    Raises InputError: unreadable, too large, too many points, no JSON, or neither of the two.
    """
    raw = read_bytes(path, MOST_BYTES)
    place = Place(file=path.name)
    if (points := max(raw.count(b"["), raw.count(b"]"))) > MOST_POINTS:
        raise InputError.of("shapes_many_points", place, found=f"{points:,}", limit=f"{MOST_POINTS:,}")
    content = parse_json(raw, path.name, constant=float)
    if not isinstance(content, dict):
        raise InputError.of("shapes_kind", place, found=_KINDS.get(type(content), _BARE))
    found = list(_shapes(content, place, collector))
    if not found and not collector.refuses:
        raise InputError.of("shapes_none", place)
    return found, InputFile.of(path.name, raw)


def _shapes(content: Mapping[str, Any], place: Place, collector: Collector) -> Iterator[Shape]:
    """Yield all shapes of a file."""
    rings, features = _read(content, place, collector)
    if len(features) > _MOST_SHAPES:
        raise InputError.of("shapes_many", place, found=len(features), limit=_MOST_SHAPES)
    for key, feature, geometry in features:
        at = Place(file=place.file, key=key)
        found = list(_rings_of(geometry, rings, at, collector))
        if found:
            yield Shape(*_named(feature), tuple(found), at)


def _read(content: Mapping[str, Any], place: Place, collector: Collector) -> tuple[Rings, list[tuple[str, Any, Any]]]:
    """Return how rings are read, and key, feature and geometry of each feature."""
    kind = content.get("type")
    if kind == "Topology":
        joiner = Joiner(arcs_of(content, place), MOST_POINTS, collector)
        objects = content.get("objects")
        return (
            lambda given, at: checked(joiner.ring(given, at), at, collector),
            [each for name, one in _items(objects) for each in _members(one, f"objects.{name}", "geometries")],
        )
    if kind not in ("FeatureCollection", "Feature", "GeometryCollection", *_AREAS):
        raise InputError.of("shapes_kind", place, found=kind if isinstance(kind, str) and kind else _UNNAMED)
    return lambda given, at: checked(given, at, collector), list(_members(content, "", "features"))


def _items(objects: object) -> list[tuple[str, Any]]:
    return list(objects.items()) if isinstance(objects, dict) else []


def _members(node: Any, key: str, below: str) -> Iterator[tuple[str, Any, Any]]:  # noqa: ANN401
    """Yield key, feature and geometry of a collection's members, or of a node that is one itself."""
    members = node.get(below) if isinstance(node, dict) else None
    if not isinstance(members, list):
        members, names = [node], [key]
    else:
        names = [f"{key}.{below}[{n}]".lstrip(".") for n in range(len(members))]
    for name, member in zip(names, members, strict=True):
        if isinstance(member, dict):
            yield name, member, member.get("geometry") if member.get("type") == "Feature" else member


def _rings_of(geometry: Any, rings: Rings, place: Place, collector: Collector) -> Iterator[Ring]:  # noqa: ANN401
    """Yield the rings of an area, wound; points and lines are none."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in _AREAS:
        return
    given = geometry.get("coordinates", geometry.get("arcs"))
    polygons = [given] if _AREAS[kind] == 1 else given
    if not isinstance(polygons, list) or not all(isinstance(polygon, list) for polygon in polygons):
        collector.error("shape_form", place)
        return
    for k, polygon in enumerate(polygons):
        of_polygon = f" polygon {k + 1}" if len(polygons) > 1 else ""
        outer: Ring | None = None
        for n, each in enumerate(polygon):
            at = Place(file=place.file, key=f"{place.key}{of_polygon} ring {n + 1}".strip())
            ring = rings(each, at)
            if ring is None or area(ring) == 0:
                continue
            if n and (outer is None or not _within(ring, outer)):
                collector.error("shape_hole", at)
                continue
            outer = outer if n else ring
            yield wound(ring, hole=n > 0)


def _within(ring: Ring, outer: Ring) -> bool:
    """Return whether the box of a hole lies within that of its ring."""
    return all(
        min(p[k] for p in outer) <= min(p[k] for p in ring) and max(p[k] for p in ring) <= max(p[k] for p in outer)
        for k in (0, 1)
    )


def _named(feature: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Return the code of a feature, an adcode before any other, ``""`` where it has none; and its names."""
    code, names = "", list[str]()
    properties = feature.get("properties")
    own = {"id": feature["id"]} if "id" in feature else {}
    for key, value in [*(properties.items() if isinstance(properties, dict) else ()), *own.items()]:
        if type(value) not in (str, int, float) or not str(value).strip():
            continue
        text, standard = str(value).strip(), _standard(str(key)[:100])
        if standard == "id":
            found = _code(text)
            code = found if not code or (is_city_code(found) and not is_city_code(code)) else code
        elif standard in ("name", "name_en") and text not in names:
            names.insert(0 if standard == "name" else len(names), text)
    return code, tuple(names)


@lru_cache(maxsize=1000)
def _standard(key: str) -> str:
    """Return which column of a table a property is, ``""`` for none."""
    return _NAMES.get(key.lower()) or parse_header(key).standard


def _code(text: str) -> str:
    """Return a code as tables have it: 450100 for 450100.0, 156450100 and 450100000000."""
    plain = plain_code(text)
    return plain[3:] if len(plain) == 9 and plain.startswith(_COUNTRY) and plain.isdigit() else plain
