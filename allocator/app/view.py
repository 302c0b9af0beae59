"""The answer as the page is sent it, plain values: verdict, table, chart, and what is kept beside it.

The page writes them as text (assets/dom.js), so that names stay names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from allocator.app.state import Settings, plain
from allocator.negotiating.moves import Negotiation, RateMove
from reports.planning.figures import rates_figure, rates_order
from reports.planning.record import PlanRecord, RegionRecord
from reports.planning.sentences import verdict_statement
from reports.planning.tables import decimals
from reports.printing.numbers import minus, printed_change, signed_amount
from reports.printing.table import Table
from reports.words import LABELS
from scenarios.file.book.said import Names, settings_in_words
from scenarios.tables.cells import per_cent
from scenarios.wording import Language, clauses, listed, percent


class Kept(BaseModel):
    """An answer as the page keeps it as A: its verdict, what was changed for it, and its published rates.

    `province`: what these come to. A round has a title of its own.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    verdict: str
    changes: tuple[str, ...]
    rates: dict[str, Annotated[float, Field(gt=-1, lt=1)]]
    province: Annotated[float, Field(gt=-1, lt=1)] | None = None
    title: str = ""


def kept(made: Negotiation, settings: Settings, own: Settings, names: Names, language: Language) -> Kept:
    """Return what the page remembers of an answer; `names`: what the scenario calls what is set."""
    record = made.plan.record
    regions = {region.id: region.label(language) for region in record.regions}
    rates = [f"{regions[key]} {plain(rate)}{percent(language)}" for key, rate in settings.fixes.items()]
    fixes = [LABELS.say("round_fixes", language, parts=listed(rates, language))] if rates else []
    return Kept(
        verdict=verdict_statement(record.province, language),
        changes=(*settings_in_words(settings.overrides(own), names, language), *fixes),
        rates={region.id: region.published_rate for region in record.regions},
        province=record.province.implied_reduction,
    )


def sides(now: Kept, a: Kept | None, language: Language) -> list[dict[str, str]]:
    """Return the two verdicts that stand side by side, nothing where no A is kept."""
    return [] if a is None else [_side("app_a", a, language), _side("app_b", now, language)]


def _side(code: str, kept: Kept, language: Language) -> dict[str, str]:
    if kept.title:
        return {"title": kept.title, "verdict": kept.verdict, "settings": clauses(kept.changes, language)}
    return {"title": LABELS.say(code, language), "verdict": kept.verdict, "settings": said_changes(kept, language)}


def said_changes(kept: Kept, language: Language) -> str:
    """Return in words what was changed for an answer."""
    changes = clauses(kept.changes, language)
    return LABELS.say("app_settings", language, changes=changes) if changes else LABELS.say("app_same", language)


def sums(made: Negotiation, language: Language) -> str:
    """Return what the fixed regions give up and the others pick up; empty where nobody is fixed."""
    if not made.round.fixes:
        return ""
    return LABELS.say(
        "round_sums", language, relieved=f"{made.relieved_10kt:,.2f}", picked=f"{made.picked_up_10kt:,.2f}"
    )


def table(made: Negotiation, own: PlanRecord | None, a: Kept | None, language: Language) -> dict[str, Any]:
    """Return the table: region, score, reference, computed and published rate, and what they are held against."""
    record = made.plan.record
    before = {} if own is None else {region.id: region.published_rate for region in own.regions}
    cells = [
        _cells(move, region, record, made, before, a, language)
        for move, region in zip(made.moves, record.regions, strict=True)
    ]
    mark = LABELS.say("app_fixed_mark", language)
    province = _province(record, own, a)
    return {
        "caption": LABELS.say("app_table", language),
        "head": [LABELS.say(code, language) for code in ("name", *cells[0])],
        "rows": [
            {"name": move.label(language), "mark": mark if move.fixed else "", "cells": list(row.values())}
            for move, row in zip(made.moves, cells, strict=True)
        ],
        "foot": {"name": LABELS.say("total", language), "cells": [province.get(code, "") for code in cells[0]]},
    }


def _province(record: PlanRecord, own: PlanRecord | None, a: Kept | None) -> dict[str, str]:
    """Return what the published rates come to, and those that they are held against, label code -> text."""
    now = record.province.implied_reduction
    cells = {"published_rate": minus(per_cent(now))}
    if record.province.incentive is not None:
        cells["published_incentive_rate"] = minus(per_cent(record.province.incentive.implied_reduction))
    if own is not None:
        cells["app_difference_own"] = printed_change(own.province.implied_reduction, now)
    if a is not None and a.province is not None:
        cells["app_column_a"] = minus(per_cent(a.province))
        cells["app_difference_a"] = printed_change(a.province, now)
    return cells


def grid(table: Table, language: Language) -> dict[str, Any]:
    """Return a table as pages write it."""
    words = [column.kind == "text" for column in table.columns]
    rows = [
        [cell if word else minus(cell) for cell, word in zip(row, words, strict=True)] for row in table.rows
    ]  # fmt: skip
    heads = [column.head(language) for column in table.columns]
    return {"caption": table.caption, "head": heads, "rows": rows, "words": words, "total": table.total}


def chart(record: PlanRecord, a: Kept | None, language: Language) -> dict[str, Any]:
    """Return traces and layout of the report's chart, with the published rates of A as rings.

    The template, which never changes, is not with it: the page has it from the start.
    """
    drawn = rates_figure(record, language)
    if a is not None:
        rings = {
            "type": "scatter", "x": drawn["data"][0]["x"], "y": [_of(a.rates, r) for r in rates_order(record)],
            "mode": "markers", "name": LABELS.say("app_a", language), "hoverinfo": "y",
            "marker": {"symbol": "circle-open", "size": 13, "color": "#000000", "line": {"width": 2}},
        }  # fmt: skip
        drawn["data"].append(rings)
    return drawn


def _cells(
    move: RateMove,
    region: RegionRecord,
    record: PlanRecord,
    made: Negotiation,
    before: Mapping[str, float],
    a: Kept | None,
    language: Language,
) -> dict[str, str]:
    """Return the cells of one region, label code -> text."""
    digits = decimals(record)
    cells = {
        "score": minus(f"{region.score:.4f}"),
        "reference_rate": per_cent(region.reference_rate),
        "rate": minus(per_cent(region.rate)),
        "published_rate": minus(per_cent(region.published_rate, digits["published_rate"])),
    }
    if region.published_incentive_rate is not None:
        cells["published_incentive_rate"] = minus(per_cent(region.published_incentive_rate, digits["published_rate"]))
    if region.class_ is not None:
        cells["class"] = LABELS.say("class_name", language, number=region.class_)
    if before:
        cells["app_difference_own"] = _against(region, before)
    if made.round.fixes:
        cells["app_change"] = printed_change(move.before, move.after)
        cells["app_change_10kt"] = signed_amount(move.change_10kt)
    if a is not None:
        cells["app_column_a"] = per_cent(a.rates[region.id], digits["published_rate"]) if region.id in a.rates else "–"
        cells["app_difference_a"] = _against(region, a.rates)
    return cells


def _against(region: RegionRecord, before: Mapping[str, float]) -> str:
    """Return by how much a published rate differs from another, in points."""
    return printed_change(before[region.id], region.published_rate) if region.id in before else "–"


def _of(rates: Mapping[str, float], region: RegionRecord) -> float | None:
    return rates[region.id] * 100 if region.id in rates else None
