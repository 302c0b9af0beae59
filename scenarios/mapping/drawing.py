"""What is drawn of the regions: rings in a box of `ACROSS` units, x to the right and y upwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from scenarios.tables.files import InputFile

Point = tuple[float, float]
Ring = tuple[Point, ...]
"""A closed line, its last point the first one; outer rings run counterclockwise, holes clockwise."""

ACROSS = 1000.0
"""Units of the longer side of the box that all rings stand in; a screen shows no more."""


@dataclass(frozen=True)
class Outline:
    """One region: its rings, and a point inside where its name can stand."""

    rings: tuple[Ring, ...]
    label: Point


@dataclass(frozen=True)
class Drawing:
    """All regions in their order, None for one that is not drawn."""

    kind: Literal["shapes", "tiles"]
    outlines: tuple[Outline | None, ...]
    source: InputFile
