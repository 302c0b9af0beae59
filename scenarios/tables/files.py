"""Files as they arrive: read whole and bounded, decoded strictly, hashed."""

from __future__ import annotations

import hashlib
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


def read_bytes(path: Path, limit: int = MAX_TABLE_BYTES) -> bytes:
    """Return a file's bytes.

    Raises
    ------
    InputError
        No such file, a directory, not readable, empty, or larger than `limit` bytes.
    """
    place = Place(file=str(path))
    try:
        with path.open("rb") as stream:
            raw = stream.read(limit + 1)
    except FileNotFoundError:
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
