"""Mutated inputs against the commands: every one must end in a sentence and a known exit code.

Run with the project's Python:  python tests/benchmarks/fuzz.py [--runs N] [--seed S] [--minutes M] [--only PART]

Each run copies a sound folder, spoils one file of it, and runs one command in a forked process of its own under
20 s and 1 GiB more than the program itself takes. Counted: exit codes, and as faults tracebacks, internal errors
(exit 4), hangs, memory, signals, and files left behind. A fault's folder is kept and named. Not a test: pytest
does not collect this file.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import resource
import shutil
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.mutations import mutated

SECONDS, MEMORY = 20, 1 << 30


@dataclass(frozen=True)
class Target:
    """A command, the file that is spoiled before it, and the folder of sound inputs."""

    name: str
    words: tuple[str, ...]
    spoiled: str
    folder: str  # which of the sound folders


def targets() -> list[Target]:
    """Return what is attacked: tables, scenarios, forms, and the program's own files."""
    checks = [
        Target(f"check {case} {file}", ("check", "."), file, case)
        for case, files in (
            ("guangxi", ("scenario.yaml", "regions.csv")),
            ("accounting", ("scenario.yaml", "regions.csv", "energy.csv", "factors.csv", "gdp.csv")),
            ("cities", ("scenario.yaml", "regions.csv")),
            ("template", ("scenario.yaml", "regions.xlsx")),
        )
        for file in files
    ]
    return [
        *checks,
        Target("verify csv", ("verify", ".", "published.csv"), "published.csv", "guangxi"),
        Target("verify xlsx", ("verify", ".", "out/allocation.xlsx"), "out/allocation.xlsx", "guangxi"),
        Target("verify json", ("verify", ".", "out/plan.json"), "out/plan.json", "guangxi"),
        Target("track actuals", ("track", ".", "actuals-example.csv", "--targets", "published.csv"),
               "actuals-example.csv", "guangxi"),
        Target("track projects", ("track", ".", "actuals-example.csv", "--targets", "published.csv",
                                  "--project", "projects.csv"), "projects.csv", "guangxi"),
        Target("track form", ("track", ".", "actuals-example.csv", "--targets", "published.csv", "--form",
                              "assessment.xlsx"), "assessment.xlsx", "guangxi"),
        Target("account", ("account", "energy.csv", "--grid", "广西"), "energy.csv", "accounting"),
        Target("publish", ("publish", "out", "--format", "csv", "--out", "printed"), "out/plan.json", "guangxi"),
        Target("compare", ("compare", "out", "published.csv", "--scenario", "."), "out/plan.json", "guangxi"),
        Target("compare round", ("compare", "rounds/round-001", "out"), "rounds/round-001/round.json", "guangxi"),
        Target("negotiate", ("negotiate", ".", "--fix", "北海=15%", "--out", "rounds"),
               "rounds/round-001/round.json", "guangxi"),
        Target("negotiate plan", ("negotiate", ".", "--fix", "北海=15%", "--out", "rounds"),
               "rounds/round-001/plan.json", "guangxi"),
    ]  # fmt: skip


def sound_folders(root: Path) -> None:
    """Make the sound inputs."""
    from scenarios.load import find_scenario

    for name, case in (("guangxi", "guangxi-13fyp"), ("accounting", "accounting-example"), ("cities", "three-cities")):
        shutil.copytree(find_scenario(case).parent, root / name)
    run(root, ("init", "template", "--yaml"))
    (root / "guangxi" / "projects.csv").write_text(
        "name,region,emissions(万吨),value_added(亿元),start\n新钢厂,防城港,300,80,2019\n", "utf-8"
    )
    for words in (
        ("plan", ".", "--out", "out"),
        ("negotiate", ".", "--fix", "钦州=18%", "--out", "rounds"),
        ("init", "form", "--assessment", "--scenario", "."),
    ):
        run(root / "guangxi", words)
    shutil.move(root / "guangxi" / "form" / "assessment.xlsx", root / "guangxi" / "assessment.xlsx")


