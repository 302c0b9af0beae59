"""The slides of a plan, one after the other: what each says is taken from the plan's own sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from reports.planning.argument import waterfall_steps
from reports.planning.record import PlanRecord, RegionRecord
from reports.planning.sentences import (
    identity_statement,
    province_statements,
    robustness_statement,
    search_statements,
    verdict_statement,
)
from reports.printing.document import one_line
from reports.printing.falls import falls_by
from reports.printing.numbers import all_digits, figure, minus, short, signed, unparted
from reports.printing.table import Column, Table
from reports.publishing.columns import CAP, INCENTIVE, RATE
from reports.publishing.official import official_sheet
from reports.slides.deck import Deck, Fact, Slide, blocks, short_names
from reports.slides.pictures import beginning, carried, plan_map, shown, spread, standing, waterfall, years
from reports.words import LABELS
from reports.words.tracking import WORDS as PATHS
from scenarios.quantities import in_own_words
from scenarios.tables.cells import grid_digits, per_cent
from scenarios.wording import Language, listed, percent

if TYPE_CHECKING:
    from reports.sweeping.record import SweepRecord

_SHOWN = ("name", RATE, INCENTIVE, CAP, "class", "annual")
_ROWS, _BESIDE_A_MAP, _ACROSS = 16, 24, 4
_YEARS_NAMED = 16
_MOST_NAMED = 8
_SAID_OF_SWEEP = 3
_HAIR = 0.00005  # half a hundredth of a point


@dataclass(frozen=True)
class Source:
    """What slides are made of."""

    record: PlanRecord
    trace: tuple[str, str]  # File name and SHA-256 of the plan.json
    paths: Sequence[Sequence[float]]  # Cumulative reductions of the regions by year; empty of a share
    whole: Sequence[float]  # Those that are asked of the province
    sweep: SweepRecord | None = None

    @property
    def measured(self) -> object:
        """The quantity that the target is of."""
        return self.record.measured


@in_own_words
def deck(source: Source, language: Language) -> Deck:
    """Return the slides of a plan."""
    record = source.record
    title = one_line(record.scenario.title.say(language))
    slides = [
        _task(record, title, language),
        *([] if record.measured.stands_alone else [_composition(record, language)]),
        _split(source, language),
        _standing(record, language),
        *([] if source.sweep is None else [_sure(record, source.sweep, language)]),
        *([_years(source, language)] if source.paths else []),
        _decide(source, language),
    ]
    foot = LABELS.say("slide_foot", language, title=title, digest=source.trace[1][:16])
    return Deck(title, foot, record.provenance.created, tuple(slides))


def _task(record: PlanRecord, title: str, language: Language) -> Slide:
    """Return what is asked of the province, and that the split backs it."""
    province, share = record.province, record.province.share
    target = f"{short(province.target)}{percent(language)}" if share else falls_by(province.target, language, None)
    facts = [
        Fact(LABELS.say("fact_target", language), target),
        Fact(LABELS.say("fact_implied", language), _together(record, language)),
        _in_points("fact_over", f"{province.overshoot_points:.2f}", language),
        Fact(LABELS.say("slide_fact_regions", language), str(len(record.regions))),
    ]
    if not record.measured.stands_alone:
        facts.insert(1, _in_points("fact_sigma", signed(province.sigma), language))
        uniform = "fact_uniform_both" if province.asks_more else "fact_uniform"
        facts.insert(2, Fact(LABELS.say(uniform, language), minus(per_cent(province.uniform_rate)) + percent(language)))
    years = {"base": record.scenario.base_year, "end": record.scenario.end_year}
    name = one_line(province.name.say(language))
    said = [
        LABELS.say("slide_task", language, province=name, cut=target, n=len(record.regions), **years),
        verdict_statement(province, language),
    ]
    if record.scenario.basis is not None:
        said.append(LABELS.say("letter_basis", language, basis=one_line(record.scenario.basis.say(language))))
    notes = "\n".join(province_statements(record, language))
    return Slide("task", title, tuple(said), tuple(facts), chart=beginning(record, language), notes=notes)


def _together(record: PlanRecord, language: Language) -> str:
    """Return what the targets come to together; of a level, which may rise, in words."""
    implied = record.province.implied_reduction
    return falls_by(implied, language) if record.measured.is_level else minus(per_cent(implied)) + percent(language)


def _in_points(code: str, value: str, language: Language) -> Fact:
    """Return a figure in points."""
    label = Column(code, LABELS.say(code, language), LABELS.say("official_points", language))
    return Fact(label.head(language), minus(value))


def _composition(record: PlanRecord, language: Language) -> Slide:
    """Return why equal rates at the target miss it, or more than reach it."""
    province = record.province
    first, second, *_ = waterfall_steps(record, language, 0)
    rates = {"target": short(province.target), "reached": minus(per_cent(first.adds + second.adds))}
    side = "none" if abs(province.sigma) < _HAIR else "short" if province.sigma > 0 else "over"
    points = f"{abs(second.adds) * 100:.2f}"
    title = LABELS.say(f"slide_composition_{side}", language, points=points, **rates)
    said = (LABELS.say("slide_composition_why", language), identity_statement(province, language))
    return Slide("composition", title, said, chart=waterfall(record, language))


def _split(source: Source, language: Language) -> Slide:
    """Return the table, and the map where there is one."""
    record = source.record
    sheet = official_sheet(record, language, source.trace, ("class", "annual"))
    table = _chosen(sheet.tables[-1], len(record.regions), language)
    rates = [region.published_rate for region in record.regions]
    digits = grid_digits(Decimal(repr(record.scenario.grid)))
    ends = {"low": unparted(min(rates) * 100, digits), "high": unparted(max(rates) * 100, digits)}
    code = "slide_split_same" if ends["low"] == ends["high"] else "slide_split"
    title = LABELS.say(code, language, **{"n": len(record.regions), **ends})
    found = plan_map(record, language) if len(record.regions) <= _BESIDE_A_MAP else None
    few = len(record.regions) <= _BESIDE_A_MAP
    beside = carried(record, language) if few and found is None and not record.measured.stands_alone else None
    alone = found is None and beside is None
    across, most = (_ACROSS, _ROWS) if alone else (1, _BESIDE_A_MAP)
    said = (LABELS.say("slide_split_note", language, end=record.scenario.end_year, base=record.scenario.base_year),)
    return Slide("split", title, said, chart=beside, tables=tuple(blocks(table, most, across)), map=found)


def _chosen(table: Table, regions: int, language: Language) -> Table:
    """Return the columns of the official table that a slide has room for, a row a region, names cut short."""
    codes = [column.code for column in table.columns]
    part = table.part(codes.index(code) for code in _SHOWN if code in codes)
    names = short_names(row[0] for row in part.rows[:regions])
    rows = [(name, *row[1:]) for name, row in zip(names, part.rows, strict=False)]
    return replace(part, rows=(*rows, *part.rows[regions:]))


def _standing(record: PlanRecord, language: Language) -> Slide:
    """Return who is asked most and least, and why."""
    order = sorted(record.regions, key=lambda r: (-r.published_rate, -r.reference_rate))
    top, bottom = order[0], order[-1]
    digits = grid_digits(Decimal(repr(record.scenario.grid)))
    names = dict(zip(("top", "bottom"), short_names([top.label(language), bottom.label(language)]), strict=True))
    rates = {"high": unparted(top.published_rate * 100, digits), "low": unparted(bottom.published_rate * 100, digits)}
    same = rates["high"] == rates["low"]
    title = LABELS.say("slide_standing_same" if same else "slide_standing", language, **names, **rates)
    said = [one_line(region.reason.say(language)) for region in ((top, bottom) if len(order) > 1 else (top,))]
    said += _at_bounds(record, language)
    if len(shown(record)) < len(order):
        said.append(LABELS.say("slide_ends_only", language, shown=len(shown(record)), n=len(order)))
    notes = "\n".join(one_line(region.reason.say(language)) for region in shown(record))
    return Slide("standing", title, tuple(said), chart=standing(record, language), notes=notes)


def _at_bounds(record: PlanRecord, language: Language) -> list[str]:
    """Return which regions stand at a bound, are held by rules, or have a rate that was agreed or kept."""
    free = [region for region in record.regions if not (region.agreed or region.kept)]
    held = {
        "slide_at_upper": [region for region in free if region.binding == "upper"],
        "slide_at_lower": [region for region in free if region.binding == "lower"],
        "slide_at_rules": [region for region in free if region.rules],
        "slide_agreed": [region for region in record.regions if region.agreed],
        "slide_kept": [region for region in record.regions if region.kept and not region.agreed],
    }
    return [LABELS.say(code, language, regions=_named(regions, language), count=len(regions))
            for code, regions in held.items() if regions]  # fmt: skip


def _named(regions: Sequence[RegionRecord], language: Language) -> str:
    """Return names in a row, of many the first."""
    names = short_names(region.label(language) for region in regions)
    more = LABELS.say("slide_and_more", language) if len(names) > _MOST_NAMED else ""
    return listed(names[:_MOST_NAMED], language) + more


def _sure(record: PlanRecord, sweep: SweepRecord, language: Language) -> Slide:
    """Return how far the targets hang on the weights, by a sweep."""
    from reports.sweeping.sentences import headline, sweep_statements

    said_of = [one_line(each) for each in sweep_statements(sweep, language)[:_SAID_OF_SWEEP]]
    note = LABELS.say("slide_sure_note", language, samples=f"{sweep.design.samples:,}")
    return Slide("sure", headline(sweep, language), (note, *said_of), chart=spread(sweep, record, language))


def _years(source: Source, language: Language) -> Slide:
    """Return the years: the province's path, and each region's where they are few."""
    record = source.record
    kind = record.scenario.path or "geometric"
    title = LABELS.say("slide_years", language, path=PATHS.say(f"path_{kind}", language))
    chosen = list(range(len(record.regions)))
    said = []
    if len(chosen) > _YEARS_NAMED:
        order = sorted(chosen, key=lambda n: -record.regions[n].published_rate)
        chosen = [*order[: _YEARS_NAMED // 2], *order[-_YEARS_NAMED // 2 :]]
        said = [LABELS.say("slide_ends_only", language, shown=len(chosen), n=len(order))]
    first = record.scenario.base_year + 1
    columns = [Column("name", LABELS.say("name", language), kind="text")]
    columns += [Column(str(first + t), str(first + t), decimals=2) for t in range(len(source.whole))]
    names = short_names(record.regions[n].label(language) for n in chosen)
    rows = [(name, *(minus(per_cent(done)) for done in source.paths[n])) for name, n in zip(names, chosen, strict=True)]
    whole = (one_line(record.province.name.say(language)), *(minus(per_cent(done)) for done in source.whole))
    table = Table(tuple(columns), (*rows, whole), "years", total=True)
    note = LABELS.say("slide_years_note_both" if record.province.asks_more else "slide_years_note", language)
    return Slide("years", title, (note, *said), tables=(table,),
                 chart=years(record, source.paths, source.whole, language))  # fmt: skip


def _decide(source: Source, language: Language) -> Slide:
    """Return what the meeting has to decide, each with the figures it rests on, and what a point of each is worth."""
    record = source.record
    title, said = LABELS.say("slide_decide", language), tuple(_decisions(record, language))
    tables = () if record.province.share is not None else (_worth(record, language),)
    scenario = one_line(record.scenario.name)
    notes = "" if source.sweep else LABELS.say("slide_no_sweep", language, scenario=scenario)
    return Slide("decide", title, said, tables=tables, notes=notes, listed=True)


def _worth(record: PlanRecord, language: Language) -> Table:
    """Return what a point of each region's target is worth, in 万吨 and in points of the province's, most first.

    Of many regions those of which it is worth most.
    """
    digits, point = grid_digits(Decimal(repr(record.scenario.grid))), record.province.point_10kt
    amounts = sorted(((_a_point(region), region) for region in record.regions), key=lambda pair: -pair[0])[:_ROWS]
    names = short_names(region.label(language) for _, region in amounts)
    unit = LABELS.say("official_cap_unit", language)
    columns = (
        Column("name", LABELS.say("name", language), kind="text"),
        Column(RATE, LABELS.say("official_rate", language), "%", decimals=digits),
        Column("worth", LABELS.say("slide_worth", language), unit, decimals=2),
        Column(
            "of_all", LABELS.say("slide_worth_of_all", language), LABELS.say("official_points", language), decimals=3
        ),
    )
    rows = tuple(
        (name, unparted(region.published_rate * 100, digits), figure(worth, 2), figure(worth / point, 3))
        for name, (worth, region) in zip(names, amounts, strict=True)
    )
    return Table(columns, rows, "worth")


def _a_point(region: RegionRecord) -> float:
    """Return what a point of a region's target is worth in the last year, 万吨."""
    return region.emissions_10kt * region.growth / 100


