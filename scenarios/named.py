"""Which files a scenario is made of: itself, and whatever stands beside it under a name that it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from scenarios.errors import InputError
from scenarios.file.document import read_document
from scenarios.load import Scenario
from scenarios.sources import find_scenario
from scenarios.tables.files import of_book


def files_of(scenario: Scenario) -> tuple[Path, ...]:
    """Return the files of a scenario, read or not; some of the paths may lead to none."""
    document, read = scenario.document, [source.name for source in scenario.inputs]
    return _beside(scenario.folder, [*read, *([] if document is None else [document.name, *_texts(document.values)])])


def files_at(source: str | Path) -> tuple[Path, ...]:
    """Return the same for what a command line names; none where it names no scenario."""
    try:
        path = find_scenario(source)
        return _beside(path.parent, [path.name, *_texts(read_document(path)[0].values)])
    except InputError:
        return ()


def _beside(folder: Path, names: Iterable[str]) -> tuple[Path, ...]:
    return tuple(dict.fromkeys(of_book(folder / name)[0] for name in names if name))


def _texts(values: object) -> Iterator[str]:
    """Yield all texts of a scenario file."""
    if isinstance(values, str):
        yield values
    inside = values.values() if isinstance(values, dict) else values if isinstance(values, list) else ()
    for value in inside:
        yield from _texts(value)
