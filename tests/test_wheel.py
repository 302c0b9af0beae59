"""The lock files: complete, hashed, free of addresses, in agreement with pyproject.toml and each other."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ["requirements.lock", "requirements-test.lock", "requirements-ui.lock"]


def read_lock(name: str) -> dict[str, tuple[Requirement, list[str]]]:
    """Return each requirement of a lock file by its name, with its hashes."""
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = [line for line in text.replace("\\\n", " ").splitlines() if line and not line.startswith("#")]
    entries = {}
    for line in lines:
        requirement, *hashes = re.split(r"\s+--hash=", line.strip())
        parsed = Requirement(requirement)
        key = canonicalize_name(parsed.name)
        assert key not in entries, f"{key} stands twice in {name}"
        entries[key] = (parsed, hashes)
    return entries


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_and_hashed(name):
    entries = read_lock(name)
    assert len(entries) > 20
    for requirement, hashes in entries.values():
        assert re.fullmatch(r"==[0-9][0-9A-Za-z.!+]*", str(requirement.specifier)), requirement
        assert requirement.url is None
        assert hashes, requirement
        assert all(re.fullmatch("sha256:[0-9a-f]{64}", value) for value in hashes), requirement


@pytest.mark.parametrize("name", LOCKS)
def test_no_address_stands_in_a_lock(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*-", re.sub(r"^\s+--hash=\S+", "", text, flags=re.M), flags=re.M)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (
            "requirements.lock",
            [
                *PROJECT["project"]["dependencies"],
                *PROJECT["build-system"]["requires"],
                *PROJECT["dependency-groups"]["build"],
            ],
        ),
        ("requirements-test.lock", PROJECT["dependency-groups"]["test"]),
        (
            "requirements-ui.lock",
            [*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["ui"]],
        ),
    ],
)
def test_the_lock_satisfies_the_project(name, wanted):
    entries = read_lock(name)
    for line in wanted:
        requirement = Requirement(line)
        locked, _ = entries[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(str(locked.specifier).removeprefix("==")), (line, str(locked))
        assert locked.marker is None or requirement.marker is not None, line


@pytest.mark.parametrize(
    ("first", "second", "among"),
    [
        ("requirements.lock", "requirements-test.lock", {"numpy", "pandas"}),
        ("requirements.lock", "requirements-ui.lock", {"numpy", "plotly"}),
        ("requirements-test.lock", "requirements-ui.lock", {"flask", "werkzeug"}),
    ],
)
def test_the_locks_agree(first, second, among):
    one, other = read_lock(first), read_lock(second)
    shared = one.keys() & other.keys()
    assert among <= shared
    for key in shared:
        assert one[key][0].specifier == other[key][0].specifier, key
        assert one[key][1] == other[key][1], key
