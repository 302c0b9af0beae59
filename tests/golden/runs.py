"""What people get today: every command on every bundled case, in both languages, written down.

Run with the project's Python:  python tests/golden/runs.py  writes the golden files anew. A change of
theirs is a change of what people get, and belongs into CHANGELOG.md.

Times, versions and hashes are struck out; nothing else is.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from allocator.cli import app
from scenarios.load import find_scenario

HERE = Path(__file__).parent / "files"
LANGUAGES = ("zh", "en")
OFFICIAL = "allocation.{}"
STRUCK = (
    (re.compile(r'(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])'), "<sha256>"),
    (re.compile(r"(?<![.\w])[0-9a-f]{16}(?!\w)"), "<hash>"),
    (re.compile(r'"created": "[^"]+"'), '"created": "<time>"'),
    (re.compile(r'"(carbon-target-allocator|pyomo|highspy|pandas|scikit-learn|plotly|numpy|HiGHS|python)": "[^"]+"'),
     r'"\1": "<version>"'),
    (re.compile(r"\b20\d\d-\d\d-\d\d(T[0-9:+.]+)?(?= |$)"), "<day>"),
)  # fmt: skip


@dataclass(frozen=True)
class Run:
    """One command: its words, and the files it leaves that are kept, as relative paths."""

    name: str
    words: tuple[str, ...]
    files: tuple[str, ...] = ()


def case_runs(case: str, region: str, tables: tuple[str, ...], actuals: str | None) -> list[list[Run]]:
    """Return the runs of a case, in the order they build on each other, a list a language."""
    runs = []
    for language in LANGUAGES:
        out = f"out-{language}"
        said = ("--lang", language)
        one = [
            Run("check", ("check", case, *said)),
            Run("plan", ("plan", case, "--out", f"{out}/{case}", *said),
                (f"{out}/{case}/plan.json", f"{out}/{case}/allocation.csv")),
            Run("prices", ("prices", case, *said)),
            Run("negotiate", ("negotiate", case, "--fix", f"{region}=16%", "--out", f"{out}/rounds", *said)),
            Run("reconcile", ("reconcile", case, *said)),
            Run("publish", ("publish", f"{out}/{case}", "--format", "csv", "--format", "md", "--format", "tex",
                            "--out", f"{out}/published", *said), (f"{out}/published",)),
            Run("publish-full", ("publish", f"{out}/{case}", "--profile", "full", "--format", "csv", "--format", "md",
                                 "--format", "tex", "--out", f"{out}/full", *said), (f"{out}/full",)),
            Run("methods", ("methods", case, "--out", f"{out}/methods", *said)),
            Run("weights-for", ("weights-for", case, "--region", region, "--at-most", "18%", *said)),
            Run("prove", ("prove", f"{out}/{case}", *said)),
            Run("sweep", ("sweep", case, "--samples", "500", "--seed", "3", "--out", f"{out}/sweep", *said),
                (f"{out}/sweep/sweep.json",) if case in SWEPT else ()),
        ]  # fmt: skip
        one += [Run(f"verify-{table}", ("verify", case, table, *said)) for table in tables]
        one += [Run(f"compare-{table}", ("compare", f"{out}/{case}", table, "--scenario", case, *said))
                for table in tables]  # fmt: skip
        if tables:
            one += [Run("explain", ("explain", case, tables[0], "--permutations", "19", *said))]
        one += [Run("account", ("account", case, *said))]
        if case in PROGRAMS:
            asked = {
                "check": (case,), "prices": (case,), "reconcile": (case,), "account": (case,),
                "negotiate": (case, "--fix", f"{region}=15%", "--out", f"{out}/rounds"),
                "verify": (case, f"{out}/{case}/allocation.csv", "--scope", "own", "--scope", "2026"),
                "compare": (f"{out}/{case}", f"{out}/rounds/round-001"),
                "publish": (f"{out}/{case}", "--format", "csv", "--out", f"{out}/published"),
                "letters": (f"{out}/{case}", "--no-pdf", "--out", f"{out}/letters"),
                "slides": (f"{out}/{case}", "--out", f"{out}/slides"),
                "init": (f"{out}/new",),
            }  # fmt: skip
            one += [Run(name, (name, *asked[name], *said)) for name in ("letters", "slides")]
            one += [Run(f"{name}-json", (name, *words, *said, "--json")) for name, words in asked.items()]
        if actuals is not None:
            one += [
                Run("track", ("track", case, actuals, *said)),
                Run("track-resplit", ("track", case, actuals, "--resplit", "--out", f"{out}/track", *said),
                    (f"{out}/track/track.json",)),
            ]  # fmt: skip
        runs.append(one)
    return runs


def of_2026(case: str) -> list[list[Run]]:
    """Return the runs of a case of 2025 to 2030: judged, split, tracked through 2028, assessed; a list a language."""
    files = [f"15fyp-energy/{name}.yaml" for name in ("carbon", "scenario", "nonfossil", "coal", "oil")]
    judged = (case,) if case == "15fyp-example" else tuple(files)
    tracked = {"15fyp-example": (case, "--set", "track.warning=three_level"), "15fyp-energy": (files[0],)}[case]
    runs = []
    for language in LANGUAGES:
        out, said = f"out-{language}", ("--lang", language)
        runs.append([
            Run("check", ("check", *judged, *said)),
            Run("plan", ("plan", case, "--out", f"{out}/{case}", *said), (f"{out}/{case}/allocation.csv",)),
            Run("track", ("track", case, ACTUALS, *said)),
            Run("assess", ("track", *tracked, ACTUALS, "--rules", "2026", "--out", f"{out}/track", *said),
                (f"{out}/track/track.csv", f"{out}/track/assessment.json")),
        ])  # fmt: skip
    return runs


ACTUALS = "actuals.csv"
"""Invented figures of 2026 to 2028: those that come with 15fyp-energy."""

LATER = ("15fyp-example", "15fyp-energy")
"""Cases with runs of their own, `of_2026`."""

CASES: dict[str, tuple[str, tuple[str, ...], str | None]] = {
    "guangxi-13fyp": ("钦州", ("published",), "actuals-example"),
    "zhejiang-13fyp": ("湖州", ("published", "published-as-printed"), None),
    "accounting-example": ("甲市", (), None),
    "three-cities": ("甲市", (), None),
}

SWEPT = ("guangxi-13fyp",)
"""Of which cases sweep.json is kept: half a megabyte each."""

PROGRAMS = ("three-cities",)
"""Of which cases what `--json` prints is kept."""


def strike(text: str) -> str:
    """Return a text without times, versions and hashes."""
    for pattern, word in STRUCK:
        text = pattern.sub(word, text)
    return text


def kept(run: Run) -> dict[str, str]:
    """Return the files of a run that are kept, name -> struck text."""
    found: dict[str, str] = {}
    for name in run.files:
        path = Path(name)
        for file in sorted(path.iterdir()) if path.is_dir() else [path] if path.is_file() else []:
            found[f"{run.name}.{file.name}"] = strike(file.read_bytes().decode("utf-8-sig"))
    return found


def answers(case: str) -> dict[str, str]:
    """Run everything of a case in the current folder; return golden name -> text."""
    runner, found = CliRunner(), {}
    asked = of_2026(case) if case in LATER else case_runs(case, *CASES[case])
    if case in LATER:
        shutil.copy(find_scenario("15fyp-energy").parent / "actuals-example.csv", ACTUALS)
    for language, runs in zip(LANGUAGES, asked, strict=True):
        for run in runs:
            done = runner.invoke(app, list(run.words))
            text = f"exit {done.exit_code}\n{done.stdout}--- standard error\n{done.stderr}"
            texts = {f"{run.name}.txt": strike(text), **kept(run)}
            found |= {f"{language}/{name}": content for name, content in texts.items()}
    return {name: text for name, text in found.items() if not same_in_both(name, found)}


def same_in_both(name: str, found: dict[str, str]) -> bool:
    """Tell whether a file of the second language only repeats that of the first."""
    language, _, rest = name.partition("/")
    return language != LANGUAGES[0] and found.get(f"{LANGUAGES[0]}/{rest}") == found[name]


def main() -> None:
    """Write the golden files."""
    for case in sys.argv[1:] or (*CASES, *LATER):
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            texts = answers(case)
        for name, text in texts.items():
            target = HERE / case / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())


if __name__ == "__main__":
    os.environ.setdefault("PYTHONUTF8", "1")
    main()
