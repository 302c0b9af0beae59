"""What an unfinished sweep leaves behind, so that it can go on: one folder beside the output.

    state.json     what was asked, and which chunks are done
    state.npz      the summary so far
    samples/       the samples themselves, one file a chunk, where they are kept

Both state files are one zip archive written under another name and then renamed: there is a
whole state or the one before.
"""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from allocator.output.folder import PARTIAL, STATE
from allocator.sweeping.job import KeptSamples
from allocator.sweeping.summary import Frame, Summary
from scenarios.errors import InputError, Place
from scenarios.findings.system import system_reason
from scenarios.tables.files import usable


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
        content = io.BytesIO()
        np.savez(content, allow_pickle=False, **state.summary.arrays())
        told = json.dumps({"asked": self.asked, "done": sorted(state.done)})
        side = self.folder / f"{STATE}.new"
        try:
            with zipfile.ZipFile(side, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("state.json", told)
                archive.writestr("state.npz", content.getvalue())
            side.replace(self.folder / STATE)
        except OSError as error:
            side.unlink(missing_ok=True)
            raise self._unwritable(error) from error

    def load(self, frame: Frame) -> State:
        """Return the kept state.

        Raises InputError: there is none, it is damaged, or it belongs to another sweep.
        """
        place = Place(file=str(self.folder))
        if not self.exists:
            raise InputError.of("sweep_nothing_to_resume", place)
        try:
            with zipfile.ZipFile(self.folder / STATE) as archive:
                told = json.loads(archive.read("state.json"))
                with np.load(io.BytesIO(archive.read("state.npz")), allow_pickle=False) as arrays:
                    summary = Summary(**{name: arrays[name] for name in arrays.files})
            done, asked = set(map(int, told["done"])), dict(told["asked"])
        except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile) as error:
            raise InputError.of("sweep_state_damaged", place) from error
        other = [key for key in {**self.asked, **asked} if self.asked.get(key) != asked.get(key)]
        if other:
            raise InputError.of("sweep_state_other", place, found=", ".join(sorted(other)))
        expected = Summary.empty(frame).arrays()
        if any(expected[name].shape != array.shape for name, array in summary.arrays().items()):
            raise InputError.of("sweep_state_damaged", place)
        return State(summary, done)

    def remove(self) -> None:
        """Remove the folder: the sweep is finished."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _unwritable(self, error: OSError) -> InputError:
        return InputError.of("out_not_writable", Place(file=str(self.folder)), reason=system_reason(error))


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
