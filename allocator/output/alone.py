"""One at a time over a folder: whoever reads, computes and writes there waits for whoever does so already."""

from __future__ import annotations

import hashlib
import os
import re
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from pathlib import Path

from scenarios.errors import InputError, Place
from scenarios.findings.system import system_reason

_HELD: ContextVar[frozenset[Path]] = ContextVar("held", default=frozenset())
"""Folders that are held here already; who holds a folder may ask for it again."""
_MOST_VAIN = 100
_LOCK = re.compile(r"\.allocator-[0-9a-f]{16}-lock")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a folder, there or not, until the block ends; whoever else can reach it waits.

    The lock is an empty file beside the folder, or in it where nobody may write beside it. It is taken away when the
    block ends; the system takes it off when its holder ends otherwise.

    Raises InputError: the lock cannot be made.
    """
    whole = resolved(folder)
    if whole in _HELD.get():
        yield
        return
    made: list[Path] = []
    token = _HELD.set(_HELD.get() | {whole})
    try:
        try:
            held, lock = _lock(whole, made)
        except OSError as error:
            raise InputError.of("out_not_writable", Place(file=str(folder)), reason=system_reason(error)) from error
        try:
            yield
        finally:
            _release(held, lock)
    finally:
        _HELD.reset(token)
        for parent in made:
            with suppress(OSError):
                parent.rmdir()


@contextmanager
def alone_below(folder: Path) -> Iterator[None]:
    """Hold, in a folder that is held, what others hold: they finish first; who comes later waits for the folder."""
    inside = sorted(folder.iterdir()) if folder.is_dir() else []
    with ExitStack() as stack:
        for lock in filter(is_lock, inside):
            stack.callback(_release, _held(lock, []), lock)
        if sys.platform == "win32":  # which moves no folder with an open file in it
            stack.close()
        yield


def resolved(path: Path) -> Path:
    """Return a path from the root, links followed.

    Raises InputError: it starts from a current folder that somebody has deleted.
    """
    try:
        return path.resolve()
    except FileNotFoundError:
        raise InputError.of("current_gone", Place(file=str(path))) from None


def beside(folder: Path, kind: str) -> Path:
    """Return what stands beside a folder; its name holds a hash, so that no other folder's and no user's is like it."""
    own = hashlib.sha256(os.fsencode(folder.name)).hexdigest()[:16]
    return folder.parent / f".allocator-{own}-{kind}"


def is_lock(entry: Path) -> bool:
    """Return whether a file is a lock, held or left by a killed run."""
    return bool(_LOCK.fullmatch(entry.name))


def _lock(folder: Path, made: list[Path]) -> tuple[int, Path]:
    """Return the lock of a folder, open and held, and where it is; `made` gets the folders made for it."""
    lock = beside(folder, "lock")
    try:
        return _held(lock, made), lock
    except PermissionError:
        if not folder.is_dir():
            raise
        return _held(folder / lock.name, made), folder / lock.name


def _held(lock: Path, made: list[Path]) -> int:
    """Return a lock, open and held, while nobody replaces the folder that it is in."""
    around, vain = beside(lock.parent, "lock"), 0
    while True:
        if _is_replaced(lock.parent):
            _release(_held(around, []), around)
        try:
            _make(lock.parent, made)
            held = _open(lock)
        except FileNotFoundError:  # who made the folder too has just taken it away again
            vain += 1
            if vain == _MOST_VAIN:
                raise
            continue
        _wait_for(held)
        if _stands(held, lock) and not _is_replaced(lock.parent):
            return held
        _release(held, lock)


def _is_replaced(folder: Path) -> bool:
    """Return whether somebody else holds a folder."""
    lock = beside(folder, "lock")
    return folder not in _HELD.get() and lock.exists() and not _is_free(lock)


def _is_free(path: Path) -> bool:
    """Return whether nobody holds a lock, or a folder in the making; where that cannot be known, somebody does."""
    try:
        held = os.open(path, os.O_RDONLY)
    except OSError:
        return False
    try:
        return _take(held)
    finally:
        os.close(held)


def _make(folder: Path, made: list[Path]) -> None:
    """Make a folder with its parents; `made` gets those that were not there, the lowest first."""
    missing = [part for part in (folder, *folder.parents) if not part.exists()]
    made[:] = dict.fromkeys([*missing, *made])
    for part in reversed(missing):
        part.mkdir(exist_ok=True)


def _open(lock: Path) -> int:
    """Return the lock, opened; that of another user can be read only, which is enough."""
    try:
        return os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
    except PermissionError:
        if not lock.exists():
            raise
        return os.open(lock, os.O_RDONLY)


def _stands(held: int, lock: Path) -> bool:
    """Return whether an open lock is the one that others find: its last holder may have taken it away."""
    try:
        return os.path.samestat(os.fstat(held), lock.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt
    import time

    _ABANDONED = 3600.0  # seconds after which a folder in the making can only be the remains of a killed run

    def _take(held: int) -> bool:
        """Return whether a lock could be had at once."""
        try:
            msvcrt.locking(held, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _wait_for(held: int) -> None:
        while not _take(held):
            time.sleep(0.05)

    def _release(held: int, lock: Path) -> None:
        """Let a lock go and take it away, which Windows does not while somebody has it open."""
        os.close(held)
        with suppress(OSError):
            lock.unlink()

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

    def _release(held: int, lock: Path) -> None:
        """Take a lock away and let it go, in this order: who waits for it sees that it is gone, and makes a new one."""
        with suppress(OSError):
            if _stands(held, lock):
                lock.unlink()
        os.close(held)

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
        """Return whether whoever was making a folder is gone."""
        return _is_free(folder)

    def _take(held: int) -> bool:
        """Return whether a lock could be had at once."""
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
