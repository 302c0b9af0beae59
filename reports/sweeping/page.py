"""sweep.html: one file, offline, made from the record of a sweep."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from reports.printing.looks import Figure, Trace
from reports.printing.numbers import printed_difference
from reports.printing.pages import offline_page, script_json
from reports.printing.table import Table, split_columns
from reports.sweeping.city_figures import has_map, map_figure, map_traces, tornado_figure, tornado_traces
from reports.sweeping.figures import acceptability_figure, flow_figure, heat_figure, ridge_figure
from reports.sweeping.phrases import share, shown, to_move
from reports.sweeping.record import SweepRecord
from reports.sweeping.sentences import headline, region_statement, sweep_statements, widest
from reports.sweeping.tables import (
    acceptability_table,
    central_table,
    coarse_map_table,
    difference_table,
    effect_table,
    flow_cases,
    pair_table,
    preference_table,
    region_table,
    swing_table,
)
from reports.words import LABELS
from reports.words.sweeping import WORDS
from scenarios.quantities import in_own_words
from scenarios.wording import Language, colon, percent

_WIDEST = 15
"""Columns of a table that fit A4 across."""

_PAIRS = 20

_RATES = 13
"""Columns of the table of regions that hold rates; the others say what moves them."""


@dataclass(frozen=True)
class _Cities:
    """The regions to choose from: their names and sentences, and which is chosen first."""

    names: list[str]
    texts: list[str]
    first: int


@in_own_words
def sweep_html(record: SweepRecord, language: Language) -> str:
    """Return the page of a sweep: what was found, charts each with its table, and one region at a time."""
    places = shown(record)
    cities = _cities(record, places, language)
    return offline_page(
        "sweep.html",
        language,
        colon=colon(language),
        say=lambda code, **values: WORDS.say(code, language, **values),
        label=lambda code, **values: LABELS.say(code, language, **values),
        words=lambda words: words.say(language),
        record=record,
        headline=headline(record, language),
        facts=facts(record, language),
        statements=sweep_statements(record, language),
        notices=_notices(record, places, language),
        figures=_figures(record, places[cities.first], language),
        tables=_tables(record, places, language),
        left_out=_left_out(record, places, language),
        missing=_missing(record, language),
        map_alt="map_alt" if len(record.criteria) == 3 else "map_line_alt",
        map_missing=_map_missing(record, language),
        map_note=WORDS.say(
            "map_table_note", language, criteria="/".join(c.label.say(language) for c in record.criteria)
        ),
        cities=cities,
        cities_json=_cities_json(record, places, cities, language),
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


def _cities(record: SweepRecord, places: Sequence[int], language: Language) -> _Cities:
    """Return the regions to choose from; the one most easily moved is chosen first."""
    regions = [record.regions[n] for n in places]
    radii = [2.0 if r.radius is None else r.radius.shift for r in regions]
    texts = [region_statement(record, region, language) for region in regions]
    return _Cities([r.label(language) for r in regions], texts, radii.index(min(radii)))


def _figures(record: SweepRecord, first: int, language: Language) -> dict[str, Figure | None]:
    """Return all figures by their places, None for those that the record does not allow."""
    swings = bool(record.regions[0].swings) and len(record.criteria) > 1
    flow = len(flow_cases(record)) > 1
    return {
        "figure_acceptability": acceptability_figure(record, language),
        "figure_ridge": ridge_figure(record, language),
        "figure_map": map_figure(record, first, language) if has_map(record) else None,
        "figure_tornado": tornado_figure(record, first, language) if swings else None,
        "figure_heat": heat_figure(record, language) if swings else None,
        "figure_flow": flow_figure(record, language) if flow else None,
    }


def _tables(record: SweepRecord, places: Sequence[int], language: Language) -> dict[str, Any]:
    """Return the tables of the page by name; wide ones in parts."""
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


def _cities_json(record: SweepRecord, places: Sequence[int], cities: _Cities, language: Language) -> Markup:
    """Return what the page's script needs to change the charts of one region."""
    figures: dict[str, list[list[Trace]]] = {}
    if has_map(record):
        figures["figure_map"] = _changes(lambda n: map_traces(record, n, language), places)
    if record.regions[0].swings and len(record.criteria) > 1:
        figures["figure_tornado"] = _changes(lambda n: tornado_traces(record, n, language), places)
    steps = round(1 / min((w for p in record.map for w in p.weights if w > 0), default=1.0))
    return script_json({"texts": cities.texts, "steps": steps, "figures": figures})


def _changes(traces: Callable[[int], list[Trace]], places: Sequence[int]) -> list[list[Trace]]:
    """Return, for each region, what is not the same in the traces of all regions."""
    found = [traces(n) for n in places]
    varying = [
        [key for key in parts[0] if any(part[key] != parts[0][key] for part in parts)]
        for parts in zip(*found, strict=True)
    ]
    return [
        [{key: trace[key] for key in keys} for trace, keys in zip(one, varying, strict=True)] for one in found
    ]  # fmt: skip
