"""Charts as files: what they need, what they hold, and that nothing is written when something is missing."""

import importlib.util
import shutil
import struct

import pytest
from typer.testing import CliRunner

from allocator.cli import app
from allocator.output import pictures
from allocator.output.pictures import NAMES, open_studio
from scenarios.errors import InputError

runner = CliRunner()
CHARTS = ["argument", "contribution", "lorenz", "rates", "score", "waterfall"]


def run(*arguments):
    return runner.invoke(app, ["plan", "guangxi-13fyp", *map(str, arguments)])


@pytest.fixture
def kaleido():
    pytest.importorskip("kaleido", reason="kaleido (the extra “png”) is not installed")


@pytest.mark.browser
def test_charts_as_files(kaleido, chromium_path, monkeypatch, tmp_path):
    monkeypatch.setenv("BROWSER_PATH", chromium_path)
    out = tmp_path / "o"
    result = run("--figures", "png", "--out", out)
    assert result.exit_code == 0, result.stderr
    assert "figures/rates.png" in result.stdout
    assert sorted(path.name for path in (out / "figures").iterdir()) == [f"{name}.png" for name in CHARTS]
    for path in (out / "figures").iterdir():
        raw = path.read_bytes()
        assert raw[:8] == b"\x89PNG\r\n\x1a\n"
        assert struct.unpack(">I", raw[16:20]) == (2200,)
        assert len(raw) > 10_000
    (out / "figures" / "mine.txt").write_text("mine")
    assert run("--figures", "svg", "--out", out, "--lang", "en").exit_code == 0
    names = sorted(path.name for path in (out / "figures").iterdir())
    assert names == sorted([*(f"{name}.svg" for name in CHARTS), "mine.txt"])
    assert "Nanning" in (out / "figures" / "rates.svg").read_text("utf-8")
    assert run("--out", out).exit_code == 0
    assert [path.name for path in (out / "figures").iterdir()] == ["mine.txt"]


def test_what_is_missing_is_said_before_anything_is_written(monkeypatch, tmp_path):
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *a: None if name == "kaleido" else found(name, *a))
    monkeypatch.setattr(pictures, "_chinese_font", lambda: False)
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "nowhere"))
    result = run("--figures", "png", "--out", tmp_path / "o")
    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 4  # three findings and their number
    for words in ("carbon-target-allocator[png]", "nowhere", "Noto Sans CJK"):
        assert words in result.stderr
    assert list(tmp_path.iterdir()) == []
    assert run("--figures", "gif").exit_code == 2


def test_no_browser_at_all(monkeypatch):
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(InputError) as error:
        open_studio("png")
    assert "figures_no_browser" in [finding.code for finding in error.value.findings]


def test_a_browser_that_does_not_start(kaleido, monkeypatch, tmp_path):
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("BROWSER_PATH", str(broken))
    monkeypatch.setattr(pictures, "_chinese_font", lambda: True)
    result = run("--figures", "png", "--out", tmp_path / "o")
    assert result.exit_code == 2
    assert str(broken) in result.stderr
    assert not (tmp_path / "o").exists()


def test_names_cover_both_formats():
    names = [*CHARTS, "acceptability", "ridge", "heat", "flow", "compare"]
    assert {f"{name}.{form}" for name in names for form in ("png", "svg")} == NAMES


@pytest.mark.browser
def test_charts_of_a_sweep_and_of_a_comparison(kaleido, chromium_path, monkeypatch, tmp_path):
    monkeypatch.setenv("BROWSER_PATH", chromium_path)
    swept, compared = tmp_path / "s", tmp_path / "c"
    case = ["guangxi-13fyp", "--samples", "64", "--figures", "svg", "--out", str(swept)]
    result = runner.invoke(app, ["sweep", *case])
    assert result.exit_code == 0, result.stderr
    names = ["acceptability.svg", "flow.svg", "heat.svg", "ridge.svg"]
    assert sorted(path.name for path in (swept / "figures").iterdir()) == names
    sides = ["published", "published", "--scenario", "guangxi-13fyp"]
    assert runner.invoke(app, ["compare", *sides, "--figures", "png"]).exit_code == 2  # nowhere to write
    result = runner.invoke(app, ["compare", *sides, "--figures", "png", "--out", str(compared)])
    assert result.exit_code == 0, result.stderr
    assert (compared / "figures" / "compare.png").read_bytes()[:4] == b"\x89PNG"
    assert runner.invoke(app, ["compare", *sides, "--out", str(compared)]).exit_code == 0
    assert not (compared / "figures").exists()
