"""A plan at a glance: the table of the terminal, a line a region; of very many regions the extremes."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from reports.planning.reasons import hold_in_words, holds_in_words
from reports.planning.record import PlanRecord, RegionRecord
from reports.planning.tables import has_caps
from reports.printing.numbers import all_digits, minus, short, signed
from reports.printing.table import text_table
from reports.words import LABELS
from scenarios.quantities import in_own_words
from scenarios.tables.cells import grid_digits, per_cent
from scenarios.wording import Language, listed

_MOST, _EXTREME = 40, 10
"""Regions that are all listed; of more, how many at either end."""


@in_own_words
def listing(record: PlanRecord, language: Language, whole: str) -> list[str]:
    """Return the table of a plan as lines for a terminal; `whole` is the file that holds all regions."""
    regions: Sequence[RegionRecord] = record.regions
    left_out = len(regions) - 2 * _EXTREME if len(regions) > _MOST else 0
    if left_out:
        ranked = sorted(regions, key=lambda region: -region.published_rate)
        regions = [*ranked[:_EXTREME], *ranked[-_EXTREME:]]
    heads = [LABELS.say(code, language) for code in _columns(record)]
    lines = text_table(heads, [_row(region, record, language) for region in regions], words_last=True)
    if left_out:
        lines.insert(1 + _EXTREME, LABELS.say("listing_more", language, count=left_out, file=whole))
    return [*_signs(record, language), *lines]


def _signs(record: PlanRecord, language: Language) -> list[str]:
    """Return what the signs of the targets of a level mean; nothing where a target is a cut."""
    if not record.measured.is_level:
        return []
    years = {"base": record.scenario.base_year, "end": record.scenario.end_year}
    return [LABELS.say("unit_rates", language, **years)]


def _columns(record: PlanRecord) -> list[str]:
    """Return the columns by label code, less those that no region of this plan fills."""
    classes = ["class"] if any(region.class_ is not None for region in record.regions) else []
    second = ["published_incentive_rate"] if record.province.incentive is not None else []
    caps = ["cap_10kt"] if has_caps(record) else []
    return ["name", "published_rate", *second, *caps, *classes, "reference_rate", "rate", "held_by"]


def _row(region: RegionRecord, record: PlanRecord, language: Language) -> list[str]:
    """Return one region's cells as printed."""
    digits = grid_digits(Decimal(repr(record.scenario.grid)))
    cells = {
        "name": region.label(language),
        "published_rate": per_cent(region.published_rate, digits),
        "published_incentive_rate": per_cent(region.published_incentive_rate or 0.0, digits),
        "class": str(region.class_),
        "cap_10kt": "" if region.cap is None else all_digits(region.cap.cap_10kt, part=","),
        "reference_rate": per_cent(region.reference_rate),
        "rate": per_cent(region.rate),
    }
    return [
        *(minus(cells[code]) for code in _columns(record)[:-1]),
        held_by(region, record.scenario.grid, language, ids=True),
    ]


def _rules_by_id(region: RegionRecord, language: Language) -> list[str]:
    """Return what holds a region besides its bounds, rules by their ids; that was agreed or kept has none."""
    settled = {hold.id for hold in region.holds or () if hold.kind != "rule"}
    own = [rule for rule in region.rules if rule not in settled]
    said = [LABELS.say("held_rules", language, rules=listed(own, language))] if own else []
    return said + [hold_in_words(hold, language) for hold in region.holds or () if hold.kind != "rule"]


def held_by(region: RegionRecord, grid: float, language: Language, ids: bool = False) -> str:
    """Return what holds a region, in a few words: its bound, its rules, or a rounding that is not the nearest.

    `ids`: whether rules of the scenario are called by their ids, as settings call them, not by their reasons.
    """
    said = []
    if region.binding:
        bound = region.upper if region.binding == "upper" else region.lower
        said.append(LABELS.say(f"held_{region.binding}", language, bound=short(bound)))
    said += _rules_by_id(region, language) if ids else holds_in_words(region, language)
    move = region.published_rate - region.rate
    if region.class_ is None and abs(move) > grid / 2 + 1e-9:
        said.append(LABELS.say("held_rounding", language, points=signed(move)))
    return listed(said, language) or "–"
