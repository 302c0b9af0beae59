"""Judges any table of rates against a scenario, without importing the solver."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pydantic import Field, SerializerFunctionWrapHandler, model_serializer

from allocator.output.folder import MARKER, restored
from reports.levels import without_growth
from reports.planning.sentences import (
    check_statements,
    identity_statement,
    incentive_check_statements,
    province_record,
    robustness_statement,
    verdict_statement,
)
from reports.planning.total import city_cap_records, total_statements
from reports.printing.numbers import minus
from reports.printing.table import text_table
from reports.records import Listed, Measured, Record, _absent
from reports.seal import Seal, changes
from reports.verifying.record import CityCapRecord, ProvinceRecord
from reports.verifying.verification import Verification, verify_rates
from reports.words import LABELS
from scenarios.errors import Finding, InputError, Place, answered_in, once
from scenarios.load import Scenario
from scenarios.quantities import Quantity, in_own_words
from scenarios.sense.rates import read_meant_rates
from scenarios.tables.cells import grid_digits, per_cent
from scenarios.tables.files import parse_json, read_bytes
from scenarios.wording import Language, listed

if TYPE_CHECKING:
    from scenarios.tables.grid import Cell
    from scenarios.total.caps import CityCaps

_NEAR = Fraction(1, 20_000)
"""A province's rate that is so near to a figure of its is that figure, computed in a sheet."""


def verify(scenario: Scenario, table: str | Path, caps: str | Path | None = None) -> Verification:
    """Judge a table of rates, with the caps of the cities where the province has a cap.

    Parameters
    ----------
    scenario
        What the table should back.
    table
        A csv, xlsx or json file, or the short name of one of the scenario's own tables.
    caps
        A table of caps that goes with it; without one they are looked for in `table`.

    Raises
    ------
    InputError
        The table cannot be read, or does not name every region once.
    """
    return judgement(scenario, str(table), None if caps is None else Path(caps)).verification


class SlipRecord(Record):
    """The unit slip that would explain a table."""

    factor: float
    implied_reduction: float


class JudgedRate(Listed):
    """One region: its rates, fractions, and its share of what the province requires."""

    rate: float
    contribution: float
    incentive_rate: float | None = Field(exclude_if=_absent)
    cap: CityCapRecord | None = Field(exclude_if=_absent)


class JudgementRecord(Measured):
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

    @model_serializer(mode="wrap")
    def _less_of_level(self, dump: SerializerFunctionWrapHandler) -> dict[str, Any]:
        content: dict[str, Any] = dump(self)
        return without_growth(content) if self.measured.stands_alone else content


class _BothTargets(NamedTuple):
    """What is said of rates and caps: sentences, and the lines of a table."""

    said: list[str]
    lines: list[str]


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

    @property
    def measured(self) -> Quantity:
        """The quantity that the rates are of."""
        return self.scenario.measured

    @in_own_words
    def statements(self, language: Language) -> list[str]:
        """Return the judgement in sentences: verdict, composition effect, checks, basis."""
        province = province_record(self.scenario, self.verification)
        both = self._both_targets(province, language)
        return [
            *([LABELS.say("table_altered", language, keys=listed(self.altered, language))] if self.altered else []),
            verdict_statement(province, language),
            identity_statement(province, language),
            *total_statements(province, language),
            *both.said,
            *robustness_statement(province, len(self.scenario.regions), language),
            *incentive_check_statements(self.scenario, self.verification, language),
            *check_statements(self.scenario, self.verification, language),
            *both.lines,
        ]

    def _both_targets(self, province: ProvinceRecord, language: Language) -> _BothTargets:
        """Return what is to be said of rates and caps together, and their table; nothing without a cap."""
        if province.total is None:
            return _BothTargets([], [])
        from reports.planning.caps import caps_statements, caps_table, judged_targets

        caps = city_cap_records(self.scenario, self.verification)
        cities = judged_targets(self.scenario, self.verification, caps, language)
        said = caps_statements(province, cities, language, self.scenario.file.period.years, ours=False)
        if not cities:
            return _BothTargets(said, [])
        table = caps_table(cities, grid_digits(self.scenario.file.publish.grid), language)
        return _BothTargets(said, ["", *text_table(table.heads(language), table.rows)])

    @property
    def record(self) -> JudgementRecord:
        """The judgement for programs."""
        v, second = self.verification, self.verification.incentive
        return JudgementRecord(
            **self.measured.told,
            scenario=self.scenario.file.name,
            table=self.table,
            province=province_record(self.scenario, v),
            slip=SlipRecord.of(v.slip) if v.slip else None,
            failed=self._failed(v),
            incentive_failed=self._failed(second) if second else None,
            notices=tuple(notice.as_json() for notice in self.notices) or None,
            regions=tuple(map(self._region, range(len(self.scenario.regions)), city_cap_records(self.scenario, v))),
        )

    def _region(self, n: int, cap: CityCapRecord | None) -> JudgedRate:
        v, second = self.verification, self.verification.incentive
        return JudgedRate(
            **self.scenario.regions.named(n),
            rate=float(v.rates[n]),
            contribution=float(v.contributions[n]) if v.contributions else 0.0,
            incentive_rate=None if second is None else float(second.rates[n]),
            cap=cap,
        )

    def _failed(self, verification: Verification) -> dict[str, list[str]]:
        """Return failed check -> regions that fail it."""
        names = self.scenario.regions.names
        return {c.name: [names[n] for n in c.regions] for c in verification.checks if not c.passed}


