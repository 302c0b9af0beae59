"""A folder of papers made of a plan: written whole, listed with their hashes, kept where somebody has changed them.

The list (letters.json, slides.json) says of which plan the papers are. Papers of an earlier run that nobody has changed
go when those of another plan come; those of the same plan, as of the other language, stay.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from allocator.output.folder import held_folder, replaced_folder
from allocator.output.own_files import SealedPlan
from scenarios.errors import InputError, Place
from scenarios.tables.files import parse_json, read_bytes


def lay_out(folder: Path, marker: str, plan: SealedPlan, papers: Mapping[str, bytes]) -> dict[str, str]:
    """Write papers, name -> content, into a folder of such papers, and return their hashes by name.

    `marker`: name of the list.
    Raises InputError: the folder cannot be used, or somebody has changed a paper that would be written anew; what was
    in it is untouched.
    """
    files = {name: hashlib.sha256(raw).hexdigest() for name, raw in papers.items()}
    with held_folder(folder):
        kept, dropped, _ = earlier(folder, marker, plan.digest)
        refuse_edited(folder, papers, {*kept, *dropped})
        with replaced_folder(folder, dropped) as side:
            for name, raw in papers.items():
                (side / name).write_bytes(raw)
            listed = {
                "schema_version": 1,
                "scenario": plan.record.scenario.name,
                "plan": plan.digest,
                "files": kept | files,
            }
            text = json.dumps(listed, indent=2, ensure_ascii=False)
            (side / marker).write_text(text + "\n", "utf-8", newline="\n")
    return files


def refuse_edited(folder: Path, names: Iterable[str], ours: set[str]) -> None:
    """Refuse to write over what is not as this program wrote it.

    `ours`: names of files that are.
    Raises InputError: the first such file.
    """
    for name in names:
        if (folder / name).exists() and name not in ours:
            raise InputError.of("out_edited", Place(file=str(folder / name)))


def earlier(folder: Path, marker: str, digest: str) -> tuple[dict[str, str], frozenset[str], str]:
    """Return the unchanged files of an earlier run: of the same plan with hashes, of another to take away; which other.

    `digest`: SHA-256 of the plan.
    """
    try:
        listed = parse_json(read_bytes(folder / marker), marker)
        files = {str(name): str(sha) for name, sha in listed["files"].items()}
        plan = str(listed["plan"])
    except (InputError, KeyError, TypeError, AttributeError):
        return {}, frozenset(), ""
    unchanged = {name: sha for name, sha in files.items() if sha256(folder / Path(name).name) == sha}
    if plan == digest:
        return unchanged, frozenset(), ""
    return {}, frozenset(unchanged), plan if unchanged else ""


def sha256(path: Path) -> str:
    """Return the hash of a file; empty where it cannot be read."""
    try:
        return hashlib.sha256(read_bytes(path)).hexdigest()
    except InputError:
        return ""
