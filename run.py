#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""Run the allocator from a fresh clone: only Python 3.11 or newer and its pip are needed.

    python3 run.py                        open the start page in the browser; a click on the file does so too
    python3 run.py --help                 show the help of the tool
    python3 run.py plan guangxi-13fyp     any command of the tool, run in the current folder
    python3 run.py test [PYTEST OPTIONS]  run the test suite

The first run makes .venv beside this file and installs requirements.lock and this project into it.
Later runs start at once; the installation is repeated when the lock file, pyproject.toml, the
Python or the place of the checkout changes. pip obeys your own settings: mirrors, proxies and,
without a network, PIP_NO_INDEX=1 PIP_FIND_LINKS=<folder with the wheels>.

The file keeps to syntax that every Python can read, so that an old one can say what is wrong.
"""

import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.realpath(__file__))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, *(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))
# what some commands need besides: lock file, stamp, and its name
MORE = {
    "test": ("requirements-test.lock", "run-test-stamp", "the test tools", "测试工具"),
    "app": ("requirements-ui.lock", "run-ui-stamp", "the web page", "网页组件"),
}
# settings that would send an installation somewhere else, or let the packages of another Python in
LEFT_OUT = ("PYTHONHOME", "PYTHONPATH", "PIP_PREFIX", "PIP_REQUIRE_HASHES", "PIP_ROOT", "PIP_TARGET")


def say(english, chinese):
    """Write one line to stderr; stdout belongs to the tool."""
    sys.stderr.write("run.py: {} / {}\n".format(english, chinese))
    sys.stderr.flush()


def fail(english, chinese):
    """Say what is wrong and stop."""
    say(english, chinese)
    sys.exit(1)


def is_clicked():
    """Tell whether this may be a window of Windows that opened for a click and closes when we end."""
    return os.name == "nt" and len(sys.argv) == 1 and sys.stdin is not None and sys.stdin.isatty()


def stay_open():
    """Keep the window until its reader has read what is wrong."""
    say("press Enter to close this window.", "按回车键关闭窗口。")
    sys.stdin.readline()


def environment():
    """Return the user's environment without the few settings that would break a .venv."""
    return {key: value for key, value in os.environ.items() if key not in LEFT_OUT}


def hand_over(command, variables):
    """Let another program take the place of this one: its exit code and its Ctrl-C are ours."""
    sys.stderr.flush()
    if os.name != "nt":
        os.execve(command[0], command, variables)
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.exit(subprocess.call(command, env=variables))


def check_pip():
    """Stop unless this interpreter has a pip that can install into another environment."""
    try:
        import pip
    except ImportError:
        if sys.prefix != sys.base_prefix:  # inside an environment without pip, such as our own .venv
            hand_over([sys._base_executable, os.path.join(ROOT, "run.py")] + sys.argv[1:], os.environ)
        fail(
            "this Python has no pip; install it first (python3 -m ensurepip, or apt install python3-pip).",
            "此 Python 没有 pip,请先安装(python3 -m ensurepip 或 apt install python3-pip)。",
        )
    if [int(part) for part in re.findall("[0-9]+", pip.__version__)[:2]] < [22, 3]:
        fail(
            "this Python's pip is older than 22.3; upgrade it: python3 -m pip install --upgrade pip",
            "pip 版本低于 22.3,请先升级:python3 -m pip install --upgrade pip",
        )


def pip_install(arguments):
    """Install into .venv with the pip of this interpreter; show pip's own last words if it fails."""
    command = [sys.executable, "-m", "pip", "--python", PYTHON, "--disable-pip-version-check"]
    command += ["--quiet", "--no-input", "install", "--no-user"] + arguments
    variables = environment()
    if sys.stderr.encoding:  # pip's words are shown as they come
        variables["PYTHONIOENCODING"] = sys.stderr.encoding + ":backslashreplace"
    if not ROOT.isascii():
        # Python 3.11 and 3.12 on Windows read the .pth file of the project in the local code page
        variables["PYTHONUTF8"] = "1"
    streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    process = subprocess.Popen(command, cwd=ROOT, env=variables, **streams)
    lines = []
    for line in process.stdout:
        if b"Retrying" in line:  # a slow or missing network: do not wait in silence
            sys.stderr.buffer.write(line)
            sys.stderr.flush()
        else:
            lines.append(line)
    if process.wait():
        sys.stderr.buffer.write(b"".join(lines[-12:]))
        fail(
            "pip could not install the packages, its message is above; check the network, the proxy and the "
            "mirror (python3 -m pip config list), or offline set PIP_NO_INDEX=1 PIP_FIND_LINKS=<folder>.",
            "pip 安装失败,原因见上;请检查网络、代理与镜像设置(python3 -m pip config list),"
            "离线时请设置 PIP_NO_INDEX=1 PIP_FIND_LINKS=<wheel 文件夹>。",
        )


