"""What a sweep found, in sentences: the same on the terminal, on the page and in the report."""

from __future__ import annotations

from reports.printing.numbers import below, minus, scientific
from reports.sweeping.phrases import class_name, first_of, moved, nobody_moves, share, what_varies
from reports.sweeping.record import STANDS, RegionSweep, SweepRecord
from reports.words import LABELS, goal
from reports.words.sweeping import WORDS
from scenarios.tables.cells import per_cent
from scenarios.wording import Language, clauses, running


def sweep_statements(record: SweepRecord, language: Language) -> list[str]:
    """Return what a sweep found: whose class stands, how often the tables change, whether every split backs the
    province, what moves a class, and on what all this rests."""  # noqa: D205, D209
    statements = [
        *_standing(record, language),
        *_classes(record, language),
        _table_kept(record, language),
        *_rounded(record, language),
        *_fragile(record, language),
        *_pairs(record, language),
        _widest(record, language),
        *_backed(record, language),
        *_held(record, language),
        _sampled(record, language),
    ]
    if record.basis is not None:
        statements.append(LABELS.say("basis", language, basis=record.basis.say(language)))
    return statements


def headline(record: SweepRecord, language: Language) -> str:
    """Return the whole sweep in a sentence: whose class stands; and in another how often the printed table does not."""
    stable, n = sum(region.stable for region in record.regions), len(record.regions)
    code = "headline_all" if stable == n else "headline" if stable else "headline_none"
    said = WORDS.say(code, language, n=n, stable=stable, open=n - stable, what=what_varies(record, language))
    tried, kept = record.rounded_samples, round(record.rounded_kept * record.rounded_samples)
    if kept == tried:
        return said
    code = "headline_table" if stable == n else "headline_table_open"
    counts = {"tried": f"{tried:,}", "kept": f"{kept:,}", "changed": f"{record.rounded_changed:.1f}"}
    return running([said, WORDS.say(code, language, **counts)], language)


def region_statement(record: SweepRecord, region: RegionSweep, language: Language) -> str:
    """Return what the sweep says about one region."""
    rates = {
        "rate": minus(per_cent(region.rate)),
        "low": minus(per_cent(region.lowest)),
        "high": minus(per_cent(region.highest)),
    }
    own = {"stands": share(region.stands), "own": class_name(region.class_, language)}
    said = WORDS.say("region_said", language, name=region.label(language), **rates, **own)
    return running(filter(None, (said, moved(record, region, language))), language)


def _standing(record: SweepRecord, language: Language) -> list[str]:
    """Return which classes stand and which do not, the most open first."""
    bar = f"{STANDS * 100:g}"
    stable = sorted((r for r in record.regions if r.stable), key=lambda r: -r.stands)
    open_ = sorted((r for r in record.regions if not r.stable), key=lambda r: r.stands)
    statements = [WORDS.say("stands_none", language, bar=bar)]
    if stable:
        names = [_with_class("stands_one", r, language) for r in stable]
        regions = first_of(names, language)
        statements = [WORDS.say("stands", language, bar=bar, count=len(stable), regions=regions)]
    if open_:
        names = [_with_class("open_one", r, language) for r in open_]
        what = what_varies(record, language)
        regions = first_of(names, language)
        statements.append(WORDS.say("open", language, what=what, count=len(open_), regions=regions))
    return statements


def _with_class(code: str, region: RegionSweep, language: Language) -> str:
    """Return a region with its class and, where asked, the class it is in next often."""
    others = [(value, k + 1) for k, value in enumerate(region.shares) if k + 1 != region.class_]
    value, other = max(others, default=(0.0, region.class_), key=lambda found: (found[0], -found[1]))
    own = {"class_": class_name(region.class_, language), "share": share(region.stands)}
    next_often = {"other": class_name(other, language), "other_share": share(value)}
    return WORDS.say(code, language, name=region.label(language), **own, **next_often)


def _classes(record: SweepRecord, language: Language) -> list[str]:
    """Return what the classes are, and whose computed rate is nearer to another class than the printed one."""
    digits = 2 if not record.classes_published else 1
    rates = [
        WORDS.say("class_rate", language, class_=class_name(c.number, language), rate=minus(per_cent(c.rate, digits)))
        for c in record.classes
    ]
    code = "classes_published" if record.classes_published else "classes_proposed"
    statements = [WORDS.say(code, language, classes=first_of(rates, language))]
    if record.classes_published:
        apart = [
            {"name": r.label(language), "printed": class_name(number, language), "own": class_name(r.class_, language)}
            for r in record.regions
            if (number := _printed_class(record, r)) != r.class_
        ]
        named = [WORDS.say("class_apart_one", language, **said) for said in apart]
        if named:
            statements.append(WORDS.say("class_apart", language, regions=first_of(named, language)))
    return statements


