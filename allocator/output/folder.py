"""A folder of results, whole or not at all.

Files are written into a folder beside the wanted one, read back and checked there, and
only then put in its place. Killed while writing, the old folder is as it was.
"""

from __future__ import annotations

import glob
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from scenarios.errors import InputError, Place

MARKER = "plan.json"
PUBLISHED = "publish.json"
ACCOUNTED = "account.json"
TRACKED = "track.json"
MARKERS = (MARKER, "compare.json", "sweep.json", PUBLISHED, ACCOUNTED, TRACKED)
PARTIAL, STATE = ".partial", "state.zip"
"""An unfinished sweep is a folder of such a name with such a file in it."""
Ours = Callable[[Path], bool]
"""Whether an entry of an old folder is an output of ours, which does not stay."""
_SIDE = ".allocator-"
_ABANDONED = 3600.0  # seconds after which a side folder can only be the remains of a killed run


@contextmanager
def replaced_folder(
    folder: Path, dropped: frozenset[str] = frozenset(), mixed: Mapping[str, Ours] = MappingProxyType({})
) -> Iterator[Path]:
    """Give a fresh folder to write into; when the block ends well it takes the place of `folder`.

    What else stands in an older output of ours is kept, but for the names in `dropped`, and for what is ours in
    its `mixed` folders (name -> what is ours there).

    Raises
    ------
    InputError
        Not a folder, the current folder, not ours, or not writable; nothing has changed then.
    """
    place = Place(file=str(folder))
    folder = folder.resolve()
    if Path.cwd().resolve().is_relative_to(folder):
        raise InputError.of("out_is_current", place)
    _restore(folder)
    _sweep(folder)
    if folder.exists() and not folder.is_dir():
        raise InputError.of("out_not_a_folder", place)
    try:
        if folder.exists() and any(folder.iterdir()) and not is_output(folder):
            raise InputError.of("out_foreign", place)
        folder.parent.mkdir(parents=True, exist_ok=True)
        side = Path(tempfile.mkdtemp(prefix=f"{_SIDE}{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise InputError.of("out_not_writable", place, reason=error.strerror or error) from error
    try:
        yield side
        _keep_others(folder, side, lambda entry: entry.name in dropped, mixed)
        _swap(side, folder)
    except OSError as error:
        raise InputError.of("out_not_writable", place, reason=error.strerror or error) from error
    finally:
        shutil.rmtree(side, ignore_errors=True)


def is_output(folder: Path) -> bool:
    """Return whether a folder holds an earlier output of this program, or nothing but folders that do."""
    if folder.name.endswith(PARTIAL) and (folder / STATE).is_file():
        return True
    if any((folder / name).exists() for name in MARKERS):
        return _has_marker(folder)
    entries = list(folder.iterdir()) if folder.is_dir() else []
    return bool(entries) and all(entry.is_dir() and not entry.is_symlink() and is_output(entry) for entry in entries)


def _has_marker(folder: Path) -> bool:
    """Return whether a marker is one that this program wrote."""
    try:
        marker = next(name for name in MARKERS if (folder / name).exists())
        content = json.loads((folder / marker).read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and "schema_version" in content


def _keep_others(folder: Path, side: Path, ours: Ours, mixed: Mapping[str, Ours] = MappingProxyType({})) -> None:
    """Copy what the new output does not bring, and is not ours, from the old folder into the new one."""
    for entry in folder.iterdir() if folder.is_dir() else ():
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


def _swap(side: Path, folder: Path) -> None:
    """Put the new folder in place of the old one; two renames, the old one kept until the second."""
    side.chmod(0o755)
    old = _old(folder)
    if folder.exists():
        folder.rename(old)
    try:
        side.rename(folder)
    except OSError:
        if old.exists():
            old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _old(folder: Path) -> Path:
    return folder.parent / f"{_SIDE}old-{folder.name}"


def _restore(folder: Path) -> None:
    """Bring back the old folder if an earlier run was killed between the two renames."""
    old = _old(folder)
    if old.is_dir() and not folder.exists():
        old.rename(folder)
    elif old.is_dir():
        shutil.rmtree(old, ignore_errors=True)


def _sweep(folder: Path) -> None:
    """Remove what killed runs left beside the folder."""
    for remains in folder.parent.glob(f"{_SIDE}{glob.escape(folder.name)}-*"):
        if time.time() - remains.stat().st_mtime > _ABANDONED:
            shutil.rmtree(remains, ignore_errors=True)
