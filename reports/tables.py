"""The tables people read, as DataFrames with labelled columns, and their CSV form.

Rates are per cent in these tables; the record holds fractions.
"""

from __future__ import annotations

from decimal import Decimal

import pandas as pd

from reports.labels import LABELS
from reports.record import PlanRecord
from scenarios.cells import grid_digits
from scenarios.sheets import escape_text
from scenarios.wording import Language

COLUMNS = (
    "id", "name", "base_intensity", "growth", "score", "rank", "reference_rate", "lower", "upper", "rate",
    "published_rate", "bound", "target_intensity", "contribution",
)  # fmt: skip
"""Columns of the allocation table, by label code."""


def allocation_frame(record: PlanRecord, language: Language) -> pd.DataFrame:
    """Return the allocation table: one row a region, columns `COLUMNS`, numbers not yet text.

    `base_intensity` and `target_intensity` are in 吨/万元, rates and contribution in per cent.
    """
    bounds = {"": "", "lower": LABELS.say("at_lower", language), "upper": LABELS.say("at_upper", language)}
    rows = [
        (
            r.id, r.label(language), r.intensity, r.growth, r.score, r.rank, r.reference_rate * 100, r.lower * 100,
            r.upper * 100, r.rate * 100, r.published_rate * 100, bounds[r.binding], r.target_intensity,
            r.contribution * 100,
        )
        for r in record.regions
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS))


def decimals(record: PlanRecord) -> dict[str, int]:
    """Return how many decimals each column of the allocation table is printed with."""
    return {
        "base_intensity": 4, "growth": 5, "score": 4, "reference_rate": 2, "lower": 2, "upper": 2, "rate": 2,
        "published_rate": grid_digits(Decimal(repr(record.scenario.grid))), "target_intensity": 4, "contribution": 2,
    }  # fmt: skip


def printed_frame(record: PlanRecord, language: Language) -> pd.DataFrame:
    """Return the allocation table as text, each number with its printed decimals, headers labelled."""
    frame = allocation_frame(record, language).astype(object)
    for column, digits in decimals(record).items():
        frame[column] = [f"{value:.{digits}f}" for value in frame[column]]
    frame["rank"] = [str(value) for value in frame["rank"]]
    return frame.rename(columns={code: LABELS.say(code, language) for code in COLUMNS})


def allocation_csv(record: PlanRecord, language: Language) -> str:
    """Return the published table as CSV text; write it as UTF-8 with BOM, so that Excel opens it.

    Text that Excel would take for a formula gets a leading apostrophe.
    """
    frame = printed_frame(record, language)
    for code in ("id", "name"):
        label = LABELS.say(code, language)
        frame[label] = [escape_text(text) for text in frame[label]]
    return str(frame.to_csv(index=False, lineterminator="\r\n"))


def indicator_frame(record: PlanRecord, language: Language) -> pd.DataFrame:
    """Return the indicators with direction, normaliser and weights (fractions), labelled columns."""
    rows = [
        (
            i.criterion_label.say(language), i.label.say(language), i.direction,
            LABELS.say(f"normaliser_{i.normaliser}", language), LABELS.say(f"within_{i.within}", language),
            i.criterion_weight, i.weight,
        )
        for i in record.indicators
    ]  # fmt: skip
    codes = ("criterion", "indicator", "direction", "normaliser", "within", "criterion_weight", "weight")
    return pd.DataFrame(rows, columns=[LABELS.say(code, language) for code in codes])


def score_frame(record: PlanRecord, language: Language) -> pd.DataFrame:
    """Return weight times normalised value, one row a region and one column an indicator."""
    weights = [i.weight for i in record.indicators]
    rows = [[w * z for w, z in zip(weights, r.normalised, strict=True)] for r in record.regions]
    names = [i.label.say(language) for i in record.indicators]
    return pd.DataFrame(rows, columns=names, index=[r.label(language) for r in record.regions])
