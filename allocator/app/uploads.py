"""Files that pages send: one limit for them all, judged before they are read, and said in one sentence."""

from __future__ import annotations

from math import ceil
from typing import Any

from flask import request

from scenarios.errors import InputError, Place
from scenarios.findings.mending import MENDING
from scenarios.wording import Language

MOST_MEGABYTES = 20
"""Of a file that is sent."""
MOST_BYTES = MOST_MEGABYTES * 1_000_000

_AROUND = 1_000_000  # bytes of what may go with a file: its name, the settings of the page
_TENTH = 100_000


def admit(name: str = "") -> None:
    """Let this request send a file.

    Raises InputError: it is larger than any file may be.
    """
    size = request.content_length or 0
    if size > MOST_BYTES + _AROUND:
        raise too_large(size, name)
    request.max_content_length = MOST_BYTES + _AROUND


def refuse_large(size: int, name: str) -> None:
    """Refuse a file of so many bytes. Raises InputError: it is too large."""
    if size > MOST_BYTES:
        raise too_large(size, name)


def too_large(size: int, name: str) -> InputError:
    """Return what is said of a file that is too large: its size and the limit, in megabytes."""
    return InputError.of("upload_big", Place(file=name), size=f"{_megabytes(size):g}", limit=MOST_MEGABYTES)


def limits(language: Language) -> dict[str, Any]:
    """Return what a page is filled with that takes files: the limit, and what it says where one is beyond it.

    The sentence leaves ``{size}`` open, which only the browser knows: such a file is not sent at all.
    """
    said = MENDING["upload_big"].say(language, size="{size}", limit=MOST_MEGABYTES)
    return {"most": MOST_MEGABYTES, "limit": MOST_BYTES, "large": said}


def _megabytes(size: int) -> float:
    """Return a size in megabytes, upward to a tenth: what is too large never reads as the limit itself."""
    return ceil(size / _TENTH) / 10
