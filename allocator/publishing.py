"""`publish`: a plan's official table in the formats asked for, from an unaltered and re-verified plan.json."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from allocator.errors import WriteCheckFailed
from allocator.negotiating.rounds import read_record
from allocator.output.folder import MARKER, PUBLISHED, held_folder, replaced_folder
from reports.planning.record import PlanRecord
from reports.planning.seal import Changes, changes
from reports.planning.sentences import verdict_statement
from reports.printing.document import Sheet
from reports.publishing.formats import FORMATS, Format
from reports.publishing.official import official_sheet
from reports.publishing.recheck import disagreements, holds
from reports.words import LABELS
from scenarios.errors import Collector, InputError, Place
from scenarios.tables.files import read_bytes
from scenarios.wording import Language

_MOST_NAMED = 10


@dataclass(frozen=True)
class SealedPlan:
    """A plan.json that is as it was written and whose figures follow from each other."""

    file: str  # Its name
    record: PlanRecord  # What it holds
    digest: str  # SHA-256 of its content

    @property
    def passed(self) -> bool:
        """Whether the plan backs the province, with its incentive targets too, and every check of it holds."""
        said = [self.record.province, self.record.province.incentive]
        return all(one.verdict == "backed" and all(one.checks.values()) for one in said if one is not None)


@dataclass(frozen=True)
class Published:
    """What was published: the plan, the folder, and the files in it with their SHA-256."""

    plan: SealedPlan
    folder: Path
    files: dict[str, str]

    def statements(self, language: Language) -> list[str]:
        """Return what was written and that it was verified."""
        return [
            verdict_statement(self.plan.record.province, language),
            LABELS.say("published_checked", language, files="  ".join(self.files)),
            LABELS.say("written", language, folder=self.folder),
        ]

    def as_json(self) -> dict[str, Any]:
        """Return the same as JSON-ready values."""
        return {"schema_version": 1, "folder": str(self.folder), "plan": self.plan.digest, "files": self.files}


def open_plan(source: str | Path) -> SealedPlan:
    """Read a plan folder or plan.json.

    Raises
    ------
    InputError
        Not a plan, or altered after it was written: what changed is named; or its figures contradict each other.
    """
    path = Path(source)
    if path.is_dir():
        path = path / MARKER
        if not path.is_file():
            raise InputError.of("compare_no_plan", Place(file=str(source)))
    record = read_record(path, PlanRecord)
    place, digest = Place(file=str(path)), record.provenance.digest
    if digest is None:
        raise InputError.of("plan_unsealed", place)
    collector = Collector()
    try:
        altered = changes(json.loads(read_bytes(path)), digest)
    except ValueError as error:
        raise InputError.of("not_our_file", place, problem=error) from error
    if altered is not None:
        _say_changes(record, altered, place, collector)
    collector.raise_errors()
    for odd in disagreements(record):
        collector.error("plan_contradicts", Place(file=str(path), key=odd.key), found=odd.found, needed=odd.needed)
    collector.raise_errors()
    return SealedPlan(path.name, record, digest.whole)


def _say_changes(record: PlanRecord, altered: Changes, place: Place, collector: Collector) -> None:
    """Note what no longer fits the seal, region by region with the values that stand there now."""
    at = {region.id: region for region in record.regions}
    for key in altered.strangers:
        code = "plan_region_new" if key in at else "plan_region_gone"
        collector.error(code, place, found=at[key].name if key in at else key)
    named = [(key, column) for key in altered.regions for column in altered.columns]
    for key, column in named[:_MOST_NAMED]:
        now = at[key].model_dump(mode="json")[column]
        where = Place(file=place.file, key=f"regions.{at[key].name}.{column}")
        collector.error("plan_altered_value", where, found=json.dumps(now, ensure_ascii=False))
    names = [f"regions.{at[key].name}" for key in altered.regions] if not named or named[_MOST_NAMED:] else []
    for key in (*altered.fields, *names):
        collector.error("plan_altered", Place(file=place.file, key=key))
    if not collector.findings:
        collector.error("plan_altered", Place(file=place.file, key="regions"))


def publish(plan: SealedPlan, formats: Iterable[str], language: Language, folder: Path) -> Published:
    """Write the official table in every format, read each file back, and hold it against the plan.

    The folder also gets publish.json: which plan the files come from, and their hashes. Files of an
    earlier publication of another plan are taken away, unless somebody has changed them since.

    Raises
    ------
    InputError
        The folder cannot be used; what was in it is untouched.
    WriteCheckFailed
        A written file does not hold what the plan says; nothing was published.
    """
    sheet = official_sheet(plan.record, language, (plan.file, plan.digest))
    with held_folder(folder):
        kept, dropped = _earlier(folder, plan.digest)
        with replaced_folder(folder, dropped) as side:
            files = _write(plan.record, sheet, [FORMATS[name] for name in dict.fromkeys(formats)], side)
            listed = {
                "schema_version": 1,
                "scenario": plan.record.scenario.name,
                "plan": plan.digest,
                "files": kept | files,
            }
            (side / PUBLISHED).write_text(json.dumps(listed, indent=2) + "\n", "utf-8", newline="\n")
    return Published(plan, folder, files)


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
        listed = json.loads(read_bytes(folder / PUBLISHED))
        files = {str(name): str(sha) for name, sha in listed["files"].items()}
        same = listed["plan"] == digest
    except (InputError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}, frozenset()
    unchanged = {name: sha for name, sha in files.items() if _sha256(folder / Path(name).name) == sha}
    return (unchanged, frozenset()) if same else ({}, frozenset(unchanged))


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(read_bytes(path)).hexdigest()
    except InputError:
        return ""
