"""What all tests share: scenarios to change, and the outside programs some tests need."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import settings

from scenarios.load import find_scenario, load_scenario

# a machine under load is not a failure; CI draws the same examples every time
settings.register_profile("allocator", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("allocator")

REQUIRE_TOOLS = os.environ.get("ALLOCATOR_REQUIRE_TOOLS") == "1"


def _need(program, reason):
    """Skip where a program is missing; fail where the environment says that nothing may be missing."""
    if program is None:
        if REQUIRE_TOOLS:
            pytest.fail(f"{reason}, and ALLOCATOR_REQUIRE_TOOLS forbids skipping")
        pytest.skip(reason)
    return program


@pytest.fixture(scope="session")
def chromium_path():
    program = _need(shutil.which("chromium") or shutil.which("chromium-browser"), "Chromium is not installed")
    fonts = ""
    if shutil.which("fc-list"):
        fonts = subprocess.run(["fc-list", ":lang=zh", "family"], capture_output=True, text=True).stdout.strip()
    _need(fonts or None, "no Chinese font is installed")
    return program


@pytest.fixture(scope="session")
def libreoffice_path():
    return _need(shutil.which("soffice") or shutil.which("libreoffice"), "LibreOffice is not installed")


@pytest.fixture(scope="session")
def guangxi():
    return load_scenario("guangxi-13fyp")


@pytest.fixture(scope="session")
def zhejiang():
    return load_scenario("zhejiang-13fyp")


@pytest.fixture
def guangxi_folder(tmp_path):
    """Return a copy of the Guangxi case that a test may spoil."""
    folder = tmp_path / "case"
    shutil.copytree(find_scenario("guangxi-13fyp").parent, folder)
    return folder


@pytest.fixture
def edit():
    """Return a function that replaces text in a file, and fails when the text is not there."""

    def replace(path: Path, old: str, new: str) -> None:
        text = path.read_text("utf-8")
        assert old in text, f"{old!r} is not in {path.name}"
        path.write_text(text.replace(old, new, 1), "utf-8")

    return replace