def fingerprint(names):
    """Return a hash of this Python, the place of the checkout and the contents of the named files."""
    import hashlib

    digest = hashlib.sha256(repr((sys.version, sys.base_prefix, ROOT)).encode("utf-8", "surrogateescape"))
    for name in names:
        with open(os.path.join(ROOT, name), "rb") as file:
            digest.update(hashlib.sha256(file.read()).digest())
    return digest.hexdigest()


def is_current(stamp, value):
    """Tell whether .venv works and was installed from the same things as now."""
    try:
        with open(os.path.join(VENV, stamp)) as file:
            return os.path.exists(PYTHON) and file.read() == value
    except OSError:
        return False


def write_stamp(stamp, value):
    """Note what was installed: the last step, so that an interrupted installation is repeated."""
    with open(os.path.join(VENV, stamp), "w") as file:
        file.write(value)


def install(command):
    """Bring .venv up to date for a command, doing nothing when it already is."""
    now = fingerprint(["requirements.lock", "pyproject.toml"])
    if not is_current("run-stamp", now):
        check_pip()
        say(
            "first run, or something changed: installing into .venv, about a minute ...",
            "首次运行或有变动:正在安装到 .venv,约一分钟……",
        )
        import venv

        venv.create(VENV, clear=True, symlinks=os.name != "nt", with_pip=False)
        pip_install(["--require-hashes", "-r", "requirements.lock"])
        pip_install(["--no-deps", "--no-build-isolation", "-e", "."])
        write_stamp("run-stamp", now)
    if command not in MORE:
        return
    lock, stamp, english, chinese = MORE[command]
    now = fingerprint([lock])
    if not is_current(stamp, now):
        check_pip()
        say("installing {} into .venv ...".format(english), "正在把{}安装到 .venv……".format(chinese))
        pip_install(["--require-hashes", "-r", lock])
        write_stamp(stamp, now)


def main():
    """Install what is missing, then run the tool or its tests."""
    if sys.version_info < (3, 11):
        fail(
            "Python 3.11 or newer is needed, this is {}.{}.".format(*sys.version_info[:2]),
            "需要 Python 3.11 或更新版本。",
        )
    arguments = sys.argv[1:] or ["app"]
    if not sys.argv[1:]:
        say(
            "opening the start page in the browser (python3 run.py --help lists the commands) ...",
            "正在浏览器中打开开始页(全部命令见 python3 run.py --help)……",
        )
    for_tests = arguments[0] == "test"
    try:
        install(arguments[0])
    except KeyboardInterrupt:
        say("interrupted; the next run installs again.", "已中断,下次运行将重新安装。")
        sys.exit(130)
    except OSError as error:
        fail("cannot make {}: {}".format(VENV, error), "无法创建 .venv。")
    variables = environment()
    variables.setdefault("PYTHONUTF8", "1")
    if for_tests:
        os.chdir(ROOT)
        own_choice = [a for a in arguments if a.startswith(("-n", "--numprocesses", "--pdb"))]
        # neighbours run in one process and share what they made; who is done takes from the end of the other's row
        parallel = [] if own_choice else ["-n", "2", "--dist", "worksteal"]
        hand_over([PYTHON, "-m", "pytest"] + parallel + arguments[1:], variables)
    hand_over([PYTHON, "-P", "-m", "allocator"] + arguments, variables)


def start():
    """Run, and where a window would close on what is wrong, wait."""
    try:
        main()
    except SystemExit as end:
        if end.code and is_clicked():
            stay_open()
        raise
    except Exception:
        if not is_clicked():
            raise
        import traceback

        traceback.print_exc()
        stay_open()
        sys.exit(1)


if __name__ == "__main__":
    start()
