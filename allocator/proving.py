"""`prove`: the checkers copied out, and run on a plan, or on why there is none, by a Python that sees nothing else."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Literal

import reports
from allocator.output.folder import MARKER, NO_SPLIT, PROOF, restored
from reports.records import Record
from reports.words import LABELS
from scenarios.errors import InputError, Place
from scenarios.tables.files import read_bytes
from scenarios.wording import Language

CHECKERS = ("check_proof.py", "check_more.py")


class Proving(Record):
    """What the checkers said of a plan."""

    schema_version: Literal[1] = 1
    plan: str  # Its file
    proved: bool
    said: tuple[str, ...]  # In the language asked for
    checkers: str | None = None  # The folder that they were copied to, where one was named

    def statements(self, language: Language) -> list[str]:
        """Return what they said, and how to run them again."""
        if self.checkers is None:
            return list(self.said)
        code = "prove_again_none" if Path(self.plan).name == NO_SPLIT else "prove_again"
        return [*self.said, LABELS.say(code, language, folder=self.checkers, plan=self.plan)]


def prove(plan: str | Path, language: Language = "zh", checker: Path | None = None) -> Proving:
    """Run the checkers on a plan and its proof, or on why there is no split.

    Parameters
    ----------
    plan
        A folder with plan.json and proof.json, or its plan.json; or with a no_split.json, which is newer than a plan
        beside it, or that file.
    language
        What the checkers speak.
    checker
        A folder that they are copied to, to be read and run there; other files of their names there are refused.

    Raises
    ------
    InputError
        No plan or no proof beside it, or the folder cannot take the checkers.
    """
    files = _files(restored(plan))
    if checker is not None:
        _copy(checker)
        return _run(checker, files, language)
    with tempfile.TemporaryDirectory() as empty:
        _copy(Path(empty))
        return _run(Path(empty), files, language).model_copy(update={"checkers": None})


def _files(path: Path) -> tuple[Path, ...]:
    """Return a plan and its proof, or why there is no split."""
    if path.is_dir() and (path / NO_SPLIT).is_file():
        return (path / NO_SPLIT,)
    record = path / MARKER if path.is_dir() else path
    if not record.is_file():
        raise InputError.of("compare_no_plan", Place(file=str(path)))
    if record.name == NO_SPLIT:
        return (record,)
    proof = record.with_name(PROOF)
    if not proof.is_file():
        raise InputError.of("proof_missing", Place(file=str(proof)))
    return record, proof


def _copy(folder: Path) -> None:
    """Copy the checkers into a folder; files of somebody else by their names stay, and are refused."""
    home = Path(reports.__file__).parent
    found = {name: read_bytes(home / name) for name in CHECKERS}
    for name, raw in found.items():
        if (folder / name).exists() and read_bytes(folder / name) != raw:
            raise InputError.of("checker_edited", Place(file=str(folder / name)))
    folder.mkdir(parents=True, exist_ok=True)
    for name, raw in found.items():
        (folder / name).write_bytes(raw)


def _run(folder: Path, files: tuple[Path, ...], language: Language) -> Proving:
    """Run the checkers in a process of their own."""
    named = [str(path.resolve()) for path in files]
    words = [sys.executable, "-I", "-B", "-X", "utf8", CHECKERS[-1], *named, "--lang", language]
    done = subprocess.run(words, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    said = (done.stdout or done.stderr).splitlines()
    return Proving(plan=str(files[0]), proved=done.returncode == 0, said=tuple(said), checkers=str(folder))
