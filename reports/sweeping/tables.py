"""The tables of a sweep, and its CSV files: regions, weights, named choices, pairs, the map over the weights.

Rates, weights and shares are per cent in these tables, differences points; the record holds fractions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from reports.printing.numbers import printed_difference
from reports.printing.table import Cells, Table, percent, points, table_of
from reports.sweeping.phrases import chosen_of, class_name, criteria, names_of, to_move, what_varies
from reports.sweeping.record import QUANTILES, CaseRecord, RegionSweep, SweepRecord
from reports.words import LABELS
from reports.words.sweeping import WORDS
from scenarios.wording import Language

T = TypeVar("T")

FILES = ("sweep-regions.csv", "sweep-pairs.csv", "sweep-cases.csv", "sweep-weights.csv", "sweep-map.csv")


def sweep_files(record: SweepRecord, language: Language) -> dict[str, bytes]:
    """Return the CSV files of a sweep by name, UTF-8 with BOM."""
    tables = [
        region_table(record, language, whole=True),
        pair_table(record, language),
        case_table(record, language),
        weight_table(record, language),
        *([map_table(record, language)] if record.map else []),
    ]
    return {name: table.csv() for name, table in zip(FILES, tables, strict=False)}


def region_table(
    record: SweepRecord, language: Language, places: Sequence[int] | None = None, whole: bool = False
) -> Table:
    """Return class, rates and their spread, share at bounds and stability radius; a row a region, all by default.

    `whole`: with code, shares of classes and a verdict.
    """
    regions = chosen_of(record, places)
    radii = [r.radius for r in regions]

    def rates(code: str, values: Sequence[float], **said: object) -> Cells:
        return Cells(WORDS.say(code, language, **said), [percent(value) for value in values])

    columns = [
        names_of(regions, language),
        _cells("own_class", language, [class_name(r.class_, language) for r in regions], True),
        rates("plan_printed", [r.published_rate for r in regions]),
        rates("plan_rate", [r.rate for r in regions]),
        rates("mean", [r.mean for r in regions]),
        rates("lowest", [r.lowest for r in regions]),
    ]
    for k, level in enumerate(QUANTILES):
        code = "median" if level == 0.5 else "quantile"
        columns.append(rates(code, [r.quantiles[k] for r in regions], share=f"{level * 100:g}"))
    columns += [
        rates("highest", [r.highest for r in regions]),
        _cells("range_10kt", language, [f"{(r.highest - r.lowest) * 100 * r.point_10kt:.1f}" for r in regions]),
        rates("stands_share", [r.stands for r in regions]),
        rates("at_lower_share", [r.at_lower for r in regions]),
        rates("at_upper_share", [r.at_upper for r in regions]),
        _cells("radius", language, _known(radii, lambda x: to_move(x, language))),
        _cells("to_class", language, _known(radii, lambda x: class_name(x.to_class, language)), True),
        _cells("strongest", language, [_strongest(record, r, language) for r in regions], True),
    ]  # fmt: skip
    if whole:
        columns.insert(0, Cells(LABELS.say("id", language), [r.id for r in regions], True))
        columns += _class_columns(record, regions, language)
        columns.append(_finding(record, regions, language))
    return table_of(columns)


def acceptability_table(record: SweepRecord, language: Language, places: Sequence[int] | None = None) -> Table:
    """Return the share of samples in each class and whether the class stands; a row a region."""
    regions = chosen_of(record, places)
    own = _cells("own_class", language, [class_name(r.class_, language) for r in regions], True)
    stands = _cells("stands_share", language, [percent(r.stands) for r in regions])
    classes = _class_columns(record, regions, language)
    return table_of([names_of(regions, language), own, *classes, stands, _finding(record, regions, language)])


def central_table(record: SweepRecord, language: Language, places: Sequence[int] | None = None) -> Table:
    """Return the mean criterion weights of the samples in each class; a row a region and class that occurs."""
    rows = [(r, k) for r in chosen_of(record, places) for k, w in enumerate(r.central_weights) if w is not None]
    columns = [
        names_of([r for r, _ in rows], language),
        _cells("class_at", language, [class_name(k + 1, language) for _, k in rows], True),
        _cells("samples_share", language, [percent(r.shares[k]) for r, k in rows]),
    ]
    for c, label in enumerate(criteria(record, language)):
        cells = [percent((r.central_weights[k] or ())[c]) for r, k in rows]
        columns.append(_cells("weight_of", language, cells, criterion=label))
    return table_of(columns)


def weight_table(record: SweepRecord, language: Language, places: Sequence[int] | None = None) -> Table:
    """Return swings, Sobol indices, central weights and the weights that change the class; a row a region and
    criterion."""  # noqa: D205, D209
    rows = [(r, c) for r in chosen_of(record, places) for c in range(len(record.criteria))]
    labels = criteria(record, language)
    swings = [r.swings[c] if c < len(r.swings) else None for r, c in rows]
    columns = [
        Cells(LABELS.say("id", language), [r.id for r, _ in rows], True),
        names_of([r for r, _ in rows], language),
        _cells("criterion", language, [labels[c] for _, c in rows], True),
        _cells("plan_weight", language, [percent(record.criteria[c].weight) for _, c in rows]),
    ]
    for code in ("weight_low", "weight_high", "rate_low", "rate_high"):
        cells = ["" if swing is None else percent(getattr(swing, code)) for swing in swings]
        columns.append(Cells(WORDS.say(code, language), cells))
    changes = [per_ten(r, c) for r, c in rows]
    columns += [
        _cells("per_ten", language, _known(changes, "{:.2f}".format)),
        _cells("first", language, [f"{r.first[c]:.3f}" for r, c in rows]),
        _cells("total", language, [f"{r.total[c]:.3f}" for r, c in rows]),
        _cells("radius_weight", language, ["" if r.radius is None else percent(r.radius.weights[c]) for r, c in rows]),
    ]
    for k, found in enumerate(record.classes):
        means = [r.central_weights[k] for r, _ in rows]
        cells = ["" if m is None else percent(m[c]) for m, (_, c) in zip(means, rows, strict=True)]
        label = WORDS.say("central", language, class_=class_name(found.number, language))
        columns.append(Cells(label, cells))
    return table_of(columns)


def swing_table(record: SweepRecord, language: Language, places: Sequence[int] | None = None) -> Table:
    """Return each region's rates at a low and a high weight of every criterion; a row a region and criterion."""
    whole = weight_table(record, language, places)
    return whole.part((1, 2, 4, 5, 6, 7))


