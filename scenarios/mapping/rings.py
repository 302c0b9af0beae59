"""Rings: what is wrong with one, which way it runs, its area, a point inside."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from scenarios.errors import Collector, Place
from scenarios.mapping.drawing import Point, Ring

LONGITUDES, LATITUDES = (70.0, 140.0), (0.0, 60.0)
"""Degrees between which all of China lies."""
_FAR = 1e12  # beyond any coordinate
_LONGEST = 60  # characters of a position in a message
_LEAST = 4  # positions of a ring, the last one the first


def checked(positions: object, place: Place, collector: Collector) -> Ring | None:
    """Return a ring of degrees; None after noting what is wrong with it: form, a number, a range, not closed."""
    if collector.names(place):
        return None
    if not isinstance(positions, list) or not all(isinstance(one, list) for one in positions):
        collector.error("shape_form", place)
        return None
    ring: list[Point] = []
    for n, position in enumerate(positions):
        numbers = pair(position)
        if numbers is None:
            collector.error("shape_number", place, n=n + 1, found=shown(position))
            return None
        ring.append((numbers[0], numbers[1]))
    if len(ring) < _LEAST or ring[0] != ring[-1]:
        ends = [" ".join(f"{value:g}" for value in ring[n]) for n in (0, -1)] if ring else ["–", "–"]
        collector.error("shape_ring", place, count=len(ring), first=ends[0], last=ends[1])
        return None
    outside = next((point for point in ring if not _in_range(point)), None)
    if outside is not None:
        collector.error("shape_degrees", place, found=" ".join(f"{value:g}" for value in outside))
        return None
    return tuple(ring)


def pair(given: object) -> list[float] | None:
    """Return the first two numbers of a position, None where they are no finite numbers; a height goes unread."""
    if not isinstance(given, list) or len(given) < 2 or not all(type(x) in (int, float) for x in given[:2]):
        return None
    numbers = [float(x) for x in given[:2] if abs(x) < _FAR]
    return numbers if len(numbers) == 2 and all(map(math.isfinite, numbers)) else None


def _in_range(point: Point) -> bool:
    return LONGITUDES[0] <= point[0] <= LONGITUDES[1] and LATITUDES[0] <= point[1] <= LATITUDES[1]


def shown(position: object) -> str:
    """Return a position for a message."""
    return repr(position[:3] if isinstance(position, list) else position)[:_LONGEST]


def area(ring: Sequence[Point]) -> float:
    """Return the signed area of a ring, above zero where it runs counterclockwise (shoelace formula)."""
    x0, y0 = ring[0]
    pairs = pairwise(ring)
    return sum((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0) for (x1, y1), (x2, y2) in pairs) / 2


def wound(ring: Ring, hole: bool) -> Ring:
    """Return a ring that runs counterclockwise, clockwise for a hole (RFC 7946, 3.1.6); many files have either."""
    return ring[::-1] if (area(ring) < 0) != hole else ring


def inside(point: Point, rings: Iterable[Ring]) -> bool:
    """Return whether a point lies within rings and outside their holes."""
    x, y = point
    crossed = False
    for ring in rings:
        for (x1, y1), (x2, y2) in pairwise(ring):
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                crossed = not crossed
    return crossed
