"""Judges any table of rates against a scenario, without importing the solver."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from allocator.output.folder import MARKER, restored
from reports.planning.sentences import (
    check_statements,
    identity_statement,
    incentive_check_statements,
    province_record,
    robustness_statement,
    verdict_statement,
)
from reports.planning.total import total_statements
from reports.records import Listed, Record, _absent
from reports.seal import Seal, changes
from reports.verifying.record import ProvinceRecord
from reports.verifying.verification import Verification, verify_rates
from reports.words import LABELS
from scenarios.errors import Finding
from scenarios.load import Scenario
from scenarios.sense.rates import read_meant_rates
from scenarios.tables.files import parse_json, read_bytes
from scenarios.wording import Language, listed


def verify(scenario: Scenario, table: str | Path) -> Verification:
    """Judge a table of rates.

    Parameters
    ----------
    scenario
        What the table should back.
    table
        A csv, xlsx or json file, or the short name of one of the scenario's own tables.

    Raises
    ------
    InputError
        The table cannot be read, or does not name every region once.
    """
    return judgement(scenario, str(table)).verification


class SlipRecord(Record):
    """The unit slip that would explain a table."""

    factor: float
    implied_reduction: float


class JudgedRate(Listed):
    """One region: its rates, fractions, and its share of what the province requires."""

    rate: float
    contribution: float
    incentive_rate: float | None = Field(exclude_if=_absent)


class JudgementRecord(Record):
    """The judgement for programs; `failed` and `incentive_failed`: check -> regions that fail it."""

    schema_version: Literal[1] = 1
    scenario: str
    table: str
    province: ProvinceRecord
    slip: SlipRecord | None
    failed: dict[str, list[str]]
    incentive_failed: dict[str, list[str]] | None = Field(exclude_if=_absent)
    notices: tuple[dict[str, object], ...] | None = Field(exclude_if=_absent)
    regions: tuple[JudgedRate, ...]


@dataclass(frozen=True)
class Judgement:
    """A verification together with the scenario it was made for, ready to be printed."""

    scenario: Scenario
    table: str
    verification: Verification
    notices: tuple[Finding, ...] = ()  # What must be said with it
    altered: tuple[str, ...] = ()  # Keys of a plan.json that are not as they were written

    @property
    def passed(self) -> bool:
        """Whether every check holds."""
        return self.verification.passed

    def statements(self, language: Language) -> list[str]:
        """Return the judgement in sentences: verdict, composition effect, checks, basis."""
        province = province_record(self.scenario, self.verification)
        return [
            *([LABELS.say("table_altered", language, keys=listed(self.altered, language))] if self.altered else []),
            verdict_statement(province, language),
            identity_statement(province, language),
            *total_statements(province, language),
            *robustness_statement(province, len(self.scenario.regions), language),
            *incentive_check_statements(self.scenario, self.verification, language),
            *check_statements(self.scenario, self.verification, language),
        ]

    @property
    def record(self) -> JudgementRecord:
        """The judgement for programs."""
        v, second = self.verification, self.verification.incentive
        return JudgementRecord(
            scenario=self.scenario.file.name,
            table=self.table,
            province=province_record(self.scenario, v),
            slip=SlipRecord.of(v.slip) if v.slip else None,
            failed=self._failed(v),
            incentive_failed=self._failed(second) if second else None,
            notices=tuple(notice.as_json() for notice in self.notices) or None,
            regions=tuple(map(self._region, range(len(self.scenario.regions)))),
        )

    def _region(self, n: int) -> JudgedRate:
        v, second = self.verification, self.verification.incentive
        return JudgedRate(
            **self.scenario.regions.named(n),
            rate=float(v.rates[n]),
            contribution=float(v.contributions[n]),
            incentive_rate=None if second is None else float(second.rates[n]),
        )

    def _failed(self, verification: Verification) -> dict[str, list[str]]:
        """Return failed check -> regions that fail it."""
        names = self.scenario.regions.names
        return {c.name: [names[n] for n in c.regions] for c in verification.checks if not c.passed}


def judgement(scenario: Scenario, table: str) -> Judgement:
    """Judge a table of rates and keep what is needed to print the result; see `verify`."""
    path, second = restored(scenario.table_path(table)), scenario.incentive is not None
    period = scenario.file.period.base, scenario.file.period.end
    read, notices = read_meant_rates(path, scenario.regions, second, scenario.file.answers, period)
    verification = verify_rates(scenario, read.rates, read.incentive)
    return Judgement(scenario, table, verification, (*scenario.notices, *notices), _altered(path))


def _altered(path: Path) -> tuple[str, ...]:
    """Return what in a plan.json is not as it was written: it is judged as any other table."""
    if path.name != MARKER:
        return ()
    content = parse_json(read_bytes(path), path.name)
    try:
        found = changes(content, Seal.model_validate(content["provenance"]["digest"]))
    except (KeyError, TypeError, ValueError, RecursionError):
        return (MARKER,)
    rows = () if found is None else (*found.regions, *found.strangers)
    return () if found is None else (*found.fields, *(f"regions.{row}" for row in rows), *found.columns)