def effect_table(record: SweepRecord, language: Language, places: Sequence[int] | None = None) -> Table:
    """Return the change per 10 points of weight and the Sobol indices; a row a region and criterion."""
    whole = weight_table(record, language, places)
    return whole.part((1, 2, 3, 8, 9, 10))


def pair_table(record: SweepRecord, language: Language) -> Table:
    """Return the pairs whose order flips, the most open first."""
    named = {r.id: r.label(language) for r in record.regions}
    above = [WORDS.say(code, language) for code in ("a_above", "b_above")]
    columns = [
        _cells("pair_a", language, [named[p.a] for p in record.pairs], True),
        _cells("pair_b", language, [named[p.b] for p in record.pairs], True),
        _cells("a_higher", language, [percent(p.a_higher) for p in record.pairs]),
        _cells("in_plan", language, [above[not p.a_higher_in_plan] for p in record.pairs], True),
    ]
    return table_of(columns)


def case_table(record: SweepRecord, language: Language) -> Table:
    """Return all cases: rate, difference to the plan, printed rate and class; a row a case and region."""
    regions = record.regions
    rows = [(case, n) for case in record.cases for n in range(len(regions)) if case.rates and case.rates[n] is not None]
    rows += [(case, 0) for case in record.cases if not case.rates]
    rates = [case.rates[n] if case.rates else None for case, n in rows]
    printed = [case.published[n] if case.published else None for case, n in rows]
    classes = [case.classes[n] if case.classes else None for case, n in rows]
    pairs = zip(rates, (regions[n].rate for _, n in rows), strict=True)
    differences = [None if x is None else printed_difference(base, x) for x, base in pairs]
    columns = [
        _cells("kind", language, [WORDS.say(f"kind_{c.kind}", language) for c, _ in rows], True),
        _cells("case", language, [c.label.say(language) for c, _ in rows], True),
        Cells(LABELS.say("name", language), [regions[n].label(language) if c.rates else "" for c, n in rows], True),
        _cells("case_rate", language, _known(rates, percent)),
        _cells("difference", language, _known(differences, points)),
        _cells("case_printed", language, _known(printed, percent)),
        _cells("class_at", language, _known(classes, lambda number: class_name(number, language)), True),
        _cells("problem", language, [c.problem.say(language) if c.problem else "" for c, _ in rows], True),
    ]
    return table_of(columns)


