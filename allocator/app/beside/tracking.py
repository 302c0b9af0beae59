"""The page that tracks: actual years held against the plan as by `track`; lights, forecasts, budgets, the report."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

from flask import Response, jsonify
from pydantic import Field, StrictBool

from allocator.app.beside.doubts import answering, refused
from allocator.app.beside.shown import Questions, common, download, kept_choices, packed
from allocator.app.beside.uploads import OfTable, received
from allocator.app.desk import Desk
from allocator.app.questions import OfPlan
from allocator.app.uploads import limits
from allocator.app.view import grid
from allocator.negotiating.rounds import check_scenario, read_round, round_folder
from allocator.output.folder import MARKER
from allocator.tracking.files import PRINTED, write_track
from allocator.tracking.gathering import Asked
from allocator.tracking.track import Tracked, track
from reports.tracking.blank import actuals_heads, actuals_workbook
from reports.tracking.levels import light_name
from reports.tracking.lights_map import map_note
from reports.tracking.page import track_figures
from reports.tracking.record import TrackRecord
from reports.tracking.sheet import progress_sheet
from reports.words import LABELS
from reports.words.tracking import WORDS
from scenarios.load import load_scenario
from scenarios.quantities import in_own_words
from scenarios.tracking.actual_rows import forms_of
from scenarios.wording import Language, listed, running, speaking_on_page

_TITLES = {"figure_where": "where", "figure_paths": "paths", "figure_left": "left"}


class Tracking(OfTable):
    """A table of actual years; `targets`: a table of the scenario's by short name in place of the plan's rates.

    `round`: number of a kept one whose rates are the targets, in its settings. `resplit`: whether what remains is
    split anew.
    """

    targets: str = ""
    round: Annotated[int, Field(ge=1)] | None = None
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
        "rounds": kept_choices(desk, language),
        "columns": _columns(desk, language),
        **limits(language),
    }  # fmt: skip


def _columns(desk: Desk, language: Language) -> str:
    """Return in words which columns a table of actual figures needs."""
    quantity = desk.scenario.measured
    heads = listed(actuals_heads(quantity, language)[1:], language)
    alone = len(forms_of(quantity)) == 1
    return LABELS.say("beside_actuals_alone" if alone else "beside_actuals_columns", language, columns=heads)


def blank(desk: Desk, language: Language, _asked: OfPlan) -> Response:
    """Return the table of actual figures to be filled in, as a workbook."""
    file = desk.scenario.file
    title = WORDS.say("blank_title", language, title=file.title.say(language))
    return download("actuals.xlsx", actuals_workbook(title, desk.scenario.regions, file.period, language))


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
        try:
            if asked.round is not None:
                return reply(_of_round(desk, language, asked, table, asked.round))
            beyond, targets = Asked(resplit=asked.resplit), asked.targets or None
            return reply(
                desk.of_plan(
                    asked.settings, lambda plan: track(answering(plan.scenario, asked), table, targets, beyond)
                )
            )
        except Exception as error:  # whatever it is, the page says it in words
            return jsonify(refused(error, language, table, asked))


def _of_round(desk: Desk, language: Language, asked: Tracking, table: str, number: int) -> Tracked:
    """Return a tracking of the rates of a kept round, in its settings. Raises InputError: it cannot be used."""
    kept = read_round(round_folder(desk.rounds, number))
    check_scenario(desk.scenario, kept)
    beyond, targets = Asked(resplit=asked.resplit), str(kept.folder / MARKER)
    scenario = load_scenario(desk.source, kept.record.settings)
    made = desk.of_scenario(desk.own, lambda _: track(answering(scenario, asked), table, targets, beyond))
    name = LABELS.say("beside_round", language, number=number)
    return replace(made, record=made.record.model_copy(update={"targets": name}))


@speaking_on_page(page=False)
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
    "table": (Tracking, held), "files": (Tracking, files), "workbook": (Tracking, workbook), "blank": (OfPlan, blank),
}  # fmt: skip
