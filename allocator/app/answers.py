"""What the page is sent when somebody moves a control: the answer, or in words why there is none."""

from __future__ import annotations

from typing import Any

from allocator.app import view
from allocator.app.desk import Desk
from allocator.app.state import Settings
from allocator.errors import exit_and_sentences
from reports.words import LABELS
from scenarios.wording import Language


def answer(desk: Desk, language: Language, asked: Any) -> dict[str, Any]:  # noqa: ANN401  (whatever a browser sends)
    """Return the answer to a question of the page, JSON-ready.

    Parameters
    ----------
    desk
        The scenario on the table.
    language
        Of the page.
    asked
        ``settings`` of the controls, which of them was ``moved``, and what is ``kept`` as A, or None.

    Returns
    -------
    dict
        ``ok``, ``settings`` (with weights that add up; None where they cannot be read), ``fixed`` and, with
        an answer, ``verdict``, ``backed``, ``sums``, ``sides``, ``table``, ``chart``, ``kept``; otherwise
        ``trouble``, a list of sentences.
    """
    settings = None
    try:
        settings = Settings.model_validate(asked["settings"]).balanced(desk.own, str(asked["moved"]))
        a = None if asked.get("kept") is None else view.Kept.model_validate(asked["kept"])
        return {
            "ok": True,
            **_said(settings),
            **_fixed(desk, settings, language),
            **_answer(desk, settings, a, language),
        }
    except Exception as error:  # whatever it is, the page says it in words
        trouble = [*exit_and_sentences(error, language)[1], LABELS.say("app_stale", language)]
        return {"ok": False, "trouble": trouble, **_said(settings), **_fixed(desk, settings, language)}


def _answer(desk: Desk, settings: Settings, a: view.Kept | None, language: Language) -> dict[str, Any]:
    """Return what the page shows of the verified plan under some settings."""
    made = desk.answer(settings)
    now = view.kept(made, settings, desk.own, language)
    return {
        "verdict": now.verdict,
        "backed": made.plan.record.province.verdict,
        "sums": view.sums(made, language),
        "sides": view.sides(now, a, language),
        "table": view.table(made, desk.record, a, language),
        "chart": view.chart(made.plan.record, a, language),
        "kept": now.model_dump(),
    }


def _said(settings: Settings | None) -> dict[str, Any]:
    return {"settings": settings and settings.model_dump(mode="json")}


def _fixed(desk: Desk, settings: Settings | None, language: Language) -> dict[str, Any]:
    """Return what the button says that releases it, for each fixed region."""
    regions = desk.scenario.regions
    names = dict(zip(regions.ids, regions.labels(language), strict=True))
    fixes = {} if settings is None else settings.fixes
    said = {
        key: LABELS.say("app_release", language, name=names.get(key, key), rate=f"{rate.normalize():f}")
        for key, rate in fixes.items()
    }
    return {"fixed": said}
