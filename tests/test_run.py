"""run.py, in copies with tiny projects: nothing here needs a network or the real packages."""

import ast
import base64
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

RUN = Path(__file__).resolve().parents[1] / "run.py"
# the interpreter a user would type, outside of any virtual environment
BASE = getattr(sys, "_base_executable", sys.executable) or sys.executable
HAS_PIP = subprocess.run([BASE, "-m", "pip", "--version"], capture_output=True).returncode == 0
needs_pip = pytest.mark.skipif(not HAS_PIP, reason="the Python below this environment has no pip")

PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "tiny"
version = "1"
"""
BACKEND = '''
"""The smallest build backend: an editable wheel that points at the checkout."""
import os
import zipfile


def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    name = "tiny-1-py3-none-any.whl"
    with zipfile.ZipFile(os.path.join(wheel_directory, name), "w") as wheel:
        wheel.writestr("tiny.pth", os.getcwd() + "\\n")
        wheel.writestr("tiny-1.dist-info/METADATA", "Metadata-Version: 2.1\\nName: tiny\\nVersion: 1\\n")
        tags = "Wheel-Version: 1.0\\nGenerator: x\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
        wheel.writestr("tiny-1.dist-info/WHEEL", tags)
        names = ["tiny.pth", "tiny-1.dist-info/METADATA", "tiny-1.dist-info/WHEEL", "tiny-1.dist-info/RECORD"]
        wheel.writestr("tiny-1.dist-info/RECORD", "".join(f"{line},,\\n" for line in names))
    return name
'''
TOOL = '''
"""A stand-in for the tool: it tells how it was called."""
import json
import os
import sys
import time

import dependency

if sys.argv[1:2] == ["wait"]:
    print("waiting", flush=True)
    try:
        time.sleep(60)
    except KeyboardInterrupt:
        sys.exit(77)
facts = {"arguments": sys.argv[1:], "folder": os.getcwd(), "prefix": sys.prefix}
print(json.dumps(facts | {"dependency": dependency.VERSION}))
sys.exit(int(os.environ.get("TINY_EXIT", "0")))
'''
FAKE_PYTEST = """
import json
import os
import sys

print(json.dumps({"arguments": sys.argv[1:], "folder": os.getcwd()}))
"""


def make_wheel(folder: Path, name: str, version: str, files: dict[str, str]) -> str:
    """Write a wheel and return its line for a lock file."""
    info = f"{name}-{version}.dist-info"
    tags = "Wheel-Version: 1.0\nGenerator: x\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files = files | {
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": tags,
    }
    record = ""
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for file, text in files.items():
            wheel.writestr(file, text)
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()
            record += f"{file},sha256={digest},{len(text.encode())}\n"
        wheel.writestr(f"{info}/RECORD", f"{record}{info}/RECORD,,\n")
    return f"{name}=={version} --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


class Checkout:
    """A tiny project with a copy of run.py, and a folder of wheels as its only package source."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "检出 check out"
        self.wheels = folder / "wheels 轮子"
        self.elsewhere = folder / "somewhere else"
        for path in (self.root / "allocator", self.wheels, self.elsewhere):
            path.mkdir(parents=True)
        shutil.copy(RUN, self.root / "run.py")
        self.line = make_wheel(self.wheels, "dependency", "1.0", {"dependency.py": "VERSION = '1.0'\n"})
        test_line = make_wheel(self.wheels, "pytest", "0.1", {"pytest.py": FAKE_PYTEST})
        self.write("requirements.lock", self.line)
        self.write("requirements-test.lock", test_line)
        self.write("requirements-ui.lock", make_wheel(self.wheels, "page", "3.0", {"page.py": ""}))
        self.write("pyproject.toml", PYPROJECT)
        self.write("backend.py", BACKEND)
        self.write("allocator/__init__.py", "")
        self.write("allocator/__main__.py", TOOL)

    def write(self, name: str, text: str) -> None:
        (self.root / name).write_text(text, encoding="utf-8")

    def environment(self, **variables: str) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "PYTHON"))}
        links = self.wheels.as_uri()  # PIP_FIND_LINKS is split at spaces
        return kept | {
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": links,
            "PYTHONIOENCODING": "utf-8",
            **variables,
        }

    def run(self, *arguments: str, python: tuple[str, ...] = (BASE,), **variables: str):
        return subprocess.run(
            [*python, str(self.root / "run.py"), *arguments],
            cwd=self.elsewhere,
            env=self.environment(**variables),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )


