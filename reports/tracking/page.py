"""progress.html: one file, offline, made from the record of a tracking."""

from __future__ import annotations

from reports.printing.document import visible
from reports.printing.looks import Figure
from reports.printing.pages import offline_page
from reports.tracking.ahead import project_statements, resplit_statements
from reports.tracking.budgets import budget_statements
from reports.tracking.figures import barometer_figure, panels, paths_figure, remaining_figure
from reports.tracking.levels import level_statements
from reports.tracking.lights_map import lights_map, map_note
from reports.tracking.offsets import offset_statements
from reports.tracking.record import Light, TrackRecord
from reports.tracking.sentences import headline, peak_statements, province_statements, region_statements
from reports.tracking.sheet import progress_sheet
from reports.words import LABELS
from reports.words.tracking import WORDS
from scenarios.file.book.said import NO_NAMES, settings_in_words
from scenarios.quantities import in_own_words
from scenarios.wording import Language, colon, listed


@in_own_words
def track_html(record: TrackRecord, language: Language, created: str) -> str:
    """Return the page of a tracking: where the province and its regions stand, charts each with its table."""
    sheet = progress_sheet(record, language, created)
    count = panels(record)
    return offline_page(
        "track.html",
        language,
        colon=colon(language),
        say=lambda code, **values: WORDS.say(code, language, **values),
        label=lambda code, **values: LABELS.say(code, language, **values),
        title=headline(record, language),
        first=province_statements(record, language),
        regions=region_statements(record, language),
        levels=level_statements(record, language),
        ahead={
            "resplit": resplit_statements(record, language),
            "projects": project_statements(record, language),
            "offsets": offset_statements(record, language),
            "budgets": budget_statements(record, language),
            "peaks": peak_statements(record, language),
        },
        map_note=map_note(record, language),
        notes=(*sheet.notes, *(visible(notice.say(language)) for notice in record.notices)),
        figures={**track_figures(record, language), "figure_map_light": lights_map(record, language)},
        some=None if count >= len(record.regions) else WORDS.say("paths_some", language, count=count),
        tables={table.code: table for table in sheet.tables},
        language_code=language,
        light=worst_light(record),
        record=record,
        options=listed(settings_in_words(record.options, NO_NAMES, language), language),
    )


def worst_light(record: TrackRecord) -> Light:
    """Return the worse of the province's lights: of its intensity, and of its total where it has one."""
    total = record.province.total
    found = {record.province.light, total.light if total is not None else None}
    return "red" if "red" in found else "yellow" if "yellow" in found else "green"


@in_own_words
def track_figures(record: TrackRecord, language: Language) -> dict[str, Figure | None]:
    """Return the charts of a tracking by their places, None for one that there is not."""
    return {
        "figure_where": barometer_figure(record, language),
        "figure_paths": paths_figure(record, language),
        "figure_left": remaining_figure(record, language),
        "figure_map_light": lights_map(record, language),
    }
