"""What remains, split anew, and major projects, in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from reports.printing.numbers import rate, signed, signed_amount
from reports.tracking.record import PickUp, ProjectRecord, ResplitRecord, TrackRecord
from reports.words.tracking import WORDS
from scenarios.wording import Language, listed

_LITTLE = 5e-7
"""A difference of rates that comes of rounding what is left up."""


def resplit_statements(record: TrackRecord, language: Language) -> list[str]:
    """Return the new split of what remains, old and new side by side; nothing where it was not asked for."""
    found = record.resplit
    if found is None:
        return []
    reasons = [WORDS.say("resplit_none", language, reason=words.say(language)) for words in found.problem]
    if not found.regions:
        return reasons
    code = "resplit_short" if found.old_short_10kt > 0 else "resplit_enough"
    short = WORDS.say(code, language, tonnes=_tonnes(abs(found.old_short_10kt)))
    head = WORDS.say(
        "resplit_head", language, target=rate(found.target), left=record.years_left, old=rate(found.old_implied),
        short=short,
    )  # fmt: skip
    said = [head, *_both(found, language), *reasons, *_new(found, language), *_beyond(found, language)]
    if found.left_out:
        said.append(WORDS.say("resplit_left_out", language, rules=listed(found.left_out, language)))
    return said


def project_statements(record: TrackRecord, language: Language) -> list[str]:
    """Return what is to be said of every project."""
    names = {region.id: region.label(language) for region in record.regions}
    return [line for project in record.projects for line in _project(project, names, language)]


def _both(found: ResplitRecord, language: Language) -> list[str]:
    """Return what each of two targets leaves to cut; nothing without a cap on the total."""
    if found.of_intensity is None or found.of_total is None:
        return []
    each = {"intensity": rate(found.of_intensity), "total": rate(found.of_total), "target": rate(found.target)}
    tighter = "total" if found.of_total >= found.of_intensity else "intensity"
    if found.target > max(found.of_intensity, found.of_total) + _LITTLE:
        tighter = "reserve"
    return [WORDS.say(f"resplit_both_{tighter}", language, **each)]


def _new(found: ResplitRecord, language: Language) -> list[str]:
    if found.new_implied is None or found.new_over_10kt is None:
        return []
    new = rate(found.new_implied)
    if found.verdict == "backed":
        values = {"over": found.new_over_10kt, "more": found.more_10kt, "less": found.less_10kt}
        said = {name: _tonnes(value) for name, value in values.items()}
        lines = [WORDS.say("resplit_backed", language, new=new, **said)]
    else:
        lines = [WORDS.say("resplit_not_backed", language, new=new, short=_tonnes(-found.new_over_10kt))]
    for region in found.regions:
        lines.append(
            WORDS.say(
                "resplit_line", language, name=region.label(language), old=rate(region.old_target),
                old_rest=rate(region.old_remaining), old_annual=rate(region.old_annual), new=rate(region.new_target),
                new_rest=rate(region.new_remaining), new_annual=rate(region.new_annual),
                moved=signed_amount(region.moved_10kt, 1),
            )
        )  # fmt: skip
    return lines


def _beyond(found: ResplitRecord, language: Language) -> list[str]:
    """Return who cannot make it any more, and who would pick that up."""
    late = [region for region in found.regions if not region.can]
    if not late:
        return [WORDS.say("resplit_can", language)]
    named = [
        WORDS.say(
            "resplit_cannot_one", language, name=region.label(language), annual=rate(region.old_annual),
            most=rate(region.most_annual),
        )
        for region in late
    ]  # fmt: skip
    names = {region.id: region.label(language) for region in found.regions}
    relief = _tonnes(sum(found.pick_up.relieved_10kt.values()))
    lines = [WORDS.say("resplit_cannot", language, regions=listed(named, language))]
    if found.pick_up.picked_up_10kt:
        said = _picked(found.pick_up, names, language)
        lines.append(WORDS.say("pick_up", language, relief=relief, regions=said))
    return [*lines, *_uncovered(found.pick_up, language)]


def _picked(found: PickUp, names: Mapping[str, str], language: Language) -> str:
    parts = [
        WORDS.say(
            "pick_up_one", language, name=names[key], tonnes=_tonnes(value), points=signed(found.points[key])
        )
        for key, value in sorted(found.picked_up_10kt.items(), key=lambda pair: -pair[1])
    ]  # fmt: skip
    return listed(parts, language)


def _uncovered(found: PickUp, language: Language) -> list[str]:
    if found.uncovered_10kt < 0.05:
        return []
    return [WORDS.say("pick_up_uncovered", language, tonnes=_tonnes(found.uncovered_10kt))]


def _project(project: ProjectRecord, names: Mapping[str, str], language: Language) -> list[str]:
    region = names[project.region]
    intensity = "–" if project.intensity is None else f"{project.intensity:.2f}"
    lines = [
        WORDS.say(
            "project_head", language, name=project.name, region=region, start=project.start,
            emissions=f"{project.emissions_10kt:,g}", value=f"{project.value_added_100m_yuan:,g}", intensity=intensity,
        )
    ]  # fmt: skip
    rooms = [project.first] if project.first == project.last else [project.first, project.last]
    for room in rooms:
        values = {"room": signed_amount(room.room_10kt, 1), "taken": signed_amount(room.taken_10kt, 1)}
        lines.append(WORDS.say("project_room", language, year=room.year, region=region, **values))
    short = {"short": _tonnes(project.short_10kt)} if project.verdict == "exceeds" else {}
    lines.append(WORDS.say(f"project_{project.verdict}", language, **short))
    if project.verdict == "eases":
        return lines
    if project.annual_after is None:
        return [*lines, WORDS.say("project_impossible", language, region=region)]
    annual = {"before": rate(project.annual_before), "after": rate(project.annual_after)}
    lines.append(WORDS.say("project_annual", language, region=region, most=rate(project.most_annual), **annual))
    if project.verdict == "fits":
        return lines
    if project.pick_up is None:
        return [*lines, WORDS.say("project_own", language, region=region)]
    others = _picked(project.pick_up, names, language)
    values = {"region": region, "regions": others or "–"}
    if project.own_10kt < 0.05:
        said = WORDS.say("project_all_others", language, **values)
    else:
        said = WORDS.say("project_others", language, own=_tonnes(project.own_10kt), **values)
    return [*lines, said, *_uncovered(project.pick_up, language)]


def _tonnes(value: float) -> str:
    return f"{value:,.1f}"
