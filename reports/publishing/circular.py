"""The circular's table as it was decided: chosen columns, the province's own target, what the office has to say."""

from __future__ import annotations

from collections.abc import Collection

from reports.planning.record import PlanRecord
from reports.printing.document import Sheet, one_line
from reports.printing.table import Table
from reports.publishing.columns import class_table, decided_table
from reports.words import LABELS
from scenarios.file.publishing import Printed
from scenarios.quantities import in_own_words
from scenarios.schema_types import Words
from scenarios.wording import Language

_WITHOUT_BEING_ASKED = ("class",)
"""Columns that the circular has where nobody chooses."""


def circular_columns(columns: Collection[str] | None) -> Collection[str]:
    """Return the free columns that a circular has; those of a circular where nobody has chosen."""
    return _WITHOUT_BEING_ASKED if columns is None else columns


@in_own_words
def circular_sheet(
    record: PlanRecord, language: Language, columns: Collection[str] | None = None, draft: str = ""
) -> Sheet:
    """Return the table of a plan for a circular.

    `columns`: which of `free_columns` it has; None for those of a circular. `draft`: why it is only a draft.
    """
    said, chosen = record.scenario.publish or Printed(), circular_columns(columns)
    if any(region.class_ is not None for region in record.regions):
        whole = decided_table(record, language, chosen, 2)
        tables: tuple[Table, ...] = (class_table(record, language, 1, decided=True), whole)
    else:
        tables = (decided_table(record, language, chosen),)
    own = (one_line(note.say(language)) for note in said.notes)
    return Sheet(
        language=language,
        title=one_line(record.scenario.title.say(language)),
        tables=tables,
        statement="",
        notes=(*_rises(record, language), *own),
        source="",
        created=record.provenance.created,
        paper=said.paper,
        mark=_mark(said, language),
        draft=draft,
        signed=_own(said.office, language),
        contact=_own(said.contact, language),
    )


def _mark(said: Printed, language: Language) -> str:
    """Return the mark in the corner: that it is an annex, of the document with this number where it has one."""
    mark = said.paper.mark or LABELS.say("circular_mark", language)
    if said.number is None:
        return one_line(mark)
    return one_line(LABELS.say("circular_numbered", language, number=said.number, mark=mark))


def _own(words: Words | None, language: Language) -> str:
    """Return what an office says of itself on one line; nothing where the scenario does not say it."""
    return one_line(words.say(language)) if words else ""


def _rises(record: PlanRecord, language: Language) -> tuple[str, ...]:
    """Return what a target below zero means, where the table has one."""
    if all(region.published_rate >= 0 for region in record.regions):
        return ()
    years = {"base": record.scenario.base_year, "end": record.scenario.end_year}
    return (LABELS.say("official_note_rate", language, **years),)
