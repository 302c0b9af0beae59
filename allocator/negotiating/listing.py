"""The rounds kept in a folder, in the order they were kept: who kept each when, what it asks, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Literal

from pydantic import Field

from allocator.errors import exit_and_sentences
from allocator.negotiating.remarks import on_one_line
from allocator.negotiating.rounds import Round, numbered_rounds, read_round
from reports.planning.sentences import verdict_statement
from reports.records import Record, Verdict
from reports.words import LABELS
from scenarios.errors import InputError
from scenarios.file.book.said import NO_NAMES, Names, settings_in_words
from scenarios.quantities import speaking_of
from scenarios.tables.cells import exact_per_cent
from scenarios.wording import Language, clauses, listed, percent, phrases


class ListedRound(Record):
    """A kept round as programs read it; of one that cannot be used, its number and why."""

    number: int
    folder: str
    created: str | None = None
    who: str | None = None
    why: str | None = None
    settings: tuple[str, ...] = ()
    fixes: dict[str, str] = Field(default_factory=dict)
    absorb: str = ""
    verdict: Verdict | None = None
    trouble: tuple[str, ...] | None = None


class RoundsRecord(Record):
    """All that are kept, as programs read them."""

    schema_version: Literal[1] = 1
    rounds: tuple[ListedRound, ...]


@dataclass(frozen=True)
class Entry:
    """A folder of a round: the round in it, or why that cannot be used."""

    number: int
    folder: Path
    kept: Round | None
    error: InputError | None = None
    names: Names = field(default_factory=dict)  # What the scenario calls what a round sets

    def statements(self, language: Language) -> list[str]:
        """Return what stands in the list."""
        title = LABELS.say("round_name", language, number=self.number)
        if self.kept is None:
            assert self.error is not None
            return [title, *("  " + line for line in exit_and_sentences(self.error, language)[1])]
        with speaking_of(self.kept.plan.measured):
            said = [title, when_kept(self.kept), who_kept(self.kept, language)]
            verdict = verdict_statement(self.kept.plan.province, language)
        lines = [LABELS.say("round_asks", language, asked=clauses(asked_in(self.kept, self.names, language), language))]
        if self.kept.record.why:
            lines.append(LABELS.say("round_because", language, why=on_one_line(self.kept.record.why)))
        return [phrases(said, language), *("  " + line for line in [*lines, verdict])]


@dataclass(frozen=True)
class Rounds:
    """All rounds that a folder holds."""

    folder: Path
    entries: tuple[Entry, ...]

    def statements(self, language: Language) -> list[str]:
        """Return every round, or that there is none."""
        if not self.entries:
            return [LABELS.say("rounds_none", language, folder=self.folder)]
        return [line for entry in self.entries for line in entry.statements(language)]

    @property
    def record(self) -> RoundsRecord:
        """The same for programs."""
        return RoundsRecord(rounds=tuple(map(_record, self.entries)))


def kept_rounds(folder: Path, names: Names = NO_NAMES) -> Rounds:
    """Return the rounds in a folder, those too that cannot be used; see `asked_in`.

    Raises InputError: the folder cannot be read.
    """
    return Rounds(folder, tuple(_entry(number, folder / name, names) for number, name in numbered_rounds(folder)))


def asked_in(kept: Round, names: Names, language: Language) -> list[str]:
    """Return what a round asks: agreed rates, settings, who picks up; or that it is the scenario's own plan.

    `names`: what the scenario calls what is set.
    """
    record = kept.record
    regions = {region.id: region.label(language) for region in kept.plan.regions}
    fixes = [f"{regions[key]} {exact_per_cent(Decimal(rate))}{percent(language)}" for key, rate in record.fixes.items()]
    said = [
        *_asked("round_fixes", fixes, language),
        *_asked("round_settings", settings_in_words(record.settings, names, language), language),
        *_asked("round_absorb", [record.absorb] if record.absorb else [], language),
    ]
    return said or [LABELS.say("round_own", language)]


def when_kept(kept: Round) -> str:
    """Return when a round was kept, in this machine's time: 2026-05-01 09:30."""
    return datetime.fromisoformat(kept.plan.provenance.created).astimezone().strftime("%Y-%m-%d %H:%M")


def who_kept(kept: Round, language: Language) -> str:
    """Return who kept a round, or that nobody said so."""
    return on_one_line(kept.record.who or "") or LABELS.say("round_nobody", language)


def _asked(code: str, parts: Iterable[str], language: Language) -> list[str]:
    said = tuple(map(on_one_line, parts))
    return [LABELS.say(code, language, parts=listed(said, language))] if said else []


def _entry(number: int, folder: Path, names: Names) -> Entry:
    try:
        return Entry(number, folder, read_round(folder), names=names)
    except InputError as error:
        return Entry(number, folder, None, error)


def _record(entry: Entry) -> ListedRound:
    if entry.kept is None:
        assert entry.error is not None
        said = tuple(finding.say("en") for finding in entry.error.findings)
        return ListedRound(number=entry.number, folder=entry.folder.name, trouble=said)
    asked, plan = entry.kept.record, entry.kept.plan
    return ListedRound(
        number=entry.number, folder=entry.folder.name, created=plan.provenance.created, who=asked.who, why=asked.why,
        settings=asked.settings, fixes=asked.fixes, absorb=asked.absorb, verdict=plan.province.verdict,
    )  # fmt: skip
