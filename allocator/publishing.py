"""`publish`: a plan's official table in the formats asked for, from an unaltered and re-verified plan.json."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from pydantic import Field

from allocator.errors import WriteCheckFailed
from allocator.output.folder import PROOF, PUBLISHED, held_folder, replaced_folder
from allocator.output.own_files import SealedPlan
from allocator.output.papers import earlier, refuse_edited, sha256
from reports.planning.record import PlanRecord
from reports.planning.sentences import verdict_statement
from reports.printing.document import Sheet
from reports.publishing.circular import circular_columns, circular_sheet
from reports.publishing.columns import free_columns
from reports.publishing.drafting import draft_line
from reports.publishing.fonts import fonts_missing
from reports.publishing.formats import FORMATS, Format
from reports.publishing.noting import verification_sheet
from reports.publishing.official import official_sheet, said_of_changed
from reports.publishing.recheck import holds
from reports.records import Record, _absent
from reports.romanised import in_latin
from reports.verifying.record import ProvinceRecord
from reports.words import LABELS
from scenarios.errors import InputError, Place
from scenarios.file.publishing import Printed, Profile
from scenarios.quantities import CARBON, Quantity, in_own_words, speaking_of
from scenarios.schema_types import Words
from scenarios.wording import Language


class Published(Record):
    """What was published: the folder, the digest of the plan, and the files with their SHA-256."""

    schema_version: Literal[1] = 1
    folder: Path
    plan: str
    files: dict[str, str]
    fonts: dict[str, str] | None = Field(default=None, exclude_if=_absent)  # Not on this machine -> what stands in
    province: ProvinceRecord = Field(exclude=True)
    measured: Quantity = Field(default=CARBON, exclude=True)  # What the plan's target is of
    notices: tuple[Words, ...] = Field(default=(), exclude_if=lambda said: not said)  # About names
    draft: str = Field(default="", exclude=True)  # Why it is only a draft
    replaced: str = Field(default="", exclude_if=lambda digest: not digest)  # Of the plan whose files were taken away

    changed: tuple[str, ...] = Field(default=(), exclude_if=lambda names: not names)  # Input files, since the plan

    @in_own_words
    def statements(self, language: Language) -> list[str]:
        """Return what was written, that it was verified, and which fonts are missing here."""
        code = "published_draft" if self.draft else "published_checked"
        return [
            verdict_statement(self.province, language),
            LABELS.say(code, language, files="  ".join(self.files)),
            *said_of_changed(self.changed, language),
            *([LABELS.say("published_over", language, plan=self.replaced[:12])] if self.replaced else []),
            *(
                LABELS.say("font_stand_in" if other else "font_missing", language, font=font, other=other)
                for font, other in (self.fonts or {}).items()
            ),
            LABELS.say("written", language, folder=self.folder),
        ]


@dataclass(frozen=True)
class Asked:
    """What is to be published: of a profile, columns, as a draft; what is not said is as the scenario says."""

    profile: Profile | None = None  # None where the scenario says none either: the circular and the note
    columns: Collection[str] | None = None  # Codes of `free_columns`
    draft: bool = False  # Whether a table that does not back may go out, marked
    changed: Collection[str] = ()  # Input files that are not what they were when the plan was made


_AS_SCENARIO = Asked()
_NOTHING: Mapping[str, str] = MappingProxyType({})


def publish(
    plan: SealedPlan, formats: Iterable[str], language: Language, folder: Path, asked: Asked = _AS_SCENARIO,
    beside: Mapping[str, str] = _NOTHING,
) -> Published:  # fmt: skip
    """Write the official table in every format, read each file back, and hold it against the plan.

    `beside`: further files that go into the folder, name -> text.

    The folder also gets the plan's proof.json, and publish.json: which plan the files come from, and their hashes.
    Files of an earlier publication of another plan are taken away, unless somebody has changed them since.

    Raises InputError: no such column; the folder cannot be used, or somebody has changed a file there that would be
    written anew; what was in it is untouched.
    Raises WriteCheckFailed: A written file does not hold what the plan says; nothing was published.
    """
    with speaking_of(plan.record.measured):
        said = plan.record.scenario.publish or Printed()
        columns = said.columns if asked.columns is None else asked.columns
        _refuse_unknown(plan.record, columns)
        known = replace(asked, profile=asked.profile or said.profile, columns=columns)
        return _published(plan, formats, language, folder, known, beside)


def _refuse_unknown(record: PlanRecord, columns: Collection[str] | None) -> None:
    """Refuse columns that the table of a plan has not, or has in any case."""
    known = free_columns(record, "en")
    unknown = [code for code in columns or () if code not in known]
    if unknown:
        place = Place(key="--columns")
        raise InputError.of("publish_columns", place, found=", ".join(unknown), known=", ".join(known))


@dataclass(frozen=True)
class _Papers:
    """The papers of a publication: the table, and what makes its note, where one is asked for."""

    plan: SealedPlan
    record: PlanRecord  # Under English names where the papers are English
    language: Language
    columns: Collection[str]
    table: Sheet
    noted: bool
    draft: str
    changed: Collection[str]

    def note(self, files: Mapping[str, str]) -> Sheet | None:
        """Return the note on files with their hashes."""
        if not self.noted:
            return None
        trace = self.plan.file, self.plan.digest
        return verification_sheet(self.record, self.language, trace, self.columns, files, self.draft, self.changed)


def _papers(plan: SealedPlan, language: Language, asked: Asked) -> _Papers:
    record, _ = in_latin(plan.record, language)
    draft = "" if plan.passed else draft_line(plan.record.province, language)
    if asked.profile == "full":
        table = official_sheet(record, language, (plan.file, plan.digest), asked.columns, draft, asked.changed)
    else:
        table = circular_sheet(record, language, asked.columns, draft)
    noted = asked.profile is None
    return _Papers(plan, record, language, circular_columns(asked.columns), table, noted, draft, asked.changed)


def _published(
    plan: SealedPlan, formats: Iterable[str], language: Language, folder: Path, asked: Asked, beside: Mapping[str, str]
) -> Published:
    """Write and hold a plan's table; see `publish`."""
    papers = _papers(plan, language, asked)
    kinds = [FORMATS[name] for name in dict.fromkeys(formats)]
    with held_folder(folder):
        kept, dropped, replaced = earlier(folder, PUBLISHED, plan.digest)
        names = [*_names(papers, kinds), *beside, *([PROOF] if plan.proof else [])]
        refuse_edited(folder, names, {*kept, *dropped})
        with replaced_folder(folder, dropped) as side:
            files = _write(papers, kinds, side)
            for name, text in beside.items():
                (side / name).write_text(text, "utf-8", newline="\n")
            other = {name: sha256(side / name) for name in beside}
            listed: dict[str, object] = {
                "schema_version": 1,
                "scenario": plan.record.scenario.name,
                "plan": plan.digest,
                "files": kept | files | other | _with_proof(plan, side),
            }
            if asked.changed:
                listed["inputs_changed"] = [*asked.changed]
            (side / PUBLISHED).write_text(json.dumps(listed, indent=2) + "\n", "utf-8", newline="\n")
    return Published(
        folder=folder, plan=plan.digest, files=files, fonts=fonts_missing(papers.table, kinds) or None,
        province=plan.record.province, measured=plan.record.measured, draft=papers.draft, replaced=replaced,
        changed=tuple(asked.changed), notices=in_latin(plan.record, language)[1],
    )  # fmt: skip


