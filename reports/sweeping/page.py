"""sweep.html: one file, offline, made from the record of a sweep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reports.printing.numbers import printed_difference
from reports.printing.pages import offline_page, script_json
from reports.printing.table import Table, split_columns
from reports.sweeping.phrases import share, shown, to_move
from reports.sweeping.pictures import map_alt, pictures
from reports.sweeping.record import SweepRecord
from reports.sweeping.sentences import headline, sweep_statements, widest
from reports.sweeping.tables import (
    acceptability_table,
    central_table,
    coarse_map_table,
    difference_table,
    effect_table,
    pair_table,
    preference_table,
    region_table,
    swing_table,
)
from reports.words import LABELS
from reports.words.sweeping import WORDS
from scenarios.file.book.said import settings_in_words
from scenarios.quantities import in_own_words
from scenarios.wording import Language, colon, listed, percent

_WIDEST = 15
"""Columns of a table that fit A4 across."""

_PAIRS = 20

_RATES = 13
"""Columns of the table of regions that hold rates; the others say what moves them."""


@in_own_words
def sweep_html(record: SweepRecord, language: Language) -> str:
    """Return the page of a sweep: what was found, charts each with its table, and one region at a time."""
    places, drawn = shown(record), pictures(record, language)
    return offline_page(
        "sweep.html",
        language,
        colon=colon(language),
        say=lambda code, **values: WORDS.say(code, language, **values),
        label=lambda code, **values: LABELS.say(code, language, **values),
        words=lambda words: words.say(language),
        record=record,
        options=listed(settings_in_words(record.options, record.setting_names, language), language),
        headline=headline(record, language),
        facts=facts(record, language),
        statements=sweep_statements(record, language),
        notices=_notices(record, places, language),
        figures=drawn.figures,
        tables=page_tables(record, language),
        left_out=_left_out(record, places, language),
        missing=_missing(record, language),
        map_alt=map_alt(record),
        map_missing=_map_missing(record, language),
        map_note=WORDS.say(
            "map_table_note", language, criteria="/".join(c.label.say(language) for c in record.criteria)
        ),
        cities=drawn,
        cities_json=script_json({"texts": drawn.texts, "steps": drawn.steps, "figures": drawn.changes}),
    )


@dataclass(frozen=True)
class Section:
    """What the report of a plan says about its sweep."""

    title: str
    headline: str
    statements: list[str]
    alt: str
    table: Table
    link: str


def section(record: SweepRecord, language: Language) -> Section:
    """Return the report's section about a sweep: sentences, shares of classes, and where the rest is."""
    basis = record.model_copy(update={"basis": None})
    return Section(
        title=WORDS.say("report_section", language),
        headline=headline(record, language),
        statements=sweep_statements(basis, language),
        alt=WORDS.say("acceptability_alt", language),
        table=acceptability_table(record, language, shown(record)),
        link=WORDS.say("link", language),
    )


def facts(record: SweepRecord, language: Language) -> list[tuple[str, str, str]]:
    """Return the key figures of a sweep as (name, value, what stands under it)."""
    region = widest(record)
    points = printed_difference(region.lowest, region.highest) * 100

    def fact(code: str, value: str, below: str = "") -> tuple[str, str, str]:
        return WORDS.say(f"fact_{code}", language), value, below

    stable = f"{sum(r.stable for r in record.regions)}"
    found = [
        fact("samples", f"{record.design.samples:,}"),
        fact("stable", stable, WORDS.say("of_regions", language, n=len(record.regions))),
        fact("kept", share(record.tables_kept) + percent(language), WORDS.say("of_samples", language)),
        fact("widest", LABELS.say("in_points", language, value=f"{points:.2f}"), region.label(language)),
    ]
    movable = [(r.radius, r.label(language)) for r in record.regions if r.radius is not None]
    if movable:
        least, name = min(movable, key=lambda pair: (pair[0].shift, pair[1]))
        found.append(fact("radius", LABELS.say("in_points", language, value=to_move(least, language)), name))
    return found


def page_tables(record: SweepRecord, language: Language) -> dict[str, Any]:
    """Return the tables of the page by name; wide ones in parts."""
    places = shown(record)
    lattice = coarse_map_table(record, language, places)
    rates = region_table(record, language, places)
    pairs = record.model_copy(update={"pairs": record.pairs[:_PAIRS]})
    return {
        "acceptability": acceptability_table(record, language, places),
        "regions": [rates.part(range(_RATES)), rates.part((0, 1, *range(_RATES, len(rates.columns))))],
        "central": central_table(record, language, places),
        "swings": swing_table(record, language, places),
        "effects": effect_table(record, language, places),
        "map": [] if lattice is None else split_columns(lattice, _WIDEST),
        "preferences": split_columns(preference_table(record, language, places), _WIDEST),
        "pairs": pair_table(pairs, language) if record.pairs else None,
    }


def _left_out(
    record: SweepRecord, places: Sequence[int], language: Language
) -> list[tuple[str, str, str, list[Table]]]:
    """Return what becomes of the rates when an indicator or a region is left out: id, title, note, tables."""
    found = []
    for kind, code in (("without_indicator", "indicators"), ("without_region", "left_out")):
        table = difference_table(record, kind, language, places)
        if table is not None:
            title, note = (WORDS.say(f"{code}_{part}", language) for part in ("title", "note"))
            found.append((kind, title, note, split_columns(table, _WIDEST)))
    return found


def _missing(record: SweepRecord, language: Language) -> list[str]:
    """Return which cases have no split, and why."""
    return [
        WORDS.say("flow_missing", language, case=case.label.say(language), problem=case.problem.say(language))
        for case in record.cases
        if case.problem is not None
    ]


def _notices(record: SweepRecord, places: Sequence[int], language: Language) -> list[str]:
    found = [notice.say(language) for notice in record.notices]
    if len(places) < len(record.regions):
        found.insert(0, WORDS.say("shown_only", language, n=len(record.regions), shown=len(places)))
    return found


def _map_missing(record: SweepRecord, language: Language) -> str:
    if len(record.criteria) in (2, 3):
        return WORDS.say("map_many", language)
    return WORDS.say("map_none", language, count=len(record.criteria))
