"""The workbooks of a scenario as they are on the disk: which there are, what check says, cells given anew, answers."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from reports.saving.mended import with_cells
from reports.words.pages.own_files import WORDS
from scenarios.errors import Finding, InputError, Place
from scenarios.file.book.sheets import ANSWERS, Part, part_of, sheet_named
from scenarios.file.document import BOOKS, read_document
from scenarios.findings.system import system_reason
from scenarios.load import find_scenario, load_scenario
from scenarios.tables.columns import parse_header
from scenarios.tables.excel import is_copy, read_workbook
from scenarios.tables.files import decode, of_book, read_bytes
from scenarios.tables.grid import Grid
from scenarios.tables.text_table import delimiter_of, read_text_table
from scenarios.wording import Language

_TEXTS = (".csv", ".tsv")
_NOT_FOR_THE_PAGE = ("level_not_here",)
"""What is sound, and the page does not serve: nothing is to be mended."""
_TURN = Lock()
"""One workbook is written after the other."""


@dataclass(frozen=True)
class Book:
    """A workbook as it was read."""

    path: Path
    raw: bytes
    sheets: tuple[tuple[Place, Grid], ...]  # Those that are shown

    @property
    def digest(self) -> str:
        """SHA-256 of its content."""
        return hashlib.sha256(self.raw).hexdigest()


def books(source: str | Path) -> list[Path]:
    """Return the workbooks of a scenario that can be mended: itself, and the table of regions beside it."""
    return [path for path in shown(source) if path.suffix.lower() in BOOKS]


def shown(source: str | Path) -> list[Path]:
    """Return what is shown of a scenario: its workbooks, and a table of regions beside it that is text."""
    path = find_scenario(source)
    found = [path] if path.suffix.lower() in BOOKS else []
    with suppress(InputError):
        named = read_document(path)[0].values.get("regions")
        if isinstance(named, str) and Path(named).name == named:
            beside = of_book(path.parent / named)[0]
            known = beside.suffix.lower() in (*BOOKS, *_TEXTS)
            found += [beside] if known and beside.is_file() and beside not in found else []
    return found


def opened(path: Path) -> Book:
    """Return a workbook, or a table that is text; of one that holds results as well only the sheets of its scenario.

    Raises InputError: it cannot be read.
    """
    raw = read_bytes(path)
    if path.suffix.lower() in _TEXTS:
        text = decode(raw, path.name)
        delimiter = delimiter_of(text, lambda field: bool(parse_header(field.strip(" \"'")).standard))
        return Book(path, raw, ((Place(file=path.name), read_text_table(text, path.name, delimiter)),))
    sheets = read_workbook(raw, path.name)
    copies = any(is_copy(place.sheet.strip()) for place, _ in sheets)
    own = (each for each in sheets if is_copy(each[0].sheet.strip()) == copies)
    return Book(path, raw, tuple(own))


def judged(source: str | Path) -> tuple[Finding, ...]:
    """Return what check says of a scenario: errors, open questions, and notices."""
    try:
        return tuple(load_scenario(source).notices)
    except InputError as error:
        return error.everything


def can_mend(source: str | Path, findings: Sequence[Finding]) -> bool:
    """Return whether something of what keeps a scenario from being opened stands in a workbook that can be shown."""
    with suppress(InputError):
        own = {path.name for path in books(source)}
        named = {finding.place.file for finding in findings if finding.code not in _NOT_FOR_THE_PAGE}
        return bool(own & named) and all(opened(path) for path in shown(source))
    return False


def mend(path: Path, digest: str, cells: Mapping[tuple[str, str], str], keep: str) -> None:
    """Write cells of a workbook that is still what it was.

    `digest`: of what it was. `keep`: under which name that is kept beside; ``""`` not at all.
    Raises InputError: the file has changed or is gone; cells that cannot be written; the disk refuses.
    """
    with _TURN:
        raw = read_bytes(path)
        _hold(path, raw, digest)
        content = with_cells(raw, path.name, cells)
        try:
            if keep:
                _replace(path.with_name(keep), raw)
            _hold(path, read_bytes(path), digest)
            _replace(path, content)
        except OSError as error:
            raise InputError.of("out_not_writable", Place(file=str(path)), reason=system_reason(error)) from None


def put_in_place(path: Path, content: bytes, keep: str) -> None:
    """Write a workbook where another one is, which is kept beside under the name `keep`.

    Raises InputError: the other one cannot be read; the disk refuses.
    """
    with _TURN:
        try:
            _replace(path.with_name(keep), read_bytes(path))
            _replace(path, content)
        except OSError as error:
            raise InputError.of("out_not_writable", Place(file=str(path)), reason=system_reason(error)) from None


def kept_name(path: Path, language: Language) -> str:
    """Return under which name the last state of a workbook is kept beside it."""
    return f"{path.stem}{WORDS.say('kept_mark', language)}{path.suffix}"


def answer_cells(book: Book, asked: str, reason: str) -> dict[tuple[str, str], str]:
    """Return the cells by which a workbook answers a question: the next row of its sheet of answers.

    Raises InputError: no reason; the workbook has no such sheet.
    """
    if not reason.strip():
        raise InputError.of("no_reason")
    found = ((place, part_of(ANSWERS, place, grid)) for place, grid in book.sheets if _is_answers(place))
    for place, part in found:
        if part is not None and "id" in part.columns and {"reason.zh", "reason.en"} & {*part.columns}:
            row = _next_row(part)
            texts = {"id": asked, "reason.zh": reason, "reason.en": reason}
            return {
                (place.sheet, f"{letters_of(part, key)}{row}"): text
                for key, text in texts.items()
                if key in part.columns
            }
    raise InputError.of("no_answers_sheet", Place(file=book.path.name))


def _is_answers(place: Place) -> bool:
    return sheet_named(place.sheet) == ANSWERS


def _next_row(part: Part) -> int:
    """Return the row below the last one that says something."""
    used = [row[0].place.address[0] for row in part.rows if any(cell.text or cell.unknown for cell in row)]
    return max([part.head[0].place.address[0], *used]) + 1


def letters_of(part: Part, key: str) -> str:
    """Return the letters of a column of a sheet."""
    return part.head[part.columns[key]].place.cell.rstrip("0123456789")


def _hold(path: Path, raw: bytes, digest: str) -> None:
    if hashlib.sha256(raw).hexdigest() != digest:
        raise InputError.of("book_changed", Place(file=path.name))


def _replace(path: Path, content: bytes) -> None:
    """Write a file, whole or not at all. Raises OSError: the disk refuses."""
    side = path.with_name(f".allocator-{secrets.token_hex(8)}")
    try:
        side.write_bytes(content)
        side.replace(path)
    finally:
        side.unlink(missing_ok=True)
