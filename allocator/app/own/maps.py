"""A map that is dropped: judged against the regions, put beside the workbook, and written into its settings."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from allocator.app.own.books import Book, kept_name, letters_of, mend, opened, put_in_place
from allocator.app.own.incoming import file_name, holds
from allocator.app.uploads import refuse_large
from allocator.output.marked import write_new
from scenarios.errors import Collector, Finding, InputError, Place
from scenarios.file.book.sheets import SETTINGS, Part, part_of, sheet_named
from scenarios.load import Scenario, load_scenario
from scenarios.mapping.read import drawing_of
from scenarios.wording import Language

ENDINGS = (".geojson", ".topojson", ".json")
"""Of what can be dropped as a map."""
_KEYS = {"shapes": True, "tiles": False}
"""Settings that name a map: that of shapes gets the file, that of tiles is emptied, for there is one map at most."""


def take_map(
    source: str, path: Path, digest: str, raw: bytes, called: str, keep: str, language: Language
) -> list[Finding]:  # fmt: skip
    """Put a map beside a workbook, name it in its settings, and return what is to be said of it.

    `digest`: of the workbook as the page shows it; `keep`: under which name its old state is kept, ``""`` not at all.
    Raises InputError: too large; no map; none of the regions in it; the workbook has changed; the disk refuses.
    """
    name = file_name(called)
    refuse_large(len(raw), name)
    if Path(name).suffix not in ENDINGS:
        raise InputError.of("upload_no_map", Place(file=name), found=Path(name).suffix or name)
    said = _judged(source, name, raw)
    cells = _cells(opened(path), name)
    there = path.with_name(name)
    if not there.exists():
        write_new(there, raw)
    elif not holds(there, raw):
        put_in_place(there, raw, kept_name(there, language))
    mend(path, digest, cells, keep)
    return said


def _judged(source: str, name: str, raw: bytes) -> list[Finding]:
    """Return what is said of a map and of the scenario's regions. Raises InputError: it cannot be their map."""
    scenario, collector = _without_map(source, name), Collector()
    file = scenario.file.model_copy(update={"shapes": name, "tiles": None})
    with tempfile.TemporaryDirectory(prefix="allocator-") as folder:
        (Path(folder) / name).write_bytes(raw)
        drawing_of(file, Path(folder), scenario.regions, scenario.file.answers, collector)
    if collector.refuses:
        raise InputError([finding for finding in collector.findings if finding.severity == "error"])
    return list(collector.findings)


def _without_map(source: str, name: str) -> Scenario:
    """Return the scenario without the map that it names, which may be wrong or gone.

    Raises InputError: its data are wrong, so that nobody knows of which regions the map is to be.
    """
    with suppress(InputError):
        return load_scenario(source, [f"{key}=null" for key in _KEYS])
    raise InputError.of("map_needs_data", Place(file=name))


def _cells(book: Book, name: str) -> dict[tuple[str, str], str]:
    """Return the cells by which a workbook names a map. Raises InputError: no sheet of settings with its header."""
    for place, grid in book.sheets:
        part = part_of(SETTINGS, place, grid) if sheet_named(place.sheet) == SETTINGS else None
        if part is not None and {"key", "value"} <= part.columns.keys():
            return {(place.sheet, cell): text for cell, text in _named(part, name)}
    raise InputError.of("no_settings_sheet", Place(file=book.path.name))


def _named(part: Part, name: str) -> Sequence[tuple[str, str]]:
    """Return cell and text of what names a map: in the rows of its settings, else in a row below all others."""
    lines = {part.text(row, "key"): row[0].place.address[0] for row in part.rows}
    key_column, value_column = letters_of(part, "key"), letters_of(part, "value")
    cells = [(f"{value_column}{lines[key]}", name if wanted else "") for key, wanted in _KEYS.items() if key in lines]
    if not any(text for _, text in cells):
        below = max([part.head[0].place.address[0], *lines.values()]) + 1
        cells += [(f"{key_column}{below}", "shapes"), (f"{value_column}{below}", name)]
    return cells
