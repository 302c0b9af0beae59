"""What can go wrong, as sentences on standard error and an exit code; see `allocator.errors`."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from allocator.commands.printing import print_json, said
from allocator.exit_codes import BAD_INPUT, SOLVER_FAILED

if TYPE_CHECKING:
    from scenarios.errors import InputError
    from scenarios.wording import Language

INTERRUPTED = 130


@contextmanager
def errors_in_words(language: Language, as_json: bool, debug: bool) -> Iterator[None]:
    """Turn what can go wrong into messages on standard error and an exit code."""
    try:
        yield
    except typer.Exit:
        raise
    except KeyboardInterrupt:
        _stop(INTERRUPTED, [said("interrupted", language)], language, as_json)
    except BaseException as error:
        if debug:
            traceback.print_exception(error)
        from allocator.errors import exit_and_sentences
        from scenarios.errors import InputError

        found = error if isinstance(error, InputError) else None
        _stop(*exit_and_sentences(error, language), language, as_json, found, getattr(error, "__notes__", ()))


@contextmanager
def errors_marked(
    file: Path | None, language: Language, scenario: str, *tables: str | Path | None
) -> Iterator[None]:  # fmt: skip
    """Write what is wrong with the tables of a command into a copy of the table, where a file for it is named.

    Where nothing is wrong, or the file cannot be written, that is said beside what the command says.
    """
    if file is None:
        yield
        return
    from allocator.output.marked import Marked
    from scenarios.errors import InputError
    from scenarios.told import told

    marked = Marked(file, scenario, tables)
    marked.refuse_unusable()
    try:
        yield
    except InputError as error:
        try:
            error.add_note(marked.write(error.findings, language))
        except InputError as failure:
            error.add_note("\n".join(told(failure.findings, language)))
        raise
    except typer.Exit:
        _say_unneeded(file, language)
        raise
    _say_unneeded(file, language)


def _say_unneeded(file: Path, language: Language) -> None:
    print(said("errors_unneeded", language, file=file), file=sys.stderr)


def refused(code: str, key: str) -> InputError:
    """Return what is wrong with an option or argument of the command line."""
    from scenarios.errors import InputError, Place

    return InputError.of(code, Place(key=key))


def _stop(
    code: int, lines: list[str], language: Language, as_json: bool, found: InputError | None = None,
    notes: Iterable[str] = (),
) -> NoReturn:  # fmt: skip
    """Print lines and notes to standard error, the JSON document if asked for, and exit."""
    from scenarios.told import to_paste, told

    findings, notices = (found.findings, found.notices) if found else ((), ())
    pasted = to_paste(findings, language)
    label = said("error", language) if code in (BAD_INPUT, SOLVER_FAILED) else ""
    _print_labelled(lines[: len(lines) - len(pasted)], label)
    if len(findings) > 1:
        print(said("found_errors", language, count=len(findings)), file=sys.stderr)
    _print_labelled(told(notices, language), said("notice", language))
    for note in (*pasted, *notes):
        print(note, file=sys.stderr)
    if as_json:
        print_json({"exit_code": code, "messages": lines, "findings": [f.as_json() for f in findings],
                    "notices": [f.as_json() for f in notices]})  # fmt: skip
    raise typer.Exit(code)


def _print_labelled(lines: Iterable[str], label: str) -> None:
    """Print lines to standard error, those that begin something behind a label, where there is one."""
    for line in lines:
        headed = label and not line.startswith((" ", "…"))
        print(f"{label}: {line}" if headed else line, file=sys.stderr)
