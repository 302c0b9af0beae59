"""What an unfinished sweep leaves behind, so that it can go on: one folder beside the output.

    state.json     what was asked, and which chunks are done; sealed, with the SHA-256 of state.bin
    state.bin      the summary so far, array after array
    samples/       the samples themselves, one file a chunk, where they are kept

Both state files are one zip archive written under another name and then renamed: there is a
whole state or the one before. They stand in it as they are, so that no file is larger than it looks.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from allocator.output.folder import PARTIAL, STATE
from allocator.sweeping.job import Job, KeptSamples
from allocator.sweeping.summary import Summary
from reports.seal import seal
from scenarios.errors import InputError, Place
from scenarios.findings.system import system_reason
from scenarios.tables.files import usable

_TOLD, _SUMMARY = "state.json", "state.bin"
NOT_RESUMED = ("sweep_state_damaged", "sweep_state_other")
"""Why a kept state cannot be gone on with."""
_NO_STATE = (
    zipfile.BadZipFile, OSError, EOFError, struct.error, ArithmeticError, AttributeError, LookupError, RuntimeError,
    TypeError, ValueError,
)  # fmt: skip
"""What is raised while a file is read that is no state of ours: JSON too deep and ciphers are a `RuntimeError`."""


@dataclass(frozen=True, eq=False)
class State:
    """How far a sweep has come."""

    summary: Summary  # Of the chunks done
    done: set[int]  # Their numbers


@dataclass(frozen=True)
class Checkpoint:
    """The folder of an unfinished sweep."""

    folder: Path  # Where
    # What the sweep is, JSON-ready: another scenario, another sampler or another version makes another sweep
    asked: dict[str, Any]

    @classmethod
    def beside(cls, out: Path, asked: dict[str, Any]) -> Checkpoint:
        """Return the checkpoint of the sweep that goes to `out`.

        Raises InputError: no such folder can be.
        """
        return cls(usable(out.parent / f"{out.name}{PARTIAL}", "out_not_writable"), asked)

    @property
    def exists(self) -> bool:
        """Whether there is a state to go on from."""
        return (self.folder / STATE).is_file()

    def start(self) -> None:
        """Begin with an empty folder.

        Raises InputError: the folder cannot be made.
        """
        try:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
        except OSError as error:
            raise self._unwritable(error) from error

    def save(self, state: State) -> None:
        """Keep a state, in place of the one before.

        Raises InputError: the disk is full, or the folder may not be written.
        """
        content = b"".join(array.tobytes() for array in state.summary.arrays().values())
        told: dict[str, Any] = {"asked": self.asked, "done": sorted(state.done), "summary": _digest(content)}
        told["digest"] = seal(told).model_dump()
        side = self.folder / f"{STATE}.new"
        try:
            with zipfile.ZipFile(side, "w", zipfile.ZIP_STORED) as archive:
                archive.writestr(_TOLD, json.dumps(told))
                archive.writestr(_SUMMARY, content)
            side.replace(self.folder / STATE)
        except OSError as error:
            side.unlink(missing_ok=True)
            raise self._unwritable(error) from error

    def load(self, job: Job) -> State:
        """Return the kept state.

        Raises InputError: there is none, it is damaged, or it belongs to another sweep.
        """
        if not self.exists:
            raise InputError.of("sweep_nothing_to_resume", self._place)
        try:
            with zipfile.ZipFile(self.folder / STATE) as archive:
                told = _told(archive)
                self._refuse_other(told["asked"])
                return _state(archive, told, job)
        except _NO_STATE as error:
            raise InputError.of("sweep_state_damaged", self._place) from error

    def remove(self) -> None:
        """Remove the folder: the sweep is finished."""
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _place(self) -> Place:
        return Place(file=str(self.folder))

    def _refuse_other(self, asked: Mapping[str, Any]) -> None:
        """Refuse the state of another sweep."""
        other = [key for key in {**self.asked, **asked} if self.asked.get(key) != asked.get(key)]
        if other:
            raise InputError.of("sweep_state_other", self._place, found=", ".join(sorted(other)))

    def _unwritable(self, error: OSError) -> InputError:
        return InputError.of("out_not_writable", self._place, reason=system_reason(error))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _told(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Return what a state says of itself, as it was written."""
    told: dict[str, Any] = json.loads(_stored(archive, _TOLD))
    if seal(told).model_dump() != told["digest"]:
        raise ValueError(_TOLD)
    return told