def run(folder: Path, words: tuple[str, ...]) -> None:
    """Run a command that must succeed."""
    from typer.testing import CliRunner

    from allocator.cli import app

    before = Path.cwd()
    os.chdir(folder)
    done = CliRunner().invoke(app, list(words))
    os.chdir(before)
    if done.exit_code not in (0, 2) or (done.exit_code and words[0] != "init"):
        raise SystemExit(f"{words}: {done.exit_code} {done.stderr}")


def child(words: tuple[str, ...], folder: Path, answer: multiprocessing.connection.Connection) -> None:
    """Run one command under its limits and send back exit code and what it said."""
    from typer.testing import CliRunner

    from allocator.cli import app

    os.chdir(folder)
    taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + MEMORY, taken + MEMORY))
    try:
        done = CliRunner().invoke(app, [*words, "--lang", random.choice(("zh", "en"))])
        trace = "" if done.exc_info is None or done.exc_info[0] is SystemExit else traceback.format_exc()
        kind = "" if done.exc_info is None else done.exc_info[0].__name__
        answer.send((done.exit_code, done.stderr[-2000:], trace or (kind if kind != "SystemExit" else "")))
    except MemoryError:
        answer.send((-1, "memory", "MemoryError"))
    os._exit(0)


def attack(target: Target, seed: int, root: Path, work: Path) -> tuple[str, str]:
    """Return how one spoiled input ended (an exit code or a fault), and what was said."""
    folder = work / f"{seed}"
    shutil.copytree(root / target.folder, folder)
    path = folder / target.spoiled
    path.write_bytes(mutated(path.read_bytes(), path.suffix, random.Random(seed)))
    before = {p.relative_to(folder) for p in folder.rglob("*")}
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=child, args=(target.words, folder, there))
    process.start()
    there.close()
    try:
        code, said, trace = here.recv() if here.poll(SECONDS) else (-1, "", "hang")
    except EOFError:
        code, said, trace = -1, "", "died"
    process.kill()
    process.join()
    left = sorted(map(str, {p.relative_to(folder) for p in folder.rglob("*")} - before)) if code > 1 else []
    fault = (
        trace.strip().splitlines()[-1] if trace
        else "traceback" if "Traceback" in said
        else "exit 4" if code == 4
        else f"left {left}" if left
        else "silent" if code > 1 and not said.strip()
        else f"exit {code}" if code not in (0, 1, 2, 3) else ""
    )  # fmt: skip
    if not fault:
        shutil.rmtree(folder)
    return (f"FAULT {fault}" if fault else f"exit {code}"), said


def main() -> None:
    """Attack and count."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    root, work = Path(tempfile.mkdtemp()), Path(tempfile.mkdtemp())
    warnings.simplefilter("ignore")  # openpyxl's, when it drops what it does not know
    sound_folders(root)
    chosen = [target for target in targets() if options.only in target.name]
    counts: dict[str, Counter[str]] = {target.name: Counter() for target in chosen}
    end = time.monotonic() + options.minutes * 60
    for n in range(options.runs):
        if time.monotonic() > end:
            print(f"time is up after {n} runs")
            break
        target = chosen[n % len(chosen)]
        ended, said = attack(target, options.seed * 1_000_003 + n, root, work)
        counts[target.name][ended] += 1
        if ended.startswith("FAULT"):
            print(f"{target.name} seed {options.seed * 1_000_003 + n}: {ended}\n    {said.strip()[-300:]}", flush=True)
    for name, counter in counts.items():
        print(f"{name:<34}", dict(sorted(counter.items())))
    total = sum(counts.values(), Counter())
    print(f"{'all':<34}", dict(sorted(total.items())))
    print("faults:", sum(v for k, v in total.items() if k.startswith("FAULT")), "folders kept in", work)
    shutil.rmtree(root)


if __name__ == "__main__":
    main()
