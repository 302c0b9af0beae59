"""What a letter to one city says: every figure as printed, every sentence whole, from the plan alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor, fsum, log10

from reports.letters.addressee import addressee
from reports.planning.argument import weights
from reports.planning.listing import held_by
from reports.planning.record import IndicatorRecord, PlanRecord, RegionRecord
from reports.printing.document import one_line
from reports.printing.falls import asks, falls_by
from reports.printing.numbers import all_digits, figure, printed_change, rate, short, signed, unparted
from reports.printing.table import Table
from reports.publishing.columns import CAP, RATE, rate_digits
from reports.publishing.official import official_sheet
from reports.words import LABELS, unit_label
from reports.words.tracking import WORDS as PATHS
from scenarios.file.publishing import Printed
from scenarios.quantities import in_own_words
from scenarios.schema_types import Words
from scenarios.tables.cells import grid_digits, per_cent
from scenarios.wording import Language, percent

_TELLING = 3
"""Decimals of the largest value of an indicator below ten, as it is printed beside the mean."""


@dataclass(frozen=True)
class Said:
    """A figure and what it is."""

    label: str
    value: str


@dataclass(frozen=True)
class YearOfTarget:
    """One year: what is cut by its end and in it, the intensity then, and the budget where there is one."""

    year: str
    cumulative: str
    step: str
    intensity: str
    budget: str


@dataclass(frozen=True)
class Span:
    """A bar from one place of its scale to another, 0 to 1."""

    start: float
    end: float


@dataclass(frozen=True)
class Measure:
    """One indicator: its name with the unit, the city's value, the mean, what it moves the reference by, both bars."""

    label: str
    own: str
    mean: str
    effect: str
    own_bar: Span
    mean_bar: Span


@dataclass(frozen=True)
class About:
    """What the office says of itself where that is not in the scenario; what nobody says is a visible blank."""

    contact: str = ""
    office: str = ""
    date: str = ""
    number: str = ""


@dataclass(frozen=True)
class Letter:
    """One letter; its fields are what a template may name."""

    subject: str
    city: str
    whom: str  # The government that it goes to
    you: str  # What it calls the city
    province: str
    scenario: str  # Its title
    lead: str
    target: str  # As printed in the official table, with its sign
    asked: str  # The same as a sentence
    cap: str  # The target of the total in a sentence; "" without caps
    goals: tuple[Said, ...]  # The city's row of the official table
    years: tuple[YearOfTarget, ...]
    years_note: str  # By which path; "" without years
    intensity_head: str
    budget_head: str  # "" without budgets
    reason: str
    measures: tuple[Measure, ...]
    held: str
    point: str  # "" where a point has no amount
    last: str  # "" without a last period
    basis: str  # "" without one
    contact: str
    office: str
    date: str
    number: str  # Of the document; "" where nobody says one
    proof: str


@in_own_words
def letters(
    record: PlanRecord, language: Language, trace: tuple[str, str], paths: Sequence[Sequence[float]], about: About
) -> tuple[Letter, ...]:
    """Return a letter for each region of a plan, in its order.

    `trace`: file name and SHA-256 of the plan.json.
    `paths`: cumulative reductions of each region, a year each after the base year, fractions; empty of a share.
    """
    table = official_sheet(record, language, trace).tables[-1]
    means = _means(record)
    return tuple(_letter(record, n, language, trace, paths[n] if paths else (), about, table, means)
                 for n in range(len(record.regions)))  # fmt: skip


