"""One sweep at a time, in a process of its own: the page goes on meanwhile, and Cancel stops it whatever it does.

The process computes by the functions of the command; the clerk's solver is not touched.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Lock, Thread
from typing import Any, Literal

from allocator.errors import exit_and_sentences
from allocator.output.folder import held_folder, replaced_folder
from allocator.output.pictures import PICTURES
from allocator.sweeping.command import write_sweep
from allocator.sweeping.engines import LocalEngine
from allocator.sweeping.options import SweepOptions
from allocator.sweeping.sweep import Watch, sweep
from scenarios.errors import InputError
from scenarios.load import Scenario
from scenarios.quantities import speaking_of
from scenarios.wording import LANGUAGES, Language, speaking_on_page

Ended = Literal["", "done", "failed", "cancelled"]

_PATIENCE = 5.0
"""Seconds that a process has to end when it is told to."""


@dataclass(frozen=True)
class Running:
    """How far a sweep is."""

    folder: Path  # Where its files go, by which it is known
    title: Mapping[Language, str]  # Of the scenario
    stage: str = "start"  # What is computed: start, samples, model, rounding, weights, cases
    # Samples in all, and how many are done
    whole: int = 0
    done: int = 0
    ended: Ended = ""
    trouble: Mapping[Language, list[str]] = field(default_factory=dict)  # Why it failed


class Sweeper:
    """The sweep that runs, or ran last."""

    def __init__(self) -> None:
        self._turn = Lock()
        self._now: Running | None = None
        self._process: Any = None

    @property
    def now(self) -> Running | None:
        """The sweep that runs or ran last; None where there was none yet."""
        return self._now

    def start(self, scenario: Scenario, options: SweepOptions, folder: Path, language: Language) -> bool:
        """Begin a sweep whose files go to `folder`; return False where another runs still.

        Raises OSError: the system lets no process begin.
        """
        with self._turn:
            if self._now is not None and not self._now.ended:
                return False
            told, tells = _CONTEXT.Pipe(duplex=False)
            process = _CONTEXT.Process(
                target=_compute, args=(tells, scenario, options, folder, language), name="sweep", daemon=True
            )
            try:
                process.start()
            except BaseException:
                told.close()
                raise
            finally:
                tells.close()
            title = scenario.file.title
            self._process = process
            self._now = Running(folder, {each: title.say(each) for each in LANGUAGES})
            Thread(target=self._listen, args=(process, told), name="sweep", daemon=True).start()
            return True

    def cancel(self) -> None:
        """Stop the sweep that runs, and put the folder in order; nothing where none does."""
        with self._turn:
            if self._now is None or self._now.ended:
                return
            _stop(self._process)
            self._now = replace(self._now, ended="cancelled")
            with suppress(InputError), held_folder(self._now.folder):
                pass  # which takes away what was in the making

    def _listen(self, process: Any, told: Connection) -> None:  # noqa: ANN401  (a process of a context)
        """Hear what a sweep tells until it ends."""
        with told, suppress(EOFError, OSError):
            while True:
                said = told.recv()
                with self._turn:
                    if self._now is not None and not self._now.ended:
                        self._now = replace(self._now, **said)
        process.join()
        with self._turn:
            if self._process is process and self._now is not None and not self._now.ended:
                self._now = replace(self._now, ended="failed")


def _stop(process: Any) -> None:  # noqa: ANN401  (a process of a context)
    process.terminate()
    process.join(_PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()


_CONTEXT = multiprocessing.get_context("spawn")


def _end_with_the_page() -> None:
    """Wait until the program that began this sweep is no more, however it ended, and end at once.

    What was in the making goes when the folder is used next.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _compute(
    tells: Connection, scenario: Scenario, options: SweepOptions, folder: Path, language: Language
) -> None:  # fmt: skip
    """Compute a sweep and write its files, in a process that does nothing else."""
    Thread(target=_end_with_the_page, name="page", daemon=True).start()
    done = [0]

    def advance(samples: int) -> None:
        done[0] += samples
        tells.send({"done": done[0]})

    watch = Watch(
        lambda whole, before: tells.send({"whole": whole, "done": before}), advance,
        lambda name: tells.send({"stage": name}),
    )  # fmt: skip
    try:
        with replaced_folder(folder, mixed=PICTURES) as side:
            # one process: told to end, it leaves nobody behind
            write_sweep(sweep(scenario, options, LocalEngine(1), watch=watch).record, side, language)
        tells.send({"ended": "done"})
    except Exception as error:  # whatever it is, the page says it in words
        with speaking_of(scenario.measured), speaking_on_page():
            said = partial(exit_and_sentences, error)
            with suppress(OSError):  # nobody hears it any more
                tells.send({"ended": "failed", "trouble": {each: said(each)[1] for each in LANGUAGES}})
