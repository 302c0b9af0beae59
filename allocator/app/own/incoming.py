"""A file that was dropped: judged as every table is, and put into a folder of its own; nothing there is overwritten."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from allocator.app.shelf import REMOVED
from allocator.app.uploads import refuse_large
from allocator.output.marked import write_new
from scenarios.errors import InputError, Place
from scenarios.file.book.sheets import SETTINGS, sheet_named
from scenarios.findings.system import system_reason
from scenarios.sources import BOOK_FILES
from scenarios.tables.excel import read_workbook
from scenarios.tables.files import ZIP, decode
from scenarios.tables.old_excel import read_old_workbook
from scenarios.wording import Language

TABLES = (".xlsx", ".xlsm", ".xls", ".csv", ".tsv")
"""Endings of what can be dropped."""

_BOOKS, _OLD = (".xlsx", ".xlsm"), ".xls"
_NO_NAME = re.compile(r'[<>:"/\\|?*#%\u115f\u1160\u3164\uffa0\u2800]')
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Kinds of signs that nobody sees, or that turn the order of others."""
_SEEN = "LNPS"
_OF_THE_SYSTEM = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_LONGEST, _MOST = 60, 99


@dataclass(frozen=True)
class Taken:
    """A file that was put into the user's folder."""

    name: str  # Of its folder there
    is_scenario: bool  # Whether it is a scenario workbook; else a table that lacks one
    beside: bool = False  # Whether something else of that name was there already


def file_name(text: str) -> str:
    """Return what a dropped file is called: its name alone, without folders, in signs that every disk takes."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", text))[-1]
    shown = "".join(sign for sign in last if unicodedata.category(sign) not in _UNSEEN)
    bare = _NO_NAME.sub("", shown).strip()
    stem, dot, suffix = bare.rpartition(".")
    stem, suffix = (stem, suffix) if dot else (bare, "")
    stem = _bare(_bare(stem)[:_LONGEST]) or "table"
    stem = stem if any(unicodedata.category(sign)[0] in _SEEN for sign in stem) else "table"
    stem = f"_{stem}" if _OF_THE_SYSTEM.fullmatch(stem) else stem
    return f"{stem}.{suffix.lower()}" if suffix else stem


def _bare(text: str) -> str:
    """Return a name without points and blanks of any width at its ends."""
    return re.sub(r"^[\s.]+|[\s.]+$", "", text)


def take_in(raw: bytes, called: str, folder: Path, language: Language) -> Taken:
    """Put a dropped file into a folder of its own in the user's; the same file again is the one that is there.

    Raises InputError: empty or too large; no scenario workbook and no table; it cannot be written.
    """
    name = file_name(called)
    place = Place(file=name)
    if not raw.strip():
        raise InputError.of("upload_empty", place)
    refuse_large(len(raw), name)
    is_scenario = _is_scenario(raw, name)
    if is_scenario and name.endswith(".xlsm"):
        raise InputError.of("upload_macros", place)
    files = (BOOK_FILES[language], *BOOK_FILES.values()) if is_scenario else (name,)
    stem = name.rpartition(".")[0]
    for count in range(1, _MOST):
        home = folder / (stem if count == 1 else f"{stem} {count}")
        if any(holds(home / file, raw) for file in files):
            return Taken(home.name, is_scenario)
        if _made(home):
            _put(home / files[0], raw)
            return Taken(home.name, is_scenario, beside=count > 1)
    raise InputError.of("folder_full", place)


def free_folder(folder: Path, name: str) -> Path:
    """Return a new folder in the user's, of a name that nothing there has yet.

    Raises InputError: it cannot be made; too many of that name are there.
    """
    for count in range(1, _MOST):
        home = folder / (name if count == 1 else f"{name} {count}")
        if _made(home):
            return home
    raise InputError.of("folder_full", Place(file=name))


def free_below(folder: Path, name: str) -> Path:
    """Return a place in a folder that nothing has yet, of a name or the next one like it.

    Raises InputError: too many of that name are there.
    """
    for count in range(1, _MOST):
        place = folder / (name if count == 1 else f"{name} {count}")
        if not place.exists():
            return place
    raise InputError.of("folder_full", Place(file=name))


def _is_scenario(raw: bytes, name: str) -> bool:
    """Return whether a file is a scenario workbook. Raises InputError: it is no table either."""
    suffix = Path(name).suffix
    if suffix not in TABLES:
        raise InputError.of("upload_kind", Place(file=name), found=name)
    if suffix in _BOOKS or (suffix == _OLD and raw.startswith(ZIP)):
        return any(sheet_named(place.sheet) == SETTINGS for place, _ in read_workbook(raw, name))
    if suffix == _OLD:
        read_old_workbook(raw, name)
    else:
        decode(raw, name)
    return False


def holds(path: Path, raw: bytes) -> bool:
    """Return whether a file is there and holds just this."""
    with suppress(OSError):
        return path.is_file() and path.stat().st_size == len(raw) and path.read_bytes() == raw
    return False


def _made(home: Path) -> bool:
    """Make a folder; returns whether it was not there before. Raises InputError: it cannot be made."""
    if home.name in REMOVED.values():
        return False
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        home.mkdir()
    except FileExistsError:
        return False
    except OSError as error:
        raise InputError.of("out_not_writable", Place(file=str(home)), reason=system_reason(error)) from None
    return True


def _put(path: Path, raw: bytes) -> None:
    """Write a file into its new folder, which goes again where that fails."""
    try:
        write_new(path, raw)
    except InputError:
        with suppress(OSError):
            path.parent.rmdir()
        raise
