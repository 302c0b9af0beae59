"""A folder of results, whole or not at all.

Files are written into a folder beside the wanted one, read back and checked there, and
only then put in its place. Killed while writing, the old folder is as it was.

Beside a folder may stand, under names that hold the hash of its own: ``-lock``, see `allocator.output.alone`;
``-new-…``, in the making or what a killed run left of it; ``-old``, the folder before, until the new one is in its
place; ``-gone-…``, the same thereafter.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType

from allocator.output.alone import alone, alone_below, beside, in_the_making, is_abandoned, is_lock, resolved
from scenarios.errors import InputError, Place
from scenarios.findings.system import system_reason
from scenarios.tables.files import usable

MARKER = "plan.json"
PROOF = "proof.json"
NO_SPLIT = "no_split.json"
PUBLISHED = "publish.json"
ACCOUNTED = "account.json"
TRACKED = "track.json"
LETTERS = "letters.json"
SLIDES = "slides.json"
METHODS = "methods.json"
EXPLAINED = "explain.json"
WEIGHTS_FOR = "weights-for.json"
ROUND = "round.json"
MARKERS = (
    MARKER, "compare.json", "sweep.json", PUBLISHED, ACCOUNTED, TRACKED, LETTERS, SLIDES, NO_SPLIT, METHODS, EXPLAINED,
    WEIGHTS_FOR,
)  # fmt: skip
PARTIAL, STATE = ".partial", "state.zip"
"""An unfinished sweep is a folder of such a name with such a file in it."""
Ours = Callable[[Path], bool]
"""Whether an entry of an old folder is an output of ours, which does not stay."""


@contextmanager
def held_folder(folder: Path) -> Iterator[Path]:
    """Hold a folder that can be written, or be made, until the block ends, and give its path with links followed.

    Who writes there meanwhile waits; see `allocator.output.alone`. What killed runs left is put in order first.

    Raises InputError: not a folder, the current folder, not ours, or not writable.
    """
    place = Place(file=str(folder))
    _refuse_dangling(restored(usable(folder, "out_not_writable")), place)
    whole = resolved(folder)
    with suppress(FileNotFoundError):  # somebody has deleted the current folder
        if Path.cwd().resolve().is_relative_to(whole):
            raise InputError.of("out_is_current", place)
    with alone(folder):
        try:
            _tidy(whole)
            _refuse_others(whole, place)
        except OSError as error:
            raise InputError.of("out_not_writable", place, reason=system_reason(error)) from error
        yield whole


def refuse_unusable(folder: Path, files: Iterable[str] = (), read: Iterable[str | Path | None] = ()) -> None:
    """Refuse a folder that cannot be written, before anything is computed for it; see `held_folder`.

    `files`, `read`: what will be written there, and what the command reads, which is not to be lost by it.
    """
    with held_folder(folder) as whole:
        given = [Path(each) for each in read if each is not None]
        for name in files:
            if any(_is_same(whole / name, each) for each in given):
                raise InputError.of("out_is_read", Place(file=str(folder / name)))


@contextmanager
def replaced_folder(
    folder: Path, dropped: frozenset[str] = frozenset(), mixed: Mapping[str, Ours] = MappingProxyType({})
) -> Iterator[Path]:
    """Give a fresh folder to write into; when the block ends well it takes the place of `folder`.

    What else stands in an older output of ours is kept, but for the names in `dropped`, and for what is ours in
    its `mixed` folders (name -> what is ours there).

    Raises InputError: as in `held_folder`; nothing has changed then.
    """
    with held_folder(folder) as whole:
        try:
            side = _fresh(whole)
            try:
                with in_the_making(side):
                    yield side
                    with alone_below(whole):
                        _keep_others(whole, side, lambda entry: entry.name in dropped, mixed)
                        _swap(side, whole)
            finally:
                _remove(side)
        except OSError as error:
            place = Place(file=str(folder))
            raise InputError.of("out_not_writable", place, reason=system_reason(error)) from error


def restored(path: str | Path) -> Path:
    """Return a path, after bringing back the output folder on it that a killed run had taken away.

    Raises InputError: no path at all.
    """
    whole = resolved(usable(path))
    for folder in reversed((whole, *whole.parents)):
        if not folder.exists() and _old(folder).is_dir():
            try:
                with alone(folder):
                    _tidy(folder)
            except OSError as error:
                place = Place(file=str(folder))
                raise InputError.of("out_not_writable", place, reason=system_reason(error)) from error
    return Path(path)


def is_output(folder: Path) -> bool:
    """Return whether a folder holds an earlier output of this program, or nothing but folders that do."""
    if folder.name.endswith(PARTIAL) and (folder / STATE).is_file():
        return True
    if any((folder / name).exists() for name in MARKERS):
        return _has_marker(folder)
    entries = _entries(folder)
    return bool(entries) and all(entry.is_dir() and not entry.is_symlink() and is_output(entry) for entry in entries)


def _entries(folder: Path) -> list[Path]:
    """Return what is in a folder, if it is one, but for locks of what is in it."""
    return [entry for entry in folder.iterdir() if not is_lock(entry)] if folder.is_dir() else []


def _has_marker(folder: Path) -> bool:
    """Return whether a marker is one that this program wrote."""
    try:
        marker = next(folder / name for name in MARKERS if (folder / name).exists())
        content = json.loads(marker.read_text("utf-8")) if marker.is_file() else None
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(content, dict) and "schema_version" in content


def _is_same(path: Path, other: Path) -> bool:
    """Return whether two paths lead to one file."""
    try:
        return path.samefile(other)
    except (OSError, ValueError):  # one of them to none
        return False


def _refuse_dangling(folder: Path, place: Place) -> None:
    """Refuse a path through a link to nothing: what it points to is not ours to make."""
    for part in (folder, *folder.parents):
        if part.is_symlink() and not part.exists():
            raise InputError.of("out_dangling", place, found=part.readlink())


def _fresh(folder: Path) -> Path:
    """Return a new folder beside one that may be replaced, as private as that one is."""
    side = beside(folder, f"new-{secrets.token_hex(4)}")
    side.mkdir(mode=0o700 if folder.exists() else 0o777)
    return side


def _refuse_others(folder: Path, place: Place) -> None:
    """Refuse what is no folder, no output of ours, or holds what can be neither read nor copied."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise InputError.of("out_not_a_folder", place)
    if _entries(folder) and not is_output(folder):
        raise InputError.of("out_foreign", place)
    _refuse_round(folder, place)
    for inside, _, names in os.walk(folder):
        for path in (Path(inside) / name for name in names):
            with suppress(FileNotFoundError):  # another command has just taken it away
                if not stat.S_ISREG(mode := path.lstat().st_mode) and not stat.S_ISLNK(mode):
                    raise InputError.of("out_special", Place(file=str(path)))


