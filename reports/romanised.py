"""English names of regions whose table has none: the prefecture's in pinyin, or as is usual; what was done is said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from reports.planning.record import PlanRecord, RegionRecord
from reports.printing.document import one_line
from reports.records import in_both
from reports.words import LABELS
from scenarios.schema_types import Words
from scenarios.tables.adcodes import prefectures
from scenarios.wording import LANGUAGES, Language, listed

if TYPE_CHECKING:
    from reports.by_method.record import MethodsRecord
    from reports.sweeping.record import SweepRecord

_R = TypeVar("_R", "SweepRecord", "MethodsRecord")
_MOST_NAMED = 12


def in_latin(record: PlanRecord, language: Language) -> tuple[PlanRecord, tuple[Words, ...]]:
    """Return a plan for a paper in `language`, with English names where it is English, and notices about them.

    Two regions that would have one name have their identifiers behind it.
    """
    lacking = [region for region in record.regions if region.name_en == region.name and not region.name.isascii()]
    if language != "en" or not lacking:
        return record, ()
    ids = [region.id for region in record.regions]
    names_zh, names_en = ([region.label(spoken) for region in record.regions] for spoken in LANGUAGES)
    called = dict(zip(ids, prefectures.in_latin(ids, names_zh, names_en), strict=True))
    names = {region.id: called[region.id] for region in lacking if called[region.id] != region.name}
    regions = tuple(_renamed(region, names[region.id]) if region.id in names else region for region in record.regions)
    left = [region.name for region in lacking if region.id not in names]
    notices = (*_notice("romanised", names.values()), *_notice("not_romanised", left))
    return record.model_copy(update={"regions": regions}), notices


def named_in(record: PlanRecord, language: Language) -> PlanRecord:
    """Return a plan as `in_latin` names its regions, with the notices about them among its own."""
    said, notices = in_latin(record, language)
    return said.model_copy(update={"notices": (*said.notices, *notices)}) if notices else said


def named_alike(beside: _R, record: PlanRecord) -> _R:
    """Return a sweep, or methods, whose regions are called as the plan's are."""
    names = {region.id: region.name_en for region in record.regions}
    regions = (region.model_copy(update={"name_en": names[region.id]}) for region in beside.regions)
    return beside.model_copy(update={"regions": tuple(regions)})


def _renamed(region: RegionRecord, name: str) -> RegionRecord:
    """Return a region under an English name, in the sentences about it too."""
    said = region.reason.en.replace(region.name, name)
    return region.model_copy(update={"name_en": name, "reason": Words(zh=region.reason.zh, en=said)})


def _notice(code: str, names: Iterable[str]) -> tuple[Words, ...]:
    """Return a notice about names, of many the first; none without any."""
    whole = [one_line(name) for name in names]
    if not whole:
        return ()

    def said(language: Language) -> str:
        more = LABELS.say("slide_and_more", language) if len(whole) > _MOST_NAMED else ""
        return LABELS.say(code, language, count=len(whole), names=listed(whole[:_MOST_NAMED], language) + more)

    return (in_both(said),)