@in_own_words
def judgement(scenario: Scenario, table: str, caps: Path | None = None) -> Judgement:
    """Judge a table of rates and keep what is needed to print the result; see `verify`.

    `caps`: the table of caps that goes with it, where they do not stand in it.
    """
    path, second = restored(scenario.table_path(table)), scenario.incentive is not None
    if scenario.above is not None:
        from allocator.output.own_files import refuse_altered

        refuse_altered(scenario.above.path, scenario.above.source.sha256)
    period = scenario.file.period.base, scenario.file.period.end
    asked = scenario.baseline.asked
    with answered_in(scenario.document.name if scenario.document else ""):
        read, notices = read_meant_rates(path, scenario.regions, second, scenario.file.answers, period, asked)
        beside, said = caps_beside(scenario, path, read.rates, caps)
    verification = verify_rates(scenario, read.rates, read.incentive, beside)
    of_province = () if read.whole is None else _of_province(scenario, verification, *read.whole)
    found = once((*scenario.notices, *notices, *of_province, *said))
    return Judgement(scenario, table, verification, found, altered_keys(path))


def _of_province(scenario: Scenario, v: Verification, cell: Cell, rate: Decimal) -> Iterator[Finding]:
    """Yield that the province's own rate in a table is no figure of its: neither asked nor what the table comes to."""
    if scenario.share is not None:
        return
    asked = v.required - v.sigma
    official = None if scenario.sums is None else Fraction(scenario.sums.target)
    asks, comes_to = (v.target, v.target + v.margin, official, asked), (v.implied_reduction, v.with_residual)
    known = (*asks, *comes_to, v.with_projects)
    near = max(Fraction(1, 2) * Fraction(10) ** int(rate.as_tuple().exponent), _NEAR)
    if any(abs(Fraction(rate) - one) <= near for one in known if one is not None):
        return
    code = "rate_of_province_both" if v.total is not None and asked > v.target + v.margin else "rate_of_province"
    shown = {"target": v.target, "implied": v.implied_reduction, "worth": asked}
    said = {name: minus(per_cent(one)) for name, one in shown.items()}
    yield Finding(code, cell.place, {"found": cell.text, **said}, "notice")


def caps_beside(
    scenario: Scenario, table: Path, rates: Sequence[Decimal], own: Path | None
) -> tuple[CityCaps | None, tuple[Finding, ...]]:
    """Return the caps in a table of rates, or in a table of their `own`, and what must be said with them.

    Without a cap on the province nothing is read, which is said.
    """
    if scenario.baseline.total is None:
        if own is not None:
            raise InputError.of("caps_without_total", Place(file=own.name))
        return None, _caps_unjudged(scenario, table)
    from scenarios.total.caps import allowed_by, other_caps, read_caps, unread_caps

    allowed = allowed_by(rates, scenario.regions)
    answers, span = scenario.file.answers, _span(scenario)
    read = read_caps(own or table, scenario.regions, allowed, answers, needed=own is not None, years=span)
    apart = own and own.resolve() != table.resolve()
    if read is None:
        return None, unread_caps(table, scenario.regions, span)[1]
    return read[0], (*read[2], *(other_caps(table, scenario.regions, span, read[0], own.name) if own and apart else ()))


def _span(scenario: Scenario) -> tuple[int, int]:
    return scenario.file.period.base, scenario.file.period.end


def _caps_unjudged(scenario: Scenario, table: Path) -> tuple[Finding, ...]:
    """Return what is said of a column of caps that no cap on the province is there to hold them against."""
    from scenarios.total.caps import unread_caps

    place, aside = unread_caps(table, scenario.regions, _span(scenario))
    return aside if place is None else (Finding("caps_unjudged", place, {}, "notice"), *aside)


def altered_keys(path: Path) -> tuple[str, ...]:
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