def _refuse_round(folder: Path, place: Place) -> None:
    """Refuse to replace a round of a negotiation: later ones are built on it."""
    if (folder / ROUND).exists():
        raise InputError.of("out_round", place)


def _keep_others(folder: Path, side: Path, ours: Ours, mixed: Mapping[str, Ours] = MappingProxyType({})) -> None:
    """Copy what the new output does not bring, and is not ours, from the old folder into the new one."""
    for entry in _entries(folder):
        kept, plain = side / entry.name, entry.is_dir() and not entry.is_symlink()
        if plain and entry.name in mixed:
            _keep_others(entry, kept, mixed[entry.name])
            continue
        if kept.exists() or ours(entry):
            continue
        side.mkdir(exist_ok=True)
        if plain:
            shutil.copytree(entry, kept, symlinks=True)
        else:
            shutil.copy2(entry, kept, follow_symlinks=False)
    if folder.is_dir() and side.is_dir():
        shutil.copymode(folder, side)


def _swap(side: Path, folder: Path) -> None:
    """Put the new folder in place of the old one; two renames, the old one kept until the second.

    Raises InputError: a round has come there meanwhile.
    """
    _refuse_round(folder, Place(file=str(folder)))
    old = _old(folder)
    if folder.exists():
        folder.rename(old)
    try:
        side.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    _remove_old(folder)


def _old(folder: Path) -> Path:
    return beside(folder, "old")


def _tidy(folder: Path) -> None:
    """Bring the old folder back if a run was killed between the two renames, and remove what killed runs left."""
    if _old(folder).is_dir() and not folder.exists():
        _old(folder).rename(folder)
    _remove_old(folder)
    for kind in ("new-*", "gone-*"):
        for remains in folder.parent.glob(beside(folder, kind).name):
            if is_abandoned(remains):
                _remove(remains)


def _remove_old(folder: Path) -> None:
    """Remove the old folder, under another name first: half of it must not come back."""
    if _old(folder).is_dir():
        gone = beside(folder, f"gone-{secrets.token_hex(4)}")
        with suppress(OSError):
            _old(folder).rename(gone)
            _remove(gone)


def _remove(folder: Path) -> None:
    """Remove a folder with all that is in it, folders that may not be written to as well."""
    for inside, names, _ in os.walk(folder):
        for each in (Path(inside), *(Path(inside) / name for name in names)):
            with suppress(OSError):
                if not each.is_symlink():
                    each.chmod(0o700)
    shutil.rmtree(folder, ignore_errors=True)
