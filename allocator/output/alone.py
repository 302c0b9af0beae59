"""One at a time over a folder: whoever reads, computes and writes there waits for whoever does so already."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from scenarios.errors import InputError, Place
from scenarios.findings.system import system_reason

_HELD: ContextVar[frozenset[str]] = ContextVar("held", default=frozenset())
"""Locks that are held here already; who holds a folder may ask for it again."""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a folder, there or not, until the block ends; other processes and threads of this machine wait.

    The lock is an empty file among the temporary ones; the system takes it off when its holder ends, however it ends.

    Raises InputError: the lock cannot be made.
    """
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:16]
    if name in _HELD.get():
        yield
        return
    held = _open(Path(tempfile.gettempdir()) / f"allocator-{name}.lock")
    token = _HELD.set(_HELD.get() | {name})
    try:
        _wait_for(held)
        yield
    finally:
        _HELD.reset(token)
        os.close(held)


def _open(lock: Path) -> int:
    """Return the lock, opened; that of another user can be read only, which is enough."""
    try:
        try:
            return os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
        except PermissionError:
            return os.open(lock, os.O_RDONLY)
    except OSError as error:
        raise InputError.of("out_not_writable", Place(file=str(lock)), reason=system_reason(error)) from error


if sys.platform == "win32":
    import msvcrt
    import time

    _ABANDONED = 3600.0  # seconds after which a folder in the making can only be the remains of a killed run

    def _wait_for(held: int) -> None:
        while True:
            try:
                return msvcrt.locking(held, msvcrt.LK_NBLCK, 1)
            except OSError:
                time.sleep(0.05)

    @contextmanager
    def in_the_making(folder: Path) -> Iterator[None]:
        """Show that whoever makes a folder is alive, until the block ends."""
        yield

    def is_abandoned(folder: Path) -> bool:
        """Return whether whoever was making a folder is gone."""
        return time.time() - folder.stat().st_mtime > _ABANDONED
else:
    import fcntl

    def _wait_for(held: int) -> None:
        fcntl.flock(held, fcntl.LOCK_EX)

    @contextmanager
    def in_the_making(folder: Path) -> Iterator[None]:
        """Show that whoever makes a folder is alive, until the block ends."""
        held = os.open(folder, os.O_RDONLY)
        try:
            _take(held)
            yield
        finally:
            os.close(held)

    def is_abandoned(folder: Path) -> bool:
        """Return whether whoever was making a folder is gone; where that cannot be known, it is not."""
        try:
            held = os.open(folder, os.O_RDONLY)
        except OSError:
            return False
        try:
            return _take(held)
        finally:
            os.close(held)

    def _take(held: int) -> bool:
        """Return whether a lock could be had at once."""
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
