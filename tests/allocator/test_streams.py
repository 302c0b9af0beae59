"""Exit code and sentences when standard output or error is full, closed, or nobody reads it."""

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")

BACKED = "verify zhejiang-13fyp published --set target=10%"
NOT_BACKED = "verify guangxi-13fyp published"
MISSING = "verify guangxi-13fyp nope.csv"


@cache
def shell(words, redirected):
    """Run the real command with streams redirected by the shell."""
    environment = os.environ | {"ALLOCATOR_LANG": "en"}
    line = f'"{sys.executable}" -m allocator {words} {redirected}'
    return subprocess.run(line, shell=True, capture_output=True, encoding="utf-8", env=environment)


@pytest.mark.parametrize(
    "words",
    [BACKED, f"{NOT_BACKED} --json", "schema", "--help", "verify --help"],
)
def test_a_full_standard_output_is_one_sentence_and_exit_2(words):
    done = shell(words, ">/dev/full")
    assert done.returncode == 2
    assert done.stderr.splitlines() == [
        "error: standard output cannot be written (the disk is full), so the result was not shown in full; "
        "files that were written are whole. "
        "Check the file or disk that it is sent to, and run the command again."
    ]


def test_a_refusal_with_full_standard_output_says_both():
    done = shell(f"{MISSING} --json", ">/dev/full")
    assert done.returncode == 2
    assert ["nope.csv: no such file" in line for line in done.stderr.splitlines()] == [True, False]
    assert "standard output cannot be written" in done.stderr


@pytest.mark.parametrize("redirected", ["2>/dev/full", "2>&-"])
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (MISSING, 2),
        (f"{NOT_BACKED} --bogus", 2),
        ("plam", 2),
        ("", 2),
        (NOT_BACKED, 1),
        ("track guangxi-13fyp actuals-example", 0),  # has notices
        (BACKED, 0),
    ],
)
def test_a_standard_error_that_cannot_be_written_changes_nothing_else(redirected, words, code):
    usual, done = shell(words, ""), shell(words, redirected)
    assert (done.returncode, done.stdout) == (usual.returncode, usual.stdout)
    assert done.returncode == code


def test_with_standard_error_closed_json_is_still_one_document():
    done = shell(f"{MISSING} --json", "2>&-")
    assert done.returncode == json.loads(done.stdout)["exit_code"] == 2


@pytest.mark.parametrize(
    ("redirected", "code"), [(">&-", 1), (">&- 2>&-", 1), ("<&- >&- 2>&-", 1), (">/dev/full 2>/dev/full", 2)]
)
def test_the_exit_code_is_there_with_nothing_to_write_to(redirected, code):
    assert shell(NOT_BACKED, redirected).returncode == code


def test_a_closed_stream_is_not_the_next_file_that_is_opened(tmp_path):
    done = shell(f'plan three-cities --out "{tmp_path / "out"}"', ">&- 2>&-")
    assert done.returncode == 0
    json.loads((tmp_path / "out" / "plan.json").read_text("utf-8"))


def test_nobody_reads_on_is_exit_141():
    line = f'"{sys.executable}" -m allocator verify guangxi-13fyp published --json'
    with subprocess.Popen(line, shell=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141
