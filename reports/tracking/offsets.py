"""Offsets (置换) of projects: what is needed, what the sources give, and whether that covers it; they make no room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reports.printing.document import one_line
from reports.printing.numbers import all_digits
from reports.tracking.record import OffsetRecord, OffsetSourceRecord, TrackRecord
from reports.words.tracking import WORDS
from scenarios.tables.regions import Regions
from scenarios.tracking.offsets import OffsetProject
from scenarios.wording import Language, listed


def offset_records(projects: Iterable[OffsetProject], regions: Regions) -> tuple[OffsetRecord, ...]:
    """Return the judged offsets of projects."""
    return tuple(_record(project, regions) for project in projects)


def _record(project: OffsetProject, regions: Regions) -> OffsetRecord:
    return OffsetRecord(
        name=project.name,
        region=regions.ids[project.region],
        emissions_10kt=float(project.emissions),
        ratio=float(project.ratio),
        start=project.start,
        need_10kt=float(project.need),
        have_10kt=float(project.have),
        left_10kt=float(project.left),
        verdict="covered" if project.left >= 0 else "short",
        sources=tuple(
            OffsetSourceRecord(
                name=source.name,
                region=regions.ids[source.region],
                amount_10kt=float(source.amount),
                year=source.year,
                counts=project.counts(source),
            )
            for source in project.sources
        ),
    )


def offset_statements(record: TrackRecord, language: Language) -> list[str]:
    """Return a sentence a project, and that offsets make no room; nothing without any."""
    if not record.offsets:
        return []
    names = region_names(record, language)
    lines = [
        WORDS.say(
            "offset_line", language, name=project.name, region=names[project.region], start=project.start,
            emissions=tonnes(project.emissions_10kt), ratio=f"{project.ratio:g}", need=tonnes(project.need_10kt),
            have=tonnes(project.have_10kt), sources=sources_text(project, names, language),
            verdict=WORDS.say(
                f"verdict_{verdict_of(project, record)}_by", language, left=tonnes(abs(project.left_10kt))
            ),
        )
        for project in record.offsets
    ]  # fmt: skip
    return [*lines, WORDS.say("offset_no_room", language)]


def verdict_of(project: OffsetRecord, record: TrackRecord) -> str:
    """Return the code of a project's verdict: one that is short and starts after the last year is not due yet."""
    return "later" if project.verdict == "short" and project.start > record.year else project.verdict


def sources_text(project: OffsetRecord, names: Mapping[str, str], language: Language) -> str:
    """Return the sources of a project in a row; those that come after its start are not counted."""
    said = [
        WORDS.say(
            "offset_source" if source.counts else "offset_late", language, name=one_line(source.name),
            region=names[source.region], year=source.year, amount=tonnes(source.amount_10kt),
        )
        for source in project.sources
    ]  # fmt: skip
    return listed(said, language) or WORDS.say("offset_none", language)


def region_names(record: TrackRecord, language: Language) -> dict[str, str]:
    """Return what regions are called, by identifier."""
    return {region.id: one_line(region.label(language)) for region in record.regions}


def tonnes(value: float) -> str:
    """Return 万吨 with one decimal, or as many more as it has."""
    return all_digits(value, fewest=1)
