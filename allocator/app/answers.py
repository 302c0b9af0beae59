"""What the page is sent when somebody moves a control or presses a button: an answer, or in words why there is none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from allocator.app import view
from allocator.app.desk import Desk
from allocator.app.pictures import drawn_map
from allocator.app.questions import Entered, Fix, Question, Shown
from allocator.app.state import Settings, plain
from allocator.app.targets import backed, both_targets
from allocator.app.typed import CITY_RATE, fields, judged
from allocator.errors import exit_and_sentences
from reports.words import LABELS
from scenarios.errors import Place
from scenarios.wording import Language


def answer(desk: Desk, language: Language, asked: Question) -> dict[str, Any]:
    """Return the answer to a question of the page, JSON-ready.

    It holds ``ok``, ``settings`` (with weights that add up), ``fixed`` and, with an answer, ``verdict``, ``backed``,
    ``sums``, ``sides``, ``table``, ``chart``, ``targets``, ``map``, ``kept``;
    otherwise ``trouble``, a list of sentences.
    """
    settings = asked.settings.balanced(desk.own, asked.moved)
    said = {"settings": settings.model_dump(mode="json"), "fixed": _fixed(desk, settings, language)}
    try:
        return {"ok": True, **said, **_answer(desk, settings, asked, language)}
    except Exception as error:  # whatever it is, the page says it in words
        trouble = [*exit_and_sentences(error, language)[1], LABELS.say("app_stale", language)]
        return {"ok": False, "trouble": trouble, **said}


def refused(language: Language) -> dict[str, Any]:
    """Return the answer to what no page of ours sends."""
    said = [LABELS.say("app_unreadable", language)]
    return {**cannot([*said, LABELS.say("app_stale", language)]), "said": said}


def cannot(sentences: list[str]) -> dict[str, Any]:
    """Return the answer to any question that cannot be dealt with at all, and why."""
    return {"ok": False, "value": None, "trouble": sentences, "said": sentences, "settings": None, "fixed": {}}


def fixing(desk: Desk, language: Language, asked: Fix) -> dict[str, Any]:
    """Return whether a region can be given a rate, which (``rate``, per cent), and if not, why (``said``)."""
    if not asked.region or not asked.rate.strip():
        empty = "app_fix_region" if not asked.region else "app_fix_rate"
        return {"ok": False, "said": [LABELS.say(empty, language)]}
    rate = judged(CITY_RATE, asked.rate, language)
    if isinstance(rate, str):
        return {"ok": False, "said": [rate]}
    try:
        findings = desk.against(asked.settings, asked.region, rate)
    except Exception as error:
        return {"ok": False, "said": exit_and_sentences(error, language)[1]}
    said = [replace(finding, place=Place()).say(language) for finding in findings]
    return {"ok": not findings, "said": said, "rate": float(rate)}


def typing(desk: Desk, language: Language, asked: Entered) -> dict[str, Any]:
    """Return the number that was typed (``value``), or why it cannot be taken: ``said``, a list of sentences."""
    found = judged(fields(desk)[asked.control], asked.text, language)
    if isinstance(found, str):
        return {"value": None, "said": [found]}
    return {"value": float(found), "said": []}


def downloading(desk: Desk, language: Language, asked: Shown) -> bytes | list[str]:
    """Return the workbook of the shown answer, or why there is none."""
    if asked.settings is None:
        return [LABELS.say("app_stale", language)]
    try:
        return desk.workbook(asked.settings, language)
    except Exception as error:
        return exit_and_sentences(error, language)[1]


def _answer(desk: Desk, settings: Settings, asked: Question, language: Language) -> dict[str, Any]:
    """Return what the page shows of the verified plan under some settings."""
    made, a = desk.answer(settings), asked.kept
    now = view.kept(made, settings, desk.own, desk.scenario.names, language)
    return {
        "verdict": now.verdict,
        "backed": backed(made.plan.record),
        "sums": view.sums(made, language),
        "sides": view.sides(now, a, language),
        "table": view.table(made, desk.record, a, language),
        "chart": view.chart(made.plan.record, a, language),
        "targets": both_targets(made.plan.record, language),
        "map": drawn_map(made.plan.record, asked.map, language),
        "kept": now.model_dump(),
    }


def _fixed(desk: Desk, settings: Settings, language: Language) -> dict[str, str]:
    """Return what the button says that releases it, for each fixed region."""
    regions = desk.scenario.regions
    names = dict(zip(regions.ids, regions.labels(language), strict=True))
    return {
        key: LABELS.say("app_release", language, name=names[key], rate=plain(rate))
        for key, rate in settings.fixes.items()
    }
