"""One at a time over a folder: whoever reads, computes and writes there waits for whoever does so already."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scenarios.errors import InputError, Place


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a folder, there or not, until the block ends; other processes and threads of this machine wait.

    The lock is an empty file among the temporary ones; the system takes it off when its holder ends, however it ends.

    Raises
    ------
    InputError
        The lock cannot be made.
    """
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    lock = Path(tempfile.gettempdir()) / f"allocator-{name}.lock"
    try:
        held = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise InputError.of("out_not_writable", Place(file=str(lock)), reason=error.strerror or error) from error
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
