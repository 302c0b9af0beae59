"""The record of the data behind a progress report: what was said of its figures, and the files with their digests."""

from __future__ import annotations

from reports.printing.document import NUMBER, Sheet, one_line, visible
from reports.printing.table import Column, Table
from reports.tracking.record import TrackRecord
from reports.tracking.sentences import headline
from reports.words.tracking import WORDS
from scenarios.quantities import in_own_words
from scenarios.wording import Language


@in_own_words
def data_sheet(record: TrackRecord, language: Language, created: str) -> Sheet:
    """Return what an office keeps beside its progress report; `created` is when it is written, ISO 8601."""
    said = _said(record, language)
    return Sheet(
        language=language,
        title=WORDS.say("data_title", language, title=one_line(headline(record, language))),
        tables=(*([said] if said is not None else []), _files(record, language)),
        statement=WORDS.say("data_said" if record.notices else "data_nothing", language, count=len(record.notices)),
        notes=(),
        source="",
        created=created,
        heading=WORDS.say("data_heading", language),
        name="data",
    )


def _said(record: TrackRecord, language: Language) -> Table | None:
    """Return everything that was said of figures, a row each; None where that is nothing."""
    columns = (
        Column(NUMBER, WORDS.say("data_number", language), kind="text"),
        Column("said", WORDS.say("data_notice", language), kind="text"),
    )
    said = (visible(one_line(notice.say(language))) for notice in record.notices)
    rows = tuple((str(n), text) for n, text in enumerate(said, start=1))
    caption, tab = WORDS.say("data_notices", language), WORDS.say("data_tab_notices", language)
    return Table(columns, rows, "notices", caption, tab=tab) if rows else None


def _files(record: TrackRecord, language: Language) -> Table:
    columns = (
        Column("file", WORDS.say("data_file", language), kind="text"),
        Column("digest", WORDS.say("data_digest", language), kind="text"),
    )
    rows = tuple((visible(name), digest) for name, digest in record.inputs.items())
    return Table(
        columns, rows, "files", WORDS.say("data_files", language), "", tab=WORDS.say("data_tab_files", language)
    )