def facts(result) -> dict:
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def sentence(result) -> str:
    """Return the one line of a failed run that comes from run.py."""
    assert result.returncode == 1
    assert result.stdout == ""
    assert 'run.py", line' not in result.stderr  # no traceback of ours; pip may show one of its own
    lines = [line for line in result.stderr.splitlines() if line.startswith("run.py: ")]
    (line,) = [line for line in lines if "installing" not in line]
    assert result.stderr.splitlines()[-1] == line
    assert re.search("[一-鿿]", line)
    return line


@pytest.fixture
def checkout(tmp_path):
    return Checkout(tmp_path)


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Give a checkout after its first run, for the tests that only look."""
    if not HAS_PIP:
        pytest.skip("the Python below this environment has no pip")
    made = Checkout(tmp_path_factory.mktemp("run"))
    made.first = made.run("plan", "名 字")
    return made


# --- an old Python, a Python without pip ---


def test_every_python_3_can_parse_the_file():
    ast.parse(RUN.read_text(encoding="utf-8"), feature_version=(3, 4))


@pytest.mark.parametrize("version", ["2.7", "3.6", "3.10"])
def test_a_real_old_python_says_one_sentence(version, checkout):
    name = f"python{version}"
    found = [shutil.which(name), *sorted(Path.home().glob(f".pyenv/versions/{version}.*/bin/{name}"))]
    works = [p for p in found if p and subprocess.run([p, "-c", ""], capture_output=True).returncode == 0]
    if not works:
        pytest.skip(f"no Python {version} here")
    result = checkout.run("plan", python=(str(works[0]),))
    assert f"Python 3.11 or newer is needed, this is {version}." in sentence(result)
    assert not (checkout.root / ".venv").exists()


def test_an_old_python_says_one_sentence(checkout):
    pretend = "import runpy, sys; sys.version_info = (3, 10, 4, 'final', 0); sys.argv = sys.argv[1:]; "
    pretend += "runpy.run_path(sys.argv[0], run_name='__main__')"
    result = checkout.run("plan", python=(BASE, "-c", pretend))
    assert "Python 3.11 or newer is needed, this is 3.10." in sentence(result)
    assert not (checkout.root / ".venv").exists()


def test_without_pip_one_sentence(checkout):
    assert "this Python has no pip" in sentence(checkout.run("plan", python=(BASE, "-S")))
    assert not (checkout.root / ".venv").exists()


def test_with_an_old_pip_one_sentence(checkout):
    checkout.write("pip.py", "__version__ = '22.2.2'\n")
    assert "older than 22.3" in sentence(checkout.run("plan"))


# --- an installation that cannot be done ---


@needs_pip
def test_without_a_network_pips_words_and_one_sentence(checkout):
    result = checkout.run(
        "plan", PIP_NO_INDEX="0", PIP_FIND_LINKS="", PIP_INDEX_URL="http://127.0.0.1:9/", PIP_RETRIES="0"
    )
    assert "check the network" in sentence(result)
    assert "No matching distribution found for dependency==1.0" in result.stderr


@needs_pip
def test_a_missing_or_wrong_hash_is_refused_and_nothing_runs(checkout):
    checkout.write("requirements.lock", "dependency==1.0\n")
    result = checkout.run("plan")
    assert "pip could not install" in sentence(result)
    assert "--require-hashes" in result.stderr
    checkout.write("requirements.lock", "dependency==1.0 --hash=sha256:" + "0" * 64 + "\n")
    result = checkout.run("plan")
    assert "pip could not install" in sentence(result)
    assert "DO NOT MATCH THE HASHES" in result.stderr
    assert "pip could not install" in sentence(checkout.run("plan"))
    checkout.write("requirements.lock", checkout.line)
    assert facts(checkout.run("plan"))["dependency"] == "1.0"


def test_a_place_that_cannot_be_written_is_one_sentence(checkout):
    checkout.write(".venv", "a file where the folder should be")
    if HAS_PIP:
        assert "cannot make" in sentence(checkout.run("plan"))
    else:
        assert "no pip" in sentence(checkout.run("plan"))


# --- an installation that works ---


def test_the_first_run_installs_and_runs_in_the_current_folder(installed):
    first = facts(installed.first)
    assert first["arguments"] == ["plan", "名 字"]
    assert Path(first["folder"]).samefile(installed.elsewhere)
    assert Path(first["prefix"]).samefile(installed.root / ".venv")
    assert first["dependency"] == "1.0"
    assert installed.first.stderr.count("\n") == 1
    assert "installing into .venv" in installed.first.stderr


def test_the_second_run_installs_nothing(installed):
    again = installed.run("show", "--json", PIP_FIND_LINKS="")
    assert facts(again)["arguments"] == ["show", "--json"]
    assert again.stderr == ""


@needs_pip
def test_no_arguments_open_the_start_page_and_install_it(checkout):
    first = checkout.run()
    assert facts(first)["arguments"] == ["app"]
    lines = first.stderr.splitlines()
    said = [
        ("opening the start page", "正在浏览器中打开开始页"),
        ("first run", "首次运行"),
        ("the web page", "网页组件"),
    ]
    assert len(lines) == len(said)
    for line, (english, chinese) in zip(lines, said, strict=True):
        assert english in line
        assert chinese in line
    again = checkout.run()
    assert facts(again)["arguments"] == ["app"]
    assert "installing" not in again.stderr
    assert facts(checkout.run("--help"))["arguments"] == ["--help"]


# --- a click on Windows, whose window closes with the program


PRETEND = """
import runpy, sys
{}
import os
os.name = "nt"
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