def _printed_class(record: SweepRecord, region: RegionSweep) -> int:
    return min(record.classes, key=lambda c: abs(c.rate - region.published_rate)).number


def _table_kept(record: SweepRecord, language: Language) -> str:
    mean = sum(count * part for count, part in enumerate(record.moved))
    most = max((count for count, part in enumerate(record.moved) if part > 0), default=0)
    return WORDS.say("table_kept", language, share=share(record.tables_kept), mean=f"{mean:.1f}", most=most)


def _rounded(record: SweepRecord, language: Language) -> list[str]:
    """Return how often the printed table changes."""
    tried = record.rounded_samples
    if not tried:
        return []
    code = "rounded_classed" if record.classes_published else "rounded"
    kept = {"kept": round(record.rounded_kept * tried), "share": share(record.rounded_kept)}
    return [WORDS.say(code, language, tried=f"{tried:,}", changed=f"{record.rounded_changed:.1f}", **kept)]


def _fragile(record: SweepRecord, language: Language) -> list[str]:
    """Return which region the least change of weights moves to another class."""
    if nobody_moves(record):
        return [WORDS.say("moved_nobody", language)]
    movable = [(r.radius.shift, n) for n, r in enumerate(record.regions) if r.radius is not None]
    if not movable:
        return []
    region = record.regions[min(movable)[1]]
    return [WORDS.say("fragile", language, name=region.label(language), moved=moved(record, region, language))]


def _pairs(record: SweepRecord, language: Language) -> list[str]:
    """Return the pairs whose order is most open."""
    if not record.design.compared_pairs:
        return [WORDS.say("pairs_skipped", language)] if len(record.regions) > 1 else []
    if not record.pairs:
        return [WORDS.say("pairs_none", language)]
    names = {region.id: region.label(language) for region in record.regions}
    pairs = [
        WORDS.say("pair_one", language, a=names[pair.a], b=names[pair.b], share=share(pair.a_higher))
        for pair in record.pairs[:3]
    ]
    return [WORDS.say("pairs", language, pairs=clauses(pairs, language))]


def _widest(record: SweepRecord, language: Language) -> str:
    region = widest(record)
    points = (region.highest - region.lowest) * 100
    ends = {"low": minus(per_cent(region.lowest)), "high": minus(per_cent(region.highest))}
    span = {"points": f"{points:.2f}", "tonnes": f"{points * region.point_10kt:,.1f}"}
    return WORDS.say("widest", language, name=region.label(language), **ends, **span)


def widest(record: SweepRecord) -> RegionSweep:
    """Return the region whose rate moves over the widest range."""
    return max(record.regions, key=lambda region: region.highest - region.lowest)


def _backed(record: SweepRecord, language: Language) -> list[str]:
    """Return that every split backs the province, and which samples have none and why."""
    design = record.design
    misfit = scientific(design.misfit * 100, "×")
    both, asked = record.asked is not None, record.target if record.asked is None else record.asked
    exact = {"misfit": misfit, "below": below(design.misfit * 100)}
    said = {"samples": f"{design.samples:,}", "target": minus(per_cent(asked)), **exact}
    statements = [WORDS.say("backed_both" if both else "backed", language, **said)]
    left_out = (("refused", design.refused), ("unreached", design.unreached))
    of = goal(both, language)
    lost = [WORDS.say(code, language, count=f"{count:,}", goal=of) for code, count in left_out if count]
    return [*statements, *lost, WORDS.say("shares_without", language)] if lost else statements


def _held(record: SweepRecord, language: Language) -> list[str]:
    design = record.design
    if not design.held_against_model:
        return []
    difference = scientific(design.worst_difference * 100, "×")
    exact = {"difference": difference, "below": below(design.worst_difference * 100)}
    return [WORDS.say("held", language, count=f"{design.held_against_model:,}", **exact)]


def _sampled(record: SweepRecord, language: Language) -> str:
    """Return what was sampled, and how."""
    design = record.design
    weights = "weights" in design.over
    sampler = f"sampler_{design.sampler}" if weights else "sampler_none"
    parts = [WORDS.say(sampler, language, concentration=f"{design.concentration or 0:g}")]
    if design.fixed and weights:
        labels = {c.key: c.label.say(language) for c in record.criteria}
        fixed = [
            WORDS.say("fixed_one", language, criterion=labels.get(key, key), weight=f"{weight * 100:g}")
            for key, weight in design.fixed.items()
        ]
        parts.append(WORDS.say("fixed", language, fixed=first_of(fixed, language)))
    others = [WORDS.say(f"over_{choice}", language) for choice in design.over if choice != "weights"]
    if others:
        parts.append(WORDS.say("over", language, over=first_of(others, language)))
    asked = design.samples + design.refused + design.unreached
    how = ("，" if language == "zh" else ", ").join(parts)
    return WORDS.say("sampled", language, how=how, seed=design.seed, asked=f"{asked:,}")
