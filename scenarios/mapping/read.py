"""The map of a scenario: its file of shapes or its table of tiles, as it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from scenarios.errors import Collector, InputError, Place
from scenarios.file.schema import ScenarioFile
from scenarios.mapping.drawing import Drawing, Outline, Ring
from scenarios.mapping.matching import matched
from scenarios.mapping.projection import boxed, projected
from scenarios.mapping.shapes import read_shapes
from scenarios.mapping.tiles import read_tiles
from scenarios.sense.asking import Answers
from scenarios.tables.regions import Regions

MOST_DRAWN = 40_000
"""Points of a simplified map: beyond that its borders are noise, or finer than any screen."""


def drawing_of(
    file: ScenarioFile, folder: Path, regions: Regions, answers: Answers, collector: Collector
) -> Drawing | None:
    """Return the map that a scenario names, None where it names none or where something is wrong with it, noted."""
    if file.tiles is not None:
        path = folder / file.tiles
        read = collector.taken(lambda: read_tiles(path, regions, collector))
        return None if read is None else Drawing("tiles", _outlines(boxed(read[0])), read[1])
    if file.shapes is not None:
        path = folder / file.shapes
        return collector.taken(lambda: _of_shapes(path, regions, answers, collector))
    return None


def _of_shapes(path: Path, regions: Regions, answers: Answers, collector: Collector) -> Drawing | None:
    """Return the map of a file of shapes; what is wrong is noted."""
    own = Collector()
    shapes, source = read_shapes(path, own)
    if own.refuses:
        collector.extend(own.findings)
        return None
    rings = matched(shapes, regions, Place(file=path.name), answers, own)
    collector.extend(own.findings)
    if own.refuses or not any(rings):
        return None
    thin = _thin(tuple(map(tuple, rings)))
    if (count := sum(len(ring) for region in thin for ring in region)) > MOST_DRAWN:
        raise InputError.of("shapes_many_drawn", Place(file=path.name), found=f"{count:,}", limit=f"{MOST_DRAWN:,}")
    return Drawing("shapes", _outlines(thin), source)


@lru_cache(maxsize=2)
def _thin(rings: tuple[tuple[Ring, ...], ...]) -> list[list[Ring]]:
    """Return rings of degrees as they are drawn; what was projected before is not projected again."""
    from scenarios.mapping.simplify import simplified

    return simplified(projected(rings))


def _outlines(regions: Sequence[Sequence[Ring]]) -> tuple[Outline | None, ...]:
    """Return each region's rings with the point of its name, None for one without rings."""
    from scenarios.mapping.labels import label_point

    return tuple(Outline(tuple(rings), label_point(rings)) if rings else None for rings in regions)