def preference_table(record: SweepRecord, language: Language, places: Sequence[int] | None = None) -> Table:
    """Return computed rate and rank under the plan and each preference; a row a region."""
    chosen = list(range(len(record.regions))) if places is None else places
    columns = [names_of([record.regions[n] for n in chosen], language)]
    for case in flow_cases(record):
        label, order = case.label.say(language), ranks(case)
        cells = [percent(case.rates[n] or 0.0) for n in chosen]
        columns.append(_cells("rate_under", language, cells, label=label))
        columns.append(_cells("rank_under", language, [str(order[n]) for n in chosen], label=label))
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
        columns.append(Cells(case.label.say(language), cells))
    return table_of(columns)


def map_table(record: SweepRecord, language: Language) -> Table:
    """Return the whole map: criterion weights, and the rate of each region; a row a point."""
    columns = [
        _cells("weight_of", language, [percent(p.weights[c]) for p in record.map], criterion=label)
        for c, label in enumerate(criteria(record, language))
    ]
    for n, region in enumerate(record.regions):
        label = WORDS.say("rate_under", language, label=region.label(language))
        columns.append(Cells(label, [percent(p.rates[n]) for p in record.map]))
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
        columns.append(Cells(label, [percent(point.rates[n]) for n in chosen]))
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


def per_ten(region: RegionSweep, criterion: int) -> float | None:
    """Return by how many points a rate changes for 10 points more weight, on average over the swing."""
    if criterion >= len(region.swings):
        return None
    swing = region.swings[criterion]
    width = swing.weight_high - swing.weight_low
    return (swing.rate_high - swing.rate_low) / width * 10 if width > 0 else None


def _cells(code: str, language: Language, cells: Sequence[str], words: bool = False, **said: object) -> Cells:
    return Cells(WORDS.say(code, language, **said), cells, words)


def _known(values: Iterable[T | None], said: Callable[[T], str]) -> list[str]:
    """Return values as text, nothing for none."""
    return ["" if value is None else said(value) for value in values]


def _class_columns(record: SweepRecord, regions: Sequence[RegionSweep], language: Language) -> list[Cells]:
    return [
        _cells("share_of_class", language, [percent(r.shares[k]) for r in regions], class_=name)
        for k, name in enumerate(class_name(c.number, language) for c in record.classes)
    ]


def _finding(record: SweepRecord, regions: Sequence[RegionSweep], language: Language) -> Cells:
    words = (WORDS.say("hangs", language, what=what_varies(record, language)), WORDS.say("stable", language))
    return _cells("verdict", language, [words[r.stable] for r in regions], True)


def _strongest(record: SweepRecord, region: RegionSweep, language: Language) -> str:
    """Return the criterion whose weight moves the region's rate most; an empty text where none does."""
    swings = [abs(per_ten(region, c) or 0.0) for c in range(len(record.criteria))]
    return criteria(record, language)[swings.index(max(swings))] if max(swings) > 1e-9 else ""
