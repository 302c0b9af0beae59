"""The arcs of a TopoJSON file: borders in degrees, of which rings are put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from scenarios.errors import Collector, InputError, Place
from scenarios.mapping.rings import pair, shown

Position = list[float]


def arcs_of(topology: Mapping[str, Any], place: Place) -> list[list[Position]]:
    """Return the positions of all arcs, steps added up and scaled where the file has a transform.

    Raises InputError: arcs that are no lists of pairs of numbers, a transform that is none.
    """
    arcs = topology.get("arcs")
    if not isinstance(arcs, list):
        raise InputError.of("shape_form", Place(file=place.file, key="arcs"))
    transform = topology.get("transform")
    if transform is None:
        return [_positions(arc, n, place) for n, arc in enumerate(arcs)]
    scale, move = (pair(transform.get(key) if isinstance(transform, dict) else None) for key in ("scale", "translate"))
    if scale is None or move is None:
        raise InputError.of("shape_form", Place(file=place.file, key="transform"))
    return [_scaled(_positions(arc, n, place), scale, move) for n, arc in enumerate(arcs)]


def _scaled(steps: Sequence[Position], scale: Position, move: Position) -> list[Position]:
    """Return positions in degrees from steps in units of the file's own."""
    x = y = 0.0
    found = []
    for step in steps:
        x, y = x + step[0], y + step[1]
        found.append([x * scale[0] + move[0], y * scale[1] + move[1]])
    return found


def _positions(arc: object, n: int, place: Place) -> list[Position]:
    """Return an arc's positions; raises InputError where one is no pair of numbers."""
    at = Place(file=place.file, key=f"arcs[{n}]")
    if not isinstance(arc, list):
        raise InputError.of("shape_form", at)
    pairs = [pair(position) for position in arc]
    for k, (found, given) in enumerate(zip(pairs, arc, strict=True)):
        if found is None:
            raise InputError.of("shape_number", at, n=k + 1, found=shown(given))
    return [found for found in pairs if found is not None]


class Joiner:
    """Puts rings together of arcs, of `most` positions in all: a small file can name one arc again and again."""

    def __init__(self, arcs: Sequence[list[Position]], most: int, collector: Collector) -> None:
        self.arcs, self.most, self.collector = arcs, most, collector
        self.count = 0

    def ring(self, given: object, place: Place) -> object:
        """Return the positions of a ring that names its arcs, ``~n`` for one that runs backward; else what is given.

        An arc that there is not is noted. Raises InputError: more positions than may be.
        """
        if not isinstance(given, list) or not all(type(n) is int for n in given):
            return given
        unknown = next((n for n in given if not -len(self.arcs) <= n < len(self.arcs)), None)
        if unknown is not None:
            self.collector.error("shape_arc", place, found=unknown, count=len(self.arcs))
            return given
        runs = [self.arcs[n] if n >= 0 else self.arcs[~n][::-1] for n in given[: self.most]]
        self.count += sum(map(len, runs))
        if self.count > self.most:
            found, limit = f"{self.count:,}", f"{self.most:,}"
            raise InputError.of("shapes_many_points", Place(file=place.file), found=found, limit=limit)
        return [position for k, run in enumerate(runs) for position in run[1 if k else 0 :]]
