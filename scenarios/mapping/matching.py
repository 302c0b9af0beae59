"""Which shape is which region: by code first, by name second, as the rows of a table are."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence

from scenarios.errors import Collector, Finding, Place
from scenarios.mapping.drawing import Ring
from scenarios.mapping.shapes import Shape
from scenarios.sense.asking import Answers, question
from scenarios.tables.adcodes.prefectures import code_of, owner_and_own
from scenarios.tables.regions import PROVINCES, Regions, alias, called_province, plain_code
from scenarios.wording import some

_NEAR = 0.5  # likeness of two names that may be one


def matched(
    shapes: Sequence[Shape], regions: Regions, place: Place, answers: Answers, collector: Collector
) -> list[list[Ring]]:
    """Return the rings of each region, none for one without a shape.

    Noted: a shape whose code and name are of different regions, and a file that has none of the regions. Asked: a
    shape that may be a region's by its name. Said: regions without a shape, shapes of no region, several of one.
    """
    codes = {code_of(name): n for n, name in enumerate(regions.names) if code_of(name)}
    codes |= {plain_code(identifier): n for n, identifier in enumerate(regions.ids)}
    found: dict[int, list[Shape]] = {}
    spare: list[Shape] = []
    for shape in shapes:
        n = _whose(shape, regions, codes, collector)
        if n is None:
            spare.append(shape)
        else:
            found.setdefault(n, []).append(shape)
    missing = [n for n in range(len(regions)) if n not in found]
    if not found:
        some_names = some(shape.called for shape in shapes)
        collector.error("shapes_match_none", place, found=some_names, needed=some(regions.names))
        return [[] for _ in range(len(regions))]
    answers.ask(_meant(spare, [regions.names[n] for n in missing]), collector)
    if missing:
        collector.notice("shapes_missing", place, missing=some(regions.names[n] for n in missing))
    if spare:
        collector.notice("shapes_spare", place, found=some(shape.called for shape in spare))
    if several := [regions.names[n] for n, parts in found.items() if len(parts) > 1]:
        collector.notice("shapes_joined", place, found=some(several))
    return [[ring for shape in found.get(n, ()) for ring in shape.rings] for n in range(len(regions))]


def _whose(shape: Shape, regions: Regions, codes: dict[str, int], collector: Collector) -> int | None:
    """Return the position of a shape's region, None for none; code and name of different regions are noted."""
    index = regions.index
    by_code = codes.get(shape.code) if shape.code else None
    by_name = next((n for n in map(index.find, shape.names) if n is not None), None)
    other = owner_and_own(shape.code, shape.names[0]) if shape.code and shape.names else None
    torn = by_code is not None and by_name is not None and by_code != by_name
    if torn or (other and (by_code is not None or by_name is not None)):
        owner = regions.names[by_code] if by_code is not None else (other or ("",))[0]
        collector.error("region_conflict", shape.place, found=f"{shape.code} {owner} / {shape.called}")
    return by_code if by_code is not None else by_name


def _meant(spare: Sequence[Shape], missing: Sequence[str]) -> Iterator[Finding]:
    """Ask about shapes of no known region whose name is near to that of a region without a shape."""
    free = {alias(name): name for name in missing}
    for shape in spare:
        for name in () if _is_elsewhere(shape.called) else shape.names[:1]:
            for near in difflib.get_close_matches(alias(name), free, 1, _NEAR)[:1]:
                asked = f"shape:{shape.place.file}:{name}"
                yield question("shape_meant", asked, shape.place, found=name, meant=free[near])


def _is_elsewhere(name: str) -> bool:
    """Return whether a name is that of a prefecture or a province, and so no slip of another one."""
    return bool(code_of(name)) or alias(name) in PROVINCES or called_province(name)
