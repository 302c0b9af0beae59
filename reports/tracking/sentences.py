"""The years after a split in sentences."""

from __future__ import annotations

from collections import Counter

from reports.printing.numbers import apart, rate, share
from reports.tracking.ahead import project_statements, resplit_statements
from reports.tracking.budgets import (
    budget_statements,
    outlook_statements,
    total_light_statements,
    total_peak_statements,
)
from reports.tracking.levels import level_statements, light_name
from reports.tracking.offsets import offset_statements
from reports.tracking.record import PeakRecord, RegionTrack, Standing, TrackRecord
from reports.words import LABELS
from reports.words.tracking import WORDS
from scenarios.quantities import in_own_words
from scenarios.tables.cells import per_cent
from scenarios.tables.counted import reaches
from scenarios.wording import Language, listed

LEAST_10KT = 0.05
"""What is less is printed as 0.0 万吨."""


@in_own_words
def track_statements(record: TrackRecord, language: Language) -> list[str]:
    """Return everything a tracking has to say: targets and paths, the province, its regions, peaks and budget."""
    return [
        *province_statements(record, language),
        *region_statements(record, language),
        *level_statements(record, language),
        *budget_statements(record, language),
        *peak_statements(record, language),
        *resplit_statements(record, language),
        *project_statements(record, language),
        *offset_statements(record, language),
        *note_statements(record, language),
    ]


def province_statements(record: TrackRecord, language: Language) -> list[str]:
    """Return what the targets are, whether the paths hold the province, and where it stands."""
    code = "targets_plan" if record.targets == "plan" else "targets_table"
    targets = WORDS.say(code, language, table=record.targets)
    return [targets, *_held(record, language), *_province(record, language)]


def note_statements(record: TrackRecord, language: Language) -> list[str]:
    """Return what the figures rest on."""
    lines = [WORDS.say("by_growth", language)] if record.form == "reductions" else []
    if record.levelled:
        lines.append(WORDS.say("note_levels", language))
    lines.append(WORDS.say("printed_rates" if record.printed_rates else "exact_rates", language))
    for basis, code in ((record.actuals_basis, "actuals_basis"), (record.basis, "basis")):
        if basis is not None:
            words = WORDS if code == "actuals_basis" else LABELS
            lines.append(words.say(code, language, basis=basis.say(language)))
    return lines


@in_own_words
def province_row_note(record: TrackRecord, language: Language) -> list[str]:
    """Return what the province is over its own path, where the sum of the regions in its row is another figure."""
    province, t = record.province, len(record.years) - 1
    if t < 0:
        return []
    path, done = province.path[t], province.cumulative_reduction
    own = province.emissions_10kt[t + 1] * (1 - (1 - path) / (1 - done))
    if abs(own - province.excess_10kt) < LEAST_10KT:
        return []
    code = "province_row" if own >= 0 else "province_row_under"
    figures = {"on_path": rate(province.on_path_reduction), "path": rate(path), "own": f"{abs(own):,.1f}"}
    return [WORDS.say(code, language, **figures)]


@in_own_words
def headline(record: TrackRecord, language: Language) -> str:
    """Return title and year."""
    return WORDS.say("headline", language, title=record.title.say(language), year=record.year)


def _held(record: TrackRecord, language: Language) -> list[str]:
    """Return the years in which the paths do not hold the province, or that they always do."""
    lines = []
    if not record.backed:
        implied, target, _ = apart(record.implied_reduction, record.province.target + record.margin)
        lines.append(WORDS.say("not_backed", language, implied=implied, target=target))
    kind = WORDS.say(f"path_{record.path.kind}", language)
    failing = [year for year in record.held if not year.held and year.year < record.end_year]
    if record.backed and not failing:
        lines.append(WORDS.say("held_all", language, kind=kind))
    for year in failing:
        lifted = "held_never" if year.lifted_share is None else "held_lifted"
        values = {} if year.lifted_share is None else {
            "share": per_cent(year.lifted_share), "planned": per_cent(year.share)
        }  # fmt: skip
        implied, required, points = apart(year.implied, year.required, 3)
        lines.append(
            WORDS.say(
                "held_not", language, year=year.year, implied=implied, required=required,
                points=points, tonnes=f"{year.short_10kt:,.1f}", lifted=WORDS.say(lifted, language, **values),
            )
        )  # fmt: skip
    return lines


def _province(record: TrackRecord, language: Language) -> list[str]:
    province = record.province
    done = {"done": rate(province.cumulative_reduction), "progress": share(province.progress)}
    if province.remaining_reduction < 0:
        lines = [WORDS.say("province_more", language, **done)]
    elif province.remaining_annual_rate is None:
        lines = [WORDS.say("province_over", language, **done)]
    else:
        rest = {"rest": rate(province.remaining_reduction), "annual": rate(province.remaining_annual_rate)}
        path = share(province.path_progress)
        lines = [WORDS.say("province_so_far", language, left=record.years_left, path=path, **done, **rest)]
    light = light_name(record, province.light, language)
    lines.append(WORDS.say("province_light", language, light=light, reason=province.reason.say(language)))
    lines += total_light_statements(record, language)  # beside that of the intensity, which it may belie
    code = "province_on_path" if province.excess_10kt >= 0 else "province_on_path_under"
    if abs(province.excess_10kt) < LEAST_10KT:
        code = "province_on_path_even"
    values = {"on_path": rate(province.on_path_reduction)}
    if code != "province_on_path_even":
        values["excess"] = f"{abs(province.excess_10kt):,.1f}"
    lines.append(WORDS.say(code, language, **values))
    if province.stated_reduction is not None:
        stated = rate(province.stated_reduction)
        lines.append(WORDS.say("province_stated", language, stated=stated, done=done["done"]))
    return [*lines, *_forecast(record, language), *_total(record, language), *_to_date(record, language)]


