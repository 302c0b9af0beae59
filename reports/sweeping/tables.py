"""The tables of a sweep as DataFrames of printed text with labelled columns, and their CSV form.

Rates, weights and shares are per cent in these tables, differences points; the record holds fractions.
"""

from __future__ import annotations

from collections.abc import Sequence

from reports.printing.table import Column, Table, part_of, percent, table_of
from reports.sweeping.case_tables import case_table, map_table, pair_table
from reports.sweeping.phrases import chosen_of, class_name, criteria, names_of, to_move, what_varies
from reports.sweeping.record import QUANTILES, RegionSweep, SweepRecord
from reports.words import LABELS
from reports.words.sweeping import WORDS
from scenarios.wording import Language


def sweep_files(record: SweepRecord, language: Language) -> dict[str, bytes]:
    """Return the CSV files of a sweep by name, UTF-8 with BOM."""
    files = {
        "sweep-regions.csv": region_table(record, language, whole=True),
        "sweep-pairs.csv": pair_table(record, language),
        "sweep-cases.csv": case_table(record, language),
        "sweep-weights.csv": weight_table(record, language),
    }
    if record.map:
        files["sweep-map.csv"] = map_table(record, language)
    return {name: table.csv() for name, table in files.items()}


def region_table(
    record: SweepRecord, language: Language, places: Sequence[int] | None = None, whole: bool = False
) -> Table:
    """Return class, rates and their spread, share at bounds and stability radius; a row a region.

    Parameters
    ----------
    places
        Which regions; all by default.
    whole
        With code, shares of classes, range in 万吨 and the weights at which the class changes.
    """
    regions = chosen_of(record, places)

    def rates(code: str, values: Sequence[float], **said: object) -> Column:
        return Column(WORDS.say(code, language, **said), [percent(value) for value in values])

    columns = [
        names_of(regions, language),
        Column(WORDS.say("own_class", language), [class_name(r.class_, language) for r in regions], True),
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
        Column(WORDS.say("range_10kt", language), [_range(r) for r in regions]),
        rates("stands_share", [r.stands for r in regions]),
        rates("at_lower_share", [r.at_lower for r in regions]),
        rates("at_upper_share", [r.at_upper for r in regions]),
        Column(
            WORDS.say("radius", language),
            ["" if r.radius is None else to_move(r.radius, language) for r in regions],
        ),
        Column(
            WORDS.say("to_class", language),
            ["" if r.radius is None else class_name(r.radius.to_class, language) for r in regions],
            True,
        ),
        Column(WORDS.say("strongest", language), [_strongest(record, r, language) for r in regions], True),
    ]  # fmt: skip
    if whole:
        columns.insert(0, Column(LABELS.say("id", language), [r.id for r in regions], True))
        columns += _class_columns(record, regions, language)
        columns.append(_finding(record, regions, language))
    return table_of(columns)


def acceptability_table(record: SweepRecord, language: Language, places: Sequence[int] | None = None) -> Table:
    """Return the share of samples in each class and whether the class stands; a row a region."""
    regions = chosen_of(record, places)
    own = Column(WORDS.say("own_class", language), [class_name(r.class_, language) for r in regions], True)
    stands = Column(WORDS.say("stands_share", language), [percent(r.stands) for r in regions])
    classes = _class_columns(record, regions, language)
    return table_of([names_of(regions, language), own, *classes, stands, _finding(record, regions, language)])


def central_table(record: SweepRecord, language: Language, places: Sequence[int] | None = None) -> Table:
    """Return the mean criterion weights of the samples in each class; a row a region and class that occurs."""
    rows = [(r, k) for r in chosen_of(record, places) for k, w in enumerate(r.central_weights) if w is not None]
    columns = [
        names_of([r for r, _ in rows], language),
        Column(WORDS.say("class_at", language), [class_name(k + 1, language) for _, k in rows], True),
        Column(WORDS.say("samples_share", language), [percent(r.shares[k]) for r, k in rows]),
    ]
    for c, label in enumerate(criteria(record, language)):
        cells = [percent((r.central_weights[k] or ())[c]) for r, k in rows]
        columns.append(Column(WORDS.say("weight_of", language, criterion=label), cells))
    return table_of(columns)


