"""`publish`: a plan's official table in the formats asked for, from an unaltered and re-verified plan.json."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Literal

from pydantic import Field

from allocator.errors import WriteCheckFailed
from allocator.output.folder import PROOF, PUBLISHED, held_folder, replaced_folder
from allocator.output.own_files import SealedPlan
from reports.planning.record import PlanRecord
from reports.planning.sentences import verdict_statement
from reports.printing.document import Sheet
from reports.publishing.formats import FORMATS, Format
from reports.publishing.official import free_columns, official_sheet
from reports.publishing.recheck import holds
from reports.records import Record
from reports.verifying.record import ProvinceRecord
from reports.words import LABELS
from scenarios.errors import InputError, Place
from scenarios.quantities import CARBON, Quantity, in_own_words, speaking_of
from scenarios.tables.files import parse_json, read_bytes
from scenarios.wording import Language


class Published(Record):
    """What was published: the folder, the digest of the plan, and the files with their SHA-256."""

    schema_version: Literal[1] = 1
    folder: Path
    plan: str
    files: dict[str, str]
    province: ProvinceRecord = Field(exclude=True)
    measured: Quantity = Field(default=CARBON, exclude=True)  # What the plan's target is of

    @in_own_words
    def statements(self, language: Language) -> list[str]:
        """Return what was written and that it was verified."""
        return [
            verdict_statement(self.province, language),
            LABELS.say("published_checked", language, files="  ".join(self.files)),
            LABELS.say("written", language, folder=self.folder),
        ]


def publish(
    plan: SealedPlan, formats: Iterable[str], language: Language, folder: Path, columns: Collection[str] | None = None
) -> Published:
    """Write the official table in every format, read each file back, and hold it against the plan.

    `columns`: codes of the columns that the whole table has besides region and targets, some of `free_columns`;
    None for all.

    The folder also gets the plan's proof.json, and publish.json: which plan the files come from, and their hashes.
    Files of an earlier publication of another plan are taken away, unless somebody has changed them since.

    Raises InputError: no such column; the folder cannot be used, or somebody has changed a file there that would be
    written anew; what was in it is untouched.
    Raises WriteCheckFailed: A written file does not hold what the plan says; nothing was published.
    """
    with speaking_of(plan.record.measured):
        _refuse_unknown(plan.record, columns)
        return _published(plan, formats, language, folder, columns)


def _refuse_unknown(record: PlanRecord, columns: Collection[str] | None) -> None:
    """Refuse columns that the table of a plan has not, or has in any case."""
    known = free_columns(record, "en")
    unknown = [code for code in columns or () if code not in known]
    if unknown:
        place = Place(key="--columns")
        raise InputError.of("publish_columns", place, found=", ".join(unknown), known=", ".join(known))


def _published(
    plan: SealedPlan, formats: Iterable[str], language: Language, folder: Path, columns: Collection[str] | None
) -> Published:
    """Write and hold a plan's table; see `publish`."""
    sheet = official_sheet(plan.record, language, (plan.file, plan.digest), columns)
    kinds = [FORMATS[name] for name in dict.fromkeys(formats)]
    with held_folder(folder):
        kept, dropped = _earlier(folder, plan.digest)
        for name in (*(name for kind in kinds for name in kind.files(sheet)), *([PROOF] if plan.proof else [])):
            if (folder / name).exists() and name not in {*kept, *dropped}:
                raise InputError.of("out_edited", Place(file=str(folder / name)))
        with replaced_folder(folder, dropped) as side:
            files = _write(plan.record, sheet, kinds, side)
            listed = {
                "schema_version": 1,
                "scenario": plan.record.scenario.name,
                "plan": plan.digest,
                "files": kept | files | _with_proof(plan, side),
            }
            (side / PUBLISHED).write_text(json.dumps(listed, indent=2) + "\n", "utf-8", newline="\n")
    return Published(folder=folder, plan=plan.digest, files=files, province=plan.record.province,
                     measured=plan.record.measured)  # fmt: skip


def _with_proof(plan: SealedPlan, side: Path) -> dict[str, str]:
    """Write the proof of a plan, where it has one, and return its hash by name."""
    if plan.proof is None:
        return {}
    (side / PROOF).write_bytes(plan.proof)
    return {PROOF: hashlib.sha256(plan.proof).hexdigest()}


def _write(record: PlanRecord, sheet: Sheet, formats: Iterable[Format], side: Path) -> dict[str, str]:
    """Write a sheet in every format, hold each file against the plan, and return their hashes by name."""
    files: dict[str, str] = {}
    for kind in formats:
        for name, part in kind.files(sheet).items():
            raw = kind.write(part)
            (side / name).write_bytes(raw)
            if not holds(record, part, kind.read(side / name, sheet.language)):
                raise WriteCheckFailed(name)
            files[name] = hashlib.sha256(raw).hexdigest()
    return files


def _earlier(folder: Path, digest: str) -> tuple[dict[str, str], frozenset[str]]:
    """Return the files of an earlier publication: those of the same plan, and those of another to take away."""
    try:
        listed = parse_json(read_bytes(folder / PUBLISHED), PUBLISHED)
        files = {str(name): str(sha) for name, sha in listed["files"].items()}
        same = listed["plan"] == digest
    except (InputError, KeyError, TypeError, AttributeError):
        return {}, frozenset()
    unchanged = {name: sha for name, sha in files.items() if _sha256(folder / Path(name).name) == sha}
    return (unchanged, frozenset()) if same else ({}, frozenset(unchanged))


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(read_bytes(path)).hexdigest()
    except InputError:
        return ""
