"""What people get stays what it was: the golden files of tests/golden/runs.py."""

import importlib.util
import json
import math
import re
import sys
from pathlib import Path

import pytest

RUNS = Path(__file__).parent / "golden" / "runs.py"
SPEC = importlib.util.spec_from_file_location("golden_runs", RUNS)
golden = importlib.util.module_from_spec(SPEC)
sys.modules[SPEC.name] = golden  # its dataclasses look for their module
SPEC.loader.exec_module(golden)


NOISE = re.compile(r"\d+(?:\.\d+)?×10⁻¹[⁰¹²³⁴-⁹]")
FLOAT = re.compile(r"-?\d+\.\d{11,}(?:e-?\d+)?|-?\d+(?:\.\d+)?e-\d+")


def settled(text):
    """Return a text without what belongs to the processor: last digits of floats, and what rounding errors come to."""
    near = FLOAT.sub(lambda found: f"{0.0 if abs(float(found[0])) < 1e-12 else float(found[0]):.9g}", text)
    return NOISE.sub("<rounding error>", near)


def differences(now, then, place=""):
    """Yield the places where two JSON values differ; the last digits of a float belong to the processor."""
    if isinstance(then, float) and isinstance(now, float):
        if not math.isclose(now, then, rel_tol=1e-9, abs_tol=1e-12):
            yield f"{place}: {then!r} is now {now!r}"
    elif isinstance(then, dict) and isinstance(now, dict) and list(now) == list(then):
        for key in then:
            yield from differences(now[key], then[key], f"{place}.{key}")
    elif isinstance(then, list) and isinstance(now, list) and len(now) == len(then):
        for n, (a, b) in enumerate(zip(now, then, strict=True)):
            yield from differences(a, b, f"{place}[{n}]")
    elif now != then or type(now) is not type(then):
        yield f"{place}: {then!r} is now {now!r}"


@pytest.mark.parametrize("case", [*golden.CASES, *golden.LATER])
def test_what_people_get_is_what_they_got(case, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    now = golden.answers(case)
    folder = golden.HERE / case
    then = {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in folder.rglob("*.*")}
    assert sorted(now) == sorted(then)
    for name, text in then.items():
        if name.endswith(".json"):
            assert not list(differences(json.loads(now[name]), json.loads(text))), name
        else:
            assert settled(now[name]) == settled(text), name
