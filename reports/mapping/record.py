"""A region on the map, as the records of plans and trackings hold it."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import StringConstraints

from reports.records import Record
from scenarios.load import Scenario
from scenarios.mapping.drawing import Outline

_NUMBER = r"-?[0-9]+(?:\.[0-9]+)?"
_RINGS = rf"^{_NUMBER} {_NUMBER}(?: {_NUMBER} {_NUMBER}){{3,}}$"

Line = Annotated[str, StringConstraints(pattern=_RINGS)]


class OutlineRecord(Record):
    """A region's rings in a box 1000 units across, y upwards: ``x y x y …``, closed; a hole runs clockwise.

    `label`: where its name stands.
    """

    kind: Literal["shapes", "tiles"]
    rings: tuple[Line, ...]
    label: tuple[float, float]

    @classmethod
    def drawn(cls, kind: Literal["shapes", "tiles"], outline: Outline | None) -> Self | None:
        """Return the record of what is drawn, None where nothing is."""
        if outline is None:
            return None
        rings = (" ".join(_plain(value) for point in ring for value in point) for ring in outline.rings)
        x, y = outline.label
        return cls(kind=kind, rings=tuple(rings), label=(round(x, 1), round(y, 1)))

    @property
    def points(self) -> tuple[list[float | None], list[float | None]]:
        """The x and the y of all its points, None between rings."""
        x: list[float | None] = []
        y: list[float | None] = []
        for n, ring in enumerate(self.rings):
            numbers = [float(text) for text in ring.split()]
            x += [*([None] if n else []), *numbers[::2]]
            y += [*([None] if n else []), *numbers[1::2]]
        return x, y


def outline_records(scenario: Scenario) -> tuple[OutlineRecord | None, ...]:
    """Return the outlines of all regions, None for those that are not drawn."""
    drawing = scenario.drawing
    if drawing is None:
        return (None,) * len(scenario.regions)
    return tuple(OutlineRecord.drawn(drawing.kind, outline) for outline in drawing.outlines)


def _plain(value: float) -> str:
    """Return a coordinate in as few digits as it needs, two decimals at most."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
