"""The table of a tracking: a row a region and year, then the province's."""

from __future__ import annotations

import pandas as pd

from reports.tracking.record import Standing, TrackRecord
from reports.words.tracking import WORDS
from scenarios.tables.cells import per_cent
from scenarios.tables.text_table import escape_text
from scenarios.wording import Language

COLUMNS = (
    "id", "name", "year", "target", "annual_target", "annual", "path", "done", "progress", "rest", "rest_annual",
    "trend", "light", "reason", "excess", "risk",
)  # fmt: skip
"""Columns by code; those from `progress` on are filled in the last judged year only."""


def track_frame(record: TrackRecord, language: Language) -> pd.DataFrame:
    """Return the table as printed text, columns `COLUMNS` labelled in `language`, rates in per cent.

    One row a region and year of the period; years without figures have targets only.
    """
    rows = []
    for region in record.regions:
        over = {"excess": region.excess_10kt, "risk": region.risk_10kt}
        rows += _rows(record, region.id, region.label(language), region, over, language)
    province = record.province
    over = {"excess": province.excess_10kt, "risk": province.risk_10kt}
    rows += _rows(record, "", WORDS.say("province", language), province, over, language)
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).fillna("")
    return frame.rename(columns={code: WORDS.say(f"c_{code}", language) for code in COLUMNS})


def track_csv(record: TrackRecord, language: Language) -> bytes:
    """Return the table as CSV with a BOM, so that Excel opens it; text that Excel would run gets an apostrophe."""
    frame = track_frame(record, language)
    for code in ("id", "name", "reason"):
        label = WORDS.say(f"c_{code}", language)
        frame[label] = [escape_text(str(cell)) for cell in frame[label]]
    return str(frame.to_csv(index=False, lineterminator="\r\n")).encode("utf-8-sig")


def _rows(
    record: TrackRecord, key: str, name: str, standing: Standing, over: dict[str, float | None], language: Language
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
                "light": WORDS.say(standing.light, language),
                "reason": standing.reason.say(language),
                **{code: "" if value is None else f"{value:.1f}" for code, value in over.items()},
            }
        rows.append(row)
    return rows


def _optional(value: float | None) -> str:
    return "" if value is None else per_cent(value)
