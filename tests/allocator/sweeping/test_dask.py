"""Chunks on a Dask cluster: the same bytes, also when a worker dies on the way."""

import os
import signal
import time

import pytest

from allocator.sweeping.engines import DaskEngine, LocalEngine
from allocator.sweeping.job import Job, prepare, run_chunk
from allocator.sweeping.options import SweepOptions
from allocator.sweeping.summary import Summary
from scenarios.errors import InputError

distributed = pytest.importorskip("distributed", reason="Dask (the extra “dask”) is not installed")
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture(scope="module")
def cluster():
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as running:
        yield running


def total(job, parts):
    summary = Summary.empty(job.frame)
    numbers = []
    for number, part, _ in parts:
        summary.add(part)
        numbers.append(number)
    assert sorted(numbers) == list(range(job.chunks))
    return {name: array.tolist() for name, array in summary.arrays().items()}


def test_a_worker_that_dies_changes_nothing(guangxi, cluster):
    job = prepare(guangxi, SweepOptions(samples=2_000_000, seed=1)).job
    assert job.chunks == 8
    expected = total(job, ((n, *run_chunk(job, n)) for n in range(job.chunks)))

    def parts():
        for count, part in enumerate(DaskEngine(cluster.scheduler_address).run(job, range(job.chunks), False)):
            if count == 1:
                os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
            yield part

    assert total(job, parts()) == expected
    assert total(job, LocalEngine(2).run(job, range(job.chunks), False)) == expected


def test_an_error_of_a_sample_reaches_the_caller(guangxi, cluster):
    job = prepare(guangxi, SweepOptions(samples=1000)).job
    broken = Job(job.chain, job.frame, job.samples, demands=("no rule",))
    with pytest.raises(AttributeError, match="has no attribute"):
        list(DaskEngine(cluster.scheduler_address).run(broken, range(broken.chunks), False))


def test_a_scheduler_that_does_not_answer_is_said_in_time(guangxi, monkeypatch):
    monkeypatch.setattr("allocator.sweeping.engines.ANSWER", 1)
    job = prepare(guangxi, SweepOptions(samples=1000)).job
    begin = time.monotonic()
    with pytest.raises(InputError) as caught:
        list(DaskEngine("tcp://127.0.0.1:9").run(job, range(job.chunks), False))
    assert caught.value.findings[0].code == "sweep_no_scheduler"
    assert time.monotonic() - begin < 10