def weight_table(record: SweepRecord, language: Language, places: Sequence[int] | None = None) -> Table:
    """Return swings, Sobol indices, central weights and the weights that change the class; a row a region and
    criterion."""  # noqa: D205, D209
    rows = [(r, c) for r in chosen_of(record, places) for c in range(len(record.criteria))]
    labels = criteria(record, language)
    swings = [r.swings[c] if c < len(r.swings) else None for r, c in rows]
    columns = [
        Column(LABELS.say("id", language), [r.id for r, _ in rows], True),
        names_of([r for r, _ in rows], language),
        Column(WORDS.say("criterion", language), [labels[c] for _, c in rows], True),
        Column(WORDS.say("plan_weight", language), [percent(record.criteria[c].weight) for _, c in rows]),
    ]
    for code in ("weight_low", "weight_high", "rate_low", "rate_high"):
        cells = ["" if swing is None else percent(getattr(swing, code)) for swing in swings]
        columns.append(Column(WORDS.say(code, language), cells))
    changes = [per_ten(r, c) for r, c in rows]
    columns += [
        Column(WORDS.say("per_ten", language), ["" if x is None else f"{x:.2f}" for x in changes]),
        Column(WORDS.say("first", language), [f"{r.first[c]:.3f}" for r, c in rows]),
        Column(WORDS.say("total", language), [f"{r.total[c]:.3f}" for r, c in rows]),
        Column(
            WORDS.say("radius_weight", language),
            ["" if r.radius is None else percent(r.radius.weights[c]) for r, c in rows],
        ),
    ]
    for k, found in enumerate(record.classes):
        means = [r.central_weights[k] for r, _ in rows]
        cells = ["" if m is None else percent(m[c]) for m, (_, c) in zip(means, rows, strict=True)]
        label = WORDS.say("central", language, class_=class_name(found.number, language))
        columns.append(Column(label, cells))
    return table_of(columns)


def swing_table(record: SweepRecord, language: Language, places: Sequence[int] | None = None) -> Table:
    """Return each region's rates at a low and a high weight of every criterion; a row a region and criterion."""
    whole = weight_table(record, language, places)
    return part_of(whole, (1, 2, 4, 5, 6, 7))


def effect_table(record: SweepRecord, language: Language, places: Sequence[int] | None = None) -> Table:
    """Return the change per 10 points of weight and the Sobol indices; a row a region and criterion."""
    whole = weight_table(record, language, places)
    return part_of(whole, (1, 2, 3, 8, 9, 10))


def per_ten(region: RegionSweep, criterion: int) -> float | None:
    """Return by how many points a rate changes for 10 points more weight, on average over the swing."""
    if criterion >= len(region.swings):
        return None
    swing = region.swings[criterion]
    width = swing.weight_high - swing.weight_low
    return (swing.rate_high - swing.rate_low) / width * 10 if width > 0 else None


def _class_columns(record: SweepRecord, regions: Sequence[RegionSweep], language: Language) -> list[Column]:
    return [
        Column(
            WORDS.say("share_of_class", language, class_=class_name(c.number, language)),
            [percent(r.shares[k]) for r in regions],
        )
        for k, c in enumerate(record.classes)
    ]


def _finding(record: SweepRecord, regions: Sequence[RegionSweep], language: Language) -> Column:
    words = (WORDS.say("hangs", language, what=what_varies(record, language)), WORDS.say("stable", language))
    return Column(WORDS.say("verdict", language), [words[r.stable] for r in regions], True)


def _strongest(record: SweepRecord, region: RegionSweep, language: Language) -> str:
    """Return the criterion whose weight moves the region's rate most; an empty text where none does."""
    swings = [abs(per_ten(region, c) or 0.0) for c in range(len(record.criteria))]
    return criteria(record, language)[swings.index(max(swings))] if max(swings) > 1e-9 else ""


def _range(region: RegionSweep) -> str:
    return f"{(region.highest - region.lowest) * 100 * region.point_10kt:.1f}"
