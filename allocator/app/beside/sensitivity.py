"""The page about other weights: a sweep with its progress, which can be cancelled, and its pictures."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from flask import Response, jsonify
from pydantic import Field

from allocator.app.beside.shown import Questions, cannot, common, download, packed
from allocator.app.beside.sweeping import Running, Sweeper
from allocator.app.desk import Desk
from allocator.app.questions import OfPlan
from allocator.app.view import grid
from allocator.comparing.since import changed_files
from allocator.output.own_files import read_own
from allocator.planning.no_split.why import NoSplit
from allocator.sweeping.command import MARKER, write_sweep
from allocator.sweeping.designs import SAMPLERS
from allocator.sweeping.options import CHOICES, GROWTH, WEIGHTS, SweepOptions
from reports.printing.table import Table
from reports.sweeping.page import page_tables
from reports.sweeping.pictures import map_alt, pictures
from reports.sweeping.record import SweepRecord
from reports.sweeping.sentences import headline, sweep_statements
from reports.words import LABELS
from reports.words.sweeping import WORDS
from scenarios.errors import InputError
from scenarios.file.book.said import settings_in_words
from scenarios.wording import Language, clauses, listed, speaking_on_page
from solvers.problem import SolverFailure

_SWEEPER = Sweeper()
"""One sweep at a time, whoever asks: a second one would take twice as long, and so would the first."""

_SAMPLES = (1_000, 10_000, 100_000, 1_000_000)
_MOST = 2**30
_PICTURES = {
    "figure_acceptability": ("acceptability", ("acceptability",)),
    "figure_ridge": ("ridge", ("regions",)),
    "figure_map": ("map", ("map",)),
    "figure_tornado": ("tornado", ("swings",)),
    "figure_heat": ("heat", ("effects",)),
    "figure_flow": ("flow", ("preferences",)),
}
"""Chart -> the word for it, and the tables that say the same."""


class Sweeping(OfPlan):
    """What is to be sampled; see `SweepOptions`."""

    samples: Annotated[int, Field(ge=1, le=_MOST)]
    seed: Annotated[int, Field(ge=0, le=_MOST)]
    over: Annotated[tuple[str, ...], Field(max_length=len(CHOICES))]
    sampler: str


def values(desk: Desk, language: Language) -> Mapping[str, Any]:
    """Return what the page is filled with."""
    varies = any(desk.scenario.regions.growth_margins)
    choices = [choice for choice in CHOICES if choice != GROWTH or varies]
    return {
        **common(desk, language),
        "samples": _SAMPLES,
        "over": {choice: _varies(choice, language) for choice in choices},
        "samplers": {name: LABELS.say(f"beside_sampler_{name}", language) for name in SAMPLERS},
        "folder": _folder(desk),
    }


def _varies(choice: str, language: Language) -> str:
    """Return what can vary in words."""
    return LABELS.say("beside_over_weights", language) if choice == WEIGHTS else WORDS.say(f"over_{choice}", language)


def started(desk: Desk, language: Language, asked: Sweeping) -> Response:
    """Begin a sweep of the plan; or say why not."""
    if not asked.over:
        return jsonify(ok=False, trouble=[LABELS.say("beside_sweep_nothing", language)])
    options = SweepOptions(asked.samples, asked.seed, asked.over, asked.sampler)
    try:
        scenario = desk.of_plan(asked.settings, lambda plan: plan.scenario)
        begun = _SWEEPER.start(scenario, options, _folder(desk), language)
    except Exception as error:  # whatever it is, the page says it in words
        return jsonify(cannot(error, language))
    if not begun:
        now = _SWEEPER.now
        title = now.title[language] if now else ""
        return jsonify(ok=False, trouble=[LABELS.say("beside_sweep_runs", language, title=title)])
    return state(desk, language, asked)


def state(desk: Desk, language: Language, _asked: OfPlan) -> Response:
    """Return how far the sweep is that runs or ran last: JSON that the page asks for again and again."""
    now = _SWEEPER.now
    if now is None:
        return jsonify(ok=True, ended="none", said="", whole=0, done=0, trouble=[], own=True)
    trouble = now.trouble.get(language, []) or ([LABELS.say("beside_sweep_died", language)] * (now.ended == "failed"))
    return jsonify(
        ok=True, ended=now.ended, said=_said(now, _folder(desk), language), whole=now.whole, done=now.done,
        trouble=trouble, own=now.folder == _folder(desk),
    )  # fmt: skip


def cancelled(desk: Desk, language: Language, asked: OfPlan) -> Response:
    """Stop the sweep that runs."""
    _SWEEPER.cancel()
    return state(desk, language, asked)


def result(desk: Desk, language: Language, asked: OfPlan) -> Response:
    """Return what the last sweep of the scenario found, whenever that was; ``found`` is False without one.

    Sentences, charts, tables; what it was made with, and what is not so any more.
    """
    record = _record(desk)
    if record is None:
        return jsonify(ok=True, found=False)
    return jsonify(ok=True, found=True, **_shown(record, [*_since(desk, asked, record, language)], language),
        made=_made(desk, record, language), asked=_asked(record))  # fmt: skip


@speaking_on_page(page=False)
def files(desk: Desk, language: Language, _asked: OfPlan) -> Response:
    """Return the files of the last sweep as an archive, in the language of the page."""
    record = _record(desk)
    if record is None:
        return jsonify(ok=False, trouble=[LABELS.say("beside_no_sweep", language)])
    with tempfile.TemporaryDirectory(prefix="allocator-") as folder:
        write_sweep(record, Path(folder), language)
        made = {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}
    return download(f"{desk.scenario.file.name}-sweep.zip", packed(made))


def _folder(desk: Desk) -> Path:
    """Return where sweeps of a scenario go: beside its rounds."""
    return desk.rounds.with_name("sweep")


def _said(now: Running, folder: Path, language: Language) -> str:
    """Return what is computed, and of which scenario where that is another."""
    stage = LABELS.say("beside_sweep_start" if now.stage == "start" else f"sweep_stage_{now.stage}", language)
    if now.ended:
        return LABELS.say(f"beside_sweep_{now.ended}", language)
    if now.folder != folder:
        return LABELS.say("beside_sweep_of", language, title=now.title[language], stage=stage)
    return stage


def _record(desk: Desk) -> SweepRecord | None:
    """Return the last sweep of the scenario, of whatever figures; None where there is none."""
    with suppress(InputError):
        if (_folder(desk) / MARKER).is_file():
            record = read_own(_folder(desk) / MARKER, SweepRecord, lambda _: ())
            return record if record.scenario == desk.scenario.file.name else None
    return None


def _made(desk: Desk, record: SweepRecord, language: Language) -> str:
    """Return when a sweep was made, and with which settings."""
    when = datetime.fromtimestamp((_folder(desk) / MARKER).stat().st_mtime).strftime("%Y-%m-%d %H:%M")
    changed = clauses(settings_in_words(record.options, record.setting_names, language), language)
    said = LABELS.say("app_settings", language, changes=changed) if changed else LABELS.say("app_same", language)
    return LABELS.say("beside_sweep_made", language, when=when, settings=said)


def _asked(record: SweepRecord) -> dict[str, Any]:
    """Return what the fields of the page said for a sweep."""
    design = record.design
    drawn = design.samples + design.refused + design.unreached
    return {"samples": drawn, "seed": design.seed, "over": design.over, "sampler": design.sampler}


def _since(desk: Desk, asked: OfPlan, record: SweepRecord, language: Language) -> Iterator[str]:
    """Yield what is not as it was when a sweep was made: files, settings of the plan."""
    if changed := changed_files(record.inputs, desk.hashes):
        yield LABELS.say("beside_sweep_since", language, files=listed(changed, language))
    if not _fits(desk, asked, record):
        yield LABELS.say("beside_sweep_other", language)


def _fits(desk: Desk, asked: OfPlan, record: SweepRecord) -> bool:
    """Return whether a sweep is about the plan that the page is about."""
    with suppress(InputError, NoSplit, SolverFailure):
        return desk.of_plan(asked.settings, lambda plan: plan.scenario.overrides) == record.options
    return False


def _shown(record: SweepRecord, since: list[str], language: Language) -> dict[str, Any]:
    """Return what the page shows of a sweep."""
    drawn, tables = pictures(record, language), page_tables(record, language)
    alts = {"map": map_alt(record)}
    charts = [
        {
            "id": code, "title": WORDS.say(word, language), "alt": WORDS.say(alts.get(word, f"{word}_alt"), language),
            "figure": drawn.figures[code],
            "tables": [grid(part, language) for name in names for part in _parts(tables[name])],
        }
        for code, (word, names) in _PICTURES.items() if drawn.figures[code] is not None
    ]  # fmt: skip
    return {
        "headline": headline(record, language),
        "said": sweep_statements(record, language),
        "notices": [*since, *(notice.say(language) for notice in record.notices)],
        "charts": charts,
        "cities": {
            "names": drawn.names, "texts": drawn.texts, "first": drawn.first, "figures": drawn.changes,
            "steps": drawn.steps,
        },
    }  # fmt: skip


def _parts(tables: Any) -> list[Table]:  # noqa: ANN401  (a table, or one in parts)
    return [tables] if isinstance(tables, Table) else list(tables or ())


QUESTIONS: Questions = {
    "start": (Sweeping, started), "state": (OfPlan, state), "cancel": (OfPlan, cancelled), "result": (OfPlan, result),
    "files": (OfPlan, files),
}  # fmt: skip
