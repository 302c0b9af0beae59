"""The table of a tracking: a row a region and year, then the province's."""

from __future__ import annotations

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

_TEXTS = {"id", "name", "light", "reason"}


@in_own_words
def track_csv(record: TrackRecord, language: Language) -> bytes:
    """Return the table as CSV that Excel opens, columns `COLUMNS` labelled in `language`, rates in per cent.

    One row a region and year of the period; years without figures have targets only.
    """
    names = [(region.id, region.label(language), region) for region in record.regions]
    rows = [row for key, name, region in names for row in _rows(record, key, name, region, language)]
    rows += _rows(record, "", WORDS.say("province", language), record.province, language)
    columns = (
        Column(code, WORDS.say(f"c_{code}", language), kind="text" if code in _TEXTS else "number") for code in COLUMNS
    )
    return Table(tuple(columns), tuple(tuple(row.get(code, "") for code in COLUMNS) for row in rows)).csv()


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
        rows.append(row)
    return rows


def _optional(value: float | None) -> str:
    return "" if value is None else per_cent(value)
