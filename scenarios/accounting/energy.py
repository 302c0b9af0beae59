"""The account of an energy table, with the files it rests on, and the base year that follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from scenarios.accounting.account import account
from scenarios.accounting.energy_table import read_energy
from scenarios.accounting.entries import EnergyTable
from scenarios.accounting.gdp import ConstantGdp
from scenarios.accounting.ledger import Account, AccountSettings
from scenarios.accounting.own_factors import OwnFactors, read_factors
from scenarios.accounting.scopes import Scope
from scenarios.errors import Collector, Finding, InputError, Place
from scenarios.schema_types import Basis, PowerOption, Traded
from scenarios.sense.asking import NO_ANSWERS, Answers
from scenarios.sense.figures import CityRow, CityTable, Figure, brief
from scenarios.sense.intensity import city_intensity, emissions_far_off, province_intensity
from scenarios.sense.years import odd_years
from scenarios.tables.cells import in_all_digits
from scenarios.tables.files import InputFile
from scenarios.tables.grid import Cell
from scenarios.tables.layout.asked import ANY, Asked
from scenarios.tables.regions import Supplied
from scenarios.tables.rows import PROVINCE

DIGITS = Decimal("0.000001")
"""To what the base year of a plan is rounded, 万吨: ten kilograms."""
_EXACTLY = Fraction(1, 10**6)
"""By how much a sum may differ from its parts by rounding alone."""


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
    basis: Basis | None = None,
    traded: Traded = "average",
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
    collector.extend(_province_as_sum(table))
    judged = Collector()
    done = account(table, AccountSettings(scope, option, grid, basis, traded, own), judged)
    broken = collector.refuses
    collector.extend(f for f in judged.findings if not broken or _stands_alone(f, table, collector.findings))
    collector.raise_errors()
    files = (table.source, *([own.source] if own.source else []))
    return EnergyAccount(done, files, collector.notices)


def _province_as_sum(table: EnergyTable) -> Iterator[Finding]:
    """Say where the province's own row is but the sum of its cities: no residual can be found against it."""
    amounts: dict[tuple[object, ...], list[Fraction]] = {}
    for entry in table.entries:
        key = (entry.year, entry.item.key, entry.item.kind, entry.grid)
        amounts.setdefault(key, [Fraction(0), Fraction(0)])[entry.region == PROVINCE] += entry.amount
    own = [entry.place for entry in table.entries if entry.region == PROVINCE]
    if own and len(table.names) > 1 and all(abs(sums - whole) <= _EXACTLY * whole for sums, whole in amounts.values()):
        yield Finding("province_as_sum", own[0], {}, "notice")


def _stands_alone(finding: Finding, table: EnergyTable, earlier: Iterable[Finding]) -> bool:
    """Return whether a finding about a broken table would stand without what is broken in it."""
    if finding.code.startswith(("transfers_", "nf_", "traded_over", "traded_lacks")):
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
    values, at = tuple(map(in_10kt, totals)), tuple(_largest(table, n, year) for n in range(len(table.names)))
    return Supplied("emissions", table.ids, table.names, values, table.source.name, table.firsts, at)


def odd_cities(done: Account, gdp: ConstantGdp | None) -> Iterator[Finding]:
    """Ask once a cell about cities whose emissions do not go with their GDP, or the others', or with other years'.

    `gdp`: of the same cities and years; None without.
    """
    found = sorted(_all_odd(done, gdp), key=lambda finding: finding.severity == "error")
    yield from {(finding.code, finding.place): finding for finding in found}.values()


def _all_odd(done: Account, gdp: ConstantGdp | None) -> Iterator[Finding]:
    """Yield what is odd, of one cell more than once where it does not fit years and cities."""
    table = done.table
    series = [[(year, _emissions(done, n, year)) for year in table.years] for n in range(len(table.names))]
    above = [[(year, one) for year, one in own if one.value > 0] for own in series]
    yield from odd_years("emissions", list(zip(table.names, above, strict=True)))
    for k, year in enumerate(table.years):
        figures = [{"emissions": own[k][1]} for own in series]
        if gdp is not None:
            figures = [own | {"gdp": one} for own, one in zip(figures, _gdp_of(table, gdp, year), strict=True)]
        rows = zip(table.ids, table.names, table.firsts, figures, strict=True)
        cities = tuple(CityRow(key, name, Cell(name, at), own) for key, name, at, own in rows)
        yield from _asked(CityTable(table.place, cities, heads={} if gdp is None else {"gdp": gdp.place}), gdp is None)


def _asked(cities: CityTable, alone: bool) -> Iterator[Finding]:
    if alone:
        yield from emissions_far_off(cities)
    else:
        yield from province_intensity(cities)
        yield from city_intensity(cities)


def _emissions(done: Account, region: int, year: int) -> Figure:
    """Return what a city emits, at the cell of its largest fuel."""
    value = in_10kt(done.years[year].totals[region])
    return Figure(value, Cell(brief(value), _largest(done.table, region, year)), accounted=True)


def _gdp_of(table: EnergyTable, gdp: ConstantGdp, year: int) -> list[Figure]:
    """Return the GDP of the cities of an energy table."""
    one = gdp.supplied(year)
    found = [one.index.find(*filter(None, pair)) or 0 for pair in zip(table.ids, table.names, strict=True)]
    return [Figure(one.values[n], Cell(brief(one.values[n]), (one.at or one.firsts)[n])) for n in found]


def _largest(table: EnergyTable, region: int, year: int) -> Place:
    """Return the cell of the largest amount of fuel of a city, where it first stands if it burns none."""
    fuels = [entry for entry in table.of(region, year) if entry.item.fossil]
    return max(fuels, key=lambda entry: entry.amount).place if fuels else table.firsts[region]


def in_10kt(tonnes: Fraction) -> Decimal:
    """Return tonnes in 万吨, rounded to `DIGITS`."""
    scaled = tonnes / 10_000
    return (Decimal(scaled.numerator) / Decimal(scaled.denominator)).quantize(DIGITS)
