"""Yearly budgets against what was emitted, in sentences; their table is `reports.tracking.sheet.budgets_table`."""

from __future__ import annotations

from reports.printing.numbers import tonnes
from reports.tracking.record import BudgetYear, TrackRecord
from reports.words.tracking import WORDS
from scenarios.wording import Language, clauses, listed


def judged_years(years: tuple[BudgetYear, ...] | None) -> list[BudgetYear]:
    """Return the years that there are figures of."""
    return [year for year in years or () if year.actual_10kt is not None]


def budget_statements(record: TrackRecord, language: Language) -> list[str]:
    """Return where the province stands in its budget, and which regions are over theirs; nothing without budgets."""
    judged = judged_years(record.province.budget)
    if not judged:
        return []
    over = [
        WORDS.say("budget_over_of", language, name=region.label(language), over=tonnes(-last.balance_10kt))
        for region in record.regions
        if (last := judged_years(region.budget)[-1]).balance_10kt is not None and last.balance_10kt < 0
    ]
    lines = [_year(judged[-1], record.province.name.say(language), language)]
    said = {"year": judged[-1].year, "parts": clauses(over, language)}
    lines.append(WORDS.say("budgets_over" if over else "budgets_kept", language, **said))
    return lines


def outlook_statements(record: TrackRecord, language: Language) -> list[str]:
    """Return what the total comes to at the mean rates so far, who is over its cap then."""
    at = record.province.total
    if at is None:
        return []
    when = "end" if record.years_left == 0 else "forecast"
    said = {"end": record.end_year, "expected": tonnes(at.expected_10kt), "cap": tonnes(at.cap_10kt)}
    by = {"by": tonnes(abs(at.over_10kt))}
    lines = [WORDS.say(f"total_{when}_{'within' if at.within else 'over'}", language, **said, **by)]
    cities = [(region, region.total) for region in record.regions if region.total is not None]
    over = sorted((pair for pair in cities if not pair[1].within), key=lambda pair: -pair[1].over_10kt)
    named = [
        WORDS.say("risk", language, name=region.label(language), tonnes=tonnes(total.over_10kt))
        for region, total in over
    ]
    if named:
        lines.append(WORDS.say("total_over_of", language, end=record.end_year, regions=listed(named, language)))
    elif cities:
        lines.append(WORDS.say("total_over_none", language, end=record.end_year))
    return lines


def total_light_statements(record: TrackRecord, language: Language) -> list[str]:
    """Return the light of the province's total with its reason, and how many regions have which; nothing without."""
    at = record.province.total
    if at is None or at.light is None:
        return []
    reason = f"total_light_{'kept' if at.kept else 'above'}_{'within' if at.within else 'over'}"
    figures = {"emissions": tonnes(at.emissions_10kt), "path": tonnes(at.path_10kt)}
    why = WORDS.say(reason, language, year=record.year, end=record.end_year, **figures)
    lines = [WORDS.say("total_light", language, light=WORDS.say(at.light, language), reason=why)]
    lights = [region.total.light for region in record.regions if region.total is not None]
    if lights:
        counts = {light: lights.count(light) for light in ("red", "yellow", "green")}
        lines.append(WORDS.say("total_lights", language, **counts))
    return lines


def total_peak_statements(record: TrackRecord, language: Language) -> list[str]:
    """Return whether the province's total peaks by the year that is asked; nothing where none is."""
    peak = record.province.total_peak
    if peak is None:
        return []
    code = "total_peak_missed" if not peak.held else "total_peak_end" if peak.later == peak.year else "total_peak_held"
    said: dict[str, object] = {"asked": peak.year}
    if code != "total_peak_end":
        said |= {"then": tonnes(peak.budget_10kt), "later": peak.later, "most": tonnes(peak.largest_10kt)}
    return [WORDS.say(code, language, **said)]


def _year(year: BudgetYear, name: str, language: Language) -> str:
    balance, so_far = year.balance_10kt or 0.0, year.so_far_10kt or 0.0
    return WORDS.say(
        "budget_line", language, name=name, year=year.year, budget=tonnes(year.budget_10kt),
        carried=_carried(year, language), actual=tonnes(year.actual_10kt or 0.0),
        balance=WORDS.say("budget_left" if balance >= 0 else "budget_short", language, by=tonnes(abs(balance))),
        so_far=WORDS.say("budget_left" if so_far >= 0 else "budget_short", language, by=tonnes(abs(so_far))),
    )  # fmt: skip


def _carried(year: BudgetYear, language: Language) -> str:
    return WORDS.say("budget_carried", language, by=tonnes(year.carried_10kt)) if year.carried_10kt else ""
