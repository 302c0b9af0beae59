"""What an account is made of: settings, lines with their factors, the sums of a year, the whole.

Everything is exact (`Fraction`), in tonnes; every line carries the factor it was made with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from scenarios.accounting.electricity import NonFossil, Residual
from scenarios.accounting.entries import EnergyTable
from scenarios.accounting.factors import Factor
from scenarios.accounting.items import Item
from scenarios.accounting.own_factors import OwnFactors
from scenarios.accounting.scopes import Scope
from scenarios.schema_types import Basis, PowerOption, Traded

Part = Literal["combustion", "non_energy", "coking", "process", "electricity"]


@dataclass(frozen=True)
class AccountSettings:
    """How to account."""

    scope: Scope  # What counts
    option: PowerOption | None = None  # How electricity counts; None takes the best one that the table allows
    grid: str = ""  # Name of the province in the tables of grid factors
    basis: Basis | None = None  # On which the grid's factor is taken; None takes the closing one where it can be had
    traded: Traded = "average"  # How traded non-fossil electricity counts
    own: OwnFactors = field(default_factory=OwnFactors)  # The user's own factors


@dataclass(frozen=True)
class Line:
    """One contribution: an amount times a factor."""

    # region, year, sector: Whose it is; the region is a position, or `PROVINCE`
    region: int
    year: int
    sector: str
    item: Item  # Of what
    part: Part  # Which part of the account
    amount: Fraction  # In t, tce, 10⁴ m³ or kWh
    factor: Factor  # What it was multiplied by, with its source, for electricity in tCO2/kWh
    gas: str  # Which gas the factor is for
    tonnes: Fraction  # tCO2e
    # Whether it is in the region's total: what power plants burn is not where terminal electricity is
    counted: bool = True
    potential: Factor | None = None  # The warming potential that made it CO2-equivalent; None for CO2 itself


@dataclass(frozen=True)
class YearAccount:
    """One year; the tuples have the length of the table's cities."""

    year: int  # Which
    option: PowerOption  # The one that counts, and `factor` its provincial factor (tCO2/kWh; None for method one)
    factor: Factor | None
    totals: tuple[Fraction, ...]  # tCO2e of each city
    # The province's own total, tCO2e: its fossil fuels and processes (the cities' sum where it gives none) and its
    # net imports of electricity; None where nothing is known of the province
    province: Fraction | None
    # For every option that can be computed, how the cities' sum differs from the province
    residuals: tuple[Residual, ...]
    non_fossil: NonFossil | None = None  # Non-fossil electricity by city; None where the table does not give it
    # `terminal` and `attributed`, those that can be computed -> tCO2 of each city's electricity; without it, empty
    power: Mapping[PowerOption, tuple[Fraction, ...]] = field(default_factory=dict)
    fossil_factor: Factor | None = None  # Of the electricity that is not non-fossil, tCO2/kWh; None without

    @property
    def total(self) -> Fraction:
        """Sum of the cities, tCO2e."""
        return sum(self.totals, Fraction(0))

    @property
    def residual(self) -> Fraction | None:
        """That sum less the province."""
        return None if self.province is None else self.total - self.province


@dataclass(frozen=True)
class Account:
    """An energy table accounted for."""

    # table, settings: What was read, and how it was accounted
    table: EnergyTable
    settings: AccountSettings
    lines: tuple[Line, ...]  # Every contribution, those of the province included
    years: Mapping[int, YearAccount]  # Year -> its sums

    def potentials(self) -> list[tuple[str, Factor]]:
        """Return (gas, warming potential) of every gas but CO2, each once."""
        found = ((line.gas, line.potential) for line in self.lines)
        return list(dict.fromkeys((gas, figure) for gas, figure in found if figure is not None))
