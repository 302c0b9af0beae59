"""Where chunks are computed: in this process, in several, or on a Dask cluster.

An engine takes a job and numbers of chunks and gives back (number, summary, samples) as they
come, in any order. Summaries add up to the same whatever the order.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from typing import Any, Protocol

from allocator.errors import WorkersLost
from allocator.sweeping.job import Job, KeptSamples, run_chunk
from allocator.sweeping.summary import Summary
from scenarios.errors import InputError, Place

Part = tuple[int, Summary, KeptSamples | None]

_AHEAD = 4
"""Chunks handed out beforehand for each worker, so that none waits and memory stays small."""
ANSWER = 10
"""Seconds that a scheduler has to answer."""
_RETRIES = 3
_ALONE = 1_000_000_000
"""Rates of the closed form up to which processes take longer to start than they save: some 20 seconds."""


class Engine(Protocol):
    """Computes chunks."""

    def run(self, job: Job, chunks: Sequence[int], keep: bool) -> Iterator[Part]:
        """Give back every chunk once, in any order; `keep` asks for the samples themselves."""


@dataclass(frozen=True)
class LocalEngine:
    """One process for what is soon done, several for the rest.

    Threads would not help: the arrays of a block are so short that they wait for one another.
    """

    workers: int = 0  # How many at once; 0 for as many as there are processors

    def run(self, job: Job, chunks: Sequence[int], keep: bool) -> Iterator[Part]:
        """Give back every chunk once, in any order.

        Raises SampleWrong, SolverFailure: as in `run_chunk`.
        Raises WorkersLost: processes died, and again when their chunks were tried anew.
        """
        workers = min(self.workers or os.cpu_count() or 1, len(chunks))
        if workers <= 1 or (not job.demands and job.samples * len(job.frame) <= _ALONE):
            yield from ((number, *run_chunk(job, number, keep)) for number in chunks)
            return
        left = list(chunks)
        for _ in range(_RETRIES):
            try:
                with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _deaf) as pool:
                    for part in _rolling(pool, job, tuple(left), keep, workers):
                        left.remove(part[0])
                        yield part
                return
            except BrokenProcessPool:
                continue
        raise WorkersLost


def _deaf() -> None:
    """Leave Ctrl-C to the process that waits for this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _rolling(pool: Executor, job: Job, chunks: Sequence[int], keep: bool, workers: int) -> Iterator[Part]:
    """Keep a few chunks ahead of the workers, give back each as it is done."""
    waiting: dict[Future[tuple[Summary, KeptSamples | None]], int] = {}
    ahead = iter(chunks)
    try:
        while True:
            for number in islice(ahead, _AHEAD * workers - len(waiting)):
                waiting[pool.submit(run_chunk, job, number, keep)] = number
            if not waiting:
                return
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                number = waiting.pop(future)
                summary, drawn = future.result()
                yield number, summary, drawn
    finally:
        for future in waiting:
            future.cancel()


@dataclass(frozen=True)
class DaskEngine:
    """A Dask cluster: an existing one, or one of processes on this machine."""

    scheduler: str = ""  # Address such as ``tcp://127.0.0.1:8786``; empty for a cluster of its own.
    workers: int = 0  # Workers of a cluster of its own; 0 for as many as there are processors

    def run(self, job: Job, chunks: Sequence[int], keep: bool) -> Iterator[Part]:
        """Give back every chunk once, in any order; chunks of a worker that dies are computed again elsewhere.

        Raises InputError: Dask is not installed, or the scheduler does not answer.
        Raises WorkersLost: A chunk's workers died again and again.
        """
        with self._client() as client:
            distributed = import_module("distributed")
            # a task of its own, not scattered data: the scheduler sends it again when a worker is lost
            sent = client.submit(_itself, job, pure=False)
            ahead = iter(chunks)
            room = _AHEAD * max(len(client.scheduler_info()["workers"]), 1)

            def submit(number: int) -> Any:  # noqa: ANN401  (a Dask future)
                return client.submit(_numbered, sent, number, keep, pure=False, retries=_RETRIES)

            working = distributed.as_completed([submit(number) for number in islice(ahead, room)])
            try:
                for future in working:
                    yield future.result()
                    future.release()
                    for number in islice(ahead, 1):
                        working.add(submit(number))
            except (distributed.KilledWorker, CancelledError) as error:
                raise WorkersLost from error
            except distributed.comm.CommClosedError as error:
                raise InputError.of(
                    "sweep_scheduler_lost", Place(key="--scheduler"), found=client.scheduler.address
                ) from error

    def _client(self) -> Any:  # noqa: ANN401  (a Dask client)
        """Return a connected client."""
        try:
            dask, distributed = import_module("dask"), import_module("distributed")
        except ImportError:
            raise InputError.of("sweep_no_dask", Place(key="--engine")) from None
        dask.config.set({"distributed.comm.timeouts.connect": f"{ANSWER}s", "distributed.admin.tick.limit": "1h"})
        place = Place(key="--scheduler")
        if not self.scheduler:
            workers = self.workers or os.cpu_count() or 1
            return distributed.Client(
                distributed.LocalCluster(
                    n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1",
                    dashboard_address=None, silence_logs=50,
                )
            )  # fmt: skip
        try:
            return distributed.Client(self.scheduler, timeout=ANSWER, name="allocator-sweep")
        except (OSError, TimeoutError, ValueError) as error:
            raise InputError.of("sweep_no_scheduler", place, found=self.scheduler, seconds=ANSWER) from error


def _itself(job: Job) -> Job:
    """Hand on a job, so that it is a task like any other."""
    return job


def _numbered(job: Job, number: int, keep: bool) -> Part:
    """Compute a chunk on a worker."""
    return number, *run_chunk(job, number, keep)