def _with_proof(plan: SealedPlan, side: Path) -> dict[str, str]:
    """Write the proof of a plan, where it has one, and return its hash by name."""
    if plan.proof is None:
        return {}
    (side / PROOF).write_bytes(plan.proof)
    return {PROOF: hashlib.sha256(plan.proof).hexdigest()}


def _names(papers: _Papers, kinds: Iterable[Format]) -> list[str]:
    """Return the names of the files that will be written."""
    note = papers.note({})
    names: list[str] = []
    for kind in kinds:
        names += kind.files(papers.table)
        names += kind.files(note) if note is not None and kind.running else []
    return names


def _write(papers: _Papers, kinds: Collection[Format], side: Path) -> dict[str, str]:
    """Write table and note in every format, hold each file against the plan, and return their hashes by name."""
    files = _written(papers, papers.table, kinds, side)
    note = papers.note(files)
    if note is None:
        return files
    return files | _written(papers, note, [kind for kind in kinds if kind.running], side)


def _written(papers: _Papers, sheet: Sheet, kinds: Iterable[Format], side: Path) -> dict[str, str]:
    files: dict[str, str] = {}
    for kind in kinds:
        for name, part in kind.files(sheet).items():
            raw = kind.write(part)
            (side / name).write_bytes(raw)
            if not holds(papers.record, part, kind.read(side / name, sheet.language)):
                raise WriteCheckFailed(name)
            files[name] = hashlib.sha256(raw).hexdigest()
    return files
