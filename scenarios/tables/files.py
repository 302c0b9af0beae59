"""Files as they arrive: read whole and bounded, decoded strictly, hashed."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import dataclass
from pathlib import Path

from scenarios.errors import InputError, Place

MAX_TABLE_BYTES = 50_000_000


@dataclass(frozen=True)
class InputFile:
    """A file that a result rests on: its name and SHA-256."""

    name: str
    sha256: str

    @classmethod
    def of(cls, name: str, raw: bytes) -> InputFile:
        """Return the record of a file's bytes."""
        return cls(name, hashlib.sha256(raw).hexdigest())


def usable(path: str | Path, code: str = "unreadable") -> Path:
    """Return a path that the system understands, whether anything is there or not.

    Raises
    ------
    InputError
        A path with NUL, too long, in a circle or through what may not be entered; its message is `code`.
    """
    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        pass
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError.of(code, Place(file=str(path)), reason=reason) from None
    return Path(path)


def read_bytes(path: Path, limit: int = MAX_TABLE_BYTES) -> bytes:
    """Return a file's bytes.

    Raises
    ------
    InputError
        No such file, a directory, a pipe or device, not readable, empty, or larger than `limit` bytes.
    """
    place = Place(file=str(path))
    try:
        mode = usable(path).stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise InputError.of("not_a_regular_file", place)
        with path.open("rb") as stream:
            raw = stream.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise InputError.of("no_file", place) from None
    except IsADirectoryError:
        raise InputError.of("is_directory", place) from None
    except OSError as error:
        if path.is_dir():  # Windows answers "permission denied" for a directory
            raise InputError.of("is_directory", place) from None
        raise InputError.of("unreadable", place, reason=error.strerror or str(error)) from None
    if not raw.strip():
        raise InputError.of("empty_file", place)
    if len(raw) > limit:
        raise InputError.of("file_too_big", place, limit=f"{limit / 1e6:g}")
    return raw


def decode(raw: bytes, name: str) -> str:
    """Return text from UTF-8 (with or without BOM) or GB18030, both strict.

    Raises
    ------
    InputError
        Neither encoding fits, or the text holds NUL characters (UTF-16, a binary file).
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise InputError.of("bad_encoding", Place(file=name))
