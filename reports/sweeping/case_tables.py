"""The tables of named choices, of pairs of regions and of the map over the weights.

Rates and weights are per cent in these tables, differences points; the record holds fractions.
"""

from __future__ import annotations

from collections.abc import Sequence

from reports.printing.numbers import printed_difference
from reports.printing.table import Column, Table, percent, points, table_of
from reports.sweeping.phrases import class_name, criteria, names_of
from reports.sweeping.record import CaseRecord, SweepRecord
from reports.words import LABELS
from reports.words.sweeping import WORDS
from scenarios.wording import Language


def pair_table(record: SweepRecord, language: Language) -> Table:
    """Return the pairs whose order flips, the most open first."""
    named = {r.id: r.label(language) for r in record.regions}
    columns = [
        Column(WORDS.say("pair_a", language), [named[p.a] for p in record.pairs], True),
        Column(WORDS.say("pair_b", language), [named[p.b] for p in record.pairs], True),
        Column(WORDS.say("a_higher", language), [percent(p.a_higher) for p in record.pairs]),
        Column(
            WORDS.say("in_plan", language),
            [WORDS.say("a_above" if p.a_higher_in_plan else "b_above", language) for p in record.pairs],
            True,
        ),
    ]
    return table_of(columns)


def case_table(record: SweepRecord, language: Language) -> Table:
    """Return all cases: rate, difference to the plan, printed rate and class; a row a case and region."""
    everywhere = range(len(record.regions))
    rows = [(case, n) for case in record.cases for n in everywhere if case.rates and case.rates[n] is not None]
    rows += [(case, 0) for case in record.cases if not case.rates]
    rates = [case.rates[n] if case.rates else None for case, n in rows]
    printed = [case.published[n] if case.published else None for case, n in rows]
    classes = [case.classes[n] if case.classes else None for case, n in rows]
    plan = [record.regions[n].rate for _, n in rows]
    columns = [
        Column(WORDS.say("kind", language), [WORDS.say(f"kind_{c.kind}", language) for c, _ in rows], True),
        Column(WORDS.say("case", language), [c.label.say(language) for c, _ in rows], True),
        Column(
            LABELS.say("name", language), [record.regions[n].label(language) if c.rates else "" for c, n in rows], True
        ),
        Column(WORDS.say("case_rate", language), ["" if x is None else percent(x) for x in rates]),
        Column(
            WORDS.say("difference", language),
            ["" if x is None else points(printed_difference(base, x)) for x, base in zip(rates, plan, strict=True)],
        ),
        Column(WORDS.say("case_printed", language), ["" if x is None else percent(x) for x in printed]),
        Column(WORDS.say("class_at", language), ["" if x is None else class_name(x, language) for x in classes], True),
        Column(WORDS.say("problem", language), [c.problem.say(language) if c.problem else "" for c, _ in rows], True),
    ]
    return table_of(columns)


def preference_table(record: SweepRecord, language: Language, places: Sequence[int] | None = None) -> Table:
    """Return computed rate and rank under the plan and each preference; a row a region."""
    chosen = list(range(len(record.regions))) if places is None else places
    columns = [names_of([record.regions[n] for n in chosen], language)]
    for case in flow_cases(record):
        label, order = case.label.say(language), ranks(case)
        cells = [percent(case.rates[n] or 0.0) for n in chosen]
        columns.append(Column(WORDS.say("rate_under", language, label=label), cells))
        columns.append(Column(WORDS.say("rank_under", language, label=label), [str(order[n]) for n in chosen]))
    return table_of(columns)


def difference_table(
    record: SweepRecord, kind: str, language: Language, places: Sequence[int] | None = None
) -> Table | None:
    """Return, for each case of a kind, its rates less the plan's in points; a row a region, a column a case.

    None without such cases. For regions left out, `places` are the columns as well.
    """
    chosen = list(range(len(record.regions))) if places is None else list(places)
    cases = [case for case in record.cases if case.kind == kind and case.rates]
    if kind == "without_region":
        kept = {record.regions[n].id for n in chosen}
        cases = [case for case in cases if case.key in kept]
    if not cases:
        return None
    columns = [names_of([record.regions[n] for n in chosen], language)]
    for case in cases:
        pairs = [(case.rates[n], record.regions[n].rate) for n in chosen]
        cells = ["–" if rate is None else points(printed_difference(plan, rate)) for rate, plan in pairs]
        columns.append(Column(case.label.say(language), cells))
    return table_of(columns)


def map_table(record: SweepRecord, language: Language) -> Table:
    """Return the whole map: criterion weights, and the rate of each region; a row a point."""
    columns = [
        Column(WORDS.say("weight_of", language, criterion=label), [percent(p.weights[c]) for p in record.map])
        for c, label in enumerate(criteria(record, language))
    ]
    for n, region in enumerate(record.regions):
        label = WORDS.say("rate_under", language, label=region.label(language))
        columns.append(Column(label, [percent(p.rates[n]) for p in record.map]))
    return table_of(columns)


def coarse_map_table(record: SweepRecord, language: Language, places: Sequence[int] | None = None) -> Table | None:
    """Return the map on few points; a row a region, a column a point (weights in per cent). None without a map."""
    if not record.map:
        return None
    steps = round(1 / min(w for p in record.map for w in p.weights if w > 0))
    wanted = (10, 8, 6, 5, 4) if len(record.criteria) == 2 else (5, 4, 3)
    parts = next((count for count in wanted if steps % count == 0), steps)
    lattice = [p for p in record.map if all(abs(w * parts - round(w * parts)) < 1e-9 for w in p.weights)]
    chosen = list(range(len(record.regions))) if places is None else places
    columns = [names_of([record.regions[n] for n in chosen], language)]
    for point in reversed(lattice):
        label = "/".join(f"{weight * 100:.0f}" for weight in point.weights)
        columns.append(Column(label, [percent(point.rates[n]) for n in chosen]))
    return table_of(columns)


def flow_cases(record: SweepRecord) -> list[CaseRecord]:
    """Return the plan and the preferences that have a split for every region."""
    return [c for c in record.cases if c.kind in ("plan", "preference") and c.rates and None not in c.rates]


def ranks(case: CaseRecord) -> list[int]:
    """Return each region's rank by computed rate, 1 for the highest; equal rates go by the record's order."""
    order = sorted(range(len(case.rates)), key=lambda n: -round(case.rates[n] or 0.0, 10))
    places = [0] * len(order)
    for rank, n in enumerate(order, start=1):
        places[n] = rank
    return places
