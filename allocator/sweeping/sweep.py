"""The sweep: samples, answers and cases; what is computed is kept whatever happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from allocator.planning.plan import Plan
from allocator.sweeping.checkpoint import Checkpoint, State
from allocator.sweeping.engines import Engine, LocalEngine
from allocator.sweeping.job import KeptSamples, Prepared, prepare
from allocator.sweeping.options import SweepOptions
from allocator.sweeping.record import sweep_record
from allocator.sweeping.summary import Summary
from reports.sweeping.record import SweepRecord
from scenarios.load import Scenario
from scenarios.quantities import in_own_words
from scenarios.total.level import refuse_level

_SAVED_EVERY = 10.0


@dataclass(frozen=True, eq=False)
class Watch:
    """Who is told about a sweep while it runs."""

    # Called with the number of samples, and how many are already done
    begin: Callable[[int, int], None] = lambda _whole, _done: None
    advance: Callable[[int], None] = lambda _samples: None  # Called with the number of samples just done
    stage: Callable[[str], None] = lambda _name: None  # Called with the name of what is computed next
    # Called with number and samples of every chunk, where samples are kept
    keep: Callable[[int, KeptSamples], None] | None = None
    form: str | None = None  # In which format they are kept


@dataclass(frozen=True, eq=False)
class Sweep:
    """A sweep in memory."""

    plan: Plan  # Whose weights were varied
    record: SweepRecord  # What was found, as sweep.json holds it


@in_own_words
def sweep(
    scenario: Scenario,
    options: SweepOptions = SweepOptions(),  # noqa: B008  (frozen)
    engine: Engine = LocalEngine(),  # noqa: B008
    out: Path | None = None,
    resume: bool = False,
    watch: Watch = Watch(),
) -> Sweep:
    """Say which regions' targets stand under other weights, and which hang on the choice.

    Parameters
    ----------
    scenario
        The scenario.
    options
        What to sample.
    engine
        Where samples are computed.
    out
        Output folder beside which an unfinished sweep is kept; None to keep nothing.
    resume
        Whether to go on from there.
    watch
        Who is told about progress.

    Raises
    ------
    InputError
        Options or scenario cannot be used; nothing to resume; the disk is full.
    NoSplit
        The plan itself has no split.
    SolverFailure
        HiGHS gave no answer, or a sample differs from the linear programs of record.
    """
    refuse_level(scenario.measured, scenario.place("quantity"))
    asked = prepare(scenario, options)
    what = asked.asked | {"keep": watch.form}
    summary = _sampled(asked, engine, None if out is None else Checkpoint.beside(out, what), resume, watch)
    return Sweep(asked.plan, sweep_record(asked, summary, watch.stage))


def _sampled(asked: Prepared, engine: Engine, checkpoint: Checkpoint | None, resume: bool, watch: Watch) -> Summary:
    """Compute all chunks that are not done yet; what is done is kept whatever happens."""
    job = asked.job
    state = State(Summary.empty(job.frame), set())
    if checkpoint is not None and resume:
        state = checkpoint.load(job)
    elif checkpoint is not None:
        checkpoint.start()
    left = [number for number in range(job.chunks) if number not in state.done]
    sizes = [min(job.chunk, job.samples - number * job.chunk) for number in range(job.chunks)]
    watch.stage("samples")
    watch.begin(job.samples, sum(sizes[number] for number in state.done))
    saved = monotonic()
    try:
        for number, summary, drawn in engine.run(job, left, watch.keep is not None):
            if drawn is not None and watch.keep is not None:
                watch.keep(number, drawn)
            state.summary.add(summary)
            state.done.add(number)
            watch.advance(sizes[number])
            if checkpoint is not None and monotonic() - saved > _SAVED_EVERY:
                checkpoint.save(state)
                saved = monotonic()
    finally:
        if checkpoint is not None and state.done:
            checkpoint.save(state)
    return state.summary