def _decisions(record: PlanRecord, language: Language) -> Iterator[str]:
    province, regions = record.province, record.regions
    over = {"points": minus(f"{province.overshoot_points:.2f}"), "n": len(regions)}
    years = {"base": record.scenario.base_year, "end": record.scenario.end_year}
    if not record.measured.stands_alone:
        yield LABELS.say("decide_growth", language, **years)
    yield LABELS.say("decide_table", language, implied=minus(per_cent(province.implied_reduction)), **over)
    if held := _at_bounds(record, language):
        yield LABELS.say("decide_bounds", language, held="".join(held))
    if province.share is None:
        worth = sorted(map(_a_point, regions))
        amounts = {"least": figure(worth[0], 2), "most": figure(worth[-1], 2), "all": figure(province.point_10kt, 2)}
        yield LABELS.say("decide_changes", language, **amounts)
    if province.incentive is not None:
        yield LABELS.say("decide_incentive", language, target=short(province.incentive.target))
    if province.total is not None and province.total.reserve_10kt:
        pair = province.total.pair
        reserve = province.total.reserve_10kt if pair is None else pair.reserve_10kt
        yield LABELS.say("decide_reserve", language, reserve=all_digits(round(reserve, 6), part=","))
    asked = sorted({key for region in regions for key in region.asked or ()})
    if asked or record.notices:
        yield LABELS.say("decide_data", language, count=len(record.notices) or len(asked))
    yield from robustness_statement(province, len(regions), language)
    yield from search_statements(record, language)
    yield LABELS.say("decide_after", language)
