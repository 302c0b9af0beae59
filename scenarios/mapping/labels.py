"""Where a region's name stands: inside it, with most room around."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from scenarios.mapping.drawing import Point, Ring
from scenarios.mapping.rings import area

_LEVELS = sorted((n / 16 for n in range(1, 16)), key=lambda level: abs(level - 0.5))
"""Level lines across the largest part, on which places are tried: those of its middle first, which wins a tie."""
_ALONG = (0.5, 0.25, 0.75)  # where between the ends of a line's piece inside
_WIDEST = 3  # pieces of a line that are looked at
_FLAT = 0.6  # sideways, room counts for less: a name is wider than high


def label_point(rings: Sequence[Ring]) -> Point:
    """Return the point inside, of those tried, that is furthest from all borders."""
    largest = max(rings, key=area)
    low, high = min(y for _, y in largest), max(y for _, y in largest)
    tried = [
        (left + (right - left) * along, y)
        for y in (low + (high - low) * level for level in _LEVELS)
        for left, right in _chords(rings, y)
        for along in _ALONG
    ]
    ends = np.array([[*one, *other] for ring in rings for one, other in pairwise(ring)]) * [_FLAT, 1, _FLAT, 1]
    rooms = [_room(np.array(point) * [_FLAT, 1], ends) for point in tried]
    return tried[int(np.argmax(rooms))] if tried else largest[0]


def _chords(rings: Iterable[Ring], y: float) -> list[tuple[float, float]]:
    """Return from where to where a level line runs inside, its widest pieces."""
    crossings = sorted(
        x1 + (y - y1) / (y2 - y1) * (x2 - x1)
        for ring in rings
        for (x1, y1), (x2, y2) in pairwise(ring)
        if (y1 > y) != (y2 > y)
    )
    pieces = zip(crossings[::2], crossings[1::2], strict=False)
    return sorted(pieces, key=lambda piece: piece[0] - piece[1])[:_WIDEST]


def _room(point: np.ndarray, ends: np.ndarray) -> float:
    """Return how far a point is from the nearest of straight pieces, x y x y each."""
    start, line = ends[:, :2], ends[:, 2:] - ends[:, :2]
    long = np.maximum((line * line).sum(axis=1), 1e-12)
    along = np.clip(((point - start) * line).sum(axis=1) / long, 0, 1)
    off = point - start - along[:, None] * line
    return float(np.hypot(off[:, 0], off[:, 1]).min())
