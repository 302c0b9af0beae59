"""A scenario that gives energy figures in place of emissions: what it says, and the base year that follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from scenarios.accounting.account import account
from scenarios.accounting.electricity import Option
from scenarios.accounting.energy_table import EnergyTable, read_energy
from scenarios.accounting.ledger import Account, AccountSettings
from scenarios.accounting.own_factors import OwnFactors, read_factors
from scenarios.accounting.scopes import NonEnergy, Scope, scopes
from scenarios.errors import Collector, Finding, InputError
from scenarios.schema_types import FileName, Line, Model, Wording
from scenarios.sense.asking import NO_ANSWERS, Answers
from scenarios.tables.cells import in_all_digits
from scenarios.tables.files import InputFile
from scenarios.tables.layout.asked import ANY, Asked
from scenarios.tables.regions import Supplied

DIGITS = Decimal("0.000001")
"""To what the base year of a plan is rounded, 万吨: ten kilograms."""


def _scope(value: object) -> object:
    """Read the name of a scope, which may look like a year."""
    name = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(name, str) or name not in scopes():
        raise PydanticCustomError("scope_unknown", "scope", {"found": str(value), "known": ", ".join(scopes())})
    return name


ScopeName = Annotated[str, BeforeValidator(_scope)]


class OwnScope(Model):
    """A boundary of the user's own.

    `non_energy`: raw materials count `as_fuel`, are left `out`, or count with what is `released`.
    `gases` are those of industrial processes; `gwp` names the assessment report (100 years).
    """

    label: Wording
    non_energy: NonEnergy = "as_fuel"
    processes: bool = False
    electricity: bool = True
    gases: Annotated[tuple[Line, ...], Field(strict=False, min_length=1)] = ("CO2",)
    gwp: Literal["SAR", "AR4", "AR5"] = "AR5"

    def scope(self) -> Scope:
        """Return it as a scope."""
        zh, en = self.label.say("zh"), self.label.say("en")
        return Scope("own", zh, en, self.non_energy, self.processes, self.electricity, self.gases, self.gwp)


class Energy(Model):
    """An energy table in place of the column `emissions`.

    `file`: the table. `factors`: factors of one's own. `scope`: a named boundary (default 13fyp), or
    `own_scope`. `option`: how electricity counts. `grid`: the province's name in the tables of grid
    factors, if it is not that of `province`. `vintage`: of what state the figures are.
    """

    file: FileName
    factors: FileName | None = None
    scope: ScopeName | None = None
    own_scope: OwnScope | None = None
    option: Option | None = None
    grid: Line | None = None
    vintage: Wording | None = None

    @model_validator(mode="after")
    def _one(self) -> Energy:
        if self.scope is not None and self.own_scope is not None:
            raise PydanticCustomError("one_of", "one", {"keys": "scope, own_scope"})
        return self

    def boundary(self) -> Scope:
        """Return what counts."""
        return self.own_scope.scope() if self.own_scope else scopes()[self.scope or "13fyp"]


@dataclass(frozen=True)
class EnergyAccount:
    """An account with the files it rests on and what must be said with it."""

    account: Account
    inputs: tuple[InputFile, ...]
    notices: tuple[Finding, ...]


@in_all_digits
def read_account(
    path: Path,
    scope: Scope,
    option: Option | None = None,
    grid: str = "",
    factors: Path | None = None,
    asked: Asked = ANY,
    answers: Answers = NO_ANSWERS,
) -> EnergyAccount:
    """Read an energy table, with the user's factors if there are any, and account for it; see `read_energy`.

    Raises InputError: everything that is wrong in both tables.
    """
    collector = Collector()
    given = None if factors is None else collector.taken(lambda: read_factors(factors, asked))
    own, findings = given or (OwnFactors(), ())
    collector.extend(findings)
    try:
        table, findings = read_energy(path, asked, grid, answers)
    except InputError as error:
        raise InputError([*collector.findings, *error.findings]) from error
    collector.extend(findings)
    judged = Collector()
    done = account(table, AccountSettings(scope, option, grid, own), judged)
    broken = collector.refuses
    collector.extend(f for f in judged.findings if not broken or _stands_alone(f, table, collector.findings))
    collector.raise_errors()
    files = (table.source, *([own.source] if own.source else []))
    return EnergyAccount(done, files, collector.notices)


def _stands_alone(finding: Finding, table: EnergyTable, earlier: Iterable[Finding]) -> bool:
    """Return whether a finding about a broken table would stand without what is broken in it."""
    if finding.code in ("transfers_city", "transfers_contradict"):
        return table.power_whole
    if finding.code not in ("process_factor", "fixed_share_missing", "carbon_missing", "gwp_unknown"):
        return False
    at = finding.place
    named = ((f.place.file, f.place.sheet, f.place.row) for f in earlier)
    return (at.file, at.sheet, at.row) not in named


def supplied(done: Account, year: int) -> Supplied:
    """Return the emissions of one year of an account.

    Raises InputError: the table has no such year, or a city's emissions are not above zero.
    """
    table = done.table
    if year not in done.years:
        known = "、".join(map(str, table.years))
        raise InputError.of("energy_base_year", table.place, needed=year, known=known)
    totals = done.years[year].totals
    collector = Collector()
    for name, total, place in zip(table.names, totals, table.firsts, strict=True):
        if total <= 0:
            collector.error("energy_not_positive", place, name=name, year=year)
    collector.raise_errors()
    return Supplied("emissions", table.ids, table.names, tuple(map(in_10kt, totals)), table.source.name, table.firsts)


def in_10kt(tonnes: Fraction) -> Decimal:
    """Return tonnes in 万吨, rounded to `DIGITS`."""
    scaled = tonnes / 10_000
    return (Decimal(scaled.numerator) / Decimal(scaled.denominator)).quantize(DIGITS)
