"""Numbers and names of a sweep as its sentences and tables say them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from reports.printing.numbers import class_number, signed_amount
from reports.printing.table import Cells
from reports.sweeping.record import STANDS, RadiusRecord, RegionSweep, SweepRecord
from reports.words import LABELS
from reports.words.sweeping import WORDS
from scenarios.wording import Language, listed, running

MOST_SHOWN = 60
"""Regions that figures and the page's tables show."""

_MOST_NAMED = 20


def share(value: float) -> str:
    """Return a share in per cent with one decimal; none below a bar (all, enough to stand) reads as the bar."""
    if value <= 0 or value >= 1:
        return "0" if value <= 0 else "100"
    if value < 0.001:
        return "<0.1"
    text = f"{value * 100:.1f}"
    above = any(value < bar <= float(text) / 100 for bar in (STANDS, 1.0))
    return f"{math.floor(value * 1000) / 10:.1f}" if above else text


def enough(points: float) -> str:
    """Return points of weight, rounded up so that the change said is enough."""
    digits = 1 if points >= 1 else 2
    return f"{math.ceil(points * 10**digits - 1e-6) / 10**digits:.{digits}f}"


def to_move(radius: RadiusRecord, language: Language) -> str:
    """Return a stability radius in points: one number where it is exact, else between what and what, or at most."""
    most = enough(radius.shift * 100)
    if radius.exact:
        return most
    least = f"{math.floor(radius.lower * 1000 + 1e-6) / 10:.1f}"
    return f"{least}–{most}" if float(least) > 0 else WORDS.say("at_most", language, points=most)


def class_name(number: int, language: Language) -> str:
    """Return the name of a class, 第三类 or class 3."""
    return LABELS.say("class_name", language, number=class_number(number, language))


def first_of(items: Sequence[str], language: Language, most: int = _MOST_NAMED) -> str:
    """Return items in a row, the first of them where there are many."""
    row = listed(items[:most], language)
    return WORDS.say("more", language, listed=row) if len(items) > most else row


def what_varies(record: SweepRecord, language: Language) -> str:
    """Return what the classes hang on: the weights, or weights and settings."""
    return WORDS.say("what_weights" if record.design.over == ("weights",) else "what_settings", language)


def shown(record: SweepRecord) -> list[int]:
    """Return which regions figures show, in the record's order: all, or those whose class stands least."""
    places = range(len(record.regions))
    if len(places) <= MOST_SHOWN:
        return list(places)
    regions = record.regions
    open_first = sorted(places, key=lambda n: (regions[n].stands, regions[n].lowest - regions[n].highest))
    return sorted(open_first[:MOST_SHOWN])


def moved(record: SweepRecord, region: RegionSweep, language: Language) -> str:
    """Return how little weight moves a region to another class, in words; empty where that was not looked into."""
    name = region.label(language)
    if region.radius is None:
        return WORDS.say("moved_never", language, name=name) if _looked_into(record) else ""
    changes = [
        (c.label.say(language), (after - c.weight) * 100)
        for c, after in zip(record.criteria, region.radius.weights, strict=True)
    ]
    own, other = (class_name(number, language) for number in (region.class_, region.radius.to_class))
    said = {"points": enough(region.radius.shift * 100), "name": name, "own": own, "other": other}
    telling = [(label, change) for label, change in changes if abs(change) >= 0.01 * region.radius.shift * 100]
    if len(telling) == 2:
        (giver, _), (taker, _) = sorted(telling, key=lambda item: item[1])
        return WORDS.say("moved_pair", language, giver=giver, taker=taker, **said) + _unsure(region.radius, language)
    parts = [
        WORDS.say("moved_change", language, criterion=label, points=signed_amount(change, 2 if abs(change) < 1 else 1))
        for label, change in telling
    ]
    return WORDS.say("moved_many", language, changes=first_of(parts, language), **said) + _unsure(
        region.radius, language
    )


def _unsure(radius: RadiusRecord, language: Language) -> str:
    """Return that less weight may be enough, where that is not excluded."""
    if radius.exact:
        return ""
    code = "moved_at_most" if radius.lower * 100 < 0.1 else "moved_between"
    least = f"{math.floor(radius.lower * 1000 + 1e-6) / 10:.1f}"
    return running(("", WORDS.say(code, language, points=least)), language)


def _looked_into(record: SweepRecord) -> bool:
    """Return whether radii were sought: with several criteria, and a split under all weights."""
    return len(record.criteria) > 1 and bool(record.regions[0].swings)


def nobody_moves(record: SweepRecord) -> bool:
    """Return whether radii were sought and none was found."""
    return _looked_into(record) and all(region.radius is None for region in record.regions)


def chosen_of(record: SweepRecord, places: Sequence[int] | None) -> list[RegionSweep]:
    """Return the regions at some places, all by default."""
    return list(record.regions) if places is None else [record.regions[n] for n in places]


def names_of(regions: Sequence[RegionSweep], language: Language) -> Cells:
    """Return the column of names."""
    return Cells(LABELS.say("name", language), [r.label(language) for r in regions], True)


def criteria(record: SweepRecord, language: Language) -> list[str]:
    """Return the names of the criteria."""
    return [c.label.say(language) for c in record.criteria]
