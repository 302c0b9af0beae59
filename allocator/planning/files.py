"""Writes a plan's files, reads them back, and judges what was written."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from allocator.errors import WriteCheckFailed
from allocator.output.folder import MARKER, NO_SPLIT, PROOF, refuse_unusable, replaced_folder
from allocator.output.own_files import BY_METHOD, SWEEP, open_methods, open_sweep, read_own
from allocator.output.pictures import PICTURES
from allocator.planning.no_split.why import NoSplit
from allocator.planning.plan import Plan
from allocator.saving import scenario_copy
from reports.planning.page import report_html
from reports.planning.record import PlanRecord
from reports.planning.tables import allocation_csv
from reports.records import in_both
from reports.romanised import named_alike, named_in
from reports.verifying.verification import Verification, verify_rates
from reports.words import LABELS
from reports.workbook.workbook import workbook
from scenarios.errors import InputError, Place
from scenarios.load import Scenario
from scenarios.named import files_of
from scenarios.quantities import in_own_words
from scenarios.schema_types import Words
from scenarios.tables.files import read_bytes
from scenarios.tables.rates import read_rates
from scenarios.wording import LANGUAGES, Language

if TYPE_CHECKING:
    from reports.by_method.record import MethodsRecord
    from reports.proving.no_split import NoSplitRecord
    from reports.sweeping.record import SweepRecord
    from scenarios.total.caps import CityCaps

TABLE = "allocation.csv"
WORKBOOK = "allocation.xlsx"
REPORT = "report.html"
TREE_FILES = ("tree.csv", "below")
"""What a plan with levels below writes besides; of an older plan they do not stay."""
FILES = (MARKER, PROOF, TABLE, WORKBOOK, REPORT)

_Beside = TypeVar("_Beside")

_SAVED = re.compile(rb"<dcterms:(?:created|modified)[^>]*>([^<]*)<")


def refuse_lossy(scenario: Scenario, folder: Path) -> None:
    """Refuse a folder where a plan cannot be written, or only over what is read or what somebody has changed.

    Raises InputError: which file would be lost.
    """
    refuse_unusable(folder, (*FILES, NO_SPLIT), files_of(scenario))
    for name, same in ((TABLE, _is_as_written), (WORKBOOK, _is_as_saved)):
        if (folder / name).exists() and not same(folder / name):
            raise InputError.of("out_edited", Place(file=str(folder / name)))


def _is_as_written(table: Path) -> bool:
    """Return whether allocation.csv is what the plan.json beside it gives."""
    try:
        record, raw = read_own(table.with_name(MARKER), PlanRecord, lambda _: ()), read_bytes(table)
    except InputError:
        return False
    papers = [(record, spoken) for spoken in LANGUAGES] + [(named_in(record, "en"), "en")]
    return any(raw == allocation_csv(each, spoken).encode("utf-8-sig") for each, spoken in papers)


def _is_as_saved(workbook: Path) -> bool:
    """Return whether nobody has saved allocation.xlsx since it was made."""
    try:
        with zipfile.ZipFile(workbook) as parts:
            times = _SAVED.findall(parts.read("docProps/core.xml"))
    except (OSError, KeyError, zipfile.BadZipFile):
        return False
    return len(times) == 2 and times[0] == times[1]


@in_own_words
def write_plan(
    plan: Plan, folder: Path, language: Language, extra: Mapping[str, str | bytes] = MappingProxyType({})
) -> Verification:
    """Write plan.json, proof.json, allocation.csv, allocation.xlsx and report.html.

    The three tables are read back from disk by the reader that reads anybody's tables, and
    the verdict returned is that on what was read. `extra` holds further files, name ->
    text or bytes. Pictures of an older plan, and why there was no split, do not stay.

    Raises
    ------
    InputError
        The folder cannot be used, or something would be lost there; see `refuse_lossy`.
    WriteCheckFailed
        A written table differs from the plan.
    """
    refuse_lossy(plan.scenario, folder)
    with replaced_folder(folder, frozenset({NO_SPLIT, *TREE_FILES}), PICTURES) as side:
        said = named_in(plan.record, language)
        (side / TABLE).write_bytes(allocation_csv(said, language).encode("utf-8-sig"))
        planned_from = scenario_copy(plan.scenario, language)
        (side / WORKBOOK).write_bytes(workbook(said, plan.verification, language, planned_from))
        sealed = plan.record.sealed()
        assert sealed.own_seal is not None
        (side / MARKER).write_text(sealed.as_json(), "utf-8", newline="\n")
        (side / PROOF).write_text(plan.proof.record(sealed.own_seal.whole).to_json(), "utf-8", newline="\n")
        (side / REPORT).write_text(_report(plan.record, folder, language), "utf-8", newline="\n")
        for name, content in extra.items():
            (side / name).parent.mkdir(parents=True, exist_ok=True)
            (side / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        sheets = (LABELS.say("sheet_table", language),)
        for name in (TABLE, WORKBOOK, MARKER):
            written = read_rates(side / name, plan.scenario.regions, plan.incentive is not None, sheets)
            caps = _caps_in(side / name, plan, sheets)
            if (
                written.rates != plan.published
                or written.incentive != plan.published_incentive
                or not _same(caps, plan.caps)
            ):
                raise WriteCheckFailed(name)
        verification = verify_rates(plan.scenario, written.rates, written.incentive, caps)
    return verification


@in_own_words
def write_no_split(none: NoSplit, folder: Path) -> NoSplitRecord:
    """Write no_split.json, beside a plan of before if there is one, and return what it holds.

    Raises InputError: the folder cannot be used.
    """
    from allocator.planning.proof.impossible import no_split_record  # where there is no split alone

    record = no_split_record(none)
    with replaced_folder(folder) as side:
        (side / NO_SPLIT).write_text(record.to_json(), "utf-8", newline="\n")
    return record


def _same(found: CityCaps | None, planned: CityCaps | None) -> bool:
    """Return whether caps that were read are the plan's."""
    return (found and found.values) == (planned and planned.values)


