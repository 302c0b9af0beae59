"""The official table, described once: every format prints this and nothing else.

All cells are text as printed, so that what a format wrote can be read back and held against it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from reports.planning.record import PlanRecord
from reports.planning.sentences import incentive_statements, verdict_statement
from reports.planning.tables import has_caps
from reports.planning.total import binding, break_even_statement
from reports.printing.document import Sheet, one_line, visible
from reports.printing.numbers import minus
from reports.printing.table import Table
from reports.publishing.columns import class_table, free_columns, full_table, tonnes_text, years_of
from reports.words import LABELS
from scenarios.quantities import in_own_words
from scenarios.tables.cells import per_cent
from scenarios.wording import Language, clauses, listed, running


@in_own_words
def official_sheet(
    record: PlanRecord,
    language: Language,
    trace: tuple[str, str],
    columns: Collection[str] | None = None,
    draft: str = "",
    changed: Collection[str] = (),
) -> Sheet:
    """Return the official table of a plan.

    `trace`: file name and SHA-256 of the plan.json that it comes from.
    `columns`: which of the free columns (`free_columns`) the full table has; None for all.
    `draft`: why it is only a draft. `changed`: input files that are not what they were when the plan was made.
    """
    left_out = frozenset() if columns is None else {*free_columns(record, language)}.difference(columns)
    if any(region.class_ is not None for region in record.regions):
        whole = full_table(record, language, left_out, 2)
        tables: tuple[Table, ...] = (class_table(record, language, 1), whole)
    else:
        tables = (full_table(record, language, left_out),)
    said = [verdict_statement(record.province, language), *incentive_statements(record.province, language)[:1]]
    return Sheet(
        language=language,
        title=one_line(record.scenario.title.say(language)),
        tables=tables,
        statement=running(said, language),
        notes=(*said_of_changed(changed, language), *_notes(record, language, trace, left_out)),
        source=official_source(record, language),
        created=record.provenance.created,
        draft=draft,
    )


def said_of_changed(changed: Collection[str], language: Language) -> list[str]:
    """Return the note that input files have changed since the plan was made; nothing where none has."""
    files = listed((visible(name) for name in changed), language)
    return [LABELS.say("published_changed", language, files=files)] if changed else []


def _both(record: PlanRecord, language: Language, decided: bool) -> Iterator[str]:
    """Yield what the last row holds of both targets, which is tighter, and from which growth on it is the other.

    Where it holds what was `decided` it needs no word.
    """
    total = record.province.total
    if total is None:
        return
    if not decided and (total.reserve_10kt or (total.pair is not None and total.pair.reserve_10kt)):
        yield LABELS.say("official_note_scope", language)
    if not record.measured.stands_alone:
        tighter = binding(total.binds, total.counted is not None, language)
        said = LABELS.say("official_note_tighter", language, tighter=tighter), break_even_statement(total, language)
        yield running(said, language)


def _subtotals(record: PlanRecord, language: Language) -> Iterator[str]:
    """Yield what the caps of the groups of cities come to, where these were rounded first."""
    pair = record.province.total.pair if record.province.total else None
    if pair is not None and pair.subtotals:
        unit = LABELS.say("official_cap_unit", language)
        parts = (f"{group} {tonnes_text(value)}" for group, value in pair.subtotals.items())
        yield LABELS.say("official_subtotals", language, parts=clauses(parts, language), unit=unit)


def _unsaid(record: PlanRecord, left_out: Collection[str]) -> set[str]:
    """Return the notes of columns that a table has not."""
    unsaid = {f"official_note_{code}" for code in left_out}
    if record.province.share is not None:
        return {*unsaid, "official_note_growth", "official_note_annual"}
    return {*unsaid, "official_note_growth"} if record.measured.stands_alone else unsaid


def official_notes(record: PlanRecord, language: Language, left_out: Collection[str]) -> Iterator[str]:
    """Yield the notes: what the columns mean, then what the plan itself has to say.

    `left_out`: columns that the table has not; ``total`` where its last row holds what was decided.
    """
    years = years_of(record)
    for code in ("official_note_rate", "official_note_growth", "official_note_annual", "official_note_total"):
        if code not in _unsaid(record, left_out):
            yield LABELS.say(code, language, **years)
    if has_caps(record):
        yield LABELS.say("official_note_caps", language, **years)
        yield from _both(record, language, decided="total" in left_out)
    yield from _subtotals(record, language)
    if record.province.total is not None and record.province.total.pair is not None:
        from reports.planning.caps import draws_statement, planned_targets

        yield from draws_statement(record.province.total.pair, planned_targets(record, language), language)
    if {*(record.regions[0].decline or ())}.difference(left_out):
        yield LABELS.say("official_note_factors", language)
    if record.province.with_projects is not None:
        implied = minus(per_cent(record.province.with_projects))
        yield LABELS.say("with_projects", language, implied=implied)
    if record.scenario.basis is not None:
        yield LABELS.say("basis", language, basis=one_line(record.scenario.basis.say(language)))
    for note in record.scenario.notes:
        yield one_line(note.say(language))


def _notes(record: PlanRecord, language: Language, trace: tuple[str, str], left_out: Collection[str]) -> Iterator[str]:
    """Yield the notes, and where the table comes from."""
    yield from official_notes(record, language, left_out)
    yield LABELS.say("official_trace", language, file=trace[0], digest=trace[1][:16])


def official_source(record: PlanRecord, language: Language) -> str:
    """Return the line of sources."""
    sources = [one_line(source.say(language)).rstrip("。.;；") for source in record.scenario.sources]
    if not sources:
        return LABELS.say("official_no_source", language)
    return LABELS.say("official_source", language, sources=clauses(sources, language))
