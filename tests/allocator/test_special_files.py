"""Pipes, sockets and devices in place of files: refused at every door, before anything is read or computed."""

import os
import shutil
import signal
import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from scenarios.errors import InputError
from scenarios.load import find_scenario
from scenarios.tables.files import read_bytes

pytestmark = pytest.mark.skipif(os.name == "nt", reason="POSIX pipes")
runner = CliRunner()


@pytest.fixture
def answer():
    """Return a function that runs a command, which may not hang, and returns exit code and standard error."""

    def hangs(*_):
        raise AssertionError("hangs")

    def run(*words):
        before = signal.signal(signal.SIGALRM, hangs)
        signal.alarm(60)
        try:
            done = runner.invoke(app, [*map(str, words), "--lang", "en"])
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, before)
        return done.exit_code, done.stderr

    return run


@pytest.fixture
def pipe(tmp_path):
    """Return a function that makes a pipe of a name in the test's folder."""

    def make(name):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        os.mkfifo(path)
        return path

    return make


@pytest.mark.parametrize("name", ["/dev/null", "/dev/zero", "/dev/stdin"])
def test_devices_are_no_files(name):
    if Path(name).is_file():
        pytest.skip("standard input is a file here")
    with pytest.raises(InputError) as caught:
        read_bytes(Path(name))
    assert [finding.code for finding in caught.value.findings] == ["not_a_regular_file"]


def test_sockets_and_links_to_pipes_are_no_files(tmp_path, pipe, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.csv")
        (tmp_path / "l.csv").symlink_to(pipe("p"))
        for name in ("s.csv", "l.csv"):
            with pytest.raises(InputError) as caught:
                read_bytes(tmp_path / name)
            assert [finding.code for finding in caught.value.findings] == ["not_a_regular_file"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("t.csv", ("verify", "guangxi-13fyp", "{}")),
        ("t.xlsx", ("verify", "guangxi-13fyp", "{}")),
        ("t.json", ("verify", "guangxi-13fyp", "{}")),
        ("plan.json", ("publish", "{}")),
        ("plan.json", ("compare", "{}", "{}")),
        ("t.json", ("compare", "{}", "{}")),
        ("t.json", ("compare", "{}", "{}", "--scenario", "guangxi-13fyp")),
        ("t.csv", ("track", "guangxi-13fyp", "{}")),
        ("t.csv", ("track", "guangxi-13fyp", "actuals-example", "--targets", "{}")),
        ("t.csv", ("track", "guangxi-13fyp", "actuals-example", "--targets", "published", "--project", "{}")),
        ("t.csv", ("track", "guangxi-13fyp", "actuals-example", "--targets", "published", "--energy", "{}")),
        ("t.xlsx", ("track", "guangxi-13fyp", "actuals-example", "--targets", "published", "--form", "{}")),
        ("r.yaml", ("init", "form", "--assessment", "--rules", "{}", "--scenario", "guangxi-13fyp")),
        ("e.csv", ("account", "{}")),
        ("f.csv", ("account", "energy.csv", "--factors", "{}")),
        ("g.csv", ("account", "energy.csv", "--gdp", "{}", "--price-base", "2025")),
        ("scenario.yaml", ("check", "{}")),
        ("o", ("plan", "guangxi-13fyp", "--out", "{}")),
    ],
)
def test_a_pipe_is_refused(name, words, answer, pipe, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(find_scenario("accounting-example").parent / "energy.csv", tmp_path)
    path = pipe(name)
    code, said = answer(*(word.format(path) for word in words))
    assert code == 2
    assert name in said
    assert "internal" not in said.lower()


@pytest.mark.parametrize("name", ["scenario.yaml", "regions.csv"])
def test_a_pipe_in_a_scenario_is_refused(name, answer, guangxi_folder):
    (guangxi_folder / name).unlink()
    os.mkfifo(guangxi_folder / name)
    code, said = answer("check", guangxi_folder)
    assert (code, name in said) == (2, True)
    assert "pipe" in said


@pytest.mark.parametrize(
    "words",
    [
        ("plan", "guangxi-13fyp"),
        ("compare", "published", "published", "--scenario", "guangxi-13fyp"),
        ("track", "guangxi-13fyp", "actuals-example", "--targets", "published"),
        ("account", "accounting-example"),
    ],
)
def test_a_pipe_in_the_output_is_refused_before_computing(words, answer, pipe, tmp_path, monkeypatch):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "plan.json").write_text('{"schema_version": 1}')
    pipe("out/notes")
    for name in ("allocator.planning.plan.plan", "allocator.comparing.compare.compare", "allocator.accounting.account",
                 "allocator.tracking.assessed.hold_and_assess"):  # fmt: skip
        monkeypatch.setattr(name, lambda *_, **__: pytest.fail("computed in vain"))
    code, said = answer(*words, "--out", tmp_path / "out")
    assert code == 2
    assert str(tmp_path / "out" / "notes") in said


def test_a_published_list_that_is_a_pipe_does_not_hang(answer, pipe, tmp_path):
    pipe("out/publish.json")
    assert answer("plan", "guangxi-13fyp", "--out", tmp_path / "p")[0] == 0
    code, said = answer("publish", tmp_path / "p", "--format", "md", "--out", tmp_path / "out")
    assert (code, str(tmp_path / "out") in said) == (2, True)
