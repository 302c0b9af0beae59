"""Every word of the outputs, by code, in Chinese and English."""

from __future__ import annotations

from reports.words import (
    accounting,
    figures,
    files,
    levels,
    mapping,
    negotiating,
    papers,
    planning,
    publishing,
    shares,
    totals,
)
from reports.words.pages import beside, instead, rounds
from scenarios.wording import Catalogue, Language

_UNITS = {
    "元": "yuan",
    "万元": "10⁴ yuan",
    "亿元": "10⁸ yuan",
    "吨": "t",
    "万吨": "10⁴ t",
    "吨/万元": "t per 10⁴ yuan",
    "吨标准煤": "tce",
    "万吨标准煤": "10⁴ tce",
    "万吨标煤": "10⁴ tce",
    "吨标准煤/万元": "tce per 10⁴ yuan",
    "人": "persons",
    "万人": "10⁴ persons",
}


def unit_label(unit: str, language: Language) -> str:
    """Return a unit as it stood in a table's header, or its English form where one is known."""
    return unit if language == "zh" else _UNITS.get(unit, unit)


def goal(both: bool, language: Language) -> str:
    """Return what the cities are asked for, as a noun: the target, or two where a total or its reserve asks more."""
    return LABELS.say("goal_both" if both else "goal_one", language)


def for_goal(both: bool, language: Language) -> str:
    """Return the same behind what backs or adds up; in English that is said of two targets alone."""
    return LABELS.say("for_goal", language, goal=goal(both, language)) if both or language == "zh" else ""


LABELS = Catalogue.of(
    figures.TEXTS,
    accounting.TEXTS,
    planning.TEXTS,
    files.TEXTS,
    publishing.TEXTS,
    mapping.TEXTS,
    negotiating.TEXTS,
    rounds.TEXTS,
    totals.TEXTS,
    levels.TEXTS,
    shares.TEXTS,
    beside.TEXTS,
    instead.TEXTS,
    papers.TEXTS,
)