def _state(archive: zipfile.ZipFile, told: Mapping[str, Any], job: Job) -> State:
    """Return the state of a job, as it was written."""
    like, done = Summary.empty(job.frame).arrays(), set(told["done"])
    content = _stored(archive, _SUMMARY, sum(array.nbytes for array in like.values()))
    if _digest(content) != told["summary"] or not done <= set(range(job.chunks)):
        raise ValueError(_SUMMARY)
    ends = dict(zip(like, np.cumsum([array.nbytes for array in like.values()]).tolist(), strict=True))
    parts = {name: content[ends[name] - array.nbytes : ends[name]] for name, array in like.items()}
    kept = {name: np.frombuffer(part, like[name].dtype) for name, part in parts.items()}
    return State(Summary(**{name: array.reshape(like[name].shape).copy() for name, array in kept.items()}), done)


def _stored(archive: zipfile.ZipFile, name: str, size: int | None = None) -> bytes:
    """Return a part of the archive that stands in it as it is, of `size` bytes."""
    part = archive.getinfo(name)
    if part.compress_type != zipfile.ZIP_STORED or size not in (None, part.file_size):
        raise ValueError(name)
    return archive.read(part)


CSV, PARQUET = "csv", "parquet"

FORMATS = (CSV, PARQUET)

FOLDER = "samples"


@dataclass(frozen=True)
class Keeper:
    """Writes samples chunk by chunk."""

    folder: Path  # Where the files of the chunks go
    form: str  # ``csv`` or ``parquet``
    # criteria, regions: Keys and ids for the columns
    criteria: Sequence[str]
    regions: Sequence[str]

    def keep(self, number: int, drawn: KeptSamples) -> None:
        """Write one chunk.

        Raises InputError: the disk is full, or the folder may not be written.
        """
        columns = ["sample", *(f"weight:{key}" for key in self.criteria), *(f"rate:{name}" for name in self.regions)]
        frame = pd.DataFrame(np.vstack([drawn.weights, drawn.rates]).T, columns=columns[1:])
        frame.insert(0, "sample", drawn.numbers)
        place = self.folder / f"part-{number:06d}.{self.form}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if self.form == PARQUET:
                frame.to_parquet(place, engine="pyarrow", index=False)
            else:
                frame.to_csv(place, index=False, header=number == 0, lineterminator="\n")
        except OSError as error:
            raise InputError.of("out_not_writable", Place(file=str(place)), reason=system_reason(error)) from error

    def put_together(self, into: Path) -> None:
        """Put all chunks into an output folder: one CSV file, or a folder of Parquet files.

        Raises OSError: the disk is full.
        """
        parts = sorted(self.folder.glob(f"part-*.{self.form}"))
        if self.form == PARQUET:
            (into / FOLDER).mkdir()
            for part in parts:
                shutil.copy2(part, into / FOLDER / part.name)
            return
        with (into / f"{FOLDER}.{CSV}").open("wb") as whole:
            for part in parts:
                with part.open("rb") as content:
                    shutil.copyfileobj(content, whole)


def check_format(form: str | None) -> None:
    """Refuse a format that is unknown or not installed.

    Raises InputError: with what can be used.
    """
    place = Place(key="--keep")
    if form is not None and form not in FORMATS:
        raise InputError.of("sweep_keep", place, found=form, known=", ".join(FORMATS))
    if form == PARQUET and find_spec("pyarrow") is None:
        raise InputError.of("sweep_no_parquet", place)
