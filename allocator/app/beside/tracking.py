"""The page that tracks: actual years held against the plan as by `track`; lights, forecasts, budgets, the report."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Response, jsonify
from pydantic import StrictBool

from allocator.app.beside.doubts import answering, refused
from allocator.app.beside.shown import Questions, common, download, packed
from allocator.app.beside.uploads import MOST_MEGABYTES, OfTable, received
from allocator.app.desk import Desk
from allocator.app.view import grid
from allocator.tracking.files import PRINTED, write_track
from allocator.tracking.gathering import Asked
from allocator.tracking.track import Tracked, track
from reports.tracking.levels import light_name
from reports.tracking.lights_map import map_note
from reports.tracking.page import track_figures
from reports.tracking.record import TrackRecord
from reports.tracking.sheet import progress_sheet
from reports.words import LABELS
from reports.words.tracking import WORDS
from scenarios.quantities import in_own_words
from scenarios.wording import Language, running

_TITLES = {"figure_where": "where", "figure_paths": "paths", "figure_left": "left"}


class Tracking(OfTable):
    """A table of actual years; `targets`: a table of the scenario's by short name in place of the plan's rates.

    `resplit`: whether what remains is split anew.
    """

    targets: str = ""
    resplit: StrictBool = False

    def offered(self, desk: Desk) -> bool:
        """Return whether its tables are the scenario's."""
        return self.table in ("", *_own_tables(desk)) and self.targets in ("", *desk.scenario.file.tables)


def _own_tables(desk: Desk) -> tuple[str, ...]:
    """Return the tables of actual years that the scenario names."""
    return tuple(desk.scenario.file.track.actuals) if desk.scenario.file.track else ()


def values(desk: Desk, language: Language) -> Mapping[str, Any]:
    """Return what the page is filled with."""
    return {
        **common(desk, language),
        "tables": _own_tables(desk),
        "targets": tuple(desk.scenario.file.tables),
        "most": MOST_MEGABYTES,
    }  # fmt: skip


def held(desk: Desk, language: Language, asked: Tracking) -> Response:
    """Return where the province and its regions stand: lights, sentences, charts, tables; or what is wrong."""
    return _answered(desk, language, asked, lambda made: jsonify(_shown(made, language)))


def files(desk: Desk, language: Language, asked: Tracking) -> Response:
    """Return the files of a tracking as an archive, written and read back as the command does it."""
    name = f"{desk.scenario.file.name}-progress.zip"
    return _answered(desk, language, asked, lambda made: download(name, packed(_written(made, language))))


def workbook(desk: Desk, language: Language, asked: Tracking) -> Response:
    """Return the report of a tracking as a workbook; see `files`."""
    name = PRINTED["xlsx"]
    return _answered(desk, language, asked, lambda made: download(name, _written(made, language)[name]))


def _answered(desk: Desk, language: Language, asked: Tracking, reply: Callable[[Tracked], Response]) -> Response:
    """Return the reply about a tracking, or why there is none."""
    with received(asked) as table:
        if not table:
            return jsonify(ok=False, trouble=[LABELS.say("beside_no_table", language)])
        beyond, targets = Asked(resplit=asked.resplit), asked.targets or None
        try:
            return reply(
                desk.of_plan(
                    asked.settings, lambda plan: track(answering(plan.scenario, asked), table, targets, beyond)
                )
            )
        except Exception as error:  # whatever it is, the page says it in words
            return jsonify(refused(error, language, table, asked))


def _written(made: Tracked, language: Language) -> dict[str, bytes]:
    """Return the files that `track` writes."""
    with tempfile.TemporaryDirectory(prefix="allocator-") as folder:
        out = Path(folder) / "track"
        return {name: (out / name).read_bytes() for name in write_track(made, out, language)}


@in_own_words
def _shown(made: Tracked, language: Language) -> dict[str, Any]:
    """Return what the page shows of a tracking."""
    record = made.record
    sheet = progress_sheet(record, language, datetime.now(UTC).isoformat(timespec="seconds"))
    head, *said = made.statements(language)
    return {
        "ok": True,
        "headline": head,
        "light": record.province.light,
        "reason": record.province.reason.say(language),
        "light_name": light_name(record, record.province.light, language),
        "backed": "backed" if record.backed else "not_backed",
        "said": said,
        "notices": [notice.say(language) for notice in made.notices],
        "charts": [
            {"id": code, **_said(code, record, language), "figure": figure}
            for code, figure in track_figures(record, language).items() if figure is not None
        ],
        "tables": [grid(table, language) for table in sheet.tables],
    }  # fmt: skip


def _said(code: str, record: TrackRecord, language: Language) -> dict[str, str]:
    """Return the title of a chart, and in words what it shows."""
    if code == "figure_map_light":
        said = [LABELS.say("map_of_light", language), map_note(record, language)]
        return {"title": LABELS.say("maps_title", language), "alt": running(filter(None, said), language)}
    alt = "where_levels_alt" if record.levelled and code == "figure_where" else f"{_TITLES[code]}_alt"
    return {"title": WORDS.say(_TITLES[code], language), "alt": WORDS.say(alt, language)}


QUESTIONS: Questions = {
    "table": (Tracking, held), "files": (Tracking, files), "workbook": (Tracking, workbook)
}  # fmt: skip
