"""Every writing command killed at a random moment: the old folder whole or the new one, and the next run works.

Run with the project's Python:  python tests/benchmarks/kills.py [--runs N] [--seed S] [--only COMMAND]

A folder is first written with one language, then again with the other, and that run is killed (SIGKILL). Afterwards
each file is the old one byte for byte, or none is; the same command runs once more, and its folder and its
neighbours are then those of a run that nobody killed. Not a test: pytest does not collect this file.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

COMMANDS: Mapping[str, tuple[tuple[str, ...], str]] = {
    "plan": (("plan", ".", "--out", "here/out"), "here/out"),
    "publish": (("publish", "plan", "--out", "here/printed", "--format", "all"), "here/printed"),
    "compare": (("compare", "plan", "published.csv", "--scenario", ".", "--out", "here/compared"), "here/compared"),
    "sweep": (("sweep", ".", "--samples", "300", "--seed", "1", "--out", "here/swept"), "here/swept"),
    "track": (
        ("track", ".", "actuals-example.csv", "--targets", "published.csv", "--out", "here/tracked"),
        "here/tracked",
    ),
    "account": (("account", "accounting-example", "--out", "here/accounted"), "here/accounted"),
    "negotiate": (("negotiate", ".", "--fix", "北海=15%", "--out", "here/rounds"), "here/rounds"),
}
"""Command -> its words, and the folder that it writes."""
Files = dict[str, bytes]
SIDE = ".allocator-"
"""How the names of folders begin in which runs write; killed ones stay until the next run."""


def files(folder: Path) -> Files:
    """Return the files under a folder by their path in it, but for those that a run writes aside."""
    found = {str(p.relative_to(folder)): p for p in sorted(folder.rglob("*")) if p.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if not name.startswith(SIDE)}


def started(words: tuple[str, ...], folder: Path, language: str) -> multiprocessing.Process:
    """Start a command in a forked process, whose exit code is the command's."""

    def child() -> None:
        from typer.testing import CliRunner

        from allocator.cli import app

        os.chdir(folder)
        os._exit(CliRunner().invoke(app, [*words, "--lang", language]).exit_code)

    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    return process


def ran(words: tuple[str, ...], folder: Path, language: str) -> int | None:
    """Run a command to its end; return its exit code."""
    process = started(words, folder, language)
    process.join(120)
    return process.exitcode


def mixed(now: Files, old: Files, new: Files, rounds: bool) -> str:
    """Return which of both runs a folder shows: old, new, or that it is neither."""
    if now == old:
        return "old"
    if rounds:  # a round is added, those before it stay
        return "new" if set(now) == set(new) and all(now[name] == old[name] for name in old) else "MIXED"
    same_in_both = {name for name in old if old[name] == new.get(name)}
    kept = {name for name in now if now[name] == old.get(name)} - same_in_both
    return "new" if set(now) == set(new) and not kept else "MIXED"


def one(name: str, root: Path, draw: random.Random, taken: float, reference: tuple[Files, Files]) -> str:
    """Kill one run of a command and return how it stood."""
    words, out = COMMANDS[name]
    case, (old, new) = root / name, reference
    folder = Path(tempfile.mkdtemp())
    try:
        shutil.copytree(case, folder / "case")
        process = started(words, folder / "case", "en")
        process.join(draw.uniform(0, taken * 1.05))
        process.kill()
        process.join()
        stood = "old" if process.exitcode != 0 else "new"
        there = folder / "case" / out
        if there.is_dir():
            stood = mixed(files(there), old, new, name == "negotiate")
        elif stood == "old":
            stood = "between"  # the old one stands aside, and the next run or reader brings it back
        code = ran(words, folder / "case", "en")
        after = files(there) if there.is_dir() else {}
        if code not in (0, 1) or (name != "negotiate" and mixed(after, old, new, False) != "new"):
            return f"FAULT next run: exit {code}"
        left = sorted(p.name for p in there.parent.iterdir() if p.name != there.name)
        left += sorted(p.name for p in there.iterdir() if p.name.startswith(SIDE))
        return f"FAULT left {left}" if left else f"FAULT {stood}" if stood == "MIXED" else stood
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def prepared(name: str, root: Path) -> tuple[float, tuple[Files, Files]]:
    """Write a command's folder in Chinese; return how long it takes in English, and the files of both."""
    from scenarios.load import find_scenario

    words, out = COMMANDS[name]
    case = root / name
    shutil.copytree(find_scenario("guangxi-13fyp").parent, case)
    if words[1] == "plan":
        ran(("plan", ".", "--out", "plan"), case, "zh")
    if ran(words, case, "zh") not in (0, 1):
        raise SystemExit(f"{name} does not run")
    shutil.copytree(case, root / f"{name}-new")
    start = time.perf_counter()
    ran(words, root / f"{name}-new", "en")
    return time.perf_counter() - start, (files(case / out), files(root / f"{name}-new" / out))


def main() -> None:
    """Kill and count."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=210)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    draw, root = random.Random(options.seed), Path(tempfile.mkdtemp())
    import allocator.negotiating.rounds
    import allocator.planning.files
    import allocator.sweeping.command  # noqa: F401  (loaded once, before the forks)

    chosen = [name for name in COMMANDS if options.only in name]
    known = {name: prepared(name, root) for name in chosen}
    counts = {name: Counter[str]() for name in chosen}
    for n in range(options.runs):
        name = chosen[n % len(chosen)]
        counts[name][one(name, root, draw, *known[name])] += 1
    for name, counter in counts.items():
        print(f"{name:<10} {known[name][0]:5.1f} s ", dict(sorted(counter.items())))
    print("faults:", sum(n for counter in counts.values() for kind, n in counter.items() if "FAULT" in kind))
    shutil.rmtree(root)


if __name__ == "__main__":
    main()
