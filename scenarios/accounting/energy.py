"""The account of an energy table, with the files it rests on, and the base year that follows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from scenarios.accounting.account import account
from scenarios.accounting.energy_table import EnergyTable, read_energy
from scenarios.accounting.ledger import Account, AccountSettings
from scenarios.accounting.own_factors import OwnFactors, read_factors
from scenarios.accounting.scopes import Scope
from scenarios.errors import Collector, Finding, InputError
from scenarios.schema_types import PowerOption
from scenarios.sense.asking import NO_ANSWERS, Answers
from scenarios.tables.cells import in_all_digits
from scenarios.tables.files import InputFile
from scenarios.tables.layout.asked import ANY, Asked
from scenarios.tables.regions import Supplied

DIGITS = Decimal("0.000001")
"""To what the base year of a plan is rounded, 万吨: ten kilograms."""


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
    option: PowerOption | None = None,
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
    read = collector.taken(lambda: read_energy(path, asked, grid, answers))
    if read is None:
        collector.raise_errors()
    assert read is not None
    table, findings = read
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
