"""Loading what the command line names, and printing what comes of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from reports.records import Record
    from scenarios.errors import Finding
    from scenarios.load import Scenario
    from scenarios.schema_types import Words
    from scenarios.wording import Language


class Said(Protocol):
    """What can be said in words, and has a record for programs."""

    def statements(self, language: Language) -> list[str]:
        """Return lines for people."""

    @property
    def record(self) -> Record:
        """What `--json` prints."""


class Noted(Protocol):
    """A record with what must be said beside it."""

    @property
    def notices(self) -> tuple[Words, ...]:
        """What must be said."""

    def to_json(self) -> str:
        """Return it as JSON text."""


def said(code: str, language: Language, **values: object) -> str:
    """Return a text of `reports.words`, which is read when something is said."""
    from reports.words import LABELS

    return LABELS.say(code, language, **values)


def load(scenario: str, settings: list[str], split: bool = True) -> Scenario:
    """Return the scenario that the command line names, its settings applied; the command speaks of its quantity."""
    from scenarios.load import load_scenario
    from scenarios.quantities import speak_of

    loaded = load_scenario(scenario, settings, split=split)
    speak_of(loaded.measured)
    return loaded


@contextmanager
def waiting(code: str, language: Language, quiet: bool) -> Iterator[None]:
    """Show on standard error what is being done, and for how long; where somebody looks at it, and not if `quiet`.

    `code`: of the words for it.
    """
    if quiet or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        bar.add_task(said(code, language), total=None)
        yield


@contextmanager
def counting(task: str, whole: int, quiet: bool) -> Iterator[Callable[[], None]]:
    """Show on standard error how much of a whole is done, as `sweep` does, and give what is called after each part.

    `task`: what is counted, in words.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        counted = bar.add_task(task, total=whole)
        yield lambda: bar.advance(counted)


def print_json(document: object) -> None:
    """Print one JSON document; no NaN leaves."""
    print(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False))


def print_result(result: Said, as_json: bool, language: Language) -> None:
    """Print a result as JSON or in words."""
    if as_json:
        print_json(result.record.model_dump(mode="json"))
    else:
        print_lines(result.statements(language))


def print_record(
    record: Noted, lines: Iterable[str], as_json: bool, language: Language, folder: Path | None, files: Iterable[str]
) -> None:
    """Print a record as JSON; or in lines, with its notices and where it was written.

    `folder`: None where nothing was written.
    """
    if as_json:
        sys.stdout.write(record.to_json())
        return
    print_lines(lines)
    print_notices(record.notices, language)
    if folder is not None:
        print_written(folder, files, language)


def print_lines(lines: Iterable[str]) -> None:
    """Print one line each."""
    for line in lines:
        print(line)


def print_written(folder: Path, files: Iterable[str], language: Language) -> None:
    """Print where results were written, and the files where they are named."""
    print_lines(filter(None, [said("written", language, folder=folder), "  ".join(files)]))


def print_notices(notices: Iterable[Finding | Words], language: Language) -> None:
    """Print notices to standard error, each once."""
    for notice in dict.fromkeys(notice.say(language) for notice in notices):
        print(f"{said('notice', language)}: {notice}", file=sys.stderr)
