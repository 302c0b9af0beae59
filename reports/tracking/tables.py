"""The table of a tracking: a row a region and year, then the province's."""

from __future__ import annotations

from reports.printing.numbers import MINUS, all_digits
from reports.printing.table import Column, Table
from reports.tracking.levels import light_name
from reports.tracking.record import ProvinceTrack, RegionTrack, TrackRecord
from reports.words.tracking import WORDS
from scenarios.quantities import in_own_words
from scenarios.tables.cells import per_cent
from scenarios.wording import Language

COLUMNS = (
    "id", "name", "year", "target", "annual_target", "annual", "path", "done", "progress", "rest", "rest_annual",
    "trend", "light", "reason", "excess", "risk",
)  # fmt: skip
"""Columns by code; those from `progress` on are filled in the last judged year only."""
TOTAL_COLUMNS = ("total_expected", "total_cap", "total_over", "total_light")
"""Further ones where there is a cap on the total, filled in the last judged year only."""
BUDGET_COLUMNS = ("year_budget", "carried", "actual", "balance", "so_far")
"""Further ones where there are yearly budgets, filled as far as there are figures."""

_TEXTS = {"id", "name", "light", "reason", "total_light"}


@in_own_words
def track_csv(record: TrackRecord, language: Language) -> bytes:
    """Return the table as CSV that Excel opens, columns `COLUMNS` labelled in `language`, rates in per cent.

    One row a region and year of the period; years without figures have targets only. With yearly budgets there are
    `BUDGET_COLUMNS` too.
    """
    names = [(region.id, region.label(language), region) for region in record.regions]
    rows = [row for key, name, region in names for row in _rows(record, key, name, region, language)]
    rows += _rows(record, "", WORDS.say("province", language), record.province, language)
    totals = TOTAL_COLUMNS if record.province.total is not None else ()
    codes = (*COLUMNS, *totals, *(BUDGET_COLUMNS if record.province.budget is not None else ()))
    columns = (
        Column(code, WORDS.say(f"c_{code}", language), kind="text" if code in _TEXTS else "number") for code in codes
    )
    return Table(tuple(columns), tuple(tuple(row.get(code, "") for code in codes) for row in rows)).csv()


def _rows(
    record: TrackRecord, key: str, name: str, standing: RegionTrack | ProvinceTrack, language: Language
) -> list[dict[str, str]]:
    rows = []
    for t, year in enumerate(range(record.base_year + 1, record.end_year + 1)):
        row = {
            "id": key,
            "name": name,
            "year": str(year),
            "target": per_cent(standing.target),
            "annual_target": per_cent(standing.annual_targets[t]),
            "path": per_cent(standing.path[t]),
        }
        if t < len(record.years):
            row |= {
                "annual": per_cent(standing.annual_reductions[t]),
                "done": per_cent(standing.cumulative_reductions[t]),
            }
        if year == record.year:
            row |= {
                "progress": _optional(standing.progress),
                "rest": per_cent(standing.remaining_reduction),
                "rest_annual": _optional(standing.remaining_annual_rate),
                "trend": _optional(standing.forecast_trend),
                "light": light_name(record, standing.light, language),
                "reason": standing.reason.say(language),
                "excess": f"{standing.excess_10kt:.1f}",
                "risk": "" if standing.risk_10kt is None else f"{standing.risk_10kt:.1f}",
            }
            row |= _of_total(standing, language)
        rows.append(row | _of_budget(standing, year))
    return rows


def _of_total(standing: RegionTrack | ProvinceTrack, language: Language) -> dict[str, str]:
    """Return the forecast of a total against its cap; nothing without."""
    at = standing.total
    if at is None:
        return {}
    light = "" if at.light is None else WORDS.say(at.light, language)
    figures = (f"{at.expected_10kt:.1f}", _digits(at.cap_10kt), f"{at.over_10kt:.1f}", light)
    return dict(zip(TOTAL_COLUMNS, figures, strict=True))


def _of_budget(standing: RegionTrack | ProvinceTrack, year: int) -> dict[str, str]:
    """Return a year's budget, with all digits, and its balances as far as there are figures; nothing without."""
    at = next((each for each in standing.budget or () if each.year == year), None)
    if at is None:
        return {}
    values = (at.budget_10kt, at.carried_10kt, at.actual_10kt, at.balance_10kt, at.so_far_10kt)
    return {code: _digits(value) for code, value in zip(BUDGET_COLUMNS, values, strict=True)}


def _digits(value: float | None) -> str:
    return "" if value is None else all_digits(round(value, 6)).replace(MINUS, "-")


def _optional(value: float | None) -> str:
    return "" if value is None else per_cent(value)
