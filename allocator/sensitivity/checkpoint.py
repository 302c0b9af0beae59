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
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from allocator.output import PARTIAL, STATE
from allocator.sensitivity.summary import Frame, Summary
from scenarios.errors import InputError, Place


@dataclass(frozen=True, eq=False)
class State:
    """How far a sweep has come.

    Parameters
    ----------
    summary
        Of the chunks done.
    done
        Their numbers.
    """

    summary: Summary
    done: set[int]


@dataclass(frozen=True)
class Checkpoint:
    """The folder of an unfinished sweep.

    Parameters
    ----------
    folder
        Where.
    asked
        What the sweep is, JSON-ready: another scenario, another sampler or another version makes another sweep.
    """

    folder: Path
    asked: dict[str, Any]

    @classmethod
    def beside(cls, out: Path, asked: dict[str, Any]) -> Checkpoint:
        """Return the checkpoint of the sweep that goes to `out`."""
        return cls(out.parent / f"{out.name}{PARTIAL}", asked)

    @property
    def exists(self) -> bool:
        """Whether there is a state to go on from."""
        return (self.folder / STATE).is_file()

    def start(self) -> None:
        """Begin with an empty folder.

        Raises
        ------
        InputError
            The folder cannot be made.
        """
        try:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
        except OSError as error:
            raise self._unwritable(error) from error

    def save(self, state: State) -> None:
        """Keep a state, in place of the one before.

        Raises
        ------
        InputError
            The disk is full, or the folder may not be written.
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

        Raises
        ------
        InputError
            There is none, it is damaged, or it belongs to another sweep.
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
        return InputError.of("out_not_writable", Place(file=str(self.folder)), reason=error.strerror or error)
