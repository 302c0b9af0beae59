"""`slides`: the slides of a plan for the meeting that decides, from an unaltered and re-verified plan.json."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from allocator.errors import WriteCheckFailed
from allocator.output.folder import SLIDES
from allocator.output.own_files import SWEEP, SealedPlan, open_sweep
from allocator.output.papers import lay_out
from allocator.tracking.pathways import planned_cities, planned_province
from reports.planning.record import PlanRecord
from reports.planning.sentences import verdict_statement
from reports.records import Record
from reports.romanised import in_latin, named_alike
from reports.slides.contents import Source, deck
from reports.slides.pptx_file import write
from reports.slides.recheck import holds
from reports.sweeping.record import SweepRecord
from reports.verifying.record import ProvinceRecord
from reports.words import LABELS
from scenarios.quantities import CARBON, Quantity, in_own_words
from scenarios.schema_types import Words
from scenarios.wording import Language


class Presented(Record):
    """What was written: the folder, the digest of the plan, how many slides, and the file with its SHA-256."""

    schema_version: Literal[1] = 1
    folder: Path
    plan: str
    slides: int
    sweep: bool  # Whether they show one
    files: dict[str, str]
    notices: tuple[Words, ...] = ()  # About names
    province: ProvinceRecord = Field(exclude=True)
    measured: Quantity = Field(default=CARBON, exclude=True)  # What the plan's target is of

    @in_own_words
    def statements(self, language: Language) -> list[str]:
        """Return what was written and that it was read back."""
        return [
            verdict_statement(self.province, language),
            LABELS.say("slides_written", language, count=self.slides, file="  ".join(self.files)),
            *([] if self.sweep else [LABELS.say("slides_without_sweep", language)]),
            LABELS.say("written", language, folder=self.folder),
        ]


def write_slides(
    plan: SealedPlan, language: Language, folder: Path, plan_folder: Path | None, sweep: Path | None = None
) -> Presented:
    """Write the slides of a plan, read them back, and hold them against the plan.

    `plan_folder`: where the plan is; a sweep of it there is shown; None of a table agreed by hand, and of a plan of
    the page, which has its own way to a sweep.
    `sweep`: the folder of another sweep, or its sweep.json.

    Raises InputError: a sweep that was named and is not of this plan; the folder cannot be used, or somebody has
    changed slides there that would be written anew; what was in it is untouched.
    Raises WriteCheckFailed: the file does not hold what the plan says; nothing was written.
    """
    record, notices = in_latin(plan.record, language)
    found = _sweep(record, plan_folder, sweep)
    found = None if found is None else named_alike(found, record)
    paths = planned_cities(record), planned_province(record)
    source = Source(record, (plan.file, plan.digest), *paths, found)
    said, name = deck(source, language), f"slides-{language}.pptx"
    raw = write(said, language)
    if not holds(said, raw, language):
        raise WriteCheckFailed(name)
    hashes = lay_out(folder, SLIDES, plan, {name: raw})
    return Presented(
        folder=folder, plan=plan.digest, slides=len(said.slides), sweep=found is not None, files=hashes,
        notices=notices, province=record.province, measured=record.measured,
    )  # fmt: skip


def _sweep(record: PlanRecord, plan_folder: Path | None, named: Path | None) -> SweepRecord | None:
    """Return the sweep that is named, or the one in the plan's folder; one that is not of this plan is refused."""
    if named is not None:
        return open_sweep(named / Path(SWEEP).name if named.is_dir() else named, record)
    if plan_folder is None or not (plan_folder / SWEEP).is_file():
        return None
    return open_sweep(plan_folder / SWEEP, record)
