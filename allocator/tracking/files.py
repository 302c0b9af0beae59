"""Writes the progress report as a page, a workbook and a Word document, read back as they were written."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from allocator.output import WriteCheckFailed
from reports.publishing.formats import FORMATS
from reports.tracking.page import track_html
from reports.tracking.record import TrackRecord
from reports.tracking.sheet import progress_sheet
from scenarios.wording import Language

PAGE = "progress.html"
PRINTED = {"xlsx": "progress.xlsx", "docx": "progress.docx"}


def write_report(record: TrackRecord, side: Path, language: Language) -> None:
    """Write the report into a folder that is being made; see `allocator.output.replaced_folder`.

    Raises
    ------
    WriteCheckFailed
        A file does not read as it was meant.
    """
    created = datetime.now(UTC).isoformat(timespec="seconds")
    sheet = progress_sheet(record, language, created)
    for kind, name in PRINTED.items():
        (side / name).write_bytes(FORMATS[kind].write(sheet))
        if FORMATS[kind].read(side / name, language) != [(t.heads(language), *t.rows) for t in sheet.tables]:
            raise WriteCheckFailed(name)
    (side / PAGE).write_text(track_html(record, language, created), "utf-8", newline="\n")
