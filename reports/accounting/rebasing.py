"""A year counted anew under another scope: by city, what goes out of the base and what comes in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from scenarios.accounting.account import account
from scenarios.accounting.ledger import Account, Part
from scenarios.accounting.power_table import total
from scenarios.accounting.scopes import Scope
from scenarios.errors import Collector

PARTS: tuple[Part, ...] = ("combustion", "non_energy", "coking", "process", "electricity")


@dataclass(frozen=True)
class Rebased:
    """One city's year under two scopes, tCO2e."""

    before: Fraction  # Under the scope that it was counted by
    after: Fraction  # Under the scope that counts now
    changes: Mapping[Part, Fraction]  # Part of the account -> what it adds or takes; all together after less before


@dataclass(frozen=True)
class Rebasing:
    """A year of an account under the scope that it was counted by before, and what has changed."""

    year: int
    scope: Scope  # That it was counted by before
    cities: tuple[Rebased, ...]

    @property
    def sum(self) -> Rebased:
        """The cities together."""
        changes = {part: total(city.changes[part] for city in self.cities) for part in PARTS}
        return Rebased(total(city.before for city in self.cities), total(city.after for city in self.cities), changes)


def rebasing(done: Account, scope: Scope, year: int) -> Rebasing:
    """Return a year of an account beside the same year under another scope, all else equal.

    Raises InputError: the table does not allow the other scope.
    """
    collector = Collector()
    before = account(done.table, replace(done.settings, scope=scope), collector)
    collector.raise_errors()
    return Rebasing(year, scope, tuple(_city(before, done, year, n) for n in range(len(done.table.names))))


def _city(before: Account, after: Account, year: int, n: int) -> Rebased:
    changes = {part: _part(after, year, n, part) - _part(before, year, n, part) for part in PARTS}
    return Rebased(before.years[year].totals[n], after.years[year].totals[n], changes)


def _part(done: Account, year: int, n: int, part: Part) -> Fraction:
    own = (one for one in done.lines if (one.region, one.year, one.part) == (n, year, part) and one.counted)
    return total(one.tonnes for one in own)
