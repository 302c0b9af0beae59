"""start.bat and start.command, for a click where Python itself does not open on one."""

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FAKE = '#!/bin/sh\ncase "$1" in\n-c) exit {fits} ;;\nesac\necho "{name} $*"\nexit {code}\n'


@pytest.fixture
def folder(tmp_path):
    """Return a folder with the starter, a run.py, and a folder of programs, `dirname` and `sh` alone."""
    made = tmp_path / "解压 here"
    (made / "programs").mkdir(parents=True)
    shutil.copy(ROOT / "start.command", made)
    (made / "run.py").write_text("", "utf-8")
    for name in ("dirname", "sh"):
        (made / "programs" / name).symlink_to(shutil.which(name))
    return made


def put(folder, name, fits=0, code=0):
    """Put a Python among the programs: whether it is new enough, and how run.py ends in it."""
    path = folder / "programs" / name
    path.write_text(FAKE.format(name=name, fits=fits, code=code), "utf-8")
    path.chmod(0o755)


def started(folder):
    """Open the starter from elsewhere, as a click does."""
    environment = {"PATH": str(folder / "programs"), "LANG": "C.UTF-8"}
    return subprocess.run(
        [str(folder / "start.command")], cwd="/", env=environment, stdin=subprocess.DEVNULL, capture_output=True,
        encoding="utf-8", timeout=60,
    )  # fmt: skip


def test_the_starter_can_be_run():
    assert os.access(ROOT / "start.command", os.X_OK)


def test_the_first_python_that_is_new_enough_opens_the_page(folder):
    put(folder, "python3", fits=1)
    put(folder, "python3.12")
    put(folder, "python")
    done = started(folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "python3.12 run.py app\n", "")


def test_without_a_python_it_says_what_to_install_and_where(folder):
    put(folder, "python3", fits=1)
    done = started(folder)
    assert done.returncode == 1
    for said in ("No Python 3.11 or newer", "没有找到 Python 3.11", "https://www.python.org/", "apt install python3 "):
        assert said in done.stdout
    assert done.stderr == ""


def test_a_starter_alone_says_that_the_folder_is_to_be_unpacked(folder):
    put(folder, "python3")
    (folder / "run.py").unlink()
    done = started(folder)
    assert done.returncode == 1
    assert "Unpack the whole folder" in done.stdout
    assert "解压" in done.stdout


def test_a_failure_keeps_the_window_until_enter(folder):
    put(folder, "python3", code=2)
    assert started(folder).returncode == 1  # nobody is there to press anything
    own, theirs = pty.openpty()
    environment = {"PATH": str(folder / "programs"), "LANG": "C.UTF-8"}
    with subprocess.Popen([str(folder / "start.command")], env=environment, stdin=theirs, stdout=theirs) as process:
        os.close(theirs)
        seen = b""
        while "按回车键关闭".encode() not in seen:
            seen += os.read(own, 4096)
        assert process.poll() is None
        os.write(own, b"\n")
        assert process.wait(30) == 1
    os.close(own)


# --- start.bat: there is no Windows to open it on, so that its text is held


@pytest.fixture(scope="module")
def lines():
    content = (ROOT / "start.bat").read_bytes()
    assert content.isascii()  # whatever the code page is
    assert content.count(b"\n") == content.count(b"\r\n")
    return content.decode("ascii").split("\r\n")


def test_every_jump_of_the_batch_file_has_its_place(lines):
    labels = {line[1:] for line in lines if line.startswith(":")}
    jumps = {name for line in lines for name in re.findall(r"(?:goto |call :)(\w+)", line)}
    assert jumps == labels
    for n, line in enumerate(lines):  # what stands above a label does not fall into it, or means to
        if line.startswith(":") and line != ":failed":
            assert re.match("exit /b|goto ", next(text for text in reversed(lines[:n]) if text)), line


def test_the_batch_file_tries_the_launcher_first_and_asks_run_py_for_the_page(lines):
    assert [line for line in lines if line.startswith("call :try")] == [
        "call :try py -3", "call :try python3", "call :try python",
    ]  # fmt: skip
    assert "call %FOUND_PYTHON% run.py app" in lines
    (asked,) = [re.search('-c "(.*?)"', line).group(1) for line in lines if "-c" in line]
    assert subprocess.run([sys.executable, "-c", asked]).returncode == 0
    assert subprocess.run([sys.executable, "-c", asked.replace("3, 11", "9, 9")]).returncode == 1


def test_what_windows_users_are_told_is_there_in_both_languages(lines):
    (shown,) = [line.removeprefix("type ") for line in lines if line.startswith("type ")]
    text = (ROOT / shown.replace("\\", "/")).read_bytes().decode("utf-8")
    assert text.count("\n") == text.count("\r\n")
    for said in ("start.bat", "run.py", "https://www.python.org/downloads/windows/", "WPS", ".et"):
        assert text.count(said) >= 2, said
    assert "解压" in text
    assert "Unpack" in text
