"""The one folder in which the page keeps the user's files, and where it is remembered from one day to the next."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path

from scenarios.errors import InputError, Place
from scenarios.findings.system import system_reason
from scenarios.tables.files import usable

_NAME = "allocator"
_DOCUMENTS = ("Documents", "文档", "我的文档")


def usual() -> Path:
    """Return the folder that is used where none was chosen: in the user's documents."""
    home = Path.home()
    return next((home / name for name in _DOCUMENTS if (home / name).is_dir()), home) / _NAME


def memory() -> Path:
    """Return the file in which the chosen folder is remembered."""
    system = os.environ.get("APPDATA") or os.environ.get("XDG_CONFIG_HOME")
    return (Path(system) if system else Path.home() / ".config") / _NAME / "folder.txt"


def remembered(memory: Path) -> Path:
    """Return the folder that was chosen last, as far as it can still be used; else the usual one."""
    with suppress(OSError, ValueError, InputError):
        return judged(memory.read_text("utf-8").strip())
    return usual()


def remember(folder: Path, memory: Path) -> None:
    """Remember a folder; where that is impossible, it holds until the program ends."""
    with suppress(OSError):
        memory.parent.mkdir(parents=True, exist_ok=True)
        memory.write_text(f"{folder}\n", "utf-8")


def judged(text: str) -> Path:
    """Return the folder that was typed, made where it is not there.

    Raises InputError: no whole path; something else is there; it cannot be made or written.
    """
    place = Place(file=text)
    if not text or not Path(text).is_absolute():
        raise InputError.of("own_folder", place, example=usual())
    folder = usable(text)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError:
        raise InputError.of("out_not_a_folder", place) from None
    except OSError as error:
        raise InputError.of("out_not_writable", place, reason=system_reason(error)) from None
    if not os.access(folder, os.W_OK):
        raise InputError.of("out_not_writable", place, reason=system_reason(PermissionError(errno.EACCES, "")))
    return folder
