"""Writes what a tracking and its assessment come to; tables are read back as they were written."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

from allocator.errors import WriteCheckFailed
from allocator.output.folder import TRACKED, held_folder, replaced_folder
from allocator.tracking.assessed import AnyAssessment
from allocator.tracking.track import Tracked
from reports.assessing.cells import CellsRecord, cells_sheet
from reports.assessing.pass_fail import PassFailRecord
from reports.assessing.pass_fail_sheets import province_sheet
from reports.assessing.record import disagreements
from reports.assessing.sheets import city_sheet, ranking_sheet
from reports.printing.document import Sheet
from reports.publishing.formats import FORMATS
from reports.tracking.data_sheet import data_sheet
from reports.tracking.page import track_html
from reports.tracking.record import TrackRecord
from reports.tracking.sheet import progress_sheet
from reports.tracking.tables import track_csv
from scenarios.quantities import in_own_words
from scenarios.wording import Language

PAGE, TABLE = "progress.html", "track.csv"
PRINTED = {"xlsx": "progress.xlsx", "docx": "progress.docx"}
DATA = "data.docx"
"""What was said of the figures, and the files that were read: kept in the office."""
FILES = (TRACKED, TABLE, PAGE, *PRINTED.values(), DATA)
RECORD = "assessment.json"
FOLDER = "assessment"
"""Folder of the tables, beside the record."""
KINDS = ("xlsx", "docx")

_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,40}")
_OURS = re.compile(r"(ranking|province|cells|city-[A-Za-z0-9_-]+)-(zh|en)\.(xlsx|docx)")


@in_own_words
def write_track(
    tracked: Tracked, folder: Path, language: Language, assessment: AnyAssessment | None = None
) -> tuple[str, ...]:
    """Write track.json, track.csv, the report in three forms, and the tables of an assessment if any: all or none.

    An earlier assessment does not stay, but for what somebody else put among its tables.

    Returns the names of the files.
    Raises InputError: the folder cannot be used.
    Raises WriteCheckFailed: A written table does not read as it was meant.
    """
    with held_folder(folder):
        assessed = (folder / RECORD).is_file() and (folder / FOLDER).is_dir()
        dropped = frozenset({RECORD, FOLDER} if assessed else ())
        with replaced_folder(folder, dropped, {FOLDER: _is_table} if assessed else {}) as side:
            (side / TRACKED).write_text(tracked.record.to_json(), "utf-8", newline="\n")
            (side / TABLE).write_bytes(track_csv(tracked.record, language))
            write_report(tracked.record, side, language)
            more = () if assessment is None else write_assessment(assessment, side, language)
    return (*FILES, *more)


def written_names(folder: Path) -> tuple[str, ...]:
    """Return what a tracking may write or take away in a folder."""
    there = (folder / FOLDER).iterdir() if (folder / FOLDER).is_dir() else ()
    return (*FILES, RECORD, *(f"{FOLDER}/{entry.name}" for entry in there if _is_table(entry)))


def _is_table(entry: Path) -> bool:
    """Return whether an entry of the folder of tables is one of an assessment's."""
    return bool(_OURS.fullmatch(entry.name)) and entry.is_file()


def write_report(record: TrackRecord, side: Path, language: Language) -> None:
    """Write the report into a folder that is being made; see `replaced_folder`.

    Raises WriteCheckFailed: A file does not read as it was meant.
    """
    created = datetime.now(UTC).isoformat(timespec="seconds")
    sheet = progress_sheet(record, language, created)
    for kind, name in PRINTED.items():
        _print(sheet, kind, side / name, language)
    _print(data_sheet(record, language, created), "docx", side / DATA, language)
    (side / PAGE).write_text(track_html(record, language, created), "utf-8", newline="\n")


def _print(sheet: Sheet, kind: str, path: Path, language: Language) -> None:
    """Write a sheet in one format and read it back."""
    path.write_bytes(FORMATS[kind].write(sheet))
    if FORMATS[kind].read(path, language) != [(table.heads(language), *table.rows) for table in sheet.tables]:
        raise WriteCheckFailed(path.name)


def write_assessment(record: AnyAssessment, side: Path, language: Language) -> tuple[str, ...]:
    """Write assessment.json and the tables into a folder that is being made; see `replaced_folder`.

    Returns the names of the files, relative to `side`.
    Raises WriteCheckFailed: A total, grade or rank does not follow from the scores, or a file does not read as it was
    meant.
    """
    if _disagrees(record):
        raise WriteCheckFailed(RECORD)
    (side / RECORD).write_text(record.to_json(), "utf-8", newline="\n")
    (side / FOLDER).mkdir(exist_ok=True)
    names = [RECORD]
    for name, sheet in _sheets(record, language).items():
        for kind in KINDS:
            path = side / FOLDER / f"{name}-{language}.{kind}"
            _print(sheet, kind, path, language)
            names.append(f"{FOLDER}/{path.name}")
    return tuple(names)


def _disagrees(record: AnyAssessment) -> bool:
    """Return whether something in an assessment does not follow from the rest."""
    if isinstance(record, PassFailRecord | CellsRecord):
        return bool(record.disagreements())
    return bool(disagreements(record))


def _sheets(record: AnyAssessment, language: Language) -> dict[str, Sheet]:
    """Return the sheets by name of file; a city's identifier that is no plain name gives way to its number."""
    if isinstance(record, PassFailRecord):
        return {"province": province_sheet(record, language)}
    if isinstance(record, CellsRecord):
        return {"cells": cells_sheet(record, language)}
    sheets = {"ranking": ranking_sheet(record, language)}
    for n, city in enumerate(record.cities, 1):
        name = city.id if _PLAIN.fullmatch(city.id) else f"no-{n}"
        sheets[f"city-{name}"] = city_sheet(record, city, language)
    return sheets
