"""The official warning levels in words: a number, and what it means beside it, for 1 is the worst."""

from __future__ import annotations

from reports.printing.numbers import class_number, rate, tonnes
from reports.tracking.record import Level, ProvinceTrack, RegionTrack, TotalLevels, TrackRecord
from reports.words.tracking import WORDS
from scenarios.wording import Language

_STANDS_FOR: dict[str, Level] = {"red": 1, "yellow": 2, "green": 3}


def light_name(record: TrackRecord, light: str, language: Language, short: bool = False) -> str:
    """Return what a light is called: where the official levels are asked for, the level that it stands for.

    With `short` a level is said by its number alone: its reason stands beside.
    """
    if not record.levelled:
        return WORDS.say(light, language)
    level = _STANDS_FOR[light]
    if short:
        return WORDS.say("level_short", language, number=class_number(level, language))
    return intensity_level_name(level, language)


def intensity_level_name(level: Level, language: Language) -> str:
    """Return a level of intensity in words."""
    return WORDS.say(f"light_level_{level}", language)


def total_level_name(total: TotalLevels, level: Level, language: Language) -> str:
    """Return a level of a total in words."""
    code = "light_total_1_rising" if level == 1 and total.rising else f"light_total_{level}"
    return WORDS.say(code, language)


def level_statements(record: TrackRecord, language: Language) -> list[str]:
    """Return the levels of the last judged year by both yardsticks: the province's, then every region's."""
    if not record.province.levels:
        return []
    regions = [(region.label(language), region) for region in record.regions]
    everybody: list[tuple[str, ProvinceTrack | RegionTrack]] = [(record.province.name.say(language), record.province)]
    return [line for name, at in [*everybody, *regions] for line in _levels(name, at, record.end_year, language)]


def _levels(name: str, at: ProvinceTrack | RegionTrack, end: int, language: Language) -> list[str]:
    last = (at.levels or ())[-1]
    t, said = len(at.levels or ()) - 1, {"year": last.year, "name": name}
    intensity = WORDS.say(
        "levels_intensity", language, **said, cut=rate(at.annual_reductions[t]), due=rate(at.annual_targets[t]),
        by_year=intensity_level_name(last.intensity_year, language), done=rate(at.cumulative_reductions[t]),
        path=rate(at.path[t]), five_year=intensity_level_name(last.intensity_five_year, language),
    )  # fmt: skip
    total = last.total
    if total is None:
        return [intensity]
    return [
        intensity,
        WORDS.say(
            "levels_total", language, **said, emissions=tonnes(total.emissions_10kt), end=end,
            year_path=tonnes(total.year_path_10kt), by_year=total_level_name(total, total.year, language),
            path=tonnes(total.path_10kt), five_year=total_level_name(total, total.five_year, language),
            cap=tonnes(total.cap_10kt),
        ),
    ]  # fmt: skip