def _letter(
    record: PlanRecord, n: int, language: Language, trace: tuple[str, str], path: Sequence[float], about: About,
    table: Table, means: Sequence[float],
) -> Letter:  # fmt: skip
    region, scenario = record.regions[n], record.scenario
    city, province = one_line(region.label(language)), one_line(record.province.name.say(language))
    years = {"first": scenario.base_year + 1, "base": scenario.base_year, "end": scenario.end_year}
    printed = scenario.publish or Printed()
    budgets = region.cap.years_10kt if region.cap is not None else None
    basis, to = scenario.basis, addressee(region.name, region.label(language), language)
    target, both = _target(table, n, language), region.cap is not None and not record.measured.stands_alone
    return Letter(
        subject=LABELS.say("letter_subject_both" if both else "letter_subject", language, city=to.name, **years),
        city=city,
        whom=to.whom,
        you=to.you,
        province=province,
        scenario=one_line(scenario.title.say(language)),
        lead=LABELS.say(
            "letter_lead", language, province=province, cut=_province_target(record, language), you=to.you, **years
        ),
        target=target,
        asked=LABELS.say("letter_asked", language, you=to.you, cut=_cut(record, region, target, language), **years),
        cap=_cap(record, region, to.you, language),
        goals=_goals(table, n, language),
        years=tuple(_years(record, region, path, budgets or ())),
        years_note=_years_note(record, language) if path else "",
        intensity_head=LABELS.say("letter_intensity", language),
        budget_head=LABELS.say("letter_budget", language) if budgets else "",
        reason=one_line(region.reason.say(language)),
        measures=tuple(_measures(record, region, means, language)),
        held=_held(record, region, to.you, language),
        point=_point(record, region, to.you, language),
        last=_last(record, region, language),
        basis="" if basis is None else LABELS.say("letter_basis", language, basis=one_line(basis.say(language))),
        contact=_own(about.contact, printed.contact, "letter_no_contact", language),
        office=_own(about.office, printed.office, "letter_no_office", language),
        date=_own(about.date, None, "letter_no_date", language),
        number=one_line(about.number or printed.number or ""),
        proof=LABELS.say("letter_proof", language, file=trace[0], digest=trace[1][:16]),
    )  # fmt: skip


def _own(given: str, scenario: Words | None, blank: str, language: Language) -> str:
    """Return what the office says of itself: as given, as the scenario says it, or a visible blank."""
    return one_line(given or (scenario.say(language) if scenario else "")) or LABELS.say(blank, language)


def _province_target(record: PlanRecord, language: Language) -> str:
    """Return what the province is asked, in words; of a share the share itself."""
    target = record.province.target
    return (
        f"{short(target)}{percent(language)}" if record.province.share is not None else falls_by(target, language, None)
    )


def _target(table: Table, n: int, language: Language) -> str:
    """Return a region's cell of the column of targets, with its sign."""
    codes = [column.code for column in table.columns]
    return table.rows[n][codes.index(RATE)] + percent(language)


def _cut(record: PlanRecord, region: RegionRecord, target: str, language: Language) -> str:
    """Return a region's target in words, with the decimals of the official table; of a share the share itself."""
    if record.province.share is not None:
        return target
    return asks(Decimal(repr(region.published_rate)), language, rate_digits(record))


def _cap(record: PlanRecord, region: RegionRecord, you: str, language: Language) -> str:
    """Return the region's cap on the total as a sentence; nothing where it has none, or it is the target itself."""
    if region.cap is None or record.measured.stands_alone:
        return ""
    cap = all_digits(region.cap.cap_10kt, part=",")
    return LABELS.say("letter_cap", language, you=you, cap=cap, end=record.scenario.end_year)


def _goals(table: Table, n: int, language: Language) -> tuple[Said, ...]:
    """Return the region's row of the official table but for its name, blank cells left out."""
    pairs = zip(table.columns, table.rows[n], strict=True)
    own = ((column, cell) for column, cell in pairs if column.code != "name" and cell)
    return tuple(Said(c.head(language), all_digits(cell, part=",") if c.code == CAP else cell) for c, cell in own)


def _years(
    record: PlanRecord, region: RegionRecord, path: Sequence[float], budgets: Sequence[float]
) -> list[YearOfTarget]:  # fmt: skip
    """Return the years of a region's path; of a level amounts stand in place of intensities."""
    level = record.measured.stands_alone
    start, digits = (region.emissions_10kt, 2) if level else (region.intensity, 4)
    found = []
    for t, done in enumerate(path):
        before = path[t - 1] if t else 0.0
        found.append(YearOfTarget(
            year=str(record.scenario.base_year + 1 + t),
            cumulative=rate(done),
            step=rate(None if before == 1 else 1 - (1 - done) / (1 - before)),
            intensity=unparted(start * (1 - done), digits),
            budget=all_digits(budgets[t], part=",") if budgets else "",
        ))  # fmt: skip
    return found


