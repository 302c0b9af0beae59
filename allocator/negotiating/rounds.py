"""Rounds of a negotiation as plain folders: round-001, round-002, … each replayable from its round.json."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from allocator.output.alone import alone
from allocator.output.folder import MARKER, ROUND, restored
from allocator.output.own_files import open_plan, read_own
from reports.planning.record import PlanRecord, RegionRecord
from reports.publishing.recheck import Disagreement
from reports.records import Record, _absent
from reports.seal import Seal
from scenarios.errors import Collector, InputError, Place
from scenarios.file.book.said import settings_to_type
from scenarios.findings.system import system_reason
from scenarios.load import Scenario
from scenarios.wording import Text

_NAME = re.compile(r"round-(\d{3,})", re.ASCII)
_ASIDE = re.compile(r"undone-round-(\d{3,})(?:-\d+)?", re.ASCII)
_TOLERANCE = 1e-6
"""By how much the computed rate of a region that was held may be another in the plan."""
_RATE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:E-[0-9]{1,3})?")


def _exact_rate(text: str) -> str:
    """Refuse what is no exact rate between -1 and 1."""
    if not _RATE.fullmatch(text) or not -1 < Fraction(text) < 1:
        raise ValueError("not a rate")
    return text


ExactRate = Annotated[str, Field(max_length=300), AfterValidator(_exact_rate)]
"""A rate as the text of an exact fraction, as in 0.185."""


class HeldRate(Record):
    """What a region that picks up nothing keeps: its computed rate, and the printed one exactly, as a fraction."""

    rate: float
    published: ExactRate


class RoundRecord(Record):
    """round.json: what was asked in one round, enough to compute it again.

    `fixes` holds all negotiated rates so far (identifier -> exact fraction), `asked` those of this
    round, `absorb` who may pick up (empty: everybody), `held` who keeps the round before.
    A written round.json also says which plan came of it (`plan`, its digest) and, where they were named, who kept it
    and why; it is sealed (`digest`). When it was kept, its plan says.
    """

    schema_version: Literal[1] = 1
    number: int = Field(ge=1)
    scenario: str
    settings: tuple[str, ...]
    fixes: dict[str, ExactRate]
    asked: tuple[str, ...]
    absorb: str
    held: dict[str, HeldRate]
    inputs: dict[str, str]
    plan: str | None = Field(default=None, exclude_if=_absent)
    who: str | None = Field(default=None, exclude_if=_absent)
    why: str | None = Field(default=None, exclude_if=_absent)
    digest: Seal | None = Field(default=None, exclude_if=_absent)


_NO_SETTINGS = Text("没有 --set", "no --set")


@dataclass(frozen=True)
class Round:
    """A round as it was kept: what was asked, and the plan that came of it."""

    folder: Path
    record: RoundRecord
    plan: PlanRecord


def read_round(folder: Path) -> Round:
    """Read one round.

    Raises InputError: the folder holds no round, one that was altered, one of another number or with other rates than
    its plan, or a plan that is not the round's.
    """
    if not (restored(folder) / ROUND).is_file():
        raise InputError.of("no_round", Place(file=str(folder)))
    record, plan = read_own(folder / ROUND, RoundRecord, lambda _: ()), open_plan(folder / MARKER)
    if record.plan != plan.digest:
        raise InputError.of("round_other_plan", Place(file=str(folder)))
    _refuse_others(record, plan.record, folder)
    return Round(folder, record, plan.record)


def _refuse_others(record: RoundRecord, plan: PlanRecord, folder: Path) -> None:
    """Refuse a round that is not its folder's, is about regions that its plan has not, or says other rates than it."""
    file, known, collector = str(folder / ROUND), {region.id: region for region in plan.regions}, Collector()
    for part, keys in (("fixes", record.fixes), ("held", record.held)):
        for key in (key for key in keys if key not in known):
            collector.error("unknown_region", Place(file=file, key=f"{part}.{key}"), found=key)
    collector.raise_errors()
    named = _NAME.fullmatch(folder.name)
    if named and int(named.group(1)) != record.number:
        collector.error("round_number", Place(file=file, key="number"), found=_cut(record.number), needed=folder.name)
    for odd in _other_rates(record, known):
        collector.error("own_contradicts", Place(file=file, key=odd.key), found=odd.found, needed=odd.needed)
    collector.raise_errors()


def _other_rates(record: RoundRecord, known: Mapping[str, RegionRecord]) -> Iterator[Disagreement]:
    """Yield the negotiated and held rates that are not those of the plan."""
    printed = {f"fixes.{key}": (key, fix) for key, fix in record.fixes.items()}
    printed |= {f"held.{key}.published": (key, held.published) for key, held in record.held.items()}
    for name, (key, text) in printed.items():
        if Decimal(text) != Decimal(needed := repr(known[key].published_rate)):
            yield Disagreement(name, _cut(text), needed)
    for key, held in record.held.items():
        if not abs(held.rate - known[key].rate) <= _TOLERANCE:
            yield Disagreement(f"held.{key}.rate", repr(held.rate), repr(known[key].rate))