def clicked(checkout, pretended, *arguments):
    """Run as a click on Windows does, an Enter later; returns the exit code and what stood in the window."""
    import pty

    own, theirs = pty.openpty()
    command = [BASE, "-c", PRETEND.format(pretended), str(checkout.root / "run.py"), *arguments]
    with subprocess.Popen(
        command, cwd=checkout.elsewhere, env=checkout.environment(), stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        seen = b""
        with suppress(OSError):  # the other end is closed
            while part := os.read(own, 4096):
                seen += part
                if "按回车键关闭窗口".encode() in seen and process.returncode is None:
                    assert process.poll() is None
                    os.write(own, b"\n")
                    process.wait(30)
        os.close(own)
        return process.wait(30), seen.decode()


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal of POSIX")
def test_the_window_of_a_click_stays_open_with_what_is_wrong(checkout):
    old = "sys.version_info = (3, 10, 4, 'final', 0)"
    code, seen = clicked(checkout, old)
    assert code == 1
    assert "Python 3.11 or newer is needed, this is 3.10." in seen
    assert "press Enter to close this window" in seen
    code, seen = clicked(checkout, old, "plan")  # typed, with words: its window stays anyway
    assert code == 1
    assert "press Enter" not in seen


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal of POSIX")
def test_the_window_of_a_click_stays_open_with_a_failure_that_nobody_foresaw(checkout):
    (checkout.root / "requirements.lock").unlink()
    (checkout.root / "pyproject.toml").write_bytes(b"")
    code, seen = clicked(checkout, "import hashlib; hashlib.sha256 = None")
    assert code == 1
    assert "TypeError" in seen
    assert "press Enter to close this window" in seen


@pytest.mark.parametrize("code", [0, 1, 3, 70])
def test_the_exit_code_is_handed_on(installed, code):
    assert installed.run("plan", TINY_EXIT=str(code)).returncode == code


def test_modules_in_the_current_folder_do_not_get_in(installed):
    trap = installed.elsewhere / "dependency.py"
    trap.write_text("VERSION = 'wrong'\n", encoding="utf-8")
    try:
        assert facts(installed.run("plan"))["dependency"] == "1.0"
        assert facts(installed.run("plan", PYTHONPATH=str(installed.elsewhere)))["dependency"] == "1.0"
    finally:
        trap.unlink()


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_belongs_to_the_tool(installed):
    process = subprocess.Popen(
        [BASE, str(installed.root / "run.py"), "wait"],
        env=installed.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a job in the background ignores it
    )
    assert process.stdout.readline() == "waiting\n"
    time.sleep(0.2)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert (process.returncode, errors) == (77, "")


@needs_pip
def test_the_page_is_installed_when_it_is_asked_for(checkout):
    assert facts(checkout.run("plan"))["arguments"] == ["plan"]
    page = list((checkout.root / ".venv").rglob("page.py"))
    assert page == []
    first = checkout.run("app", "--no-browser")
    assert facts(first)["arguments"] == ["app", "--no-browser"]
    assert "installing the web page" in first.stderr
    assert list((checkout.root / ".venv").rglob("page.py")) != []
    assert checkout.run("app").stderr == ""


@needs_pip
def test_a_change_is_installed_and_an_interrupted_installation_repeated(checkout):
    settings = {"PIP_USER": "1", "PIP_TARGET": str(checkout.elsewhere), "PIP_REQUIRE_VIRTUALENV": "1"}
    assert facts(checkout.run("plan", **settings))["dependency"] == "1.0"
    assert list(checkout.elsewhere.iterdir()) == []

    line = make_wheel(checkout.wheels, "dependency", "2.0", {"dependency.py": "VERSION = '2.0'\n"})
    checkout.write("requirements.lock", line)
    changed = checkout.run("plan")
    assert facts(changed)["dependency"] == "2.0"
    assert "installing" in changed.stderr

    backend = checkout.root / "backend.py"
    backend.rename(checkout.root / "away.py")
    checkout.write("pyproject.toml", PYPROJECT + "# changed\n")
    assert "pip could not install" in sentence(checkout.run("plan"))
    (checkout.root / "away.py").rename(backend)
    assert "installing" in checkout.run("plan").stderr
    assert checkout.run("plan").stderr == ""


@needs_pip
def test_a_moved_checkout_and_a_broken_environment_are_remade(checkout):
    assert facts(checkout.run("plan"))["dependency"] == "1.0"
    old = checkout.root
    checkout.root = old.with_name("moved")
    old.rename(checkout.root)
    moved = facts(checkout.run("plan"))
    assert Path(moved["prefix"]).samefile(checkout.root / ".venv")

    programs = checkout.root / ".venv" / ("Scripts" if os.name == "nt" else "bin")
    shutil.rmtree(programs)
    repaired = checkout.run("plan")
    assert facts(repaired)["dependency"] == "1.0"
    assert "installing" in repaired.stderr


@needs_pip
def test_run_by_the_python_of_its_own_environment(installed):
    own = installed.root / ".venv" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    result = installed.run("plan", python=(str(own),))
    assert facts(result)["dependency"] == "1.0"
    assert result.stderr == ""
    if os.name != "nt":
        (installed.root / ".venv" / "run-stamp").unlink()
        result = installed.run("plan", python=(str(own),))
        assert facts(result)["dependency"] == "1.0"
        assert "installing" in result.stderr


def test_the_tests_run_at_the_root_and_in_parallel(installed):
    first = installed.run("test", "-k", "名 字")
    assert facts(first)["arguments"] == ["-n", "2", "--dist", "worksteal", "-k", "名 字"]
    assert Path(facts(first)["folder"]).samefile(installed.root)
    assert "installing the test tools" in first.stderr
    again = installed.run("test", "-n0")
    assert facts(again)["arguments"] == ["-n0"]
    assert again.stderr == ""
