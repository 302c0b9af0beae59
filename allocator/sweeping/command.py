"""What `allocator sweep` does: options to engine, a progress bar, the files."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from allocator.output.folder import replaced_folder
from allocator.output.pictures import PICTURES, PictureFormat, draw_sweep, open_studio, write_pictures
from allocator.sweeping.checkpoint import FOLDER, NOT_RESUMED, Checkpoint, Keeper, check_format
from allocator.sweeping.engines import DaskEngine, Engine, LocalEngine
from allocator.sweeping.options import SweepOptions
from allocator.sweeping.sweep import Sweep, Watch, sweep
from reports.sweeping.page import sweep_html
from reports.sweeping.record import SweepRecord
from reports.sweeping.tables import sweep_files
from reports.words import LABELS
from scenarios.errors import Finding, InputError, Place
from scenarios.load import Scenario
from scenarios.quantities import in_own_words
from scenarios.wording import Language

MARKER, PAGE = "sweep.json", "sweep.html"
LOCAL, DASK = "local", "dask"
ENGINES = (LOCAL, DASK)


@dataclass(frozen=True)
class SweepRequest:
    """Everything the command line says."""

    options: SweepOptions  # What to sample
    out: Path  # Output folder
    # engine, scheduler, workers: Where to compute, see `allocator.sweeping.engines`.
    engine: str = LOCAL
    scheduler: str = ""
    workers: int = 0
    keep: str | None = None  # ``csv`` or ``parquet`` to keep the samples themselves
    resume: bool = False  # Whether to go on with an unfinished sweep
    figures: PictureFormat | None = None  # In which format the charts are written as files too; None: not at all


@in_own_words
def run_sweep(scenario: Scenario, request: SweepRequest, language: Language, quiet: bool = False) -> Sweep:
    """Run a sweep and write its files; what is computed when it is broken off is kept for `resume`.

    `quiet`: whether to show no progress bar; none is shown either where nobody looks at standard error.
    Raises what `allocator.sweeping.sweep.sweep` raises.
    """
    check_format(request.keep)
    studio = None if request.figures is None else open_studio(request.figures)
    engine = _engine(request)
    partial = Checkpoint.beside(request.out, {})
    keeper = _keeper(scenario, request, partial)
    console = Console(stderr=True, quiet=quiet)
    with Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), _Rate(language), TimeRemainingColumn(),
        console=console, transient=True, disable=quiet or not console.is_terminal,
    ) as bar:  # fmt: skip
        watch = _watch(bar, language)
        if keeper is not None:
            watch = replace(watch, keep=keeper.keep, form=keeper.form)
        try:
            # first, so that nobody waits for a folder that cannot be
            with replaced_folder(request.out, mixed=PICTURES) as side:
                made = sweep(scenario, request.options, engine, request.out, request.resume, watch)
                write_sweep(made.record, side, language)
                pictures = {} if studio is None else draw_sweep(made.record, studio, language)
                write_pictures(pictures, side)
                if keeper is not None:
                    keeper.put_together(side)
        except BaseException as error:
            _say_what_is_kept(partial, getattr(error, "findings", ()), language)
            raise
    partial.remove()
    return made


@in_own_words
def write_sweep(record: SweepRecord, folder: Path, language: Language) -> None:
    """Write a sweep's files into a folder.

    Raises OSError: the disk is full.
    """
    (folder / MARKER).write_text(record.to_json(), "utf-8", newline="\n")
    for name, content in sweep_files(record, language).items():
        (folder / name).write_bytes(content)
    (folder / PAGE).write_text(sweep_html(record, language), "utf-8", newline="\n")


def _engine(request: SweepRequest) -> Engine:
    if request.engine not in ENGINES:
        raise InputError.of("sweep_engine", Place(key="--engine"), found=request.engine, known=", ".join(ENGINES))
    if request.engine == DASK:
        return DaskEngine(request.scheduler, request.workers)
    if request.scheduler:
        raise InputError.of("sweep_scheduler_unused", Place(key="--scheduler"))
    return LocalEngine(request.workers)


def _keeper(scenario: Scenario, request: SweepRequest, partial: Checkpoint) -> Keeper | None:
    if request.keep is None:
        return None
    return Keeper(partial.folder / FOLDER, request.keep, list(scenario.file.criteria), scenario.regions.ids)


def _watch(bar: Progress, language: Language) -> Watch:
    """Return a watch that moves the bar."""
    tasks: list[int] = []

    def stage(name: str) -> None:
        tasks.append(int(bar.add_task(LABELS.say(f"sweep_stage_{name}", language), total=None)))

    def begin(whole: int, done: int) -> None:
        bar.update(tasks[-1], total=whole, completed=done)  # type: ignore[arg-type]

    def advance(samples: int) -> None:
        bar.update(tasks[-1], advance=samples)  # type: ignore[arg-type]

    return Watch(begin, advance, stage)


class _Rate(ProgressColumn):
    """Samples a second."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        if speed is None or task.total is None:
            return Text("")
        return Text(LABELS.say("sweep_rate", self._language, rate=f"{speed:,.0f}"))


def _say_what_is_kept(partial: Checkpoint, wrong: Iterable[Finding], language: Language) -> None:
    """Say where an unfinished sweep is, unless that itself is `wrong`; remove what cannot be gone on with."""
    if any(finding.code in NOT_RESUMED for finding in wrong):
        return
    if partial.exists:
        print(LABELS.say("sweep_kept", language, folder=partial.folder), file=sys.stderr)
    else:
        partial.remove()