def _caps_in(path: Path, plan: Plan, sheets: tuple[str, ...]) -> CityCaps | None:
    """Return the caps of the cities in a written table; None where the plan has none."""
    if plan.caps is None:
        return None
    from scenarios.total.caps import read_caps

    read = read_caps(path, plan.scenario.regions, of=sheets)
    return None if read is None else read[0]


def find_sweep(folder: Path, record: PlanRecord) -> SweepRecord | None:
    """Return the sweep in a plan's folder, None where there is none or it was made of something else.

    It fits when inputs (their hashes), settings and the plan's rates are the same.
    """
    return _fitting(folder / SWEEP, record, open_sweep)


def find_methods(folder: Path, record: PlanRecord) -> MethodsRecord | None:
    """Return the methods in a plan's folder, None where there are none or they were made of something else."""
    return _fitting(folder / BY_METHOD, record, open_methods)


def _fitting(file: Path, record: PlanRecord, opened: Callable[[Path, PlanRecord], _Beside]) -> _Beside | None:
    """Return what a file beside a plan holds, None where there is none or it was made of something else."""
    if not file.is_file():
        return None
    try:
        return opened(file, record)
    except InputError:
        return None


def _report(record: PlanRecord, folder: Path, language: Language) -> str:
    """Return the report; a sweep or methods in the old folder that do not fit are left out, and that is said."""
    sweep, methods = find_sweep(folder, record), find_methods(folder, record)
    notices: list[Words] = []
    if sweep is None and (folder / SWEEP).is_file():
        from reports.words.sweeping import WORDS as SWEEPING

        notices.append(in_both(partial(SWEEPING.say, "not_fitting")))
    if methods is None and (folder / BY_METHOD).is_file():
        from reports.words.pages.methods import WORDS

        notices.append(in_both(partial(WORDS.say, "not_fitting")))
    said = named_in(record.model_copy(update={"notices": (*record.notices, *notices)}), "en")  # both languages
    return report_html(said, language, sweep and named_alike(sweep, said), methods and named_alike(methods, said))