def _years_note(record: PlanRecord, language: Language) -> str:
    path = PATHS.say(f"path_{record.scenario.path or 'geometric'}", language)
    return LABELS.say("letter_path", language, path=path)


def _means(record: PlanRecord) -> list[float]:
    """Return the mean of each indicator, weighted as scores are; none where a plan does not hold its values."""
    rows = [region.values for region in record.regions if region.values is not None]
    if len(rows) < len(record.regions):
        return []
    shares = weights(record)
    return [fsum(w * value for w, value in zip(shares, column, strict=True)) / fsum(shares)
            for column in zip(*rows, strict=True)]  # fmt: skip


def _measures(record: PlanRecord, region: RegionRecord, means: Sequence[float], language: Language) -> list[Measure]:
    """Return the indicators of a region beside the mean of all, on a scale from nothing to the furthest region."""
    if region.values is None or not means:
        return []
    return [
        _measure(indicator, [each.values[k] for each in record.regions if each.values is not None], region.values[k],
                 means[k], region.effects[k], language)
        for k, indicator in enumerate(record.indicators)
    ]  # fmt: skip


def _measure(
    indicator: IndicatorRecord, every: Sequence[float], own: float, mean: float, effect: float, language: Language
) -> Measure:  # fmt: skip
    low, high = min(0.0, *every), max(0.0, *every)
    digits = _digits(every)
    unit = unit_label(indicator.unit, language)
    label, brackets = one_line(indicator.label.say(language)), "（{}）" if language == "zh" else " ({})"

    def bar(value: float) -> Span:
        ends = sorted(((each - low) / (high - low) if high > low else 0.0) for each in (0.0, value))
        return Span(ends[0], ends[1])

    return Measure(
        label + (brackets.format(one_line(unit)) if unit else ""), figure(own, digits), figure(mean, digits),
        signed(effect), bar(own), bar(mean),
    )  # fmt: skip


def _digits(values: Sequence[float]) -> int:
    """Return with how many decimals values are printed: as many as they have, and no more than tell them apart."""
    largest = max(map(abs, values))
    most = max(0, min(4, _TELLING - (floor(log10(largest)) if largest else 0)))
    return next((n for n in range(most) if all(round(value, n) == value for value in values)), most)


def _held(record: PlanRecord, region: RegionRecord, you: str, language: Language) -> str:
    """Return within which bounds a target must be and what decided it besides the score."""
    said = held_by(region, record.scenario.grid, language)
    values = {"lower": short(region.lower), "upper": short(region.upper), "grid": short(record.scenario.grid)}
    if record.agreed is not None:
        return LABELS.say("letter_held_agreed", language, you=you, **values)
    if said == "–":
        return LABELS.say("letter_held_nothing", language, you=you, **values)
    return LABELS.say("letter_held", language, held=said, **values)


def _point(record: PlanRecord, region: RegionRecord, you: str, language: Language) -> str:
    """Return what a point of the region's target and of the province's is worth; nothing of a share."""
    if record.province.share is not None:
        return ""
    own = region.emissions_10kt * region.growth / 100
    amounts = {"own": figure(own, 2), "all": figure(record.province.point_10kt, 2)}
    return LABELS.say("letter_point", language, you=you, end=record.scenario.end_year, **amounts)


def _last(record: PlanRecord, region: RegionRecord, language: Language) -> str:
    """Return the target of the last period and how far this one is from it."""
    if region.last_rate is None:
        return ""
    digits = grid_digits(Decimal(repr(record.scenario.grid)))
    change = printed_change(region.last_rate, region.published_rate, max(digits, 2))
    said = {"last": short(region.last_rate), "now": per_cent(region.published_rate, digits), "change": change}
    return LABELS.say("letter_last", language, **said)
