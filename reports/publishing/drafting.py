"""What stands across a table that is published although it does not back the province."""

from __future__ import annotations

from reports.planning.sentences import failed_checks, verdict_words
from reports.verifying.record import ProvinceRecord
from reports.words import LABELS
from scenarios.wording import Language


def draft_line(province: ProvinceRecord, language: Language) -> str:
    """Return why a table is only a draft: by how much it falls short, or which check it fails."""
    for judged in (province, province.incentive):
        if judged is not None and judged.verdict == "not_backed":
            return LABELS.say("draft_short", language, **verdict_words(judged, province.margin, language))
        if judged is not None and (failed := failed_checks(judged, language)):
            return LABELS.say("draft_failed", language, failed=failed)
    return ""
