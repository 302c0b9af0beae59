"""Rings with as few points as a screen shows, borders still shared: Douglas and Peucker's way, border by border.

Rings are cut where borders meet, and every border is thinned once for both sides, so that no gap opens between
neighbours. D. H. Douglas, T. K. Peucker, Cartographica 10 (1973), 112–122.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from scenarios.mapping.drawing import Point, Ring
from scenarios.mapping.rings import area

TOLERANCE = 0.5
"""By how many units of the box a line may be off: half a pixel of a map 1000 pixels wide."""
AREA = 0.01
"""By which share of itself a region's area may change; where it would, its borders keep more points."""
_DIGITS = 2  # decimals of what is drawn
_FINEST = 0.02  # tolerance below which every point is kept
_DEEP = 40  # cuts one inside the other
_SMALL = 4.0  # squares of the tolerance that an island has at least


class _Border:
    """A piece of border between two points where others meet it."""

    def __init__(self, points: Ring) -> None:
        self.points = points
        self.weights = _weights(np.array(points))
        self.of: set[int] = set()  # Positions of the regions that it belongs to

    def thinned(self, tolerance: float) -> Ring:
        """Return the points that are further than `tolerance` from the line without them, and both ends."""
        if tolerance < _FINEST:
            return self.points
        return tuple(point for point, weight in zip(self.points, self.weights, strict=True) if weight > tolerance)


def simplified(
    regions: Sequence[Sequence[Ring]], tolerance: float = TOLERANCE, within: float = AREA
) -> list[list[Ring]]:
    """Return the rings of each region, none further off than `tolerance`, and its area the same to a share `within`."""
    regions = [[tuple(point for point, _ in groupby(ring)) for ring in rings] for rings in regions]
    borders, cut = _cut(regions)
    areas = [sum(map(area, rings)) for rings in regions]
    tolerances = [tolerance] * len(regions)
    while True:
        used = [min(tolerances[n] for n in border.of) for border in borders]
        thin = [_rounded(border.thinned(most)) for border, most in zip(borders, used, strict=True)]
        drawn = [list(_rings(rings, thin, used)) for rings in cut]
        off = [
            n for n, rings in enumerate(drawn)
            if abs(sum(map(area, rings)) - areas[n]) > within * areas[n] and tolerances[n] > 0
        ]  # fmt: skip
        if not off:
            return drawn
        for n in off:
            tolerances[n] = tolerances[n] / 2 if tolerances[n] > _FINEST else 0.0


def _rings(rings: Sequence[Sequence[tuple[int, bool]]], thin: Sequence[Ring], used: Sequence[float]) -> Iterator[Ring]:
    """Yield a region's rings, put together from their borders, without what is too small to be seen."""
    for pieces in rings:
        points: list[Point] = []
        for border, forward in pieces:
            points += (thin[border] if forward else thin[border][::-1])[1 if points else 0 :]
        ring = tuple(points)
        if abs(area(ring)) > _SMALL * min(used[border] for border, _ in pieces) ** 2:
            yield ring


def _cut(regions: Sequence[Sequence[Ring]]) -> tuple[list[_Border], list[list[list[tuple[int, bool]]]]]:
    """Return all borders, and for every ring those that it runs along and whether forward."""
    junctions = _junctions(regions)
    borders: list[_Border] = []
    known: dict[Ring, int] = {}
    cut: list[list[list[tuple[int, bool]]]] = []
    for n, rings in enumerate(regions):
        cut.append([])
        for ring in rings:
            pieces: list[tuple[int, bool]] = []
            for piece in _pieces(ring, junctions):
                forward = piece <= piece[::-1]
                way = piece if forward else piece[::-1]
                if way not in known:
                    known[way] = len(borders)
                    borders.append(_Border(way))
                borders[known[way]].of.add(n)
                pieces.append((known[way], forward))
            cut[-1].append(pieces)
    return borders, cut


def _junctions(regions: Sequence[Sequence[Ring]]) -> set[Point]:
    """Return the points with other neighbours in one ring than in another: there borders meet."""
    beside: dict[Point, tuple[Point, Point]] = {}
    found: set[Point] = set()
    for ring in (ring for rings in regions for ring in rings):
        before = ring[-2]
        for point, after in pairwise(ring):
            pair = (before, after) if before < after else (after, before)
            if beside.setdefault(point, pair) != pair:
                found.add(point)
            before = point
    return found


def _pieces(ring: Ring, junctions: set[Point]) -> Iterator[Ring]:
    """Yield a ring's pieces between junctions; one with fewer than two is cut at its ends furthest apart as well."""
    open_ring = ring[:-1]
    places = [n for n, point in enumerate(open_ring) if point in junctions]
    if len(places) < 2:
        first = places[0] if places else min(range(len(open_ring)), key=open_ring.__getitem__)
        x, y = open_ring[first]
        far = max(open_ring, key=lambda point: ((point[0] - x) ** 2 + (point[1] - y) ** 2, point))
        places = sorted({first, open_ring.index(far)})
    round_twice = (*open_ring, *open_ring)
    for start, end in zip(places, [*places[1:], places[0] + len(open_ring)], strict=True):
        yield round_twice[start : end + 1]


def _rounded(points: Ring) -> Ring:
    return tuple((round(x, _DIGITS), round(y, _DIGITS)) for x, y in points)


def _weights(points: NDArray[np.float64]) -> list[float]:
    """Return how far each point is from the line that stands without it: the tolerance up to which it is kept.

    A point counts for no more than the one that its part of the line was cut at before it; both ends count for ever.
    A line that has been cut `_DEEP` times is halved, so that no line takes for ever.
    """
    weights = np.full(len(points), np.inf)
    todo = [(0, len(points) - 1, np.inf, 0)]
    while todo:
        start, end, most, depth = todo.pop()
        if end - start < 2:
            continue
        if depth < _DEEP:
            off = _distances(points[start + 1 : end], points[start], points[end])
            at = start + 1 + int(off.argmax())
            most = min(float(off[at - start - 1]), most)
            if most < _FINEST:
                weights[start + 1 : end] = 0
                continue
        else:
            at = (start + end) // 2
        weights[at] = most
        todo += [(start, at, most, depth + 1), (at, end, most, depth + 1)]
    found: list[float] = weights.tolist()
    return found


def _distances(
    points: NDArray[np.float64], first: NDArray[np.float64], last: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return how far points are from the straight piece between two others."""
    line, away = last - first, points - first
    length = float(line @ line)
    along = np.clip(away @ line / length, 0, 1) if length > 0 else np.zeros(len(points))
    off = away - along[:, None] * line
    return np.hypot(off[:, 0], off[:, 1])
