"""One at a time over a folder: whoever reads, computes and writes there waits for whoever does so already."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scenarios.errors import InputError, Place

LOCK = ".lock"
"""An empty file in the folder; the system takes the lock off it when its holder ends, however it ends."""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a folder, made if need be, until the block ends; other processes and threads wait.

    Raises
    ------
    InputError
        The folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise InputError.of("out_not_writable", Place(file=str(folder)), reason=error.strerror or error) from error
    try:
        _wait_for(held)
        yield
    finally:
        os.close(held)


if sys.platform == "win32":
    import msvcrt
    import time

    def _wait_for(held: int) -> None:
        while True:
            try:
                return msvcrt.locking(held, msvcrt.LK_NBLCK, 1)
            except OSError:
                time.sleep(0.05)
else:
    import fcntl

    def _wait_for(held: int) -> None:
        fcntl.flock(held, fcntl.LOCK_EX)