def _cut(value: object) -> str:
    """Return a value as far as a message shows it."""
    return str(value)[:30]


def numbered_rounds(folder: Path) -> list[tuple[int, str]]:
    """Return number and name of the rounds in a folder, in their order."""
    return sorted(_numbered(restored(folder)).items())


def rounds_aside(folder: Path) -> list[tuple[int, str]]:
    """Return number and name of what was set aside in a folder of rounds, in their order; see `undo`."""
    return sorted(_found(restored(folder), _ASIDE))


def next_number(folder: Path) -> int:
    """Return the number of the next round: one that no round has or had, those set aside included."""
    return max((number for pattern in (_NAME, _ASIDE) for number, _ in _found(folder, pattern)), default=0) + 1


def bring_back(folder: Path, name: str) -> Path:
    """Make what was set aside under a name a round again, of the number that it had; return its folder.

    Raises InputError: there is no such folder; another round has the number; the folder cannot be changed.
    """
    number = {aside: number for number, aside in rounds_aside(folder)}.get(name)
    if number is None:
        raise InputError.of("no_round", Place(file=str(folder / name)))
    with alone(folder):
        back = round_folder(folder, number)
        if back.exists():
            raise InputError.of("round_taken", Place(file=str(back)))
        return _renamed(folder / name, back)


def last_round(folder: Path) -> Round | None:
    """Return the last round kept in a folder, or None where there is none; see `read_round`."""
    numbered = _numbered(folder)
    return read_round(folder / numbered[max(numbered)]) if numbered else None


def round_folder(folder: Path, number: int) -> Path:
    """Return where a round is kept."""
    return folder / f"round-{number:03d}"


def undo(folder: Path) -> Path:
    """Set the last round aside as ``undone-round-…`` and return where it is now; nothing is deleted.

    Raises InputError: there is no round, or the folder cannot be changed.
    """
    if not _numbered(restored(folder)):
        raise InputError.of("no_rounds", Place(file=str(folder)))
    with alone(folder):
        return _set_aside(folder)


def _set_aside(folder: Path) -> Path:
    numbered = _numbered(folder)
    if not numbered:
        raise InputError.of("no_rounds", Place(file=str(folder)))
    name = numbered[max(numbered)]
    aside, count = folder / f"undone-{name}", 1
    while aside.exists():
        count += 1
        aside = folder / f"undone-{name}-{count}"
    return _renamed(folder / name, aside)


def _renamed(here: Path, there: Path) -> Path:
    try:
        here.rename(there)
    except OSError as error:
        raise InputError.of("out_not_writable", Place(file=str(here.parent)), reason=system_reason(error)) from error
    return there


def check_same(scenario: Scenario, last: Round) -> None:
    """Refuse to build on, or replay, a round of another scenario, other settings or other inputs.

    Raises InputError: what differs.
    """
    check_scenario(scenario, last)
    record, place = last.record, Place(file=str(last.folder))
    if record.settings != scenario.overrides:
        found = settings_to_type(record.settings, scenario.names) if record.settings else _NO_SETTINGS
        raise InputError.of("round_other_settings", place, found=found)
    now = {source.name: source.sha256 for source in scenario.inputs}
    if record.inputs != now:
        changed = [name for name in sorted({*now, *record.inputs}) if now.get(name) != record.inputs.get(name)]
        raise InputError.of("round_other_inputs", place, found=_listed(changed))


def check_scenario(scenario: Scenario, last: Round) -> None:
    """Refuse a round of another scenario or of other regions.

    Raises InputError: whose round it is.
    """
    ids, found, needed = (region.id for region in last.plan.regions), last.record.scenario, scenario.file.name
    if found != needed or sorted(ids) != sorted(scenario.regions.ids):
        raise InputError.of("round_other_scenario", Place(file=str(last.folder)), found=found, needed=needed)


def _numbered(folder: Path) -> dict[int, str]:
    """Return the rounds in a folder: number -> name."""
    return dict(_found(folder, _NAME))


def _found(folder: Path, pattern: re.Pattern[str]) -> list[tuple[int, str]]:
    """Return number and name of the folders in a folder that are called by a pattern."""
    try:
        names = [entry.name for entry in folder.iterdir() if entry.is_dir()]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise InputError.of("unreadable", Place(file=str(folder)), reason=system_reason(error)) from error
    matches = (pattern.fullmatch(name) for name in names)
    return [(int(match.group(1)), match.group(0)) for match in matches if match]


def _listed(values: Iterable[str]) -> str:
    return ", ".join(values) or "–"
