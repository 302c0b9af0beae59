"""What pages beside the plan show, plain values: the plan they are about, tables, files."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, jsonify

from allocator.app.answers import answer
from allocator.app.controls import held
from allocator.app.desk import Desk
from allocator.app.questions import OfPlan, Question, Shown
from allocator.app.targets import backed
from allocator.app.view import Kept, said_changes
from allocator.errors import exit_and_sentences
from allocator.negotiating.listing import Entry, kept_rounds, when_kept, who_kept
from allocator.negotiating.remarks import on_one_line
from reports.words import LABELS
from scenarios.wording import Language, phrases

Reply = Callable[..., Response]
"""From a scenario, the language of the page and a question of the form that belongs to it to what is answered."""

Questions = Mapping[str, tuple[type[Shown], Reply]]
"""Question of a page -> its form, and what answers it."""

_KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "zip": "application/zip", "html": "text/html", "csv": "text/csv", "md": "text/markdown", "tex": "application/x-tex",
    "json": "application/json",
}  # fmt: skip
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def common(desk: Desk, language: Language) -> dict[str, Any]:
    """Return what the template of every page beside the plan is filled with."""
    title = desk.scenario.file.title.say(language)
    return {"title": title, "held": json.dumps(held(desk), ensure_ascii=False)}


def standing(desk: Desk, language: Language, asked: OfPlan) -> Response:
    """Return which plan a page is about: its verdict, and what was changed for it; or why there is none."""
    said = answer(desk, language, Question(settings=asked.settings))
    if not said["ok"]:
        return jsonify(ok=False, trouble=said["trouble"][:-1])
    changes = said_changes(Kept.model_validate(said["kept"]), language)
    return jsonify(ok=True, verdict=said["verdict"], backed=said["backed"], changes=changes)


def kept_choices(desk: Desk, language: Language) -> list[tuple[int, str]]:
    """Return number and name of every kept round, the latest first: when, who, why, and what its verdict is."""
    return [(entry.number, _titled(entry, language)) for entry in reversed(kept_rounds(desk.rounds).entries)]


def _titled(entry: Entry, language: Language) -> str:
    said = [LABELS.say("beside_round", language, number=entry.number)]
    if entry.kept is None:
        return phrases([*said, LABELS.say("beside_round_broken", language)], language)
    why = on_one_line(entry.kept.record.why or "") or LABELS.say("rounds_no_why", language)
    passes = backed(entry.kept.plan) == "backed" and all(entry.kept.plan.province.checks.values())
    verdict = LABELS.say("beside_round_backed" if passes else "beside_round_not_backed", language)
    return phrases([*said, when_kept(entry.kept), who_kept(entry.kept, language), why, verdict], language)


def cannot(error: BaseException, language: Language) -> dict[str, Any]:
    """Return why there is no answer."""
    return {"ok": False, "trouble": exit_and_sentences(error, language)[1]}


def download(name: str, content: bytes) -> Response:
    """Return a file that goes to the person's downloads."""
    kind = _KINDS[name.rpartition(".")[2]]
    return Response(content, mimetype=kind, headers={"Content-Disposition": f"attachment; filename={name}"})


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files as one archive; the same files give the same bytes."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, _EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return whole.getvalue()
