import os
import signal
import subprocess
import sys
import time

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from allocator.cli import app
from reports.sweeping.record import SweepRecord

runner = CliRunner()


@pytest.fixture(autouse=True)
def few_by_other_means(monkeypatch):
    """Let the costly checks of a sweep be few."""
    monkeypatch.setattr("allocator.sweeping.record.HELD_AGAINST", 3)
    monkeypatch.setattr("allocator.sweeping.record.ROUNDED", 3)


def run(*arguments):
    return runner.invoke(app, ["sweep", *(str(argument) for argument in arguments)])


def test_files_and_json_are_one_record(tmp_path):
    result = run("guangxi-13fyp", "--samples", 2000, "--seed", 7, "--out", tmp_path / "s", "--json")
    assert result.exit_code == 0, result.stderr
    written = (tmp_path / "s" / "sweep.json").read_text("utf-8")
    assert result.stdout == written
    record = SweepRecord.model_validate_json(written)
    assert record.design.samples == 2000
    assert record.design.seed == 7
    assert not (tmp_path / "s.partial").exists()
    assert [entry.name for entry in tmp_path.iterdir()] == ["s"]


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_kept_samples_are_what_was_summed_up(tmp_path, form):
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow (the extra “parquet”) is not installed")
    result = run("guangxi-13fyp", "--samples", 300_000, "--out", tmp_path / "s", "--keep", form)
    assert result.exit_code == 0, result.stderr
    if form == "csv":
        samples = pd.read_csv(tmp_path / "s" / "samples.csv", engine="c")
    else:
        assert len(list((tmp_path / "s" / "samples").iterdir())) == 2
        samples = pd.read_parquet(tmp_path / "s" / "samples", engine="pyarrow")
    record = SweepRecord.model_validate_json((tmp_path / "s" / "sweep.json").read_text("utf-8"))
    assert (samples["sample"] == np.arange(300_000)).all()
    for region in record.regions:
        assert samples[f"rate:{region.id}"].mean() == pytest.approx(region.mean, abs=1e-9)
        assert samples[f"rate:{region.id}"].max() == pytest.approx(region.highest, abs=1e-15)
    weights = samples[[f"weight:{criterion.key}" for criterion in record.criteria]]
    np.testing.assert_allclose(weights.sum(axis=1), 1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--samples", "0"], ["--samples", "0"]),
        (["--samples", "-5"], ["-5"]),
        (["--fix", "capacity=140%", "--fix", "potential=x"], ["potential=x"]),
        (["--fix", "capacity=140%", "--fix", "wealth=10%", "--samples", "0"], ["capacity=1.4", "wealth", "--samples"]),
        (["--fix", "capacity=40%", "--fix", "capacity=30%"], ["“capacity” is fixed twice"]),
        (["--fix", "capacity=40%", "--fix", " capacity = 40%"], ["“capacity” is fixed twice"]),
        (["--workers", "-1"], ["“-1” is out of range; it must be ≥ 0.\n"]),
        (["--fix", "capacity=70%", "--fix", "potential=40%"], ["1.1"]),
        (["--sampler", "grid", "--samples", "2"], ["2", "3"]),
        (["--engine", "spark"], ["spark", "local, dask"]),
        (["--scheduler", "tcp://127.0.0.1:9"], ["--engine dask"]),
        (["--keep", "xls"], ["xls", "csv, parquet"]),
        (["--resume"], ["--resume"]),
        (["--over", "weights,growth"], ["growth_uncertainty"]),
        (["--set", "target=30%"], ["23.44"]),
    ],
)
def test_what_cannot_be_is_said(tmp_path, arguments, said):
    result = run("guangxi-13fyp", "--samples", 1000, "--out", tmp_path / "s", "--lang", "en", *arguments)
    assert result.exit_code == (3 if "target=30%" in arguments else 2)
    for words in said:
        assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_somebody_else_is_refused_before_anything_is_computed(tmp_path):
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "thesis.txt").write_text("mine")
    begin = time.monotonic()
    result = run("guangxi-13fyp", "--samples", 10**9, "--out", tmp_path / "s")
    assert result.exit_code == 2
    assert time.monotonic() - begin < 60
    assert (tmp_path / "s" / "thesis.txt").read_text() == "mine"


def test_plan_and_sweep_share_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("zhejiang-13fyp", "--samples", 500).exit_code == 0
    assert runner.invoke(app, ["plan", "zhejiang-13fyp"]).exit_code == 0
    assert (tmp_path / "out" / "zhejiang-13fyp" / "sweep" / "sweep.json").is_file()
    assert (tmp_path / "out" / "zhejiang-13fyp" / "plan.json").is_file()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_an_interrupt_leaves_nothing_half_written_and_can_be_gone_on_with(tmp_path):
    words = [sys.executable, "-m", "allocator", "sweep", "guangxi-13fyp", "--samples", str(7 * 10**7), "--out", "s"]
    process = subprocess.Popen(
        words, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background ignores it
    )  # fmt: skip
    limit = time.monotonic() + 60
    while not (tmp_path / "s.partial").exists() and time.monotonic() < limit and process.poll() is None:
        time.sleep(0.05)
    time.sleep(3)
    try:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130, errors
    assert "Traceback" not in errors
    assert "--resume" in errors
    assert [entry.name for entry in tmp_path.iterdir()] == ["s.partial"]
    assert [entry.name for entry in (tmp_path / "s.partial").iterdir()] == ["state.zip"]
    other = subprocess.run([*words, "--resume", "--seed", "2"], cwd=tmp_path, capture_output=True, encoding="utf-8")
    assert other.returncode == 2
    assert "seed" in other.stderr