def _total(record: TrackRecord, language: Language) -> list[str]:
    """Return what is to be said of the province's total: its forecast, and its peak."""
    return [*outlook_statements(record, language), *total_peak_statements(record, language)]


def _forecast(record: TrackRecord, language: Language) -> list[str]:
    """Return what the period comes to at the mean rate so far, and who is over then."""
    province = record.province
    trend = province.forecast_trend
    if trend is None or province.risk_10kt is None or record.years_left == 0:
        return []
    values = {"end": record.end_year, "trend": rate(trend), "target": rate(province.target)}
    if reaches(trend, province.target, record.printed_rates):
        first = WORDS.say("forecast_enough", language, **values)
    else:
        values["trend"], values["target"], points = apart(trend, province.target)
        first = WORDS.say("forecast", language, points=points, tonnes=f"{province.risk_10kt:,.1f}", **values)
    over = sorted(((r.risk_10kt or 0.0, r) for r in record.regions), key=lambda pair: -pair[0])
    named = [
        WORDS.say("risk", language, name=region.label(language), tonnes=f"{tonnes:,.1f}")
        for tonnes, region in over
        if tonnes >= LEAST_10KT
    ]
    if not named:
        return [first, WORDS.say("no_risks", language)]
    return [first, WORDS.say("risks", language, regions=listed(named, language))]


def region_statements(record: TrackRecord, language: Language) -> list[str]:
    """Return how many lights there are of each kind, and a sentence a region."""
    counts = Counter(region.light for region in record.regions)
    lines = [
        WORDS.say(
            "levels" if record.levelled else "lights",
            language,
            **{light: counts[light] for light in ("red", "yellow", "green")},
        )
    ]
    return [*lines, *(_region(record, region, language) for region in record.regions)]


def _region(record: TrackRecord, region: RegionTrack, language: Language) -> str:
    """Return where one region stands; at the end of the period, or ahead of its target, nothing is left to say of."""
    said = {
        "name": region.label(language),
        "light": light_name(record, region.light, language, short=True),
        "target": rate(region.target),
        "done": rate(region.cumulative_reduction),
        "reason": region.reason.say(language),
    }
    if region.remaining_annual_rate is None:
        return WORDS.say("region_over", language, **said)
    if region.remaining_reduction <= 0:
        return WORDS.say("region_ahead", language, **said)
    rest = {"rest": rate(region.remaining_reduction), "annual": rate(region.remaining_annual_rate)}
    return WORDS.say("region_line", language, **said, **rest)


def _to_date(record: TrackRecord, language: Language) -> list[str]:
    """Return the year so far of the province and of all regions that are not green."""
    known: list[tuple[str, Standing]] = [(record.province.name.say(language), record.province)]
    known += [(r.label(language), r) for r in record.regions if r.year_to_date and r.year_to_date.light != "green"]
    lines = []
    for name, standing in known:
        part = standing.year_to_date
        if part is not None:
            lines.append(
                WORDS.say(
                    "to_date_level" if record.levelled else "to_date", language,
                    name=name, year=part.year, quarter=part.quarter,
                    reduction=rate(part.reduction), annual=rate(part.annual_target),
                    light=light_name(record, part.light, language), reason=part.reason.say(language),
                )
            )  # fmt: skip
    return lines


def peak_statements(record: TrackRecord, language: Language) -> list[str]:
    """Return when the province peaks, and every region that is asked to, or does within the period; the budget."""
    lines = [_peak(record.province.name.say(language), record.province.peak, record, language)]
    for region in record.regions:
        within = (region.peak.planned_peak, region.peak.expected_peak) != (None, None)
        if region.peak.asked is not None or within:
            lines.append(_peak(region.label(language), region.peak, record, language))
    return [*lines, _budget(record, language)]


def _peak(name: str, peak: PeakRecord, record: TrackRecord, language: Language) -> str:
    def said(year: int | None) -> str:
        if year is None:
            return WORDS.say("peak_none", language, end=record.end_year)
        if year == record.base_year:
            return WORDS.say("peak_base", language)
        return WORDS.say("peak_in", language, year=year)

    asked = ""
    if peak.asked is not None:
        asked = WORDS.say("peak_kept" if peak.expected_in_time else "peak_late", language, year=peak.asked)
    expected = said(peak.expected_peak)
    code = "peak" if record.province.budget is None else "peak_rates"
    return WORDS.say(code, language, name=name, planned=said(peak.planned_peak), expected=expected, asked=asked)


def _budget(record: TrackRecord, language: Language) -> str:
    peak = record.province.peak
    return WORDS.say(
        "budget", language, first=record.base_year + 1, end=record.end_year, budget=f"{peak.budget_10kt:,.1f}",
        spent=f"{peak.spent_10kt:,.1f}", expected=f"{peak.expected_total_10kt:,.1f}",
    )  # fmt: skip
